package report

import (
	"fmt"
	"math"

	"github.com/xuri/excelize/v2"

	"github.com/huifang/huifang"
)

// Paper sizes by their numbers in the file format (ECMA-376, 18.3.1.63), and
// the width in pixels at 96 per inch that is left between the margins when
// they lie on their side.
const (
	paperA4      = 9
	paperA3      = 8
	printableA4  = 1058
	printableA3  = 1523
	marginInches = 0.35
	footInches   = 0.55
)

// page is one sheet of a book, written from the top down.
type page struct {
	*book
	name   string
	paper  int
	widths []float64 // of columns, in half-width characters
	row    int       // last row written, from 1
	used   float64   // points written so far
	shown  *LayoutPage
	behind *Behind // what the next cell counts
	opens  *Opens  // what the next cell leads to
}

// newPage begins a sheet whose columns are so many half-width characters wide,
// widened together where they would not fill the paper.
func (b *book) newPage(name string, widths []float64, paper int) *page {
	if b.pages == 0 {
		b.keep(b.file.SetSheetName(b.file.GetSheetName(0), name))
	} else {
		_, err := b.file.NewSheet(name)
		b.keep(err)
	}
	b.pages++
	p := &page{book: b, name: name, widths: fill(widths, paper), paper: paper}
	p.shown = &LayoutPage{Name: name, Widths: p.widths}
	b.shown = append(b.shown, p.shown)
	for i, w := range p.widths {
		col := columnName(i)
		b.keep(b.file.SetColWidth(name, col, col, columnUnits(w)))
	}
	return p
}

func fill(widths []float64, paper int) []float64 {
	room, used := float64(printableA4), 0.0
	if paper == paperA3 {
		room = printableA3
	}
	for _, w := range widths {
		used += pixels(w)
	}
	out := make([]float64, len(widths))
	for i, w := range widths {
		out[i] = w
		if used < room {
			out[i] = (pixels(w)*room/used - padding) / halfWidth
		}
	}
	return out
}

// A half-width character of the body text, and a cell's padding, in pixels.
const (
	halfWidth = bodySize * 96 / 72 / 2
	padding   = 8
)

func pixels(chars float64) float64 { return chars*halfWidth + padding }

// columnUnits turns half-width characters of body text into the file format's
// unit, digits of the workbook's default font: 7 pixels each and 5 between.
func columnUnits(chars float64) float64 { return math.Round((pixels(chars)-5)/7*100) / 100 }

func columnName(i int) string {
	name, err := excelize.ColumnNumberToName(i + 1)
	if err != nil { // beyond the last column of the format
		return "XFD"
	}
	return name
}

func cellName(col, row int) string { return fmt.Sprintf("%s%d", columnName(col), row) }

// text, number and rate put one cell; a text is never taken for a formula.
func (p *page) text(col int, s string, l look) {
	cell := cellName(col, p.row)
	p.keep(p.file.SetCellStr(p.name, cell, s))
	p.keep(p.file.SetCellStyle(p.name, cell, cell, p.style(l)))
	p.show(col, 1, 1, s, l)
}

func (p *page) number(col int, n int64, l look) {
	l.format, l.align = countFormat, "center"
	cell := cellName(col, p.row)
	p.keep(p.file.SetCellInt(p.name, cell, n))
	p.keep(p.file.SetCellStyle(p.name, cell, cell, p.style(l)))
	p.show(col, 1, 1, countText(n), l)
}

// rate puts a rate beside its target in percent; one that misses it stands out
// in colour, and by a mark where there is no colour.
func (p *page) rate(col int, r rateValue, l look) {
	l.align = "center"
	if !r.ok {
		p.text(col, "–", l)
		return
	}
	l.format = "0." + "0000"[:decimals(r.rate, r.target)] + "%"
	shown := percent(r.rate, r.target)
	if r.missed {
		l.alarm = true
		l.format += `"▼"`
		shown += "▼"
	}
	cell := cellName(col, p.row)
	p.keep(p.file.SetCellFloat(p.name, cell, r.rate, -1, 64))
	p.keep(p.file.SetCellStyle(p.name, cell, cell, p.style(l)))
	p.show(col, 1, 1, shown, l)
}

