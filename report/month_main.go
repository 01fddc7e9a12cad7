package report

import (
	"strconv"

	"github.com/huifang/huifang"
)

// group is the columns of one program across the main page, or of all programs
// together.
type group struct {
	program ProgramColumn
	total   bool
	first   int // column
	figures []int
}

func (g group) last() int { return g.first + len(g.figures) - 1 }

func (g group) tally(m *MonthSheet, l line) huifang.Tally {
	if g.total {
		return m.total(l)
	}
	return l.cells[g.program.Code]
}

// target is the rate demanded on a line; all programs together have none.
func (g group) target(l line) float64 {
	if g.total {
		return 0
	}
	return l.target(g.program)
}

// The first two columns hold the row number and the unit.
const leadColumns = 2

func (m *MonthSheet) groups() []group {
	var out []group
	at := leadColumns
	for _, p := range m.Programs {
		g := group{program: p, first: at, figures: programFigures(len(m.Programs))}
		at = g.last() + 1
		out = append(out, g)
	}
	total := totalFigures(len(m.Programs))
	if len(m.Programs) == 0 {
		total = allFigures()
	}
	if len(total) > 0 {
		out = append(out, group{total: true, first: at, figures: total})
	}
	return out
}

// mainPage is the sheet that is signed: units down, programs across.
func (m *MonthSheet) mainPage(b *book) {
	groups := m.groups()
	paper := paperA4
	if len(m.Programs) > 8 {
		paper = paperA3
	}
	p := b.newPage(m.pick("回访月统计表", "Statistics"), m.mainWidths(groups), paper)
	m.banner(p, m.title())
	m.mainHead(p, groups)
	headRows := p.row
	end := m.ending(p)
	m.unitLines(p, groups, end)
	m.sumLines(p, groups)
	m.analysisLines(p, end)
	m.signatures(p)
	p.finish(headRows, leadColumns)
}

func (m *MonthSheet) mainWidths(groups []group) []float64 {
	name := width(m.unitsWord().In(m.Lang))
	for _, l := range m.lines() {
		name = max(name, width(l.name)+2*l.depth)
	}
	widths := []float64{4, min(max(float64(name)+2, 12), 28)}
	for _, g := range groups {
		for _, id := range g.figures {
			widths = append(widths, figures[id].room(m.Lang))
		}
	}
	return widths
}

func (m *MonthSheet) mainHead(p *page, groups []group) {
	l := look{bold: true, align: "center", border: allSides, shade: headShade}
	lines := 1
	for _, g := range groups {
		lines = max(lines, printedLines(m.groupName(g), int(p.span(g.first, g.last()))))
	}
	p.next(max(22, heightOf(lines)))
	p.merged(0, 0, 2, m.pick("序号", "No."), l)
	p.merged(1, 1, 2, m.unitsWord().In(m.Lang), l)
	for _, g := range groups {
		p.merged(g.first, g.last(), 1, m.groupName(g), l)
	}
	lines = 1
	for _, g := range groups {
		for i, id := range g.figures {
			lines = max(lines, printedLines(m.figureName(id).In(m.Lang), int(p.widths[g.first+i]+0.7)))
		}
	}
	p.next(max(22, heightOf(lines)))
	for _, g := range groups {
		for i, id := range g.figures {
			p.text(g.first+i, m.figureName(id).In(m.Lang), l)
		}
	}
}

func (m *MonthSheet) groupName(g group) string {
	if g.total {
		return m.allWord().In(m.Lang)
	}
	return g.program.named(m.Lang)
}

func (m *MonthSheet) unitLines(p *page, groups []group, end ending) {
	lines := m.lines()
	if len(lines) == 0 {
		p.next(26)
		p.merged(0, len(p.widths)-1, 1, m.pick("没有单位", "no units"), look{align: "center", border: allSides, muted: true})
		return
	}
	heights := make([]float64, len(lines))
	for i, l := range lines {
		heights[i] = m.nameHeight(p, l)
	}
	least := p.comfortable(heights, end.height)
	for i, l := range lines {
		look := look{border: allSides, bold: l.sum}
		name := look
		name.align, name.indent = "left", m.indent(l)
		p.next(max(heights[i], least))
		p.number(0, int64(i+1), look)
		p.text(1, l.name, name)
		m.figureCells(p, groups, l, look)
	}
}

func (m *MonthSheet) indent(l line) int { return min(l.depth, 6) + 1 }

func (m *MonthSheet) nameHeight(p *page, l line) float64 {
	lines := printedLines(l.name, int(p.widths[1])-m.indent(l)-m.indent(l)/2)
	return float64(lines)*lineHeight + 3
}

func (m *MonthSheet) figureCells(p *page, groups []group, l line, look look) {
	for _, g := range groups {
		t := g.tally(m, l)
		behind := l.behind
		behind.Program = g.program.Code
		for i, id := range g.figures {
			p.counting(&behind, id)
			if id == figRate {
				p.rate(g.first+i, followupRate(t, g.target(l)), look)
				continue
			}
			p.value(g.first+i, figures[id].of(t), false, look)
		}
	}
}

// sumLines are the totals, the targets and whether they were met.
func (m *MonthSheet) sumLines(p *page, groups []group) {
	sum := line{behind: Behind{Below: true}, cells: map[string]huifang.Tally{}}
	for _, c := range m.Programs {
		sum.cells[c.Code] = m.ProgramTotal(c.Code)
	}
	l := look{bold: true, align: "center", border: allSides, shade: sumShade}
	p.next(sumHeight)
	p.merged(0, 1, 1, m.totalWord().In(m.Lang), l)
	m.figureCells(p, groups, sum, look{bold: true, border: allSides, shade: sumShade})
	if len(m.Programs) == 0 {
		return
	}
	p.next(sumHeight)
	p.merged(0, 1, 1, m.pick("目标回访率", "Target rate"), l)
	plain := look{align: "center", border: allSides}
	for _, g := range groups {
		p.merged(g.first, g.last(), 1, targetName(g), plain)
	}
	p.next(sumHeight)
	p.merged(0, 1, 1, m.pick("是否达标", "Target met"), l)
	for _, g := range groups {
		cell := plain
		cell.alarm = !g.total && missed(g.tally(m, sum), g.program.Target)
		p.merged(g.first, g.last(), 1, m.metName(g, sum), cell)
	}
}

func targetName(g group) string {
	if g.total || g.program.Target == 0 {
		return "–"
	}
	return strconv.FormatFloat(g.program.Target, 'f', -1, 64) + "%"
}

func (m *MonthSheet) metName(g group, sum line) string {
	t := g.tally(m, sum)
	if _, some := t.Rate(); g.total || !some || g.program.Target == 0 {
		return "–"
	}
	if missed(t, g.program.Target) {
		return m.pick("未达标", "no")
	}
	return m.pick("达标", "yes")
}
