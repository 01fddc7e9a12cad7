import { may, type Me } from '@/api';
import type { Feature, MenuEntry, PageRoute } from '@/ui';

const found = import.meta.glob<{ feature: Feature }>('../features/*/feature.ts', { eager: true });

export interface Owned<T> {
  item: T;
  room: string;
}

const features: Feature[] = Object.values(found).map((module) => module.feature);
const owned = <T>(of: (feature: Feature) => T[] | undefined): Owned<T>[] => features.flatMap((feature) => (of(feature) ?? []).map((item) => ({ item, room: feature.texts.room })));

/** Every page of every feature. */
export const pages: Owned<PageRoute>[] = owned((feature) => feature.pages);

const groups: MenuEntry['group'][] = ['work', 'quality', 'people', 'rules', 'settings'];
const entries = owned((feature) => feature.menu);

/** The menu as somebody may see it, group by group. */
export function menuFor(me: Me): { group: MenuEntry['group']; entries: Owned<MenuEntry>[] }[] {
  return groups
    .map((group) => ({
      group,
      entries: entries.filter(({ item }) => item.group === group && may(me, ...(item.needs ?? []))).sort((a, b) => a.item.order - b.item.order),
    }))
    .filter((part) => part.entries.length > 0);
}

/** Where somebody starts. */
export function homeOf(me: Me): string | undefined {
  return menuFor(me)[0]?.entries[0]?.item.path;
}
