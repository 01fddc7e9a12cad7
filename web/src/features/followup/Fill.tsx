import { MessageOutlined } from '@ant-design/icons';
import { Alert, Button, Input, Select } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { faultsByField, useMe, type Schema } from '@/api';
import { faultsOf, FormFill, Section, useFormat, useInLang, useLang, usePhone, useQueryState, useUnits, useWorkWords, visible, WriteFailed } from '@/ui';
import { Clash } from './Clash';
import { useDraft, type Draft } from './drafts';
import { recallFiles, useFiles } from './files';
import { Key } from './KeyHelp';
import { useKeys } from './keys';
import { forget, post, useParcel } from './outbox';
import { Outcome } from './Outcome';
import { ScriptDrawer } from './ScriptDrawer';
import { Signatures, signaturesOf } from './Signatures';
import { useText } from './texts';
import { useEarly, useWhole } from './whole';

type Channel = Schema<'Completion'>['channel'];

interface FillProps {
  /** A record is corrected rather than made. */
  correcting: boolean;
  stop: () => void;
  next: () => Promise<void>;
}

/** The right side while there is something to fill in. */
export function Fill({ correcting, stop, next }: FillProps) {
  const t = useText();
  const { detail } = useWhole();
  const { sent } = useParcel(detail.id);
  if (sent?.done && !correcting) return <Outcome done={sent.done} next={next} />;
  if (!detail.may.work) return <Section title={t('fill.notYours')}><p className="hf-quiet">{t('fill.notYoursText')}</p></Section>;
  return <Filling correcting={correcting} stop={stop} next={next} />;
}

/** What the form begins with: the record that is corrected or done again. */
function useInitial(correcting: boolean) {
  const { detail } = useWhole();
  return useMemo(() => (correcting || detail.review === 'redo' ? { ...detail.records.at(-1)?.answers } : {}), [correcting, detail]);
}

/** Keeps the draft on the version that the reader's own changes made, or any while nothing was filled in. */
function useBase(draft: Draft, rebase: (version: number) => void) {
  const { detail, own } = useWhole();
  useEffect(() => {
    if (draft.version === detail.version) return;
    if (draft.at === 0 || (own === detail.version && own === draft.version + 1)) rebase(detail.version);
  }, [draft, detail.version, own, rebase]);
}

/** What is filled in, and its way to the server. */
function useFilling({ correcting, stop, next }: FillProps) {
  const lang = useLang();
  const me = useMe();
  const { detail, reached } = useWhole();
  const initial = useInitial(correcting);
  const kept = useDraft(correcting ? `${detail.id}.correct` : detail.id, detail.version, initial);
  const { draft, rebase } = kept;
  useBase(draft, rebase);
  const { parcel, sent, offline } = useParcel(detail.id);
  const [checked, check] = useState(false);
  const [busy, setBusy] = useState<'stay' | 'next'>();
  const [reason, setReason] = useState('');
  const before = correcting ? detail.records.at(-1)?.channel : undefined;
  const channel = (draft.channel ?? reached ?? before ?? detail.next.channel ?? detail.channels[0] ?? 'phone') as Channel;
  const early = useEarly() && !correcting;
  const failed = sent?.failed;
  const conflict = failed?.problem.code === 'conflict' && failed.problem.current !== undefined;
  const faults = useMemo(() => (failed && !conflict ? faultsByField(failed, lang) : undefined), [failed, conflict, lang]);

  const complete = () => {
    const form = detail.form_definition;
    const shown = form ? visible(form, draft.answers) : { items: [], answers: draft.answers };
    const whole = Object.keys(faultsOf(shown.items, shown.answers)).length === 0 && (!correcting || reason.trim() !== '');
    return whole ? shown.answers : undefined;
  };
  const parcelOf = (answers: Draft['answers'], version: number) => {
    const signatures = signaturesOf(draft, me.staff?.name ?? '');
    const body = { version, channel, answers, ...(signatures.length > 0 && { signatures }), ...(correcting && { reason: reason.trim() }) };
    return { followup: detail.id, staff: me.staff?.id ?? '', name: detail.contact_name || detail.number, kind: correcting ? ('correct' as const) : ('complete' as const), body };
  };
  const send = async (then: 'stay' | 'next', version = draft.version) => {
    if (busy || early || parcel) return;
    const answers = complete();
    if (!answers) return check(true);
    setBusy(then);
    const sending = post(parcelOf(answers, version));
    // Without a network one goes on; what came of it is told when it comes.
    const ended = await Promise.race([sending, new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), patience))]);
    setBusy(undefined);
    if (ended?.failed) check(true);
    else if (then === 'next') await next();
    else if (correcting && ended?.done) stop();
  };
  return { kept, parcel, offline, checked, busy, reason, setReason, channel, early, failed, conflict, faults, send };
}

type Filled = ReturnType<typeof useFilling>;

/** How long one waits for the server before one goes on. */
const patience = 2500;

