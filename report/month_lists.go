package report

import (
	"strings"

	"github.com/huifang/huifang"
)

// programRow is one program over all units, or all programs.
type programRow struct {
	name   string
	target float64
	tally  huifang.Tally
	total  bool
	code   string
}

func (m *MonthSheet) programRows() []numbered[programRow] {
	rows := make([]programRow, 0, len(m.Programs))
	for _, p := range m.Programs {
		rows = append(rows, programRow{code: p.Code, name: m.groupName(group{program: p}), target: p.Target, tally: m.ProgramTotal(p.Code)})
	}
	out := number(rows)
	if len(rows) > 0 {
		out = append(out, numbered[programRow]{row: programRow{name: m.totalWord().In(m.Lang), tally: m.Total(), total: true}})
	}
	return out
}

func (m *MonthSheet) programColumns() []column[numbered[programRow]] {
	type row = numbered[programRow]
	figs := named(m, figureColumns(m.Lang, allFigures(), func(r row) huifang.Tally { return r.row.tally }, func(r row) float64 { return r.row.target },
		func(r row) *Behind { return &Behind{Below: true, Program: r.row.code} }))
	columns := append([]column[row]{
		numberColumn[programRow](),
		{label: label("回访方案", "Program"), width: 22, left: true, value: func(r row) any { return r.row.name }},
		{label: label("目标回访率", "Target rate"), width: 7, value: func(r row) any {
			return targetName(group{program: ProgramColumn{Target: r.row.target}, total: r.row.total})
		}},
	}, figs...)
	return append(columns, column[row]{label: label("是否达标", "Target met"), width: 7, value: func(r row) any {
		if r.row.total {
			return "–"
		}
		g := group{program: ProgramColumn{Target: r.row.target}}
		return m.metName(g, line{cells: map[string]huifang.Tally{"": r.row.tally}})
	}})
}

func (m *MonthSheet) programPage(b *book) {
	p := listPage(m, b, label("按方案", "By program"), label("回访统计（按方案）", "Follow-ups by program"),
		m.programColumns(), m.programRows(), func(r numbered[programRow]) bool { return r.row.total }, label("没有回访方案", "no programs"))
	p.next(6)
	lines := []string{definitions.In(m.Lang)}
	for _, n := range m.Words.Notes {
		lines = append(lines, n.In(m.Lang))
	}
	text := strings.Join(lines, "\n")
	p.next(float64(printedLines(text, int(p.span(0, len(p.widths)-1)))+1) * lineHeight)
	p.merged(0, len(p.widths)-1, 1, text, look{align: "left", top: true, muted: true, size: 8})
}

// definitions are the figures' meanings, as in the glossary.
var definitions = label( //nolint:gochecknoglobals // constant text
	"口径：按时限截止日归入月份，已取消的不计。应回访＝已回访＋未回访＋无法联系＋免回访；逾期＝逾期完成＋逾期仍未回访；"+
		"回访率＝已回访÷（应回访－免回访）；满意率＝满意÷（满意＋不满意＋不合格），无法联系不计入满意。▼ 表示低于目标。",
	"Follow-ups count in the month their window closes; cancelled ones do not count. Due = done + open + unreachable + waived. "+
		"Overdue = done late + still open after the window. Rate = done ÷ (due − waived). "+
		"Satisfaction = satisfied ÷ (satisfied + dissatisfied + unqualified); unreachable never counts as satisfied. ▼ marks a rate below its target.")

func (m *MonthSheet) staffRows() []numbered[StaffRow] {
	out := number(m.Staff)
	var sum huifang.Tally
	for i, r := range out {
		sum = sum.Add(r.row.Tally)
		if r.row.Name == "" {
			out[i].row.Name = m.pick("（未分派）", "(unassigned)")
		}
	}
	if len(out) > 0 {
		out = append(out, numbered[StaffRow]{row: StaffRow{Name: m.totalWord().In(m.Lang), Tally: sum}})
	}
	return out
}

