package app

import (
	"encoding/json"
	"time"

	"github.com/huifang/huifang"
)

// letter is an event as the inbox keeps it: what the source told, on whose
// behalf.
type letter struct {
	Source     string             `json:"source"`
	By         huifang.ID         `json:"by,omitempty"` // the member of staff whose units bound it
	History    bool               `json:"history,omitempty"`
	Backfill   bool               `json:"backfill,omitempty"`
	Key        string             `json:"key,omitempty"`
	Type       string             `json:"type"`
	At         time.Time          `json:"at"`
	Unit       string             `json:"unit,omitempty"`
	Staff      string             `json:"staff,omitempty"`
	Department string             `json:"department,omitempty"`
	Corrects   string             `json:"corrects,omitempty"`
	Attributes huifang.Attributes `json:"attributes,omitempty"`
	Contact    *ContactInput      `json:"contact,omitempty"`
	Asset      *AssetInput        `json:"asset,omitempty"`
}

// receipt is what an event was given when it was acknowledged.
type receipt struct {
	id     huifang.ID
	at     time.Time
	source string
	actor  *huifang.Actor
}

// letter writes an event down for the inbox.
func (in *intake) letter(e *EventInput) (string, error) {
	l := letter{
		Source: in.opts.Source, By: in.actor.Staff, History: in.opts.History, Backfill: in.opts.Backfill, Key: e.Key, Type: e.Type, At: e.At,
		Unit: e.Unit, Staff: e.Staff, Department: e.Department, Corrects: e.Corrects, Attributes: e.Attributes,
	}
	if !e.Contact.IsZero() {
		l.Contact = &e.Contact
	}
	if !e.Asset.IsZero() {
		l.Asset = &e.Asset
	}
	body, err := json.Marshal(&l)
	if err != nil {
		return "", huifang.Wrap(err)
	}
	return string(body), nil
}

// opened is a letter that was read again.
type opened struct {
	*huifang.Received
	letter
	damage error
}

func open(r *huifang.Received) opened {
	o := opened{Received: r}
	o.damage = json.Unmarshal([]byte(r.Body), &o.letter)
	return o
}

// input is the event as ingestion takes it.
func (o *opened) input(sender *huifang.Actor) EventInput {
	l := &o.letter
	e := EventInput{
		Key: l.Key, Type: l.Type, At: l.At, Unit: l.Unit, Staff: l.Staff, Department: l.Department, Corrects: l.Corrects, Attributes: l.Attributes,
		receipt: &receipt{id: o.ID, at: o.Received.At, source: l.Source, actor: sender},
	}
	if l.Contact != nil {
		e.Contact = *l.Contact
	}
	if l.Asset != nil {
		e.Asset = *l.Asset
	}
	if o.damage != nil {
		e.Fault = asError(o.damage)
	}
	return e
}

// sender is who sent an event, as far as that bounds its unit: a member of
// staff, wherever they work now, or somebody who reaches the whole organization.
func (d *directory) sender(by huifang.ID) *huifang.Actor {
	switch s := d.person[by]; {
	case by == "":
		return system(d.org.ID)
	case s != nil:
		return d.actor(s)
	}
	return &huifang.Actor{Org: d.org.ID, Units: map[huifang.ID]bool{}}
}

// sourceKey is the identity that a source gives an event.
type sourceKey struct{ source, key string }

// sourceOf is where an event came from.
func (in *intake) sourceOf(e *EventInput) string {
	if e.receipt != nil {
		return e.receipt.source
	}
	return in.opts.Source
}

// actorOf is who sent an event.
func (in *intake) actorOf(e *EventInput) *huifang.Actor {
	if e.receipt != nil {
		return e.receipt.actor
	}
	return in.actor
}

// event is a received event as far as it can be told before it is planned.
func (o *opened) event(d *directory) *huifang.Event {
	ev := &huifang.Event{
		Org: o.Org, ID: o.ID, Source: o.Source, Key: o.Key, Type: o.Type, At: o.letter.At, Department: o.Department,
		Attributes: o.Attributes, Received: o.Received.At,
	}
	if u := d.findUnit(o.Unit); u != nil {
		ev.Unit = u.ID
	}
	if s := d.findStaff(o.Staff); s != nil {
		ev.Staff = s.ID
	}
	if o.Contact != nil {
		ev.Contact = o.Contact.ID
	}
	if o.Asset != nil {
		ev.Asset = o.Asset.ID
	}
	return ev
}
