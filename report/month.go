package report

import (
	"github.com/huifang/huifang"
)

// MonthSheet is the month's statistics of an organization or of one unit and
// those below it (回访月统计表): units down, programs across, then programs,
// staff, unqualified records and recurrences as lists, the analysis and the
// signatures. It is plain data and survives JSON, so that a closed month can be
// kept as it stood.
type MonthSheet struct {
	Lang         huifang.Lang  `json:"lang"`         // language of the rendered sheet
	Organization huifang.Text  `json:"organization"` // whose sheet it is
	Unit         string        `json:"unit"`         // name of the unit at the top; empty: the whole organization
	Month        huifang.Month `json:"month"`
	Prepared     huifang.Date  `json:"prepared"` // the day the sheet was made, local to the unit
	PreparedBy   string        `json:"prepared_by"`
	Words        MonthWords    `json:"words,omitzero"` // the trade's

	Programs    []ProgramColumn  `json:"programs"`
	Units       []UnitRow        `json:"units"`
	Staff       []StaffRow       `json:"staff"`
	Unqualified []UnqualifiedRow `json:"unqualified"`
	Recurrences []RecurrenceRow  `json:"recurrences"`
	Unreachable []UnreachableRow `json:"unreachable"`
	NotPlanned  int64            `json:"not_planned"` // follow-ups the rules left unplanned this month, each with its reason
	Analysis    string           `json:"analysis"`    // the supervisor's own words; empty leaves room to write

	Frozen   bool          `json:"frozen"`    // the month is closed
	ClosedOn huifang.Date  `json:"closed_on"` // meaningful when Frozen
	Restated []Restatement `json:"restated"`  // what changed after the month was closed
}

// ProgramColumn is one program of the sheet, in display order. Target is the
// follow-up rate demanded, in percent; 0 demands none.
type ProgramColumn struct {
	Code   string       `json:"code"`
	Name   huifang.Text `json:"name"`
	Target float64      `json:"target"`
}

// UnitRow is one unit, listed in tree order: a unit comes before those below
// it, which have a greater Depth. Cells are the unit's own follow-ups by
// program code, without those of the units below; the sheet adds them up.
// Targets override the program's for this unit.
type UnitRow struct {
	ID      huifang.ID               `json:"id"`
	Name    string                   `json:"name"`
	Depth   int                      `json:"depth"`
	Cells   map[string]huifang.Tally `json:"cells"`
	Targets map[string]float64       `json:"targets,omitempty"`
}

// StaffRow is what one member of staff answered for as lead. A row without ID
// and Name holds the follow-ups nobody leads.
type StaffRow struct {
	ID    huifang.ID    `json:"id"`
	Name  string        `json:"name"`
	Unit  string        `json:"unit"`
	Tally huifang.Tally `json:"tally"`
}

// UnqualifiedRow is one record that was dissatisfied or unqualified
// (不合格回访). Contact is as it may be shown.
type UnqualifiedRow struct {
	Number     string            `json:"number"`
	Date       huifang.Date      `json:"date"` // the record's local date
	Unit       string            `json:"unit"`
	Contact    string            `json:"contact"`
	Asset      string            `json:"asset"`
	Program    huifang.Text      `json:"program"`
	Matter     string            `json:"matter"`
	Verdict    huifang.Verdict   `json:"verdict"`
	Department string            `json:"department"` // that the event names
	Said       string            `json:"said"`       // what the record says in words
	Opinion    string            `json:"opinion"`    // the reviewer's
	CaseNumber string            `json:"case_number"`
	CaseState  huifang.CaseState `json:"case_state"`
}

// UnreachableRow is one customer nobody reached, with the reason given. Contact
// is as it may be shown.
type UnreachableRow struct {
	Number  string       `json:"number"`
	Unit    string       `json:"unit"`
	Contact string       `json:"contact"`
	Asset   string       `json:"asset"`
	Program huifang.Text `json:"program"`
	Staff   string       `json:"staff"` // who was to do it
	Reason  string       `json:"reason"`
}

