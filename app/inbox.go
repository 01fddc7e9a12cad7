package app

import (
	"cmp"
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// The inbox separates acknowledging an event from planning what it demands. An
// event that is received costs one short row, kept durably before it is
// acknowledged; Drain plans what was received in order of arrival, several
// together, and takes it out of the inbox in the same transaction. So each is
// planned exactly once, whatever crashes when.

// Inbox is how an organization's inbox stands.
type Inbox struct {
	Waiting  int       // events received and not planned yet
	Oldest   time.Time // when the first of them was received; zero: none waits
	Capacity int       // so many may wait; more are turned away
	Refused  int       // events that could not be planned, see Refused
}

const (
	// inboxCapacity bounds the inbox: at some thousands a second it is planned
	// within seconds; a sender that is faster for longer is asked to wait.
	inboxCapacity = 50_000
	inboxRecount  = 2 * time.Second // between counts of what other nodes received, too
)

// inboxes is what this process knows of the inboxes.
type inboxes struct {
	mu    sync.Mutex
	byOrg map[huifang.ID]*inboxState
	wake  chan struct{}

	draining sync.Mutex               // holds what follows
	holder   huifang.ID               // this process
	leases   map[huifang.ID]time.Time // organizations this process plans for, until when
	stuck    map[huifang.ID]int       // how often the first event of an inbox could not be planned
}

// inboxState is about how many events wait: those counted last, and what this
// process received and planned since.
type inboxState struct {
	waiting  atomic.Int64
	received atomic.Int64 // ever, by this process
	counted  atomic.Int64 // when, Unix nanoseconds
}

func (b *inboxes) init() {
	b.byOrg, b.wake = map[huifang.ID]*inboxState{}, make(chan struct{}, 1)
	b.leases, b.stuck = map[huifang.ID]time.Time{}, map[huifang.ID]int{}
}

func (b *inboxes) of(org huifang.ID) *inboxState {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := b.byOrg[org]
	if s == nil {
		s = &inboxState{}
		b.byOrg[org] = s
	}
	return s
}

func (b *inboxes) hint() {
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// Received gets a hint when events were received that Drain should plan. Hints
// are merged; other nodes' do not come: drain from time to time besides.
func (a *App) Received() <-chan struct{} { return a.inboxes.wake }

// Accept acknowledges events without planning them: it checks of each what can
// be checked without reading contacts, assets and other events, and puts it
// into the inbox durably. A result is IngestReceived with the event's id to be,
// or IngestRejected. What turns out only when it is planned is not told here:
// an event that was known stays the one it was, and one that cannot be planned
// is kept among the refused.
//
// The error is that of Ingest, or inbox.full (CodeUnavailable) when as many
// wait as may: then nothing was taken.
func (a *App) Accept(ctx context.Context, actor *huifang.Actor, events []EventInput, opts IngestOptions) ([]IngestResult, error) {
	if err := mayIngest(actor, len(events)); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	state := a.inboxes.of(actor.Org)
	if err := a.roomFor(ctx, actor.Org, state, len(events)); err != nil {
		return nil, err
	}
	opts.Source = cmp.Or(opts.Source, "api")
	in := &intake{app: a, d: d, actor: actor, opts: opts, events: events, results: make([]IngestResult, len(events)), single: len(events) == 1}
	rows, err := in.receive()
	if err != nil || len(rows) == 0 {
		return in.results, err
	}
	if err := a.store.Write(ctx, func(tx *store.Tx) error { return tx.Receive(ctx, rows...) }); err != nil {
		return nil, err
	}
	state.waiting.Add(int64(len(rows)))
	state.received.Add(int64(len(rows)))
	a.inboxes.hint()
	return in.results, nil
}

// roomFor refuses events that would make the inbox too long.
func (a *App) roomFor(ctx context.Context, org huifang.ID, s *inboxState, n int) error {
	now, last := a.clock().UnixNano(), s.counted.Load()
	due := last == 0 || a.store.Shared() && now-last > int64(inboxRecount) // nobody else fills SQLite's
	if due && s.counted.CompareAndSwap(last, now) {
		waiting, _, err := a.reads().InboxSize(ctx, org)
		if err != nil {
			return err
		}
		s.waiting.Store(int64(waiting))
	}
	if s.waiting.Load()+int64(n) <= inboxCapacity {
		return nil
	}
	return huifang.Fail(huifang.CodeUnavailable, "inbox.full", huifang.Textf(
		"接收区已有 %d 个事件等待处理，请稍后重试", "%d events wait to be planned already; try again shortly", s.waiting.Load()))
}

// receive checks the events and makes the rows of those that are sound.
func (in *intake) receive() ([]*huifang.Received, error) {
	now := in.app.now()
	r := &resolver{app: in.app, d: in.d, now: now.Add(maxFuture).UnixMilli()}
	rows := make([]*huifang.Received, 0, len(in.events))
	for i := range in.events {
		e := &in.events[i]
		if fault := r.acceptable(in, e); fault != nil {
			in.reject(i, fault)
			continue
		}
		body, err := in.letter(e)
		if err != nil {
			return nil, err
		}
		row := &huifang.Received{Org: in.d.org.ID, ID: in.app.newID(), At: now, Body: body}
		rows = append(rows, row)
		in.results[i] = IngestResult{Status: IngestReceived, Event: row.ID}
	}
	return rows, nil
}

// acceptable finds what is wrong with an event as far as that can be told
// without reading.
func (r *resolver) acceptable(in *intake, e *EventInput) *huifang.Error {
	if e.Fault != nil {
		return e.Fault
	}
	if fault := r.readable(e); fault != nil {
		return fault
	}
	if fault := r.d.knownStaff(&e.Contact); fault != nil {
		return fault
	}
	unit := huifang.ID("")
	if u := r.d.findUnit(e.Unit); u != nil {
		unit = u.ID
	}
	if !in.actor.InUnit(unit) {
		return outsideScope()
	}
	err := r.d.set.CheckIn(r.foreseen(e, unit), r.d.zoneOf(unit))
	if err == nil || unit == "" && strings.HasPrefix(huifang.ReasonOf(err), "check.") {
		return nil // the contact's unit, and so its zone, is not known yet
	}
	return asError(err)
}

// foreseen is an event as it will be, as far as its check needs it: who and
// what is named will be found, and a unit by it.
func (r *resolver) foreseen(e *EventInput, unit huifang.ID) *huifang.Event {
	const somebody = huifang.ID("named")
	ev := &huifang.Event{Org: r.d.org.ID, Type: e.Type, At: e.At.UTC().Truncate(time.Millisecond), Unit: unit, Department: e.Department, Attributes: e.Attributes}
	if e.Staff != "" {
		ev.Staff = somebody
	}
	if !e.Asset.IsZero() {
		ev.Asset = somebody
	}
	if !e.Contact.IsZero() || ev.Asset != "" {
		ev.Contact, ev.Unit = somebody, cmp.Or(unit, somebody)
	}
	return ev
}

// Inbox tells how the inbox stands. event.ingest.
func (a *App) Inbox(ctx context.Context, actor *huifang.Actor) (out Inbox, err error) {
	if err := actor.Require(huifang.PermEventIngest); err != nil {
		return out, err
	}
	out.Capacity = inboxCapacity
	if out.Waiting, out.Oldest, err = a.reads().InboxSize(ctx, actor.Org); err != nil {
		return out, err
	}
	out.Refused, err = a.reads().CountRefused(ctx, actor.Org)
	return out, err
}
