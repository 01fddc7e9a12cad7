package sheet

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash/maphash"
	"time"
)

// Idempotency. A row's key is the sheet's own id where a column is mapped to it.
// Otherwise it is a hash over what makes the job this job and no other: unit,
// asset, contact, when it was opened, category and matter (and when it was
// completed, where the sheet does not say when it was opened). What is added as
// the job goes on (completion, staff, notes) is not part of it, and neither is
// the row's place, so that a sheet imported again, grown or sorted otherwise,
// gives the same keys.
//
// Under a given key, seen keeps a hash of the row's content, under a derived one
// how often it occurred.

// identify gives the accepted row its key.
func (r *reader) identify(rec *record, row *Row, v *Values) Skip {
	if v.KeyGiven {
		return r.givenKey(rec, row, v)
	}
	sum := derive(v, r.rules.unitOf(v.Unit))
	v.Key = "row-" + hex.EncodeToString(sum[:16])
	slot := binary.BigEndian.Uint64(sum[:8])
	times, _ := r.seen.at(slot)
	*times++
	if n := *times; n > 1 {
		v.Key += "-" + itoa(int(n))
		r.warn(rec, row, nil, invalid("sheet.row.alike", "与前面的行客户、时间、类别和事项都相同，作为第 %d 件读入；若是重复登记请删去", "customer, time, category and matter are those of an earlier row; read as job %d of them, delete it if it was entered twice", n))
	}
	return SkipNone
}

// givenKey sees to it that an id means one row: the same row again is skipped,
// another row with the same id is rejected.
func (r *reader) givenKey(rec *record, row *Row, v *Values) Skip {
	slot := maphash.String(r.seed, v.Key)
	content := r.content(rec)
	earlier, known := r.seen.at(slot)
	switch {
	case !known:
		*earlier = content
	case *earlier == content:
		return SkipDuplicate
	default:
		r.fault(rec, row, r.column(FieldKey), invalid("sheet.key.twice", "编号“%s”在前面已经出现，内容却不同", "the id %q occurred before with other content", quoted(v.Key)))
	}
	return SkipNone
}

func (r *reader) content(rec *record) uint32 {
	var h maphash.Hash
	h.SetSeed(r.seed)
	for _, c := range rec.cells {
		_, _ = h.WriteString(clean(c)) // never fails
		_ = h.WriteByte(0)             // never fails
	}
	return uint32(h.Sum64()) //nolint:gosec // 32 of 64 bits
}

// unitOf is one spelling of a unit that may be written in several ways.
func (r *rules) unitOf(name string) string {
	if r.unit != nil {
		if id := r.unit(name); id != "" {
			return id
		}
	}
	return name
}

func derive(v *Values, unit string) [sha256.Size]byte {
	contact := v.Contact.Code
	if contact == "" {
		contact = v.Contact.Name
	}
	if contact == "" && len(v.Contact.Phones) > 0 {
		contact = v.Contact.Phones[0]
	}
	opened := v.OpenedAt
	if opened.IsZero() {
		opened = v.At
	}
	b := make([]byte, 0, 256)
	for _, part := range [...]string{unit, v.Asset.Code, contact, stamp(opened), v.Type, v.Matter} {
		b = append(b, fold(part)...)
		b = append(b, 0)
	}
	return sha256.Sum256(b)
}

// stamp writes an instant as the sheet gives it: the local date, or the instant.
func stamp(i Instant) string {
	switch {
	case i.IsZero():
		return ""
	case i.DateOnly:
		return i.Date.String()
	}
	return i.Time.Format(time.RFC3339)
}
