import { DownloadOutlined, LeftOutlined, PrinterOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Dropdown, Switch } from 'antd';
import dayjs from 'dayjs';
import { read, useMay, type Schema } from '@/api';
import { Loaded, Page, SheetView, useFormat, useInLang, useLang, useParam, useQueryState, type SheetCell } from '@/ui';
import './ledger.css';
import { useText } from './texts';

type Ledger = Schema<'LedgerInfo'>;
type Span = 'day' | 'week' | 'month' | 'quarter' | 'year';

/** One ledger, exactly as it is downloaded. */
export default function LedgerPage() {
  const pack = useParam('pack');
  const code = useParam('code');
  const found = useQuery({ ...read('/api/v1/ledgers'), staleTime: 300_000 });
  return (
    <Loaded query={found} rows={10}>
      {({ items }) => {
        const ledger = items.find((l) => l.pack === pack && l.code === code);
        return ledger ? <Shown of={ledger} /> : <Missing />;
      }}
    </Loaded>
  );
}

function Missing() {
  const t = useText();
  return <Page up={{ to: '/ledgers', label: t('title') }} intro={t('empty')}>{null}</Page>;
}

function Shown({ of }: { of: Ledger }) {
  const t = useText();
  const inLang = useInLang();
  const lang = useLang();
  const may = useMay();
  const [query, change] = useQueryState();
  const { unit, on, contact } = query;
  const reveal = query['reveal'] === 'true';
  const asked = { lang, ...(unit && { unit }), ...(on && { on }), ...(contact && { contact }), ...(reveal && { reveal }) };
  const path = { pack: of.pack, code: of.code };
  const sheet = useQuery(read('/api/v1/ledgers/{pack}/{code}/layout', { params: { path, query: asked } }));
  const file = (kind: 'xlsx' | 'csv') => `/api/v1/ledgers/${of.pack}/${of.code}/sheet.${kind}?${new URLSearchParams(Object.entries(asked).map(([k, v]) => [k, String(v)])).toString()}`;
  return (
    <Page
      up={{ to: '/ledgers', label: t('title') }}
      title={inLang(of.name)}
      intro={inLang(of.description)}
      actions={
        <>
          <Button icon={<PrinterOutlined />} onClick={() => window.print()}>{t('print')}</Button>
          {of.cards ? (
            <Button type="primary" icon={<DownloadOutlined />} href={file('xlsx')}>{t('xlsx')}</Button>
          ) : (
            <Dropdown menu={{ items: [{ key: 'xlsx', label: <a href={file('xlsx')}>{t('xlsx')}</a> }, { key: 'csv', label: <a href={file('csv')}>{t('csv')}</a> }] }} trigger={['click']}>
              <Button type="primary" icon={<DownloadOutlined />}>{t('xlsx')}</Button>
            </Dropdown>
          )}
        </>
      }
    >
      <div className="hf-ledger-period" role="search">
        {of.period && <Period span={of.period} on={on} set={(next) => change({ on: next })} />}
        <span className="hf-grow" />
        {may('contact.reveal') && (
          <label className="hf-row">
            <Switch size="small" aria-label={t('reveal')} checked={reveal} onChange={(yes) => change({ reveal: yes ? 'true' : undefined })} />
            <span>{t(reveal ? 'revealed' : 'reveal')}</span>
          </label>
        )}
      </div>
      <Loaded query={sheet} rows={10}>{(layout) => <SheetView of={layout} to={(cell) => addressOf(cell, of, asked)} />}</Loaded>
    </Page>
  );
}

/** Where a cell leads. */
function addressOf({ opens }: SheetCell, of: Ledger, asked: Record<string, string | boolean>): string | undefined {
  switch (opens?.kind) {
    case 'followup':
    case 'contact':
    case 'asset':
    case 'case':
      return opens.id && `/${opens.kind}s/${opens.id}`;
    case 'followups': {
      const query = new URLSearchParams({ key: opens.key ?? '', column: String(opens.column ?? 0) });
      for (const name of ['on', 'unit', 'contact']) if (asked[name]) query.set(name, String(asked[name]));
      return `/ledgers/${of.pack}/${of.code}/records?${query.toString()}`;
    }
  }
  return undefined;
}

const steps: Record<Span, [number, 'day' | 'month' | 'year']> = { day: [1, 'day'], week: [7, 'day'], month: [1, 'month'], quarter: [3, 'month'], year: [1, 'year'] };

function Period({ span, on, set }: { span: Span; on: string | undefined; set: (on: string | undefined) => void }) {
  const t = useText();
  const format = useFormat();
  const at = dayjs(on ?? format.today());
  const move = (by: number) => {
    const [count, what] = steps[span];
    set(at.add(by * count, what).format('YYYY-MM-DD'));
  };
  return (
    <>
      <Button icon={<LeftOutlined />} aria-label={t('earlier')} onClick={() => move(-1)} />
      <DatePicker picker={span === 'day' ? 'date' : span} allowClear={false} aria-label={t('on')} value={at} onChange={(next: dayjs.Dayjs | null) => next && set(next.format('YYYY-MM-DD'))} />
      <Button icon={<RightOutlined />} aria-label={t('later')} onClick={() => move(1)} />
      {on && <Button type="link" onClick={() => set(undefined)}>{t('today')}</Button>}
    </>
  );
}
