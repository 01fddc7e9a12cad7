package api

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestConsoleAnswersOutsideOfTheInterface(t *testing.T) {
	t.Parallel()
	console := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "console") })
	with, without := New(Config{Console: console}), New(Config{})
	for _, c := range []struct {
		h               http.Handler
		method, address string
		status          int
		holds           string
	}{
		{with, http.MethodGet, "/", http.StatusOK, "console"},
		{with, http.MethodGet, "/followups/1", http.StatusOK, "console"},
		{with, http.MethodGet, "/assets/a.js", http.StatusOK, "console"},
		{with, http.MethodPost, "/followups/1", http.StatusNotFound, "not_found"},
		{with, http.MethodGet, "/api/v1/nothing", http.StatusNotFound, "not_found"},
		{with, http.MethodGet, "/api", http.StatusTemporaryRedirect, "/api/"},
		{with, http.MethodGet, "/api/", http.StatusOK, "To the console"},
		{with, http.MethodGet, "/healthz", http.StatusOK, "ok"},
		{without, http.MethodGet, "/", http.StatusOK, "make build"},
		{without, http.MethodGet, "/api/", http.StatusOK, "make build"},
		{without, http.MethodGet, "/followups/1", http.StatusNotFound, "not_found"},
	} {
		r := httptest.NewRequest(c.method, c.address, nil)
		r.Header.Set("Accept-Language", "en")
		w := httptest.NewRecorder()
		c.h.ServeHTTP(w, r)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.holds) {
			t.Errorf("%s %s: %d %.200s", c.method, c.address, w.Code, w.Body)
		}
	}
}
