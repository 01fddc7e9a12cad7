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

	programs map[programStep][2]string   // names of program and step
	subjects map[huifang.ID]subjectShown // contacts and assets
	cases    map[huifang.ID]string       // numbers
}

type programStep struct{ program, step string }

// subjectShown is what an export shows of a contact or an asset.
type subjectShown struct{ name, phone string }

// mostShown bounds how many contacts and assets an export remembers.
const mostShown = 20000

// write turns a chunk into rows; false: no more are wanted.
func (e *export) write(ctx context.Context, chunk []*huifang.Followup, yield func(*report.FollowupRow, error) bool) bool {
	err := e.loadSubjects(ctx, chunk)
	if err == nil {
		err = e.loadCases(ctx, chunk)
	}
	if err != nil {
		yield(nil, err)
		return false
	}
	for _, f := range chunk {
		if !yield(e.rowOf(f), nil) {
			return false
		}
	}
	return true
}

// loadSubjects looks up the contacts and assets of a chunk that are not
// remembered.
func (e *export) loadSubjects(ctx context.Context, chunk []*huifang.Followup) error {
	if e.subjects == nil || len(e.subjects) > mostShown {
		e.subjects = map[huifang.ID]subjectShown{"": {}}
	}
	var fresh []*huifang.Followup
	for _, f := range chunk {
		_, c := e.subjects[f.Contact]
		_, x := e.subjects[f.Asset]
		if !c || !x {
			fresh = append(fresh, f)
		}
	}
	contacts, assets, err := e.app.subjects(ctx, e.d.org.ID, fresh)
	for id, c := range contacts {
		shown := subjectShown{name: c.Name}
		if len(c.Phones) > 0 {
			shown.phone = maskPhone(c.Phones[0])
		}
		e.subjects[id] = shown
	}
	for id, x := range assets {
		e.subjects[id] = subjectShown{name: assetName(x)}
	}
	return err
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

// rowOf is a follow-up as a row.
func (e *export) rowOf(f *huifang.Followup) *report.FollowupRow {
	names := e.programNames(f)
	assignees := make([]string, 0, len(f.Assignees))
	for _, as := range f.Assignees {
		if as.Staff != "" {
			assignees = append(assignees, e.d.staffName(as.Staff))
		} else {
			assignees = append(assignees, as.String())
		}
	}
	row := &report.FollowupRow{
		Number: f.Number, Program: names[0], Step: names[1], Occurrence: f.Occurrence, Unit: e.d.unitName(f.Unit), Department: f.Department,
		Contact: e.subjects[f.Contact].name, Phone: e.subjects[f.Contact].phone, Asset: e.subjects[f.Asset].name, Matter: f.Matter, Window: f.Window, Assignees: assignees, Channels: f.Channels, State: f.StateAt(e.now), Attempts: f.Attempts,
		DoneBy: e.d.staffName(f.DoneBy), Score: f.Score, Scored: f.Scored, Verdict: f.Satisfied, Review: f.Review,
		CaseNumber: e.cases[f.Case], Reason: e.reason(f),
	}
	if !f.DoneAt.IsZero() {
		row.DoneAt = f.DoneAt.In(e.d.zoneOf(f.Unit))
	}
	return row
}

func (e *export) programNames(f *huifang.Followup) [2]string {
	k := programStep{f.Program, f.Step}
	if n, ok := e.programs[k]; ok {
		return n
	}
	program, step := e.d.programNames(f)
	n := [2]string{program.In(e.lang), step.In(e.lang)}
	if e.programs == nil {
		e.programs = map[programStep][2]string{}
	}
	e.programs[k] = n
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
