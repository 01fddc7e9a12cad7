package store_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// fullFollowup has a value in every field.
func fullFollowup(t testing.TB, org huifang.ID) *huifang.Followup {
	t.Helper()
	f := filled[huifang.Followup](t)
	f.Org, f.Row, f.Number, f.State, f.Channels = org, 0, "", huifang.StatePlanned, []huifang.Channel{huifang.ChannelVisit, huifang.ChannelPhone}
	f.Window.Opens.Clock = huifang.NoClock
	f.Assignees = []huifang.Assignee{{Staff: newID()}, {Role: "steward"}, {Staff: newID()}}
	f.Lead = f.Assignees[0].Staff
	return f
}

func TestFollowupFields(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		f := fullFollowup(t, org)
		bare := &huifang.Followup{Org: org, ID: newID(), State: huifang.StatePlanned, OpensAt: noon, ClosesAt: noon, DueMonth: 202603}
		bare.Window.Opens.Date, bare.Window.Closes.Date = huifang.NoDate+1, 0
		write(t, s, func(tx *store.Tx) error { return tx.InsertFollowups(ctx, 2026, f, bare) })
		if f.Number != "HF-2026-000001" || bare.Number != "HF-2026-000002" || f.Row != 1 {
			t.Fatalf("numbers %s %s, row %d", f.Number, bare.Number, f.Row)
		}
		v := s.View()
		same(t, must(v.Followup(ctx, org, f.ID))(t), f)
		same(t, must(v.Followup(ctx, org, bare.ID))(t), bare)
		same(t, must(v.FollowupByNumber(ctx, org, f.Number))(t), f)
		same(t, must(v.FollowupsByID(ctx, org, []huifang.ID{f.ID, newID()}))(t), map[huifang.ID]*huifang.Followup{f.ID: f})
		same(t, must(v.FollowupsOf(ctx, org, f.Enrollment))(t), []*huifang.Followup{f})
		listed := must(v.Followups(ctx, org, store.FollowupFilter{Contact: f.Contact}, store.ByCloses, store.Page{}))(t)
		short := *f
		short.Why = ""
		same(t, listed.Items, []*huifang.Followup{&short})
		_, err := v.Followup(ctx, newOrg(t, s), f.ID)
		wantCode(t, err, huifang.CodeNotFound, "followup.not_found")

		twin := *f
		twin.ID, twin.Row, twin.Number = newID(), 0, ""
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.InsertFollowups(ctx, 2026, &twin) }), huifang.CodeConflict, store.ReasonDuplicate)
		if twin.Number != "" || twin.Row != 0 {
			t.Fatalf("a refused follow-up kept number %q and row %d", twin.Number, twin.Row)
		}
		next := fullFollowup(t, org)
		write(t, s, func(tx *store.Tx) error { return tx.InsertFollowups(ctx, 2026, next) })
		if next.Number != "HF-2026-000003" {
			t.Fatalf("the refused one left a gap: %s", next.Number)
		}
	})
}

