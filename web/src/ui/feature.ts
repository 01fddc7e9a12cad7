import type { ComponentType } from 'react';
import type { Texts } from './texts';

/** Groups of the menu, in their order. */
export type MenuGroup = 'work' | 'quality' | 'people' | 'rules' | 'settings';

export interface MenuEntry {
  path: string;
  /** Key of the feature's texts. */
  label: string;
  /** What the trade calls it, a key of GET /api/v1/words: wins over the label. */
  word?: string;
  icon: ComponentType;
  group: MenuGroup;
  /** Within the group, small first. */
  order: number;
  /** Shown to whoever holds any of these; none: everybody. */
  needs?: string[];
  /** A number beside the entry: a small component that fetches it. */
  badge?: ComponentType;
  /** In the bottom bar of a phone: at most four entries in all. */
  phone?: boolean;
  /** More words that find the page in the command palette. */
  keywords?: string;
}

export interface PageRoute {
  /** `/followups/$id`; read with useParam('id'). */
  path: string;
  load: () => Promise<{ default: ComponentType }>;
  /** Key of the feature's texts: the browser's title, and the page's unless it sets its own. */
  title: string;
  /** Key of the feature's texts: what the help drawer says; paragraphs by empty lines, `- ` for lists. */
  help: string;
  needs?: string[];
}

/** What a folder under features/ brings; its `feature.ts` exports one as `feature`. */
export interface Feature {
  texts: Texts<never>;
  menu?: MenuEntry[];
  pages: PageRoute[];
}

/** Declares a feature, with keys checked against its texts. */
export function defineFeature<K extends string>(feature: {
  texts: Texts<K>;
  menu?: (MenuEntry & { label: K })[];
  pages: (PageRoute & { title: K; help: K })[];
}): Feature {
  return feature as unknown as Feature;
}
