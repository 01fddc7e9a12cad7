import { CameraOutlined, CloseOutlined, FileOutlined, PaperClipOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useUiText } from '../own-texts';

/** Where photos, files and drawn signatures go. */
export interface FileStore {
  /** Keeps it and answers its content hash. */
  upload: (file: Blob) => Promise<string>;
  /** Where the browser finds it again. */
  url: (hash: string) => string;
}

interface FilesProps {
  id: string;
  label: string;
  photo: boolean;
  value: string[];
  most: number;
  onChange: (hashes: string[]) => void;
  files: FileStore;
  disabled?: boolean;
}

/** Photos or files of one item; a phone offers its camera. */
export function Files({ id, label, photo, value, most, onChange, files, disabled }: FilesProps) {
  const t = useUiText();
  const chooser = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const add = async (chosen: File[]) => {
    setBusy(true);
    setFailed(false);
    const kept = [...value];
    try {
      for (const file of chosen.slice(0, most - value.length)) {
        const hash = await files.upload(file);
        if (!kept.includes(hash)) kept.push(hash);
        onChange([...kept]);
      }
    } catch {
      setFailed(true);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="hf-files">
      {value.map((hash, i) => {
        const name = t(photo ? 'form.photo' : 'form.file', { n: i + 1 });
        return (
          <span key={hash} className={photo ? 'hf-photo' : 'hf-file'}>
            <a href={files.url(hash)} target="_blank" rel="noreferrer">{photo ? <img src={files.url(hash)} alt={name} /> : <><FileOutlined /> {name}</>}</a>
            {!disabled && <Button size="small" type="text" icon={<CloseOutlined />} aria-label={`${t('form.remove')} ${name}`} onClick={() => onChange(value.filter((h) => h !== hash))} />}
          </span>
        );
      })}
      {!disabled && value.length < most && (
        <Button id={id} icon={photo ? <CameraOutlined /> : <PaperClipOutlined />} loading={busy} onClick={() => chooser.current?.click()}>{t(photo ? 'form.addPhoto' : 'form.addFile')}</Button>
      )}
      <input
        ref={chooser} type="file" hidden multiple aria-label={label} {...(photo ? { accept: 'image/*' } : {})}
        onChange={(e) => {
          void add([...(e.target.files ?? [])]);
          e.target.value = '';
        }}
      />
      {failed && <span className="hf-fault" role="alert">{t('form.uploadFailed')}</span>}
    </div>
  );
}
