package api

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// Event is a service event as it is kept.
type Event struct {
	ID         huifang.ID         `json:"id"`
	Source     string             `json:"source"`
	Key        string             `json:"key"`
	Type       string             `json:"type"`
	At         time.Time          `json:"at"`
	Contact    huifang.ID         `json:"contact,omitempty"`
	Asset      huifang.ID         `json:"asset,omitempty"`
	Unit       huifang.ID         `json:"unit,omitempty"`
	Staff      huifang.ID         `json:"staff,omitempty"`
	Department string             `json:"department,omitempty"`
	Attributes huifang.Attributes `json:"attributes,omitempty"`
	Followup   huifang.ID         `json:"followup,omitempty" doc:"Of an outcome: the follow-up."`
	Corrects   huifang.ID         `json:"corrects,omitempty" doc:"Of a correction: the event it replaces."`
	Received   time.Time          `json:"received"`
	State      string             `json:"state,omitempty" enum:"received,refused" doc:"Of an event that is not planned. received: it will be shortly; contact, asset and unit are those that were sent by id. refused: it could not be, see error."`
	Error      *Fault             `json:"error,omitempty" doc:"Why it was refused."`
}

// States of an event that is not planned.
const (
	stateReceived = "received"
	stateRefused  = "refused"
)

func newEvent(e *huifang.Event) Event {
	return Event{
		ID: e.ID, Source: e.Source, Key: e.Key, Type: e.Type, At: e.At, Contact: e.Contact, Asset: e.Asset, Unit: e.Unit, Staff: e.Staff,
		Department: e.Department, Attributes: e.Attributes, Followup: e.Followup, Corrects: e.Corrects, Received: e.Received,
	}
}

// readEvent reads one event strictly.
func readEvent(b []byte, e *EventIn) error {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	err := dec.Decode(e)
	if err == nil {
		if len(bytes.TrimSpace(b[dec.InputOffset():])) > 0 {
			err = errors.New("json: more than one value; send many with /events:batch")
		} else {
			return nil
		}
	}
	return unread(b, dec.InputOffset(), err)
}

// unread says where and why JSON could not be read: 400 where it is no JSON,
// 422 where a field is not what it should be.
func unread(b []byte, offset int64, err error) *huifang.Error {
	var (
		syntax *json.SyntaxError
		wrong  *json.UnmarshalTypeError
		clock  *time.ParseError
		where  huifang.Location
	)
	message, reason := err.Error(), reasonInvalid
	switch {
	case errors.As(err, &syntax):
		offset, reason = syntax.Offset, reasonMalformed
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		offset, reason, message = int64(len(b)), reasonMalformed, "unexpected end of JSON input"
	case errors.As(err, &wrong):
		offset, where.Field = wrong.Offset, wrong.Field
		return located(b, offset, where, huifang.Invalid(reasonInvalid, huifang.Textf("应为 %s，却是 %s", "expected %s, found %s", jsonName(wrong.Type.String()), wrong.Value)))
	case errors.As(err, &clock):
		where.Field = "at"
		return located(b, offset, where, huifang.Invalid(reasonInvalid, huifang.Textf("%s 不是带时区的时间，应写作 2026-03-01T08:00:00+08:00", "%s is not a time with zone; write it as 2026-03-01T08:00:00+08:00", clock.Value)))
	case strings.Contains(message, "unknown field "):
		where.Field = strings.Trim(message[strings.Index(message, "unknown field ")+len("unknown field "):], `"`)
		return located(b, offset, where, huifang.Invalid(reasonInvalid, huifang.Textf("不认识的字段 %s", "unknown field %s", where.Field)))
	}
	return located(b, offset, where, huifang.Invalid(reason, inBoth(message)))
}

// jsonName is what a Go type is called in JSON.
func jsonName(goType string) string {
	switch {
	case strings.HasPrefix(goType, "[]"):
		return "array"
	case goType == "string" || strings.HasSuffix(goType, ".ID"):
		return "string"
	case goType == "time.Time":
		return "RFC 3339 time"
	}
	return "object"
}

func located(b []byte, offset int64, where huifang.Location, e *huifang.Error) *huifang.Error {
	before := b[:min(max(offset, 0), int64(len(b)))]
	where.Line = bytes.Count(before, []byte("\n")) + 1
	where.Column = len([]rune(string(before[bytes.LastIndexByte(before, '\n')+1:])))
	where.Column = max(where.Column, 1)
	return e.Located(where)
}

