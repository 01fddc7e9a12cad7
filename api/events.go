package api

import (
	"context"
	"net/http"
	"reflect"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// maxBatchBytes is the largest batch of events in one request.
const maxBatchBytes = 32 << 20

// events: what happened, sent by other systems, and what came of it.
func (s *service) events() {
	const tag = "events"
	ingest, read := may(huifang.PermEventIngest), may(huifang.PermContactRead)
	register(s, tag, op{id: "ingest-event", method: http.MethodPost, path: "/events", zh: "发送一个服务事件", en: "Send a service event", about: aboutPrefer, needs: ingest, created: true, once: true, rawSchema: reflect.TypeFor[EventIn](), async: reflect.TypeFor[Ingested]()}, s.ingestEvent)
	register(s, tag, op{id: "ingest-events", method: http.MethodPost, path: "/events:batch", zh: "批量发送服务事件", en: "Send many service events: a JSON array, or one JSON object a line", about: aboutPrefer, needs: ingest, body: maxBatchBytes, rawSchema: reflect.TypeFor[[]EventIn](), async: reflect.TypeFor[Batch]()}, s.ingestEvents)
	register(s, tag, op{id: "list-events", method: http.MethodGet, path: "/events", zh: "列出服务事件", en: "List service events", needs: read}, s.listEvents)
	register(s, tag, op{id: "get-event", method: http.MethodGet, path: "/events/{id}", zh: "查看服务事件", en: "Show a service event", needs: read}, s.getEvent)
	register(s, tag, op{id: "explain-event", method: http.MethodGet, path: "/events/{id}/explanation", zh: "该事件生成了哪些回访，哪些没有，为什么", en: "Which follow-ups the event planned, which not, and why", needs: read}, s.explainEvent)
}

// EventIn is a service event as another system sends it.
type EventIn struct {
	Key        string             `json:"key,omitempty" maxLength:"200" doc:"The source's own id. The same source and key is the same event, however often it comes; without one every call is a new event."`
	Type       string             `json:"type" minLength:"1" maxLength:"100" example:"repair.completed" doc:"One of /event-types."`
	At         time.Time          `json:"at" doc:"When it happened."`
	Contact    ContactIn          `json:"contact,omitzero" doc:"Whose it is; unknown ones are created."`
	Asset      AssetIn            `json:"asset,omitzero" doc:"What it was done to; unknown ones are created."`
	Unit       string             `json:"unit,omitempty" maxLength:"100" doc:"Id or code."`
	Staff      string             `json:"staff,omitempty" maxLength:"100" doc:"Who did it; id or code."`
	Department string             `json:"department,omitempty" maxLength:"100"`
	Attributes huifang.Attributes `json:"attributes,omitempty" doc:"Those of the event's type."`
	Corrects   string             `json:"corrects,omitempty" maxLength:"200" doc:"Key or id of the event this one replaces."`
}

// ContactIn names a contact by id, by code, or by name and phone.
type ContactIn struct {
	ID         huifang.ID         `json:"id,omitempty" maxLength:"100"`
	Code       string             `json:"code,omitempty" maxLength:"100"`
	Kind       string             `json:"kind,omitempty" maxLength:"100"`
	Name       string             `json:"name,omitempty" maxLength:"200"`
	Phones     []string           `json:"phones,omitempty" maxItems:"20"`
	Email      string             `json:"email,omitempty" maxLength:"200"`
	Address    string             `json:"address,omitempty" maxLength:"500"`
	Owner      string             `json:"owner,omitempty" maxLength:"100" doc:"Staff id or code."`
	Steward    string             `json:"steward,omitempty" maxLength:"100" doc:"Staff id or code."`
	Attributes huifang.Attributes `json:"attributes,omitempty"`
}

// AssetIn names an asset by id or by code.
type AssetIn struct {
	ID         huifang.ID         `json:"id,omitempty" maxLength:"100"`
	Code       string             `json:"code,omitempty" maxLength:"100"`
	Kind       string             `json:"kind,omitempty" maxLength:"100"`
	Name       string             `json:"name,omitempty" maxLength:"200"`
	Attributes huifang.Attributes `json:"attributes,omitempty"`
}

func (e *EventIn) input() app.EventInput {
	c, a := &e.Contact, &e.Asset
	return app.EventInput{
		Key: e.Key, Type: e.Type, At: e.At, Unit: e.Unit, Staff: e.Staff, Department: e.Department, Attributes: e.Attributes, Corrects: e.Corrects,
		Contact: app.ContactInput{ID: c.ID, Code: c.Code, Kind: c.Kind, Name: c.Name, Phones: c.Phones, Email: c.Email, Address: c.Address, Owner: c.Owner, Steward: c.Steward, Attributes: c.Attributes},
		Asset:   app.AssetInput{ID: a.ID, Code: a.Code, Kind: a.Kind, Name: a.Name, Attributes: a.Attributes},
	}
}

// Ingested is what came of one event.
type Ingested struct {
	Status     string       `json:"status" enum:"accepted,known,received,rejected" doc:"accepted: it is kept and what it demands is planned. known: it came before, and nothing changed. received: it is kept and will be planned shortly."`
	Event      huifang.ID   `json:"event,omitempty"`
	Followups  []huifang.ID `json:"followups,omitempty" doc:"Planned or moved by it."`
	NotPlanned int          `json:"not_planned,omitempty" doc:"Follow-ups considered and not planned; explain-event says why."`
	Error      *Fault       `json:"error,omitempty" doc:"Why it was rejected."`
}

// EventSource says on whose behalf events are sent.
type EventSource struct {
	Source   string `query:"source" default:"api" minLength:"1" maxLength:"100" doc:"Name of the sending system; keys are unique within it."`
	History  bool   `query:"history" doc:"Past events: windows closed already are recorded as not planned."`
	Backfill bool   `query:"backfill" doc:"Past events: plan windows closed already all the same."`
}

func (s EventSource) options() app.IngestOptions {
	return app.IngestOptions{Source: s.Source, History: s.History, Backfill: s.Backfill}
}

// Prefer is how the sender would like to be answered (RFC 7240).
type Prefer struct {
	Prefer string `header:"Prefer" maxLength:"200" doc:"respond-async: be answered as soon as the event is kept durably, before what it demands is planned. With wait, or without the header, the answer comes when it is planned." example:"respond-async"`
}

// respondAsync is the preference to be answered before the work is done.
const respondAsync = "respond-async"

const aboutPrefer = "With `Prefer: respond-async` the answer is 202 as soon as the events are kept durably; they are planned in order of arrival, usually within a second. " +
	"Their types, attributes, dates, units and staff are checked before the answer, and bad ones are rejected as without the header. What can be told only later, such as an unknown contact id, " +
	"is found by get-event and list-refused-events. When too many events wait the answer is 503 with Retry-After, and nothing was taken."

// async tells whether the answer may come before the work is done.
func (p Prefer) async() bool {
	if p.Prefer == "" {
		return false
	}
	asked := false
	for word := range strings.FieldsFuncSeq(strings.ToLower(p.Prefer), func(r rune) bool { return r == ',' || r == ';' || r == ' ' }) {
		if word == "wait" || strings.HasPrefix(word, "wait=") {
			return false
		}
		asked = asked || word == respondAsync
	}
	return asked
}

type eventInput struct {
	EventSource
	Prefer
	RawBody []byte
}

type ingestedOutput struct {
	Status   int
	Location string `header:"Location" doc:"Of an event that is received: where to look what became of it."`
	Applied  string `header:"Preference-Applied" doc:"respond-async where the answer came before the work was done."`
	Body     Ingested
}

// ingestEvent is the hot path: it reads the body once and asks for nothing it
// does not need.
func (s *service) ingestEvent(ctx context.Context, actor *huifang.Actor, in *eventInput) (*ingestedOutput, error) {
	var e EventIn
	if err := readEvent(in.RawBody, &e); err != nil {
		return nil, err
	}
	one := [1]app.EventInput{e.input()}
	take := s.app.Ingest
	if in.async() {
		take = s.app.Accept
	}
	results, err := take(ctx, actor, one[:], in.options())
	if err != nil {
		return nil, err
	}
	r := &results[0]
	if r.Err != nil {
		return nil, alone(r.Err)
	}
	out := &ingestedOutput{Status: http.StatusCreated, Body: newIngested(r, huifang.ZH)}
	switch r.Status {
	case app.IngestKnown:
		out.Status = http.StatusOK
	case app.IngestReceived:
		out.Status, out.Location, out.Applied = http.StatusAccepted, prefix+"/events/"+string(r.Event), respondAsync
	case app.IngestAccepted, app.IngestRejected:
	}
	return out, nil
}

func newIngested(r *app.IngestResult, lang huifang.Lang) Ingested {
	i := Ingested{Status: string(r.Status), Event: r.Event, Followups: r.Followups, NotPlanned: r.NotPlanned}
	if r.Err != nil {
		i.Error = &faultsOf([]*huifang.Error{r.Err}, lang)[0]
	}
	return i
}

type eventListInput struct {
	Paging
	Contact huifang.ID `query:"contact" maxLength:"100"`
	Asset   huifang.ID `query:"asset" maxLength:"100"`
	Type    []string   `query:"type" maxItems:"50" doc:"Several separated by commas."`
	Since   time.Time  `query:"since" doc:"At this instant or later."`
	Before  time.Time  `query:"before"`
}

func (s *service) listEvents(ctx context.Context, actor *huifang.Actor, in *eventListInput) (*answer[List[Event]], error) {
	p, err := s.app.Events(ctx, actor, app.EventFilter{Contact: in.Contact, Asset: in.Asset, Types: in.Type, Since: in.Since, Before: in.Before}, in.page())
	return newList(p, newEvent), err
}

func (s *service) getEvent(ctx context.Context, actor *huifang.Actor, in *ByID) (*answer[Event], error) {
	e, err := s.app.EventStanding(ctx, actor, in.ID)
	if err != nil {
		return nil, err
	}
	out := newEvent(e.Event)
	switch e.State {
	case app.IngestReceived:
		out.State = stateReceived
	case app.IngestRejected:
		out.State, out.Error = stateRefused, &faultsOf([]*huifang.Error{e.Fault}, callerOf(ctx).lang)[0]
	case app.IngestAccepted, app.IngestKnown:
	}
	return &answer[Event]{Body: out}, nil
}
