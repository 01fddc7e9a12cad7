package web

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

const (
	// nonceWord stands in the page where the nonce of one answer belongs.
	nonceWord = "HUIFANG_NONCE"
	// policy lets through our own files and the styles that carry the nonce;
	// style attributes, with which a text field measures how high it must be;
	// pictures also from memory, for signatures and photos before they are sent.
	policy = "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + nonceWord + "'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
	// forever is for files whose name says their content.
	forever = "public, max-age=31536000, immutable"
	// check makes the browser ask whether it has the newest.
	check = "no-cache"
)

// Built tells whether the binary carries the console.
func Built() bool { return built(files()) }

func built(console fs.FS) bool {
	_, err := fs.Stat(console, "index.html")
	return err == nil
}

// Handler serves the console: its files, and for every other address its page,
// which finds its way by the address. Nil when it was not built.
func Handler() http.Handler {
	if !Built() {
		return nil
	}
	return handler(files())
}

func handler(console fs.FS) http.Handler {
	page, err := fs.ReadFile(console, "index.html")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
		switch {
		case err != nil:
			http.Error(w, "the console cannot be read", http.StatusInternalServerError)
		case name != "index.html" && serveFile(w, r, console, name):
		case strings.HasPrefix(name, "static/"):
			w.Header().Set("Cache-Control", check)
			http.NotFound(w, r) // an older page asks for what a newer build no longer has
		default:
			servePage(w, r, page)
		}
	})
}

// servePage answers the page with a nonce of its own.
func servePage(w http.ResponseWriter, r *http.Request, page []byte) {
	nonce := newNonce()
	h := w.Header()
	h.Set("Content-Security-Policy", strings.ReplaceAll(policy, nonceWord, nonce))
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	out := bytes.ReplaceAll(page, []byte(nonceWord), []byte(nonce))
	h.Set("Content-Length", strconv.Itoa(len(out)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(out) // the reader has gone, nothing else
	}
}

func newNonce() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// packings are the ways a file may be packed beside itself, the best first.
func packings() [2][2]string { return [2][2]string{{"br", ".br"}, {"gzip", ".gz"}} }

// serveFile answers a file of the build, packed where the browser takes that;
// false: there is none of that name.
func serveFile(w http.ResponseWriter, r *http.Request, console fs.FS, name string) bool {
	info, err := fs.Stat(console, name)
	if name == "" || err != nil || info.IsDir() || strings.HasPrefix(path.Base(name), ".") {
		return false
	}
	raw, encoding, err := read(console, name, r.Header.Get("Accept-Encoding"))
	if err != nil {
		return false
	}
	h := w.Header()
	if kind := mime.TypeByExtension(path.Ext(name)); kind != "" {
		h.Set("Content-Type", kind)
	}
	h.Set("Cache-Control", check)
	if strings.HasPrefix(name, "static/") {
		h.Set("Cache-Control", forever)
	}
	h.Set("Vary", "Accept-Encoding")
	if encoding != "" {
		h.Set("Content-Encoding", encoding)
	}
	h.Set("Content-Length", strconv.Itoa(len(raw)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(raw) //nolint:gosec // files of the build; an error means that the reader has gone
	}
	return true
}

func read(console fs.FS, name, accepts string) (raw []byte, encoding string, err error) {
	for _, p := range packings() {
		if !accepted(accepts, p[0]) {
			continue
		}
		if raw, err = fs.ReadFile(console, name+p[1]); err == nil {
			return raw, p[0], nil
		}
	}
	raw, err = fs.ReadFile(console, name)
	return raw, "", err
}

// accepted tells whether an Accept-Encoding names the encoding and does not
// refuse it.
func accepted(header, encoding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.TrimSpace(name) == encoding {
			w := strings.ReplaceAll(weight, " ", "")
			return w != "q=0" && w != "q=0.0" && w != "q=0.00" && w != "q=0.000"
		}
	}
	return false
}
