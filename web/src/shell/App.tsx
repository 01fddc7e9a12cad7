import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { App as Antd, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { lazy, Suspense, useEffect, useLayoutEffect, useMemo } from 'react';
import { door, newQueryClient, problemOf, read, SessionContext, tryNow, type Me } from '@/api';
import { Failed, Loading, useLang, useTone } from '@/ui';
import { languageChosen, setLanguage } from '@/ui/texts';
import { paint, themeOf } from '@/ui/theme';
import { HelpProvider } from './Help';
import { LoginAgain, LoginPage } from './Login';
import { nonceOf } from './nonce';
import { Outage } from './Outage';
import { router } from './routes';

const cache = newQueryClient();
const Setup = lazy(() => import('./Setup'));

export function App() {
  const tone = useTone();
  const lang = useLang();
  const theme = useMemo(() => themeOf(tone), [tone]);
  const nonce = useMemo(() => nonceOf(), []);
  useLayoutEffect(() => paint(tone), [tone]);
  useLayoutEffect(() => void dayjs.locale(lang === 'zh' ? 'zh-cn' : 'en'), [lang]);
  return (
    <QueryClientProvider client={cache}>
      <ConfigProvider theme={theme} locale={lang === 'zh' ? zhCN : enUS} button={{ autoInsertSpace: false }} {...(nonce ? { csp: { nonce } } : {})}>
        <Antd className="hf-app" message={{ maxCount: 3 }}>
          <Door />
        </Antd>
      </ConfigProvider>
    </QueryClientProvider>
  );
}

/** The log-in page, or the console. */
function Door() {
  const session = useQuery({ ...read('/api/v1/session'), staleTime: 60_000, refetchInterval: 60_000 });
  if (session.data) return <Inside me={session.data} />;
  if (session.isPending) return <><Outage /><Loading rows={2} /></>;
  if (problemOf(session.error).code === 'unauthenticated') return <Outside />;
  return <Failed error={session.error} retry={() => { tryNow(); void session.refetch(); }} />;
}

/** The log-in page; on an empty database the first run. */
function Outside() {
  const asked = useQuery({ ...read('/api/v1/setup'), staleTime: Infinity });
  if (!asked.data?.needed) return <><Outage /><LoginPage /></>;
  return <Suspense fallback={<Loading rows={4} />}><Outage /><Setup /></Suspense>;
}

function Inside({ me }: { me: Me }) {
  useEffect(() => {
    if (door.get() === 'unknown') door.set('open');
  }, []);
  useEffect(() => {
    if (!languageChosen()) setLanguage((me.staff?.lang || me.organization.lang) === 'en' ? 'en' : 'zh', false);
  }, [me]);
  return (
    <SessionContext.Provider value={me}>
      <HelpProvider>
        <Outage />
        <LoginAgain me={me} />
        <RouterProvider router={router} />
      </HelpProvider>
    </SessionContext.Provider>
  );
}
