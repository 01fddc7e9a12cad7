import { useSyncExternalStore } from 'react';

const narrow = typeof window.matchMedia === 'function' ? window.matchMedia('(max-width: 767px)') : undefined;

function watch(listener: () => void): () => void {
  narrow?.addEventListener('change', listener);
  return () => narrow?.removeEventListener('change', listener);
}

/** Whether the page is as narrow as a phone. */
export function usePhone(): boolean {
  return useSyncExternalStore(watch, () => narrow?.matches ?? false);
}
