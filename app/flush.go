package app

import (
	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/store"
)

// flush writes what the unit of work gathered. It may run again in another run
// of the closure: nothing it is given is changed but what the store sets anew.
func (h *host) flush(tx *store.Tx) error {
	for _, write := range []func(*store.Tx) error{h.flushSubjects, h.flushEvents, h.flushEnrollments, h.flushFollowups, h.flushPeople} {
		if err := write(tx); err != nil {
			return err
		}
	}
	return nil
}

// flushSubjects writes copies, so that another run starts from what was read.
func (h *host) flushSubjects(tx *store.Tx) error {
	if len(h.out.contacts)+len(h.out.assets) > 0 {
		h.versions = make(map[huifang.ID]int64, len(h.out.contacts)+len(h.out.assets))
	}
	for _, c := range h.out.contacts {
		row := *c
		if err := tx.SaveContact(h.ctx, &row); err != nil {
			return err
		}
		h.versions[c.ID] = row.Version
	}
	for _, a := range h.out.assets {
		row := *a
		if err := tx.SaveAsset(h.ctx, &row); err != nil {
			return err
		}
		h.versions[a.ID] = row.Version
	}
	return nil
}

// flushEvents appends the events that rules made.
func (h *host) flushEvents(tx *store.Tx) error {
	if len(h.out.events) == 0 {
		return nil
	}
	_, err := tx.InsertEvents(h.ctx, h.out.events...)
	return err
}

func (h *host) flushEnrollments(tx *store.Tx) error {
	for _, e := range h.out.enrollments {
		if forgettable(e) {
			continue
		}
		p := h.d.set.Program(e.Program, "", nil)
		row := &huifang.Enrollment{
			Org: h.d.org.ID, ID: e.ID, Program: e.Program, Subject: string(p.Subject), Key: e.Key, Contact: e.Contact, Asset: e.Asset, Unit: e.Unit,
			State: h.d.encodeState(e), WakeAt: e.Wake, Active: e.Active, Row: e.Row,
		}
		if err := tx.SaveEnrollment(h.ctx, row); err != nil {
			return err
		}
	}
	return nil
}

// forgettable tells that an enrollment that is not stored yet has ended without
// planning anything: its event alone says all there is to know.
func forgettable(e *plan.Enrollment) bool {
	if e.Row != 0 || e.Active || !e.Wake.IsZero() {
		return false
	}
	for i := range e.State.Slots {
		if e.State.Slots[i].State != "" {
			return false
		}
	}
	return true
}

func (h *host) flushFollowups(tx *store.Tx) error {
	if len(h.out.made) > 0 {
		if err := tx.InsertFollowups(h.ctx, h.d.year(h.now), h.out.made...); err != nil {
			return err
		}
		if h.app.watch != nil {
			h.app.watch(h.out.made)
		}
	}
	for _, f := range h.out.changed {
		if err := tx.UpdateFollowup(h.ctx, f); err != nil {
			return err
		}
	}
	if err := h.reportPlans(tx); err != nil || len(h.out.notPlanned) == 0 {
		return err
	}
	return tx.InsertNotPlanned(h.ctx, h.out.notPlanned...)
}

func (h *host) flushPeople(tx *store.Tx) error {
	for _, c := range h.out.cases {
		if err := h.app.openCase(h.ctx, tx, h.d, c); err != nil {
			return err
		}
	}
	if len(h.out.alerts) > 0 {
		if err := tx.InsertAlerts(h.ctx, h.out.alerts...); err != nil {
			return err
		}
		if err := h.app.announce(h.ctx, tx, h.d, h.out.alerts); err != nil {
			return err
		}
	}
	if len(h.out.jobs) > 0 {
		return tx.Enqueue(h.ctx, h.out.jobs...)
	}
	return nil
}
