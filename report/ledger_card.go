package report

import "strings"

// A card is a grid of cardColumns columns: two facts beside each other, a name
// and a value each, and the lines spread over it.
const (
	cardName  = 16.0
	cardValue = 44.0
	longFact  = 60 // half-width characters: a longer value has a row of its own
)

// cardWidths are those of the lines' columns, or of two facts where there are
// none.
func (l *Ledger) cardWidths() []float64 {
	if len(l.Columns) < 4 {
		return []float64{cardName, cardValue, cardName, cardValue}
	}
	out := make([]float64, len(l.Columns))
	for i, c := range l.Columns {
		out[i] = c.Width
		if c.Width == 0 {
			out[i] = longestWord(c.Title)
			for _, card := range l.Cards {
				for _, cells := range card.Lines {
					out[i] = max(out[i], wanted(cells[i].Value))
				}
			}
			out[i] = min(out[i], 26)
		}
	}
	return out
}

// cards writes one form below the other, each on a printed page of its own.
func (l *Ledger) cards(p *page) {
	last := len(p.widths) - 1
	for i := range l.Cards {
		if i > 0 {
			p.next(24)
			p.keep(p.file.InsertPageBreak(p.name, cellName(0, p.row+1)))
		}
		l.card(p, &l.Cards[i])
	}
	if len(l.Cards) == 0 {
		p.next(34)
		p.merged(0, last, 1, l.Title, look{size: 16, bold: true, align: "center"})
		p.next(26)
		p.merged(0, last, 1, l.Empty, look{align: "center", border: allSides, muted: true})
	}
	p.finish(0, 0)
}

func (l *Ledger) card(p *page, c *LedgerCard) {
	last := len(p.widths) - 1
	p.next(34)
	p.merged(0, last, 1, l.Title, look{size: 16, bold: true, align: "center"})
	p.next(20)
	p.opens = c.Opens
	p.merged(0, last, 1, strings.Join(append([]string{c.Title}, l.Facts...), "　　"), look{align: "left", muted: true})
	l.facts(p, c.Facts)
	if len(l.Columns) > 0 {
		l.heads(p)
		for _, cells := range c.Lines {
			l.row(p, cells, look{})
		}
		if len(c.Lines) == 0 {
			p.next(26)
			p.merged(0, last, 1, l.Empty, look{align: "center", border: allSides, muted: true})
		}
	}
	l.foot(p)
}

// facts writes named values, two beside each other where they are short.
func (l *Ledger) facts(p *page, facts []LedgerFact) {
	at := p.quarters()
	for i := 0; i < len(facts); i++ {
		if isLong(facts[i]) || i+1 == len(facts) || isLong(facts[i+1]) {
			p.factRow(at, facts[i], nil)
			continue
		}
		p.factRow(at, facts[i], &facts[i+1])
		i++
	}
}

func isLong(f LedgerFact) bool {
	s, ok := f.Value.(string)
	return ok && (width(s) > longFact || strings.Contains(s, "\n"))
}

func (p *page) factRow(at [3]int, first LedgerFact, second *LedgerFact) {
	last := len(p.widths) - 1
	name := look{bold: true, align: "center", border: allSides, shade: headShade}
	end := last
	if second != nil {
		end = at[1] - 1
	}
	lines := max(p.factLines(first, at[0], end), printedLines(first.Name, int(p.span(0, at[0]-1))))
	if second != nil {
		lines = max(lines, p.factLines(*second, at[2], last), printedLines(second.Name, int(p.span(at[1], at[2]-1))))
	}
	p.next(min(heightOf(lines)+4, 400))
	p.merged(0, at[0]-1, 1, first.Name, name)
	p.ledgerCell(at[0], end, first.LedgerCell, true, look{})
	if second != nil {
		p.merged(at[1], at[2]-1, 1, second.Name, name)
		p.ledgerCell(at[2], last, second.LedgerCell, true, look{})
	}
}

func (p *page) factLines(f LedgerFact, from, to int) int {
	s, _ := f.Value.(string)
	return printedLines(s, int(p.span(from, to)-2))
}

// quarters are the columns at which a fact's value, the second fact's name and
// its value begin: nearest to an eighth, a half and five eighths of the width.
func (p *page) quarters() (at [3]int) {
	last := len(p.widths) - 1
	whole := p.span(0, last)
	near := func(share float64, least int) int {
		i := least
		for i < last && p.span(0, i-1) < whole*share {
			i++
		}
		return i
	}
	at[0] = near(0.13, 1)
	at[1] = near(0.5, at[0]+1)
	at[2] = min(near(0.63, at[1]+1), last)
	if at[1] >= at[2] {
		at[1] = at[2] - 1
	}
	return at
}
