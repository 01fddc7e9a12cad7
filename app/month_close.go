package app

import (
	"context"
	"encoding/json"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// closedMonth is a closed month as it stood.
type closedMonth struct {
	Facts monthFacts
	at    time.Time
}

// readClosed reads a closed month; nil while it is open.
func readClosed(ctx context.Context, q *store.Reads, org huifang.ID, m huifang.Month) (*closedMonth, error) {
	kept, err := q.FrozenMonth(ctx, org, m)
	if huifang.CodeOf(err) == huifang.CodeNotFound {
		return nil, nil //nolint:nilnil // open
	}
	if err != nil {
		return nil, err
	}
	out := &closedMonth{at: kept.At}
	if err := json.Unmarshal([]byte(kept.Body), &out.Facts); err != nil {
		return nil, huifang.Wrap(err)
	}
	return out, nil
}

// FreezeMonth closes a month that is over (month.not_over) and not closed yet
// (month.frozen): its sheet is kept as it stands, and a later change shows as a
// restatement. organization.manage.
func (a *App) FreezeMonth(ctx context.Context, actor *huifang.Actor, m huifang.Month) (*huifang.Frozen, error) {
	if err := organizationWide(actor, huifang.PermOrganization); err != nil {
		return nil, err
	}
	if err := checkMonth(m); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	now := a.now()
	if now.Before(m.Next().First().At(0, d.zone)) {
		return nil, huifang.Fail(huifang.CodeConflict, "month.not_over", huifang.Textf("%s 尚未结束，不能结账", "%s is not over; it cannot be closed yet", m))
	}
	f := &huifang.Frozen{Org: actor.Org, Month: m, At: now, By: actor.Staff}
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		facts, err := a.gather(ctx, &tx.Reads, d, m, nil, true)
		if err != nil {
			return err
		}
		body, err := json.Marshal(facts)
		if err != nil {
			return huifang.Wrap(err)
		}
		f.Body = string(body)
		if err := tx.FreezeMonth(ctx, f); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, "month.frozen", "month", "", map[string]any{"month": m})
	})
	if err != nil {
		return nil, taken(err, "month.frozen", m.String()+" 已结账", m.String()+" is closed already")
	}
	return f, nil
}

// FrozenMonths lists the closed months without their sheets, newest first.
// stats.read.
func (a *App) FrozenMonths(ctx context.Context, actor *huifang.Actor) ([]*huifang.Frozen, error) {
	if err := actor.Require(huifang.PermStatsRead); err != nil {
		return nil, err
	}
	return a.reads().FrozenMonths(ctx, actor.Org)
}
