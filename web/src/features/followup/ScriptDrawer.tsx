import { Drawer } from 'antd';
import { Script } from './Script';
import { useText } from './texts';

/** The script over the page, on a phone. */
export function ScriptDrawer({ open, close }: { open: boolean; close: () => void }) {
  const t = useText();
  return <Drawer open={open} onClose={close} placement="bottom" size="70%" title={t('script.title')}><Script /></Drawer>;
}
