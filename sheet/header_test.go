package sheet

import (
	"strings"
	"testing"

	"github.com/huifang/huifang"
)

// wantLayout reads a book through a guessed mapping and compares what was found.
func wantLayout(t *testing.T, b *Book, header, lines int, fields map[string]Field, want ...string) {
	t.Helper()
	m, report := guessed(t, b)
	l := report.Sheets[0]
	if !l.Data || l.Header != header || l.Lines != lines {
		t.Errorf("header in row %d, %d deep, data %v (%s)", l.Header, l.Lines, l.Data, l.Reason.ZH)
	}
	found := map[string]Field{}
	for _, c := range l.Columns {
		if c.Field != "" {
			found[c.Name] = c.Field
		}
	}
	for name, f := range fields {
		if found[name] != f {
			t.Errorf("column %q means %q, want %q (of %v)", name, found[name], f, found)
		}
	}
	if len(found) != len(fields) {
		t.Errorf("found %v, want %v", found, fields)
	}
	if err := m.Check(); err != nil {
		t.Fatal(err)
	}
	wantOutcomes(t, readAll(t, b, m), want...)
}

// TestHeaderThreeLines: three lines, merged both ways, below titles.
func TestHeaderThreeLines(t *testing.T) {
	t.Parallel()
	w := newWorkbook(t)
	w.rows("Sheet1",
		[]any{"某某物业服务中心"}, []any{"2026年3月登记表"}, []any{"填表人：王五"},
		[]any{"序号", "客户", nil, "服务", nil, nil, nil},
		[]any{nil, "姓名", "联系方式", "类别", "时间", nil, "内容"},
		[]any{nil, nil, nil, nil, "受理时间", "完成时间", nil},
		[]any{1, "张三", "13800004797", "报修", "3月1日", "3月2日", "漏水"},
		[]any{2, "李四", "13800004798", "投诉", "3月1日", nil, "吵闹"},
	)
	w.merge("Sheet1", "A1:G1", "A2:G2", "A4:A6", "B4:C4", "D4:G4", "B5:B6", "C5:C6", "D5:D6", "E5:F5", "G5:G6")
	wantLayout(t, open(t, w.bytes(), "a.xlsx"), 4, 3, map[string]Field{
		"序号": FieldSerial, "客户/姓名": FieldContactName, "客户/联系方式": FieldContactPhone, "服务/类别": FieldType,
		"服务/时间/受理时间": FieldOpenedAt, "服务/时间/完成时间": FieldAt, "服务/内容": FieldMatter,
	}, "7 ok 张三 2026-03-02", "8 unfinished")
}

// TestHeaderRowSix: five lines of title, a header of one line.
func TestHeaderRowSix(t *testing.T) {
	t.Parallel()
	w := newWorkbook(t)
	w.rows("Sheet1",
		[]any{"登记表"}, []any{"单位：锦绣花园"}, []any{"联系电话：0755-88889164"}, []any{"说明：请如实填写"}, nil,
		[]any{"房号", "业主", "电话", "类型", "报修日期", "完工日期"},
		[]any{"1-101", "张三", 13800004797, "维修", "2026-03-01", "2026-03-02"},
	)
	wantLayout(t, open(t, w.bytes(), "a.xlsx"), 6, 1, map[string]Field{
		"房号": FieldAssetCode, "业主": FieldContactName, "电话": FieldContactPhone, "类型": FieldType, "报修日期": FieldOpenedAt, "完工日期": FieldAt,
	}, "7 ok 张三 2026-03-02")
}

// TestHeaderCSVTwoLines: saved as CSV, a merged header loses its merges.
func TestHeaderCSVTwoLines(t *testing.T) {
	t.Parallel()
	data := "锦绣花园2026年3月登记表,,,,,\n" +
		"序号,姓名,类别,受理时间,处理情况,,备注\n" +
		",,,,处理人,完成时间,\n" +
		"1,张三,报修,3月1日,孙工,3/2,\n" +
		"本页小计,1件,,,,,\n" +
		"序号,姓名,类别,受理时间,处理情况,,备注\n" +
		",,,,处理人,完成时间,\n" +
		"2,李四,投诉,3月1日,孙工,待配件,\n" +
		"3,,,,,,\n" +
		"合计：,2件,,,,,\n" +
		"注：完成时间为空者未办结,,,,,,\n" +
		"制表人：王五,,,审核：赵六,,,\n"
	wantLayout(t, open(t, []byte(data), "a.csv"), 2, 2, map[string]Field{
		"序号": FieldSerial, "姓名": FieldContactName, "类别": FieldType, "受理时间": FieldOpenedAt, "处理情况/处理人": FieldStaff, "处理情况/完成时间": FieldAt, "备注": FieldNote,
	}, "4 ok 张三 2026-03-02", "5 subtotal", "6 header", "7 header", "8 unfinished", "9 blank", "10 subtotal", "11 footnote", "12 unfinished")
}

