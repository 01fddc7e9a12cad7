package api

import (
	"net/http"
	"strconv"

	"github.com/huifang/huifang"
)

// Problem is the answer to a request that failed (RFC 9457). Programs act on
// Code and Reason; people read Detail, or Messages in the language they want.
type Problem struct { //nolint:errname // RFC 9457 calls it a problem
	Type     string            `json:"type" format:"uri" example:"urn:huifang:problem:conflict" doc:"The code as a URI."`
	Title    string            `json:"title" doc:"What all problems of this code have in common, in the language of Accept-Language."`
	Status   int               `json:"status" example:"409" doc:"The HTTP status."`
	Detail   string            `json:"detail" doc:"What is wrong, where, and how to mend it, in the language of Accept-Language."`
	Instance string            `json:"instance,omitempty" format:"uri" doc:"Names this occurrence in the server's log; of internal errors."`
	Code     huifang.Code      `json:"code" enum:"invalid,not_found,conflict,forbidden,unauthenticated,too_large,too_many,unavailable,internal" doc:"What the caller can do about it."`
	Reason   string            `json:"reason" example:"followup.already_completed" doc:"Stable dotted name of what went wrong."`
	Messages huifang.Text      `json:"messages" doc:"The detail in both languages."`
	Location *huifang.Location `json:"location,omitempty" doc:"Where in the input it is."`
	Errors   []Fault           `json:"errors,omitempty" doc:"The single faults, when there are several."`
	Current  any               `json:"current,omitempty" doc:"Of a conflict with a change by somebody else: the record as it is now."`

	retry int // seconds
}

// Fault is one of several faults of a request.
type Fault struct {
	Reason   string            `json:"reason" doc:"Stable dotted name of what is wrong."`
	Detail   string            `json:"detail" doc:"What is wrong, in the language of Accept-Language."`
	Messages huifang.Text      `json:"messages" doc:"The detail in both languages."`
	Location *huifang.Location `json:"location,omitempty" doc:"Where in the input it is."`
}

// newProblem says e in lang.
func newProblem(e *huifang.Error, lang huifang.Lang) *Problem {
	p := &Problem{
		Type: "urn:huifang:problem:" + string(e.Code), Title: titleOf(e.Code).In(lang), Status: statusOf(e), Detail: e.Message.In(lang),
		Code: e.Code, Reason: e.Reason, Messages: e.Message, Location: locationOf(e), Errors: faultsOf(e.Details, lang),
	}
	switch e.Code {
	case huifang.CodeTooMany:
		p.retry = 60
	case huifang.CodeUnavailable:
		p.retry = 1
	default:
	}
	return p
}

func locationOf(e *huifang.Error) *huifang.Location {
	if e.At == (huifang.Location{}) {
		return nil
	}
	return &e.At
}

// faultsOf flattens nested details: a list is easier to show.
func faultsOf(details []*huifang.Error, lang huifang.Lang) []Fault {
	var out []Fault
	for _, d := range details {
		if len(d.Details) > 0 {
			out = append(out, faultsOf(d.Details, lang)...)
			continue
		}
		out = append(out, Fault{Reason: d.Reason, Detail: d.Message.In(lang), Messages: d.Message, Location: locationOf(d)})
	}
	return out
}

// Error is the English message.
func (p *Problem) Error() string { return p.Messages.EN }

// GetStatus is the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders says when to try again, and how to authenticate.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.retry > 0 {
		h.Set("Retry-After", strconv.Itoa(p.retry))
	}
	if p.Status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", `Bearer realm="huifang"`)
	}
	return h
}

// ContentType marks the JSON as a problem.
func (*Problem) ContentType(string) string { return "application/problem+json" }

// Err is the error a client of the API was answered with.
func (p *Problem) Err() *huifang.Error {
	e := &huifang.Error{Code: p.Code, Reason: p.Reason, Message: p.Messages}
	if p.Location != nil {
		e.At = *p.Location
	}
	for _, f := range p.Errors {
		d := &huifang.Error{Code: p.Code, Reason: f.Reason, Message: f.Messages}
		if f.Location != nil {
			d.At = *f.Location
		}
		e.Details = append(e.Details, d)
	}
	return e
}
