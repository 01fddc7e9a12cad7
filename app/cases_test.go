package app

import (
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// complete ends a follow-up with a verdict, by the unit's head.
func (w *world) complete(id huifang.ID, who string, v huifang.Verdict) *Completed {
	w.t.Helper()
	return must[*Completed](w.t)(w.Complete(w.t.(*testing.T).Context(), w.as(who), id, CompleteInput{Channel: huifang.ChannelVisit, Answers: answered(v)}))
}

func (w *world) kase(id huifang.ID) *huifang.Case {
	w.t.Helper()
	return must[*huifang.Case](w.t)(w.reads().Case(w.t.(*testing.T).Context(), w.org.ID, id))
}

func TestCaseFromDissatisfactionToConfirmation(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		f := w.plan(complaint("1", "电梯异响"))
		done := w.complete(f.ID, "east_steward", huifang.VerdictDissatisfied)
		if len(done.Cases) != 1 {
			t.Fatalf("%d cases", len(done.Cases))
		}
		c := w.kase(done.Cases[0].ID)
		head := w.as("east_head")
		if c.Number != "AJ-2026-000001" || c.State != huifang.CaseOpen || c.Owner != head.Staff || c.Followup != f.ID || c.Contact != f.Contact || c.Unit != f.Unit ||
			c.Matter != "电梯异响" || c.Department != "工程部" || c.Severity != huifang.SeverityGeneral || c.Due != day("2026-03-05") || w.followup(f.ID).Case != c.ID {
			t.Errorf("%+v", c)
		}
		alerts := must[Paged[*huifang.Alert]](t)(w.Alerts(ctx, head, true, Page{}))
		if len(alerts.Items) != 1 || alerts.Items[0].Case != c.ID || alerts.Items[0].Text.ZH != "诉求 AJ-2026-000001（电梯异响）：需要您处理" {
			t.Errorf("%+v", alerts.Items)
		}

		x := must[*huifang.Action](t)(w.AddAction(ctx, head, c.ID, ActionInput{Owner: w.staff["east_engineer"].ID, Measure: "更换导靴"}))
		if x.Due != c.Due || w.kase(c.ID).State != huifang.CaseActing {
			t.Errorf("%+v", x)
		}
		_, err := w.ResolveCase(ctx, head, c.ID, 0, "已更换")
		wants(t, err, huifang.CodeConflict, "case.actions_open")
		_, err = w.FinishAction(ctx, w.as("east_steward"), x.ID, x.Version, "已更换")
		wants(t, err, huifang.CodeForbidden, "forbidden")
		fin := must[*huifang.Action](t)(w.FinishAction(ctx, w.as("east_engineer"), x.ID, x.Version, "已更换"))
		_, err = w.FinishAction(ctx, w.as("east_engineer"), x.ID, fin.Version, "已更换")
		wants(t, err, huifang.CodeConflict, "action.done")
		if err := w.CommentCase(ctx, w.as("east_steward"), c.ID, "业户周末在家"); err != nil {
			t.Error(err)
		}
		_, err = w.ResolveCase(ctx, head, c.ID, 1, "已更换导靴并试运行")
		wants(t, err, huifang.CodeConflict, store.ReasonStale)
		got := must[*CaseResult](t)(w.ResolveCase(ctx, head, c.ID, 0, "已更换导靴并试运行"))
		if got.Case.State != huifang.CaseResolved || len(got.Planned) != 1 || got.Planned[0].Program != "rectified" || got.Planned[0].Case != c.ID || got.Planned[0].Lead != w.staff["east_steward"].ID {
			t.Fatalf("%+v %+v", got.Case, got.Planned)
		}
		check := got.Planned[0]
		_, err = w.CloseCase(ctx, head, c.ID, 0, "不再等待")
		wants(t, err, huifang.CodeConflict, "case.check_open")

		// Not satisfied: the same case goes on, and no other is opened.
		w.setClock(w.clock().Add(24 * time.Hour))
		again := w.complete(check.ID, "east_steward", huifang.VerdictDissatisfied)
		if len(again.Cases) != 1 || again.Cases[0].ID != c.ID {
			t.Fatalf("%+v", again.Cases)
		}
		if now := w.kase(c.ID); now.State != huifang.CaseOpen || !now.Resolved.IsZero() || now.Due != day("2026-03-06") {
			t.Errorf("%+v", now)
		}
		cases := must[Paged[CaseLine]](t)(w.Cases(ctx, head, CaseFilter{}, Page{}))
		if len(cases.Items) != 1 || cases.Items[0].OwnerName != "east_head" || cases.Items[0].ContactName != "王芳" {
			t.Errorf("%+v", cases.Items)
		}

		second := must[*CaseResult](t)(w.ResolveCase(ctx, head, c.ID, 0, "更换钢丝绳"))
		w.complete(second.Planned[0].ID, "east_steward", huifang.VerdictSatisfied)
		if now := w.kase(c.ID); now.State != huifang.CaseClosed || !now.Closed.Equal(w.now()) || now.Resolution != "更换钢丝绳" {
			t.Errorf("%+v", now)
		}
		_, err = w.AddAction(ctx, head, c.ID, ActionInput{Measure: "再查"})
		wants(t, err, huifang.CodeConflict, "case.closed")
		detail := must[*CaseDetail](t)(w.Case(ctx, w.as("east_steward"), c.ID))
		counts := map[string]int{}
		for _, e := range detail.History {
			counts[e.Action]++
		}
		for action, n := range map[string]int{"case.opened": 1, "case.action_added": 1, "case.action_finished": 1, "case.commented": 1, "case.resolved": 2, "case.reopened": 1, "case.closed": 1} {
			if counts[action] != n {
				t.Errorf("%d entries %s, want %d", counts[action], action, n)
			}
		}
		if len(detail.Followups) != 3 || len(detail.Actions) != 1 || detail.Manage || detail.Contact.Phones[0] != "138****2628" || detail.Names[head.Staff] != "east_head" {
			t.Errorf("%+v", detail)
		}
		if broken := must[int64](t)(w.VerifyAudit(ctx, w.sys)); broken != 0 {
			t.Errorf("the audit chain breaks at %d", broken)
		}
	})
}

