package plan

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
)

const lawPrograms = `
- {code: complaint, start: [{on: a}], steps: [{code: call, closes: 3d}], late: [{after: 1d, alert: [head]}]}
- code: contract
  start: [{on: contract}]
  steps: [{code: mid, middle: [from, to], closes: 6d}, {code: end, attribute: to, opens: 1d, closes: 7d}]
- {code: surgical, subject: contact, restart: true, start: [{on: out}], stop: [{on: in}], steps: [{code: d3, opens: 3d}, {code: d14, opens: 14d}]}
- {code: perevent, start: [{on: out}], stop: [{on: in}], steps: [{code: d3, opens: 3d}, {code: d14, opens: 14d}]}
- {code: lost, subject: asset, restart: true, start: [{on: visit}], steps: [{code: lost, idle: {of: {on: visit}, for: 20d, again: 10d}}]}
- code: remind
  subject: asset
  start: [{on: asset.changed, when: attr.due != null}]
  steps: [{code: remind, attribute: due, opens: -7d}]
- code: prospect
  subject: contact
  start: [{on: prospect}]
  stop: [{on: bought}]
  steps: [{code: call, repeat: {attribute: days, table: [{up_to: 3, every: 1d}, {up_to: 7, every: 3d}]}}]
- code: lessons
  subject: contact
  start: [{on: enrolled}]
  steps:
    - {code: second, count: {of: {on: lesson}, n: 2}, closes: 2d}
    - {code: renew, remaining: {of: {on: lesson}, total: total, at_most: 1}, closes: 2d}
    - {code: each, event: {on: lesson, when: attr.bad == true}, closes: 1d}
- {code: weekly, subject: contact, start: [{on: hired}], stop: [{on: left}], steps: [{code: week, repeat: {weekday: monday}, ends: attr.over == true}]}
`

func lawSet(t interface{ Fatalf(string, ...any) }) *Set {
	var defs []Definition
	if err := yaml.Unmarshal([]byte(lawPrograms), &defs); err != nil {
		t.Fatalf("%v", err)
	}
	var types []EventType
	for typ := range strings.FieldsSeq("a contract out in visit prospect bought enrolled lesson hired left") {
		types = append(types, EventType{Type: typ})
	}
	set, errs := Compile(types, defs, nil)
	if len(errs) > 0 {
		t.Fatalf("%v", errs)
	}
	return set
}

func lawPeople(t interface{ Fatalf(string, ...any) }) People {
	r, err := NewRoster([]huifang.Unit{{ID: "u", Head: "h"}}, []huifang.Staff{{ID: "h"}}, nil, nil, calendar.China())
	if err != nil {
		t.Fatalf("%v", err)
	}
	return People{Roster: r}
}

var day0 = time.Date(2026, 1, 20, 1, 0, 0, 0, time.UTC)

// history draws events over some sixty days, about two contacts and two assets.
func history(t *rapid.T) []huifang.Event {
	types := []string{"a", "contract", "out", "in", "visit", "prospect", "bought", "enrolled", "lesson", "hired", "left", "asset.changed", "contact.changed"}
	n := rapid.IntRange(1, 14).Draw(t, "n")
	out := make([]huifang.Event, 0, n)
	for i := range n {
		at := day0.Add(time.Duration(rapid.IntRange(0, 60*24*4).Draw(t, "quarter")) * 15 * time.Minute)
		ev := huifang.Event{ID: huifang.ID(fmt.Sprintf("e%02d", i)), Type: rapid.SampledFrom(types).Draw(t, "type"), At: at, Unit: "u"}
		who := rapid.SampledFrom([]huifang.ID{"1", "2"}).Draw(t, "who")
		ev.Contact = "c" + who
		if slices.Contains([]string{"visit", "bought", "asset.changed"}, ev.Type) {
			ev.Asset = "v" + who
		}
		date := func(label string) string {
			return huifang.DateOf(at, time.UTC).AddDays(rapid.IntRange(-10, 40).Draw(t, label)).String()
		}
		switch ev.Type {
		case "contract":
			ev.Attributes = huifang.Attributes{"from": date("from"), "to": date("to")}
		case "asset.changed":
			ev.Attributes = huifang.Attributes{"due": date("due")}
		case "prospect", "contact.changed":
			ev.Attributes = huifang.Attributes{"days": float64(rapid.IntRange(0, 9).Draw(t, "days")), "over": rapid.Bool().Draw(t, "over")}
		case "enrolled":
			ev.Attributes = huifang.Attributes{"total": float64(rapid.IntRange(0, 4).Draw(t, "total"))}
		case "lesson":
			ev.Attributes = huifang.Attributes{"bad": rapid.Bool().Draw(t, "bad")}
		}
		out = append(out, ev)
	}
	return out
}

