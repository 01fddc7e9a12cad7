package report

import (
	"io"
	"strconv"
	"strings"

	"github.com/huifang/huifang"
)

// Ledger is a sheet a trade keeps, ready to be laid out: titles and names in
// Lang, values read. It is a list, or with Cards a form for each of its rows.
type Ledger struct {
	Lang       huifang.Lang
	Title      string
	Sheet      string   // name of the page
	Facts      []string // unit, period, who prepared it: the line below the title
	Columns    []LedgerColumn
	Sections   []LedgerSection
	Total      []LedgerCell // the sums of a list; nil: none
	Cards      []LedgerCard
	Empty      string // said where there are no rows
	Signatures []string
	Notes      []string
	By         string // author of the file
}

// LedgerColumn is one column. A value is text, int64, float64, huifang.Date or a
// Share.
type LedgerColumn struct {
	Title string
	Width float64 // in half-width characters; 0: as its texts want
	Left  bool
}

// LedgerSection is rows under one heading; without a name there is none.
type LedgerSection struct {
	Name string
	Rows [][]LedgerCell
}

// LedgerCell is one value and what it leads to.
type LedgerCell struct {
	Value any
	Opens *Opens
}

// LedgerCard is the form of one row: facts two beside each other, then Lines
// under the ledger's Columns.
type LedgerCard struct {
	Title string
	Opens *Opens // the record it is of
	Facts []LedgerFact
	Lines [][]LedgerCell
}

// LedgerFact is one named value of a card.
type LedgerFact struct {
	Name string
	LedgerCell
}

// Share is a part of a whole; without a whole nothing is shown.
type Share struct{ Part, Whole int64 }

// Opens says what a cell leads to: a record, or with Kind "followups" those that
// the cell of a row (Key) and Column counts.
type Opens struct {
	Kind   string     `json:"kind"` // followup, contact, asset, case, followups
	ID     huifang.ID `json:"id,omitempty"`
	Key    string     `json:"key,omitempty"`
	Column int        `json:"column,omitempty"`
}

// XLSX writes the ledger as a workbook, laid out to be printed and signed.
func (l *Ledger) XLSX(w io.Writer) error {
	b := newBook(l.Lang)
	l.page(b)
	return b.save(w, l.Title, l.By)
}

// Layout is the ledger as XLSX writes it.
func (l *Ledger) Layout() (*Layout, error) {
	b := newBook(l.Lang)
	l.page(b)
	out := &Layout{Title: l.Title}
	for _, p := range b.shown {
		out.Pages = append(out.Pages, *p)
	}
	b.keep(b.file.Close())
	return out, huifang.Wrap(b.err)
}

func (l *Ledger) page(b *book) {
	widths := l.widths()
	if l.Cards != nil {
		widths = l.cardWidths()
	}
	paper, used := paperA4, 0.0
	for _, w := range widths {
		used += pixels(w)
	}
	if used > 1.35*printableA4 {
		paper = paperA3
	}
	p := b.newPage(sheetName(l.Sheet), widths, paper)
	if l.Cards != nil {
		l.cards(p)
		return
	}
	l.list(p)
}

// sheetName is a name that the file format allows.
func sheetName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) {
			return ' '
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 31 {
		return string(r[:31])
	}
	return s
}

func (l *Ledger) list(p *page) {
	last := len(p.widths) - 1
	p.next(34)
	p.merged(0, last, 1, l.Title, look{size: 16, bold: true, align: "center"})
	if len(l.Facts) > 0 {
		p.next(20)
		p.merged(0, last, 1, strings.Join(l.Facts, "　　"), look{align: "left", muted: true})
	}
	l.heads(p)
	headRows, rows := p.row, 0
	for _, s := range l.Sections {
		if s.Name != "" {
			p.next(20)
			p.merged(0, last, 1, s.Name+l.count(len(s.Rows)), look{bold: true, align: "left", indent: 1, border: allSides, shade: sumShade})
		}
		for _, cells := range s.Rows {
			l.row(p, cells, look{})
		}
		rows += len(s.Rows)
	}
	if l.Total != nil {
		l.row(p, l.Total, look{bold: true, shade: sumShade})
	}
	if rows == 0 {
		p.next(26)
		p.merged(0, last, 1, l.Empty, look{align: "center", border: allSides, muted: true})
	}
	l.foot(p)
	keep := 0
	if last > 1 {
		keep = 2
	}
	p.finish(headRows, keep)
}

func (l *Ledger) count(n int) string {
	if l.Lang == huifang.EN {
		return " (" + strconv.Itoa(n) + ")"
	}
	return "（" + strconv.Itoa(n) + "）"
}

func (l *Ledger) heads(p *page) {
	lines := 1
	for i, c := range l.Columns {
		lines = max(lines, printedLines(c.Title, int(p.widths[i])))
	}
	p.next(max(22, heightOf(lines)))
	for i, c := range l.Columns {
		p.text(i, c.Title, look{bold: true, align: "center", border: allSides, shade: headShade})
	}
}

