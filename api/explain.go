package api

import (
	"context"
	"encoding/json"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// FollowupWhy is why a follow-up exists.
type FollowupWhy struct {
	Followup    huifang.ID      `json:"followup"`
	Number      string          `json:"number"`
	ProgramName huifang.Text    `json:"program_name"`
	StepName    huifang.Text    `json:"step_name"`
	Lines       []huifang.Text  `json:"lines" doc:"To be read from top to bottom."`
	Explanation json.RawMessage `json:"explanation" doc:"The same in full, for programs: rule and version, the values its conditions saw, shifts applied, how each assignee was found."`
}

func (s *service) explainFollowup(ctx context.Context, actor *huifang.Actor, in *ByID) (*answer[FollowupWhy], error) {
	id, err := s.resolved(ctx, actor, in.ID)
	if err != nil {
		return nil, err
	}
	w, err := s.app.ExplainFollowup(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	return &answer[FollowupWhy]{Body: FollowupWhy{
		Followup: w.Followup.ID, Number: w.Followup.Number, ProgramName: w.Program, StepName: w.Step, Lines: list(w.Lines), Explanation: json.RawMessage(w.Followup.Why),
	}}, nil
}

// EventWhy is what one program made of an event.
type EventWhy struct {
	Program string        `json:"program"`
	Name    huifang.Text  `json:"name"`
	Version int           `json:"version"`
	Planned []Followup    `json:"planned" doc:"Follow-ups that stem from the event, in whatever state."`
	Refused []StepWhy     `json:"refused" doc:"Steps considered and not planned."`
	Reason  string        `json:"reason,omitempty" doc:"Why the program did not start."`
	Text    *huifang.Text `json:"text,omitempty" doc:"The same for people."`
}

// StepWhy is one step that an event did not bring about.
type StepWhy struct {
	Step       string         `json:"step"`
	Name       huifang.Text   `json:"name"`
	Occurrence int            `json:"occurrence"`
	Reason     string         `json:"reason" example:"window_closed"`
	Text       huifang.Text   `json:"text"`
	Lines      []huifang.Text `json:"lines"`
}

func (s *service) explainEvent(ctx context.Context, actor *huifang.Actor, in *ByID) (*answer[List[EventWhy]], error) {
	w, err := s.app.ExplainEvent(ctx, actor, in.ID)
	return all(w, func(e app.EventWhy) EventWhy {
		return EventWhy{
			Program: e.Program, Name: e.Name, Version: e.Version, Planned: turned(e.Planned, newFollowup), Reason: e.Reason, Text: words(e.Text),
			Refused: turned(e.Refused, func(r app.StepWhy) StepWhy {
				return StepWhy{Step: r.Step, Name: r.Name, Occurrence: r.Occurrence, Reason: r.Reason, Text: r.Text, Lines: list(r.Lines)}
			}),
		}
	}), err
}
