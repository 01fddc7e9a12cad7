package report_test

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/huifang/huifang"
)

// What a screen shows is what the file shows: every cell of the layout has the
// text that an office program shows there, and no cell of the file is missing.
func TestLayoutShowsWhatTheFileShows(t *testing.T) {
	t.Parallel()
	sheets := rapid.Custom(drawSheet)
	for seed := range 15 {
		m := sheets.Example(seed)
		layout, err := m.Layout()
		if err != nil {
			t.Fatal(err)
		}
		var file bytes.Buffer
		if err := m.XLSX(&file); err != nil {
			t.Fatal(err)
		}
		book, err := excelize.OpenReader(&file)
		if err != nil {
			t.Fatal(err)
		}
		if names := book.GetSheetList(); len(names) != len(layout.Pages) {
			t.Fatalf("the file has sheets %v, the layout %d", names, len(layout.Pages))
		}
		t.Cleanup(func() { _ = book.Close() })
		for _, page := range layout.Pages {
			rows, err := book.GetRows(page.Name)
			if err != nil {
				t.Fatal(err)
			}
			shown := map[[2]int]string{}
			for i, row := range page.Rows {
				for _, c := range row.Cells {
					shown[[2]int{i, c.Column}] = c.Text
				}
			}
			for i, row := range rows {
				for col, text := range row {
					if text == "0" { // the reader knows no third part of a number format
						text = "–"
					}
					if got := shown[[2]int{i, col}]; got != text {
						t.Fatalf("%s, row %d, column %d: the layout shows %q, the file %q", page.Name, i+1, col+1, got, text)
					}
					delete(shown, [2]int{i, col})
				}
			}
			for at, text := range shown {
				if text != "" {
					t.Fatalf("%s: the layout shows %q at %v, the file nothing", page.Name, text, at)
				}
			}
		}
	}
}

// The figures of the main page name what they count.
func TestLayoutNamesWhatIsBehindAFigure(t *testing.T) {
	t.Parallel()
	layout, err := estate(huifang.ZH).Layout()
	if err != nil {
		t.Fatal(err)
	}
	behind := 0
	for _, row := range layout.Pages[0].Rows {
		for _, c := range row.Cells {
			if c.Behind == nil {
				continue
			}
			behind++
			if c.Behind.Figure == "" || c.Behind.Figure == "rate" || c.Behind.Figure == "satisfaction" {
				t.Errorf("%q opens the figure %q", c.Text, c.Behind.Figure)
			}
		}
	}
	if behind == 0 {
		t.Error("no figure of the main page can be opened")
	}
}
