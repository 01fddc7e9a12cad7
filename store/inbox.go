package store

import (
	"context"
	"time"

	"github.com/huifang/huifang"
)

const (
	sqlInboxInsert = `INSERT INTO inbox (org_id, id, received, body) VALUES ($1, $2, $3, $4)
ON CONFLICT (org_id, id) DO UPDATE SET received = excluded.received`
	sqlInbox              = "SELECT org_id, id, received, body FROM inbox WHERE org_id = $1 ORDER BY id LIMIT $2"
	sqlInboxOne           = "SELECT org_id, id, received, body FROM inbox WHERE org_id = $1 AND id = $2"
	sqlInboxCount         = "SELECT COUNT(*) FROM inbox WHERE org_id = $1"
	sqlInboxOldest        = "SELECT received FROM inbox WHERE org_id = $1 ORDER BY id LIMIT 1"
	sqlInboxTake          = "DELETE FROM inbox WHERE org_id = $1 AND id = $2"
	sqlInboxTakeAll       = "DELETE FROM inbox WHERE org_id = $1 AND id = ANY ($2)"
	sqlInboxOrganizations = `SELECT id FROM organization WHERE EXISTS
(SELECT 1 FROM inbox WHERE inbox.org_id = organization.id) ORDER BY id`

	// Whoever holds the lease keeps it; anybody takes one that has ended.
	sqlInboxLease = `INSERT INTO inbox_lease (org_id, holder, until) VALUES ($1, $2, $3)
ON CONFLICT (org_id) DO UPDATE SET holder = excluded.holder, until = excluded.until
WHERE inbox_lease.holder = excluded.holder OR inbox_lease.until < $4 RETURNING org_id`

	resultColumns     = "org_id, id, received, body, event_id, at, fault"
	sqlReceivedInsert = "INSERT INTO inbox_result (" + resultColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (org_id, id) DO UPDATE SET event_id = excluded.event_id, at = excluded.at, fault = excluded.fault`
	sqlReceivedOne    = "SELECT " + resultColumns + " FROM inbox_result WHERE org_id = $1 AND id = $2"
	sqlRefused        = "SELECT " + resultColumns + " FROM inbox_result WHERE org_id = ? AND event_id IS NULL"
	sqlRefusedCount   = "SELECT COUNT(*) FROM inbox_result WHERE org_id = $1 AND event_id IS NULL"
	sqlRefusedRemove  = "DELETE FROM inbox_result WHERE org_id = $1 AND id = $2 AND event_id IS NULL"
	sqlReceivedForget = "DELETE FROM inbox_result WHERE org_id = $1 AND at < $2 AND event_id IS NOT NULL"
)

func scanWaiting(r *row) *huifang.Received {
	return &huifang.Received{Org: r.id(), ID: r.id(), At: r.instant(), Body: r.text()}
}

func scanReceived(r *row) *huifang.Received {
	return &huifang.Received{Org: r.id(), ID: r.id(), At: r.instant(), Body: r.text(), Event: r.id(), Done: r.instant(), Fault: r.text()}
}

// Receive puts events into the inbox.
func (tx *Tx) Receive(ctx context.Context, received ...*huifang.Received) error {
	for _, r := range received {
		if err := tx.put(ctx, sqlInboxInsert, r.Org, r.ID, r.At, r.Body); err != nil {
			return err
		}
	}
	return nil
}

// Inbox is what waits longest in an organization's inbox, in order of arrival.
func (q *Reads) Inbox(ctx context.Context, org huifang.ID, limit int) ([]*huifang.Received, error) {
	return list(ctx, q, scanWaiting, sqlInbox, org, limit)
}

// InboxSize is how many events wait in the inbox, and since when the first of
// them does; zero where none does.
func (q *Reads) InboxSize(ctx context.Context, org huifang.ID) (n int, oldest time.Time, err error) {
	count, err := number(ctx, q, sqlInboxCount, org)
	if err != nil || count == 0 {
		return 0, time.Time{}, err
	}
	err = q.run.query(ctx, sqlInboxOldest, []any{org}, func(r *row) error {
		oldest = r.instant()
		return nil
	})
	return int(count), oldest, err
}

// InboxOrganizations are the organizations in whose inbox something waits.
func (q *Reads) InboxOrganizations(ctx context.Context) ([]huifang.ID, error) {
	return list(ctx, q, (*row).id, sqlInboxOrganizations)
}

// Received is what was received under an id and is no event: it waits, was
// known, or is refused. Event names the one that was known.
func (q *Reads) Received(ctx context.Context, org, id huifang.ID) (*huifang.Received, error) {
	r, err := first(ctx, q, "event", scanWaiting, sqlInboxOne, org, id)
	if huifang.CodeOf(err) == huifang.CodeNotFound {
		return first(ctx, q, "event", scanReceived, sqlReceivedOne, org, id)
	}
	return r, err
}

// LeaseInbox makes the holder the one who plans what the organization received,
// until the instant; false while somebody else is.
func (tx *Tx) LeaseInbox(ctx context.Context, org, holder huifang.ID, now, until time.Time) (bool, error) {
	got, err := list(ctx, &tx.Reads, (*row).id, sqlInboxLease, org, holder, until, now)
	return len(got) == 1, err
}

// TakeReceived takes events out of the inbox; one that is not there any more is
// a conflict.
func (tx *Tx) TakeReceived(ctx context.Context, org huifang.ID, ids ...huifang.ID) error {
	if !tx.arrays {
		for _, id := range ids {
			if err := tx.check(ctx, changed, sqlInboxTake, org, id); err != nil {
				return err
			}
		}
		return nil
	}
	all, err := array(ids)
	if err != nil || len(ids) == 0 {
		return err
	}
	return tx.check(ctx, func(n int64) error {
		if int(n) != len(ids) {
			return stale()
		}
		return nil
	}, sqlInboxTakeAll, org, all)
}

// KeepReceived keeps what came of events that became none: known or refused.
func (tx *Tx) KeepReceived(ctx context.Context, results ...*huifang.Received) error {
	for _, r := range results {
		if err := tx.put(ctx, sqlReceivedInsert, r.Org, r.ID, r.At, r.Body, r.Event, r.Done, r.Fault); err != nil {
			return err
		}
	}
	return nil
}

// Refused lists the events that could not be planned, in order of arrival.
func (q *Reads) Refused(ctx context.Context, org huifang.ID, p Page) (Paged[*huifang.Received], error) {
	return pageByID(ctx, q, newText(sqlRefused, org), p, scanReceived, func(r *huifang.Received) huifang.ID { return r.ID })
}

// CountRefused counts the events that could not be planned.
func (q *Reads) CountRefused(ctx context.Context, org huifang.ID) (int, error) {
	n, err := number(ctx, q, sqlRefusedCount, org)
	return int(n), err
}

// RemoveRefused forgets an event that could not be planned.
func (tx *Tx) RemoveRefused(ctx context.Context, org, id huifang.ID) error {
	return tx.check(ctx, found("event"), sqlRefusedRemove, org, id)
}

// ForgetKnown forgets what was received of events known already, before the
// instant.
func (tx *Tx) ForgetKnown(ctx context.Context, org huifang.ID, before time.Time) error {
	return tx.put(ctx, sqlReceivedForget, org, before)
}
