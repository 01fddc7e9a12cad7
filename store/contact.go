package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/huifang/huifang"
)

const (
	contactColumns = "code, kind, name, unit_id, owner_id, steward_id, phones, email, address, attributes, do_not_contact, quiet, search, pinyin, initials, org_id, id, rev"

	sqlContact         = "SELECT " + contactColumns + " FROM contact WHERE org_id = $1 AND id = $2"
	sqlContactsByID    = "SELECT " + contactColumns + " FROM contact WHERE org_id = $1 AND id IN (?)"
	sqlContactsByCode  = "SELECT " + contactColumns + " FROM contact WHERE org_id = $1 AND code IN (?)"
	sqlContactsByName  = "SELECT " + contactColumns + " FROM contact WHERE org_id = $1 AND name = $2 AND unit_id = $3 ORDER BY id"
	sqlContactsByPhone = "SELECT " + contactColumns + ` FROM contact WHERE org_id = $1
AND id IN (SELECT contact_id FROM contact_phone WHERE org_id = $2 AND phone = $3)`
	sqlContacts = "SELECT " + contactColumns + " FROM contact WHERE org_id = ?"

	sqlContactInsert = "INSERT INTO contact (" + contactColumns + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1)"
	sqlContactUpdate = `UPDATE contact SET code = $1, kind = $2, name = $3, unit_id = $4, owner_id = $5, steward_id = $6, phones = $7, email = $8,
address = $9, attributes = $10, do_not_contact = $11, quiet = $12, search = $13, pinyin = $14, initials = $15, rev = rev + 1 WHERE org_id = $16 AND id = $17 AND rev = $18`

	sqlContactPhoneDelete = "DELETE FROM contact_phone WHERE org_id = $1 AND contact_id = $2"
	sqlContactPhoneInsert = `INSERT INTO contact_phone (org_id, phone, contact_id, tail) VALUES ($1, $2, $3, $4)
ON CONFLICT (org_id, phone, contact_id) DO UPDATE SET phone = excluded.phone`
)

// ContactFilter selects contacts; empty fields select all.
type ContactFilter struct {
	Units []huifang.ID // nil: all; "" among them: those without a unit
	Kind  string
	Owner huifang.ID
	Text  string // part of name, code, phone, e-mail or address, case ignored
}

func scanContact(r *row) *huifang.Contact {
	c := &huifang.Contact{Code: r.text(), Kind: r.text(), Name: r.text(), Unit: r.id(), Owner: r.id(), Steward: r.id()}
	if phones := r.text(); phones != "" {
		c.Phones = strings.Split(phones, "\n")
	}
	c.Email, c.Address = r.text(), r.text()
	r.json(&c.Attributes)
	c.DoNotContact, c.Quiet = r.bool(), r.text()
	_, _, _ = r.text(), r.text(), r.text() // search, pinyin, initials
	c.Org, c.ID, c.Version = r.id(), r.id(), r.int()
	return c
}

// Contact is the contact with the id.
func (q *Reads) Contact(ctx context.Context, org, id huifang.ID) (*huifang.Contact, error) {
	return first(ctx, q, "contact", scanContact, sqlContact, org, id)
}

// ContactsByID are those of the ids that exist.
func (q *Reads) ContactsByID(ctx context.Context, org huifang.ID, ids []huifang.ID) (map[huifang.ID]*huifang.Contact, error) {
	return byKey(ctx, q, sqlContactsByID, org, ids, scanContact, func(c *huifang.Contact) huifang.ID { return c.ID })
}

// ContactsByCode are those of the codes that exist.
func (q *Reads) ContactsByCode(ctx context.Context, org huifang.ID, codes []string) (map[string]*huifang.Contact, error) {
	return byKey(ctx, q, sqlContactsByCode, org, codes, scanContact, func(c *huifang.Contact) string { return c.Code })
}

// ContactsByPhone are the contacts with exactly that phone number, by name.
func (q *Reads) ContactsByPhone(ctx context.Context, org huifang.ID, phone string) ([]*huifang.Contact, error) {
	// Sorted here: SQLite would walk all contacts in the order asked for.
	found, err := list(ctx, q, scanContact, sqlContactsByPhone, org, org, phone)
	slices.SortFunc(found, func(a, b *huifang.Contact) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(string(a.ID), string(b.ID)))
	})
	return found, err
}

// ContactsByName are the contacts with exactly that name in the unit; unit ""
// means those without a unit.
func (q *Reads) ContactsByName(ctx context.Context, org, unit huifang.ID, name string) ([]*huifang.Contact, error) {
	return list(ctx, q, scanContact, sqlContactsByName, org, name, orZero(unit))
}

// Contacts lists by name.
func (q *Reads) Contacts(ctx context.Context, org huifang.ID, f ContactFilter, p Page) (Paged[*huifang.Contact], error) {
	t := newText(sqlContacts, org)
	t.inUnits("unit_id", f.Units)
	t.ifText("kind", f.Kind)
	t.ifID("owner_id", f.Owner)
	t.contains("search", f.Text)
	return pageByText(ctx, q, t, "name", p, scanContact, func(c *huifang.Contact) (string, huifang.ID) { return c.Name, c.ID })
}

// SaveContact inserts (Version 0) or updates (stale Version: conflict). A code
// that is taken is a conflict.
func (tx *Tx) SaveContact(ctx context.Context, c *huifang.Contact) error {
	fresh := c.Version == 0
	phones := strings.Join(c.Phones, "\n")
	pinyin, initials := romanized(c.Name)
	if err := tx.save(ctx, &c.Version, sqlContactInsert, sqlContactUpdate,
		optional(c.Code), c.Kind, c.Name, orZero(c.Unit), c.Owner, c.Steward, phones, c.Email, c.Address, asJSON{c.Attributes},
		c.DoNotContact, c.Quiet, searchText(c.Name, c.Code, tails(c.Phones), c.Email, c.Address), pinyin, initials, c.Org, c.ID); err != nil {
		return err
	}
	if !fresh {
		if err := tx.put(ctx, sqlContactPhoneDelete, c.Org, c.ID); err != nil {
			return err
		}
	}
	for _, phone := range c.Phones {
		if err := tx.put(ctx, sqlContactPhoneInsert, c.Org, phone, c.ID, lastDigits(phone)); err != nil {
			return err
		}
	}
	return nil
}

// tails are the last digits of phone numbers: lists find by them, and by no more
// of a number, so that nobody learns the rest by asking.
func tails(phones []string) string {
	out := make([]string, len(phones))
	for i, p := range phones {
		out[i] = lastDigits(p)
	}
	return strings.Join(out, "\n")
}

// PutContact inserts or overwrites by Code, and sets ID and Version to what is
// kept.
func (tx *Tx) PutContact(ctx context.Context, c *huifang.Contact) error {
	kept, err := tx.ContactsByCode(ctx, c.Org, []string{c.Code})
	if err != nil {
		return err
	}
	if old := kept[c.Code]; old != nil {
		set(tx, &c.ID, old.ID)
		set(tx, &c.Version, old.Version)
	} else {
		set(tx, &c.Version, 0)
	}
	return tx.SaveContact(ctx, c)
}