func TestFollowupUpdate(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		f := fullFollowup(t, org)
		update := func(f *huifang.Followup) error {
			return s.Write(ctx, func(tx *store.Tx) error { return tx.UpdateFollowup(ctx, f) })
		}
		write(t, s, func(tx *store.Tx) error { return tx.InsertFollowups(ctx, 2026, f) })
		old := *f

		// Only what the short statement writes.
		f.Reason, f.TakenBy, f.TakenAt, f.ReturnedAt, f.Attempts, f.NextTry = "忙", newID(), noon, noon.Add(time.Hour), 3, noon.Add(2*time.Hour)
		f.Score, f.Scored, f.Channels, f.Form, f.FormVer, f.Script, f.Why = 1.25, false, nil, "g", 9, "s", "{}"
		if err := update(f); err != nil {
			t.Fatal(err)
		}
		same(t, must(s.View().Followup(ctx, org, f.ID))(t), f)

		// Everything but the identity.
		all := fullFollowup(t, org)
		all.ID, all.Number, all.Program, all.Enrollment, all.Step, all.Occurrence = f.ID, f.Number, f.Program, f.Enrollment, f.Step, f.Occurrence
		all.Created, all.Row, all.State, all.Satisfied = f.Created, f.Row, huifang.StateCompleted, huifang.VerdictSatisfied
		if err := update(all); err != nil {
			t.Fatal(err)
		}
		same(t, must(s.View().Followup(ctx, org, f.ID))(t), all)

		for _, stale := range []*huifang.Followup{&old, f} {
			row := stale.Row
			wantCode(t, update(stale), huifang.CodeConflict, store.ReasonStale)
			if stale.Row != row {
				t.Fatal("a refused update changed the row version")
			}
		}
		missing := fullFollowup(t, org)
		missing.Row = 1
		wantCode(t, update(missing), huifang.CodeNotFound, "followup.not_found")

		// Insert, read and change in one transaction.
		in := fullFollowup(t, org)
		write(t, s, func(tx *store.Tx) error {
			if err := tx.InsertFollowups(ctx, 2026, in); err != nil {
				return err
			}
			in.State = huifang.StateCancelled
			if err := tx.UpdateFollowup(ctx, in); err != nil {
				return err
			}
			got, err := tx.Followup(ctx, org, in.ID)
			if err == nil && (got.State != huifang.StateCancelled || got.Number == "") {
				err = fmt.Errorf("read %+v", got)
			}
			return err
		})
		if diffs := must(s.VerifyTallies(ctx, org))(t); len(diffs) != 0 {
			t.Fatalf("the rollup differs: %+v", diffs)
		}
	})
}

// world is a handful of ids from which random follow-ups and filters draw, so
// that they meet.
type world struct {
	units, staff, contacts, assets, events []huifang.ID
}

func newWorld() *world {
	ids := func(n int) []huifang.ID {
		out := make([]huifang.ID, n)
		for i := range out {
			out[i] = newID()
		}
		return out
	}
	return &world{append(ids(20), ""), ids(4), ids(5), append(ids(4), ""), ids(6)}
}

func (w *world) followup(rt *rapid.T, org huifang.ID, i int) *huifang.Followup {
	pick := func(of []huifang.ID, what string) huifang.ID { return rapid.SampledFrom(of).Draw(rt, what) }
	closes := noon.Add(time.Duration(rapid.IntRange(-1200, 1200).Draw(rt, "closes")) * time.Hour)
	f := &huifang.Followup{
		Org: org, ID: newID(), Enrollment: newID(), Occurrence: i, Program: rapid.SampledFrom([]string{"repair", "complaint"}).Draw(rt, "program"),
		Step: rapid.SampledFrom([]string{"main", "next"}).Draw(rt, "step"), Event: pick(w.events, "event"), Contact: pick(w.contacts, "contact"),
		Asset: pick(w.assets, "asset"), Unit: pick(w.units, "unit"), OpensAt: closes.Add(-time.Hour * time.Duration(rapid.IntRange(1, 99).Draw(rt, "width"))),
		ClosesAt: closes, DueMonth: huifang.DateOf(closes, time.UTC).Month(), Created: noon,
		State: rapid.SampledFrom([]huifang.State{
			huifang.StatePlanned, huifang.StatePlanned, huifang.StatePlanned, huifang.StateCompleted, huifang.StateCancelled, huifang.StateWaived,
		}).Draw(rt, "state"),
		Review:    rapid.SampledFrom([]huifang.ReviewState{"", huifang.ReviewPending, huifang.ReviewQualified}).Draw(rt, "review"),
		Satisfied: rapid.SampledFrom([]huifang.Verdict{"", huifang.VerdictSatisfied, huifang.VerdictUnqualified, huifang.VerdictDissatisfied}).Draw(rt, "verdict"),
	}
	f.Late = f.State == huifang.StatePlanned && rapid.Bool().Draw(rt, "late")
	if f.State == huifang.StateCompleted {
		f.DoneAt = closes.Add(time.Duration(rapid.IntRange(-1, 1).Draw(rt, "done")) * time.Hour)
	}
	for range rapid.IntRange(0, 2).Draw(rt, "assignees") {
		f.Assignees = append(f.Assignees, huifang.Assignee{Staff: pick(w.staff, "assignee")})
	}
	if len(f.Assignees) > 0 {
		f.Lead = f.Assignees[0].Staff
	}
	return f
}

