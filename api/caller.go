package api

import (
	"context"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/huifang/huifang"
)

// cookieName holds the session's secret in browsers.
const cookieName = "huifang_session"

// caller is who sent a request, and the language to answer in.
type caller struct {
	actor  *huifang.Actor // nil where no log-in is asked for
	secret string
	lang   huifang.Lang
	ip     string
	secure bool   // came over TLS
	host   string // that was asked
}

type callerKey struct{}

// callerOf is the request's caller; an unknown one outside of operations.
func callerOf(ctx context.Context) *caller {
	if c, ok := ctx.Value(callerKey{}).(*caller); ok {
		return c
	}
	return &caller{lang: huifang.ZH}
}

// greet is the middleware of operations without log-in.
func (s *service) greet(ctx huma.Context, next func(huma.Context)) {
	r, _ := humago.Unwrap(ctx)
	next(huma.WithValue(ctx, callerKey{}, s.meet(r)))
}

// authenticate is the middleware of all other operations.
func (s *service) authenticate(ctx huma.Context, next func(huma.Context)) {
	r, w := humago.Unwrap(ctx)
	c := s.meet(r)
	var err error
	if c.secret == "" {
		err = huifang.Fail(huifang.CodeUnauthenticated, "session.missing", huifang.Text{ZH: "请先登录", EN: "log in first"})
	} else {
		c.actor, _, err = s.app.Authenticate(ctx.Context(), c.secret)
	}
	if err != nil {
		s.refuse(w, r, c.lang, ctx.Operation().OperationID, err)
		return
	}
	next(huma.WithValue(ctx, callerKey{}, c))
}

// meet reads who calls from the request. Of an Authorization header and a
// cookie the header counts: whoever sends it means it.
func (s *service) meet(r *http.Request) *caller {
	c := &caller{lang: huifang.ParseLang(r.Header.Get("Accept-Language")), ip: r.RemoteAddr, secure: r.TLS != nil, host: r.Host}
	if auth := r.Header.Get("Authorization"); auth != "" {
		if scheme, rest, ok := strings.Cut(auth, " "); ok && strings.EqualFold(scheme, "bearer") {
			c.secret = strings.TrimSpace(rest)
		}
	} else if cookie, err := r.Cookie(cookieName); err == nil {
		c.secret = cookie.Value
	}
	if host, _, err := net.SplitHostPort(c.ip); err == nil {
		c.ip = host
	}
	if s.proxied {
		if far := r.Header.Get("X-Forwarded-For"); far != "" { // the last one is the proxy's own word
			c.ip = strings.TrimSpace(far[strings.LastIndex(far, ",")+1:])
		}
		c.secure = c.secure || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https")
	}
	return c
}

// cookieLife is how long browsers keep the cookie. It is longer than a session
// lasts unused: use prolongs a session, and the server alone ends it.
const cookieLife = 14 * 24 * time.Hour

// sessionCookie carries the secret to browsers; an empty one takes it back.
func sessionCookie(secret string, secure bool) *http.Cookie {
	c := &http.Cookie{Name: cookieName, Value: secret, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: secure, MaxAge: int(cookieLife.Seconds())} //nolint:gosec // Secure wherever the request came over TLS
	if secret == "" {
		c.MaxAge = -1
	}
	return c
}
