package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// heads are the columns of the table.
func heads() []string {
	return []string{"figure", "ours", "limit", "ratio", "rounds", "demanded", ""}
}

func cells(r *Row) []string {
	limit, quotient, spread := "", "", ""
	if r.Against != "" {
		limit = quantity(r.Limit, r.Unit) + " (" + r.Against + ")"
		quotient = ratio(r.Ratio)
		spread = ratio(r.Low) + " … " + ratio(r.High)
	}
	return []string{r.Figure, quantity(r.Ours, r.Unit), limit, quotient, spread, r.demanded(), r.verdict()}
}

// printTable writes the rows in columns for a terminal.
func printTable(w io.Writer, rows []Row) {
	lines := [][]string{heads()}
	for i := range rows {
		lines = append(lines, cells(&rows[i]))
	}
	widths := make([]int, len(lines[0]))
	for _, line := range lines {
		for i, c := range line {
			widths[i] = max(widths[i], utf8.RuneCountInString(c))
		}
	}
	for _, line := range lines {
		var b strings.Builder
		for i, c := range line {
			b.WriteString(c)
			b.WriteString(strings.Repeat(" ", widths[i]-utf8.RuneCountInString(c)+2))
		}
		fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
	}
}

// markdownTable writes the rows as a table of a page, notes below it, each once.
func markdownTable(w io.Writer, rows []Row) {
	fmt.Fprintln(w, "| figure | ours | limit | ratio | least … most | demanded | |")
	fmt.Fprintln(w, "|---|---|---|---|---|---|---|")
	var notes []string
	for i := range rows {
		c := cells(&rows[i])
		if rows[i].Note != "" {
			n := slices.Index(notes, rows[i].Note)
			if n < 0 {
				n = len(notes)
				notes = append(notes, rows[i].Note)
			}
			c[0] += fmt.Sprintf(" [%d]", n+1)
		}
		fmt.Fprintln(w, "| "+strings.Join(c, " | ")+" |")
	}
	fmt.Fprintln(w)
	for i, n := range notes {
		fmt.Fprintf(w, "[%d] %s  \n", i+1, n)
	}
}
