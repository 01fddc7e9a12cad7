package app

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// Answers every form of the pack takes.
func answered(verdict huifang.Verdict) huifang.Attributes {
	switch verdict {
	case huifang.VerdictDissatisfied:
		return huifang.Attributes{"satisfaction": "dissatisfied", "cause": []any{"slow"}, "suggestions": "请尽快处理"}
	case huifang.VerdictUnqualified:
		return huifang.Attributes{"satisfaction": "satisfied", "qualified": false}
	case huifang.VerdictSatisfied, huifang.VerdictNone:
	}
	return huifang.Attributes{"satisfaction": "satisfied"}
}

// as is a member of staff as the actor they are when logged in.
func (w *world) as(code string) *huifang.Actor {
	w.t.Helper()
	d, err := w.directory(context.Background(), w.org.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	s := d.staffCode[code]
	if s == nil {
		w.t.Fatalf("nobody is called %s", code)
	}
	return d.actor(s)
}

// complaint is a resolved complaint of east that was just made known.
func complaint(key, matter string) EventInput {
	return EventInput{
		Key: key, Type: "complaint.resolved", At: local("2026-03-02 09:00"), Unit: "east", Department: "工程部",
		Contact: ContactInput{Code: "C-" + key, Name: "王芳", Phones: []string{"13812342628"}, Steward: "east_steward"}, Asset: AssetInput{Code: "A-" + key},
		Attributes: huifang.Attributes{"matter": matter, "severity": "general"},
	}
}

// plan ingests an event that plans exactly one follow-up, and gives it.
func (w *world) plan(ev EventInput) *huifang.Followup {
	w.t.Helper()
	got := w.must(ev)
	if len(got[0].Followups) != 1 {
		w.t.Fatalf("planned %d follow-ups", len(got[0].Followups))
	}
	return w.followup(got[0].Followups[0])
}

func (w *world) followup(id huifang.ID) *huifang.Followup {
	w.t.Helper()
	f, err := w.reads().Followup(context.Background(), w.org.ID, id)
	if err != nil {
		w.t.Fatal(err)
	}
	return f
}

// wants fails unless err has the reason.
func wants(t testing.TB, err error, code huifang.Code, reason string) {
	t.Helper()
	if huifang.CodeOf(err) != code || huifang.ReasonOf(err) != reason {
		t.Errorf("got %s %s (%v), want %s %s", huifang.CodeOf(err), huifang.ReasonOf(err), err, code, reason)
	}
}

func must[T any](t testing.TB) func(T, error) T {
	t.Helper()
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// audits counts a record's entries of an action.
func (w *world) audits(record huifang.ID, action string) int {
	w.t.Helper()
	page := must[store.Paged[*huifang.AuditEntry]](w.t)(w.reads().AuditEntries(context.Background(), w.org.ID, AuditFilter{Record: record}, store.Page{Limit: 1000}))
	n := 0
	for _, e := range page.Items {
		if e.Action == action {
			n++
		}
	}
	return n
}

func TestFollowupFromStartToEnd(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		f := w.plan(complaint("1", "电梯异响"))
		steward, engineer, head := w.as("east_steward"), w.as("east_engineer"), w.as("east_head")

		taken := must[*huifang.Followup](t)(w.Take(ctx, engineer, f.ID, f.Row))
		if taken.TakenBy != engineer.Staff || !taken.TakenAt.Equal(w.now()) {
			t.Errorf("taken: %+v", taken)
		}
		_, err := w.Take(ctx, steward, f.ID, 0)
		wants(t, err, huifang.CodeConflict, "followup.taken")
		_, err = w.Return(ctx, engineer, f.ID, f.Row)
		wants(t, err, huifang.CodeConflict, store.ReasonStale)
		must[*huifang.Followup](t)(w.Return(ctx, engineer, f.ID, 0))
		_, err = w.Return(ctx, engineer, f.ID, 0)
		wants(t, err, huifang.CodeConflict, "followup.not_taken")
		must[*huifang.Followup](t)(w.Take(ctx, steward, f.ID, 0))

		tried := must[*AttemptResult](t)(w.Attempt(ctx, steward, f.ID, AttemptInput{Channel: huifang.ChannelPhone, Disposition: huifang.NoAnswer}))
		if tried.Followup.Attempts != 1 || !tried.Next.At.Equal(w.now().Add(24*time.Hour)) || tried.Next.Channel != huifang.ChannelVisit || tried.Attempt.Phone != "138****2628" {
			t.Errorf("attempt: %+v %+v", tried.Next, tried.Attempt)
		}
		kept := must[[]*huifang.Attempt](t)(w.reads().Attempts(ctx, w.org.ID, f.ID))
		if len(kept) != 1 || kept[0].Phone != "13812342628" {
			t.Errorf("kept %+v", kept)
		}

		_, err = w.Complete(ctx, steward, f.ID, CompleteInput{Channel: huifang.ChannelVisit, Answers: huifang.Attributes{"satisfaction": "splendid", "solved": "solved"}})
		wants(t, err, huifang.CodeInvalid, "form.invalid")
		if e := asError(err); len(e.Details) != 1 || e.Details[0].At.Field != "satisfaction" {
			t.Errorf("faults: %v", err)
		}
		if now := w.followup(f.ID); now.State != huifang.StatePlanned {
			t.Errorf("a refused record changed the state to %s", now.State)
		}
		_, err = w.Complete(ctx, w.as("west_steward"), f.ID, CompleteInput{Channel: huifang.ChannelVisit, Answers: answered(huifang.VerdictSatisfied)})
		wants(t, err, huifang.CodeForbidden, "followup.not_yours")
		_, err = w.Complete(ctx, steward, f.ID, CompleteInput{Row: 1, Channel: huifang.ChannelVisit, Answers: answered(huifang.VerdictSatisfied)})
		wants(t, err, huifang.CodeConflict, store.ReasonStale)

		done := must[*Completed](t)(w.Complete(ctx, steward, f.ID, CompleteInput{
			Channel: huifang.ChannelVisit, Answers: answered(huifang.VerdictSatisfied),
			Signatures: []huifang.Signature{{By: "customer", Name: "王芳"}, {By: "staff", Name: "管家"}},
		}))
		if g := done.Followup; g.State != huifang.StateCompleted || g.Satisfied != huifang.VerdictSatisfied || g.DoneBy != steward.Staff || g.ReturnedAt.IsZero() || g.Review != huifang.ReviewPending || g.Late {
			t.Errorf("done: %+v", g)
		}
		if r := done.Record; r.Form != "complaint" || r.FormVer != 1 || len(r.Signatures) != 2 || !r.Signatures[0].At.Equal(w.now()) || len(done.Cases) != 0 {
			t.Errorf("record: %+v", r)
		}
		for _, again := range []func() error{
			func() error {
				_, err := w.Complete(ctx, steward, f.ID, CompleteInput{Channel: huifang.ChannelVisit, Answers: answered(huifang.VerdictSatisfied)})
				return err
			},
			func() error { _, err := w.Waive(ctx, head, f.ID, 0, "改期"); return err },
			func() error { _, err := w.CloseUnreachable(ctx, head, f.ID, 0, "无人接听"); return err },
			func() error { _, err := w.Take(ctx, steward, f.ID, 0); return err },
		} {
			wants(t, again(), huifang.CodeConflict, "followup.already_completed")
		}
		detail := must[*FollowupDetail](t)(w.Followup(ctx, head, f.ID))
		if detail.ContactName != "王芳" || detail.Phone != "138****2628" || detail.Contact.Phones[0] != "138****2628" || len(detail.Attempts) != 1 ||
			detail.Attempts[0].Phone != "138****2628" || len(detail.Records) != 1 || detail.Form == nil || detail.Script == nil || detail.Event == nil ||
			detail.Explanation.Program != "complaint" || detail.UnitName != "east" || detail.ProgramName.ZH != "诉求回访" || !detail.May.Review || detail.Names[steward.Staff] != "east_steward" {
			t.Errorf("detail: %+v", detail)
		}
		byNumber := must[*FollowupDetail](t)(w.FollowupByNumber(ctx, head, f.Number))
		if byNumber.Followup.ID != f.ID {
			t.Errorf("by number: %s", byNumber.Followup.ID)
		}
		for action, n := range map[string]int{"followup.taken": 2, "followup.returned": 1, "followup.attempted": 1, "followup.completed": 1} {
			if got := w.audits(f.ID, action); got != n {
				t.Errorf("%d entries %s, want %d", got, action, n)
			}
		}
	})
}

