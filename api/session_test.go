package api_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/api"
)

func TestSession(t *testing.T) {
	w := newWorld(t)
	w.organization("qinghe", "property")

	t.Run("a browser gets a cookie that scripts cannot read", func(t *testing.T) {
		r := w.call("", http.MethodPost, "/api/v1/session", api.LogIn{Organization: "qinghe", Login: "admin", Password: password}, "X-Forwarded-Proto", "https").is(http.StatusCreated)
		cookies := r.Cookies()
		if len(cookies) != 1 || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteLaxMode || cookies[0].Secure || cookies[0].MaxAge <= 0 {
			t.Fatalf("cookies %v", cookies)
		}
		var got api.Session
		r.into(&got)
		if got.Token != "" || got.Me.Staff.Login != "admin" || len(got.Me.Permissions) != len(huifang.Permissions()) {
			t.Errorf("session %+v", got)
		}
		var me api.Me
		w.call("", http.MethodGet, "/api/v1/session", nil, "Cookie", cookies[0].String()).is(http.StatusOK).into(&me)
		out := w.call("", http.MethodDelete, "/api/v1/session", nil, "Cookie", cookies[0].String()).is(http.StatusNoContent)
		if c := out.Cookies(); len(c) != 1 || c[0].MaxAge >= 0 {
			t.Errorf("log-out left the cookie: %v", c)
		}
		w.call("", http.MethodGet, "/api/v1/session", nil, "Cookie", cookies[0].String()).problem(http.StatusUnauthorized, "session.invalid")
	})

	t.Run("behind a proxy that we trust the cookie is for TLS only", func(t *testing.T) {
		proxied := *w
		proxied.handler = api.New(api.Config{App: w.app, Proxied: true})
		r := proxied.call("", http.MethodPost, "/api/v1/session", api.LogIn{Organization: "qinghe", Login: "admin", Password: password}, "X-Forwarded-Proto", "https").is(http.StatusCreated)
		if c := r.Cookies(); len(c) != 1 || !c[0].Secure {
			t.Errorf("cookies %v", c)
		}
	})

	t.Run("whatever is wrong, the answer is the same", func(t *testing.T) {
		for _, in := range []api.LogIn{
			{Organization: "qinghe", Login: "admin", Password: "wrong"},
			{Organization: "qinghe", Login: "nobody", Password: password},
			{Organization: "nowhere", Login: "admin", Password: password},
		} {
			p := w.call("", http.MethodPost, "/api/v1/session", in).problem(http.StatusUnauthorized, "login.wrong")
			if p.Messages.ZH == "" {
				t.Error("no Chinese")
			}
		}
	})

	t.Run("guessing is slowed down", func(t *testing.T) {
		var r *reply
		for range 7 {
			r = w.call("", http.MethodPost, "/api/v1/session", api.LogIn{Organization: "qinghe", Login: "guess", Password: "wrong"})
		}
		r.problem(http.StatusTooManyRequests, "login.too_many")
		if r.Header.Get("Retry-After") == "" {
			t.Error("no Retry-After")
		}
	})

	t.Run("an API token", func(t *testing.T) {
		var token api.Token
		w.call("qinghe", http.MethodPost, "/api/v1/tokens", map[string]any{"name": "erp", "permissions": []string{"event.ingest"}}).is(http.StatusCreated).into(&token)
		w.tokens["erp"] = token.Secret
		var me api.Me
		w.call("erp", http.MethodGet, "/api/v1/session", nil).is(http.StatusOK).into(&me)
		if me.Staff != nil || len(me.Permissions) != 1 {
			t.Errorf("me %+v", me)
		}
		w.call("erp", http.MethodGet, "/api/v1/followups", nil).problem(http.StatusForbidden, "forbidden")
		w.call("qinghe", http.MethodDelete, "/api/v1/tokens/"+string(token.ID), nil).is(http.StatusNoContent)
		w.call("erp", http.MethodGet, "/api/v1/session", nil).problem(http.StatusUnauthorized, "session.invalid")
	})

	t.Run("a new password ends the sessions", func(t *testing.T) {
		w.ids["u"] = w.ids["qinghe.hq"]
		w.staff("mei", "梅", "u", "staff")
		w.call("mei", http.MethodPut, "/api/v1/session/password", map[string]string{"old": "no", "new": "Another-horse-8"}).problem(http.StatusUnprocessableEntity, "password.wrong")
		w.call("mei", http.MethodPut, "/api/v1/session/password", map[string]string{"old": password, "new": "Another-horse-8"}).is(http.StatusNoContent)
		w.call("mei", http.MethodGet, "/api/v1/session", nil).problem(http.StatusUnauthorized, "session.invalid")
	})
}

