package plan_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
	"github.com/huifang/huifang/plan"
)

// FuzzSimulate: whatever the lines say, they end in follow-ups or in errors
// located in the file (laws 3 and 4).
func FuzzSimulate(f *testing.F) {
	f.Add([]byte(`{"id":"1","type":"complaint.resolved","at":"2026-03-01T09:00:00+08:00","contact":"c1","unit":"u1","attributes":{"severity":"major"}}
{"type":"followup.completed","at":"2026-03-02T09:00:00+08:00","program":"complaint","contact":"c1","answers":{"satisfaction":"dissatisfied"}}`))
	f.Add([]byte(`{"id":"2","type":"prospect.registered","at":"2026-03-01T09:00:00Z","contact":"p","attributes":{"intent_days":1e300}}`))
	f.Add([]byte(`{"id":"3","type":"special_service.contracted","at":"2026-03-01T09:00:00Z","contact":"p","attributes":{"contract_start":"0001-01-01","contract_end":"9999-12-31"}}`))
	f.Add([]byte(`{"id":"4","type":"student.enrolled","at":"2026-03-01T09:00:00Z","contact":"p","attributes":{"total_lessons":-5,"kind":[1,{"a":null}]}}`))
	f.Add([]byte("{\"type\":3}\nnot json\n{}{}"))
	set := compile(f)
	who := people(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		lines, errs := plan.ReadLines(bytes.NewReader(raw), "f")
		var ins []plan.Input
		for i := range lines {
			in, err := lines[i].Input(set)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			ins = append(ins, in)
		}
		for _, e := range errs {
			if e.At.File == "" || e.At.Line == 0 || e.At.Column == 0 || e.Message.ZH == "" || e.Message.EN == "" {
				t.Fatalf("an error without place or text: %+v", e)
			}
		}
		sim, err := plan.Simulate(set, who, ins, time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC))
		if err != nil {
			t.Fatal(err)
		}
		for i := range sim.Rows {
			explained(t, &sim.Rows[i].Why, sim.Rows[i].Program)
		}
		for i := range sim.Skipped {
			if sim.Skipped[i].Reason == "" || sim.Skipped[i].Program == "" {
				t.Fatalf("refused without a word: %+v", sim.Skipped[i])
			}
		}
	})
}

// explained: an explanation names rule, version and event, tells them in both
// languages, and travels as JSON.
func explained(t *testing.T, why *plan.Explanation, program string) {
	t.Helper()
	if why.Program != program || why.Step == "" || why.Event == "" || why.EventType == "" {
		t.Fatalf("an explanation without rule or event: %+v", why)
	}
	for _, lang := range []huifang.Lang{huifang.ZH, huifang.EN} {
		if len(why.Lines(lang)) < 3 {
			t.Fatalf("too little said: %v", why.Lines(lang))
		}
	}
	raw, err := json.Marshal(why)
	if err != nil {
		t.Fatal(err)
	}
	var back plan.Explanation
	if err := json.Unmarshal(raw, &back); err != nil || back.From != why.From {
		t.Fatalf("%s: %v", raw, err)
	}
}

// single compiles programs written in place and simulates lines over them.
func single(t *testing.T, programs, lines, until string) plan.Simulation {
	t.Helper()
	var defs []plan.Definition
	if err := yaml.Unmarshal([]byte(programs), &defs); err != nil {
		t.Fatal(err)
	}
	set, errs := plan.Compile([]plan.EventType{{Type: "done"}, {Type: "more"}}, defs, nil)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	return simulate(t, set, lines, until)
}

func TestShiftToWorkingDays(t *testing.T) {
	const line = `{"id":"1","type":"done","at":"2026-09-30T09:00:00+08:00","contact":"c1"}`
	for shift, want := range map[string]string{"next_working_day": "2026-10-08..2026-10-09", "previous_working_day": "2026-09-30..2026-10-01"} {
		sim := single(t, `[{code: p, start: [{on: done}], steps: [{code: s, opens: 1d, closes: 2d, shift: `+shift+`}]}]`, line, "2026-10-01")
		if got := sim.Rows[0].Window.Opens.String() + ".." + sim.Rows[0].Window.Closes.String(); got != want {
			t.Errorf("%s: %s, want %s", shift, got, want)
		}
		if sim.Rows[0].Why.Shifted != "2026-10-01" {
			t.Errorf("the shift is not explained: %+v", sim.Rows[0].Why)
		}
	}
}

