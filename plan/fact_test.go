package plan_test

import (
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
)

func TestFactConditions(t *testing.T) {
	t.Parallel()
	fact := &plan.Fact{
		Followup: &huifang.Followup{Program: "visit", Step: "day1", Occurrence: 2, Late: true, Attempts: 3, Satisfied: huifang.VerdictDissatisfied, Department: "内科"},
		State:    huifang.StateCompleted,
		Contact:  &huifang.Contact{Kind: "patient", Attributes: huifang.Attributes{"age": 61.0}},
		Event:    &huifang.Event{Type: "patient.discharged", Attributes: huifang.Attributes{"category": "surgical"}},
		Record:   &huifang.Record{Channel: huifang.ChannelPhone, Answers: huifang.Attributes{"suspicious": true, "marks": 88.0}},
		Case:     &huifang.Case{State: huifang.CaseResolved},
	}
	for source, want := range map[string]bool{
		"":                             true,
		`state == "completed" && late`: true,
		`program == "visit" && step == "day1" && occurrence == 2`: true,
		`answers.suspicious == true`:                              true,
		`answers.marks > 80`:                                      true,
		`answers.never_asked > 80`:                                false,
		`attr.category == "surgical" && attr.age > 60`:            true,
		`verdict == "dissatisfied" && case_state == "resolved"`:   true,
		`attempts > 3`: false,
		`kind == "patient" && department == "内科" && channel == "phone"`:          true,
		`outcome == "completed" && review == "" && type == "patient.discharged"`: true,
	} {
		cs, faults := plan.CompileFacts([]string{source})
		if faults[0] != nil {
			t.Fatalf("%s: %v", source, faults[0])
		}
		if got := cs[0].Holds(fact); got != want {
			t.Errorf("%s: %v, want %v", source, got, want)
		}
	}
	bare, faults := plan.CompileFacts([]string{`channel == "" && case_state == "" && answers.x == null`})
	if faults[0] != nil || !bare[0].Holds(&plan.Fact{Followup: &huifang.Followup{}, State: huifang.StatePlanned}) {
		t.Error("a follow-up with nothing recorded is not seen as such", faults[0])
	}
}

func TestFactValues(t *testing.T) {
	t.Parallel()
	fact := &plan.Fact{Followup: &huifang.Followup{Attempts: 2}, Record: &huifang.Record{Answers: huifang.Attributes{"days": 5.0}}}
	for source, want := range map[string]any{
		`answers.days <= 3 ? "H" : answers.days <= 7 ? "A" : "B"`: "A",
		`attempts + 1`:          3.0,
		`answers.missing + 1.0`: nil,
		``:                      nil,
	} {
		v, fault := plan.CompileFactValue(source)
		if fault != nil || v.Of(fact) != want {
			t.Errorf("%s: %v (%v), want %v", source, v.Of(fact), fault, want)
		}
	}
	if _, fault := plan.CompileFactValue("answer.days"); fault == nil {
		t.Error("an unknown name compiles")
	}
}

func TestFactConditionFaults(t *testing.T) {
	t.Parallel()
	_, faults := plan.CompileFacts([]string{`state == "completed"`, `stat == "completed"`, `attempts + 1`})
	if faults[0] != nil {
		t.Error(faults[0])
	}
	if faults[1] == nil || faults[1].Reason != "condition.invalid" {
		t.Error(faults[1])
	}
	if faults[2] == nil || faults[2].Reason != "condition.not_boolean" {
		t.Error(faults[2])
	}
}
