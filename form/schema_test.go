package form_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
)

// fataler is what both *testing.T and *rapid.T can do.
type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

func compile(t fataler, d *form.Definition, lang huifang.Lang) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(d.JSONSchema(lang)))
	if err != nil {
		t.Fatalf("schema: %v", err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("form.json", doc); err != nil {
		t.Fatalf("schema: %v", err)
	}
	s, err := c.Compile("form.json")
	if err != nil {
		t.Fatalf("schema: %v", err)
	}
	return s
}

func validate(t fataler, s *jsonschema.Schema, a huifang.Attributes) error {
	t.Helper()
	b, err := json.Marshal(a)
	if err != nil {
		t.Fatalf("%v", err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatalf("%v", err)
	}
	return s.Validate(v)
}

// Whatever Evaluate accepts, the schema accepts, and where no date is involved
// it accepts nothing else: a valid document is accepted as it stands.
func TestSchemaAgreesWithEvaluate(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := definitions().Draw(t, "form")
		s := compile(t, d, huifang.EN)
		given := drawAnswers(t, d)
		if r, err := d.Evaluate(given); err == nil {
			if err := validate(t, s, r.Answers); err != nil {
				t.Fatalf("accepted answers are not valid: %v", err)
			}
		}
		dated := slices.ContainsFunc(d.Items, func(it form.Item) bool { return it.Kind == form.KindDate })
		if dated || validate(t, s, given) != nil {
			return
		}
		if r, err := d.Evaluate(given); err != nil || asJSONText(r.Answers) != asJSONText(given) {
			t.Fatalf("valid answers come to %v, %v", r.Answers, err)
		}
	})
}

func asJSONText(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}

func TestSchemaOfSample(t *testing.T) {
	t.Parallel()
	d := load(t, "service.yaml")
	s := compile(t, d, huifang.ZH)
	tests := []struct {
		name, answers string
		valid         bool
	}{
		{"not reached", `{"reached":false}`, true},
		{"required missing", `{}`, false},
		{"hidden by its section", `{"reached":false,"quality":3}`, false},
		{"shown and required", `{"reached":true,"method":"phone","satisfaction":"satisfied"}`, false},
		{"whole", `{"reached":true,"method":"phone","satisfaction":"satisfied","quality":4}`, true},
		{"any of", `{"reached":true,"method":"phone","satisfaction":"satisfied","quality":2}`, false},
		{"any of, answered", `{"reached":true,"method":"phone","satisfaction":"satisfied","quality":2,"shortcomings":["slow"]}`, true},
		{"exclusive", `{"reached":true,"method":"phone","satisfaction":"satisfied","quality":2,"shortcomings":["slow","none"]}`, false},
		{"unknown item", `{"reached":false,"more":1}`, false},
		{"grade out of range", `{"reached":true,"method":"phone","satisfaction":"satisfied","quality":6}`, false},
		{"too few files", `{"reached":false,"papers":["a"]}`, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if err := validate(t, s, answers(t, tt.answers)); (err == nil) != tt.valid {
				t.Errorf("%v, want valid %v", err, tt.valid)
			}
		})
	}
}

func TestSchemaText(t *testing.T) {
	t.Parallel()
	d := load(t, "service.yaml")
	var zh, en struct {
		ID         string `json:"$id"`
		Schema     string `json:"$schema"`
		Title      string
		Properties map[string]struct{ Title, Description string }
	}
	for lang, into := range map[huifang.Lang]any{huifang.ZH: &zh, huifang.EN: &en} {
		if err := json.Unmarshal(d.JSONSchema(lang), into); err != nil {
			t.Fatal(err)
		}
	}
	if zh.Title != "服务回访记录" || zh.Properties["quality"].Title != "维修质量" || zh.Properties["quality"].Description != "5 分最好" {
		t.Errorf("Chinese: %+v", zh)
	}
	if en.Title != "Service follow-up record" || en.Properties["quality"].Title != "Quality of the repair" {
		t.Errorf("English: %+v", en)
	}
	if en.ID != "urn:huifang:form:service_record:1" || en.Schema != "https://json-schema.org/draft/2020-12/schema" || !reflect.DeepEqual(d.JSONSchema("zh"), d.JSONSchema("zh")) {
		t.Errorf("identity: %+v", en)
	}
}
