import { theme as antd, type ThemeConfig } from 'antd';
import { signal, useSignal } from '@/api';
import { dark, light, type Palette } from './palette';

export type Tone = 'light' | 'dark';
export type ToneChoice = Tone | 'system';

const toneKey = 'huifang.tone';
/** Whether the reader asked their system for less motion. */
const still = typeof window.matchMedia === 'function' && window.matchMedia('(prefers-reduced-motion: reduce)').matches;
const system = typeof window.matchMedia === 'function' ? window.matchMedia('(prefers-color-scheme: dark)') : undefined;

function kept(): ToneChoice {
  const value = localStorage.getItem(toneKey);
  return value === 'light' || value === 'dark' ? value : 'system';
}

export const toneChoice = signal<ToneChoice>(kept());
const systemTone = signal<Tone>(system?.matches ? 'dark' : 'light');
system?.addEventListener('change', (e) => systemTone.set(e.matches ? 'dark' : 'light'));

// Another tab is light or dark now: this one follows.
if (typeof window !== 'undefined') window.addEventListener('storage', ({ key }) => { if (key === toneKey) toneChoice.set(kept()); });

export function chooseTone(choice: ToneChoice): void {
  if (choice === 'system') localStorage.removeItem(toneKey);
  else localStorage.setItem(toneKey, choice);
  toneChoice.set(choice);
}

export function useTone(): Tone {
  const choice = useSignal(toneChoice);
  const outside = useSignal(systemTone);
  return choice === 'system' ? outside : choice;
}

/** The colours of a tone: for charts; elements use the CSS variables `--hf-…`. */
export function paletteOf(tone: Tone): Palette {
  return tone === 'dark' ? dark : light;
}

/** Gives the colours to CSS as `--hf-text`, `--hf-accent-soft` … */
export function paint(tone: Tone): void {
  const root = document.documentElement;
  root.dataset.tone = tone;
  root.style.colorScheme = tone;
  for (const [name, value] of Object.entries(paletteOf(tone))) {
    root.style.setProperty(`--hf-${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`, value);
  }
}

export const fontFamily = 'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", sans-serif';

export function themeOf(tone: Tone): ThemeConfig {
  const p = paletteOf(tone);
  return {
    algorithm: tone === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm,
    cssVar: { key: 'hf' },
    hashed: false,
    token: {
      fontFamily, fontSize: 14, borderRadius: 6, controlHeight: 34, wireframe: false, motion: !still, motionDurationMid: '0.12s', motionDurationSlow: '0.16s',
      colorPrimary: p.accent, colorPrimaryHover: p.accentHover, colorPrimaryActive: p.accentHover, colorPrimaryBg: p.accentSoft, colorTextLightSolid: p.onAccent,
      colorLink: p.accent, colorLinkHover: p.accentHover, colorLinkActive: p.accentHover, colorInfo: p.calm,
      colorSuccess: p.good, colorWarning: p.warn, colorError: p.bad, colorErrorText: p.bad,
      colorText: p.text, colorTextSecondary: p.quiet, colorTextTertiary: p.quiet, colorTextQuaternary: p.quiet,
      colorTextDescription: p.quiet, colorTextPlaceholder: p.quiet, colorTextDisabled: p.quiet, colorTextHeading: p.text, colorIcon: p.quiet,
      colorBgLayout: p.page, colorBgContainer: p.surface, colorBgElevated: p.raised,
      colorBorder: p.lineStrong, colorBorderSecondary: p.line, colorSplit: p.line,
    },
    components: {
      Table: { headerBg: p.sunken, headerColor: p.quiet, headerSplitColor: 'transparent', cellPaddingBlock: 9, cellPaddingInline: 12, rowHoverBg: p.sunken },
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500 },
      Tabs: { horizontalMargin: '0 0 12px 0' },
      Card: { paddingLG: 18 },
      Tooltip: { colorBgSpotlight: tone === 'dark' ? '#39423d' : '#2a322e', colorTextLightSolid: '#ffffff' },
      Segmented: { itemSelectedBg: p.surface, trackBg: p.sunken },
    },
  };
}
