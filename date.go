package huifang

import (
	"fmt"
	"time"
)

// Date is a calendar date without zone: days since 1970-01-01 in the proleptic
// Gregorian calendar. The zero Date is 1970-01-01; NoDate means "none".
type Date int32

// NoDate is the absent date.
const NoDate Date = -1 << 31

// MakeDate is the date of year, month and day; out-of-range values carry over
// as in time.Date.
func MakeDate(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400) //nolint:gosec // years up to five million fit
}

// DateOf is the local date of an instant in loc.
func DateOf(t time.Time, loc *time.Location) Date {
	_, offset := t.In(loc).Zone()
	return Date(floorDiv(t.Unix()+int64(offset), 86400)) //nolint:gosec // years up to five million fit
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// ParseDate reads YYYY-MM-DD strictly.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return NoDate, Invalid("date.invalid", Textf("“%s”不是有效日期，应写作 2026-03-31", "%q is not a date; write it as 2026-03-31", s))
	}
	return Date(t.Unix() / 86400), nil //nolint:gosec // four-digit years fit
}

// String is YYYY-MM-DD, or "" for NoDate.
func (d Date) String() string {
	if d == NoDate {
		return ""
	}
	return d.utc().Format(time.DateOnly)
}

func (d Date) utc() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// Civil is the date's year, month and day of month.
func (d Date) Civil() (year int, month time.Month, day int) { return d.utc().Date() }

// Weekday is the date's day of the week.
func (d Date) Weekday() time.Weekday { return time.Weekday((int64(d)%7 + 11) % 7) }

// Month is the date's month as YYYYMM, the key of statistics.
func (d Date) Month() Month {
	y, m, _ := d.Civil()
	return MakeMonth(y, m)
}

// AddDays moves by n calendar days; NoDate stays NoDate.
func (d Date) AddDays(n int) Date {
	if d == NoDate {
		return NoDate
	}
	return d + Date(n) //nolint:gosec // days fit
}

// AddMonths moves by n calendar months, clamped to the month's end: 31 January
// plus one month is 28 or 29 February. NoDate stays NoDate.
func (d Date) AddMonths(n int) Date {
	if d == NoDate {
		return NoDate
	}
	y, m, day := d.Civil()
	first := MakeDate(y, m+time.Month(n), 1)
	y, m, _ = first.Civil()
	last := MakeDate(y, m+1, 1) - 1
	if out := first + Date(day) - 1; out < last { //nolint:gosec // day of month
		return out
	}
	return last
}

// At is the instant of clock on this date in loc, in UTC. Where the clocks go
// back and a time of day comes twice, it is the first one; where they go
// forward and it does not come at all, it is the instant they change, so that
// a day never begins on the day before.
func (d Date) At(c Clock, loc *time.Location) time.Time {
	wall := int64(d)*86400 + int64(c)*60
	// No zone is a day away from UTC and none changes its clocks twice in two
	// days, so these are the offsets before and after a change, if there is one.
	before, after := offsetAt(wall-86400, loc), offsetAt(wall+86400, loc)
	first, second := wall-before, wall-after
	switch {
	case before == after || offsetAt(first, loc) == before:
		return time.Unix(first, 0).UTC()
	case offsetAt(second, loc) == after:
		return time.Unix(second, 0).UTC()
	}
	change, _ := time.Unix(first, 0).In(loc).ZoneBounds()
	return change.UTC()
}

// offsetAt is the distance of loc's clocks from UTC in seconds at a Unix time.
func offsetAt(unix int64, loc *time.Location) int64 {
	_, offset := time.Unix(unix, 0).In(loc).Zone()
	return int64(offset)
}

// MarshalText writes YYYY-MM-DD.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD; empty text is NoDate.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = NoDate
		return nil
	}
	v, err := ParseDate(string(b))
	*d = v
	return err
}

// Clock is a time of day in minutes after midnight, 0…1440. NoClock means the
// whole day.
type Clock int16

// NoClock is the absent time of day.
const NoClock Clock = -1

// ParseClock reads HH:MM strictly, 00:00 to 24:00.
func ParseClock(s string) (Clock, error) {
	c := Clock(0)
	for i, weight := range [...]Clock{600, 60, 0, 10, 1} {
		switch {
		case len(s) != 5, i == 2 && s[i] != ':', i != 2 && (s[i] < '0' || s[i] > '9'), i == 3 && s[i] > '5':
			return NoClock, badClock(s)
		}
		c += Clock(s[i]-'0') * weight
	}
	if c > 1440 {
		return NoClock, badClock(s)
	}
	return c, nil
}

