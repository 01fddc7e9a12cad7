import { checkLook } from './looks';

checkLook({ size: 'phone', lang: 'zh', tone: 'dark' });
checkLook({ size: 'phone', lang: 'en', tone: 'light' });
