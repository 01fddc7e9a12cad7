import { PhoneFilled } from '@ant-design/icons';
import { Button, Checkbox, Tooltip } from 'antd';
import { Fragment, useMemo, type ReactNode } from 'react';
import { Link, StateTag, Tag, useFormat, useInLang, useNow, usePhone, useUnits, useWord, useWorkWords, VerdictTag, ReviewTag } from '@/ui';
import { groupOf, groups, isOpen, useDue, type Followup, type Group } from './due';
import { useText } from './texts';
import './followup.css';

export interface WorklistProps {
  rows: Followup[];
  /** Who does it is shown unless all are the reader's. */
  people: boolean;
  grouped: boolean;
  current?: string | undefined;
  chosen: string[];
  choose: ((ids: string[]) => void) | undefined;
  open: (row: Followup) => void;
  call: ((row: Followup) => void) | undefined;
  canCall: (row: Followup) => boolean;
}

/** Follow-ups by how much they press: rows on a desk, cards on a phone. */
export function Worklist(props: WorklistProps) {
  const phone = usePhone();
  const parts = useParts(props.rows, props.grouped);
  return phone ? <Cards {...props} parts={parts} /> : <Rows {...props} parts={parts} />;
}

interface Part {
  group: Group | undefined;
  rows: Followup[];
}

/** The rows as parts, in the order of the list. */
export function useParts(rows: Followup[], grouped: boolean): Part[] {
  const format = useFormat();
  const units = useUnits();
  const now = useNow();
  return useMemo(() => {
    if (!grouped) return [{ group: undefined, rows }];
    const by = new Map<Group, Followup[]>();
    for (const row of rows) {
      const group = groupOf(row, format.today(units.zone(row.unit)), now);
      by.set(group, [...(by.get(group) ?? []), row]);
    }
    return groups.flatMap((group) => (by.has(group) ? [{ group, rows: by.get(group) ?? [] }] : []));
  }, [rows, grouped, format, units, now]);
}

