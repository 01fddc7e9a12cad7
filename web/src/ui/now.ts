import { useEffect, useState } from 'react';

/** The time now in milliseconds, looked at again every so often: what is overdue changes while one watches. */
export function useNow(every = 60_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
