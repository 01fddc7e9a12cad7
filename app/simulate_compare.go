package app

import (
	"cmp"
	"slices"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
)

// comparison holds two simulations of one history against each other.
type comparison struct {
	d     *directory
	t     *Trial
	past  *history
	actor *huifang.Actor
}

func (c *comparison) compare(was, will plan.Simulation) *Tried {
	c.reach(&was)
	c.reach(&will)
	out := &Tried{Events: c.past.events, Before: len(was.Rows), After: len(will.Rows), Counts: map[ChangeKind]int{}}
	old := make(map[rowKey]*plan.Row, len(was.Rows))
	for i := range was.Rows {
		old[keyOfRow(&was.Rows[i])] = &was.Rows[i]
	}
	for i := range will.Rows {
		row := &will.Rows[i]
		k := keyOfRow(row)
		if kind := changeOf(old[k], row); kind != "" {
			c.add(out, kind, old[k], row, c.d.explain(c.followup(row), &row.Why))
		}
		delete(old, k)
	}
	for i := range was.Rows {
		if row := &was.Rows[i]; old[keyOfRow(row)] == row {
			c.add(out, ChangeVanishes, row, nil, c.whyNot(row, &will))
		}
	}
	slices.SortStableFunc(out.Changes, func(a, b TrialChange) int { return cmp.Compare(opening(&a), opening(&b)) })
	out.Changes = out.Changes[:min(len(out.Changes), trialShown)]
	c.load(out, &was, &will)
	return out
}

// reach leaves out units that the actor does not see.
func (c *comparison) reach(sim *plan.Simulation) {
	sim.Rows = slices.DeleteFunc(sim.Rows, func(r plan.Row) bool { return !c.actor.InUnit(r.Unit) })
}

// changeOf says what differs; "" when nothing does.
func changeOf(was, will *plan.Row) ChangeKind {
	switch {
	case was == nil:
		return ChangeAppears
	case was.Window != will.Window:
		return ChangeMoves
	case !slices.Equal(was.Assignees, will.Assignees):
		return ChangeReassigned
	}
	return ""
}

func opening(c *TrialChange) string {
	if c.After != nil {
		return c.After.Opens.String()
	}
	return c.Before.Opens.String()
}

func (c *comparison) add(out *Tried, kind ChangeKind, was, will *plan.Row, lines []huifang.Text) {
	out.Counts[kind]++
	row := will
	if row == nil {
		row = was
	}
	_, step := c.d.ruleName(row.Program, row.Step)
	x := TrialChange{
		Kind: kind, Step: row.Step, StepName: step, Occurrence: row.Occurrence, Event: row.Event, Contact: row.Contact, Name: c.past.name[row.Contact],
		Asset: row.Asset, Unit: row.Unit, Followup: c.past.real[keyOfRow(row)], Lines: lines,
	}
	if was != nil {
		x.Before, x.Was = &was.Window, was.Assignees
	}
	if will != nil {
		x.After, x.Will = &will.Window, will.Assignees
	}
	out.Changes = append(out.Changes, x)
}

// followup is a simulated follow-up as far as its explanation needs it.
func (c *comparison) followup(r *plan.Row) *huifang.Followup {
	return &huifang.Followup{Program: r.Program, Step: r.Step, Unit: r.Unit, Contact: r.Contact, Window: r.Window, Assignees: r.Assignees}
}

// whyNot says why the draft plans nothing where something was planned.
func (c *comparison) whyNot(row *plan.Row, will *plan.Simulation) []huifang.Text {
	for i := range will.Skipped {
		s := &will.Skipped[i]
		if s.Event == row.Event && (s.Step == row.Step || s.Step == "") {
			if s.Step != "" {
				return c.d.explain(nil, &s.Why)
			}
			return []huifang.Text{reasonText(s.Reason)}
		}
	}
	for _, x := range c.t.Drafts {
		if !x.Active && (x.Unit == "" || slices.Contains(c.d.subtree(x.Unit), row.Unit)) {
			return []huifang.Text{reasonText("program_off")}
		}
	}
	return []huifang.Text{{ZH: "按拟议的调整，此时尚未或不再需要这次回访", EN: "with the draft, this follow-up is not needed yet, or not any more"}}
}

// load counts what closes each day, by person: first who has most.
func (c *comparison) load(out *Tried, was, will *plan.Simulation) {
	for day := c.t.From; day <= c.t.To; day++ {
		out.Days = append(out.Days, day)
	}
	by := map[huifang.ID]*TrialLoad{}
	count := func(rows []plan.Row, of func(*TrialLoad) []int) {
		for i := range rows {
			day := rows[i].Window.Closes.Date
			if day < c.t.From || day > c.t.To {
				continue
			}
			who := lead(rows[i].Assignees)
			if by[who] == nil {
				by[who] = &TrialLoad{Staff: who, Before: make([]int, len(out.Days)), After: make([]int, len(out.Days))}
			}
			of(by[who])[day-c.t.From]++
		}
	}
	count(was.Rows, func(l *TrialLoad) []int { return l.Before })
	count(will.Rows, func(l *TrialLoad) []int { return l.After })
	total := func(l TrialLoad) (n int) {
		for i := range l.Before {
			n += l.Before[i] + l.After[i]
		}
		return n
	}
	for _, l := range by {
		out.Load = append(out.Load, *l)
	}
	slices.SortFunc(out.Load, func(a, b TrialLoad) int { return cmp.Or(total(b)-total(a), cmp.Compare(a.Staff, b.Staff)) })
	out.Load = out.Load[:min(len(out.Load), trialPeople)]
}
