package plan

import (
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
)

// anchored is a point a window counts from: the local moment, the instant of
// the fact that made it known, and its identity.
type anchored struct {
	moment huifang.Moment
	cause  int64 // Unix ms
	key    int64
	event  huifang.ID
}

func instantMoment(ms int64, loc *time.Location) huifang.Moment {
	t := time.UnixMilli(ms).In(loc)
	return huifang.Moment{Date: huifang.DateOf(t, loc), Clock: huifang.Clock(t.Hour()*60 + t.Minute())} //nolint:gosec // below 1440
}

// window is the step's window from an anchor (docs/rules.md, "Days").
// Offsets in hours keep the time of day; all others give whole days unless the
// step names times of day.
func (s *step) window(from huifang.Moment, opens, closes calendar.Offset, env *Env, loc *time.Location) huifang.Window {
	cal := env.calendar()
	if !closes.Set {
		closes = opens
	}
	w := huifang.Window{Opens: offsetMoment(cal, from, opens, loc), Closes: offsetMoment(cal, from, closes, loc)}
	if s.Shift != ShiftNone {
		w = shift(cal, w, s.Shift)
	}
	if s.From != nil {
		w.Opens.Clock = *s.From
	}
	if s.Until != nil {
		w.Closes.Clock = *s.Until
	}
	return w
}

func offsetMoment(cal *calendar.Calendar, from huifang.Moment, o calendar.Offset, loc *time.Location) huifang.Moment {
	m := cal.Add(from, o, loc)
	if o.Span != calendar.Hours {
		m.Clock = huifang.NoClock
	}
	return m
}

// shift moves a window that opens on a day off, whole.
func shift(cal *calendar.Calendar, w huifang.Window, how Shift) huifang.Window {
	to := w.Opens.Date
	switch how {
	case ShiftNext:
		to = cal.Next(to)
	case ShiftPrevious:
		to = cal.Previous(to)
	case ShiftNone:
	}
	by := to - w.Opens.Date
	w.Opens.Date += by
	w.Closes.Date += by
	return w
}

// dateValue reads a date attribute: YYYY-MM-DD, a local date and time, or an
// RFC 3339 instant.
func dateValue(v any, loc *time.Location) (huifang.Moment, bool) {
	s, ok := v.(string)
	if !ok || s == "" {
		return huifang.Moment{}, false
	}
	if m, err := huifang.ParseMoment(s); err == nil {
		return m, true
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return instantMoment(t.UnixMilli(), loc), true
	}
	return huifang.Moment{}, false
}

// keyOf identifies a moment as an anchor.
func keyOf(m huifang.Moment) int64 { return int64(m.Date)*2000 + int64(m.Clock) }

func number(v any) (float64, bool) { return huifang.Attributes{"v": v}.Number("v") }
