import { BellOutlined, CloseOutlined, MenuOutlined, SearchOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useLocation } from '@tanstack/react-router';
import i18next from 'i18next';
import { Badge, Button, Tooltip } from 'antd';
import { useEffect, useState } from 'react';
import { read, useLive, useMe } from '@/api';
import { Link, useGo, usePhone, type MenuEntry } from '@/ui';
import { AccountMenu } from './Account';
import { menuFor, type Owned } from './features';
import { commandKey } from './Help';
import { useEntryLabel } from './label';
import { Palette } from './Palette';
import { useText } from './texts';
import { UnitSwitch } from './UnitSwitch';

/** The frame around every page. */
export function Shell() {
  const t = useText();
  const phone = usePhone();
  const [open, setOpen] = useState(false);
  const [finding, setFinding] = useState(false);
  const { pathname } = useLocation();
  useEffect(() => setOpen(false), [pathname]);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setFinding((now) => !now);
      }
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
  return (
    <div className="hf-shell">
      <a className="hf-skip" href="#content">{t('skip')}</a>
      {!phone && <Side />}
      <header className="hf-top">
        {phone && <img src="/icon.svg" alt={t('product')} width={26} height={26} />}
        <UnitSwitch />
        <span className="hf-grow" />
        <button type="button" className="hf-find" aria-keyshortcuts="Control+K Meta+K" onClick={() => setFinding(true)}>
          <SearchOutlined aria-hidden />
          <span className={phone ? 'hf-hidden' : 'hf-grow'}>{t('palette.open')}</span>
          {!phone && <kbd className="hf-key" aria-hidden>{commandKey}</kbd>}
        </button>
        <AlertBell />
        <AccountMenu />
      </header>
      <main id="content" className="hf-main" tabIndex={-1}>
        <Outlet />
      </main>
      {phone && <Bottom open={open} toggle={() => setOpen(!open)} />}
      {phone && open && <Sheet close={() => setOpen(false)} />}
      <Palette open={finding} close={() => setFinding(false)} />
    </div>
  );
}

function AlertBell() {
  const t = useText();
  const me = useMe();
  const go = useGo();
  const count = useQuery({ ...read('/api/v1/alerts/count'), refetchInterval: 60_000, enabled: Boolean(me.staff) });
  useLive(['alert'], () => void count.refetch());
  const unread = count.data?.count ?? me.unread;
  const label = unread > 0 ? t('alerts.some', { count: unread }) : t('alerts.none');
  return (
    <Tooltip title={label}>
      <Badge count={unread} size="small" overflowCount={99} offset={[-6, 6]}>
        <Button type="text" icon={<BellOutlined />} aria-label={label} onClick={() => go(unread > 0 ? '/alerts?unread=true' : '/alerts')} />
      </Badge>
    </Tooltip>
  );
}

function Entry({ entry, current }: { entry: Owned<MenuEntry>; current: boolean }) {
  const label = useEntryLabel();
  const { icon: Icon, badge: Count, path } = entry.item;
  return (
    <li className={current ? 'hf-entry hf-entry-current' : 'hf-entry'}>
      <Link to={path}>
        <Icon />
        <span>{label(entry)}</span>
        {Count && <span className="hf-entry-count"><Count /></span>}
      </Link>
    </li>
  );
}

/** The entry whose address the page's begins with; the longest one wins. */
function useCurrent(): string | undefined {
  const me = useMe();
  const { pathname } = useLocation();
  return menuFor(me)
    .flatMap((part) => part.entries.map(({ item }) => item.path))
    .filter((path) => pathname === path || pathname.startsWith(`${path}/`))
    .sort((a, b) => b.length - a.length)[0];
}

function Menu() {
  const t = useText();
  const me = useMe();
  const current = useCurrent();
  return (
    <nav aria-label={t('mainMenu')}>
      {menuFor(me).map(({ group, entries }) => (
        <div key={group} className="hf-group">
          <h2>{t(`groups.${group}`)}</h2>
          <ul>{entries.map((entry) => <Entry key={entry.item.path} entry={entry} current={entry.item.path === current} />)}</ul>
        </div>
      ))}
    </nav>
  );
}

function Side() {
  const t = useText();
  const me = useMe();
  const lang = i18next.language === 'en' ? 'en' : 'zh';
  return (
    <div className="hf-side">
      <Link to="/" className="hf-brand">
        <img src="/icon.svg" alt="" width={28} height={28} />
        <span>
          <strong>{t('product')}</strong>
          <small>{me.organization.name[lang] || me.organization.name.zh}</small>
        </span>
      </Link>
      <Menu />
    </div>
  );
}

function Bottom({ open, toggle }: { open: boolean; toggle: () => void }) {
  const t = useText();
  const me = useMe();
  const current = useCurrent();
  const label = useEntryLabel();
  const shown = menuFor(me).flatMap((part) => part.entries).filter(({ item }) => item.phone).slice(0, 4);
  return (
    <nav className="hf-bottom" aria-label={t('menu')}>
      {shown.map((entry) => {
        const { icon: Icon, path } = entry.item;
        return (
          <Link key={path} to={path} className={!open && path === current ? 'hf-bottom-current' : ''}>
            <Icon />
            <span>{label(entry)}</span>
          </Link>
        );
      })}
      <button type="button" aria-expanded={open} onClick={toggle} className={open ? 'hf-bottom-current' : ''}>
        {open ? <CloseOutlined /> : <MenuOutlined />}
        <span>{t(open ? 'closeMenu' : 'more')}</span>
      </button>
    </nav>
  );
}

function Sheet({ close }: { close: () => void }) {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => event.key === 'Escape' && close();
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [close]);
  return <div className="hf-sheet"><Menu /></div>;
}
