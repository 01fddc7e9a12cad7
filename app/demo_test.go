package app

import (
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// TestDemo: a year of the property sample is plausible, ends at now, and is the
// same for the same seed.
func TestDemo(t *testing.T) {
	t.Parallel()
	now := local("2026-03-10 10:00")
	play := func(seed uint64, code string, days int, s *store.Store) (*DemoResult, *App) {
		a := New(Config{Store: s, Now: func() time.Time { return now }, NewID: testIDs()})
		r, err := a.Demo(t.Context(), DemoOptions{Seed: seed, Code: code, Now: now, Days: days})
		if err != nil {
			t.Fatal(err)
		}
		return r, a
	}
	s := storetest.Open(t, store.Config{URL: storetest.SQLiteURL(t), Relaxed: true})
	start := time.Now()
	r, a := play(1, "demo", 120, s)
	t.Logf("%d events, %d follow-ups, %d completed, %d cases in %s", r.Events, r.Followups, r.Completed, r.Cases, time.Since(start))
	if len(r.Logins) < 8 || r.Events < 600 || r.Followups < r.Events || r.Completed < r.Events/2 || r.Cases < 10 {
		t.Errorf("%+v", r)
	}
	if _, err := a.Login(t.Context(), Credentials{Organization: "demo", Login: r.Logins[1].Login, Password: r.Logins[1].Password}); err != nil {
		t.Error(err)
	}
	states := map[huifang.State]int{}
	err := a.reads().EachFollowup(t.Context(), r.Organization.ID, store.FollowupFilter{}, func(f *huifang.Followup) error {
		states[f.StateAt(now)]++
		if f.Created.After(now) || f.DoneAt.After(now) {
			t.Errorf("%s is of the future: %+v", f.Number, f)
		}
		if !f.DoneAt.IsZero() && f.State == huifang.StateCompleted && f.DoneAt.Before(f.OpensAt) {
			t.Errorf("%s was done before it opened", f.Number)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []huifang.State{huifang.StateCompleted, huifang.StateUnreachable, huifang.StateWaived, huifang.StateOverdue, huifang.StatePlanned} {
		if states[want] == 0 {
			t.Errorf("no follow-up is %s: %v", want, states)
		}
	}
	frozen, err := a.FrozenMonths(t.Context(), system(r.Organization.ID))
	if err != nil || len(frozen) != 3 {
		t.Errorf("closed are %d months, want November to January: %v", len(frozen), err)
	}
	for _, f := range frozen {
		if f.Month.String() > "2026-01" || f.By == "" || huifang.DateOf(f.At, local("2026-01-01 00:00").Location()).Month() != f.Month.Next().Next() {
			t.Errorf("%s closed at %s by %q", f.Month, f.At, f.By)
		}
	}
	if wrong, err := a.store.VerifyTallies(t.Context(), r.Organization.ID); err != nil || len(wrong) != 0 {
		t.Errorf("rollup: %v %v", wrong, err)
	}
	if broken, err := a.store.VerifyAudit(t.Context(), r.Organization.ID); err != nil || broken != 0 {
		t.Errorf("audit chain: %d %v", broken, err)
	}
	again, _ := play(1, "demo", 30, storetest.Open(t, store.Config{URL: storetest.SQLiteURL(t), Relaxed: true}))
	twice, _ := play(1, "demo", 30, storetest.Open(t, store.Config{URL: storetest.SQLiteURL(t), Relaxed: true}))
	if again.Events != twice.Events || again.Completed != twice.Completed || again.Cases != twice.Cases || again.Organization.ID != twice.Organization.ID {
		t.Errorf("not the same: %+v %+v", again, twice)
	}
}