func TestExplainedCase(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		c := w.complete(w.plan(complaint("1", "外墙渗水")).ID, "east_steward", huifang.VerdictUnqualified).Cases[0]
		head := w.as("east_head")
		_, err := w.ExplainCase(ctx, head, c.ID, ExplainInput{Explanation: "需等雨季后施工", Next: day("2026-03-01")})
		wants(t, err, huifang.CodeInvalid, "case.next")
		_, err = w.ExplainCase(ctx, head, c.ID, ExplainInput{Next: day("2026-04-20")})
		wants(t, err, huifang.CodeInvalid, "field.missing")
		got := must[*CaseResult](t)(w.ExplainCase(ctx, head, c.ID, ExplainInput{Explanation: "需等雨季后施工", Next: day("2026-04-20"), Rectifier: w.staff["east_engineer"].ID}))
		if got.Case.Owner != w.staff["east_engineer"].ID || got.Case.NextDate != day("2026-04-20") || got.Case.State != huifang.CaseOpen || len(got.Planned) != 1 || got.Case.Due != day("2026-04-20") {
			t.Fatalf("%+v", got)
		}
		f := got.Planned[0]
		if f.Program != "explained" || f.Window.Opens.Date != day("2026-04-20") || f.Case != c.ID {
			t.Errorf("%+v", f)
		}
		w.setClock(local("2026-04-20 10:00"))
		w.complete(f.ID, "east_steward", huifang.VerdictSatisfied)
		if now := w.kase(c.ID); now.State != huifang.CaseClosed {
			t.Errorf("%+v", now)
		}
	})
}

