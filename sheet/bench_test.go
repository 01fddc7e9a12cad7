package sheet

import (
	"bytes"
	"fmt"
	"testing"
	"time"
)

// manyRows is a CSV of so many rows as an export of a work-order system has them.
func manyRows(n int) []byte {
	var b bytes.Buffer
	b.WriteString("工单号,房号,业主姓名,联系电话,受理时间,类别,事项内容,责任部门,处理人,完成时间\n")
	for i := range n {
		fmt.Fprintf(&b, "WX%07d,%d栋%d单元%d,业主%d,138%08d,2026-03-%02d 10:%02d,报修,厨房水管漏水,工程部,孙工,2026-04-%02d 15:%02d\n",
			i, i%20+1, i%3+1, i%3000, i%5000, i%100000000, i%28+1, i%60, i%28+1, i%60)
	}
	return b.Bytes()
}

func benchMapping() Mapping {
	return Mapping{
		Version: 1,
		Columns: []Column{
			{Field: FieldKey, From: []string{"工单号"}},
			{Field: FieldAssetCode, From: []string{"房号"}},
			{Field: FieldContactName, From: []string{"业主姓名"}},
			{Field: FieldContactPhone, From: []string{"联系电话"}},
			{Field: FieldOpenedAt, From: []string{"受理时间"}},
			{Field: FieldType, From: []string{"类别"}},
			{Field: FieldMatter, From: []string{"事项内容"}},
			{Field: FieldDepartment, From: []string{"责任部门"}},
			{Field: FieldStaff, From: []string{"处理人"}},
			{Field: FieldAt, From: []string{"完成时间"}},
		},
		Categories: map[string][]string{"repair.completed": {"报修"}},
	}
}

func BenchmarkReadCSV(b *testing.B) {
	const rows = 100_000
	data := manyRows(rows)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		book, err := Open(bytes.NewReader(data), int64(len(data)), "big.csv", Limits{})
		if err != nil {
			b.Fatal(err)
		}
		accepted := 0
		for row, err := range Read(book, benchMapping(), Options{Now: time.Unix(1_800_000_000, 0)}) {
			if err != nil {
				b.Fatal(err)
			}
			if row.Accepted() {
				accepted++
			}
		}
		if accepted != rows {
			b.Fatal(accepted)
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkReadXLSX reads a workbook as a spreadsheet writes it.
func BenchmarkReadXLSX(b *testing.B) {
	const rows = 20_000
	data := manyRowsXLSX(b, rows)
	b.ReportAllocs()
	for b.Loop() {
		accepted := 0
		for row, err := range Read(open(b, data, "big.xlsx"), benchMapping(), Options{Now: time.Unix(1_800_000_000, 0)}) {
			if err != nil {
				b.Fatal(err)
			}
			if row.Accepted() {
				accepted++
			}
		}
		if accepted != rows {
			b.Fatal(accepted)
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func manyRowsXLSX(b *testing.B, rows int) []byte {
	b.Helper()
	w := newWorkbook(b)
	stream, err := w.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	text := newCSVScanner(bytes.NewReader(manyRows(rows)), ',', '\n', mib)
	for i := 1; ; i++ {
		rec, err := text.next()
		if err != nil {
			b.Fatal(err)
		}
		if rec == nil {
			break
		}
		cells := make([]any, len(rec.cells))
		for c := range cells {
			cells[c] = rec.cells[c]
		}
		if err := stream.SetRow(fmt.Sprintf("A%d", i), cells); err != nil {
			b.Fatal(err)
		}
	}
	if err := stream.Flush(); err != nil {
		b.Fatal(err)
	}
	return w.bytes()
}
