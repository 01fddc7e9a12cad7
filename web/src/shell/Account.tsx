import { useQueryClient } from '@tanstack/react-query';
import { Button, Popover, Segmented } from 'antd';
import { useState } from 'react';
import { door, useMe, useSignal, useWrite } from '@/api';
import { useInLang, useLang, usePhone } from '@/ui';
import { chooseTone, toneChoice, type ToneChoice } from '@/ui/theme';
import { LanguageSwitch } from './Login';
import { PasswordDialog } from './Password';
import { useText } from './texts';

/** Who is logged in, how the console looks, and the way out. */
export function AccountMenu() {
  const t = useText();
  const me = useMe();
  const phone = usePhone();
  const [open, setOpen] = useState(false);
  const [changing, setChanging] = useState(false);
  const name = me.staff?.name ?? t('account');
  return (
    <>
      <Popover open={open} onOpenChange={setOpen} trigger="click" placement="bottomRight" content={<Panel changePassword={() => { setOpen(false); setChanging(true); }} />}>
        <button type="button" className="hf-account">
          <span className="hf-hidden">{t('account')}</span>
          <span className="hf-avatar" aria-hidden>{initial(name)}</span>
          <span className={phone ? 'hf-hidden' : ''}>{name}</span>
        </button>
      </Popover>
      {changing && <PasswordDialog close={() => setChanging(false)} />}
    </>
  );
}

/** 张三 → 三; Li Si → L: what people call each other by, at a glance. */
function initial(name: string): string {
  const chars = [...name];
  return (/^[\u4e00-\u9fff]/.test(name) ? chars.at(-1) : chars[0]?.toUpperCase()) ?? '';
}

function Panel({ changePassword }: { changePassword: () => void }) {
  const t = useText();
  const me = useMe();
  const lang = useLang();
  const inLang = useInLang();
  const cache = useQueryClient();
  const choice = useSignal(toneChoice);
  const leave = useWrite('delete', '/api/v1/session');
  const logOut = async () => {
    await leave.run({});
    door.set('unknown');
    cache.clear();
    window.location.assign('/');
  };
  return (
    <div className="hf-account-panel">
      <div>
        <strong>{me.staff?.name}</strong>
        <div className="hf-quiet">{[inLang(me.organization.name), ...me.roles.map((role) => inLang(role.name))].join(' · ')}</div>
      </div>
      <div className="hf-setting"><span>{t('account_.language')}</span><LanguageSwitch /></div>
      <div className="hf-setting">
        <span>{t('account_.tone')}</span>
        <Segmented<ToneChoice> size="small" aria-label={t('account_.tone')} value={choice} onChange={chooseTone} options={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: t(`account_.${value}`) }))} />
      </div>
      <div className="hf-account-links">
        {me.staff?.login && <Button type="text" onClick={changePassword}>{t('account_.password')}</Button>}
        <Button type="text" href={`/api/?lang=${lang}`} target="_blank">{t('account_.api')}</Button>
        <Button type="text" danger loading={leave.pending} onClick={() => void logOut()}>{t('account_.logout')}</Button>
      </div>
    </div>
  );
}
