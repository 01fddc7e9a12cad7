package sheet

import "github.com/huifang/huifang"

// monthNumber is the month an English name or its abbreviation stands for, or 0.
func monthNumber(word string) int {
	names := [...]string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}
	if word == "sept" {
		return 9
	}
	for i, name := range names {
		if word == name || len(word) == 3 && word == name[:3] {
			return i + 1
		}
	}
	return 0
}

// dayFirst reads 11 Apr 2026, 11-Apr-26, 11 Apr, 2026-Apr-11.
func (p *dateScanner) dayFirst(c *civil) *huifang.Error {
	first := p.peek(0)
	p.at++
	p.take("-", "/", ".")
	c.month = monthNumber(p.peek(0).text)
	p.at++
	p.take("-", "/", ".", ",")
	if first.width == 4 {
		c.year = first.num
		day, ok := p.number(2)
		c.day = day
		if !ok {
			return unreadable(p.cell)
		}
		return nil
	}
	if first.width > 2 {
		return unreadable(p.cell)
	}
	c.day = first.num
	p.yearAfter(c)
	return nil
}

// monthFirst reads Apr 11, 2026 and April 11.
func (p *dateScanner) monthFirst(c *civil) *huifang.Error {
	c.month = monthNumber(p.peek(0).text)
	if c.month == 0 {
		return unreadable(p.cell)
	}
	p.at++
	p.take(".", "-")
	day, ok := p.number(2)
	if !ok {
		return unreadable(p.cell)
	}
	c.day = day
	p.take("st", "nd", "rd", "th")
	p.take(",", "-")
	p.yearAfter(c)
	return nil
}

// yearAfter reads the year that may follow day and month; a number before a
// colon is an hour.
func (p *dateScanner) yearAfter(c *civil) {
	t := p.peek(0)
	if (t.width == 4 || t.width == 2) && p.peek(1).text != ":" {
		c.year = fullYear(t.num, t.width)
		p.at++
		p.take(",")
		return
	}
	c.yearless = true
}

// timeOfDay reads what follows the date: nothing, 15:00, 15:00:05, T15:00Z,
// 下午3点, 15时30分, 3:30 PM, with an offset or without.
func (p *dateScanner) timeOfDay(c *civil) *huifang.Error {
	p.take(",")
	p.take("t")
	half := p.dayPart()
	if p.peek(0).width == 0 {
		return nil // 4月11日下午 is a date: half a day is no time of day
	}
	if !p.hasClock() {
		return unreadable(p.cell)
	}
	hour, _ := p.number(2)
	minute, second, ok := p.minuteSecond()
	if !ok {
		return unreadable(p.cell)
	}
	if half == 0 {
		half = p.meridiem()
	}
	if hour, ok = clockHour(hour, half); !ok || minute > 59 || second > 59 {
		return impossible(p.cell)
	}
	c.clock, c.second = true, hour*3600+minute*60+second
	return p.offset(c)
}

// hasClock tells whether an hour stands next.
func (p *dateScanner) hasClock() bool {
	if p.peek(0).width > 2 {
		return false
	}
	switch p.peek(1).text {
	case ":", "时", "点", "am", "pm":
		return true
	}
	return false
}

func (p *dateScanner) minuteSecond() (minute, second int, ok bool) {
	if p.take("时", "点") {
		if p.take("整") {
			return 0, 0, true
		}
		if p.take("半") {
			return 30, 0, true
		}
		if p.peek(0).width == 0 {
			return 0, 0, true
		}
	} else if !p.take(":") {
		return 0, 0, true // 3 PM
	}
	if minute, ok = p.number(2); !ok {
		return 0, 0, false
	}
	if !p.take(":", "分") || p.peek(0).width == 0 {
		return minute, 0, true
	}
	if second, ok = p.number(2); !ok {
		return 0, 0, false
	}
	p.take("秒")
	if p.peek(0).text == "." && p.peek(1).width > 0 { // fractions of a second are not kept
		p.at += 2
	}
	return minute, second, true
}

// half of the day a word names.
type half int

const (
	midnight half = iota + 1 // a.m., 凌晨: twelve is midnight
	morning                  // 上午: twelve is noon
	noon
	afternoon
	night
)

// dayPart takes 上午, 下午 and their like, two characters each.
func (p *dateScanner) dayPart() half {
	switch p.peek(0).text + p.peek(1).text {
	case "上午", "早上", "清晨":
		p.at += 2
		return morning
	case "凌晨":
		p.at += 2
		return midnight
	case "中午":
		p.at += 2
		return noon
	case "下午", "傍晚":
		p.at += 2
		return afternoon
	case "晚上", "夜间", "晚间":
		p.at += 2
		return night
	}
	return 0
}

func (p *dateScanner) meridiem() half {
	switch {
	case p.take("am"):
		return midnight
	case p.take("pm"):
		return afternoon
	}
	return 0
}

// clockHour applies the half of the day; ok is false where the two contradict.
// 下午15点 says the same thing twice and is 15:00; 晚上1点 could be either day's.
func clockHour(hour int, h half) (out int, ok bool) {
	switch h {
	case midnight:
		return hour % 12, hour <= 12
	case morning:
		return hour, hour <= 12
	case noon:
		if hour < 3 {
			return hour + 12, true
		}
		return hour, hour >= 11 && hour <= 14
	case afternoon:
		if hour < 12 {
			return hour + 12, hour > 0
		}
		return hour, hour < 24
	case night:
		if hour >= 5 && hour <= 12 {
			return hour + 12, true
		}
		return hour, hour >= 17 && hour <= 24
	}
	return hour, hour <= 24
}

// offset reads Z, UTC, +08:00, +0800, +8.
func (p *dateScanner) offset(c *civil) *huifang.Error {
	if p.take("z", "utc", "gmt") {
		c.zoned = true
	}
	sign := 1
	switch p.peek(0).text {
	case "+":
	case "-":
		sign = -1
	default:
		return nil
	}
	p.at++
	t := p.peek(0)
	p.at++
	hours, minutes := t.num, 0
	switch {
	case t.width == 4:
		hours, minutes = t.num/100, t.num%100
	case t.width == 0 || t.width > 4 || t.width == 3:
		return unreadable(p.cell)
	case p.take(":"):
		m, ok := p.number(2)
		if !ok {
			return unreadable(p.cell)
		}
		minutes = m
	}
	if hours > 15 || minutes > 59 {
		return unreadable(p.cell)
	}
	c.zoned, c.offset = true, sign*(hours*3600+minutes*60)
	return nil
}
