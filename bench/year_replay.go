package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
	"github.com/huifang/huifang/bench/ground"
	"github.com/huifang/huifang/calendar"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/store"
)

// replays takes in a year of three businesses as it would have come in, and
// plans what it demands: events in their order, the clock going with them. On
// SQLite; the limit is the driver writing the rows that come of it. Then the
// ticks of the year, which write nothing the driver could insert: nobody has
// worked the follow-ups, so all of them turn late and alert somebody.
func replays(ctx context.Context, b *bench) ([]Row, error) {
	size := float64(b.size.batchEvents) / float64(full().batchEvents)
	var out []Row
	for _, x := range businesses(size) {
		rows, err := b.replayed(ctx, x)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", x.name, err)
		}
		out = append(out, rows...)
	}
	return out, nil
}

func (b *bench) replayed(ctx context.Context, x *business) ([]Row, error) {
	base, err := b.ground.Fresh(ctx, ground.SQLite)
	if err != nil {
		return nil, err
	}
	defer base.Drop(ctx) //nolint:errcheck // temporary
	if err := x.found(ctx, base); err != nil {
		return nil, err
	}
	last := &yearRun{business: x}
	row, err := b.bulk(ctx, base, "a year of "+x.name, len(x.events), last.live)
	if err != nil {
		return nil, err
	}
	row.Demand = atLeast(0.5)
	row.Pass = row.Demand.holds(row.Ratio)
	alone, err := b.engineAlone(ctx, x)
	if err != nil {
		return nil, err
	}
	ticks, err := last.ticks(ctx, base)
	if err != nil {
		return nil, err
	}
	took := float64(len(x.events)) / row.Ours
	row = row.noted("%s events plan %s follow-ups: %s follow-ups/s, against %s/s for the driver; the ratio is the same. %s The engine alone takes %s of it. The year's ticks, by which every follow-up turns late, take %s more.",
		thousands(int64(len(x.events))), thousands(int64(last.followups)), significant(float64(last.followups)/took), significant(float64(last.followups)*row.Limit/float64(len(x.events))),
		row.Note, percent(alone/took), quantity(ticks, "s"))
	flat := bounded("memory at the end of the year of "+x.name+", against a quarter of it", "", series{values: last.growth}, series{}, atMost(1.5)).
		noted("What is alive after a collection, %.1f MB at the end.", last.heap[len(last.heap)-1]/1e6)
	return []Row{row, flat}, nil
}

func percent(share float64) string { return significant(share*100) + " %" }

// yearRun is one replay after the other.
type yearRun struct {
	*business
	followups int
	heap      []float64 // bytes alive at each quarter of the last replay
	growth    []float64 // from the first quarter to the end, of each replay
}

// live takes in the year on a copy of the base.
func (y *yearRun) live(ctx context.Context, c *ground.Company) error {
	var now time.Time
	a := app.New(app.Config{Store: c.Store, Now: func() time.Time { return now }, NewID: ground.NewID})
	y.followups, y.heap = 0, nil
	quarter := max(len(y.events)/4/eventsACommit, 1)
	for part := 0; part*eventsACommit < len(y.events); part++ {
		chunk := y.events[part*eventsACommit : min((part+1)*eventsACommit, len(y.events))]
		now = chunk[len(chunk)-1].At.Add(time.Minute)
		results, err := a.Ingest(ctx, c.Actor, chunk, app.IngestOptions{Source: "year"})
		if err != nil {
			return err
		}
		for i := range results {
			if results[i].Status != app.IngestAccepted {
				return fmt.Errorf("event %s is %s: %w", chunk[i].Key, results[i].Status, results[i].Err)
			}
		}
		if (part+1)%quarter == 0 {
			y.heap = append(y.heap, alive())
		}
	}
	y.heap = append(y.heap, alive())
	y.growth = append(y.growth, y.heap[len(y.heap)-1]/y.heap[0])
	n, err := count(ctx, c.DB, "followup")
	y.followups = n
	if n == 0 {
		err = errors.Join(err, errors.New("the year planned nothing"))
	}
	return err
}

// ticks is how many seconds the ticks of the year take, in weeks.
func (y *yearRun) ticks(ctx context.Context, base *ground.Database) (float64, error) {
	d, err := base.Copy(ctx)
	if err != nil {
		return 0, err
	}
	defer d.Drop(ctx) //nolint:errcheck // temporary
	c, err := d.Open(ctx, store.Config{}, time.Now)
	if err != nil {
		return 0, err
	}
	defer c.Close() //nolint:errcheck // temporary
	if err := y.live(ctx, c); err != nil {
		return 0, err
	}
	began := time.Now()
	for week := range 53 {
		now := time.Date(replayedYear, 1, 1+7*week, 20, 0, 0, 0, time.UTC)
		if err := tickAll(ctx, c.App, now); err != nil {
			return 0, err
		}
	}
	return time.Since(began).Seconds(), nil
}

// tickAll wakes all that is due.
func tickAll(ctx context.Context, a *app.App, now time.Time) error {
	const some = 1_000
	for {
		n, err := a.Tick(ctx, now, some)
		if err != nil || n < some {
			return err
		}
	}
}

// alive is how many bytes are in use after a collection.
func alive() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// count is how many rows a table has.
func count(ctx context.Context, d *ground.Database, table string) (n int, err error) {
	db, err := d.Raw(ctx)
	if err != nil {
		return 0, err
	}
	err = db.QueryRowContext(ctx, "SELECT count(*) FROM "+table).Scan(&n)
	return n, errors.Join(err, db.Close())
}

// engineAlone is how many seconds the engine takes for the same year with its
// enrollments in memory.
func (b *bench) engineAlone(ctx context.Context, x *business) (float64, error) {
	p, err := pack.Load(x.pack)
	if err != nil {
		return 0, err
	}
	set, err := p.Compile()
	if err != nil {
		return 0, err
	}
	people, err := x.world.People(p, nil, calendar.China())
	if err != nil {
		return 0, err
	}
	inputs := x.inputs()
	until := plan.EndOf(huifang.MakeDate(replayedYear, time.December, 31), plan.DefaultZone())
	got, err := takeTurns(ctx, min(b.rounds, 3), contender{"the engine alone", func(context.Context) (float64, error) {
		began := time.Now()
		s, err := plan.Simulate(set, people, slices.Clone(inputs), until)
		if err == nil && len(s.Rows) == 0 {
			err = errors.New("the engine planned nothing")
		}
		return time.Since(began).Seconds(), err
	}})
	if err != nil {
		return 0, err
	}
	return got[0].median(), nil
}
