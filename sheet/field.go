package sheet

import "strings"

// Field is what a column means: one of the constants, or one of the prefixes
// followed by the name of an attribute.
type Field string

// The fields.
const (
	FieldKey            Field = "key" // the sheet's own id of the job
	FieldContactCode    Field = "contact.code"
	FieldContactName    Field = "contact.name"
	FieldContactKind    Field = "contact.kind"
	FieldContactPhone   Field = "contact.phone" // may be mapped from several columns
	FieldContactEmail   Field = "contact.email"
	FieldContactAddress Field = "contact.address"
	FieldAssetCode      Field = "asset.code"
	FieldAssetName      Field = "asset.name"
	FieldAssetKind      Field = "asset.kind"
	FieldType           Field = "event.type" // category
	FieldAt             Field = "event.at"   // completed
	FieldOpenedAt       Field = "opened_at"
	FieldStatus         Field = "status"
	FieldDepartment     Field = "department"
	FieldStaff          Field = "staff"
	FieldSteward        Field = "steward"
	FieldOwner          Field = "owner"
	FieldUnit           Field = "unit"
	FieldSeverity       Field = "severity"
	FieldMatter         Field = "matter"
	FieldNote           Field = "note"
	FieldSerial         Field = "serial" // running number of the row (序号): known, not imported
)

// Prefixes of the fields that name an attribute.
const (
	PrefixAttribute        = "attribute:"         // of the event
	PrefixContactAttribute = "contact.attribute:" // of the contact
	PrefixAssetAttribute   = "asset.attribute:"   // of the asset
)

// Fields lists every field that is not an attribute, in display order.
func Fields() []Field {
	return []Field{
		FieldKey, FieldContactCode, FieldContactName, FieldContactKind, FieldContactPhone, FieldContactEmail, FieldContactAddress,
		FieldAssetCode, FieldAssetName, FieldAssetKind, FieldType, FieldAt, FieldOpenedAt, FieldStatus,
		FieldDepartment, FieldStaff, FieldSteward, FieldOwner, FieldUnit, FieldSeverity, FieldMatter, FieldNote, FieldSerial,
	}
}

// Attribute is the attribute's name when the field is one, else "".
func (f Field) Attribute() string {
	for _, p := range []string{PrefixAttribute, PrefixContactAttribute, PrefixAssetAttribute} {
		if name, ok := strings.CutPrefix(string(f), p); ok {
			return name
		}
	}
	return ""
}

// Valid tells whether the field is known: a constant, or a prefix with a name.
func (f Field) Valid() bool {
	for _, k := range Fields() {
		if f == k {
			return true
		}
	}
	return f.Attribute() != ""
}

// Kind is how the cells of a column are read.
type Kind string

// The kinds. Fields other than attributes have a kind of their own.
const (
	KindText   Kind = "text"
	KindDate   Kind = "date" // a date, or a date and time of day; given out as huifang.Moment writes it
	KindNumber Kind = "number"
	KindFlag   Kind = "flag" // yes or no
)