func (w *world) filter(rt *rapid.T) store.FollowupFilter {
	f := store.FollowupFilter{Now: noon}
	maybe := func(what string) bool { return rapid.IntRange(0, 4).Draw(rt, what) == 0 }
	if maybe("by units") {
		f.Units = rapid.SliceOfNDistinct(rapid.SampledFrom(w.units), 0, 20, rapid.ID[huifang.ID]).Draw(rt, "units")
	}
	if !maybe("any state") {
		f.States = rapid.SliceOfNDistinct(rapid.SampledFrom([]huifang.State{
			huifang.StatePlanned, huifang.StateOverdue, huifang.StateCompleted, huifang.StateWaived,
		}), 1, 3, rapid.ID[huifang.State]).Draw(rt, "states")
	}
	for what, field := range map[string]struct {
		to *huifang.ID
		of []huifang.ID
	}{"assignee": {&f.Assignee, w.staff}, "contact": {&f.Contact, w.contacts}, "asset": {&f.Asset, w.assets[:3]}, "event": {&f.Event, w.events}, "lead": {&f.Lead, w.staff}} {
		if maybe(what) {
			*field.to = rapid.SampledFrom(field.of).Draw(rt, what)
		}
	}
	if maybe("program") {
		f.Program = "repair"
	}
	if maybe("step") {
		f.Step = "next"
	}
	if maybe("month") {
		f.Month = 202603
	}
	if maybe("review") {
		f.Review = rapid.SampledFrom([][]huifang.ReviewState{{huifang.ReviewPending}, {huifang.ReviewPending, huifang.ReviewQualified}}).Draw(rt, "reviews")
	}
	if maybe("verdict") {
		f.Satisfied = rapid.SampledFrom([][]huifang.Verdict{{huifang.VerdictUnqualified}, {huifang.VerdictSatisfied, huifang.VerdictDissatisfied}}).Draw(rt, "verdicts")
	}
	if maybe("range") {
		f.ClosesFrom, f.OpensTo = noon.Add(-500*time.Hour), noon.Add(500*time.Hour)
	}
	if maybe("done") {
		f.DoneFrom, f.DoneTo = noon.Add(-300*time.Hour), noon.Add(300*time.Hour)
	}
	if maybe("on time") {
		onTime := rapid.Bool().Draw(rt, "on time")
		f.OnTime = &onTime
	}
	f.Unassigned = maybe("unassigned")
	return f
}

// matches is the meaning of a filter, in plain words.
func matches(f *huifang.Followup, q store.FollowupFilter) bool {
	has := func(ok bool, given bool) bool { return !given || ok }
	return (q.Units == nil || slices.Contains(q.Units, f.Unit)) &&
		has(slices.Contains(q.States, f.StateAt(q.Now)), len(q.States) > 0) &&
		has(slices.ContainsFunc(f.Assignees, func(a huifang.Assignee) bool { return a.Staff == q.Assignee }), q.Assignee != "") &&
		has(f.Lead == q.Lead, q.Lead != "") && has(f.Lead == "", q.Unassigned) &&
		has(f.Program == q.Program, q.Program != "") && has(f.Step == q.Step, q.Step != "") &&
		has(f.Contact == q.Contact, q.Contact != "") && has(f.Asset == q.Asset, q.Asset != "") && has(f.Event == q.Event, q.Event != "") &&
		has(f.DueMonth == q.Month, q.Month != 0) &&
		has(slices.Contains(q.Review, f.Review), len(q.Review) > 0) && has(slices.Contains(q.Satisfied, f.Satisfied), len(q.Satisfied) > 0) &&
		has(!f.ClosesAt.Before(q.ClosesFrom), !q.ClosesFrom.IsZero()) && has(f.OpensAt.Before(q.OpensTo), !q.OpensTo.IsZero()) &&
		has(!f.DoneAt.IsZero() && !f.DoneAt.Before(q.DoneFrom) && f.DoneAt.Before(q.DoneTo), !q.DoneFrom.IsZero()) &&
		(q.OnTime == nil || f.State == huifang.StateCompleted && f.DoneAt.Before(f.ClosesAt) == *q.OnTime)
}

