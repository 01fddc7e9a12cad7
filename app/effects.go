package app

import (
	"encoding/json"
	"slices"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
)

// changes is what a unit of work is to write.
type changes struct {
	contacts    []*huifang.Contact // new, or changed
	assets      []*huifang.Asset
	events      []*huifang.Event // that rules made
	enrollments []*plan.Enrollment
	made        []*huifang.Followup
	changed     []*huifang.Followup
	notPlanned  []*huifang.NotPlanned
	cases       []*huifang.Case
	alerts      []*huifang.Alert
	jobs        []*huifang.Job

	closed  int    // windows already closed at import
	ignored string // why an outcome changed nothing
}

// push adds p once.
func push[T any](list *[]*T, p *T) {
	if !slices.Contains(*list, p) {
		*list = append(*list, p)
	}
}

// replace puts p in the place of was, or adds it.
func replace[T any](list *[]*T, was, p *T) {
	if i := slices.Index(*list, was); i >= 0 {
		(*list)[i] = p
		return
	}
	*list = append(*list, p)
}

// Apply is part of plan.Host.
func (h *host) Apply(p *plan.Program, e *plan.Enrollment, in plan.Input, env *plan.Env, out *plan.Output) (follow []huifang.Event, err error) {
	if e.Fresh {
		if h.d.isOff(p.Code, e.Unit) {
			return nil, h.NotStarted(p, in.Event, "program_off")
		}
		e.Fresh = false
		e.ID = h.app.newID()
		h.remember(e)
	}
	push(&h.out.enrollments, e)
	for i := range out.Effects {
		eff := &out.Effects[i]
		if sl := e.Slot(eff.Step, eff.Occurrence); sl != nil { // created by an effect before
			eff.Followup = sl.Followup
		}
		switch eff.Kind {
		case plan.EffectSet, plan.EffectTag:
			ev, ok, err := h.describe(e, in, eff)
			if err != nil {
				return nil, err
			}
			if ok {
				follow = append(follow, ev)
			}
		default:
			if err := h.effect(p, e, eff); err != nil {
				return nil, err
			}
		}
	}
	return follow, nil
}

// effect carries out what concerns follow-ups and people.
func (h *host) effect(p *plan.Program, e *plan.Enrollment, eff *plan.Effect) error {
	switch eff.Kind {
	case plan.EffectCreate:
		return h.create(p, e, eff)
	case plan.EffectReschedule, plan.EffectCancel, plan.EffectDone, plan.EffectLate:
		return h.alter(p, e, eff)
	case plan.EffectNotPlanned:
		return h.refused(e, eff)
	case plan.EffectCase:
		return h.openCase(e, eff)
	case plan.EffectAlert:
		return h.alert(e, eff)
	case plan.EffectSend:
		return h.send(e, eff)
	case plan.EffectIgnored:
		h.out.ignored = eff.Reason
	case plan.EffectSet, plan.EffectTag: // see describe
	}
	return nil
}

// create plans a follow-up.
func (h *host) create(p *plan.Program, e *plan.Enrollment, eff *plan.Effect) error {
	why, err := json.Marshal(&eff.Why)
	if err != nil {
		return huifang.Wrap(err)
	}
	f := &huifang.Followup{
		Org: h.d.org.ID, ID: h.app.newID(), Program: e.Program, Version: p.Version, Enrollment: e.ID, Step: eff.Step, Occurrence: eff.Occurrence,
		Event: eff.Why.Event, Contact: e.Contact, Asset: e.Asset, Unit: e.Unit, Channels: eff.Channels, State: eff.State, Created: h.now,
	}
	if eff.Origin != nil {
		f.Department, f.Matter = eff.Origin.Department, eff.Origin.Matter
	}
	f.Form, f.Script = material(p, eff.Step)
	f.FormVer = h.d.forms[f.Form]
	h.schedule(f, eff)
	f.Why = string(why)
	h.out.made = append(h.out.made, f)
	h.keepFollowup(f)
	if sl := e.Slot(eff.Step, eff.Occurrence); sl != nil {
		sl.Followup = f.ID
	}
	return nil
}

