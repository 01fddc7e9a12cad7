import type { Same } from '@/ui';
import type { zh } from './zh';

export const en: Same<typeof zh> = {
  title: 'Organization', menu: 'Organization', name: 'Name', nameEn: 'English name', code: 'Code', codeHint: 'Used to log in; it stays as it is', zone: 'Time zone', zoneHint: 'For units without one of their own, e.g. Asia/Shanghai', lang: 'Language', zh: 'Chinese', en: 'English', packs: 'Active packs', created: 'Since', save: 'Save', saved: 'Saved', toPacks: 'Manage packs', basics: 'Basics',
  help: 'The organization’s name, time zone and language. The zone decides when a day begins and a window closes; units can have a zone of their own.',
};
