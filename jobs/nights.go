package jobs

import (
	"context"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// kindNightly is an organization's daily work. One waits at a time, for the
// next night; the hourly look puts the one after it in once it is done.
const kindNightly = "nightly"

// nightsEvery is how often it is seen to that every organization has its night
// planned.
const nightsEvery = time.Hour

// planNights sees to it that every organization's next night is planned.
func (r *Runner) planNights(ctx context.Context) {
	orgs, err := r.cfg.App.Organizations(ctx)
	if err != nil {
		r.cfg.Log.ErrorContext(ctx, "cannot plan nightly work", "error", err)
		return
	}
	for _, o := range orgs {
		if err := r.planNight(ctx, o.ID); err != nil {
			r.cfg.Log.ErrorContext(ctx, "cannot plan nightly work", "org", o.ID, "error", err)
		}
	}
}

func (r *Runner) planNight(ctx context.Context, org huifang.ID) error {
	at, err := r.cfg.App.NextNight(ctx, org, r.cfg.Now())
	if err != nil {
		return err
	}
	return r.cfg.Store.Write(ctx, func(tx *store.Tx) error {
		return tx.Enqueue(ctx, &huifang.Job{Org: org, ID: r.cfg.NewID(), Kind: kindNightly, Unique: kindNightly, Args: "{}", Due: at})
	})
}
