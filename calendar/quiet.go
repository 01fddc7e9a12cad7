package calendar

import (
	"strings"
	"time"

	"github.com/huifang/huifang"
)

// Quiet is the daily time in which a customer is not disturbed: From inclusive
// to Until exclusive, local times of day, past midnight when Until is the
// earlier one. The zero Quiet covers nothing.
type Quiet struct {
	From, Until huifang.Clock
}

// ParseQuiet reads "21:00-09:00". Empty text is the zero Quiet. A range
// without length or of the whole day is refused: nobody could ever be called.
func ParseQuiet(s string) (Quiet, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return Quiet{}, nil
	}
	from, until, ok := parseRange(s)
	if !ok || (until-from)%1440 == 0 {
		return Quiet{}, huifang.Invalid("quiet.invalid", huifang.Textf(
			"“%s”不是有效的免打扰时段；应写作 21:00-09:00，起止时刻不能相同，也不能是全天",
			"%q is not a quiet time; write it as 21:00-09:00, from and until must differ and leave part of the day open", s))
	}
	return Quiet{From: from, Until: until}, nil
}

// parseRange reads HH:MM-HH:MM.
func parseRange(s string) (from, until huifang.Clock, ok bool) {
	a, b, found := strings.Cut(s, "-")
	from, errFrom := huifang.ParseClock(strings.TrimSpace(a))
	until, errUntil := huifang.ParseClock(strings.TrimSpace(b))
	return from, until, found && errFrom == nil && errUntil == nil
}

// String is HH:MM-HH:MM, "" for the zero Quiet.
func (q Quiet) String() string {
	if q == (Quiet{}) {
		return ""
	}
	return q.From.String() + "-" + q.Until.String()
}

// MarshalText writes HH:MM-HH:MM.
func (q Quiet) MarshalText() ([]byte, error) { return []byte(q.String()), nil }

// UnmarshalText reads what ParseQuiet reads.
func (q *Quiet) UnmarshalText(b []byte) error {
	v, err := ParseQuiet(string(b))
	*q = v
	return err
}

// Covers tells whether the instant falls into the quiet time by the clocks of
// loc.
func (q Quiet) Covers(t time.Time, loc *time.Location) bool { return q.covers(clockOf(t, loc)) }

func (q Quiet) covers(c huifang.Clock) bool {
	if q.From <= q.Until {
		return q.From <= c && c < q.Until
	}
	return c >= q.From || c < q.Until
}

// After is t itself when it is not quiet, else the end of the quiet time in
// UTC.
func (q Quiet) After(t time.Time, loc *time.Location) time.Time {
	// Where clocks change at the end of the quiet time it can go on; no zone
	// changes them more than once in a night.
	for range 4 {
		c := clockOf(t, loc)
		if !q.covers(c) {
			return t
		}
		date := huifang.DateOf(t, loc)
		if q.Until < q.From && c >= q.From {
			date = date.AddDays(1)
		}
		end := date.At(q.Until, loc)
		if !end.After(t) { // in the repeat of an hour: its first pass is over
			end = t.UTC().Truncate(time.Minute).Add(time.Duration(q.Until-c) * time.Minute)
		}
		t = end
	}
	return t
}