function Filling(props: FillProps) {
  const t = useText();
  const phone = usePhone();
  const { detail } = useWhole();
  const [query, change] = useQueryState();
  const filled = useFilling(props);
  const { kept, failed, conflict, send } = filled;
  useKeys({ s: () => void send('stay'), n: () => void send('next'), 'Mod+Enter': () => void send('next') });
  const script = () => change({ script: query.script ? undefined : 'true' });
  return (
    <section className="hf-section hf-section-flush fu-fill" aria-label={t('fill.title')}>
      <FillHead correcting={props.correcting} stop={props.stop} script={script} />
      <FillBody filled={filled} correcting={props.correcting} />
      <FillFoot filled={filled} correcting={props.correcting} />
      {conflict && failed && (
        <Clash
          error={failed} draft={kept.draft} close={() => forget(detail.id)}
          keep={(version) => {
            forget(detail.id);
            kept.rebase(version);
            void send('stay', version);
          }}
          drop={() => {
            forget(detail.id);
            kept.discard();
          }}
        />
      )}
      {phone && <ScriptDrawer open={query.script === 'true'} close={() => change({ script: undefined })} />}
    </section>
  );
}

function FillBody({ filled, correcting }: { filled: Filled; correcting: boolean }) {
  const t = useText();
  const { detail } = useWhole();
  const { kept, parcel, checked, busy, reason, setReason, channel, faults } = filled;
  const { draft, change: edit, restored, accept, discard, unsaved } = kept;
  const form = detail.form_definition;
  const files = useFiles(detail.id);
  const [, recalled] = useState(false);
  useEffect(() => void recallFiles(detail.id).then(recalled), [detail.id]);
  return (
    <div className="fu-form">
      {restored && <Restored draft={restored} current={detail.version} accept={accept} discard={discard} />}
      {unsaved && <Alert type="warning" showIcon={false} title={t('fill.unsaved')} />}
      {form ? (
        <FormFill definition={form} answers={draft.answers} onChange={(answers) => edit({ answers })} checked={checked} disabled={Boolean(busy) || Boolean(parcel)} files={files} {...(faults && { faults })} />
      ) : (
        <p className="hf-quiet">{t('fill.noForm')}</p>
      )}
      {!form?.items.some((item) => item.kind === 'signature') && <Signatures draft={draft} edit={edit} wanted={channel === 'visit' || channel === 'meeting'} />}
      {correcting && (
        <label className="fu-reason">
          {t('correct.reason')}
          <Input.TextArea value={reason} maxLength={500} autoSize={{ minRows: 2 }} status={checked && !reason.trim() ? 'error' : ''} onChange={(e) => setReason(e.target.value)} />
        </label>
      )}
    </div>
  );
}

function FillFoot({ filled, correcting }: { filled: Filled; correcting: boolean }) {
  const t = useText();
  const words = useWorkWords();
  const { kept, parcel, offline, busy, channel, early, failed, conflict, send } = filled;
  const { draft, change: edit, unsaved } = kept;
  const still = early || Boolean(parcel);
  return (
    <footer className="fu-foot-bar">
      {failed && !conflict && <WriteFailed error={failed} />}
      {early && <p className="hf-quiet"><Early /></p>}
      {parcel && offline && <p className="fu-waits" role="status">{t('outbox.this')}</p>}
      <div className="hf-row">
        <label className="hf-row">
          <span className="hf-quiet">{t('fill.channel')}</span>
          <Select<Channel> value={channel} onChange={(to) => edit({ channel: to })} options={words.channels as { value: Channel; label: string }[]} aria-label={t('fill.channel')} style={{ width: 96 }} />
        </label>
        <span className="hf-quiet fu-kept">{draft.at > 0 && !unsaved && t('fill.kept')}</span>
        <span className="hf-grow" />
        <Button type={correcting ? 'primary' : 'default'} loading={busy === 'stay'} disabled={still} onClick={() => void send('stay')}>{t(correcting ? 'correct.save' : 'fill.save')}</Button>
        {!correcting && <Button type="primary" loading={busy === 'next'} disabled={still} onClick={() => void send('next')}>{t('fill.saveNext')}</Button>}
      </div>
    </footer>
  );
}

function Early() {
  const t = useText();
  const format = useFormat();
  const { detail } = useWhole();
  return <>{t('attempt.early', { at: format.dateTime(detail.opens_at, useUnits().zone(detail.unit)) })}</>;
}

function FillHead({ correcting, stop, script }: { correcting: boolean; stop: () => void; script: () => void }) {
  const t = useText();
  const inLang = useInLang();
  const { detail } = useWhole();
  return (
    <div className="hf-section-head fu-fill-head">
      <h2>{correcting ? t('correct.title') : inLang(detail.form_definition?.name) || t('fill.title')}</h2>
      <div className="hf-actions">
        {!correcting && detail.phrases.length > 0 && <Button size="small" icon={<MessageOutlined aria-hidden />} onClick={script}>{t('script.open')} <Key name="t" /></Button>}
        {correcting && <Button size="small" onClick={stop}>{t('correct.stop')}</Button>}
      </div>
    </div>
  );
}

function Restored({ draft, current, accept, discard }: { draft: Draft; current: number; accept: () => void; discard: () => void }) {
  const t = useText();
  const format = useFormat();
  return (
    <Alert
      type="info" showIcon={false} closable={{ onClose: accept }}
      title={t('fill.restored', { at: format.dateTime(new Date(draft.at).toISOString()) })}
      description={draft.version < current ? t('fill.restoredOlder') : undefined}
      action={<Button size="small" type="text" onClick={discard}>{t('fill.discard')}</Button>}
    />
  );
}
