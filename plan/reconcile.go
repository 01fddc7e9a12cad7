package plan

import (
	"slices"

	"github.com/huifang/huifang"
)

// reconcile compares what the facts ask of a step with its slots: it creates,
// moves and cancels, and never touches what is done.
func (d *derivation) reconcile(s *step, out *Output) {
	var few [16]bool
	matched := few[:]
	if n := len(d.e.State.Slots); n <= len(few) {
		matched = matched[:n]
	} else {
		matched = make([]bool, n)
	}
	end := d.stepEnd(s)
	for i := range d.wishes {
		w := &d.wishes[i]
		if w.reason != "" {
			if d.news {
				d.notPlanned(w, out, 1)
			}
			continue
		}
		if end != 0 && w.window.ClosesAt(d.loc).UnixMilli() > end {
			continue
		}
		at := d.find(s, w, matched)
		switch {
		case at >= 0:
			matched[at] = true
			d.keep(s, w, &d.e.State.Slots[at], out)
		case s.Once && d.has(s):
		default:
			if d.create(s, w, out) {
				matched = append(matched, true)
			}
		}
	}
	d.cancelUnwanted(s, matched, end, out)
}

func (d *derivation) has(s *step) bool {
	return slices.ContainsFunc(d.e.State.Slots, func(sl Slot) bool { return sl.Step == s.Code })
}

// find is the slot that a wish is about: the one from the same anchor, else,
// where the anchor is a value that can change, the one still planned from the
// old value. -1: none.
func (d *derivation) find(s *step, w *wish, matched []bool) int {
	movable := -1
	for i := range d.e.State.Slots {
		sl := &d.e.State.Slots[i]
		if sl.Step != s.Code || i >= len(matched) || matched[i] || d.settled(sl, w) {
			continue
		}
		if sl.Anchor == w.from.key && sl.Index == w.index {
			return i
		}
		if sl.open() && sl.Index == w.index && !s.endless && (s.Attribute != "" || len(s.Middle) > 0) {
			movable = i
		}
	}
	return movable
}

// settled tells that a slot is not to be moved: it was missed, or it is overdue
// while two subjects become one. It stays in its month; the wish is another.
func (d *derivation) settled(sl *Slot, w *wish) bool {
	return (sl.Missed || d.env.Folding && sl.open() && !sl.Fixed) && sl.Window() != w.window && !sl.Window().ClosesAt(d.loc).After(d.env.Now)
}

// keep brings an existing slot in line with the wish.
func (d *derivation) keep(s *step, w *wish, sl *Slot, out *Output) {
	restore := sl.State == huifang.StateCancelled
	moved := sl.open() && !sl.Fixed && sl.Window() != w.window
	sl.Anchor, sl.Cause = w.from.key, w.from.cause
	if !restore && !moved {
		return
	}
	reason := d.refuse(s, w)
	if restore && reason != "" {
		return
	}
	sl.Opens, sl.Closes, sl.Late = wireMoment(w.window.Opens), wireMoment(w.window.Closes), 0
	if reason != "" {
		d.cancel(s, sl, reason, out)
		return
	}
	sl.State, sl.Until, sl.Missed = huifang.StatePlanned, 0, false
	eff := d.effect(EffectReschedule, s, sl)
	d.staffing(s, w, &eff)
	out.Effects = append(out.Effects, eff)
}

// refuse says why a wanted window is not planned; empty: it is.
func (d *derivation) refuse(_ *step, w *wish) string {
	closes := w.window.ClosesAt(d.loc)
	switch {
	case d.env.Contact != nil && d.env.Contact.DoNotContact:
		return "do_not_contact"
	case closes.UnixMilli() <= w.from.cause:
		return "window_closed_before_event"
	case w.window.ClosesAt(d.loc).Before(w.window.OpensAt(d.loc)):
		return "window_empty"
	case d.env.History && !closes.After(d.env.Now):
		return "window_closed"
	case d.cooling(w.window.Opens.Date):
		return "cool_down"
	}
	return ""
}

func (d *derivation) cooling(opens huifang.Date) bool {
	c := d.p.CoolDown
	if !c.Set {
		return false
	}
	back := c
	back.N = -c.N
	m := huifang.Moment{Date: opens, Clock: huifang.NoClock}
	from, to := d.env.calendar().Add(m, back, d.loc).Date, d.env.calendar().Add(m, c, d.loc).Date
	for _, day := range d.env.Recent {
		if day > from && day < to {
			return true
		}
	}
	return false
}

// create plans a new slot, or notes why it is not planned. It reports whether
// a slot was kept.
func (d *derivation) create(s *step, w *wish, out *Output) bool {
	occurrence := d.lastOccurrence(s) + 1
	reason := d.refuse(s, w)
	if reason != "" {
		w.reason = reason
		d.notPlannedAt(w, occurrence, out)
	}
	sl := Slot{Step: s.Code, Occurrence: occurrence, Anchor: w.from.key, Cause: w.from.cause, Index: w.index, Opens: wireMoment(w.window.Opens), Closes: wireMoment(w.window.Closes)}
	if reason == "" {
		sl.State = huifang.StatePlanned
	}
	d.e.State.Slots = append(d.e.State.Slots, sl)
	if reason == "" {
		eff := d.effect(EffectCreate, s, &sl)
		eff.Form, eff.Script = s.formCode, s.script
		d.staffing(s, w, &eff)
		out.Effects = append(out.Effects, eff)
	}
	return true
}

