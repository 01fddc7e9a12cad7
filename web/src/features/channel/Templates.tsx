import { Button, Input, Modal } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read, useWrite, type Schema } from '@/api';
import { Field, Loaded, Section, Tag, useInLang, useSay, WriteFailed } from '@/ui';
import { useText } from './texts';

type Template = Schema<'MessageTemplate'>;
type Text = Schema<'Text'>;

const stale = ['/api/v1/message-templates', '/api/v1/audit'];

/** The texts of messages: the pack's, the product's, or one's own. */
export function Templates() {
  const t = useText();
  const pick = useInLang();
  const found = useQuery(read('/api/v1/message-templates'));
  const [editing, edit] = useState<Template>();
  return (
    <Section title={t('templates')}>
      <p className="hf-quiet">{t('templatesHint')}</p>
      <Loaded query={found} rows={4}>
        {({ items }) => (
          <ul className="hf-template-list">
            {items.map((one) => (
              <li key={one.code}>
                <div className="hf-row"><strong>{pick(one.name)}</strong>{one.own && <Tag shade="accent">{t('own')}</Tag>}<span className="hf-grow" /><Button size="small" onClick={() => edit(one)}>{t('change')}</Button></div>
                <p className="hf-quiet">{pick(one.body)}</p>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {editing && <Edit template={editing} close={() => edit(undefined)} />}
    </Section>
  );
}

function Edit({ template, close }: { template: Template; close: () => void }) {
  const t = useText();
  const say = useSay();
  const pick = useInLang();
  const [subject, setSubject] = useState<Text>(template.subject);
  const [body, setBody] = useState<Text>(template.body);
  const save = useWrite('put', '/api/v1/message-templates/{code}', { stale });
  const back = useWrite('delete', '/api/v1/message-templates/{code}', { stale });
  const params = { path: { code: template.code } };
  const go = async () => {
    if (!(await save.run({ params, body: { name: template.name, subject, body, ...(template.version && { version: template.version }) } }))) return;
    say.done(t('saved'));
    close();
  };
  const revert = async () => {
    if (await back.run({ params })) close();
  };
  return (
    <Modal open title={pick(template.name)} width={620} onCancel={close} destroyOnHidden footer={[template.own && <Button key="back" type="text" loading={back.pending} onClick={() => void revert()}>{t('revert')}</Button>, <Button key="no" onClick={close}>{t('cancel')}</Button>, <Button key="yes" type="primary" disabled={!body.zh.trim()} loading={save.pending} onClick={() => void go()}>{t('save')}</Button>]}>
      <div className="hf-stack">
        <Field label={t('bodyZh')} hint={t('placeholders')}><Input.TextArea autoSize={{ minRows: 3 }} value={body.zh} onChange={(e) => setBody({ ...body, zh: e.target.value })} /></Field>
        <Field label={t('bodyEn')} optional><Input.TextArea autoSize={{ minRows: 3 }} value={body.en} onChange={(e) => setBody({ ...body, en: e.target.value })} /></Field>
        <Field label={t('subjectZh')} optional><Input value={subject.zh} onChange={(e) => setSubject({ ...subject, zh: e.target.value })} /></Field>
        <Field label={t('subjectEn')} optional><Input value={subject.en} onChange={(e) => setSubject({ ...subject, en: e.target.value })} /></Field>
        <WriteFailed error={save.failed ?? back.failed} />
      </div>
    </Modal>
  );
}
