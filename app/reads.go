package app

import (
	"slices"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/store"
)

// pageOfPast is how many past events one look reads.
const pageOfPast = 1000

// Past is part of plan.Host.
func (h *host) Past(start *huifang.Event, types []string) ([]huifang.Event, error) {
	var out []huifang.Event
	seen := map[huifang.ID]bool{start.ID: true}
	add := func(ev *huifang.Event) {
		if !seen[ev.ID] && slices.Contains(types, ev.Type) && (isChange(ev.Type) || !ev.At.Before(start.At)) {
			seen[ev.ID] = true
			out = append(out, *ev)
		}
	}
	for _, f := range []store.EventFilter{{Contact: start.Contact}, {Asset: start.Asset}} {
		id := f.Contact + f.Asset
		switch {
		case id == "":
		case h.newborn[id]: // whatever is known of it came with this unit of work
			for _, ev := range h.batch {
				if ev.Contact == id || ev.Asset == id {
					add(ev)
				}
			}
		case h.ahead:
			return nil, errAhead
		default:
			if err := h.pastOf(f, start.At, types, add); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// isChange tells a change of attributes, which counts whenever it was.
func isChange(typ string) bool {
	return typ == huifang.EventContactChanged || typ == huifang.EventAssetChanged
}

// pastOf reads the events of one subject: changes of any time, others since the
// start.
func (h *host) pastOf(f store.EventFilter, since time.Time, types []string, add func(*huifang.Event)) error {
	for _, t := range types {
		if isChange(t) {
			f.Types = append(f.Types, t)
		}
	}
	if len(f.Types) > 0 {
		if err := h.eachEvent(f, add); err != nil {
			return err
		}
	}
	f.Since, f.Types = since, slices.DeleteFunc(slices.Clone(types), isChange)
	if len(f.Types) == 0 {
		return nil
	}
	return h.eachEvent(f, add)
}

// eachEvent reads all events that match, page by page.
func (h *host) eachEvent(f store.EventFilter, each func(*huifang.Event)) error {
	page := store.Page{Limit: pageOfPast}
	for {
		got, err := h.q.Events(h.ctx, h.d.org.ID, f, page)
		if err != nil {
			return err
		}
		for _, ev := range got.Items {
			each(ev)
		}
		if got.Next == "" {
			return nil
		}
		page.After = got.Next
	}
}

// Prepare is part of plan.Host.
func (h *host) Prepare(p *plan.Program, e *plan.Enrollment, env *plan.Env) (err error) {
	if env.Contact, err = h.contact(e.Contact); err != nil {
		return err
	}
	if env.Asset, err = h.asset(e.Asset); err != nil {
		return err
	}
	env.Recent = nil
	if p.CoolDown.Set && e.Contact != "" {
		if env.Recent, err = h.recent(e.Contact); err != nil {
			return err
		}
	}
	return h.weigh(p)
}

// contact is a contact by its id; nil for none or an unknown one.
func (h *host) contact(id huifang.ID) (*huifang.Contact, error) {
	if c, ok := h.contacts[id]; ok || id == "" {
		return c, nil
	}
	if h.lent != nil && h.lent.contacts[id] != nil {
		return h.lent.contacts[id], nil // changed only as a copy, see change
	}
	c, err := h.q.Contact(h.ctx, h.d.org.ID, id)
	if err != nil && huifang.CodeOf(err) != huifang.CodeNotFound {
		return nil, err
	}
	if err != nil {
		c = nil
	}
	h.contacts[id] = c
	return c, nil
}

// asset is an asset by its id; nil for none or an unknown one.
func (h *host) asset(id huifang.ID) (*huifang.Asset, error) {
	if a, ok := h.assets[id]; ok || id == "" {
		return a, nil
	}
	if h.lent != nil && h.lent.assets[id] != nil {
		return h.lent.assets[id], nil // changed only as a copy, see changeAsset
	}
	a, err := h.q.Asset(h.ctx, h.d.org.ID, id)
	if err != nil && huifang.CodeOf(err) != huifang.CodeNotFound {
		return nil, err
	}
	if err != nil {
		a = nil
	}
	h.assets[id] = a
	return a, nil
}

// recentMany bounds how many follow-ups of one contact a cool-down looks at,
// the latest first.
const recentMany = 200

// recent lists the days on which a contact has follow-ups that were not
// cancelled, for cool-downs.
func (h *host) recent(contact huifang.ID) ([]huifang.Date, error) {
	var out []huifang.Date
	for _, f := range h.followups {
		if f.Contact == contact && f.State != huifang.StateCancelled {
			out = append(out, f.Window.Opens.Date)
		}
	}
	if h.newborn[contact] {
		return out, nil
	}
	if h.ahead {
		return nil, errAhead
	}
	got, err := h.q.Followups(h.ctx, h.d.org.ID, store.FollowupFilter{Contact: contact}, store.ByOpens, store.Page{Limit: recentMany, Desc: true})
	if err != nil {
		return nil, err
	}
	for _, f := range got.Items {
		if h.followups[f.ID] == nil && f.State != huifang.StateCancelled {
			out = append(out, f.Window.Opens.Date)
		}
	}
	return out, nil
}

// weigh fills in how much the candidates of a least-loaded rule have open, once
// in a unit of work; from then on the engine counts what it assigns.
func (h *host) weigh(p *plan.Program) error {
	if h.weighed || !h.d.balanced[p.Code] {
		return nil
	}
	if h.ahead {
		return errAhead
	}
	h.weighed = true
	load, err := h.q.OpenLoad(h.ctx, h.d.org.ID, h.d.candidates)
	if err != nil {
		return err
	}
	for id, n := range load {
		h.env.Roster.Load[id] += n
	}
	return nil
}

// NotStarted is part of plan.Host. That a start's condition does not hold is
// the rule itself and can be worked out again at any time; what the data lacked
// is kept.
func (h *host) NotStarted(p *plan.Program, ev *huifang.Event, reason string) error {
	if reason == "condition_false" && !h.full {
		return nil
	}
	h.out.notPlanned = append(h.out.notPlanned, &huifang.NotPlanned{
		Org: h.d.org.ID, Program: p.Code, Event: ev.ID, Contact: ev.Contact, Asset: ev.Asset, Unit: ev.Unit, Reason: reason, At: h.now, Why: "{}",
	})
	return nil
}