func (d *derivation) lastOccurrence(s *step) int {
	last := 0
	for i := range d.e.State.Slots {
		if sl := &d.e.State.Slots[i]; sl.Step == s.Code {
			last = max(last, sl.Occurrence)
		}
	}
	if c := d.e.cursor(s.Code); c != nil {
		last = max(last, c.Last)
	}
	return last
}

// keptSlots is how many slots an enrollment keeps before it forgets the oldest
// finished ones of its endless series.
const keptSlots = 48

// prune forgets finished slots at the beginning of endless series; their
// follow-ups stay with the host, and the cursor sees to it that they are not
// planned again nor their numbers used.
func (d *derivation) prune() {
	for i := 0; i < len(d.e.State.Slots) && len(d.e.State.Slots) > keptSlots; {
		sl := &d.e.State.Slots[i]
		s := d.p.step(sl.Step)
		if s == nil || !s.endless || s.Event != nil || sl.open() {
			i++
			continue
		}
		c := d.e.cursor(s.Code)
		if c == nil {
			d.e.State.Cursors = append(d.e.State.Cursors, Cursor{Step: s.Code})
			c = d.e.cursor(s.Code)
		}
		c.Last = max(c.Last, sl.Occurrence)
		if sl.State != huifang.StateCancelled { // a cancelled one may be asked for again
			c.Floor = max(c.Floor, sl.Window().OpensAt(d.loc).UnixMilli()+1)
			if c.Anchor == sl.Anchor && sl.Index == c.Index+1 || c.Anchor != sl.Anchor && sl.Index == 1 {
				c.Anchor, c.Index = sl.Anchor, sl.Index
			}
		}
		d.e.State.Slots = slices.Delete(d.e.State.Slots, i, i+1)
	}
}

func (d *derivation) notPlanned(w *wish, out *Output, count int) {
	out.Effects = append(out.Effects, Effect{
		Kind: EffectNotPlanned, Step: w.step.Code, Reason: w.reason, Window: w.window, Count: count, Origin: d.o, Why: d.explain(w.step, w),
	})
}

// notPlannedAt notes a refused occurrence; those of one series in a row are
// noted together.
func (d *derivation) notPlannedAt(w *wish, occurrence int, out *Output) {
	if n := len(out.Effects); n > 0 && w.index > 1 {
		if last := &out.Effects[n-1]; last.Kind == EffectNotPlanned && last.Step == w.step.Code && last.Reason == w.reason {
			last.Count++
			return
		}
	}
	d.notPlanned(w, out, 1)
	out.Effects[len(out.Effects)-1].Occurrence = occurrence
}

// cancelUnwanted cancels planned slots that the facts no longer ask for.
func (d *derivation) cancelUnwanted(s *step, matched []bool, end int64, out *Output) {
	for i := range d.e.State.Slots {
		sl := &d.e.State.Slots[i]
		if sl.Step != s.Code || !sl.open() || i < len(matched) && matched[i] {
			continue
		}
		reason, since := "not_needed", d.unwanted(s)
		if end != 0 && sl.Window().ClosesAt(d.loc).UnixMilli() > end {
			reason, since = "ended", end
		}
		sl.Until = since
		d.cancel(s, sl, reason, out)
	}
}

// unwanted is since when a step does not ask for what it asked for before: the
// newest of the values its condition and its rhythm look at (Unix ms). 0: they
// look at none.
func (d *derivation) unwanted(s *step) (at int64) {
	for _, name := range s.when.names {
		at = max(at, d.registered(name))
	}
	if s.Repeat != nil && s.Repeat.Attribute != "" {
		at = max(at, d.registered(s.Repeat.Attribute))
	}
	return at
}

func (d *derivation) cancel(s *step, sl *Slot, reason string, out *Output) {
	sl.State = huifang.StateCancelled
	if d.env.Folding {
		sl.Cause, sl.Until = d.env.Now.UnixMilli(), d.env.Now.UnixMilli()
	}
	sl.Missed = d.missed(sl)
	eff := d.effect(EffectCancel, s, sl)
	eff.Reason, eff.Missed = reason, sl.Missed
	out.Effects = append(out.Effects, eff)
}

// missed tells that a slot's window had closed undone before the facts gave it
// up: whoever was to do it had forgotten it, and no later event undoes that.
func (d *derivation) missed(sl *Slot) bool {
	cut := d.e.cut(sl, d.p.Restart)
	return cut != 0 && sl.Window().ClosesAt(d.loc).UnixMilli() <= cut
}

// judge looks again at what is cancelled: a stop that arrives late may have
// come before the window closed, so that nothing was missed, and the other way
// round.
func (d *derivation) judge(out *Output) {
	for i := range d.e.State.Slots {
		sl := &d.e.State.Slots[i]
		s := d.p.step(sl.Step)
		if d.env.Folding && sl.Missed { // for good: the other's stops were not about it
			sl.Cause, sl.Until = d.env.Now.UnixMilli(), d.env.Now.UnixMilli()
		}
		if sl.State != huifang.StateCancelled || s == nil || sl.Missed == d.missed(sl) {
			continue
		}
		sl.Missed = !sl.Missed
		eff := d.effect(EffectCancel, s, sl)
		eff.Missed = sl.Missed
		out.Effects = append(out.Effects, eff)
	}
}

func (d *derivation) cancelAll(out *Output, reason string) {
	for i := range d.e.State.Slots {
		sl := &d.e.State.Slots[i]
		if s := d.p.step(sl.Step); sl.open() && s != nil {
			d.cancel(s, sl, reason, out)
		}
	}
}
