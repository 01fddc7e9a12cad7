import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Navigate, useLocation } from '@tanstack/react-router';
import i18next from 'i18next';
import { may, useMe } from '@/api';
import { Empty, Failed, Link, Loading, Page, PageFrameContext, parseQuery, writeQuery, type PageRoute } from '@/ui';
import { useMemo, type ComponentType } from 'react';
import { homeOf, pages, type Owned } from './features';
import { useHelp } from './Help';
import { Shell } from './Shell';
import { useText } from './texts';

const root = createRootRoute({ component: Shell, notFoundComponent: Lost, errorComponent: ({ error }) => <Crashed error={error} /> });

function Home() {
  const me = useMe();
  const t = useText();
  const home = homeOf(me);
  return home ? <Navigate to={home} replace /> : <Page title={t('noPages.title')}><Empty title={t('noPages.title')}>{t('noPages.text')}</Empty></Page>;
}

function Lost() {
  const t = useText();
  const { pathname } = useLocation();
  return (
    <Page title={t('lost.title')}>
      <Empty title={t('lost.title')} action={<Link to="/">{t('lost.home')}</Link>}>{t('lost.text', { path: pathname })}</Empty>
    </Page>
  );
}

function Crashed({ error }: { error: unknown }) {
  const t = useText();
  return (
    <Page title={t('crashed.title')}>
      <Failed error={error} retry={() => window.location.reload()} />
      <p className="hf-quiet">{t('crashed.text')}</p>
      <p className="hf-quiet hf-mono">{String(error instanceof Error ? error.message : error)}</p>
    </Page>
  );
}

/** A page in its frame: its title, its help, and whether the reader may see it. */
function framed({ item, room }: Owned<PageRoute>, Inner: ComponentType) {
  return function Framed() {
    const t = useText();
    const me = useMe();
    const help = useHelp();
    const say = (key: string) => (i18next.t as (key: string, options: object) => string)(key, { ns: room });
    const title = say(item.title);
    const text = say(item.help);
    const frame = useMemo(() => ({ title, openHelp: () => help.open(title, text) }), [title, text, help]);
    const allowed = may(me, ...(item.needs ?? []));
    return (
      <PageFrameContext.Provider value={frame}>
        {allowed ? <Inner /> : <Page title={t('forbidden.title')}><Empty title={t('forbidden.title')}>{t('forbidden.text')}</Empty></Page>}
      </PageFrameContext.Provider>
    );
  };
}

const routes = pages.map((page) =>
  createRoute({ getParentRoute: () => root, path: page.item.path, component: framed(page, lazyRouteComponent(page.item.load)), pendingComponent: () => <Loading rows={8} />, errorComponent: ({ error }) => <Crashed error={error} /> }),
);
const home = createRoute({ getParentRoute: () => root, path: '/', component: Home });

export const router = createRouter({
  routeTree: root.addChildren([home, ...routes]),
  parseSearch: parseQuery,
  stringifySearch: writeQuery,
  defaultPendingMs: 200,
  defaultPreload: 'intent',
  scrollRestoration: true,
});
