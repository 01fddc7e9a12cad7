package api

import (
	"context"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// Completion is what was found.
type Completion struct {
	Basis
	Channel    huifang.Channel    `json:"channel" enum:"phone,sms,wechat,email,visit,meeting,survey,other"`
	Answers    huifang.Attributes `json:"answers" doc:"By item code of the follow-up's form."`
	Signatures []Signature        `json:"signatures,omitempty" maxItems:"20"`
}

// Completed is what followed from the end of a follow-up.
type Completed struct {
	Followup Followup   `json:"followup"`
	Record   *Record    `json:"record,omitempty"`
	Cases    []Case     `json:"cases" doc:"Opened by it."`
	Planned  []Followup `json:"planned" doc:"Follow-ups it planned or moved."`
}

func completed(c *app.Completed, err error) (*answer[Completed], error) {
	if err != nil {
		return nil, err
	}
	return &answer[Completed]{Body: Completed{
		Followup: newFollowup(c.Followup), Record: given(c.Record, newRecord), Cases: turned(c.Cases, newCase), Planned: turned(c.Planned, newFollowup),
	}}, nil
}

type completeInput struct {
	ByID
	Match
	Body Completion
}

func (s *service) completeFollowup(ctx context.Context, actor *huifang.Actor, in *completeInput) (*answer[Completed], error) {
	b := &in.Body
	return completed(change(ctx, s, actor, in.ID, in.Match, b.Version, func(id huifang.ID, row int64) (*app.Completed, error) {
		return s.app.Complete(ctx, actor, id, app.CompleteInput{Row: row, Channel: b.Channel, Answers: b.Answers, Signatures: signatures(b.Signatures)})
	}))
}

// signatures without a time were given now.
func signatures(in []Signature) []huifang.Signature {
	out := make([]huifang.Signature, 0, len(in))
	for _, s := range in {
		if s.At.IsZero() {
			s.At = clock().Truncate(time.Millisecond)
		}
		out = append(out, huifang.Signature(s))
	}
	return out
}

// CorrectionOf replaces a record by a new one that names it.
type CorrectionOf struct {
	Completion
	Reason string `json:"reason" minLength:"1" maxLength:"500"`
}

type correctInput struct {
	ByID
	Match
	Body CorrectionOf
}

func (s *service) correctFollowup(ctx context.Context, actor *huifang.Actor, in *correctInput) (*answer[Completed], error) {
	b := &in.Body
	return completed(change(ctx, s, actor, in.ID, in.Match, b.Version, func(id huifang.ID, row int64) (*app.Completed, error) {
		return s.app.CorrectRecord(ctx, actor, id, app.CorrectInput{Row: row, Channel: b.Channel, Answers: b.Answers, Signatures: signatures(b.Signatures), Reason: b.Reason})
	}))
}

// ReasonChange ends a follow-up for a reason.
type ReasonChange struct {
	Basis
	Reason string `json:"reason" minLength:"1" maxLength:"500"`
}

type reasonInput struct {
	ByID
	Match
	Body ReasonChange
}

func (s *service) closeUnreachable(ctx context.Context, actor *huifang.Actor, in *reasonInput) (*answer[Completed], error) {
	return completed(change(ctx, s, actor, in.ID, in.Match, in.Body.Version, func(id huifang.ID, row int64) (*app.Completed, error) {
		return s.app.CloseUnreachable(ctx, actor, id, row, in.Body.Reason)
	}))
}

func (s *service) waiveFollowup(ctx context.Context, actor *huifang.Actor, in *reasonInput) (*answer[Completed], error) {
	return completed(change(ctx, s, actor, in.ID, in.Match, in.Body.Version, func(id huifang.ID, row int64) (*app.Completed, error) {
		return s.app.Waive(ctx, actor, id, row, in.Body.Reason)
	}))
}
