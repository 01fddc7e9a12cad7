import { QuestionCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { UseQueryResult } from '@tanstack/react-query';
import { createContext, useContext, useEffect, type ReactNode } from 'react';
import { Link } from './Link';
import { Loaded } from './States';
import { useUiText } from './own-texts';

/** What the shell knows of the page that is shown. */
export interface PageContext {
  title: string;
  openHelp: () => void;
}

export const PageFrameContext = createContext<PageContext>({ title: '', openHelp: () => undefined });

interface PageProps {
  /** Default: the route's title. */
  title?: ReactNode;
  /** The browser's title where `title` is no text. */
  name?: string;
  /** Beside the title: a number, a tag. */
  aside?: ReactNode;
  /** Under the title: one quiet sentence. */
  intro?: ReactNode;
  /** Buttons on the right; the main one last. */
  actions?: ReactNode;
  /** Where this page belongs: `{to: '/cases', label}`. */
  up?: { to: string; label: string };
  /** Uses the whole width rather than a readable column. */
  wide?: boolean;
  children: ReactNode;
}

/** The frame of every page: title, actions, help. */
export function Page({ title, name, aside, intro, actions, up, wide = true, children }: PageProps) {
  const t = useUiText();
  const frame = useContext(PageFrameContext);
  const shown = title ?? frame.title;
  const text = name ?? (typeof shown === 'string' ? shown : frame.title);
  useEffect(() => {
    document.title = `${text} · 回访 Huifang`;
  }, [text]);
  return (
    <div className={wide ? 'hf-page' : 'hf-page hf-page-narrow'}>
      <header className="hf-page-head">
        <div className="hf-page-title">
          {up && <Link to={up.to} className="hf-up">{up.label}</Link>}
          <h1>
            {shown}
            {aside}
            <Button type="text" size="small" className="hf-help-button" icon={<QuestionCircleOutlined />} aria-label={t('help')} title={t('help')} onClick={frame.openHelp} />
          </h1>
          {intro && <p className="hf-quiet">{intro}</p>}
        </div>
        {actions && <div className="hf-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A page about one record: in its frame, with the way back, while it loads and where there is none. */
export function LoadedPage<T>({ query, up, rows, children }: { query: UseQueryResult<T, unknown>; up?: PageProps['up']; rows?: number; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  return <Page {...(up && { up })}><Loaded query={query} rows={rows ?? 10}>{() => null}</Loaded></Page>;
}

/** A part of a page on its own surface. */
export function Section({ title, extra, flush, children, id }: { title?: ReactNode; extra?: ReactNode; flush?: boolean; children: ReactNode; id?: string }) {
  return (
    <section className={flush ? 'hf-section hf-section-flush' : 'hf-section'} id={id}>
      {(title || extra) && (
        <div className="hf-section-head">
          {title && <h2>{title}</h2>}
          {extra && <div className="hf-actions">{extra}</div>}
        </div>
      )}
      {children}
    </section>
  );
}

/** Names and values: for the facts of a record. Entries without a value are left out. */
export function Facts({ items, columns = 1 }: { items: { label: ReactNode; value: ReactNode }[]; columns?: 1 | 2 | 3 }) {
  const shown = items.filter(({ value }) => value !== undefined && value !== null && value !== '' && value !== false);
  return (
    <dl className="hf-facts" data-columns={columns}>
      {shown.map((item, i) => (
        <div key={i}>
          <dt>{item.label}</dt>
          <dd>{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
