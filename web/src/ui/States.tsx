import { Button, Skeleton } from 'antd';
import { useQueryErrorResetBoundary, type UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { messagesOf, problemOf } from '@/api';
import { useUiText } from './own-texts';
import { useLang } from './texts';

/** Nothing to show: what that means, and what to do about it. */
export function Empty({ title, children, action }: { title?: ReactNode; children?: ReactNode; action?: ReactNode }) {
  const t = useUiText();
  return (
    <div className="hf-empty">
      <p className="hf-empty-title">{title ?? t('empty')}</p>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}

/** What went wrong, in the reader's language, with a way to try again. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const t = useUiText();
  const lang = useLang();
  const problem = problemOf(error);
  const [main, ...rest] = messagesOf(error, lang);
  const title = problem.code === 'not_found' ? t('failed.notFound') : problem.code === 'forbidden' ? t('failed.forbidden') : t('failed.title');
  return (
    <div className="hf-failed" role="alert">
      <p className="hf-empty-title">{title}</p>
      <p>{main}</p>
      {rest.length > 0 && <ul>{rest.map((line) => <li key={line}>{line}</li>)}</ul>}
      {problem.instance && <p className="hf-quiet">{t('failed.instance', { instance: problem.instance })}</p>}
      {retry && <Button onClick={retry}>{t('retry')}</Button>}
    </div>
  );
}

/** What went wrong with a change: stands beside its button. Nothing while all is well. */
export function WriteFailed({ error }: { error: unknown }) {
  const lang = useLang();
  if (!error) return null;
  const [main, ...rest] = messagesOf(error, lang);
  return (
    <div className="hf-write-failed" role="alert">
      {main}
      {rest.length > 0 && <ul>{rest.map((line) => <li key={line}>{line}</li>)}</ul>}
    </div>
  );
}

export function Loading({ rows = 4 }: { rows?: number }) {
  const t = useUiText();
  return (
    <div className="hf-loading" role="status" aria-label={t('loading')}>
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  );
}

/** One answer: waits, says what went wrong, or shows. */
export function Loaded<T>({ query, rows, children }: { query: UseQueryResult<T, unknown>; rows?: number; children: (data: T) => ReactNode }) {
  const { reset } = useQueryErrorResetBoundary();
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) {
    return (
      <Failed
        error={query.error}
        retry={() => {
          reset();
          void query.refetch();
        }}
      />
    );
  }
  return <Loading rows={rows ?? 4} />;
}
