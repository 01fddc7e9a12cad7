package api

import (
	"context"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

type trialInput struct {
	ByCode
	Body struct {
		From   string           `json:"from" pattern:"^[0-9]{4}-[0-9]{2}-[0-9]{2}$" patternDescription:"YYYY-MM-DD" doc:"First day of the period, where the organization is."`
		To     string           `json:"to" pattern:"^[0-9]{4}-[0-9]{2}-[0-9]{2}$" patternDescription:"YYYY-MM-DD" doc:"Last day; may lie in the future."`
		Drafts []ProgramSetting `json:"drafts" minItems:"1" maxItems:"50" doc:"In the place of the settings of their units; the others stay."`
	}
}

// TrialChange is one follow-up that a draft would change.
type TrialChange struct {
	Kind        app.ChangeKind `json:"kind" enum:"appears,vanishes,moves,reassigned"`
	Step        string         `json:"step"`
	StepName    huifang.Text   `json:"step_name"`
	Occurrence  int            `json:"occurrence"`
	Event       huifang.ID     `json:"event,omitempty"`
	Contact     huifang.ID     `json:"contact,omitempty"`
	ContactName string         `json:"contact_name,omitempty"`
	Asset       huifang.ID     `json:"asset,omitempty"`
	Unit        huifang.ID     `json:"unit,omitempty"`
	Followup    huifang.ID     `json:"followup,omitempty" doc:"The one there is, where it has ended already."`
	Before      *Window        `json:"before,omitempty" doc:"Missing: it appears."`
	After       *Window        `json:"after,omitempty" doc:"Missing: it vanishes."`
	Was         []string       `json:"was" doc:"Staff ids, or role:NAME."`
	Will        []string       `json:"will"`
	Lines       []huifang.Text `json:"lines" doc:"Why; to be read from top to bottom."`
}

// TrialLoad is what one person has to do: how many follow-ups close each day.
type TrialLoad struct {
	Staff  huifang.ID `json:"staff,omitempty" doc:"Missing: nobody was found."`
	Before []int      `json:"before"`
	After  []int      `json:"after"`
}

// Tried is what a trial found.
type Tried struct {
	Events  int                    `json:"events" doc:"Of the period that the program looks at."`
	Before  int                    `json:"before" doc:"Follow-ups as things are."`
	After   int                    `json:"after" doc:"With the drafts."`
	Counts  map[app.ChangeKind]int `json:"counts" doc:"By kind of change."`
	Changes []TrialChange          `json:"changes" doc:"The first 500 by opening."`
	Days    []string               `json:"days"`
	Load    []TrialLoad            `json:"load" doc:"Of the 60 busiest; a number for each day."`
}

func newWindow(w *huifang.Window) *Window {
	if w == nil {
		return nil
	}
	return &Window{Opens: w.Opens.String(), Closes: w.Closes.String()}
}

func newTrialChange(c app.TrialChange) TrialChange {
	return TrialChange{
		Kind: c.Kind, Step: c.Step, StepName: c.StepName, Occurrence: c.Occurrence, Event: c.Event, Contact: c.Contact, ContactName: c.Name, Asset: c.Asset,
		Unit: c.Unit, Followup: c.Followup, Before: newWindow(c.Before), After: newWindow(c.After),
		Was: turned(c.Was, huifang.Assignee.String), Will: turned(c.Will, huifang.Assignee.String), Lines: list(c.Lines),
	}
}

func (s *service) simulateProgram(ctx context.Context, actor *huifang.Actor, in *trialInput) (*answer[Tried], error) {
	t := app.Trial{Program: in.Code}
	for _, day := range []struct {
		field, text string
		into        *huifang.Date
	}{{"from", in.Body.From, &t.From}, {"to", in.Body.To, &t.To}} {
		date, err := huifang.ParseDate(day.text)
		if err != nil {
			e := huifang.Invalid("date.invalid", huifang.Textf("日期“%s”无效，应写作 2026-03-01", "the date %q is not valid; write it as 2026-03-01", day.text))
			e.At.Field = day.field
			return nil, e
		}
		*day.into = date
	}
	for _, d := range in.Body.Drafts {
		t.Drafts = append(t.Drafts, app.ProgramSetting{Unit: d.Unit, Active: d.Active, Override: d.Override})
	}
	got, err := s.app.TryProgram(ctx, actor, t)
	if err != nil {
		return nil, err
	}
	return &answer[Tried]{Body: Tried{
		Events: got.Events, Before: got.Before, After: got.After, Counts: got.Counts, Changes: turned(got.Changes, newTrialChange),
		Days: turned(got.Days, huifang.Date.String), Load: turned(got.Load, func(l app.TrialLoad) TrialLoad { return TrialLoad(l) }),
	}}, nil
}
