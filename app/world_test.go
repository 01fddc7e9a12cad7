package app

import (
	"context"
	"crypto/rand"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/store"
)

// world is an organization to try use cases on, with a clock that tests set.
type world struct {
	*App
	t     testing.TB
	mu    sync.Mutex
	at    time.Time
	org   *huifang.Organization
	sys   *huifang.Actor
	units map[string]*huifang.Unit
	staff map[string]*huifang.Staff
}

// testIDs makes UUIDv7s in the order they are asked for.
func testIDs() func() huifang.ID {
	var n atomic.Int64
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	return func() huifang.ID {
		var entropy [10]byte
		_, _ = rand.Read(entropy[:])
		return huifang.NewID(start.Add(time.Duration(n.Add(1))*time.Millisecond), entropy)
	}
}

// newWorld makes the organization "acme" with packs: the company, two estates
// below it, each with a head, a steward and two departments.
func newWorld(tb testing.TB, s *store.Store, packs ...string) *world {
	tb.Helper()
	return newWorldAs(tb, s, "acme", packs...)
}

// newWorldAs is newWorld under another code.
func newWorldAs(tb testing.TB, s *store.Store, code string, packs ...string) *world {
	tb.Helper()
	w := &world{t: tb, at: time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC), units: map[string]*huifang.Unit{}, staff: map[string]*huifang.Staff{}}
	w.App = New(Config{Store: s, Now: w.clock, NewID: testIDs()})
	org, err := w.CreateOrganization(tb.Context(), NewOrganization{Code: code, Name: huifang.Text{ZH: "青禾物业", EN: "Acme"}, Packs: packs})
	if err != nil {
		tb.Fatal(err)
	}
	w.org, w.sys = org, system(org.ID)
	w.unit("company", "")
	w.unit("east", "company")
	w.unit("west", "company")
	for _, u := range []string{"east", "west"} {
		w.person(u+"_head", u, "head")
		w.person(u+"_steward", u, "steward")
		w.person(u+"_supervisor", u, "supervisor")
		w.person(u+"_engineer", u, "department_head")
		un := w.units[u]
		un.Head = w.staff[u+"_head"].ID
		un.Departments = []huifang.Department{{Name: "工程部", Head: w.staff[u+"_engineer"].ID}, {Name: "客服部", Head: w.staff[u+"_supervisor"].ID}}
		w.write(func(tx *store.Tx) error { return tx.SaveUnit(context.Background(), un) })
	}
	w.forget(org.ID)
	return w
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.at
}

// setClock moves the clock.
func (w *world) setClock(at time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at = at
}

func (w *world) write(fn func(tx *store.Tx) error) {
	w.t.Helper()
	if err := w.store.Write(context.Background(), fn); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) unit(code, parent string) {
	w.t.Helper()
	u := &huifang.Unit{Org: w.org.ID, ID: w.newID(), Code: code, Name: code}
	if parent != "" {
		u.Parent = w.units[parent].ID
	}
	w.write(func(tx *store.Tx) error { return tx.SaveUnit(context.Background(), u) })
	w.units[code] = u
	w.forget(w.org.ID)
}

func (w *world) person(code, unit string, roles ...string) {
	w.t.Helper()
	s := &huifang.Staff{Org: w.org.ID, ID: w.newID(), Code: code, Name: code, Login: code, Units: []huifang.ID{w.units[unit].ID}, Roles: roles, Active: true}
	w.write(func(tx *store.Tx) error { return tx.SaveStaff(context.Background(), s) })
	w.staff[code] = s
	w.forget(w.org.ID)
}

// must ingests events that are all to be accepted or known.
func (w *world) must(events ...EventInput) []IngestResult {
	w.t.Helper()
	got, err := w.Ingest(context.Background(), w.sys, events, IngestOptions{})
	if err != nil {
		w.t.Fatal(err)
	}
	for i := range got {
		if got[i].Err != nil {
			w.t.Fatalf("event %d: %v", i, got[i].Err)
		}
	}
	return got
}

// followups lists all follow-ups of the organization.
func (w *world) followups() []*huifang.Followup {
	w.t.Helper()
	var out []*huifang.Followup
	page := store.Page{Limit: 1000}
	for {
		got, err := w.reads().Followups(context.Background(), w.org.ID, store.FollowupFilter{}, store.ByOpens, page)
		if err != nil {
			w.t.Fatal(err)
		}
		out = append(out, got.Items...)
		if page.After = got.Next; got.Next == "" {
			return out
		}
	}
}

// finish ends a follow-up in its own transaction.
func (w *world) finish(id huifang.ID, o outcome) (out settled, err error) {
	w.t.Helper()
	d, err := w.directory(context.Background(), w.org.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	err = w.store.Write(context.Background(), func(tx *store.Tx) error {
		f, err := tx.Followup(context.Background(), w.org.ID, id)
		if err != nil {
			return err
		}
		f.DoneAt = o.At
		if p := d.set.Program(f.Program, f.Unit, d.roster); p != nil {
			f.Satisfied = plan.Judge(d.set.Form(f.Form), o.Answers).Verdict
		}
		out, err = w.settle(context.Background(), tx, d, f, o)
		return err
	})
	return out, err
}

// local is a time of day in Shanghai.
func local(text string) time.Time {
	at, err := time.ParseInLocation("2006-01-02 15:04", text, plan.DefaultZone())
	if err != nil {
		panic(err)
	}
	return at.UTC()
}