func (m *MonthSheet) staffColumns() []column[numbered[StaffRow]] {
	type row = numbered[StaffRow]
	figs := named(m, figureColumns(m.Lang, allFigures(), func(r row) huifang.Tally { return r.row.Tally }, func(row) float64 { return 0 },
		func(r row) *Behind { return &Behind{Below: true, Lead: r.row.ID, Nobody: r.n != 0 && r.row.ID == ""} }))
	return append([]column[row]{
		numberColumn[StaffRow](),
		{label: label("主办人", "Lead"), width: 14, left: true, value: func(r row) any { return r.row.Name }},
		{label: m.unitsWord(), width: 20, left: true, value: func(r row) any { return r.row.Unit }},
	}, figs...)
}

func (m *MonthSheet) staffPage(b *book) {
	listPage(m, b, label("按员工", "By staff"), label("回访统计（按员工）", "Follow-ups by staff"),
		m.staffColumns(), m.staffRows(), func(r numbered[StaffRow]) bool { return r.n == 0 }, label("本月没有回访", "no follow-ups this month"))
}

func (m *MonthSheet) unqualifiedColumns() []column[numbered[UnqualifiedRow]] {
	type row = numbered[UnqualifiedRow]
	text := func(zh, en string, width float64, left bool, value func(UnqualifiedRow) string) column[row] {
		return column[row]{label: label(zh, en), width: width, left: left, value: func(r row) any { return value(r.row) }}
	}
	columns := []column[row]{
		numberColumn[UnqualifiedRow](),
		text("回访编号", "Number", 15, false, func(r UnqualifiedRow) string { return r.Number }),
		{label: label("回访日期", "Date"), width: 11, value: func(r row) any { return r.row.Date }},
		text("单位", "Unit", 16, true, func(r UnqualifiedRow) string { return r.Unit }),
		text("客户", "Contact", 19, true, func(r UnqualifiedRow) string { return r.Contact }),
		text("资产", "Asset", 14, true, func(r UnqualifiedRow) string { return r.Asset }),
		text("回访方案", "Program", 14, true, func(r UnqualifiedRow) string { return r.Program.In(m.Lang) }),
		text("事由", "Matter", 18, true, func(r UnqualifiedRow) string { return r.Matter }),
		text("责任部门", "Department", 12, true, func(r UnqualifiedRow) string { return r.Department }),
		text("结论", "Verdict", 11.5, false, func(r UnqualifiedRow) string { return verdictName(r.Verdict).In(m.Lang) }),
		text("客户意见", "Said", 26, true, func(r UnqualifiedRow) string { return r.Said }),
		text("审核意见", "Reviewer's opinion", 20, true, func(r UnqualifiedRow) string { return r.Opinion }),
		text("诉求编号", "Case", 15, false, func(r UnqualifiedRow) string { return r.CaseNumber }),
		text("处理状态", "State", 10, false, func(r UnqualifiedRow) string { return m.stateOfCase(r) }),
	}
	return heads(m, "unqualified", columns, "", "number", "done_at", "unit", "contact", "asset", "program", "matter", "department", "", "shortcomings", "opinion", "case")
}

func (m *MonthSheet) stateOfCase(r UnqualifiedRow) string {
	if r.CaseNumber == "" {
		return "–"
	}
	return caseStateName(r.CaseState).In(m.Lang)
}

func (m *MonthSheet) unqualifiedPage(b *book) {
	listPage(m, b, label("不合格回访", "Unqualified"), m.listTitle("unqualified", label("不合格回访清单", "Unqualified follow-ups")),
		m.unqualifiedColumns(), number(m.Unqualified), never, label("本月没有不满意或不合格的回访", "no dissatisfied or unqualified follow-ups this month"))
}

