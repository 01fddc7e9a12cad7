package plan

import (
	"reflect"
	"slices"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
)

// wish is a slot the facts ask for.
type wish struct {
	step   *step
	from   anchored
	index  int
	window huifang.Window
	reason string // why it is not planned, empty: plan it
}

// derivation works out, from the facts alone, what an enrollment should have
// planned by now and when something changes next.
type derivation struct {
	p      *Program
	e      *Enrollment
	o      *Origin
	env    *Env
	loc    *time.Location
	view   *view
	wishes []wish
	wake   int64 // Unix ms, 0: never
	news   bool  // the input is an event, so refusals are worth noting

	find1 resolving // scratch
	one1  [1]huifang.ID
}

func (d *derivation) wakeAt(t time.Time) {
	if ms := t.UnixMilli(); d.wake == 0 || ms < d.wake {
		d.wake = ms
	}
}

func (d *derivation) add(w wish) { d.wishes = append(d.wishes, w) }

// step derives one step.
func (d *derivation) step(s *step) {
	if s.when.prog != nil {
		ok, err := s.when.holds(d.view)
		if err != nil {
			d.add(wish{step: s, from: d.start(), reason: "condition_error"})
			return
		}
		if !ok {
			d.add(wish{step: s, from: d.start(), reason: "condition_false"})
			return
		}
	}
	switch {
	case s.Event != nil:
		d.everyEvent(s)
	case s.Idle != nil:
		d.idle(s)
	case s.After != nil:
		d.after(s)
	default:
		from, reason := d.anchor(s)
		switch {
		case reason == "" && s.Repeat != nil:
			d.series(s, from)
		case reason == "waiting":
		case reason != "":
			d.add(wish{step: s, from: d.start(), reason: reason})
		default:
			d.single(s, from)
		}
	}
}

func (d *derivation) start() anchored {
	return anchored{moment: instantMoment(d.o.At, d.loc), cause: d.o.At, key: d.o.At, event: d.o.ID}
}

// anchor is the point a step counts from; reason says why there is none yet.
func (d *derivation) anchor(s *step) (from anchored, reason string) {
	switch {
	case s.Attribute != "":
		return d.attribute(s)
	case len(s.Middle) == 2:
		return d.middle(s)
	case s.Count != nil:
		return d.nth(s, s.Count.N)
	case s.Remaining != nil:
		total, ok := number(d.view.attribute(s.Remaining.Total))
		if !ok {
			return from, "attribute_missing"
		}
		n := int(total) - s.Remaining.AtMost
		if n <= 0 {
			return d.start(), ""
		}
		return d.nth(s, n)
	}
	return d.start(), ""
}

// nth is the n-th marked event since the origin.
func (d *derivation) nth(s *step, n int) (anchored, string) {
	for _, m := range d.marks(s) {
		if m.At < d.o.At {
			continue
		}
		if n--; n == 0 {
			return anchored{moment: instantMoment(m.At, d.loc), cause: m.At, key: d.o.At, event: m.ID}, ""
		}
	}
	return anchored{}, "waiting"
}

func (d *derivation) marks(s *step) []Mark {
	if s.selector >= 0 && s.selector < len(d.e.State.Marks) {
		return d.e.State.Marks[s.selector]
	}
	return nil
}

// registered is since when an attribute has its value, at the earliest the
// origin.
func (d *derivation) registered(name string) int64 {
	at := d.o.At
	regs := d.e.State.Regs
	for i := len(regs) - 1; i >= 0; i-- {
		if regs[i].Name != name {
			continue
		}
		at = regs[i].At
		for ; i > 0 && regs[i-1].Name == name && reflect.DeepEqual(regs[i-1].Value, regs[i].Value); i-- {
			at = regs[i-1].At
		}
		break
	}
	return max(at, d.o.At)
}

func (d *derivation) attribute(s *step) (anchored, string) {
	v := d.view.attribute(s.Attribute)
	if m, ok := dateValue(v, d.loc); ok {
		return anchored{moment: m, cause: d.registered(s.Attribute), key: keyOf(m), event: d.o.ID}, ""
	}
	if v != nil && v != "" {
		return anchored{}, "attribute_invalid"
	}
	if s.Otherwise != nil {
		from := d.start()
		from.key = -1
		return from, ""
	}
	return anchored{}, "attribute_missing"
}

