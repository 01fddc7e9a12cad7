package page

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the pages are templates beside this file
	"encoding/base64"
	"html/template"
	"log/slog"
	"net/http"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// Prefix is where the pages live.
const Prefix = "/s/"

// Config is what the pages run on.
type Config struct {
	App     *app.App
	Address func(*http.Request) string // where a request comes from, for limits
	Log     *slog.Logger               // nil: discarded
}

//go:embed page.css
var pageCSS string

//go:embed page.html
var pageHTML string

// maxForm is the largest form that is read.
const maxForm = 256 << 10

// pages is the handler's state.
type pages struct {
	Config
	template *template.Template
	policy   string
}

// New is the handler of every address under Prefix.
func New(cfg Config) http.Handler {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	sum := sha256.Sum256([]byte(pageCSS))
	p := &pages{
		Config: cfg, template: template.Must(template.New("page").Parse(pageHTML)),
		policy: "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'",
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+Prefix+"{secret}", p.show)
	mux.HandleFunc("POST "+Prefix+"{secret}", p.answer)
	mux.HandleFunc("GET "+Prefix+"{secret}/stop", p.askStop)
	mux.HandleFunc("POST "+Prefix+"{secret}/stop", p.stop)
	mux.HandleFunc(Prefix, func(w http.ResponseWriter, r *http.Request) {
		p.render(w, r, http.StatusNotFound, &view{State: stateUnknown})
	})
	return mux
}

// lang is the language asked for in the address, else the browser's.
func lang(r *http.Request) huifang.Lang {
	if asked := r.URL.Query().Get("lang"); asked != "" {
		return huifang.ParseLang(asked)
	}
	return huifang.ParseLang(r.Header.Get("Accept-Language"))
}

// render sends a page. Nothing of it is kept by caches, told to other sites, or
// found by search engines.
func (p *pages) render(w http.ResponseWriter, r *http.Request, status int, v *view) {
	v.Lang, v.CSS = lang(r), template.CSS(pageCSS) //nolint:gosec // our own file
	v.secret = r.PathValue("secret")
	var b bytes.Buffer
	if err := p.template.Execute(&b, v); err != nil {
		p.Log.ErrorContext(r.Context(), "public page", "error", err)
		http.Error(w, "系统内部错误 / internal error", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", p.policy)
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "same-origin") // stricter ones would take the origin from our own forms
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Robots-Tag", "noindex, nofollow")
	h.Set("Vary", "Accept-Language")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // the reader has gone, nothing else
}

// failed sends the page of an error.
func (p *pages) failed(w http.ResponseWriter, r *http.Request, err error) {
	v, status := &view{State: stateFailed}, http.StatusInternalServerError
	switch huifang.CodeOf(err) {
	case huifang.CodeNotFound:
		v.State, status = stateUnknown, http.StatusNotFound
	case huifang.CodeTooMany:
		v.State, status = stateBusy, http.StatusTooManyRequests
		v.Note = huifang.Text{ZH: huifang.In(err, huifang.ZH), EN: huifang.In(err, huifang.EN)}
	case huifang.CodeUnavailable:
		status = http.StatusServiceUnavailable
	case huifang.CodeConflict:
		v.State, status = "closed", http.StatusConflict
	default:
		p.Log.ErrorContext(r.Context(), "public page", "error", err)
	}
	p.render(w, r, status, v)
}
