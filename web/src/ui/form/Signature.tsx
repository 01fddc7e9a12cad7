import { Button, Input } from 'antd';
import { useEffect, useRef, useState, type PointerEvent } from 'react';
import { useUiText } from '../own-texts';
import type { FileStore } from './Files';

/** A signature as the API takes it: who signed, and the picture's content hash. */
export interface SignatureValue {
  name?: string;
  image?: string;
}

interface SignatureProps {
  id: string;
  label: string;
  value: SignatureValue | undefined;
  onChange: (value: SignatureValue | undefined) => void;
  disabled?: boolean;
  /** Without it only the name can be given. */
  files?: FileStore | undefined;
}

/** The name of who signs, and what they draw with finger, pen or mouse. */
export function Signature({ id, label, value, onChange, disabled, files }: SignatureProps) {
  const t = useUiText();
  const set = (change: SignatureValue) => {
    const next = Object.fromEntries(Object.entries({ ...value, ...change }).filter(([, v]) => v)) as SignatureValue;
    onChange(Object.keys(next).length > 0 ? next : undefined);
  };
  return (
    <div className="hf-signature">
      <Input id={id} value={value?.name ?? ''} placeholder={t('form.signer')} aria-label={`${label}: ${t('form.signer')}`} maxLength={100} disabled={disabled ?? false} onChange={(e) => set({ name: e.target.value })} />
      {files && (value?.image
        ? <Drawn src={files.url(value.image)} clear={disabled ? undefined : () => set({ image: '' })} />
        : !disabled && <Pad label={`${label}: ${t('form.signHere')}`} save={async (picture) => set({ image: await files.upload(picture) })} />)}
    </div>
  );
}

function Drawn({ src, clear }: { src: string; clear?: (() => void) | undefined }) {
  const t = useUiText();
  return (
    <div className="hf-signed">
      <img src={src} alt={t('form.signed')} />
      {clear && <Button size="small" onClick={clear}>{t('form.clear')}</Button>}
    </div>
  );
}

/** The ink of a signature is kept dark on white, whatever the tone. */
const ink = '#14202b';

function Pad({ label, save }: { label: string; save: (picture: Blob) => Promise<void> }) {
  const t = useUiText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<{ x: number; y: number }>(undefined);
  const [inked, setInked] = useState(false);
  const [failed, setFailed] = useState(false);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    const at = canvas.current;
    if (!at) return;
    const scale = window.devicePixelRatio || 1;
    at.width = at.clientWidth * scale;
    at.height = at.clientHeight * scale;
    at.getContext('2d')?.scale(scale, scale);
  }, []);

  const point = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const draw = (event: PointerEvent) => {
    const pen = canvas.current?.getContext('2d');
    if (!pen || !last.current) return;
    const to = point(event);
    Object.assign(pen, { lineWidth: 2.4, lineCap: 'round', lineJoin: 'round', strokeStyle: ink });
    pen.beginPath();
    pen.moveTo(last.current.x, last.current.y);
    pen.lineTo(to.x, to.y);
    pen.stroke();
    last.current = to;
    setInked(true);
  };
  const clear = () => {
    const at = canvas.current;
    at?.getContext('2d')?.clearRect(0, 0, at.width, at.height);
    setInked(false);
  };
  const keep = () => {
    setBusy(true);
    setFailed(false);
    canvas.current?.toBlob((picture) => {
      if (!picture) return;
      save(picture).catch(() => setFailed(true)).finally(() => setBusy(false));
    }, 'image/png');
  };
  return (
    <div>
      <canvas
        ref={canvas} className="hf-pad" role="img" aria-label={label}
        onPointerDown={(e) => { e.currentTarget.setPointerCapture(e.pointerId); last.current = point(e); draw(e); }}
        onPointerMove={draw}
        onPointerUp={() => (last.current = undefined)}
        onPointerCancel={() => (last.current = undefined)}
      />
      <div className="hf-row">
        <span className="hf-quiet hf-grow">{failed ? t('form.uploadFailed') : t('form.signHere')}</span>
        <Button size="small" disabled={!inked} onClick={clear}>{t('form.clear')}</Button>
        <Button size="small" type="primary" disabled={!inked} loading={busy} onClick={keep}>{t('confirm')}</Button>
      </div>
    </div>
  );
}
