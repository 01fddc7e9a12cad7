import { Button, Modal } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { read, type RequestFailed, type Schema } from '@/api';
import { StateTag, useAnswerText, useFormat, useInLang, VerdictTag } from '@/ui';
import type { Draft } from './drafts';
import { isOpen } from './due';
import { useText } from './texts';
import { useWhole } from './whole';

interface ClashProps {
  error: RequestFailed;
  draft: Draft;
  /** Sends mine on the version there is now. */
  keep: (version: number) => void;
  drop: () => void;
  close: () => void;
}

/** Somebody else changed the follow-up meanwhile: what was filled in here beside what there is now. */
export function Clash({ error, draft, keep, drop, close }: ClashProps) {
  const t = useText();
  const inLang = useInLang();
  const format = useFormat();
  const say = useAnswerText();
  const { detail } = useWhole();
  const theirs = error.current<Schema<'Followup'>>();
  const now = useQuery(read('/api/v1/followups/{id}', { params: { path: { id: detail.id } } }));
  if (!theirs) return null;
  const open = isOpen(theirs);
  const record = now.data?.records.at(-1);
  const items = (detail.form_definition?.items ?? []).filter((item) => item.kind !== 'section' && JSON.stringify(draft.answers[item.code]) !== JSON.stringify(open ? undefined : record?.answers[item.code]));
  return (
    <Modal
      open width={720} title={t('clash.title')} onCancel={close}
      footer={[
        <Button key="drop" onClick={drop}>{t('clash.drop')}</Button>,
        open && <Button key="keep" type="primary" onClick={() => keep(theirs.version)}>{t('clash.keep')}</Button>,
      ]}
    >
      <p>{inLang(error.problem.messages)}</p>
      <table className="hf-conflict">
        <thead><tr><td /><th scope="col">{t('clash.mine')}</th><th scope="col">{t('clash.theirs')}</th></tr></thead>
        <tbody>
          <tr><th scope="row">{t('clash.state')}</th><td>{t('clash.toSend')}</td><td><StateTag state={theirs.state} /> <VerdictTag verdict={theirs.verdict} /></td></tr>
          <tr><th scope="row">{t('clash.window')}</th><td>{t('due.window', { from: format.shortDate(detail.window.opens.slice(0, 10)), to: format.shortDate(detail.window.closes.slice(0, 10)) })}</td><td>{t('due.window', { from: format.shortDate(theirs.window.opens.slice(0, 10)), to: format.shortDate(theirs.window.closes.slice(0, 10)) })}</td></tr>
          {items.map((item) => <tr key={item.code}><th scope="row">{inLang(item.label)}</th><td>{say(item, draft.answers[item.code])}</td><td>{say(item, open ? undefined : record?.answers[item.code])}</td></tr>)}
        </tbody>
      </table>
    </Modal>
  );
}
