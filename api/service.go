package api

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"reflect"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// Config is what the API runs on.
type Config struct {
	App     *app.App
	Log     *slog.Logger                    // nil: discarded
	Version string                          // of the product, told by /api/v1/version
	Ready   func(ctx context.Context) error // nil when requests can be served
	Proxied bool                            // a reverse proxy that we trust sets X-Forwarded-For and X-Forwarded-Proto
	Nothing bool                            // only to measure: adds POST /api/v1/nothing, which takes an event and does nothing
	Public  http.Handler                    // pages under /s/, for whoever has a link; nil: none
	Console http.Handler                    // answers every address outside of /api; nil: a page says that it was not built
}

// prefix is where the operations live.
const prefix = "/api/v1"

// maxBody is the largest body of most operations; others say their own.
const maxBody = 1 << 20

// service is the operations over one app.
type service struct {
	app     *app.App
	log     *slog.Logger
	version string
	ready   func(ctx context.Context) error
	proxied bool
	console http.Handler
	api     huma.API
	mux     *http.ServeMux
	closing chan struct{} // closed when the server stops: streams end
}

// New is the whole product as a handler: the operations under /api/v1, the
// OpenAPI document and its pages under /api, /healthz and /readyz, and the
// console everywhere else.
func New(cfg Config) http.Handler {
	s := newService(cfg)
	return &whole{Handler: s.handler(), close: sync.OnceFunc(func() { close(s.closing) })}
}

// whole is the handler with what ends its streams.
type whole struct {
	http.Handler
	close func()
}

// OpenAPI is the document of the operations as indented JSON, as it is kept in
// openapi.json.
func OpenAPI() ([]byte, error) {
	b, err := json.MarshalIndent(newService(Config{}).api.OpenAPI(), "", "  ")
	return append(b, '\n'), err
}

func newService(cfg Config) *service {
	s := &service{app: cfg.App, log: cfg.Log, version: cfg.Version, ready: cfg.Ready, proxied: cfg.Proxied, console: cfg.Console, mux: http.NewServeMux(), closing: make(chan struct{})}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.api = humago.New(s.mux, description())
	s.operations()
	if cfg.Nothing {
		s.nothing()
	}
	if cfg.Public != nil {
		s.mux.Handle(surveyPath, cfg.Public)
	}
	s.document()
	s.pages()
	return s
}

// description is the frame of the OpenAPI document.
func description() huma.Config {
	format := huma.Format{Marshal: encode, Unmarshal: json.Unmarshal}
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title: "Huifang 回访", Version: "1",
				Description: "Makes sure no customer is forgotten after a service was given. 确保每一次服务之后都有回访。\n\nErrors are problem details (RFC 9457) with a stable `code` and `reason` and messages in Chinese and English. A list answers `items` and `next`; ask for the next page with `?after=`. Whoever changes a record sends the `version` seen; a stale one is a 409 with the record as it is now in `current`. A POST may carry an `Idempotency-Key`: sent again with the same key and content, it answers the same and does nothing twice.",
			},
			Components: &huma.Components{
				Schemas: huma.NewMapRegistry("#/components/schemas/", schemaName),
				SecuritySchemes: map[string]*huma.SecurityScheme{
					"session": {Type: "apiKey", In: "cookie", Name: cookieName, Description: "Set by POST /api/v1/session."},
					"bearer":  {Type: "http", Scheme: "bearer", Description: "An API token, or the token of POST /api/v1/session."},
				},
			},
		},
		OpenAPIPath:                  "/api/openapi",
		Formats:                      map[string]huma.Format{"application/json": format, "json": format},
		DefaultFormat:                "application/json",
		RejectUnknownQueryParameters: true,
		Transformers:                 []huma.Transformer{restate},
	}
}

