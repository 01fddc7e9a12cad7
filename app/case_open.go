package app

import (
	"context"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// openCase keeps a new case and tells its owner.
func (a *App) openCase(ctx context.Context, tx *store.Tx, d *directory, c *huifang.Case) error {
	if err := tx.InsertCase(ctx, d.year(c.Opened), c); err != nil {
		return err
	}
	if c.Owner == "" {
		return nil
	}
	return tx.InsertAlerts(ctx, &huifang.Alert{
		Org: c.Org, ID: a.newID(), Staff: c.Owner, Kind: "case.opened", Followup: c.Followup, Case: c.ID, At: c.Opened,
		Text: huifang.Text{ZH: "有新的诉求需要您处理", EN: "a new case needs your attention"},
	})
}
