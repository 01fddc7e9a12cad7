package app

import (
	"context"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// TestImportInTheRowsZone: a date is one of the unit its row names, whatever the
// organization's zone; and what was imported stays known when a unit gets
// another code.
func TestImportInTheRowsZone(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		w := newWorld(t, s, "property")
		ctx := context.Background()
		west := w.units["west"]
		west.Zone = "America/New_York"
		w.write(func(tx *store.Tx) error { return tx.SaveUnit(ctx, west) })
		w.forget(w.org.ID)
		const rows = "项目,房号,业主姓名,联系电话,类别,事项,完成时间\neast,1-1,王芳,13800000001,报修,漏水,2026-02-20\nwest,2-2,李明,13800000002,报修,断电,2026-02-20\nwest,2-3,赵强,13800000003,报修,断电,2026-02-20 15:55\n"
		done := must[*huifang.Import](t)(w.Import(ctx, w.sys, fileOf("r.csv", rows), ImportOptions{}))
		if done.Accepted != 3 {
			t.Fatalf("%+v", done)
		}
		got := map[time.Time]int{}
		events := must[store.Paged[*huifang.Event]](t)(w.reads().Events(ctx, w.org.ID, store.EventFilter{}, store.Page{Limit: 100}))
		for _, e := range events.Items {
			got[e.At]++
		}
		for _, at := range []string{"2026-02-19T16:00:00Z", "2026-02-20T05:00:00Z", "2026-02-20T20:55:00Z"} {
			instant, err := time.Parse(time.RFC3339, at)
			if err != nil || got[instant] != 1 {
				t.Errorf("nothing happened at %s: %v %v", at, got, err)
			}
		}
		west.Code = "west2"
		w.write(func(tx *store.Tx) error { return tx.SaveUnit(ctx, west) })
		w.forget(w.org.ID)
		again := must[*huifang.Import](t)(w.Import(ctx, w.sys, fileOf("r.csv", "项目,房号,业主姓名,联系电话,类别,事项,完成时间\nwest2,2-2,李明,13800000002,报修,断电,2026-02-20\n"), ImportOptions{}))
		if again.Known != 1 || again.Accepted != 0 {
			t.Errorf("after the unit got another code: %+v", again)
		}
	})
}

// TestImportEventLines: events as the simulation reads them come in whole.
func TestImportEventLines(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.SQLite(t), "property")
	ctx := context.Background()
	const lines = `{"id":"e1","type":"complaint.resolved","at":"2026-03-01T10:00:00+08:00","contact":"c1","unit":"east","department":"工程部","attributes":{"severity":"major","matter":"电梯","source":"12345","storeys":18}}
{"id":"e2","type":"special_service.contracted","at":"2026-03-01T10:00:00+08:00","contact":"c2","unit":"east","attributes":{"contract_start":"2026-03-01","contract_end":"2026-12-31"}}
{"id":"e3","type":"special_service.contracted","at":"2026-03-01T10:00:00+08:00","contact":"c3","unit":"east","attributes":{"contract_start":"2026-13-01","contract_end":"2026-12-31"}}
`
	done := must[*huifang.Import](t)(w.Import(ctx, w.sys, fileOf("events.jsonl", lines), ImportOptions{}))
	if done.Accepted != 2 || done.Rejected != 1 {
		t.Fatalf("%+v", done)
	}
	events := must[store.Paged[*huifang.Event]](t)(w.reads().Events(ctx, w.org.ID, store.EventFilter{Types: []string{"complaint.resolved"}}, store.Page{}))
	if a := events.Items[0].Attributes; a["severity"] != "major" || a["matter"] != "电梯" || a["source"] != "12345" {
		t.Errorf("%+v", a)
	}
	for _, f := range w.followups() {
		if f.Program == "complaint" && (len(f.Assignees) != 1 || f.Assignees[0].Staff != w.staff["east_head"].ID || f.Matter != "电梯") {
			t.Errorf("a major complaint goes to the head: %+v", f)
		}
	}
}

// TestUnqualifiedMajorComplaint: what a reviewer finds unqualified is handled as
// the program says of such an outcome.
func TestUnqualifiedMajorComplaint(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.SQLite(t), "property")
	ev := complaint("1", "漏水")
	ev.Attributes["severity"] = "major"
	f := w.plan(ev)
	w.complete(f.ID, "east_head", huifang.VerdictSatisfied)
	out := must[*Reviewed](t)(w.Review(t.Context(), w.as("east_supervisor"), f.ID, ReviewInput{Decision: huifang.ReviewUnqualified, Opinion: "未到场核实"}))
	if out.Case == nil || out.Case.Severity != huifang.SeverityMajor || out.Case.Owner != w.staff["east_head"].ID {
		t.Errorf("%+v", out.Case)
	}
}