func TestEdges(t *testing.T) {
	w := newWorld(t)
	w.organization("qinghe", "property")

	t.Run("another site's form is refused", func(t *testing.T) {
		p := w.call("qinghe", http.MethodPost, "/api/v1/alerts/read", map[string]any{}, "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example").problem(http.StatusForbidden, "request.cross_origin")
		if !strings.Contains(p.Detail, "其他网站") {
			t.Errorf("detail %q", p.Detail)
		}
	})
	t.Run("languages", func(t *testing.T) {
		for lang, want := range map[string]string{"": "请先登录", "en-GB,en;q=0.9": "log in first", "zh-CN": "请先登录", "fr": "请先登录"} {
			if p := w.call("", http.MethodGet, "/api/v1/units", nil, "Accept-Language", lang).problem(http.StatusUnauthorized, "session.missing"); p.Detail != want {
				t.Errorf("%q: %q", lang, p.Detail)
			}
		}
	})
	t.Run("no such address, no such method", func(t *testing.T) {
		w.call("qinghe", http.MethodGet, "/api/v1/nothing", nil).problem(http.StatusNotFound, "request.unknown_address")
		r := w.call("qinghe", http.MethodDelete, "/api/v1/units", nil)
		r.problem(http.StatusMethodNotAllowed, "request.method")
		if allow := strings.Join(r.Header.Values("Allow"), ","); allow != "GET,POST" {
			t.Errorf("Allow: %s", allow)
		}
	})
	t.Run("malformed is 400, wrong is 422 with every fault", func(t *testing.T) {
		w.call("qinghe", http.MethodPost, "/api/v1/units", "{").problem(http.StatusBadRequest, "request.malformed")
		p := w.call("qinghe", http.MethodPost, "/api/v1/units", `{"code":"","colour":"red"}`).problem(http.StatusUnprocessableEntity, "request.invalid")
		var fields, words []string
		for _, e := range p.Errors {
			fields, words = append(fields, e.Location.Field), append(words, e.Messages.ZH)
		}
		if len(p.Errors) != 3 || !strings.Contains(strings.Join(words, " "), "缺少必填字段 name") || !strings.Contains(strings.Join(fields, " "), "body.colour") {
			t.Errorf("errors %v %v", fields, words)
		}
		w.call("qinghe", http.MethodGet, "/api/v1/staff?limit=5000", nil).problem(http.StatusUnprocessableEntity, "request.invalid")
		w.call("qinghe", http.MethodGet, "/api/v1/staff?limit=5&color=red", nil).problem(http.StatusUnprocessableEntity, "request.invalid")
	})
	t.Run("too much", func(t *testing.T) {
		w.call("qinghe", http.MethodPost, "/api/v1/units", `{"name":"`+strings.Repeat("x", 2<<20)+`"}`).problem(http.StatusRequestEntityTooLarge, "request.too_large")
		w.call("qinghe", http.MethodPost, "/api/v1/events", `{"name":"`+strings.Repeat("x", 2<<20)+`"}`).problem(http.StatusRequestEntityTooLarge, "request.too_large")
	})
	t.Run("another kind of content", func(t *testing.T) {
		w.call("qinghe", http.MethodPost, "/api/v1/units", "code=1", "Content-Type", "application/x-www-form-urlencoded").problem(http.StatusUnsupportedMediaType, "request.media_type")
	})
	t.Run("headers that protect", func(t *testing.T) {
		r := w.call("", http.MethodGet, "/", nil).is(http.StatusOK)
		for _, h := range []string{"X-Content-Type-Options", "X-Frame-Options", "Content-Security-Policy", "Referrer-Policy"} {
			if r.Header.Get(h) == "" {
				t.Errorf("no %s", h)
			}
		}
	})
	t.Run("pages in both languages, with nothing from elsewhere", func(t *testing.T) {
		for path, wants := range map[string][2]string{"/": {"接口说明", "The operations"}, "/api/docs": {"列出回访", "List follow-ups"}} {
			zh := string(w.call("", http.MethodGet, path, nil).is(http.StatusOK).body)
			en := string(w.call("", http.MethodGet, path, nil, "Accept-Language", "en").is(http.StatusOK).body)
			if !strings.Contains(zh, wants[0]) || !strings.Contains(en, wants[1]) {
				t.Errorf("%s does not say %v", path, wants)
			}
			for _, page := range []string{zh, en} {
				if strings.Contains(page, "<script") || strings.Contains(page, `src="`) || strings.Contains(page, "https://") {
					t.Errorf("%s brings something from elsewhere", path)
				}
			}
		}
	})
	t.Run("health and version", func(t *testing.T) {
		w.call("", http.MethodGet, "/healthz", nil).is(http.StatusOK)
		w.call("", http.MethodGet, "/readyz", nil).is(http.StatusOK)
		var v api.Version
		w.call("", http.MethodGet, "/api/v1/version", nil).is(http.StatusOK).into(&v)
		if v.Version != "test" {
			t.Errorf("version %+v", v)
		}
		w.call("", http.MethodGet, "/api/openapi.json", nil).is(http.StatusOK)
	})
}

