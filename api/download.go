package api

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// downloadTime is how long a file may take to be written between two pieces.
const downloadTime = 2 * time.Minute

// download is an answer that is a file, written as it is made.
type download struct {
	Body func(huma.Context)
}

// file answers with what write writes. A fault before the first byte is told
// as a problem; a later one cuts the connection, so that nobody takes half a
// file for a whole one.
func (s *service) file(ctx context.Context, name, media string, write func(io.Writer) error) *download {
	return &download{Body: func(hc huma.Context) {
		r, w := humago.Unwrap(hc)
		out := &fileWriter{w: w, control: http.NewResponseController(w), name: name, media: media}
		buffered := bufio.NewWriterSize(out, 64<<10)
		err := write(buffered)
		if err == nil {
			err = buffered.Flush()
		}
		switch {
		case err == nil && !out.begun:
			out.begin()
		case err != nil && !out.begun:
			s.refuse(w, r, callerOf(ctx).lang, hc.Operation().OperationID, err)
		case err != nil:
			s.fault(ctx, hc.Operation().OperationID, err)
			panic(http.ErrAbortHandler)
		}
	}}
}

// fileWriter sends the headers with the first byte, and gives every piece time
// of its own.
type fileWriter struct {
	w       http.ResponseWriter
	control *http.ResponseController
	name    string
	media   string
	begun   bool
}

func (f *fileWriter) begin() {
	f.begun = true
	f.w.Header().Set("Content-Type", f.media)
	f.w.Header().Set("Content-Disposition", disposition(f.name))
	f.w.WriteHeader(http.StatusOK)
}

// Write sends.
func (f *fileWriter) Write(b []byte) (int, error) {
	if !f.begun {
		f.begin()
	}
	_ = f.control.SetWriteDeadline(time.Now().Add(downloadTime)) // some writers of tests have none
	return f.w.Write(b)
}

// disposition names a file for every browser (RFC 6266): plain ASCII for old
// ones, UTF-8 by RFC 5987 for the others.
func disposition(name string) string {
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '"' || r == '\\' || r == '%' {
			return '_'
		}
		return r
	}, name)
	return `attachment; filename="` + plain + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}
