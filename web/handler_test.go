package web

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

func console() fstest.MapFS {
	return fstest.MapFS{
		"index.html":            {Data: []byte(`<meta property="csp-nonce" nonce="HUIFANG_NONCE"><script type="module" src="/static/a-1.js" nonce="HUIFANG_NONCE"></script>`)},
		"static/a-1.js":         {Data: []byte("plain")},
		"static/a-1.js.br":      {Data: []byte("brotli")},
		"static/a-1.js.gz":      {Data: []byte("gzip")},
		"static/only-2.css":     {Data: []byte("body{}")},
		"icon.svg":              {Data: []byte("<svg/>")},
		".keep":                 {Data: nil},
		"static/deep/.secret":   {Data: []byte("x")},
		"static/deep/other.txt": {Data: []byte("y")},
	}
}

func get(t *testing.T, address, accepts string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, address, nil)
	r.Header.Set("Accept-Encoding", accepts)
	w := httptest.NewRecorder()
	handler(console()).ServeHTTP(w, r)
	return w
}

func TestFilesArePackedAsTheBrowserTakesThem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ address, accepts, encoding, content, caching string }{
		{"/static/a-1.js", "gzip, deflate, br", "br", "brotli", forever},
		{"/static/a-1.js", "gzip, br;q=0", "gzip", "gzip", forever},
		{"/static/a-1.js", "", "", "plain", forever},
		{"/static/only-2.css", "br", "", "body{}", forever},
		{"/icon.svg", "br", "", "<svg/>", check},
	} {
		r := get(t, c.address, c.accepts)
		if r.Code != http.StatusOK || r.Header().Get("Content-Encoding") != c.encoding || r.Body.String() != c.content || r.Header().Get("Cache-Control") != c.caching {
			t.Errorf("%s with %q: %d, %q, caching %q", c.address, c.accepts, r.Code, r.Header().Get("Content-Encoding"), r.Header().Get("Cache-Control"))
		}
	}
	if kind := get(t, "/static/a-1.js", "br").Header().Get("Content-Type"); !strings.HasPrefix(kind, "text/javascript") {
		t.Errorf("a script is %q", kind)
	}
}

func TestEveryOtherAddressIsThePage(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"/", "/followups/01J", "/index.html", "/settings/staff", "/.keep", "/assets/019ab13a", "/..%2f..%2fetc%2fpasswd"} {
		r := get(t, address, "br")
		if r.Code != http.StatusOK || !strings.HasPrefix(r.Header().Get("Content-Type"), "text/html") || r.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d, %q", address, r.Code, r.Header().Get("Content-Type"))
		}
	}
	for _, address := range []string{"/static/gone-9.js", "/static/deep/.secret"} {
		if r := get(t, address, ""); r.Code != http.StatusNotFound {
			t.Errorf("%s: %d; a missing file is not the page", address, r.Code)
		}
	}
}

func TestEveryPageHasANonceOfItsOwn(t *testing.T) {
	t.Parallel()
	nonce := regexp.MustCompile(`nonce="([\w-]{20,})"`)
	seen := map[string]bool{}
	for range 3 {
		r := get(t, "/", "")
		found := nonce.FindAllStringSubmatch(r.Body.String(), -1)
		if len(found) != 2 || found[0][1] != found[1][1] || !strings.Contains(r.Header().Get("Content-Security-Policy"), "'nonce-"+found[0][1]+"'") {
			t.Fatalf("nonces %v in the page, policy %q", found, r.Header().Get("Content-Security-Policy"))
		}
		seen[found[0][1]] = true
	}
	if len(seen) != 3 {
		t.Errorf("%d different nonces in 3 answers", len(seen))
	}
}

func TestPolicyForbidsInlineScripts(t *testing.T) {
	t.Parallel()
	p := get(t, "/", "").Header().Get("Content-Security-Policy")
	if strings.Contains(strings.Replace(p, "style-src-attr 'unsafe-inline'", "", 1), "unsafe") || !strings.Contains(p, "script-src 'self';") || !strings.Contains(p, "frame-ancestors 'none'") {
		t.Errorf("policy %q", p)
	}
}