// middle is first + ⌊days between ÷ 2⌋ (回访工作管理办法 3.22.4 leaves “the middle of the contract” to us).
func (d *derivation) middle(s *step) (anchored, string) {
	a, okA := dateValue(d.view.attribute(s.Middle[0]), d.loc)
	b, okB := dateValue(d.view.attribute(s.Middle[1]), d.loc)
	if !okA || !okB {
		return anchored{}, "attribute_missing"
	}
	if b.Date < a.Date {
		return anchored{}, "attribute_invalid"
	}
	m := huifang.Moment{Date: a.Date + (b.Date-a.Date)/2, Clock: huifang.NoClock}
	return anchored{moment: m, cause: max(d.registered(s.Middle[0]), d.registered(s.Middle[1])), key: keyOf(m), event: d.o.ID}, ""
}

func (d *derivation) single(s *step, from anchored) {
	opens, closes := s.Opens, s.Closes
	if s.Otherwise != nil && from.key == -1 {
		opens, closes = s.Otherwise.Opens, s.Otherwise.Closes
	}
	d.add(wish{step: s, from: from, window: s.window(from.moment, opens, closes, d.env, d.loc)})
}

// everyEvent plans one follow-up for each marked event since the origin.
func (d *derivation) everyEvent(s *step) {
	for _, m := range d.marks(s) {
		if m.At >= d.o.At {
			from := anchored{moment: instantMoment(m.At, d.loc), cause: m.At, key: m.At, event: m.ID}
			d.single(s, from)
		}
	}
}

// after plans one follow-up for each outcome the step counts from.
func (d *derivation) after(s *step) {
	for i := range d.e.State.Results {
		r := &d.e.State.Results[i]
		if r.For != s.Code || !r.Ok {
			continue
		}
		from := anchored{moment: instantMoment(r.At, d.loc), cause: r.At, key: resultKey(r), event: r.ID}
		if s.After.Answer != "" {
			m, ok := dateValue(r.Answer, d.loc)
			if !ok {
				d.add(wish{step: s, from: from, reason: "answer_missing"})
				continue
			}
			from.moment = m
		}
		d.single(s, from)
	}
}

// resultKey identifies an outcome by the follow-up it is of, not by its time.
func resultKey(r *Result) int64 {
	h := int64(1469598103934665603)
	for i := range len(r.Step) {
		h = (h ^ int64(r.Step[i])) * 1099511628211
	}
	return h ^ int64(r.Occurrence)
}

// maxSeries bounds how much of a series one input may plan.
const maxSeries = 4000

// segment is a stretch of a series that counts from one anchor: until
// something anchors it anew.
type segment struct {
	from  anchored
	until int64 // Unix ms, 0: still going
	every calendar.Offset
}

// series plans the occurrences of a repeating step that are due to be planned.
func (d *derivation) series(s *step, from anchored) {
	r := s.Repeat
	if len(r.Table) == 0 {
		d.walk(s, segment{from: from, every: r.Every}, r.Times)
		return
	}
	segments := d.segments(s, from)
	for _, seg := range segments {
		d.walk(s, seg, r.Times)
	}
	if n := len(segments); n == 0 || segments[n-1].until != 0 {
		reason := "by_hand"
		if _, ok := number(d.view.attribute(r.Attribute)); !ok {
			reason = "attribute_missing"
		}
		d.add(wish{step: s, from: d.start(), reason: reason})
	}
}

// segments cuts a table series at every change of its attribute, and leaves
// out the stretches the table says nothing of.
func (d *derivation) segments(s *step, from anchored) []segment {
	var out []segment
	var was any
	had := false
	cut := func(at int64, v any) {
		if had && reflect.DeepEqual(was, v) {
			return
		}
		was, had = v, true
		if n := len(out); n > 0 && out[n-1].until == 0 {
			out[n-1].until = at
		}
		n, ok := number(v)
		i := slices.IndexFunc(s.Repeat.Table, func(b Bucket) bool { return n <= b.UpTo })
		if !ok || i < 0 || n < 0 {
			return
		}
		seg := segment{from: from, every: s.Repeat.Table[i].Every}
		if at > from.cause {
			seg.from = anchored{moment: instantMoment(at, d.loc), cause: at, key: at, event: d.o.ID}
		}
		out = append(out, seg)
	}
	before := d.view.unregistered(s.Repeat.Attribute)
	for i := range d.e.State.Regs {
		r := &d.e.State.Regs[i]
		if r.Name != s.Repeat.Attribute {
			continue
		}
		if r.At <= d.o.At {
			before = r.Value
			continue
		}
		if !had {
			cut(d.o.At, before)
		}
		cut(r.At, r.Value)
	}
	if !had {
		cut(d.o.At, before)
	}
	return out
}

