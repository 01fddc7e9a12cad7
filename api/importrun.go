package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// mediaLines is JSON, one value a line.
const mediaLines = "application/x-ndjson"

// progressEvery is how often an import says how far it is.
const progressEvery = 200 * time.Millisecond

// runImport answers with the import; to whoever accepts application/x-ndjson
// with ImportLines while it goes.
func (s *service) runImport(ctx context.Context, actor *huifang.Actor, in *uploadInput) (*importOutput, error) {
	if strings.Contains(in.request.Header.Get("Accept"), mediaLines) {
		return &importOutput{Body: func(hc huma.Context) { s.streamImport(ctx, hc, actor, in) }}, nil
	}
	defer in.close()
	file, options, err := in.read(ctx, s, actor)
	if err != nil {
		return nil, err
	}
	got, err := s.app.Import(ctx, actor, file, options)
	if err != nil {
		return nil, err
	}
	return &importOutput{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", "application/json")
		hc.SetStatus(http.StatusCreated)
		_ = encode(hc.BodyWriter(), newImport(got)) // the sender has gone, nothing else
	}}, nil
}

// streamImport tells progress line by line. Before the first line a fault is a
// plain problem.
func (s *service) streamImport(ctx context.Context, hc huma.Context, actor *huifang.Actor, in *uploadInput) {
	defer in.close()
	c := callerOf(ctx)
	r, w := humago.Unwrap(hc)
	file, options, err := in.read(ctx, s, actor)
	if err != nil {
		s.refuse(w, r, c.lang, hc.Operation().OperationID, err)
		return
	}
	out := &lineWriter{w: w}
	options.Progress = func(p app.ImportProgress) { out.progress(ImportProgress(p)) }
	got, err := s.app.Import(ctx, actor, file, options)
	switch {
	case err == nil:
		i := newImport(got)
		out.line(ImportLine{Import: &i})
	case out.begun():
		p := s.problem(ctx, op{id: hc.Operation().OperationID}, err)
		out.line(ImportLine{Problem: p})
	default:
		s.refuse(w, r, c.lang, hc.Operation().OperationID, err)
	}
}

// lineWriter sends JSON lines as they come; progress at most every so often.
type lineWriter struct {
	mu   sync.Mutex
	w    http.ResponseWriter
	last time.Time
}

func (l *lineWriter) begun() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return !l.last.IsZero()
}

func (l *lineWriter) progress(p ImportProgress) {
	l.mu.Lock()
	due := time.Since(l.last) >= progressEvery
	l.mu.Unlock()
	if due {
		l.line(ImportLine{Progress: &p})
	}
}

func (l *lineWriter) line(v ImportLine) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.last.IsZero() {
		l.w.Header().Set("Content-Type", mediaLines)
		l.w.WriteHeader(http.StatusCreated)
	}
	l.last = time.Now()
	if err := json.NewEncoder(l.w).Encode(v); err != nil {
		return // the sender has gone; the import goes on
	}
	_ = http.NewResponseController(l.w).Flush() // some writers of tests cannot
}
