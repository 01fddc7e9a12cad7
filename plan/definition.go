package plan

import (
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
)

// Definition is a program as a pack writes it: what starts it, which
// follow-ups it demands and when, who does them by which channel, and what
// follows from their outcome. It is plain data; Compile turns it into a
// Program.
type Definition struct {
	Code        string       `yaml:"code"`
	Name        huifang.Text `yaml:"name"`
	Description huifang.Text `yaml:"description"`
	Source      string       `yaml:"source"` // document and section the rule comes from
	Version     int          `yaml:"version"`

	Subject  Subject         `yaml:"subject"`   // what one enrollment is for; default event
	Start    []Match         `yaml:"start"`     // any of these starts an enrollment
	Restart  bool            `yaml:"restart"`   // contact, asset, staff: a later start event anchors anew
	Stop     []Match         `yaml:"stop"`      // cancels what is not done
	Update   []Match         `yaml:"update"`    // events whose attributes replace the start's, as contact.changed and asset.changed do
	CoolDown calendar.Offset `yaml:"cool_down"` // no follow-up within this after another one with the same contact

	Target   float64           `yaml:"target"`   // follow-up rate demanded, percent
	Review   *float64          `yaml:"review"`   // share of records sampled for review, percent; default 100
	Channels []huifang.Channel `yaml:"channels"` // in order of preference
	Retry    Retry             `yaml:"retry"`
	Assign   []Assign          `yaml:"assign"`
	Form     string            `yaml:"form"`
	Script   string            `yaml:"script"`
	Steps    []Step            `yaml:"steps"`
	Outcomes []Outcome         `yaml:"outcomes"`
	Late     []Escalation      `yaml:"late"`
}

// Subject is what one enrollment is for.
type Subject string

// The subjects.
const (
	SubjectEvent   Subject = "event"
	SubjectContact Subject = "contact"
	SubjectAsset   Subject = "asset"
	SubjectStaff   Subject = "staff"
)

// Match selects events: by type, and by a CEL condition over them.
type Match struct {
	On   string `yaml:"on"`
	When string `yaml:"when"` // CEL, empty: always
}

// AllReviewed is the share of records that are reviewed where a program does
// not say, in percent.
const AllReviewed = 100

// ReviewShare is the share of records sampled for review, in percent.
func (d *Definition) ReviewShare() float64 {
	if d.Review == nil {
		return AllReviewed
	}
	return *d.Review
}

// Step is one follow-up, or a series of them, that the program demands. Exactly
// one of its anchors says what its window counts from; none means the start
// event.
type Step struct {
	Code string       `yaml:"code"`
	Name huifang.Text `yaml:"name"`
	When string       `yaml:"when"` // CEL, empty: always

	// Anchors.
	Attribute string     `yaml:"attribute"` // a date (or date and time) attribute
	Otherwise *Fallback  `yaml:"otherwise"` // where the attribute is missing
	Middle    []string   `yaml:"middle"`    // two date attributes: first + ⌊days between ÷ 2⌋
	Event     *Match     `yaml:"event"`     // each such event after the start
	Count     *Count     `yaml:"count"`     // the n-th such event since the start
	Remaining *Remaining `yaml:"remaining"` // the event after which at most so many are left
	Idle      *Idle      `yaml:"idle"`      // no such event for a time
	After     *After     `yaml:"after"`     // the outcome of another step, or of this one

	Opens  calendar.Offset `yaml:"opens"`  // default: day 0
	Closes calendar.Offset `yaml:"closes"` // default: as Opens
	From   *huifang.Clock  `yaml:"from"`   // time of day the window opens; default: none
	Until  *huifang.Clock  `yaml:"until"`  // time of day the window closes; default: none
	Shift  Shift           `yaml:"shift"`  // what to do when the window opens on a day off
	Repeat *Repeat         `yaml:"repeat"`
	Ends   string          `yaml:"ends"` // CEL; once true, nothing more is planned and what has not closed is cancelled
	Once   bool            `yaml:"once"` // at most once per enrollment, whatever restarts

	// Overrides of the program's values; empty: the program's.
	Channels []huifang.Channel `yaml:"channels"`
	Assign   []Assign          `yaml:"assign"`
	Form     string            `yaml:"form"`
	Script   string            `yaml:"script"`
	Message  string            `yaml:"message"` // template sent by itself on the first channel when the window opens
	Outcomes []Outcome         `yaml:"outcomes"`
	Late     []Escalation      `yaml:"late"`
}