func TestHeaderEnglish(t *testing.T) {
	t.Parallel()
	data := "Ticket No,Customer Name,Phone Number,Room No.,Category,Date Opened,Date Completed,Assigned To,Priority\n" +
		"T-1,Ann,13800004797,1-101,Repair,\"Mar 1, 2026\",2 Mar 2026,Bob,High\n" +
		"T-2,Joe,13800004798,1-102,Complaint,3/1/2026,3/14/2026,Bob,Low\n" +
		"Total,2,,,,,,,\n"
	b := open(t, []byte(data), "a.csv")
	wantLayout(t, b, 1, 1, map[string]Field{
		"Ticket No": FieldKey, "Customer Name": FieldContactName, "Phone Number": FieldContactPhone, "Room No.": FieldAssetCode, "Category": FieldType,
		"Date Opened": FieldOpenedAt, "Date Completed": FieldAt, "Assigned To": FieldStaff, "Priority": FieldSeverity,
	}, "2 ok Ann 2026-03-02", "3 ok Joe 2026-03-14", "4 subtotal")
	m, _ := guessed(t, b)
	if m.DateOrder != OrderMDY {
		t.Errorf("3/14/2026 says that the month comes first, not %q", m.DateOrder)
	}
	rows := readAll(t, b, m)
	if v := rows[1].Values; show(v.OpenedAt) != "2026-03-01" || v.Severity != "general" || v.Key != "T-2" {
		t.Errorf("%+v", v)
	}
}

// TestHeaderDuplicates: two columns of one name are told apart.
func TestHeaderDuplicates(t *testing.T) {
	t.Parallel()
	data := "姓名,类别,日期,日期,电话,电话\n张三,报修,2026-03-01,2026-03-02,13800004797,13800004798\n"
	b := open(t, []byte(data), "a.csv")
	m := simple()
	m.Columns = []Column{
		{Field: FieldContactName, From: []string{"姓名"}},
		{Field: FieldType, From: []string{"类别"}},
		{Field: FieldOpenedAt, From: []string{"日期"}},
		{Field: FieldAt, From: []string{"日期#2"}},
		{Field: FieldContactPhone, From: []string{"电话"}},
		{Field: FieldContactPhone, Letter: "F"},
	}
	rows := readAll(t, b, m)
	wantOutcomes(t, rows, "2 ok 张三 2026-03-02")
	if v := rows[0].Values; show(v.OpenedAt) != "2026-03-01" || strings.Join(v.Contact.Phones, " ") != "13800004797 13800004798" {
		t.Errorf("%+v", v)
	}
}

func TestHeaderQuotedLines(t *testing.T) {
	t.Parallel()
	data := "\"姓\n名\",类别,\"完成\n时间\"\n张三,报修,2026-03-02\n"
	m := simple()
	m.Columns = []Column{{Field: FieldContactName, From: []string{"姓名"}}, {Field: FieldType, From: []string{"类别"}}, {Field: FieldAt, From: []string{"完成时间"}}}
	wantOutcomes(t, readAll(t, open(t, []byte(data), "a.csv"), m), "4 ok 张三 2026-03-02")
}

func TestHeaderMissing(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ data, detail string }{
		"other columns":  {"a,b,c\n1,2,3\n", "没有找到表头：前几十行里没有一行含有映射所列的多数列名"},
		"no completion":  {"姓名,类别,受理时间\n张三,报修,2026-03-01\n", "缺少“完成时间”列"},
		"only the title": {"登记表\n", "没有找到表头：前几十行里没有一行含有映射所列的多数列名"},
	} {
		b := open(t, []byte(tc.data), "a.csv")
		var last error
		for _, err := range Read(b, simple(), Options{}) {
			last = err
		}
		e, ok := last.(*huifang.Error) //nolint:errorlint // Read gives it unwrapped
		if !ok || e.Reason != "sheet.header.missing" || len(e.Details) != 1 || e.Details[0].Message.ZH != tc.detail {
			t.Errorf("%s: %v", name, last)
		}
		if _, err := Inspect(b, simple()); huifang.ReasonOf(err) != "sheet.header.missing" {
			t.Errorf("%s: %v", name, err)
		}
	}
	// A sheet the mapping names must have it.
	w := newWorkbook(t)
	w.rows("Sheet1", []any{"姓名", "类别", "受理时间", "完成时间"}, []any{"张三", "报修", nil, "2026-03-02"})
	if _, err := w.NewSheet("空"); err != nil {
		t.Fatal(err)
	}
	m := simple()
	m.Sheets = []string{"Sheet1", "空"}
	if _, err := Inspect(open(t, w.bytes(), "a.xlsx"), m); huifang.ReasonOf(err) != "sheet.header.missing" || !strings.Contains(err.Error(), "[空]") {
		t.Errorf("%v", err)
	}
}

