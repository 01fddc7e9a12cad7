package sheet

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/huifang/huifang"
)

// token is a piece of a date: a number, a word, or one other character.
type token struct {
	num   int    // valid when width > 0
	width int    // digits of the number
	text  string // word in lower case, or the character
	space bool   // white space stands before it
}

// scanner walks over the tokens of one cell.
type dateScanner struct {
	cell   string
	tokens []token
	at     int
}

// looseCivil reads a date as people write it.
func looseCivil(cell string, h *Hints) (civil, *huifang.Error) {
	if len(cell) > 120 {
		return civil{}, unreadable(cell)
	}
	p := &dateScanner{cell: cell, tokens: tokenize(arabic(norm.NFKC.String(cell)))}
	var c civil
	if err := p.date(&c, h.Order); err != nil {
		return c, err
	}
	if err := p.timeOfDay(&c); err != nil {
		return c, err
	}
	p.skipWords("完成", "已完成", "办结", "已办结")
	if p.at < len(p.tokens) {
		return c, unreadable(cell)
	}
	return c, nil
}

// tokenize drops weekdays in Latin letters and brackets around them.
func tokenize(s string) []token {
	tokens := make([]token, 0, 12)
	space := false
	runes := []rune(s)
	for i := 0; i < len(runes); {
		start := i
		switch {
		case padding(runes[i]):
			i++
			space = true
			continue
		case isDigit(runes[i]):
			t := token{space: space}
			for ; i < len(runes) && isDigit(runes[i]); i++ {
				if t.width < 9 {
					t.num = t.num*10 + int(runes[i]-'0')
				}
				t.width++
			}
			tokens = append(tokens, t)
		case isLetter(runes[i]):
			for i < len(runes) && isLetter(runes[i]) {
				i++
			}
			tokens = append(tokens, token{text: strings.ToLower(string(runes[start:i])), space: space})
		default:
			i++
			tokens = append(tokens, token{text: string(runes[start:i]), space: space})
		}
		space = false
	}
	return dropWeekdays(tokens)
}

func isDigit(r rune) bool  { return r >= '0' && r <= '9' }
func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func dropWeekdays(tokens []token) []token {
	out := tokens[:0]
	for i, t := range tokens {
		switch t.text {
		case "mon", "monday", "tue", "tues", "tuesday", "wed", "wednesday", "thu", "thur", "thurs", "thursday", "fri", "friday", "sat", "saturday", "sun", "sunday", "(", ")":
			continue
		case ",":
			if i == 0 || len(out) == 0 {
				continue
			}
		}
		out = append(out, t)
	}
	return out
}

func (p *dateScanner) peek(ahead int) token {
	if p.at+ahead < len(p.tokens) {
		return p.tokens[p.at+ahead]
	}
	return token{}
}

// number takes a number of at most width digits.
func (p *dateScanner) number(width int) (int, bool) {
	t := p.peek(0)
	if t.width == 0 || t.width > width {
		return 0, false
	}
	p.at++
	return t.num, true
}

// take consumes the next token if it is one of words.
func (p *dateScanner) take(words ...string) bool {
	t := p.peek(0)
	if t.width > 0 || t.text == "" {
		return false
	}
	if slices.Contains(words, t.text) {
		p.at++
		return true
	}
	return false
}

// skipWords consumes one of the words, spelled over several tokens, if it
// stands next.
func (p *dateScanner) skipWords(words ...string) {
	for _, w := range words {
		runes := []rune(w)
		fits := p.at+len(runes) <= len(p.tokens)
		for i := 0; fits && i < len(runes); i++ {
			fits = p.tokens[p.at+i].text == string(runes[i])
		}
		if fits {
			p.at += len(runes)
			return
		}
	}
}

// date reads the date's part in whichever way it is written.
func (p *dateScanner) date(c *civil, order DateOrder) *huifang.Error {
	first := p.peek(0)
	if first.width == 0 {
		return p.monthFirst(c)
	}
	switch next := p.peek(1); {
	case next.text == "年" || next.text == "月":
		return p.chinese(c)
	case monthNumber(next.text) > 0 || isSeparator(next.text) && monthNumber(p.peek(2).text) > 0:
		return p.dayFirst(c)
	case first.width == 4 && monthNumber(p.peek(2).text) > 0:
		return p.dayFirst(c)
	case isSeparator(next.text):
		return p.separated(c, order)
	case next.width == 0 && next.text != "" || first.width != 8:
		return unreadable(p.cell)
	}
	compact, ok := compactCivil(p.digitText(first))
	if !ok {
		return unreadable(p.cell)
	}
	*c = compact
	p.at++
	return nil
}

