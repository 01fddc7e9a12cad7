package sheet

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/huifang/huifang"
)

// Serials count days since 1970 from 25569; these are the days of 1 March 1900,
// before which they are not reliable, and of the last one. Which years a column
// takes is decided later.
const (
	firstSerialDay = 61 - 25569
	lastSerialDay  = 80720 - 25569
)

// serialDays is the day a serial counts from, as days since 1970. The 1900
// system has a 29 February 1900 that never was, so that serials after it count
// from 30 December 1899.
func serialDays(date1904 bool) float64 {
	if date1904 {
		return -24107
	}
	return -25569
}

// serialTime reads a numeric cell.
func serialTime(s string, h *Hints) (Instant, *huifang.Error) {
	if i, err, done := digitsTime(s, h); done {
		return i, err
	}
	return Instant{}, unreadable(s)
}

// digitsTime reads numbers: serials and runs of 8, 12 or 14 digits. done is
// false when s is no such number.
func digitsTime(s string, h *Hints) (i Instant, err *huifang.Error, done bool) {
	if s == "" || s[0] < '0' || s[0] > '9' {
		return i, nil, false
	}
	whole, fraction, _ := strings.Cut(s, ".")
	if _, ok := digits(whole); !ok && len(whole) != 12 && len(whole) != 14 {
		return i, nil, false
	}
	if len(whole) == 5 {
		i, err := serialInstant(s, h)
		return i, err, true
	}
	if fraction != "" {
		return i, nil, false
	}
	c, ok := compactCivil(s)
	if !ok {
		return i, nil, false
	}
	i, err = c.instant(s, h)
	return i, err, true
}

// compactCivil reads 20260411, 202604111500 and 20260411150000.
func compactCivil(s string) (c civil, ok bool) {
	if len(s) != 8 && len(s) != 12 && len(s) != 14 {
		return c, false
	}
	part := func(from, to int) int {
		n, good := digits(s[from:to])
		if !good {
			ok = false
		}
		return n
	}
	ok = true
	c.year, c.month, c.day = part(0, 4), part(4, 6), part(6, 8)
	if len(s) >= 12 {
		c.clock = true
		h, m := part(8, 10), part(10, 12)
		sec := 0
		if len(s) == 14 {
			sec = part(12, 14)
		}
		if m > 59 || sec > 59 {
			return c, false
		}
		c.second = h*3600 + m*60 + sec
	}
	return c, ok
}

func serialInstant(s string, h *Hints) (Instant, *huifang.Error) {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return Instant{}, unreadable(s)
	}
	c, ok := serialCivil(v, h.Date1904)
	if !ok {
		return Instant{}, invalid("date.out_of_range", "“%s”作为日期序号超出 %d–%d 年", "%q as a serial date is outside the years %d–%d", quoted(s), h.first(), lastYear)
	}
	return c.instant(s, h)
}

// serialCivil turns a serial into date and time of day, to the second. A whole
// number is a date without time.
func serialCivil(v float64, date1904 bool) (c civil, ok bool) {
	days := math.Floor(v)
	second := int(math.Round((v - days) * 86400))
	if second == 86400 {
		days, second = days+1, 0
	}
	since := days + serialDays(date1904)
	if !(since >= firstSerialDay && since <= lastSerialDay) {
		return c, false
	}
	var month time.Month
	c.year, month, c.day = huifang.Date(since).Civil()
	c.month = int(month)
	c.second, c.clock = second, v != math.Floor(v)
	return c, true
}

// serialText shows a numeric cell with a date format as a person sees it. Times
// of day without a date stay times of day.
func serialText(v float64, date1904 bool) (text string, ok bool) {
	if v >= 0 && v < 1 {
		sec := int(math.Round(v * 86400))
		return clockText(sec), true
	}
	c, ok := serialCivil(v, date1904)
	if !ok {
		return "", false
	}
	text = huifang.MakeDate(c.year, time.Month(c.month), c.day).String()
	if c.clock {
		text += " " + clockText(c.second)
	}
	return text, true
}

func clockText(second int) string {
	t := time.Unix(int64(second), 0).UTC()
	if second%60 != 0 {
		return t.Format("15:04:05")
	}
	return t.Format("15:04")
}
