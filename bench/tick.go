package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
	"github.com/huifang/huifang/bench/ground"
	"github.com/huifang/huifang/store"
)

// tick wakes what is due among few and among many that sleep.
func tick(ctx context.Context, b *bench) ([]Row, error) {
	return b.each(func(kind string) ([]Row, error) {
		var sides []contender
		for _, sleeping := range []int{b.size.sleepingMany, b.size.sleepingFew} {
			s, err := b.sleepers(ctx, kind, sleeping)
			if err != nil {
				return nil, err
			}
			defer s.end(ctx)
			sides = append(sides, contender{"among " + thousands(int64(sleeping)), s.tick})
		}
		got, err := takeTurns(ctx, b.rounds, sides...)
		if err != nil {
			return nil, err
		}
		return []Row{compared(fmt.Sprintf("tick with %s due among %s sleeping", thousands(int64(b.size.due)), thousands(int64(b.size.sleepingMany))), "s", got[0], got[1], atMost(1.3)).
			noted("Every enrollment, sleeping or due, has a planned follow-up; those due turn late and alert a supervisor.")}, nil
	})
}

// sleepers is a company in which most enrollments sleep.
type sleepers struct {
	*ground.Company
	due int
	n   int // events made so far
}

func (s *sleepers) end(ctx context.Context) {
	_ = errors.Join(s.Close(), s.DB.Drop(ctx)) // temporary
}

func (b *bench) sleepers(ctx context.Context, kind string, sleeping int) (*sleepers, error) {
	base, err := b.base(ctx, kind, b.size.customers)
	if err != nil {
		return nil, err
	}
	c, err := base.Open(ctx, store.Config{}, time.Now)
	if err != nil {
		return nil, err
	}
	first, err := c.App.Ingest(ctx, c.Actor, []app.EventInput{ground.Event(-1, b.size.customers, time.Now())}, app.IngestOptions{})
	if err != nil {
		return nil, err
	}
	if len(first) != 1 || len(first[0].Followups) != 1 {
		return nil, fmt.Errorf("the first event is %+v", first)
	}
	if err := c.Close(); err != nil {
		return nil, err
	}
	if err := b.multiply(ctx, base, first[0].Followups[0], sleeping); err != nil {
		return nil, err
	}
	if c, err = base.Open(ctx, store.Config{}, time.Now); err != nil {
		return nil, err
	}
	return &sleepers{Company: c, due: b.size.due}, nil
}

// tick makes so many due, which is not counted, and wakes them.
func (s *sleepers) tick(ctx context.Context) (float64, error) {
	at := time.Now().AddDate(0, 0, -3)
	events := make([]app.EventInput, s.due)
	for i := range events {
		s.n++
		events[i] = ground.Event(10*s.n+5, 1, at) // a service, to be followed up within a week
	}
	results, err := s.App.Ingest(ctx, s.Actor, events, app.IngestOptions{})
	if err != nil {
		return 0, err
	}
	last, err := s.Store.View().Followup(ctx, s.Org.ID, results[s.due-1].Followups[0])
	if err != nil {
		return 0, err
	}
	began := time.Now()
	woken, err := s.App.Tick(ctx, last.ClosesAt.Add(time.Second), 10*s.due)
	took := time.Since(began).Seconds()
	if err == nil && woken != s.due {
		err = fmt.Errorf("%d were woken, not %d", woken, s.due)
	}
	return took, err
}

// multiply copies an enrollment and its follow-up so many times; the copies
// wake in years.
func (b *bench) multiply(ctx context.Context, d *ground.Database, followup huifang.ID, n int) error {
	db, err := d.Raw(ctx, "journal_mode(DELETE)", "synchronous(OFF)", "foreign_keys(0)", "cache_size(-200000)")
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // the end is checked below
	db.SetMaxOpenConns(1)
	again, err := dropIndexes(ctx, d.Kind, db, "followup", "enrollment")
	if err != nil {
		return err
	}
	raw, _ := followup.Bytes()
	di := dialectOf(d.Kind)
	for table, set := range map[string]map[string]string{
		"followup": {
			"id": di.id(madeFollowup, "i"), "number": "'HF-2000-' || " + fmt.Sprintf(di.digits, "i"), "enrollment_id": di.id(madeEnrolled, "i"),
			"event_id": di.id(madeEvent, "i"), "closes_at": "closes_at + 200000000000 + i * 1000",
		},
		"enrollment": {"id": di.id(madeEnrolled, "i"), "key_id": di.id(madeEvent, "i"), "wake_at": "wake_at + 200000000000 + i * 1000"},
	} {
		if err := multiplyTable(ctx, db, table, set, raw[:], n); err != nil {
			return err
		}
	}
	if d.Kind == ground.Postgres {
		again = append(again, "VACUUM ANALYZE")
	}
	for _, s := range again {
		if _, err := db.ExecContext(ctx, s); err != nil {
			return fmt.Errorf("%w in %q", err, s)
		}
	}
	return db.Close()
}

func multiplyTable(ctx context.Context, db *sql.DB, table string, set map[string]string, followup []byte, n int) error {
	t, err := readTable(ctx, db, table)
	if err != nil {
		return err
	}
	names, values := "", ""
	for i, c := range t.columns {
		v, ok := set[c]
		if !ok {
			v = c
		}
		if i > 0 {
			names, values = names+", ", values+", "
		}
		names, values = names+c, values+v
	}
	which := "id = $1"
	if table == "enrollment" {
		which = "id = (SELECT enrollment_id FROM followup WHERE followup.id = $1)"
	}
	_, err = db.ExecContext(ctx, fmt.Sprintf(`INSERT INTO %s (%s)
WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < %d)
SELECT %s FROM (SELECT * FROM %s WHERE %s) AS one CROSS JOIN (SELECT CAST(i AS BIGINT) AS i FROM numbers) AS n`, table, names, n, values, table, which), followup)
	return err
}