func (p *page) date(col int, d huifang.Date, l look) {
	if d == huifang.NoDate {
		p.text(col, "", l)
		return
	}
	l.format, l.align = dateFormat, "center"
	cell := cellName(col, p.row)
	p.keep(p.file.SetCellInt(p.name, cell, int64(serial(d))))
	p.keep(p.file.SetCellStyle(p.name, cell, cell, p.style(l)))
	p.show(col, 1, 1, d.String(), l)
}

// serial is a date as spreadsheets count: days since 30 December 1899.
func serial(d huifang.Date) int { return int(d) + 25569 }

// merged puts one text across columns from…to, both included, and rows more
// rows downward.
func (p *page) merged(from, to, rows int, s string, l look) {
	first, last := cellName(from, p.row), cellName(to, p.row+rows-1)
	p.keep(p.file.SetCellStr(p.name, first, s))
	p.keep(p.file.SetCellStyle(p.name, first, last, p.style(l)))
	if from != to || rows > 1 {
		p.keep(p.file.MergeCell(p.name, first, last))
	}
	p.show(from, to-from+1, rows, s, l)
}

// next begins a row of so many points.
func (p *page) next(points float64) {
	p.row++
	p.used += points
	p.shown.Rows = append(p.shown.Rows, LayoutRow{Height: points, Cells: []LayoutCell{}})
	p.keep(p.file.SetRowHeight(p.name, p.row, min(points, 409)))
}

// span is the width of columns from…to in half-width characters.
func (p *page) span(from, to int) float64 {
	sum := 0.0
	for _, w := range p.widths[from : to+1] {
		sum += pixels(w)
	}
	return (sum - padding) / halfWidth
}

// below is how many points of rows fit on a printed page under what is written
// so far, at the scale that fits the page's width.
func (p *page) below() float64 {
	wide, tall := printableA4, 210/25.4*72
	if p.paper == paperA3 {
		wide, tall = printableA3, 297/25.4*72
	}
	sum := 0.0
	for _, w := range p.widths {
		sum += pixels(w)
	}
	scale := min(1, float64(wide)/sum)
	return (tall-72*(marginInches+footInches))/scale - p.used
}

// thirds are the columns nearest to a third and two thirds of the page's
// width; each of the three parts has a column at least.
func (p *page) thirds() (second, third int) {
	whole := p.span(0, len(p.widths)-1)
	second, third = 1, len(p.widths)-1
	for p.span(0, second-1) < whole*0.3 {
		second++
	}
	for p.span(third, len(p.widths)-1) < whole*0.3 {
		third--
	}
	return second, max(third, second+1)
}

// Heights in points.
const (
	lineHeight = 13
	rowHeight  = 20
)

// heightOf is the height of a row whose tallest text takes so many lines.
func heightOf(lines int) float64 { return max(rowHeight, float64(lines)*lineHeight+5) }

// finish sets the page up for print: on its side, fitted to the paper's width,
// the head, if there is one, repeated on every page, page numbers below, and the
// head and the first columns kept in sight on screen.
func (p *page) finish(headRows, keepColumns int) {
	p.shown.Head, p.shown.Keep = headRows, keepColumns
	fit, tall, wide := true, 0, 1
	orientation := "landscape"
	p.keep(p.file.SetSheetProps(p.name, &excelize.SheetPropsOptions{FitToPage: &fit}))
	p.keep(p.file.SetPageLayout(p.name, &excelize.PageLayoutOptions{Size: &p.paper, Orientation: &orientation, FitToHeight: &tall, FitToWidth: &wide}))
	margin, bottom, centered := marginInches, footInches, true
	p.keep(p.file.SetPageMargins(p.name, &excelize.PageLayoutMarginsOptions{
		Left: &margin, Right: &margin, Top: &margin, Bottom: &bottom, Footer: &margin, Horizontally: &centered,
	}))
	p.keep(p.file.SetHeaderFooter(p.name, &excelize.HeaderFooterOptions{
		OddFooter: "&C&8" + label("第 &P 页，共 &N 页", "Page &P of &N").In(p.lang) + "&R&8&A",
	}))
	show := false
	p.keep(p.file.SetSheetView(p.name, 0, &excelize.ViewOptions{ShowGridLines: &show}))
	if headRows == 0 {
		return
	}
	p.keep(p.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$1:$%d", p.name, headRows), Scope: p.name,
	}))
	p.keep(p.file.SetPanes(p.name, &excelize.Panes{
		Freeze: true, XSplit: keepColumns, YSplit: headRows, TopLeftCell: cellName(keepColumns, headRows+1), ActivePane: "bottomRight",
	}))
}
