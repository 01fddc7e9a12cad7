package jobs

import (
	"context"
	"time"
)

const (
	drainEvery = time.Second            // what other nodes received, and left
	drainRetry = 200 * time.Millisecond // after a failure
)

// drain plans what was received, as soon as it is.
func (r *Runner) drain(ctx context.Context) {
	pause := time.Duration(0)
	for wait(ctx, pause, r.cfg.App.Received()) {
		_, err := r.cfg.App.Drain(ctx)
		if pause = drainEvery; err != nil && ctx.Err() == nil {
			r.cfg.Log.ErrorContext(ctx, "cannot plan what was received", "error", err)
			pause = drainRetry
		}
	}
}

// wait lasts until the hint or the end of the pause; false: the context ended.
func wait(ctx context.Context, pause time.Duration, hint <-chan struct{}) bool {
	t := time.NewTimer(pause)
	defer t.Stop()
	select {
	case <-t.C:
	case <-hint:
	case <-ctx.Done():
		return false
	}
	return ctx.Err() == nil
}
