package store

import (
	"context"

	"github.com/huifang/huifang"
)

const (
	recurrenceColumns = `org_id, id, rule, kind, subject_id, unit_id, matter, count, month, events, decision, decided, decided_by, opinion,
case_id, rev`

	sqlRecurrence     = "SELECT " + recurrenceColumns + " FROM recurrence WHERE org_id = $1 AND id = $2"
	sqlRecurrences    = "SELECT " + recurrenceColumns + " FROM recurrence WHERE org_id = ?"
	sqlRecurrenceFlag = "INSERT INTO recurrence (" + recurrenceColumns + `)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1)
ON CONFLICT (org_id, rule, kind, subject_id, matter, month) DO UPDATE SET count = excluded.count, events = excluded.events,
unit_id = excluded.unit_id, rev = recurrence.rev + 1
RETURNING ` + recurrenceColumns
	sqlRecurrenceUpdate = `UPDATE recurrence SET decision = $1, decided = $2, decided_by = $3, opinion = $4, case_id = $5,
rev = rev + 1 WHERE org_id = $6 AND id = $7 AND rev = $8`
)

// RecurrenceFilter selects recurrences; empty fields select all.
type RecurrenceFilter struct {
	Month   huifang.Month
	Units   []huifang.ID // nil: all; "" among them: those without a unit
	Subject huifang.ID
	Open    bool // not decided yet
}

func scanRecurrence(r *row) *huifang.Recurrence {
	v := &huifang.Recurrence{
		Org: r.id(), ID: r.id(), Rule: r.text(), Kind: r.text(), Subject: r.id(), Unit: r.id(), Matter: r.text(), Count: r.num(), Month: r.month(),
	}
	r.json(&v.Events)
	v.Decision, v.Decided, v.By, v.Opinion, v.Case, v.Version = r.text(), r.instant(), r.id(), r.text(), r.id(), r.int()
	return v
}

// Recurrence is the recurrence with the id.
func (q *Reads) Recurrence(ctx context.Context, org, id huifang.ID) (*huifang.Recurrence, error) {
	return first(ctx, q, "recurrence", scanRecurrence, sqlRecurrence, org, id)
}

// Recurrences lists by month and unit, the most frequent first.
func (q *Reads) Recurrences(ctx context.Context, org huifang.ID, f RecurrenceFilter) ([]*huifang.Recurrence, error) {
	t := newText(sqlRecurrences, org)
	if f.Month != 0 {
		t.add(" AND month = ?", f.Month)
	}
	t.inUnits("unit_id", f.Units)
	t.ifID("subject_id", f.Subject)
	if f.Open {
		t.add(" AND decision = ''")
	}
	t.add(" ORDER BY month, unit_id, count DESC, id")
	return rows(ctx, q, t, scanRecurrence)
}

// FlagRecurrence inserts, or brings Unit, Count and Events of the one kept for
// (Rule, Kind, Subject, Matter, Month) up to date. v becomes what is kept;
// fresh tells whether it was inserted.
func (tx *Tx) FlagRecurrence(ctx context.Context, v *huifang.Recurrence) (fresh bool, err error) {
	kept, err := first(ctx, &tx.Reads, "recurrence", scanRecurrence, sqlRecurrenceFlag,
		v.Org, v.ID, v.Rule, v.Kind, v.Subject, orZero(v.Unit), v.Matter, v.Count, v.Month, asJSON{v.Events}, v.Decision, v.Decided, v.By,
		v.Opinion, v.Case)
	if err != nil {
		return false, err
	}
	fresh = kept.ID == v.ID && kept.Version == 1
	set(tx, v, *kept)
	return fresh, nil
}

// UpdateRecurrence writes the head's decision, opinion and case (stale Version:
// conflict).
func (tx *Tx) UpdateRecurrence(ctx context.Context, v *huifang.Recurrence) error {
	return tx.save(ctx, &v.Version, "", sqlRecurrenceUpdate, v.Decision, v.Decided, v.By, v.Opinion, v.Case, v.Org, v.ID)
}
