// Package jobs does the product's work in the background: the tick that wakes
// what is due, the planning of events that were received, nightly work, and
// whatever use cases have put into the job table. Every node runs the same;
// leases and row locks keep them from doing anything twice, and a job may run
// again after a crash, so each is safe to repeat.
package jobs

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
	"github.com/huifang/huifang/store"
)

// Config is what a Runner runs on.
type Config struct {
	App     *app.App
	Store   *store.Store
	Now     func() time.Time
	NewID   func() huifang.ID
	Log     *slog.Logger  // nil: discarded
	Workers int           // jobs at a time; default 2
	Tick    time.Duration // between ticks; default a minute
	Poll    time.Duration // longest wait before looking for jobs of other nodes; default 10 s
	Lease   time.Duration // how long a job may run before another node takes it; default 15 min
}

// Runner runs background work. The zero Runner is not usable; see New.
type Runner struct {
	cfg      Config
	handlers map[string]Handler
	free     chan struct{} // one token a free worker
	busy     sync.WaitGroup
}

// Handler does one job. An error has it tried again later.
type Handler func(ctx context.Context, j *huifang.Job) error

// New builds a Runner.
func New(cfg Config) *Runner {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	fill(&cfg.Workers, 2)
	fill(&cfg.Tick, time.Minute)
	fill(&cfg.Poll, 10*time.Second)
	fill(&cfg.Lease, 15*time.Minute)
	r := &Runner{cfg: cfg, free: make(chan struct{}, cfg.Workers)}
	for range cfg.Workers {
		r.free <- struct{}{}
	}
	r.handlers = map[string]Handler{
		app.JobMessage:  cfg.App.DeliverMessage,
		app.JobSend:     cfg.App.PassMessage,
		app.JobDelivery: cfg.App.TellWebhook,
		kindNightly:     func(ctx context.Context, j *huifang.Job) error { return cfg.App.Nightly(ctx, j.Org) },
	}
	return r
}

func fill[T comparable](v *T, def T) {
	var zero T
	if *v == zero {
		*v = def
	}
}

// Run works until the context ends, then lets running jobs finish. It returns
// nil: what goes wrong is logged and tried again.
func (r *Runner) Run(ctx context.Context) error {
	var group errgroup.Group
	group.Go(func() error { r.every(ctx, r.cfg.Tick, r.tick); return nil })
	group.Go(func() error { r.every(ctx, nightsEvery, r.planNights); return nil })
	group.Go(func() error { r.dispatch(ctx); return nil })
	group.Go(func() error { r.drain(ctx); return nil })
	err := group.Wait()
	r.busy.Wait()
	return err
}

// every calls do now and then again and again until the context ends.
func (r *Runner) every(ctx context.Context, pause time.Duration, do func(context.Context)) {
	t := time.NewTicker(pause)
	defer t.Stop()
	for {
		do(ctx)
		select {
		case <-t.C:
		case <-ctx.Done():
			return
		}
	}
}

// tickLimit is how many enrollments one call of the tick wakes.
const tickLimit = 1000

// tick wakes what is due, as long as there is some.
func (r *Runner) tick(ctx context.Context) {
	for ctx.Err() == nil {
		n, err := r.cfg.App.Tick(ctx, r.cfg.Now(), tickLimit)
		if err != nil {
			r.cfg.Log.ErrorContext(ctx, "tick failed", "error", err)
			return
		}
		if n < tickLimit {
			return
		}
	}
}