func TestUnreachableTakesTheLadder(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		f := w.plan(complaint("1", "电梯异响"))
		steward := w.as("east_steward")
		call := func() *AttemptResult {
			return must[*AttemptResult](t)(w.Attempt(ctx, steward, f.ID, AttemptInput{Channel: huifang.ChannelPhone, Disposition: huifang.NoAnswer}))
		}
		for i := range 3 {
			w.setClock(local("2026-03-02 10:00").AddDate(0, 0, i))
			for _, who := range []string{"east_steward", "east_head"} { // whoever manages waits as well
				_, err := w.CloseUnreachable(ctx, w.as(who), f.ID, 0, "多次联系无人接听")
				wants(t, err, huifang.CodeConflict, "followup.tries_left")
			}
			if tried := call(); tried.Next.Left != 2-i || tried.Next.Exhausted != (i == 2) {
				t.Errorf("after try %d: %+v", i+1, tried.Next)
			}
			if i > 0 {
				continue
			}
			if again := call(); again.Next.Left != 2 || again.Next.Early != 1 || !again.Next.At.Equal(local("2026-03-03 10:00")) {
				t.Errorf("a second call at once uses no try up: %+v", again.Next)
			}
			_, err := w.CloseUnreachable(ctx, steward, f.ID, 0, "多次联系无人接听")
			want := huifang.Text{
				ZH: "应尝试联系 3 次后方可按无法联系结束，现有 1 次（另有 1 次与前次间隔不足，不计）；下次尝试不早于 2026-03-03 10:00",
				EN: "this may be closed as unreachable after 3 tries; there are 1 so far (1 more came too soon after another to count); the next is due at 2026-03-03 10:00",
			}
			if e := (*huifang.Error)(nil); !errors.As(err, &e) || e.Message != want {
				t.Errorf("told %v", err)
			}
		}
		_, err := w.CloseUnreachable(ctx, steward, f.ID, 0, "  ")
		wants(t, err, huifang.CodeInvalid, "reason.missing")
		done := must[*Completed](t)(w.CloseUnreachable(ctx, steward, f.ID, 0, "多次联系无人接听"))
		if done.Followup.State != huifang.StateUnreachable || done.Followup.Reason != "多次联系无人接听" || done.Followup.Satisfied != huifang.VerdictNone {
			t.Errorf("%+v", done.Followup)
		}
		_, err = w.Complete(ctx, steward, f.ID, CompleteInput{Channel: huifang.ChannelPhone, Answers: answered(huifang.VerdictSatisfied)})
		wants(t, err, huifang.CodeConflict, "followup.already_closed")

		g := w.plan(complaint("2", "噪音"))
		must[*AttemptResult](t)(w.Attempt(ctx, steward, g.ID, AttemptInput{Channel: huifang.ChannelPhone, Disposition: huifang.Answered}))
		_, err = w.CloseUnreachable(ctx, steward, g.ID, 0, "无人接听")
		wants(t, err, huifang.CodeConflict, "followup.was_reached")
		h := w.plan(complaint("3", "噪音"))
		_, err = w.Waive(ctx, steward, h.ID, 0, "重复")
		wants(t, err, huifang.CodeForbidden, "forbidden")
		waived := must[*Completed](t)(w.Waive(ctx, w.as("east_supervisor"), h.ID, 0, "重复"))
		if waived.Followup.State != huifang.StateWaived || waived.Followup.Reason != "重复" {
			t.Errorf("%+v", waived.Followup)
		}
	})
}

