import { Drawer } from 'antd';
import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import { useLang } from '@/ui';
import { useText } from './texts';

interface Help {
  open: (title: string, text: string) => void;
}

const HelpContext = createContext<Help>({ open: () => undefined });

export function useHelp(): Help {
  return useContext(HelpContext);
}

/** Paragraphs by empty lines; lines that begin with `- ` are a list. */
function Prose({ text }: { text: string }) {
  return (
    <div className="hf-prose">
      {text.split(/\n\s*\n/).map((part, i) =>
        part.trim().startsWith('- ') ? (
          <ul key={i}>{part.trim().split('\n').map((line) => <li key={line}>{line.replace(/^- /, '')}</li>)}</ul>
        ) : (
          <p key={i}>{part}</p>
        ),
      )}
    </div>
  );
}

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
export const commandKey = isMac ? '⌘K' : 'Ctrl K';

/** The drawer that explains the page. */
export function HelpProvider({ children }: { children: ReactNode }) {
  const t = useText();
  const lang = useLang();
  const [shown, setShown] = useState<{ title: string; text: string }>();
  const help = useMemo(() => ({ open: (title: string, text: string) => setShown({ title, text }) }), []);
  return (
    <HelpContext.Provider value={help}>
      {children}
      <Drawer open={Boolean(shown)} title={shown?.title} onClose={() => setShown(undefined)} size={420}>
        {shown && <Prose text={shown.text} />}
        <h3 className="hf-help-head">{t('help.shortcuts')}</h3>
        <dl className="hf-keys">
          <dt><kbd className="hf-key">{commandKey}</kbd></dt><dd>{t('help.search')}</dd>
          <dt><kbd className="hf-key">{'Esc'}</kbd></dt><dd>{t('help.close')}</dd>
        </dl>
        <h3 className="hf-help-head">{t('help.more')}</h3>
        <p><a href={`/api/docs?lang=${lang}`} target="_blank" rel="noreferrer">{t('help.api')}</a></p>
      </Drawer>
    </HelpContext.Provider>
  );
}
