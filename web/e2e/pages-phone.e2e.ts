import { checkLooks } from './looks';

checkLooks('phone', [{ lang: 'en', tone: 'light' }, { lang: 'zh', tone: 'dark' }]);
