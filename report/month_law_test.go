package report_test

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/report"
)

// drawTally is the tally of some follow-ups, counted as everywhere else.
func drawTally(t *rapid.T) huifang.Tally {
	var sum huifang.Tally
	verdicts := []huifang.Verdict{huifang.VerdictNone, huifang.VerdictSatisfied, huifang.VerdictDissatisfied, huifang.VerdictUnqualified}
	states := []huifang.State{
		huifang.StatePlanned, huifang.StateCompleted, huifang.StateCompleted, huifang.StateUnreachable, huifang.StateWaived, huifang.StateCancelled,
	}
	for range rapid.IntRange(0, 30).Draw(t, "followups") {
		f := huifang.Followup{
			State: rapid.SampledFrom(states).Draw(t, "state"), Satisfied: rapid.SampledFrom(verdicts).Draw(t, "verdict"),
			Late: rapid.Bool().Draw(t, "late"),
		}
		if rapid.Bool().Draw(t, "after the window") {
			f.DoneAt = f.ClosesAt.Add(1)
		} else {
			f.DoneAt = f.ClosesAt.Add(-1)
		}
		sum = sum.Add(huifang.Count(&f))
	}
	return sum
}

func drawSheet(t *rapid.T) *report.MonthSheet {
	m := &report.MonthSheet{
		Lang: rapid.SampledFrom([]huifang.Lang{huifang.ZH, huifang.EN}).Draw(t, "lang"), Month: 202603, Prepared: huifang.MakeDate(2026, 4, 1),
		Organization: huifang.Text{ZH: "雅园", EN: "Yayuan"},
	}
	for i := range rapid.IntRange(1, 10).Draw(t, "programs") {
		m.Programs = append(m.Programs, report.ProgramColumn{
			Code: fmt.Sprint("p", i), Name: huifang.Text{ZH: fmt.Sprint("方案", i)}, Target: float64(rapid.IntRange(0, 100).Draw(t, "target")),
		})
	}
	depth := 0
	for i := range rapid.IntRange(1, 12).Draw(t, "units") {
		if i > 0 {
			depth = rapid.IntRange(0, depth+1).Draw(t, "depth")
		}
		u := report.UnitRow{Name: fmt.Sprint("单位", i), Depth: depth, Cells: map[string]huifang.Tally{}}
		for _, p := range m.Programs {
			if rapid.Bool().Draw(t, "cell") {
				u.Cells[p.Code] = drawTally(t)
			}
		}
		m.Units = append(m.Units, u)
	}
	return m
}

// shownLine is one line of the sheet's first page as it is read back.
type shownLine struct {
	name   string
	indent int
	counts []int64 // by column; rates and texts are -1
}

func firstPage(t *rapid.T, m *report.MonthSheet) (lines []shownLine, heads []string, groups []int) {
	var out bytes.Buffer
	if err := m.XLSX(&out); err != nil {
		t.Fatal(err)
	}
	file, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close() //nolint:errcheck // in memory
	sheet := file.GetSheetName(0)
	rows, err := file.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	rates := []string{"回访率", "满意率", "Rate", "Satisfaction"}
	group := -1
	for i, head := range rows[3] {
		if i >= 2 && i < len(rows[2]) && rows[2][i] != "" {
			group++
		}
		heads, groups = append(heads, head), append(groups, group)
	}
	for r, row := range rows[4:] {
		l := shownLine{name: row[1]}
		if row[1] == "" {
			l.name = row[0]
		}
		id, err := file.GetCellStyle(sheet, fmt.Sprint("B", r+5))
		if err != nil {
			t.Fatal(err)
		}
		style, err := file.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		l.indent = style.Alignment.Indent
		for i := range heads {
			n := int64(-1)
			if i >= 2 && i < len(row) {
				if v, err := strconv.ParseInt(row[i], 10, 64); err == nil && !slices.Contains(rates, heads[i]) {
					n = v
				}
			}
			l.counts = append(l.counts, n)
		}
		lines = append(lines, l)
		if strings.HasPrefix(row[0], "合") || row[0] == "Total" {
			break
		}
	}
	return lines, heads, groups
}

