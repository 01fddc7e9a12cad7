package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/huifang/huifang/app"
	"github.com/huifang/huifang/bench/ground"
	"github.com/huifang/huifang/store"
)

// eventsACommit is how many events share a transaction, ours and the driver's.
const eventsACommit = 500

// batch takes in many events of known customers at once; the limit is the driver
// writing the very rows that come of it.
func batch(ctx context.Context, b *bench) ([]Row, error) {
	return b.each(func(kind string) ([]Row, error) {
		base, err := b.base(ctx, kind, b.size.customers)
		if err != nil {
			return nil, err
		}
		defer base.Drop(ctx) //nolint:errcheck // temporary
		at := time.Now().AddDate(0, 0, -2)
		events := make([]app.EventInput, b.size.batchEvents)
		for i := range events {
			events[i] = ground.Event(i, b.size.customers, at.Add(time.Duration(i)*time.Millisecond))
		}
		row, err := b.bulk(ctx, base, "batch ingestion", len(events), func(ctx context.Context, c *ground.Company) error {
			for from := 0; from < len(events); from += app.MaxBatch / 2 {
				results, err := c.App.Ingest(ctx, c.Actor, events[from:min(from+app.MaxBatch/2, len(events))], app.IngestOptions{})
				if err != nil {
					return err
				}
				for i := range results {
					if results[i].Status != app.IngestAccepted {
						return fmt.Errorf("event %d is %s: %w", from+i, results[i].Status, results[i].Err)
					}
				}
			}
			return nil
		})
		return []Row{row}, err
	})
}

// base is a database with a company, to be copied.
func (b *bench) base(ctx context.Context, kind string, customers int) (*ground.Database, error) {
	d, err := b.ground.Fresh(ctx, kind)
	if err != nil {
		return nil, err
	}
	return d, d.Found(ctx, customers)
}

// bulk compares work on a copy of base with the driver writing the same rows
// into another copy. n is how many events the work takes in.
func (b *bench) bulk(ctx context.Context, base *ground.Database, name string, n int, work func(context.Context, *ground.Company) error) (Row, error) {
	before, err := readWritten(ctx, base, nil)
	if err != nil {
		return Row{}, err
	}
	var leave []string
	for _, t := range before {
		leave = append(leave, t.table)
	}
	var same written
	ours := func(ctx context.Context) (float64, error) {
		d, err := base.Copy(ctx)
		if err != nil {
			return 0, err
		}
		defer d.Drop(ctx) //nolint:errcheck // temporary
		c, err := d.Open(ctx, store.Config{}, time.Now)
		if err != nil {
			return 0, err
		}
		began := time.Now()
		err = work(ctx, c)
		took := time.Since(began).Seconds()
		if err = errors.Join(err, c.Close()); err == nil && same == nil {
			same, err = readWritten(ctx, d, leave)
		}
		return float64(n) / took, err
	}
	raw := func(ctx context.Context) (float64, error) {
		d, err := base.Copy(ctx)
		if err != nil {
			return 0, err
		}
		defer d.Drop(ctx) //nolint:errcheck // temporary
		took, err := same.write(ctx, d, (n+eventsACommit-1)/eventsACommit)
		return float64(n) / took, err
	}
	got, err := takeTurns(ctx, b.rounds, contender{name, ours}, contender{"the driver writing the same rows", raw})
	if err != nil {
		return Row{}, err
	}
	return compared(name, "events/s", got[0], got[1], atLeast(0.6)).
		noted("%s events become %s rows of %d tables, %d events a transaction. The driver has multi-row prepared statements and nothing to decide.",
			thousands(int64(n)), thousands(int64(same.count())), len(same), eventsACommit), nil
}
