package report

import "github.com/huifang/huifang"

// rateValue is a rate beside its target in percent.
type rateValue struct {
	rate   float64
	ok     bool // there is a rate
	target float64
	missed bool
}

// column is one column of a table of Ts. Its value is a string, a count
// (int64), a rateValue or a huifang.Date.
type column[T any] struct {
	label huifang.Text
	width float64 // in half-width characters
	left  bool    // texts that are read rather than compared
	value func(T) any

	// Of a figure: which it is, and whose line it is on.
	figure int
	behind func(T) *Behind
}

// table writes a head and a line for each row; rows for which strong holds
// stand out as sums do.
func table[T any](p *page, columns []column[T], rows []T, strong func(T) bool, empty huifang.Text) {
	if len(rows) == 0 {
		p.next(26)
		p.merged(0, len(columns)-1, 1, empty.In(p.lang), look{align: "center", border: allSides, muted: true})
		return
	}
	for _, row := range rows {
		lines := 1
		for i, c := range columns {
			if s, ok := c.value(row).(string); ok {
				lines = max(lines, printedLines(s, int(p.widths[i]-1)))
			}
		}
		p.next(heightOf(lines))
		l := look{border: allSides}
		if strong(row) {
			l.bold, l.shade = true, sumShade
		}
		for i, c := range columns {
			if c.behind != nil {
				p.counting(c.behind(row), c.figure)
			}
			p.value(i, c.value(row), c.left, l)
		}
	}
}

func (p *page) value(col int, value any, left bool, l look) {
	switch v := value.(type) {
	case string:
		l.align = "center"
		if left {
			l.align, l.indent = "left", 1
		}
		p.text(col, v, l)
	case int64:
		p.number(col, v, l)
	case rateValue:
		p.rate(col, v, l)
	case huifang.Date:
		p.date(col, v, l)
	}
}

// head writes a table's column labels.
func head[T any](p *page, columns []column[T]) {
	lines := 1
	for i, c := range columns {
		lines = max(lines, printedLines(c.label.In(p.lang), int(p.widths[i])))
	}
	p.next(max(22, heightOf(lines)))
	for i, c := range columns {
		p.text(i, c.label.In(p.lang), look{bold: true, align: "center", border: allSides, shade: headShade})
	}
}

func widthsOf[T any](columns []column[T], lang huifang.Lang) []float64 {
	out := make([]float64, len(columns))
	for i, c := range columns {
		out[i] = max(c.width, longestWord(c.label.In(lang)))
	}
	return out
}

// longestWord is the width of the longest part of s that no line break
// divides, and a little: bold letters are wider.
func longestWord(s string) float64 {
	longest, at := 0, 0
	for _, r := range s {
		w := runeWidth(r)
		if r == ' ' || r == '-' {
			at = 0
			continue
		}
		if w == 2 {
			at = 0
			longest = max(longest, 6) // three characters side by side read better than a column of single ones
		}
		at += w
		longest = max(longest, at)
	}
	return float64(longest) + 0.6
}

// figureColumns are the statistics' columns of a table of Ts; target says, in
// percent, which rate is demanded of a row, behind whose follow-ups it counts.
func figureColumns[T any](lang huifang.Lang, which []int, tally func(T) huifang.Tally, target func(T) float64, behind func(T) *Behind) []column[T] {
	out := make([]column[T], len(which))
	for i, id := range which {
		f := figures[id]
		out[i] = column[T]{label: f.label, width: f.room(lang), figure: id, behind: behind, value: func(row T) any {
			t := tally(row)
			if id == figRate {
				return followupRate(t, target(row))
			}
			return f.of(t)
		}}
	}
	return out
}

// of is the figure's value of a tally: a count or a rate.
func (f figure) of(t huifang.Tally) any {
	if f.count != nil {
		return f.count(t)
	}
	rate, ok := f.rate(t)
	return rateValue{rate: rate, ok: ok}
}

// followupRate is the follow-up rate against a target in percent; 0 demands
// nothing.
func followupRate(t huifang.Tally, target float64) rateValue {
	rate, ok := t.Rate()
	return rateValue{rate: rate, ok: ok, target: target, missed: missed(t, target)}
}
