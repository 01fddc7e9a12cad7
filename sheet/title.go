package sheet

import (
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

func itoa(n int) string { return strconv.Itoa(n) }

// yearMonth finds the year and month a title, sheet name or file name speaks
// of: 2026年3月, 二〇二六年三月, 2026-03, 2026.3, 202603. Either may be missing (0).
func yearMonth(text string) (year int, month time.Month) {
	tokens := tokenize(arabic(norm.NFKC.String(text)))
	for i, t := range tokens {
		next := tokenAt(tokens, i+1)
		switch {
		case t.width == 6 && plausibleYear(t.num/100) && validMonth(t.num%100) > 0:
			return t.num / 100, validMonth(t.num % 100)
		case t.width == 8 && plausibleYear(t.num/10000):
			return t.num / 10000, validMonth(t.num / 100 % 100)
		case t.width == 4 && plausibleYear(t.num) && (next.text == "年" || isSeparator(next.text) || i+1 == len(tokens)):
			return t.num, monthAfter(tokens, i+1)
		}
	}
	return 0, monthOf(tokens)
}

// monthAfter is the month behind a year: 年3月, -03, .3, or one named later on.
func monthAfter(tokens []token, separator int) time.Month {
	after := tokenAt(tokens, separator+1)
	short := after.width > 0 && after.width <= 2
	if short && isSeparator(tokenAt(tokens, separator).text) {
		return validMonth(after.num)
	}
	return monthOf(tokens[min(separator, len(tokens)):])
}

func tokenAt(tokens []token, i int) token {
	if i < len(tokens) {
		return tokens[i]
	}
	return token{}
}

func plausibleYear(y int) bool { return y >= firstYear && y <= lastYear }

func validMonth(m int) time.Month {
	if m < 1 || m > 12 {
		return 0
	}
	return time.Month(m)
}

// monthOf finds 3月 among tokens.
func monthOf(tokens []token) time.Month {
	for i, t := range tokens {
		if t.width > 0 && t.width <= 2 && tokenAt(tokens, i+1).text == "月" {
			return validMonth(t.num)
		}
	}
	return 0
}

// titleOf reads what stands above the header: the first line is the title; the
// first line with a year, then the sheet's name, then the file's, say of which
// year and month the sheet is.
func (h *head) titleOf(header int, file string) (title string, year int, month time.Month) {
	for _, r := range h.rows {
		if r.row >= header {
			break
		}
		text := rowText(r)
		if title == "" {
			title = text
		}
		if y, m := yearMonth(text); year == 0 && y > 0 {
			year, month = y, m
		}
	}
	for _, name := range []string{h.tab.name, strings.TrimSuffix(file, extension(file))} {
		y, m := yearMonth(name)
		if year == 0 {
			year = y
		}
		if month == 0 && (y == 0 || y == year) {
			month = m
		}
	}
	return title, year, month
}

func extension(file string) string {
	if i := strings.LastIndexByte(file, '.'); i >= 0 {
		return file[i:]
	}
	return ""
}

func rowText(r *record) string {
	var parts []string
	for _, c := range r.cells {
		if c = clean(c); c != "" {
			parts = append(parts, c)
		}
	}
	return strings.Join(parts, " ")
}
