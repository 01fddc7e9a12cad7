package calendar

import (
	"slices"
	"strings"
	"time"

	"github.com/huifang/huifang"
)

// Shift is one stretch of work, From inclusive to Until exclusive, local times
// of day; past midnight when Until is not later than From.
type Shift struct {
	From, Until huifang.Clock
}

// Shifts are the hours of work of each day of the week; a day may have several
// shifts. The zero Shifts have no hours of work at all. Shifts are immutable.
type Shifts struct {
	week [7][]Shift // by weekday, ascending, not overlapping
}

// ParseShifts reads the hours of a week: groups separated by ";", each a day or
// range of days and its shifts, e.g.
//
//	monday-friday 08:30-12:00 13:30-17:30; saturday 09:00-12:00
//
// A shift that ends at or before its start ends on the next day: 22:00-06:00.
func ParseShifts(s string) (Shifts, error) {
	var out Shifts
	for group := range strings.SplitSeq(s, ";") {
		words := strings.Fields(group)
		if len(words) == 0 {
			continue
		}
		first, last, ok := parseDays(words[0])
		if !ok || len(words) == 1 {
			return Shifts{}, badShifts(strings.TrimSpace(group))
		}
		for _, w := range words[1:] {
			from, until, ok := parseRange(w)
			if !ok || from == until || from == 1440 {
				return Shifts{}, badShifts(w)
			}
			for d := first; ; d = (d + 1) % 7 {
				out.week[d] = append(out.week[d], Shift{From: from, Until: until})
				if d == last {
					break
				}
			}
		}
	}
	for d := range out.week {
		slices.SortFunc(out.week[d], func(a, b Shift) int { return int(a.From) - int(b.From) })
	}
	if d, twice := out.overlap(); twice {
		return Shifts{}, huifang.Invalid("shifts.overlap", huifang.Textf(
			"“%s”中 %s 的班次有重叠", "in %q the shifts of %s overlap", s, strings.ToLower(d.String())))
	}
	return out, nil
}

func parseDays(s string) (first, last time.Weekday, ok bool) {
	a, b, isRange := strings.Cut(s, "-")
	first, okFirst := parseWeekday(a)
	if !isRange {
		return first, first, okFirst
	}
	last, okLast := parseWeekday(b)
	return first, last, okFirst && okLast
}

func badShifts(s string) error {
	return huifang.Invalid("shifts.invalid", huifang.Textf(
		"“%s”不是有效的班次；应写作 monday-friday 08:30-12:00 13:30-17:30; saturday 09:00-12:00",
		"%q is not a shift; write monday-friday 08:30-12:00 13:30-17:30; saturday 09:00-12:00", s))
}

// overlap finds a day with a shift that begins before the one before it ends.
func (s Shifts) overlap() (time.Weekday, bool) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		free := 0 // minute from which the day is free
		if before := s.week[(d+6)%7]; len(before) > 0 {
			if l := before[len(before)-1]; l.Until <= l.From {
				free = int(l.Until)
			}
		}
		for _, x := range s.week[d] {
			if int(x.From) < free {
				return d, true
			}
			if free = int(x.Until); x.Until <= x.From {
				free += 1440
			}
		}
	}
	return 0, false
}

// On are the shifts that begin on the day: those of its weekday when the
// calendar has it worked, none otherwise. A make-up working day whose weekday
// has none takes those of the first weekday from Monday that has some. The
// caller must not change them.
func (s Shifts) On(d huifang.Date, c *Calendar) []Shift {
	if !c.Working(d) {
		return nil
	}
	own := s.week[d.Weekday()]
	if len(own) > 0 || !c.makeUp(d) {
		return own
	}
	for i := range 7 {
		if w := s.week[(int(time.Monday)+i)%7]; len(w) > 0 {
			return w
		}
	}
	return nil
}

// Open tells whether the instant falls into the week's hours of work by the
// clocks of loc; days off are the matter of Next.
func (s Shifts) Open(t time.Time, loc *time.Location) bool {
	c, d := clockOf(t, loc), huifang.DateOf(t, loc).Weekday()
	for _, x := range s.week[d] {
		if c >= x.From && (c < x.Until || x.Until <= x.From) {
			return true
		}
	}
	for _, x := range s.week[(d+6)%7] {
		if x.Until <= x.From && c < x.Until {
			return true
		}
	}
	return false
}
