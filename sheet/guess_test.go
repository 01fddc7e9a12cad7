package sheet

import (
	"slices"
	"strings"
	"testing"

	"github.com/huifang/huifang"
)

// TestGuessReport: sheets that are no data are named with the reason.
func TestGuessReport(t *testing.T) {
	t.Parallel()
	w := newWorkbook(t)
	w.rows("Sheet1",
		[]any{"锦绣花园2026年3月登记表"},
		[]any{"序号", "姓名", "类别", "受理时间", "完成时间", "编号", "天气"},
		[]any{1, "张三", "报修", "3月1日", "3月2日", "A", "晴"},
		[]any{2, "李四", "装修", "3月1日", "3月2日", "A", "雨"},
	)
	for _, name := range []string{"员工", "说明", "空白", "空表", "旧表"} {
		if _, err := w.NewSheet(name); err != nil {
			t.Fatal(err)
		}
	}
	w.rows("员工", []any{"姓名", "部门", "电话"}, []any{"王五", "工程部", "13800004797"})
	w.rows("说明", []any{"请如实填写"}, []any{"类别：报修、投诉"})
	w.rows("空表", []any{"姓名", "类别", "受理时间", "完成时间"})
	w.rows("旧表", []any{"姓名", "类别", "受理时间", "完成时间"}, []any{"赵六", "报修", "3月1日", "3月2日"})
	if err := w.SetSheetVisible("旧表", false); err != nil {
		t.Fatal(err)
	}
	c := property()
	c.Units = []string{"金色家园", "锦绣花园"}
	m, report, err := Guess(open(t, w.bytes(), "a.xlsx"), c)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range report.Sheets {
		got = append(got, l.Sheet+" "+l.Reason.EN)
		if (l.Reason.ZH == "") != l.Data {
			t.Errorf("%s: %+v", l.Sheet, l.Reason)
		}
	}
	want := []string{
		"Sheet1 ",
		"员工 neither a category nor an opening or completion time: this is no register of services",
		"说明 no header: none of the first 2 rows has two known column names; this is no register",
		"空白 a blank sheet",
		"空表 a header without rows",
		"旧表 a hidden sheet; to read it, name it under sheets in the mapping",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if m.Fixed[FieldUnit] != "锦绣花园" {
		t.Errorf("the title names the unit: %v", m.Fixed)
	}
	var list []string
	for _, n := range report.Notes {
		list = append(list, n.EN)
	}
	notes := strings.Join(list, "\n")
	for _, want := range []string{`column "编号" has many blanks or repeats`, `unknown words: 装修`, `the title names "锦绣花园"`} {
		if !strings.Contains(notes, want) {
			t.Errorf("no note %q in\n%s", want, notes)
		}
	}
	if col := report.Sheets[0].Columns[6]; col.Name != "天气" || col.Field != "" || !slices.Equal(col.Samples, []string{"晴", "雨"}) {
		t.Errorf("columns that mean nothing are shown: %+v", col)
	}
}

// TestGuessDates: which column is the completion where none is called so.
func TestGuessDates(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		header     string
		at, opened string
	}{
		"both":              {"姓名,类别,报修时间,完成时间", "完成时间", "报修时间"},
		"a date and an end": {"姓名,类别,日期,完成时间", "完成时间", "日期"},
		"only a date":       {"姓名,类别,日期", "日期", ""},
		"only an opening":   {"姓名,类别,受理时间", "受理时间", ""},
		"suffixes":          {"业主姓名,报修类别,电话报修时间,维修完成时间", "维修完成时间", "电话报修时间"},
		"brackets":          {"姓名（必填）,*类别,受理时间(年月日),完成时间：", "完成时间：", "受理时间(年月日)"},
	} {
		values := strings.Repeat("x,", strings.Count(tc.header, ","))
		m, _ := guessed(t, open(t, []byte(tc.header+"\n"+values+"2026-03-01\n"), "a.csv"))
		from := func(f Field) string {
			if c := m.column(f); c != nil {
				return strings.Join(c.From, "|")
			}
			return ""
		}
		if from(FieldAt) != tc.at || from(FieldOpenedAt) != tc.opened {
			t.Errorf("%s: completed %q opened %q", name, from(FieldAt), from(FieldOpenedAt))
		}
		if err := m.Check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestGuessIncomplete: what is missing is said, by the report and by Check.
func TestGuessIncomplete(t *testing.T) {
	t.Parallel()
	m, report := guessed(t, open(t, []byte("a,b,c\n1,2,3\n"), "a.csv"))
	if len(report.Notes) == 0 || report.Notes[0].EN != "no sheet looks like a register of services" {
		t.Errorf("%v", report.Notes)
	}
	if m.Check() == nil {
		t.Error("a mapping of nothing is no mapping")
	}
	_, report = guessed(t, open(t, []byte("姓名,完成时间\n张三,2026-03-01\n"), "a.csv"))
	if len(report.Notes) != 1 || !strings.HasPrefix(report.Notes[0].EN, "no category column") {
		t.Errorf("%v", report.Notes)
	}
}

// TestGuessTwoLayouts: sheets that call a column differently share a mapping.
func TestGuessTwoLayouts(t *testing.T) {
	t.Parallel()
	w := newWorkbook(t)
	w.rows("Sheet1", []any{"姓名", "类别", "受理时间", "完成时间"}, []any{"张三", "报修", nil, "2026-03-01"})
	if _, err := w.NewSheet("二"); err != nil {
		t.Fatal(err)
	}
	w.rows("二", []any{"完工日期", "业主", "类型"}, []any{"2026-03-02", "李四", "投诉"})
	b := open(t, w.bytes(), "a.xlsx")
	m, _ := guessed(t, b)
	wantOutcomes(t, readAll(t, b, m), "2 ok 张三 2026-03-01", "2 ok 李四 2026-03-02")
	layouts, err := Inspect(b, m)
	if err != nil || len(layouts) != 2 || !layouts[1].Data || layouts[1].Columns[0].Field != FieldAt {
		t.Errorf("%v %+v", err, layouts)
	}
}

func TestCatalogueMerge(t *testing.T) {
	t.Parallel()
	a := Catalogue{Categories: map[string][]string{"x": {"一", "二"}}, Values: map[Field]map[string][]string{FieldSeverity: {"major": {"重"}}}, Units: []string{"甲"}}
	b := Catalogue{
		Fields:     []FieldWords{{Field: "attribute:days", Kind: KindNumber, Names: []string{"天数"}}, {Field: FieldNote, Names: []string{"内容"}}},
		Categories: map[string][]string{"y": {"二", "三"}, "x": {"四"}},
	}
	c := DefaultCatalogue().Merge(a, b)
	if !slices.Equal(c.Categories["x"], []string{"一", "四"}) || !slices.Equal(c.Categories["y"], []string{"二", "三"}) {
		t.Errorf("%v", c.Categories)
	}
	if !slices.Contains(c.Values[FieldSeverity]["major"], "重") || !slices.Contains(c.Values[FieldSeverity]["major"], "重大") {
		t.Errorf("%v", c.Values)
	}
	if len(a.Categories["x"]) != 2 {
		t.Error("merging changed its input")
	}
	x := newFieldIndex(c)
	if w, s := x.match("天数"); w.Field != "attribute:days" || w.Kind != KindNumber || s != scoreFull {
		t.Errorf("%+v %d", w, s)
	}
	if w, _ := x.match("内容"); w.Field != FieldNote {
		t.Errorf("the later catalogue counts: %+v", w)
	}
}

// TestSynonyms: no name means two fields, and each can be found.
func TestSynonyms(t *testing.T) {
	t.Parallel()
	owner := map[string]Field{}
	c := DefaultCatalogue()
	x := newFieldIndex(c)
	for _, words := range c.Fields {
		if !words.Field.Valid() {
			t.Errorf("no field %q", words.Field)
		}
		for _, name := range words.Names {
			key := foldName(name)
			if other, ok := owner[key]; ok && other != words.Field {
				t.Errorf("%q means %s and %s", name, other, words.Field)
			}
			owner[key] = words.Field
			if w, s := x.match(name); w.Field != words.Field || s != scoreFull {
				t.Errorf("%q is found as %s (%d)", name, w.Field, s)
			}
		}
	}
	for f, words := range c.Values {
		check := mappingCheck{}
		check.distinct(words, "values", string(f))
		if len(check.faults) > 0 {
			t.Errorf("%v", check.faults)
		}
	}
}

func TestFieldNumbers(t *testing.T) {
	t.Parallel()
	for i, f := range Fields() {
		if f == "" || f.number() != i || !f.Valid() || f.Attribute() != "" {
			t.Errorf("%d: %q", i, f)
		}
	}
	for f, name := range map[Field]string{"attribute:x": "x", "contact.attribute:y": "y", "asset.attribute:z": "z"} {
		if f.Attribute() != name || !f.Valid() || f.number() != -1 {
			t.Errorf("%s", f)
		}
	}
	if Field("attribute:").Valid() || Field("x").Valid() {
		t.Error("no fields")
	}
}

func TestErrorsSpeakBothLanguages(t *testing.T) {
	t.Parallel()
	_, err := Open(strings.NewReader(""), 0, "a", Limits{})
	if huifang.In(err, huifang.ZH) != "a: 文件是空的" || huifang.In(err, huifang.EN) != "a: the file is empty" {
		t.Errorf("%v", err)
	}
}
