package sheet

import (
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/width"

	"github.com/huifang/huifang"
)

// WriteRejectsXLSX writes rejected rows as a workbook, in memory that does not
// grow with their number: a sheet, of at most MostRejects rows, for each sheet
// they came from, with its title and header, the original rows with the faulty
// cells marked, and behind them why each was rejected, in lang, and its row in
// the original. All cells are text, so that nothing changes when the file is
// mended and imported again.
func WriteRejectsXLSX(w io.Writer, sheets []RejectSheet, lang huifang.Lang) (err error) {
	f := excelize.NewFile()
	defer func() {
		if closed := f.Close(); err == nil {
			err = huifang.Wrap(closed)
		}
	}()
	styles, err := newRejectStyles(f)
	if err != nil {
		return huifang.Wrap(err)
	}
	for i, name := range sheetNames(sheets, lang) {
		if i == 0 {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err == nil {
			err = writeRejectSheet(f, name, &sheets[i], styles, lang) //nolint:gosec // a name for each sheet
		}
		if err != nil {
			return huifang.Wrap(err)
		}
	}
	_, err = f.WriteTo(w)
	return huifang.Wrap(err)
}

// sheetNames are the original ones as far as they can be sheet names.
func sheetNames(sheets []RejectSheet, lang huifang.Lang) []string {
	names := make([]string, len(sheets))
	for i := range sheets {
		name := strings.Trim(strings.Map(func(r rune) rune {
			if strings.ContainsRune(`:\/?*[]`, r) {
				return ' '
			}
			return r
		}, sheets[i].Sheet), " '")
		if name == "" {
			name = huifang.Text{ZH: "退回", EN: "Rejected"}.In(lang)
		}
		if r := []rune(name); len(r) > 25 {
			name = string(r[:25])
		}
		for n, base := 2, name; slices.Contains(names[:i], name); n++ {
			name = base + " " + itoa(n)
		}
		names[i] = name
	}
	return names
}

type rejectStyles struct{ title, header, added, cell, fault, reason, number int }

func newRejectStyles(f *excelize.File) (s rejectStyles, err error) {
	line := []excelize.Border{
		{Type: "left", Color: "BFBFBF", Style: 1},
		{Type: "right", Color: "BFBFBF", Style: 1},
		{Type: "top", Color: "BFBFBF", Style: 1},
		{Type: "bottom", Color: "BFBFBF", Style: 1},
	}
	fill := func(color string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
	}
	font := func(color string, bold bool) *excelize.Font {
		return &excelize.Font{Family: "宋体", Size: 10, Bold: bold, Color: color}
	}
	middle := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	left := &excelize.Alignment{Vertical: "center", WrapText: true}
	for _, style := range []struct {
		into *int
		as   excelize.Style
	}{
		{&s.title, excelize.Style{Font: &excelize.Font{Family: "宋体", Size: 14, Bold: true}, Alignment: middle}},
		{&s.header, excelize.Style{Font: font("000000", true), Fill: fill("D9E2F3"), Border: line, Alignment: middle}},
		{&s.added, excelize.Style{Font: font("9C0006", true), Fill: fill("FFE3E3"), Border: line, Alignment: middle}},
		{&s.cell, excelize.Style{Font: font("000000", false), Border: line, Alignment: left, NumFmt: 49}},
		{&s.fault, excelize.Style{Font: font("9C0006", true), Fill: fill("FFC7CE"), Border: line, Alignment: left, NumFmt: 49}},
		{&s.reason, excelize.Style{Font: font("9C0006", false), Border: line, Alignment: left}},
		{&s.number, excelize.Style{Font: font("595959", false), Border: line, Alignment: middle}},
	} {
		if *style.into, err = f.NewStyle(&style.as); err != nil {
			return s, err
		}
	}
	return s, nil
}

// MostRejects is how many rejected rows a sheet has room for below its title and
// header.
const MostRejects = maxRows - 2

const (
	reasonWidth = 46 // characters
	mostWidth   = 30
	leastWidth  = 6
	lineHeight  = 14.5 // points
)

func writeRejectSheet(f *excelize.File, name string, s *RejectSheet, styles rejectStyles, lang huifang.Lang) error {
	row := 1
	if s.Title != "" {
		row++
	}
	if err := pageSetup(f, name, row); err != nil { // before the stream begins
		return err
	}
	w, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	widths, err := s.measure()
	if err != nil {
		return err
	}
	for i, chars := range append(slices.Clone(widths), reasonWidth, 10) {
		if err := w.SetColWidth(i+1, i+1, chars); err != nil {
			return err
		}
	}
	cell, err := excelize.CoordinatesToCellName(1, row+1)
	if err != nil {
		return err
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: row, TopLeftCell: cell, ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := s.writeHead(w, widths, styles, lang); err != nil {
		return err
	}
	for r, err := range s.rows() {
		if err != nil {
			return err
		}
		row++
		if err := r.write(w, row, widths, styles, lang); err != nil {
			return err
		}
	}
	return w.Flush()
}

// writeHead writes title and header.
func (s *RejectSheet) writeHead(w *excelize.StreamWriter, widths []float64, styles rejectStyles, lang huifang.Lang) error {
	row, total := 1, len(widths)+2
	if s.Title != "" {
		last, err := excelize.CoordinatesToCellName(total, 1)
		if err != nil {
			return err
		}
		if err := w.SetRow("A1", []any{excelize.Cell{StyleID: styles.title, Value: s.Title}}, excelize.RowOpts{Height: 30}); err != nil {
			return err
		}
		if err := w.MergeCell("A1", last); err != nil {
			return err
		}
		row = 2
	}
	reason, line := reasonColumns(lang)
	cells := make([]any, 0, total)
	lines := 1
	for i := range widths {
		text := ""
		if i < len(s.Header) {
			text = s.Header[i]
		}
		lines = max(lines, linesOf(text, widths[i]))
		cells = append(cells, excelize.Cell{StyleID: styles.header, Value: text})
	}
	cells = append(cells, excelize.Cell{StyleID: styles.added, Value: reason}, excelize.Cell{StyleID: styles.added, Value: line})
	at, err := excelize.CoordinatesToCellName(1, row)
	if err != nil {
		return err
	}
	return w.SetRow(at, cells, excelize.RowOpts{Height: float64(lines)*lineHeight + 6})
}

func (r *Reject) write(w *excelize.StreamWriter, row int, widths []float64, styles rejectStyles, lang huifang.Lang) error {
	cells := make([]any, 0, len(widths)+2)
	text := r.Text.In(lang)
	lines := linesOf(text, reasonWidth)
	for i := range widths {
		value, style := "", styles.cell
		if i < len(r.Cells) {
			value = cellText(r.Cells[i])
		}
		if slices.Contains(r.Columns, i+1) {
			style = styles.fault
		}
		lines = max(lines, linesOf(value, widths[i]))
		cells = append(cells, excelize.Cell{StyleID: style, Value: value})
	}
	cells = append(cells, excelize.Cell{StyleID: styles.reason, Value: cellText(text)}, excelize.Cell{StyleID: styles.number, Value: r.Line})
	at, err := excelize.CoordinatesToCellName(1, row)
	if err != nil {
		return err
	}
	return w.SetRow(at, cells, excelize.RowOpts{Height: min(float64(lines)*lineHeight+4, 400)})
}

// cellText is what a workbook can hold: valid, no control characters, not over
// 32,767 characters.
func cellText(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	if utf8.RuneCountInString(s) > excelize.TotalCellChars {
		s = string([]rune(s)[:excelize.TotalCellChars])
	}
	return s
}

// charsOf is how wide a text is shown: Chinese characters count two.
func charsOf(s string) int {
	n := 0
	for _, r := range s {
		n++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth || k == width.EastAsianAmbiguous {
			n++
		}
	}
	return n
}

func linesOf(text string, chars float64) int {
	n := 0
	for part := range strings.SplitSeq(text, "\n") {
		n += 1 + int(float64(charsOf(part))/(chars-1))
	}
	return n
}

// pageSetup prints landscape, as wide as the page, with the header on each page.
func pageSetup(f *excelize.File, name string, head int) error {
	size, landscape, fitW, fitH, fit := 9, "landscape", 1, 0, true
	if err := f.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &size, Orientation: &landscape, FitToWidth: &fitW, FitToHeight: &fitH}); err != nil {
		return err
	}
	if err := f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	return f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: name,
		RefersTo: "'" + strings.ReplaceAll(name, "'", "''") + "'!$1:$" + itoa(head),
	})
}
