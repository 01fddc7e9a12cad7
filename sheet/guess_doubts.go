package sheet

import (
	"strings"

	"github.com/huifang/huifang"
)

// order looks through the dates for one that has only one reading: 7/25/2016
// settles that month comes first in this file.
func (g *guess) order() {
	votes := map[DateOrder]int{}
	for i, l := range g.layouts {
		for _, c := range l.Columns {
			if c.Field == FieldAt || c.Field == FieldOpenedAt {
				g.vote(g.heads[i], l, c.Index, votes)
			}
		}
	}
	if len(votes) != 1 { // nothing to settle, or the dates contradict each other
		return
	}
	for order := range votes {
		g.mapping.DateOrder = order
		g.report.note("日期按 %s 的顺序读（如 3/5/24）", "dates such as 3/5/24 are read in the order %s", strings.ToUpper(string(order)))
	}
}

// vote counts the dates of a column that only one order can read.
func (g *guess) vote(h *head, l *Layout, column int, votes map[DateOrder]int) {
	for _, r := range h.rows {
		if r.row < l.Header+l.Lines || r.kind(column) != kindText {
			continue
		}
		date, _, _ := strings.Cut(clean(r.cell(column)), " ")
		parts := strings.FieldsFunc(date, func(c rune) bool { return isSeparator(string(c)) })
		if len(date) > 10 || len(parts) != 3 || len(parts[0]) > 2 {
			continue
		}
		var only DateOrder
		fits := 0
		for _, o := range []DateOrder{OrderYMD, OrderDMY, OrderMDY} {
			if o == OrderYMD && len(parts[2]) == 4 {
				continue
			}
			if _, err := parseTime(date, &Hints{Order: o, Loc: shanghai(), Near: huifang.NoDate}); err == nil {
				only, fits = o, fits+1
			}
		}
		if fits == 1 {
			votes[only]++
		}
	}
}

// missing says what a mapping still needs.
func (g *guess) missing() {
	m := &g.mapping
	if len(g.layouts) == 0 {
		g.report.note("没有一张表像是服务登记", "no sheet looks like a register of services")
		return
	}
	if m.Kind.List() {
		return
	}
	if m.column(FieldType) == nil && m.Fixed[FieldType] == "" {
		g.report.note("没有类别列：请在映射的 fixed 中写明 event.type", "no category column: state event.type under fixed in the mapping")
	}
	if m.column(FieldAt) == nil {
		g.report.note("没有完成时间列：请在映射中指定 event.at", "no completion column: map one to event.at")
	}
	if m.column(FieldContactName) == nil && m.column(FieldContactCode) == nil && m.column(FieldContactPhone) == nil && m.column(FieldAssetCode) == nil {
		g.report.note("没有客户或房号列", "no column names a customer or an asset")
	}
}

// strangers names words of the category and status columns that nobody knows.
func (g *guess) strangers() {
	m := &g.mapping
	rules := &rules{mapping: m, categories: newLookup(m.Categories), finished: wordSet(m.Finished), unfinished: wordSet(append(unfinishedWords(), m.Unfinished...))}
	for i, l := range g.layouts {
		for _, c := range l.Columns {
			if c.Field != FieldType && c.Field != FieldStatus {
				continue
			}
			if words := g.heads[i].unknown(l, c, rules); len(words) > 0 {
				g.report.note("%s：“%s”列有不认识的词：%s", "%s: column %q has unknown words: %s", l.place(), c.Name, strings.Join(words, "、"))
			}
		}
	}
}

func (l *Layout) place() string {
	if l.Sheet != "" {
		return "[" + l.Sheet + "]"
	}
	return "CSV"
}

func (h *head) unknown(l *Layout, c Heading, r *rules) []string {
	const most = 6
	var out []string
	for _, row := range h.rows {
		text := clean(row.cell(c.Index))
		if row.row < l.Header+l.Lines || text == "" || len(out) == most {
			continue
		}
		known := r.finished[fold(text)] || r.unfinished[fold(text)]
		if c.Field == FieldType {
			_, known = r.categories.find(text)
			known = known || len(r.mapping.Categories) == 0
		}
		if !known {
			out = appendOnce(out, quoted(text))
		}
	}
	return out
}
