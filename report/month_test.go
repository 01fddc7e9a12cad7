package report_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/report"
)

var update = flag.Bool("update", false, "write the golden files again")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; if it is meant, run the test with -update\n%s", path, difference(string(want), got))
	}
}

// difference shows the lines of two texts that are not the same.
func difference(want, got string) string {
	var b strings.Builder
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(w), len(g)) {
		var wl, gl string
		if i < len(w) {
			wl = w[i]
		}
		if i < len(g) {
			gl = g[i]
		}
		if wl != gl {
			fmt.Fprintf(&b, "line %d\n  want %s\n  got  %s\n", i+1, wl, gl)
		}
	}
	return b.String()
}

func workbook(t *testing.T, m *report.MonthSheet) *excelize.File {
	t.Helper()
	var out bytes.Buffer
	if err := m.XLSX(&out); err != nil {
		t.Fatal(err)
	}
	file, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	})
	return file
}

// dump is what a reader of the workbook sees: every sheet's cells as shown, its
// merged cells, and how it prints.
func dump(t *testing.T, file *excelize.File) string {
	t.Helper()
	var b strings.Builder
	for _, sheet := range file.GetSheetList() {
		layout, err := file.GetPageLayout(sheet)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "== %s (paper %d, %s, %d wide)\n", sheet, *layout.Size, *layout.Orientation, *layout.FitToWidth)
		rows, err := file.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			fmt.Fprintf(&b, "%d: %s\n", i+1, strings.ReplaceAll(strings.Join(row, "|"), "\n", "⏎"))
		}
		merged, err := file.GetMergeCells(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range merged {
			fmt.Fprintf(&b, "merged %s:%s\n", m.GetStartAxis(), m.GetEndAxis())
		}
	}
	for _, name := range file.GetDefinedName() {
		fmt.Fprintf(&b, "%s of %s: %s\n", name.Name, name.Scope, name.RefersTo)
	}
	return b.String()
}

func TestMonthSheetGolden(t *testing.T) {
	t.Parallel()
	closed := estate(huifang.ZH)
	closed.Frozen, closed.ClosedOn = true, huifang.MakeDate(2026, 4, 2)
	closed.Analysis = "三月渗漏报修集中。\n措施：清理落水口。"
	closed.Restated = []report.Restatement{{
		Unit: "雅园小区", Program: huifang.Text{ZH: "维修回访", EN: "Repairs"},
		Before: huifang.Tally{Due: 40, Done: 36, OnTime: 34, Late: 2, Open: 3, OpenLate: 2, Waived: 1, Satisfied: 33, Dissatisfied: 1},
		After:  huifang.Tally{Due: 40, Done: 37, OnTime: 34, Late: 3, Open: 2, OpenLate: 1, Waived: 1, Satisfied: 34, Dissatisfied: 1},
	}}
	one := estate(huifang.ZH)
	one.Programs, one.Units, one.Unit = one.Programs[:1], one.Units[1:2], "雅园小区"
	trade := estate(huifang.ZH)
	trade.Words = report.MonthWords{
		Title: huifang.Text{ZH: "{{organization}}{{month}}回访统计分析表"}, Units: huifang.Text{ZH: "物业项目"}, Total: huifang.Text{ZH: "总计"},
		All: huifang.Text{ZH: "全部回访"}, Analysis: huifang.Text{ZH: "统计分析与改进意见"}, Figures: map[string]huifang.Text{"unqualified": {ZH: "返工"}},
		Lists:      map[string]report.ListWords{"unqualified": {Title: huifang.Text{ZH: "回访不合格事项"}, Columns: map[string]huifang.Text{"contact": {ZH: "业户"}, "shortcomings": {ZH: "缺点与不足"}}}},
		Signatures: []huifang.Text{{ZH: "制表（客服主管）"}, {ZH: "审阅（项目负责人）"}, {ZH: "日期"}}, Notes: []huifang.Text{{ZH: "按回访期限所在月份统计。"}},
	}
	for name, m := range map[string]*report.MonthSheet{
		"month_trade":  trade,
		"month_zh":     estate(huifang.ZH),
		"month_en":     estate(huifang.EN),
		"month_closed": closed,
		"month_one":    one,
		"month_empty":  {Lang: huifang.ZH, Organization: huifang.Text{ZH: "雅园物业"}, Month: 202602, Prepared: huifang.MakeDate(2026, 3, 1), Units: []report.UnitRow{{Name: "雅园小区"}}, Programs: one.Programs},
		"month_zero":   {Lang: huifang.EN, Organization: huifang.Text{EN: "Yayuan"}, Month: 202602, Prepared: huifang.NoDate},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden(t, name+".xlsx.txt", dump(t, workbook(t, m)))
			var text, figures bytes.Buffer
			if err := m.Text(&text); err != nil {
				t.Fatal(err)
			}
			golden(t, name+".txt", text.String())
			if err := m.CSV(&figures); err != nil {
				t.Fatal(err)
			}
			golden(t, name+".csv", figures.String())
		})
	}
}

// A closed month is kept as JSON and must print the same afterwards.
func TestMonthSheetSurvivesJSON(t *testing.T) {
	t.Parallel()
	m := estate(huifang.ZH)
	m.Frozen, m.ClosedOn = true, huifang.MakeDate(2026, 4, 2)
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	var back report.MonthSheet
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if got, want := dump(t, workbook(t, &back)), dump(t, workbook(t, m)); got != want {
		t.Errorf("after JSON:\n%s", difference(want, got))
	}
}

// A rate below its target is seen in colour and, printed without, by its mark;
// a text that looks like a formula stays a text.
func TestMonthSheetMarks(t *testing.T) {
	t.Parallel()
	file := workbook(t, estate(huifang.ZH))
	sheet := "回访月统计表"
	rows, err := file.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	marked := 0
	for r, row := range rows {
		for c, shown := range row {
			if !strings.HasSuffix(shown, "▼") {
				continue
			}
			marked++
			cell, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err != nil {
				t.Fatal(err)
			}
			id, err := file.GetCellStyle(sheet, cell)
			if err != nil {
				t.Fatal(err)
			}
			style, err := file.GetStyle(id)
			if err != nil {
				t.Fatal(err)
			}
			if style.Font.Color != "B00020" || len(style.Fill.Color) == 0 {
				t.Errorf("%s shows %s without colour", cell, shown)
			}
		}
	}
	// Complaints and repairs: the region, 雅园小区 and the total; services: 海珠半岛国际公寓.
	if marked != 7 {
		t.Errorf("%d rates marked, want 7", marked)
	}
	for _, row := range rows {
		for _, shown := range row {
			if strings.HasPrefix(shown, "#") {
				t.Errorf("a cell shows %s", shown)
			}
		}
	}
	cells, err := file.SearchSheet("不合格回访", "=1+1")
	if err != nil || len(cells) != 1 {
		t.Fatalf("the matter =1+1: %v, %v", cells, err)
	}
	if formula, err := file.GetCellFormula("不合格回访", cells[0]); err != nil || formula != "" {
		t.Errorf("the matter became the formula %q (%v)", formula, err)
	}
}

func TestMonthSheetReportsAFullDisk(t *testing.T) {
	t.Parallel()
	m := estate(huifang.ZH)
	for name, write := range map[string]func() error{
		"xlsx": func() error { return m.XLSX(&full{room: 100}) },
		"text": func() error { return m.Text(&full{room: 100}) },
		"csv":  func() error { return m.CSV(&full{room: 100}) },
	} {
		if err := write(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
