package report_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/report"
)

func shanghai(tb testing.TB) *time.Location {
	tb.Helper()
	loc, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		tb.Fatal(err)
	}
	return loc
}

func each(rows []report.FollowupRow) iter.Seq2[*report.FollowupRow, error] {
	return func(yield func(*report.FollowupRow, error) bool) {
		for i := range rows {
			if !yield(&rows[i], nil) {
				return
			}
		}
	}
}

func followupRows(tb testing.TB) []report.FollowupRow {
	tb.Helper()
	day := func(d int) huifang.Moment {
		return huifang.Moment{Date: huifang.MakeDate(2026, 3, d), Clock: huifang.NoClock}
	}
	return []report.FollowupRow{
		{
			Number: "HF-2026-000123", Program: "投诉回访", Step: "回访", Occurrence: 1, Unit: "雅园小区", Department: "工程部",
			Contact: "张三", Phone: "138****5678", Asset: "3栋2单元1201", Matter: "电梯异响，\"很吵\"",
			Window: huifang.Window{Opens: day(2), Closes: day(5)}, Assignees: []string{"陈晓明", "王丽娟"},
			Channels: []huifang.Channel{huifang.ChannelVisit, huifang.ChannelPhone}, State: huifang.StateCompleted, Attempts: 2,
			DoneAt: time.Date(2026, 3, 4, 10, 30, 0, 0, shanghai(tb)), DoneBy: "陈晓明", Score: 62.5, Scored: true,
			Verdict: huifang.VerdictDissatisfied, Review: huifang.ReviewPending, CaseNumber: "AJ-2026-000011",
		},
		{
			Number: "HF-2026-000124", Program: "预约提醒", Step: "提醒", Occurrence: 3, Contact: "=cmd|' /C calc'!A0", Phone: "+8613800001234",
			Window: huifang.Window{
				Opens:  huifang.Moment{Date: huifang.MakeDate(2026, 3, 9), Clock: 780},
				Closes: huifang.Moment{Date: huifang.MakeDate(2026, 3, 9), Clock: 1050},
			},
			Assignees: []string{"role:steward"}, Channels: []huifang.Channel{huifang.ChannelPhone}, State: huifang.StateOverdue,
		},
	}
}

func TestFollowupsCSV(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := report.FollowupsCSV(&out, each(followupRows(t)), huifang.ZH); err != nil {
		t.Fatal(err)
	}
	want := "\ufeff回访编号,回访方案,步骤,次序,单位,部门,客户,电话,资产,事由,开始,截止,回访人,回访方式,状态,尝试次数,完成时间,完成人,得分,结论,审核,诉求编号,原因\r\n" +
		"HF-2026-000123,投诉回访,回访,1,雅园小区,工程部,张三,138****5678,3栋2单元1201,\"电梯异响，\"\"很吵\"\"\",2026-03-02,2026-03-05,陈晓明、王丽娟,上门、电话,已回访,2," +
		"2026-03-04 10:30,陈晓明,62.5,不满意,待审核,AJ-2026-000011,\r\n" +
		"HF-2026-000124,预约提醒,提醒,3,,,\"'=cmd|' /C calc'!A0\",+8613800001234,,,2026-03-09 13:00,2026-03-09 17:30,role:steward,电话,逾期未回访,0,,,,,,,\r\n"
	if got := out.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestFollowupsXLSX(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := report.FollowupsXLSX(&out, each(followupRows(t)), huifang.EN); err != nil {
		t.Fatal(err)
	}
	file, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close() //nolint:errcheck // in memory
	rows, err := file.GetRows("Follow-ups")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{
			"Number", "Program", "Step", "Occurrence", "Unit", "Department", "Contact", "Phone", "Asset", "Matter", "Opens", "Closes", "Assignees", "Channels",
			"State", "Attempts", "Done at", "Done by", "Score", "Verdict", "Review", "Case", "Reason",
		},
		{
			"HF-2026-000123", "投诉回访", "回访", "1", "雅园小区", "工程部", "张三", "138****5678", "3栋2单元1201", "电梯异响，\"很吵\"", "2026-03-02", "2026-03-05",
			"陈晓明, 王丽娟", "visit, phone", "completed", "2", "2026-03-04 10:30", "陈晓明", "62.5", "dissatisfied", "pending", "AJ-2026-000011",
		},
		{
			"HF-2026-000124", "预约提醒", "提醒", "3", "", "", "=cmd|' /C calc'!A0", "+8613800001234", "", "", "2026-03-09 13:00", "2026-03-09 17:30",
			"role:steward", "phone", "overdue", "0",
		},
	}
	if got := fmt.Sprintf("%q", rows); got != fmt.Sprintf("%q", want) {
		t.Errorf("got\n%s\nwant\n%q", got, want)
	}
	if formula, err := file.GetCellFormula("Follow-ups", "G3"); err != nil || formula != "" {
		t.Errorf("a text became the formula %q (%v)", formula, err)
	}
}

func TestFollowupsStopAtTheFirstError(t *testing.T) {
	t.Parallel()
	broken := huifang.Fail(huifang.CodeUnavailable, "store.unavailable", huifang.Text{ZH: "数据库不可用", EN: "the database is away"})
	rows := func(yield func(*report.FollowupRow, error) bool) {
		good := followupRows(t)
		if yield(&good[0], nil) {
			yield(nil, broken)
		}
	}
	var out bytes.Buffer
	for name, export := range map[string]func(io.Writer, iter.Seq2[*report.FollowupRow, error], huifang.Lang) error{
		"csv": report.FollowupsCSV, "xlsx": report.FollowupsXLSX,
	} {
		if err := export(&out, rows, huifang.ZH); !errors.Is(err, broken) {
			t.Errorf("%s: got %v, want %v", name, err, broken)
		}
	}
}

