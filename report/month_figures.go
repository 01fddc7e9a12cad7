package report

import "github.com/huifang/huifang"

// figureRow is one unit and program: a cell of the sheet with everything known
// of it.
type figureRow struct {
	id      huifang.ID
	unit    string
	depth   int
	program ProgramColumn
	target  float64
	tally   huifang.Tally
}

// figureRows lists every cell that holds anything, units in order, each with
// its programs in order.
func (m *MonthSheet) figureRows() []figureRow {
	var out []figureRow
	top := m.topDepth()
	for _, u := range m.Units {
		for _, p := range m.Programs {
			t, ok := u.Cells[p.Code]
			if !ok || t == (huifang.Tally{}) {
				continue
			}
			l := line{targets: u.Targets}
			out = append(out, figureRow{id: u.ID, unit: u.Name, depth: u.Depth - top, program: p, target: l.target(p), tally: t})
		}
	}
	return out
}

func (m *MonthSheet) figureTable() []column[figureRow] {
	figs := figureColumns(m.Lang, allFigures(), func(r figureRow) huifang.Tally { return r.tally }, func(r figureRow) float64 { return r.target },
		func(r figureRow) *Behind { return &Behind{Unit: r.id, Program: r.program.Code} })
	return append([]column[figureRow]{
		{label: label("单位", "Unit"), width: 22, left: true, value: func(r figureRow) any { return r.unit }},
		{label: label("回访方案", "Program"), width: 22, left: true, value: func(r figureRow) any { return m.groupName(group{program: r.program}) }},
		{label: label("目标回访率", "Target rate"), width: 7, value: func(r figureRow) any { return targetName(group{program: r.program.demanding(r.target)}) }},
	}, figs...)
}

func (p ProgramColumn) demanding(target float64) ProgramColumn {
	p.Target = target
	return p
}

// figurePage is the plain rows people sort, filter and pivot: no merged cells,
// the head in the first row.
func (m *MonthSheet) figurePage(b *book) {
	columns, rows := m.figureTable(), m.figureRows()
	p := b.newPage(m.pick("明细数据", "Figures"), widthsOf(columns, m.Lang), paperA4)
	head(p, columns)
	table(p, columns, rows, never, label("本月没有回访", "no follow-ups this month"))
	if len(rows) > 0 {
		p.keep(p.file.AutoFilter(p.name, cellName(0, 1)+":"+cellName(len(columns)-1, p.row), nil))
	}
	p.finish(1, 2)
}
