package api

import (
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// document makes the OpenAPI document say what we do: the library's own error
// schema is not ours, and lists are never null.
func (s *service) document() {
	schemas := s.api.OpenAPI().Components.Schemas.Map()
	delete(schemas, "ErrorModel")
	delete(schemas, "ErrorDetail")
	seen := map[*huma.Schema]bool{}
	for _, schema := range schemas {
		never(schema, seen)
	}
	for _, path := range s.api.OpenAPI().Paths {
		for _, o := range operationsOf(path) {
			if o.RequestBody != nil {
				for _, m := range o.RequestBody.Content {
					never(m.Schema, seen)
				}
			}
		}
	}
}

// never takes null away from lists.
func never(s *huma.Schema, seen map[*huma.Schema]bool) {
	if s == nil || seen[s] {
		return
	}
	seen[s] = true
	if s.Type == huma.TypeArray {
		s.Nullable = false
	}
	never(s.Items, seen)
	for _, p := range s.Properties {
		never(p, seen)
	}
	if extra, ok := s.AdditionalProperties.(*huma.Schema); ok {
		never(extra, seen)
	}
}

// operationsOf lists the operations of an address by method.
func operationsOf(p *huma.PathItem) map[string]*huma.Operation {
	all := map[string]*huma.Operation{
		http.MethodGet: p.Get, http.MethodPost: p.Post, http.MethodPut: p.Put, http.MethodDelete: p.Delete, http.MethodPatch: p.Patch,
	}
	for method, o := range all {
		if o == nil {
			delete(all, method)
		}
	}
	return all
}

// methods is what an address may be asked with.
func methods() []string {
	return []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete}
}

// elsewhere answers what no operation does: with the console outside of /api;
// else 405 where another method would, 404 where none, as problems.
func (s *service) elsewhere(w http.ResponseWriter, r *http.Request) {
	if s.console != nil && (r.Method == http.MethodGet || r.Method == http.MethodHead) && r.URL.Path != "/api" && !strings.HasPrefix(r.URL.Path, "/api/") {
		s.console.ServeHTTP(w, r)
		return
	}
	c := s.meet(r)
	var allowed []string
	for _, m := range methods() {
		other := r.Clone(r.Context())
		other.Method = m
		if _, pattern := s.mux.Handler(other); pattern != "" && !slices.Contains(catchAll(), pattern) {
			allowed = append(allowed, m)
		}
	}
	if len(allowed) == 0 {
		s.refuse(w, r, c.lang, "elsewhere", ofStatus(http.StatusNotFound))
		return
	}
	w.Header()["Allow"] = allowed
	s.refuse(w, r, c.lang, "elsewhere", ofStatus(http.StatusMethodNotAllowed))
}

func catchAll() []string { return []string{"/"} }
