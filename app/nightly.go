package app

import (
	"context"
	"errors"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// How long what was once needed is kept.
const (
	keptAnswers = 7 * 24 * time.Hour  // answers to requests that may be sent again
	keptJobs    = 30 * 24 * time.Hour // finished jobs
)

// Nightly does what an organization needs once a day: it flags recurrences of
// this month and the last, forgets what has expired, and sees that the rollup
// of statistics equals a recount; one that does not is logged and rebuilt. A
// part that fails does not keep the others from being done. It may run at any
// time and any number of times.
func (a *App) Nightly(ctx context.Context, org huifang.ID) error {
	d, err := a.directory(ctx, org)
	if err != nil {
		return err
	}
	now := a.now()
	month := huifang.DateOf(now, d.zone).Month()
	last := (month.First() - 1).Month()
	var faults []error
	for _, m := range []huifang.Month{last, month} {
		_, err := a.DetectRecurrences(ctx, system(org), m)
		faults = append(faults, err)
	}
	faults = append(faults, a.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.DeleteExpiredSessions(ctx, org, now); err != nil {
			return err
		}
		if err := tx.DeleteIdempotency(ctx, org, now.Add(-keptAnswers)); err != nil {
			return err
		}
		if err := tx.DeleteDeliveries(ctx, org, now.Add(-keptDeliveries)); err != nil {
			return err
		}
		if err := tx.ForgetKnown(ctx, org, now.Add(-keptJobs)); err != nil {
			return err
		}
		return tx.DeleteJobs(ctx, org, now.Add(-keptJobs))
	}), a.sweepAliases(ctx, org), a.verifyTallies(ctx, org))
	return errors.Join(faults...)
}

// verifyTallies recounts the rollup and mends it where it is wrong.
func (a *App) verifyTallies(ctx context.Context, org huifang.ID) error {
	wrong, err := a.store.VerifyTallies(ctx, org)
	if err != nil || len(wrong) == 0 {
		return err
	}
	a.log.ErrorContext(ctx, "rollup differs from a recount and is rebuilt", "org", org, "rows", len(wrong), "first", wrong[0])
	return a.store.RebuildTallies(ctx, org)
}

// NextNight is when an organization's nightly work is due next: half past two
// at night where it is.
func (a *App) NextNight(ctx context.Context, org huifang.ID, after time.Time) (time.Time, error) {
	d, err := a.directory(ctx, org)
	if err != nil {
		return time.Time{}, err
	}
	const at = huifang.Clock(150)
	day := huifang.DateOf(after, d.zone)
	next := day.At(at, d.zone)
	if !next.After(after) {
		next = (day + 1).At(at, d.zone)
	}
	return next, nil
}
