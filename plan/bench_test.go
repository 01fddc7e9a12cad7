package plan_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
)

// BenchmarkAdvance replays complaints: one event in, one follow-up out, its
// outcome taken.
func BenchmarkAdvance(b *testing.B) {
	set := compile(b)
	who := people(b)
	p := set.Program("complaint", "", nil)
	at := time.Date(2026, 3, 1, 1, 0, 0, 0, time.UTC)
	env := &plan.Env{Now: at, Roster: who.Roster, Contact: &who.Contacts[0]}
	ev := huifang.Event{Type: "complaint.resolved", At: at, Contact: "c1", Unit: "u1", Department: "工程部", Attributes: huifang.Attributes{"severity": "general"}}
	var out plan.Output
	ids := make([]huifang.ID, 1000)
	for i := range ids {
		ids[i] = huifang.ID(fmt.Sprintf("%09d", i))
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		i++
		ev.ID = ids[i%len(ids)]
		out.Effects = out.Effects[:0]
		e := plan.Enrollment{Program: p.Code, Key: ev.ID, Fresh: true}
		p.Advance(&e, plan.Input{Event: &ev}, env, &out)
		if len(out.Effects) != 1 {
			b.Fatal(out.Effects)
		}
	}
}
