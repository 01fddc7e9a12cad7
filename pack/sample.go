package pack

import (
	"cmp"

	"github.com/huifang/huifang"
)

// Sample says how to make up a year of a trade to try it on: who the
// organization is, who its customers are, what happens to them and in which
// order, what they answer. All names are invented.
//
// Its texts are patterns: braces stand for what is drawn anew each time, see
// SampleTokens. A list of values is one to draw from, each as likely; repeat
// one to favour it.
type Sample struct {
	Organization huifang.Text        `yaml:"organization"`
	Units        []SampleUnit        `yaml:"units"`
	Departments  []string            `yaml:"departments"` // of every unit, each with a head
	Staff        []SampleStaff       `yaml:"staff"`
	FamilyNames  []string            `yaml:"family_names"`
	GivenNames   []string            `yaml:"given_names"`
	Words        map[string][]string `yaml:"words"` // lists that patterns draw from, as {list:NAME}
	Contacts     []SampleContact     `yaml:"contacts"`
	Assets       []SampleAsset       `yaml:"assets"`
	Events       []SampleEvent       `yaml:"events"`
	Answers      []SampleAnswer      `yaml:"answers"`
	Phrases      SamplePhrases       `yaml:"phrases"`
	Outcomes     SampleOutcomes      `yaml:"outcomes"`
	Register     string              `yaml:"register"` // sheet of Import.Sheets that a day of it is written as, to try the import; empty: a register of all that happens
}

// SampleUnit is one estate, shop or ward; a parent is only a node of the tree.
type SampleUnit struct {
	Code      string `yaml:"code"`
	Parent    string `yaml:"parent"`
	Name      string `yaml:"name"`
	Contacts  int    `yaml:"contacts"`  // how many customers; 0 for a node of the tree
	Buildings int    `yaml:"buildings"` // what {home} counts through
	Entrances int    `yaml:"entrances"`
	Floors    int    `yaml:"floors"`
	PerFloor  int    `yaml:"per_floor"`
}

// SampleStaff is how many hold a role in each unit that has customers.
type SampleStaff struct {
	Code           string                `yaml:"code"` // role code
	PerUnit        int                   `yaml:"per_unit"`
	Qualifications []SampleQualification `yaml:"qualifications"`
	Absent         int                   `yaml:"absent"` // how many of them are away on the last days, a colleague standing in
}

// SampleQualification is a licence that holders of a role have.
type SampleQualification struct {
	Code   string `yaml:"code"`
	Days   []int  `yaml:"days"`   // least and most days it is still valid at the end of the history
	Lapsed int    `yaml:"lapsed"` // how many of a unit's let it lapse before the history began
}

// SampleContact is a kind of customer.
type SampleContact struct {
	Code       string           `yaml:"code"`  // kind of contact, unless Kind says it
	Kind       string           `yaml:"kind"`  // kind of contact, where several entries are of one
	Share      int              `yaml:"share"` // how many of all customers, against the shares of the other kinds; default 1
	Name       []string         `yaml:"name"`  // default {person}
	Phones     []string         `yaml:"phones"`
	NoPhone    float64          `yaml:"no_phone"` // percent without any
	Address    []string         `yaml:"address"`
	Email      []string         `yaml:"email"`
	Owner      string           `yaml:"owner"`   // role of who owns the relationship
	Steward    string           `yaml:"steward"` // role of who looks after them
	Attributes map[string][]any `yaml:"attributes"`
}

// Of is the kind of contact.
func (s *SampleContact) Of() string { return cmp.Or(s.Kind, s.Code) }

// SampleAsset is a kind of thing the service is given to.
type SampleAsset struct {
	Code       string           `yaml:"code"`   // kind of asset
	Kinds      []string         `yaml:"kinds"`  // of contacts that have one; empty: all
	Owned      []int            `yaml:"owned"`  // how many each has from the beginning; empty: events make them
	Number     []string         `yaml:"number"` // its code
	Name       []string         `yaml:"name"`   // default: the number
	Attributes map[string][]any `yaml:"attributes"`
}

