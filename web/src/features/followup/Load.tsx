import { Button, Dropdown, Form, Input, Tooltip } from 'antd';
import { useState, type DragEvent } from 'react';
import { useWrite } from '@/api';
import { Dialog, Empty, Link, Loaded, Tag, useFormat, useInLang, useQueryState, useSay } from '@/ui';
import { useDue, type Followup } from './due';
import { useLoad, type Person } from './load-data';
import { useText } from './texts';

interface Move {
  row: Followup;
  from: string | undefined;
  to: Person;
}

/** Everybody's open follow-ups: dragging one to another person gives it to them; each card's menu does the same. */
export function Load() {
  const t = useText();
  const [query] = useQueryState();
  const load = useLoad(query.unit);
  const [move, setMove] = useState<Move>();
  const [dragged, drag] = useState<{ row: Followup; from: string | undefined }>();
  const busy = load.people.filter((person) => person.open > 0);
  const free = load.people.filter((person) => person.open === 0);
  const rowOf = (person: Person): PersonRowProps => ({
    person, all: load.people, highest: load.highest, dragged, drag,
    move: (row, to) => setMove({ row, from: person.id, to }),
    drop: () => {
      if (dragged && dragged.from !== person.id && person.id) setMove({ ...dragged, to: person });
      drag(undefined);
    },
  });
  return (
    <>
      <p className="hf-quiet fu-load-intro">{t('load.intro')}</p>
      <Loaded query={load.query} rows={10}>
        {() => load.people.length === 0 ? <Empty title={t('load.empty')} /> : (
          <div className="fu-people">
            {busy.map((person) => (
              <PersonRow key={person.id ?? 'none'} {...rowOf(person)} />
            ))}
            {free.length > 0 && <h2 className="fu-free-title">{t('load.free')}</h2>}
            <div className="fu-free">{free.map((person) => <PersonRow key={person.id} {...rowOf(person)} />)}</div>
          </div>
        )}
      </Loaded>
      {move && <MoveDialog move={move} close={() => setMove(undefined)} />}
    </>
  );
}

interface PersonRowProps {
  person: Person;
  all: Person[];
  highest: number;
  dragged: { row: Followup; from: string | undefined } | undefined;
  drag: (what: { row: Followup; from: string | undefined } | undefined) => void;
  move: (row: Followup, to: Person) => void;
  drop: () => void;
}

const shownCards = 6;

function PersonRow({ person, all, highest, dragged, drag, move, drop }: PersonRowProps) {
  const t = useText();
  const format = useFormat();
  const [over, setOver] = useState(false);
  const [whole, showWhole] = useState(false);
  const accepts = dragged !== undefined && person.id !== undefined && dragged.from !== person.id;
  const on = {
    onDragOver: (event: DragEvent) => {
      if (!accepts) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      drop();
    },
  };
  const rows = whole ? person.rows : person.rows.slice(0, shownCards);
  const share = (n: number) => `${(100 * n) / Math.max(1, highest)}%`;
  return (
    <section className={`fu-person${over ? ' fu-person-over' : ''}`} aria-label={person.name || t('load.nobody')} {...on}>
      <header>
        <h2>{person.id ? <Link to={`/today?who=${person.id}`}>{person.name}</Link> : <Link to="/today?who=none">{t('load.nobody')}</Link>}</h2>
        {person.absence && <Tag shade="warn">{person.absence.substitute ? t('load.awaySubstitute', { until: person.absence.to ? format.shortDate(person.absence.to) : t('load.unknownReturn'), name: person.absence.substitute }) : t('load.away', { until: person.absence.to ? format.shortDate(person.absence.to) : t('load.unknownReturn') })}</Tag>}
        {person.standsInFor.length > 0 && <Tag shade="calm">{t('load.standsIn', { names: format.list(person.standsInFor) })}</Tag>}
        <span className="hf-grow" />
        <span className="hf-quiet">{person.open === 0 ? '' : person.id ? t('load.counts', { open: format.number(person.open), overdue: format.number(person.overdue), today: format.number(person.today) }) : format.number(person.open)}</span>
      </header>
      {person.open > 0 && <div className="fu-bar" aria-hidden>
        <span className="fu-bar-overdue" style={{ width: share(person.overdue) }} />
        <span className="fu-bar-today" style={{ width: share(person.today) }} />
        <span className="fu-bar-open" style={{ width: share(person.open - person.overdue - person.today) }} />
      </div>}
      {rows.length > 0 && <ul className="fu-chips">
        {rows.map((row) => <Chip key={row.id} row={row} others={all.filter((one) => one.id && one.id !== person.id)} move={(to) => move(row, to)} start={() => drag({ row, from: person.id })} end={() => drag(undefined)} />)}
        {!whole && person.rows.length > shownCards && <li><Button size="small" type="link" onClick={() => showWhole(true)}>{t('load.more', { count: person.rows.length - shownCards })}</Button></li>}
      </ul>}
    </section>
  );
}

function Chip({ row, others, move, start, end }: { row: Followup; others: Person[]; move: (to: Person) => void; start: () => void; end: () => void }) {
  const t = useText();
  const due = useDue()(row);
  const inLang = useInLang();
  const items = others.map((one) => ({ key: one.id ?? '', label: one.absence ? t('people.away', { name: one.name }) : one.name, onClick: () => move(one) }));
  return (
    <li className="fu-chip" draggable onDragStart={(event) => { event.dataTransfer.effectAllowed = 'move'; event.dataTransfer.setData('text/plain', row.number); start(); }} onDragEnd={end}>
      <Tooltip title={`${row.matter || inLang(row.program_name)} · ${due.window}`}><Link to={`/followups/${row.id}`}>{row.contact_name || row.number}</Link></Tooltip>
      <Tag shade={due.shade}>{due.text}</Tag>
      <Dropdown menu={{ items, style: { maxHeight: 320, overflow: 'auto' } }} trigger={['click']}><Button size="small" type="text" aria-label={t('load.give', { name: row.contact_name || row.number })}>{'→'}</Button></Dropdown>
    </li>
  );
}

function MoveDialog({ move, close }: { move: Move; close: () => void }) {
  const t = useText();
  const say = useSay();
  const write = useWrite('post', '/api/v1/followups/{id}/reassign', { stale: ['/api/v1/followups'] });
  const { row, from, to } = move;
  const rest = row.assignees.map((who) => who.id).filter((id): id is string => Boolean(id) && id !== from && id !== to.id);
  const submit = async ({ reason }: { reason: string }) => {
    const done = await write.run({ params: { path: { id: row.id } }, body: { assignees: [to.id ?? '', ...rest], reason, version: row.version } });
    if (done) say.done(t('load.moved', { what: row.contact_name || row.number, name: to.name }));
    return done;
  };
  return (
    <Dialog<{ reason: string }> open title={t('load.moveTitle', { what: row.contact_name || row.number, name: to.name })} ok={t('actions.reassignOk')} initial={{ reason: t('quick.load') }} submit={submit} pending={write.pending} failed={write.failed} close={close} width={440}>
      <Form.Item name="reason" label={t('actions.reason')} rules={[{ required: true, whitespace: true, message: t('actions.needReason') }]}><Input maxLength={500} autoFocus /></Form.Item>
    </Dialog>
  );
}

