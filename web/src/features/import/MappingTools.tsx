import { useQuery } from '@tanstack/react-query';
import { Button, Collapse, Input } from 'antd';
import { useState } from 'react';
import { read, useWrite } from '@/api';
import { Field, Section, useSay, WriteFailed } from '@/ui';
import { useText } from './texts';

/** Keeps how the columns are read under a name, and lets it be written by hand. */
export function MappingTools({ mapping, apply }: { mapping: string; apply: (yaml: string) => void }) {
  const t = useText();
  const say = useSay();
  const [name, setName] = useState('');
  const [text, setText] = useState(mapping);
  const stale = ['/api/v1/mappings'];
  const saved = useQuery(read('/api/v1/mappings'));
  const save = useWrite('put', '/api/v1/mappings/{name}', { stale });
  const remove = useWrite('delete', '/api/v1/mappings/{name}', { stale });
  const keep = async () => {
    const version = saved.data?.items.find((m) => m.name === name.trim())?.version;
    if (await save.run({ params: { path: { name: name.trim() } }, body: { body: text, ...(version !== undefined && { version }) } })) say.done(t('mappingSaved', { name: name.trim() }));
  };
  const drop = async (which: string) => {
    if ((await say.ask({ title: t('removeMappingAsk', { name: which }), ok: t('removeMapping'), danger: true })) && (await remove.run({ params: { path: { name: which } } }))) say.done(t('mappingRemoved'));
  };
  return (
    <Section title={t('saveMapping')}>
      <div className="hf-stack">
        <p className="hf-quiet">{t('mappingHint')}</p>
        <div className="hf-row">
          <Input aria-label={t('mappingName')} placeholder={t('mappingName')} style={{ width: 240 }} maxLength={100} value={name} onChange={(e) => setName(e.target.value)} />
          <Button disabled={!name.trim()} loading={save.pending} onClick={() => void keep()}>{t('saveMapping')}</Button>
        </div>
        <WriteFailed error={save.failed ?? remove.failed} />
        {(saved.data?.items ?? []).length > 0 && (
          <p className="hf-chips"><span className="hf-quiet">{t('manage')}</span>{saved.data?.items.map((m) => <span key={m.name}>{m.name} <Button size="small" type="text" onClick={() => void drop(m.name)}>{t('removeMapping')}</Button></span>)}</p>
        )}
        <Collapse
          ghost
          items={[{
            key: 'yaml', label: t('advanced'),
            children: (
              <div className="hf-stack">
                <Field label={t('advanced')} hint={t('advancedHint')}><Input.TextArea className="hf-yaml" autoSize={{ minRows: 8, maxRows: 24 }} spellCheck={false} value={text} onChange={(e) => setText(e.target.value)} /></Field>
                <div><Button disabled={text === mapping} onClick={() => apply(text)}>{t('apply')}</Button></div>
              </div>
            ),
          }]}
        />
      </div>
    </Section>
  );
}
