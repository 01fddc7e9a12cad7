package app

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// TestDemoOfEveryTrade plays a year of every pack's sample in small, on both
// databases: whatever the trade plans is planned and worked.
func TestDemoOfEveryTrade(t *testing.T) {
	t.Parallel()
	now := local("2026-11-23 10:20")
	for _, name := range pack.List() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, s *store.Store) { playTrade(t, s, name, now) })
		})
	}
}

func playTrade(t *testing.T, s *store.Store, name string, now time.Time) {
	t.Helper()
	trade, err := pack.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	a := New(Config{Store: s, Now: func() time.Time { return now }, NewID: testIDs()})
	began := time.Now()
	size := 14
	if slices.Contains([]string{"tutoring", "equipment", "employee", "b2b"}, name) { // not much happens in a week
		size = 40
	}
	r, err := a.Demo(t.Context(), DemoOptions{Seed: 11, Code: "trade", Pack: name, Now: now, Size: size})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d events, %d follow-ups, %d completed, %d cases in %s", r.Events, r.Followups, r.Completed, r.Cases, time.Since(began))
	var nobody []huifang.ID
	seen, answered, states := map[string]int{}, map[string]int{}, map[huifang.State]int{}
	err = a.reads().EachFollowup(t.Context(), r.Organization.ID, store.FollowupFilter{}, func(f *huifang.Followup) error {
		seen[f.Program]++
		states[f.StateAt(now)]++
		if f.Lead == "" {
			nobody = append(nobody, f.ID)
		}
		if f.State == huifang.StateCompleted {
			answered[f.Form]++
		}
		if f.Created.After(now) || f.DoneAt.After(now) {
			t.Errorf("%s is of the future", f.Number)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(seen, states)
	for _, id := range nobody {
		f, err := a.reads().Followup(t.Context(), r.Organization.ID, id)
		t.Errorf("nobody leads %s/%s: %s %v", f.Program, f.Step, f.Why, err)
	}
	checkTrade(t, trade, seen, answered)
	if states[huifang.StateCompleted] == 0 || states[huifang.StatePlanned]+states[huifang.StateOverdue] == 0 {
		t.Errorf("nothing is done, or nothing left to do: %v", states)
	}
	checkSheet(t, a, trade, r.Organization, now)
	checkRegister(t, a, r)
	checkLedgers(t, a, trade, r.Organization, now)
}

// checkRegister reads in the sheet of the last day: of its rows one is of a job
// that is not finished, where the trade writes such a thing down, and one has a
// date there is none of.
func checkRegister(t *testing.T, a *App, r *DemoResult) {
	t.Helper()
	var file bytes.Buffer
	if err := csv.NewWriter(&file).WriteAll(append([][]string{r.Register.Header}, r.Register.Rows...)); err != nil {
		t.Fatal(err)
	}
	done, err := a.Import(t.Context(), system(r.Organization.ID), ImportFile{
		Name: r.Register.Name + ".csv", Reader: bytes.NewReader(file.Bytes()), Size: int64(file.Len()),
	}, ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	unfinished := 0
	if slices.Contains(r.Register.Header, "状态") || slices.ContainsFunc(r.Register.Header, func(h string) bool { return strings.Contains(h, "情况") || strings.Contains(h, "状态") }) {
		unfinished = 1
	}
	if done.Rows < 8 || done.Rejected != 1 || done.Skipped > unfinished || done.Accepted != done.Rows-1-done.Skipped {
		t.Errorf("%s: %+v\n%s", r.Register.Name, done, file.String())
		rejects, err := a.ImportRejects(t.Context(), system(r.Organization.ID), done.ID, Page{Limit: 20})
		for _, x := range rejects.Items {
			t.Log(x.Row, x.Text.ZH, x.Cells, err)
		}
	}
}

// checkSheet sees that last month's sheet has figures, under the trade's own
// programs.
func checkSheet(t *testing.T, a *App, trade *pack.Pack, org *huifang.Organization, now time.Time) {
	t.Helper()
	month := huifang.DateOf(now, plan.DefaultZone()).Month().First().AddDays(-1).Month()
	sheet, err := a.MonthSheet(t.Context(), system(org.ID), MonthQuery{Month: month})
	if err != nil {
		t.Fatal(err)
	}
	var due, done int64
	for _, u := range sheet.Units {
		for _, x := range u.Cells {
			due += x.Due
			done += x.Done
		}
	}
	if due == 0 || done == 0 || sheet.Organization != trade.Sample.Organization {
		t.Errorf("due %d, done %d of %v in %s", due, done, sheet.Organization, month)
	}
}

// checkTrade sees that every program planned something and every form that is
// planned was answered.
func checkTrade(t *testing.T, trade *pack.Pack, seen, answered map[string]int) {
	t.Helper()
	for i := range trade.Programs {
		if code := trade.Programs[i].Code; seen[code] == 0 {
			t.Errorf("nothing of program %s was planned", code)
		}
		forms := []string{trade.Programs[i].Form}
		for j := range trade.Programs[i].Steps {
			if f := trade.Programs[i].Steps[j].Form; f != "" {
				forms = append(forms, f)
			}
		}
		slices.Sort(forms)
		for _, f := range slices.Compact(forms) {
			if f != "" && answered[f] == 0 {
				t.Errorf("form %s of program %s was never answered", f, trade.Programs[i].Code)
			}
		}
	}
}
