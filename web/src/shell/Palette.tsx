import { Input, Modal } from 'antd';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useMe } from '@/api';
import { useGo, useLang } from '@/ui';
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
  detail?: string;
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
  const hits = useHits(text);
  useEffect(() => setAt(0), [text]);
  useEffect(() => box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }), [at]);
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
      {hits.length === 0 && <p className="hf-palette-none">{t('palette.nothing', { text })}</p>}
      <p className="hf-palette-hint">{t('palette.hint')}</p>
    </div>
  );
}

function useHits(text: string): Hit[] {
  const t = useText();
  const me = useMe();
  const go = useGo();
  const lang = useLang();
  const label = useEntryLabel();
  return useMemo(() => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const met = (...in_: (string | undefined)[]) => words.every((word) => in_.some((s) => s?.toLowerCase().includes(word)));
    const pages = menuFor(me)
      .flatMap((part) => part.entries.map((entry) => ({ entry, detail: t(`groups.${part.group}`) })))
      .filter(({ entry, detail }) => met(label(entry), detail, entry.item.path, entry.item.keywords))
      .map(({ entry, detail }): Hit => ({ id: entry.item.path, group: t('palette.pages'), label: label(entry), detail, act: () => go(entry.item.path) }));
    const other = lang === 'zh' ? 'en' : 'zh';
    const commands: Hit[] = [
      { id: 'lang', label: other === 'en' ? 'English' : '中文', detail: t('account_.language'), act: () => setLanguage(other) },
      ...(['light', 'dark', 'system'] as const).map((tone) => ({ id: tone, label: t(`account_.${tone}`), detail: t('account_.tone'), act: () => chooseTone(tone) })),
    ].filter((c) => met(c.label, c.detail)).map((c) => ({ ...c, group: t('palette.commands') }));
    return words.length === 0 ? pages : [...pages, ...commands];
  }, [text, t, me, go, lang, label]);
}
