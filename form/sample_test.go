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
func load(tb testing.TB, name string) *form.Definition {
	tb.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		tb.Fatal(err)
	}
	d := &form.Definition{}
	dec := yaml.NewDecoder(bytes.NewReader(b))
	dec.KnownFields(true)
	if err := dec.Decode(d); err != nil {
		tb.Fatal(err)
	}
	for _, f := range d.Check() {
		tb.Errorf("%s: %v", name, f)
	}
	return d
}

// answers reads a JSON object.
func answers(tb testing.TB, s string) huifang.Attributes {
	tb.Helper()
	var a huifang.Attributes
	if err := json.Unmarshal([]byte(s), &a); err != nil {
		tb.Fatalf("%s: %v", s, err)
	}
	return a
}

func asJSON(tb testing.TB, v any) string {
	tb.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		tb.Fatal(err)
	}
	return string(b)
}

// sampleText is a label in both languages.
func sampleText(s string) huifang.Text { return huifang.Text{ZH: "题" + s, EN: "Item " + s} }
