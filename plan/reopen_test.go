package plan_test

import (
	"strings"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
	"github.com/huifang/huifang/plan"
)

func TestReopenTakesBackAnOutcome(t *testing.T) {
	t.Parallel()
	offset := func(s string) (o calendar.Offset) {
		if err := o.UnmarshalText([]byte(s)); err != nil {
			t.Fatal(err)
		}
		return o
	}
	set, faults := plan.Compile([]plan.EventType{{Type: "served", Needs: []string{"contact"}}}, []plan.Definition{{
		Code: "care", Version: 1, Start: []plan.Match{{On: "served"}}, Channels: []huifang.Channel{huifang.ChannelPhone},
		Assign: []plan.Assign{{To: []plan.Resolver{{"event_staff"}}}},
		Steps: []plan.Step{
			{Code: "first", Closes: offset("3d")},
			{Code: "second", After: &plan.After{Steps: []string{"first"}, On: []string{"completed"}}, Closes: offset("5d")},
		},
	}}, nil)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	roster, err := plan.NewRoster(nil, nil, nil, nil, calendar.China())
	if err != nil {
		t.Fatal(err)
	}
	p, e := set.Program("care", "", roster), &plan.Enrollment{Program: "care", Key: "e1"}
	run := func(at string, in plan.Input) []plan.Effect {
		var out plan.Output
		p.Advance(e, in, &plan.Env{Now: shanghai(at), Roster: roster}, &out)
		return out.Effects
	}
	kinds := func(effects []plan.Effect) string {
		var s strings.Builder
		for i := range effects {
			s.WriteString(string(effects[i].Kind) + " " + effects[i].Step + ";")
		}
		return s.String()
	}
	done := func(at string) plan.Input {
		return plan.Input{Program: "care", Step: "first", Occurrence: 1, Event: &huifang.Event{ID: huifang.ID("o" + at), Type: huifang.EventFollowupCompleted, At: shanghai(at), Contact: "c"}}
	}
	if got := kinds(run("2026-03-02 09:00", plan.Input{Event: &huifang.Event{ID: "e1", Type: "served", At: shanghai("2026-03-02 09:00"), Contact: "c"}})); got != "create first;" {
		t.Fatal(got)
	}
	if got := kinds(run("2026-03-03 09:00", done("2026-03-03 09:00"))); got != "done first;create second;" {
		t.Fatal(got)
	}
	window := huifang.Window{Opens: huifang.Moment{Date: huifang.MakeDate(2026, 3, 2), Clock: huifang.NoClock}, Closes: huifang.Moment{Date: huifang.MakeDate(2026, 3, 8), Clock: huifang.NoClock}}
	env := &plan.Env{Now: shanghai("2026-03-04 09:00"), Roster: roster}
	var out plan.Output
	for _, unknown := range []struct {
		step       string
		occurrence int
	}{{"first", 2}, {"third", 1}, {"second", 1}} {
		if p.Reopen(e, unknown.step, unknown.occurrence, window, env, &out) || len(out.Effects) > 0 {
			t.Errorf("%v was reopened", unknown)
		}
	}
	if !p.Reopen(e, "first", 1, window, env, &out) || kinds(out.Effects) != "cancel second;" {
		t.Fatal(kinds(out.Effects))
	}
	if sl := e.Slot("first", 1); sl.State != huifang.StatePlanned || sl.Window() != window {
		t.Errorf("%+v", sl)
	}
	if want := window.ClosesAt(plan.DefaultZone()); !e.Wake.Equal(want) {
		t.Errorf("wakes at %s, want %s", e.Wake, want)
	}
	if got := kinds(run("2026-03-04 10:00", plan.Input{})); got != "" {
		t.Errorf("a tick changed %s", got)
	}
	if got := kinds(run("2026-03-05 09:00", done("2026-03-05 09:00"))); got != "done first;reschedule second;" && got != "done first;create second;" {
		t.Errorf("done again: %s", got)
	}
	again := e.Slot("second", 1)
	for i := range e.State.Slots {
		if sl := &e.State.Slots[i]; sl.Step == "second" && sl.State == huifang.StatePlanned {
			again = sl
		}
	}
	if again.State != huifang.StatePlanned || again.Window().Closes.Date != huifang.MakeDate(2026, 3, 10) {
		t.Errorf("%+v", again)
	}
}
