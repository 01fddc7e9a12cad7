package sheet

import (
	"bytes"
	"strings"
	"testing"

	"github.com/huifang/huifang"
)

func TestJSONLines(t *testing.T) {
	t.Parallel()
	data := `{"id":"e1","type":"repair.completed","at":"2026-03-02T10:00:00+08:00","contact":"c1","asset":"1-101","attributes":{"severity":"general","hours":3},"phones":["13800004797","0755-88889164"]}
{"id":"e2","type":"投诉","at":"2026-03-03","contact":"c2","new_column":1}

{"id":"e3","type":"repair.completed","at":null,"contact":"c3"}
{"id":"e4",
{"id":"e5","type":"ufo.landed","at":"2026-03-04","contact":"c5"}
{"id":"e6","type":"repair.completed","at":"2026-03-04","contact":"c6"} {"id":"e7"}
{"id":"e1","type":"repair.completed","at":"2026-03-05","contact":"c1"}
[1,2]
{"id":"e8","type":"repair.completed","at":"2026-03-06","contact":"c8","deep":{"list":[[1]]}}
{"id":18014398509481985,"type":"repair.completed","at":"2026-03-06","contact":"c9"}
`
	b := open(t, []byte(data), "events.jsonl")
	if b.Format != FormatLines {
		t.Fatal(b.Format)
	}
	m, report := guessed(t, b)
	if l := report.Sheets[0]; !l.Data || l.Columns[4].Field != FieldAssetCode {
		t.Errorf("%+v", l)
	}
	for i := range m.Columns { // attributes the trade does not know are texts
		if m.Columns[i].Field == "attribute:hours" && m.Columns[i].Kind == KindText {
			m.Columns[i].Kind = KindNumber
		}
	}
	m.Columns = append(m.Columns, Column{Field: FieldContactPhone, From: []string{"phones"}})
	rows := readAll(t, b, m)
	var got []string
	for _, r := range rows {
		got = append(got, itoa(r.Line)+" "+strings.TrimSpace(strings.TrimPrefix(outcome(r), "ok ")))
	}
	want := []string{
		"1 2026-03-02 10:00", "2 2026-03-03", "4 unfinished", "5 sheet.json", "6 sheet.category.unknown", "7 sheet.json", "8 sheet.key.twice", "9 sheet.json", "10 sheet.json", "11 2026-03-06",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	v := rows[0].Values
	if v.Key != "e1" || v.Contact.Code != "c1" || v.Attributes["hours"] != 3.0 || v.Attributes["severity"] != "general" || strings.Join(v.Contact.Phones, " ") != "13800004797 0755-88889164" {
		t.Errorf("%+v", v)
	}
	if last := rows[len(rows)-1].Values.Key; last != "18014398509481985" {
		t.Errorf("numbers of JSON keep their digits: %s", last)
	}
}

// TestJSONLinesLateColumn: a mapped key that first occurs far down is read all
// the same.
func TestJSONLinesLateColumn(t *testing.T) {
	t.Parallel()
	data := strings.Repeat(`{"name":"张三","type":"报修","done":"2026-03-02"}`+"\n", 500) +
		`{"name":"李四","type":"报修","done":"2026-03-02","note":"late"}` + "\n"
	m := simple()
	m.Columns = []Column{
		{Field: FieldContactName, From: []string{"name"}},
		{Field: FieldType, From: []string{"type"}},
		{Field: FieldAt, From: []string{"done"}},
		{Field: FieldNote, From: []string{"note"}},
	}
	rows := readAll(t, open(t, []byte(data), "a.jsonl"), m)
	if last := rows[len(rows)-1]; len(rows) != 501 || last.Values.Note != "late" || len(last.Layout.Columns) != 4 {
		t.Errorf("%d rows, %+v", len(rows), last.Values)
	}
}

func TestJSONLinesLong(t *testing.T) {
	t.Parallel()
	data := `{"name":"张三","type":"报修","done":"2026-03-02"}` + "\n" + `{"name":"` + strings.Repeat("x", 5000) + `"}` + "\n" + `{"name":"李四","type":"报修","done":"2026-03-03"}`
	b, err := Open(strings.NewReader(data), int64(len(data)), "a.jsonl", Limits{Record: 1024})
	if err != nil {
		t.Fatal(err)
	}
	m := simple()
	m.Columns = []Column{{Field: FieldContactName, From: []string{"name"}}, {Field: FieldType, From: []string{"type"}}, {Field: FieldAt, From: []string{"done"}}}
	wantOutcomes(t, readAll(t, b, m), "1 ok 张三 2026-03-02", "2 sheet.record.too_long", "3 ok 李四 2026-03-03")
}

func FuzzJSONLines(f *testing.F) {
	f.Add([]byte(`{"a":{"b":[1,"x",null,true]},"type":"报修"}` + "\n{"))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := Open(bytes.NewReader(append([]byte("{"), data...)), int64(len(data)+1), "a.jsonl", Limits{Record: 4096})
		if err != nil {
			return
		}
		m := simple()
		m.Columns = []Column{{Field: FieldAt, From: []string{"at"}}, {Field: FieldType, From: []string{"type"}}}
		for row, err := range Read(b, m, Options{}) {
			if err != nil && huifang.ReasonOf(err) == "" {
				t.Error(err)
			}
			if row != nil && row.Err != nil && row.Err.At.Line == 0 {
				t.Error("a fault without a line")
			}
		}
	})
}
