package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/text/width"

	"github.com/huifang/huifang"
)

// pick is a text in the language of the messages.
func pick(s *streams, zh, en string) string { return huifang.Text{ZH: zh, EN: en}.In(s.lang) }

// say writes a line in the language of the messages.
func say(s *streams, w io.Writer, zh, en string, args ...any) {
	fmt.Fprintln(w, huifang.Textf(zh, en, args...).In(s.lang))
}

// shownTime is an instant as the clocks of the organization show it.
func shownTime(s *streams, t time.Time) string {
	zone := s.zone
	if zone == nil {
		zone = time.Local
	}
	return t.In(zone).Format("2006-01-02 15:04")
}

// table writes rows in columns that stay in line where characters are two
// columns wide.
func table(w io.Writer, rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], columns(cell))
		}
	}
	for _, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			b.WriteString(cell)
			if i < len(row)-1 {
				b.WriteString(strings.Repeat(" ", widths[i]-columns(cell)+2))
			}
		}
		fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
	}
}

// columns is how many columns of a terminal a text takes.
func columns(s string) int {
	n := 0
	for _, r := range s {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}
