import { Button } from 'antd';
import { useEffect, useRef, type ReactNode } from 'react';
import { useUiText } from '@/ui';

interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** Loads by itself up to so many rows; then the reader asks for more. */
const bySelf = 400;

/** The foot of a list that comes page by page. */
export function MoreRows({ found, count, aside }: { found: Pages; count: number; aside?: ReactNode }) {
  const t = useUiText();
  const place = useRef<HTMLSpanElement>(null);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = found;
  const automatic = hasNextPage && !isFetchingNextPage && count < bySelf;
  useEffect(() => {
    if (!automatic || !place.current) return;
    const seen = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && void fetchNextPage(), { rootMargin: '400px' });
    seen.observe(place.current);
    return () => seen.disconnect();
  }, [automatic, fetchNextPage]);
  return (
    <div className="fu-foot">
      <span className="hf-quiet">{t(hasNextPage ? 'someShown' : 'allShown', { count })}</span>
      <span ref={place}>{hasNextPage && <Button size="small" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>{t('more')}</Button>}</span>
      <span className="hf-grow" />
      {aside}
    </div>
  );
}
