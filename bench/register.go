package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"time"

	"github.com/huifang/huifang/app"
	"github.com/huifang/huifang/bench/ground"
)

// register takes in a work-order register as CSV: contacts and homes are new,
// every job plans a follow-up. The limit is the driver writing the very rows.
func register(ctx context.Context, b *bench) ([]Row, error) {
	return b.each(func(kind string) ([]Row, error) {
		base, err := b.base(ctx, kind, 0)
		if err != nil {
			return nil, err
		}
		defer base.Drop(ctx) //nolint:errcheck // temporary
		var file bytes.Buffer
		if err := writeRegister(&file, b.size.importRows, time.Now(), 0); err != nil {
			return nil, err
		}
		row, err := b.bulk(ctx, base, "import of a CSV register", b.size.importRows, func(ctx context.Context, c *ground.Company) error {
			done, err := c.App.Import(ctx, c.Actor, app.ImportFile{Name: "register.csv", Reader: bytes.NewReader(file.Bytes()), Size: int64(file.Len())}, app.ImportOptions{})
			if err == nil && done.Accepted != b.size.importRows {
				err = fmt.Errorf("%d of %d rows were taken", done.Accepted, b.size.importRows)
			}
			return err
		})
		return []Row{row}, err
	})
}

// writeRegister writes a register of so many finished jobs, the newest two days
// before now, spread over so many days. A household has four jobs.
func writeRegister(w io.Writer, rows int, now time.Time, days int) error {
	b := bufio.NewWriter(w)
	fmt.Fprintln(b, "工单号,项目,房号,业主姓名,联系电话,受理时间,类别,事项内容,责任部门,完成时间")
	kinds := []string{"报修", "报修", "投诉", "其他"}
	for i := range rows {
		home := i % max(rows/4, 1)
		done := now.AddDate(0, 0, -2-i*days/rows).Add(-time.Duration(i%1000) * time.Minute)
		fmt.Fprintf(b, "WX%08d,%s,%d栋%d单元%d,业主%d,138%08d,%s,%s,厨房水管漏水,工程部,%s\n",
			i, ground.UnitCode(home%ground.Units), home%20+1, home%3+1, home/60+101, home, home,
			done.Add(-5*time.Hour).Format("2006-01-02 15:04"), kinds[i/max(rows/4, 1)%4], done.Format("2006-01-02 15:04"))
	}
	return b.Flush()
}
