package app

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// drain plans what was received.
func (w *world) drain() int {
	w.t.Helper()
	n, err := w.Drain(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// accept puts events into the inbox, all of which must be sound.
func (w *world) accept(actor *huifang.Actor, events ...EventInput) []IngestResult {
	w.t.Helper()
	got, err := w.Accept(context.Background(), actor, events, IngestOptions{})
	if err != nil {
		w.t.Fatal(err)
	}
	for i := range got {
		if got[i].Status != IngestReceived || got[i].Event == "" || got[i].Err != nil {
			w.t.Fatalf("event %d: %+v", i, got[i])
		}
	}
	return got
}

// job is a repair that was done.
func job(n int) EventInput {
	return EventInput{
		Key: "K" + strconv.Itoa(n), Type: "repair.completed", At: local("2026-03-01 10:00").Add(time.Duration(n) * time.Second), Unit: "east",
		Contact: ContactInput{Code: "c" + strconv.Itoa(n%3), Name: "业户"}, Department: "工程部", Attributes: huifang.Attributes{"matter": "水管漏水"},
	}
}

func TestInboxPlansOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		ctx := context.Background()
		w, direct := newWorldAs(t, s, "later", "property"), newWorldAs(t, s, "now", "property")
		var events []EventInput
		for n := range 7 {
			events = append(events, job(n))
		}
		direct.must(events...)
		got := w.accept(w.sys, append(events, events[2])...) // one of them twice
		if len(w.followups()) != 0 {
			t.Fatal("planned before it was drained")
		}
		if st, err := w.EventStanding(ctx, w.sys, got[0].Event); err != nil || st.State != IngestReceived || st.Event.Key != "K0" || st.Event.Unit != w.units["east"].ID {
			t.Fatalf("%+v %v", st, err)
		}
		if in, err := w.Inbox(ctx, w.sys); err != nil || in.Waiting != 8 || in.Oldest.IsZero() || in.Refused != 0 {
			t.Fatalf("%+v %v", in, err)
		}
		if n := w.drain(); n != 8 {
			t.Fatalf("%d left the inbox", n)
		}
		if w.drain() != 0 {
			t.Fatal("drained twice")
		}
		if a, b := len(w.followups()), len(direct.followups()); a != b || a == 0 {
			t.Fatalf("%d follow-ups, at once %d", a, b)
		}
		for i := range 7 {
			if st, err := w.EventStanding(ctx, w.sys, got[i].Event); err != nil || st.State != "" || st.Event.ID != got[i].Event || !st.Event.Received.Equal(w.at) {
				t.Fatalf("%d: %+v %v", i, st, err)
			}
		}
		// The repetition is the event it repeats; so is what is sent again now.
		again := w.accept(w.sys, events[2])
		w.drain()
		for _, id := range []huifang.ID{got[7].Event, again[0].Event} {
			if st, err := w.EventStanding(ctx, w.sys, id); err != nil || st.Event.ID != got[2].Event {
				t.Errorf("%s is %+v %v", id, st, err)
			}
		}
		if a, b := len(w.followups()), len(direct.followups()); a != b {
			t.Errorf("%d follow-ups, at once %d", a, b)
		}
	})
}

// What can be told without reading is refused before it is acknowledged.
func TestAcceptChecks(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		ctx := context.Background()
		w := newWorld(t, s, "property")
		for reason, change := range map[string]func(*EventInput){
			"event.unknown_type": func(e *EventInput) { e.Type = "nothing.happened" },
			"event.reserved":     func(e *EventInput) { e.Type = huifang.EventFollowupCompleted },
			"event.future":       func(e *EventInput) { e.At = w.at.AddDate(0, 0, 9) },
			"event.at":           func(e *EventInput) { e.At = time.Time{} },
			"unit.unknown":       func(e *EventInput) { e.Unit = "nowhere" },
			"staff.unknown":      func(e *EventInput) { e.Staff = "nobody" },
			"event.missing":      func(e *EventInput) { e.Contact = ContactInput{} },
		} {
			e := job(1)
			change(&e)
			got, err := w.Accept(ctx, w.sys, []EventInput{job(0), e}, IngestOptions{})
			if err != nil || got[0].Status != IngestReceived || got[1].Status != IngestRejected || huifang.ReasonOf(got[1].Err) != reason {
				t.Errorf("%s: %+v %v", reason, got, err)
			}
		}
		e := job(1)
		e.Contact.Steward = "nobody"
		if got, err := w.Accept(ctx, w.sys, []EventInput{e}, IngestOptions{}); err != nil || huifang.ReasonOf(got[0].Err) != "staff.unknown" || got[0].Err.At.Field != "contact.steward" {
			t.Errorf("%+v %v", got, err)
		}
		head := w.actorOf(t, "west_head")
		if got, err := w.Accept(ctx, head, []EventInput{job(1)}, IngestOptions{}); err != nil || huifang.CodeOf(got[0].Err) != huifang.CodeForbidden {
			t.Errorf("%+v %v", got, err)
		}
		_, err := w.Accept(ctx, &huifang.Actor{Org: w.org.ID}, []EventInput{job(1)}, IngestOptions{})
		wants(t, err, huifang.CodeForbidden, "forbidden")
		w.drain()
		if st, _ := w.Inbox(ctx, w.sys); st.Refused != 0 {
			t.Errorf("%+v", st)
		}
	})
}

func (w *world) actorOf(t *testing.T, code string) *huifang.Actor {
	t.Helper()
	d, err := w.directory(context.Background(), w.org.ID)
	if err != nil {
		t.Fatal(err)
	}
	return d.actor(d.staffCode[code])
}