// SampleEvent is something that happens: by itself at a rate, at the beginning,
// or because of another, see Then.
type SampleEvent struct {
	Code       string           `yaml:"code"`
	Event      string           `yaml:"event"`
	Kinds      []string         `yaml:"kinds"`   // of contact it may happen to; empty: all
	Monthly    float64          `yaml:"monthly"` // how often it happens by itself, per 100 customers
	Initial    float64          `yaml:"initial"` // percent of the customers to whom it happens in the first days
	Spread     int              `yaml:"spread"`  // how many days the initial ones are spread over; default 28
	Once       bool             `yaml:"once"`    // not by itself while what it led to goes on
	Asset      string           `yaml:"asset"`   // own: one the customer has; new:KIND: one that is made; none; default: that of what led to it
	Staff      string           `yaml:"staff"`   // role of who did it
	Time       []huifang.Clock  `yaml:"time"`    // earliest and latest time of day; default 08:00 and 19:00
	Matters    []SampleMatter   `yaml:"matters"` // default: that of what led to it
	Attributes map[string][]any `yaml:"attributes"`
	Hours      []int            `yaml:"hours"`  // least and most hours since opened_at
	Ends       bool             `yaml:"ends"`   // nothing that is still to come of what led to it happens
	Then       []SampleNext     `yaml:"then"`   // each of them
	Either     []SampleNext     `yaml:"either"` // at most one of them
}

// SampleNext is what follows from an event.
type SampleNext struct {
	Code   string  `yaml:"code"`   // of the event that follows
	Chance float64 `yaml:"chance"` // percent; default 100
	Days   []int   `yaml:"days"`   // least and most days later; default 0
	On     string  `yaml:"on"`     // date or time attribute of this event that it happens on, shifted by Days
	Times  []int   `yaml:"times"`  // least and most times; default once
	Every  []int   `yaml:"every"`  // least and most days between them
}

// SampleMatter is something an event may be about and who answers for it.
type SampleMatter struct {
	Text       string           `yaml:"text"`
	Department string           `yaml:"department"`
	Attributes map[string][]any `yaml:"attributes"` // that go with it
}

// SampleAnswer is what is answered to an item of a form.
type SampleAnswer struct {
	Code    string  `yaml:"code"`    // item, or form.item
	Happy   []any   `yaml:"happy"`   // while all is well
	Unhappy []any   `yaml:"unhappy"` // otherwise; default: as Happy
	Chance  float64 `yaml:"chance"`  // percent that an item that may be left out is answered
}

// SamplePhrases are what staff write. Empty lists have plain words of our own.
type SamplePhrases struct {
	Measures    []string `yaml:"measures"`    // what is to be done about a case
	Finished    []string `yaml:"finished"`    // that a measure is done
	Resolved    []string `yaml:"resolved"`    // that a case is settled
	Explained   []string `yaml:"explained"`   // why it cannot be settled at once
	Unreachable []string `yaml:"unreachable"` // why nobody was reached
	Waived      []string `yaml:"waived"`      // why a follow-up need not be done
	Redo        []string `yaml:"redo"`        // why a record has to be made again
	Refused     []string `yaml:"refused"`     // why a record is unqualified
	Normal      []string `yaml:"normal"`      // decision on a recurrence: not major
	Major       []string `yaml:"major"`       // decision on a recurrence: major
}

// SampleOutcomes are shares in percent of the follow-ups that have opened; the
// rest is done very late.
type SampleOutcomes struct {
	OnTime       float64 `yaml:"on_time"`
	Late         float64 `yaml:"late"`
	Unreachable  float64 `yaml:"unreachable"`
	Waived       float64 `yaml:"waived"`
	Dissatisfied float64 `yaml:"dissatisfied"` // of those done
	Unqualified  float64 `yaml:"unqualified"`  // of those done
}

// SampleTokens lists what may stand in the braces of a pattern, up to its
// colon, with what it is drawn as. A value that is nothing but a number token
// is a number.
func SampleTokens() map[string]string {
	return map[string]string{
		"person":     "a name",
		"family":     "a family name",
		"given":      "a given name",
		"list":       "{list:NAME}: one of the words of that list",
		"digits":     "{digits:4}: so many digits",
		"letters":    "{letters:2}: so many capital letters",
		"seq":        "{seq:5}: a running number of the organization, with so many digits",
		"number":     "{number:10..90} or {number:10..90:5}: a number, by steps",
		"day":        "{day:-3..20}: a date so many days from the event; {day:1..9 09:00..17:30}: with a time",
		"n":          "which time it is, of an event that happens several times",
		"is":         "{is:NAME}: the attribute as drawn before, of event, what led to it, asset or customer",
		"staff":      "{staff:ROLE}: the name of somebody of that role, of the department where there is one",
		"unit":       "the unit's name",
		"unit_code":  "the unit's code",
		"department": "the department",
		"contact":    "the customer's name",
		"number_of":  "{number_of:contact}: the customer's running number in the unit",
		"home":       "the customer's home, e.g. 3栋2单元502",
	}
}