func TestCasesByHand(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		f := w.plan(complaint("1", "噪音"))
		sup := w.as("east_supervisor")
		_, err := w.OpenCase(ctx, w.as("east_steward"), NewCase{Contact: f.Contact, Matter: "噪音"})
		wants(t, err, huifang.CodeForbidden, "forbidden")
		_, err = w.OpenCase(ctx, sup, NewCase{Contact: f.Contact})
		wants(t, err, huifang.CodeInvalid, "field.missing")
		_, err = w.OpenCase(ctx, sup, NewCase{Contact: w.newID(), Matter: "噪音"})
		wants(t, err, huifang.CodeNotFound, "contact.not_found")
		_, err = w.OpenCase(ctx, sup, NewCase{Contact: f.Contact, Matter: "噪音", Due: day("2026-03-01")})
		wants(t, err, huifang.CodeInvalid, "case.due")
		c := must[*huifang.Case](t)(w.OpenCase(ctx, sup, NewCase{Followup: f.ID, Severity: huifang.SeverityMajor}))
		if c.Matter != "噪音" || c.Contact != f.Contact || c.Owner != w.staff["east_head"].ID || c.Number == "" || w.followup(f.ID).Case != c.ID {
			t.Errorf("%+v", c)
		}
		_, err = w.UpdateCase(ctx, sup, c.ID, CaseEdit{Version: 1, Owner: w.staff["east_engineer"].ID, Severity: "huge", Matter: "噪音"})
		wants(t, err, huifang.CodeInvalid, "case.severity")
		up := must[*huifang.Case](t)(w.UpdateCase(ctx, sup, c.ID, CaseEdit{Owner: w.staff["east_engineer"].ID, Severity: huifang.SeverityGeneral, Matter: "噪音扰民", Due: day("2026-03-09")}))
		if up.Owner != w.staff["east_engineer"].ID || up.Due != day("2026-03-09") || up.Matter != "噪音扰民" {
			t.Errorf("%+v", up)
		}
		// Its owner may act on it without any permission on the unit's cases.
		engineer := w.as("east_engineer")
		res := must[*CaseResult](t)(w.ResolveCase(ctx, engineer, c.ID, up.Version, "已劝止"))
		for _, p := range res.Planned {
			must[*Completed](t)(w.Waive(ctx, sup, p.ID, 0, "业户出国"))
		}
		_, err = w.ReopenCase(ctx, w.as("east_steward"), c.ID, 0, "又响")
		wants(t, err, huifang.CodeForbidden, "forbidden")
		re := must[*huifang.Case](t)(w.ReopenCase(ctx, engineer, c.ID, 0, "又响"))
		_, err = w.ReopenCase(ctx, engineer, c.ID, 0, "又响")
		wants(t, err, huifang.CodeConflict, "case.open")
		must[*Completed](t)(w.Waive(ctx, sup, f.ID, 0, "已在诉求中处理"))
		closed := must[*huifang.Case](t)(w.CloseCase(ctx, sup, c.ID, re.Version, "业户撤诉"))
		if closed.State != huifang.CaseClosed {
			t.Errorf("%+v", closed)
		}
		mine := must[Paged[CaseLine]](t)(w.Cases(ctx, engineer, CaseFilter{Owner: engineer.Staff}, Page{}))
		if len(mine.Items) != 1 {
			t.Errorf("%d cases", len(mine.Items))
		}
	})
}

