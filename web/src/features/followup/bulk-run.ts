import { useWrite, type Schema } from '@/api';
import type { BulkResult } from './Bulk';
import type { Followup } from './due';

const told = (found: Schema<'BulkResults'>): BulkResult[] => (found.items ?? []).map((one) => ({ id: one.id, ok: !one.problem, why: one.problem?.messages }));

const stale = ['/api/v1/followups'];

/** Changes many follow-ups at once; each is told. */
export function useBulk() {
  const reassign = useWrite('post', '/api/v1/followups:reassign', { stale });
  const postpone = useWrite('post', '/api/v1/followups:postpone', { stale });
  const ids = (rows: Followup[]) => rows.map((row) => row.id);
  return {
    pending: reassign.pending || postpone.pending,
    failed: reassign.failed ?? postpone.failed,
    async reassign(rows: Followup[], assignees: string[], reason: string) {
      const found = await reassign.run({ body: { ids: ids(rows), assignees, reason } });
      return found && told(found);
    },
    async postpone(rows: Followup[], how: { next_try: string } | { days: number }, reason: string) {
      const found = await postpone.run({ body: { ids: ids(rows), reason, ...how } });
      return found && told(found);
    },
  };
}
