package app

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
)

// openCase opens the case an outcome demands.
func (h *host) openCase(e *plan.Enrollment, eff *plan.Effect) error {
	f, err := h.followup(eff.Followup)
	if err != nil {
		return err
	}
	c := &huifang.Case{
		Org: h.d.org.ID, ID: h.app.newID(), Followup: eff.Followup, Contact: e.Contact, Asset: e.Asset, Unit: e.Unit,
		Severity: eff.Case.Severity, State: huifang.CaseOpen, Owner: lead(eff.Assignees), Opened: h.now, Due: eff.Due, NextDate: huifang.NoDate,
	}
	if c.Severity == "" {
		c.Severity = huifang.SeverityGeneral
	}
	if eff.Origin != nil {
		c.Event, c.Department, c.Matter = eff.Origin.ID, eff.Origin.Department, eff.Origin.Matter
	}
	if f != nil {
		c.Event = f.Event
		if f.Case == "" {
			f.Case = c.ID
		}
	}
	h.out.cases = append(h.out.cases, c)
	return nil
}

// alert tells people. Where a rule's person was not found, the supervisors of
// the unit are told instead, so that nothing is told to nobody.
func (h *host) alert(e *plan.Enrollment, eff *plan.Effect) error {
	f, err := h.followup(eff.Followup)
	if err != nil {
		return err
	}
	kind, text := "outcome.alert", huifang.Text{ZH: "有回访结果需要您处理", EN: "the outcome of a follow-up needs your attention"}
	if eff.Reason == "late" {
		kind, text = "followup.late", huifang.Text{ZH: "有回访已逾期", EN: "a follow-up is overdue"}
	}
	if f != nil {
		name := h.d.nameOf(f)
		text.ZH, text.EN = name.ZH+"："+text.ZH, name.EN+": "+text.EN
	}
	for _, id := range h.told(e.Unit, eff.Assignees) {
		h.out.alerts = append(h.out.alerts, &huifang.Alert{
			Org: h.d.org.ID, ID: h.app.newID(), Staff: id, Kind: kind, Followup: eff.Followup, Text: text, At: h.now,
		})
	}
	return nil
}

// told lists whom an alert goes to, each once.
func (h *host) told(unit huifang.ID, as []huifang.Assignee) []huifang.ID {
	var out []huifang.ID
	for _, a := range as {
		who := []huifang.ID{a.Staff}
		if a.Staff == "" {
			who = h.d.inCharge(unit)
		}
		for _, id := range who {
			if id != "" && !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// JobMessage is the kind of job that sends a step's message.
const JobMessage = "message"

// message is the arguments of a JobMessage.
type message struct {
	Followup huifang.ID `json:"followup"`
	Template string     `json:"template"`
}

// send queues the message of a step whose window has opened.
func (h *host) send(_ *plan.Enrollment, eff *plan.Effect) error {
	f, err := h.followup(eff.Followup)
	if err != nil || f == nil {
		return err
	}
	args, err := json.Marshal(message{Followup: f.ID, Template: eff.Message})
	if err != nil {
		return huifang.Wrap(err)
	}
	h.out.jobs = append(h.out.jobs, &huifang.Job{
		Org: h.d.org.ID, ID: h.app.newID(), Kind: JobMessage, Unique: string(f.ID) + " " + eff.Message, Args: string(args), Due: h.now,
	})
	return nil
}

// describe sets an attribute of the contact or tags it. Setting an attribute
// is an event that other programs may look at; a tag is not.
func (h *host) describe(e *plan.Enrollment, in plan.Input, eff *plan.Effect) (ev huifang.Event, follow bool, err error) {
	if eff.Kind == plan.EffectSet {
		if err := h.gate(e.Contact); err != nil {
			return ev, false, err
		}
		if err := h.overtake(e.Contact, ""); err != nil {
			return ev, false, err
		}
	}
	c, err := h.change(e.Contact)
	if err != nil || c == nil {
		return ev, false, err
	}
	if eff.Kind == plan.EffectTag {
		tags, _ := c.Attributes["tags"].([]any)
		if !slices.Contains(tags, any(eff.Name)) {
			c.Attributes["tags"] = append(slices.Clone(tags), eff.Name)
		}
		return ev, false, nil
	}
	c.Attributes[eff.Name] = eff.Value
	id := h.app.newID()
	ev = huifang.Event{
		Org: h.d.org.ID, ID: id, Source: "rule", Key: string(id), Type: huifang.EventContactChanged, At: in.Event.At, Contact: e.Contact, Unit: e.Unit,
		Attributes: huifang.Attributes{eff.Name: eff.Value}, Followup: eff.Followup, Received: h.now,
	}
	h.newborn[id] = true
	h.out.events = append(h.out.events, &ev)
	return ev, true, nil
}

// change is a contact to be changed: read anew in the transaction, and written
// by flush. nil for an unknown one.
func (h *host) change(id huifang.ID) (*huifang.Contact, error) {
	if id == "" {
		return nil, nil //nolint:nilnil // no contact
	}
	if !h.newborn[id] && !h.owned[id] && !h.pending(id) {
		if h.ahead {
			return nil, errAhead
		}
		delete(h.contacts, id)
		note(&h.owned, id)
	}
	was, err := h.contact(id)
	if err != nil || was == nil {
		return nil, err
	}
	c := *was
	if c.Attributes = maps.Clone(c.Attributes); c.Attributes == nil {
		c.Attributes = huifang.Attributes{}
	}
	h.contacts[id] = &c
	replace(&h.out.contacts, was, &c)
	return &c, nil
}
