package app

import (
	"slices"

	"github.com/huifang/huifang"
)

// gateProgram is the name under which a contact's or asset's gate is kept among
// the enrollments. No program has it: codes are never empty.
const gateProgram = ""

// gate lets only one transaction at a time take in anything about a contact or
// an asset: each writes the subject's gate row, so that of two at once the
// second runs again and sees what the first did. Without it one could enroll a
// subject while the other takes in the event that would have stopped it, and
// neither would see the other. Events that only start programs of their own
// need no gate.
func (h *host) gate(ids ...huifang.ID) error {
	if h.tx == nil {
		return nil
	}
	ids = slices.DeleteFunc(ids, func(id huifang.ID) bool { return id == "" || h.newborn[id] || h.gated[id] })
	slices.Sort(ids)
	if ids = slices.Compact(ids); len(ids) == 0 {
		return nil
	}
	rows, err := h.tx.EnrollmentsByKeys(h.ctx, h.d.org.ID, gateProgram, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		note(&h.gated, id)
		row := rows[id]
		if row == nil {
			row = &huifang.Enrollment{Org: h.d.org.ID, ID: h.app.newID(), Program: gateProgram, Subject: "gate", Key: id}
		}
		if err := h.tx.SaveEnrollment(h.ctx, row); err != nil {
			return err
		}
	}
	return nil
}

// gateAll gates everything that events are about.
func (h *host) gateAll(items []item) error {
	ids := make([]huifang.ID, 0, 2*len(items))
	for i := range items {
		ids = append(ids, items[i].ev.Contact, items[i].ev.Asset)
	}
	return h.gate(ids...)
}
