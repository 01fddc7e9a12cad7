package app

import (
	"context"
	"strconv"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func TestIngestPlans(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		w := newWorld(t, s, "property")
		ctx := context.Background()
		in := EventInput{
			Key: "W-1", Type: "repair.completed", At: local("2026-03-01 10:00"), Unit: "east", Department: "工程部",
			Contact: ContactInput{Name: "王芳", Phones: []string{"13800001111"}, Steward: "east_steward"}, Asset: AssetInput{Code: "3-1-502"},
			Attributes: huifang.Attributes{"matter": "厨房水管漏水"},
		}
		first := w.must(in)[0]
		if first.Status != IngestAccepted || len(first.Followups) != 1 {
			t.Fatalf("%+v", first)
		}
		f, err := w.reads().Followup(ctx, w.org.ID, first.Followups[0])
		if err != nil {
			t.Fatal(err)
		}
		if f.Window.Opens.String() != "2026-03-08" || f.Window.Closes.String() != "2026-04-01" || f.Lead != w.staff["east_steward"].ID ||
			f.Unit != w.units["east"].ID || f.Matter != "厨房水管漏水" || f.Department != "工程部" || f.DueMonth != 202604 || f.Form != "repair" ||
			f.FormVer != 1 || f.Version != 1 || f.Event != first.Event || f.Number != "HF-2026-000001" || f.State != huifang.StatePlanned || f.Why == "" {
			t.Errorf("%+v", f)
		}
		c, err := w.reads().Contact(ctx, w.org.ID, f.Contact)
		if err != nil || c.Name != "王芳" || c.Unit != w.units["east"].ID || c.Kind != "household" || c.Steward != w.staff["east_steward"].ID {
			t.Errorf("%+v %v", c, err)
		}
		as, err := w.reads().Asset(ctx, w.org.ID, f.Asset)
		if err != nil || as.Contact != c.ID || as.Code != "3-1-502" {
			t.Errorf("%+v %v", as, err)
		}
		again := w.must(in)[0]
		if again.Status != IngestKnown || again.Event != first.Event || len(w.followups()) != 1 {
			t.Errorf("%+v", again)
		}
	})
}

func TestIngestRejectsAlone(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		w := newWorld(t, s, "property")
		good := func(key string) EventInput {
			return EventInput{Key: key, Type: "help.completed", At: local("2026-03-01 10:00"), Unit: "east", Contact: ContactInput{Code: "C-" + key}}
		}
		bad := func(change func(*EventInput)) EventInput {
			e := good("bad")
			e.Contact.Code = "never"
			change(&e)
			return e
		}
		cases := []struct {
			name, reason, field string
			change              func(*EventInput)
		}{
			{"type", "event.unknown_type", "type", func(e *EventInput) { e.Type = "repair.complete" }},
			{"reserved", "event.reserved", "type", func(e *EventInput) { e.Type = huifang.EventFollowupCompleted }},
			{"unit", "unit.unknown", "unit", func(e *EventInput) { e.Unit = "nowhere" }},
			{"staff", "staff.unknown", "staff", func(e *EventInput) { e.Staff = "nobody" }},
			{"steward", "staff.unknown", "contact.steward", func(e *EventInput) { e.Contact.Steward = "nobody" }},
			{"time", "event.at", "at", func(e *EventInput) { e.At = local("0001-01-02 00:00") }},
			{"future", "event.future", "at", func(e *EventInput) { e.At = local("2027-03-01 10:00") }},
			{"no subject", "event.missing", "customer", func(e *EventInput) { e.Contact = ContactInput{} }},
			{"choice", "attribute.type", "attributes.severity", func(e *EventInput) {
				e.Type, e.Attributes = "complaint.resolved", huifang.Attributes{"severity": "huge"}
			}},
			{"contact id", "contact.not_found", "contact.id", func(e *EventInput) { e.Contact.ID = w.newID() }},
			{"asset id", "asset.not_found", "asset.id", func(e *EventInput) { e.Asset.ID = "nonsense" }},
			{"corrects", "event.not_found", "corrects", func(e *EventInput) { e.Corrects = "no such" }},
			{"unreadable", "line.invalid", "", func(e *EventInput) { e.Fault = huifang.Invalid("line.invalid", huifang.Text{EN: "x"}) }},
		}
		events := []EventInput{good("a")}
		for _, tc := range cases {
			events = append(events, bad(tc.change))
		}
		events = append(events, good("b"))
		got, err := w.Ingest(context.Background(), w.sys, events, IngestOptions{})
		if err != nil {
			t.Fatal(err)
		}
		for i, tc := range cases {
			r := got[i+1]
			field := "events[" + strconv.Itoa(i+1) + "]"
			if tc.field != "" {
				field += "." + tc.field
			}
			if r.Status != IngestRejected || r.Err == nil || r.Err.Reason != tc.reason || r.Err.At.Field != field || r.Err.Message.ZH == "" && tc.reason != "line.invalid" {
				t.Errorf("%s: %+v", tc.name, r.Err)
			}
		}
		if got[0].Status != IngestAccepted || got[len(got)-1].Status != IngestAccepted {
			t.Errorf("the good ones: %+v %+v", got[0], got[len(got)-1])
		}
		if found, err := w.reads().ContactsByCode(context.Background(), w.org.ID, []string{"never", "C-a", "C-b"}); err != nil || len(found) != 2 {
			t.Errorf("contacts %v %v", found, err)
		}
		if n := len(w.followups()); n != 2 {
			t.Errorf("%d follow-ups", n)
		}
	})
}

