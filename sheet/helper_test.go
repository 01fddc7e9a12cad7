package sheet

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

func open(tb testing.TB, data []byte, file string) *Book {
	tb.Helper()
	b, err := Open(bytes.NewReader(data), int64(len(data)), file, Limits{})
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

func openFile(tb testing.TB, name string) *Book {
	tb.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		tb.Fatal(err)
	}
	return open(tb, data, name)
}

// testNow is the day the tests are set in.
func testNow() time.Time { return time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC) }

func readAll(tb testing.TB, b *Book, m Mapping) []*Row {
	tb.Helper()
	var rows []*Row
	for row, err := range Read(b, m, Options{Now: testNow()}) {
		if err != nil {
			tb.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

// property is what the pack for property management knows of categories.
func property() Catalogue {
	return DefaultCatalogue().Merge(Catalogue{Categories: map[string][]string{
		"repair.completed":   {"报修", "维修", "repair"},
		"complaint.resolved": {"投诉", "客户投诉", "complaint"},
		"help.completed":     {"求助", "help"},
		"service.completed":  {"其他", "其它", "other"},
	}})
}

func guessed(tb testing.TB, b *Book) (Mapping, Report) {
	tb.Helper()
	m, report, err := Guess(b, property())
	if err != nil {
		tb.Fatal(err)
	}
	return m, report
}

// simple is a mapping for small tests: name, category, opened, done.
func simple() Mapping {
	return Mapping{
		Version: 1,
		Columns: []Column{
			{Field: FieldContactName, From: []string{"姓名"}},
			{Field: FieldType, From: []string{"类别"}},
			{Field: FieldOpenedAt, From: []string{"受理时间"}},
			{Field: FieldAt, From: []string{"完成时间"}},
		},
		Categories: map[string][]string{"repair.completed": {"报修"}, "complaint.resolved": {"投诉"}},
	}
}

// outcome is a row in one word or two.
func outcome(r *Row) string {
	switch {
	case r.Skip != SkipNone:
		return string(r.Skip)
	case r.Err != nil:
		return r.Err.Reason
	}
	return "ok " + r.Values.Contact.Name + " " + show(r.Values.At)
}

func outcomes(rows []*Row) string {
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = fmt.Sprintf("%d %s", r.Line, outcome(r))
	}
	return strings.Join(out, "\n")
}

func wantOutcomes(tb testing.TB, rows []*Row, want ...string) {
	tb.Helper()
	if got := outcomes(rows); got != strings.Join(want, "\n") {
		tb.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

// workbook builds an XLSX from sheets given as name and fill function.
type workbook struct {
	tb testing.TB
	*excelize.File
}

func newWorkbook(tb testing.TB) *workbook {
	tb.Helper()
	return &workbook{tb: tb, File: excelize.NewFile()}
}

// rows writes rows of cells from A1 on; nil leaves a cell out.
func (w *workbook) rows(sheet string, rows ...[]any) {
	w.tb.Helper()
	for i, row := range rows {
		for j, v := range row {
			if v == nil {
				continue
			}
			cell, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err == nil {
				err = w.SetCellValue(sheet, cell, v)
			}
			if err != nil {
				w.tb.Fatal(err)
			}
		}
	}
}

func (w *workbook) merge(sheet string, ranges ...string) {
	w.tb.Helper()
	for _, r := range ranges {
		from, to, _ := strings.Cut(r, ":")
		if err := w.MergeCell(sheet, from, to); err != nil {
			w.tb.Fatal(err)
		}
	}
}

func (w *workbook) bytes() []byte {
	w.tb.Helper()
	var b bytes.Buffer
	if err := w.Write(&b); err != nil {
		w.tb.Fatal(err)
	}
	return b.Bytes()
}
