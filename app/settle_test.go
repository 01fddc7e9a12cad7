package app

import (
	"context"
	"strings"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// alerts lists what a person was told, by kind.
func (w *world) alerts(code string) map[string]int {
	w.t.Helper()
	got, err := w.reads().Alerts(context.Background(), w.org.ID, w.staff[code].ID, false, store.Page{Limit: 100})
	if err != nil {
		w.t.Fatal(err)
	}
	out := map[string]int{}
	for _, a := range got.Items {
		out[a.Kind]++
		if a.Text.ZH == "" || a.Text.EN == "" {
			w.t.Errorf("alert without text: %+v", a)
		}
	}
	return out
}

// TestSettle: a dissatisfied customer opens one case to the head, and a second
// end of the follow-up is refused.
func TestSettle(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		w := newWorld(t, s, "property")
		ctx := context.Background()
		id := w.must(EventInput{
			Key: "1", Type: "complaint.resolved", At: local("2026-03-02 09:00"), Unit: "east", Department: "工程部", Contact: ContactInput{Code: "C1", Steward: "east_steward"},
			Attributes: huifang.Attributes{"severity": "general", "matter": "电梯等待时间过长"},
		})[0].Followups[0]
		o := outcome{State: huifang.StateCompleted, At: w.clock(), Answers: huifang.Attributes{"satisfaction": "dissatisfied"}}
		got, err := w.finish(id, o)
		if err != nil {
			t.Fatal(err)
		}
		f, err := w.reads().Followup(ctx, w.org.ID, id)
		if err != nil || f.State != huifang.StateCompleted || f.Satisfied != huifang.VerdictDissatisfied || len(got.Cases) != 1 || f.Case != got.Cases[0].ID {
			t.Fatalf("%+v %+v %v", f, got, err)
		}
		c, err := w.reads().Case(ctx, w.org.ID, f.Case)
		if err != nil || c.Owner != w.staff["east_head"].ID || c.Severity != huifang.SeverityGeneral || c.Due.String() != "2026-03-05" || c.Number != "AJ-2026-000001" ||
			c.Followup != id || c.Department != "工程部" || c.Matter != "电梯等待时间过长" || c.Contact != f.Contact || c.Event != f.Event || c.State != huifang.CaseOpen {
			t.Errorf("%+v %v", c, err)
		}
		if a := w.alerts("east_head"); a["case.opened"] != 1 {
			t.Errorf("the head was told %v", a)
		}
		if _, err := w.finish(id, o); huifang.ReasonOf(err) != "followup.already_done" || huifang.CodeOf(err) != huifang.CodeConflict {
			t.Errorf("twice: %v", err)
		}
		events, err := w.reads().Events(ctx, w.org.ID, store.EventFilter{Contact: f.Contact}, store.Page{})
		if err != nil || len(events.Items) != 2 {
			t.Errorf("%d events, the refused outcome among them: %v", len(events.Items), err)
		}
	})
}

// TestLate: the tick marks what its window left behind and tells people step by
// step.
func TestLate(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		w := newWorld(t, s, "property")
		ctx := context.Background()
		id := w.must(EventInput{Key: "1", Type: "help.completed", At: local("2026-03-02 09:00"), Unit: "east", Contact: ContactInput{Code: "C1", Steward: "east_steward"}})[0].Followups[0]
		for _, day := range []struct {
			at               string
			late             bool
			supervisor, head int
		}{
			{"2026-03-09 23:59", false, 0, 0},
			{"2026-03-10 00:00", true, 1, 0},
			{"2026-03-12 12:00", true, 1, 0},
			{"2026-03-20 00:00", true, 1, 1},
			{"2026-06-20 00:00", true, 1, 1},
		} {
			w.setClock(local(day.at))
			if _, err := w.Tick(ctx, w.clock(), 10); err != nil {
				t.Fatal(err)
			}
			f, err := w.reads().Followup(ctx, w.org.ID, id)
			if err != nil || f.Late != day.late {
				t.Errorf("%s: late %v, %v", day.at, f.Late, err)
			}
			if s, h := w.alerts("east_supervisor")["followup.late"], w.alerts("east_head")["followup.late"]; s != day.supervisor || h != day.head {
				t.Errorf("%s: the supervisor was told %d times, the head %d", day.at, s, h)
			}
		}
		if n, err := w.Tick(ctx, w.clock(), 10); err != nil || n != 0 {
			t.Errorf("%d enrollments still wake: %v", n, err)
		}
	})
}

