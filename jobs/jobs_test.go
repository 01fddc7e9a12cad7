package jobs

import (
	"context"
	"crypto/rand"
	"errors"
	"maps"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func newID() huifang.ID {
	var entropy [10]byte
	_, _ = rand.Read(entropy[:])
	return huifang.NewID(time.Now(), entropy)
}

// bench is a store with one organization and Apps and Runners over it.
type bench struct {
	t     *testing.T
	store *store.Store
	app   *app.App
	org   huifang.ID
}

func newBench(t *testing.T, s *store.Store) *bench {
	t.Helper()
	b := &bench{t: t, store: s, app: app.New(app.Config{Store: s, Now: time.Now, NewID: newID})}
	o, err := b.app.CreateOrganization(t.Context(), app.NewOrganization{Code: "acme", Name: huifang.Text{ZH: "青禾"}, Packs: []string{"property"}})
	if err != nil {
		t.Fatal(err)
	}
	b.org = o.ID
	return b
}

func (b *bench) runner(kinds map[string]Handler) *Runner {
	r := New(Config{
		App: b.app, Store: b.store, Now: time.Now, NewID: newID, Workers: 3, Tick: 20 * time.Millisecond, Poll: 20 * time.Millisecond, Lease: 2 * time.Second,
	})
	maps.Copy(r.handlers, kinds)
	return r
}

func (b *bench) enqueue(kind string, n int) {
	b.t.Helper()
	err := b.store.Write(b.t.Context(), func(tx *store.Tx) error {
		for i := range n {
			if err := tx.Enqueue(b.t.Context(), &huifang.Job{Org: b.org, ID: newID(), Kind: kind, Unique: strconv.Itoa(i), Args: strconv.Itoa(i), Due: time.Now()}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

// unfinished are the jobs that wait, without the nightly one.
func (b *bench) unfinished() []*huifang.Job {
	b.t.Helper()
	all, err := b.store.View().Jobs(context.Background(), b.org, false, 1000)
	if err != nil {
		b.t.Fatal(err)
	}
	var out []*huifang.Job
	for _, j := range all {
		if j.Kind != kindNightly {
			out = append(out, j)
		}
	}
	return out
}

// run starts runners and ends them once done says so.
func run(t *testing.T, done func() bool, runners ...*Runner) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var group sync.WaitGroup
	for _, r := range runners {
		group.Go(func() {
			if err := r.Run(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	for end := time.Now().Add(30 * time.Second); !done(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Error("not done after 30 seconds")
			break
		}
	}
	cancel()
	group.Wait()
}

// TestEachJobOnce: several nodes share the work, and no job is done twice.
func TestEachJobOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		b := newBench(t, s)
		var mu sync.Mutex
		ran := map[string]int{}
		count := map[string]Handler{"count": func(_ context.Context, j *huifang.Job) error {
			mu.Lock()
			defer mu.Unlock()
			ran[j.Args]++
			return nil
		}}
		const n = 60
		b.enqueue("count", n)
		b.enqueue("count", n) // waiting already
		run(t, func() bool { return len(b.unfinished()) == 0 }, b.runner(count), b.runner(count), b.runner(count))
		if len(ran) != n {
			t.Errorf("%d of %d jobs ran", len(ran), n)
		}
		for args, times := range ran {
			if times != 1 {
				t.Errorf("job %s ran %d times", args, times)
			}
		}
	})
}

// TestRetry: a job that fails or panics is tried again; one of an unknown kind
// waits; one whose node died is done by another when its lease ends.
func TestRetry(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		b := newBench(t, s)
		var bad, panicked, lost atomic.Int32
		kinds := map[string]Handler{
			"bad":   func(context.Context, *huifang.Job) error { bad.Add(1); return errors.New("no luck") },
			"panic": func(context.Context, *huifang.Job) error { panicked.Add(1); panic("oh") },
			"lost":  func(context.Context, *huifang.Job) error { lost.Add(1); return nil },
		}
		b.enqueue("bad", 1)
		b.enqueue("panic", 1)
		b.enqueue("strange", 1)
		b.enqueue("lost", 1)
		// A node claims the last one and dies.
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.ClaimJobs(t.Context(), b.org, time.Now().Add(time.Second), time.Now().Add(500*time.Millisecond), 10)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		run(t, func() bool {
			return bad.Load() > 0 && panicked.Load() > 0 && lost.Load() > 0 && len(b.unfinished()) == 3 && settled(b)
		}, b.runner(kinds))
		for _, j := range b.unfinished() {
			if j.Errors == "" || j.Due.Before(time.Now().Add(time.Second)) {
				t.Errorf("%s: due %s, errors %s", j.Kind, j.Due, j.Errors)
			}
		}
	})
}

// settled tells that no job is leased.
func settled(b *bench) bool {
	for _, j := range b.unfinished() {
		if !j.Lease.IsZero() {
			return false
		}
	}
	return true
}

// TestNight: every organization's next night is planned once, and its work runs.
func TestNight(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		b := newBench(t, s)
		r := b.runner(nil)
		r.planNights(t.Context())
		r.planNights(t.Context())
		jobs, err := s.View().Jobs(t.Context(), b.org, false, 10)
		if err != nil || len(jobs) != 1 || jobs[0].Kind != kindNightly {
			t.Fatalf("%v %v", jobs, err)
		}
		if shanghai := jobs[0].Due.Add(8 * time.Hour).UTC(); shanghai.Hour() != 2 || shanghai.Minute() != 30 || !jobs[0].Due.After(time.Now()) || jobs[0].Due.After(time.Now().Add(24*time.Hour)) {
			t.Errorf("due %s", jobs[0].Due)
		}
		if err := r.handlers[kindNightly](t.Context(), jobs[0]); err != nil {
			t.Error(err)
		}
	})
}

// TestDrain: what runs when the context ends is finished.
func TestDrain(t *testing.T) {
	t.Parallel()
	b := newBench(t, storetest.SQLite(t))
	started, ended := make(chan struct{}), atomic.Bool{}
	r := b.runner(map[string]Handler{"slow": func(ctx context.Context, _ *huifang.Job) error {
		close(started)
		time.Sleep(200 * time.Millisecond)
		ended.Store(ctx.Err() == nil)
		return nil
	}})
	b.enqueue("slow", 1)
	run(t, func() bool { <-started; return true }, r)
	if !ended.Load() || len(b.unfinished()) != 0 {
		t.Errorf("ended %v, %d left", ended.Load(), len(b.unfinished()))
	}
}
