package pack_test

import (
	"strings"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
)

// history is a test file that passes for the small pack; the tests change it
// in one place each.
const history = `world:
  units: [{id: u, head: boss}]
  staff:
    - {id: boss, units: [u]}
    - {id: cao, units: [u], roles: [话务员]}
  contacts: [{id: c, unit: u}]
tests:
  - name: one job
    inputs:
      - {id: j1, type: job.done, at: 2026-03-02T10:00:00+08:00, contact: c, attributes: {grade: high, matter: door}}
      - {id: j2, type: job.done, at: 2026-03-03T10:00:00+08:00, contact: c, attributes: {grade: high, due_on: 2026-03-09, matter: Door}}
      - {id: o1, type: followup.completed, at: 2026-03-04T10:00:00+08:00, contact: c, program: call, step: first, answers: {mood: bad}}
    until: 2026-03-06
    expect:
      - {program: call, step: first, event: j1, opens: 2026-03-02, closes: 2026-03-05, assignees: [cao], channels: [phone], state: completed}
      - {program: call, step: first, event: j2, opens: 2026-03-03, closes: 2026-03-06}
      - {program: call, step: second, event: j2, opens: 2026-03-09, closes: 2026-03-09}
    not_planned:
      - {program: call, step: second, event: j1, reason: attribute_missing}
    cases:
      - {step: first, event: j1, severity: general, owner: [boss], due: 2026-03-09}
    alerts: []
    ignored: []
    recurrences:
      - {rule: again, subject: c, month: 2026-03, count: 2}
`

// runTests runs a test file beside the small pack.
func runTests(t *testing.T, text string) ([]pack.Result, error) {
	t.Helper()
	p, err := load("p", map[string]string{"p/pack.yaml": sound, "p/a_test.yaml": text})
	if err != nil {
		t.Fatal(err)
	}
	return pack.Test(p)
}

func TestHistoryPasses(t *testing.T) {
	results, err := runTests(t, history)
	if err != nil || len(results) != 1 {
		t.Fatal(results, err)
	}
	r := results[0]
	if !r.Passed() || r.Name != "one job" || r.At.String() != "p/a_test.yaml:8:5" {
		t.Errorf("%+v %v", r, r.Faults)
	}
}

// TestHistoryFails: whatever an expectation gets wrong is noticed, at its
// place.
func TestHistoryFails(t *testing.T) {
	for name, c := range map[string]struct {
		from, to string
		want     []string // the faults, each line:column and part of the message
	}{
		"closes":              {"closes: 2026-03-05,", "closes: 2026-03-06,", []string{"15:9: this was expected and is not there; left over are:\n  {program: call, step: first, occurrence: 1, event: j1"}},
		"opens":               {"opens: 2026-03-09, ", "opens: 2026-03-08, ", []string{"17:9: this was expected"}},
		"assignee":            {"[cao]", "[boss]", []string{"15:9: this was expected"}},
		"no assignee":         {"[cao]", "[]", []string{"15:9: this was expected"}},
		"channel":             {"[phone]", "[phone, visit]", []string{"15:9: this was expected"}},
		"state":               {", state: completed", ", state: waived", []string{"15:9: this was expected"}},
		"state by default":    {", state: completed", "", []string{"15:9: this was expected"}},
		"overdue by then":     {"until: 2026-03-06", "until: 2026-03-07", []string{"16:9: this was expected"}},
		"event":               {"step: first, event: j2,", "step: first, event: j9,", []string{"16:9: this was expected"}},
		"row too many":        {"      - {program: call, step: second, event: j2, opens: 2026-03-09, closes: 2026-03-09}\n", "", []string{"15:7: there is more than expect says:\n  {program: call, step: second"}},
		"row too few":         {"    not_planned:", "      - {program: call, opens: 2026-03-09, closes: 2026-03-09}\n    not_planned:", []string{"18:9: this was expected and is not there"}},
		"refusal too many":    {"      - {program: call, step: second, event: j1, reason: attribute_missing}", "      []", []string{"19:7: there is more than not_planned says"}},
		"refusal, reason":     {"reason: attribute_missing", "reason: condition_false", []string{"19:9: this was expected"}},
		"case, due":           {"due: 2026-03-09}", "due: 2026-03-10}", []string{"21:9: this was expected"}},
		"case, owner":         {"owner: [boss]", "owner: [cao]", []string{"21:9: this was expected"}},
		"case too many":       {"    cases:\n      - {step: first, event: j1, severity: general, owner: [boss], due: 2026-03-09}\n", "", []string{"8:5: there is more than cases says"}},
		"alert too few":       {"alerts: []", "alerts: [{to: [boss]}]", []string{"22:14: this was expected"}},
		"ignored too few":     {"ignored: []", "ignored: [{id: o1}]", []string{"23:15: this was expected"}},
		"recurrence, count":   {"count: 2}", "count: 3}", []string{"25:9: this was expected"}},
		"an input is refused": {"grade: high, matter: door", "grade: huge, matter: door", []string{`10:97: attribute "grade" is to be one of its choices`}},
		"unknown type":        {"id: j1, type: job.done", "id: j1, type: job.dun", []string{`10:24: unknown type of event "job.dun"`}},
		"bad time":            {"2026-03-02T10:00:00+08:00", "2026-03-32T10:00:00+08:00", []string{"10:38: "}},
		"unknown zone":        {"{id: u, head: boss}", "{id: u, head: boss, zone: Mars/Base}", []string{"8:5: unit \"u\" has an unknown time zone"}},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(history, c.from, c.to, 1)
			if text == history {
				t.Fatal("nothing was changed")
			}
			results, err := runTests(t, text)
			if err != nil || len(results) != 1 {
				t.Fatal(results, err)
			}
			faults := results[0].Faults
			if len(faults) != len(c.want) {
				t.Fatalf("%v", faults)
			}
			for i, want := range c.want {
				if got := faults[i].Error(); !strings.HasPrefix(got, "p/a_test.yaml:"+want) {
					t.Errorf("want %s\ngot %s", want, got)
				}
				if zh := faults[i].In(huifang.ZH); !strings.HasPrefix(zh, "p/a_test.yaml:") {
					t.Error(zh)
				}
			}
		})
	}
}

