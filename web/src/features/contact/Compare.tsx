import { Alert, Button, Radio } from 'antd';
import { SwapOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { read, useWrite, type Schema } from '@/api';
import { Link, Loaded, StaffName, Tag, useGo, useInLang, useKinds, useSay, useUnits, useWord, WriteFailed } from '@/ui';
import type { Kind } from './Duplicates';
import { staleAfter } from './change';
import { useText } from './texts';

type Comparison = Schema<'Comparison'>;
type Choice = Record<string, string>;

const stale = [...staleAfter, '/api/v1/assets', '/api/v1/cases', '/api/v1/events'];

/** Two side by side: which stays, and where each value comes from. */
export function Compare({ kind, keep, gone, swap }: { kind: Kind; keep: string; gone: string; swap: () => void }) {
  const contacts = useQuery({ ...read('/api/v1/contacts/{id}/compare', { params: { path: { id: keep }, query: { with: gone } } }), enabled: kind === 'contacts' });
  const assets = useQuery({ ...read('/api/v1/assets/{id}/compare', { params: { path: { id: keep }, query: { with: gone } } }), enabled: kind === 'assets' });
  return <Loaded query={kind === 'assets' ? assets : contacts}>{(both) => <Sides kind={kind} both={both} swap={swap} />}</Loaded>;
}

function Sides({ kind, both, swap }: { kind: Kind; both: Comparison; swap: () => void }) {
  const t = useText();
  const [choice, choose] = useState<Choice>({});
  const label = useFieldLabel(kind);
  const show = useFieldValue();
  const keep = both.keep.contact ?? both.keep.asset;
  const gone = both.gone.contact ?? both.gone.asset;
  if (!keep || !gone) return null;
  const name = (x: { name?: string; code: string }) => x.name || x.code;
  const chosen = (f: Comparison['fields'][number]) => choice[f.name] ?? f.default;
  return (
    <div className="hf-stack">
      {both.distinct && <Alert type="info" showIcon title={t('duplicates.toldApart')} />}
      <table className="hf-compare">
        <thead>
          <tr>
            <th scope="col"><Button icon={<SwapOutlined />} onClick={swap}>{t('duplicates.swap')}</Button></th>
            <th scope="col"><Link to={`/${kind}/${keep.id}`}>{name(keep)}</Link> <Tag shade="good">{t('duplicates.keep')}</Tag></th>
            <th scope="col"><Link to={`/${kind}/${gone.id}`}>{name(gone)}</Link> <Tag>{t('duplicates.gone')}</Tag></th>
          </tr>
        </thead>
        <tbody>
          <tr><th scope="row">{t('duplicates.has')}</th><td>{t('duplicates.counts', { ...both.keep.has })}</td><td>{t('duplicates.counts', { ...both.gone.has })}</td></tr>
          {both.fields.map((f) => (
            <tr key={f.name}>
              <th scope="row">{label(f.name)}{f.name === 'phones' && <div><Radio checked={chosen(f) === 'both'} onChange={() => choose({ ...choice, phones: 'both' })}>{t('duplicates.both')}</Radio></div>}</th>
              <td><Radio checked={chosen(f) === 'keep'} onChange={() => choose({ ...choice, [f.name]: 'keep' })}>{show(f.name, f.keep)}</Radio></td>
              <td><Radio checked={chosen(f) === 'gone'} onChange={() => choose({ ...choice, [f.name]: 'gone' })}>{show(f.name, f.gone)}</Radio></td>
            </tr>
          ))}
        </tbody>
      </table>
      <Decide kind={kind} both={both} choice={choice} />
    </div>
  );
}

function Decide({ kind, both, choice }: { kind: Kind; both: Comparison; choice: Choice }) {
  const t = useText();
  const say = useSay();
  const go = useGo();
  const contacts = useWrite('post', '/api/v1/contacts/{id}/merge', { stale });
  const assets = useWrite('post', '/api/v1/assets/{id}/merge', { stale });
  const contactsApart = useWrite('post', '/api/v1/contacts/{id}/distinct', { stale });
  const assetsApart = useWrite('post', '/api/v1/assets/{id}/distinct', { stale });
  const merging = kind === 'assets' ? assets : contacts;
  const parting = kind === 'assets' ? assetsApart : contactsApart;
  const keep = both.keep.contact ?? both.keep.asset;
  const gone = both.gone.contact ?? both.gone.asset;
  if (!keep || !gone) return null;
  const back = `/contacts/duplicates${kind === 'assets' ? '?kind=assets' : ''}`;
  const merge = async () => {
    if (!(await say.ask({ title: t('duplicates.ask'), text: t('duplicates.askText'), ok: t('duplicates.merge') }))) return;
    const done = await merging.run({ params: { path: { id: keep.id } }, body: { other: gone.id, fields: choice, version: keep.version, other_version: gone.version } });
    if (!done) return;
    say.done(t('duplicates.done', { events: done.moved.events, followups: done.moved.followups, cancelled: done.cancelled }));
    go(`/${kind}/${keep.id}`);
  };
  const apart = async () => {
    if (!(await parting.run({ params: { path: { id: keep.id } }, body: { other: gone.id } }))) return;
    say.done(t('duplicates.apartDone'));
    go(back);
  };
  return (
    <div className="hf-actions">
      <Button type="primary" loading={merging.pending} onClick={() => void merge()}>{t('duplicates.merge')}</Button>
      <Button loading={parting.pending} onClick={() => void apart()}>{t('duplicates.apart')}</Button>
      <WriteFailed error={merging.failed ?? parting.failed} />
    </div>
  );
}

function useFieldLabel(kind: Kind): (name: string) => string {
  const t = useText();
  const word = useWord();
  const pick = useInLang();
  const kinds = useKinds(kind);
  const labels: Record<string, string> = {
    code: t('code'), name: t('name'), kind: t('kind'), unit: word('unit', t('unit')), owner: word('owner', t('owner')), steward: word('steward', t('steward')), phones: t('phones'),
    email: t('email'), address: t('address'), quiet: t('quiet'), contact: word('contact', t('one')),
  };
  return (name) => {
    const attribute = name.replace(/^attributes\./, '');
    return labels[name] ?? (pick(kinds.everyAttribute.find((a) => a.name === attribute)?.label) || attribute);
  };
}

function useFieldValue(): (name: string, value: unknown) => ReactNode {
  const t = useText();
  const units = useUnits();
  return (name, value) => {
    if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return <span className="hf-quiet">{t('none')}</span>;
    if (name === 'unit') return units.name(String(value));
    if (name === 'owner' || name === 'steward') return <StaffName id={String(value)} />;
    return Array.isArray(value) ? value.join(' ') : String(value);
  };
}
