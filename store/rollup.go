package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/huifang/huifang"
)

const (
	rollupColumns = `org_id, due_month, unit_id, program, lead_id, due, done, on_time, late, open, open_late, unreachable, waived,
satisfied, dissatisfied, unqualified`

	sqlRollupAdd = "INSERT INTO rollup (" + rollupColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
ON CONFLICT (org_id, due_month, unit_id, program, lead_id) DO UPDATE SET due = rollup.due + excluded.due,
done = rollup.done + excluded.done, on_time = rollup.on_time + excluded.on_time, late = rollup.late + excluded.late,
open = rollup.open + excluded.open, open_late = rollup.open_late + excluded.open_late,
unreachable = rollup.unreachable + excluded.unreachable, waived = rollup.waived + excluded.waived,
satisfied = rollup.satisfied + excluded.satisfied, dissatisfied = rollup.dissatisfied + excluded.dissatisfied,
unqualified = rollup.unqualified + excluded.unqualified`

	sqlRollup      = "SELECT " + rollupColumns + " FROM rollup WHERE org_id = ? AND due_month >= ? AND due_month <= ?"
	sqlRollupAll   = "SELECT " + rollupColumns + " FROM rollup WHERE org_id = $1"
	sqlRollupPrune = `DELETE FROM rollup WHERE org_id = $1 AND due = 0 AND done = 0 AND on_time = 0 AND late = 0 AND open = 0
AND open_late = 0 AND unreachable = 0 AND waived = 0 AND satisfied = 0 AND dissatisfied = 0 AND unqualified = 0`

	// Grouped by all that huifang.Count looks at, so that it stays the one
	// definition of the figures.
	sqlRecount = `SELECT due_month, unit_id, program, lead_id, state, late, satisfied,
CASE WHEN done_at < closes_at THEN 1 ELSE 0 END, COUNT(*) FROM followup WHERE org_id = $1 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`
)

// TallyRow is one row of the rollup: the figures of a month, unit, program and
// person who answers for it.
type TallyRow struct {
	Month   huifang.Month
	Unit    huifang.ID
	Program string
	Lead    huifang.ID
	huifang.Tally
}

// TallyDiff is a row whose kept figures differ from a recount.
type TallyDiff struct {
	Kept    TallyRow
	Counted TallyRow
}

// tallyKey names a row of the rollup.
type tallyKey struct {
	org     huifang.ID
	month   huifang.Month
	unit    huifang.ID
	program string
	lead    huifang.ID
}

func (k tallyKey) compare(o tallyKey) int {
	return cmp.Or(strings.Compare(string(k.org), string(o.org)), cmp.Compare(k.month, o.month), strings.Compare(string(k.unit), string(o.unit)),
		strings.Compare(k.program, o.program), strings.Compare(string(k.lead), string(o.lead)))
}

// tallied is a change of a row.
type tallied struct {
	tallyKey
	huifang.Tally
}

// tally adds (sign 1) or takes away (sign -1) a follow-up from the rollup.
func (tx *Tx) tally(s standing, sign int) {
	if tx.shared.unrolled {
		return
	}
	t := huifang.Count(&s.Followup)
	if sign < 0 {
		t = t.Neg()
	}
	if t != (huifang.Tally{}) {
		tx.tallies = append(tx.tallies, tallied{tallyKey{s.Org, s.DueMonth, s.Unit, s.Program, s.Lead}, t})
	}
}

// rollup makes the calls that bring the rollup up to date, one a row.
func rollup(changes []tallied) []call {
	if len(changes) == 0 {
		return nil
	}
	sums := make(map[tallyKey]huifang.Tally, len(changes))
	for i := range changes {
		sums[changes[i].tallyKey] = sums[changes[i].tallyKey].Add(changes[i].Tally)
	}
	keys := make([]tallyKey, 0, len(sums))
	for k, t := range sums {
		if t != (huifang.Tally{}) {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, tallyKey.compare)
	calls := make([]call, len(keys))
	for i, k := range keys {
		t := sums[k]
		calls[i] = call{sql: sqlRollupAdd, args: []any{
			k.org, k.month, orZero(k.unit), k.program, orZero(k.lead), t.Due, t.Done, t.OnTime, t.Late, t.Open, t.OpenLate, t.Unreachable, t.Waived,
			t.Satisfied, t.Dissatisfied, t.Unqualified,
		}}
	}
	return calls
}

func scanTally(r *row) TallyRow {
	_ = r.id() // organization
	return TallyRow{
		Month: r.month(), Unit: r.id(), Program: r.text(), Lead: r.id(),
		Tally: huifang.Tally{
			Due: r.int(), Done: r.int(), OnTime: r.int(), Late: r.int(), Open: r.int(), OpenLate: r.int(), Unreachable: r.int(), Waived: r.int(),
			Satisfied: r.int(), Dissatisfied: r.int(), Unqualified: r.int(),
		},
	}
}

// Tallies reads the rollup of the months from…to, both included; units nil: of
// all units, "" among them: what belongs to none. Rows without any count are
// left out.
func (q *Reads) Tallies(ctx context.Context, org huifang.ID, from, to huifang.Month, units []huifang.ID) ([]TallyRow, error) {
	t := newText(sqlRollup, org, from, to)
	t.inUnits("unit_id", units)
	t.add(" ORDER BY due_month, unit_id, program, lead_id")
	found, err := rows(ctx, q, t, scanTally)
	return slices.DeleteFunc(found, func(r TallyRow) bool { return r.Tally == huifang.Tally{} }), err
}

// VerifyTallies recounts every follow-up of the organization and lists where
// the rollup differs, by month. It reads one consistent state while others
// write.
func (s *Store) VerifyTallies(ctx context.Context, org huifang.ID) (diffs []TallyDiff, err error) {
	err = s.Snapshot(ctx, func(v *View) error {
		kept, err := list(ctx, &v.Reads, scanTally, sqlRollupAll, org)
		if err != nil {
			return err
		}
		counted, err := v.recount(ctx, org)
		if err != nil {
			return err
		}
		diffs = compareTallies(org, kept, counted)
		return nil
	})
	return diffs, err
}

func (q *Reads) recount(ctx context.Context, org huifang.ID) (map[tallyKey]huifang.Tally, error) {
	counted := map[tallyKey]huifang.Tally{}
	err := q.run.query(ctx, sqlRecount, []any{org}, func(r *row) error {
		k := tallyKey{org: org, month: r.month(), unit: r.id(), program: r.text(), lead: r.id()}
		f := huifang.Followup{State: huifang.State(r.text()), Late: r.bool(), Satisfied: huifang.Verdict(r.text())}
		f.ClosesAt = f.ClosesAt.Add(1)
		if !r.bool() { // not done before the window closed
			f.DoneAt = f.ClosesAt
		}
		counted[k] = counted[k].Add(times(huifang.Count(&f), r.int()))
		return nil
	})
	return counted, err
}

func times(t huifang.Tally, n int64) huifang.Tally {
	return huifang.Tally{
		Due: t.Due * n, Done: t.Done * n, OnTime: t.OnTime * n, Late: t.Late * n, Open: t.Open * n, OpenLate: t.OpenLate * n,
		Unreachable: t.Unreachable * n, Waived: t.Waived * n,
		Satisfied: t.Satisfied * n, Dissatisfied: t.Dissatisfied * n, Unqualified: t.Unqualified * n,
	}
}

func compareTallies(org huifang.ID, kept []TallyRow, counted map[tallyKey]huifang.Tally) []TallyDiff {
	var diffs []TallyDiff
	for _, row := range kept {
		k := tallyKey{org, row.Month, row.Unit, row.Program, row.Lead}
		want := row
		want.Tally = counted[k]
		delete(counted, k)
		if want.Tally != row.Tally {
			diffs = append(diffs, TallyDiff{Kept: row, Counted: want})
		}
	}
	for k, t := range counted {
		if t != (huifang.Tally{}) {
			row := TallyRow{Month: k.month, Unit: k.unit, Program: k.program, Lead: k.lead}
			diffs = append(diffs, TallyDiff{Kept: row, Counted: TallyRow{row.Month, row.Unit, row.Program, row.Lead, t}})
		}
	}
	key := func(d TallyDiff) tallyKey {
		return tallyKey{org, d.Kept.Month, d.Kept.Unit, d.Kept.Program, d.Kept.Lead}
	}
	slices.SortFunc(diffs, func(a, b TallyDiff) int { return key(a).compare(key(b)) })
	return diffs
}

// RebuildTallies mends the rollup by what VerifyTallies finds: differences are
// added, so that what others write meanwhile is kept.
func (s *Store) RebuildTallies(ctx context.Context, org huifang.ID) error {
	s.recounting.Lock()
	defer s.recounting.Unlock()
	diffs, err := s.VerifyTallies(ctx, org)
	if err != nil {
		return err
	}
	return s.Write(ctx, func(tx *Tx) error {
		for _, d := range diffs {
			k := d.Kept
			tx.tallies = append(tx.tallies, tallied{tallyKey{org, k.Month, k.Unit, k.Program, k.Lead}, d.Counted.Add(k.Neg())})
		}
		return tx.put(ctx, sqlRollupPrune, org)
	})
}
