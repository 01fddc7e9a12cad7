package plan

import (
	"slices"
	"strings"

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

// What is kept at most: times of one counted type of event, starts of one
// subject, values of one attribute. Beyond these the oldest are forgotten.
const (
	maxMarks  = 4096
	maxStarts = 64
	maxValues = 64
)

// merge adds what an event says to the enrollment's facts. Every rule here
// commutes and repeats without effect (law 1): sets ordered by time, newest
// value wins.
func (p *Program) merge(e *Enrollment, ev *huifang.Event, v *view) {
	m := Mark{At: ev.At.UnixMilli(), ID: ev.ID}
	updates := isChange(ev.Type) || matches(p.update, ev, v)
	if p.starts(e, ev, v) {
		p.mergeStart(e, ev, m)
		updates = true
	}
	if len(e.State.Starts) == 0 {
		return
	}
	for i := range p.stop {
		if p.stop[i].On == ev.Type && e.Key != ev.ID && holds(&p.stop[i].cond, v) {
			e.Stop(m)
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
	i, found := slices.BinarySearchFunc(starts, o, func(a, b Origin) int { return compareMarks(a.Mark, b.Mark) })
	if found {
		return
	}
	e.State.Starts = slices.Insert(starts, i, o)
	if n := len(e.State.Starts); n > maxStarts { // the first and the newest matter
		e.State.Starts = slices.Delete(e.State.Starts, 1, n-maxStarts+1)
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
		at, found := slices.BinarySearchFunc(marks, m, compareMarks)
		if !found && len(marks) < maxMarks {
			e.State.Marks[i] = slices.Insert(marks, at, m)
		}
	}
}

func (p *Program) mergeRegisters(e *Enrollment, ev *huifang.Event, m Mark) {
	for _, name := range p.names {
		val, ok := ev.Attributes[name]
		if !ok {
			continue
		}
		if e.State.Regs == nil {
			e.State.Regs = make([]Register, 0, len(p.names))
		}
		r := Register{Name: name, Value: val, Mark: m}
		at, found := slices.BinarySearchFunc(e.State.Regs, r, func(a, b Register) int {
			if c := strings.Compare(a.Name, b.Name); c != 0 {
				return c
			}
			return compareMarks(a.Mark, b.Mark)
		})
		if !found {
			e.State.Regs = slices.Insert(e.State.Regs, at, r)
			forgetValues(e, name)
		}
	}
}

// forgetValues drops the oldest values of an attribute that changed too often.
func forgetValues(e *Enrollment, name string) {
	first := slices.IndexFunc(e.State.Regs, func(r Register) bool { return r.Name == name })
	n := 0
	for i := first; i < len(e.State.Regs) && e.State.Regs[i].Name == name; i++ {
		n++
	}
	if n > maxValues {
		e.State.Regs = slices.Delete(e.State.Regs, first, first+n-maxValues)
	}
}
