import { useEffect, useRef } from 'react';

/** What each key does; names as KeyboardEvent.key gives them. */
export type Keys = Record<string, (() => void) | undefined>;

function typing(on: EventTarget | null): boolean {
  if (!(on instanceof HTMLElement)) return false;
  if (on.isContentEditable || on.closest('.ant-select, .ant-picker, [role="dialog"], [role="menu"]')) return true;
  return on.matches('textarea, select, input:not([type="checkbox"]):not([type="radio"]):not([type="button"])');
}

const covered = () => [...document.querySelectorAll('.ant-modal-wrap, .ant-drawer-open')].some((el) => (el as HTMLElement).offsetParent !== null || getComputedStyle(el).display !== 'none');

/** Single keys for a page: silent while somebody types or a dialog is open; `Mod+Enter` also speaks while typing. */
export function useKeys(keys: Keys): void {
  const now = useRef(keys);
  useEffect(() => {
    now.current = keys;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.altKey || event.isComposing || event.defaultPrevented) return;
      if (event.ctrlKey || event.metaKey) {
        const whole = event.key === 'Enter' && !covered() ? now.current['Mod+Enter'] : undefined;
        if (whole) {
          event.preventDefault();
          whole();
        }
        return;
      }
      const act = now.current[event.key];
      if (!act || typing(event.target) || covered()) return;
      if ((event.key === 'Enter' || event.key === ' ') && event.target instanceof HTMLElement && event.target.closest('a, button, input, label')) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}
