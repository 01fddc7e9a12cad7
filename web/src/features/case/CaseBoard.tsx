import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read, useMay } from '@/api';
import { CaseTag, Empty, Failed, Link, Loading, useUiText } from '@/ui';
import { CaseCard, caseStates, type Case, type useCaseQuery } from './CaseList';
import { CaseDialog, type CaseDo } from './CaseDialogs';
import './case.css';
import { useText } from './texts';

const most = 50;
type State = (typeof caseStates)[number];

/** What moving a card from one column to another means; nothing: it cannot be moved there. */
function moves(from: State, to: State): CaseDo | undefined {
  if (from === to) return undefined;
  if (to === 'acting') return from === 'closed' ? 'reopen' : 'action';
  if (to === 'resolved') return from === 'closed' ? undefined : 'resolve';
  if (to === 'closed') return 'close';
  return from === 'acting' ? undefined : 'reopen';
}

/** Cases by state; a card dropped on another column opens the question that takes it there. */
export default function CaseBoard({ asked }: { asked: ReturnType<typeof useCaseQuery> }) {
  const t = useText();
  const may = useMay()('case.manage');
  const [held, hold] = useState<Case>();
  const [asking, ask] = useState<{ of: Case; what: CaseDo }>();
  return (
    <>
      {may && <p className="hf-quiet hf-board-hint">{t('move')}</p>}
      <div className="hf-board">
        {caseStates.map((state) => (
          <Column
            key={state}
            state={state}
            asked={asked}
            hold={may ? hold : undefined}
            takes={held !== undefined && moves(held.state, state) !== undefined}
            drop={() => {
              const what = held && moves(held.state, state);
              if (held && what) ask({ of: held, what });
              hold(undefined);
            }}
          />
        ))}
      </div>
      {asking && <CaseDialog of={asking.of} what={asking.what} close={() => ask(undefined)} />}
    </>
  );
}

interface ColumnProps {
  state: State;
  asked: ReturnType<typeof useCaseQuery>;
  hold: ((of: Case | undefined) => void) | undefined;
  takes: boolean;
  drop: () => void;
}

function Column({ state, asked, hold, takes, drop }: ColumnProps) {
  const t = useText();
  const ui = useUiText();
  const found = useQuery(read('/api/v1/cases', { params: { query: { desc: true, limit: most, ...asked, state: [state] } as never } }));
  const items = found.data?.items ?? [];
  return (
    <section
      className="hf-board-column"
      data-takes={takes || undefined}
      aria-label={t('column', { state: ui(`caseState.${state}`), count: items.length })}
      onDragOver={(event) => takes && event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        drop();
      }}
    >
      <h2><CaseTag state={state} /><span className="hf-quiet">{items.length}{found.data?.next && '+'}</span></h2>
      {found.error ? <Failed error={found.error} retry={() => void found.refetch()} /> : found.isPending ? <Loading rows={3} /> : items.length === 0 ? <Empty title={t('columnEmpty')} /> : null}
      <ul>
        {items.map((c) => (
          <li key={c.id} draggable={hold !== undefined} onDragStart={() => hold?.(c)} onDragEnd={() => hold?.(undefined)}>
            <CaseCard of={c} />
          </li>
        ))}
      </ul>
      {found.data?.next && <Link to={`/cases?state=${state}`} className="hf-board-more">{t('columnMore')}</Link>}
    </section>
  );
}
