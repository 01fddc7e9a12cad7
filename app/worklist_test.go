package app

import (
	"strconv"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// crowded makes five follow-ups of the steward of east: overdue, today, this
// week, and two later, on a Monday.
func crowded(w *world) []*huifang.Followup {
	w.t.Helper()
	var out []*huifang.Followup
	for i, closes := range []string{"2026-03-01", "2026-03-02", "2026-03-08", "2026-03-09", "2026-04-01"} {
		f := w.plan(complaint(strconv.Itoa(i), "事"+strconv.Itoa(i)))
		day, err := huifang.ParseDate(closes)
		if err != nil {
			w.t.Fatal(err)
		}
		w.write(func(tx *store.Tx) error {
			f, err := tx.Followup(w.t.Context(), w.org.ID, f.ID)
			if err != nil {
				return err
			}
			f.Window = huifang.Window{Opens: huifang.Moment{Date: day.AddDays(-40), Clock: huifang.NoClock}, Closes: huifang.Moment{Date: day, Clock: huifang.NoClock}}
			f.OpensAt, f.ClosesAt, f.DueMonth = day.AddDays(-40).At(0, w.zone()), day.AddDays(1).At(0, w.zone()), day.Month()
			f.Assignees, f.Lead = []huifang.Assignee{{Staff: w.staff["east_steward"].ID}}, w.staff["east_steward"].ID
			f.Channels = []huifang.Channel{huifang.ChannelPhone, huifang.ChannelVisit}
			if i == 4 {
				f.Channels = []huifang.Channel{huifang.ChannelVisit}
			}
			return tx.UpdateFollowup(w.t.Context(), f)
		})
		out = append(out, w.followup(f.ID))
	}
	return out
}

func (w *world) zone() *time.Location {
	d, err := w.directory(w.t.Context(), w.org.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return d.zone
}

func TestWorklistGroups(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		fs, ctx := crowded(w), t.Context()
		steward := w.as("east_steward")
		mine := FollowupFilter{Assignee: steward.Staff}
		for _, actor := range []*huifang.Actor{steward, w.as("east_supervisor"), w.sys} {
			f := FollowupFilter{}
			if actor == steward {
				f = mine
			}
			c, err := w.GroupCounts(ctx, actor, f)
			if err != nil || c.More || c.Groups[GroupOverdue] != 1 || c.Groups[GroupToday] != 1 || c.Groups[GroupWeek] != 1 || c.Groups[GroupUpcoming] != 2 {
				t.Fatalf("%+v, %v", c, err)
			}
			if len(c.Channels) != 2 || c.Channels[0].Groups[GroupUpcoming] != 1 || c.Channels[1].Channel != huifang.ChannelVisit || c.Channels[1].Groups[GroupUpcoming] != 1 {
				t.Errorf("by channel %+v", c.Channels)
			}
		}
		if c, err := w.GroupCounts(ctx, w.as("west_supervisor"), FollowupFilter{}); err != nil || c.Groups[GroupToday] != 0 {
			t.Errorf("another estate counts %+v, %v", c, err)
		}
		for i, g := range []Group{GroupOverdue, GroupToday, GroupWeek} {
			f, err := w.InGroup(ctx, steward, mine, g)
			if err != nil {
				t.Fatal(err)
			}
			got, err := w.Followups(ctx, steward, FollowupQuery{Filter: f})
			if err != nil || len(got.Items) != 1 || got.Items[0].Followup.ID != fs[i].ID {
				t.Errorf("%s: %+v, %v", g, got.Items, err)
			}
			n, err := w.CountFollowups(ctx, steward, f, 10)
			if err != nil || n != 1 {
				t.Errorf("%s counts %d, %v", g, n, err)
			}
		}
		visits, err := w.Followups(ctx, steward, FollowupQuery{Filter: FollowupFilter{Assignee: steward.Staff, Channel: huifang.ChannelVisit}})
		if err != nil || len(visits.Items) != 1 || visits.Items[0].Followup.ID != fs[4].ID {
			t.Errorf("visits %+v, %v", visits.Items, err)
		}
		if _, err := w.InGroup(ctx, steward, mine, "someday"); huifang.ReasonOf(err) != "group.unknown" {
			t.Errorf("an unknown group: %v", err)
		}
	})
}

// Whoever goes from one to the next comes through the whole list, also when the
// one just done is not in it any more.
func TestNextFollowup(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		fs, ctx := crowded(w), t.Context()
		steward := w.as("east_steward")
		q := FollowupQuery{Filter: FollowupFilter{Assignee: steward.Staff, States: []huifang.State{huifang.StatePlanned, huifang.StateOverdue}}}
		for i := range fs {
			got, err := w.NextFollowup(ctx, steward, fs[i].ID, q)
			if err != nil || got == nil || got.Followup.ID != fs[(i+1)%len(fs)].ID {
				t.Fatalf("after %d: %+v, %v", i, got, err)
			}
		}
		if _, err := w.Complete(ctx, steward, fs[1].ID, CompleteInput{Channel: huifang.ChannelPhone, Answers: answered(huifang.VerdictSatisfied)}); err != nil {
			t.Fatal(err)
		}
		if got, err := w.NextFollowup(ctx, steward, fs[1].ID, q); err != nil || got.Followup.ID != fs[2].ID {
			t.Errorf("after the one just done: %+v, %v", got, err)
		}
		q.Filter.Program = "nothing"
		if got, err := w.NextFollowup(ctx, steward, fs[1].ID, q); err != nil || got != nil {
			t.Errorf("of an empty list: %+v, %v", got, err)
		}
		if _, err := w.NextFollowup(ctx, w.as("west_steward"), fs[1].ID, q); huifang.CodeOf(err) != huifang.CodeForbidden {
			t.Errorf("of somebody else's: %v", err)
		}
	})
}

