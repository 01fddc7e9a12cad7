package api

import (
	"context"
	"net/http"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// reviews: supervisors' decisions on records, and the head's on recurrences.
func (s *service) reviews() {
	const tag = "reviews"
	review := may(huifang.PermFollowupReview)
	register(s, tag, op{id: "review-queue", method: http.MethodGet, path: "/reviews", zh: "待审核的回访记录", en: "Records that wait for review, never one's own", needs: review}, s.reviewQueue)
	register(s, tag, op{id: "review-followup", method: http.MethodPost, path: "/followups/{id}/review", zh: "审核回访记录", en: "Review a record", needs: review, once: true}, s.reviewFollowup)
	register(s, tag, op{id: "list-recurrences", method: http.MethodGet, path: "/recurrences", zh: "列出重复诉求与返工", en: "List recurrences", needs: may(huifang.PermStatsRead, huifang.PermRecurrence)}, s.listRecurrences)
	register(s, tag, op{id: "detect-recurrences", method: http.MethodPost, path: "/recurrences/detect", zh: "立即检查某月的重复诉求与返工", en: "Look for recurrences of a month now", needs: may(huifang.PermStatsRead), once: true}, s.detectRecurrences)
	register(s, tag, op{id: "decide-recurrence", method: http.MethodPost, path: "/recurrences/{id}/decide", zh: "负责人决定是否列为重大投诉", en: "The head's decision", needs: may(huifang.PermRecurrence), once: true}, s.decideRecurrence)
}

type reviewListInput struct {
	Paging
	FollowupFilter
}

func (s *service) reviewQueue(ctx context.Context, actor *huifang.Actor, in *reviewListInput) (*answer[List[Followup]], error) {
	f, err := s.filter(ctx, actor, &in.FollowupFilter)
	if err != nil {
		return nil, err
	}
	p, err := s.app.ReviewQueue(ctx, actor, f, in.page())
	return newList(p, newFollowupLine), err
}

// ReviewChange is a supervisor's decision.
type ReviewChange struct {
	Basis
	Decision huifang.ReviewState `json:"decision" enum:"qualified,unqualified,redo"`
	Opinion  string              `json:"opinion,omitempty" maxLength:"2000" doc:"Needed unless qualified."`
	Closes   string              `json:"closes,omitempty" format:"date" doc:"With redo: the new last day."`
}

// Reviewed is what came of a review.
type Reviewed struct {
	Followup Followup `json:"followup"`
	Review   Review   `json:"review"`
	Case     *Case    `json:"case,omitempty" doc:"Opened by it."`
}

type reviewInput struct {
	ByID
	Match
	Body ReviewChange
}

func (s *service) reviewFollowup(ctx context.Context, actor *huifang.Actor, in *reviewInput) (*answer[Reviewed], error) {
	b := &in.Body
	closes, err := dateOf("body.closes", b.Closes)
	if err != nil {
		return nil, err
	}
	got, err := change(ctx, s, actor, in.ID, in.Match, b.Version, func(id huifang.ID, row int64) (*app.Reviewed, error) {
		return s.app.Review(ctx, actor, id, app.ReviewInput{Row: row, Decision: b.Decision, Opinion: b.Opinion, Closes: closes})
	})
	if err != nil {
		return nil, err
	}
	return &answer[Reviewed]{Body: Reviewed{Followup: newFollowup(got.Followup), Review: newReview(got.Review), Case: given(got.Case, newCase)}}, nil
}

// Recurrence is the same contact and matter, or the same asset and repair,
// again and again.
type Recurrence struct {
	ID          huifang.ID    `json:"id"`
	Rule        string        `json:"rule"`
	RuleName    *huifang.Text `json:"rule_name,omitempty"`
	Kind        string        `json:"kind" enum:"contact,asset"`
	Subject     huifang.ID    `json:"subject"`
	SubjectName string        `json:"subject_name,omitempty"`
	Unit        huifang.ID    `json:"unit,omitempty"`
	UnitName    string        `json:"unit_name,omitempty"`
	Matter      string        `json:"matter"`
	Count       int           `json:"count"`
	Month       huifang.Month `json:"month"`
	Events      []huifang.ID  `json:"events"`
	Decision    string        `json:"decision,omitempty" enum:"major,normal"`
	Decided     time.Time     `json:"decided,omitzero"`
	By          huifang.ID    `json:"by,omitempty"`
	Opinion     string        `json:"opinion,omitempty"`
	Case        huifang.ID    `json:"case,omitempty"`
	CaseNumber  string        `json:"case_number,omitempty"`
	Version     int64         `json:"version"`
}

func newRecurrence(r *huifang.Recurrence) Recurrence {
	return Recurrence{
		ID: r.ID, Rule: r.Rule, Kind: r.Kind, Subject: r.Subject, Unit: r.Unit, Matter: r.Matter, Count: r.Count, Month: r.Month, Events: list(r.Events),
		Decision: r.Decision, By: r.By, Opinion: r.Opinion, Case: r.Case, Decided: r.Decided, Version: r.Version,
	}
}

func newRecurrenceLine(l app.RecurrenceLine) Recurrence {
	w := newRecurrence(l.Recurrence)
	w.RuleName, w.UnitName, w.SubjectName, w.CaseNumber = &l.RuleName, l.UnitName, l.SubjectName, l.CaseNumber
	return w
}

type recurrenceListInput struct {
	Month   string       `query:"month" pattern:"^[0-9]{4}-[0-9]{2}$" patternDescription:"YYYY-MM"`
	Unit    []huifang.ID `query:"unit" maxItems:"200" doc:"Only of these units and the units below; several separated by commas."`
	Subject huifang.ID   `query:"subject" maxLength:"100"`
	Open    bool         `query:"open" doc:"Only those not decided yet."`
}

func (s *service) listRecurrences(ctx context.Context, actor *huifang.Actor, in *recurrenceListInput) (*answer[List[Recurrence]], error) {
	month, err := monthOf("query.month", in.Month)
	if err != nil {
		return nil, err
	}
	units, err := s.below(ctx, actor, in.Unit)
	if err != nil {
		return nil, err
	}
	got, err := s.app.Recurrences(ctx, actor, app.RecurrenceFilter{Month: month, Units: units, Subject: in.Subject, Open: in.Open})
	return all(got, newRecurrenceLine), err
}

type detectInput struct {
	Body struct {
		Month string `json:"month" pattern:"^[0-9]{4}-[0-9]{2}$" patternDescription:"YYYY-MM"`
	}
}

// Detected is how many recurrences were flagged anew.
type Detected struct {
	Flagged int `json:"flagged"`
}

func (s *service) detectRecurrences(ctx context.Context, actor *huifang.Actor, in *detectInput) (*answer[Detected], error) {
	month, err := monthOf("body.month", in.Body.Month)
	if err != nil {
		return nil, err
	}
	n, err := s.app.DetectRecurrences(ctx, actor, month)
	return &answer[Detected]{Body: Detected{Flagged: n}}, err
}

type decideInput struct {
	ByID
	Match
	Body struct {
		Decision string `json:"decision" enum:"major,normal"`
		Opinion  string `json:"opinion" minLength:"1" maxLength:"2000"`
		Version  int64  `json:"version,omitempty"`
	}
}

// Decided is a recurrence with the head's decision.
type Decided struct {
	Recurrence Recurrence `json:"recurrence"`
	Case       *Case      `json:"case,omitempty" doc:"Opened by it."`
}

func (s *service) decideRecurrence(ctx context.Context, actor *huifang.Actor, in *decideInput) (*answer[Decided], error) {
	version, err := in.version(in.Body.Version)
	if err != nil {
		return nil, err
	}
	r, c, err := s.app.DecideRecurrence(ctx, actor, in.ID, app.DecideInput{Version: version, Decision: in.Body.Decision, Opinion: in.Body.Opinion})
	if err != nil {
		return nil, err
	}
	return &answer[Decided]{Body: Decided{Recurrence: newRecurrence(r), Case: given(c, newCase)}}, nil
}