func TestReviews(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		sup, head := w.as("east_supervisor"), w.as("east_head")
		good, bad, redo := w.plan(complaint("1", "噪音")), w.plan(complaint("2", "噪音")), w.plan(complaint("3", "噪音"))
		_, err := w.Review(ctx, sup, good.ID, ReviewInput{Decision: huifang.ReviewQualified})
		wants(t, err, huifang.CodeConflict, "followup.not_completed")
		for _, f := range []*huifang.Followup{good, bad, redo} {
			w.complete(f.ID, "east_steward", huifang.VerdictSatisfied)
		}
		own := w.plan(complaint("4", "噪音"))
		w.complete(own.ID, "east_supervisor", huifang.VerdictSatisfied)
		queue := must[Paged[FollowupLine]](t)(w.ReviewQueue(ctx, sup, FollowupFilter{}, Page{}))
		if len(queue.Items) != 3 {
			t.Errorf("%d wait for the supervisor", len(queue.Items))
		}
		if queue = must[Paged[FollowupLine]](t)(w.ReviewQueue(ctx, head, FollowupFilter{}, Page{})); len(queue.Items) != 4 {
			t.Errorf("%d wait for the head", len(queue.Items))
		}
		_, err = w.Review(ctx, sup, own.ID, ReviewInput{Decision: huifang.ReviewQualified})
		wants(t, err, huifang.CodeForbidden, "review.own")
		_, err = w.Review(ctx, w.as("east_steward"), good.ID, ReviewInput{Decision: huifang.ReviewQualified})
		wants(t, err, huifang.CodeForbidden, "forbidden")
		_, err = w.Review(ctx, w.as("west_supervisor"), good.ID, ReviewInput{Decision: huifang.ReviewQualified})
		wants(t, err, huifang.CodeForbidden, "forbidden")
		_, err = w.Review(ctx, sup, bad.ID, ReviewInput{Decision: huifang.ReviewUnqualified})
		wants(t, err, huifang.CodeInvalid, "field.missing")
		_, err = w.Review(ctx, sup, bad.ID, ReviewInput{Decision: "splendid", Opinion: "好"})
		wants(t, err, huifang.CodeInvalid, "review.decision")
		_, err = w.Review(ctx, sup, good.ID, ReviewInput{Row: 1, Decision: huifang.ReviewQualified})
		wants(t, err, huifang.CodeConflict, store.ReasonStale)

		ok := must[*Reviewed](t)(w.Review(ctx, sup, good.ID, ReviewInput{Decision: huifang.ReviewQualified}))
		if ok.Followup.Review != huifang.ReviewQualified || ok.Followup.State != huifang.StateCompleted || ok.Case != nil || ok.Review.Record == "" {
			t.Errorf("%+v", ok)
		}
		_, err = w.Review(ctx, head, good.ID, ReviewInput{Decision: huifang.ReviewQualified})
		wants(t, err, huifang.CodeConflict, "review.already")

		no := must[*Reviewed](t)(w.Review(ctx, sup, bad.ID, ReviewInput{Decision: huifang.ReviewUnqualified, Opinion: "现场仍有噪音"}))
		if no.Case == nil || no.Case.Owner != head.Staff || no.Followup.Satisfied != huifang.VerdictUnqualified || w.followup(bad.ID).Case != no.Case.ID || w.kase(no.Case.ID).Followup != bad.ID {
			t.Errorf("%+v", no)
		}

		w.setClock(local("2026-03-04 10:00"))
		again := must[*Reviewed](t)(w.Review(ctx, sup, redo.ID, ReviewInput{Decision: huifang.ReviewRedo, Opinion: "记录不全", Closes: day("2026-03-08")}))
		if g := again.Followup; g.State != huifang.StatePlanned || g.Review != huifang.ReviewRedo || !g.DoneAt.IsZero() || g.Satisfied != huifang.VerdictNone || g.Late || g.Window.Closes.Date != day("2026-03-08") {
			t.Errorf("%+v", g)
		}
		if n := must[int](t)(w.UnreadAlerts(ctx, w.as("east_steward"))); n != 1 {
			t.Errorf("%d alerts", n)
		}
		second := w.complete(redo.ID, "east_steward", huifang.VerdictDissatisfied)
		records := must[[]*huifang.Record](t)(w.reads().Records(ctx, w.org.ID, redo.ID))
		if len(records) != 2 || second.Record.Corrects != records[0].ID || records[1].ID != second.Record.ID || len(second.Cases) != 1 || second.Followup.Review != huifang.ReviewPending {
			t.Errorf("%+v", second)
		}
		must[*Reviewed](t)(w.Review(ctx, sup, redo.ID, ReviewInput{Decision: huifang.ReviewQualified}))
		if reviews := must[[]*huifang.Review](t)(w.reads().Reviews(ctx, w.org.ID, redo.ID)); len(reviews) != 2 {
			t.Errorf("%d reviews", len(reviews))
		}

		// Sent back after its window closed, it is overdue again until it is done.
		late := w.plan(complaint("5", "噪音"))
		w.complete(late.ID, "east_steward", huifang.VerdictSatisfied)
		w.setClock(local("2026-03-10 10:00"))
		back := must[*Reviewed](t)(w.Review(ctx, sup, late.ID, ReviewInput{Decision: huifang.ReviewRedo, Opinion: "记录不全"}))
		if !back.Followup.Late || back.Followup.StateAt(w.now()) != huifang.StateOverdue {
			t.Errorf("%+v", back.Followup)
		}
	})
}

func TestSamplingIsRepeatableAndNearItsShare(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.SQLite(t), "property")
	share := 30.0
	if _, err := w.SetProgram(t.Context(), w.sys, "complaint", ProgramSetting{Active: true, Override: Override{Review: &share}}); err != nil {
		t.Fatal(err)
	}
	d := must[*directory](t)(w.directory(t.Context(), w.org.ID))
	n := 0
	for range 5000 {
		f := &huifang.Followup{ID: w.newID(), Program: "complaint"}
		first := d.sampled(f)
		if again := d.sampled(f); again != first {
			t.Fatal("two draws differ")
		}
		if first {
			n++
		}
	}
	if n < 1350 || n > 1650 {
		t.Errorf("%d of 5000 drawn for 30 %%", n)
	}
}
