import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { reachable, tryNow, useSignal } from '@/api';
import { useText } from './texts';

/** A short outage needs no word. */
const patience = 1500;

/** Says calmly that the server does not answer, as long as it does not. */
export function Outage() {
  const t = useText();
  const { down } = useSignal(reachable);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(down), down ? patience : 0);
    return () => clearTimeout(timer);
  }, [down]);
  return (
    <div className="hf-outage" role="status" aria-live="polite">
      {shown && down && (
        <div>
          <strong>{t('down.title')}</strong>
          <span>{t('down.text')}</span>
          <Button size="small" onClick={tryNow}>{t('down.now')}</Button>
        </div>
      )}
    </div>
  );
}
