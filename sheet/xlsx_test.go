package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/huifang/huifang"
)

// TestXLSXCells: what each kind of cell is shown as.
func TestXLSXCells(t *testing.T) {
	t.Parallel()
	w := newWorkbook(t)
	w.rows("Sheet1", []any{"text", 2701, 13800002628, 0.1, true, time.Date(2026, 4, 11, 15, 0, 0, 0, time.UTC), 440301199001011234, "  blanks "})
	style, err := w.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	custom := `yyyy"年"m"月"d"日"`
	chinese, err := w.NewStyle(&excelize.Style{CustomNumFmt: &custom})
	if err != nil {
		t.Fatal(err)
	}
	plain := `0.00"d"`
	number, err := w.NewStyle(&excelize.Style{CustomNumFmt: &plain})
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []error{
		w.SetCellValue("Sheet1", "A2", 46123), w.SetCellStyle("Sheet1", "A2", "A2", style),
		w.SetCellValue("Sheet1", "B2", 46123.625), w.SetCellStyle("Sheet1", "B2", "B2", chinese),
		w.SetCellValue("Sheet1", "C2", 46123), w.SetCellStyle("Sheet1", "C2", "C2", number),
		w.SetCellValue("Sheet1", "D2", 0.5), w.SetCellStyle("Sheet1", "D2", "D2", style),
		w.SetCellFormula("Sheet1", "E2", "A2+1"),
		w.SetCellRichText("Sheet1", "F2", []excelize.RichTextRun{{Text: "富"}, {Text: "文本"}}),
		w.SetCellValue("Sheet1", "A4", "_x000D_not"), w.SetCellValue("Sheet1", "C5", "last"),
		w.SetRowVisible("Sheet1", 5, false),
	} {
		if step != nil {
			t.Fatal(step)
		}
	}
	b := open(t, w.bytes(), "a.xlsx")
	var got []string
	for rec, err := range b.xlsx.records(0) {
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range rec.cells {
			got = append(got, fmt.Sprintf("%s%d %s/%d", columnLetters(i), rec.line, c, rec.kind(i)))
		}
	}
	want := []string{
		"A1 text/0", "B1 2701/1", "C1 13800002628/1", "D1 0.1/1", "E1 TRUE/3", "F1 2026-04-11 15:00/2", "G1 440301199001011264/1", "H1   blanks /0",
		"A2 2026-04-11/2", "B2 2026-04-11 15:00/2", "C2 46123/1", "D2 12:00/2", "E2 =/5", "F2 富文本/0",
		"A4 not/0", "A5 /0", "B5 /0", "C5 last/0", // hidden rows are rows
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestXLSXFaultyCells(t *testing.T) {
	t.Parallel()
	w := newWorkbook(t)
	w.rows("Sheet1",
		[]any{"身份证", "姓名", "类别", "受理时间", "完成时间", "备注"},
		[]any{"440301199001011234", "张三", "报修", 46090, 46091.5},
		[]any{440301199001011234, "李四", "报修", 46090, 46091},
		[]any{nil, "王五", "报修", 46090, nil},
		[]any{nil, "赵六", "报修", 46090, 4.15},
		[]any{nil, "孙七", "报修", 46090, 46091, nil, "#N/A"},
		[]any{nil, "周八", "报修", 46090, 46091},
		[]any{nil, "#REF!", "报修", 46090, 46091},
	)
	if err := w.SetCellFormula("Sheet1", "E4", "D4+1"); err != nil {
		t.Fatal(err)
	}
	m := simple()
	m.Columns = append(m.Columns, Column{Field: FieldContactCode, From: []string{"身份证"}})
	rows := readAll(t, open(t, w.bytes(), "a.xlsx"), m)
	wantOutcomes(t, rows,
		"2 ok 张三 2026-03-10 12:00", "3 sheet.cell.digits_lost", "4 sheet.cell.uncalculated", "5 date.unreadable",
		"6 ok 孙七 2026-03-10", "7 ok 周八 2026-03-10", "8 sheet.cell.error")
	if rows[0].Values.Contact.Code != "440301199001011234" {
		t.Errorf("%+v", rows[0].Values)
	}
}

func TestXLSXErrorCell(t *testing.T) {
	t.Parallel()
	sheet := `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` +
		`<row><c t="inlineStr"><is><t>姓名</t></is></c><c t="inlineStr"><is><t>类别</t></is></c><c t="inlineStr"><is><t>完成时间</t></is></c></row>` +
		`<row><c t="str"><v>张三</v></c><c t="inlineStr"><is><t>报修</t><rPh><t>ほう</t></rPh></is></c><c t="e"><v>#VALUE!</v></c></row>` +
		`<row><c t="str"><v>李四</v></c><c t="inlineStr"><is><t>报修</t></is></c><c t="d"><v>2026-03-02T10:00:00</v></c></row>` +
		`</sheetData></worksheet>`
	rows := readAll(t, open(t, minimalXLSX(t, sheet), "a.xlsx"), simple())
	wantOutcomes(t, rows, "2 sheet.cell.error", "3 ok 李四 2026-03-02 10:00")
}

// minimalXLSX is a workbook of one worksheet, as small as may be.
func minimalXLSX(tb testing.TB, sheet string) []byte {
	tb.Helper()
	return zipOf(tb, map[string]string{
		"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   sheet,
	})
}

func zipOf(tb testing.TB, parts map[string]string) []byte {
	tb.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range sortedKeys(parts) {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, parts[name])
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// TestXLSXTruncated: cut anywhere, the file is refused when it is opened.
func TestXLSXTruncated(t *testing.T) {
	t.Parallel()
	whole, err := os.ReadFile("testdata/register.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	for _, keep := range []int{4, 100, len(whole) / 4, len(whole) / 2, len(whole) - 100, len(whole) - 1} {
		data := whole[:keep]
		_, err := Open(bytes.NewReader(data), int64(len(data)), "cut.xlsx", Limits{})
		if huifang.ReasonOf(err) != "sheet.xlsx.damaged" || !strings.HasPrefix(err.Error(), "cut.xlsx: ") {
			t.Errorf("%d of %d bytes: %v", keep, len(whole), err)
		}
	}
	// Bytes changed within a part show at once, too.
	data := bytes.Clone(whole)
	at := bytes.Index(data, []byte("xl/worksheets/sheet2.xml")) + 200
	for i := range 50 {
		data[at+i] ^= 0x55
	}
	if _, err := Open(bytes.NewReader(data), int64(len(data)), "bad.xlsx", Limits{}); huifang.ReasonOf(err) != "sheet.xlsx.damaged" {
		t.Errorf("changed bytes: %v", err)
	}
}

// TestXLSXBomb: a part that inflates without end is stopped early, wherever it
// stands, and so is one that lies about its size.
func TestXLSXBomb(t *testing.T) {
	t.Parallel()
	const main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	huge := strings.Repeat(" ", 64<<20)
	rows := `<worksheet ` + main + `><sheetData>` + strings.Repeat(`<row><c><v>1</v></c></row>`, 1<<21) + `</sheetData></worksheet>`
	parts := func(sheet, shared string) map[string]string {
		return map[string]string{
			"xl/workbook.xml": `<workbook ` + main + ` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
				`<Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
			"xl/worksheets/sheet1.xml": sheet,
			"xl/sharedStrings.xml":     shared,
		}
	}
	small := `<sst ` + main + `><si><t>a</t></si></sst>`
	for name, data := range map[string][]byte{
		"white space in a sheet": zipOf(t, parts(`<worksheet `+main+`>`+huge+`</worksheet>`, small)),
		"rows of a sheet":        zipOf(t, parts(rows, small)),
		"one long string":        zipOf(t, parts(`<worksheet `+main+`/>`, `<sst `+main+`><si><t>`+huge+`</t></si></sst>`)),
		"many strings":           zipOf(t, parts(`<worksheet `+main+`/>`, `<sst `+main+`>`+strings.Repeat("<si/>", 9<<20)+`</sst>`)),
	} {
		_, err := Open(bytes.NewReader(data), int64(len(data)), "bomb.xlsx", Limits{})
		if huifang.CodeOf(err) != huifang.CodeTooLarge || huifang.ReasonOf(err) != "sheet.xlsx.bomb" {
			t.Errorf("%s (%d bytes): %v", name, len(data), err)
		}
	}
	liar := zipOf(t, parts(rows, small))
	liar = patchSizes(t, liar, "xl/worksheets/sheet1.xml", 1000)
	if _, err := Open(bytes.NewReader(liar), int64(len(liar)), "liar.xlsx", Limits{}); err == nil {
		t.Error("a part that lies about its size was read")
	}
}

// patchSizes writes another uncompressed size of a part into the directory.
func patchSizes(tb testing.TB, data []byte, part string, size uint32) []byte {
	tb.Helper()
	at := bytes.LastIndex(data, []byte(part))
	if at < 46 || !bytes.HasPrefix(data[at-46:], []byte("PK\x01\x02")) {
		tb.Fatal("no directory entry")
	}
	for i := range 4 {
		data[at-46+24+i] = byte(size >> (8 * i))
	}
	return data
}

func TestXLSXLimits(t *testing.T) {
	t.Parallel()
	w := newWorkbook(t)
	w.rows("Sheet1", []any{"姓名", "类别", "完成时间"}, []any{"张三", "报修", "2026-03-02"})
	data := w.bytes()
	if _, err := Open(bytes.NewReader(data), int64(len(data)), "a.xlsx", Limits{Uncompressed: 100}); huifang.CodeOf(err) != huifang.CodeTooLarge {
		t.Errorf("over the limit: %v", err)
	}
}

// TestXLSXBrokenRows: XML that is no sheet is an error with sheet and row, not
// silence.
func TestXLSXBrokenRows(t *testing.T) {
	t.Parallel()
	head := `<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>姓名</t></is></c><c t="inlineStr"><is><t>类别</t></is></c><c t="inlineStr"><is><t>完成时间</t></is></c></row>`
	for name, rest := range map[string]string{
		"ends in a row":        `<row r="2"><c><v>1</v>`,
		"shared string 7 of 0": `<row r="2"><c t="s"><v>7</v></c></row></sheetData></worksheet>`,
		"a number that is not": `<row r="2"><c><v>12x</v></c></row></sheetData></worksheet>`,
		"rows backwards":       `<row r="5"/><row r="2"/></sheetData></worksheet>`,
		"a cell name":          `<row r="2"><c r="2B"/></row></sheetData></worksheet>`,
		"row too far":          `<row r="2000000"/></sheetData></worksheet>`,
	} {
		b := open(t, minimalXLSX(t, head+rest), "a.xlsx")
		var last error
		for _, err := range Read(b, simple(), Options{}) {
			last = err
		}
		if huifang.ReasonOf(last) != "sheet.xlsx.damaged" || !strings.HasPrefix(last.Error(), "a.xlsx[S]:") {
			t.Errorf("%s: %v", name, last)
		}
	}
}

func TestXLSXNotASheet(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]byte{
		"any archive":  zipOf(t, map[string]string{"readme.txt": "hello"}),
		"opendocument": zipOf(t, map[string]string{"content.xml": "<x/>", "mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
		"no sheets": zipOf(t, map[string]string{
			"xl/workbook.xml": `<workbook/>`, "xl/_rels/workbook.xml.rels": `<Relationships/>`,
		}),
	} {
		if _, err := Open(bytes.NewReader(data), int64(len(data)), "a.zip", Limits{}); huifang.ReasonOf(err) != "sheet.file.format" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestXLSXDate1904(t *testing.T) {
	t.Parallel()
	w := newWorkbook(t)
	on := true
	if err := w.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &on}); err != nil {
		t.Fatal(err)
	}
	w.rows("Sheet1", []any{"姓名", "类别", "受理时间", "完成时间"}, []any{"张三", "报修", nil, 44661.5})
	wantOutcomes(t, readAll(t, open(t, w.bytes(), "a.xlsx"), simple()), "2 ok 张三 2026-04-11 12:00")
}

func TestXLSXHiddenSheet(t *testing.T) {
	t.Parallel()
	w := newWorkbook(t)
	row := []any{"张三", "报修", nil, "2026-03-02"}
	w.rows("Sheet1", []any{"姓名", "类别", "受理时间", "完成时间"}, row)
	if _, err := w.NewSheet("旧"); err != nil {
		t.Fatal(err)
	}
	w.rows("旧", []any{"姓名", "类别", "受理时间", "完成时间"}, row, row)
	if err := w.SetSheetVisible("旧", false); err != nil {
		t.Fatal(err)
	}
	b := open(t, w.bytes(), "a.xlsx")
	m := simple()
	if rows := readAll(t, b, m); len(rows) != 1 {
		t.Errorf("%d rows", len(rows))
	}
	m.Sheets = []string{"旧"}
	if rows := readAll(t, b, m); len(rows) != 2 || rows[0].Sheet != "旧" {
		t.Errorf("%d rows", len(rows))
	}
	m.Sheets = []string{"Sheet*"}
	if rows := readAll(t, b, m); len(rows) != 1 || rows[0].Sheet != "Sheet1" {
		t.Errorf("%d rows", len(rows))
	}
}

func TestDateFormats(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]bool{
		"yyyy/m/d h:mm": true, `yyyy"年"m"月"`: true, "[$-804]yyyy年m月d日;@": true, "mm:ss": true, "[h]:mm": true,
		"General": false, "0.00": false, `0"days"`: false, "[Red]0": false, "#,##0;[Red]-#,##0": false, "@": false, `\d0`: false,
	} {
		if dateFormat(code) != want {
			t.Errorf("%s: %v", code, !want)
		}
	}
}

func TestColumnLetters(t *testing.T) {
	t.Parallel()
	for i, name := range map[int]string{0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA", 16383: "XFD"} {
		if columnLetters(i) != name || parseLetters(name) != i {
			t.Errorf("%d is %s, %s is %d", i, columnLetters(i), name, parseLetters(name))
		}
	}
	if parseLetters("") != -1 || parseLetters("A1") != -1 || parseLetters("ABCDE") != -1 {
		t.Error("no column letters")
	}
}

func FuzzXLSXSheet(f *testing.F) {
	f.Add(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`)
	f.Add(`<row><c t="s"><v>0</v></c><c s="1"><v>1</v></c>`)
	f.Fuzz(func(t *testing.T, sheet string) {
		data := minimalXLSX(t, sheet)
		b, err := Open(bytes.NewReader(data), int64(len(data)), "a.xlsx", Limits{})
		if err != nil {
			return
		}
		last := 0
		for row, err := range Read(b, simple(), Options{}) {
			if err != nil {
				if huifang.ReasonOf(err) == "" {
					t.Error(err)
				}
				break
			}
			if row.Line <= last {
				t.Errorf("row %d after %d", row.Line, last)
			}
			last = row.Line
		}
		_, _, _ = Guess(b, property()) // must not panic
	})
}
