package huifang

import (
	"errors"
	"fmt"
	"strings"
)

// Code is the kind of an Error: what the caller can do about it. The API maps
// it to an HTTP status in one place.
type Code string

// The codes.
const (
	CodeInvalid         Code = "invalid"         // the input is wrong; mend it
	CodeNotFound        Code = "not_found"       // no such record for this caller
	CodeConflict        Code = "conflict"        // the record changed or is in another state
	CodeForbidden       Code = "forbidden"       // known caller, not permitted
	CodeUnauthenticated Code = "unauthenticated" // unknown caller
	CodeTooLarge        Code = "too_large"       // over a stated limit
	CodeTooMany         Code = "too_many"        // too many requests; later
	CodeUnavailable     Code = "unavailable"     // try again shortly
	CodeInternal        Code = "internal"        // our fault
)

// Location says where in the input an error sits. Zero fields are unknown.
type Location struct {
	File   string `json:"file,omitempty"`
	Sheet  string `json:"sheet,omitempty"`
	Line   int    `json:"line,omitempty"`   // 1-based line or sheet row
	Column int    `json:"column,omitempty"` // 1-based
	Field  string `json:"field,omitempty"`  // dotted path within the value
}

// String is file:line:column with what is known, then the field.
func (l Location) String() string {
	var b strings.Builder
	b.WriteString(l.File)
	if l.Sheet != "" {
		b.WriteString("[" + l.Sheet + "]")
	}
	if l.Line > 0 {
		fmt.Fprintf(&b, ":%d", l.Line)
		if l.Column > 0 {
			fmt.Fprintf(&b, ":%d", l.Column)
		}
	}
	if l.Field != "" {
		if b.Len() > 0 {
			b.WriteString(" ")
		}
		b.WriteString(l.Field)
	}
	return strings.TrimPrefix(b.String(), ":")
}

// Error is every error that reaches a person or another system: a Code to act
// on, a stable dotted Reason to program against, a message in both languages,
// and where the fault sits.
type Error struct {
	Code    Code
	Reason  string // stable, e.g. "followup.already_completed"
	Message Text
	At      Location
	Details []*Error // several faults of one input
	Err     error    // cause, for the log only
}

// Error is the English message with its location.
func (e *Error) Error() string {
	var b strings.Builder
	if loc := e.At.String(); loc != "" {
		b.WriteString(loc + ": ")
	}
	if e.Message.EN == "" {
		b.WriteString(string(e.Code) + " " + e.Reason)
	}
	b.WriteString(e.Message.EN)
	for _, d := range e.Details {
		b.WriteString("\n" + d.Error())
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// In is the message in lang with its location, details on lines of their own.
func (e *Error) In(lang Lang) string {
	var b strings.Builder
	if loc := e.At.String(); loc != "" {
		b.WriteString(loc + ": ")
	}
	b.WriteString(e.Message.In(lang))
	for _, d := range e.Details {
		b.WriteString("\n" + d.In(lang))
	}
	return b.String()
}

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// Located is a copy of e with its location set.
func (e *Error) Located(at Location) *Error {
	c := *e
	c.At = at
	return &c
}

// Fail builds an Error.
func Fail(code Code, reason string, message Text) *Error {
	return &Error{Code: code, Reason: reason, Message: message}
}

// Invalid builds an Error with CodeInvalid.
func Invalid(reason string, message Text) *Error { return Fail(CodeInvalid, reason, message) }

// Wrap marks err as ours to answer for, keeping an *Error as it is.
func Wrap(err error) error {
	if err == nil {
		return nil
	}
	if e := (*Error)(nil); errors.As(err, &e) {
		return err
	}
	return &Error{Code: CodeInternal, Reason: "internal", Message: Text{ZH: "系统内部错误", EN: "internal error"}, Err: err}
}

// CodeOf is the code of err, CodeInternal for an error without one, "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	if e := (*Error)(nil); errors.As(err, &e) {
		return e.Code
	}
	return CodeInternal
}

// ReasonOf is the stable reason of err, or "".
func ReasonOf(err error) string {
	if e := (*Error)(nil); errors.As(err, &e) {
		return e.Reason
	}
	return ""
}

// In is err's message in lang; errors without one are shown as they are.
func In(err error, lang Lang) string {
	if e := (*Error)(nil); errors.As(err, &e) {
		return e.In(lang)
	}
	return err.Error()
}
