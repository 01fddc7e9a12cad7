package plan

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/huifang/huifang"
)

// upcoming shows what is planned and has not closed yet.
func upcoming(m *memory, now time.Time) string {
	var lines []string
	for _, r := range m.result(now).Rows {
		if r.State == huifang.StatePlanned {
			lines = append(lines, fmt.Sprintf("%s/%s %s %s %s..%s", r.Program, r.Step, r.Contact, r.Asset, r.Window.Opens, r.Window.Closes))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// become makes contact c2 of a simulation contact c1, whose merged attributes
// are given.
func (m *memory) become(now time.Time, merged *huifang.Contact) error {
	m.contacts["c1"] = merged
	delete(m.contacts, "c2")
	for _, kept := range []map[huifang.ID][]huifang.Event{m.past, m.changes} {
		kept["c1"] = append(kept["c1"], kept["c2"]...)
		for id := range kept {
			for i := range kept[id] {
				if kept[id][i].Contact == "c2" {
					kept[id][i].Contact = "c1"
				}
			}
		}
		delete(kept, "c2")
	}
	for _, r := range m.rows {
		if r.Contact == "c2" {
			r.Contact = "c1"
		}
	}
	env := &Env{Now: now, Roster: m.people.Roster, History: true, Folding: true}
	keys := slices.SortedFunc(maps.Keys(m.byKey), func(a, b enrollmentKey) int { return strings.Compare(a.program+string(a.key), b.program+string(b.key)) })
	var all []*Enrollment
	for _, k := range keys {
		if e := m.byKey[k]; e != nil && (e.Contact == "c1" || e.Contact == "c2") {
			all = append(all, m.adopted(k, e, env))
		}
	}
	for _, e := range all {
		if e == nil || !e.Active {
			continue
		}
		if err := m.run.Recall(e, env); err != nil {
			return err
		}
	}
	return nil
}

// adopted is an enrollment under the new name, nil when it was folded into
// another.
func (m *memory) adopted(k enrollmentKey, e *Enrollment, env *Env) *Enrollment {
	e.Rename("c2", "c1")
	if k.key != "c2" {
		m.byWho[enrollmentKey{e.Program, "c1"}] = append(m.byWho[enrollmentKey{e.Program, "c1"}], e)
		return e
	}
	delete(m.byKey, k)
	mine := m.byKey[enrollmentKey{e.Program, "c1"}]
	if mine == nil {
		m.byKey[enrollmentKey{e.Program, "c1"}] = e
		return e
	}
	p := m.run.Set.Program(e.Program, e.Unit, m.people.Roster)
	was := map[string]slotKey{}
	for i := range e.State.Slots {
		s := &e.State.Slots[i]
		s.Followup = huifang.ID(fmt.Sprintf("%s/%d", s.Step, s.Occurrence))
		was[string(s.Followup)] = slotKey{e, s.Step, s.Occurrence}
	}
	ended := func(*Slot) time.Time { return day0.AddDate(1, 0, 0) }
	for _, r := range p.Fold(mine, e, ended, env) {
		if row := m.bySlot[was[string(r.Followup)]]; row != nil {
			row.Occurrence = r.Occurrence
			m.bySlot[slotKey{mine, r.Step, r.Occurrence}] = row
		}
	}
	return nil
}

// TestLawFold: two contacts that turn out to be one have the same to come as
// one contact with both histories.
func TestLawFold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := history(t)
		now := day0.AddDate(0, 0, 61)
		together := slices.Clone(events)
		for i := range together {
			together[i].Contact = "c1"
		}
		one := deliverAll(t, together, now)
		two := deliverAll(t, events, now)
		if one.contacts["c1"] == nil || two.contacts["c2"] == nil {
			return
		}
		done := len(two.rows)
		if err := two.become(now, one.contacts["c1"]); err != nil {
			t.Fatalf("%v", err)
		}
		if want, got := upcoming(one, now), upcoming(two, now); got != want {
			t.Fatalf("%d rows; folded (+) against one from the start (-)\n%s", done, difference(want, got))
		}
	})
}

// TestFoldDoneStaysDone: what either of the two had done is not asked for
// again, and what was overdue with either stays in the figures.
func TestFoldDoneStaysDone(t *testing.T) {
	t.Parallel()
	at := func(day int) time.Time { return day0.AddDate(0, 0, day) }
	m := newMemory(lawSet(t), lawPeople(t))
	take := func(in Input) {
		t.Helper()
		if err := m.wake(in.Event.At); err != nil {
			t.Fatal(err)
		}
		if err := m.take(&in, in.Event.At); err != nil {
			t.Fatal(err)
		}
	}
	start := func(id, contact huifang.ID, day int) {
		take(Input{Event: &huifang.Event{ID: id, Type: "out", At: at(day), Contact: contact, Unit: "u"}})
		take(Input{Event: &huifang.Event{ID: "l" + id, Type: "hired", At: at(day), Contact: contact, Unit: "u"}})
	}
	start("1", "c1", 0)
	start("2", "c2", 1) // restarts "surgical": its window counts
	take(Input{Program: "surgical", Step: "d3", Occurrence: 1, Event: &huifang.Event{ID: "o", Type: huifang.EventFollowupCompleted, At: at(3), Contact: "c1"}})
	if err := m.wake(at(6)); err != nil {
		t.Fatal(err)
	}
	if err := m.become(at(6), m.contacts["c1"]); err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, r := range m.result(at(6)).Rows {
		if r.Program == "surgical" || r.Program == "weekly" {
			got[fmt.Sprintf("%s/%s %s %s %t", r.Program, r.Step, r.Window.Opens, r.State, r.Missed)]++
		}
	}
	want := map[string]int{
		"surgical/d3 2026-01-23 completed false":  1, // of c1; done since c2's start
		"surgical/d3 2026-01-24 cancelled true":   1, // of c2; overdue when they became one
		"surgical/d14 2026-02-03 cancelled false": 1, // counted from c1's start
		"surgical/d14 2026-02-04 planned false":   1,
		"weekly/week 2026-01-26 planned false":    1, // Monday of both, kept once
		"weekly/week 2026-01-26 cancelled false":  1,
	}
	if !maps.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
	e := m.byKey[enrollmentKey{"surgical", "c1"}]
	seen := map[string]bool{}
	for i := range e.State.Slots {
		k := fmt.Sprintf("%s/%d", e.State.Slots[i].Step, e.State.Slots[i].Occurrence)
		if seen[k] {
			t.Errorf("%s is there twice", k)
		}
		seen[k] = true
	}
	if m.byKey[enrollmentKey{"surgical", "c2"}] != nil || len(e.State.Starts) != 2 {
		t.Errorf("not folded: %+v", e.State.Starts)
	}
}
