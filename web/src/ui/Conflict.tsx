import { Button, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useStale, type RequestFailed } from '@/api';
import { useUiText } from './own-texts';

export interface ConflictField<T> {
  label: string;
  value: (record: T) => ReactNode;
}

interface ConflictProps<T extends { version: number }> {
  /** `failed` of the write. */
  error: RequestFailed | undefined;
  /** What the reader wanted to save. */
  mine: T;
  fields: ConflictField<T>[];
  /** Save mine again, based on the version there is now. */
  keepMine: (version: number) => void;
  /** Drop mine: the record as it is now. */
  takeTheirs: (current: T) => void;
  close: () => void;
}

/** Shows both sides when somebody else changed the record meanwhile. Nothing for other failures. */
export function Conflict<T extends { version: number }>({ error, mine, fields, keepMine, takeTheirs, close }: ConflictProps<T>) {
  const t = useUiText();
  const stale = useStale();
  const theirs = error?.current<T>();
  if (!theirs) return null;
  // What the pages show is older than what was just taken.
  const take = () => {
    void stale('/api/v1');
    takeTheirs(theirs);
  };
  const different = fields.filter((f) => JSON.stringify(plain(f.value(mine))) !== JSON.stringify(plain(f.value(theirs))));
  return (
    <Modal
      open
      width={720}
      title={t('conflict.title')}
      onCancel={close}
      footer={[
        <Button key="theirs" onClick={take}>{t('conflict.takeTheirs')}</Button>,
        <Button key="mine" type="primary" onClick={() => keepMine(theirs.version)}>{t('conflict.keepMine')}</Button>,
      ]}
    >
      <p>{t('conflict.intro')}</p>
      <table className="hf-conflict">
        <thead>
          <tr><td /><th scope="col">{t('conflict.yours')}</th><th scope="col">{t('conflict.theirs')}</th></tr>
        </thead>
        <tbody>
          {different.map((f) => (
            <tr key={f.label}><th scope="row">{f.label}</th><td>{f.value(mine)}</td><td>{f.value(theirs)}</td></tr>
          ))}
        </tbody>
      </table>
      {different.length < fields.length && <p className="hf-quiet">{t('conflict.same')}</p>}
    </Modal>
  );
}

/** What of a shown value can be compared. */
function plain(value: ReactNode): unknown {
  if (value !== null && typeof value === 'object' && 'props' in value) return value.props;
  return value;
}
