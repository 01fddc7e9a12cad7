package pack_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/plan"
)

func builtin(t *testing.T, name string) *pack.Pack {
	t.Helper()
	p, err := pack.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// tenQuestions are the workshop's questionnaire (汽修客户回访制度 六), in order.
func tenQuestions() []string {
	return []string{
		"explained_before", "reception_speed", "items_done_right", "bill_explained", "handover_speed",
		"total_time", "listening", "helped_at_pickup", "car_condition", "lounge",
	}
}

// TestTenQuestions: the questionnaire asks the ten and nothing else is graded;
// all excellent is 100, all good 90, all fair 70; what does not apply takes no
// part.
func TestTenQuestions(t *testing.T) {
	f, _ := builtin(t, "auto-service").Form("workshop_service")
	var graded []string
	for _, i := range f.Items {
		if i.Kind == form.KindChoice && i.Code != "satisfaction" {
			graded = append(graded, i.Code)
		}
	}
	if strings.Join(graded, " ") != strings.Join(tenQuestions(), " ") {
		t.Fatalf("asks %v", graded)
	}
	answers := func(grade string, other map[string]any) huifang.Attributes {
		a := huifang.Attributes{"satisfaction": "satisfied"}
		for _, q := range tenQuestions() {
			a[q] = grade
		}
		maps.Copy(a, other)
		return a
	}
	for _, c := range []struct {
		answers huifang.Attributes
		score   float64
		band    string
		verdict huifang.Verdict
	}{
		{answers("excellent", nil), 100, "excellent", huifang.VerdictSatisfied},
		{answers("good", nil), 90, "good", huifang.VerdictSatisfied},
		{answers("fair", nil), 70, "qualified", huifang.VerdictSatisfied},
		{answers("poor", map[string]any{"items_done_right": "good"}), 45, "low", huifang.VerdictDissatisfied},
		{answers("good", map[string]any{"items_done_right": "poor"}), 85, "qualified", huifang.VerdictUnqualified},
		{answers("good", map[string]any{"lounge": "na", "car_condition": "na"}), 90, "good", huifang.VerdictSatisfied},
		{answers("excellent", map[string]any{"satisfaction": "dissatisfied"}), 100, "excellent", huifang.VerdictDissatisfied},
	} {
		if r := f.Judge(c.answers); r.Score != c.score || r.Band != c.band || r.Verdict != c.verdict {
			t.Errorf("%v: %v %s %s", c.answers, r.Score, r.Band, r.Verdict)
		}
	}
}

// TestVerdictsOfOtherTrades looks at what the answers of cars, devices and
// company customers come to.
func TestVerdictsOfOtherTrades(t *testing.T) {
	for _, c := range []struct {
		pack, form string
		answers    huifang.Attributes
		want       huifang.Verdict
	}{
		{"auto-service", "workshop_final", huifang.Attributes{"satisfaction": "satisfied", "settled": "no"}, huifang.VerdictUnqualified},
		{"auto-service", "workshop_lost", huifang.Attributes{"satisfaction": "basically"}, huifang.VerdictSatisfied},
		{"auto-sales", "new_owner", huifang.Attributes{"satisfaction": "satisfied", "car_state": "fault"}, huifang.VerdictUnqualified},
		{"auto-sales", "delivery_7dc", huifang.Attributes{"satisfaction": "satisfied", "promises": "none"}, huifang.VerdictUnqualified},
		{"auto-sales", "prospect_card", huifang.Attributes{"satisfaction": "dissatisfied"}, huifang.VerdictDissatisfied},
		{"equipment", "device_monthly", huifang.Attributes{"satisfaction": "satisfied", "device_state": "stopped"}, huifang.VerdictUnqualified},
		{"equipment", "device_monthly", huifang.Attributes{"satisfaction": "satisfied", "quality_found": true, "quality_detail": "x", "quality_department": "design"}, huifang.VerdictSatisfied},
		{"b2b", "siding_record", huifang.Attributes{"satisfaction": "very_satisfied", "operation": "unstable"}, huifang.VerdictUnqualified},
		{"b2b", "siding_record", huifang.Attributes{"satisfaction": "very_satisfied", "promises": "hardly"}, huifang.VerdictUnqualified},
		{"b2b", "siding_record", huifang.Attributes{"satisfaction": "satisfied", "perfunctory": true}, huifang.VerdictDissatisfied},
		{"b2b", "siding_record", huifang.Attributes{"satisfaction": "satisfied", "attitude": "poor"}, huifang.VerdictDissatisfied},
		{"b2b", "client_record", huifang.Attributes{"satisfaction": "basically", "product_rating": "very_poor"}, huifang.VerdictDissatisfied},
		{"b2b", "client_plan", huifang.Attributes{"method": "phone"}, huifang.VerdictNone},
	} {
		f, ok := builtin(t, c.pack).Form(c.form)
		if !ok {
			t.Fatal(c.form)
		}
		if got := f.Judge(c.answers); got.Verdict != c.want {
			t.Errorf("%s/%s %v: %q, want %q", c.pack, c.form, c.answers, got.Verdict, c.want)
		}
	}
}

// TestBadEventsOfOtherTrades: what cannot be is refused at its line and column,
// and names the field.
func TestBadEventsOfOtherTrades(t *testing.T) {
	for _, c := range []struct{ pack, line, field, reason string }{
		{"auto-service", `{"id":"1","type":"vehicle.serviced","at":"2026-03-01T09:00:00+08:00"}`, "customer", "event.missing"},
		{"auto-service", `{"id":"1","type":"vehicle.serviced","at":"2026-03-01T09:00:00+08:00","contact":"c","attributes":{"mileage":-1}}`, "attributes.mileage", "attribute.range"},
		{"auto-service", `{"id":"1","type":"asset.changed","at":"2026-03-01T09:00:00+08:00","asset":"v","attributes":{"insurance_expires_at":"明年"}}`, "attributes.insurance_expires_at", "attribute.type"},
		{"auto-sales", `{"id":"1","type":"prospect.registered","at":"2026-03-01T09:00:00+08:00","contact":"c","attributes":{"intent_days":-3}}`, "attributes.intent_days", "attribute.range"},
		{"auto-sales", `{"id":"1","type":"contact.changed","at":"2026-03-01T09:00:00+08:00","contact":"c","attributes":{"intent_days":-3}}`, "attributes.intent_days", "attribute.range"},
		{"auto-sales", `{"id":"1","type":"asset.changed","at":"2026-03-01T09:00:00+08:00","asset":"v","attributes":{"insured":"办了"}}`, "attributes.insured", "attribute.type"},
		{"auto-sales", `{"id":"1","type":"activity.announced","at":"2026-03-01T09:00:00+08:00","contact":"c"}`, "attributes.activity_on", "attribute.missing"},
		{"equipment", `{"id":"1","type":"device.delivered","at":"2026-03-01T09:00:00+08:00","contact":"c"}`, "asset", "event.missing"},
		{"equipment", `{"id":"1","type":"quality.reported","at":"2026-03-01T09:00:00+08:00","contact":"c"}`, "department", "event.missing"},
		{"b2b", `{"id":"1","type":"visit.arranged","at":"2026-03-01T09:00:00+08:00","contact":"c","attributes":{"visit_on":"下周"}}`, "attributes.visit_on", "attribute.type"},
	} {
		set, err := builtin(t, c.pack).Compile()
		if err != nil {
			t.Fatal(err)
		}
		lines, faults := plan.ReadLines(strings.NewReader("\n"+c.line), "events.jsonl")
		if len(faults) > 0 || len(lines) != 1 {
			t.Fatal(faults)
		}
		_, fault := lines[0].Input(set)
		if fault == nil || fault.Reason != c.reason || fault.At.Field != c.field || fault.At.Line != 2 {
			t.Errorf("%s: %v", c.line, fault)
		}
	}
}