// TestIngestSubjects: who and what an event is about is found again.
func TestIngestSubjects(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		w := newWorld(t, s, "property")
		n := 0
		send := func(c ContactInput, as string) *huifang.Event {
			n++
			r := w.must(EventInput{Key: strconv.Itoa(n), Type: "help.completed", At: local("2026-03-01 10:00"), Unit: "east", Contact: c, Asset: AssetInput{Code: as}})[0]
			ev, err := w.reads().Event(context.Background(), w.org.ID, r.Event)
			if err != nil {
				t.Fatal(err)
			}
			return ev
		}
		wang := send(ContactInput{Code: "C1", Name: "王芳", Phones: []string{"13800000001"}}, "1-1")
		for name, same := range map[string]*huifang.Event{
			"by code":        send(ContactInput{Code: "C1", Name: "王芳芳"}, ""),
			"by asset":       send(ContactInput{}, "1-1"),
			"by phone":       send(ContactInput{Name: "王芳", Phones: []string{"13800000001"}}, "2-2"),
			"by name, home":  send(ContactInput{Name: "王芳"}, "1-1"),
			"phone, no name": send(ContactInput{Phones: []string{"13800000001"}}, ""),
		} {
			if same.Contact != wang.Contact {
				t.Errorf("%s: another contact", name)
			}
		}
		for name, other := range map[string]*huifang.Event{
			"another name, same phone": send(ContactInput{Name: "王强", Phones: []string{"13800000001"}}, "1-1"),
			"same name, another phone": send(ContactInput{Name: "王芳", Phones: []string{"13900000009"}}, "5-5"),
			"another code":             send(ContactInput{Code: "C2", Name: "王芳"}, ""),
		} {
			if other.Contact == wang.Contact || other.Contact == "" {
				t.Errorf("%s: the same contact", name)
			}
		}
		// What was missing is filled in, what is there stays.
		li := send(ContactInput{Code: "C3", Name: "李伟"}, "")
		send(ContactInput{Code: "C3", Name: "李大伟", Phones: []string{"13700000003"}, Steward: "east_steward"}, "")
		c, err := w.reads().Contact(context.Background(), w.org.ID, li.Contact)
		if err != nil || c.Name != "李伟" || len(c.Phones) != 1 || c.Steward != w.staff["east_steward"].ID {
			t.Errorf("%+v %v", c, err)
		}
	})
}

