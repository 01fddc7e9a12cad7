package pack

import (
	"maps"
	"slices"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
	"github.com/huifang/huifang/plan"
)

// World is who there is besides the events: units, staff, contacts, assets. It
// is the staff file of simulate as JSON, and the world of a pack test as YAML.
type World struct {
	Units    []WorldUnit    `json:"units" yaml:"units"`
	Staff    []WorldStaff   `json:"staff" yaml:"staff"`
	Contacts []WorldContact `json:"contacts" yaml:"contacts"`
	Assets   []WorldAsset   `json:"assets" yaml:"assets"`
}

// WorldUnit is one unit of the tree with its departments by name.
type WorldUnit struct {
	ID          huifang.ID                 `json:"id" yaml:"id"`
	Parent      huifang.ID                 `json:"parent" yaml:"parent"`
	Name        string                     `json:"name" yaml:"name"`
	Head        huifang.ID                 `json:"head" yaml:"head"`
	Zone        string                     `json:"zone" yaml:"zone"`
	Departments map[string]WorldDepartment `json:"departments" yaml:"departments"`
}

// WorldDepartment is a department's head.
type WorldDepartment struct {
	Head huifang.ID `json:"head" yaml:"head"`
}

// WorldStaff is one member of staff.
type WorldStaff struct {
	ID             huifang.ID           `json:"id" yaml:"id"`
	Name           string               `json:"name" yaml:"name"`
	Units          []huifang.ID         `json:"units" yaml:"units"`
	Roles          []string             `json:"roles" yaml:"roles"` // codes, names or aliases
	Qualifications []WorldQualification `json:"qualifications" yaml:"qualifications"`
	Absences       []WorldAbsence       `json:"absences" yaml:"absences"`
}

// WorldQualification is a licence; without Until it does not expire.
type WorldQualification struct {
	Code  string        `json:"code" yaml:"code"`
	Until *huifang.Date `json:"until" yaml:"until"`
}

// WorldAbsence is a range of days off, both ends included.
type WorldAbsence struct {
	From       huifang.Date `json:"from" yaml:"from"`
	To         huifang.Date `json:"to" yaml:"to"`
	Substitute huifang.ID   `json:"substitute" yaml:"substitute"`
}

// WorldContact is one customer.
type WorldContact struct {
	ID           huifang.ID         `json:"id" yaml:"id"`
	Kind         string             `json:"kind" yaml:"kind"`
	Name         string             `json:"name" yaml:"name"`
	Unit         huifang.ID         `json:"unit" yaml:"unit"`
	Owner        huifang.ID         `json:"owner" yaml:"owner"`
	Steward      huifang.ID         `json:"steward" yaml:"steward"`
	Phones       []string           `json:"phones" yaml:"phones"`
	DoNotContact bool               `json:"do_not_contact" yaml:"do_not_contact"`
	Attributes   huifang.Attributes `json:"attributes" yaml:"attributes"`
}

// WorldAsset is one thing the service is given to.
type WorldAsset struct {
	ID         huifang.ID         `json:"id" yaml:"id"`
	Kind       string             `json:"kind" yaml:"kind"`
	Unit       huifang.ID         `json:"unit" yaml:"unit"`
	Contact    huifang.ID         `json:"contact" yaml:"contact"`
	Attributes huifang.Attributes `json:"attributes" yaml:"attributes"`
}

// over is the world with what o says in front: anybody o names replaces the
// one of the same id.
func (w *World) over(o *World) *World {
	if w == nil || o == nil {
		if o == nil {
			o = w
		}
		return o
	}
	return &World{
		Units:    overlay(w.Units, o.Units, func(u WorldUnit) huifang.ID { return u.ID }),
		Staff:    overlay(w.Staff, o.Staff, func(s WorldStaff) huifang.ID { return s.ID }),
		Contacts: overlay(w.Contacts, o.Contacts, func(c WorldContact) huifang.ID { return c.ID }),
		Assets:   overlay(w.Assets, o.Assets, func(a WorldAsset) huifang.ID { return a.ID }),
	}
}

func overlay[T any](below, above []T, id func(T) huifang.ID) []T {
	out := slices.Clone(below)
	for _, a := range above {
		if i := slices.IndexFunc(out, func(b T) bool { return id(b) == id(a) }); i >= 0 {
			out[i] = a
		} else {
			out = append(out, a)
		}
	}
	return out
}

// People is the world as the engine takes it, with roles named as the pack
// names them. A unit with an unknown time zone is an error.
func (w *World) People(p *Pack, zone *time.Location, cal *calendar.Calendar) (plan.People, error) {
	if w == nil {
		w = &World{}
	}
	roster, err := plan.NewRoster(w.units(), w.staff(), p.RoleAliases(), zone, cal)
	if err != nil {
		return plan.People{}, err
	}
	out := plan.People{Roster: roster}
	for _, c := range w.Contacts {
		out.Contacts = append(out.Contacts, huifang.Contact{
			ID: c.ID, Code: string(c.ID), Kind: c.Kind, Name: c.Name, Unit: c.Unit, Owner: c.Owner, Steward: c.Steward,
			Phones: c.Phones, DoNotContact: c.DoNotContact, Attributes: c.Attributes,
		})
	}
	for _, a := range w.Assets {
		out.Assets = append(out.Assets, huifang.Asset{ID: a.ID, Code: string(a.ID), Kind: a.Kind, Unit: a.Unit, Contact: a.Contact, Attributes: a.Attributes})
	}
	return out, nil
}

func (w *World) units() []huifang.Unit {
	out := make([]huifang.Unit, 0, len(w.Units))
	for _, u := range w.Units {
		unit := huifang.Unit{ID: u.ID, Parent: u.Parent, Code: string(u.ID), Name: u.Name, Head: u.Head, Zone: u.Zone}
		for _, name := range slices.Sorted(maps.Keys(u.Departments)) {
			unit.Departments = append(unit.Departments, huifang.Department{Name: name, Head: u.Departments[name].Head})
		}
		out = append(out, unit)
	}
	return out
}

func (w *World) staff() []huifang.Staff {
	out := make([]huifang.Staff, 0, len(w.Staff))
	for _, s := range w.Staff {
		member := huifang.Staff{ID: s.ID, Code: string(s.ID), Name: s.Name, Units: s.Units, Roles: s.Roles, Active: true}
		for _, q := range s.Qualifications {
			until := huifang.NoDate
			if q.Until != nil {
				until = *q.Until
			}
			member.Qualifications = append(member.Qualifications, huifang.Qualification{Code: q.Code, Until: until})
		}
		for _, a := range s.Absences {
			member.Absences = append(member.Absences, huifang.Absence{From: a.From, To: a.To, Substitute: a.Substitute})
		}
		out = append(out, member)
	}
	return out
}
