package app

import (
	"context"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// loadOpen loads a follow-up in a transaction for a change by the actor: it
// must be theirs to change by can, still open, and as they saw it.
func loadOpen(ctx context.Context, tx *store.Tx, actor *huifang.Actor, id huifang.ID, row int64, can func(*huifang.Actor, *huifang.Followup) error) (*huifang.Followup, error) {
	f, err := tx.Followup(ctx, actor.Org, id)
	if err != nil {
		return nil, err
	}
	if err := can(actor, f); err != nil {
		return nil, err
	}
	if err := stillOpen(f); err != nil {
		return nil, err
	}
	return f, stale(row, f.Row)
}

// stillOpen says how a follow-up ended, nil while it has not.
func stillOpen(f *huifang.Followup) error {
	conflict := func(reason, zh, en string) error {
		return huifang.Fail(huifang.CodeConflict, reason, huifang.Text{ZH: "回访 " + f.Number + " " + zh, EN: "follow-up " + f.Number + " " + en})
	}
	switch f.State {
	case huifang.StateCompleted:
		return conflict("followup.already_completed", "已完成", "is completed already")
	case huifang.StateUnreachable:
		return conflict("followup.already_closed", "已按无法联系结束", "was closed as unreachable")
	case huifang.StateWaived:
		return conflict("followup.already_closed", "已免回访", "was waived")
	case huifang.StateCancelled:
		return conflict("followup.cancelled", "已取消", "is cancelled")
	case huifang.StatePlanned, huifang.StateOverdue:
	}
	return nil
}

// windowOpen refuses work before the window opens.
func (d *directory) windowOpen(f *huifang.Followup, now time.Time) error {
	if !f.OpensAt.After(now) {
		return nil
	}
	from := huifang.Moment{Date: huifang.DateOf(f.OpensAt, d.zoneOf(f.Unit)), Clock: f.Window.Opens.Clock}
	return huifang.Fail(huifang.CodeConflict, "followup.not_open", huifang.Textf(
		"回访 %s 自 %s 起方可进行；如需提前，请主管调整时限", "follow-up %s opens on %s; a supervisor can move its window to do it earlier", f.Number, from))
}

// alterOpen changes an open follow-up: change sets fields and says what the
// audit chain notes.
func (a *App) alterOpen(ctx context.Context, actor *huifang.Actor, id huifang.ID, row int64, action string,
	can func(*huifang.Actor, *huifang.Followup) error, change func(tx *store.Tx, f *huifang.Followup) (detail any, err error),
) (f *huifang.Followup, err error) {
	err = a.store.Write(ctx, func(tx *store.Tx) (err error) {
		if f, err = loadOpen(ctx, tx, actor, id, row, can); err != nil {
			return err
		}
		detail, err := change(tx, f)
		if err != nil {
			return err
		}
		if err := tx.UpdateFollowup(ctx, f); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, action, "followup", f.ID, detail)
	})
	if err != nil {
		return nil, err
	}
	return f, nil
}

// Take signs for a follow-up's form (签收): the actor has it from now until it
// comes back. Work permission on the follow-up.
func (a *App) Take(ctx context.Context, actor *huifang.Actor, id huifang.ID, row int64) (*huifang.Followup, error) {
	if _, err := a.self(ctx, actor); err != nil {
		return nil, err
	}
	return a.alterOpen(ctx, actor, id, row, "followup.taken", huifang.CanWorkFollowup, func(_ *store.Tx, f *huifang.Followup) (any, error) {
		if !f.TakenAt.IsZero() && f.ReturnedAt.IsZero() && f.TakenBy != actor.Staff {
			return nil, huifang.Fail(huifang.CodeConflict, "followup.taken", huifang.Textf(
				"回访 %s 的表单已由他人签收，尚未交回", "somebody else has signed for the form of follow-up %s and not returned it", f.Number))
		}
		f.TakenBy, f.TakenAt, f.ReturnedAt = actor.Staff, a.now(), time.Time{}
		return nil, nil
	})
}

// Return notes that a form that was signed for came back. Completing a
// follow-up returns its form by itself.
func (a *App) Return(ctx context.Context, actor *huifang.Actor, id huifang.ID, row int64) (*huifang.Followup, error) {
	return a.alterOpen(ctx, actor, id, row, "followup.returned", huifang.CanWorkFollowup, func(_ *store.Tx, f *huifang.Followup) (any, error) {
		if f.TakenAt.IsZero() || !f.ReturnedAt.IsZero() {
			return nil, huifang.Fail(huifang.CodeConflict, "followup.not_taken", huifang.Textf(
				"回访 %s 的表单没有被签收", "nobody has the form of follow-up %s", f.Number))
		}
		f.ReturnedAt = a.now()
		return nil, nil
	})
}
