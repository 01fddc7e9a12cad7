// The colours of the console, each pair checked for contrast by a test.
// One accent, warm neutrals; red, amber and green only where they mean something.

export interface Palette {
  page: string; // behind everything
  surface: string; // cards, tables
  raised: string; // menus, dialogs
  sunken: string; // headers of tables, read-only
  line: string;
  lineStrong: string; // borders of inputs
  text: string;
  quiet: string; // secondary text
  accent: string;
  accentHover: string;
  accentSoft: string;
  onAccent: string;
  good: string;
  goodSoft: string;
  warn: string;
  warnSoft: string;
  bad: string;
  badSoft: string;
  calm: string;
  calmSoft: string;
}

export const light: Palette = {
  page: '#f5f5f1', surface: '#ffffff', raised: '#ffffff', sunken: '#f0f0eb', line: '#e3e3dc', lineStrong: '#808680',
  text: '#1b2320', quiet: '#566059', accent: '#0d6454', accentHover: '#0a5144', accentSoft: '#e3efeb', onAccent: '#ffffff',
  good: '#1b6b35', goodSoft: '#e5f1e6', warn: '#865200', warnSoft: '#faeed8', bad: '#ad2a1f', badSoft: '#fae7e3', calm: '#3c5a7d', calmSoft: '#e6edf5',
};

export const dark: Palette = {
  page: '#121614', surface: '#1a1f1c', raised: '#222825', sunken: '#171b19', line: '#2e3531', lineStrong: '#77827c',
  text: '#e6eae6', quiet: '#a3aea7', accent: '#62c4ae', accentHover: '#82d4c2', accentSoft: '#1c3731', onAccent: '#0a1f1a',
  good: '#7fcb93', goodSoft: '#1d3424', warn: '#e3b25e', warnSoft: '#3a2d14', bad: '#f2948a', badSoft: '#42211d', calm: '#9dbde2', calmSoft: '#202e3e',
};
