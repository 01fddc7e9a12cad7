package store_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func TestAttemptsRecordsReviews(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		f := fullFollowup(t, org)
		a, r, v := filled[huifang.Attempt](t), filled[huifang.Record](t), filled[huifang.Review](t)
		a.Org, r.Org, v.Org, a.Followup, r.Followup, v.Followup = org, org, org, f.ID, f.ID, f.ID
		for i := range r.Signatures {
			r.Signatures[i].At = noon
		}
		write(t, s, func(tx *store.Tx) error {
			if err := tx.InsertFollowups(ctx, 2026, f); err != nil {
				return err
			}
			if err := tx.InsertAttempt(ctx, a); err != nil { // of the follow-up planned just now
				return err
			}
			if err := tx.InsertRecord(ctx, r); err != nil {
				return err
			}
			return tx.InsertReview(ctx, v)
		})
		same(t, must(s.View().Attempts(ctx, org, f.ID))(t), []*huifang.Attempt{a})
		same(t, must(s.View().Records(ctx, org, f.ID))(t), []*huifang.Record{r})
		same(t, must(s.View().Record(ctx, org, r.ID))(t), r)
		same(t, must(s.View().Reviews(ctx, org, f.ID))(t), []*huifang.Review{v})

		correction := *r
		correction.ID, correction.Corrects, correction.At = newID(), r.ID, r.At.Add(time.Minute)
		write(t, s, func(tx *store.Tx) error { return tx.InsertRecord(ctx, &correction) })
		same(t, must(s.View().RecordsOf(ctx, org, []huifang.ID{newID(), f.ID}))(t), map[huifang.ID]*huifang.Record{f.ID: &correction})

		stray := *a
		stray.ID, stray.Followup = newID(), newID()
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.InsertAttempt(ctx, &stray) }), huifang.CodeInvalid, "store.reference")
	})
}

func TestNotPlanned(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		a := filled[huifang.NotPlanned](t)
		b := &huifang.NotPlanned{Org: org, Program: "p", Step: "s", Event: a.Event, Reason: "condition_false", At: noon}
		a.Org = org
		insert := func(ns ...*huifang.NotPlanned) {
			write(t, s, func(tx *store.Tx) error { return tx.InsertNotPlanned(ctx, ns...) })
		}
		insert(a, b)
		insert(a, b)
		same(t, must(s.View().NotPlannedOf(ctx, org, a.Enrollment))(t), []*huifang.NotPlanned{a})
		if n := len(must(s.View().NotPlannedByEvent(ctx, org, a.Event))(t)); n != 2 {
			t.Fatalf("%d kept for the event, want 2", n)
		}
		a.Reason = "window_closed"
		insert(a)
		counts := must(s.View().NotPlannedCounts(ctx, org, noon, noon.Add(time.Minute)))(t)
		same(t, counts, []store.NotPlannedCount{{Program: "p", Reason: "condition_false", N: 1}, {Program: a.Program, Reason: "window_closed", N: 1}})
		same(t, must(s.View().NotPlannedCounts(ctx, org, noon, noon))(t), []store.NotPlannedCount(nil))
	})
}

func TestCases(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		a := filled[huifang.Case](t)
		a.Org, a.Version, a.Number = org, 0, ""
		b := &huifang.Case{Org: org, ID: newID(), State: huifang.CaseOpen, Opened: noon.Add(time.Hour), Due: 20000, NextDate: huifang.NoDate}
		write(t, s, func(tx *store.Tx) error {
			if err := tx.InsertCase(ctx, 2026, a); err != nil {
				return err
			}
			return tx.InsertCase(ctx, 2027, b)
		})
		if a.Number != "AJ-2026-000001" || b.Number != "AJ-2027-000001" || a.Version != 1 {
			t.Fatalf("numbers %s %s version %d", a.Number, b.Number, a.Version)
		}
		v := s.View()
		same(t, must(v.Case(ctx, org, a.ID))(t), a)
		same(t, must(v.CaseByNumber(ctx, org, b.Number))(t), b)
		for _, c := range []struct {
			f    store.CaseFilter
			want []*huifang.Case
		}{
			{store.CaseFilter{}, []*huifang.Case{a, b}},
			{store.CaseFilter{Units: []huifang.ID{""}}, []*huifang.Case{b}},
			{store.CaseFilter{States: []huifang.CaseState{huifang.CaseOpen}}, []*huifang.Case{b}},
			{store.CaseFilter{Severity: a.Severity, Owner: a.Owner, Contact: a.Contact, Asset: a.Asset, Followup: a.Followup, Event: a.Event}, []*huifang.Case{a}},
			{store.CaseFilter{DueBy: 19999}, []*huifang.Case{a}},
			{store.CaseFilter{From: noon.Add(time.Minute), To: noon.Add(2 * time.Hour)}, []*huifang.Case{b}},
		} {
			same(t, pages(t, 1, false, func(p store.Page) (store.Paged[*huifang.Case], error) { return v.Cases(ctx, org, c.f, p) }), c.want)
		}

		old := *a
		a.State, a.Resolution, a.Closed, a.Unit = huifang.CaseClosed, "已更换", noon, ""
		write(t, s, func(tx *store.Tx) error { return tx.UpdateCase(ctx, a) })
		same(t, must(v.Case(ctx, org, a.ID))(t), a)
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.UpdateCase(ctx, &old) }), huifang.CodeConflict, store.ReasonStale)

		m := filled[huifang.Action](t)
		m.Org, m.Case, m.Version = org, a.ID, 0
		write(t, s, func(tx *store.Tx) error { return tx.SaveAction(ctx, m) })
		m.Result, m.Done = "完成", noon.Add(time.Hour)
		write(t, s, func(tx *store.Tx) error { return tx.SaveAction(ctx, m) })
		same(t, must(v.Action(ctx, org, m.ID))(t), m)
		same(t, must(v.Actions(ctx, org, a.ID))(t), []*huifang.Action{m})
	})
}

