package store

import (
	"context"
	"time"

	"github.com/huifang/huifang"
)

const (
	alertColumns = "org_id, staff_id, id, kind, followup_id, case_id, text_zh, text_en, at, read_at"

	sqlAlerts      = "SELECT " + alertColumns + " FROM alert WHERE org_id = ? AND staff_id = ?"
	sqlAlertsNew   = "SELECT COUNT(*) FROM alert WHERE org_id = $1 AND staff_id = $2 AND read_at IS NULL"
	sqlAlertInsert = "INSERT INTO alert (" + alertColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (org_id, staff_id, id) DO UPDATE SET at = excluded.at`
	sqlAlertRead  = "UPDATE alert SET read_at = $1 WHERE org_id = $2 AND staff_id = $3 AND id = $4 AND read_at IS NULL"
	sqlAlertsRead = "UPDATE alert SET read_at = $1 WHERE org_id = $2 AND staff_id = $3 AND read_at IS NULL"
)

func scanAlert(r *row) *huifang.Alert {
	return &huifang.Alert{
		Org: r.id(), Staff: r.id(), ID: r.id(), Kind: r.text(), Followup: r.id(), Case: r.id(), Text: huifang.Text{ZH: r.text(), EN: r.text()},
		At: r.instant(), Read: r.instant(),
	}
}

// Alerts lists a person's in the order they came; Desc: newest first.
func (q *Reads) Alerts(ctx context.Context, org, staff huifang.ID, unread bool, p Page) (Paged[*huifang.Alert], error) {
	t := newText(sqlAlerts, org, staff)
	if unread {
		t.add(" AND read_at IS NULL")
	}
	return pageByID(ctx, q, t, p, scanAlert, func(a *huifang.Alert) huifang.ID { return a.ID })
}

// UnreadAlerts counts a person's unread alerts.
func (q *Reads) UnreadAlerts(ctx context.Context, org, staff huifang.ID) (int, error) {
	n, err := number(ctx, q, sqlAlertsNew, org, staff)
	return int(n), err
}

// InsertAlerts appends; the same ID again is the same alert.
func (tx *Tx) InsertAlerts(ctx context.Context, alerts ...*huifang.Alert) error {
	for _, a := range alerts {
		if err := tx.put(ctx, sqlAlertInsert, a.Org, a.Staff, a.ID, a.Kind, a.Followup, a.Case, a.Text.ZH, a.Text.EN, a.At, a.Read); err != nil {
			return err
		}
	}
	return nil
}

// ReadAlerts marks a person's alerts read; without ids, all of them.
func (tx *Tx) ReadAlerts(ctx context.Context, org, staff huifang.ID, at time.Time, ids ...huifang.ID) error {
	if len(ids) == 0 {
		return tx.put(ctx, sqlAlertsRead, at, org, staff)
	}
	for _, id := range ids {
		if err := tx.put(ctx, sqlAlertRead, at, org, staff, id); err != nil {
			return err
		}
	}
	return nil
}
