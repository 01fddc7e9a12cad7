package app

import (
	"context"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/report"
)

// export is one export under way.
type export struct {
	app  *App
	d    *directory
	lang huifang.Lang
	now  time.Time

	names map[programStep][2]string // program and step, looked up once
	row   report.FollowupRow        // reused
	cases map[huifang.ID]string
}

type programStep struct{ program, step string }

// write turns a chunk into rows; false: no more are wanted.
func (e *export) write(ctx context.Context, chunk []*huifang.Followup, yield func(*report.FollowupRow, error) bool) bool {
	contacts, assets, err := e.app.subjects(ctx, e.d.org.ID, chunk)
	if err == nil {
		err = e.loadCases(ctx, chunk)
	}
	if err != nil {
		yield(nil, err)
		return false
	}
	for _, f := range chunk {
		e.fill(f, contacts[f.Contact], assets[f.Asset])
		if !yield(&e.row, nil) {
			return false
		}
	}
	return true
}

// loadCases looks up the numbers of a chunk's cases.
func (e *export) loadCases(ctx context.Context, chunk []*huifang.Followup) error {
	e.cases = map[huifang.ID]string{}
	for _, f := range chunk {
		if _, known := e.cases[f.Case]; known || f.Case == "" {
			continue
		}
		c, err := e.app.reads().Case(ctx, f.Org, f.Case)
		if err != nil {
			return err
		}
		e.cases[f.Case] = c.Number
	}
	return nil
}

// fill sets the row.
func (e *export) fill(f *huifang.Followup, c *huifang.Contact, x *huifang.Asset) {
	names := e.programNames(f)
	assignees := e.row.Assignees[:0]
	for _, as := range f.Assignees {
		if as.Staff != "" {
			assignees = append(assignees, e.d.staffName(as.Staff))
		} else {
			assignees = append(assignees, as.String())
		}
	}
	e.row = report.FollowupRow{
		Number: f.Number, Program: names[0], Step: names[1], Occurrence: f.Occurrence, Unit: e.d.unitName(f.Unit), Department: f.Department,
		Matter: f.Matter, Window: f.Window, Assignees: assignees, Channels: f.Channels, State: f.StateAt(e.now), Attempts: f.Attempts,
		DoneBy: e.d.staffName(f.DoneBy), Score: f.Score, Scored: f.Scored, Verdict: f.Satisfied, Review: f.Review,
		CaseNumber: e.cases[f.Case], Reason: e.reason(f),
	}
	if !f.DoneAt.IsZero() {
		e.row.DoneAt = f.DoneAt.In(e.d.zoneOf(f.Unit))
	}
	if c != nil {
		e.row.Contact = c.Name
		if len(c.Phones) > 0 {
			e.row.Phone = maskPhone(c.Phones[0])
		}
	}
	if x != nil {
		e.row.Asset = assetName(x)
	}
}

func (e *export) programNames(f *huifang.Followup) [2]string {
	k := programStep{f.Program, f.Step}
	if n, ok := e.names[k]; ok {
		return n
	}
	program, step := e.d.programNames(f)
	n := [2]string{program.In(e.lang), step.In(e.lang)}
	if e.names == nil {
		e.names = map[programStep][2]string{}
	}
	e.names[k] = n
	return n
}

// reason is why a follow-up ended or moved: a person's words, or the meaning of
// the rules' code.
func (e *export) reason(f *huifang.Followup) string {
	if f.State == huifang.StateCancelled {
		return plan.ReasonText(f.Reason).In(e.lang)
	}
	return f.Reason
}
