package sheet

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/huifang/huifang"
)

func TestStatusColumn(t *testing.T) {
	t.Parallel()
	data := "姓名,类别,完成时间,状态\n" +
		"一,报修,2026-03-02,已完成\n" +
		"二,报修,2026-03-02,处理中\n" + // a date does not make it finished
		"三,报修,,已完成\n" +
		"四,报修,2026-03-02,\n" +
		"五,报修,2026-03-02,飞了\n" +
		"六,报修,待配件到货,\n" +
		"七,报修,未修好,\n" +
		"八,报修,—,\n" +
		"九,报修,#N/A,\n" +
		"十,,,处理中\n" +
		"丑,报修,2026-03-02,作废\n" +
		"寅,报修,已取消,\n" +
		"无,报修,2026-03-02,已完成\n"
	m := simple()
	m.Columns = append(m.Columns, Column{Field: FieldStatus, From: []string{"状态"}})
	b := open(t, []byte(data), "a.csv")
	m.Finished = []string{"已完成"}
	wantOutcomes(t, readAll(t, b, m),
		"2 ok 一 2026-03-02", "3 unfinished", "4 sheet.at.missing", "5 ok 四 2026-03-02", "6 sheet.status.unknown",
		"7 unfinished", "8 unfinished", "9 unfinished", "10 sheet.cell.error", "11 unfinished",
		"12 cancelled", "13 cancelled", "14 sheet.contact.missing")
	m.Finished = nil // then only unfinished words count
	if got := outcome(readAll(t, b, m)[4]); got != "ok 五 2026-03-02" {
		t.Error(got)
	}
}