// occurrence is the moment the i-th window (from 1) of a series counts from.
func (d *derivation) occurrence(s *step, from anchored, every calendar.Offset, i int) huifang.Moment {
	m := from.moment
	switch r := s.Repeat; {
	case len(r.Days) > 0:
		m.Date += huifang.Date(r.Days[i-1]) //nolint:gosec // checked small
	case r.Weekday != "":
		ahead := (int(s.weekday) - int(m.Date.Weekday()) + 6) % 7 // 0: tomorrow is that day
		m.Date += huifang.Date(ahead + 1 + 7*(i-1))               //nolint:gosec // bounded by maxSeries
	default:
		m = d.env.calendar().Add(m, calendar.Offset{N: every.N * i, Span: every.Span, Set: true}, d.loc)
	}
	return m
}

// idle plans the days on which nothing has happened for so long, each once it
// has come: in every gap between two events, and since the last.
func (d *derivation) idle(s *step) {
	first := d.e.first()
	seg := segment{from: anchored{moment: instantMoment(first.At, d.loc), cause: first.At, key: first.At, event: first.ID}}
	times := 0
	if !s.Idle.Again.Set {
		times = 1
	}
	for _, m := range d.marks(s) {
		if m.At <= seg.from.cause {
			continue
		}
		seg.until = m.At
		d.walk(s, seg, times)
		seg = segment{from: anchored{moment: instantMoment(m.At, d.loc), cause: m.At, key: m.At, event: m.ID}}
	}
	d.walk(s, seg, times)
}

// nthMoment is the moment the i-th window (from 1) of a stretch counts from.
func (d *derivation) nthMoment(s *step, seg *segment, i int) huifang.Moment {
	if s.Idle == nil {
		return d.occurrence(s, seg.from, seg.every, i)
	}
	cal := d.env.calendar()
	again := s.Idle.Again
	again.N *= i - 1
	return cal.Add(cal.Add(seg.from.moment, s.Idle.For, d.loc), again, d.loc)
}

// nthWindow is the i-th window (from 1) of a stretch. Months from one
// occurrence to the next and months the window is away are counted together
// from the anchor, so that no short month in between clamps the day: the ninth
// month after 31 January opens on 31 October.
func (d *derivation) nthWindow(s *step, seg *segment, i int) huifang.Window {
	opens, closes := s.Opens, s.Closes
	months := seg.every.Span == calendar.Months && opens.Span == calendar.Months && (!closes.Set || closes.Span == calendar.Months)
	if !months {
		return s.window(d.nthMoment(s, seg, i), opens, closes, d.env, d.loc)
	}
	opens.N += seg.every.N * i
	closes.N += seg.every.N * i
	return s.window(seg.from.moment, opens, closes, d.env, d.loc)
}

// walk adds the occurrences of a stretch from 1 on: all of a bounded series,
// else those whose window opens by now (or Ahead of it) and before the stretch
// ends, and sets the wake for the next.
func (d *derivation) walk(s *step, seg segment, times int) {
	first := 1
	c := d.e.cursor(s.Code)
	if c != nil && c.Anchor == seg.from.key {
		first = c.Index + 1
	}
	times = s.times(times)
	end := d.stepEnd(s)
	for i := first; i < first+maxSeries; i++ {
		if times > 0 && i > times {
			return
		}
		w := d.nthWindow(s, &seg, i)
		opens := w.OpensAt(d.loc)
		ms := opens.UnixMilli()
		if seg.over(ms) || s.endless && end != 0 && ms > end {
			return
		}
		if c != nil && ms < c.Floor {
			continue
		}
		if due := d.due(s, w, opens); s.endless && due.After(d.env.Now) {
			d.wakeAt(due)
			return
		}
		d.add(wish{step: s, from: seg.from, index: i, window: w})
	}
	d.wakeAt(d.env.Now) // there is more to plan than one input may: go on at once
}

// over tells whether the stretch has ended before an instant.
func (seg *segment) over(ms int64) bool { return seg.until != 0 && ms > seg.until }

// times is how often a series repeats: as often as it has days, else as asked.
func (s *step) times(asked int) int {
	if s.Repeat != nil && len(s.Repeat.Days) > 0 {
		return len(s.Repeat.Days)
	}
	return asked
}

// due is when an occurrence of an endless series is to be planned.
func (d *derivation) due(s *step, w huifang.Window, opens time.Time) time.Time {
	if s.Repeat == nil || !s.Repeat.Ahead.Set {
		return opens
	}
	ahead := s.Repeat.Ahead
	ahead.N = -max(ahead.N, -ahead.N)
	m := d.env.calendar().Add(w.Opens, ahead, d.loc)
	return m.Date.At(max(m.Clock, 0), d.loc)
}

// stepEnd is when the step's end condition became true: the newest of the
// attributes it reads. 0: it is not true.
func (d *derivation) stepEnd(s *step) int64 {
	if s.ends.prog == nil || !holds(&s.ends, d.view) {
		return 0
	}
	at := d.o.At
	for _, name := range s.ends.names {
		at = max(at, d.registered(name))
	}
	return at
}
