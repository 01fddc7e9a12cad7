package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
	"github.com/huifang/huifang/bench/ground"
	"github.com/huifang/huifang/store"
)

// exportRead exports follow-ups as a user does: read from the database with the
// names of their customers, staff and units, as one list in order. The limit is
// the driver reading the rows of the follow-ups alone, and the same bytes
// written from memory.
func exportRead(ctx context.Context, b *bench) ([]Row, error) {
	return b.each(func(kind string) ([]Row, error) {
		c, err := b.manyFollowups(ctx, kind, b.size.exportRows)
		if err != nil {
			return nil, err
		}
		defer func() { _ = errors.Join(c.Close(), c.DB.Drop(ctx)) }() // temporary
		var same bytes.Buffer
		if err := c.App.ExportFollowups(ctx, c.Actor, app.FollowupFilter{}, "csv", huifang.ZH, &same); err != nil {
			return nil, err
		}
		if n := bytes.Count(same.Bytes(), []byte("\n")); n != b.size.exportRows+1 {
			return nil, fmt.Errorf("the list has %d lines", n)
		}
		got, err := takeTurns(ctx, b.rounds,
			contender{"ours", func(ctx context.Context) (float64, error) {
				return b.fileTime("export.csv", 1, func(w io.Writer) error {
					return c.App.ExportFollowups(ctx, c.Actor, app.FollowupFilter{}, "csv", huifang.ZH, w)
				})
			}},
			contender{"the driver reading the rows, and the same bytes", func(ctx context.Context) (float64, error) {
				return b.fileTime("export.csv", 1, func(w io.Writer) error {
					_, err := w.Write(same.Bytes())
					return errors.Join(err, readAlone(ctx, c.DB))
				})
			}},
		)
		if err != nil {
			return nil, err
		}
		return []Row{compared("export: "+thousands(int64(b.size.exportRows))+" follow-ups from the database as CSV", "s", got[0], got[1], atMost(3)).
			noted("From end to end, as a user gets it: %.1f MB. The driver reads the same columns of the follow-ups in the same order, without the names of customers, staff and units that the list shows.", float64(same.Len())/1e6)}, nil
	})
}

// manyFollowups is a company with so many follow-ups.
func (b *bench) manyFollowups(ctx context.Context, kind string, n int) (*ground.Company, error) {
	base, err := b.base(ctx, kind, b.size.customers)
	if err != nil {
		return nil, err
	}
	c, err := base.Open(ctx, store.Config{}, time.Now)
	if err != nil {
		return nil, err
	}
	at := time.Now().AddDate(0, 0, -2)
	events := make([]app.EventInput, 0, app.MaxBatch)
	for i := range n {
		if events = append(events, ground.Event(i, b.size.customers, at.Add(time.Duration(i)*time.Millisecond))); len(events) < cap(events) && i+1 < n {
			continue
		}
		if _, err := c.App.Ingest(ctx, c.Actor, events, app.IngestOptions{}); err != nil {
			return nil, err
		}
		events = events[:0]
	}
	return c, nil
}

// readAlone reads every follow-up with the driver alone.
func readAlone(ctx context.Context, d *ground.Database) error {
	db, err := d.Raw(ctx)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // only read
	rows, err := db.QueryContext(ctx, "SELECT "+listColumns+" FROM followup ORDER BY due_month, closes_at, id")
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // Err is looked at
	values := make([]any, strings.Count(listColumns, ",")+1)
	for i := range values {
		values[i] = new(any)
	}
	for rows.Next() {
		if err := rows.Scan(values...); err != nil {
			return err
		}
	}
	return rows.Err()
}
