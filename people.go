package huifang

import (
	"encoding/json"
	"slices"
	"time"
)

// Organization is one tenant: a company, hospital or school that runs its
// follow-ups here. Nothing of one organization is ever visible to another.
type Organization struct {
	ID       ID
	Code     string // short ASCII name used at log-in, unique in the installation
	Name     Text
	Zone     string // IANA zone, default Asia/Shanghai
	Lang     Lang   // language of documents made without a reader
	Packs    []string
	Settings Settings
	Created  time.Time
	Version  int64
}

// Settings are an organization's own ways; zero fields are the defaults.
type Settings struct {
	Telephone string     `json:"telephone,omitempty"` // address that calls, {phone} in it; default tel:{phone}
	Calendar  []DayRange `json:"calendar,omitempty"`  // own holidays and make-up days, over the country's

	Address    string `json:"address,omitempty"`     // under which customers reach this installation, e.g. https://hf.example.com
	SurveyDays int    `json:"survey_days,omitempty"` // how long survey links work; default: until the window closes, at least a week

	Quiet     string        `json:"quiet,omitempty"`      // hours in which nobody is called; default 21:00-08:00
	UnitQuiet map[ID]string `json:"unit_quiet,omitempty"` // of units, and those below them, that have others
}

// DayRange is days, both ends included, that are worked or not whatever the
// weekday.
type DayRange struct {
	From    Date `json:"from"`
	To      Date `json:"to"`
	Working bool `json:"working"`
	Name    Text `json:"name"`
}

// File is an uploaded photo, signature or document; its content is kept under
// Hash, its SHA-256 in hexadecimal.
type File struct {
	Org     ID
	Hash    string
	Media   string // media type, as its content shows
	Name    string
	Size    int64
	Staff   ID // who uploaded it first
	Created time.Time
}

// FileUse is a record that a file is attached to.
type FileUse struct {
	Org    ID
	Hash   string
	Kind   string // "followup" or "case"
	Record ID
}

// Preference is what a member of staff keeps for themselves: a saved view of a
// page or, where Page is empty, a preference.
type Preference struct {
	Org   ID
	Staff ID
	Page  string
	Name  string
	Body  string // JSON
}

// Unit is a place in the organization's tree: a region, an estate, a ward, a
// shop. Departments are named parts of a unit with a head of their own.
type Unit struct {
	Org         ID
	ID          ID
	Parent      ID // empty at the root
	Path        string
	Code        string // key in imports, unique in the organization
	Name        string
	Head        ID     // staff
	Zone        string // IANA zone; empty: the organization's
	Departments []Department
	Version     int64
}

// Department is a named part of a unit.
type Department struct {
	Name string `json:"name"`
	Head ID     `json:"head"`
}

// Staff is a person who works for the organization; with a Login they may log
// in.
type Staff struct {
	Org            ID
	ID             ID
	Code           string // key in imports (staff number or name), unique in the organization
	Name           string
	Login          string
	Phone          string
	Email          string
	Units          []ID
	Roles          []string // role codes, see Role
	Qualifications []Qualification
	Absences       []Absence
	Active         bool
	Lang           Lang
	Version        int64
}

// Qualification is a licence a program may demand; Until is its last valid day
// or NoDate when it does not expire.
type Qualification struct {
	Code  string `json:"code"`
	Until Date   `json:"until"`
}

// UnmarshalJSON reads the fields; a missing until is NoDate.
func (q *Qualification) UnmarshalJSON(b []byte) error {
	type fields Qualification
	v := fields{Until: NoDate}
	err := json.Unmarshal(b, &v)
	*q = Qualification(v)
	return err
}

// Absence is a range of days off, both ends included, with the colleague who
// stands in; To is NoDate while the return is unknown, From NoDate when it was
// always so. Substitutes chain: an absent substitute's own substitute works.
type Absence struct {
	From       Date `json:"from"`
	To         Date `json:"to"`
	Substitute ID   `json:"substitute"`
}

// UnmarshalJSON reads the fields; missing dates are NoDate.
func (a *Absence) UnmarshalJSON(b []byte) error {
	type fields Absence
	v := fields{From: NoDate, To: NoDate}
	err := json.Unmarshal(b, &v)
	*a = Absence(v)
	return err
}

// Covers tells whether the day is off.
func (a Absence) Covers(on Date) bool { return a.From <= on && (on <= a.To || a.To == NoDate) }

// HasRole tells whether the person holds the role.
func (s *Staff) HasRole(code string) bool {
	return slices.Contains(s.Roles, code)
}

// Qualified tells whether the person holds a licence valid on the day.
func (s *Staff) Qualified(code string, on Date) bool {
	for _, q := range s.Qualifications {
		if q.Code == code && (q.Until == NoDate || q.Until >= on) {
			return true
		}
	}
	return false
}

// AbsentOn is the absence that covers the day, if there is one: among several,
// the first that names a substitute.
func (s *Staff) AbsentOn(on Date) (found Absence, absent bool) {
	for _, a := range s.Absences {
		if a.Covers(on) && (!absent || found.Substitute == "") {
			found, absent = a, true
		}
	}
	return found, absent
}

// Role is a named set of permissions. Built-in roles come from the vocabulary,
// others from a pack or the organization.
type Role struct {
	Org         ID
	Code        string
	Name        Text
	Permissions []Permission
	Version     int64
}

// Contact is a customer: a household, patient, car owner, student, company or
// employee (see Kind).
type Contact struct {
	Org          ID
	ID           ID
	Code         string // key in imports, unique in the organization
	Kind         string
	Name         string
	Unit         ID
	Owner        ID // staff who owns the relationship
	Steward      ID // staff who looks after the household
	Phones       []string
	Email        string
	Address      string
	Attributes   Attributes
	DoNotContact bool
	Quiet        string // own quiet hours "21:00-09:00", empty: the organization's
	Version      int64
}

// Asset is what the service is given to: a home, vehicle, device.
type Asset struct {
	Org        ID
	ID         ID
	Code       string // room, plate or serial number, unique in the organization
	Kind       string
	Name       string
	Unit       ID
	Contact    ID
	Attributes Attributes
	Version    int64
}