// schedule sets the window and whoever answers for it.
func (h *host) schedule(f *huifang.Followup, eff *plan.Effect) {
	f.Window, f.OpensAt, f.ClosesAt = eff.Window, eff.OpensAt, eff.ClosesAt
	f.DueMonth = eff.Window.Closes.Date.Month()
	f.Late = false
	if eff.Assignees != nil {
		f.Assignees, f.Lead = eff.Assignees, lead(eff.Assignees)
	}
}

// material is the form and script of a step.
func material(p *plan.Program, step string) (form, script string) {
	st, _ := p.Step(step)
	if form = st.Form; form == "" {
		form = p.Form
	}
	if script = st.Script; script == "" {
		script = p.Script
	}
	return form, script
}

// lead is the first assignee who is a person.
func lead(as []huifang.Assignee) huifang.ID {
	for _, a := range as {
		if a.Staff != "" {
			return a.Staff
		}
	}
	return ""
}

func (h *host) keepFollowup(f *huifang.Followup) {
	if h.followups == nil {
		h.followups = map[huifang.ID]*huifang.Followup{}
	}
	h.followups[f.ID] = f
}

// followup is the follow-up of a slot; nil when it never had one.
func (h *host) followup(id huifang.ID) (*huifang.Followup, error) {
	if f := h.followups[id]; f != nil || id == "" {
		return f, nil
	}
	f, err := h.q.Followup(h.ctx, h.d.org.ID, id)
	if err != nil {
		return nil, err
	}
	h.keepFollowup(f)
	return f, nil
}

// alter changes a follow-up that exists; one refused at first and planned later
// is created now.
func (h *host) alter(p *plan.Program, e *plan.Enrollment, eff *plan.Effect) error {
	f, err := h.followup(eff.Followup)
	if err != nil {
		return err
	}
	if f == nil {
		return h.create(p, e, eff)
	}
	switch eff.Kind {
	case plan.EffectReschedule:
		why, err := json.Marshal(&eff.Why)
		if err != nil {
			return huifang.Wrap(err)
		}
		h.schedule(f, eff)
		f.Why, f.State, f.Reason = string(why), eff.State, ""
		if len(eff.Channels) > 0 {
			f.Channels = eff.Channels
		}
	case plan.EffectCancel:
		h.schedule(f, eff)
		f.State, f.Late = eff.State, eff.Missed
		if eff.Reason != "" { // else it is only judged anew whether it was missed
			f.Reason = eff.Reason
		}
		if h.cancelReason != "" {
			f.Reason = h.cancelReason
		}
	case plan.EffectDone:
		f.State = eff.State
		if eff.Reason != "" {
			f.Reason = eff.Reason
		}
	default:
		f.Late = true
	}
	if !slices.Contains(h.out.made, f) {
		push(&h.out.changed, f)
	}
	return nil
}

// refused keeps that a follow-up was considered and not planned. A condition
// that does not hold is the rule itself, see NotStarted.
func (h *host) refused(e *plan.Enrollment, eff *plan.Effect) error {
	if eff.Reason == "condition_false" && !h.full {
		return nil
	}
	if eff.Reason == "window_closed" {
		h.out.closed += max(eff.Count, 1)
	}
	why, err := json.Marshal(&eff.Why)
	if err != nil {
		return huifang.Wrap(err)
	}
	event := eff.Why.Event
	h.out.notPlanned = append(h.out.notPlanned, &huifang.NotPlanned{
		Org: h.d.org.ID, Program: e.Program, Enrollment: e.ID, Step: eff.Step, Occurrence: eff.Occurrence, Event: event,
		Contact: e.Contact, Asset: e.Asset, Unit: e.Unit, Reason: eff.Reason, Why: string(why), At: h.now,
	})
	return nil
}