// On paper, every sum is the sum of what stands under or beside it: the last
// line of the lines without any below them, a unit with others below it of
// those, the total's columns of the programs'.
func TestEverySumIsTheSumOfItsParts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := drawSheet(t)
		lines, heads, groups := firstPage(t, m)
		total, units := lines[len(lines)-1], lines[:len(lines)-1]
		for col := 2; col < len(heads); col++ {
			if total.counts[col] < 0 {
				continue
			}
			if got := leaves(units, col, -1); got != total.counts[col] {
				t.Fatalf("%s: the lines add up to %d, the total shows %d", heads[col], got, total.counts[col])
			}
			for i, l := range units {
				if below(units, i) > 0 {
					if got := leaves(units[i+1:i+1+below(units, i)], col, -1); got != l.counts[col] {
						t.Fatalf("%s of %s: below it %d, it shows %d", heads[col], l.name, got, l.counts[col])
					}
				}
			}
		}
		if len(m.Programs) < 2 {
			return
		}
		last := groups[len(groups)-1]
		for _, l := range lines {
			for col := 2; col < len(heads); col++ {
				if groups[col] != last || l.counts[col] < 0 {
					continue
				}
				if got, shown := across(l, heads, groups, heads[col], last); shown && got != l.counts[col] {
					t.Fatalf("%s of %s: programs add up to %d, the total shows %d", heads[col], l.name, got, l.counts[col])
				}
			}
		}
		var want huifang.Tally
		for _, p := range m.Programs {
			want = want.Add(m.ProgramTotal(p.Code))
		}
		if got := m.Total(); got != want {
			t.Fatalf("Total %+v, programs %+v", got, want)
		}
	})
}

func below(lines []shownLine, i int) int {
	n := 0
	for _, l := range lines[i+1:] {
		if l.indent <= lines[i].indent {
			break
		}
		n++
	}
	return n
}

func leaves(lines []shownLine, col int, none int64) int64 {
	var sum int64
	for i, l := range lines {
		if below(lines, i) == 0 && l.counts[col] != none {
			sum += l.counts[col]
		}
	}
	return sum
}

// across adds up one figure of every program; shown is false where programs do
// not show it.
func across(l shownLine, heads []string, groups []int, head string, last int) (sum int64, shown bool) {
	for col := range heads {
		if col >= 2 && groups[col] != last && heads[col] == head && l.counts[col] >= 0 {
			sum += l.counts[col]
			shown = true
		}
	}
	return sum, shown
}

// In a terminal, columns stand straight whatever scripts the texts mix: under
// the gaps of a table's rule every line has blanks.
func TestTextColumnsStandStraight(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := drawSheet(t)
		name := rapid.StringOf(rapid.SampledFrom([]rune("ab 雅园小区（二期）é１…“”\x1b\t\n")))
		for i := range m.Units {
			m.Units[i].Name = name.Draw(t, "unit")
		}
		m.Unqualified = []report.UnqualifiedRow{{Number: "HF-1", Matter: name.Draw(t, "matter"), Opinion: name.Draw(t, "opinion")}}
		var out bytes.Buffer
		if err := m.Text(&out); err != nil {
			t.Fatal(err)
		}
		if strings.ContainsRune(out.String(), 0x1b) {
			t.Fatal("an escape reached the terminal")
		}
		lines := strings.Split(out.String(), "\n")
		for i, rule := range lines {
			if !strings.HasPrefix(rule, "  -") || strings.Trim(rule, "- ") != "" {
				continue
			}
			for _, line := range append([]string{lines[i-1]}, block(lines[i+1:])...) {
				cells := screen(line)
				for at, c := range rule {
					if c == ' ' && at < len(cells) && cells[at] != ' ' {
						t.Fatalf("column %d of\n%s\n%s\nis %q", at, rule, line, cells[at])
					}
				}
			}
		}
	})
}

func block(lines []string) []string {
	for i, line := range lines {
		if line == "" {
			return lines[:i]
		}
	}
	return lines
}

// screen is a line as a terminal's columns hold it: East Asian wide characters
// fill two.
func screen(line string) []rune {
	var out []rune
	for _, r := range line {
		out = append(out, r)
		if r >= 0x2e80 && r <= 0x9fff || r >= 0xff01 && r <= 0xff60 {
			out = append(out, r)
		}
	}
	return out
}
