import { Modal } from 'antd';
import { useText } from './texts';

const keysOn = {
  list: [['j', 'down'], ['k', 'up'], ['Enter', 'enter'], ['c', 'call'], ['x', 'choose'], ['n', 'next'], ['?', 'help']],
  work: [['c', 'call'], ['l', 'log'], ['f', 'form'], ['t', 'script'], ['s', 'save'], ['n', 'saveNext'], ['h', 'why'], ['Esc', 'back'], ['?', 'help']],
} as const;

/** What the keys do. */
export function KeyHelp({ open, close, on }: { open: boolean; close: () => void; on: keyof typeof keysOn }) {
  const t = useText();
  return (
    <Modal open={open} onCancel={close} footer={null} title={t('keys.title')} width={420}>
      <dl className="fu-keys">
        {keysOn[on].map(([key, what]) => (
          <div key={key}>
            <dt><kbd className="hf-key">{key}</kbd></dt>
            <dd>{t(`keys.${what}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}

/** A key beside what it does; not on a phone. */
export function Key({ name, on }: { name: string; on?: boolean }) {
  return <kbd className={`hf-key fu-desk${on ? ' fu-key-on' : ''}`} aria-hidden>{name}</kbd>;
}
