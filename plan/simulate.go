package plan

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/huifang/huifang"
)

// People is who a simulation knows besides its events: what a staff file says.
type People struct {
	Roster   *Roster
	Contacts []huifang.Contact
	Assets   []huifang.Asset
}

// Row is one follow-up of a simulation.
type Row struct {
	Program    string
	Step       string
	Occurrence int
	Event      huifang.ID
	Contact    huifang.ID
	Asset      huifang.ID
	Unit       huifang.ID
	Window     huifang.Window
	Assignees  []huifang.Assignee
	Channels   []huifang.Channel
	Form       string
	State      huifang.State
	Missed     bool // cancelled after its window had closed undone: statistics count it as overdue
	Reason     string
	Why        Explanation
}

// Skipped is something a simulation considered and did not plan.
type Skipped struct {
	Program string
	Step    string
	Event   huifang.ID
	Contact huifang.ID
	Asset   huifang.ID
	Window  huifang.Window
	Reason  string
	Count   int
	Why     Explanation
}

// Simulation is what a history leads to as at its end.
type Simulation struct {
	Rows    []Row
	Skipped []Skipped
	Cases   []Effect // as EffectCase, in order
	Alerts  []Effect
	Ignored []Ignored
}

// Ignored is an outcome that changed nothing, with the reason.
type Ignored struct {
	Input  Input
	Reason string
}

// Simulate folds the history over the set's programs and returns what is
// planned as at until: the follow-ups sorted by opens, program, step, contact.
// Inputs are taken in the order of their times; an event id seen before is
// skipped. history holds for inputs received long after they happened (law 6):
// then received is when, and closed windows are not planned; zero: each input
// is received when it happens.
func Simulate(set *Set, people People, inputs []Input, until time.Time) (Simulation, error) {
	m := newMemory(set, people)
	ordered := slices.Clone(inputs)
	slices.SortStableFunc(ordered, func(a, b Input) int { return a.Event.At.Compare(b.Event.At) })
	for i := range ordered {
		in := &ordered[i]
		if in.Event.At.After(until) {
			break
		}
		if err := m.wake(in.Event.At); err != nil {
			return Simulation{}, err
		}
		if err := m.take(in, in.Event.At); err != nil {
			return Simulation{}, err
		}
	}
	if err := m.wake(until); err != nil {
		return Simulation{}, err
	}
	return m.result(until), nil
}

// EndOf is the last instant of a date in a zone: the as-at of --until.
func EndOf(d huifang.Date, loc *time.Location) time.Time {
	return (d + 1).At(0, loc).Add(-time.Millisecond)
}

// result sorts and shows the rows as at an instant.
func (m *memory) result(until time.Time) Simulation {
	sim := m.sim
	sim.Rows = make([]Row, 0, len(m.rows))
	for _, r := range m.rows {
		row := *r
		if row.State == huifang.StatePlanned && !row.Window.ClosesAt(m.people.Roster.Location(row.Unit)).After(until) {
			row.State = huifang.StateOverdue
		}
		sim.Rows = append(sim.Rows, row)
	}
	slices.SortStableFunc(sim.Rows, CompareRows)
	return sim
}

// CompareRows orders by opens, program, step, contact, then what tells equal
// ones apart.
func CompareRows(a, b Row) int {
	return cmp.Or(
		strings.Compare(a.Window.Opens.String(), b.Window.Opens.String()), strings.Compare(a.Program, b.Program), strings.Compare(a.Step, b.Step),
		cmp.Compare(a.Contact, b.Contact), cmp.Compare(a.Asset, b.Asset), cmp.Compare(a.Occurrence, b.Occurrence), cmp.Compare(a.Event, b.Event),
	)
}