// row writes one line of cells, as high as the longest wants.
func (l *Ledger) row(p *page, cells []LedgerCell, base look) {
	lines := 1
	for i, c := range cells {
		if s, ok := c.Value.(string); ok {
			lines = max(lines, printedLines(s, int(p.widths[i]-1)))
		}
	}
	p.next(min(heightOf(lines), 400))
	for i, c := range cells {
		p.ledgerCell(i, i, c, l.Columns[i].Left, base)
	}
}

// ledgerCell writes a value across columns from…to.
func (p *page) ledgerCell(from, to int, c LedgerCell, left bool, l look) {
	p.opens = c.Opens
	l.border, l.align = allSides, "center"
	if s, ok := c.Value.(string); ok || c.Value == nil {
		if left {
			l.align, l.indent = "left", 1
		}
		p.merged(from, to, 1, s, l)
		return
	}
	if to > from { // the borders of what is merged away
		p.opens = nil
		p.merged(from, to, 1, "", l)
		row := &p.shown.Rows[p.row-1]
		row.Cells = row.Cells[:len(row.Cells)-1]
		p.opens = c.Opens
	}
	switch v := c.Value.(type) {
	case int64:
		p.number(from, v, l)
	case float64:
		p.decimal(from, v, l)
	case huifang.Date:
		p.date(from, v, l)
	case Share:
		p.rate(from, rateValue{rate: float64(v.Part) / float64(max(v.Whole, 1)), ok: v.Whole > 0}, l)
	}
	if to > from {
		cells := p.shown.Rows[p.row-1].Cells
		cells[len(cells)-1].Columns = to - from + 1
	}
}

// decimal puts a number that may have decimals.
func (p *page) decimal(col int, v float64, l look) {
	cell := cellName(col, p.row)
	l.format = "0.##"
	shown := strconv.FormatFloat(v, 'f', -1, 64)
	if v == float64(int64(v)) {
		l.format = "0"
	} else if at := strings.IndexByte(shown, '.'); len(shown)-at > 3 {
		shown = strconv.FormatFloat(v, 'f', 2, 64)
	}
	p.keep(p.file.SetCellFloat(p.name, cell, v, -1, 64))
	p.keep(p.file.SetCellStyle(p.name, cell, cell, p.style(l)))
	p.show(col, 1, 1, shown, l)
}

// foot writes notes and the line to sign on.
func (l *Ledger) foot(p *page) {
	last := len(p.widths) - 1
	for _, note := range l.Notes {
		p.next(heightOf(printedLines(note, int(p.span(0, last)))))
		p.merged(0, last, 1, note, look{align: "left", muted: true})
	}
	l.sign(p)
}

func (l *Ledger) sign(p *page) {
	if len(l.Signatures) == 0 {
		return
	}
	p.next(signGap)
	p.next(signHeight)
	n, columns := len(l.Signatures), len(p.widths)
	for i, s := range l.Signatures {
		from, to := i*columns/n, (i+1)*columns/n-1
		if to >= from {
			p.merged(from, to, 1, s+colon(l.Lang), look{size: 11, align: "left"})
		}
	}
}

func colon(lang huifang.Lang) string {
	if lang == huifang.EN {
		return ": "
	}
	return "："
}

// widths are the columns' own, else as wide as their texts want within reason.
func (l *Ledger) widths() []float64 {
	out := make([]float64, len(l.Columns))
	for i, c := range l.Columns {
		if c.Width > 0 {
			out[i] = c.Width
			continue
		}
		want := longestWord(c.Title)
		for _, s := range l.Sections {
			for _, cells := range s.Rows {
				want = max(want, wanted(cells[i].Value))
			}
		}
		out[i] = min(want, 26)
	}
	return out
}

// wanted is the width a value would like.
func wanted(v any) float64 {
	switch v := v.(type) {
	case string:
		longest := 0
		for line := range strings.SplitSeq(v, "\n") {
			longest = max(longest, width(line))
		}
		return float64(longest) + 1.5
	case huifang.Date:
		return 11
	case Share:
		return 8
	}
	return 5
}

// CSV writes the rows of a list: UTF-8 with a byte order mark, headings first.
func (l *Ledger) CSV(w io.Writer) error {
	c := newCSV(w)
	c.line(func(b []byte) []byte {
		for _, col := range l.Columns {
			b = appendText(b, col.Title)
		}
		return b
	})
	for _, s := range l.Sections {
		for _, cells := range s.Rows {
			c.line(func(b []byte) []byte {
				for _, cell := range cells {
					b = appendText(b, plainValue(cell.Value))
				}
				return b
			})
		}
	}
	return huifang.Wrap(c.flush())
}

func plainValue(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case huifang.Date:
		return v.String()
	case Share:
		if v.Whole > 0 {
			return strconv.FormatFloat(float64(v.Part)/float64(v.Whole)*100, 'f', 1, 64) + "%"
		}
	}
	return ""
}
