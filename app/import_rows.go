package app

import (
	"maps"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/sheet"
)

// importSource is the source of all imported events: files overlap, so a row's
// key must mean the same whatever file it comes from.
const importSource = "import"

// strangers are the names a register uses that the organization does not know.
type strangers struct {
	units map[string]int
	staff map[string]int
}

func newStrangers() strangers {
	return strangers{units: map[string]int{}, staff: map[string]int{}}
}

// event is what an accepted row says. Staff the organization does not know are
// kept by name; a unit it does not know is the one chosen for the import, or a
// fault.
func (job *importing) event(row *sheet.Row) EventInput {
	v := &row.Values
	attrs := maps.Clone(v.Attributes)
	if attrs == nil {
		attrs = huifang.Attributes{}
	}
	e := EventInput{
		Type: v.Type, Department: v.Department, Attributes: attrs, scoped: true,
		Contact: ContactInput{
			Code: v.Contact.Code, Kind: v.Contact.Kind, Name: v.Contact.Name, Phones: v.Contact.Phones, Email: v.Contact.Email,
			Address: v.Contact.Address, Attributes: v.Contact.Attributes,
		},
		Asset: AssetInput{Code: v.Asset.Code, Kind: v.Asset.Kind, Name: v.Asset.Name, Attributes: v.Asset.Attributes},
	}
	job.place(&e, v)
	job.people(&e, v)
	for _, p := range job.d.packs {
		if c, ok := p.Import.Category(v.Category); ok && c.Event == v.Type {
			maps.Copy(attrs, c.Set)
			break
		}
	}
	text := func(name, value string) {
		if value != "" {
			attrs[name] = value
		}
	}
	text("severity", v.Severity)
	text("matter", v.Matter)
	text("note", v.Note)
	if attrs["category"] == nil { // the trade's own category, where it has such an attribute
		text("category", v.Category)
	}
	e.Key = v.Key
	if u := job.d.findUnit(e.Unit); u != nil {
		e.Key = string(u.ID) + "/" + v.Key // codes and names change
		job.local(&v.At, u)
		job.local(&v.OpenedAt, u)
	}
	e.At = v.At.Time
	text("opened_at", shownInstant(v.OpenedAt))
	return e
}

// local moves a time that names no zone, and was read in the file's, to the zone
// of the unit its row is of.
func (job *importing) local(i *sheet.Instant, u *huifang.Unit) {
	read, loc := job.zone(), job.d.zoneOf(u.ID)
	if i.IsZero() || i.Zoned || job.mapping.Zone != "" || loc.String() == read.String() {
		return
	}
	t := i.Time.In(read)
	i.Time = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), loc).UTC()
}

// shownInstant writes an instant the way attributes hold it: the date alone
// where no time of day was given.
func shownInstant(i sheet.Instant) string {
	switch {
	case i.IsZero():
		return ""
	case i.DateOnly:
		return i.Date.String()
	}
	return i.Time.UTC().Format(time.RFC3339)
}

// place finds the unit of a row.
func (job *importing) place(e *EventInput, v *sheet.Values) {
	e.Unit = v.Unit
	if v.Unit != "" && job.d.findUnit(v.Unit) != nil {
		return
	}
	if v.Unit != "" {
		job.strange.units[v.Unit]++
	}
	if job.unit == nil {
		return
	}
	if v.Unit != "" {
		e.Attributes["unit_name"] = v.Unit
	}
	e.Unit = string(job.unit.ID)
}

// people finds the staff a row names.
func (job *importing) people(e *EventInput, v *sheet.Values) {
	known := func(name string) string {
		if name == "" || job.d.findStaff(name) != nil {
			return name
		}
		job.strange.staff[name]++
		return ""
	}
	if e.Staff = known(v.Staff); e.Staff != v.Staff {
		e.Attributes["staff_name"] = v.Staff
	}
	e.Contact.Steward, e.Contact.Owner = known(v.Steward), known(v.Owner)
	for name, ref := range map[string][2]string{"steward_name": {e.Contact.Steward, v.Steward}, "owner_name": {e.Contact.Owner, v.Owner}} {
		if ref[0] != ref[1] {
			e.Contact.Attributes = maps.Clone(e.Contact.Attributes)
			if e.Contact.Attributes == nil {
				e.Contact.Attributes = huifang.Attributes{}
			}
			e.Contact.Attributes[name] = ref[1]
		}
	}
}
