package app

import (
	"cmp"
	"slices"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/report"
)

// mostQuiet is how many programs a sheet shows although none of their
// follow-ups were due; with more, those are left out to leave room.
const mostQuiet = 4

// sheet lays out the month of the units given; nil: of all, and what belongs to
// no unit.
func (m *monthFacts) sheet(units []huifang.ID) *report.MonthSheet {
	out := &report.MonthSheet{Month: m.Month, Programs: []report.ProgramColumn{}, NotPlanned: m.NotPlanned, Words: m.Words}
	in := chosen(units)
	due := map[string]int64{}
	for _, t := range m.Tallies {
		if in(t.Unit) {
			due[t.Program] += t.Tally.Due
		}
	}
	for _, p := range m.Programs {
		if due[p.Code] > 0 || len(m.Programs) <= mostQuiet {
			out.Programs = append(out.Programs, p)
		}
	}
	if len(out.Programs) == 0 {
		out.Programs = m.Programs
	}
	out.Units = m.unitRows(in, units == nil)
	out.Staff = m.staffRows(in)
	for _, u := range m.Unqualified {
		if in(u.Unit) {
			out.Unqualified = append(out.Unqualified, u.Row)
		}
	}
	for _, r := range m.Unreachable {
		if in(r.Unit) {
			out.Unreachable = append(out.Unreachable, r.Row)
		}
	}
	for _, r := range m.Recurrences {
		if in(r.Unit) {
			out.Recurrences = append(out.Recurrences, r.Row)
		}
	}
	return out
}

// chosen tells whether a unit is among those given; nil: every one is.
func chosen(units []huifang.ID) func(huifang.ID) bool {
	if units == nil {
		return func(huifang.ID) bool { return true }
	}
	set := make(map[huifang.ID]bool, len(units))
	for _, u := range units {
		set[u] = true
	}
	return func(u huifang.ID) bool { return set[u] }
}

// unitRows are the units in tree order with their own tallies; with nobody's
// true a last row holds what belongs to no unit, if there is any.
func (m *monthFacts) unitRows(in func(huifang.ID) bool, nobodys bool) []report.UnitRow {
	cells := map[huifang.ID]map[string]huifang.Tally{}
	for _, t := range m.Tallies {
		if cells[t.Unit] == nil {
			cells[t.Unit] = map[string]huifang.Tally{}
		}
		cells[t.Unit][t.Program] = cells[t.Unit][t.Program].Add(t.Tally)
	}
	rows := []report.UnitRow{}
	depth := map[huifang.ID]int{} // among the units of the sheet, from 1
	for _, u := range m.Units {
		if !in(u.ID) {
			continue
		}
		depth[u.ID] = depth[u.Parent] + 1
		rows = append(rows, report.UnitRow{ID: u.ID, Name: u.Name, Depth: depth[u.ID] - 1, Cells: own(cells[u.ID]), Targets: u.Targets})
	}
	if c := cells[""]; nobodys && len(c) > 0 {
		rows = append(rows, report.UnitRow{Name: "—", Cells: c})
	}
	return rows
}

func own(cells map[string]huifang.Tally) map[string]huifang.Tally {
	if cells == nil {
		return map[string]huifang.Tally{}
	}
	return cells
}

// staffRows are what each member of staff answered for as lead, in the order of
// units and then names; what nobody leads comes last.
func (m *monthFacts) staffRows(in func(huifang.ID) bool) []report.StaffRow {
	sums := map[huifang.ID]huifang.Tally{}
	for _, t := range m.Tallies {
		if in(t.Unit) {
			sums[t.Lead] = sums[t.Lead].Add(t.Tally)
		}
	}
	place, name := map[huifang.ID]int{}, map[huifang.ID]string{}
	for i, u := range m.Units {
		place[u.ID], name[u.ID] = i+1, u.Name
	}
	people := slices.Clone(m.Staff)
	slices.SortFunc(people, func(x, y staffFact) int {
		return cmp.Or(cmp.Compare(place[x.Unit], place[y.Unit]), cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID))
	})
	rows := []report.StaffRow{}
	for _, s := range people {
		if t, has := sums[s.ID]; has {
			rows = append(rows, report.StaffRow{ID: s.ID, Name: s.Name, Unit: name[s.Unit], Tally: t})
		}
	}
	if t, has := sums[""]; has {
		rows = append(rows, report.StaffRow{Tally: t})
	}
	return rows
}

// restated lists, for the units given, the figures of a closed month that are
// different now.
func (m *monthFacts) restated(now *monthFacts, units []huifang.ID) []report.Restatement {
	type key struct {
		unit    huifang.ID
		program string
	}
	in := chosen(units)
	sum := func(f *monthFacts) map[key]huifang.Tally {
		out := map[key]huifang.Tally{}
		for _, t := range f.Tallies {
			if in(t.Unit) {
				k := key{t.Unit, t.Program}
				out[k] = out[k].Add(t.Tally)
			}
		}
		return out
	}
	before, after := sum(m), sum(now)
	place, unitName := map[huifang.ID]int{"": len(now.Units)}, map[huifang.ID]string{}
	for _, f := range []*monthFacts{m, now} {
		for i, u := range f.Units {
			place[u.ID], unitName[u.ID] = i, u.Name
		}
	}
	programName := map[string]huifang.Text{}
	for _, p := range slices.Concat(m.Programs, now.Programs) {
		programName[p.Code] = p.Name
	}
	var keys []key
	for k, t := range before {
		if after[k] != t {
			keys = append(keys, k)
		}
	}
	for k, t := range after {
		if _, had := before[k]; !had && t != (huifang.Tally{}) {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(x, y key) int {
		return cmp.Or(cmp.Compare(place[x.unit], place[y.unit]), cmp.Compare(x.program, y.program))
	})
	var out []report.Restatement
	for _, k := range keys {
		out = append(out, report.Restatement{Unit: unitName[k.unit], Program: programName[k.program], Before: before[k], After: after[k]})
	}
	return out
}
