package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// once is the middleware of operations that take an Idempotency-Key. Without
// one it does nothing; with one the first answer is kept and given again.
func (s *service) once(ctx huma.Context, next func(huma.Context)) {
	key := ctx.Header("Idempotency-Key")
	if key == "" {
		next(ctx)
		return
	}
	r, w := humago.Unwrap(ctx)
	c := callerOf(ctx.Context())
	operation := ctx.Operation()
	if len(key) > 200 {
		s.refuse(w, r, c.lang, operation.OperationID, huifang.Invalid("idempotency.key", huifang.Text{ZH: "Idempotency-Key 不能超过 200 个字符", EN: "an Idempotency-Key has at most 200 characters"}).Located(huifang.Location{Field: "header.Idempotency-Key"}))
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, operation.MaxBodyBytes))
	if err != nil {
		s.refuse(w, r, c.lang, operation.OperationID, err)
		return
	}
	sum := sha256.New()
	_, _ = io.WriteString(sum, r.Method+" "+r.URL.RequestURI()+"\n") // a hash never fails
	_, _ = sum.Write(body)
	first := false
	kept, err := s.app.Once(ctx.Context(), c.actor, key, hex.EncodeToString(sum.Sum(nil)), func() app.Answer {
		first = true
		out := &held{humaContext: ctx, in: bytes.NewReader(body), status: operation.DefaultStatus}
		next(out)
		return app.Answer{Status: out.status, Body: out.body.String()}
	})
	if err != nil {
		s.refuse(w, r, c.lang, operation.OperationID, err)
		return
	}
	if !first {
		w.Header().Set("Idempotency-Replayed", "true")
		w.Header().Set("Content-Type", mediaOf(kept.Status))
	}
	w.WriteHeader(kept.Status)
	_, _ = io.WriteString(w, kept.Body) // the sender has gone, nothing else
}

func mediaOf(status int) string {
	if status >= http.StatusBadRequest {
		return "application/problem+json"
	}
	return "application/json"
}

type humaContext huma.Context

// held reads the body again and keeps the answer until it is safe.
type held struct {
	humaContext
	in     io.Reader
	body   bytes.Buffer
	status int
}

// BodyReader reads what was read.
func (h *held) BodyReader() io.Reader { return h.in }

// BodyWriter writes what is kept.
func (h *held) BodyWriter() io.Writer { return &h.body }

// SetStatus keeps the status.
func (h *held) SetStatus(status int) { h.status = status }

// Status is the one kept.
func (h *held) Status() int { return h.status }

// Unwrap is the context of the request.
func (h *held) Unwrap() huma.Context { return h.humaContext }

// etag is how a version is written as an entity tag.
func etag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }
