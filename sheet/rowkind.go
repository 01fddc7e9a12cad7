package sheet

// RowKind is what one row of a sheet is.
type RowKind string

// The kinds. In a list of staff, the fields contact.… are those of the member
// of staff; unit, role, department and qualification:… are theirs.
const (
	RowEvent   RowKind = "events"   // something that happened
	RowContact RowKind = "contacts" // a customer
	RowAsset   RowKind = "assets"   // a thing, with whom it belongs to
	RowStaff   RowKind = "staff"    // a member of staff
)

// RowKinds lists the kinds in display order.
func RowKinds() []RowKind { return []RowKind{RowEvent, RowContact, RowAsset, RowStaff} }

// List tells that rows are people or things rather than events: they need
// neither category nor completion, and an unfinished one is a row like others.
func (k RowKind) List() bool { return k != "" && k != RowEvent }

// interpretList decides what becomes of an entry of a list of people or things.
func (r *reader) interpretList(rec *record, row *Row) {
	v := &row.Values
	v.Type = string(r.rules.mapping.Kind)
	r.plain(rec, row, v)
	r.customer(rec, row, v)
	r.attributes(rec, row, v)
	r.requirements(rec, row)
	if row.Err == nil && v.KeyGiven {
		row.Skip = r.givenKey(rec, row, v)
	}
}
