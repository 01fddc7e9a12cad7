import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Lang, Text } from '@/api';
import { inLang } from '@/api';

/** Texts of one room: keys to sentences, nested as is convenient. */
export interface Tree {
  [key: string]: string | Tree;
}

/** The same keys, other sentences: what `en.ts` must be for its `zh.ts`. */
export type Same<T extends Tree> = { [K in keyof T]: T[K] extends Tree ? Same<T[K]> : string };

/** Dotted names of the sentences of a tree; plural forms by their stem. */
export type KeyOf<T extends Tree> = {
  [K in keyof T & string]: T[K] extends Tree ? `${K}.${KeyOf<T[K]>}` : K extends `${infer Stem}_${'one' | 'other'}` ? Stem : K;
}[keyof T & string];

/** Says a text of one room: `t('list.title', {count: 3})`. */
export type Say<K extends string> = (key: K, values?: Record<string, unknown>) => string;

/** The texts of one room, registered in both languages. */
export interface Texts<K extends string = string> {
  room: string;
  use: () => Say<K>;
  say: Say<K>;
}

const languageKey = 'huifang.lang';

function firstLanguage(): Lang {
  const kept = typeof localStorage === 'undefined' ? null : localStorage.getItem(languageKey);
  if (kept === 'zh' || kept === 'en') return kept;
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh';
}

void i18next.use(initReactI18next).init({
  lng: firstLanguage(),
  fallbackLng: 'zh',
  resources: {},
  interpolation: { escapeValue: false },
  returnNull: false,
  initAsync: false,
});

function announce(lang: string): void {
  document.documentElement.lang = lang === 'en' ? 'en' : 'zh-CN';
}
announce(i18next.language);
i18next.on('languageChanged', announce);

/** Whether the reader chose a language here; else the organization's or their own applies. */
export function languageChosen(): boolean {
  return localStorage.getItem(languageKey) !== null;
}

export function setLanguage(lang: Lang, remember = true): void {
  if (remember) localStorage.setItem(languageKey, lang);
  void i18next.changeLanguage(lang);
}

// Another tab speaks another language now: this one follows.
if (typeof window !== 'undefined') {
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key === languageKey && (newValue === 'zh' || newValue === 'en')) setLanguage(newValue, false);
  });
}

/** Registers the texts of a room (a feature's folder name, `ui`, `shell`). */
export function texts<const T extends Tree>(room: string, zh: T, en: Same<T>): Texts<KeyOf<T>> {
  i18next.addResourceBundle('zh', room, zh, true, true);
  i18next.addResourceBundle('en', room, en, true, true);
  return {
    room,
    use: () => useTranslation(room).t as unknown as Say<KeyOf<T>>,
    say: (key, values) => (i18next.t as (key: string, values: object) => string)(key, { ...values, ns: room }),
  };
}

export function useLang(): Lang {
  return useTranslation().i18n.language === 'en' ? 'en' : 'zh';
}

/** Picks the reader's language of a text that comes from the server. */
export function useInLang(): (text: Text | undefined) => string {
  const lang = useLang();
  return (text) => inLang(text, lang);
}
