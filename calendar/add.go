package calendar

import (
	"time"

	"github.com/huifang/huifang"
)

// The largest distance an Offset may be written with, and the largest that Add
// goes: a program multiplies what is written by the number of an occurrence.
const (
	maxOffset = 36500
	maxAdd    = 1 << 24
)

// Add moves a local moment by an offset in loc. Days, weeks, months and
// working days move the date and keep the time of day, so that 09:00 stays
// 09:00 over a change of the clocks and a whole day stays a whole day. Months
// are clamped to the month's end. Hours pass as real time and always give a
// time of day; from a whole day they count from its first instant. A moment
// without date stays as it is; distances over 2^24 count as 2^24.
func (c *Calendar) Add(m huifang.Moment, o Offset, loc *time.Location) huifang.Moment {
	if m.Date == huifang.NoDate {
		return m
	}
	n := max(-maxAdd, min(maxAdd, o.N))
	switch o.Span {
	case Days:
		m.Date = clampDate(int64(m.Date) + int64(n))
	case Weeks:
		m.Date = clampDate(int64(m.Date) + 7*int64(n))
	case Months:
		m.Date = m.Date.AddMonths(n)
	case WorkingDays:
		m.Date = c.AddWorkingDays(m.Date, n)
	case Hours:
		t := m.Date.At(max(m.Clock, 0), loc)
		return momentOf(time.Unix(t.Unix()+3600*int64(n), 0), loc) // a Duration holds fewer hours
	}
	return m
}

// momentOf is the local minute of an instant.
func momentOf(t time.Time, loc *time.Location) huifang.Moment {
	return huifang.Moment{Date: huifang.DateOf(t, loc), Clock: clockOf(t, loc)}
}

// clockOf is the local time of day of an instant, whole minutes.
func clockOf(t time.Time, loc *time.Location) huifang.Clock {
	h, m, _ := t.In(loc).Clock()
	return huifang.Clock(h*60 + m) //nolint:gosec // below 1440
}
