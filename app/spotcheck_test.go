package app

import (
	"bytes"
	"slices"
	"strconv"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func TestSpotCheck(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w, ctx := newWorld(t, s, "property"), t.Context()
		const records = 24
		for i := range records {
			ev := complaint("K"+strconv.Itoa(i), "电梯")
			if i%3 == 0 {
				ev.Department = "客服部"
			}
			w.complete(w.plan(ev).ID, "east_steward", huifang.VerdictSatisfied)
		}
		w.plan(complaint("open", "电梯")) // nothing recorded: never drawn
		head := w.as("east_head")
		in := SpotCheckInput{From: day("2026-03-01"), To: day("2026-03-31"), Unit: w.units["east"].ID, Percent: 30, Seed: "20260331"}
		first := must[*SpotCheck](t)(w.DrawSpotCheck(ctx, head, in))
		again := must[*SpotCheck](t)(w.DrawSpotCheck(ctx, w.as("east_supervisor"), in))
		// 8 of 客服部 and 16 of 工程部, 30 % of each rounded up.
		if first.Population != records || len(first.Items) != 3+5 || !slices.Equal(first.Items, again.Items) {
			t.Fatalf("%d of %d: %+v, then %+v", len(first.Items), first.Population, first.Items, again.Items)
		}
		in.Seed = "another"
		if other := must[*SpotCheck](t)(w.DrawSpotCheck(ctx, head, in)); slices.Equal(first.Items, other.Items) {
			t.Error("another seed draws the same")
		}
		in.Seed, in.Percent, in.Count = "", 0, 2
		if few := must[*SpotCheck](t)(w.DrawSpotCheck(ctx, head, in)); len(few.Items) != 4 || few.Seed == "" {
			t.Errorf("%+v", few)
		}
		in.From, in.To = day("2026-04-01"), day("2026-04-30")
		if none := must[*SpotCheck](t)(w.DrawSpotCheck(ctx, head, in)); none.Population != 0 || len(none.Items) != 0 {
			t.Errorf("%+v", none)
		}

		a, b := first.Items[0].Followup, first.Items[1].Followup
		_, err := w.Opine(ctx, head, first.ID, SpotCheckOpinion{Followup: a, Result: SpotCheckFault})
		wants(t, err, huifang.CodeInvalid, "field.missing")
		_, err = w.Opine(ctx, head, first.ID, SpotCheckOpinion{Followup: w.units["east"].ID, Result: SpotCheckSound})
		wants(t, err, huifang.CodeNotFound, "spotcheck.not_drawn")
		must[*SpotCheckDetail](t)(w.Opine(ctx, head, first.ID, SpotCheckOpinion{Followup: a, Result: SpotCheckFault, Opinion: "没有客户签字"}))
		must[*SpotCheckDetail](t)(w.Opine(ctx, head, first.ID, SpotCheckOpinion{Followup: a, Result: SpotCheckFault, Opinion: "没有客户签字，日期不符"}))
		got := must[*SpotCheckDetail](t)(w.Opine(ctx, head, first.ID, SpotCheckOpinion{Followup: b, Result: SpotCheckSound}))
		if got.Checked() != 2 || got.Faults() != 1 || got.Items[0].Opinion != "没有客户签字，日期不符" || got.Names[w.staff["east_head"].ID] == "" {
			t.Errorf("%+v", got.SpotCheck)
		}
		k := w.kase(got.Items[0].Case)
		if k.Matter != "抽查发现：没有客户签字" || k.Owner != w.staff["east_head"].ID {
			t.Errorf("%+v", k)
		}
		if n := len(must[Paged[CaseLine]](t)(w.Cases(ctx, w.sys, CaseFilter{}, Page{})).Items); n != 1 {
			t.Errorf("%d cases", n)
		}
		list := must[[]SpotCheck](t)(w.SpotChecks(ctx, head))
		if len(list) != 5 || list[len(list)-1].Faults() != 1 {
			t.Errorf("%d spot checks", len(list))
		}
		if got := must[[]SpotCheck](t)(w.SpotChecks(ctx, w.as("west_head"))); len(got) != 0 {
			t.Errorf("another unit sees %d", len(got))
		}
		var file bytes.Buffer
		if err := w.WriteSpotCheck(ctx, head, first.ID, huifang.ZH, &file); err != nil || file.Len() < 4000 {
			t.Error(file.Len(), err)
		}
		for reason, in := range map[string]SpotCheckInput{
			"spotcheck.range": {From: day("2026-03-02"), To: day("2026-03-01"), Count: 1},
			"spotcheck.size":  {From: day("2026-03-01"), To: day("2026-03-02"), Count: 1, Percent: 5},
		} {
			_, err := w.DrawSpotCheck(ctx, w.sys, in)
			wants(t, err, huifang.CodeInvalid, reason)
		}
	})
}
