package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/huifang/huifang/app"
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
		defer base.drop(ctx) //nolint:errcheck // temporary
		at := time.Now().AddDate(0, 0, -2)
		events := make([]app.EventInput, b.size.batchEvents)
		for i := range events {
			events[i] = event(i, b.size.customers, at.Add(time.Duration(i)*time.Millisecond))
		}
		row, err := b.bulk(ctx, base, "batch ingestion", len(events), func(ctx context.Context, c *company) error {
			for from := 0; from < len(events); from += app.MaxBatch / 2 {
				results, err := c.app.Ingest(ctx, c.actor, events[from:min(from+app.MaxBatch/2, len(events))], app.IngestOptions{})
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
func (b *bench) base(ctx context.Context, kind string, customers int) (*database, error) {
	d, err := b.fresh(ctx, kind)
	if err != nil {
		return nil, err
	}
	return d, d.found(ctx, customers)
}

// copied is another database with the same content. Nobody may be connected to
// the first.
func (b *bench) copied(ctx context.Context, from *database) (*database, error) {
	to, err := b.fresh(ctx, from.kind)
	if err != nil {
		return nil, err
	}
	if from.kind == sqlite {
		return to, copyFile(strings.TrimPrefix(from.url, "sqlite://"), strings.TrimPrefix(to.url, "sqlite://"))
	}
	name := to.url[strings.LastIndex(to.url, "/huifang_bench_")+1:]
	name, _, _ = strings.Cut(name, "?")
	source := from.url[strings.LastIndex(from.url, "/huifang_bench_")+1:]
	source, _, _ = strings.Cut(source, "?")
	return to, errors.Join(b.admin(ctx, "DROP DATABASE "+name), b.admin(ctx, "CREATE DATABASE "+name+" TEMPLATE "+source))
}

func copyFile(from, to string) error {
	in, err := os.Open(from) //nolint:gosec // our own file
	if err != nil {
		return err
	}
	defer in.Close()          //nolint:errcheck // only read
	out, err := os.Create(to) //nolint:gosec // our own file
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// bulk compares work on a copy of base with the driver writing the same rows
// into another copy. n is how many events the work takes in.
func (b *bench) bulk(ctx context.Context, base *database, name string, n int, work func(context.Context, *company) error) (Row, error) {
	before, err := base.read(ctx, nil)
	if err != nil {
		return Row{}, err
	}
	var leave []string
	for _, t := range before {
		leave = append(leave, t.table)
	}
	var same written
	ours := func(ctx context.Context) (float64, error) {
		d, err := b.copied(ctx, base)
		if err != nil {
			return 0, err
		}
		defer d.drop(ctx) //nolint:errcheck // temporary
		c, err := d.open(ctx, store.Config{})
		if err != nil {
			return 0, err
		}
		began := time.Now()
		err = work(ctx, c)
		took := time.Since(began).Seconds()
		if err = errors.Join(err, c.close()); err == nil && same == nil {
			same, err = d.read(ctx, leave)
		}
		return float64(n) / took, err
	}
	raw := func(ctx context.Context) (float64, error) {
		d, err := b.copied(ctx, base)
		if err != nil {
			return 0, err
		}
		defer d.drop(ctx) //nolint:errcheck // temporary
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
