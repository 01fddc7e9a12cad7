package plan

import (
	"slices"

	"github.com/huifang/huifang"
)

// Input is one thing that happens to an enrollment: an event, an outcome of
// one of its follow-ups (an event of a followup.… type with Step and
// Occurrence), or, without Event, a tick.
type Input struct {
	Event      *huifang.Event
	Program    string // outcomes: whose follow-up
	Step       string
	Occurrence int
	Answers    huifang.Attributes
	Reason     string
}

// result is the outcome an input reports: completed, unreachable, waived or "".
func (in *Input) result() huifang.State {
	if in.Event == nil {
		return ""
	}
	switch in.Event.Type {
	case huifang.EventFollowupCompleted:
		return huifang.StateCompleted
	case huifang.EventFollowupUnreachable:
		return huifang.StateUnreachable
	case huifang.EventFollowupWaived:
		return huifang.StateWaived
	}
	return ""
}

// maxMarks bounds the times kept of one counted type of event.
const maxMarks = 4096

// merge adds what an event says to the enrollment's facts. Every rule here
// commutes and repeats without effect (law 1): sets ordered by time, newest
// value wins, latest stop wins.
func (p *Program) merge(e *Enrollment, ev *huifang.Event, v *view) {
	m := Mark{At: ev.At.UnixMilli(), ID: ev.ID}
	updates := ev.Type == huifang.EventContactChanged || ev.Type == huifang.EventAssetChanged || matches(p.update, ev, v)
	if p.starts(e, ev, v) {
		p.mergeStart(e, ev, m)
		updates = true
	}
	if len(e.State.Starts) == 0 {
		return
	}
	for i := range p.stop {
		if p.stop[i].On == ev.Type && m.At >= e.State.Starts[0].At && e.Key != ev.ID && holds(&p.stop[i].cond, v) {
			if e.State.Stop == nil || e.State.Stop.before(m) {
				e.State.Stop = &m
			}
		}
	}
	p.mergeMarks(e, ev, m, v)
	if updates {
		p.mergeRegisters(e, ev, m)
	}
}

func holds(c *condition, v *view) bool { ok, err := c.holds(v); return ok && err == nil }

// starts tells whether the event is a start of this enrollment.
func (p *Program) starts(e *Enrollment, ev *huifang.Event, v *view) bool {
	if p.Subject == SubjectEvent && e.Key != ev.ID {
		return false
	}
	return matches(p.start, ev, v)
}

func matches(sel []selector, ev *huifang.Event, v *view) bool {
	for i := range sel {
		if sel[i].On == ev.Type && holds(&sel[i].cond, v) {
			return true
		}
	}
	return false
}

func (p *Program) mergeStart(e *Enrollment, ev *huifang.Event, m Mark) {
	o := Origin{Mark: m, Type: ev.Type, Unit: ev.Unit, Staff: ev.Staff, Department: ev.Department, Matter: ev.Attributes.String("matter"), Contact: ev.Contact, Asset: ev.Asset}
	starts := e.State.Starts
	if p.Restart { // only the latest counts
		switch {
		case len(starts) == 0:
			e.State.Starts = append(starts, o)
		case starts[0].before(m):
			starts[0] = o
		}
		return
	}
	i, found := slices.BinarySearchFunc(starts, o, func(a, b Origin) int { return compareMarks(a.Mark, b.Mark) })
	if !found && len(starts) < maxMarks {
		e.State.Starts = slices.Insert(starts, i, o)
	}
}

func compareMarks(a, b Mark) int {
	switch {
	case a.before(b):
		return -1
	case b.before(a):
		return 1
	}
	return 0
}

func (p *Program) mergeMarks(e *Enrollment, ev *huifang.Event, m Mark, v *view) {
	for i := range p.selectors {
		s := &p.selectors[i]
		if s.On != ev.Type || !holds(&s.cond, v) {
			continue
		}
		if e.State.Marks == nil {
			e.State.Marks = make([][]Mark, len(p.selectors))
		}
		marks := e.State.Marks[i]
		if p.onlyLast(i) {
			if len(marks) == 0 {
				e.State.Marks[i] = append(marks, m)
			} else if marks[0].before(m) {
				marks[0] = m
			}
			continue
		}
		at, found := slices.BinarySearchFunc(marks, m, compareMarks)
		if !found && len(marks) < maxMarks {
			e.State.Marks[i] = slices.Insert(marks, at, m)
		}
	}
}

// onlyLast tells whether nothing counts the selector's events: idle steps need
// the last time only.
func (p *Program) onlyLast(selector int) bool {
	for i := range p.steps {
		if p.steps[i].selector == selector && p.steps[i].Idle == nil {
			return false
		}
	}
	return true
}

func (p *Program) mergeRegisters(e *Enrollment, ev *huifang.Event, m Mark) {
	for _, name := range p.names {
		val, ok := ev.Attributes[name]
		if !ok {
			continue
		}
		i := slices.IndexFunc(e.State.Regs, func(r Register) bool { return r.Name == name })
		switch {
		case i < 0:
			if e.State.Regs == nil {
				e.State.Regs = make([]Register, 0, len(p.names))
			}
			e.State.Regs = append(e.State.Regs, Register{Name: name, Value: val, Mark: m})
		case e.State.Regs[i].before(m):
			if e.State.Regs[i].Value == val { // the same value again is no change
				continue
			}
			e.State.Regs[i] = Register{Name: name, Value: val, Mark: m}
		}
	}
}
