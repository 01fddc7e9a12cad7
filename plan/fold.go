package plan

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/huifang/huifang"
)

// Renumbered is a follow-up that another enrollment takes over under a new
// occurrence.
type Renumbered struct {
	Followup   huifang.ID
	Step       string
	Occurrence int // the new one
}

// Rename puts one contact, or one asset, in the place of another wherever the
// enrollment names it: the two turned out to be the same.
func (e *Enrollment) Rename(from, to huifang.ID) {
	for _, id := range []*huifang.ID{&e.Key, &e.Contact, &e.Asset} {
		if *id == from {
			*id = to
		}
	}
	for i := range e.State.Starts {
		o := &e.State.Starts[i]
		for _, id := range []*huifang.ID{&o.Contact, &o.Asset} {
			if *id == from {
				*id = to
			}
		}
	}
}

// Fold gives e what another enrollment in the same program knows and planned,
// as their subjects turned out to be one: its facts are united with those of e,
// its slots follow under new occurrences, which are listed. What was done by
// either counts for both: a slot that ended after the united program began
// stands in for the one planned from there (ended tells when; zero: unknown).
// Nothing is planned or cancelled yet; see Runner.Recall. Other is used up.
func (p *Program) Fold(e, other *Enrollment, ended func(*Slot) time.Time, env *Env) []Renumbered {
	moved := e.takeSlots(other)
	e.takeFacts(other)
	slices.SortStableFunc(e.State.Slots, func(a, b Slot) int { return cmp.Compare(weight(&a), weight(&b)) })
	if o, ok := e.origin(p.Restart); ok {
		d := derivation{p: p, e: e, o: o, env: env, loc: env.Roster.Location(o.Unit)}
		d.standIn(ended)
	}
	return moved
}

// weight orders slots for reconcile, which takes the first that fits: what is
// done, what is planned, what is cancelled, what was refused.
func weight(s *Slot) int {
	switch {
	case s.State == "":
		return 3
	case s.State == huifang.StateCancelled:
		return 2
	case s.open():
		return 1
	}
	return 0
}

// takeSlots appends the slots and results of another enrollment under
// occurrences of their own.
func (e *Enrollment) takeSlots(other *Enrollment) (moved []Renumbered) {
	after := map[string]int{} // step → highest occurrence of e
	for i := range e.State.Slots {
		after[e.State.Slots[i].Step] = max(after[e.State.Slots[i].Step], e.State.Slots[i].Occurrence)
	}
	for _, c := range e.State.Cursors {
		after[c.Step] = max(after[c.Step], c.Last)
	}
	keys := map[int64]int64{}
	for _, r := range other.State.Results {
		was := resultKey(&r)
		r.Occurrence += after[r.Step]
		keys[was] = resultKey(&r)
		e.State.Results = append(e.State.Results, r)
	}
	for _, s := range other.State.Slots {
		s.Occurrence += after[s.Step]
		if key, ok := keys[s.Anchor]; ok {
			s.Anchor = key
		}
		if s.Followup != "" {
			moved = append(moved, Renumbered{s.Followup, s.Step, s.Occurrence})
		}
		e.State.Slots = append(e.State.Slots, s)
	}
	for _, c := range other.State.Cursors {
		c.Last += after[c.Step]
		e.takeCursor(c)
	}
	return moved
}

// takeCursor unites what was forgotten of one series: nothing that either had
// done with is planned again.
func (e *Enrollment) takeCursor(c Cursor) {
	mine := e.cursor(c.Step)
	if mine == nil {
		e.State.Cursors = append(e.State.Cursors, c)
		return
	}
	if c.Floor > mine.Floor {
		mine.Anchor, mine.Index, mine.Floor = c.Anchor, c.Index, c.Floor
	}
	mine.Last = max(mine.Last, c.Last)
}

// takeFacts unites starts, stops, marks and values.
func (e *Enrollment) takeFacts(other *Enrollment) {
	s, o := &e.State, &other.State
	s.Starts = union(s.Starts, o.Starts, func(a, b Origin) int { return compareMarks(a.Mark, b.Mark) })
	if n := len(s.Starts); n > maxStarts {
		s.Starts = slices.Delete(s.Starts, 1, n-maxStarts+1)
	}
	for _, m := range o.Stops {
		e.Stop(m)
	}
	for len(s.Marks) < len(o.Marks) {
		s.Marks = append(s.Marks, nil)
	}
	for i := range o.Marks {
		s.Marks[i] = union(s.Marks[i], o.Marks[i], compareMarks)
		s.Marks[i] = s.Marks[i][:min(len(s.Marks[i]), maxMarks)]
	}
	s.Regs = union(s.Regs, o.Regs, func(a, b Register) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), compareMarks(a.Mark, b.Mark))
	})
	for i := range o.Regs {
		forgetValues(e, o.Regs[i].Name)
	}
}

