import { LinkOutlined, QrcodeOutlined } from '@ant-design/icons';
import { Button, Input, Modal, QRCode, Segmented, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read, useWrite, type Schema } from '@/api';
import { useFormat, useInLang, useSay, useUnits, useWorkWords, WriteFailed } from '@/ui';
import { isOpen } from './due';
import { useText } from './texts';
import { useWhole } from './whole';

type Way = 'sms' | 'wechat' | 'email';

/** Lets the customer answer for themselves, or writes to them. */
export function Share() {
  const t = useText();
  const { detail } = useWhole();
  const [open, setOpen] = useState(false);
  if (!isOpen(detail) || !detail.may.work || detail.customer?.do_not_contact) return null;
  return (
    <>
      <Button className="fu-share" icon={<QrcodeOutlined aria-hidden />} onClick={() => setOpen(true)}>{t('share.open')}</Button>
      {open && <ShareDialog close={() => setOpen(false)} />}
    </>
  );
}

function ShareDialog({ close }: { close: () => void }) {
  const t = useText();
  const [part, setPart] = useState<'link' | 'write'>('link');
  return (
    <Modal open title={t('share.title')} footer={null} onCancel={close} width={440} destroyOnHidden>
      <div className="hf-stack">
        <Segmented block aria-label={t('share.title')} value={part} onChange={setPart} options={[{ value: 'link', label: t('share.link') }, { value: 'write', label: t('share.write') }]} />
        {part === 'link' ? <LinkPart /> : <WritePart done={close} />}
      </div>
    </Modal>
  );
}

/** The link, to be shown, copied or passed on by hand. */
function LinkPart() {
  const t = useText();
  const say = useSay();
  const format = useFormat();
  const { detail } = useWhole();
  const zone = useUnits().zone(detail.unit);
  const [link, setLink] = useState<Schema<'SurveyLink'>>();
  const make = useWrite('post', '/api/v1/followups/{id}/survey-links', { stale: ['/api/v1/followups'] });
  const revoke = useWrite('delete', '/api/v1/followups/{id}/survey-links', { stale: ['/api/v1/followups'] });
  const earlier = useQuery(read('/api/v1/followups/{id}/survey-links', { params: { path: { id: detail.id } } }));
  const open = (earlier.data?.items ?? []).filter((l) => !l.used && !l.revoked && l.expires > new Date().toISOString()).length;
  const params = { params: { path: { id: detail.id } } };
  const start = async () => {
    const made = await make.run(params);
    if (made) setLink(made as Schema<'SurveyLink'>);
  };
  const withdraw = async () => {
    if (!(await revoke.run(params))) return;
    setLink(undefined);
    say.done(t('share.revoked'));
  };
  return (
    <>
      <p className="hf-quiet">{t('share.linkHint')}</p>
      {link?.url ? (
        <div className="fu-share-code">
          <QRCode type="svg" size={200} value={link.url} bordered={false} color="#000000" bgColor="#ffffff" aria-label={t('share.code')} />
          <Input readOnly aria-label={t('share.link')} value={link.url} onFocus={(e) => e.target.select()} />
          <Button icon={<LinkOutlined aria-hidden />} onClick={() => void navigator.clipboard?.writeText(link.url ?? '').then(() => say.done(t('share.copied')))}>{t('share.copy')}</Button>
          <p className="hf-quiet">{t('share.until', { at: format.dateTime(link.expires, zone) })}</p>
        </div>
      ) : (
        <Button type="primary" icon={<QrcodeOutlined aria-hidden />} loading={make.pending} onClick={() => void start()}>{t('share.make')}</Button>
      )}
      {open > 0 && <p className="hf-quiet">{t(open === 1 ? 'share.activeOne' : 'share.active', { count: open })} <Button type="link" size="small" loading={revoke.pending} onClick={() => void withdraw()}>{t('share.revoke')}</Button></p>}
      <WriteFailed error={make.failed ?? revoke.failed} />
    </>
  );
}

/** A message from a template, by the channel that suits. */
function WritePart({ done }: { done: () => void }) {
  const t = useText();
  const say = useSay();
  const pick = useInLang();
  const words = useWorkWords();
  const { detail, refresh } = useWhole();
  const [way, setWay] = useState<Way>((detail.channels.find((c) => c === 'sms' || c === 'wechat' || c === 'email') as Way | undefined) ?? 'sms');
  const [template, setTemplate] = useState('survey');
  const texts = useQuery(read('/api/v1/message-templates'));
  const send = useWrite('post', '/api/v1/followups/{id}/messages', { stale: ['/api/v1/messages'] });
  const chosen = texts.data?.items.find((one) => one.code === template);
  const go = async () => {
    const sent = (await send.run({ params: { path: { id: detail.id } }, body: { channel: way, template } })) as Schema<'Message'> | undefined;
    if (!sent) return;
    say.done(t(sent.state === 'manual' ? 'share.byHand' : 'share.planned'));
    refresh();
    done();
  };
  return (
    <>
      <Segmented<Way> block aria-label={t('share.how')} value={way} onChange={setWay} options={(['sms', 'wechat', 'email'] as const).map((value) => ({ value, label: words.channel(value) }))} />
      <Select aria-label={t('share.template')} value={template} loading={texts.isPending} onChange={setTemplate} options={(texts.data?.items ?? []).map((one) => ({ value: one.code, label: pick(one.name) }))} />
      {chosen && <p className="fu-note">{pick(chosen.body)}</p>}
      <Button type="primary" loading={send.pending} onClick={() => void go()}>{t('share.send')}</Button>
      <WriteFailed error={send.failed} />
    </>
  );
}
