import { Button, Input } from 'antd';
import { useState } from 'react';
import { useWrite, type Schema } from '@/api';
import { useFormat, useSay, WriteFailed } from '@/ui';
import { useText } from './texts';

/** Adds units, a name a line, below the first one. */
export function UnitStep({ units }: { units: Schema<'Unit'>[] }) {
  const t = useText();
  const say = useSay();
  const format = useFormat();
  const [text, setText] = useState('');
  const create = useWrite('post', '/api/v1/units', { stale: ['/api/v1/units'] });
  const known = new Set(units.map((unit) => unit.name));
  const names = [...new Set(text.split('\n').map((line) => line.trim()))].filter((name) => name && !known.has(name));
  const root = units.find((unit) => !unit.parent);

  const add = async () => {
    let added = 0;
    for (const name of names) {
      if (!(await create.run({ body: { code: name, name, ...(root && { parent: root.id }) } }))) break;
      added++;
    }
    if (added === 0) return;
    setText(names.slice(added).join('\n'));
    say.done(t('units.added', { count: added }));
  };
  return (
    <>
      <p className="hf-quiet">{t('units.now', { count: units.length, names: format.list(units.slice(0, 12).map((unit) => unit.name)) })}</p>
      <label className="hf-field">
        <span>{t('units.hint')}</span>
        <Input.TextArea value={text} autoSize={{ minRows: 2, maxRows: 10 }} placeholder={t('units.placeholder')} onChange={(e) => setText(e.target.value)} />
      </label>
      <WriteFailed error={create.failed} />
      <div><Button disabled={names.length === 0} loading={create.pending} onClick={() => void add()}>{t('units.add')}</Button></div>
    </>
  );
}
