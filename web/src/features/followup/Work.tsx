import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { read, useLive, useMe, useStale, type Schema } from '@/api';
import { Loaded, Page, useGo, useParam, usePhone, useQueryState, useSay } from '@/ui';
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
import { Who } from './Who';
import { Why } from './Why';
import './followup.css';
import './work.css';

export type Detail = Schema<'FollowupDetail'>;

/** One follow-up: who and why, what to say, what was found. */
export default function Work() {
  const id = useParam('id');
  const t = useText();
  const one = useQuery(read('/api/v1/followups/{id}', { params: { path: { id } } }));
  if (one.data) return <Open key={one.data.id} detail={one.data} />;
  return <Page up={{ to: '/today', label: t('work.up') }}><Loaded query={one} rows={10}>{() => null}</Loaded></Page>;
}

function Open({ detail }: { detail: Detail }) {
  const t = useText();
  const go = useGo();
  const say = useSay();
  const phone = usePhone();
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
        <div className={`fu-work${scriptOpen ? ' fu-work-script' : ''}`}>
          <div className="fu-left"><Who called={query.called === '1'} /></div>
          {!phone && scriptOpen && <div className="fu-middle"><Script close={() => change({ script: undefined })} /></div>}
          <div className="fu-right">
            {working ? <Fill key={correcting ? 'correct' : 'fill'} correcting={correcting} stop={() => correct(false)} next={next} /> : <RecordView next={next} />}
          </div>
        </div>
        <Why open={why} close={() => setWhy(false)} />
        <KeyHelp open={help} close={() => setHelp(false)} on="work" />
      </Page>
    </Whole>
  );
}