// live shows what is planned and not cancelled, whatever its occurrence.
func live(m *memory, until time.Time) string {
	lines := make([]string, 0, len(m.rows))
	for _, r := range m.result(until).Rows {
		if r.State != huifang.StateCancelled {
			lines = append(lines, fmt.Sprintf("%s/%s %s %s %s..%s %s", r.Program, r.Step, r.Contact, r.Asset, r.Window.Opens, r.Window.Closes, r.State))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func difference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	var out []string
	for _, l := range a {
		if !slices.Contains(b, l) {
			out = append(out, "- "+l)
		}
	}
	for _, l := range b {
		if !slices.Contains(a, l) {
			out = append(out, "+ "+l)
		}
	}
	return strings.Join(out, "\n")
}

func keys(m *memory) string {
	lines := make([]string, 0, len(m.rows))
	for _, r := range m.rows {
		lines = append(lines, fmt.Sprintf("%s/%s/%d %s %s %s", r.Program, r.Step, r.Occurrence, r.Event, r.Contact, r.State))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func deliverAll(t *rapid.T, events []huifang.Event, now time.Time) *memory {
	m := newMemory(lawSet(t), lawPeople(t))
	for i := range events {
		ev := events[i]
		if err := m.take(&Input{Event: &ev}, now); err != nil {
			t.Fatalf("%v", err)
		}
	}
	if err := m.wake(now); err != nil {
		t.Fatalf("%v", err)
	}
	return m
}

// TestLawOrderFree: whatever the order of arrival, the same follow-ups stand.
func TestLawOrderFree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := history(t)
		now := day0.AddDate(0, 0, rapid.IntRange(60, 120).Draw(t, "until"))
		sorted := slices.Clone(events)
		slices.SortStableFunc(sorted, func(a, b huifang.Event) int { return a.At.Compare(b.At) })
		want := live(deliverAll(t, sorted, now), now)
		shuffled := rapid.Permutation(events).Draw(t, "order")
		if got := live(deliverAll(t, shuffled, now), now); got != want {
			t.Fatalf("shuffled (+) against in order (-)\n%s", difference(want, got))
		}
	})
}

// TestLawReplay: the same inputs again change nothing, not even with the guard
// against known ids taken away.
func TestLawReplay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := history(t)
		now := day0.AddDate(0, 0, 70)
		m := deliverAll(t, events, now)
		want := keys(m)
		for i := range events {
			ev := events[i]
			m.seen = map[huifang.ID]bool{}
			if ev.Type == huifang.EventContactChanged || ev.Type == huifang.EventAssetChanged {
				continue // the contact itself would take on an old value again
			}
			if err := m.take(&Input{Event: &ev}, now); err != nil {
				t.Fatalf("%v", err)
			}
		}
		if err := m.wake(now); err != nil {
			t.Fatalf("%v", err)
		}
		if got := keys(m); got != want {
			t.Fatalf("after replay (+) against before (-)\n%s", difference(want, got))
		}
	})
}

// TestLawClockJumps: extra ticks, late ticks and one tick after an outage give
// the same follow-ups.
func TestLawClockJumps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := history(t)
		slices.SortStableFunc(events, func(a, b huifang.Event) int { return a.At.Compare(b.At) })
		until := day0.AddDate(0, 0, 100)
		run := func(ticks []time.Time) *memory {
			m := newMemory(lawSet(t), lawPeople(t))
			for i := range events {
				ev := events[i]
				if err := m.wake(ev.At); err != nil {
					t.Fatalf("%v", err)
				}
				if err := m.take(&Input{Event: &ev}, ev.At); err != nil {
					t.Fatalf("%v", err)
				}
				for _, e := range m.byKey { // needless ticks at this very moment
					if len(ticks) > i && ticks[i].Nanosecond() == 0 {
						if err := m.run.Wake(e, &Env{Now: ev.At, Roster: m.people.Roster}); err != nil {
							t.Fatalf("%v", err)
						}
					}
				}
			}
			if err := m.wake(until); err != nil {
				t.Fatalf("%v", err)
			}
			return m
		}
		want := keys(run(nil))
		if got := keys(run(make([]time.Time, len(events)))); got != want {
			t.Fatalf("plain\n%s\nwith more ticks\n%s", want, got)
		}
	})
}

