package pack

import (
	"slices"
	"strings"

	"github.com/huifang/huifang"
)

// Ledger is a sheet that the trade keeps and hands in (台账、明细表): filled from
// what is recorded, shown on screen, exported as it is printed.
type Ledger struct {
	Code        string       `yaml:"code"`
	Name        huifang.Text `yaml:"name"`
	Title       huifang.Text `yaml:"title"` // over the sheet, may hold {{organization}}, {{unit}} and {{period}}; default: the name
	Description huifang.Text `yaml:"description"`
	Source      string       `yaml:"source"`

	Rows     string   `yaml:"rows"`     // what a row is: followups (default), contacts, or groups
	By       Reading  `yaml:"by"`       // groups: what the follow-ups, or with Contacts the contacts, of one row share
	Contacts []string `yaml:"contacts"` // kinds: of contacts and groups, each contact of these counts, followed up or not
	Programs []string `yaml:"programs"` // empty: every program of the pack
	Steps    []string `yaml:"steps"`    // empty: every step
	When     string   `yaml:"when"`     // CEL over each follow-up, see plan.CompileFacts; cancelled ones are left out
	Period   string   `yaml:"period"`   // day, week, month, quarter, year; empty: all there is
	Dated    string   `yaml:"dated"`    // what places a follow-up in a period: closes (default), opens, done, or open: to be worked or done in it
	Layout   string   `yaml:"layout"`   // list (default), or cards: one form for each row, with lines below

	Columns    []LedgerColumn `yaml:"columns"`    // of a list; of cards the facts at the head
	Lines      []LedgerColumn `yaml:"lines"`      // of cards of contacts: one line for each follow-up
	Heading    Reading        `yaml:"heading"`    // lists of follow-ups: rows stand under headings by it
	Signatures []huifang.Text `yaml:"signatures"` // who signs below
	Notes      []huifang.Text `yaml:"notes"`
}

// LedgerColumn is one column of a ledger. It shows a value of the row, or counts
// the row's follow-ups, a number that leads to them.
type LedgerColumn struct {
	Title huifang.Text `yaml:"title"`
	Width float64      `yaml:"width"` // in half-width characters; default by what it shows
	Left  bool         `yaml:"left"`  // texts that are read rather than compared

	Value Reading `yaml:"value"`
	Tell  string  `yaml:"tell"`  // instead of Value: CEL over the follow-up that yields a text or number
	Pick  string  `yaml:"pick"`  // of contacts and groups: from which follow-up Value is read: last (default), first, next, or each: all of them
	When  string  `yaml:"when"`  // CEL: only these follow-ups count for Pick and Days
	Count string  `yaml:"count"` // CEL: how many follow-ups it holds for; "true": all
	Of    string  `yaml:"of"`    // CEL: makes Count a share of those it holds for
	Per   string  `yaml:"per"`   // contact: Count and Of count contacts, each by its last follow-up for which Of holds
	Mean  Reading `yaml:"mean"`  // the average of numbers
	Blank bool    `yaml:"blank"` // to be filled in by hand
	Days  bool    `yaml:"days"`  // a narrow column for each day of the period, with Value or Tell of that day's follow-up
}

// Reading says what is read from a record: the first of several alternatives,
// separated by "|", that has something. A name is one of Readings, or
//
//	answer:ITEM               the answer to an item of the form
//	attribute:NAME            of the event, else the contact, else the asset
//	contact.attribute:NAME    of the contact
//	asset.attribute:NAME      of the asset
type Reading []string

// UnmarshalText reads alternatives separated by "|"; empty text is nothing to
// read.
func (r *Reading) UnmarshalText(b []byte) error {
	*r = nil
	if len(b) == 0 {
		return nil
	}
	for part := range strings.SplitSeq(string(b), "|") {
		part = strings.TrimSpace(part)
		kind, name, has := strings.Cut(part, ":")
		if part == "" || has && (name == "" || !slices.Contains(readingKinds(), kind)) || !has && !slices.Contains(Readings(), part) {
			return huifang.Invalid("reading.unknown", meant("没有可读取的项“"+part+"”", "there is nothing to read called “"+part+"”", part, Readings()))
		}
		*r = append(*r, part)
	}
	return nil
}

// MarshalText writes the alternatives as UnmarshalText reads them.
func (r Reading) MarshalText() ([]byte, error) { return []byte(strings.Join(r, " | ")), nil }

func readingKinds() []string {
	return []string{"answer", "attribute", "contact.attribute", "asset.attribute"}
}

// Readings lists what can be read from a follow-up and what belongs to it.
func Readings() []string {
	return []string{
		"index", // the row's number
		"number", "program", "step", "occurrence", "opens", "closes", "state", "assignees", "reason", "department", "unit", "matter",
		"done_on", "done_at", "done_by", "channel", "verdict", "score", "review", "opinion", // opinion: the reviewer's
		"attempts", "tried", "tries", // how many; how the last ended; each with its time and end
		"event_on", "event_staff", "event_key",
		"contact.code", "contact.name", "contact.kind", "contact.phone", "contact.email", "contact.address", "contact.owner", "contact.steward",
		"asset.code", "asset.name", "asset.kind",
		"case.number", "case.state", "case.owner", "case.due", "case.measures", "case.resolution", "case.closed_on",
		"case.final", // what the customer said at last
		"group",      // what the follow-ups of a group share
	}
}

// Periods lists the periods of ledgers, shortest first.
func Periods() []string { return []string{"day", "week", "month", "quarter", "year"} }

// Ledger is the ledger of that code.
func (p *Pack) Ledger(code string) (*Ledger, bool) {
	for i := range p.Ledgers {
		if p.Ledgers[i].Code == code {
			return &p.Ledgers[i], true
		}
	}
	return nil, false
}

// ProgramsOf are the codes of the programs whose follow-ups a ledger shows.
func (p *Pack) ProgramsOf(l *Ledger) []string {
	if len(l.Programs) > 0 {
		return l.Programs
	}
	out := make([]string, len(p.Programs))
	for i := range p.Programs {
		out[i] = p.Programs[i].Code
	}
	return out
}
