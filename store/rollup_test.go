package store_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// The rollup is what huifang.Count says of every follow-up, by its keys, after
// any history; read through Tallies it can be narrowed to months and units.
func TestTallies(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		rapid.Check(t, func(rt *rapid.T) {
			org, w := newOrg(t, s), newWorld()
			live := map[huifang.ID]*huifang.Followup{}
			var order []huifang.ID
			for i := range rapid.IntRange(1, 12).Draw(rt, "steps") {
				write(t, s, func(tx *store.Tx) error {
					for j := range rapid.IntRange(0, 3).Draw(rt, "new") {
						f := w.followup(rt, org, i*10+j)
						live[f.ID], order = f, append(order, f.ID)
						if err := tx.InsertFollowups(ctx, 2026, f); err != nil {
							return err
						}
					}
					for range rapid.IntRange(0, 3).Draw(rt, "changes") {
						if len(order) == 0 {
							continue
						}
						f := live[rapid.SampledFrom(order).Draw(rt, "which")]
						next := w.followup(rt, org, 0)
						next.ID, next.Enrollment, next.Step, next.Occurrence, next.Row = f.ID, f.Enrollment, f.Step, f.Occurrence, f.Row
						next.Program, next.Created, next.Number = f.Program, f.Created, f.Number
						if err := tx.UpdateFollowup(ctx, next); err != nil {
							return err
						}
						*f = *next
					}
					return nil
				})
			}
			from, to := huifang.Month(rapid.IntRange(202601, 202606).Draw(rt, "from")), huifang.Month(rapid.IntRange(202601, 202606).Draw(rt, "to"))
			var units []huifang.ID
			if rapid.Bool().Draw(rt, "by unit") {
				units = w.units[15:]
			}
			want := map[store.TallyRow]huifang.Tally{}
			for _, f := range live {
				if f.DueMonth < from || f.DueMonth > to || units != nil && !matches(f, store.FollowupFilter{Units: units}) {
					continue
				}
				k := store.TallyRow{Month: f.DueMonth, Unit: f.Unit, Program: f.Program, Lead: f.Lead}
				if n := want[k].Add(huifang.Count(f)); n != (huifang.Tally{}) {
					want[k] = n
				}
			}
			got := map[store.TallyRow]huifang.Tally{}
			for _, r := range must(s.View().Tallies(ctx, org, from, to, units))(t) {
				k := r
				k.Tally = huifang.Tally{}
				got[k] = r.Tally
			}
			same(t, got, want)
			checkOrg(t, s, org)
		})
	})
}

// A rollup that went wrong is seen and mended, while others keep writing.
func TestRebuildTallies(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		plan := func() *huifang.Followup {
			return &huifang.Followup{
				Org: org, ID: newID(), Enrollment: newID(), Program: "p", State: huifang.StatePlanned, OpensAt: noon, ClosesAt: noon, DueMonth: 202603,
			}
		}
		for range 20 {
			write(t, s, func(tx *store.Tx) error { return tx.InsertFollowups(ctx, 2026, plan()) })
		}
		for _, sql := range []string{
			"UPDATE rollup SET due = due + 5, open = 0",
			"DELETE FROM rollup",
			"UPDATE rollup SET program = 'other', done = 7",
		} {
			write(t, s, func(tx *store.Tx) error { return store.Exec(ctx, tx, sql) })
			if diffs := must(s.VerifyTallies(ctx, org))(t); len(diffs) == 0 {
				t.Fatalf("%s: nothing found", sql)
			}
			stop := make(chan struct{})
			var wg sync.WaitGroup
			wg.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
						if err := s.Write(ctx, func(tx *store.Tx) error { return tx.InsertFollowups(ctx, 2026, plan()) }); err != nil {
							t.Error(err)
							return
						}
					}
				}
			})
			time.Sleep(5 * time.Millisecond)
			if err := s.RebuildTallies(ctx, org); err != nil {
				t.Fatal(err)
			}
			close(stop)
			wg.Wait()
			checkOrg(t, s, org)
		}
		for _, r := range must(s.View().Tallies(ctx, org, 0, 999999, nil))(t) {
			if r.Program != "p" {
				t.Fatalf("a row nobody counts is still read: %+v", r)
			}
		}
	})
}