func TestWorkBeforeTheWindow(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		ev := complaint("1", "水管漏水")
		ev.Type, ev.Attributes = "repair.completed", huifang.Attributes{"matter": "水管漏水"}
		f := w.plan(ev) // opens on 9 March
		steward, head := w.as("east_steward"), w.as("east_supervisor")
		_, err := w.Complete(ctx, steward, f.ID, CompleteInput{Channel: huifang.ChannelVisit, Answers: answered(huifang.VerdictSatisfied)})
		wants(t, err, huifang.CodeConflict, "followup.not_open")
		_, err = w.Attempt(ctx, steward, f.ID, AttemptInput{Channel: huifang.ChannelVisit, Disposition: huifang.NoAnswer})
		wants(t, err, huifang.CodeConflict, "followup.not_open")

		earlier := huifang.Window{Opens: huifang.Moment{Date: day("2026-03-02"), Clock: huifang.NoClock}, Closes: huifang.Moment{Date: day("2026-05-10"), Clock: huifang.NoClock}}
		_, err = w.Postpone(ctx, steward, f.ID, PostponeInput{Window: &earlier, Reason: "客户要求"})
		wants(t, err, huifang.CodeForbidden, "forbidden")
		_, err = w.Postpone(ctx, head, f.ID, PostponeInput{Window: &earlier})
		wants(t, err, huifang.CodeInvalid, "field.missing")
		moved := must[*huifang.Followup](t)(w.Postpone(ctx, head, f.ID, PostponeInput{Window: &earlier, Reason: "客户要求"}))
		if moved.DueMonth != 202605 || moved.Reason != "客户要求" || !moved.OpensAt.Equal(local("2026-03-02 00:00")) || !moved.ClosesAt.Equal(local("2026-05-11 00:00")) {
			t.Errorf("%+v", moved)
		}
		_, err = w.Postpone(ctx, steward, f.ID, PostponeInput{NextTry: local("2026-05-12 10:00"), Reason: "客户出差"})
		wants(t, err, huifang.CodeInvalid, "postpone.next_try")
		later := must[*huifang.Followup](t)(w.Postpone(ctx, steward, f.ID, PostponeInput{NextTry: local("2026-03-05 10:00"), Reason: "客户出差"}))
		if !later.NextTry.Equal(local("2026-03-05 10:00")) || later.ClosesAt != moved.ClosesAt {
			t.Errorf("%+v", later)
		}
		// A later event about the same contact leaves the window a person set alone.
		w.must(EventInput{Key: "c", Type: huifang.EventContactChanged, At: local("2026-03-02 09:30"), Contact: ContactInput{Code: "C-1"}, Attributes: huifang.Attributes{"relation": "owner"}})
		if now := w.followup(f.ID); now.Window != earlier {
			t.Errorf("window %v", now.Window)
		}
		must[*Completed](t)(w.Complete(ctx, steward, f.ID, CompleteInput{Channel: huifang.ChannelVisit, Answers: answered(huifang.VerdictSatisfied)}))
	})
}

