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

// claimAll claims what is due, one organization after the other, as many as
// there are free workers.
func (r *Runner) claimAll(ctx context.Context) (n int, err error) {
	orgs, err := r.cfg.Store.View().JobOrganizations(ctx, r.cfg.Now())
	if err != nil {
		return 0, err
	}
	for _, org := range orgs {
		select {
		case <-r.free:
		case <-ctx.Done():
			return n, nil
		}
		job, err := r.claim(ctx, org)
		if err != nil || job == nil {
			r.free <- struct{}{}
			if err != nil {
				return n, err
			}
			continue
		}
		n++
		r.busy.Go(func() {
			defer func() { r.free <- struct{}{} }()
			r.work(context.WithoutCancel(ctx), job)
		})
	}
	return n, nil
}

// claim leases the earliest due job of an organization; nil when another node
// was faster.
func (r *Runner) claim(ctx context.Context, org huifang.ID) (job *huifang.Job, err error) {
	err = r.cfg.Store.Write(ctx, func(tx *store.Tx) error {
		job = nil
		now := r.cfg.Now()
		got, err := tx.ClaimJobs(ctx, org, now, now.Add(r.cfg.Lease), 1)
		if len(got) > 0 {
			job = got[0]
		}
		return err
	})
	return job, err
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
