package app

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// EventInput is an event as a source tells it: subjects by the source's own
// codes or by our ids.
type EventInput struct {
	Key        string // the source's own id: with the source it makes ingestion idempotent; empty: a new event each time
	Type       string
	At         time.Time
	Contact    ContactInput
	Asset      AssetInput
	Unit       string // id, code or unmistakable name; empty: the contact's, else the asset's
	Staff      string // who did the work: id, code or unmistakable name
	Department string
	Attributes huifang.Attributes
	Corrects   string // key of the same source, or id, of the event this one replaces

	// Fault is set by a caller that could not read this item: it is rejected
	// with it while the others go on.
	Fault *huifang.Error

	// scoped: asset codes are unique within a unit only, as in registers that
	// write 3-1-502 for a home.
	scoped bool

	receipt *receipt // of one that was acknowledged before
}

// ContactInput names a customer. One that is known is found by ID or Code, else
// by a phone number with the same name, else by name at the asset or in the
// unit; what it lacks is filled in. Anyone else is created.
type ContactInput struct {
	ID         huifang.ID         `json:"id,omitempty"`
	Code       string             `json:"code,omitempty"`
	Kind       string             `json:"kind,omitempty"` // default: the first kind of the trade
	Name       string             `json:"name,omitempty"`
	Phones     []string           `json:"phones,omitempty"`
	Email      string             `json:"email,omitempty"`
	Address    string             `json:"address,omitempty"`
	Owner      string             `json:"owner,omitempty"` // staff: id, code or name
	Steward    string             `json:"steward,omitempty"`
	Attributes huifang.Attributes `json:"attributes,omitempty"`
}

// IsZero tells whether nobody is named.
func (c *ContactInput) IsZero() bool {
	return c.ID == "" && c.Code == "" && c.Name == "" && len(c.Phones) == 0
}

// AssetInput names what the service was given to, by ID or Code. An unknown
// code is created.
type AssetInput struct {
	ID         huifang.ID         `json:"id,omitempty"`
	Code       string             `json:"code,omitempty"`
	Kind       string             `json:"kind,omitempty"`
	Name       string             `json:"name,omitempty"`
	Attributes huifang.Attributes `json:"attributes,omitempty"`
}

// IsZero tells whether nothing is named.
func (a *AssetInput) IsZero() bool { return a.ID == "" && a.Code == "" && a.Name == "" }

// IngestOptions say where events come from and how old they are.
type IngestOptions struct {
	Source   string // default "api"
	History  bool   // windows already closed are recorded as not planned
	Backfill bool   // History, but plan them all the same; also those of events that are known
	Placed   bool   // an event whose unit nothing tells is rejected (unit.missing)
}

// IngestStatus is what became of one event.
type IngestStatus string

// The statuses.
const (
	IngestAccepted IngestStatus = "accepted"
	IngestKnown    IngestStatus = "known"    // ingested before: nothing changed, unless it is backfilled
	IngestReceived IngestStatus = "received" // acknowledged, to be planned shortly; see Accept
	IngestRejected IngestStatus = "rejected" // see Err
)

// IngestResult is what became of one event.
type IngestResult struct {
	Status     IngestStatus
	Event      huifang.ID     // the new event; the first one where it was known
	Followups  []huifang.ID   // planned by it; where it was known, by its backfill
	NotPlanned int            // windows considered and not planned
	Err        *huifang.Error // why it was rejected, At.Field is e.g. events[3].attributes.contract_end
}

// MaxBatch is how many events one call of Ingest may bring.
const MaxBatch = 10_000

// chunkOfEvents is how many events share a transaction.
const chunkOfEvents = 500

// maxFuture is how far ahead of the clock an event may claim to have happened.
const maxFuture = 48 * time.Hour