// TestHeaderGiven: a mapping may say where the header is.
func TestHeaderGiven(t *testing.T) {
	t.Parallel()
	data := "姓名,类别,受理时间,完成时间\n（姓名）,（类别）,（受理时间）,（完成时间）\n姓名,类别,受理时间,完成时间\n张三,报修,,2026-03-02\n"
	m := simple()
	m.Header = Header{Row: 3, Lines: 1}
	wantOutcomes(t, readAll(t, open(t, []byte(data), "a.csv"), m), "4 ok 张三 2026-03-02")
}

// TestMergedData: merged cells fill down, but not into subtotals, blank rows or
// past their end; a range that begins in a blank row repeats the entry above.
func TestMergedData(t *testing.T) {
	t.Parallel()
	w := newWorkbook(t)
	w.rows("Sheet1",
		[]any{"序号", "姓名", "类别", "受理时间", "完成时间"},
		[]any{1, "张三", "报修", nil, "2026-03-01"},
		[]any{2, nil, "报修", nil, "2026-03-02"},
		[]any{"小计", nil, "2件"},
		[]any{3, nil, "投诉", nil, "2026-03-03"}, // merged with the rows above
		[]any{4, nil, "投诉", nil, "2026-03-04"}, // no longer
		[]any{5, "李四", "报修", nil, "2026-03-05"},
		nil,
		[]any{6, nil, "报修", nil, "2026-03-06"}, // B8:B9 begins in the blank row
		[]any{7, "王五", "报修", nil, "2026-03-07"},
		[]any{8, " ", "报修", nil, "2026-03-08"}, // B11:B12 has an anchor with nothing in it
		[]any{9, nil, "报修", nil, "2026-03-09"},
		[]any{10, "赵六", "报修", nil, "2026-03-10"},
		[]any{11}, // a number prepared, within B13:B15
		[]any{12, nil, "报修", nil, "2026-03-11"},
		[]any{"合计", "12件"}, // B16:B17 begins in a total
		[]any{13, nil, "报修", nil, "2026-03-12"},
	)
	w.merge("Sheet1", "B2:B5", "B8:B9", "B11:B12", "B13:B15", "B16:B17")
	rows := readAll(t, open(t, w.bytes(), "a.xlsx"), withSerial())
	var warned []string
	for _, r := range rows {
		if len(r.Warnings) > 0 {
			warned = append(warned, itoa(r.Line)+" "+r.Warnings[0].Reason)
		}
	}
	wantOutcomes(t, rows,
		"2 ok 张三 2026-03-01", "3 ok 张三 2026-03-02", "4 subtotal", "5 ok 张三 2026-03-03", "6 sheet.contact.missing",
		"7 ok 李四 2026-03-05", "9 ok 李四 2026-03-06", "10 ok 王五 2026-03-07", "11 sheet.contact.missing", "12 sheet.contact.missing",
		"13 ok 赵六 2026-03-10", "14 blank", "15 ok 赵六 2026-03-11", "16 subtotal", "17 sheet.contact.missing")
	if strings.Join(warned, ",") != "9 sheet.merge.orphan" {
		t.Errorf("warnings %v", warned)
	}
	if cells := rows[1].Cells; cells[1] != "张三" {
		t.Errorf("the cells shown are filled too: %q", cells)
	}
}

func withSerial() Mapping {
	m := simple()
	m.Columns = append(m.Columns, Column{Field: FieldSerial, From: []string{"序号"}})
	return m
}

// TestFillDown: in a CSV the merges are gone; the mapping says that empty means
// the same as above.
func TestFillDown(t *testing.T) {
	t.Parallel()
	data := "序号,姓名,类别,受理时间,完成时间\n" +
		"1,张三,报修,,2026-03-01\n2,,报修,,2026-03-02\n小计,,2件,,\n3,,报修,,处理中\n4,,投诉,,2026-03-03\n5, ,投诉,,2026-03-04\n6,李四,投诉,,2026-03-05\n7,,投诉,,2026-03-06\n"
	b := open(t, []byte(data), "a.csv")
	m := withSerial()
	wantOutcomes(t, readAll(t, b, m)[:2], "2 ok 张三 2026-03-01", "3 sheet.contact.missing")
	m.FillDown = []Field{FieldContactName}
	wantOutcomes(t, readAll(t, b, m),
		"2 ok 张三 2026-03-01", "3 ok 张三 2026-03-02", "4 subtotal", "5 unfinished", "6 ok 张三 2026-03-03",
		"7 sheet.contact.missing", "8 ok 李四 2026-03-05", "9 ok 李四 2026-03-06")
}
