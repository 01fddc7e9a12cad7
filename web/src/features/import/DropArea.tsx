import { CloudUploadOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useText } from './texts';

/** A place for a file: dropped, or chosen. */
export function DropArea({ onFile }: { onFile: (file: File) => void }) {
  const t = useText();
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.item(0);
    if (file) onFile(file);
  };
  return (
    <label
      className={`hf-drop${over ? ' hf-drop-over' : ''}`}
      onDragOver={(e) => { e.preventDefault(); setOver(true); }}
      onDragLeave={() => setOver(false)}
      onDrop={(e) => { e.preventDefault(); setOver(false); take(e.dataTransfer.files); }}
    >
      <input type="file" accept=".csv,.xlsx,.json,.jsonl,.ndjson,text/csv" onChange={(e) => { take(e.target.files); e.target.value = ''; }} />
      <CloudUploadOutlined aria-hidden />
      <strong>{t('drop')}</strong>
      <span className="hf-quiet">{t('dropMore')}</span>
    </label>
  );
}