// union is two sorted sets as one.
func union[T any](a, b []T, compare func(T, T) int) []T {
	out := slices.Concat(a, b)
	slices.SortStableFunc(out, compare)
	return slices.CompactFunc(out, func(x, y T) bool { return compare(x, y) == 0 })
}

// standIn has what was done from a start that does not count any more stand for
// what is planned from the one that does, if it was done since: had there been
// one subject all along, the step would have been planned once and done.
func (d *derivation) standIn(ended func(*Slot) time.Time) {
	for i := range d.e.State.Slots {
		sl := &d.e.State.Slots[i]
		s := d.p.step(sl.Step)
		if s == nil || weight(sl) > 0 || !s.fromStart() || sl.Anchor == d.o.At || !d.e.startedAt(sl.Anchor) {
			continue
		}
		if at := ended(sl); at.IsZero() || at.UnixMilli() < d.o.At {
			continue
		}
		if index, ok := d.place(s, sl); ok {
			sl.Anchor, sl.Index = d.o.At, index
		}
	}
}

// fromStart tells a step whose windows count from the start, or from an event
// that is counted since.
func (s *step) fromStart() bool {
	return s.Event == nil && s.Idle == nil && s.After == nil && s.Attribute == "" && len(s.Middle) == 0 && (s.Repeat == nil || len(s.Repeat.Table) == 0)
}

func (e *Enrollment) startedAt(ms int64) bool {
	return slices.ContainsFunc(e.State.Starts, func(o Origin) bool { return o.At == ms })
}

// place is where in the step's series from the origin a slot belongs: at the
// first window that overlaps its own.
func (d *derivation) place(s *step, sl *Slot) (index int, ok bool) {
	if s.Repeat == nil {
		return sl.Index, true
	}
	seg := segment{from: d.start(), every: s.Repeat.Every}
	opens, closes := sl.Window().OpensAt(d.loc), sl.Window().ClosesAt(d.loc)
	times := s.times(s.Repeat.Times)
	for i := 1; i < maxSeries && (times == 0 || i <= times); i++ {
		w := d.nthWindow(s, &seg, i)
		if !w.OpensAt(d.loc).Before(closes) {
			return 0, false
		}
		if w.ClosesAt(d.loc).After(opens) {
			return i, true
		}
	}
	return 0, false
}

// Recall has an enrollment look at the whole history of its subject again: at
// what is kept of it besides, which until now was another's. What follows is
// carried out at once; what is cancelled because of it and was overdue stays
// missed, as env.Folding says.
func (r *Runner) Recall(e *Enrollment, env *Env) error {
	p := r.Set.Program(e.Program, e.Unit, env.Roster)
	if p == nil {
		return huifang.Fail(huifang.CodeNotFound, "program.unknown", huifang.Textf("没有回访方案“%s”", "there is no program %q", e.Program))
	}
	if err := r.Host.Prepare(p, e, env); err != nil {
		return err
	}
	if err := r.relearn(p, e, env); err != nil {
		return err
	}
	r.out.Effects = r.out.Effects[:0]
	p.Advance(e, Input{}, env, &r.out)
	_, err := r.Host.Apply(p, e, Input{}, env, &r.out)
	return err
}

// relearn merges what happened since the first start into the facts.
func (r *Runner) relearn(p *Program, e *Enrollment, env *Env) error {
	types := p.later()
	if len(types) == 0 || len(e.State.Starts) == 0 {
		return nil
	}
	o := &e.State.Starts[0]
	past, err := r.Host.Past(&huifang.Event{ID: o.ID, At: time.UnixMilli(o.At).UTC(), Contact: e.Contact, Asset: e.Asset}, types)
	if err != nil {
		return err
	}
	for i := range past {
		ev := &past[i]
		if !concerns(e, ev) {
			continue
		}
		v := view{contact: env.Contact, asset: env.Asset}
		v.event, v.typ, v.department, v.staff, v.unit = ev.Attributes, ev.Type, ev.Department, string(ev.Staff), string(ev.Unit)
		v.about = ev.Attributes.String("matter")
		p.merge(e, ev, &v)
	}
	return nil
}
