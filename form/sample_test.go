package form_test

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
)

// load reads a form of testdata and demands that it is sound.
func load(t testing.TB, name string) *form.Definition {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	d := &form.Definition{}
	dec := yaml.NewDecoder(bytes.NewReader(b))
	dec.KnownFields(true)
	if err := dec.Decode(d); err != nil {
		t.Fatal(err)
	}
	for _, f := range d.Check() {
		t.Errorf("%s: %v", name, f)
	}
	return d
}

// answers reads a JSON object.
func answers(t testing.TB, s string) huifang.Attributes {
	t.Helper()
	var a huifang.Attributes
	if err := json.Unmarshal([]byte(s), &a); err != nil {
		t.Fatalf("%s: %v", s, err)
	}
	return a
}

func asJSON(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// sampleText is a label in both languages.
func sampleText(s string) huifang.Text { return huifang.Text{ZH: "题" + s, EN: "Item " + s} }

func ptr[T any](v T) *T { return &v }
