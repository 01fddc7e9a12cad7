import i18next from 'i18next';
import { useWord, type MenuEntry } from '@/ui';
import type { Owned } from './features';

/** What an entry is called here: the trade's word, or ours. */
export function useEntryLabel(): (entry: Owned<MenuEntry>) => string {
  const word = useWord();
  return ({ item, room }) => {
    const label = (i18next.t as (key: string, options: object) => string)(item.label, { ns: room });
    return item.word ? word(item.word, label) : label;
  };
}
