import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { read, useLive, useMe, useStale, type Schema } from '@/api';
import { LoadedPage, Loading, Page, useGo, useParam, usePhone, useQueryState, useSay } from '@/ui';
import { ActionMenu } from './Actions';
import { isOpen } from './due';
import { Fill } from './Fill';
import { Header, useTitle } from './Header';
import { KeyHelp } from './KeyHelp';
import { useKeys } from './keys';
import { backToList, nextAfter } from './next';
import { onSent, resume } from './outbox';
import { RecordView } from './RecordView';
import { Script } from './Script';
import { useText } from './texts';
import { Waiting } from './Waiting';
import { Whole, type WorkAction } from './whole';
import { Before, useTold, Who } from './Who';
import { Why } from './Why';
import './followup.css';
import './work.css';

export type Detail = Schema<'FollowupDetail'>;

/** One follow-up: who and why, what to say, what was found. */
export default function Work() {
  const id = useParam('id');
  const t = useText();
  const one = useQuery(read('/api/v1/followups/{id}', { params: { path: { id } } }));
  return <LoadedPage query={one} up={{ to: backToList(), label: t('work.up') }}>{(detail) => <Open key={detail.id} detail={detail} />}</LoadedPage>;
}

function Open({ detail }: { detail: Detail }) {
  const t = useText();
  const go = useGo();
  const say = useSay();
  const me = useMe();
  const stale = useStale();
  const title = useTitle(detail);
  const [query, change] = useQueryState();
  const [action, act] = useState<WorkAction>();
  const [why, setWhy] = useState(false);
  const [help, setHelp] = useState(false);
  const [own, setOwn] = useState(detail.version);
  const [reached, setReached] = useState<string>();
  const [correcting, correct] = useState(false);
  const refresh = useCallback(() => void stale('/api/v1/followups', '/api/v1/cases'), [stale]);
  const here = useCallback(() => void stale('/api/v1/followups/{id}'), [stale]);
  useLive(['followup'], here, detail.id);
  useEffect(() => resume(me.staff?.id ?? ''), [me.staff?.id]);
  useEffect(() => onSent(refresh), [refresh]);

  const next = useCallback(async () => {
    const to = await nextAfter(detail.id).catch(() => undefined);
    if (to) go(`/followups/${to}`);
    else {
      say.done(t('work.allDone'));
      go('/today');
    }
  }, [detail.id, go, say, t]);
  const working = isOpen(detail) || correcting;
  const scriptOpen = query.script === 'true';
  useKeys({
    t: () => change({ script: scriptOpen ? undefined : 'true' }), h: () => setWhy(true), '?': () => setHelp(true),
    f: () => document.querySelector<HTMLElement>('.fu-form input, .fu-form textarea, .fu-form button')?.focus(),
    Escape: () => go(backToList()), n: working && isOpen(detail) ? undefined : () => void next(),
  });

  return (
    <Whole value={{ detail, act, refresh, own, setOwn, reached, setReached }}>
      <Page title={title} name={title} up={{ to: backToList(), label: t('work.up') }} aside={<Header detail={detail} part="tags" />} intro={<Header detail={detail} part="facts" />} actions={<ActionMenu action={action} next={() => void next()} openWhy={() => setWhy(true)} correct={() => correct(true)} correcting={correcting} />}>
        <Waiting />
        <Columns script={scriptOpen} close={() => change({ script: undefined })} called={query.called === '1'}>
          {working ? <Fill key={correcting ? 'correct' : 'fill'} correcting={correcting} stop={() => correct(false)} next={next} /> : <RecordView next={next} />}
        </Columns>
        <Why open={why} close={() => setWhy(false)} />
        <KeyHelp open={help} close={() => setHelp(false)} on="work" />
      </Page>
    </Whole>
  );
}

/** Side by side on a desk; on a phone one below the other, what was before at the end. */
function Columns({ script, close, called, children }: { script: boolean; close: () => void; called: boolean; children: ReactNode }) {
  const phone = usePhone();
  const told = useTold();
  if (phone) return told ? <div className="fu-work"><div className="fu-left"><Who called={called} /></div><div>{children}</div><div className="fu-left"><Before /></div></div> : <Loading rows={12} />;
  return (
    <div className={`fu-work${script ? ' fu-work-script' : ''}`}>
      <div className="fu-left">{told ? <><Who called={called} /><Before /></> : <Loading rows={10} />}</div>
      {script && <div className="fu-middle"><Script close={close} /></div>}
      <div className="fu-right">{children}</div>
    </div>
  );
}
