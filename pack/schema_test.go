package pack

import (
	"bytes"
	"encoding"
	"encoding/json"
	"flag"
	"go/ast"
	goparser "go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
	"github.com/huifang/huifang/form"
	"github.com/huifang/huifang/plan"
)

var update = flag.Bool("update", false, "write schema.json again")

// TestSchema holds schema.json to the types; -update writes it.
func TestSchema(t *testing.T) {
	g := &generator{defs: map[string]any{}, docs: readDocs(t)}
	root := g.object(reflect.TypeFor[Pack]())
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["$id"] = "https://huifang.example/schemas/pack.json"
	root["title"] = "Huifang pack"
	root["$defs"] = g.defs
	want, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	want = append(want, '\n')
	if *update {
		if err := os.WriteFile("schema.json", want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(Schema(), want) {
		t.Error("schema.json is out of date; run go generate ./pack")
	}
}

// generator makes a schema from Go types.
type generator struct {
	defs map[string]any
	docs map[string]string // "plan.Step" and "plan.Step.When" → comment
}

// nameOf is a type's name with its package: plan.Step.
func nameOf(t reflect.Type) string { return path.Base(t.PkgPath()) + "." + t.Name() }

// leaf is the schema of a type that is written as text.
func leaf(t reflect.Type) map[string]any {
	text := func(pattern string) map[string]any { return map[string]any{"type": "string", "pattern": pattern} }
	switch t {
	case reflect.TypeFor[calendar.Offset]():
		return text(`^[+-]?[0-9]+(d|h|wd|w|mo)$`)
	case reflect.TypeFor[huifang.Clock]():
		return text(`^[0-2][0-9]:[0-5][0-9]$`)
	case reflect.TypeFor[huifang.Date]():
		return text(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)
	case reflect.TypeFor[Period]():
		return text(`^(calendar_month|[1-9][0-9]*(d|w|mo))$`)
	case reflect.TypeFor[plan.Resolver]():
		one := `(head|department_head|steward|owner|event_staff|attribute:[^|\s]+|role:[^|\s]+)`
		return text(`^\s*` + one + `(\s*\|\s*` + one + `)*\s*$`)
	case reflect.TypeFor[Reading]():
		one := `((answer|attribute|contact\.attribute|asset\.attribute):[^|\s]+|` + strings.ReplaceAll(strings.Join(Readings(), "|"), ".", `\.`) + `)`
		return text(`^\s*` + one + `(\s*\|\s*` + one + `)*\s*$`)
	case reflect.TypeFor[form.Literal]():
		return map[string]any{"type": []any{"string", "number", "boolean"}}
	}
	return nil
}

func (g *generator) schema(t reflect.Type, words []string) map[string]any {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if s := leaf(t); s != nil {
		return s
	}
	switch t.Kind() {
	case reflect.Struct:
		name := nameOf(t)
		if g.defs[name] == nil {
			g.defs[name] = map[string]any{} // ends recursion
			g.defs[name] = g.object(t)
		}
		return map[string]any{"$ref": "#/$defs/" + name}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": g.schema(t.Elem(), words)}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": g.schema(t.Elem(), nil)}
	case reflect.String:
		if words != nil {
			return map[string]any{"type": "string", "enum": words}
		}
		return map[string]any{"type": "string"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return map[string]any{"type": "integer"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.Interface:
		return map[string]any{}
	default:
		panic("no schema for " + t.String())
	}
}

func (g *generator) object(t reflect.Type) map[string]any {
	properties := map[string]any{}
	for _, f := range fieldsOf(t) {
		ft := t.FieldByIndex(f.index)
		s := g.schema(ft.Type, wordsOf(t, f.name, ft.Type))
		property := map[string]any{"anyOf": []any{s, map[string]any{"type": "null"}}} // null: back to the default, where a pack extends another
		if doc := g.docs[nameOf(t)+"."+ft.Name]; doc != "" {
			property["description"] = doc
		}
		properties[f.name] = property
	}
	out := map[string]any{"type": "object", "additionalProperties": false, "properties": properties}
	if id := identity(t); id != "" && t != reflect.TypeFor[Pack]() {
		properties["remove"] = map[string]any{"const": true, "description": "takes the parent's item away, where a pack extends another"}
		out["required"] = []any{id}
	}
	if doc := g.docs[nameOf(t)]; doc != "" {
		out["description"] = doc
	}
	return out
}

// readDocs reads what the Go source says of its types and their fields.
func readDocs(t *testing.T) map[string]string {
	t.Helper()
	docs := map[string]string{}
	note := func(name string, groups ...*ast.CommentGroup) {
		for _, c := range groups {
			if c != nil && docs[name] == "" {
				docs[name] = strings.Join(strings.Fields(c.Text()), " ")
			}
		}
	}
	for _, dir := range []string{"..", "../calendar", "../form", "../plan", "."} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			tree, err := goparser.ParseFile(token.NewFileSet(), file, nil, goparser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range tree.Decls {
				gen, ok := d.(*ast.GenDecl)
				if !ok {
					continue
				}
				for _, s := range gen.Specs {
					typ, ok := s.(*ast.TypeSpec)
					if !ok {
						continue
					}
					body, ok := typ.Type.(*ast.StructType)
					if !ok {
						continue
					}
					name := tree.Name.Name + "." + typ.Name.Name
					note(name, typ.Doc, gen.Doc)
					for _, f := range body.Fields.List {
						for _, field := range f.Names {
							note(name+"."+field.Name, f.Comment, f.Doc)
						}
					}
				}
			}
		}
	}
	return docs
}

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("pack.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("pack.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// asJSON is a YAML file as JSON values.
func asJSON(t *testing.T, name string, data []byte) any {
	t.Helper()
	f := &faults{}
	tree := parse(name, data, f)
	if err := f.err(); err != nil {
		t.Fatal(err)
	}
	return newDecoder(f).free(tree)
}

// TestSchemaAcceptsTheLibrary holds every file of the built-in packs against
// the schema.
func TestSchemaAcceptsTheLibrary(t *testing.T) {
	s, n := compileSchema(t), 0
	err := fs.WalkDir(library, "library", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || IsTestFile(path.Base(file)) {
			return err
		}
		n++
		data, err := fs.ReadFile(library, file)
		if err != nil {
			return err
		}
		if err := s.Validate(asJSON(t, file, data)); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		return nil
	})
	if err != nil || n < 8 {
		t.Fatal(n, err)
	}
}

func TestSchemaRefuses(t *testing.T) {
	s := compileSchema(t)
	for _, text := range []string{
		"colour: red",
		"programs: [{code: a, chanels: [phone]}]",
		"programs: [{code: a, channels: [pigeon]}]",
		"programs: [{name: {zh: 甲}}]",
		"programs: [{code: a, steps: [{code: b, closes: 3days}]}]",
		"programs: [{code: a, assign: [{to: [nobody]}]}]",
		"programs: {code: a}",
		"forms: [{code: a, items: [{code: b, kind: poem}]}]",
		"version: one",
		"scripts: [{code: a, phrases: [{code: b, kind: joke}]}]",
		"recurrences: [{code: a, within: month}]",
	} {
		if err := s.Validate(asJSON(t, "x.yaml", []byte(text))); err == nil {
			t.Errorf("accepted %q", text)
		}
	}
}

// TestSchemaKnowsEveryTextType fails when a type is read from text and leaf
// does not know how it is written.
func TestSchemaKnowsEveryTextType(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(typ reflect.Type) {
		if seen[typ] {
			return
		}
		seen[typ] = true
		if reflect.PointerTo(typ).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) {
			if leaf(typ) == nil {
				t.Errorf("no leaf for %v", typ)
			}
			return
		}
		switch typ.Kind() {
		case reflect.Struct:
			for _, f := range fieldsOf(typ) {
				walk(typ.FieldByIndex(f.index).Type)
			}
		case reflect.Slice, reflect.Pointer, reflect.Map:
			walk(typ.Elem())
		default:
		}
	}
	walk(reflect.TypeFor[Pack]())
}
