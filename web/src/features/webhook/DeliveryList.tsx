import { Button } from 'antd';
import { readPages, useWrite, type Schema } from '@/api';
import { DataTable, Empty, Page, Tag, useFormat, useParam, WriteFailed, type Column, type Shade } from '@/ui';
import { useText } from './texts';

type Delivery = Schema<'Delivery'>;

const shades: Record<Delivery['state'], Shade> = { pending: 'warn', delivered: 'good', failed: 'bad' };

/** What was told to one webhook, newest first. */
export default function DeliveryList() {
  const id = useParam('id');
  const t = useText();
  const format = useFormat();
  const state = (d: Delivery) => <Tag shade={shades[d.state]}>{t(`state.${d.state}`)}</Tag>;
  const event = (d: Delivery) => t(`events.${d.event.replace('.', '_') as 'case_opened'}`);
  const answer = (d: Delivery) => [d.status ? String(d.status) : '', d.error].filter(Boolean).join(' · ');
  const columns: Column<Delivery>[] = [
    { key: 'at', title: t('at'), width: 160, fixed: true, render: (d) => format.dateTime(d.at) },
    { key: 'event', title: t('event'), width: 140, render: event },
    { key: 'state', title: t('how'), width: 100, render: state },
    { key: 'tries', title: t('tries'), width: 80, align: 'right', render: (d) => d.tries },
    { key: 'answer', title: t('answer'), render: (d) => <span className="hf-quiet">{answer(d)}</span> },
    { key: 'next', title: t('next'), width: 160, render: (d) => (d.state === 'pending' && d.due ? format.dateTime(d.due) : '') },
    { key: 'again', title: t('resend'), width: 110, render: (d) => <Resend webhook={id} delivery={d.id} /> },
  ];
  return (
    <Page title={t('log')} up={{ to: '/settings/webhooks', label: t('title') }}>
      <DataTable
        name="deliveries"
        query={readPages('/api/v1/webhooks/{id}/deliveries', { params: { path: { id }, query: { limit: 50 } } })}
        columns={columns}
        rowKey={(d) => d.id}
        card={(d) => <><div className="hf-card-top"><span>{event(d)}</span>{state(d)}</div><div className="hf-quiet">{format.dateTime(d.at)} · {answer(d)}</div><Resend webhook={id} delivery={d.id} /></>}
        empty={<Empty title={t('nothing')} />}
      />
    </Page>
  );
}

function Resend({ webhook, delivery }: { webhook: string; delivery: string }) {
  const t = useText();
  const write = useWrite('post', '/api/v1/webhooks/{id}/deliveries/{delivery}/resend', { stale: ['/api/v1/webhooks'] });
  return <><Button size="small" loading={write.pending} onClick={() => void write.run({ params: { path: { id: webhook, delivery } } })}>{t('resend')}</Button><WriteFailed error={write.failed} /></>;
}
