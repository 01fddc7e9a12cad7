package calendar

import (
	"math/bits"
	"slices"
	"time"

	"github.com/huifang/huifang"
)

// week is the set of weekdays worked by default, bit 0 for Sunday. It is never
// empty in use: the zero week stands for Monday to Friday.
type week uint8

const weekdays week = 0b0111110

// Calendar says which days are worked: a week, and named days that differ from
// it. It is immutable and safe for concurrent use. A nil Calendar knows no
// holidays: Monday to Friday are worked.
type Calendar struct {
	week  week
	days  []day // ascending by date, one a date
	names []huifang.Text
}

// day is a date named explicitly. Both sums make the count of worked days
// before any date one binary search away.
type day struct {
	date    huifang.Date
	working bool
	name    int32 // index in names
	before  int64 // worked days before this date, counted from 1970-01-01
	shift   int64 // worked days that the named days up to this one add to the week's own
}

// build sorts days, which must be one a date, and fills in their sums.
func build(declared week, days []day, names []huifang.Text) *Calendar {
	c := &Calendar{week: declared, days: days, names: names}
	w := c.worked()
	slices.SortFunc(days, func(a, b day) int { return int(int64(a.date) - int64(b.date)) })
	shift := int64(0)
	for i := range days {
		d := &days[i]
		d.before = w.rank(int64(d.date)) + shift
		if usual := w.works(d.date); d.working && !usual {
			shift++
		} else if !d.working && usual {
			shift--
		}
		d.shift = shift
	}
	return c
}

// With is the calendar with more laid over it: days that more names win, other
// days stay, and the week is more's where more declares one. Use it for the
// years that follow and for local days off.
func (c *Calendar) With(more *Calendar) *Calendar {
	if more == nil {
		return c
	}
	if c == nil {
		return more
	}
	declared := c.week
	if more.week != 0 {
		declared = more.week
	}
	days := make([]day, 0, len(c.days)+len(more.days))
	for _, d := range c.days {
		if _, named := more.find(int64(d.date)); !named {
			days = append(days, d)
		}
	}
	for _, d := range more.days {
		d.name += int32(len(c.names)) //nolint:gosec // fewer names than days in three centuries
		days = append(days, d)
	}
	return build(declared, days, slices.Concat(c.names, more.names))
}

// Working tells whether the day is worked.
func (c *Calendar) Working(d huifang.Date) bool {
	if i, named := c.find(int64(d)); named {
		return c.days[i].working
	}
	return c.worked().works(d)
}

// Next is d when it is worked, else the next worked day.
func (c *Calendar) Next(d huifang.Date) huifang.Date {
	if d == huifang.NoDate || c.Working(d) {
		return d
	}
	return c.nth(c.rank(int64(d)))
}

// Previous is d when it is worked, else the last worked day before it.
func (c *Calendar) Previous(d huifang.Date) huifang.Date {
	if d == huifang.NoDate || c.Working(d) {
		return d
	}
	return c.nth(c.rank(int64(d)) - 1)
}

// AddWorkingDays is the n-th worked day after d, or before it where n is
// negative; d itself is never counted, and n = 0 is d itself, worked or not.
// The cost is two binary searches whatever n is. Results outside the range of
// Date are its last or first day; NoDate stays NoDate.
func (c *Calendar) AddWorkingDays(d huifang.Date, n int) huifang.Date {
	const far = 1 << 33 // more days than Date has
	k := int64(max(-far, min(far, n)))
	switch {
	case n == 0 || d == huifang.NoDate:
		return d
	case n > 0:
		return c.nth(c.rank(int64(d)+1) + k - 1)
	default:
		return c.nth(c.rank(int64(d)) + k)
	}
}

// WorkingDays counts the worked days from and to inclusive; 0 when to is
// before from.
func (c *Calendar) WorkingDays(from, to huifang.Date) int {
	if to < from {
		return 0
	}
	return int(c.rank(int64(to)+1) - c.rank(int64(from)))
}

// Name is what the day is called where the calendar names it: a holiday, or a
// make-up working day.
func (c *Calendar) Name(d huifang.Date) (huifang.Text, bool) {
	i, named := c.find(int64(d))
	if !named {
		return huifang.Text{}, false
	}
	return c.names[c.days[i].name], true
}

// Until is the last day the calendar names, NoDate when it names none. After
// it only the week is known, because a year's holidays are announced in the
// autumn before it.
func (c *Calendar) Until() huifang.Date {
	if c == nil || len(c.days) == 0 {
		return huifang.NoDate
	}
	return c.days[len(c.days)-1].date
}

// makeUp tells whether d is worked against the week: 调休.
func (c *Calendar) makeUp(d huifang.Date) bool {
	i, named := c.find(int64(d))
	return named && c.days[i].working && !c.worked().works(d)
}

// find is the position of day number d among the named days, or where it would
// be.
func (c *Calendar) find(d int64) (at int, named bool) {
	if c == nil {
		return 0, false
	}
	lo, hi := 0, len(c.days)
	for lo < hi {
		if mid := (lo + hi) / 2; int64(c.days[mid].date) < d {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo, lo < len(c.days) && int64(c.days[lo].date) == d
}

func (c *Calendar) worked() week {
	if c == nil || c.week == 0 {
		return weekdays
	}
	return c.week
}

// rank counts the worked days before the date with day number d, from
// 1970-01-01; negative for earlier dates.
func (c *Calendar) rank(d int64) int64 {
	n := c.worked().rank(d)
	if at, _ := c.find(d); at > 0 {
		n += c.days[at-1].shift
	}
	return n
}

// nth is the worked day that has k worked days before it: the inverse of rank.
func (c *Calendar) nth(k int64) huifang.Date {
	shift := int64(0)
	if c != nil {
		lo, hi := 0, len(c.days)
		for lo < hi {
			if mid := (lo + hi) / 2; c.days[mid].before <= k {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		if lo > 0 {
			at := c.days[lo-1]
			if at.working && at.before == k {
				return at.date
			}
			shift = at.shift
		}
	}
	return clampDate(c.worked().nth(k - shift))
}

// rank counts the week's worked days before day number d.
func (w week) rank(d int64) int64 {
	q, r := floor(d+int64(time.Thursday), 7) // day 0 was a Thursday
	n := q*int64(bits.OnesCount8(uint8(w))) + int64(bits.OnesCount8(uint8(w)&(1<<r-1)))
	return n - int64(bits.OnesCount8(uint8(w)&(1<<time.Thursday-1)))
}

// nth is the day number of the worked day with k of the week's worked days
// before it.
func (w week) nth(k int64) int64 {
	k += int64(bits.OnesCount8(uint8(w) & (1<<time.Thursday - 1)))
	q, r := floor(k, int64(bits.OnesCount8(uint8(w))))
	left := uint8(w)
	for range r {
		left &= left - 1
	}
	return q*7 + int64(bits.TrailingZeros8(left)) - int64(time.Thursday)
}

func (w week) works(d huifang.Date) bool { return w&(1<<d.Weekday()) != 0 }

func floor(a, b int64) (quotient, rest int64) {
	quotient, rest = a/b, a%b
	if rest < 0 {
		return quotient - 1, rest + b
	}
	return quotient, rest
}

func clampDate(d int64) huifang.Date {
	return huifang.Date(max(int64(huifang.NoDate)+1, min(1<<31-1, d)))
}
