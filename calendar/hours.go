package calendar

import (
	"math"
	"slices"
	"time"

	"github.com/huifang/huifang"
)

// idle is how many days without any shift end a search: more than the longest
// stretch of days off that makes sense, few enough to be quick.
const idle = 4000

// Next is t itself when it is worked, else the next worked instant, in UTC:
// the start of the next shift on a day that the calendar has worked. It is the
// zero time when none comes within ten years, as with the zero Shifts.
func (s Shifts) Next(t time.Time, loc *time.Location, c *Calendar) time.Time {
	day := huifang.DateOf(t, loc).AddDays(-1) // its night shift may last into today
	for range idle {
		for _, x := range s.On(day, c) {
			from, until := x.instants(day, loc)
			if until.After(t) && until.After(from) {
				if from.After(t) {
					return from
				}
				return t.UTC()
			}
		}
		day = day.AddDays(1)
	}
	return time.Time{}
}

// AddWorkingHours is the instant at which d of working time has passed since
// t, in UTC; negative d goes back. Time outside the shifts and days off do not
// count, so that an hour from Friday's closing ends in the first shift after
// the weekend. d = 0 is t. It is the zero time when there is no working time
// for ten years.
func (s Shifts) AddWorkingHours(t time.Time, d time.Duration, loc *time.Location, c *Calendar) time.Time {
	t = t.UTC()
	switch {
	case d == 0:
		return t
	case d < 0:
		return s.back(t, -max(d, -math.MaxInt64), loc, c)
	}
	day, empty := huifang.DateOf(t, loc).AddDays(-1), 0
	for ; empty < idle; day, empty = day.AddDays(1), empty+1 {
		for _, x := range s.On(day, c) {
			from, until := x.instants(day, loc)
			if from.Before(t) {
				from = t
			}
			has := until.Sub(from)
			if has >= d {
				return from.Add(d)
			}
			if has > 0 {
				d, empty = d-has, 0
			}
		}
	}
	return time.Time{}
}

// back is AddWorkingHours towards the past, d > 0.
func (s Shifts) back(t time.Time, d time.Duration, loc *time.Location, c *Calendar) time.Time {
	day, empty := huifang.DateOf(t, loc), 0
	for ; empty < idle; day, empty = day.AddDays(-1), empty+1 {
		for _, x := range slices.Backward(s.On(day, c)) {
			from, until := x.instants(day, loc)
			if until.After(t) {
				until = t
			}
			has := until.Sub(from)
			if has >= d {
				return until.Add(-d)
			}
			if has > 0 {
				d, empty = d-has, 0
			}
		}
	}
	return time.Time{}
}

// instants are the shift's start and end when it begins on the day. An hour
// skipped by summer time shortens it, an hour repeated lengthens it.
func (x Shift) instants(day huifang.Date, loc *time.Location) (from, until time.Time) {
	last := day
	if x.Until <= x.From {
		last = day.AddDays(1)
	}
	return day.At(x.From, loc), last.At(x.Until, loc)
}
