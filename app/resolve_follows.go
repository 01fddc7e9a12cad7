package app

import (
	"cmp"
	"slices"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/store"
)

// pastEvent is what a rule about what must have happened before needs of an
// event.
type pastEvent struct {
	typ string
	at  time.Time
}

// preceding puts the events whose type demands that others came before after
// all others, so that one chunk may hold both in any order.
func (r *resolver) preceding(events []EventInput) []int {
	order := make([]int, 0, len(events))
	for _, later := range []bool{false, true} {
		for i := range events {
			if (r.d.set.Follows(events[i].Type) != nil) == later {
				order = append(order, i)
			}
		}
	}
	return order
}

// happened remembers an accepted event for those that must follow it.
func (r *resolver) happened(ev *huifang.Event) {
	if r.past == nil {
		r.past = map[huifang.ID][]pastEvent{}
	}
	r.past[ev.Contact] = append(r.past[ev.Contact], pastEvent{ev.Type, ev.At})
}

// follows refuses an event that must come after another of its contact where
// that has not happened, or has been undone since.
func (r *resolver) follows(ev *huifang.Event) (*huifang.Error, error) {
	f := r.d.set.Follows(ev.Type)
	if f == nil || ev.Contact == "" {
		return nil, nil //nolint:nilnil // no fault
	}
	last, err := r.lastOf(ev, f)
	if err != nil || slices.Contains(f.Of, last) {
		return nil, err
	}
	return fieldFault("type", "event.follows", f.Message), nil
}

// lastOf is the type of what happened last, of what an event must follow and
// what undoes that; "" when nothing did.
func (r *resolver) lastOf(ev *huifang.Event, f *plan.Follows) (string, error) {
	types := slices.Concat(f.Of, f.Until)
	var last pastEvent
	later := func(p pastEvent) {
		if slices.Contains(types, p.typ) && !p.at.After(ev.At) && !p.at.Before(last.at) {
			last = p
		}
	}
	if !r.newborn[ev.Contact] {
		got, err := r.q.Events(r.ctx, r.d.org.ID, store.EventFilter{Contact: ev.Contact, Types: types, Before: ev.At.Add(time.Millisecond)}, Page{Limit: 1, Desc: true})
		if err != nil {
			return "", err
		}
		for _, e := range got.Items {
			later(pastEvent{e.Type, e.At})
		}
	}
	for _, p := range r.past[ev.Contact] {
		later(p)
	}
	return last.typ, nil
}

// ordered tells whether a rule of an active pack says what must come before an
// event: then each part of a register waits for the one before.
func (d *directory) ordered() bool {
	for typ := range d.types {
		if f := d.set.Follows(typ); f != nil && cmp.Or(f.Of...) != "" {
			return true
		}
	}
	return false
}
