package sheet

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
	"pgregory.net/rapid"

	"github.com/huifang/huifang"
)

const smallCSV = "姓名,类别,受理时间,完成时间\n" +
	"张三,报修,2026-03-01,2026-03-02\n" +
	"李四,投诉,2026-03-01,\n" +
	"王五,投诉,2026-03-05,2026-03-04\n"

func wantSmall(tb testing.TB, rows []*Row) {
	tb.Helper()
	wantOutcomes(tb, rows, "2 ok 张三 2026-03-02", "3 unfinished", "4 sheet.at.before_opened")
}

func TestCSVEncodings(t *testing.T) {
	t.Parallel()
	encode := func(tr transform.Transformer) []byte {
		out, _, err := transform.Bytes(tr, []byte(smallCSV))
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for name, data := range map[string][]byte{
		"utf-8":              []byte(smallCSV),
		"utf-8 with mark":    []byte("\ufeff" + smallCSV),
		"gb18030":            encode(simplifiedchinese.GB18030.NewEncoder()),
		"gbk":                encode(simplifiedchinese.GBK.NewEncoder()),
		"utf-16le with mark": encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()),
		"utf-16be with mark": encode(unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder()),
		"crlf":               []byte(strings.ReplaceAll(smallCSV, "\n", "\r\n")),
		"old mac":            []byte(strings.ReplaceAll(smallCSV, "\n", "\r")),
		"semicolons":         []byte(strings.ReplaceAll(smallCSV, ",", ";")),
		"tabs":               []byte(strings.ReplaceAll(smallCSV, ",", "\t")),
		"bars":               []byte(strings.ReplaceAll(smallCSV, ",", "|")),
		"no last line feed":  []byte(strings.TrimSuffix(smallCSV, "\n")),
		"quoted":             []byte(`"` + strings.ReplaceAll(strings.ReplaceAll(strings.TrimSuffix(smallCSV, "\n"), ",", `","`), "\n", "\"\n\"") + `"`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wantSmall(t, readAll(t, open(t, data, "a.csv"), simple()))
		})
	}
}

func TestCSVSeparatorLine(t *testing.T) {
	t.Parallel()
	rows := readAll(t, open(t, []byte("sep=;\n"+strings.ReplaceAll(smallCSV, ",", ";")), "a.csv"), simple())
	wantOutcomes(t, rows, "3 ok 张三 2026-03-02", "4 unfinished", "5 sheet.at.before_opened")
}

// TestCSVUTF16NoMark: the zero bytes of ASCII tell.
func TestCSVUTF16NoMark(t *testing.T) {
	t.Parallel()
	english := "name,type,opened,completed\nAnn,repair.completed,2026-03-01,2026-03-02\n"
	m := simple()
	m.Columns = []Column{{Field: FieldContactName, From: []string{"name"}}, {Field: FieldType, From: []string{"type"}}, {Field: FieldAt, From: []string{"completed"}}}
	for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
		data, _, err := transform.Bytes(unicode.UTF16(order, unicode.IgnoreBOM).NewEncoder(), []byte(english))
		if err != nil {
			t.Fatal(err)
		}
		wantOutcomes(t, readAll(t, open(t, data, "a.csv"), m), "2 ok Ann 2026-03-02")
	}
}

// TestCSVBrokenByte: one broken byte costs its row, in either encoding.
func TestCSVBrokenByte(t *testing.T) {
	t.Parallel()
	lines := "姓名,类别,受理时间,完成时间\n" + strings.Repeat("张三,报修,2026-03-01,2026-03-02\n", 30)
	gbk, _, err := transform.Bytes(simplifiedchinese.GBK.NewEncoder(), []byte(lines))
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		data []byte
		cut  []byte // the first byte of 张 on line 11 is replaced by 0xFF
	}{
		"gbk":   {gbk, []byte{0xd5, 0xc5}},
		"utf-8": {[]byte(lines), []byte("张")},
	} {
		data := bytes.Clone(tc.data)
		at := 0
		for range 10 {
			at += bytes.IndexByte(data[at:], '\n') + 1
		}
		at += bytes.Index(data[at:], tc.cut)
		data[at] = 0xff
		rows := readAll(t, open(t, data, "a.csv"), simple())
		bad := 0
		for _, r := range rows {
			if r.Err == nil {
				continue
			}
			bad++
			if r.Line != 11 || r.Err.Reason != "sheet.encoding" || r.Err.At.String() != "a.csv:11" {
				t.Errorf("%s: %v", name, r.Err)
			}
		}
		if len(rows) != 30 || bad != 1 {
			t.Errorf("%s: %d rows, %d bad", name, len(rows), bad)
		}
	}
}

