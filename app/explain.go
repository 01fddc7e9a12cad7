package app

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/store"
)

// FollowupWhy is why a follow-up exists, for people and in full.
type FollowupWhy struct {
	Followup    *huifang.Followup
	Program     huifang.Text
	Step        huifang.Text
	Lines       []huifang.Text // to be read from top to bottom
	Explanation plan.Explanation
}

// ExplainFollowup says why a follow-up exists, who was asked to do it and how
// its window was found; for its readers and whoever it is assigned to.
func (a *App) ExplainFollowup(ctx context.Context, actor *huifang.Actor, id huifang.ID) (*FollowupWhy, error) {
	f, err := a.reads().Followup(ctx, actor.Org, id)
	if err != nil {
		return nil, err
	}
	if err := huifang.CanReadFollowup(actor, f); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	out := &FollowupWhy{Followup: f}
	if err := json.Unmarshal([]byte(f.Why), &out.Explanation); err != nil {
		return nil, huifang.Wrap(err)
	}
	out.Program, out.Step = d.ruleName(f.Program, f.Step)
	out.Lines = d.explain(f, &out.Explanation)
	return out, nil
}

// ruleName is what a program and its step are called.
func (d *directory) ruleName(program, step string) (p, s huifang.Text) {
	p, s = huifang.Text{ZH: program, EN: program}, huifang.Text{ZH: step, EN: step}
	rule := d.set.Program(program, "", nil)
	if rule == nil {
		return p, s
	}
	if st, ok := rule.Step(step); ok && st.Name != (huifang.Text{}) {
		s = st.Name
	}
	return rule.Name, s
}

// EventWhy is what one program made of an event.
type EventWhy struct {
	Program string
	Name    huifang.Text
	Version int
	Planned []*huifang.Followup // follow-ups that stem from the event, in whatever state
	Refused []StepWhy           // steps considered and not planned
	Reason  string              // why the program did not look at the event at all, or did not start
	Text    huifang.Text        // Reason for people
}

// StepWhy is one step that an event did not bring about.
type StepWhy struct {
	Step       string
	Name       huifang.Text
	Occurrence int
	Reason     string // stable code, e.g. "condition_false", "window_closed"
	Text       huifang.Text
	Lines      []huifang.Text
}

// ExplainEvent says of every program what it made of an event: what it planned,
// what it considered and did not plan, and why it did not start. What was
// decided when the event came in is taken from the record; what follows from
// the rules alone is worked out again. contact.read in the event's unit.
func (a *App) ExplainEvent(ctx context.Context, actor *huifang.Actor, id huifang.ID) ([]EventWhy, error) {
	ev, err := a.reads().Event(ctx, actor.Org, id)
	if err != nil {
		return nil, err
	}
	if err := actor.RequireIn(huifang.PermContactRead, ev.Org, ev.Unit); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	var out []EventWhy
	err = a.store.Snapshot(ctx, func(v *store.View) error {
		planned, err := v.Followups(ctx, ev.Org, store.FollowupFilter{Event: ev.ID}, store.ByOpens, store.Page{Limit: 1000})
		if err != nil {
			return err
		}
		kept, err := v.NotPlannedByEvent(ctx, ev.Org, ev.ID)
		if err != nil {
			return err
		}
		again, err := a.replay(ctx, &v.Reads, d, ev)
		if err != nil {
			return err
		}
		out = d.eventWhy(planned.Items, kept, again)
		return nil
	})
	return out, err
}

// replay takes an event through the programs once more; nothing is written.
func (a *App) replay(ctx context.Context, q *store.Reads, d *directory, ev *huifang.Event) (*host, error) {
	h := a.newHost(ctx, q, d, ev.Received)
	h.full = true
	h.newborn[ev.ID] = true
	return h, h.deliver(ev)
}

func (d *directory) eventWhy(planned []*huifang.Followup, kept []*huifang.NotPlanned, again *host) []EventWhy {
	var out []EventWhy
	for _, p := range d.set.Programs() {
		w := EventWhy{Program: p.Code, Name: p.Name, Version: p.Version}
		for _, f := range planned {
			if f.Program == p.Code {
				w.Planned = append(w.Planned, f)
			}
		}
		for _, n := range append(slices.Clone(kept), again.out.notPlanned...) {
			d.addRefusal(p, &w, n)
		}
		looked := slices.ContainsFunc(again.out.enrollments, func(e *plan.Enrollment) bool { return e.Program == p.Code })
		if !looked && w.Reason == "" && len(w.Planned)+len(w.Refused) == 0 {
			w.Reason = "event_type"
		}
		w.Text = reasonText(w.Reason)
		out = append(out, w)
	}
	return out
}

// addRefusal adds one thing considered and not planned, unless the record says
// otherwise.
func (d *directory) addRefusal(p *plan.Program, w *EventWhy, n *huifang.NotPlanned) {
	if n.Program != p.Code {
		return
	}
	if n.Step == "" {
		if w.Reason == "" && len(w.Planned) == 0 {
			w.Reason = n.Reason
		}
		return
	}
	if slices.ContainsFunc(w.Planned, func(f *huifang.Followup) bool { return f.Step == n.Step }) ||
		slices.ContainsFunc(w.Refused, func(s StepWhy) bool { return s.Step == n.Step }) {
		return
	}
	step := StepWhy{Step: n.Step, Occurrence: n.Occurrence, Reason: n.Reason, Text: reasonText(n.Reason)}
	_, step.Name = d.ruleName(n.Program, n.Step)
	var x plan.Explanation
	if json.Unmarshal([]byte(n.Why), &x) == nil {
		step.Lines = d.explain(nil, &x)
	}
	w.Refused = append(w.Refused, step)
}