func badClock(s string) error {
	return Invalid("clock.invalid", Textf("“%s”不是有效时刻，应写作 13:00", "%q is not a time of day; write it as 13:00", s))
}

// String is HH:MM, or "" for NoClock.
func (c Clock) String() string {
	if c == NoClock {
		return ""
	}
	return fmt.Sprintf("%02d:%02d", int(c)/60, int(c)%60)
}

// MarshalText writes HH:MM.
func (c Clock) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads HH:MM; empty text is NoClock.
func (c *Clock) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*c = NoClock
		return nil
	}
	v, err := ParseClock(string(b))
	*c = v
	return err
}

// Moment is a local date, or a local date and time of day where a rule gives
// one.
type Moment struct {
	Date  Date
	Clock Clock // NoClock: the whole day
}

// String is YYYY-MM-DD, or YYYY-MM-DDTHH:MM with a time of day.
func (m Moment) String() string {
	if m.Clock == NoClock {
		return m.Date.String()
	}
	return m.Date.String() + "T" + m.Clock.String()
}

// MarshalText writes the moment as String does.
func (m Moment) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (m *Moment) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*m = Moment{Date: NoDate, Clock: NoClock}
		return nil
	}
	v, err := ParseMoment(string(b))
	*m = v
	return err
}

// ParseMoment reads YYYY-MM-DD or YYYY-MM-DDTHH:MM.
func ParseMoment(s string) (Moment, error) {
	if len(s) == len("2006-01-02") {
		d, err := ParseDate(s)
		return Moment{Date: d, Clock: NoClock}, err
	}
	if len(s) != len("2006-01-02T15:04") || s[10] != 'T' {
		return Moment{Date: NoDate, Clock: NoClock}, Invalid("moment.invalid", Textf("“%s”不是有效日期或时间", "%q is neither a date nor a date and time", s))
	}
	d, err := ParseDate(s[:10])
	if err != nil {
		return Moment{Date: NoDate, Clock: NoClock}, err
	}
	c, err := ParseClock(s[11:])
	if err != nil {
		return Moment{Date: NoDate, Clock: NoClock}, err
	}
	return Moment{Date: d, Clock: c}, nil
}

// Window is when a follow-up may and must be done: from the start of Opens to
// the end of Closes, both local to the unit's zone. "On day N" opens and
// closes on the same date.
type Window struct {
	Opens  Moment
	Closes Moment
}

// OpensAt is the instant the window opens in loc.
func (w Window) OpensAt(loc *time.Location) time.Time {
	return w.Opens.Date.At(max(w.Opens.Clock, 0), loc)
}

// ClosesAt is the first instant after the window in loc: midnight after a
// whole day, else the time of day itself.
func (w Window) ClosesAt(loc *time.Location) time.Time {
	if w.Closes.Clock == NoClock {
		return (w.Closes.Date + 1).At(0, loc)
	}
	return w.Closes.Date.At(w.Closes.Clock, loc)
}

// Month is a calendar month as YYYYMM, e.g. 202603.
type Month int32

// MakeMonth builds a Month.
func MakeMonth(year int, month time.Month) Month { return Month(year*100 + int(month)) } //nolint:gosec // years fit

// ParseMonth reads YYYY-MM.
func ParseMonth(s string) (Month, error) {
	t, err := time.Parse("2006-01", s)
	if err != nil {
		return 0, Invalid("month.invalid", Textf("“%s”不是有效月份，应写作 2026-03", "%q is not a month; write it as 2026-03", s))
	}
	return MakeMonth(t.Year(), t.Month()), nil
}

// String is YYYY-MM.
func (m Month) String() string { return fmt.Sprintf("%04d-%02d", int(m)/100, int(m)%100) }

// MarshalText writes YYYY-MM; 0 as empty text.
func (m Month) MarshalText() ([]byte, error) {
	if m == 0 {
		return nil, nil
	}
	return []byte(m.String()), nil
}

// UnmarshalText reads YYYY-MM; empty text is 0.
func (m *Month) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*m = 0
		return nil
	}
	v, err := ParseMonth(string(b))
	if err != nil {
		return err
	}
	*m = v
	return nil
}

// First is the month's first day.
func (m Month) First() Date { return MakeDate(int(m)/100, time.Month(int(m)%100), 1) }

// Last is the month's last day.
func (m Month) Last() Date { return m.Next().First() - 1 }

// Next is the month after.
func (m Month) Next() Month {
	return MakeDate(int(m)/100, time.Month(int(m)%100)+1, 1).Month()
}