// full is a disk without room.
type full struct{ room int }

func (f *full) Write(b []byte) (int, error) {
	if f.room -= len(b); f.room < 0 {
		return 0, io.ErrShortWrite
	}
	return len(b), nil
}

func TestFollowupsReportAFullDisk(t *testing.T) {
	t.Parallel()
	rows := make([]report.FollowupRow, 5000)
	for i := range rows {
		rows[i] = followupRows(t)[0]
	}
	if err := report.FollowupsCSV(&full{room: 100_000}, each(rows), huifang.ZH); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("csv: %v", err)
	}
	if err := report.FollowupsXLSX(&full{room: 1000}, each(rows), huifang.ZH); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("xlsx: %v", err)
	}
}

// Whatever texts hold, a reader of the format gets them back, and no cell
// begins as a formula does.
func TestCSVIsReadBackWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(
			rapid.SampledFrom([]string{"=1+1", "@x", "-1", "+86 138", "-cmd", "＝A1", "\tx", "\"", ",", "a\"b,c\nd", "\r", "回访", ""}),
			rapid.String(),
		)
		row := report.FollowupRow{Number: text.Draw(t, "number"), Contact: text.Draw(t, "contact"), Matter: text.Draw(t, "matter"), Reason: text.Draw(t, "reason")}
		var out bytes.Buffer
		if err := report.FollowupsCSV(&out, each([]report.FollowupRow{row}), huifang.ZH); err != nil {
			t.Fatal(err)
		}
		lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\ufeff"))).ReadAll()
		if err != nil || len(lines) != 2 {
			t.Fatalf("%v, %d lines", err, len(lines))
		}
		for column, want := range map[int]string{0: row.Number, 6: row.Contact, 9: row.Matter, 22: row.Reason} {
			got := lines[1][column]
			if strings.IndexAny(got, "=@\t") == 0 {
				t.Fatalf("column %d begins a formula: %q", column, got)
			}
			want = strings.ReplaceAll(want, "\r\n", "\n") // as the reader does
			if got != want && got != "'"+want {
				t.Fatalf("column %d: got %q, want %q", column, got, want)
			}
		}
	})
}

func exportRows(tb testing.TB, n int) []report.FollowupRow {
	tb.Helper()
	rows := make([]report.FollowupRow, n)
	sample := followupRows(tb)
	for i := range rows {
		rows[i] = sample[0]
		rows[i].Number = fmt.Sprintf("HF-2026-%06d", i)
		rows[i].Window.Closes.Date += huifang.Date(i % 60)
	}
	return rows
}

func BenchmarkFollowupsCSV(b *testing.B) {
	rows := exportRows(b, 100_000)
	toFile(b, func(w io.Writer) error { return report.FollowupsCSV(w, each(rows), huifang.ZH) })
}

// The same bytes, already made, written to a file: the limit of the CSV export.
func BenchmarkBytesAlone(b *testing.B) {
	var out bytes.Buffer
	if err := report.FollowupsCSV(&out, each(exportRows(b, 100_000)), huifang.ZH); err != nil {
		b.Fatal(err)
	}
	toFile(b, func(w io.Writer) error {
		_, err := w.Write(out.Bytes())
		return err
	})
}

// toFile measures writing a fresh file.
func toFile(b *testing.B, write func(io.Writer) error) {
	b.Helper()
	name := filepath.Join(b.TempDir(), "export.csv")
	for b.Loop() {
		file, err := os.Create(name)
		if err != nil {
			b.Fatal(err)
		}
		if err := errors.Join(write(file), file.Close()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFollowupsXLSX(b *testing.B) {
	rows := exportRows(b, 100_000)
	for b.Loop() {
		if err := report.FollowupsXLSX(io.Discard, each(rows), huifang.ZH); err != nil {
			b.Fatal(err)
		}
	}
}

// The library alone, given the same cells.
func BenchmarkStreamWriterAlone(b *testing.B) {
	const n = 100_000
	cells := make([][]any, n)
	for i := range cells {
		cells[i] = []any{
			fmt.Sprintf("HF-2026-%06d", i), "投诉回访", "回访", 1, "雅园小区", "工程部", "张三", "138****5678", "3栋2单元1201", "电梯异响，\"很吵\"",
			excelize.Cell{StyleID: 1, Value: 46083},
			excelize.Cell{StyleID: 1, Value: 46086 + i%60},
			"陈晓明、王丽娟", "上门、电话", "已回访", 2,
			excelize.Cell{StyleID: 1, Value: 46085.4375},
			"陈晓明", 62.5, "不满意", "待审核", "AJ-2026-000011", nil,
		}
	}
	for b.Loop() {
		file := excelize.NewFile()
		format := "yyyy-mm-dd"
		if _, err := file.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
			b.Fatal(err)
		}
		stream, err := file.NewStreamWriter("Sheet1")
		if err != nil {
			b.Fatal(err)
		}
		for i, row := range cells {
			if err := stream.SetRow(fmt.Sprintf("A%d", i+1), row); err != nil {
				b.Fatal(err)
			}
		}
		if err := stream.Flush(); err != nil {
			b.Fatal(err)
		}
		if _, err := file.WriteTo(io.Discard); err != nil {
			b.Fatal(err)
		}
		if err := file.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
