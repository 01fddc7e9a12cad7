import { useState } from 'react';
import { ask, problemOf, useStale } from '@/api';
import type { BulkResult } from './Bulk';
import type { Followup } from './due';

/** Changes several follow-ups one after the other; each is told. */
export function useBulk() {
  const [pending, setPending] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const stale = useStale();
  const each = async (rows: Followup[], one: (row: Followup, key: string) => Promise<unknown>): Promise<BulkResult[] | undefined> => {
    setPending(true);
    setFailed(undefined);
    const list: BulkResult[] = [];
    try {
      for (const row of rows) {
        try {
          await one(row, crypto.randomUUID?.() ?? `${Date.now()}-${row.id}`);
          list.push({ id: row.id, ok: true });
        } catch (error) {
          list.push({ id: row.id, ok: false, why: problemOf(error).messages });
        }
      }
      return list;
    } finally {
      setPending(false);
      void stale('/api/v1/followups');
    }
  };
  return {
    pending,
    failed,
    reassign: (rows: Followup[], assignees: string[], reason: string) => each(rows, (row, key) => ask('post', '/api/v1/followups/{id}/reassign', { params: { path: { id: row.id }, header: { 'Idempotency-Key': key } }, body: { assignees, reason } })),
    postpone: (rows: Followup[], at: string, reason: string) => each(rows, (row, key) => ask('post', '/api/v1/followups/{id}/postpone', { params: { path: { id: row.id }, header: { 'Idempotency-Key': key } }, body: { next_try: at, reason } })),
  };
}
