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

// UnmarshalText reads an optional sign, a whole number and a unit.
func (o *Offset) UnmarshalText(b []byte) error {
	s := string(b)
	digits := strings.TrimLeft(strings.TrimLeft(s, "+-"), "0123456789")
	n, err := strconv.Atoi(strings.TrimPrefix(strings.TrimSuffix(s, digits), "+"))
	span, known := spanNames[digits]
	if err != nil || !known || n > 36500 || n < -36500 {
		return huifang.Invalid("offset.invalid", huifang.Textf(
			"“%s”不是有效的时间间隔；应写作 3d（天）、12h（小时）、3wd（工作日）、1w（周）、6mo（月），可带负号",
			"%q is not a distance in time; write 3d (days), 12h (hours), 3wd (working days), 1w (weeks) or 6mo (months), with a minus sign for before", s))
	}
	*o = Offset{N: n, Span: span, Set: true}
	return nil
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
