package store

import (
	"context"
	"time"

	"github.com/huifang/huifang"
)

const (
	eventColumns = `org_id, source, key, id, type, at, contact_id, asset_id, unit_id, staff_id, department, followup_id, corrects_id,
received, attributes`

	sqlEvent      = "SELECT " + eventColumns + " FROM event WHERE org_id = $1 AND id = $2"
	sqlEventByKey = "SELECT " + eventColumns + " FROM event WHERE org_id = $1 AND source = $2 AND key = $3"
	sqlEvents     = "SELECT " + eventColumns + " FROM event WHERE org_id = ?"

	// The kept row is written, not just looked at: after a failover an
	// acknowledged duplicate must be on the new primary too.
	sqlEventInsert = "INSERT INTO event (" + eventColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
ON CONFLICT (org_id, source, key) DO UPDATE SET source = excluded.source
RETURNING org_id, source, key, id`
)

// EventFilter selects events; empty fields select all.
type EventFilter struct {
	Contact huifang.ID
	Asset   huifang.ID
	Types   []string
	Since   time.Time // At >= Since
	Before  time.Time // At < Before

	Received time.Time // it became known then or later; without contact and asset, what came before is not read
}

func scanEvent(r *row) *huifang.Event {
	e := &huifang.Event{
		Org: r.id(), Source: r.text(), Key: r.text(), ID: r.id(), Type: r.text(), At: r.instant(),
		Contact: r.id(), Asset: r.id(), Unit: r.id(), Staff: r.id(), Department: r.text(),
		Followup: r.id(), Corrects: r.id(), Received: r.instant(),
	}
	r.json(&e.Attributes)
	return e
}

// Event is the event with the id.
func (q *Reads) Event(ctx context.Context, org, id huifang.ID) (*huifang.Event, error) {
	return first(ctx, q, "event", scanEvent, sqlEvent, org, id)
}

// EventByKey is the event with the source's own key.
func (q *Reads) EventByKey(ctx context.Context, org huifang.ID, source, key string) (*huifang.Event, error) {
	return first(ctx, q, "event", scanEvent, sqlEventByKey, org, source, key)
}

// Events lists those of a contact or asset by the time they happened, all of
// the organization in the order they arrived.
func (q *Reads) Events(ctx context.Context, org huifang.ID, f EventFilter, p Page) (Paged[*huifang.Event], error) {
	t := newText(sqlEvents, org)
	t.ifID("contact_id", f.Contact)
	t.ifID("asset_id", f.Asset)
	if len(f.Types) > 0 {
		in(t, "type", f.Types)
	}
	t.span("at", f.Since, f.Before)
	if !f.Received.IsZero() { // ids are made in the order of time
		t.add(" AND id >= ?", huifang.NewID(f.Received, [10]byte{}))
	}
	if f.Contact == "" && f.Asset == "" {
		return pageByID(ctx, q, t, p, scanEvent, func(e *huifang.Event) huifang.ID { return e.ID })
	}
	return pageByTime(ctx, q, t, "at", p, scanEvent, func(e *huifang.Event) (int64, huifang.ID) { return e.At.UnixMilli(), e.ID })
}

// eventKey is the identity that the source gave an event.
type eventKey struct {
	org         huifang.ID
	source, key string
}

func keyOf(e *huifang.Event) eventKey { return eventKey{e.Org, e.Source, e.Key} }

// InsertEvents appends events. One whose (Source, Key) is kept already stays as
// it is kept: its ID becomes the kept one's, and known is true at its place; so
// does a repetition within the call. An empty Key becomes the ID.
func (tx *Tx) InsertEvents(ctx context.Context, events ...*huifang.Event) (known []bool, err error) {
	first := make(map[eventKey]int, len(events))
	fresh := make([]*huifang.Event, 0, len(events))
	for i, e := range events {
		if e.Key == "" {
			set(tx, &e.Key, string(e.ID))
		}
		k := keyOf(e)
		if _, repeated := first[k]; !repeated {
			first[k] = i
			fresh = append(fresh, e)
		}
	}
	kept := make([]huifang.ID, len(events))
	if err := tx.send(ctx, tx.eventCalls(fresh, func(k eventKey, id huifang.ID) { kept[first[k]] = id })...); err != nil {
		return nil, err
	}
	known = make([]bool, len(events))
	for i, e := range events {
		at := first[keyOf(e)]
		known[i] = at != i || kept[i] != e.ID
		if e.ID != kept[at] {
			set(tx, &e.ID, kept[at])
		}
	}
	return known, nil
}

// eventCalls makes the statements that insert events, several in each, and tell
// the id that is kept under every key.
func (tx *Tx) eventCalls(events []*huifang.Event, kept func(eventKey, huifang.ID)) []call {
	shape := tx.shapes.shape(sqlEventInsert)
	var calls []call
	for len(events) > 0 {
		n := shape.size(len(events))
		args := make([]any, 0, n*shape.parameters())
		for _, e := range events[:n] {
			args = append(args, e.Org, e.Source, e.Key, e.ID, e.Type, e.At, e.Contact, e.Asset, e.Unit, e.Staff, e.Department, e.Followup,
				e.Corrects, e.Received, asJSON{e.Attributes})
		}
		calls = append(calls, call{sql: shape.text(n), args: args, each: func(r *row) error {
			k := eventKey{r.id(), r.text(), r.text()}
			kept(k, r.id())
			return nil
		}})
		events = events[n:]
	}
	return calls
}