// TestMessage: the message of a step is queued once, when its window opens, and
// comes to whoever answers for the follow-up.
func TestMessage(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		w := newWorld(t, s, "testdata/trial")
		ctx := context.Background()
		w.person("agent", "east", "agent")
		w.must(EventInput{
			Key: "1", Type: huifang.EventAssetChanged, At: local("2026-03-02 09:00"), Unit: "east", Contact: ContactInput{Code: "C1"}, Asset: AssetInput{Code: "A1"},
			Attributes: huifang.Attributes{"due": "2026-03-20"},
		})
		jobs := func() []*huifang.Job {
			got, err := w.reads().Jobs(ctx, w.org.ID, false, 10)
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		for _, at := range []string{"2026-03-12 23:00", "2026-03-13 00:00", "2026-03-13 09:00", "2026-03-14 09:00"} {
			w.setClock(local(at))
			if _, err := w.Tick(ctx, w.clock(), 10); err != nil {
				t.Fatal(err)
			}
			want := 1
			if strings.HasPrefix(at, "2026-03-12") {
				want = 0
			}
			if got := jobs(); len(got) != want || want == 1 && got[0].Kind != JobMessage {
				t.Fatalf("%s: %d jobs", at, len(got))
			}
		}
		if err := w.DeliverMessage(ctx, jobs()[0]); err != nil {
			t.Fatal(err)
		}
		if a := w.alerts("agent"); a["message.due"] != 1 {
			t.Errorf("the agent was told %v", a)
		}
	})
}

// TestTenants: nothing of one organization shows, counts or can be reached in
// another, though both use the same codes.
func TestTenants(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		ctx := context.Background()
		one, two := newWorldAs(t, s, "one", "property"), newWorldAs(t, s, "two", "property")
		in := EventInput{Key: "1", Type: "repair.completed", At: local("2026-03-01 10:00"), Unit: "east", Contact: ContactInput{Code: "C1", Name: "王芳", Phones: []string{"13800001111"}}, Asset: AssetInput{Code: "1-1"}}
		a, b := one.must(in)[0], two.must(in)[0]
		if a.Event == b.Event || b.Status != IngestAccepted || len(one.followups()) != 1 || len(two.followups()) != 1 {
			t.Fatalf("%+v %+v", a, b)
		}
		if f, g := one.followups()[0], two.followups()[0]; f.Contact == g.Contact || f.Asset == g.Asset || f.Number != g.Number {
			t.Errorf("%+v %+v", f, g)
		}
		for name, err := range map[string]error{
			"event":         second(two.Event(ctx, two.sys, a.Event)),
			"explain":       second(two.ExplainFollowup(ctx, two.sys, a.Followups[0])),
			"explain event": second(two.ExplainEvent(ctx, two.sys, a.Event)),
			"import":        second(two.ImportByID(ctx, two.sys, a.Event)),
		} {
			if huifang.CodeOf(err) != huifang.CodeNotFound {
				t.Errorf("%s: %v", name, err)
			}
		}
		foreign := in
		foreign.Key, foreign.Contact = "2", ContactInput{ID: one.followups()[0].Contact}
		got, err := two.Ingest(ctx, two.sys, []EventInput{foreign}, IngestOptions{})
		if err != nil || got[0].Status != IngestRejected || got[0].Err.Reason != "contact.not_found" {
			t.Errorf("another organization's contact: %+v %v", got, err)
		}
		if err := two.DeactivatePack(ctx, two.sys, "property"); err != nil {
			t.Fatal(err)
		}
		in.Key = "3"
		if r := one.must(in)[0]; len(r.Followups) != 1 {
			t.Errorf("a pack deactivated elsewhere: %+v", r)
		}
	})
}

func second[T any](_ T, err error) error { return err }