func encode(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// schemaName is a type's name in the document; types of inner rooms carry
// their room, so that form.Item and report.Item would not meet.
func schemaName(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	name := huma.DefaultSchemaNamer(t, hint)
	room := t.PkgPath()[strings.LastIndex(t.PkgPath(), "/")+1:]
	if t.Name() == "" || room == "api" || room == "app" || room == "huifang" || room == "" || !strings.HasPrefix(t.PkgPath(), "github.com/huifang/") {
		return name
	}
	return strings.ToUpper(room[:1]) + room[1:] + name
}

// op is one operation, as its resource's table of contents lists it.
type op struct {
	id, method, path string
	zh, en           string               // summary
	about            string               // more of it, in the document
	needs            []huifang.Permission // any of these; empty: whoever is logged in
	open             bool                 // no log-in
	created          bool                 // answers 201
	accepted         bool                 // answers 202
	once             bool                 // takes an Idempotency-Key
	body             int64                // largest body, default 1 MiB
	files            []string             // media types of a download
	rawSchema        reflect.Type         // of a body that the operation reads by itself
	async            reflect.Type         // of the answer 202, before the work is done
}

// register adds the operation. handle gets whoever asks; its errors become
// problems.
func register[I, O any](s *service, tag string, o op, handle func(context.Context, *huifang.Actor, *I) (*O, error)) {
	h := o.huma(s, tag)
	if o.rawSchema != nil {
		h.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/json": {Schema: s.schema(o.rawSchema)}}}
		h.SkipValidateBody = true
		defer delete(h.RequestBody.Content, "application/octet-stream") // the library adds it for a body it does not read
	}
	huma.Register(s.api, h, func(ctx context.Context, in *I) (*O, error) {
		c := callerOf(ctx)
		out, err := handle(ctx, c.actor, in)
		if err != nil {
			return nil, s.problem(ctx, o, err)
		}
		return out, nil
	})
}

func (s *service) schema(t reflect.Type) *huma.Schema {
	return s.api.OpenAPI().Components.Schemas.Schema(t, true, "")
}

func (o op) huma(s *service, tag string) huma.Operation {
	h := huma.Operation{
		OperationID: o.id, Method: o.method, Path: o.path, Summary: o.en, Description: o.about, Tags: []string{tag},
		MaxBodyBytes: max(o.body, maxBody), Extensions: map[string]any{"x-summary-zh": o.zh},
		Responses: map[string]*huma.Response{"default": {Description: "A problem", Content: map[string]*huma.MediaType{
			"application/problem+json": {Schema: s.schema(reflect.TypeFor[Problem]())},
		}}},
		Security: []map[string][]string{{"session": {}}, {"bearer": {}}},
	}
	if !strings.HasPrefix(o.path, "/healthz") && !strings.HasPrefix(o.path, "/readyz") {
		h.Path = prefix + o.path
	}
	switch {
	case o.created:
		h.DefaultStatus = http.StatusCreated
	case o.accepted:
		h.DefaultStatus = http.StatusAccepted
	}
	if o.async != nil {
		h.Responses["202"] = &huma.Response{Description: "Received", Content: map[string]*huma.MediaType{"application/json": {Schema: s.schema(o.async)}}}
	}
	if len(o.files) > 0 {
		content := map[string]*huma.MediaType{}
		for _, ct := range o.files {
			content[ct] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
		}
		h.Responses["200"] = &huma.Response{Description: "The file", Content: content}
	}
	if len(o.needs) > 0 {
		h.Extensions["x-permission"] = o.needs
	}
	if o.once {
		h.Parameters = append(h.Parameters, &huma.Param{
			Name: "Idempotency-Key", In: "header", Description: "Makes it safe to send the request again.",
			Schema: &huma.Schema{Type: huma.TypeString, MaxLength: new(200)},
		})
	}
	if o.open {
		h.Security = []map[string][]string{}
		h.Middlewares = huma.Middlewares{s.greet}
		return h
	}
	h.Middlewares = huma.Middlewares{s.authenticate}
	if o.once {
		h.Middlewares = append(h.Middlewares, s.once)
	}
	return h
}

// problem says err to the caller, and logs what the caller may not know.
func (s *service) problem(ctx context.Context, o op, err error) *Problem {
	e := asError(err)
	p := newProblem(e, callerOf(ctx).lang)
	p.Current = currentOf(err)
	if e.Code == huifang.CodeInternal {
		p.Instance = s.fault(ctx, o.id, err)
	}
	return p
}
