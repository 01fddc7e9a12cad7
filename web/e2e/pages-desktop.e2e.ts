import { checkLooks } from './looks';

checkLooks('desktop', [{ lang: 'zh', tone: 'light' }, { lang: 'en', tone: 'dark' }]);
