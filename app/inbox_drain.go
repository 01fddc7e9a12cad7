package app

import (
	"context"
	"encoding/json"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

const (
	// So many received events are planned in one transaction: while others are
	// acknowledged, few enough that these do not wait long; else enough to share
	// its pages.
	drainBusy = 64
	drainCalm = 1024

	inboxLease = 5 * time.Second // how long a node that died keeps others from an inbox
	maxStuck   = 5               // times the first event of an inbox may fail for no fault of the database
	longPause  = 200 * time.Millisecond
)

// Drain plans what was received, of every organization, until nothing waits or
// the context ends. Any number of nodes may drain at once: one at a time plans
// for an organization. While events keep coming, acknowledging them goes first
// and planning takes the more of the writer's time the longer the inbox is. An
// error leaves what it concerns in the inbox; the other organizations go on.
func (a *App) Drain(ctx context.Context) (planned int, err error) {
	a.inboxes.draining.Lock()
	defer a.inboxes.draining.Unlock()
	if a.inboxes.holder == "" {
		a.inboxes.holder = a.newID()
	}
	orgs, err := a.reads().InboxOrganizations(ctx)
	if err != nil {
		return 0, err
	}
	for _, org := range orgs {
		n, failed := a.drainOrganization(ctx, org)
		planned += n
		if failed != nil && err == nil {
			err = failed
		}
	}
	return planned, err
}

func (a *App) drainOrganization(ctx context.Context, org huifang.ID) (planned int, err error) {
	state, size := a.inboxes.of(org), drainBusy
	for ctx.Err() == nil {
		if mine, err := a.leaseInbox(ctx, org); !mine || err != nil {
			return planned, err
		}
		began, before := a.clock(), state.received.Load()
		n, err := a.drainSome(ctx, org, size)
		if err != nil {
			if size == 1 || transient(err) {
				return planned, err
			}
			size = 1 // to find the one it is about
			continue
		}
		if n == 0 {
			return planned, nil
		}
		planned += n
		left := state.waiting.Add(-int64(n))
		busy := state.received.Load() > before
		if busy {
			rest(ctx, a.clock().Sub(began), left)
		}
		if size *= 2; busy {
			size = min(size, drainBusy)
		}
		size = min(size, drainCalm)
	}
	return planned, nil
}

// rest leaves the writer to those who send: ten times as long as planning just
// took, less once the inbox is half full, not at all when it is full.
func rest(ctx context.Context, took time.Duration, waiting int64) {
	free := min(1, 2*(1-float64(waiting)/inboxCapacity))
	pause := min(time.Duration(10*free*float64(took)), longPause)
	if pause <= 0 {
		return
	}
	t := time.NewTimer(pause)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}

// leaseInbox tells whether this process may plan for the organization now. The
// lease only spares nodes work that another does: that each event is planned
// once is sure without it, since its row leaves the inbox in the transaction
// that plans it.
func (a *App) leaseInbox(ctx context.Context, org huifang.ID) (mine bool, err error) {
	now := a.clock()
	if !a.store.Shared() || a.inboxes.leases[org].Sub(now) > inboxLease/2 {
		return true, nil
	}
	until := now.Add(inboxLease)
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		mine, err = tx.LeaseInbox(ctx, org, a.inboxes.holder, now, until)
		return err
	})
	if mine && err == nil {
		a.inboxes.leases[org] = until
	}
	return mine, err
}

// transient tells a failure that is not the events' fault.
func transient(err error) bool {
	return huifang.CodeOf(err) == huifang.CodeUnavailable || asError(err).Code == huifang.CodeUnavailable
}

// drainSome plans at most so many of the events that wait longest, in one
// transaction. It returns how many left the inbox.
func (a *App) drainSome(ctx context.Context, org huifang.ID, limit int) (int, error) {
	rows, err := a.reads().Inbox(ctx, org, limit)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	d, err := a.directory(ctx, org)
	if err != nil {
		return 0, err
	}
	in, letters := a.drainage(d, rows)
	in.also = func(tx *store.Tx) error { return a.takeOut(ctx, tx, d, letters, in.results) }
	err = in.run(ctx)
	if err == nil || len(letters) > 1 || transient(err) {
		a.inboxes.stuck[org] = 0
		return len(letters), err
	}
	if a.inboxes.stuck[org]++; huifang.CodeOf(err) == huifang.CodeConflict && a.inboxes.stuck[org] < maxStuck {
		return 0, err
	}
	a.log.ErrorContext(ctx, "a received event cannot be planned and is set aside", "org", org, "event", letters[0].ID, "error", err)
	failed := []IngestResult{{Status: IngestRejected, Err: asError(err)}}
	a.inboxes.stuck[org] = 0
	return 1, a.store.Write(ctx, func(tx *store.Tx) error { return a.takeOut(ctx, tx, d, letters, failed) })
}

// drainage is the intake of the first of the rows: those that want the same
// treatment of the past.
func (a *App) drainage(d *directory, rows []*huifang.Received) (*intake, []opened) {
	senders := map[huifang.ID]*huifang.Actor{}
	in := &intake{app: a, d: d, actor: system(d.org.ID), single: true, events: make([]EventInput, 0, len(rows))}
	letters := make([]opened, 0, len(rows))
	for _, row := range rows {
		l := open(row)
		opts := IngestOptions{History: l.History, Backfill: l.Backfill}
		if len(letters) == 0 {
			in.opts = opts
		} else if in.opts != opts {
			break
		}
		if senders[l.By] == nil {
			senders[l.By] = d.sender(l.By)
		}
		letters = append(letters, l)
		in.events = append(in.events, l.input(senders[l.By]))
	}
	in.results = make([]IngestResult, len(in.events))
	return in, letters
}

// takeOut takes events out of the inbox and keeps what came of those that
// became none.
func (a *App) takeOut(ctx context.Context, tx *store.Tx, d *directory, letters []opened, results []IngestResult) error {
	ids := make([]huifang.ID, len(letters))
	became := map[huifang.ID]huifang.ID{} // known ones
	for i := range letters {
		ids[i] = letters[i].ID
		if results[i].Status == IngestKnown && results[i].Event != ids[i] {
			became[ids[i]] = results[i].Event
		}
	}
	if err := tx.TakeReceived(ctx, d.org.ID, ids...); err != nil {
		return err
	}
	now := a.now()
	var refused []*huifang.Received
	for i := range letters {
		row := *letters[i].Received
		row.Done = now
		switch {
		case results[i].Status == IngestRejected:
			row.Fault = faultText(results[i].Err)
			refused = append(refused, &row)
		case became[row.ID] != "":
			row.Event, row.Body = became[row.ID], ""
			if next := became[row.Event]; next != "" { // the same again, in one transaction
				row.Event = next
			}
		default:
			continue
		}
		if err := tx.KeepReceived(ctx, &row); err != nil {
			return err
		}
	}
	return a.tellRefused(ctx, tx, d, letters, refused)
}

// faultText is how a fault is kept; its cause is for the log alone.
func faultText(e *huifang.Error) string {
	b, err := json.Marshal(bare(e)) //nolint:musttag // Error writes itself by its field names
	if err != nil {                 // texts and numbers
		return "{}"
	}
	return string(b)
}

// bare is an error without causes.
func bare(e *huifang.Error) *huifang.Error {
	out := *e
	out.Err, out.Details = nil, nil
	for _, d := range e.Details {
		out.Details = append(out.Details, bare(d))
	}
	return &out
}
