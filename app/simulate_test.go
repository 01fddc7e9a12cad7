package app

import (
	"context"
	"crypto/rand"
	"fmt"
	"strconv"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func TestTryProgram(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		ctx := context.Background()
		w := newWorld(t, s, "property")
		w.timely()
		w.person("company_head", "company", "head", "admin")
		boss := w.as("company_head")
		for i := range 3 {
			ev := complaint(strconv.Itoa(i), "噪音")
			ev.Unit = []string{"east", "east", "west"}[i]
			ev.At = local(fmt.Sprintf("2026-03-0%d 09:00", i+2))
			w.setClock(ev.At)
			w.must(ev)
		}
		w.setClock(local("2026-03-10 09:00"))
		before := w.followups()
		try := func(drafts ...ProgramSetting) *Tried {
			t.Helper()
			return must[*Tried](t)(w.TryProgram(ctx, boss, Trial{Program: "complaint", Drafts: drafts, From: huifang.MakeDate(2026, 3, 1), To: huifang.MakeDate(2026, 3, 31)}))
		}
		closes, target := "5d", 90.0
		east, west := w.units["east"].ID, w.units["west"].ID
		for name, c := range map[string]struct {
			drafts []ProgramSetting
			counts map[ChangeKind]int
		}{
			"nothing changes":       {[]ProgramSetting{{Active: true, Override: Override{Target: &target}}}, map[ChangeKind]int{}},
			"a later window":        {[]ProgramSetting{{Unit: east, Active: true, Override: Override{Steps: map[string]StepOverride{"followup": {Closes: &closes}}}}}, map[ChangeKind]int{ChangeMoves: 2}},
			"switched off":          {[]ProgramSetting{{Unit: west, Active: false}}, map[ChangeKind]int{ChangeVanishes: 1}},
			"others do it":          {[]ProgramSetting{{Unit: west, Active: true, Override: Override{Assign: []string{"head"}}}}, map[ChangeKind]int{ChangeReassigned: 1}},
			"several units at once": {[]ProgramSetting{{Unit: west, Active: false}, {Unit: east, Active: false}}, map[ChangeKind]int{ChangeVanishes: 3}},
		} {
			got := try(c.drafts...)
			if fmt.Sprint(got.Counts) != fmt.Sprint(c.counts) || got.Before != 3 || got.Events != 3 || len(got.Days) != 31 {
				t.Errorf("%s: %+v of %d before, %d events", name, got.Counts, got.Before, got.Events)
			}
			for _, x := range got.Changes {
				if len(x.Lines) == 0 || x.Lines[0].ZH == "" || x.Lines[0].EN == "" || x.Name == "" {
					t.Errorf("%s: unexplained: %+v", name, x)
				}
			}
		}
		got := try(ProgramSetting{Unit: west, Active: false})
		sum := [2]int{}
		for _, l := range got.Load {
			for i := range l.Before {
				sum[0], sum[1] = sum[0]+l.Before[i], sum[1]+l.After[i]
			}
		}
		if sum != [2]int{3, 2} || got.After != 2 {
			t.Errorf("load %v, %d after", sum, got.After)
		}
		if after := w.followups(); len(after) != len(before) || after[0].Row != before[0].Row {
			t.Error("trying wrote something")
		}
		if info := must[*ProgramInfo](t)(w.Program(ctx, boss, "complaint")); len(info.Settings) != 0 {
			t.Errorf("%+v", info.Settings)
		}
		for reason, tr := range map[string]Trial{
			"simulate.period": {Program: "complaint", Drafts: []ProgramSetting{{Active: true}}, From: 2, To: 1},
			"simulate.drafts": {Program: "complaint", From: huifang.MakeDate(2026, 3, 1), To: huifang.MakeDate(2026, 3, 2)},
			"step.unknown": {Program: "complaint", From: huifang.MakeDate(2026, 3, 1), To: huifang.MakeDate(2026, 3, 2), Drafts: []ProgramSetting{
				{Active: true, Override: Override{Steps: map[string]StepOverride{"nix": {Closes: &closes}}}},
			}},
		} {
			_, err := w.TryProgram(ctx, boss, tr)
			wants(t, err, huifang.CodeInvalid, reason)
		}
		_, err := w.TryProgram(ctx, boss, Trial{Program: "nix", From: 1, To: 2})
		wants(t, err, huifang.CodeNotFound, "program.unknown")
		_, err = w.TryProgram(ctx, w.as("east_steward"), Trial{Program: "complaint"})
		wants(t, err, huifang.CodeForbidden, "forbidden")
	})
}

// TestTryingNothingFindsNothing: a draft that says what is in force changes
// nothing, whatever happened.
func TestTryingNothingFindsNothing(t *testing.T) {
	t.Parallel()
	l := newLife(t, storetest.SQLite(t), 7)
	l.timely()
	l.live(150)
	for _, p := range []string{"complaint", "repair", "service"} {
		got := must[*Tried](t)(l.TryProgram(context.Background(), l.sys, Trial{
			Program: p, Drafts: []ProgramSetting{{Active: true}}, From: huifang.MakeDate(2026, 1, 1), To: huifang.MakeDate(2026, 6, 30),
		}))
		if len(got.Counts) != 0 || got.Before != got.After {
			t.Errorf("%s: %+v", p, got.Counts)
		}
	}
}

// timely has ids tell the time of the world's clock, as those of a real one do.
func (w *world) timely() {
	w.newID = func() huifang.ID {
		var entropy [10]byte
		_, _ = rand.Read(entropy[:]) // never fails
		return huifang.NewID(w.clock(), entropy)
	}
}