func TestIngestForbidden(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.SQLite(t), "property")
	in := []EventInput{{Key: "1", Type: "help.completed", At: local("2026-03-01 10:00"), Unit: "west", Contact: ContactInput{Code: "C1"}}}
	nobody := &huifang.Actor{Org: w.org.ID, Permissions: map[huifang.Permission]bool{huifang.PermFollowupWork: true}}
	if _, err := w.Ingest(t.Context(), nobody, in, IngestOptions{}); huifang.CodeOf(err) != huifang.CodeForbidden {
		t.Errorf("without event.ingest: %v", err)
	}
	east := &huifang.Actor{Org: w.org.ID, Permissions: map[huifang.Permission]bool{huifang.PermEventIngest: true}, Units: map[huifang.ID]bool{w.units["east"].ID: true}}
	got, err := w.Ingest(t.Context(), east, in, IngestOptions{})
	if err != nil || got[0].Status != IngestRejected || got[0].Err.Code != huifang.CodeForbidden || got[0].Err.At.Field != "unit" {
		t.Errorf("another unit: %+v %v", got, err)
	}
	if _, err := w.Ingest(t.Context(), w.sys, make([]EventInput, MaxBatch+1), IngestOptions{}); huifang.CodeOf(err) != huifang.CodeTooLarge {
		t.Errorf("too many: %v", err)
	}
}

// TestIngestHistory: windows that closed long ago are counted, not planned.
func TestIngestHistory(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		w := newWorld(t, s, "property")
		var events []EventInput
		for i := range 30 {
			events = append(events, EventInput{
				Key: strconv.Itoa(i), Type: "repair.completed", At: local("2025-03-01 10:00").AddDate(0, 0, 12*i), Unit: "east", Contact: ContactInput{Code: "C" + strconv.Itoa(i%4)},
			})
		}
		got, err := w.Ingest(context.Background(), w.sys, events, IngestOptions{History: true})
		if err != nil {
			t.Fatal(err)
		}
		planned, refused := 0, 0
		for i := range got {
			planned += len(got[i].Followups)
			refused += got[i].NotPlanned
		}
		// Of 2025-03-01 … 2026-02-12 only events after 2026-02-02 have windows open on 2026-03-02.
		if planned != 1 || refused != 29 || len(w.followups()) != 1 {
			t.Errorf("planned %d, refused %d", planned, refused)
		}
		counts, err := w.reads().NotPlannedCounts(context.Background(), w.org.ID, w.at.AddDate(0, 0, -1), w.at.AddDate(0, 0, 1))
		if err != nil || len(counts) != 1 || counts[0].Reason != "window_closed" || counts[0].N != 29 {
			t.Errorf("%+v %v", counts, err)
		}
		for i := range events {
			events[i].Key += "b"
		}
		if _, err := w.Ingest(context.Background(), w.sys, events, IngestOptions{History: true, Backfill: true}); err != nil || len(w.followups()) != 31 {
			t.Errorf("backfill: %v, %d follow-ups", err, len(w.followups()))
		}
	})
}

// TestCorrection: a correcting event takes back what the wrong one planned.
func TestCorrection(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		w := newWorld(t, s, "property")
		in := EventInput{Key: "W-1", Type: "repair.completed", At: local("2026-02-01 10:00"), Unit: "east", Contact: ContactInput{Code: "C1"}}
		w.must(in)
		in.Key, in.Corrects, in.At = "W-1b", "W-1", local("2026-02-11 10:00")
		w.must(in)
		in.Key = "W-1c"
		in.Corrects = ""
		states := map[huifang.State]int{}
		for _, f := range w.followups() {
			states[f.State]++
			if f.State == huifang.StateCancelled && (f.Reason != "corrected" || f.Window.Opens.String() != "2026-02-08") {
				t.Errorf("%+v", f)
			}
		}
		if states[huifang.StateCancelled] != 1 || states[huifang.StatePlanned] != 1 {
			t.Errorf("%v", states)
		}
	})
}