// TestCSVLateEncoding: the first 100 kB are ASCII, then comes Chinese in GBK.
func TestCSVLateEncoding(t *testing.T) {
	t.Parallel()
	data := []byte("name,type,completed\n" + strings.Repeat("Ann,repair.completed,2026-03-02\n", 4000))
	gbk, _, err := transform.Bytes(simplifiedchinese.GBK.NewEncoder(), []byte("张三,repair.completed,2026-03-02\n"))
	if err != nil {
		t.Fatal(err)
	}
	m := Mapping{Version: 1, Columns: []Column{{Field: FieldContactName, From: []string{"name"}}, {Field: FieldType, From: []string{"type"}}, {Field: FieldAt, From: []string{"completed"}}}}
	rows := readAll(t, open(t, append(data, gbk...), "a.csv"), m)
	if last := rows[len(rows)-1]; len(rows) != 4001 || last.Values.Contact.Name != "张三" {
		t.Errorf("%d rows, the last %+v", len(rows), last.Values)
	}
}

func TestCSVQuotes(t *testing.T) {
	t.Parallel()
	head := "姓名,类别,受理时间,完成时间\n"
	for name, tc := range map[string]struct {
		body string
		want []string
	}{
		"over several lines": {"\"张\n三\",报修,2026-03-01,2026-03-02\n李四,投诉,,2026-03-03\n", []string{"2 ok 张\n三 2026-03-02", "4 ok 李四 2026-03-03"}},
		"doubled":            {"\"张\"\"三\",报修,2026-03-01,2026-03-02\n", []string{"2 ok 张\"三 2026-03-02"}},
		"within a field":     {"张\"三,报修,2026-03-01,2026-03-02\n", []string{"2 ok 张\"三 2026-03-02"}},
		"text behind":        {"\"张\"三,报修,2026-03-01,2026-03-02\n", []string{"2 ok 张三 2026-03-02"}},
		"separator within":   {"\"张,三\",报修,2026-03-01,2026-03-02\n", []string{"2 ok 张,三 2026-03-02"}},
		// A mark that opens and never closes costs its own line.
		"never closed": {"\"张三,报修,2026-03-01,2026-03-02\n李四,投诉,,2026-03-03\n", []string{"2 sheet.csv.quote", "3 ok 李四 2026-03-03"}},
		"closed by a later row": {
			"\"张三,报修,2026-03-01,2026-03-02\n\"李四\",投诉,,2026-03-03\n王五,投诉,,2026-03-04\n",
			[]string{"2 sheet.csv.quote", "3 ok 李四 2026-03-03", "4 ok 王五 2026-03-04"},
		},
		"at the end of the file": {"张三,报修,2026-03-01,\"2026-03-02\"", []string{"2 ok 张三 2026-03-02"}},
		"alone":                  {"\"", []string{"2 sheet.csv.quote"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wantOutcomes(t, readAll(t, open(t, []byte(head+tc.body), "a.csv"), simple()), tc.want...)
		})
	}
}

// TestCSVWidth: a row that lost or gained a separator is no unfinished job.
func TestCSVWidth(t *testing.T) {
	t.Parallel()
	data := smallCSV + strings.Repeat("张三,报修,2026-03-01,2026-03-02\n", 250) + "赵六,报修\n2026-03-01,2026-03-02\n孙七,报修,2026,03-01,2026-03-02\n合计,3\n\n注：以上\n"
	rows := readAll(t, open(t, []byte(data), "a.csv"), simple())
	wantOutcomes(t, rows[253:],
		"255 sheet.row.width", "256 sheet.row.width", "257 sheet.row.width", "258 subtotal", "259 blank", "260 footnote")
}

func TestCSVLongRecord(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("长", 1000)
	for name, body := range map[string]string{"plain": long + ",报修,,2026-03-02\n", "quoted": "\"" + long + "\",报修,,2026-03-02\n", "many lines": "\"" + strings.Repeat("a\n", 1500) + "\",报修,,2026-03-02\n"} {
		data := []byte("姓名,类别,受理时间,完成时间\n" + body + "李四,投诉,,2026-03-03\n")
		b, err := Open(bytes.NewReader(data), int64(len(data)), "a.csv", Limits{Record: 2048})
		if err != nil {
			t.Fatal(err)
		}
		rows := readAll(t, b, simple())
		if first, last := rows[0], rows[len(rows)-1]; first.Err == nil || first.Line != 2 || outcome(last) != "ok 李四 2026-03-03" {
			t.Errorf("%s: %v … %v", name, first.Err, outcome(last))
		}
	}
}

