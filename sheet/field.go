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
	FieldStaff          Field = "staff" // who did the work
	FieldSteward        Field = "steward"
	FieldOwner          Field = "owner"
	FieldUnit           Field = "unit"
	FieldSeverity       Field = "severity"
	FieldMatter         Field = "matter"
	FieldNote           Field = "note"
	FieldRole           Field = "role"   // of a member of staff, several separated by 、
	FieldSerial         Field = "serial" // running number of the row (序号): known, not imported
)

// Prefixes of the fields that name an attribute.
const (
	EventAttributes        = "attributes."        // before the name of an attribute, in a column of JSON lines
	PrefixAttribute        = "attribute:"         // of the event
	PrefixContactAttribute = "contact.attribute:" // of the contact
	PrefixAssetAttribute   = "asset.attribute:"   // of the asset
	PrefixQualification    = "qualification:"     // last valid day of a licence of a member of staff
)

// The numbers of the fields that are not attributes, by which rows hold them.
const (
	nKey = iota
	nContactCode
	nContactName
	nContactKind
	nContactPhone
	nContactEmail
	nContactAddress
	nAssetCode
	nAssetName
	nAssetKind
	nType
	nAt
	nOpenedAt
	nStatus
	nDepartment
	nStaff
	nSteward
	nOwner
	nUnit
	nSeverity
	nMatter
	nNote
	nRole
	nSerial
	fieldCount
)

// fieldList holds the fields that are not attributes, by number, which is
// display order.
func fieldList() [fieldCount]Field {
	return [fieldCount]Field{
		nKey:            FieldKey,
		nContactCode:    FieldContactCode,
		nContactName:    FieldContactName,
		nContactKind:    FieldContactKind,
		nContactPhone:   FieldContactPhone,
		nContactEmail:   FieldContactEmail,
		nContactAddress: FieldContactAddress,
		nAssetCode:      FieldAssetCode,
		nAssetName:      FieldAssetName,
		nAssetKind:      FieldAssetKind,
		nType:           FieldType,
		nAt:             FieldAt,
		nOpenedAt:       FieldOpenedAt,
		nStatus:         FieldStatus,
		nDepartment:     FieldDepartment,
		nStaff:          FieldStaff,
		nSteward:        FieldSteward,
		nOwner:          FieldOwner,
		nUnit:           FieldUnit,
		nSeverity:       FieldSeverity,
		nMatter:         FieldMatter,
		nNote:           FieldNote,
		nRole:           FieldRole,
		nSerial:         FieldSerial,
	}
}

// Fields lists every field that is not an attribute, in display order.
func Fields() []Field {
	list := fieldList()
	return list[:]
}

// number is the field's place in fieldList, -1 for attributes and unknown ones.
func (f Field) number() int {
	for i, k := range fieldList() {
		if f == k {
			return i
		}
	}
	return -1
}

// Attribute is the attribute's name when the field is one, else "".
func (f Field) Attribute() string {
	for _, p := range [...]string{PrefixAttribute, PrefixContactAttribute, PrefixAssetAttribute, PrefixQualification} {
		if name, ok := strings.CutPrefix(string(f), p); ok {
			return name
		}
	}
	return ""
}

// Valid tells whether the field is known: a constant, or a prefix with a name.
func (f Field) Valid() bool { return f.number() >= 0 || f.Attribute() != "" }

// Kind is how the cells of an attribute's column are read. Other fields have a
// kind of their own.
type Kind string

// The kinds.
const (
	KindText   Kind = "text"
	KindDate   Kind = "date"   // given out as "2026-04-11", or "2026-04-11T15:00" where a time of day is given (see huifang.Moment)
	KindNumber Kind = "number" // float64
	KindFlag   Kind = "flag"   // bool: 是, √, yes, 1
)
