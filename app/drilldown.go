package app

import (
	"context"
	"slices"

	"github.com/huifang/huifang"
)

// Figure is one count of the month's statistics, see huifang.Tally.
type Figure string

// The figures that are counts of follow-ups.
const (
	FigureDue          Figure = "due"
	FigureDone         Figure = "done"
	FigureOnTime       Figure = "on_time"
	FigureLate         Figure = "late"
	FigureOverdue      Figure = "overdue" // late, or open with the window closed
	FigureOpen         Figure = "open"
	FigureOpenLate     Figure = "open_late"
	FigureUnreachable  Figure = "unreachable"
	FigureWaived       Figure = "waived"
	FigureSatisfied    Figure = "satisfied"
	FigureDissatisfied Figure = "dissatisfied"
	FigureUnqualified  Figure = "unqualified"
)

// Figures lists every figure in display order.
func Figures() []Figure {
	return []Figure{
		FigureDue, FigureDone, FigureOnTime, FigureLate, FigureOverdue, FigureOpen, FigureOpenLate, FigureUnreachable, FigureWaived,
		FigureSatisfied, FigureDissatisfied, FigureUnqualified,
	}
}

// Of is the figure's number in a tally.
func (f Figure) Of(t huifang.Tally) int64 {
	switch f {
	case FigureDue:
		return t.Due
	case FigureDone:
		return t.Done
	case FigureOnTime:
		return t.OnTime
	case FigureLate:
		return t.Late
	case FigureOverdue:
		return t.Overdue()
	case FigureOpen:
		return t.Open
	case FigureOpenLate:
		return t.OpenLate
	case FigureUnreachable:
		return t.Unreachable
	case FigureWaived:
		return t.Waived
	case FigureSatisfied:
		return t.Satisfied
	case FigureDissatisfied:
		return t.Dissatisfied
	case FigureUnqualified:
		return t.Unqualified
	}
	return 0
}

// filter sets what selects the follow-ups that the figure counts: those for
// which huifang.Count says one.
func (f Figure) filter(q *FollowupFilter) bool {
	yes, no := true, false
	open := []huifang.State{huifang.StatePlanned, huifang.StateOverdue}
	q.States = []huifang.State{huifang.StateCompleted}
	switch f {
	case FigureDue:
		q.States, q.Missed = slices.Concat(open, []huifang.State{huifang.StateCompleted, huifang.StateUnreachable, huifang.StateWaived}), true
	case FigureDone:
	case FigureOnTime:
		q.OnTime = &yes
	case FigureLate:
		q.OnTime = &no
	case FigureOverdue:
		q.States, q.Late, q.Missed = slices.Concat(open, []huifang.State{huifang.StateCompleted}), &yes, true
	case FigureOpen:
		q.States, q.Missed = open, true
	case FigureOpenLate:
		q.States, q.Late, q.Missed = open, &yes, true
	case FigureUnreachable:
		q.States = []huifang.State{huifang.StateUnreachable}
	case FigureWaived:
		q.States = []huifang.State{huifang.StateWaived}
	case FigureSatisfied:
		q.Satisfied = []huifang.Verdict{huifang.VerdictSatisfied}
	case FigureDissatisfied:
		q.Satisfied = []huifang.Verdict{huifang.VerdictDissatisfied}
	case FigureUnqualified:
		q.Satisfied = []huifang.Verdict{huifang.VerdictUnqualified}
	default:
		return false
	}
	return true
}

// Cell names one number of the month's statistics. Empty fields sum over all:
// of the units, those the actor reaches.
type Cell struct {
	Month   huifang.Month
	Unit    huifang.ID
	Below   bool // the unit with those below it
	NoUnit  bool // follow-ups without a unit
	Program string
	Lead    huifang.ID
	Nobody  bool // follow-ups that nobody leads
	Figure  Figure
}

// DrillDown is the filter of the follow-ups behind a number, for Followups,
// CountFollowups and ExportFollowups: as many as the number says. stats.read
// over the unit.
func (a *App) DrillDown(ctx context.Context, actor *huifang.Actor, c Cell) (FollowupFilter, error) {
	q := FollowupFilter{Now: a.now(), Month: c.Month, Program: c.Program, Lead: c.Lead, Unassigned: c.Nobody}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return q, err
	}
	if err := checkMonth(c.Month); err != nil {
		return q, err
	}
	if !c.Figure.filter(&q) {
		return q, fieldFault("figure", "figure.unknown", huifang.Textf("没有统计项“%s”", "there is no figure “%s”", c.Figure))
	}
	units, err := d.sheetUnits(actor, c.Unit)
	switch {
	case err != nil:
		return q, err
	case c.NoUnit:
		q.Units = []huifang.ID{""}
	case c.Unit != "" && !c.Below:
		q.Units = []huifang.ID{c.Unit}
	default:
		q.Units = units
	}
	return q, nil
}

// sheetUnits are the units that the statistics of a unit and those below it, or
// with unit "" of all the actor reaches, add up; nil: every unit, and what
// belongs to none. stats.read over the unit.
func (d *directory) sheetUnits(actor *huifang.Actor, unit huifang.ID) ([]huifang.ID, error) {
	if unit == "" {
		if err := actor.Require(huifang.PermStatsRead); err != nil {
			return nil, err
		}
		if actor.Units == nil || actor.System {
			return nil, nil
		}
		out := []huifang.ID{}
		for _, u := range d.units {
			if actor.Units[u.ID] {
				out = append(out, u.ID)
			}
		}
		return out, nil
	}
	if d.unit[unit] == nil {
		return nil, huifang.Fail(huifang.CodeNotFound, "unit.not_found", huifang.Text{ZH: "没有找到该单位", EN: "no such unit"})
	}
	if err := actor.RequireIn(huifang.PermStatsRead, d.org.ID, unit); err != nil {
		return nil, err
	}
	return slices.Clone(d.subtree(unit)), nil
}

func checkMonth(m huifang.Month) error {
	if m >= huifang.MakeMonth(1970, 1) && m <= huifang.MakeMonth(2200, 12) && m%100 >= 1 && m%100 <= 12 {
		return nil
	}
	return fieldFault("month", "month.invalid", huifang.Text{ZH: "月份无效，应写作 2026-03", EN: "the month is not valid; write it as 2026-03"})
}
