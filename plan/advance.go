package plan

import (
	"slices"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
)

// Env is everything outside an enrollment that Advance may look at. It is read
// only, but for Roster.Load, which counts what is assigned.
type Env struct {
	Now     time.Time // when the input is processed
	History bool      // law 6: imported history; closed windows are not planned
	Roster  *Roster
	Contact *huifang.Contact // the enrollment's, nil: unknown
	Asset   *huifang.Asset
	// Recent are the days on which the contact already has follow-ups, for
	// programs with a cool-down.
	Recent []huifang.Date
	// Folding: two subjects have just become one. What is cancelled for that
	// reason and is overdue now was missed, whatever the united facts say.
	Folding bool
}

func (env *Env) calendar() *calendar.Calendar { return env.Roster.Calendar }

// EffectKind is what an effect asks of the host.
type EffectKind string

// The kinds of effect.
const (
	EffectCreate     EffectKind = "create"      // a follow-up
	EffectReschedule EffectKind = "reschedule"  // its window moved; a cancelled one is planned again
	EffectCancel     EffectKind = "cancel"      // it is not needed any more
	EffectLate       EffectKind = "late"        // its window closed and it is not done
	EffectNotPlanned EffectKind = "not_planned" // considered, with the reason
	EffectDone       EffectKind = "done"        // an outcome was taken
	EffectIgnored    EffectKind = "ignored"     // an outcome that changes nothing, with the reason
	EffectCase       EffectKind = "case"        // open a case
	EffectAlert      EffectKind = "alert"       // tell people
	EffectSend       EffectKind = "send"        // send the step's message
	EffectSet        EffectKind = "set"         // set an attribute of the contact
	EffectTag        EffectKind = "tag"         // tag the contact
)

// Effect is one thing the host must do, in the order given.
type Effect struct {
	Kind       EffectKind
	Step       string
	Occurrence int
	Followup   huifang.ID // the host's id of the slot, where it has one
	Window     huifang.Window
	OpensAt    time.Time
	ClosesAt   time.Time
	Assignees  []huifang.Assignee
	Channels   []huifang.Channel
	Form       string
	Script     string
	Message    string
	State      huifang.State
	Missed     bool   // cancel: its window had closed undone before the rules gave it up
	Reason     string // stable code
	Count      int    // not planned: how many of a series
	Case       OpenCase
	Due        huifang.Date
	Name       string // attribute, tag
	Value      any
	Origin     *Origin
	Why        Explanation
}

// Output collects what Advance found. Reset and reused, it saves allocations.
type Output struct {
	Effects []Effect

	d    derivation // scratch
	view view
}

// Advance takes an enrollment through one input: it merges the input into the
// facts, derives from the facts alone what should be planned, and reports the
// difference to what is. It owns e while it runs. An input that was seen before
// changes nothing.
func (p *Program) Advance(e *Enrollment, in Input, env *Env, out *Output) {
	v := &out.view
	*v = view{contact: env.Contact, asset: env.Asset}
	if ev := in.Event; ev != nil && in.result() == "" {
		v.event, v.typ, v.department, v.staff, v.unit = ev.Attributes, ev.Type, ev.Department, string(ev.Staff), string(ev.Unit)
		v.about = ev.Attributes.String("matter")
		p.merge(e, ev, v)
	}
	o, ok := e.origin(p.Restart)
	if !ok {
		return
	}
	e.Contact, e.Asset, e.Unit = o.Contact, o.Asset, o.Unit
	*v = view{
		contact: env.Contact, asset: env.Asset, regs: e.State.Regs,
		typ: o.Type, department: o.Department, staff: string(o.Staff), unit: string(o.Unit), about: o.Matter,
	}
	d := &out.d
	*d = derivation{wishes: d.wishes[:0], p: p, e: e, o: o, env: env, loc: env.Roster.Location(o.Unit), view: v, news: in.Event != nil && in.result() == ""}
	if in.result() != "" {
		d.outcome(in, out)
	}
	if e.stopped(o) {
		d.cancelAll(out, "stopped")
		d.judge(out)
		d.finish(true)
		return
	}
	for i := range p.steps {
		s := &p.steps[i]
		d.wishes = d.wishes[:0]
		d.step(s)
		d.reconcile(s, out)
	}
	d.judge(out)
	d.late(out)
	d.finish(false)
}

// finish sets when to wake and whether anything can still happen.
func (d *derivation) finish(stopped bool) {
	e := d.e
	d.prune()
	e.Wake = time.Time{}
	if d.wake != 0 {
		e.Wake = time.UnixMilli(d.wake).UTC()
	}
	e.Active = true
	if d.p.Subject != SubjectEvent {
		return
	}
	if stopped { // an earlier stop, learnt of later, may say that nothing was missed
		e.Active = slices.ContainsFunc(e.State.Slots, func(sl Slot) bool { return sl.Missed })
		return
	}
	if d.p.immediate {
		e.Active = false
		for i := range e.State.Slots {
			e.Active = e.Active || e.State.Slots[i].open()
		}
	}
}

// late notes windows that closed undone, escalates, sends due messages, and
// wakes for the next of these.
func (d *derivation) late(out *Output) {
	for i := range d.e.State.Slots {
		sl := &d.e.State.Slots[i]
		s := d.p.step(sl.Step)
		if !sl.open() || s == nil {
			continue
		}
		w := sl.Window()
		if s.Message != "" && !sl.Sent {
			if at := w.OpensAt(d.loc); at.After(d.env.Now) {
				d.wakeAt(at)
			} else {
				sl.Sent = true
				out.Effects = append(out.Effects, d.effect(EffectSend, s, sl))
			}
		}
		closes := w.ClosesAt(d.loc)
		if closes.After(d.env.Now) {
			d.wakeAt(closes)
			continue
		}
		if sl.Late == 0 {
			sl.Late = 1
			out.Effects = append(out.Effects, d.effect(EffectLate, s, sl))
		}
		d.escalate(s, sl, out)
	}
}

func (d *derivation) escalate(s *step, sl *Slot, out *Output) {
	for sl.Late <= len(s.late) {
		rule := &s.late[sl.Late-1]
		after := d.env.calendar().Add(sl.Window().Closes, rule.After, d.loc)
		at := huifang.Window{Opens: after, Closes: after}.ClosesAt(d.loc)
		if at.After(d.env.Now) {
			d.wakeAt(at)
			return
		}
		sl.Late++
		eff := d.effect(EffectAlert, s, sl)
		eff.Reason = "late"
		eff.Assignees, _ = d.resolveAll(rule.Alert, huifang.DateOf(d.env.Now, d.loc))
		out.Effects = append(out.Effects, eff)
	}
}

func (d *derivation) effect(kind EffectKind, s *step, sl *Slot) Effect {
	w := sl.Window()
	return Effect{
		Kind: kind, Step: sl.Step, Occurrence: sl.Occurrence, Followup: sl.Followup, Window: w,
		OpensAt: w.OpensAt(d.loc), ClosesAt: w.ClosesAt(d.loc), State: sl.State, Message: s.Message, Origin: d.o,
	}
}

// Postpone moves a planned slot by hand; from then on the rules leave its
// window alone. ok is false when the slot is not planned.
func (p *Program) Postpone(e *Enrollment, step string, occurrence int, to huifang.Window, env *Env) bool {
	sl := e.Slot(step, occurrence)
	if sl == nil || !sl.open() {
		return false
	}
	sl.Opens, sl.Closes, sl.Fixed, sl.Late = wireMoment(to.Opens), wireMoment(to.Closes), true, 0
	var none Output
	p.Advance(e, Input{}, env, &none)
	return true
}
