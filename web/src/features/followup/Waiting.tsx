import { CloudSyncOutlined } from '@ant-design/icons';
import { useSignal } from '@/api';
import { useFormat } from '@/ui';
import { waiting } from './outbox';
import { useText } from './texts';
import { useParcel } from './outbox';

/** Says what waits for the network. Nothing while all is sent. */
export function Waiting() {
  const t = useText();
  const format = useFormat();
  const all = useSignal(waiting);
  const { offline } = useParcel('');
  if (all.length === 0 || !offline) return null;
  return (
    <div className="fu-waiting" role="status">
      <CloudSyncOutlined aria-hidden /> {t('outbox.waiting', { names: format.list(all.map((one) => one.name)) })}
    </div>
  );
}
