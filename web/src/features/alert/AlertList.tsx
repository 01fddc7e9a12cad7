import { Button } from 'antd';
import { readPages, useMe, useWrite, type Schema } from '@/api';
import { DataTable, Empty, FilterBar, Link, Page, Tag, useFilters, useFormat, useInLang, WriteFailed, type Column } from '@/ui';
import { useText } from './texts';

type Alert = Schema<'Alert'>;

export default function AlertList() {
  const t = useText();
  const format = useFormat();
  const inLang = useInLang();
  const me = useMe();
  const filters = useFilters([{ key: 'unread', label: t('unread'), kind: 'flag' }]);
  const read = useWrite('post', '/api/v1/alerts/read', { stale: ['/api/v1/alerts', '/api/v1/session'] });
  const mark = (ids: string[]) => void read.run({ body: { ids } });

  const target = (alert: Alert) => (alert.followup ? `/followups/${alert.followup}` : alert.case ? `/cases/${alert.case}` : undefined);
  const link = (alert: Alert) => {
    const to = target(alert);
    return to ? <Link to={to} onClick={() => !alert.read && mark([alert.id])}>{inLang(alert.text)}</Link> : inLang(alert.text);
  };
  const columns: Column<Alert>[] = [
    { key: 'text', title: t('text'), fixed: true, render: (a) => <span className="hf-row">{!a.read && <Tag shade="accent">{t('new')}</Tag>}{link(a)}</span> },
    { key: 'at', title: t('at'), width: 170, render: (a) => format.dateTime(a.at) },
    { key: 'read', title: '', width: 110, align: 'right', fixed: true, render: (a) => !a.read && <Button size="small" type="text" onClick={() => mark([a.id])}>{t('markRead')}</Button> },
  ];
  return (
    <Page actions={me.unread > 0 && <Button loading={read.pending} onClick={() => mark([])}>{t('readAll')}</Button>}>
      <FilterBar filters={[{ key: 'unread', label: t('unread'), kind: 'flag' }]} />
      <WriteFailed error={read.failed} />
      <DataTable
        name="alerts"
        query={readPages('/api/v1/alerts', { params: { query: { desc: true, unread: filters.unread === 'true' } } })}
        columns={columns}
        rowKey={(a) => a.id}
        card={(a) => (
          <>
            <div className="hf-card-top">{link(a)}{!a.read && <Tag shade="accent">{t('new')}</Tag>}</div>
            <div className="hf-quiet">{format.dateTime(a.at)}</div>
          </>
        )}
        empty={<Empty title={t(filters.unread ? 'emptyUnread' : 'empty')} />}
      />
    </Page>
  );
}
