package pack

import (
	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
)

// TestFile is a *_test.yaml file: histories with the follow-ups they must
// give.
type TestFile struct {
	Zone  string `yaml:"zone"`  // of units that name none; default Asia/Shanghai
	World World  `yaml:"world"` // of every test in the file
	Tests []Case `yaml:"tests"`
}

// Case is one history and what it must come to. Expect and Cases are always
// exact: what they do not list must not be. NotPlanned, Alerts, Ignored and
// Recurrences are exact where they are written, an empty list meaning none.
type Case struct {
	Name       string               `yaml:"name"`
	World      *World               `yaml:"world"` // over the file's: who has the same id is replaced
	Inputs     []plan.Line          `yaml:"inputs"`
	Until      huifang.Date         `yaml:"until"` // as at the end of this date
	Expect     []ExpectedRow        `yaml:"expect"`
	NotPlanned []ExpectedNotPlanned `yaml:"not_planned"`
	Cases      []ExpectedCase       `yaml:"cases"`
	Alerts     []ExpectedAlert      `yaml:"alerts"`
	Ignored    []ExpectedIgnored    `yaml:"ignored"`

	Recurrences []ExpectedRecurrence `yaml:"recurrences"`
}

// ExpectedRow is one follow-up. Program, opens, closes and state are always
// compared (state by default with planned), other fields where they are
// written.
type ExpectedRow struct {
	Program    string            `yaml:"program"`
	Step       string            `yaml:"step"`
	Occurrence int               `yaml:"occurrence"`
	Event      huifang.ID        `yaml:"event"`
	Contact    huifang.ID        `yaml:"contact"`
	Asset      huifang.ID        `yaml:"asset"`
	Unit       huifang.ID        `yaml:"unit"`
	Opens      string            `yaml:"opens"` // YYYY-MM-DD, or YYYY-MM-DDTHH:MM
	Closes     string            `yaml:"closes"`
	Assignees  []string          `yaml:"assignees"` // staff ids, role:NAME for one not found, in order
	Channels   []huifang.Channel `yaml:"channels"`
	Form       string            `yaml:"form"`
	State      huifang.State     `yaml:"state"`
	Reason     string            `yaml:"reason"`
}

// ExpectedNotPlanned is one follow-up that was considered and not planned.
type ExpectedNotPlanned struct {
	Program string     `yaml:"program"`
	Step    string     `yaml:"step"`
	Event   huifang.ID `yaml:"event"`
	Contact huifang.ID `yaml:"contact"`
	Reason  string     `yaml:"reason"`
}

// ExpectedCase is one case that an outcome opens.
type ExpectedCase struct {
	Step     string           `yaml:"step"`
	Event    huifang.ID       `yaml:"event"` // the start event of the follow-up
	Contact  huifang.ID       `yaml:"contact"`
	Severity huifang.Severity `yaml:"severity"`
	Owner    []string         `yaml:"owner"`
	Due      string           `yaml:"due"`
	Verdict  huifang.Verdict  `yaml:"verdict"`
}

// ExpectedAlert is one alert to people.
type ExpectedAlert struct {
	Step   string     `yaml:"step"`
	Event  huifang.ID `yaml:"event"`
	To     []string   `yaml:"to"`
	Reason string     `yaml:"reason"` // late or outcome
}

// ExpectedIgnored is one outcome that changed nothing.
type ExpectedIgnored struct {
	ID     huifang.ID `yaml:"id"` // of the input
	Reason string     `yaml:"reason"`
}

// ExpectedRecurrence is one thing that the pack's rules flag in the inputs.
type ExpectedRecurrence struct {
	Rule    string     `yaml:"rule"`
	Subject huifang.ID `yaml:"subject"`
	Matter  string     `yaml:"matter"`
	Month   string     `yaml:"month"` // YYYY-MM
	Count   int        `yaml:"count"`
}

func (e *ExpectedRow) matches(r *plan.Row) bool {
	state := e.State
	if state == "" {
		state = huifang.StatePlanned
	}
	return r.Program == e.Program && r.Window.Opens.String() == e.Opens && r.Window.Closes.String() == e.Closes && r.State == state &&
		same(e.Step, r.Step) && same(e.Occurrence, r.Occurrence) && same(e.Event, r.Event) && same(e.Contact, r.Contact) &&
		same(e.Asset, r.Asset) && same(e.Unit, r.Unit) && same(e.Form, r.Form) && same(e.Reason, r.Reason) &&
		alike(e.Assignees, names(r.Assignees)) && alike(texts(e.Channels...), texts(r.Channels...))
}

func (e *ExpectedNotPlanned) matches(s *plan.Skipped) bool {
	return same(e.Program, s.Program) && same(e.Step, s.Step) && same(e.Event, s.Event) && same(e.Contact, s.Contact) && same(e.Reason, s.Reason)
}

func (e *ExpectedCase) matches(c *plan.Effect) bool {
	return same(e.Step, c.Step) && same(e.Event, c.Origin.ID) && same(e.Contact, c.Origin.Contact) && same(e.Severity, c.Case.Severity) &&
		same(e.Due, c.Due.String()) && same(string(e.Verdict), c.Reason) && alike(e.Owner, names(c.Assignees))
}

func (e *ExpectedAlert) matches(a *plan.Effect) bool {
	return same(e.Step, a.Step) && same(e.Event, a.Origin.ID) && same(e.Reason, a.Reason) && alike(e.To, names(a.Assignees))
}

func (e *ExpectedIgnored) matches(i *plan.Ignored) bool {
	return same(e.ID, i.Input.Event.ID) && same(e.Reason, i.Reason)
}

func (e *ExpectedRecurrence) matches(a *Again) bool {
	return same(e.Rule, a.Rule) && same(e.Subject, a.Subject) && same(e.Matter, a.Matter) && same(e.Month, a.Month.String()) && same(e.Count, a.Count)
}

// same compares a value with what is expected, where that is written.
func same[T comparable](want, got T) bool {
	var none T
	return want == none || want == got
}

// alike compares lists, where the expected one is written.
func alike(want, got []string) bool {
	if want == nil {
		return true
	}
	if len(want) != len(got) {
		return false
	}
	for i := range want {
		if want[i] != got[i] {
			return false
		}
	}
	return true
}

func names(as []huifang.Assignee) []string {
	out := make([]string, len(as))
	for i, a := range as {
		out[i] = a.String()
	}
	return out
}