func TestLoads(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		crowded(w)
		ctx := t.Context()
		today := huifang.DateOf(w.clock(), w.zone())
		if _, err := w.RegisterAbsence(ctx, w.sys, w.staff["east_steward"].ID, 0, huifang.Absence{From: today, To: today, Substitute: w.staff["east_supervisor"].ID}); err != nil {
			t.Fatal(err)
		}
		loads, _, err := w.Loads(ctx, w.as("east_supervisor"), "")
		if err != nil {
			t.Fatal(err)
		}
		by := map[huifang.ID]Load{}
		for _, l := range loads {
			by[l.Staff.ID] = l
		}
		got := by[w.staff["east_steward"].ID]
		if got.Overdue != 1 || got.Today != 1 || got.Week != 1 || got.Open != 5 || !got.Absent || got.Substitute.Name != "east_supervisor" {
			t.Errorf("%+v", got)
		}
		if l, there := by[w.staff["east_head"].ID]; !there || l.Open != 0 || l.Absent {
			t.Errorf("who has nothing to do is not there to be given something: %+v", l)
		}
		if _, there := by[w.staff["west_steward"].ID]; there {
			t.Error("shows another estate's staff")
		}
		if _, _, err := w.Loads(ctx, w.as("east_supervisor"), w.units["west"].ID); huifang.CodeOf(err) != huifang.CodeForbidden {
			t.Errorf("of another estate: %v", err)
		}
		if _, _, err := w.Loads(ctx, w.as("east_steward"), ""); huifang.CodeOf(err) != huifang.CodeForbidden {
			t.Errorf("for a steward: %v", err)
		}
	})
}

// Of many changed at once each has its own result, and one that fails holds up
// none of the others.
func TestBulk(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		fs, ctx, head := crowded(w), t.Context(), w.as("east_supervisor")
		if _, err := w.Waive(ctx, head, fs[2].ID, 0, "搬走"); err != nil {
			t.Fatal(err)
		}
		var ids []huifang.ID
		for _, f := range fs {
			ids = append(ids, f.ID)
		}
		to := []huifang.ID{w.staff["east_engineer"].ID}
		got, err := w.ReassignAll(ctx, head, append(ids, ids[0], w.newID()), ReassignInput{Assignees: to, Reason: "调整"})
		if err != nil || len(got) != 6 {
			t.Fatalf("%d results, %v", len(got), err)
		}
		failed := 0
		for _, r := range got {
			if r.Err != nil {
				failed++
			} else if w.followup(r.ID).Lead != to[0] {
				t.Errorf("%s was not reassigned", r.ID)
			}
		}
		if failed != 2 {
			t.Errorf("%d failed, want the waived and the unknown one", failed)
		}
		got, err = w.PostponeAll(ctx, head, ids[:2], PostponeAllInput{Days: 3, Reason: "放假"})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range got {
			want := "2026-03-05"
			if f := w.followup(r.ID); r.Err != nil || f.Window.Closes.Date.String() != want || f.Window.Opens.Date.String() > "2026-03-02" {
				t.Errorf("%v: %s–%s, want until %s", r.Err, f.Window.Opens, f.Window.Closes, want)
			}
		}
		if got, err = w.ReassignAll(ctx, w.as("west_supervisor"), ids, ReassignInput{Assignees: to, Reason: "调整"}); err != nil || huifang.CodeOf(got[0].Err) != huifang.CodeForbidden {
			t.Errorf("another estate's supervisor: %+v, %v", got, err)
		}
		if _, err := w.ReassignAll(ctx, w.as("east_steward"), ids, ReassignInput{Assignees: to, Reason: "调整"}); huifang.CodeOf(err) != huifang.CodeForbidden {
			t.Errorf("a steward: %v", err)
		}
		if _, err := w.PostponeAll(ctx, head, make([]huifang.ID, 0), PostponeAllInput{Days: 3, Reason: "放假"}); huifang.CodeOf(err) != huifang.CodeInvalid {
			t.Errorf("none: %v", err)
		}
		many := make([]huifang.ID, 501)
		for i := range many {
			many[i] = w.newID()
		}
		if _, err := w.PostponeAll(ctx, head, many, PostponeAllInput{Days: 3, Reason: "放假"}); huifang.CodeOf(err) != huifang.CodeTooLarge {
			t.Errorf("501: %v", err)
		}
	})
}
