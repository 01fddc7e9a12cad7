package app

import (
	"maps"
	"slices"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/store"
)

// learn takes in what an event says besides what it starts: changed attributes
// of a contact or asset, and that an earlier event was wrong.
func (h *host) learn(ev *huifang.Event) error {
	if err := h.admit(ev); err != nil {
		return err
	}
	if ev.Corrects != "" {
		if err := h.withdraw(ev); err != nil {
			return err
		}
	}
	switch ev.Type {
	case huifang.EventContactChanged:
		if err := h.overtake(ev.Contact, ""); err != nil {
			return err
		}
		c, err := h.change(ev.Contact)
		if err != nil || c == nil {
			return err
		}
		return h.overlay(c.Attributes, ev, store.EventFilter{Contact: ev.Contact})
	case huifang.EventAssetChanged:
		if err := h.overtake("", ev.Asset); err != nil {
			return err
		}
		a, err := h.changeAsset(ev.Asset)
		if err != nil || a == nil {
			return err
		}
		return h.overlay(a.Attributes, ev, store.EventFilter{Asset: ev.Asset})
	}
	return nil
}

// overlay sets the attributes that no later change has set already, so that
// changes may arrive in any order.
func (h *host) overlay(onto huifang.Attributes, ev *huifang.Event, f store.EventFilter) error {
	newer := huifang.Attributes{}
	f.Types, f.Since = []string{ev.Type}, ev.At
	later := func(o *huifang.Event) {
		if o.At.After(ev.At) || o.At.Equal(ev.At) && o.ID > ev.ID {
			maps.Copy(newer, o.Attributes)
		}
	}
	if !h.newborn[f.Contact+f.Asset] {
		if h.ahead {
			return errAhead
		}
		if err := h.eachEvent(f, later); err != nil {
			return err
		}
	}
	for k, v := range ev.Attributes {
		if _, superseded := newer[k]; !superseded {
			onto[k] = v
		}
	}
	return nil
}

// changeAsset is an asset to be changed, as change is for contacts.
func (h *host) changeAsset(id huifang.ID) (*huifang.Asset, error) {
	if id == "" {
		return nil, nil //nolint:nilnil // no asset
	}
	if !h.newborn[id] && !h.owned[id] && !h.pending(id) {
		if h.ahead {
			return nil, errAhead
		}
		delete(h.assets, id)
		note(&h.owned, id)
	}
	was, err := h.asset(id)
	if err != nil || was == nil {
		return nil, err
	}
	a := *was
	if a.Attributes = maps.Clone(a.Attributes); a.Attributes == nil {
		a.Attributes = huifang.Attributes{}
	}
	h.assets[id] = &a
	replace(&h.out.assets, was, &a)
	return &a, nil
}

// withdraw ends what a corrected event had started: its follow-ups that are not
// done are cancelled with the reason "corrected". What it counted for in
// programs about a contact or an asset stays, since later facts win there.
func (h *host) withdraw(ev *huifang.Event) error {
	if h.ahead {
		return errAhead
	}
	old, err := h.q.Event(h.ctx, h.d.org.ID, ev.Corrects)
	if err != nil {
		return err
	}
	h.cancelReason = "corrected"
	defer func() { h.cancelReason = "" }()
	for _, p := range h.d.set.Programs() {
		if p.Subject != plan.SubjectEvent || !startsOn(p, old.Type) {
			continue
		}
		e, err := h.Enrollment(p.Code, old.ID)
		if err != nil {
			return err
		}
		if e == nil {
			continue
		}
		e.Stop(plan.Mark{At: old.At.UnixMilli(), ID: ev.ID})
		if err := h.run.Wake(e, &h.env); err != nil {
			return err
		}
	}
	return nil
}

// reconsider forgets that windows of a known event were refused, so that a
// backfill may plan them. What was planned stays as it is.
func (h *host) reconsider(ev *huifang.Event) error {
	for _, p := range h.d.set.Programs() {
		key := keyOf(p, ev)
		if key == "" || !startsOn(p, ev.Type) {
			continue
		}
		e, err := h.Enrollment(p.Code, key)
		if err != nil {
			return err
		}
		if e != nil {
			e.State.Slots = slices.DeleteFunc(e.State.Slots, func(sl plan.Slot) bool { return sl.State == "" })
		}
	}
	return nil
}

// startsOn tells whether a type of event can start a program.
func startsOn(p *plan.Program, typ string) bool {
	for i := range p.Start {
		if p.Start[i].On == typ {
			return true
		}
	}
	return false
}

// preload reads in few statements the enrollments that events will ask for.
func (h *host) preload(items []item) error {
	if len(items) < 2 {
		return nil
	}
	for _, p := range h.d.set.Programs() {
		if p.Subject == plan.SubjectEvent {
			continue
		}
		var keys []huifang.ID
		for i := range items {
			key := keyOf(p, &items[i].ev)
			if key == "" || h.newborn[key] || h.asked[subjectKey{p.Code, key}] || !startsOn(p, items[i].ev.Type) {
				continue
			}
			note(&h.asked, subjectKey{p.Code, key})
			keys = append(keys, key)
		}
		if len(keys) == 0 {
			continue
		}
		rows, err := h.q.EnrollmentsByKeys(h.ctx, h.d.org.ID, p.Code, keys)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if _, err := h.keep(row); err != nil {
				return err
			}
		}
	}
	return nil
}

// keyOf is the subject of a program that an event is about.
func keyOf(p *plan.Program, ev *huifang.Event) huifang.ID {
	switch p.Subject {
	case plan.SubjectContact:
		return ev.Contact
	case plan.SubjectAsset:
		return ev.Asset
	case plan.SubjectStaff:
		return ev.Staff
	case plan.SubjectEvent:
	}
	return ev.ID
}

// admit has the event's contact and asset written if they are new or were
// filled in.
func (h *host) admit(ev *huifang.Event) error {
	if h.pending(ev.Contact) {
		c, err := h.contact(ev.Contact)
		if err != nil {
			return err
		}
		push(&h.out.contacts, c)
	}
	if h.pending(ev.Asset) {
		as, err := h.asset(ev.Asset)
		if err != nil {
			return err
		}
		push(&h.out.assets, as)
		if h.pending(as.Contact) {
			c, err := h.contact(as.Contact)
			if err != nil {
				return err
			}
			push(&h.out.contacts, c)
		}
	}
	return nil
}

// pending tells that ingestion prepared a contact or asset to be written.
func (h *host) pending(id huifang.ID) bool { return h.lent != nil && h.lent.pending[id] }
