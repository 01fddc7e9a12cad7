package calendar

import (
	"slices"

	"github.com/huifang/huifang"
)

// Substitute says who works for staff on the day: staff when present, else the
// substitute of the absence, or that person's own substitute, and so on. The
// chain lists the absent people passed over, staff first; it is nil when staff
// is present. ok is false when the chain ends at an absence without
// substitute, at somebody lookup does not know, or comes back to where it
// already was; who is empty then.
func Substitute(staff huifang.ID, on huifang.Date, lookup func(huifang.ID) (*huifang.Staff, bool)) (who huifang.ID, chain []huifang.ID, ok bool) {
	for who = staff; who != "" && !slices.Contains(chain, who); {
		person, known := lookup(who)
		if !known || person == nil {
			return "", chain, false
		}
		absence, absent := person.AbsentOn(on)
		if !absent {
			return who, chain, true
		}
		chain = append(chain, who)
		who = absence.Substitute
	}
	return "", chain, false
}
