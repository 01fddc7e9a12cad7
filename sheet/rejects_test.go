package sheet

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/huifang/huifang"
)

func registerRejects(t *testing.T) (*Rejects, Mapping) {
	t.Helper()
	b := openFile(t, "register.xlsx")
	m, _ := guessed(t, b)
	var rejects Rejects
	for _, row := range readAll(t, b, m) {
		rejects.Add(row)
	}
	return &rejects, m
}

// TestRejectsMended: the sheet of rejects, mended, is imported through the same
// mapping.
func TestRejectsMended(t *testing.T) {
	t.Parallel()
	rejects, m := registerRejects(t)
	var out bytes.Buffer
	if err := WriteRejectsXLSX(&out, rejects.Sheets(), huifang.ZH); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("4月")
	if err != nil {
		t.Fatal(err)
	}
	if rows[0][0] != "锦绣花园2026年4月报修、投诉、求助登记表" || rows[1][9] != "处理情况/完成时间" || rows[1][13] != "退回原因" || rows[1][14] != "原表行号" {
		t.Errorf("%q", rows[:2])
	}
	first := rows[2] // its customer stood in merged cells
	if first[2] != "赵堃" || first[9] != "2026-04-32" || first[13] != "“完成时间”列：“2026-04-32”不是真实存在的日期或时间" || first[14] != "17" {
		t.Errorf("%q", first)
	}
	for _, mend := range [][3]string{{"4月", "J3", "4/12"}, {"4月", "F4", "报修"}, {"4月", "C5", "新客户"}, {"3月", "J3", "3/12"}} {
		if err := f.SetCellValue(mend[0], mend[1], mend[2]); err != nil {
			t.Fatal(err)
		}
	}
	var mended bytes.Buffer
	if err := f.Write(&mended); err != nil {
		t.Fatal(err)
	}
	again := readAll(t, open(t, mended.Bytes(), "mended.xlsx"), m)
	wantOutcomes(t, again,
		"3 ok 欧阳伟 2026-03-12", "4 sheet.category.unknown", "5 sheet.contact.missing",
		"3 ok 赵堃 2026-04-12", "4 ok 张海燕 2026-04-10", "5 ok 新客户 2026-04-25")
}

func TestRejectsLook(t *testing.T) {
	t.Parallel()
	rejects, _ := registerRejects(t)
	var out bytes.Buffer
	if err := WriteRejectsXLSX(&out, rejects.Sheets(), huifang.EN); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	panes, err := f.GetPanes("3月")
	if err != nil || !panes.Freeze || panes.YSplit != 2 {
		t.Errorf("%+v %v", panes, err)
	}
	layout, err := f.GetPageLayout("3月")
	if err != nil || *layout.Orientation != "landscape" || *layout.FitToHeight != 0 {
		t.Errorf("%+v %v", layout, err)
	}
	width, err := f.GetColWidth("3月", "N")
	if err != nil || width != reasonWidth {
		t.Errorf("%v %v", width, err)
	}
	head, err := f.GetCellValue("3月", "N2")
	if err != nil || head != "Why rejected" {
		t.Errorf("%s %v", head, err)
	}
	plain, err1 := f.GetCellStyle("3月", "I3")
	faulty, err2 := f.GetCellStyle("3月", "J3")
	if err1 != nil || err2 != nil || plain == faulty {
		t.Error("the faulty cell is not marked")
	}
}

func TestRejectsNames(t *testing.T) {
	t.Parallel()
	sheets := []RejectSheet{{Sheet: ""}, {Sheet: "a/b:c"}, {Sheet: strings.Repeat("长", 40)}, {Sheet: strings.Repeat("长", 41)}, {Sheet: "a b c"}}
	got := sheetNames(sheets, huifang.ZH)
	want := []string{"退回", "a b c", strings.Repeat("长", 25), strings.Repeat("长", 25) + " 2", "a b c 2"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	var out bytes.Buffer
	if err := WriteRejectsXLSX(&out, sheets, huifang.ZH); err != nil {
		t.Error(err)
	}
	if err := WriteRejectsXLSX(&out, nil, huifang.ZH); err != nil {
		t.Error(err)
	}
}

func TestRejectsHostileCells(t *testing.T) {
	t.Parallel()
	sheets := []RejectSheet{{
		Title: "=1+1", Header: []string{"姓名", "@电话"},
		Rows: func(yield func(*Reject, error) bool) {
			yield(&Reject{Line: 2, Cells: []string{"=cmd|' /C calc'!A0", "+86 13800004797", "-12.5", "\x00\x01a\xff", "'ok"}, Text: huifang.Text{ZH: "原因", EN: "why"}, Columns: []int{1}}, nil)
		},
	}}
	var out bytes.Buffer
	if err := WriteRejectsCSV(&out, sheets, huifang.EN); err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\ufeff")))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"'=1+1"},
		{"姓名", "'@电话", "", "", "", "Why rejected", "Original row"},
		{"'=cmd|' /C calc'!A0", "+86 13800004797", "-12.5", "\x00\x01a\xff", "'ok", "why", "2"},
	}
	for i := range want {
		if !slices.Equal(rows[i], want[i]) {
			t.Errorf("%q, want %q", rows[i], want[i])
		}
	}
	out.Reset()
	if err := WriteRejectsXLSX(&out, sheets, huifang.ZH); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	formula, err1 := f.GetCellFormula("退回", "A3")
	value, err2 := f.GetCellValue("退回", "D3")
	if err1 != nil || err2 != nil || formula != "" || value != "a\ufffd" {
		t.Errorf("formula %q, value %q, %v %v", formula, value, err1, err2)
	}
}

// TestRejectsCSVMended: the CSV of rejects reads back, too.
func TestRejectsCSVMended(t *testing.T) {
	t.Parallel()
	b := open(t, []byte(smallCSV), "a.csv")
	var rejects Rejects
	for _, row := range readAll(t, b, simple()) {
		rejects.Add(row)
	}
	var out bytes.Buffer
	if err := WriteRejectsCSV(&out, rejects.Sheets(), huifang.ZH); err != nil {
		t.Fatal(err)
	}
	mended := strings.Replace(out.String(), "2026-03-04", "2026-03-06", 1)
	wantOutcomes(t, readAll(t, open(t, []byte(mended), "b.csv"), simple()), "2 ok 王五 2026-03-06")
}