// TestCSVAsStandard: what the standard library reads, we read the same.
func TestCSVAsStandard(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringOf(rapid.SampledFrom([]rune("ab,;\"\n\t 中 文")))
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, 2, 4), 1, 6).Draw(t, "rows")
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.UseCRLF = rapid.Bool().Draw(t, "crlf")
		if err := w.WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		s := newCSVScanner(iotest.HalfReader(bytes.NewReader(b.Bytes())), ',', '\n', mib)
		for i, want := range rows {
			rec, err := s.next()
			if err != nil || rec == nil {
				t.Fatalf("row %d: %v %v", i, rec, err)
			}
			got := slices.Clone(rec.cells)
			for c := range got {
				got[c] = strings.ReplaceAll(got[c], "\r\n", "\n")
			}
			if !slices.Equal(got, want) || rec.fault != nil {
				t.Fatalf("row %d: %q, want %q", i, got, want)
			}
		}
		if rec, err := s.next(); rec != nil || err != nil {
			t.Fatalf("more: %v %v", rec, err)
		}
	})
}

func TestCSVReadError(t *testing.T) {
	t.Parallel()
	b := open(t, []byte(smallCSV), "a.csv")
	b.input = nil
	s := newCSVScanner(iotest.TimeoutReader(strings.NewReader(smallCSV)), ',', '\n', mib)
	var err error
	for range 10 {
		if _, err = s.next(); err != nil {
			break
		}
	}
	if err == nil {
		t.Error("an error of the input is an error")
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		data   string
		reason string
	}{
		"nothing":      {"", "sheet.file.empty"},
		"white space":  {" \n\n", "sheet.file.empty"},
		"old excel":    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "sheet.file.format"},
		"pdf":          {"%PDF-1.7", "sheet.file.format"},
		"web page":     {"<html><table></table></html>", "sheet.file.format"},
		"json array":   {`[{"a":1}]`, "sheet.file.format"},
		"picture":      {"\x89PNG\r\n\x1a\n\x00\x01\x02\x03\x04\x05\x00\x00\x00", "sheet.file.format"},
		"damaged xlsx": {"PK\x03\x04 and nothing more", "sheet.xlsx.damaged"},
	} {
		_, err := Open(strings.NewReader(tc.data), int64(len(tc.data)), "a", Limits{})
		if huifang.ReasonOf(err) != tc.reason || !strings.HasPrefix(err.Error(), "a: ") {
			t.Errorf("%s: %v, want %s", name, err, tc.reason)
		}
	}
	_, err := Open(strings.NewReader(smallCSV), int64(len(smallCSV)), "a.csv", Limits{Bytes: 10})
	if huifang.CodeOf(err) != huifang.CodeTooLarge || huifang.ReasonOf(err) != "sheet.file.too_large" {
		t.Errorf("over the limit: %v", err)
	}
	if _, err := Open(strings.NewReader("abc"), 300<<20, "a.csv", Limits{}); huifang.CodeOf(err) != huifang.CodeTooLarge {
		t.Errorf("300 MB: %v", err)
	}
	if _, err := Open(strings.NewReader("abc"), 100, "a.csv", Limits{}); huifang.ReasonOf(err) != "sheet.file.unreadable" {
		t.Errorf("shorter than it says: %v", err)
	}
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte(smallCSV), byte(','))
	f.Add([]byte("a,\"b\nc\",d\n\"e,f\n"), byte(','))
	f.Add([]byte("\"\"\"\r\n\r\r\n;;\""), byte(';'))
	f.Fuzz(func(t *testing.T, data []byte, delim byte) {
		if delim == '"' || delim == '\n' || delim == '\r' {
			return
		}
		s := newCSVScanner(iotest.OneByteReader(bytes.NewReader(data)), delim, '\n', 256)
		line := 0
		for {
			rec, err := s.next()
			if err != nil {
				t.Fatal(err)
			}
			if rec == nil {
				break
			}
			if rec.line <= line {
				t.Fatalf("line %d after %d", rec.line, line)
			}
			line = rec.line
		}
		if lines := bytes.Count(data, []byte("\n")) + 1; line > lines {
			t.Fatalf("line %d of %d", line, lines)
		}
		whole := newCSVScanner(bytes.NewReader(data), delim, '\n', 256)
		again := newCSVScanner(iotest.DataErrReader(bytes.NewReader(data)), delim, '\n', 256)
		for {
			a, errA := whole.next()
			b, errB := again.next()
			if errA != nil || errB != nil || (a == nil) != (b == nil) {
				t.Fatal(a, b, errA, errB)
			}
			if a == nil {
				return
			}
			if !slices.Equal(a.cells, b.cells) || a.line != b.line {
				t.Fatalf("%q and %q", a.cells, b.cells)
			}
		}
	})
}
