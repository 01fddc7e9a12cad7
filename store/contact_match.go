package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/huifang/huifang"
)

const (
	sqlPhoneOwners     = "SELECT phone, contact_id FROM contact_phone WHERE org_id = $1 AND phone IN (?)"
	sqlContactsByNames = "SELECT " + contactColumns + " FROM contact WHERE org_id = $1 AND unit_id = $2 AND name IN (?)"
)

// ContactsByPhones are the contacts with each of the phone numbers, in the order
// of ContactsByPhone; a number nobody has is left out. Bulk work asks once for
// what it would ask for number by number.
func (q *Reads) ContactsByPhones(ctx context.Context, org huifang.ID, phones []string) (map[string][]*huifang.Contact, error) {
	owners := map[string][]huifang.ID{}
	var ids []huifang.ID
	err := eachKey(ctx, q, sqlPhoneOwners, []any{org}, phones, func(r *row) error {
		phone, id := r.text(), r.id()
		owners[phone], ids = append(owners[phone], id), append(ids, id)
		return nil
	})
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	slices.Sort(ids)
	people, err := q.ContactsByID(ctx, org, slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	out := make(map[string][]*huifang.Contact, len(owners))
	for phone, list := range owners {
		for _, id := range list {
			if c := people[id]; c != nil {
				out[phone] = append(out[phone], c)
			}
		}
		slices.SortFunc(out[phone], byNameAndID)
	}
	return out, nil
}

// ContactsByNames are the contacts with exactly one of the names in the unit, by
// name, in the order of ContactsByName; unit "" means those without a unit.
func (q *Reads) ContactsByNames(ctx context.Context, org, unit huifang.ID, names []string) (map[string][]*huifang.Contact, error) {
	out := map[string][]*huifang.Contact{}
	err := eachKey(ctx, q, sqlContactsByNames, []any{org, orZero(unit)}, names, func(r *row) error {
		c := scanContact(r)
		out[c.Name] = append(out[c.Name], c)
		return nil
	})
	for _, list := range out {
		slices.SortFunc(list, byNameAndID)
	}
	return out, err
}

func byNameAndID(a, b *huifang.Contact) int {
	return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(string(a.ID), string(b.ID)))
}
