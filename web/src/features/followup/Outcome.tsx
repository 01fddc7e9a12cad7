import { ArrowRightOutlined, CheckCircleFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import type { Schema } from '@/api';
import { Link, Section, SeverityTag, useFormat, useGo, VerdictTag } from '@/ui';
import { useProgramName } from './today-query';
import { Key } from './KeyHelp';
import { useKeys } from './keys';
import { backToList } from './next';
import { forget } from './outbox';
import { useText } from './texts';
import { useWhole } from './whole';

/** What a finished follow-up led to. */
export function Outcome({ done, next }: { done: Schema<'Completed'>; next: () => Promise<void> }) {
  const t = useText();
  const go = useGo();
  const format = useFormat();
  const program = useProgramName();
  const { detail } = useWhole();
  const [going, setGoing] = useState(false);
  const on = () => {
    setGoing(true);
    void next().finally(() => setGoing(false));
  };
  useKeys({ n: on });
  const planned = done.planned.filter((f) => f.id !== detail.id && (f.state === 'planned' || f.state === 'overdue'));
  return (
    <Section title={<span className="fu-done"><CheckCircleFilled aria-hidden /> {t('outcome.title')} <VerdictTag verdict={done.followup.verdict} /></span>}>
      <div className="hf-stack" role="status">
        {done.record?.score !== undefined && <p>{t('outcome.score', { score: format.number(done.record.score, 1) })}</p>}
        {done.followup.review === 'pending' && <p className="hf-quiet">{t('outcome.review')}</p>}
        {done.cases.map((one) => (
          <div key={one.id} className="fu-led fu-led-case">
            <div><Link to={`/cases/${one.id}`}>{t('outcome.case', { number: one.number })}</Link> <SeverityTag severity={one.severity} /></div>
            <div className="hf-quiet">{[one.matter, one.due && t('outcome.due', { date: format.date(one.due) })].filter(Boolean).join(' · ')}</div>
          </div>
        ))}
        {planned.map((one) => (
          <div key={one.id} className="fu-led">
            <div><Link to={`/followups/${one.id}`}>{t('outcome.planned', { number: one.number })}</Link></div>
            <div className="hf-quiet">{[program(one.program), t('due.window', { from: format.shortDate(one.window.opens.slice(0, 10)), to: format.shortDate(one.window.closes.slice(0, 10)) })].filter(Boolean).join(' · ')}</div>
          </div>
        ))}
        {done.cases.length === 0 && planned.length === 0 && <p className="hf-quiet">{t('outcome.nothing')}</p>}
        <div className="hf-row">
          <Button type="primary" icon={<ArrowRightOutlined aria-hidden />} loading={going} onClick={on}>{t('outcome.next')} <Key name="n" on /></Button>
          <Button onClick={() => forget(detail.id)}>{t('outcome.record')}</Button>
          <Button type="text" onClick={() => go(backToList())}>{t('outcome.back')}</Button>
        </div>
      </div>
    </Section>
  );
}
