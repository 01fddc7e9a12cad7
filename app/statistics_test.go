package app

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/report"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// tallyKey is what a number is about.
type statKey struct {
	month   huifang.Month
	unit    huifang.ID
	program string
	lead    huifang.ID
}

// recompute counts every figure anew from what was appended — records, reviews
// and the audit chain — and from windows, assignees and cancellations; never
// from the figures' own columns.
func (l *life) recompute() map[statKey]huifang.Tally {
	l.t.Helper()
	ctx := context.Background()
	out := map[statKey]huifang.Tally{}
	now := l.clock()
	for _, f := range l.followups() {
		if f.State == huifang.StateCancelled {
			continue
		}
		state, at := l.told(f.ID)
		t := huifang.Tally{Due: 1}
		closes := f.Window.ClosesAt(plan.DefaultZone())
		switch state {
		case huifang.StateCompleted:
			t.Done = 1
			if at.Before(closes) {
				t.OnTime = 1
			} else {
				t.Late = 1
			}
			switch l.verdictOf(ctx, f.ID) {
			case huifang.VerdictSatisfied:
				t.Satisfied = 1
			case huifang.VerdictDissatisfied:
				t.Dissatisfied = 1
			case huifang.VerdictUnqualified:
				t.Unqualified = 1
			case huifang.VerdictNone:
			}
		case huifang.StateUnreachable:
			t.Unreachable = 1
		case huifang.StateWaived:
			t.Waived = 1
		default:
			t.Open = 1
			if !closes.After(now) {
				t.OpenLate = 1
			}
		}
		var lead huifang.ID
		for _, a := range f.Assignees {
			if a.Staff != "" {
				lead = a.Staff
				break
			}
		}
		k := statKey{f.Window.Closes.Date.Month(), f.Unit, f.Program, lead}
		out[k] = out[k].Add(t)
	}
	return out
}

// told is how the audit chain says a follow-up stands, and since when.
func (l *life) told(id huifang.ID) (state huifang.State, at time.Time) {
	l.t.Helper()
	page, err := l.reads().AuditEntries(context.Background(), l.org.ID, AuditFilter{Record: id}, store.Page{Limit: 1000})
	if err != nil {
		l.t.Fatal(err)
	}
	for _, e := range page.Items { // oldest first
		switch e.Action {
		case "followup.completed":
			state, at = huifang.StateCompleted, e.At
		case "followup.unreachable":
			state = huifang.StateUnreachable
		case "followup.waived":
			state = huifang.StateWaived
		case "followup.reviewed":
			var d struct{ Decision string }
			if err := json.Unmarshal([]byte(e.Detail), &d); err != nil {
				l.t.Fatal(err)
			}
			if d.Decision == "redo" {
				state = huifang.StatePlanned
			}
		}
	}
	return state, at
}

// verdictOf is what the last record says, unless a reviewer found it unqualified.
func (l *life) verdictOf(ctx context.Context, id huifang.ID) huifang.Verdict {
	l.t.Helper()
	records, err := l.reads().Records(ctx, l.org.ID, id)
	if err != nil {
		l.t.Fatal(err)
	}
	last := records[len(records)-1]
	reviews, err := l.reads().Reviews(ctx, l.org.ID, id)
	if err != nil {
		l.t.Fatal(err)
	}
	for _, r := range reviews {
		if r.Record == last.ID && r.Decision == huifang.ReviewUnqualified {
			return huifang.VerdictUnqualified
		}
	}
	return plan.Judge(must[*FormDefinition](l.t)(l.App.formOf(ctx, must[*directory](l.t)(l.directory(ctx, l.org.ID)), last.Form, last.FormVer)), last.Answers).Verdict
}

// The month's statistics equal an independent recomputation from the raw
// records, and the rollup rebuilt equals the rollup kept, whatever happened.
func TestStatisticsEqualARecomputation(t *testing.T) {
	t.Parallel()
	seeds := []uint64{1, 2, 3, uint64(time.Now().UnixNano())}
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for i, seed := range seeds {
			if i > 0 {
				s = another(t)
			}
			t.Logf("seed %d", seed)
			l := newLife(t, s, seed)
			l.live(350)
			t.Log(l.done)
			for _, name := range []string{"event", "complete", "review", "reassign", "postpone"} {
				if l.done[name] == 0 {
					t.Errorf("nobody ever did: %s", name)
				}
			}
			l.checkStatistics()
		}
	})
}

// another is a fresh store of the kind the subtest is about.
func another(t *testing.T) *store.Store {
	t.Helper()
	if strings.HasSuffix(t.Name(), "/sqlite") {
		return storetest.SQLite(t)
	}
	return storetest.Postgres(t)
}