func inOrder(sort store.FollowupSort, narrow bool) func(a, b *huifang.Followup) int {
	return func(a, b *huifang.Followup) int {
		by := 0
		switch {
		case sort == store.ByCreated:
			by = a.Created.Compare(b.Created)
		case !narrow:
			by = cmp.Or(cmp.Compare(a.DueMonth, b.DueMonth), a.ClosesAt.Compare(b.ClosesAt))
		case sort == store.ByOpens:
			by = a.OpensAt.Compare(b.OpensAt)
		default:
			by = a.ClosesAt.Compare(b.ClosesAt)
		}
		return cmp.Or(by, strings.Compare(string(a.ID), string(b.ID)))
	}
}

// Every filter gives, page by page in every order, what the same words give
// over plain values; the count and the export agree.
func TestFollowupLists(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		rapid.Check(t, func(rt *rapid.T) {
			org, w := newOrg(t, s), newWorld()
			var all []*huifang.Followup
			for i := range rapid.IntRange(0, 60).Draw(rt, "n") {
				all = append(all, w.followup(rt, org, i))
			}
			write(t, s, func(tx *store.Tx) error {
				for _, id := range w.events {
					e := &huifang.Event{Org: org, ID: id, Source: "t", Type: "x", At: noon, Contact: w.contacts[0]}
					for _, f := range all {
						if f.Event == id {
							f.Contact = e.Contact // an event's follow-ups are about its contact
						}
					}
					if _, err := tx.InsertEvents(ctx, e); err != nil {
						return err
					}
				}
				return tx.InsertFollowups(ctx, 2026, all...)
			})
			for range 8 {
				f := w.filter(rt)
				sort := rapid.SampledFrom([]store.FollowupSort{store.ByCloses, store.ByOpens, store.ByCreated}).Draw(rt, "sort")
				desc := rapid.Bool().Draw(rt, "desc")
				checkList(t, s, org, all, f, sort, desc)
			}
		})
	})
}