// TestLawExactlyOnce: no two follow-ups share a key.
func TestLawExactlyOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := deliverAll(t, append(history(t), history(t)...), day0.AddDate(0, 0, 90))
		for key, e := range m.byKey {
			seen := map[string]bool{}
			for i := range e.State.Slots {
				k := fmt.Sprintf("%s/%d", e.State.Slots[i].Step, e.State.Slots[i].Occurrence)
				if seen[k] {
					t.Fatalf("%v has %s twice", key, k)
				}
				seen[k] = true
			}
		}
		if len(m.bySlot) != len(m.rows) {
			t.Fatalf("%d rows for %d slots", len(m.rows), len(m.bySlot))
		}
	})
}

// TestLawCheap: an enrollment sleeps until something is due: it never asks to be
// woken at once, nor earlier than its next window opens or closes.
func TestLawCheap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := day0.AddDate(0, 0, 70)
		m := deliverAll(t, history(t), now)
		for key, e := range m.byKey {
			if !e.Wake.IsZero() && !e.Wake.After(now) {
				t.Fatalf("%v wants to wake at %s, not after %s", key, e.Wake, now)
			}
		}
	})
}

// TestLawStateTravels: an enrollment encoded and decoded after every input
// plans the same.
func TestLawStateTravels(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := history(t)
		now := day0.AddDate(0, 0, 70)
		want := keys(deliverAll(t, events, now))
		m := newMemory(lawSet(t), lawPeople(t))
		for i := range events {
			ev := events[i]
			if err := m.take(&Input{Event: &ev}, now); err != nil {
				t.Fatalf("%v", err)
			}
			for _, e := range m.byKey {
				s, err := DecodeState(e.State.Encode())
				if err != nil {
					t.Fatalf("%v", err)
				}
				e.State = s
			}
		}
		if err := m.wake(now); err != nil {
			t.Fatalf("%v", err)
		}
		if got := keys(m); got != want {
			t.Fatalf("in memory\n%s\nencoded\n%s", want, got)
		}
	})
}

// TestLawHistoryDoesNotFlood: imported history plans nothing whose window has
// closed, and says so.
func TestLawHistoryDoesNotFlood(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := history(t)
		now := day0.AddDate(0, 0, rapid.IntRange(10, 400).Draw(t, "now"))
		m := newMemory(lawSet(t), lawPeople(t))
		for i := range events {
			ev := events[i]
			m.learn(&ev)
			env := &Env{Now: now, Roster: m.people.Roster, History: true, Contact: m.contacts[ev.Contact], Asset: m.assets[ev.Asset]}
			if err := m.run.Deliver(&ev, env); err != nil {
				t.Fatalf("%v", err)
			}
		}
		for _, r := range m.result(now).Rows {
			if r.State == huifang.StateOverdue {
				t.Fatalf("history planned %s/%s %s..%s at %s", r.Program, r.Step, r.Window.Opens, r.Window.Closes, now)
			}
		}
		for _, s := range m.sim.Skipped {
			if s.Reason == "" || s.Count < 1 {
				t.Fatalf("refused without reason: %+v", s)
			}
		}
	})
}

// TestLawDoneStaysDone: outcomes are never undone by what arrives later.
func TestLawDoneStaysDone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := history(t)
		now := day0.AddDate(0, 0, 70)
		m := deliverAll(t, events, now)
		for i, r := range slices.Clone(m.rows) {
			if r.State != huifang.StatePlanned || !rapid.Bool().Draw(t, "done") {
				continue
			}
			out := huifang.Event{ID: huifang.ID(fmt.Sprintf("o%d", i)), Type: huifang.EventFollowupCompleted, At: now, Contact: r.Contact, Asset: r.Asset}
			if err := m.take(&Input{Event: &out, Program: r.Program, Step: r.Step, Occurrence: r.Occurrence}, now); err != nil {
				t.Fatalf("%v", err)
			}
		}
		done := 0
		for _, r := range m.rows {
			if r.State == huifang.StateCompleted {
				done++
			}
		}
		for _, ev := range history(t) {
			ev.ID = "late" + ev.ID
			if err := m.take(&Input{Event: &ev}, now); err != nil {
				t.Fatalf("%v", err)
			}
		}
		for _, r := range m.rows {
			if r.State == huifang.StateCompleted {
				done--
			}
		}
		if done != 0 {
			t.Fatalf("%d follow-ups were undone", done)
		}
	})
}
