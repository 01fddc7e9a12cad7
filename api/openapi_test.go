package api_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/huifang/huifang/api"
)

var update = flag.Bool("update", false, "write openapi.json again")

// The document is what others build on: it changes when it is meant to.
func TestOpenAPIIsAsAgreed(t *testing.T) {
	got, err := api.OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("openapi.json", got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Fatalf("the API changed; if it is meant, run go generate ./api and commit openapi.json\n%s", firstDifference(string(want), string(got)))
	}
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			return "- " + w[i] + "\n+ " + g[i]
		}
	}
	return "one is longer"
}

type document struct {
	Paths      map[string]map[string]operation `json:"paths"`
	Components struct {
		Schemas map[string]json.RawMessage `json:"schemas"`
	} `json:"components"`
}

type operation struct {
	ID          string                `json:"operationId"`
	Summary     string                `json:"summary"`
	SummaryZH   string                `json:"x-summary-zh"`
	Permissions []string              `json:"x-permission"`
	Security    []map[string][]string `json:"security"`
	Parameters  []struct {
		Name string `json:"name"`
		In   string `json:"in"`
	} `json:"parameters"`
	RequestBody *struct {
		Content map[string]struct {
			Schema json.RawMessage `json:"schema"`
		} `json:"content"`
	} `json:"requestBody"`
	Responses map[string]struct {
		Content map[string]json.RawMessage `json:"content"`
	} `json:"responses"`
}

func readDocument(t *testing.T) document {
	t.Helper()
	b, err := os.ReadFile("openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	var d document
	if err := json.Unmarshal(b, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDocumentHasGoodManners(t *testing.T) {
	d := readDocument(t)
	ids := map[string]bool{}
	for path, methods := range d.Paths {
		for method, o := range methods {
			at := method + " " + path
			if o.ID == "" || ids[o.ID] {
				t.Errorf("%s: operation id %q is missing or taken", at, o.ID)
			}
			ids[o.ID] = true
			if o.Summary == "" || o.SummaryZH == "" {
				t.Errorf("%s: no summary in one of the languages", at)
			}
			if len(o.Responses["default"].Content["application/problem+json"]) == 0 {
				t.Errorf("%s: does not say how it fails", at)
			}
			if o.Security == nil {
				t.Errorf("%s: does not say who may call it", at)
			}
		}
	}
	if len(ids) < 80 {
		t.Errorf("only %d operations", len(ids))
	}
	for name, schema := range d.Components.Schemas {
		if strings.Contains(string(schema), `"null"`) && strings.Contains(string(schema), `"array"`) {
			var s struct {
				Properties map[string]struct {
					Type any `json:"type"`
				} `json:"properties"`
			}
			if err := json.Unmarshal(schema, &s); err != nil {
				t.Fatal(err)
			}
			for p, v := range s.Properties {
				if types, ok := v.Type.([]any); ok && len(types) > 1 && types[0] == "array" {
					t.Errorf("%s.%s may be null; lists are []", name, p)
				}
			}
		}
	}
	for _, ours := range []string{"ErrorModel", "ErrorDetail"} {
		if _, found := d.Components.Schemas[ours]; found {
			t.Errorf("schema %s is not ours", ours)
		}
	}
}
