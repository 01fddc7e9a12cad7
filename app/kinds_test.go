package app

import (
	"testing"

	"github.com/huifang/huifang/plan"
)

func TestKindsOfSeveralPacksAreMerged(t *testing.T) {
	t.Parallel()
	at := func(names ...string) (out []plan.AttributeType) {
		for _, n := range names {
			out = append(out, plan.AttributeType{Name: n})
		}
		return out
	}
	shared := []SubjectKind{{Code: "car", Attributes: at("plate")}}
	got := mergeKinds(mergeKinds(nil, shared), []SubjectKind{{Code: "car", Attributes: at("plate", "insured")}, {Code: "home"}})
	if len(got) != 2 || got[0].Code != "car" || got[1].Code != "home" {
		t.Fatalf("kinds %+v", got)
	}
	if a := got[0].Attributes; len(a) != 2 || a[0].Name != "plate" || a[1].Name != "insured" {
		t.Fatalf("attributes %+v", a)
	}
	if len(shared[0].Attributes) != 1 {
		t.Fatal("the pack changed")
	}
}