// RecurrenceRow is one flagged recurrence: the same contact complaining of the
// same matter, or the same asset repaired for the same thing again.
type RecurrenceRow struct {
	Unit       string `json:"unit"`
	Kind       string `json:"kind"` // as huifang.Recurrence.Kind: "contact" or "asset"
	Subject    string `json:"subject"`
	Matter     string `json:"matter"`
	Count      int    `json:"count"`
	Decision   string `json:"decision"` // as huifang.Recurrence.Decision: "", "major", "normal"
	Opinion    string `json:"opinion"`
	CaseNumber string `json:"case_number"`
}

// Restatement is one figure of a closed month that later changed: the tally of
// a unit and program as it was frozen, and as it is now.
type Restatement struct {
	Unit    string        `json:"unit"`
	Program huifang.Text  `json:"program"`
	Before  huifang.Tally `json:"before"`
	After   huifang.Tally `json:"after"`
}

// Total is the sum of every cell.
func (m *MonthSheet) Total() huifang.Tally {
	var sum huifang.Tally
	for _, u := range m.Units {
		sum = sum.Add(m.unitTotal(u))
	}
	return sum
}

// ProgramTotal is the sum of one program over all units.
func (m *MonthSheet) ProgramTotal(code string) huifang.Tally {
	var sum huifang.Tally
	for _, u := range m.Units {
		sum = sum.Add(u.Cells[code])
	}
	return sum
}

// unitTotal is a unit's own follow-ups over the sheet's programs. Cells of
// programs that the sheet does not list count nowhere.
func (m *MonthSheet) unitTotal(u UnitRow) huifang.Tally {
	var sum huifang.Tally
	for _, p := range m.Programs {
		sum = sum.Add(u.Cells[p.Code])
	}
	return sum
}

// below is how many rows after i are units below it.
func (m *MonthSheet) below(i int) int {
	n := 0
	for _, u := range m.Units[i+1:] {
		if u.Depth <= m.Units[i].Depth {
			break
		}
		n++
	}
	return n
}

// line is one line of the units' table.
type line struct {
	name    string
	depth   int
	sum     bool // adds up the units below it
	behind  Behind
	cells   map[string]huifang.Tally
	targets map[string]float64
}

// lines are the units as the table shows them: a unit with others below it
// shows their sum, and its own follow-ups, where it has any, on a line beneath.
func (m *MonthSheet) lines() []line {
	var out []line
	top := m.topDepth()
	for i, u := range m.Units {
		depth := u.Depth - top
		n := m.below(i)
		if n == 0 {
			out = append(out, line{name: u.Name, depth: depth, behind: Behind{Unit: u.ID}, cells: u.Cells, targets: u.Targets})
			continue
		}
		sum := line{name: u.Name, depth: depth, sum: true, behind: Behind{Unit: u.ID, Below: true}, cells: map[string]huifang.Tally{}, targets: u.Targets}
		for _, v := range m.Units[i : i+n+1] {
			for _, p := range m.Programs {
				sum.cells[p.Code] = sum.cells[p.Code].Add(v.Cells[p.Code])
			}
		}
		out = append(out, sum)
		if m.unitTotal(u) != (huifang.Tally{}) {
			own := huifang.Text{ZH: u.Name + "（本级）", EN: u.Name + " (itself)"}
			out = append(out, line{name: own.In(m.Lang), depth: depth + 1, behind: Behind{Unit: u.ID}, cells: u.Cells, targets: u.Targets})
		}
	}
	return out
}

func (m *MonthSheet) topDepth() int {
	top := 0
	for i, u := range m.Units {
		if i == 0 || u.Depth < top {
			top = u.Depth
		}
	}
	return top
}

// target is the rate demanded of a program on a line, in percent.
func (l line) target(p ProgramColumn) float64 {
	if t, ok := l.targets[p.Code]; ok {
		return t
	}
	return p.Target
}

// total is the line over all programs.
func (m *MonthSheet) total(l line) huifang.Tally {
	var sum huifang.Tally
	for _, p := range m.Programs {
		sum = sum.Add(l.cells[p.Code])
	}
	return sum
}

// missed tells whether a tally stays below a target in percent. A tally with
// nothing to do misses nothing.
func missed(t huifang.Tally, target float64) bool {
	n := t.Due - t.Waived
	return n > 0 && float64(t.Done)*100 < target*float64(n)
}
