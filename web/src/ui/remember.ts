import { useCallback, useState } from 'react';

/** A preference kept in this browser under a name of its own. */
export function useRemembered<T>(name: string, initial: T): [T, (value: T) => void] {
  const key = `huifang.${name}`;
  const [value, setValue] = useState<T>(() => {
    try {
      const kept = localStorage.getItem(key);
      return kept === null ? initial : (JSON.parse(kept) as T);
    } catch {
      return initial;
    }
  });
  const keep = useCallback(
    (next: T) => {
      setValue(next);
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // A full or forbidden store: the preference lasts as long as the page.
      }
    },
    [key],
  );
  return [value, keep];
}
