package api

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"maps"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/huifang/huifang"
)

// Limits of a connection. A request body has its own limit per operation;
// uploads and downloads move their deadlines.
const (
	headerTimeout = 10 * time.Second
	readTimeout   = 30 * time.Second
	writeTimeout  = 60 * time.Second
	idleTimeout   = 2 * time.Minute
	maxHeader     = 64 << 10
	slow          = time.Second
)

// NewServer is an HTTP server with the time-outs this API is made for. Its
// Shutdown ends streams, which would otherwise outlast it.
func NewServer(addr string, h http.Handler) *http.Server {
	srv := &http.Server{
		Addr: addr, Handler: h,
		ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
	}
	if w, ok := h.(*whole); ok {
		srv.RegisterOnShutdown(w.close)
	}
	return srv
}

// handler puts around the operations what every request passes: the log, the
// net under panics, security headers, cross-origin protection.
func (s *service) handler() http.Handler {
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.refuse(w, r, huifang.ParseLang(r.Header.Get("Accept-Language")), "cross-origin", huifang.Fail(huifang.CodeForbidden, "request.cross_origin", huifang.Text{
			ZH: "拒绝来自其他网站的请求", EN: "requests from another site are refused",
		}))
	}))
	inner, protect := cross.Handler(s.mux), protection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		seen := &watched{ResponseWriter: w}
		maps.Copy(w.Header(), protect) // the values are shared: whoever wants others sets new ones
		defer func() {
			if p := recover(); p != nil {
				s.caught(seen, r, p)
			}
			s.note(r, seen, time.Since(began))
		}()
		inner.ServeHTTP(seen, r)
	})
}

// protection are the headers that keep browsers from guessing, framing and
// telling others. Pages relax the policy for what they bring themselves.
func protection() http.Header {
	return http.Header{
		"X-Content-Type-Options":  {"nosniff"},
		"X-Frame-Options":         {"DENY"},
		"Referrer-Policy":         {"same-origin"},
		"Content-Security-Policy": {"default-src 'none'; frame-ancestors 'none'"},
		"Cache-Control":           {"no-store"},
	}
}

// watched remembers what was answered.
type watched struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// WriteHeader notes the status.
func (w *watched) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write counts.
func (w *watched) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// note logs a request by its pattern, never by its address or content, which
// may hold personal data: failures of ours as errors, slow ones as warnings,
// the rest for whoever asks for debug.
func (s *service) note(r *http.Request, w *watched, took time.Duration) {
	level := slog.LevelDebug
	switch {
	case w.status >= http.StatusInternalServerError:
		level = slog.LevelError
	case took > slow && w.Header().Get("Content-Type") != mediaEvents:
		level = slog.LevelWarn
	}
	if !s.log.Enabled(r.Context(), level) {
		return
	}
	s.log.LogAttrs(r.Context(), level, "request",
		slog.String("method", r.Method), slog.String("route", route(r)), slog.Int("status", w.status),
		slog.Int64("bytes", w.bytes), slog.Duration("took", took))
}

func route(r *http.Request) string {
	if r.Pattern == "" {
		return "unknown"
	}
	_, path, found := strings.Cut(r.Pattern, " ")
	if !found {
		return r.Pattern
	}
	return path
}

// caught answers a request whose handler panicked.
func (s *service) caught(w *watched, r *http.Request, p any) {
	if p == http.ErrAbortHandler { //nolint:errorlint,err113 // the value itself is the signal
		panic(p)
	}
	s.log.LogAttrs(r.Context(), slog.LevelError, "panic", slog.String("route", route(r)), slog.Any("panic", p), slog.String("stack", string(debug.Stack())))
	if w.status == 0 {
		s.refuse(w, r, huifang.ParseLang(r.Header.Get("Accept-Language")), route(r), internal(nil))
		return
	}
	w.status = http.StatusInternalServerError // for the log; the client sees a cut answer
	panic(http.ErrAbortHandler)
}

// fault logs a failure of ours and names it, so that a caller's report and the
// log find each other.
func (s *service) fault(ctx context.Context, operation string, err error) string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	name := "urn:huifang:fault:" + hex.EncodeToString(b[:])
	s.log.LogAttrs(ctx, slog.LevelError, "fault", slog.String("operation", operation), slog.String("instance", name), slog.Any("error", err))
	return name
}

// refuse answers with a problem outside of an operation.
func (s *service) refuse(w http.ResponseWriter, r *http.Request, lang huifang.Lang, operation string, err error) {
	e := asError(err)
	p := newProblem(e, lang)
	if e.Code == huifang.CodeInternal {
		p.Instance = s.fault(r.Context(), operation, err)
	}
	maps.Copy(w.Header(), p.GetHeaders())
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	if err := encode(w, p); err != nil {
		s.log.LogAttrs(r.Context(), slog.LevelDebug, "answer not sent", slog.Any("error", err))
	}
}
