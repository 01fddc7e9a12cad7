package plan

import (
	"time"

	"github.com/huifang/huifang"
)

// Resolve finds who is meant by resolvers outside any follow-up, as for the
// alert of a recurrence: about is the event it is about, contact its contact or
// nil. Substitutes stand in for who is absent now; a role nobody holds stays as
// such.
func Resolve(to []Resolver, about *huifang.Event, contact *huifang.Contact, now time.Time, r *Roster) []huifang.Assignee {
	o := &Origin{Mark: Mark{At: about.At.UnixMilli(), ID: about.ID}, Type: about.Type, Unit: about.Unit, Staff: about.Staff, Department: about.Department}
	d := &derivation{
		o: o, loc: r.Location(about.Unit), env: &Env{Now: now, Roster: r, Contact: contact},
		view: &view{event: about.Attributes, contact: contact, typ: about.Type, department: about.Department, staff: string(about.Staff), unit: string(about.Unit)},
	}
	who, _ := d.resolveAll(to, huifang.DateOf(now, d.loc))
	return who
}
