package main

import (
	"container/heap"
	"errors"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
)

// replay is a host that keeps enrollments in memory and no more: what is left
// is the engine. Outcomes name their enrollment, as they do in the live system.
type replay struct {
	run      plan.Runner
	roster   *plan.Roster
	contacts map[huifang.ID]*huifang.Contact
	kept     map[enrolled]*plan.Enrollment
	wakes    wakes
	planned  int
	ended    int
	ticks    int
	env      plan.Env // used again and again
}

type enrolled struct {
	program string
	key     huifang.ID
}

func newReplay(w *estate, size int) *replay {
	r := &replay{
		roster: w.people.Roster.Fork(), contacts: make(map[huifang.ID]*huifang.Contact, len(w.people.Contacts)),
		kept: make(map[enrolled]*plan.Enrollment, size),
	}
	r.run = plan.Runner{Set: w.set, Host: r}
	for i := range w.people.Contacts {
		r.contacts[w.people.Contacts[i].ID] = &w.people.Contacts[i]
	}
	return r
}

// all takes the inputs in their order, and the ticks that fall between them.
func (r *replay) all(inputs []moment, until time.Time) error {
	for i := range inputs {
		in := &inputs[i]
		if err := r.wake(in.Event.At); err != nil {
			return err
		}
		r.env = plan.Env{Now: in.Event.At, Roster: r.roster, Contact: r.contacts[in.Event.Contact]}
		if in.Step == "" {
			if err := r.run.Deliver(in.Event, &r.env); err != nil {
				return err
			}
			continue
		}
		e := r.kept[enrolled{in.Program, in.start}]
		if e == nil {
			return errors.New("an outcome belongs to no enrollment")
		}
		if err := r.run.Outcome(e, in.Input, &r.env); err != nil {
			return err
		}
	}
	return r.wake(until)
}

func (r *replay) wake(until time.Time) error {
	for len(r.wakes) > 0 && !r.wakes[0].at.After(until) {
		w := heap.Pop(&r.wakes).(*waking) //nolint:forcetypeassert // the heap holds nothing else
		if !w.e.Wake.Equal(w.at) {
			continue
		}
		r.ticks++
		r.env = plan.Env{Now: w.at, Roster: r.roster}
		if err := r.run.Wake(w.e, &r.env); err != nil {
			return err
		}
	}
	return nil
}

// Enrollment is part of plan.Host.
func (r *replay) Enrollment(program string, key huifang.ID) (*plan.Enrollment, error) {
	return r.kept[enrolled{program, key}], nil
}

// Related is part of plan.Host. The programs of property follow single events.
func (r *replay) Related(string, huifang.ID, huifang.ID) ([]*plan.Enrollment, error) { return nil, nil }

// Past is part of plan.Host. The year arrives in order.
func (r *replay) Past(*huifang.Event, []string) ([]huifang.Event, error) { return nil, nil }

// Prepare is part of plan.Host.
func (r *replay) Prepare(_ *plan.Program, e *plan.Enrollment, env *plan.Env) error {
	env.Contact = r.contacts[e.Contact]
	return nil
}

// Apply is part of plan.Host.
func (r *replay) Apply(_ *plan.Program, e *plan.Enrollment, _ plan.Input, _ *plan.Env, out *plan.Output) ([]huifang.Event, error) {
	if e.Fresh {
		e.Fresh = false
		r.kept[enrolled{e.Program, e.Key}] = e
	}
	if !e.Wake.IsZero() {
		heap.Push(&r.wakes, &waking{e.Wake, e})
	}
	for i := range out.Effects {
		switch out.Effects[i].Kind { //nolint:exhaustive // the two that are counted
		case plan.EffectCreate:
			r.planned++
		case plan.EffectDone:
			r.ended++
		}
	}
	return nil, nil
}

// NotStarted is part of plan.Host.
func (r *replay) NotStarted(*plan.Program, *huifang.Event, string) error { return nil }

// waking is when an enrollment wants to be woken.
type waking struct {
	at time.Time
	e  *plan.Enrollment
}

type wakes []*waking

func (w wakes) Len() int           { return len(w) }
func (w wakes) Less(i, j int) bool { return w[i].at.Before(w[j].at) }
func (w wakes) Swap(i, j int)      { w[i], w[j] = w[j], w[i] }

// Push is part of heap.Interface.
func (w *wakes) Push(x any) { *w = append(*w, x.(*waking)) } //nolint:forcetypeassert // see Apply

// Pop is part of heap.Interface.
func (w *wakes) Pop() any {
	old := *w
	x := old[len(old)-1]
	*w = old[:len(old)-1]
	return x
}
