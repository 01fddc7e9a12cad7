package report

import (
	"strconv"

	"github.com/huifang/huifang"
)

// Layout is a workbook as people see it: the pages, rows and cells that XLSX
// writes, with the text each cell shows, for screens to show the same.
type Layout struct {
	Title string       `json:"title"`
	Pages []LayoutPage `json:"pages"`
}

// LayoutPage is one sheet. The first Head rows and Keep columns stay in sight.
type LayoutPage struct {
	Name   string      `json:"name"`
	Widths []float64   `json:"widths"` // of columns, in half-width characters of body text
	Head   int         `json:"head"`
	Keep   int         `json:"keep"`
	Rows   []LayoutRow `json:"rows"`
}

// LayoutRow is one row; Height is in points.
type LayoutRow struct {
	Height float64      `json:"height"`
	Cells  []LayoutCell `json:"cells"`
}

// LayoutCell is a cell, or several merged into one: Columns wide from Column,
// counted from 0, and Rows high.
type LayoutCell struct {
	Column  int     `json:"column"`
	Columns int     `json:"columns"`
	Rows    int     `json:"rows"`
	Text    string  `json:"text"`
	Align   string  `json:"align,omitempty"` // left, center, right
	Indent  int     `json:"indent,omitempty"`
	Size    float64 `json:"size,omitempty"` // points; 0: body text
	Bold    bool    `json:"bold,omitempty"`
	Muted   bool    `json:"muted,omitempty"`
	Alarm   bool    `json:"alarm,omitempty"` // a target that is missed
	Shaded  bool    `json:"shaded,omitempty"`
	Top     bool    `json:"top,omitempty"`    // text at the top rather than in the middle
	Border  string  `json:"border,omitempty"` // sides: any of "ltrb"
	Behind  *Behind `json:"behind,omitempty"`
	Opens   *Opens  `json:"opens,omitempty"`
}

// Behind names the follow-ups that a figure counts: those of a unit, with those
// below it where Below; of a program; of a lead, or of Nobody. Empty is any.
// Figure is the figure's code; of a rate, the count that is its base.
type Behind struct {
	Unit    huifang.ID `json:"unit,omitempty"`
	Below   bool       `json:"below,omitempty"`
	Program string     `json:"program,omitempty"`
	Lead    huifang.ID `json:"lead,omitempty"`
	Nobody  bool       `json:"nobody,omitempty"`
	Figure  string     `json:"figure"`
}

// Layout is the sheet as XLSX writes it.
func (m *MonthSheet) Layout() (*Layout, error) {
	b := newBook(m.Lang)
	m.pages(b)
	out := &Layout{Title: m.title()}
	for _, p := range b.shown {
		out.Pages = append(out.Pages, *p)
	}
	b.keep(b.file.Close())
	return out, huifang.Wrap(b.err)
}

// show notes a cell that is being written.
func (p *page) show(col, columns, rows int, text string, l look) {
	row := &p.shown.Rows[p.row-1]
	row.Cells = append(row.Cells, LayoutCell{
		Column: col, Columns: columns, Rows: rows, Text: text, Align: l.align, Indent: l.indent, Size: l.size,
		Bold: l.bold, Muted: l.muted, Alarm: l.alarm, Shaded: l.shade != "", Top: l.top, Border: l.border, Behind: p.behind, Opens: p.opens,
	})
	p.behind, p.opens = nil, nil
}

// counting says which follow-ups the next cell counts, of the subject of its
// line; nil where a line has none.
func (p *page) counting(subject *Behind, id int) {
	if subject == nil {
		return
	}
	b := *subject
	switch b.Figure = figures[id].code; id {
	case figRate:
		b.Figure = figures[figDue].code
	case figSatisfaction:
		b.Figure = figures[figSatisfied].code
	}
	p.behind = &b
}

// countText is a count as countFormat shows it.
func countText(n int64) string {
	if n == 0 {
		return "–"
	}
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return sign + digits
}
