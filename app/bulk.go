package app

import (
	"context"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/huifang/huifang"
)

// mostAtOnce is how many follow-ups one request changes; sideBySide how many of
// them at a time, so that they share transactions.
const (
	mostAtOnce = 500
	sideBySide = 16
)

// BulkResult is what became of one follow-up of many.
type BulkResult struct {
	ID       huifang.ID
	Followup *huifang.Followup // nil where it failed
	Err      error
}

// bulk does the same with many follow-ups, each by itself: one that fails holds
// up none of the others.
func bulk(ctx context.Context, ids []huifang.ID, do func(ctx context.Context, id huifang.ID) (*huifang.Followup, error)) ([]BulkResult, error) {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	ids = slices.Compact(ids)
	switch {
	case len(ids) == 0:
		return nil, required("ids", "")
	case len(ids) > mostAtOnce:
		return nil, huifang.Fail(huifang.CodeTooLarge, "bulk.too_many", huifang.Textf("一次最多处理 %d 条", "at most %d at once", mostAtOnce))
	}
	out := make([]BulkResult, len(ids))
	var g errgroup.Group
	g.SetLimit(sideBySide)
	for i, id := range ids {
		g.Go(func() error {
			f, err := do(ctx, id)
			out[i] = BulkResult{ID: id, Followup: f, Err: err}
			return nil
		})
	}
	_ = g.Wait() // each keeps its own error
	return out, nil
}

// ReassignAll is Reassign of many follow-ups at once, each with its own result.
func (a *App) ReassignAll(ctx context.Context, actor *huifang.Actor, ids []huifang.ID, in ReassignInput) ([]BulkResult, error) {
	if err := actor.Require(huifang.PermFollowupManage); err != nil {
		return nil, err
	}
	return bulk(ctx, ids, func(ctx context.Context, id huifang.ID) (*huifang.Followup, error) {
		return a.Reassign(ctx, actor, id, in)
	})
}

// PostponeAllInput moves many follow-ups: by days, or all to one window or next
// try.
type PostponeAllInput struct {
	Days    int // windows that are open close so many days later, others move whole
	Window  *huifang.Window
	NextTry time.Time
	Reason  string
}

// PostponeAll is Postpone of many follow-ups at once, each with its own result.
func (a *App) PostponeAll(ctx context.Context, actor *huifang.Actor, ids []huifang.ID, in PostponeAllInput) ([]BulkResult, error) {
	if !actor.Can(huifang.PermFollowupWork) {
		if err := actor.Require(huifang.PermFollowupManage); err != nil {
			return nil, err
		}
	}
	return bulk(ctx, ids, func(ctx context.Context, id huifang.ID) (*huifang.Followup, error) {
		one := PostponeInput{Window: in.Window, NextTry: in.NextTry, Reason: in.Reason}
		if in.Days > 0 {
			f, err := a.reads().Followup(ctx, actor.Org, id)
			if err != nil {
				return nil, err
			}
			if err := huifang.CanManageFollowup(actor, f); err != nil {
				return nil, err
			}
			one.Window, one.Row = later(f, in.Days, a.now()), f.Row
		}
		return a.Postpone(ctx, actor, id, one)
	})
}

// later is a follow-up's window so many days later; one that closed already is
// counted from today.
func later(f *huifang.Followup, days int, now time.Time) *huifang.Window {
	w := f.Window
	if f.OpensAt.After(now) {
		w.Opens.Date = w.Opens.Date.AddDays(days)
	}
	if late := now.Sub(f.ClosesAt); late >= 0 {
		w.Closes.Date = w.Closes.Date.AddDays(1 + int(late/(24*time.Hour)))
	}
	w.Closes.Date = w.Closes.Date.AddDays(days)
	return &w
}