// Fallback is the window, from the start event, of a step whose date attribute
// is missing.
type Fallback struct {
	Opens  calendar.Offset `yaml:"opens"`
	Closes calendar.Offset `yaml:"closes"`
}

// Count anchors at the n-th matching event since the start, by event time.
type Count struct {
	Of Match `yaml:"of"`
	N  int   `yaml:"n"`
}

// Remaining anchors at the matching event after which at most AtMost of the
// number in attribute Total are left; at the start when that holds at once.
type Remaining struct {
	Of     Match  `yaml:"of"`
	Total  string `yaml:"total"`
	AtMost int    `yaml:"at_most"`
}

// Idle anchors on the day no matching event has happened For so long since the
// last one (or the start), and again every Again while that stays so. It is
// planned on the day it becomes true, never ahead.
type Idle struct {
	Of    Match           `yaml:"of"`
	For   calendar.Offset `yaml:"for"`
	Again calendar.Offset `yaml:"again"`
}

// After anchors at outcomes of Steps: at the date in Answer where it is named
// (an outcome without that answer plans nothing), else at the outcome's time.
type After struct {
	Steps  []string `yaml:"steps"`
	On     []string `yaml:"on"` // completed, unreachable, waived; default completed
	When   string   `yaml:"when"`
	Answer string   `yaml:"answer"`
}

// Repeat makes a step a series: on every multiple of Every from the anchor,
// whether or not the earlier one was done. A series with Times is planned at
// once; one without end is planned as each window opens, or Ahead of it.
type Repeat struct {
	Every     calendar.Offset `yaml:"every"`
	Weekday   string          `yaml:"weekday"` // instead of Every: each such day after the anchor
	Days      []int           `yaml:"days"`    // instead of Every: these day counts from the anchor
	Attribute string          `yaml:"attribute"`
	Table     []Bucket        `yaml:"table"` // instead of Every: by the number in Attribute; a change anchors anew
	Times     int             `yaml:"times"` // 0: without end
	Ahead     calendar.Offset `yaml:"ahead"`
}

// Bucket is one row of a Repeat table: values up to and including UpTo repeat
// Every. A value above every bucket plans nothing (by hand).
type Bucket struct {
	UpTo  float64         `yaml:"up_to"`
	Every calendar.Offset `yaml:"every"`
}

// Shift says what to do with a window that would open on a non-working day.
type Shift string

// The shifts.
const (
	ShiftNone     Shift = ""
	ShiftNext     Shift = "next_working_day"
	ShiftPrevious Shift = "previous_working_day"
)

// Retry is the ladder of attempts: Tries per follow-up, Every apart, going to
// the next channel each time; exhausted, the follow-up may be closed as
// unreachable.
type Retry struct {
	Tries int             `yaml:"tries"` // default 3
	Every calendar.Offset `yaml:"every"` // default 1d
}

// Assign names who does a follow-up: the first rule whose condition holds.
type Assign struct {
	When          string     `yaml:"when"`          // CEL, empty: always
	To            []Resolver `yaml:"to"`            // all of these together
	Qualification string     `yaml:"qualification"` // licence every assignee must hold on the opening day
	Exclude       []Resolver `yaml:"exclude"`       // never these, e.g. who did the work
	LeastLoaded   bool       `yaml:"least_loaded"`  // among several in a role, whoever has least open
}

// Resolver finds one person: the first alternative that yields somebody.
// Written as a string, alternatives separated by "|":
//
//	head              the unit's head, else the nearest ancestor's
//	department_head   head of the event's department in the unit or an ancestor
//	steward, owner    of the contact
//	event_staff       who did the work
//	attribute:NAME    the staff code in that attribute
//	role:NAME         a holder of the role in the unit, else in the nearest ancestor
type Resolver []string

