import { checkLook } from './looks';

checkLook({ size: 'desktop', lang: 'zh', tone: 'light' });
checkLook({ size: 'desktop', lang: 'en', tone: 'dark' });
