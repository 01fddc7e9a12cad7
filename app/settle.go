package app

import (
	"context"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/store"
)

// outcome is how a follow-up ended.
type outcome struct {
	State   huifang.State // completed, unreachable or waived
	At      time.Time
	Staff   huifang.ID
	Answers huifang.Attributes
	Reason  string
}

// event is the type of event an outcome becomes.
func (o *outcome) event() string {
	switch o.State {
	case huifang.StateUnreachable:
		return huifang.EventFollowupUnreachable
	case huifang.StateWaived:
		return huifang.EventFollowupWaived
	default:
		return huifang.EventFollowupCompleted
	}
}

// settled is what followed from an outcome.
type settled struct {
	Cases   []*huifang.Case     // opened
	Planned []*huifang.Followup // created
}

// settle takes the end of a follow-up through the engine in the caller's
// transaction: it appends the outcome event, sets f.State (and f.Case to the
// first case opened), saves f, and carries out what follows: cases, alerts,
// next follow-ups. The caller has loaded f in tx, authorised, and set every
// other field of f (DoneAt, DoneBy, Score, Satisfied, Reason …) before.
// A follow-up that ended before is a CodeConflict with reason
// followup.already_done and changes nothing.
func (a *App) settle(ctx context.Context, tx *store.Tx, d *directory, f *huifang.Followup, o outcome) (settled, error) {
	h := a.hostIn(ctx, tx, d, a.now())
	h.keepFollowup(f)
	ev := &huifang.Event{
		Org: f.Org, ID: a.newID(), Source: "followup", Type: o.event(), At: o.At, Contact: f.Contact, Asset: f.Asset, Unit: f.Unit, Staff: o.Staff,
		Department: f.Department, Attributes: o.Answers, Followup: f.ID, Received: h.now,
	}
	ev.Key = string(ev.ID)
	if _, err := tx.InsertEvents(ctx, ev); err != nil {
		return settled{}, err
	}
	e, err := h.enrolled(f)
	if err != nil {
		return settled{}, err
	}
	in := plan.Input{Event: ev, Program: f.Program, Step: f.Step, Occurrence: f.Occurrence, Answers: o.Answers, Reason: o.Reason}
	if err := h.run.Outcome(e, in, &h.env); err != nil {
		return settled{}, err
	}
	if h.out.ignored != "" {
		return settled{}, huifang.Fail(huifang.CodeConflict, "followup.already_done", huifang.Textf(
			"回访 %s 已经结束，不能再次登记结果", "follow-up %s has ended already; its outcome cannot be entered again", f.Number))
	}
	if err := h.flush(tx); err != nil {
		return settled{}, err
	}
	return settled{Cases: h.out.cases, Planned: h.out.made}, nil
}

// enrolled is the enrollment a follow-up belongs to.
func (h *host) enrolled(f *huifang.Followup) (*plan.Enrollment, error) {
	row, err := h.q.Enrollment(h.ctx, f.Org, f.Enrollment)
	if err != nil {
		return nil, err
	}
	return h.keep(row)
}

// replan lets the engine look at an enrollment again after a person moved one
// of its follow-ups by hand: the engine leaves that window alone from then on
// and escalates by it. f.Window is the new window; f.OpensAt, ClosesAt and
// DueMonth are set from it, Late is cleared, and f is saved.
func (a *App) replan(ctx context.Context, tx *store.Tx, d *directory, f *huifang.Followup) error {
	h := a.hostIn(ctx, tx, d, a.now())
	h.keepFollowup(f)
	e, err := h.enrolled(f)
	if err != nil {
		return err
	}
	p := d.set.Program(e.Program, e.Unit, d.roster)
	if p == nil {
		return unknownProgram(e.Program)
	}
	if err := h.Prepare(p, e, &h.env); err != nil {
		return err
	}
	if !p.Postpone(e, f.Step, f.Occurrence, f.Window, &h.env) {
		return huifang.Fail(huifang.CodeConflict, "followup.already_done", huifang.Textf(
			"回访 %s 已经结束，不能改期", "follow-up %s has ended already; its window cannot be moved", f.Number))
	}
	h.fixed(f)
	push(&h.out.enrollments, e)
	push(&h.out.changed, f)
	return h.flush(tx)
}

func unknownProgram(code string) error {
	return huifang.Fail(huifang.CodeNotFound, "program.unknown", huifang.Textf("没有回访方案“%s”", "there is no program %q", code))
}

// deliver appends an event that a use case makes itself (case.resolved,
// contact.changed …) in the caller's transaction and takes it to every program
// that looks at its type, with all that follows. ev.ID, Org and Received are
// set; an empty Key becomes the ID, an empty Source "app". For contact.changed
// and asset.changed the caller has saved the contact or asset already.
func (a *App) deliver(ctx context.Context, tx *store.Tx, d *directory, ev *huifang.Event) error {
	h := a.hostIn(ctx, tx, d, a.now())
	ev.Org, ev.ID, ev.Received = d.org.ID, a.newID(), h.now
	if ev.Key == "" {
		ev.Key = string(ev.ID)
	}
	if ev.Source == "" {
		ev.Source = "app"
	}
	known, err := tx.InsertEvents(ctx, ev)
	if err != nil || known[0] {
		return err
	}
	h.newborn[ev.ID] = true
	if err := h.gate(ev.Contact, ev.Asset); err != nil {
		return err
	}
	if err := h.deliver(ev); err != nil {
		return err
	}
	return h.flush(tx)
}

// deliver takes an event to every program that looks at its type.
func (h *host) deliver(ev *huifang.Event) (err error) {
	if h.env.Contact, err = h.contact(ev.Contact); err != nil {
		return err
	}
	if h.env.Asset, err = h.asset(ev.Asset); err != nil {
		return err
	}
	return h.run.Deliver(ev, &h.env)
}

// reopen takes back the end of a follow-up that a reviewer sends back: it is
// planned again with f.Window, what was counted from its end is taken back, and
// f is saved. The caller has cleared what else its end had set.
func (a *App) reopen(ctx context.Context, tx *store.Tx, d *directory, f *huifang.Followup) error {
	h := a.hostIn(ctx, tx, d, a.now())
	h.keepFollowup(f)
	e, err := h.enrolled(f)
	if err != nil {
		return err
	}
	p := d.set.Program(e.Program, e.Unit, d.roster)
	if p == nil {
		return unknownProgram(e.Program)
	}
	if err := h.Prepare(p, e, &h.env); err != nil {
		return err
	}
	var out plan.Output
	if !p.Reopen(e, f.Step, f.Occurrence, f.Window, &h.env, &out) {
		return huifang.Fail(huifang.CodeConflict, "followup.not_done", huifang.Textf(
			"回访 %s 尚未结束", "follow-up %s has not ended", f.Number))
	}
	h.fixed(f)
	f.State, f.Reason = huifang.StatePlanned, ""
	if _, err := h.Apply(p, e, plan.Input{}, &h.env, &out); err != nil {
		return err
	}
	push(&h.out.changed, f)
	return h.flush(tx)
}

// fixed sets what follows from a window set by hand.
func (h *host) fixed(f *huifang.Followup) {
	loc := h.d.zoneOf(f.Unit)
	f.OpensAt, f.ClosesAt, f.DueMonth, f.Late = f.Window.OpensAt(loc), f.Window.ClosesAt(loc), f.Window.Closes.Date.Month(), false
}
