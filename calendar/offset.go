package calendar

import (
	"strconv"
	"strings"

	"github.com/huifang/huifang"
)

// Span is a unit of an Offset.
type Span byte

// The spans. Months are calendar months, clamped to the month's end.
const (
	Days Span = iota
	Hours
	WorkingDays
	Weeks
	Months
)

// Offset is a signed distance in time: "3d", "-7d", "1w", "6mo", "3wd", "12h".
// The zero Offset is day 0; Set tells whether it was written at all.
type Offset struct {
	N    int
	Span Span
	Set  bool
}

var spanNames = map[string]Span{"d": Days, "h": Hours, "wd": WorkingDays, "w": Weeks, "mo": Months} //nolint:gochecknoglobals // constant table

// UnmarshalText reads an optional sign, a whole number of at most 36500 and a
// unit. Empty text is the offset that was not written.
func (o *Offset) UnmarshalText(b []byte) error {
	s := string(b)
	if s == "" {
		*o = Offset{}
		return nil
	}
	unit := strings.TrimLeft(s, "+-0123456789")
	n, err := strconv.Atoi(strings.TrimSuffix(s, unit)) // one sign at most
	span, known := spanNames[unit]
	if err != nil || !known || n > maxOffset || n < -maxOffset {
		return huifang.Invalid("offset.invalid", huifang.Textf(
			"“%s”不是有效的时间间隔；应写作 3d（天）、12h（小时）、3wd（工作日）、1w（周）、6mo（月），可带负号",
			"%q is not a distance in time; write 3d (days), 12h (hours), 3wd (working days), 1w (weeks) or 6mo (months), with a minus sign for before", s))
	}
	*o = Offset{N: n, Span: span, Set: true}
	return nil
}

// MarshalText writes what UnmarshalText reads.
func (o Offset) MarshalText() ([]byte, error) {
	if !o.Set {
		return nil, nil
	}
	return []byte(o.String()), nil
}

// String is the offset as written.
func (o Offset) String() string {
	for name, span := range spanNames {
		if span == o.Span {
			return strconv.Itoa(o.N) + name
		}
	}
	return ""
}