// Ingest takes in events: it finds or creates their contacts and assets, checks
// them against the types the active packs know, appends them and plans what
// they demand. It answers with one result per event, in order.
//
// A bad event is rejected alone, the others go on; each event is in together
// with everything that follows from it, or not at all. An event whose key the
// source sent before is known and changes nothing. The error is of the call as
// a whole: CodeForbidden without event.ingest, CodeTooLarge over MaxBatch, or
// the database's; then events of earlier chunks may be in, and sending all
// again is safe where they have keys.
func (a *App) Ingest(ctx context.Context, actor *huifang.Actor, events []EventInput, opts IngestOptions) ([]IngestResult, error) {
	if err := mayIngest(actor, len(events)); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	opts.Source = cmp.Or(opts.Source, "api")
	results := make([]IngestResult, len(events))
	for from := 0; from < len(events); from += chunkOfEvents {
		to := min(from+chunkOfEvents, len(events))
		in := &intake{app: a, d: d, actor: actor, opts: opts, events: events[from:to], results: results[from:to], first: from, single: len(events) == 1}
		if err := in.run(ctx); err != nil {
			return nil, err
		}
	}
	return results, nil
}

// mayIngest decides whether the actor may send so many events.
func mayIngest(actor *huifang.Actor, n int) error {
	if err := actor.Require(huifang.PermEventIngest); err != nil {
		return err
	}
	if n > MaxBatch {
		return huifang.Fail(huifang.CodeTooLarge, "events.too_many", huifang.Textf(
			"一次最多 %d 个事件，请分批发送", "at most %d events at a time; send them in parts", MaxBatch))
	}
	return nil
}

// intake is one chunk of events on its way in.
type intake struct {
	app     *App
	d       *directory
	actor   *huifang.Actor
	opts    IngestOptions
	events  []EventInput
	results []IngestResult
	first   int                      // index of the first in the caller's list
	single  bool                     // the call has one event: faults need no index
	also    func(tx *store.Tx) error // what is written besides, once the results are known
	cache   *subjects
	closed  int // windows that had closed already
	planned int
}

// item is one event that was understood.
type item struct {
	at     int // index in the chunk
	ev     huifang.Event
	result *IngestResult
	again  bool // known, and planned anew to backfill
}

// maxRaces is how often a chunk starts over because another writer created or
// changed the same contact or asset meanwhile.
const maxRaces = 4

func (in *intake) run(ctx context.Context) error {
	for race := 0; ; race++ {
		err := in.once(ctx)
		if !lostRace(err) || race == maxRaces {
			return err
		}
		if in.cache != nil {
			in.cache.forget()
		}
	}
}

// lostRace tells that another writer created or changed the same thing
// meanwhile, so that it is worth starting over.
func lostRace(err error) bool {
	reason := huifang.ReasonOf(err)
	return reason == store.ReasonStale || reason == store.ReasonDuplicate
}

func (in *intake) once(ctx context.Context) error {
	p, err := in.prepare(ctx)
	if err != nil {
		return err
	}
	if err := in.write(ctx, p); err != nil {
		return err
	}
	if in.cache != nil && p.done != nil {
		in.cache.learn(p.done)
	}
	return nil
}

// prepared is a chunk that is understood and, where no other writer can have a
// say in it, worked out.
type prepared struct {
	items []item
	lent  *lent
	early *host        // nil: to be worked out in the transaction
	draft *store.Draft // of the events and what early writes, where that needs no reading
	done  *host        // what was written
}

// prepare understands a chunk without writing anything.
func (in *intake) prepare(ctx context.Context) (*prepared, error) {
	clear(in.results)
	r := in.app.newResolver(ctx, in)
	items, err := r.resolve(in)
	if err != nil {
		return nil, err
	}
	p := &prepared{items: items, lent: r.lend(items)}
	early := in.host(ctx, in.app.reads(), p.lent)
	early.ahead = true
	switch err := in.take(early, items); {
	case err == nil:
		p.early = early
		if p.draft, err = in.app.store.Draft(p.rows(), early.flush); err != nil && !errors.Is(err, store.ErrDraft) {
			return nil, err
		}
	case !errors.Is(err, errAhead):
		return nil, err
	}
	return p, nil
}

// write appends the events and writes what follows from those that are new:
// what was worked out early, where none was known, else worked out now.
func (in *intake) write(ctx context.Context, p *prepared) error {
	if len(p.items) == 0 && in.also == nil {
		return nil
	}
	err := in.app.store.Write(ctx, func(tx *store.Tx) error {
		if err := in.append(ctx, tx, p); err != nil || in.also == nil {
			return err
		}
		return in.also(tx)
	})
	if err == nil && p.done != nil {
		in.closed, in.planned = p.done.out.closed, len(p.done.out.made)
	}
	return err
}

