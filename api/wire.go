package api

import (
	"strconv"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// List is one page of a list.
type List[T any] struct {
	Items []T    `json:"items" doc:"At most ?limit= of them."`
	Next  string `json:"next,omitempty" doc:"Ask for the next page with ?after= this; missing on the last page."`
}

// newList turns a page of the app's records into one of the wire's.
func newList[F, T any](p app.Paged[F], turn func(F) T) *answer[List[T]] {
	return &answer[List[T]]{Body: List[T]{Items: turned(p.Items, turn), Next: p.Next}}
}

// turned is never nil: an empty list is [] on the wire.
func turned[F, T any](from []F, turn func(F) T) []T {
	out := make([]T, 0, len(from))
	for _, f := range from {
		out = append(out, turn(f))
	}
	return out
}

// answer is a body alone.
type answer[T any] struct{ Body T }

// versioned is a record with its version as entity tag.
type versioned[T any] struct {
	ETag string `header:"ETag" doc:"The version, for If-Match."`
	Body T
}

func tagged[T any](body T, version int64) *versioned[T] {
	return &versioned[T]{ETag: etag(version), Body: body}
}

// nothing is an answer without content.
type nothing struct{}

// empty asks for nothing.
type empty struct{}

// ByID names the record in the address.
type ByID struct {
	ID huifang.ID `path:"id" maxLength:"100"`
}

// Paging asks for one page.
type Paging struct {
	After string `query:"after" doc:"next of the page before; leave out for the first."`
	Limit int    `query:"limit" minimum:"1" maximum:"1000" default:"50"`
	Desc  bool   `query:"desc" doc:"Last first."`
}

func (p Paging) page() app.Page { return app.Page{After: p.After, Limit: p.Limit, Desc: p.Desc} }

// Match is the version that a change is based on, where the body does not say
// it.
type Match struct {
	IfMatch string `header:"If-Match" doc:"The entity tag of the version you saw; the same as version in the body."`
}

// version is the one in the body, else the header's, else 0: whatever it is
// now.
func (m Match) version(body int64) (int64, error) {
	if body != 0 || m.IfMatch == "" || m.IfMatch == "*" {
		return body, nil
	}
	v, err := strconv.ParseInt(strings.Trim(strings.TrimPrefix(m.IfMatch, "W/"), `"`), 10, 64)
	if err != nil {
		return 0, huifang.Invalid("request.if_match", huifang.Text{ZH: "If-Match 应为读取时得到的 ETag，如 \"3\"", EN: "If-Match must be the ETag you were given, e.g. \"3\""}).Located(huifang.Location{Field: "header.If-Match"})
	}
	return v, nil
}

// dateOf reads a date; empty text is NoDate.
func dateOf(field, s string) (huifang.Date, error) {
	if s == "" {
		return huifang.NoDate, nil
	}
	d, err := huifang.ParseDate(s)
	return d, at(field, err)
}

// monthOf reads a month; empty text is 0.
func monthOf(field, s string) (huifang.Month, error) {
	if s == "" {
		return 0, nil
	}
	m, err := huifang.ParseMonth(s)
	return m, at(field, err)
}

// at says in which field of the request err is.
func at(field string, err error) error {
	if err == nil {
		return nil
	}
	return asError(err).Located(huifang.Location{Field: field})
}

// list is a nil-free copy.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// clock is the time of day of the edge.
func clock() time.Time { return time.Now().UTC() }
