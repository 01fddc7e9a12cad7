package app

import (
	"bytes"
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// TestDefinitionsTravel: what is kept of a pack is all of it.
func TestDefinitionsTravel(t *testing.T) {
	t.Parallel()
	for _, name := range pack.List() {
		p, err := pack.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		first, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		again := &pack.Pack{}
		if err := json.Unmarshal(first, again); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		second, err := json.Marshal(again)
		if err != nil || !bytes.Equal(first, second) {
			t.Errorf("%s changes on its way: %v", name, err)
		}
		if !reflect.DeepEqual(p.Programs, again.Programs) {
			t.Errorf("%s: its programs change on their way", name)
		}
		if _, err := again.Compile(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPacks(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		w := newWorld(t, s, "property")
		ctx := context.Background()
		again, err := w.ActivatePack(ctx, w.sys, "property")
		if err != nil || len(again.Added)+len(again.Changed) != 0 || !slices.Contains(again.Unchanged, "program:repair") {
			t.Errorf("again: %+v %v", again, err)
		}
		beside, err := w.ActivatePack(ctx, w.sys, "testdata/trial")
		if err != nil || !slices.Contains(beside.Added, "program:lead") || beside.Replaced != "" {
			t.Errorf("beside: %+v %v", beside, err)
		}
		estate, err := w.ActivatePack(ctx, w.sys, "property-estate")
		if err != nil || estate.Replaced != "property" || !slices.Contains(estate.Changed, "program:complaint") || !slices.Contains(estate.Unchanged, "form:repair") {
			t.Errorf("in its place: %+v %v", estate, err)
		}
		o, err := w.Organization(ctx, w.sys)
		if err != nil || !slices.Equal(o.Packs, []string{"trial", "property-estate"}) {
			t.Errorf("%v %v", o.Packs, err)
		}
		if p, err := w.Program(ctx, w.sys, "complaint"); err != nil || p.Version != 2 || p.Pack != "property-estate" || len(p.Steps) == 0 || p.Steps[0].Closes != "7d" {
			t.Errorf("%+v %v", p, err)
		}
		form, version, err := w.Form(ctx, w.sys, "repair", 0)
		if err != nil || version != 1 || form.Code != "repair" || len(form.Items) == 0 {
			t.Errorf("%+v %d %v", form, version, err)
		}
		if _, _, err := w.Form(ctx, w.sys, "repair", 9); huifang.CodeOf(err) != huifang.CodeNotFound {
			t.Errorf("no such version: %v", err)
		}
		infos, err := w.Packs(ctx, w.sys)
		if err != nil || !slices.ContainsFunc(infos, func(i PackInfo) bool { return i.Code == "property" && !i.Active && i.Builtin }) ||
			!slices.ContainsFunc(infos, func(i PackInfo) bool { return i.Code == "trial" && i.Active && !i.Builtin }) {
			t.Errorf("%+v %v", infos, err)
		}
		if _, err := w.ActivatePack(ctx, w.sys, "no-such-pack"); huifang.CodeOf(err) != huifang.CodeNotFound {
			t.Errorf("unknown pack: %v", err)
		}
		nobody := &huifang.Actor{Org: w.org.ID, Permissions: map[huifang.Permission]bool{huifang.PermFollowupRead: true}}
		if _, err := w.ActivatePack(ctx, nobody, "property"); huifang.CodeOf(err) != huifang.CodeForbidden {
			t.Errorf("not permitted: %v", err)
		}
	})
}

// TestDeactivatePack: nothing new starts, what is planned goes on.
func TestDeactivatePack(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		w := newWorld(t, s, "property", "testdata/trial")
		ctx := context.Background()
		in := EventInput{Key: "1", Type: "repair.completed", At: local("2026-03-01 10:00"), Unit: "east", Contact: ContactInput{Code: "C1"}}
		id := w.must(in)[0].Followups[0]
		if err := w.DeactivatePack(ctx, w.sys, "property"); err != nil {
			t.Fatal(err)
		}
		in.Key = "2"
		got, err := w.Ingest(ctx, w.sys, []EventInput{in}, IngestOptions{})
		if err != nil || got[0].Status != IngestRejected || got[0].Err.Reason != "event.unknown_type" {
			t.Errorf("%+v %v", got, err)
		}
		w.setClock(local("2026-04-02 09:00"))
		if _, err := w.Tick(ctx, w.clock(), 100); err != nil {
			t.Fatal(err)
		}
		f, err := w.reads().Followup(ctx, w.org.ID, id)
		if err != nil || !f.Late || f.State != huifang.StatePlanned {
			t.Errorf("%+v %v", f, err)
		}
		if _, err := w.finish(id, outcome{State: huifang.StateCompleted, At: w.clock()}); err != nil {
			t.Error(err)
		}
		if err := w.DeactivatePack(ctx, w.sys, "property"); huifang.ReasonOf(err) != "pack.not_active" {
			t.Errorf("twice: %v", err)
		}
	})
}

