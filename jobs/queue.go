package jobs

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

const (
	firstRetry = 10 * time.Second
	longRetry  = time.Hour
	maxTries   = 20 // over some twelve hours
)

// dispatch claims jobs and hands them to workers until the context ends.
func (r *Runner) dispatch(ctx context.Context) {
	for ctx.Err() == nil {
		n, err := r.claimAll(ctx)
		if err != nil && ctx.Err() == nil {
			r.cfg.Log.ErrorContext(ctx, "cannot claim jobs", "error", err)
		}
		if n == 0 || err != nil {
			r.wait(ctx)
		}
	}
}

// wait lasts until there may be something to do.
func (r *Runner) wait(ctx context.Context) {
	pause := r.cfg.Poll
	if next, err := r.cfg.Store.View().NextJob(ctx); err == nil && !next.IsZero() {
		pause = min(pause, max(next.Sub(r.cfg.Now()), 50*time.Millisecond))
	}
	t := time.NewTimer(pause)
	defer t.Stop()
	select {
	case <-t.C:
	case <-r.cfg.Store.Ready():
	case <-ctx.Done():
	}
}

// claimAll claims what is due, one organization after the other, as much as
// there are free workers, and starts it.
func (r *Runner) claimAll(ctx context.Context) (n int, err error) {
	orgs, err := r.cfg.Store.View().JobOrganizations(ctx, r.cfg.Now())
	if err != nil {
		return 0, err
	}
	for _, org := range orgs {
		workers := r.reserve(ctx)
		if workers == 0 {
			return n, nil
		}
		jobs, err := r.claim(ctx, org, workers)
		for _, j := range jobs {
			if workers--; workers < 0 { // more than asked for
				<-r.free
				workers++
			}
			r.start(ctx, j)
		}
		r.release(workers)
		if err != nil {
			return n, err
		}
		n += len(jobs)
	}
	return n, nil
}

// reserve waits for a free worker and takes all that are free; 0: the context
// ended.
func (r *Runner) reserve(ctx context.Context) int {
	select {
	case <-r.free:
	case <-ctx.Done():
		return 0
	}
	for n := 1; ; n++ {
		select {
		case <-r.free:
		default:
			return n
		}
	}
}

// release gives workers back that were not needed.
func (r *Runner) release(n int) {
	for range n {
		r.free <- struct{}{}
	}
}

// start has a reserved worker do a job. One that waited for its worker until
// its lease ended is left to whoever claims it next.
func (r *Runner) start(ctx context.Context, j *huifang.Job) {
	if !r.cfg.Now().Before(j.Lease) {
		r.release(1)
		return
	}
	r.busy.Go(func() {
		defer r.release(1)
		r.work(context.WithoutCancel(ctx), j)
	})
}

// claim leases the earliest due jobs of an organization, those that no other
// node took first.
func (r *Runner) claim(ctx context.Context, org huifang.ID, limit int) (jobs []*huifang.Job, err error) {
	err = r.cfg.Store.Write(ctx, func(tx *store.Tx) error {
		now := r.cfg.Now()
		jobs, err = tx.ClaimJobs(ctx, org, now, now.Add(r.cfg.Lease), limit)
		return err
	})
	if err != nil {
		return nil, err
	}
	return jobs, nil
}

// work does one job and keeps how it ended.
func (r *Runner) work(ctx context.Context, j *huifang.Job) {
	problem := r.run(ctx, j)
	err := r.cfg.Store.Write(ctx, func(tx *store.Tx) error {
		now := r.cfg.Now()
		if problem == nil {
			return tx.FinishJobs(ctx, now, j)
		}
		return tx.FailJob(ctx, j, now, r.retryAt(now, j), problem.Error())
	})
	switch {
	case err != nil:
		r.cfg.Log.ErrorContext(ctx, "the end of a job could not be kept; it will run again", "kind", j.Kind, "job", j.ID, "error", err)
	case problem != nil:
		r.cfg.Log.WarnContext(ctx, "job failed", "kind", j.Kind, "job", j.ID, "try", j.Tries, "error", problem)
	}
}

// run calls the handler of a job within its lease; a panic is an error.
func (r *Runner) run(ctx context.Context, j *huifang.Job) (err error) {
	do := r.handlers[j.Kind]
	if do == nil {
		return huifang.Fail(huifang.CodeInvalid, "job.unknown", huifang.Textf("没有处理“%s”的程序", "this version knows no job %q", j.Kind))
	}
	ctx, cancel := context.WithTimeout(ctx, r.cfg.Lease*9/10)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			err = huifang.Wrap(fmt.Errorf("jobs: panic: %v\n%s", p, debug.Stack()))
		}
	}()
	return do(ctx, j)
}

// retryAt is when a job that failed is tried again; zero: never. A kind this
// version does not know waits for one that does.
func (r *Runner) retryAt(now time.Time, j *huifang.Job) time.Time {
	if r.handlers[j.Kind] == nil {
		return now.Add(longRetry)
	}
	if j.Tries >= maxTries {
		return time.Time{}
	}
	return now.Add(min(firstRetry<<min(j.Tries-1, 12), longRetry))
}