func (p *dateScanner) digitText(t token) string {
	out := make([]byte, t.width)
	for i, n := t.width-1, t.num; i >= 0; i-- {
		out[i] = byte('0' + n%10)
		n /= 10
	}
	return string(out)
}

func isSeparator(s string) bool { return s == "-" || s == "/" || s == "." }

// chinese reads 2026年4月11日, 26年4月11日, 4月11日, 4月11号.
func (p *dateScanner) chinese(c *civil) *huifang.Error {
	c.yearless = true
	if p.peek(1).text == "年" {
		width := p.peek(0).width
		year, ok := p.number(4)
		if !ok || width != 4 && width != 2 {
			return unreadable(p.cell)
		}
		c.year, c.yearless = fullYear(year, width), false
		p.at++
	}
	var ok bool
	if c.month, ok = p.number(2); !ok || !p.take("月") {
		return unreadable(p.cell)
	}
	if c.day, ok = p.number(2); !ok {
		return unreadable(p.cell)
	}
	if !p.take("日", "号") && p.at < len(p.tokens) && !p.peek(0).space {
		return unreadable(p.cell)
	}
	return nil
}

// fullYear completes a year of two digits.
func fullYear(year, width int) int {
	if width <= 2 {
		return 2000 + year
	}
	return year
}

// separated reads all-digit dates of two or three parts.
func (p *dateScanner) separated(c *civil, order DateOrder) *huifang.Error {
	var parts [3]token
	sep := p.peek(1).text
	n := 0
	for n < 3 {
		t := p.peek(0)
		if t.width == 0 || t.width > 4 {
			break
		}
		parts[n] = t
		n++
		p.at++
		if n == 3 || p.peek(0).text != sep || p.peek(1).width == 0 {
			break
		}
		p.at++
	}
	switch n {
	case 3:
		return p.threeParts(c, parts, order)
	case 2:
		return p.twoParts(c, parts, order)
	}
	return unreadable(p.cell)
}

func (p *dateScanner) twoParts(c *civil, parts [3]token, order DateOrder) *huifang.Error {
	if parts[0].width > 2 || parts[1].width > 2 {
		return unreadable(p.cell)
	}
	c.yearless, c.month, c.day = true, parts[0].num, parts[1].num
	if order == OrderDMY {
		c.month, c.day = c.day, c.month
	}
	return nil
}

func (p *dateScanner) threeParts(c *civil, parts [3]token, order DateOrder) *huifang.Error {
	if parts[1].width > 2 {
		return unreadable(p.cell)
	}
	if parts[0].width == 4 && parts[2].width <= 2 {
		c.year, c.month, c.day = parts[0].num, parts[1].num, parts[2].num
		return nil
	}
	if parts[0].width > 2 || parts[2].width == 3 {
		return unreadable(p.cell)
	}
	var found []civil
	for _, o := range []DateOrder{OrderYMD, OrderDMY, OrderMDY} {
		yearLast := parts[2].width == 4 && order == OrderYMD // the order cannot hold
		if order != OrderUnknown && o != order && !yearLast {
			continue
		}
		if r, ok := ordered(parts, o); ok {
			found = appendNew(found, r)
		}
	}
	switch len(found) {
	case 0:
		return impossible(p.cell)
	case 1:
		*c = found[0]
		return nil
	}
	return invalid("date.ambiguous", "“%s”有不止一种读法，请写成 2024-03-05，或在映射中设定 date_order", "%q can be read in more than one way; write it as 2024-03-05, or set date_order in the mapping", quoted(p.cell))
}

func appendNew(list []civil, c civil) []civil {
	if slices.Contains(list, c) {
		return list
	}
	return append(list, c)
}

// ordered reads three parts in one order, if that gives a date.
func ordered(parts [3]token, order DateOrder) (c civil, ok bool) {
	y, m, d := parts[0], parts[1], parts[2]
	switch order {
	case OrderDMY:
		y, m, d = parts[2], parts[1], parts[0]
	case OrderMDY:
		y, m, d = parts[2], parts[0], parts[1]
	case OrderYMD, OrderUnknown:
		if d.width == 4 {
			return c, false
		}
	}
	c.year, c.month, c.day = fullYear(y.num, y.width), m.num, d.num
	return c, c.month >= 1 && c.month <= 12 && c.day >= 1 && c.day <= daysIn(c.year, c.month)
}