func TestSetProgram(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		w := newWorld(t, s, "property")
		ctx := context.Background()
		text := func(s string) *string { return &s }
		company, east := w.units["company"].ID, w.units["east"].ID
		plan := func(key, unit string) *huifang.Followup {
			r := w.must(EventInput{Key: key, Type: "repair.completed", At: local("2026-03-01 10:00"), Unit: unit, Contact: ContactInput{Code: "C" + unit}})[0]
			if len(r.Followups) == 0 {
				return nil
			}
			f, err := w.reads().Followup(ctx, w.org.ID, r.Followups[0])
			if err != nil {
				t.Fatal(err)
			}
			return f
		}
		set := func(unit huifang.ID, active bool, o Override, row int64) *ProgramInfo {
			info, err := w.SetProgram(ctx, w.sys, "repair", ProgramSetting{Unit: unit, Active: active, Override: o, Row: row})
			if err != nil {
				t.Fatal(err)
			}
			return info
		}
		target := 90.0
		set("", true, Override{Target: &target, Steps: map[string]StepOverride{"followup": {Closes: text("20d")}}}, 0)
		set(company, true, Override{Steps: map[string]StepOverride{"followup": {Opens: text("5d")}}}, 0)
		info := set(east, true, Override{Assign: []string{"head"}}, 0)
		if info.Target != 90 || info.Steps[0].Closes != "20d" || len(info.Settings) != 3 {
			t.Errorf("%+v", info)
		}
		f := plan("1", "east")
		if f.Window.Opens.String() != "2026-03-06" || f.Window.Closes.String() != "2026-03-21" || f.Lead != w.staff["east_head"].ID {
			t.Errorf("%+v", f)
		}
		if g := plan("2", "west"); g.Window.Opens.String() != "2026-03-06" || g.Assignees[0].Role != "steward" {
			t.Errorf("%+v", g)
		}
		set(east, false, Override{}, 1)
		if f := plan("3", "east"); f != nil {
			t.Errorf("switched off: %+v", f)
		}
		if f := plan("4", "west"); f == nil {
			t.Error("switched off elsewhere, too")
		}
		for name, tc := range map[string]struct {
			s      ProgramSetting
			reason string
			field  string
		}{
			"stale":    {ProgramSetting{Unit: east, Active: true, Row: 1}, store.ReasonStale, ""},
			"step":     {ProgramSetting{Override: Override{Steps: map[string]StepOverride{"none": {}}}, Row: 1}, "step.unknown", "steps.none"},
			"offset":   {ProgramSetting{Override: Override{Steps: map[string]StepOverride{"followup": {Closes: text("soon")}}}, Row: 1}, "offset.invalid", "steps.followup.closes"},
			"resolver": {ProgramSetting{Override: Override{Assign: []string{"boss"}}, Row: 1}, "resolver.invalid", "assign"},
			"percent":  {ProgramSetting{Override: Override{Target: new(120.0)}, Row: 1}, "percent.range", "target"},
			"unit":     {ProgramSetting{Unit: "none"}, "unit.unknown", "unit"},
		} {
			_, err := w.SetProgram(ctx, w.sys, "repair", tc.s)
			if huifang.ReasonOf(err) != tc.reason || tc.field != "" && !strings.Contains(asError(err).At.Field, tc.field) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := w.SetProgram(ctx, w.sys, "none", ProgramSetting{}); huifang.ReasonOf(err) != "program.unknown" {
			t.Errorf("unknown program: %v", err)
		}
	})
}

// TestExplain: every follow-up says why, and every program why not.
func TestExplain(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		w := newWorld(t, s, "property")
		ctx := context.Background()
		r := w.must(EventInput{
			Key: "1", Type: "complaint.resolved", At: local("2026-03-01 10:00"), Unit: "east", Department: "工程部", Contact: ContactInput{Code: "C1", Steward: "east_steward"},
			Attributes: huifang.Attributes{"severity": "general", "matter": "噪音"},
		})[0]
		why, err := w.ExplainFollowup(ctx, w.sys, r.Followups[0])
		if err != nil {
			t.Fatal(err)
		}
		var zh []string
		for _, l := range why.Lines {
			zh = append(zh, l.ZH)
			if l.EN == "" {
				t.Errorf("no English for %q", l.ZH)
			}
		}
		all := strings.Join(zh, "\n")
		for _, want := range []string{"诉求回访", "3.22.4", "诉求处理完毕 2026-03-01 10:00", "0d 至 3d", "2026-03-01 至 2026-03-04", "east_engineer、east_steward"} {
			if !strings.Contains(all, want) {
				t.Errorf("%q is missing in\n%s", want, all)
			}
		}
		whys, err := w.ExplainEvent(ctx, w.sys, r.Event)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range whys {
			switch {
			case x.Program == "complaint" && (len(x.Planned) != 1 || x.Planned[0].ID != r.Followups[0]):
				t.Errorf("%+v", x)
			case x.Program == "repair" && (x.Reason != "event_type" || x.Text.ZH == "" || x.Text.EN == ""):
				t.Errorf("%+v", x)
			}
		}
		if n := len(w.followups()); n != 1 {
			t.Errorf("explaining planned something: %d", n)
		}
		// What was imported too late says so.
		got, err := w.Ingest(ctx, w.sys, []EventInput{{Key: "2", Type: "repair.completed", At: local("2025-03-01 10:00"), Unit: "east", Contact: ContactInput{Code: "C1"}}}, IngestOptions{History: true})
		if err != nil {
			t.Fatal(err)
		}
		whys, err = w.ExplainEvent(ctx, w.sys, got[0].Event)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(whys, func(x EventWhy) bool { return x.Program == "repair" })
		if len(whys[i].Refused) != 1 || whys[i].Refused[0].Reason != "window_closed" || whys[i].Refused[0].Text.ZH == "" || len(whys[i].Refused[0].Lines) == 0 {
			t.Errorf("%+v", whys[i])
		}
	})
}
