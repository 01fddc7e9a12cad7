package main

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/bench/ground"
	"github.com/huifang/huifang/store"
)

// scale measures over a large number of follow-ups: the statistics of a month
// and pages of a worklist.
func scale(ctx context.Context, b *bench) ([]Row, error) {
	return b.each(func(kind string) ([]Row, error) {
		n := b.size.rows
		if kind == ground.Postgres {
			n = b.size.postgresRows
		}
		d, err := b.large(ctx, kind, n)
		if err != nil {
			return nil, err
		}
		s, err := store.Open(ctx, store.Config{URL: d.URL})
		if err != nil {
			return nil, err
		}
		defer s.Close() //nolint:errcheck // only read
		db, err := d.Raw(ctx)
		if err != nil {
			return nil, err
		}
		defer db.Close() //nolint:errcheck // only read
		l := &listed{bench: b, kind: kind, n: n, store: s, db: db}
		month, err := l.month(ctx)
		if err != nil {
			return nil, err
		}
		pages, err := l.pages(ctx)
		return append(month, pages...), err
	})
}

// listed is one large database, opened by us and by the driver alone.
type listed struct {
	*bench
	kind  string
	n     int
	store *store.Store
	db    *sql.DB
}

// months are those that are asked for, one after another, so that no answer
// comes twice in a row.
func months() []huifang.Month {
	return []huifang.Month{202403, 202408, 202501, 202506, 202511, 202604}
}

// month reads the statistics of a month by unit, program and person, from the
// rollup and by counting.
func (l *listed) month(ctx context.Context) ([]Row, error) {
	org := madeID(madeOrg, 1)
	var rows, counted int
	ours := func(ctx context.Context) (float64, error) {
		began := time.Now()
		const times = 4
		for range times {
			for _, m := range months() {
				found, err := l.store.View().Tallies(ctx, org, m, m, nil)
				if err != nil {
					return 0, err
				}
				rows = len(found)
			}
		}
		return time.Since(began).Seconds() / float64(times*len(months())), nil
	}
	count := func(hint string) func(context.Context) (float64, error) {
		return func(ctx context.Context) (float64, error) {
			began := time.Now()
			for _, m := range months() {
				n, err := l.count(ctx, hint, org, m)
				if err != nil {
					return 0, err
				}
				counted = n
			}
			return time.Since(began).Seconds() / float64(len(months())), nil
		}
	}
	covering := contender{"counting, covering index", count("bench_month")}
	got, err := takeTurns(ctx, l.rounds, contender{"rollup", ours}, covering)
	if err != nil {
		return nil, err
	}
	if rows != counted {
		return nil, fmt.Errorf("the rollup has %d rows, counting gives %d", rows, counted)
	}
	name := "a month's statistics over " + thousands(int64(l.n)) + " follow-ups"
	note := thousands(int64(rows)) + " rows by unit, program and person; the best ad-hoc query groups by the columns of an index made for nothing else."
	return []Row{
		bounded(name, "s", got[0], series{}, atMost(0.010)).noted("%s", note),
		compared(name+", against the best ad-hoc query", "s", got[0], got[1], atMost(0.1)),
	}, nil
}

// count is the ad-hoc query, with the driver alone.
func (l *listed) count(ctx context.Context, index string, org huifang.ID, m huifang.Month) (int, error) {
	text := sqlAdHoc
	if l.kind == ground.SQLite {
		text += " INDEXED BY " + index
	}
	raw, _ := org.Bytes()
	rows, err := l.db.QueryContext(ctx, text+" WHERE org_id = $1 AND due_month = $2 GROUP BY org_id, due_month, unit_id, program, lead_id", raw[:], int(m))
	if err != nil {
		return 0, err
	}
	defer rows.Close() //nolint:errcheck // Err is looked at
	values := make([]any, 16)
	for i := range values {
		values[i] = new(any)
	}
	n := 0
	for rows.Next() {
		if err := rows.Scan(values...); err != nil {
			return 0, err
		}
		n++
	}
	return n, rows.Err()
}
