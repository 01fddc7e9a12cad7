package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"github.com/huifang/huifang"
)

// Text writes the sheet for a terminal: the same figures as XLSX in aligned
// columns, Chinese characters counted as two. A rate below its target carries
// an exclamation mark.
func (m *MonthSheet) Text(w io.Writer) error {
	out := &strings.Builder{}
	fmt.Fprintf(out, "%s\n%s  %s", m.title(), m.of(), m.standing())
	if m.Prepared != huifang.NoDate {
		fmt.Fprintf(out, "  %s%s", m.pick("制表日期 ", "prepared "), m.Prepared)
	}
	fmt.Fprintln(out)
	textTable(out, m.pick("按单位（已回访/应回访 回访率；! 低于目标）", "By unit (done/due rate; ! below target)"), m.unitGrid())
	if len(m.Programs) > 0 {
		textTable(out, m.pick("按方案", "By program"), textGrid(m.Lang, m.programColumns(), m.programRows()))
	}
	if len(m.Staff) > 0 {
		textTable(out, m.pick("按员工", "By staff"), textGrid(m.Lang, m.staffColumns(), m.staffRows()))
	}
	if len(m.Unqualified) > 0 {
		textTable(out, m.pick("不合格回访", "Unqualified"), textGrid(m.Lang, m.unqualifiedColumns(), number(m.Unqualified)))
	}
	if len(m.Recurrences) > 0 {
		textTable(out, m.pick("重复诉求与返工", "Recurrences"), textGrid(m.Lang, m.recurrenceColumns(), number(m.Recurrences)))
	}
	if len(m.Unreachable) > 0 {
		textTable(out, m.pick("无法联系", "Unreachable"), textGrid(m.Lang, m.unreachableColumns(), number(m.Unreachable)))
	}
	if len(m.Restated) > 0 {
		textTable(out, m.pick("更正重述", "Restatements"), textGrid(m.Lang, m.restatedColumns(), number(m.Restated)))
	}
	fmt.Fprintf(out, "\n%s\n", m.pick("情况分析", "Findings"))
	for _, finding := range m.Findings() {
		fmt.Fprintf(out, "  %s\n", finding.In(m.Lang))
	}
	if m.Analysis != "" {
		fmt.Fprintf(out, "  %s\n", strings.ReplaceAll(m.Analysis, "\n", "\n  "))
	}
	_, err := io.WriteString(w, strings.Map(printable, out.String()))
	return huifang.Wrap(err)
}

// textCell is one cell of a terminal table.
type textCell struct {
	text  string
	right bool
}

// unitGrid is units down and programs across: done of due and the rate.
func (m *MonthSheet) unitGrid() [][]textCell {
	head := []textCell{{text: m.unitsWord().In(m.Lang)}}
	for _, p := range m.Programs {
		head = append(head, textCell{text: p.named(m.Lang), right: true})
	}
	head = append(head, textCell{text: m.allWord().In(m.Lang), right: true}, textCell{text: m.pick("满意率", "Satisfaction"), right: true})
	grid := [][]textCell{head}

	sum := line{name: strings.ReplaceAll(m.totalWord().In(m.Lang), "　", ""), cells: map[string]huifang.Tally{}}
	for _, p := range m.Programs {
		sum.cells[p.Code] = m.ProgramTotal(p.Code)
	}
	for _, l := range append(m.lines(), sum) {
		row := []textCell{{text: strings.Repeat("  ", l.depth) + l.name}}
		for _, p := range m.Programs {
			row = append(row, textCell{text: doneOfDue(l.cells[p.Code], l.target(p)), right: true})
		}
		total := m.total(l)
		row = append(row, textCell{text: doneOfDue(total, 0), right: true}, textCell{text: cellText(figures[figSatisfaction].of(total)), right: true})
		grid = append(grid, row)
	}
	return grid
}

func doneOfDue(t huifang.Tally, target float64) string {
	if t.Due == 0 {
		return "–"
	}
	return fmt.Sprintf("%d/%d %s", t.Done, t.Due, cellText(followupRate(t, target)))
}

// textGrid is a list's table in texts, the row number left out.
func textGrid[T any](lang huifang.Lang, columns []column[T], rows []T) [][]textCell {
	grid := make([][]textCell, 1, len(rows)+1)
	for _, row := range rows {
		var cells []textCell
		for _, c := range columns {
			if c.label == numberLabel {
				continue
			}
			v := c.value(row)
			_, isText := v.(string)
			if len(grid) == 1 {
				grid[0] = append(grid[0], textCell{text: c.label.In(lang), right: !isText})
			}
			cells = append(cells, textCell{text: cellText(v), right: !isText})
		}
		grid = append(grid, cells)
	}
	return grid
}

// cellText is a cell's value as text.
func cellText(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case huifang.Date:
		return v.String()
	case rateValue:
		if !v.ok {
			return "–"
		}
		mark := ""
		if v.missed {
			mark = "!"
		}
		return percent(v.rate, v.target) + mark
	}
	return ""
}

// textTable writes a caption, the head, a rule and the rows. Long texts are cut
// with an ellipsis: the whole of them is in the other forms of the sheet.
func textTable(w io.Writer, caption string, grid [][]textCell) {
	const most = 36
	fmt.Fprintf(w, "\n%s\n", caption)
	var widths []int
	for _, row := range grid {
		for i, c := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			row[i].text = clip(oneLine(c.text), most)
			widths[i] = max(widths[i], width(row[i].text))
		}
	}
	for n, row := range grid {
		textRow(w, row, widths)
		if n == 0 && len(row) > 0 {
			rule := make([]textCell, len(widths))
			for i, n := range widths {
				rule[i].text = strings.Repeat("-", n)
			}
			textRow(w, rule, widths)
		}
	}
}

// oneLine keeps a text to its line, whatever breaks it holds.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
}

// printable keeps a terminal from acting on what a text holds.
func printable(r rune) rune {
	if unicode.IsControl(r) && r != '\n' {
		return ' '
	}
	return r
}

func textRow(w io.Writer, row []textCell, widths []int) {
	var b strings.Builder
	for i, c := range row {
		pad := strings.Repeat(" ", widths[i]-width(c.text))
		b.WriteString("  ")
		if c.right {
			b.WriteString(pad + c.text)
		} else {
			b.WriteString(c.text + pad)
		}
	}
	fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
}
