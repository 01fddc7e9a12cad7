package api

import (
	"context"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// Basis is the version of the follow-up that a change is based on.
type Basis struct {
	Version int64 `json:"version,omitempty" doc:"Of the follow-up as you saw it; missing: whatever it is now."`
}

type plainChange struct {
	ByID
	Match
	Body *Basis
}

// change is what the changes of one follow-up have in common: find it, take the
// version, and in a conflict tell how it is now.
func change[T any](ctx context.Context, s *service, actor *huifang.Actor, id huifang.ID, m Match, bodyVersion int64, do func(id huifang.ID, row int64) (T, error)) (T, error) {
	var none T
	row, err := m.version(bodyVersion)
	if err != nil {
		return none, err
	}
	if id, err = s.resolved(ctx, actor, id); err != nil {
		return none, err
	}
	out, err := do(id, row)
	if err != nil {
		return none, s.withFollowup(ctx, actor, id, err)
	}
	return out, nil
}

func (in *plainChange) seen() int64 {
	if in.Body == nil {
		return 0
	}
	return in.Body.Version
}

func (s *service) takeFollowup(ctx context.Context, actor *huifang.Actor, in *plainChange) (*versioned[Followup], error) {
	return changed(change(ctx, s, actor, in.ID, in.Match, in.seen(), func(id huifang.ID, row int64) (*huifang.Followup, error) {
		return s.app.Take(ctx, actor, id, row)
	}))
}

func (s *service) returnFollowup(ctx context.Context, actor *huifang.Actor, in *plainChange) (*versioned[Followup], error) {
	return changed(change(ctx, s, actor, in.ID, in.Match, in.seen(), func(id huifang.ID, row int64) (*huifang.Followup, error) {
		return s.app.Return(ctx, actor, id, row)
	}))
}

func changed(f *huifang.Followup, err error) (*versioned[Followup], error) {
	if err != nil {
		return nil, err
	}
	return tagged(newFollowup(f), f.Row), nil
}

// AttemptChange notes one try to reach the contact.
type AttemptChange struct {
	Basis
	Channel     huifang.Channel     `json:"channel" enum:"phone,sms,wechat,email,visit,meeting,survey,other"`
	Phone       string              `json:"phone,omitempty" maxLength:"50" doc:"The number tried, as shown or whole."`
	Disposition huifang.Disposition `json:"disposition" enum:"answered,busy,no_answer,switched_off,wrong_number,refused,call_back"`
	Note        string              `json:"note,omitempty" maxLength:"2000"`
	CallBackAt  time.Time           `json:"call_back_at,omitzero" doc:"When the contact asked to be called, with call_back."`
}

// AttemptResult is the attempt and how to go on.
type AttemptResult struct {
	Followup Followup `json:"followup"`
	Attempt  Attempt  `json:"attempt"`
	Next     app.Try  `json:"next"`
}

type attemptInput struct {
	ByID
	Match
	Body AttemptChange
}

func (s *service) attemptFollowup(ctx context.Context, actor *huifang.Actor, in *attemptInput) (*answer[AttemptResult], error) {
	b := &in.Body
	got, err := change(ctx, s, actor, in.ID, in.Match, b.Version, func(id huifang.ID, row int64) (*app.AttemptResult, error) {
		return s.app.Attempt(ctx, actor, id, app.AttemptInput{Row: row, Channel: b.Channel, Phone: b.Phone, Disposition: b.Disposition, Note: b.Note, CallBackAt: b.CallBackAt})
	})
	if err != nil {
		return nil, err
	}
	return &answer[AttemptResult]{Body: AttemptResult{Followup: newFollowup(got.Followup), Attempt: newAttempt(got.Attempt), Next: got.Next}}, nil
}

// PostponeChange says when to try next, or moves the window.
type PostponeChange struct {
	Basis
	NextTry time.Time `json:"next_try,omitzero" doc:"Within the window; for whoever works it."`
	Window  *Window   `json:"window,omitempty" doc:"A new window; for those who manage follow-ups."`
	Reason  string    `json:"reason" minLength:"1" maxLength:"500"`
}

type postponeInput struct {
	ByID
	Match
	Body PostponeChange
}

func (s *service) postponeFollowup(ctx context.Context, actor *huifang.Actor, in *postponeInput) (*versioned[Followup], error) {
	b := &in.Body
	window, err := windowOf(b.Window)
	if err != nil {
		return nil, err
	}
	return changed(change(ctx, s, actor, in.ID, in.Match, b.Version, func(id huifang.ID, row int64) (*huifang.Followup, error) {
		return s.app.Postpone(ctx, actor, id, app.PostponeInput{Row: row, NextTry: b.NextTry, Window: window, Reason: b.Reason})
	}))
}

func windowOf(w *Window) (*huifang.Window, error) {
	if w == nil {
		return nil, nil //nolint:nilnil // no window was given
	}
	opens, err := huifang.ParseMoment(w.Opens)
	if err != nil {
		return nil, at("body.window.opens", err)
	}
	closes, err := huifang.ParseMoment(w.Closes)
	if err != nil {
		return nil, at("body.window.closes", err)
	}
	return &huifang.Window{Opens: opens, Closes: closes}, nil
}

// ReassignChange gives a follow-up to others.
type ReassignChange struct {
	Basis
	Assignees []huifang.ID `json:"assignees" minItems:"1" maxItems:"20" doc:"The first answers for it in statistics."`
	Reason    string       `json:"reason" minLength:"1" maxLength:"500"`
}

type reassignInput struct {
	ByID
	Match
	Body ReassignChange
}

func (s *service) reassignFollowup(ctx context.Context, actor *huifang.Actor, in *reassignInput) (*versioned[Followup], error) {
	b := &in.Body
	return changed(change(ctx, s, actor, in.ID, in.Match, b.Version, func(id huifang.ID, row int64) (*huifang.Followup, error) {
		return s.app.Reassign(ctx, actor, id, app.ReassignInput{Row: row, Assignees: b.Assignees, Reason: b.Reason})
	}))
}
