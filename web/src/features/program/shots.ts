import { firstOf, type Shot } from '../../../e2e/shot';

const first = firstOf('programs', '/programs', 'code');

export const shots: Shot[] = [
  { name: 'programs', path: '/programs' },
  { name: 'program', path: first },
  { name: 'program-missing', path: '/programs/nothing' },
  { name: 'program-adjust', path: first, prepare: async (page) => { await page.locator('.hf-section-head .ant-btn').first().click(); await page.locator('.hf-adjust').waitFor(); } },
];
