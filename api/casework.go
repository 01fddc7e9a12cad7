package api

import (
	"context"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// CaseDetail is a case with everything done about it.
type CaseDetail struct {
	Case
	Customer  *Contact              `json:"customer,omitempty"`
	Object    *Asset                `json:"object,omitempty"`
	Actions   []Action              `json:"actions"`
	Followups []Followup            `json:"followups" doc:"That opened it or check it."`
	History   []AuditEntry          `json:"history" doc:"Newest first, comments among them."`
	Manage    bool                  `json:"manage" doc:"The caller may act on it."`
	Names     map[huifang.ID]string `json:"names" doc:"Of the staff above."`
}

// Action is one corrective measure.
type Action struct {
	ID      huifang.ID `json:"id"`
	Case    huifang.ID `json:"case"`
	Owner   huifang.ID `json:"owner,omitempty"`
	Measure string     `json:"measure"`
	Due     string     `json:"due,omitempty" format:"date"`
	Done    time.Time  `json:"done,omitzero"`
	Result  string     `json:"result,omitempty"`
	Version int64      `json:"version"`
}

func newAction(a *huifang.Action) Action {
	return Action{ID: a.ID, Case: a.Case, Owner: a.Owner, Measure: a.Measure, Due: a.Due.String(), Done: a.Done, Result: a.Result, Version: a.Version}
}

func (s *service) getCase(ctx context.Context, actor *huifang.Actor, in *ByID) (*versioned[CaseDetail], error) {
	d, err := s.app.Case(ctx, actor, in.ID)
	if err != nil {
		return nil, err
	}
	w := CaseDetail{
		Case: newCaseLine(d.CaseLine), Customer: given(d.Contact, newContact), Object: given(d.Asset, newAsset), Actions: turned(d.Actions, newAction),
		Followups: turned(d.Followups, newFollowup), History: turned(d.History, newAuditEntry), Manage: d.Manage, Names: d.Names,
	}
	if w.Names == nil {
		w.Names = map[huifang.ID]string{}
	}
	for _, f := range w.Followups {
		for i := range f.Assignees {
			f.Assignees[i].Name = w.Names[f.Assignees[i].ID]
		}
	}
	return tagged(w, w.Version), nil
}

// ActionChange is a corrective measure to be taken.
type ActionChange struct {
	Owner   huifang.ID `json:"owner,omitempty" maxLength:"100" doc:"Missing: the case's owner."`
	Measure string     `json:"measure" minLength:"1" maxLength:"2000"`
	Due     string     `json:"due,omitempty" format:"date"`
}

type actionCreation struct {
	ByID
	Body ActionChange
}

func (s *service) addAction(ctx context.Context, actor *huifang.Actor, in *actionCreation) (*versioned[Action], error) {
	due, err := dateOf("body.due", in.Body.Due)
	if err != nil {
		return nil, err
	}
	a, err := s.app.AddAction(ctx, actor, in.ID, app.ActionInput{Owner: own(in.Body.Owner, actor), Measure: in.Body.Measure, Due: due})
	if err != nil {
		return nil, s.withCase(ctx, actor, in.ID, err)
	}
	return tagged(newAction(a), a.Version), nil
}

type actionFinish struct {
	ByID
	Match
	Body struct {
		Result  string `json:"result" minLength:"1" maxLength:"2000"`
		Version int64  `json:"version,omitempty"`
	}
}

func (s *service) finishAction(ctx context.Context, actor *huifang.Actor, in *actionFinish) (*versioned[Action], error) {
	version, err := in.version(in.Body.Version)
	if err != nil {
		return nil, err
	}
	a, err := s.app.FinishAction(ctx, actor, in.ID, version, in.Body.Result)
	if err != nil {
		return nil, err
	}
	return tagged(newAction(a), a.Version), nil
}

// CaseResult is a case and the follow-ups that a change of it planned.
type CaseResult struct {
	Case    Case       `json:"case"`
	Planned []Followup `json:"planned"`
}

func (s *service) caseResult(ctx context.Context, actor *huifang.Actor, id huifang.ID) func(*app.CaseResult, error) (*answer[CaseResult], error) {
	return func(r *app.CaseResult, err error) (*answer[CaseResult], error) {
		if err != nil {
			return nil, s.withCase(ctx, actor, id, err)
		}
		return &answer[CaseResult]{Body: CaseResult{Case: newCase(r.Case), Planned: turned(r.Planned, newFollowup)}}, nil
	}
}

type caseExplain struct {
	ByID
	Match
	Body struct {
		Explanation string     `json:"explanation" minLength:"1" maxLength:"2000" doc:"What the customer was told."`
		Next        string     `json:"next" format:"date" doc:"When the customer is followed up next."`
		Rectifier   huifang.ID `json:"rectifier,omitempty" maxLength:"100"`
		Version     int64      `json:"version,omitempty"`
	}
}

func (s *service) explainCase(ctx context.Context, actor *huifang.Actor, in *caseExplain) (*answer[CaseResult], error) {
	version, err := in.version(in.Body.Version)
	if err != nil {
		return nil, err
	}
	next, err := dateOf("body.next", in.Body.Next)
	if err != nil {
		return nil, err
	}
	return s.caseResult(ctx, actor, in.ID)(s.app.ExplainCase(ctx, actor, in.ID, app.ExplainInput{
		Version: version, Explanation: in.Body.Explanation, Next: next, Rectifier: own(in.Body.Rectifier, actor),
	}))
}

type caseResolve struct {
	ByID
	Match
	Body struct {
		Resolution string `json:"resolution" minLength:"1" maxLength:"2000"`
		Version    int64  `json:"version,omitempty"`
	}
}

func (s *service) resolveCase(ctx context.Context, actor *huifang.Actor, in *caseResolve) (*answer[CaseResult], error) {
	version, err := in.version(in.Body.Version)
	if err != nil {
		return nil, err
	}
	return s.caseResult(ctx, actor, in.ID)(s.app.ResolveCase(ctx, actor, in.ID, version, in.Body.Resolution))
}

type caseReason struct {
	ByID
	Match
	Body struct {
		Reason  string `json:"reason" minLength:"1" maxLength:"500"`
		Version int64  `json:"version,omitempty"`
	}
}

func (s *service) closeCase(ctx context.Context, actor *huifang.Actor, in *caseReason) (*versioned[Case], error) {
	version, err := in.version(in.Body.Version)
	if err != nil {
		return nil, err
	}
	return s.changedCase(ctx, actor, in.ID)(s.app.CloseCase(ctx, actor, in.ID, version, in.Body.Reason))
}

func (s *service) reopenCase(ctx context.Context, actor *huifang.Actor, in *caseReason) (*versioned[Case], error) {
	version, err := in.version(in.Body.Version)
	if err != nil {
		return nil, err
	}
	return s.changedCase(ctx, actor, in.ID)(s.app.ReopenCase(ctx, actor, in.ID, version, in.Body.Reason))
}

type caseComment struct {
	ByID
	Body struct {
		Text string `json:"text" minLength:"1" maxLength:"2000"`
	}
}

func (s *service) commentCase(ctx context.Context, actor *huifang.Actor, in *caseComment) (*nothing, error) {
	return nil, s.app.CommentCase(ctx, actor, in.ID, in.Body.Text)
}
