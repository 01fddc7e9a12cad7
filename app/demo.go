package app

import (
	"cmp"
	"container/heap"
	"context"
	"encoding/binary"
	"math/rand/v2"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
)

// DemoOptions say what the demonstration is made of. The same options make the
// same organization.
type DemoOptions struct {
	Seed uint64
	Code string    // of the organization; default "demo"
	Pack string    // whose sample is played; default "property"
	Now  time.Time // the demonstration's year ends here
	Days int       // how much history; default 365
	Size int       // percent of the sample's customers; default 100
}

// DemoLogin is somebody who may log in to the demonstration.
type DemoLogin struct {
	Login    string
	Password string
	Name     string
	Role     huifang.Text
	Unit     string
}

// DemoResult is what was made.
type DemoResult struct {
	Organization *huifang.Organization
	Logins       []DemoLogin
	Events       int
	Followups    int
	Completed    int
	Cases        int
	Register     DemoRegister // of the last day, to be imported
}

// demoPassword is everybody's in a demonstration.
const demoPassword = "huifang-demo"

// Demo makes an organization from the sample of a pack and lives through a year
// of it: events come in, follow-ups are worked — most in time, some late, some
// customers never reached — what made people unhappy is put right, records are
// reviewed, recurrences are decided. Everything goes through the use cases, as
// it would have on the day, so nothing in it could not have happened.
//
// It belongs to the installation: only the command line calls it. An
// organization of that code is a CodeConflict.
func (a *App) Demo(ctx context.Context, o DemoOptions) (*DemoResult, error) {
	o.Code, o.Pack, o.Days = cmp.Or(o.Code, "demo"), cmp.Or(o.Pack, "property"), cmp.Or(o.Days, 365)
	trade, err := pack.Load(o.Pack)
	if err != nil {
		return nil, err
	}
	d := &demo{out: &DemoResult{}, trade: trade, source: o.Pack, size: o.Size, seen: map[huifang.ID]bool{}, rng: rand.New(rand.NewPCG(o.Seed, 3224)), end: o.Now.UTC()} //nolint:gosec // made-up data, to be made again
	d.at = d.end.AddDate(0, 0, -o.Days)
	d.App = New(Config{Store: a.store, Now: func() time.Time { return d.at }, NewID: d.id, Log: a.log, Calendar: a.calendar})
	d.watch = func(made []*huifang.Followup) { d.fresh = append(d.fresh, made...) }
	if err := d.found(ctx, o.Code); err != nil {
		return nil, err
	}
	d.plot()
	d.closings()
	if err := d.live(ctx); err != nil {
		return nil, err
	}
	if err := d.busiest(ctx); err != nil {
		return nil, err
	}
	d.out.Register = d.register()
	d.out.Organization, err = a.reads().Organization(ctx, d.org.ID)
	return d.out, err
}

// demo is a demonstration in the making.
type demo struct {
	*App
	out     *DemoResult
	trade   *pack.Pack
	source  string // the pack, as it was named
	size    int
	rng     *rand.Rand
	at      time.Time // its clock
	end     time.Time
	org     *huifang.Organization
	zone    *time.Location
	units   []*demoUnit
	names   []string // of staff
	numbers int      // given out by {seq}
	tasks   demoTasks
	seq     int

	explained int // cases that could not be settled at once

	told      []EventInput // has happened and is not sent yet
	gathering time.Time    // when it will be
	fresh     []*huifang.Followup
	seen      map[huifang.ID]bool

	ctx context.Context //nolint:containedctx // a demonstration is made within one call
}

// id makes UUIDv7s from the demonstration's clock and seed.
func (d *demo) id() huifang.ID {
	var entropy [10]byte
	binary.BigEndian.PutUint64(entropy[:8], d.rng.Uint64())
	return huifang.NewID(d.at, entropy)
}

// demoTask is something that happens at a time.
type demoTask struct {
	at  time.Time
	seq int
	do  func() error
}

// later has something happen at a time; what would happen after the end never
// does.
func (d *demo) later(at time.Time, do func() error) {
	if at.After(d.end) {
		return
	}
	d.seq++
	heap.Push(&d.tasks, demoTask{at, d.seq, do})
}

// live lets the time pass.
func (d *demo) live(ctx context.Context) error {
	d.ctx = ctx
	for len(d.tasks) > 0 {
		t := heap.Pop(&d.tasks).(demoTask) //nolint:forcetypeassert // the heap holds nothing else
		if d.at.Before(t.at) {
			d.at = t.at
		}
		if err := t.do(); err != nil {
			return err
		}
		d.destineAll()
	}
	d.at = d.end
	if err := d.tell(); err != nil {
		return err
	}
	return d.tick()
}

// destineAll decides what becomes of the follow-ups that were planned since.
func (d *demo) destineAll() {
	for _, f := range d.fresh {
		if !d.seen[f.ID] {
			d.seen[f.ID] = true
			d.destine(f)
		}
	}
	d.fresh = d.fresh[:0]
}

// tick wakes what is due at the demonstration's time.
func (d *demo) tick() error {
	const some = 500
	for {
		n, err := d.Tick(d.ctx, d.at, some)
		if err != nil || n < some {
			return err
		}
	}
}

// workday is a time of day between nine and six on a day.
func (d *demo) workday(day huifang.Date) time.Time {
	return day.At(huifang.Clock(9*60+d.rng.IntN(9*60)), d.zone) //nolint:gosec // minutes of a day
}

// chance is true in so many cases of a hundred.
func (d *demo) chance(percent float64) bool { return d.rng.Float64()*100 < percent }

// one picks one of a list.
func one[T any](rng *rand.Rand, list []T) T { return list[rng.IntN(len(list))] }

type demoTasks []demoTask

func (t demoTasks) Len() int      { return len(t) }
func (t demoTasks) Swap(i, j int) { t[i], t[j] = t[j], t[i] }

func (t demoTasks) Less(i, j int) bool {
	if t[i].at.Equal(t[j].at) {
		return t[i].seq < t[j].seq
	}
	return t[i].at.Before(t[j].at)
}

// Push is part of heap.Interface.
func (t *demoTasks) Push(x any) { *t = append(*t, x.(demoTask)) } //nolint:forcetypeassert // heap of demoTask

// Pop is part of heap.Interface.
func (t *demoTasks) Pop() any {
	old := *t
	x := old[len(old)-1]
	*t = old[:len(old)-1]
	return x
}