// UnmarshalText reads alternatives separated by "|".
func (r *Resolver) UnmarshalText(b []byte) error {
	*r = nil
	for part := range strings.SplitSeq(string(b), "|") {
		part = strings.TrimSpace(part)
		kind, name, has := strings.Cut(part, ":")
		switch kind {
		case "head", "department_head", "steward", "owner", "event_staff":
			if has {
				return badResolver(part)
			}
		case "attribute", "role":
			if name == "" {
				return badResolver(part)
			}
		default:
			return badResolver(part)
		}
		*r = append(*r, part)
	}
	return nil
}

// MarshalText writes the alternatives as UnmarshalText reads them.
func (r Resolver) MarshalText() ([]byte, error) { return []byte(strings.Join(r, " | ")), nil }

func badResolver(s string) error {
	return huifang.Invalid("resolver.invalid", huifang.Textf(
		"“%s”不是有效的分派对象；可用：head、department_head、steward、owner、event_staff、attribute:名称、role:名称",
		"%q does not name an assignee; use head, department_head, steward, owner, event_staff, attribute:NAME or role:NAME", s))
}

// Outcome says what follows when a follow-up ends.
type Outcome struct {
	On    []string          `yaml:"on"`   // completed, unreachable, waived; default completed
	When  string            `yaml:"when"` // CEL over answers, verdict, score, attr
	Case  *OpenCase         `yaml:"case"`
	Alert []Resolver        `yaml:"alert"`
	Set   map[string]string `yaml:"set"` // contact attribute → CEL expression
	Tag   string            `yaml:"tag"`
}

// OpenCase describes the case an outcome opens.
type OpenCase struct {
	Severity huifang.Severity `yaml:"severity"`
	Owner    []Resolver       `yaml:"owner"`
	Due      calendar.Offset  `yaml:"due"` // from the outcome's day
}

// Escalation alerts people when a follow-up is still open After its window.
type Escalation struct {
	After calendar.Offset `yaml:"after"`
	Alert []Resolver      `yaml:"alert"`
}

// EventType is a type of event a pack knows, with the attributes it carries.
type EventType struct {
	Type        string          `yaml:"type"`
	Name        huifang.Text    `yaml:"name"`
	Description huifang.Text    `yaml:"description"`
	Needs       []string        `yaml:"needs"` // "contact", "asset", "unit", "department", "staff"
	Attributes  []AttributeType `yaml:"attributes"`
	Checks      []EventCheck    `yaml:"checks"`  // what must hold between its attributes
	Follows     *Follows        `yaml:"follows"` // what must have happened before
}

// EventCheck is a condition that an event must meet to be taken, e.g. that a
// discharge is not before the admission. A condition that cannot be told, since
// an attribute is missing, is met. Besides the names of other conditions it
// knows at, the event's time, and day(x), the date of a time.
type EventCheck struct {
	Code    string       `yaml:"code"`
	Must    string       `yaml:"must"`    // CEL
	Field   string       `yaml:"field"`   // attribute at fault
	Message huifang.Text `yaml:"message"` // what is wrong and how to mend it
}

// Follows says that an event of a contact is only taken after another of the
// same contact, e.g. a lesson after the enrolment.
type Follows struct {
	Of      []string     `yaml:"of"`    // any of these types
	Until   []string     `yaml:"until"` // one of these since then undoes it
	Message huifang.Text `yaml:"message"`
}

// AttributeType is one named, typed attribute of an event, contact or asset.
type AttributeType struct {
	Name     string       `yaml:"name"`
	Label    huifang.Text `yaml:"label"`
	Type     string       `yaml:"type"` // text, number, bool, date, datetime, choice, list
	Values   []Value      `yaml:"values"`
	Required bool         `yaml:"required"`
	Min      *float64     `yaml:"min"`
	Max      *float64     `yaml:"max"`
}

// Value is one value of a choice attribute, with the words people write for it.
type Value struct {
	Code     string       `yaml:"code"`
	Name     huifang.Text `yaml:"name"`
	Synonyms []string     `yaml:"synonyms"`
}

// weekdays by their names in packs.
var weekdays = map[string]time.Weekday{ //nolint:gochecknoglobals // constant table
	"monday": time.Monday, "tuesday": time.Tuesday, "wednesday": time.Wednesday, "thursday": time.Thursday,
	"friday": time.Friday, "saturday": time.Saturday, "sunday": time.Sunday,
}
