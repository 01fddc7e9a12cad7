package sheet

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/huifang/huifang"
)

// endless is a CSV of a million rows that exists nowhere: each row has the same
// length and is made when it is read.
type endless struct {
	head string
	rows int64
}

const endlessRow = "WX%07d,%02d-%04d,业主%04d,138%08d,2026-03-%02d 10:30,报修,厨房水管漏水 请尽快处理,工程部,孙工,2026-04-%02d 15:30\n"

func (e *endless) row(i int64) string {
	return fmt.Sprintf(endlessRow, i, i%20+1, i%3000, i%5000, i%100000000, i%28+1, i%28+1)
}

func (e *endless) size() int64 { return int64(len(e.head)) + e.rows*int64(len(e.row(0))) }

func (e *endless) ReadAt(p []byte, off int64) (int, error) {
	n := 0
	for n < len(p) && off < e.size() {
		text := e.head
		at := off
		if at >= int64(len(e.head)) {
			length := int64(len(e.row(0)))
			at -= int64(len(e.head))
			text = e.row(at / length)
			at %= length
		}
		c := copy(p[n:], text[at:])
		n += c
		off += int64(c)
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// TestMillionRows: a million rows of CSV, an id each, within 100 MB.
func TestMillionRows(t *testing.T) { //nolint:paralleltest // it measures memory
	rows := int64(1_000_000)
	if testing.Short() {
		rows = 100_000
	}
	e := &endless{head: "工单号,房号,业主姓名,联系电话,受理时间,类别,事项内容,责任部门,处理人,完成时间\n", rows: rows}
	b, err := Open(e, e.size(), "million.csv", Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var sum Summary
	peak := uint64(0)
	for row, err := range Read(b, benchMapping(), Options{Now: testNow()}) {
		if err != nil {
			t.Fatal(err)
		}
		sum.Add(row)
		if sum.Accepted%50_000 == 0 {
			runtime.ReadMemStats(&now)
			peak = max(peak, now.HeapInuse-min(before.HeapInuse, now.HeapInuse))
		}
	}
	if sum.Accepted != int(rows) {
		t.Errorf("%+v", sum)
	}
	if limit := uint64(100 << 20); peak > limit {
		t.Errorf("%d MB of memory", peak>>20)
	}
	t.Logf("%d MB", peak>>20)
	if !strings.Contains(e.row(7), "WX0000007") {
		t.Error("rows differ")
	}
}

// TestManyRejects: 100,000 rejected rows become a workbook within 100 MB.
func TestManyRejects(t *testing.T) { //nolint:paralleltest // it measures memory
	rows := 100_000
	if testing.Short() {
		rows = 20_000
	}
	var peak, low uint64
	look := func() {
		var now runtime.MemStats
		runtime.ReadMemStats(&now)
		peak = max(peak, now.HeapInuse-min(low, now.HeapInuse))
	}
	s := RejectSheet{Sheet: "台账", Header: []string{"工单号", "房号", "业主姓名", "联系电话", "类别", "事项内容", "责任部门", "处理人", "完成时间"}}
	s.Rows = func(yield func(*Reject, error) bool) {
		for i := range rows {
			if i%10_000 == 0 {
				look()
			}
			cells := []string{fmt.Sprintf("WX%07d", i), fmt.Sprintf("%d-%d", i%20, i%999), fmt.Sprintf("业主%d", i), "1380000", "报修", "厨房水管漏水 请尽快处理", "工程部", "孙工", "2026-02-30"}
			if !yield(&Reject{Line: i + 2, Cells: cells, Text: huifang.Text{ZH: "“完成时间”列：“2026-02-30”不是真实存在的日期或时间", EN: "no such day"}}, nil) {
				return
			}
		}
	}
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	low = before.HeapInuse
	var out counted
	if err := WriteRejectsXLSX(&out, []RejectSheet{s}, huifang.ZH); err != nil {
		t.Fatal(err)
	}
	look()
	if limit := uint64(100 << 20); peak > limit || out == 0 {
		t.Errorf("%d MB of memory for %d bytes", peak>>20, out)
	}
	t.Logf("%d MB of memory, %d bytes", peak>>20, out)
}

// counted counts what is written.
type counted int

func (c *counted) Write(p []byte) (int, error) {
	*c += counted(len(p))
	return len(p), nil
}
