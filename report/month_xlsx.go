package report

import (
	"io"

	"github.com/huifang/huifang"
)

// XLSX writes the sheet as a workbook for A4 on its side: the statistics of
// units by program with analysis and signatures, then programs, staff,
// unqualified records, recurrences and restatements each on a sheet of their
// own, and last every figure of every unit and program in plain rows to filter.
func (m *MonthSheet) XLSX(w io.Writer) error {
	b := newBook(m.Lang)
	m.pages(b)
	return b.save(w, m.title(), m.Organization.In(m.Lang))
}

func (m *MonthSheet) pages(b *book) {
	m.mainPage(b)
	m.programPage(b)
	m.staffPage(b)
	m.unqualifiedPage(b)
	m.recurrencePage(b)
	m.unreachablePage(b)
	if len(m.Restated) > 0 {
		m.restatedPage(b)
	}
	m.figurePage(b)
}

// title is what stands at the top of the first page.
func (m *MonthSheet) pick(zh, en string) string { return label(zh, en).In(m.Lang) }

// of is whose sheet it is: the organization, and the unit where it is for one.
func (m *MonthSheet) of() string {
	name := m.Organization.In(m.Lang)
	if m.Unit != "" && m.Unit != name {
		if name != "" {
			name += m.pick("　", ", ")
		}
		name += m.Unit
	}
	return name
}

// standing says whether the month is closed.
func (m *MonthSheet) standing() string {
	switch {
	case !m.Frozen:
		return m.pick("本月未结，数据截至制表日", "month not closed; figures as of the day prepared")
	case len(m.Restated) > 0:
		return m.pick("已结月份（"+dateName(m.ClosedOn, m.Lang)+"），结账后有更正重述",
			"closed on "+dateName(m.ClosedOn, m.Lang)+", restated since")
	}
	return m.pick("已结月份（"+dateName(m.ClosedOn, m.Lang)+"）", "closed on "+dateName(m.ClosedOn, m.Lang))
}

// banner writes title and sub-line across the page's columns.
func (m *MonthSheet) banner(p *page, title string) {
	last := len(p.widths) - 1
	p.next(34)
	p.merged(0, last, 1, title, look{size: 18, bold: true, align: "center"})
	p.next(20)
	middle, right := p.thirds()
	p.merged(0, middle-1, 1, m.pick("制表单位：", "Unit: ")+m.of(), look{align: "left"})
	p.merged(middle, right-1, 1, m.standing(), look{align: "center", muted: true})
	p.merged(right, last, 1, m.pick("制表日期：", "Prepared: ")+dateName(m.Prepared, m.Lang), look{align: "right"})
}

// listPage writes one table as a sheet of its own.
func listPage[T any](m *MonthSheet, b *book, tab, title huifang.Text, columns []column[T], rows []T, strong func(T) bool, empty huifang.Text) *page {
	p := b.newPage(tab.In(m.Lang), widthsOf(columns, m.Lang), paperA4)
	m.banner(p, m.pick(monthName(m.Month, m.Lang)+title.ZH, title.EN+", "+monthName(m.Month, m.Lang)))
	head(p, columns)
	table(p, columns, rows, strong, empty)
	p.finish(3, 2)
	return p
}

func never[T any](T) bool { return false }

// numbered puts a row number before rows.
type numbered[T any] struct {
	n   int64
	row T
}

func number[T any](rows []T) []numbered[T] {
	out := make([]numbered[T], len(rows))
	for i, row := range rows {
		out[i] = numbered[T]{int64(i + 1), row}
	}
	return out
}

// numberLabel heads the column of row numbers.
var numberLabel = label("序号", "No.") //nolint:gochecknoglobals // constant text

func numberColumn[T any]() column[numbered[T]] {
	return column[numbered[T]]{label: numberLabel, width: 3.6, value: func(r numbered[T]) any {
		if r.n == 0 {
			return ""
		}
		return r.n
	}}
}