func day(s string) huifang.Date {
	d, err := huifang.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestReassign(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		f := w.plan(complaint("1", "电梯异响"))
		head := w.as("east_supervisor")
		to := w.staff["west_steward"].ID
		_, err := w.Reassign(ctx, w.as("east_steward"), f.ID, ReassignInput{Assignees: []huifang.ID{to}, Reason: "忙"})
		wants(t, err, huifang.CodeForbidden, "forbidden")
		_, err = w.Reassign(ctx, head, f.ID, ReassignInput{Assignees: []huifang.ID{w.newID()}, Reason: "忙"})
		wants(t, err, huifang.CodeInvalid, "assignee.unknown")
		_, err = w.Reassign(ctx, head, f.ID, ReassignInput{Reason: "忙"})
		wants(t, err, huifang.CodeInvalid, "field.missing")
		got := must[*huifang.Followup](t)(w.Reassign(ctx, head, f.ID, ReassignInput{Assignees: []huifang.ID{to, to}, Reason: "支援"}))
		if len(got.Assignees) != 1 || got.Lead != to {
			t.Errorf("%+v", got.Assignees)
		}
		if n := must[int](t)(w.UnreadAlerts(ctx, w.as("west_steward"))); n != 1 {
			t.Errorf("%d alerts", n)
		}
		must[*Completed](t)(w.Complete(ctx, w.as("west_steward"), f.ID, CompleteInput{Channel: huifang.ChannelPhone, Answers: answered(huifang.VerdictSatisfied)}))
	})
}