func checkList(t *testing.T, s *store.Store, org huifang.ID, all []*huifang.Followup, f store.FollowupFilter, sort store.FollowupSort, desc bool) {
	t.Helper()
	ctx := context.Background()
	var want []*huifang.Followup
	for _, v := range all {
		if matches(v, f) {
			want = append(want, v)
		}
	}
	slices.SortFunc(want, inOrder(sort, store.Narrow(f)))
	if desc {
		slices.Reverse(want)
	}
	got := pages(t, 7, desc, func(p store.Page) (store.Paged[*huifang.Followup], error) {
		return s.View().Followups(ctx, org, f, sort, p)
	})
	if !slices.Equal(ids(got), ids(want)) {
		t.Fatalf("%+v by %s desc %v:\ngot  %v\nwant %v", f, sort, desc, ids(got), ids(want))
	}
	if n := must(s.View().CountFollowups(ctx, org, f, 1000))(t); n != len(want) {
		t.Fatalf("%+v: counted %d, want %d", f, n, len(want))
	}
	exported := map[huifang.ID]bool{}
	if err := s.View().EachFollowup(ctx, org, f, func(v *huifang.Followup) error {
		exported[v.ID] = true
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(exported) != len(want) {
		t.Fatalf("%+v: exported %d, want %d", f, len(exported), len(want))
	}
}

func ids(fs []*huifang.Followup) []huifang.ID {
	out := make([]huifang.ID, len(fs))
	for i, f := range fs {
		out[i] = f.ID
	}
	return out
}

func TestFollowupText(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		c := &huifang.Contact{Org: org, ID: newID(), Name: "王五", Phones: []string{"13912345678"}}
		a := &huifang.Asset{Org: org, ID: newID(), Code: "3-502"}
		f := make([]*huifang.Followup, 4)
		for i := range f {
			f[i] = &huifang.Followup{Org: org, ID: newID(), State: huifang.StatePlanned, OpensAt: noon, ClosesAt: noon.Add(time.Duration(i) * time.Hour), DueMonth: 202603}
		}
		f[0].Contact, f[1].Contact, f[1].Asset, f[2].Asset = c.ID, c.ID, a.ID, a.ID
		write(t, s, func(tx *store.Tx) error {
			if err := tx.SaveContact(ctx, c); err != nil {
				return err
			}
			if err := tx.SaveAsset(ctx, a); err != nil {
				return err
			}
			return tx.InsertFollowups(ctx, 2026, f...)
		})
		for text, want := range map[string]int{
			"王五": 2, "1391234": 0, "5678": 2, "3-50": 2, "hf-2026-000004": 1, "没有": 0, "5": 3, " ": 4,
		} {
			q := store.FollowupFilter{Text: text, Now: noon}
			got := must(s.View().Followups(ctx, org, q, store.ByCloses, store.Page{}))(t)
			if n := must(s.View().CountFollowups(ctx, org, q, 100))(t); len(got.Items) != want || n != want {
				t.Errorf("%q finds %d and counts %d, want %d", text, len(got.Items), n, want)
			}
		}
		q := store.FollowupFilter{Text: "王五", Units: []huifang.ID{newID()}}
		if got := must(s.View().Followups(ctx, org, q, store.ByCloses, store.Page{}))(t); len(got.Items) != 0 {
			t.Error("a text finds follow-ups outside the units")
		}
	})
}

func TestOpenLoadAndLate(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org, a, b := newOrg(t, s), newID(), newID()
		plan := func(closes time.Time, staff ...huifang.ID) *huifang.Followup {
			f := &huifang.Followup{Org: org, ID: newID(), State: huifang.StatePlanned, OpensAt: closes, ClosesAt: closes, DueMonth: 202603}
			for _, id := range staff {
				f.Assignees = append(f.Assignees, huifang.Assignee{Staff: id})
			}
			write(t, s, func(tx *store.Tx) error { return tx.InsertFollowups(ctx, 2026, f) })
			return f
		}
		late, edge, _ := plan(noon.Add(-time.Hour), a), plan(noon, a, b), plan(noon.Add(time.Second), a)
		same(t, must(s.View().OpenLoad(ctx, org, []huifang.ID{a, b, newID()}))(t), map[huifang.ID]int{a: 3, b: 1})
		same(t, ids(must(s.View().LateDue(ctx, org, noon, 10))(t)), []huifang.ID{late.ID, edge.ID})
		late.Late = true
		edge.State, edge.DoneAt = huifang.StateCompleted, noon
		for _, f := range []*huifang.Followup{late, edge} {
			write(t, s, func(tx *store.Tx) error { return tx.UpdateFollowup(ctx, f) })
		}
		same(t, must(s.View().OpenLoad(ctx, org, []huifang.ID{a, b}))(t), map[huifang.ID]int{a: 2})
		write(t, s, func(tx *store.Tx) error {
			if n := len(must(tx.LateDue(ctx, org, noon.Add(-1), 10))(t)); n != 0 {
				t.Errorf("%d due after all were marked", n)
			}
			return nil
		})
		rows := must(s.View().Tallies(ctx, org, 202601, 202612, nil))(t)
		var sum huifang.Tally
		for _, r := range rows {
			sum = sum.Add(r.Tally)
		}
		same(t, sum, huifang.Tally{Due: 3, Done: 1, Late: 1, Open: 2, OpenLate: 1})
	})
}