func TestCoolDown(t *testing.T) {
	sim := single(t, `
- {code: a, start: [{on: done}], steps: [{code: s, closes: 3d}]}
- {code: b, cool_down: 7d, start: [{on: more}], steps: [{code: s, closes: 3d}]}`,
		`{"id":"1","type":"done","at":"2026-03-01T09:00:00+08:00","contact":"c1"}
{"id":"2","type":"more","at":"2026-03-05T09:00:00+08:00","contact":"c1"}
{"id":"3","type":"more","at":"2026-03-05T09:00:00+08:00","contact":"c2"}
{"id":"4","type":"more","at":"2026-03-08T09:00:00+08:00","contact":"c1"}`, "2026-03-20")
	if got, want := show(sim.Rows), "a/s/1 2026-03-01..2026-03-04 role:supervisor overdue\nb/s/1 2026-03-05..2026-03-08 role:supervisor overdue\nb/s/1 2026-03-08..2026-03-11 role:supervisor overdue\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if len(sim.Skipped) != 1 || sim.Skipped[0].Reason != "cool_down" {
		t.Errorf("skipped %+v", sim.Skipped)
	}
}

func TestEscalation(t *testing.T) {
	const programs = `[{code: p, start: [{on: done}], steps: [{code: s, closes: 2d}], late: [{after: 0d, alert: [steward]}, {after: 2d, alert: [head]}]}]`
	const line = `{"id":"1","type":"done","at":"2026-03-01T09:00:00+08:00","contact":"c1","unit":"u1"}`
	for until, want := range map[string]string{"2026-03-03": "", "2026-03-04": "s1", "2026-03-05": "s1", "2026-03-06": "s1 h1", "2026-04-30": "s1 h1"} {
		var who []string
		for _, a := range single(t, programs, line, until).Alerts {
			who = append(who, a.Assignees[0].String())
		}
		if got := strings.Join(who, " "); got != want {
			t.Errorf("by %s alerted %q, want %q", until, got, want)
		}
	}
}

func TestAnswersSetAttributesThatPlan(t *testing.T) {
	sim := single(t, `
- {code: a, start: [{on: done}], steps: [{code: s, closes: 3d}], outcomes: [{set: {renew_on: answers.day}}]}
- {code: b, subject: contact, start: [{on: contact.changed, when: attr.renew_on != null}], steps: [{code: r, attribute: renew_on, opens: -7d, closes: 0d}]}`,
		`{"id":"1","type":"done","at":"2026-03-01T09:00:00+08:00","contact":"c1"}
{"type":"followup.completed","at":"2026-03-02T09:00:00+08:00","program":"a","contact":"c1","answers":{"day":"2026-05-20"}}`, "2026-03-20")
	if got, want := show(sim.Rows), "a/s/1 2026-03-01..2026-03-04 role:supervisor completed\nb/r/1 2026-05-13..2026-05-20 role:supervisor planned\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestHoursKeepTheTimeOfDay(t *testing.T) {
	sim := single(t, `[{code: p, start: [{on: done}], steps: [{code: s, opens: 2h, closes: 26h}]}]`,
		`{"id":"1","type":"done","at":"2026-03-01T23:30:00+08:00","contact":"c1"}`, "2026-03-01")
	if got, want := show(sim.Rows), "p/s/1 2026-03-02T01:30..2026-03-03T01:30 role:supervisor planned\n"; got != want {
		t.Errorf("got %s want %s", got, want)
	}
}