func (l *life) checkStatistics() {
	t, ctx := l.t, context.Background()
	t.Helper()
	want := l.recompute()
	got := map[statKey]huifang.Tally{}
	lines := must[[]TallyLine](t)(l.Tallies(ctx, l.sys, TallyQuery{From: 202601, To: 202612, By: []string{"month", "unit", "program", "lead"}}))
	for _, line := range lines {
		got[statKey{line.Month, line.Unit, line.Program, line.Lead}] = line.Tally
	}
	for k, v := range want {
		if got[k] != v {
			t.Errorf("%v: the statistics say %+v, the records %+v", k, got[k], v)
		}
	}
	for k, v := range got {
		if _, has := want[k]; !has && v != (huifang.Tally{}) {
			t.Errorf("%v: the statistics say %+v, the records nothing", k, v)
		}
	}
	if diffs := must[[]store.TallyDiff](t)(l.store.VerifyTallies(ctx, l.org.ID)); len(diffs) != 0 {
		t.Errorf("kept and counted differ: %+v", diffs)
	}
	kept := must[[]store.TallyRow](t)(l.reads().Tallies(ctx, l.org.ID, 202601, 202612, nil))
	if err := l.store.RebuildTallies(ctx, l.org.ID); err != nil {
		t.Fatal(err)
	}
	if rebuilt := must[[]store.TallyRow](t)(l.reads().Tallies(ctx, l.org.ID, 202601, 202612, nil)); !slices.Equal(kept, rebuilt) {
		t.Errorf("rebuilt %+v, kept %+v", rebuilt, kept)
	}
	l.checkSheets(want)
	l.checkDrillDown(want)
	if broken := must[int64](t)(l.VerifyAudit(ctx, l.sys)); broken != 0 {
		t.Errorf("the audit chain breaks at %d", broken)
	}
}

// checkSheets compares every month's sheet, of the whole and of each unit.
func (l *life) checkSheets(want map[statKey]huifang.Tally) {
	t, ctx := l.t, context.Background()
	t.Helper()
	for month := huifang.Month(202601); month <= 202606; month = month.Next() {
		for unit, reach := range map[huifang.ID][]huifang.ID{"": nil, l.units["company"].ID: {l.units["company"].ID, l.units["east"].ID, l.units["west"].ID}, l.units["east"].ID: {l.units["east"].ID}} {
			sheet := must[*report.MonthSheet](t)(l.MonthSheet(ctx, l.sys, MonthQuery{Month: month, Unit: unit}))
			var total huifang.Tally
			staff := map[huifang.ID]huifang.Tally{}
			for k, v := range want {
				if k.month == month && (reach == nil || slices.Contains(reach, k.unit)) {
					total = total.Add(v)
					staff[k.lead] = staff[k.lead].Add(v)
				}
			}
			if sheet.Total() != total {
				t.Errorf("%s of %q: %+v, want %+v", month, unit, sheet.Total(), total)
			}
			for _, row := range sheet.Staff {
				if staff[row.ID] != row.Tally {
					t.Errorf("%s of %q: %s has %+v, want %+v", month, unit, row.Name, row.Tally, staff[row.ID])
				}
				delete(staff, row.ID)
			}
			for lead, v := range staff {
				if v != (huifang.Tally{}) {
					t.Errorf("%s of %q: %s is missing with %+v", month, unit, lead, v)
				}
			}
			if n := int64(len(sheet.Unqualified)); n != total.Dissatisfied+total.Unqualified {
				t.Errorf("%s of %q: %d unqualified are listed of %d", month, unit, n, total.Dissatisfied+total.Unqualified)
			}
		}
	}
}

// checkDrillDown opens every number of the statistics.
func (l *life) checkDrillDown(want map[statKey]huifang.Tally) {
	t, ctx := l.t, context.Background()
	t.Helper()
	cells := map[Cell]huifang.Tally{}
	add := func(c Cell, v huifang.Tally) { cells[c] = cells[c].Add(v) }
	for k, v := range want {
		add(Cell{Month: k.month}, v)
		add(Cell{Month: k.month, Program: k.program}, v)
		add(Cell{Month: k.month, Unit: k.unit, NoUnit: k.unit == "", Program: k.program}, v)
		add(Cell{Month: k.month, Lead: k.lead, Nobody: k.lead == ""}, v)
		if k.unit != l.units["company"].ID {
			add(Cell{Month: k.month, Unit: l.units["company"].ID, Below: true}, v)
		} else {
			add(Cell{Month: k.month, Unit: k.unit, Below: true}, v)
		}
	}
	for c, v := range cells {
		for _, figure := range Figures() {
			c.Figure = figure
			filter := must[FollowupFilter](t)(l.DrillDown(ctx, l.sys, c))
			n := must[int](t)(l.CountFollowups(ctx, l.sys, filter, 100000))
			if int64(n) != figure.Of(v) {
				t.Errorf("%+v: %d follow-ups behind the number %d", c, n, figure.Of(v))
			}
			page := must[Paged[FollowupLine]](t)(l.Followups(ctx, l.sys, FollowupQuery{Filter: filter, Page: Page{Limit: 1000}}))
			if len(page.Items) != n {
				t.Errorf("%+v: %d are listed of %d", c, len(page.Items), n)
			}
		}
	}
}

func TestDrillDownIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.SQLite(t), "property")
	ctx := t.Context()
	for reason, c := range map[string]Cell{
		"figure.unknown": {Month: 202603, Figure: "rate"}, "month.invalid": {Month: 202613, Figure: FigureDue},
	} {
		_, err := w.DrillDown(ctx, w.sys, c)
		wants(t, err, huifang.CodeInvalid, reason)
	}
	_, err := w.DrillDown(ctx, w.sys, Cell{Month: 202603, Unit: w.newID(), Figure: FigureDue})
	wants(t, err, huifang.CodeNotFound, "unit.not_found")
	_, err = w.DrillDown(ctx, w.as("east_head"), Cell{Month: 202603, Unit: w.units["west"].ID, Figure: FigureDue})
	wants(t, err, huifang.CodeForbidden, "forbidden")
	_, err = w.DrillDown(ctx, w.as("east_steward"), Cell{Month: 202603, Figure: FigureDue})
	wants(t, err, huifang.CodeForbidden, "forbidden")
	f := must[FollowupFilter](t)(w.DrillDown(ctx, w.as("east_head"), Cell{Month: 202603, Figure: FigureDue}))
	if !slices.Equal(f.Units, []huifang.ID{w.units["east"].ID}) {
		t.Errorf("a head drills into %v", f.Units)
	}
}

func TestClosedMonthIsRestated(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		a, b := w.plan(complaint("1", "噪音")), w.plan(complaint("2", "噪音"))
		west := complaint("3", "噪音")
		west.Unit, west.Contact.Steward = "west", "west_steward"
		c := w.plan(west)
		w.complete(a.ID, "east_steward", huifang.VerdictSatisfied)
		w.complete(b.ID, "east_steward", huifang.VerdictDissatisfied)
		march := huifang.MakeMonth(2026, 3)
		_, err := w.FreezeMonth(ctx, w.sys, march)
		wants(t, err, huifang.CodeConflict, "month.not_over")
		w.setClock(local("2026-04-02 09:00"))
		_, err = w.FreezeMonth(ctx, w.as("east_head"), march)
		wants(t, err, huifang.CodeForbidden, "forbidden")
		if _, err := w.Tick(ctx, w.clock(), 1000); err != nil {
			t.Fatal(err)
		}
		must[*huifang.Frozen](t)(w.FreezeMonth(ctx, w.sys, march))
		_, err = w.FreezeMonth(ctx, w.sys, march)
		wants(t, err, huifang.CodeConflict, "month.frozen")
		if list := must[[]*huifang.Frozen](t)(w.FrozenMonths(ctx, w.as("east_head"))); len(list) != 1 || list[0].Month != march {
			t.Errorf("%+v", list)
		}

		before := must[*report.MonthSheet](t)(w.MonthSheet(ctx, w.sys, MonthQuery{Month: march}))
		if !before.Frozen || before.ClosedOn != day("2026-04-02") || len(before.Restated) != 0 || before.Total().Due != 3 || before.Total().OpenLate != 1 || len(before.Unqualified) != 1 || before.Unqualified[0].Said != "请尽快处理" {
			t.Errorf("%+v", before)
		}
		w.complete(c.ID, "west_steward", huifang.VerdictSatisfied)
		must[*Completed](t)(w.CorrectRecord(ctx, w.as("east_steward"), b.ID, CorrectInput{Answers: answered(huifang.VerdictSatisfied), Reason: "听错"}))

		after := must[*report.MonthSheet](t)(w.MonthSheet(ctx, w.sys, MonthQuery{Month: march}))
		if after.Total() != before.Total() || len(after.Unqualified) != 1 {
			t.Errorf("a closed month changed: %+v", after.Total())
		}
		if len(after.Restated) != 2 || after.Restated[0].Unit != "east" || after.Restated[0].Before.Dissatisfied != 1 || after.Restated[0].After.Satisfied != 2 || after.Restated[1].Unit != "west" || after.Restated[1].After.Late != 1 {
			t.Errorf("%+v", after.Restated)
		}
		live := must[*report.MonthSheet](t)(w.LiveSheet(ctx, w.sys, MonthQuery{Month: march}))
		if live.Frozen || live.Total().Satisfied != 3 || live.Total().Late != 1 || len(live.Unqualified) != 0 {
			t.Errorf("%+v", live.Total())
		}
		own := must[*report.MonthSheet](t)(w.MonthSheet(ctx, w.as("west_head"), MonthQuery{Month: march}))
		if own.Total().Due != 1 || len(own.Units) != 1 || len(own.Restated) != 1 || len(own.Unqualified) != 0 || len(own.Staff) != 1 {
			t.Errorf("%+v", own)
		}
		_, err = w.MonthSheet(ctx, w.as("west_head"), MonthQuery{Month: march, Unit: w.units["east"].ID})
		wants(t, err, huifang.CodeForbidden, "forbidden")
	})
}
