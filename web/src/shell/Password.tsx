import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useWrite } from '@/api';
import { useSay, WriteFailed } from '@/ui';
import { useText } from './texts';

/** Changes one's own password. */
export function PasswordDialog({ close }: { close: () => void }) {
  const t = useText();
  const say = useSay();
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const [again, setAgain] = useState('');
  const change = useWrite('put', '/api/v1/session/password');
  const differ = again !== '' && fresh !== again;
  const go = async () => {
    if (!(await change.run({ body: { old, new: fresh } }))) return;
    say.done(t('password.done'));
    close();
  };
  return (
    <Modal
      open
      width={400}
      title={t('password.title')}
      okText={t('password.go')}
      onCancel={close}
      onOk={() => void go()}
      okButtonProps={{ disabled: !old || !fresh || fresh !== again, loading: change.pending }}
    >
      <div className="hf-stack">
        {([['old', old, setOld, 'current-password'], ['fresh', fresh, setFresh, 'new-password'], ['repeat', again, setAgain, 'new-password']] as const).map(([name, value, set, complete]) => (
          <div className="hf-field" key={name}>
            <label htmlFor={`password-${name}`}>{t(`password.${name}`)}</label>
            <Input.Password id={`password-${name}`} autoComplete={complete} value={value} onChange={(e) => set(e.target.value)} />
          </div>
        ))}
        <p className="hf-quiet">{t('password.rule')}</p>
        {differ && <div className="hf-write-failed" role="alert">{t('password.differ')}</div>}
        <WriteFailed error={change.failed} />
      </div>
    </Modal>
  );
}