// What the database says is for the log, not for callers.
func TestFaultsOfOursDoNotLeak(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	w := newWorld(t)
	down := errors.New("the disk of the database is gone")
	w.handler = api.New(api.Config{App: w.app, Log: slog.New(slog.NewTextHandler(&log, nil)), Ready: func(context.Context) error { return down }})
	w.organization("qinghe", "property")
	spoil, err := sql.Open("sqlite", w.file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := spoil.ExecContext(t.Context(), "PRAGMA foreign_keys=OFF; ALTER TABLE contact RENAME TO elsewhere"); err != nil {
		t.Fatal(err)
	}
	if err := spoil.Close(); err != nil {
		t.Fatal(err)
	}
	r := w.call("qinghe", http.MethodGet, "/api/v1/contacts?text=13812342628", nil)
	p := r.problem(http.StatusInternalServerError, "internal")
	if bytes.Contains(r.body, []byte("table")) || bytes.Contains(r.body, []byte("SQL")) {
		t.Errorf("leaks %s", r.body)
	}
	if !strings.Contains(log.String(), p.Instance) || !strings.Contains(log.String(), "no such table") || !strings.Contains(log.String(), "/api/v1/contacts") {
		t.Errorf("log: %s", log.String())
	}
	if strings.Contains(log.String(), password) || strings.Contains(log.String(), "13812342628") {
		t.Errorf("personal data in the log: %s", log.String())
	}
	down503 := w.call("", http.MethodGet, "/readyz", nil)
	down503.problem(http.StatusServiceUnavailable, "health.not_ready")
	if bytes.Contains(down503.body, []byte("disk")) || down503.Header.Get("Retry-After") == "" {
		t.Errorf("not ready: %v %s", down503.Header, down503.body)
	}
	w.call("", http.MethodGet, "/healthz", nil).is(http.StatusOK)
}

func TestPanicsAreCaught(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	w := &world{t: t, tokens: map[string]string{"x": "hfs_x"}}
	w.handler = api.New(api.Config{Log: slog.New(slog.NewTextHandler(&log, nil))}) // without an app every operation panics
	p := w.call("x", http.MethodGet, "/api/v1/units", nil).problem(http.StatusInternalServerError, "internal")
	if !strings.HasPrefix(p.Instance, "urn:huifang:fault:") || !strings.Contains(log.String(), p.Instance) || !strings.Contains(log.String(), "nil pointer") {
		t.Errorf("problem %+v\n%s", p, log.String())
	}
}