// TestRefused: what turns out bad only when it is planned is kept with its
// reason, told to those who may send events, and tried again or dismissed.
func TestRefused(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		ctx := context.Background()
		w := newWorld(t, s, "property")
		east, west := w.actorOf(t, "east_head"), w.actorOf(t, "west_head")
		missing := w.newID()
		bad := func(n int) EventInput {
			e := job(n)
			e.Contact = ContactInput{ID: missing}
			return e
		}
		e := bad(3)
		e.Unit = "" // whose unit is not known either
		got := w.accept(east, job(1), bad(2), job(4), e)
		w.drain()
		if n := len(w.followups()); n != 2 {
			t.Fatalf("%d follow-ups of the good ones", n)
		}
		p, err := w.Refused(ctx, east, Page{})
		if err != nil || len(p.Items) != 2 || p.Items[0].Event.ID != got[1].Event || p.Items[0].Contact != string(missing) {
			t.Fatalf("%+v %v", p.Items, err)
		}
		if f := p.Items[0].Fault; f.Reason != "contact.not_found" || f.At.Field != "contact.id" || f.Message.ZH == "" || f.Message.EN == "" {
			t.Fatalf("%+v", f)
		}
		if p, err := w.Refused(ctx, west, Page{}); err != nil || len(p.Items) != 1 {
			t.Errorf("others see %+v %v", p.Items, err)
		}
		if st, err := w.EventStanding(ctx, w.sys, got[1].Event); err != nil || st.State != IngestRejected || st.Fault.Reason != "contact.not_found" {
			t.Errorf("%+v %v", st, err)
		}
		_, err = w.EventStanding(ctx, west, got[1].Event)
		wants(t, err, huifang.CodeForbidden, "forbidden")
		if n, err := w.UnreadAlerts(ctx, east); err != nil || n != 1 {
			t.Errorf("%d alerts, %v", n, err)
		}
		w.accept(east, bad(5))
		w.drain()
		if n, _ := w.UnreadAlerts(ctx, east); n != 1 {
			t.Errorf("%d alerts after one more", n)
		}

		wants(t, w.RetryRefused(ctx, west, got[1].Event), huifang.CodeForbidden, "forbidden")
		wants(t, w.RetryRefused(ctx, east, got[0].Event), huifang.CodeNotFound, "event.not_found")
		wants(t, w.DismissRefused(ctx, &huifang.Actor{Org: w.org.ID}, got[1].Event), huifang.CodeForbidden, "forbidden")
		w.write(func(tx *store.Tx) error {
			return tx.SaveContact(ctx, &huifang.Contact{Org: w.org.ID, ID: missing, Kind: "household", Name: "迟到", Unit: w.units["east"].ID})
		})
		if err := w.RetryRefused(ctx, east, got[1].Event); err != nil {
			t.Fatal(err)
		}
		wants(t, w.RetryRefused(ctx, east, got[1].Event), huifang.CodeNotFound, "event.not_refused")
		w.drain()
		if st, err := w.EventStanding(ctx, w.sys, got[1].Event); err != nil || st.State != "" || st.Event.Contact != missing {
			t.Errorf("%+v %v", st, err)
		}
		if err := w.DismissRefused(ctx, east, got[3].Event); err != nil {
			t.Fatal(err)
		}
		_, err = w.EventStanding(ctx, w.sys, got[3].Event)
		wants(t, err, huifang.CodeNotFound, "event.not_found")
		if in, err := w.Inbox(ctx, east); err != nil || in.Refused != 1 {
			t.Errorf("%+v %v", in, err)
		}
	})
}

// TestInboxFull: a sender that is faster than planning for long is turned away.
func TestInboxFull(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.SQLite(t), "property")
	w.accept(w.sys, job(1))
	w.inboxes.of(w.org.ID).waiting.Store(inboxCapacity)
	_, err := w.Accept(context.Background(), w.sys, []EventInput{job(2)}, IngestOptions{})
	wants(t, err, huifang.CodeUnavailable, "inbox.full")
	w.drain()
	w.accept(w.sys, job(2))
	if n := w.drain(); n != 1 {
		t.Errorf("%d planned", n)
	}
}

// TestManyNodesDrain: several nodes plan what several received, each event once.
func TestManyNodesDrain(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		ctx := context.Background()
		w := newWorld(t, s, "property")
		nodes := []*App{w.App}
		for range 2 {
			nodes = append(nodes, New(Config{Store: s, Now: w.clock, NewID: w.newID}))
		}
		const each = 40
		var group sync.WaitGroup
		errs := make(chan error, 2*len(nodes))
		for i, node := range nodes {
			group.Go(func() {
				for n := range each {
					e := job(n)
					e.Key = fmt.Sprintf("N%d-%d", i, n/2) // each twice
					if got, err := node.Accept(ctx, w.sys, []EventInput{e}, IngestOptions{}); err != nil || got[0].Err != nil {
						errs <- fmt.Errorf("%v %w", got, err)
						return
					}
				}
			})
			group.Go(func() {
				for range each {
					if _, err := node.Drain(ctx); err != nil && huifang.CodeOf(err) != huifang.CodeConflict {
						errs <- err
						return
					}
				}
			})
		}
		group.Wait()
		close(errs)
		for err := range errs {
			t.Fatal(err)
		}
		w.setClock(w.at.Add(time.Minute)) // leases have ended
		w.drain()
		if n := len(w.followups()); n != len(nodes)*each/2 {
			t.Errorf("%d follow-ups", n)
		}
		if in, err := w.Inbox(ctx, w.sys); err != nil || in.Waiting != 0 || in.Refused != 0 {
			t.Errorf("%+v %v", in, err)
		}
	})
}
