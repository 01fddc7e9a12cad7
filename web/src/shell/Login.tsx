import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, Modal, Segmented } from 'antd';
import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { door, read, reachable, tryNow, useSignal, useWrite, type Me } from '@/api';
import { useLang, useRemembered, WriteFailed } from '@/ui';
import { setLanguage } from '@/ui/texts';
import { useText } from './texts';

interface LoginFormProps {
  /** Who was logged in: their organization and login stand in the form. */
  known?: Me | undefined;
  done: (me: Me) => void;
}

function LoginForm({ known, done }: LoginFormProps) {
  const t = useText();
  const [last, remember] = useRemembered('login', { organization: '', login: '' });
  const [organization, setOrganization] = useState(known?.organization.code ?? last.organization);
  const [login, setLogin] = useState(known?.staff?.login ?? last.login);
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState<string>();
  const enter = useWrite('post', '/api/v1/session');
  const down = useSignal(reachable).down;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const empty = !organization.trim() ? t('login.organization') : !login.trim() ? t('login.login') : !password ? t('login.password') : undefined;
    setMissing(empty);
    if (empty) return;
    const got = await enter.run({ body: { organization: organization.trim(), login: login.trim(), password }, params: {} });
    if (!got) return;
    remember({ organization: organization.trim(), login: login.trim() });
    done(got.me);
  };

  return (
    <form className="hf-login-form" onSubmit={(e) => void submit(e)} noValidate>
      <Field id="organization" label={t('login.organization')}>
        <Input id="organization" size="large" name="organization" autoComplete="organization" autoCapitalize="none" value={organization} onChange={(e) => setOrganization(e.target.value)} disabled={Boolean(known)} />
      </Field>
      <Field id="login" label={t('login.login')}>
        <Input id="login" size="large" name="username" autoComplete="username" autoCapitalize="none" value={login} onChange={(e) => setLogin(e.target.value)} autoFocus={!known} disabled={Boolean(known?.staff?.login)} />
      </Field>
      <Field id="password" label={t('login.password')}>
        <Input.Password id="password" size="large" name="password" autoComplete="current-password" value={password} onChange={(e) => setPassword(e.target.value)} autoFocus={Boolean(known)} />
      </Field>
      {missing && <div className="hf-write-failed" role="alert">{t('login.missing', { field: missing })}</div>}
      <WriteFailed error={enter.failed} />
      {down && <div className="hf-write-failed" role="alert">{t('login.offline')} <Button size="small" type="link" onClick={tryNow}>{t('down.now')}</Button></div>}
      <Button type="primary" size="large" htmlType="submit" block loading={enter.pending}>{t('login.go')}</Button>
    </form>
  );
}

function Field({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  return (
    <div className="hf-field">
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  );
}

export function LanguageSwitch() {
  const lang = useLang();
  const t = useText();
  return (
    <Segmented
      size="small"
      aria-label={t('account_.language')}
      value={lang}
      onChange={(value) => setLanguage(value === 'en' ? 'en' : 'zh')}
      options={[{ value: 'zh', label: <span lang="zh-CN">{'中文'}</span> }, { value: 'en', label: <span lang="en">{'English'}</span> }]}
    />
  );
}

/** The page of whoever is not logged in. Other ways in (single sign-on) go below the form. */
export function LoginPage() {
  const t = useText();
  const lang = useLang();
  const cache = useQueryClient();
  useEffect(() => {
    document.title = `${t('login.title')} · 回访 Huifang`;
  }, [t]);
  return (
    <main className="hf-login">
      <div className="hf-login-card">
        <header>
          <img src="/icon.svg" alt="" width={40} height={40} />
          <div>
            <h1>{t('product')}</h1>
            <p className="hf-quiet">{t('tagline')}</p>
          </div>
        </header>
        <LoginForm
          done={(me) => {
            door.set('open');
            cache.setQueryData(read('/api/v1/session').queryKey, me);
          }}
        />
        <p className="hf-quiet hf-login-hint">{t('login.hint')}</p>
      </div>
      <footer>
        <LanguageSwitch />
        <a href={`/api/?lang=${lang}`}>{t('login.help')}</a>
      </footer>
    </main>
  );
}

/** Stands over the page when the session ended; what waits goes on after it. */
export function LoginAgain({ me }: { me: Me }) {
  const t = useText();
  const state = useSignal(door);
  const cache = useQueryClient();
  return (
    <Modal open={state === 'asked'} title={t('login.again')} closable={false} mask={{ closable: false }} keyboard={false} footer={null} width={400} destroyOnHidden>
      <div className="hf-stack">
        <p>{t('login.againIntro')}</p>
        <LoginForm
          known={me}
          done={(now) => {
            if (now.staff?.id !== me.staff?.id) {
              window.location.assign('/');
              return;
            }
            cache.setQueryData(read('/api/v1/session').queryKey, now);
            door.set('open');
          }}
        />
        <Button type="link" onClick={() => window.location.assign('/')}>{t('login.other')}</Button>
      </div>
    </Modal>
  );
}
