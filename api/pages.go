package api

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the pages are templates beside this file
	"encoding/base64"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/huifang/huifang"
)

//go:embed page.css
var pageCSS string

//go:embed root.html
var rootHTML string

//go:embed docs.html
var docsHTML string

// pages: how other systems come in, and the operations to read, without
// network or script. Without a console the first of them is at the root, too.
func (s *service) pages() {
	docs := s.describe()
	root := template.Must(template.New("root").Parse(rootHTML))
	s.mux.HandleFunc("GET /api/{$}", s.page(root, intro{Console: s.console != nil}))
	if s.console == nil {
		s.mux.HandleFunc("GET /{$}", s.page(root, intro{}))
	}
	s.mux.HandleFunc("GET /api/docs", s.page(template.Must(template.New("docs").Funcs(template.FuncMap{"lower": strings.ToLower}).Parse(docsHTML)), docs))
	s.mux.HandleFunc("/", s.elsewhere)
}

// intro is what the root page is filled with.
type intro struct{ Console bool }

// shown is what a page is filled with.
type shown struct {
	ZH      bool
	Lang    string
	Version string
	CSS     template.CSS
	Data    any
}

// In picks the language of the page.
func (s shown) In(zh, en string) string {
	if s.ZH {
		return zh
	}
	return en
}

// page renders a template in the reader's language. Its policy lets through
// nothing but the style it brings.
func (s *service) page(t *template.Template, data any) http.HandlerFunc {
	sum := sha256.Sum256([]byte(pageCSS))
	policy := "default-src 'none'; frame-ancestors 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	return func(w http.ResponseWriter, r *http.Request) {
		lang := huifang.ParseLang(r.Header.Get("Accept-Language"))
		if asked := r.URL.Query().Get("lang"); asked != "" {
			lang = huifang.ParseLang(asked)
		}
		var b bytes.Buffer
		err := t.Execute(&b, shown{ZH: lang == huifang.ZH, Lang: string(lang), Version: s.version, CSS: template.CSS(pageCSS), Data: data}) //nolint:gosec // our own file
		if err != nil {
			s.refuse(w, r, lang, "page", err)
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Vary", "Accept-Language")
		h.Set("Cache-Control", "no-cache")
		_, _ = w.Write(b.Bytes()) // the reader has gone, nothing else
	}
}

// entry is one operation on the page.
type entry struct {
	ID, Method, Path, ZH, EN string
	Needs                    string
	Open                     bool
	Params                   []*huma.Param
	Body, Answer             string // names of schemas
	Media                    string
}

// chapter is one resource on the page.
type chapter struct {
	Name    string
	Entries []entry
}

// field is one property of a schema on the page.
type field struct {
	Name, Type, Doc string
	Required        bool
}

// object is one schema on the page.
type object struct {
	Name   string
	Fields []field
}

// reference is the whole page.
type reference struct {
	Chapters []chapter
	Objects  []object
}

// describe turns the document into what the page shows.
func (s *service) describe() reference {
	doc := s.api.OpenAPI()
	var r reference
	for path, item := range doc.Paths {
		for method, o := range operationsOf(item) {
			i := slices.IndexFunc(r.Chapters, func(c chapter) bool { return c.Name == o.Tags[0] })
			if i < 0 {
				r.Chapters, i = append(r.Chapters, chapter{Name: o.Tags[0]}), len(r.Chapters)
			}
			r.Chapters[i].Entries = append(r.Chapters[i].Entries, newEntry(method, path, o))
		}
	}
	slices.SortFunc(r.Chapters, func(a, b chapter) int { return strings.Compare(a.Name, b.Name) })
	for _, c := range r.Chapters {
		slices.SortFunc(c.Entries, func(a, b entry) int { return strings.Compare(a.Path+a.Method, b.Path+b.Method) })
	}
	for name, schema := range doc.Components.Schemas.Map() {
		r.Objects = append(r.Objects, newObject(name, schema))
	}
	slices.SortFunc(r.Objects, func(a, b object) int { return strings.Compare(a.Name, b.Name) })
	return r
}

func newEntry(method, path string, o *huma.Operation) entry {
	zh, _ := o.Extensions["x-summary-zh"].(string)
	e := entry{ID: o.OperationID, Method: method, Path: path, ZH: zh, EN: o.Summary, Open: len(o.Security) == 0, Params: o.Parameters}
	if needs, ok := o.Extensions["x-permission"].([]huifang.Permission); ok {
		var names []string
		for _, n := range needs {
			names = append(names, string(n))
		}
		e.Needs = strings.Join(names, " | ")
	}
	if o.RequestBody != nil {
		e.Media, e.Body = content(o.RequestBody.Content)
	}
	for status, answer := range o.Responses {
		if strings.HasPrefix(status, "2") {
			if media, name := content(answer.Content); name != "" {
				e.Answer = name
			} else {
				e.Answer = media
			}
		}
	}
	return e
}

// content is the media type and the schema's name of a body.
func content(c map[string]*huma.MediaType) (media, name string) {
	for m, t := range c {
		media = m
		if t.Schema != nil {
			name = typeOf(t.Schema)
		}
	}
	if name == "string" || name == "object" {
		name = ""
	}
	return media, name
}

// typeOf names a schema: the one it refers to, or its JSON type.
func typeOf(s *huma.Schema) string {
	switch {
	case s.Ref != "":
		return s.Ref[strings.LastIndex(s.Ref, "/")+1:]
	case s.Type == huma.TypeArray && s.Items != nil:
		return "[]" + typeOf(s.Items)
	case s.Type == "":
		return "any"
	case s.Format != "" && s.Format != "int64" && s.Format != "double":
		return s.Type + " (" + s.Format + ")"
	}
	return s.Type
}

func newObject(name string, s *huma.Schema) object {
	o := object{Name: name}
	for p, schema := range s.Properties {
		doc := schema.Description
		if len(schema.Enum) > 0 {
			doc = strings.TrimSpace(doc + " " + enum(schema.Enum))
		}
		o.Fields = append(o.Fields, field{Name: p, Type: typeOf(schema), Doc: doc, Required: slices.Contains(s.Required, p)})
	}
	slices.SortFunc(o.Fields, func(a, b field) int { return strings.Compare(a.Name, b.Name) })
	return o
}

func enum(values []any) string {
	var out []string
	for _, v := range values {
		if text, ok := v.(string); ok {
			out = append(out, text)
		}
	}
	return strings.Join(out, " | ")
}