// TestTestFilesAreStrict: a test file that does not say what it means is an
// error, not a test that passes.
func TestTestFilesAreStrict(t *testing.T) {
	for name, c := range map[string]struct{ from, to, want string }{
		"unknown field":   {"    expect:", "    expects:", "p/a_test.yaml:14:5: unknown field “expects”; did you mean “expect”?"},
		"no until":        {"    until: 2026-03-06\n", "", "p/a_test.yaml:8:5: until is missing"},
		"no name":         {"name: one job", "world: {}", "p/a_test.yaml:8:5: name is missing"},
		"no window":       {"opens: 2026-03-02, ", "", "p/a_test.yaml:15:9: "},
		"bad date":        {"until: 2026-03-06", "until: 2026-3-6", "p/a_test.yaml:13:12: \"2026-3-6\" is not a date"},
		"unknown program": {"- {program: call, step: first, event: j1, opens", "- {program: cal, step: first, event: j1, opens", "p/a_test.yaml:15:19: there is no program “cal”; did you mean “call”?"},
		"unknown state":   {"state: completed", "state: complete", "p/a_test.yaml:15:132: “complete” is not one of the values; did you mean “completed”?"},
		"unknown zone":    {"world:", "zone: Mars/Base\nworld:", "p/a_test.yaml:1:7: unknown time zone \"Mars/Base\""},
		"broken":          {"tests:", "tests: [", "p/a_test.yaml:"},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(history, c.from, c.to, 1)
			if text == history {
				t.Fatal("nothing was changed")
			}
			results, err := runTests(t, text)
			if got := strings.Join(lines(err), "\n"); !strings.HasPrefix(got, c.want) || len(results) != 0 {
				t.Errorf("want %s\ngot %s %v", c.want, got, results)
			}
		})
	}
}

// TestExpectationsAreMatchedOneToOne: a vague expectation leaves the one row
// that an exact one needs.
func TestExpectationsAreMatchedOneToOne(t *testing.T) {
	text := strings.Replace(history, "{program: call, step: first, event: j2, opens", "{program: call, opens", 1)
	text = strings.Replace(text, "      - {program: call, step: second, event: j2, opens: 2026-03-09, closes: 2026-03-09}\n", "", 1)
	text = strings.Replace(text, "due_on: 2026-03-09", "due_on: 2026-03-03", 1)
	text = strings.Replace(text, "    not_planned:", "      - {program: call, step: second, opens: 2026-03-03, closes: 2026-03-03, state: overdue}\n    not_planned:", 1)
	results, err := runTests(t, text)
	if err != nil || !results[0].Passed() {
		t.Fatal(err, results)
	}
}