// TestAllFaults: a row's faults come together, each with its place.
func TestAllFaults(t *testing.T) {
	t.Parallel()
	data := "姓名,类别,受理时间,完成时间\n ,？？,2026-02-30,2026-13-01\n"
	row := readAll(t, open(t, []byte(data), "a.csv"), simple())[0]
	var got []string
	for _, e := range append([]*huifang.Error{row.Err}, row.Err.Details...) {
		got = append(got, e.Reason+" "+e.At.String())
		if e.Message.ZH == "" || e.Message.EN == "" {
			t.Errorf("%s: both languages", e.Reason)
		}
	}
	want := []string{"sheet.category.unknown a.csv:2:2 event.type", "date.impossible a.csv:2:3 opened_at", "date.impossible a.csv:2:4 event.at", "sheet.contact.missing a.csv:2:1 contact.name"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if !reflect.DeepEqual(row.Values, Values{}) {
		t.Errorf("a rejected row gives no values: %+v", row.Values)
	}
}

func TestYears(t *testing.T) {
	t.Parallel()
	body := "姓名,类别,受理时间,完成时间\n甲,报修,12月30日,1月2日\n乙,报修,2025-12-30,1/2\n丙,报修,1/2,2026-01-03\n丁,报修,,1/4\n"
	for name, tc := range map[string]struct {
		file, data string
		year       int
		want       []string
		warned     int
	}{
		"title": {"a.csv", "锦绣花园2026年1月登记表\n" + body, 0, []string{"3 ok 甲 2026-01-02", "4 ok 乙 2026-01-02", "5 ok 丙 2026-01-03", "6 ok 丁 2026-01-04"}, 0},
		"file":  {"登记表2026年1月.csv", body, 0, []string{"2 ok 甲 2026-01-02", "3 ok 乙 2026-01-02", "4 ok 丙 2026-01-03", "5 ok 丁 2026-01-04"}, 0},
		// Without month, 12月30日 is taken for December of that year.
		"mapping": {"a.csv", body, 2026, []string{"2 ok 甲 2027-01-02", "3 ok 乙 2026-01-02", "4 ok 丙 2026-01-03", "5 ok 丁 2026-01-04"}, 1},
		// Nobody names the year: the other date of the row, else this year.
		"nobody": {"a.csv", body, 0, []string{"2 ok 甲 2027-01-02", "3 ok 乙 2026-01-02", "4 ok 丙 2026-01-03", "5 ok 丁 2027-01-04"}, 2},
	} {
		m := simple()
		m.Year = tc.year
		rows := readAll(t, open(t, []byte(tc.data), tc.file), m)
		t.Log(name)
		wantOutcomes(t, rows, tc.want...)
		warned := 0
		for _, r := range rows {
			if len(r.Warnings) > 0 {
				warned++
			}
		}
		if warned != tc.warned {
			t.Errorf("%s: %d rows with warnings, want %d", name, warned, tc.warned)
		}
	}
	for _, row := range readAllAt(t, open(t, []byte(body), "a.csv"), simple(), time.Time{})[:1] {
		if huifang.ReasonOf(row.Err) != "date.year_unknown" {
			t.Errorf("without a clock: %v", row.Err)
		}
	}
}

func readAllAt(tb testing.TB, b *Book, m Mapping, now time.Time) []*Row {
	tb.Helper()
	var rows []*Row
	for row, err := range Read(b, m, Options{Now: now}) {
		if err != nil {
			tb.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

func TestFuture(t *testing.T) {
	t.Parallel()
	rows := readAll(t, open(t, []byte("姓名,类别,受理时间,完成时间\n甲,报修,2026-03-01,2062-03-02\n"), "a.csv"), simple())
	if w := rows[0].Warnings; len(w) != 1 || w[0].Reason != "sheet.at.future" {
		t.Errorf("%v", w)
	}
}

func TestAttributes(t *testing.T) {
	t.Parallel()
	data := "姓名,类别,完成时间,开始,结束,金额,回头客,车型,等级,证件\n" +
		"甲,报修,2026-03-02,3月1日,2026.4.11 15:00,\"1,200.5\",是,轿车,甲级,44030119900101123X\n" +
		"乙,报修,2026-03-02,-,,,,,,4.40301E+17\n" +
		"丙,报修,2026-03-02,2026-02-30,,,,,,\n" +
		"丁,报修,2026-03-02,,,很多,,,,\n" +
		"戊,报修,2026-03-02,,,,也许,,,\n" +
		"己,报修,2026-03-02,,,,,,丁级,\n"
	m := simple()
	m.Columns = append(
		m.Columns[:2:2], m.Columns[3],
		Column{Field: "attribute:contract_start", From: []string{"开始"}, Kind: KindDate}, Column{Field: "attribute:contract_end", From: []string{"结束"}, Kind: KindDate},
		Column{Field: "attribute:amount", From: []string{"金额"}, Kind: KindNumber}, Column{Field: "contact.attribute:returning", From: []string{"回头客"}, Kind: KindFlag},
		Column{Field: "asset.attribute:model", From: []string{"车型"}}, Column{Field: "attribute:grade", From: []string{"等级"}}, Column{Field: "contact.attribute:id", From: []string{"证件"}},
	)
	m.Values = map[Field]map[string][]string{"attribute:grade": {"a": {"甲级"}, "b": {"乙级"}}}
	rows := readAll(t, open(t, []byte(data), "a.csv"), m)
	wantOutcomes(t, rows, "2 ok 甲 2026-03-02", "3 ok 乙 2026-03-02", "4 date.impossible", "5 sheet.value.number", "6 sheet.value.flag", "7 sheet.value.unknown")
	v := rows[0].Values
	if want := (huifang.Attributes{"contract_start": "2026-03-01", "contract_end": "2026-04-11T15:00", "amount": 1200.5, "grade": "a"}); !reflect.DeepEqual(v.Attributes, want) {
		t.Errorf("event: %v", v.Attributes)
	}
	if want := (huifang.Attributes{"returning": true, "id": "44030119900101123X"}); !reflect.DeepEqual(v.Contact.Attributes, want) {
		t.Errorf("contact: %v", v.Contact.Attributes)
	}
	if want := (huifang.Attributes{"model": "轿车"}); !reflect.DeepEqual(v.Asset.Attributes, want) {
		t.Errorf("asset: %v", v.Asset.Attributes)
	}
	if w := rows[1].Warnings; len(w) != 1 || w[0].Reason != "sheet.cell.digits_lost" || rows[1].Values.Contact.Attributes != nil {
		t.Errorf("an id rounded by the spreadsheet: %v %v", w, rows[1].Values.Contact.Attributes)
	}
}

func TestFixedJoinedRequired(t *testing.T) {
	t.Parallel()
	data := "楼栋,单元,房号,电话,完成时间,小区\n1栋,,101,13800004797,2026-03-02,\n2栋,3单元,102,abc,2026-03-02,东苑\n3栋,1单元,103,,2026-03-02,\n"
	dash := "-"
	m := Mapping{
		Version: 1,
		Columns: []Column{
			{Field: FieldAssetCode, From: []string{"楼栋", "单元", "房号"}, Join: &dash},
			{Field: FieldContactPhone, From: []string{"电话"}},
			{Field: FieldAt, From: []string{"完成时间"}},
			{Field: FieldUnit, From: []string{"小区"}},
		},
		Fixed:    map[Field]string{FieldType: "repair.completed", FieldUnit: "西苑"},
		Required: []Field{FieldContactPhone, FieldAssetCode},
	}
	rows := readAll(t, open(t, []byte(data), "a.csv"), m)
	wantOutcomes(t, rows, "2 ok  2026-03-02", "3 sheet.value.missing", "4 sheet.value.missing")
	m.Required = nil
	rows = readAll(t, open(t, []byte(data), "a.csv"), m)
	for i, want := range []string{"1栋-101 西苑 repair.completed", "2栋-3单元-102 东苑 repair.completed"} {
		if v := rows[i].Values; v.Asset.Code+" "+v.Unit+" "+v.Type != want {
			t.Errorf("%+v, want %s", v, want)
		}
	}
	if w := rows[1].Warnings; len(w) != 1 || w[0].Reason != "phone.invalid" {
		t.Errorf("%v", w)
	}
}

// TestSomebody: a row must name a customer or an asset that can be found.
func TestSomebody(t *testing.T) {
	t.Parallel()
	data := "电话,类别,完成时间\nabc,报修,2026-03-02\n无,报修,2026-03-02\n13800004797,报修,2026-03-02\n"
	m := simple()
	m.Columns = []Column{{Field: FieldContactPhone, From: []string{"电话"}}, m.Columns[1], m.Columns[3]}
	wantOutcomes(t, readAll(t, open(t, []byte(data), "a.csv"), m), "2 sheet.contact.missing", "3 sheet.contact.missing", "4 ok  2026-03-02")
	m.Columns = m.Columns[1:] // a sheet without customers needs none
	wantOutcomes(t, readAll(t, open(t, []byte(data), "a.csv"), m), "2 ok  2026-03-02", "3 ok  2026-03-02", "4 ok  2026-03-02")
}

// TestKeys: derived keys do not depend on place, order or what is filled in
// later; equal rows get numbers.
func TestKeys(t *testing.T) {
	t.Parallel()
	head := "姓名,类别,受理时间,完成时间\n"
	rows := []string{"甲,报修,2026-03-01,2026-03-02\n", "乙,报修,2026-03-01,2026-03-02\n", "乙,投诉,2026-03-01 10:00,2026-03-02\n", "甲,报修,2026-03-01,2026-03-09\n"}
	read := func(rows ...string) []string {
		return keys(readAll(t, open(t, []byte(head+strings.Join(rows, "")), "a.csv"), simple()))
	}
	first := read(rows...)
	if len(first) != 4 || first[3] != first[0]+"-2" {
		t.Fatalf("%q", first)
	}
	if again := read(rows...); !slices.Equal(again, first) {
		t.Errorf("the same file: %q", again)
	}
	turned := read(rows[3], rows[2], rows[1], rows[0])
	slices.Sort(turned)
	slices.Sort(first)
	if !slices.Equal(turned, first) {
		t.Errorf("turned round: %q, want %q", turned, first)
	}
	// While one of two equal jobs is open, the other keeps the key it had.
	if open := read(rows[0], strings.Replace(rows[3], "2026-03-09", "处理中", 1)); !slices.Equal(open, first[:1]) && !slices.Contains(first, open[0]) {
		t.Errorf("%q", open)
	}
	// Spelling is not identity: a serial, blanks, full-width letters.
	if same := read("　甲 ,报修 ,46082,46083\n"); same[0] != read(rows[0])[0] {
		t.Errorf("%q", same)
	}
}

func TestKeyColumn(t *testing.T) {
	t.Parallel()
	data := "单号,姓名,类别,完成时间\nA1,甲,报修,2026-03-02\nA1,甲,报修,2026-03-02\nA1,甲,报修,2026-03-03\n,甲,报修,2026-03-04\nA1,乙,报修,\n"
	m := simple()
	m.Columns = append(m.Columns[:2:2], m.Columns[3], Column{Field: FieldKey, From: []string{"单号"}})
	rows := readAll(t, open(t, []byte(data), "a.csv"), m)
	wantOutcomes(t, rows, "2 ok 甲 2026-03-02", "3 duplicate", "4 sheet.key.twice", "5 ok 甲 2026-03-04", "6 unfinished")
	if v := rows[0].Values; v.Key != "A1" || !v.KeyGiven {
		t.Errorf("%+v", v)
	}
	if v := rows[3].Values; !strings.HasPrefix(v.Key, "row-") || v.KeyGiven {
		t.Errorf("%+v", v)
	}
}

// TestReadLaws: whatever the cells hold, each row ends in exactly one way, says
// so in both languages, and reading twice gives the same.
func TestReadLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.OneOf(
			rapid.SampledFrom([]string{"", " ", "甲", "报修", "投诉", "？？", "2026-03-02", "3月2日", "处理中", "合计", "注：", "46083.5", "2026-02-30", "#N/A", "13800004797", "姓名", "类别"}),
			rapid.StringN(0, 12, 40),
		)
		data := drawTable(t, cell)
		read := func() (rows []*Row) {
			b, err := Open(strings.NewReader(data), int64(len(data)), "a.csv", Limits{})
			if err != nil {
				t.Fatal(err)
			}
			b.encoding = encUTF8
			for row, err := range Read(b, simple(), Options{Now: testNow()}) {
				if err != nil {
					t.Fatal(err)
				}
				rows = append(rows, row)
			}
			return rows
		}
		rows := read()
		if len(rows) != strings.Count(data, "\n")-1 {
			t.Fatalf("%d rows of %q", len(rows), data)
		}
		var sum Summary
		for _, r := range rows {
			sum.Add(r)
			if r.Skip != SkipNone && r.Err != nil || r.Accepted() && (r.Values.Key == "" || r.Values.Type == "" || r.Values.At.IsZero()) {
				t.Fatalf("%+v", r)
			}
			if r.Err != nil && (r.Reject().Text.ZH == "" || r.Reject().Text.EN == "" || r.Err.At.Line != r.Line) {
				t.Fatalf("%+v", r.Err)
			}
		}
		if outcomes(rows) != outcomes(read()) {
			t.Fatal("read again, another outcome")
		}
		skipped, rejected := 0, 0
		for _, n := range sum.Skipped {
			skipped += n
		}
		for _, n := range sum.Rejected {
			rejected += n
		}
		if sum.Accepted+skipped+rejected != len(rows) {
			t.Fatalf("%+v of %d", sum, len(rows))
		}
	})
}

// drawTable draws a CSV of a header and up to eight rows.
func drawTable(t *rapid.T, cell *rapid.Generator[string]) string {
	var b strings.Builder
	b.WriteString("姓名,类别,受理时间,完成时间\n")
	for range rapid.IntRange(0, 8).Draw(t, "rows") {
		for c := range 4 {
			if c > 0 {
				b.WriteByte(',')
			}
			b.WriteString(strings.Map(func(r rune) rune {
				if r == '"' || r == ',' || r < ' ' {
					return '_'
				}
				return r
			}, cell.Draw(t, "cell")))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// TestProgress: it grows from row to row and ends at the whole.
func TestProgress(t *testing.T) {
	t.Parallel()
	for _, b := range []*Book{openFile(t, "register.xlsx"), openFile(t, "sf311.csv"), open(t, manyRows(20_000), "many.csv")} {
		m, _ := guessed(t, b)
		last, steps := -1.0, 0
		for _, err := range Read(b, m, Options{Now: testNow()}) {
			if err != nil {
				t.Fatal(err)
			}
			if p := b.Progress(); p < last || p > 1 {
				t.Errorf("%s: %v after %v", b.File, p, last)
			} else if p > last {
				last, steps = p, steps+1
			}
		}
		if last < 0.9 || steps < 2 {
			t.Errorf("%s: %d steps to %v", b.File, steps, last)
		}
	}
}
