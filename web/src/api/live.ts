import { useEffect, useRef } from 'react';

/** A hint that something changed; without an id: anything of the kind. */
export interface Hint {
  kind: string;
  id?: string;
}

interface Message {
  missed?: boolean;
  changes: Hint[];
  unread: number;
}

type Listener = (message: Message) => void;

const listeners = new Set<Listener>();
let source: EventSource | undefined;

/** One stream for all who listen, while the page is seen: a browser opens only a few. */
function adjust(): void {
  const wanted = listeners.size > 0 && document.visibilityState === 'visible' && typeof EventSource !== 'undefined';
  if (!wanted) {
    source?.close();
    source = undefined;
  } else if (!source || source.readyState === EventSource.CLOSED) {
    source = new EventSource('/api/v1/changes');
    source.addEventListener('changes', (event: MessageEvent<string>) => {
      const message = JSON.parse(event.data) as Message;
      for (const listener of [...listeners]) listener(message);
    });
  }
}

if (typeof document !== 'undefined') document.addEventListener('visibilitychange', adjust);

const gather = 400;

/**
 * Calls `then` soon after something of the kinds changed, wherever that was
 * done; many hints at once are one call. `only` narrows to some ids.
 */
export function useLive(kinds: string[], then: () => void, only?: string): void {
  const act = useRef(then);
  useEffect(() => {
    act.current = then;
  });
  const wanted = kinds.join(',');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const heard: Listener = ({ missed, changes }) => {
      const ours = changes.some((hint) => wanted.split(',').includes(hint.kind) && (!only || !hint.id || hint.id === only));
      if ((ours || missed) && !timer) {
        timer = setTimeout(() => {
          timer = undefined;
          act.current();
        }, gather);
      }
    };
    listeners.add(heard);
    adjust();
    return () => {
      listeners.delete(heard);
      clearTimeout(timer);
      adjust();
    };
  }, [wanted, only]);
}
