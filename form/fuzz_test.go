package form_test

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
)

// seeds are the sample forms as JSON.
func seeds(f *testing.F) []string {
	f.Helper()
	out := []string{checkBase, `{}`, `{"items":[{"kind":"matrix","code":"a","rows":[{}]}],"scoring":{}}`}
	for _, name := range []string{"service.yaml", "survey.yaml"} {
		b, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		var d form.Definition
		if err := yaml.Unmarshal(b, &d); err != nil {
			f.Fatal(err)
		}
		j, err := json.Marshal(d)
		if err != nil {
			f.Fatal(err)
		}
		out = append(out, string(j))
	}
	return out
}

// FuzzEvaluate reads any answers against any definition, sound or not.
func FuzzEvaluate(f *testing.F) {
	for _, d := range seeds(f) {
		f.Add(d, `{"reached":true,"method":"visit","quality":2,"satisfaction":"dissatisfied","shortcomings":["slow"],"customer":{"name":"王"},"visited_on":"2026-02-28"}`)
		f.Add(d, `{"aspects":{"attitude":"good"},"overall":5,"exam":1e308,"c":"a","n":4,"m":{"r":2},"p":["h"],"a":[[]]}`)
	}
	f.Fuzz(func(t *testing.T, definition, given string) {
		var d form.Definition
		var a huifang.Attributes
		if json.Unmarshal([]byte(definition), &d) != nil || json.Unmarshal([]byte(given), &a) != nil {
			return
		}
		r, err := d.Evaluate(a)
		j := d.Judge(a)
		d.Visible(a)
		if j.Score < 0 || j.Score > 100 || j.Score != j.Score {
			t.Fatalf("score %v", j.Score)
		}
		if err != nil && huifang.ReasonOf(err) != "form.invalid" {
			t.Fatalf("%v", err)
		}
		if err != nil || len(d.Check()) > 0 {
			return
		}
		if again, err := d.Evaluate(r.Answers); err != nil || !reflect.DeepEqual(again, r) {
			t.Fatalf("again %+v %v, first %+v", again, err, r)
		}
		if again := d.Judge(r.Answers); !reflect.DeepEqual(again, r) {
			t.Fatalf("judged %+v, was %+v", again, r)
		}
		if err := validate(t, compile(t, &d, huifang.ZH), r.Answers); err != nil {
			t.Fatalf("%v", err)
		}
	})
}

// FuzzCheck takes any definition through everything that reads one. A sound
// one exports to a schema that compiles and a questionnaire that holds to the
// specification.
func FuzzCheck(f *testing.F) {
	for _, d := range seeds(f) {
		f.Add(d)
	}
	f.Fuzz(func(t *testing.T, definition string) {
		var d form.Definition
		if json.Unmarshal([]byte(definition), &d) != nil {
			return
		}
		schema, fhir := d.JSONSchema(huifang.EN), d.FHIR(huifang.ZH, form.FHIRR4)
		if !json.Valid(schema) || !json.Valid(fhir) {
			t.Fatalf("exports %q %q", schema, fhir)
		}
		d.Parse(map[string][]string{"a": {"1"}})
		d.Follows(&d)
		_, _ = d.Extend(d.Items, d.Version)
		faults := d.Check()
		for _, e := range faults {
			if e.At.Field == "" || !strings.HasPrefix(e.Reason, "form.") || e.Message.ZH == "" || e.Message.EN == "" {
				t.Fatalf("fault %+v", e)
			}
		}
		if len(faults) > 0 {
			return
		}
		compile(t, &d, huifang.ZH)
		checkQuestionnaire(t, readFHIR(t, &d, huifang.ZH, form.FHIRR4), form.FHIRR4)
		if again, err := json.Marshal(d); err != nil || len(again) == 0 {
			t.Fatal(err)
		}
	})
}
