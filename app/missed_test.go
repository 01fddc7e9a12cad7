package app

import (
	"context"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// TestMissedStaysInTheFigures: a re-admission takes every call off the lists;
// the one that had been forgotten before stays due and overdue in its month,
// and every figure still opens as many follow-ups as it says.
func TestMissedStaysInTheFigures(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		ctx := context.Background()
		w := newWorld(t, s, "hospital")
		discharge := func(key, at, category string) {
			w.must(EventInput{
				Key: key, Type: "patient.discharged", At: local(at), Unit: "east", Staff: "east_steward", Contact: ContactInput{Code: "P" + key, Name: "病人" + key},
				Attributes: huifang.Attributes{"category": category, "attending_doctor": "east_steward"},
			})
		}
		w.setClock(local("2026-03-02 09:00"))
		discharge("1", "2026-03-02 08:00", "surgical")
		discharge("2", "2026-03-02 08:00", "surgical")
		w.setClock(local("2026-03-10 09:00"))
		if _, err := w.Tick(ctx, w.at, 100); err != nil {
			t.Fatal(err)
		}
		w.must(EventInput{Key: "back", Type: "patient.admitted", At: local("2026-03-10 08:00"), Unit: "east", Contact: ContactInput{Code: "P1"}})
		states := map[huifang.State]int{}
		missed := 0
		for _, f := range w.followups() {
			states[f.StateAt(w.at)]++
			if f.State == huifang.StateCancelled && f.Late {
				missed++
			}
		}
		if states[huifang.StateCancelled] != 2 || missed != 1 || states[huifang.StateOverdue] != 1 || states[huifang.StatePlanned] != 1 {
			t.Fatalf("%v, missed %d", states, missed)
		}
		rows, err := w.reads().Tallies(ctx, w.org.ID, 202603, 202603, nil)
		if err != nil {
			t.Fatal(err)
		}
		var sum huifang.Tally
		for _, r := range rows {
			sum = sum.Add(r.Tally)
		}
		if want := (huifang.Tally{Due: 3, Open: 3, OpenLate: 2}); sum != want {
			t.Fatalf("%+v, want %+v", sum, want)
		}
		for _, figure := range Figures() {
			q, err := w.DrillDown(ctx, w.sys, Cell{Month: 202603, Figure: figure})
			if err != nil {
				t.Fatal(err)
			}
			if n, err := w.reads().CountFollowups(ctx, w.org.ID, q, 100); err != nil || int64(n) != figure.Of(sum) {
				t.Errorf("%s says %d and opens %d (%v)", figure, figure.Of(sum), n, err)
			}
		}
		if diffs, err := s.VerifyTallies(ctx, w.org.ID); err != nil || len(diffs) > 0 {
			t.Errorf("%v %v", diffs, err)
		}
	})
}