func TestCorrectRecord(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		f := w.plan(complaint("1", "电梯异响"))
		steward := w.as("east_steward")
		_, err := w.CorrectRecord(ctx, steward, f.ID, CorrectInput{Answers: answered(huifang.VerdictDissatisfied), Reason: "填错"})
		wants(t, err, huifang.CodeForbidden, "forbidden")
		_, err = w.CorrectRecord(ctx, w.as("east_head"), f.ID, CorrectInput{Answers: answered(huifang.VerdictDissatisfied), Reason: "填错"})
		wants(t, err, huifang.CodeConflict, "followup.not_completed")
		first := must[*Completed](t)(w.Complete(ctx, steward, f.ID, CompleteInput{Channel: huifang.ChannelVisit, Answers: answered(huifang.VerdictSatisfied)}))
		_, err = w.CorrectRecord(ctx, w.as("east_engineer"), f.ID, CorrectInput{Answers: answered(huifang.VerdictDissatisfied), Reason: "填错"})
		wants(t, err, huifang.CodeForbidden, "forbidden")
		got := must[*Completed](t)(w.CorrectRecord(ctx, steward, f.ID, CorrectInput{Answers: answered(huifang.VerdictDissatisfied), Reason: "填错"}))
		if got.Record.Corrects != first.Record.ID || got.Record.Channel != huifang.ChannelVisit || got.Followup.Satisfied != huifang.VerdictDissatisfied || len(got.Cases) != 1 || got.Followup.Case != got.Cases[0].ID {
			t.Errorf("%+v %+v", got.Record, got.Followup)
		}
		records := must[[]*huifang.Record](t)(w.reads().Records(ctx, w.org.ID, f.ID))
		if len(records) != 2 || records[0].Satisfied != huifang.VerdictSatisfied {
			t.Errorf("records: %+v", records)
		}
		back := must[*Completed](t)(w.CorrectRecord(ctx, w.as("east_supervisor"), f.ID, CorrectInput{Answers: answered(huifang.VerdictUnqualified), Reason: "再核"}))
		if len(back.Cases) != 0 || back.Followup.Case != got.Followup.Case {
			t.Errorf("a second case: %+v", back.Cases)
		}
	})
}

func TestListsAndCounts(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		for _, k := range []string{"1", "2", "3"} {
			w.plan(complaint(k, "噪音")) // close at the end of 5 March
		}
		far := complaint("4", "漏水")
		far.Type, far.Attributes = "repair.completed", huifang.Attributes{"matter": "漏水"}
		w.plan(far)
		west := complaint("5", "噪音")
		west.Unit, west.Contact.Steward = "west", "west_steward"
		w.plan(west)
		steward, head, company := w.as("east_steward"), w.as("east_head"), w.sys

		for _, c := range []struct {
			name  string
			actor *huifang.Actor
			f     FollowupFilter
			want  int
		}{
			{"own", steward, FollowupFilter{Assignee: steward.Staff}, 4},
			{"unit", head, FollowupFilter{}, 4},
			{"other unit", head, FollowupFilter{Units: []huifang.ID{w.units["west"].ID}}, 0},
			{"all", company, FollowupFilter{}, 5},
			{"program", company, FollowupFilter{Program: "repair"}, 1},
			{"text", head, FollowupFilter{Text: "王芳"}, 4},
		} {
			page := must[Paged[FollowupLine]](t)(w.Followups(ctx, c.actor, FollowupQuery{Filter: c.f}))
			if len(page.Items) != c.want {
				t.Errorf("%s: %d lines, want %d", c.name, len(page.Items), c.want)
			}
			if n := must[int](t)(w.CountFollowups(ctx, c.actor, c.f, 100)); n != c.want {
				t.Errorf("%s: counted %d, want %d", c.name, n, c.want)
			}
			for _, l := range page.Items {
				if l.Phone != "138****2628" || l.ContactName != "王芳" || l.ProgramName.ZH == "" || l.UnitName == "" || len(l.Assignees) == 0 || l.Assignees[0].Name == "" {
					t.Errorf("%s: %+v", c.name, l)
				}
			}
		}
		got := must[*WorkCounts](t)(w.WorkCounts(ctx, head, FollowupFilter{}))
		if *got != (WorkCounts{Open: 3, Upcoming: 1, Most: 1000}) {
			t.Errorf("on the day: %+v", got)
		}
		w.setClock(local("2026-03-05 10:00"))
		done := w.followups()[0]
		must[*Completed](t)(w.Complete(ctx, steward, done.ID, CompleteInput{Channel: huifang.ChannelPhone, Answers: answered(huifang.VerdictSatisfied)}))
		if got = must[*WorkCounts](t)(w.WorkCounts(ctx, head, FollowupFilter{})); *got != (WorkCounts{Today: 2, Upcoming: 1, Review: 1, Most: 1000}) {
			t.Errorf("on the last day: %+v", got)
		}
		w.setClock(local("2026-03-06 00:00"))
		if got = must[*WorkCounts](t)(w.WorkCounts(ctx, head, FollowupFilter{})); *got != (WorkCounts{Overdue: 2, Upcoming: 1, Review: 1, Most: 1000}) {
			t.Errorf("the day after: %+v", got)
		}
		if got = must[*WorkCounts](t)(w.WorkCounts(ctx, steward, FollowupFilter{Assignee: steward.Staff})); *got != (WorkCounts{Overdue: 2, Upcoming: 1, Most: 1000}) {
			t.Errorf("the steward's: %+v", got)
		}
	})
}