func TestRecurrences(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		r := filled[huifang.Recurrence](t)
		r.Org, r.Version, r.Month, r.Decision = org, 0, 202603, ""
		flag := func(r *huifang.Recurrence) (fresh bool) {
			write(t, s, func(tx *store.Tx) (err error) {
				fresh, err = tx.FlagRecurrence(ctx, r)
				return err
			})
			return fresh
		}
		if !flag(r) {
			t.Fatal("the first flag is not fresh")
		}
		same(t, must(s.View().Recurrence(ctx, org, r.ID))(t), r)
		more := *r
		more.ID, more.Count, more.Opinion, more.Events = newID(), 5, "", slices.Concat(r.Events, []huifang.ID{newID()})
		if flag(&more) || more.ID != r.ID || more.Opinion != r.Opinion || more.Version != 2 {
			t.Fatalf("the second flag made %+v", more)
		}
		same(t, must(s.View().Recurrences(ctx, org, store.RecurrenceFilter{
			Month: 202603, Units: []huifang.ID{r.Unit}, Subject: r.Subject, Open: true,
		}))(t), []*huifang.Recurrence{&more})
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.UpdateRecurrence(ctx, r) }), huifang.CodeConflict, store.ReasonStale)
		more.Decision, more.Decided = "major", noon
		write(t, s, func(tx *store.Tx) error { return tx.UpdateRecurrence(ctx, &more) })
		same(t, must(s.View().Recurrence(ctx, org, r.ID))(t), &more)
		same(t, must(s.View().Recurrences(ctx, org, store.RecurrenceFilter{Open: true}))(t), []*huifang.Recurrence(nil))
	})
}

func TestAlerts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		var all []*huifang.Alert
		staff := newID()
		for range 3 {
			a := filled[huifang.Alert](t)
			a.Org, a.Staff, a.Read = org, staff, time.Time{}
			all = append(all, a)
		}
		write(t, s, func(tx *store.Tx) error { return tx.InsertAlerts(ctx, all...) })
		write(t, s, func(tx *store.Tx) error { return tx.InsertAlerts(ctx, all[0]) })
		unread := func() int { return must(s.View().UnreadAlerts(ctx, org, staff))(t) }
		got := pages(t, 2, true, func(p store.Page) (store.Paged[*huifang.Alert], error) {
			return s.View().Alerts(ctx, org, staff, true, p)
		})
		if len(got) != 3 || unread() != 3 {
			t.Fatalf("%d listed, %d unread", len(got), unread())
		}
		write(t, s, func(tx *store.Tx) error { return tx.ReadAlerts(ctx, org, staff, noon, all[1].ID) })
		all[1].Read = noon
		listed := must(s.View().Alerts(ctx, org, staff, false, store.Page{}))(t)
		for _, a := range listed.Items {
			if a.ID == all[1].ID {
				same(t, a, all[1])
			}
		}
		if unread() != 2 {
			t.Fatalf("%d unread after reading one", unread())
		}
		write(t, s, func(tx *store.Tx) error { return tx.ReadAlerts(ctx, org, staff, noon) })
		if unread() != 0 || len(must(s.View().Alerts(ctx, org, newID(), false, store.Page{}))(t).Items) != 0 {
			t.Fatal("alerts unread, or another's seen")
		}
	})
}