// append does it in the transaction.
func (in *intake) append(ctx context.Context, tx *store.Tx, p *prepared) error {
	switch {
	case len(p.items) == 0:
		return nil
	case p.draft == nil:
		rows := p.rows()
		known, err := tx.InsertEvents(ctx, rows...)
		if err != nil {
			return err
		}
		return in.finish(ctx, tx, p, rows, known)
	}
	known, err := tx.Apply(ctx, p.draft)
	if err != nil {
		return err
	}
	if p.done = p.early; slices.Contains(known, true) {
		return in.finish(ctx, tx, p, p.draft.Events(), known)
	}
	return nil
}

// rows are copies of the events for the store to change.
func (p *prepared) rows() []*huifang.Event {
	rows := make([]*huifang.Event, len(p.items))
	for i := range p.items {
		row := p.items[i].ev
		rows[i] = &row
	}
	return rows
}

// finish writes what follows from the events that were not known.
func (in *intake) finish(ctx context.Context, tx *store.Tx, p *prepared, rows []*huifang.Event, known []bool) (err error) {
	fresh, early := p.items, p.early
	if slices.Contains(known, true) {
		if fresh, err = in.sift(ctx, &tx.Reads, p.items, rows, known); err != nil {
			return err
		}
		early = nil
	}
	if p.done = early; p.done == nil {
		if p.done, err = in.inside(ctx, tx, p.lent, fresh); err != nil {
			return err
		}
	}
	return p.done.flush(tx)
}

// inside works out what events bring about within the transaction.
func (in *intake) inside(ctx context.Context, tx *store.Tx, l *lent, fresh []item) (*host, error) {
	h := in.host(ctx, &tx.Reads, l)
	h.tx = tx
	if err := h.gateAll(fresh); err != nil {
		return nil, err
	}
	if err := h.preload(fresh); err != nil {
		return nil, err
	}
	return h, in.take(h, fresh)
}

// sift answers for events that were known and returns the others; to backfill,
// also the known ones as they are kept.
func (in *intake) sift(ctx context.Context, q *store.Reads, items []item, rows []*huifang.Event, known []bool) ([]item, error) {
	fresh := make([]item, 0, len(items))
	for i := range items {
		it := items[i]
		if !known[i] {
			fresh = append(fresh, it)
			continue
		}
		*it.result = IngestResult{Status: IngestKnown, Event: rows[i].ID}
		if !in.opts.Backfill {
			continue
		}
		old, err := q.Event(ctx, in.d.org.ID, rows[i].ID)
		if err != nil {
			return nil, err
		}
		it.ev, it.again = *old, true
		fresh = append(fresh, it)
	}
	return fresh, nil
}

// host is a unit of work that knows what the resolver found.
func (in *intake) host(ctx context.Context, q *store.Reads, l *lent) *host {
	h := in.app.newHost(ctx, q, in.d, in.app.now())
	h.env.History = in.opts.History && !in.opts.Backfill
	l.host(h)
	return h
}

// take delivers events in the order of their times.
func (in *intake) take(h *host, items []item) error {
	for i := range items {
		h.newborn[items[i].ev.ID] = !items[i].again
		if len(items) > 1 {
			h.batch = append(h.batch, &items[i].ev)
		}
	}
	for _, i := range byTime(items) {
		it := &items[i]
		made, refused := len(h.out.made), len(h.out.notPlanned)
		prelude, status := h.learn, IngestAccepted
		if it.again {
			prelude, status = h.reconsider, IngestKnown
		}
		if err := prelude(&it.ev); err != nil {
			return err
		}
		if err := h.deliver(&it.ev); err != nil {
			return err
		}
		*it.result = IngestResult{Status: status, Event: it.ev.ID, NotPlanned: len(h.out.notPlanned) - refused}
		for _, f := range h.out.made[made:] {
			it.result.Followups = append(it.result.Followups, f.ID)
		}
	}
	return nil
}

func byTime(items []item) []int {
	order := make([]int, len(items))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return items[a].ev.At.Compare(items[b].ev.At) })
	return order
}

// reject answers for an event that is not taken.
func (in *intake) reject(i int, err *huifang.Error) {
	if !in.single {
		place := "events[" + strconv.Itoa(in.first+i) + "]"
		err = at(place, err)
	}
	in.results[i] = IngestResult{Status: IngestRejected, Err: err}
}