function Rows({ parts, ...props }: WorklistProps & { parts: Part[] }) {
  const t = useText();
  const word = useWord();
  const all = props.rows.map((row) => row.id);
  const some = props.chosen.length > 0;
  return (
    <div className="fu-scroll">
      <table className="fu-table">
        <thead>
          <tr>
            {props.choose && (
              <th scope="col" className="fu-check">
                <Checkbox aria-label={t('list.chooseAll')} checked={some && props.chosen.length === all.length} indeterminate={some && props.chosen.length < all.length} onChange={(e) => props.choose?.(e.target.checked ? all : [])} />
              </th>
            )}
            <th scope="col">{t('list.due')}</th>
            <th scope="col">{word('contact', t('list.who'))}</th>
            <th scope="col">{t('list.what')}</th>
            <th scope="col">{t('list.how')}</th>
            {props.people && <th scope="col">{t('list.by')}</th>}
            <th scope="col" className="fu-acts"><span className="hf-hidden">{t('list.actions')}</span></th>
          </tr>
        </thead>
        {parts.map((part) => (
          <tbody key={part.group ?? 'all'}>
            {part.group && (
              <tr className="fu-group">
                <th scope="rowgroup" colSpan={7}>
                  <span className={`fu-dot fu-dot-${part.group}`} />
                  {t(`groups.${part.group}`)} <span className="hf-quiet">{part.rows.length}</span>
                </th>
              </tr>
            )}
            {part.rows.map((row) => <Row key={row.id} row={row} {...props} />)}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function toggled(ids: string[], id: string): string[] {
  return ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id];
}

function Row({ row, people, current, chosen, choose, open, call, canCall }: WorklistProps & { row: Followup }) {
  const t = useText();
  const due = useDue()(row);
  const words = useWorkWords();
  const [first, ...others] = row.channels;
  return (
    <tr
      data-row={row.id}
      className={row.id === current ? 'fu-row fu-row-current' : 'fu-row'}
      aria-current={row.id === current || undefined}
      onClick={(event) => {
        if (!(event.target as HTMLElement).closest('a, button, input, label') && !window.getSelection()?.toString()) open(row);
      }}
    >
      {choose && <td className="fu-check"><Checkbox aria-label={t('list.chooseOne', { name: row.contact_name || row.number })} checked={chosen.includes(row.id)} onChange={() => choose(toggled(chosen, row.id))} /></td>}
      <td className="fu-due">
        {isOpen(row) ? <Tag shade={due.shade}>{due.text}</Tag> : <Ended row={row} />}
        <div className="hf-quiet">{due.window}</div>
      </td>
      <NameCell row={row} />
      <WhatCell row={row} />
      <td>
        <Tooltip title={others.length > 0 ? t('list.then', { channels: others.map(words.channel).join(' → ') }) : ''}>{words.channel(first ?? '')}</Tooltip>
        <Tried row={row} retry={due.retry} />
      </td>
      {people && <td><Who row={row} /></td>}
      <td className="fu-acts">
        {call && isOpen(row) && canCall(row) && (
          <Tooltip title={t('call.to', { name: row.contact_name ?? '', phone: row.phone ?? '' })}>
            <Button type="text" icon={<PhoneFilled aria-hidden />} aria-label={t('call.to', { name: row.contact_name ?? '', phone: row.phone ?? '' })} onClick={() => call(row)} />
          </Tooltip>
        )}
      </td>
    </tr>
  );
}

function NameCell({ row }: { row: Followup }) {
  const several = useUnits().all.length > 1;
  return (
    <td className="fu-name">
      <Link to={`/followups/${row.id}`}>{row.contact_name || row.asset_name || row.number}</Link>
      <div className="hf-quiet">{[row.contact_name ? row.asset_name : '', several ? row.unit_name : row.phone].filter(Boolean).join(' · ') || row.number}</div>
    </td>
  );
}

function WhatCell({ row }: { row: Followup }) {
  const inLang = useInLang();
  return (
    <td className="fu-what">
      <div>{row.matter || inLang(row.program_name)}</div>
      <div className="hf-quiet">{[row.matter ? inLang(row.program_name) : '', inLang(row.step_name)].filter(Boolean).join(' · ')}</div>
    </td>
  );
}

function Ended({ row }: { row: Followup }) {
  return (
    <span className="fu-tags">
      {row.state === 'completed' && row.verdict ? <VerdictTag verdict={row.verdict} /> : <StateTag state={row.state} />}
      <ReviewTag review={row.review} />
    </span>
  );
}

function Tried({ row, retry }: { row: Followup; retry: string | undefined }) {
  const t = useText();
  if (!retry && row.attempts === 0) return null;
  return <div className="hf-quiet">{retry ?? t(row.attempts === 1 ? 'list.triedOnce' : 'list.tried', { count: row.attempts })}</div>;
}

/** Who does a follow-up; the role nobody was found for otherwise. */
export function Who({ row }: { row: Followup }) {
  const t = useText();
  const names = row.assignees.map((who) => who.name).filter(Boolean);
  if (names.length === 0) return <Tag shade="warn">{t('list.nobody')}</Tag>;
  return <>{names.join(t('list.and'))}</>;
}

function Cards({ parts, ...props }: WorklistProps & { parts: Part[] }) {
  const t = useText();
  return (
    <>
      {parts.map((part) => (
        <Fragment key={part.group ?? 'all'}>
          {part.group && <h2 className="fu-card-group"><span className={`fu-dot fu-dot-${part.group}`} />{t(`groups.${part.group}`)} <span className="hf-quiet">{part.rows.length}</span></h2>}
          <ul className="fu-cards">{part.rows.map((row) => <Card key={row.id} row={row} {...props} />)}</ul>
        </Fragment>
      ))}
    </>
  );
}

function Card({ row, people, chosen, choose, open, call, canCall }: WorklistProps & { row: Followup }) {
  const t = useText();
  const inLang = useInLang();
  const due = useDue()(row);
  const words = useWorkWords();
  return (
    <li
      data-row={row.id}
      className="fu-card"
      onClick={(event) => {
        if (!(event.target as HTMLElement).closest('a, button, input, label')) open(row);
      }}
    >
      <div className="fu-card-main">
        <div className="fu-card-top">
          {choose && chosen.length > 0 && <Checkbox aria-label={t('list.chooseOne', { name: row.contact_name || row.number })} checked={chosen.includes(row.id)} onChange={() => choose(toggled(chosen, row.id))} />}
          <Link to={`/followups/${row.id}`}>{row.contact_name || row.asset_name || row.number}</Link>
          {isOpen(row) ? <Tag shade={due.shade}>{due.text}</Tag> : <Ended row={row} />}
        </div>
        <Line>{[row.asset_name, row.matter || inLang(row.program_name)]}</Line>
        <Line quiet>{[words.channel(row.channels[0] ?? ''), due.retry ?? due.window, people ? row.assignees.map((who) => who.name).filter(Boolean).join(t('list.and')) || t('list.nobody') : '']}</Line>
      </div>
      {call && isOpen(row) && canCall(row) && <Button className="fu-card-call" shape="circle" size="large" type="primary" icon={<PhoneFilled aria-hidden />} aria-label={t('call.to', { name: row.contact_name ?? '', phone: row.phone ?? '' })} onClick={() => call(row)} />}
    </li>
  );
}

function Line({ children, quiet }: { children: (string | undefined)[]; quiet?: boolean }): ReactNode {
  const shown = children.filter(Boolean);
  return shown.length > 0 ? <div className={quiet ? 'hf-quiet' : ''}>{shown.join(' · ')}</div> : null;
}
