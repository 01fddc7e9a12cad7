import { useQuery } from '@tanstack/react-query';
import { Input, Modal } from 'antd';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { may, read, useMe, type DataOf } from '@/api';
import { CaseTag, StateTag, useGo, useLang, useWord } from '@/ui';
import { chooseTone } from '@/ui/theme';
import { setLanguage } from '@/ui/texts';
import { menuFor } from './features';
import { useEntryLabel } from './label';
import { useText } from './texts';

/** One thing that can be chosen. */
interface Hit {
  id: string;
  group: string;
  label: ReactNode;
  detail?: ReactNode;
  act: () => void;
}

/** Finds pages and commands as one types; every word must be met. */
export function Palette({ open, close }: { open: boolean; close: () => void }) {
  const t = useText();
  return (
    <Modal open={open} onCancel={close} footer={null} closable={false} width={620} style={{ top: 72 }} destroyOnHidden title={<span className="hf-hidden">{t('palette.open')}</span>} styles={{ container: { padding: 0 }, header: { margin: 0, padding: 0 } }}>
      <Finder close={close} />
    </Modal>
  );
}

function Finder({ close }: { close: () => void }) {
  const t = useText();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const list = useId();
  const box = useRef<HTMLDivElement>(null);
  const records = useRecords(text);
  const places = usePlaces(text);
  const hits = [...places.pages, ...records.hits, ...places.commands];
  useEffect(() => setAt(0), [text]);
  useEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }); // answers a promise in newer browsers
  }, [at]);
  const choose = (hit: Hit | undefined) => {
    if (!hit) return;
    close();
    hit.act();
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setAt((at + step + hits.length) % Math.max(1, hits.length));
    } else if (event.key === 'Enter') choose(hits[at]);
  };
  return (
    <div className="hf-palette" ref={box}>
      <Input
        autoFocus size="large" variant="borderless" value={text} placeholder={t('palette.placeholder')} aria-label={t('palette.open')} role="combobox" aria-expanded aria-controls={list}
        aria-activedescendant={hits[at] ? `${list}-${at}` : undefined} onChange={(e) => setText(e.target.value)} onKeyDown={pressed}
      />
      <div role="listbox" id={list} aria-label={t('palette.open')}>
        {hits.map((hit, i) => (
          <div key={hit.id}>
            {hit.group !== hits[i - 1]?.group && <div className="hf-palette-group" role="presentation">{hit.group}</div>}
            <div role="option" id={`${list}-${i}`} aria-selected={i === at} className="hf-hit" onMouseMove={() => setAt(i)} onClick={() => choose(hit)}>
              <span>{hit.label}</span>
              {hit.detail && <small>{hit.detail}</small>}
            </div>
          </div>
        ))}
      </div>
      {hits.length === 0 && <p className="hf-palette-none" role="status">{records.searching ? t('palette.searching') : t('palette.nothing', { text })}</p>}
      <p className="hf-palette-hint">{t('palette.hint')}</p>
    </div>
  );
}

/** The text as it stood a moment ago: not every letter is asked for. */
function useRested(text: string, ms = 160): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), ms);
    return () => clearTimeout(timer);
  }, [text, ms]);
  return rested;
}

/** One Chinese character says as much as two letters. */
const enough = (text: string) => text.length > 1 || /[\u3400-\u9fff]/.test(text);

type Found = DataOf<'/api/v1/search', 'get'>;

/** Customers, assets, follow-ups and cases that the server finds. */
function useRecords(text: string): { hits: Hit[]; searching: boolean } {
  const t = useText();
  const go = useGo();
  const word = useWord();
  const me = useMe();
  const q = useRested(text.trim());
  const enabled = enough(q) && may(me, 'contact.read', 'followup.read', 'followup.work', 'case.read');
  const found = useQuery({ ...read('/api/v1/search', { params: { query: { q } } }), enabled, placeholderData: (before: Found | undefined) => before });
  const searching = enabled && (found.isFetching || q !== text.trim());
  if (!enabled || !found.data) return { hits: [], searching };
  const { contacts, assets, followups, cases } = found.data;
  const hit = (kind: 'contact' | 'asset' | 'followup' | 'case', path: string, id: string, label: ReactNode, detail: ReactNode): Hit => ({
    id: `${kind} ${id}`, group: kind === 'followup' ? t('palette.followup') : word(kind, t(`palette.${kind}`)), label, detail, act: () => go(`${path}/${id}`),
  });
  return {
    searching,
    hits: [
      ...contacts.map((c) => hit('contact', '/contacts', c.id, <>{c.name} <small>{c.phones[0]}</small></>, joined(c.unit_name, c.code))),
      ...assets.map((a) => hit('asset', '/assets', a.id, <>{a.name || a.code} <small>{a.contact_name}</small></>, joined(a.unit_name, a.name ? a.code : ''))),
      ...followups.map((f) => hit('followup', '/followups', f.id, <>{f.number} <small>{joined(f.contact_name, f.matter)}</small></>, <StateTag state={f.state} />)),
      ...cases.map((c) => hit('case', '/cases', c.id, <>{c.number} <small>{joined(c.contact_name, c.matter)}</small></>, <CaseTag state={c.state} />)),
    ],
  };
}

const joined = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(' · ');

/** Pages and commands whose words are all met. */
function usePlaces(text: string): { pages: Hit[]; commands: Hit[] } {
  const t = useText();
  const me = useMe();
  const go = useGo();
  const lang = useLang();
  const label = useEntryLabel();
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const met = (...in_: (string | undefined)[]) => words.every((word) => in_.some((s) => s?.toLowerCase().includes(word)));
  const pages = menuFor(me)
    .flatMap((part) => part.entries.map((entry) => ({ entry, detail: t(`groups.${part.group}`) })))
    .filter(({ entry, detail }) => met(label(entry), detail, entry.item.path, entry.item.keywords))
    .map(({ entry, detail }): Hit => ({ id: entry.item.path, group: t('palette.pages'), label: label(entry), detail, act: () => go(entry.item.path) }));
  const other = lang === 'zh' ? 'en' : 'zh';
  const commands = [
    { id: 'lang', label: other === 'en' ? 'English' : '中文', detail: t('account_.language'), act: () => setLanguage(other) },
    ...(['light', 'dark', 'system'] as const).map((tone) => ({ id: tone, label: t(`account_.${tone}`), detail: t('account_.tone'), act: () => chooseTone(tone) })),
  ];
  return { pages, commands: words.length === 0 ? [] : commands.filter((c) => met(c.label, c.detail)).map((c) => ({ ...c, group: t('palette.commands') })) };
}
