package sheet

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/huifang/huifang"
)

const goodMapping = `version: 1
name: 登记表
sheets: ["*月"]
header: {row: 3, lines: 2}
zone: Asia/Shanghai
date_order: ymd
year: 2026
columns:
  - {field: event.at, from: [完成时间, 办结时间]}
  - {field: event.type, letter: F}
  - {field: asset.code, from: [楼栋, 房号], join: "-"}
  - {field: contact.phone, from: [手机]}
  - {field: contact.phone, from: [座机]}
  - {field: "attribute:contract_start", from: [开始日期], kind: date}
fixed: {unit: 锦绣花园}
required: [contact.phone]
fill_down: [asset.code]
categories:
  repair.completed: [报修, 维修*]
  complaint.resolved: [投诉]
values:
  severity: {major: [重大], general: [一般, ""]}
finished: [已办结]
unfinished: [暂缓]
subtotals: [页计]
`

func TestMappingRoundTrip(t *testing.T) {
	t.Parallel()
	m, err := LoadMapping([]byte(goodMapping), "m.yaml")
	if err != nil {
		t.Fatal(err)
	}
	out, err := m.YAML()
	if err != nil {
		t.Fatal(err)
	}
	again, err := LoadMapping(out, "again.yaml")
	if err != nil {
		t.Fatalf("%v in\n%s", err, out)
	}
	if !reflect.DeepEqual(m, again) {
		t.Errorf("%+v\n%+v", m, again)
	}
	if !strings.Contains(string(out), "- {field: event.at, from: [完成时间, 办结时间]}") {
		t.Errorf("columns stand on one line each:\n%s", out)
	}
}

// TestMappingFaults: each fault names its line and column.
func TestMappingFaults(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ from, to, reason, at string }{
		"unknown key":       {"name: 登记表", "label: 登记表", "mapping.unknown_key", "m.yaml:2 label"},
		"wrong type":        {"year: 2026", "year: soon", "mapping.yaml", "m.yaml:7"},
		"no yaml":           {"year: 2026", "year: [", "mapping.yaml", "m.yaml:"},
		"twice":             {"year: 2026", "year: 2026\nyear: 2025", "mapping.yaml", "m.yaml:8"},
		"version":           {"version: 1", "version: 2", "mapping.version", "m.yaml:1:10 version"},
		"zone":              {"Asia/Shanghai", "Asia/Atlantis", "mapping.zone", "m.yaml:5:7 zone"},
		"date order":        {"date_order: ymd", "date_order: dym", "mapping.date_order", "m.yaml:6:13 date_order"},
		"year":              {"year: 2026", "year: 26", "mapping.year", "m.yaml:7:7 year"},
		"header":            {"lines: 2", "lines: 9", "mapping.header", "m.yaml:4:9 header"},
		"field":             {"field: event.type", "field: event.tpye", "mapping.field", "m.yaml:10:13 columns[1].field"},
		"field twice":       {"field: event.type", "field: event.at", "mapping.field_twice", "m.yaml:10:13 columns[1].field"},
		"letter":            {"letter: F", "letter: F1", "mapping.letter", "m.yaml:10:33 columns[1].letter"},
		"neither":           {", letter: F", "", "mapping.column", "m.yaml:10:5 columns[1]"},
		"both":              {"letter: F", "letter: F, from: [类别]", "mapping.column", "m.yaml:10:5 columns[1]"},
		"kind":              {"kind: date", "kind: day", "mapping.kind", "m.yaml:14:61 columns[5].kind"},
		"fixed":             {"fixed: {unit:", "fixed: {event.at:", "mapping.field", "m.yaml:15:19 fixed.event.at"},
		"required":          {"required: [contact.phone]", "required: [contact.fax]", "mapping.field", "m.yaml:16:12 required[0]"},
		"fill down":         {"fill_down: [asset.code]", "fill_down: [contact.fax]", "mapping.field", "m.yaml:17:13 fill_down[0]"},
		"values":            {"  severity:", "  grade:", "mapping.field", "m.yaml:22:10 values.grade"},
		"word twice":        {"complaint.resolved: [投诉]", "complaint.resolved: [投诉, 报修]", "mapping.word_twice", "m.yaml:19:22 categories.repair.completed[0]"},
		"encoding":          {"name: 登记表", "encoding: latin1", "mapping.encoding", "m.yaml:2:11 encoding"},
		"delimiter":         {"name: 登记表", "delimiter: \"::\"", "mapping.delimiter", "m.yaml:2:12 delimiter"},
		"nothing completed": {"field: event.at", "field: opened_at", "mapping.no_at", "m.yaml:9:3 columns"},
		"no category":       {"field: event.type", "field: status", "mapping.no_type", "m.yaml:9:3 columns"},
	} {
		text := strings.Replace(goodMapping, tc.from, tc.to, 1)
		_, err := LoadMapping([]byte(text), "m.yaml")
		e := (*huifang.Error)(nil)
		if !errors.As(err, &e) {
			t.Errorf("%s: accepted", name)
			continue
		}
		faults := append([]*huifang.Error{e}, e.Details...)
		found := false
		for _, f := range faults {
			found = found || f.Reason == tc.reason && (f.At.String() == tc.at || strings.HasSuffix(tc.at, ":") && strings.HasPrefix(f.At.String(), tc.at))
			if f.Message.ZH == "" || f.Message.EN == "" {
				t.Errorf("%s: %q without both languages", name, f.Reason)
			}
		}
		if !found {
			t.Errorf("%s: want %s at %s, got %v (%s)", name, tc.reason, tc.at, err, e.Reason)
		}
	}
	if _, err := LoadMapping(nil, "m.yaml"); huifang.ReasonOf(err) != "mapping.empty" {
		t.Errorf("empty: %v", err)
	}
	if _, err := LoadMapping(make([]byte, 2<<20), "m.yaml"); huifang.CodeOf(err) != huifang.CodeTooLarge {
		t.Errorf("2 MB: %v", err)
	}
}

// TestMappingManyFaults: all of them at once.
func TestMappingManyFaults(t *testing.T) {
	t.Parallel()
	err := Mapping{Version: 7, DateOrder: "x"}.Check()
	e := (*huifang.Error)(nil)
	if !errors.As(err, &e) || len(e.Details) != 4 {
		t.Errorf("%v", err)
	}
	if err := simple().Check(); err != nil {
		t.Error(err)
	}
	for _, err := range Read(open(t, []byte(smallCSV), "a.csv"), Mapping{}, Options{}) {
		if huifang.ReasonOf(err) != "mapping.invalid" {
			t.Errorf("reading with a wrong mapping: %v", err)
		}
	}
}

func FuzzLoadMapping(f *testing.F) {
	f.Add([]byte(goodMapping))
	f.Add([]byte("a: &a [*a, *a]\n"))
	f.Add([]byte("version: 1\ncolumns: [{field: x}]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := LoadMapping(data, "m.yaml")
		if err != nil {
			if huifang.ReasonOf(err) == "" {
				t.Error(err)
			}
			return
		}
		if _, err := m.YAML(); err != nil {
			t.Error(err)
		}
		for row, err := range Read(open(t, []byte(smallCSV), "a.csv"), m, Options{}) {
			if (row == nil) == (err == nil) {
				t.Error("a row or an error")
			}
		}
	})
}
