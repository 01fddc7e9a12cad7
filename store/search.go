package store

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/huifang/huifang"
)

const (
	sqlContactKeys = "SELECT id FROM contact WHERE org_id = ?"
	sqlPhoneKeys   = `SELECT contact.id FROM contact_phone JOIN contact ON contact.org_id = contact_phone.org_id AND contact.id = contact_phone.contact_id
WHERE contact_phone.org_id = ?`
	sqlAssetKeys = "SELECT id FROM asset WHERE org_id = ?"
)

// SearchContacts are at most limit contacts in the units (nil: all) whose name
// begins with text, or with text in pinyin or by its initials; the nearest
// first. Each way is one range of an index.
func (q *Reads) SearchContacts(ctx context.Context, org huifang.ID, units []huifang.ID, text string, limit int) ([]*huifang.Contact, error) {
	text = strings.TrimSpace(text)
	ways := []prefix{{"name", text}}
	if typed, _ := romanized(text); typed != "" && len(typed) == len(strings.ReplaceAll(text, " ", "")) {
		ways = append(ways, prefix{"initials", typed}, prefix{"pinyin", typed})
	}
	ids, err := q.prefixed(ctx, sqlContactKeys, org, units, ways, limit)
	if err != nil {
		return nil, err
	}
	found, err := q.ContactsByID(ctx, org, ids)
	return ordered(ids, found), err
}

// ContactsByLastDigits are at most limit contacts in the units (nil: all) one
// of whose phone numbers ends with the four digits.
func (q *Reads) ContactsByLastDigits(ctx context.Context, org huifang.ID, units []huifang.ID, digits string, limit int) ([]*huifang.Contact, error) {
	return q.byPhone(ctx, "contact_phone.tail", org, units, digits, limit)
}

// ContactsByNumber are at most limit contacts in the units (nil: all) with
// exactly that phone number.
func (q *Reads) ContactsByNumber(ctx context.Context, org huifang.ID, units []huifang.ID, phone string, limit int) ([]*huifang.Contact, error) {
	return q.byPhone(ctx, "contact_phone.phone", org, units, phone, limit)
}

func (q *Reads) byPhone(ctx context.Context, column string, org huifang.ID, units []huifang.ID, value string, limit int) ([]*huifang.Contact, error) {
	t := newText(sqlPhoneKeys, org)
	t.ifText(column, value)
	t.inUnits("contact.unit_id", units)
	t.add(" ORDER BY contact_phone.contact_id LIMIT ?", limit)
	ids, err := rows(ctx, q, t, (*row).id)
	if err != nil {
		return nil, err
	}
	found, err := q.ContactsByID(ctx, org, ids)
	return ordered(ids, found), err
}

// SearchAssets are at most limit assets in the units (nil: all) whose code, or
// name where there is none, begins or ends with text; the nearest first.
func (q *Reads) SearchAssets(ctx context.Context, org huifang.ID, units []huifang.ID, text string, limit int) ([]*huifang.Asset, error) {
	text = strings.TrimSpace(text)
	ways := []prefix{{"label", text}}
	if upper := strings.ToUpper(text); upper != text {
		ways = append(ways, prefix{"label", upper})
	}
	if end := backwards(text); utf8.RuneCountInString(end) >= 2 {
		ways = append(ways, prefix{"tail", end})
	}
	ids, err := q.prefixed(ctx, sqlAssetKeys, org, units, ways, limit)
	if err != nil {
		return nil, err
	}
	found, err := q.AssetsByID(ctx, org, ids)
	return ordered(ids, found), err
}

// prefix is a way to find a record: its column begins with the value.
type prefix struct{ column, value string }

// prefixed looks every way up, in order, until there are enough ids.
func (q *Reads) prefixed(ctx context.Context, sql string, org huifang.ID, units []huifang.ID, ways []prefix, limit int) ([]huifang.ID, error) {
	var out []huifang.ID
	seen := map[huifang.ID]bool{}
	for _, w := range ways {
		if w.value == "" || len(out) >= limit {
			continue
		}
		t := newText(sql, org)
		t.begins(w.column, w.value)
		t.inUnits("unit_id", units)
		t.add(" ORDER BY "+w.column+", id LIMIT ?", limit)
		ids, err := rows(ctx, q, t, (*row).id)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			if !seen[id] && len(out) < limit {
				seen[id] = true
				out = append(out, id)
			}
		}
	}
	return out, nil
}

// begins appends that a text column begins with the value, as a range, which an
// index serves on both databases.
func (t *text) begins(column, value string) {
	t.add(" AND "+column+" >= ?", value)
	t.add(" AND "+column+" < ?", value+"\U0010FFFF")
}

// ordered are the records found, in the order of the ids.
func ordered[T any](ids []huifang.ID, found map[huifang.ID]*T) []*T {
	out := make([]*T, 0, len(ids))
	for _, id := range ids {
		if v := found[id]; v != nil {
			out = append(out, v)
		}
	}
	return out
}