func (m *MonthSheet) recurrenceColumns() []column[numbered[RecurrenceRow]] {
	type row = numbered[RecurrenceRow]
	text := func(zh, en string, width float64, left bool, value func(RecurrenceRow) string) column[row] {
		return column[row]{label: label(zh, en), width: width, left: left, value: func(r row) any { return value(r.row) }}
	}
	columns := []column[row]{
		numberColumn[RecurrenceRow](),
		text("类别", "Kind", 10, false, func(r RecurrenceRow) string { return recurrenceName(r.Kind).In(m.Lang) }),
		text("单位", "Unit", 18, true, func(r RecurrenceRow) string { return r.Unit }),
		text("客户／资产", "Contact / asset", 20, true, func(r RecurrenceRow) string { return r.Subject }),
		text("事由", "Matter", 26, true, func(r RecurrenceRow) string { return r.Matter }),
		{label: label("次数", "Times"), width: 6, value: func(r row) any { return int64(r.row.Count) }},
		text("负责人决定", "Head's decision", 15, false, func(r RecurrenceRow) string { return decisionName(r.Decision).In(m.Lang) }),
		text("意见", "Opinion", 36, true, func(r RecurrenceRow) string { return r.Opinion }),
		text("诉求编号", "Case", 15, false, func(r RecurrenceRow) string { return r.CaseNumber }),
	}
	return heads(m, "recurrences", columns, "", "rule", "unit", "", "matter", "count", "decision", "opinion")
}

func (m *MonthSheet) recurrencePage(b *book) {
	listPage(m, b, label("重复诉求与返工", "Recurrences"), m.listTitle("recurrences", label("重复诉求与返工清单", "Recurrences")),
		m.recurrenceColumns(), number(m.Recurrences), never, label("本月没有重复诉求或返工", "no recurrences this month"))
}

func (m *MonthSheet) unreachableColumns() []column[numbered[UnreachableRow]] {
	type row = numbered[UnreachableRow]
	text := func(zh, en string, width float64, left bool, value func(UnreachableRow) string) column[row] {
		return column[row]{label: label(zh, en), width: width, left: left, value: func(r row) any { return value(r.row) }}
	}
	columns := []column[row]{
		numberColumn[UnreachableRow](),
		text("回访编号", "Number", 15, false, func(r UnreachableRow) string { return r.Number }),
		text("单位", "Unit", 18, true, func(r UnreachableRow) string { return r.Unit }),
		text("客户", "Contact", 19, true, func(r UnreachableRow) string { return r.Contact }),
		text("资产", "Asset", 16, true, func(r UnreachableRow) string { return r.Asset }),
		text("回访方案", "Program", 18, true, func(r UnreachableRow) string { return r.Program.In(m.Lang) }),
		text("回访人", "Assigned to", 14, true, func(r UnreachableRow) string { return r.Staff }),
		text("原因", "Reason", 40, true, func(r UnreachableRow) string { return r.Reason }),
	}
	return heads(m, "unreachable", columns, "", "number", "unit", "contact", "asset", "program", "assignees", "reason")
}

func (m *MonthSheet) unreachablePage(b *book) {
	listPage(m, b, label("无法联系", "Unreachable"), m.listTitle("unreachable", label("无法联系清单", "Not reached")),
		m.unreachableColumns(), number(m.Unreachable), never, label("本月没有无法联系的客户", "everybody was reached this month"))
}

func (m *MonthSheet) restatedColumns() []column[numbered[Restatement]] {
	type row = numbered[Restatement]
	columns := []column[row]{
		numberColumn[Restatement](),
		{label: label("单位", "Unit"), width: 20, left: true, value: func(r row) any { return r.row.Unit }},
		{label: label("回访方案", "Program"), width: 20, left: true, value: func(r row) any { return r.row.Program.In(m.Lang) }},
	}
	for _, id := range []int{figDue, figDone, figOverdue, figRate, figSatisfaction} {
		f := figures[id]
		before := label("结账时"+f.label.ZH, "Closed: "+f.label.EN)
		after := label("更正后"+f.label.ZH, "Now: "+f.label.EN)
		columns = append(columns,
			column[row]{label: before, width: 9, value: func(r row) any { return f.of(r.row.Before) }},
			column[row]{label: after, width: 9, value: func(r row) any { return f.of(r.row.After) }})
	}
	return columns
}

func (m *MonthSheet) restatedPage(b *book) {
	listPage(m, b, label("更正重述", "Restatements"), label("更正重述", "Restatements"),
		m.restatedColumns(), number(m.Restated), never, label("没有更正重述", "no restatements"))
}
