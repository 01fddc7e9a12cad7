package store

import (
	"context"

	"github.com/huifang/huifang"
)

const (
	sqlFrozen       = "SELECT org_id, month, at, frozen_by, body FROM frozen_month WHERE org_id = $1 AND month = $2"
	sqlFrozenList   = "SELECT org_id, month, at, frozen_by, '' FROM frozen_month WHERE org_id = $1 ORDER BY month DESC"
	sqlFrozenInsert = "INSERT INTO frozen_month (org_id, month, at, frozen_by, body) VALUES ($1, $2, $3, $4, $5)"
)

func scanFrozen(r *row) *huifang.Frozen {
	return &huifang.Frozen{Org: r.id(), Month: r.month(), At: r.instant(), By: r.id(), Body: r.text()}
}

// FrozenMonth is a closed month with its sheet; not found while it is open.
func (q *Reads) FrozenMonth(ctx context.Context, org huifang.ID, m huifang.Month) (*huifang.Frozen, error) {
	return first(ctx, q, "frozen", scanFrozen, sqlFrozen, org, m)
}

// FrozenMonths lists the closed months without their sheets, newest first.
func (q *Reads) FrozenMonths(ctx context.Context, org huifang.ID) ([]*huifang.Frozen, error) {
	return list(ctx, q, scanFrozen, sqlFrozenList, org)
}

// FreezeMonth closes a month; one that is closed is a conflict.
func (tx *Tx) FreezeMonth(ctx context.Context, f *huifang.Frozen) error {
	return tx.put(ctx, sqlFrozenInsert, f.Org, f.Month, f.At, f.By, f.Body)
}