func TestExcludeAndLeastLoaded(t *testing.T) {
	var defs []plan.Definition
	if err := yaml.Unmarshal([]byte(`[{code: p, start: [{on: done}], assign: [{to: ["role:caller"], exclude: [event_staff], least_loaded: true}], steps: [{code: s, closes: 3d}]}]`), &defs); err != nil {
		t.Fatal(err)
	}
	set, errs := plan.Compile([]plan.EventType{{Type: "done"}}, defs, nil)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	roster, err := plan.NewRoster([]huifang.Unit{{ID: "city"}, {ID: "u1", Parent: "city"}}, []huifang.Staff{
		{ID: "a", Units: []huifang.ID{"city"}, Roles: []string{"回访专员"}}, {ID: "b", Units: []huifang.ID{"city"}, Roles: []string{"caller"}}, {ID: "c", Units: []huifang.ID{"city"}, Roles: []string{"caller"}},
	}, map[string]string{"回访专员": "caller"}, nil, calendar.China())
	if err != nil {
		t.Fatal(err)
	}
	got := map[huifang.ID]int{}
	var ins []plan.Input
	for i := range 9 {
		ins = append(ins, plan.Input{Event: &huifang.Event{ID: huifang.ID(rune('1' + i)), Type: "done", At: time.Date(2026, 3, 1, i, 0, 0, 0, time.UTC), Unit: "u1", Staff: "a"}})
	}
	sim, err := plan.Simulate(set, plan.People{Roster: roster}, ins, time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range sim.Rows {
		got[r.Assignees[0].Staff]++
	}
	if got["a"] != 0 || got["b"] < 4 || got["c"] < 4 {
		t.Errorf("shared out %v; want the nine between b and c, none to a who did the work", got)
	}
}

func TestVariantOfAUnit(t *testing.T) {
	set := compile(t)
	var defs []plan.Definition
	if err := yaml.Unmarshal([]byte(`[{code: repair, start: [{on: repair.completed}], assign: [{to: [head]}], steps: [{code: call, opens: 2d, closes: 5d}]}]`), &defs); err != nil {
		t.Fatal(err)
	}
	if errs := set.Vary("u1", defs[0]); len(errs) > 0 {
		t.Fatal(errs)
	}
	got := show(simulate(t, set, `{"id":"1","type":"repair.completed","at":"2026-03-01T09:00:00+08:00","contact":"c1","unit":"u1"}
{"id":"2","type":"repair.completed","at":"2026-03-01T09:00:00+08:00","contact":"c1","unit":"ny"}`, "2026-03-01").Rows)
	if want := "repair/call/1 2026-03-03..2026-03-06 h1 planned\nrepair/call/1 2026-03-07..2026-03-28 s1 planned\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestCompileFaults(t *testing.T) {
	for _, c := range []struct{ source, field, reason string }{
		{`[{code: p, start: [{on: nothing}], steps: [{code: s}]}]`, "programs[0].start[0].on", "event.unknown_type"},
		{`[{code: p, start: [{on: done, when: attr.x ==}], steps: [{code: s}]}]`, "programs[0].start[0].when", "condition.invalid"},
		{`[{code: p, start: [{on: done, when: "1 + 1"}], steps: [{code: s}]}]`, "programs[0].start[0].when", "condition.not_boolean"},
		{`[{code: p, start: [{on: done, when: "has(attr.x)"}], steps: [{code: s}]}]`, "programs[0].start[0].when", "condition.has"},
		{`[{code: p, steps: [{code: s}]}]`, "programs[0].start", "start.missing"},
		{`[{code: p, start: [{on: done}]}]`, "programs[0].steps", "steps.missing"},
		{`[{code: p, start: [{on: done}], steps: [{code: s}, {code: s}]}]`, "programs[0].steps[1].code", "step.duplicate"},
		{`[{code: p, start: [{on: done}], steps: [{code: s, repeat: {every: 0d}}]}]`, "programs[0].steps[0].repeat.every", "repeat.every"},
		{`[{code: p, start: [{on: done}], steps: [{code: s, repeat: {every: 1d, weekday: monday}}]}]`, "programs[0].steps[0].repeat", "repeat.one"},
		{`[{code: p, start: [{on: done}], steps: [{code: s, attribute: a, middle: [a, b]}]}]`, "programs[0].steps[0]", "anchor.several"},
		{`[{code: p, start: [{on: done}], steps: [{code: s, after: {steps: [t]}}]}]`, "programs[0].steps[0].after.steps", "step.unknown"},
		{`[{code: p, start: [{on: done}], steps: [{code: s, form: f}]}]`, "programs[0].steps[0].form", "form.unknown"},
		{`[{code: p, start: [{on: done}], steps: [{code: s, channels: [pigeon]}]}]`, "programs[0].steps[0].channels[0]", "channel.unknown"},
		{`[{code: p, target: 101, start: [{on: done}], steps: [{code: s}]}]`, "programs[0].target", "percent.range"},
		{`[{code: p, start: [{on: done}], steps: [{code: s, idle: {of: {on: done}, for: 0d}}]}]`, "programs[0].steps[0].idle.for", "idle.for"},
	} {
		var defs []plan.Definition
		if err := yaml.Unmarshal([]byte(c.source), &defs); err != nil {
			t.Fatal(err)
		}
		_, errs := plan.Compile([]plan.EventType{{Type: "done"}}, defs, nil)
		if len(errs) == 0 || errs[0].At.Field != c.field || errs[0].Reason != c.reason {
			t.Errorf("%s: %v; want %s at %s", c.source, errs, c.reason, c.field)
		}
	}
}