// alone is the error of the only event of a request: its fields need no index.
func alone(e *huifang.Error) *huifang.Error {
	one := *e
	one.At.Field = strings.TrimPrefix(strings.TrimPrefix(one.At.Field, "events[0]"), ".")
	return &one
}

// Batch is what came of many events, in the order they were sent.
type Batch struct {
	Accepted int        `json:"accepted"`
	Known    int        `json:"known"`
	Received int        `json:"received,omitempty"`
	Rejected int        `json:"rejected"`
	Results  []Ingested `json:"results"`
}

type batchInput struct {
	EventSource
	Prefer
	ContentType string `header:"Content-Type" hidden:"true"`
	RawBody     []byte
}

type batchOutput struct {
	Status  int
	Applied string `header:"Preference-Applied" doc:"respond-async where the answer came before the work was done."`
	Body    Batch
}

func (s *service) ingestEvents(ctx context.Context, actor *huifang.Actor, in *batchInput) (*batchOutput, error) {
	if err := actor.Require(huifang.PermEventIngest); err != nil { // before reading what may be much
		return nil, err
	}
	inputs, err := readBatch(in.RawBody)
	if err != nil {
		return nil, err
	}
	out, take := &batchOutput{Status: http.StatusOK}, s.app.Ingest
	if in.async() {
		out.Status, out.Applied, take = http.StatusAccepted, respondAsync, s.app.Accept
	}
	results, err := take(ctx, actor, inputs, in.options())
	if err != nil {
		return nil, err
	}
	out.Body = newBatch(results, callerOf(ctx).lang)
	return out, nil
}

func newBatch(results []app.IngestResult, lang huifang.Lang) Batch {
	b := Batch{Results: make([]Ingested, 0, len(results))}
	for i := range results {
		switch results[i].Status {
		case app.IngestAccepted:
			b.Accepted++
		case app.IngestKnown:
			b.Known++
		case app.IngestReceived:
			b.Received++
		case app.IngestRejected:
			b.Rejected++
		}
		b.Results = append(b.Results, newIngested(&results[i], lang))
	}
	return b
}

// readBatch reads a JSON array of events, or one event a line. An event that
// cannot be read is rejected in its place; a body that is neither is malformed.
func readBatch(b []byte) ([]app.EventInput, error) {
	trimmed := bytes.TrimLeft(b, " \t\r\n")
	if len(trimmed) > 0 && trimmed[0] == '[' {
		return readArray(b)
	}
	return readLines(b)
}

func readArray(b []byte) ([]app.EventInput, error) {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if _, err := dec.Token(); err != nil {
		return nil, unread(b, dec.InputOffset(), err)
	}
	var out []app.EventInput
	for dec.More() {
		var e EventIn
		err := dec.Decode(&e)
		switch {
		case err == nil:
			out = append(out, e.input())
		case isCut(err):
			return nil, unread(b, dec.InputOffset(), err)
		default: // read over, but not what it should be
			fault := unread(nil, 0, err)
			fault.At.Line, fault.At.Column = 0, 0
			out = append(out, app.EventInput{Fault: fault})
		}
	}
	if _, err := dec.Token(); err != nil {
		return nil, unread(b, dec.InputOffset(), err)
	}
	return out, nil
}

// isCut tells text that is no JSON from a value of the wrong kind.
func isCut(err error) bool {
	_, syntax := errors.AsType[*json.SyntaxError](err)
	return syntax || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

func readLines(b []byte) ([]app.EventInput, error) {
	var out []app.EventInput
	lines := bufio.NewScanner(bytes.NewReader(b))
	lines.Buffer(make([]byte, 0, 64<<10), len(b)+1)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) > 0 {
			out = append(out, oneLine(lines.Bytes(), n))
		}
	}
	return out, lines.Err()
}

// oneLine reads one event of a batch. Which of the events it is, ingestion adds.
func oneLine(raw []byte, line int) app.EventInput {
	var e EventIn
	err := readEvent(raw, &e)
	if err == nil {
		return e.input()
	}
	fault := *asError(err)
	fault.At.Line = line
	return app.EventInput{Fault: &fault}
}
