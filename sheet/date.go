package sheet

import (
	"time"

	"github.com/huifang/huifang"
)

// Hints are what a cell alone does not say about its date.
type Hints struct {
	Order    DateOrder      // of all-digit dates; OrderUnknown: those with two readings are ambiguous
	Loc      *time.Location // zone of times without offset; nil: Asia/Shanghai
	Near     huifang.Date   // the year of a date without one is the one that brings it nearest to this; NoDate: unknown
	Numeric  bool           // the cell is a number: only a serial or 20260411 is a date
	Date1904 bool           // serials count from 1904, as old Mac workbooks do
	Lifelong bool           // the date may be one of birth: years from 1900 are taken
}

// Years outside these are slips of the pen, not dates of service work; people
// were born earlier.
const (
	firstYear = 1970
	birthYear = 1900
	lastYear  = 2120
)

// first is the first year that is taken.
func (h *Hints) first() int {
	if h.Lifelong {
		return birthYear
	}
	return firstYear
}

// ParseTime reads a point in time as people write it in sheets:
// 2026-04-11 15:00, 2026/4/11, 2026.4.11 下午3点, 2026年4月11日, 20260411,
// 二〇二六年四月十一日, 4月11日, 4/11, 11 Apr 2026, Apr 11 2026 3:00 PM, spreadsheet
// serials such as 46123.625, and RFC 3339 with or without offset. A date
// without time of day is DateOnly. Errors are CodeInvalid with reason
// date.unreadable, date.impossible (2026-04-32), date.ambiguous (3/5/24),
// date.out_of_range or date.year_unknown.
func ParseTime(cell string, h Hints) (Instant, error) {
	if h.Loc == nil {
		h.Loc = shanghai()
	}
	i, err := parseTime(cell, &h)
	if err != nil {
		return Instant{}, err
	}
	return i, nil
}

// ParseDate is ParseTime for cells whose time of day does not matter.
func ParseDate(cell string, h Hints) (huifang.Date, error) {
	if h.Loc == nil {
		h.Loc = shanghai()
	}
	i, err := parseTime(cell, &h)
	if err != nil {
		return huifang.NoDate, err
	}
	return i.Date, nil
}

// shanghai is the default zone. Installations without a zone database still
// know that it has no summer time.
func shanghai() *time.Location {
	loc, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		return time.FixedZone("Asia/Shanghai", 8*3600)
	}
	return loc
}

// civil is a date and time of day as read, before its zone is applied.
type civil struct {
	year, month, day int
	yearless         bool
	clock            bool // a time of day was given
	second, nano     int  // since midnight; 86400 is the end of the day
	zoned            bool
	offset           int // seconds east of UTC
}

// parseTime has a concrete error type so that the reader can add the location.
// h.Loc is set.
func parseTime(cell string, h *Hints) (Instant, *huifang.Error) {
	s := clean(cell)
	if h.Numeric {
		return serialTime(s, h)
	}
	c, ok := isoCivil(s)
	if !ok {
		if i, err, done := digitsTime(s, h); done {
			return i, err
		}
		var err *huifang.Error
		if c, err = looseCivil(s, h); err != nil {
			return Instant{}, err
		}
	}
	return c.instant(s, h)
}

// instant checks the parts and fixes year and zone.
func (c *civil) instant(cell string, h *Hints) (Instant, *huifang.Error) {
	if c.yearless {
		if err := c.findYear(cell, h); err != nil {
			return Instant{}, err
		}
	}
	if c.month < 1 || c.month > 12 || c.day < 1 || c.day > daysIn(c.year, c.month) {
		return Instant{}, impossible(cell)
	}
	if c.year < h.first() || c.year > lastYear {
		return Instant{}, invalid("date.out_of_range", "“%s”的年份超出 %d–%d", "the year of %q is outside %d–%d", quoted(cell), h.first(), lastYear)
	}
	if c.second > 86400 || c.second == 86400 && c.nano > 0 {
		return Instant{}, impossible(cell)
	}
	loc := h.Loc
	if c.zoned {
		loc = time.UTC
	}
	t := time.Date(c.year, time.Month(c.month), c.day, c.second/3600, c.second/60%60, c.second%60, c.nano, loc)
	if c.zoned {
		t = t.Add(-time.Duration(c.offset) * time.Second)
	}
	return Instant{Time: t.UTC(), Date: huifang.DateOf(t, h.Loc), DateOnly: !c.clock, Zoned: c.zoned}, nil
}

// findYear picks the year that brings the date nearest to the hint, so that
// 12月30日 on a sheet of January belongs to the year before.
func (c *civil) findYear(cell string, h *Hints) *huifang.Error {
	if h.Near == huifang.NoDate {
		return invalid("date.year_unknown", "“%s”没有年份，表名和标题里也没有；请写成 2026-04-11 这样", "%q has no year, and neither title nor sheet name has one; write it as 2026-04-11", quoted(cell))
	}
	near, _, _ := h.Near.Civil()
	best := huifang.Date(0)
	c.year = 0
	for y := near - 1; y <= near+1; y++ {
		if c.month < 1 || c.month > 12 || c.day < 1 || c.day > daysIn(y, c.month) {
			continue
		}
		away := huifang.MakeDate(y, time.Month(c.month), c.day) - h.Near
		if away < 0 {
			away = -away
		}
		if c.year == 0 || away < best {
			c.year, best = y, away
		}
	}
	if c.year == 0 {
		return impossible(cell)
	}
	return nil
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

func impossible(cell string) *huifang.Error {
	return invalid("date.impossible", "“%s”不是真实存在的日期或时间", "%q is not a date or time that exists", quoted(cell))
}

func unreadable(cell string) *huifang.Error {
	return invalid("date.unreadable", "“%s”不能识别为日期，请写成 2026-04-11 或 2026-04-11 15:00", "%q cannot be read as a date; write it as 2026-04-11 or 2026-04-11 15:00", quoted(cell))
}
