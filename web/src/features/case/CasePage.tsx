import { Button, Dropdown } from 'antd';
import { MoreOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read, type Schema } from '@/api';
import { CaseTag, Facts, Link, LoadedPage, Page, Phone, Section, SeverityTag, StateTag, Tag, useFormat, useInLang, useParam, useUiText, useUnits, useWord, VerdictTag } from '@/ui';
import { CaseDialog, FinishAction, type CaseDo } from './CaseDialogs';
import { CaseHistory } from './CaseHistory';
import { Due } from './CaseList';
import './case.css';
import { useText } from './texts';

type Detail = Schema<'CaseDetail'>;

export default function CasePage() {
  const id = useParam('id');
  const found = useQuery(read('/api/v1/cases/{id}', { params: { path: { id } } }));
  const t = useText();
  return <LoadedPage query={found} up={{ to: '/cases', label: t('title') }}>{(of) => <Shown of={of} />}</LoadedPage>;
}

function Shown({ of }: { of: Detail }) {
  const t = useText();
  const [asking, ask] = useState<CaseDo>();
  return (
    <Page
      up={{ to: '/cases', label: t('title') }}
      title={of.matter || of.number}
      name={`${of.number} ${of.matter ?? ''}`}
      aside={<><CaseTag state={of.state} />{of.severity === 'major' && <SeverityTag severity="major" />}{of.overdue && <Tag shade="bad">{t('overdue')}</Tag>}</>}
      intro={<span className="hf-mono">{of.number}</span>}
      actions={of.manage && <Deeds of={of} ask={ask} />}
    >
      <div className="hf-case">
        <div>
          <Outcome of={of} />
          <Actions of={of} ask={() => ask('action')} />
          <Section title={t('timeline')}><CaseHistory of={of} /></Section>
        </div>
        <div>
          <About of={of} />
          <Followups of={of} />
        </div>
      </div>
      {asking && <CaseDialog of={of} what={asking} close={() => ask(undefined)} />}
    </Page>
  );
}

/** What can be done, the next step as the main button. */
function Deeds({ of, ask }: { of: Detail; ask: (what: CaseDo) => void }) {
  const t = useText();
  const ui = useUiText();
  const open = of.state === 'open' || of.state === 'acting';
  const more: CaseDo[] = open ? ['explain', 'close', 'edit'] : of.state === 'resolved' ? ['reopen', 'close', 'edit'] : [];
  const label = (what: CaseDo) => t(`do.${what}`);
  return (
    <>
      {more.length > 0 && (
        <Dropdown trigger={['click']} menu={{ items: more.map((what) => ({ key: what, label: label(what), danger: what === 'close' })), onClick: ({ key }) => ask(key as CaseDo) }}>
          <Button icon={<MoreOutlined />} aria-label={ui('more_actions')} />
        </Dropdown>
      )}
      {open && <Button onClick={() => ask('action')}>{label('action')}</Button>}
      {open && <Button type="primary" onClick={() => ask('resolve')}>{label('resolve')}</Button>}
      {of.state === 'closed' && <Button onClick={() => ask('reopen')}>{label('reopen')}</Button>}
    </>
  );
}

function Outcome({ of }: { of: Detail }) {
  const t = useText();
  const format = useFormat();
  if (!of.resolution && !of.explained) return null;
  return (
    <Section>
      <Facts
        items={[
          { label: t('resolution'), value: of.resolution && <>{of.resolution} {of.resolved && <span className="hf-quiet">{format.dateTime(of.resolved)}</span>}</> },
          { label: t('explained'), value: of.explained },
          { label: t('nextDate'), value: of.next_date && format.date(of.next_date) },
        ]}
      />
    </Section>
  );
}

function Actions({ of, ask }: { of: Detail; ask: () => void }) {
  const t = useText();
  const format = useFormat();
  const [finishing, finish] = useState<Schema<'Action'>>();
  const today = format.today();
  const open = of.state === 'open' || of.state === 'acting';
  return (
    <Section title={t('actions')} extra={of.manage && open && <Button size="small" onClick={ask}>{t('do.action')}</Button>}>
      {of.actions.length === 0 && <p className="hf-quiet">{t('noActions')}</p>}
      <ul className="hf-actions-list">
        {of.actions.map((x) => (
          <li key={x.id}>
            <div>
              <div>{x.measure}</div>
              {x.result && <div className="hf-quiet">{x.result}</div>}
              <div className="hf-row hf-quiet">
                {of.names[x.owner ?? '']}
                {x.due && <span>{t('dueOn', { date: format.shortDate(x.due) })}</span>}
                {!x.done && x.due && x.due < today && <Tag shade="bad">{t('late')}</Tag>}
              </div>
            </div>
            <div className="hf-row">
              {x.done ? <Tag shade="good">{t('done')} {format.shortDate(x.done)}</Tag> : of.manage ? <Button size="small" onClick={() => finish(x)}>{t('do.finish')}</Button> : <Tag>{t('pending')}</Tag>}
            </div>
          </li>
        ))}
      </ul>
      {finishing && <FinishAction of={finishing} close={() => finish(undefined)} />}
    </Section>
  );
}

function About({ of }: { of: Detail }) {
  const t = useText();
  const format = useFormat();
  const word = useWord();
  const zone = useUnits().zone(of.unit);
  const subject = of.customer;
  return (
    <Section title={t('facts')}>
      <Facts
        items={[
          { label: word('contact', t('customer')), value: subject && <span className="hf-row"><Link to={`/contacts/${subject.id}`}>{subject.name}</Link>{subject.phones.length > 0 && <Phone contact={subject.id} phone={subject.phones[0] ?? ''} />}</span> },
          { label: word('asset', t('asset')), value: of.object && <Link to={`/assets/${of.object.id}`}>{of.asset_name || of.object.code}</Link> },
          { label: word('unit', t('unit')), value: of.unit_name },
          { label: t('department'), value: of.department },
          { label: t('owner'), value: of.owner_name },
          { label: t('due'), value: of.due && <Due of={of} /> },
          { label: t('opened'), value: format.dateTime(of.opened, zone) },
          { label: t('closed'), value: of.closed && format.dateTime(of.closed, zone) },
          { label: t('openFollowup'), value: of.followup && <Link to={`/followups/${of.followup}`}>{of.followups.find((f) => f.id === of.followup)?.number ?? t('openFollowup')}</Link> },
        ]}
      />
    </Section>
  );
}

function Followups({ of }: { of: Detail }) {
  const t = useText();
  const format = useFormat();
  const inLang = useInLang();
  return (
    <Section title={t('followups')}>
      {of.followups.length === 0 && <p className="hf-quiet">{t('noFollowups')}</p>}
      <ul className="hf-actions-list">
        {of.followups.map((f) => (
          <li key={f.id}>
            <div>
              <Link to={`/followups/${f.id}`}>{inLang(f.program_name) || f.number}</Link>
              <div className="hf-quiet">{f.number} · {format.shortDate(f.done_at ?? f.window.closes)}</div>
            </div>
            <div className="hf-row"><StateTag state={f.state} /><VerdictTag verdict={f.verdict} /></div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
