import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons';
import { read, useMay, useWrite } from '@/api';
import { FilterBar, Loaded, Page, SheetView, Tag, useFilters, useFormat, useLang, useQueryState, useSay, WriteFailed, type Filter } from '@/ui';
import { monthsFrom, recordsOf, save } from './address';
import './statistics.css';
import { useText } from './texts';

/** The monthly sheet, exactly as it is downloaded. */
export default function MonthSheet() {
  const t = useText();
  const format = useFormat();
  const lang = useLang();
  const say = useSay();
  const may = useMay();
  const [query] = useQueryState();
  const filters: Filter[] = [{ key: 'month', label: t('month'), kind: 'month', width: 140 }];
  const month = useFilters(filters)['month'] ?? monthsFrom(format.today().slice(0, 7), -1);
  const unit = query['unit'];
  const asked = { lang, ...(unit && { unit }) };
  const found = useQuery(read('/api/v1/statistics/{month}/layout', { params: { path: { month }, query: asked } }));
  const frozen = useQuery(read('/api/v1/statistics/frozen'));
  const closed = frozen.data?.items.find((f) => f.month === month);
  const over = month < format.today().slice(0, 7);
  const freeze = useWrite('post', '/api/v1/statistics/{month}/freeze', { stale: ['/api/v1/statistics'] });
  const close = async () => {
    if (!(await say.ask({ title: t('freezeTitle', { month: format.month(month) }), text: t('freezeText'), ok: t('freeze') }))) return;
    if (await freeze.run({ params: { path: { month } } })) say.done(t('frozenNow'));
  };
  return (
    <Page
      aside={frozen.data && (closed ? <Tag shade="good">{t('closed', { date: format.shortDate(closed.at) })}</Tag> : <Tag>{t('live')}</Tag>)}
      intro={format.month(month)}
      actions={
        <>
          <Button icon={<PrinterOutlined />} onClick={() => window.print()}>{t('print')}</Button>
          {!closed && over && may('organization.manage') && <Button disabled={!frozen.data} loading={freeze.pending} onClick={() => void close()}>{t('freeze')}</Button>}
          <Button type="primary" icon={<DownloadOutlined />} onClick={() => save('', `/api/v1/statistics/${month}/sheet.xlsx?${new URLSearchParams(asked).toString()}`)}>{t('xlsx')}</Button>
        </>
      }
    >
      <FilterBar filters={filters} />
      <WriteFailed error={freeze.failed} />
      <Loaded query={found} rows={10}>{(layout) => <SheetView of={layout} to={({ behind }) => behind && recordsOf({ ...behind, month, unit: behind.unit ?? unit, below: behind.below ?? false })} />}</Loaded>
    </Page>
  );
}
