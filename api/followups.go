package api

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// followups: the worklist, and what is done with one follow-up.
func (s *service) followups() {
	const tag = "followups"
	read, work, manage := may(huifang.PermFollowupRead, huifang.PermFollowupWork), may(huifang.PermFollowupWork, huifang.PermFollowupManage), may(huifang.PermFollowupManage)
	register(s, tag, op{id: "list-followups", method: http.MethodGet, path: "/followups", zh: "列出回访", en: "List follow-ups", needs: read}, s.listFollowups)
	register(s, tag, op{id: "count-followups", method: http.MethodGet, path: "/followups/count", zh: "按条件计数", en: "Count follow-ups", needs: read}, s.countFollowups)
	register(s, tag, op{id: "work-counts", method: http.MethodGet, path: "/followups/work", zh: "待办数：逾期、今日、进行中、未开始、待审核", en: "What is to do: overdue, today, open, upcoming, waiting for review", needs: read}, s.workCounts)
	register(s, tag, op{id: "get-followup", method: http.MethodGet, path: "/followups/{id}", zh: "查看回访", en: "Show a follow-up with all that is needed to do it", needs: read}, s.getFollowup)
	register(s, tag, op{id: "explain-followup", method: http.MethodGet, path: "/followups/{id}/explanation", zh: "为什么有这次回访", en: "Why the follow-up exists, and why then", needs: read}, s.explainFollowup)
	register(s, tag, op{id: "take-followup", method: http.MethodPost, path: "/followups/{id}/take", zh: "签收回访表单", en: "Sign for the form", needs: work, once: true}, s.takeFollowup)
	register(s, tag, op{id: "return-followup", method: http.MethodPost, path: "/followups/{id}/return", zh: "交回回访表单", en: "Give the form back", needs: work, once: true}, s.returnFollowup)
	register(s, tag, op{id: "attempt-followup", method: http.MethodPost, path: "/followups/{id}/attempts", zh: "登记一次联系尝试", en: "Note an attempt to reach the contact", needs: work, created: true, once: true}, s.attemptFollowup)
	register(s, tag, op{id: "complete-followup", method: http.MethodPost, path: "/followups/{id}/complete", zh: "完成回访", en: "Complete with answers and signatures", needs: work, once: true}, s.completeFollowup)
	register(s, tag, op{id: "correct-followup", method: http.MethodPost, path: "/followups/{id}/correct", zh: "更正回访记录", en: "Correct the record with a new one", needs: work, once: true}, s.correctFollowup)
	register(s, tag, op{id: "postpone-followup", method: http.MethodPost, path: "/followups/{id}/postpone", zh: "延期", en: "Try later, or move the window", needs: work, once: true}, s.postponeFollowup)
	register(s, tag, op{id: "close-unreachable", method: http.MethodPost, path: "/followups/{id}/unreachable", zh: "以无法联系结案", en: "Close as unreachable", needs: work, once: true}, s.closeUnreachable)
	register(s, tag, op{id: "waive-followup", method: http.MethodPost, path: "/followups/{id}/waive", zh: "免回访", en: "Decide that it need not be done", needs: manage, once: true}, s.waiveFollowup)
	register(s, tag, op{id: "reassign-followup", method: http.MethodPost, path: "/followups/{id}/reassign", zh: "改派", en: "Give it to others", needs: manage, once: true}, s.reassignFollowup)
}

// FollowupFilter selects follow-ups; every part left out selects all.
type FollowupFilter struct {
	State      []huifang.State       `query:"state" enum:"planned,overdue,completed,unreachable,waived,cancelled" doc:"Several separated by commas."`
	Unit       []huifang.ID          `query:"unit" maxItems:"200" doc:"Only of these units and the units below; several separated by commas."`
	Assignee   huifang.ID            `query:"assignee" maxLength:"100" doc:"A member of staff, or me."`
	Lead       huifang.ID            `query:"lead" maxLength:"100" doc:"A member of staff, or me."`
	Unassigned bool                  `query:"unassigned" doc:"Nobody was found to do it."`
	Program    string                `query:"program" maxLength:"100"`
	Step       string                `query:"step" maxLength:"100"`
	Channel    huifang.Channel       `query:"channel" enum:"phone,sms,wechat,email,visit,meeting,survey,other" doc:"The first it is to be done by."`
	Group      app.Group             `query:"group" enum:"overdue,today,week,upcoming,review" doc:"Part of a worklist, see group-counts; in place of state."`
	Contact    huifang.ID            `query:"contact" maxLength:"100"`
	Asset      huifang.ID            `query:"asset" maxLength:"100"`
	Event      huifang.ID            `query:"event" maxLength:"100"`
	Case       huifang.ID            `query:"case" maxLength:"100"`
	Month      string                `query:"month" pattern:"^[0-9]{4}-[0-9]{2}$" patternDescription:"YYYY-MM" doc:"In which the window closes."`
	Verdict    []huifang.Verdict     `query:"verdict" enum:"satisfied,dissatisfied,unqualified" doc:"Several separated by commas."`
	Review     []huifang.ReviewState `query:"review" enum:"pending,qualified,unqualified,redo" doc:"Several separated by commas."`
	OpensFrom  time.Time             `query:"opens_from"`
	OpensTo    time.Time             `query:"opens_to" doc:"Before this instant."`
	ClosesFrom time.Time             `query:"closes_from"`
	ClosesTo   time.Time             `query:"closes_to" doc:"Before this instant."`
	OnTime     string                `query:"on_time" enum:"true,false" doc:"Of completed ones: within their window, or after it."`
	Text       string                `query:"text" maxLength:"200" doc:"Number, or part of the contact's or asset's name, code or phone."`
}

// me is what callers write for their own id.
const me = "me"

func (s *service) filter(ctx context.Context, actor *huifang.Actor, f *FollowupFilter) (app.FollowupFilter, error) {
	month, err := monthOf("query.month", f.Month)
	if err != nil {
		return app.FollowupFilter{}, err
	}
	units, err := s.below(ctx, actor, f.Unit)
	if err != nil {
		return app.FollowupFilter{}, err
	}
	out := app.FollowupFilter{
		States: f.State, Units: units, Assignee: own(f.Assignee, actor), Lead: own(f.Lead, actor), Unassigned: f.Unassigned, Program: f.Program, Step: f.Step, Channel: f.Channel,
		Contact: f.Contact, Asset: f.Asset, Event: f.Event, Case: f.Case, Month: month, Satisfied: f.Verdict, Review: f.Review,
		OpensFrom: f.OpensFrom, OpensTo: f.OpensTo, ClosesFrom: f.ClosesFrom, ClosesTo: f.ClosesTo, Text: strings.TrimSpace(f.Text),
	}
	if f.OnTime != "" {
		out.OnTime = new(f.OnTime == "true")
	}
	if f.Group != "" {
		return s.app.InGroup(ctx, actor, out, f.Group)
	}
	return out, nil
}

func own(id huifang.ID, actor *huifang.Actor) huifang.ID {
	if id == me {
		return actor.Staff
	}
	return id
}

type followupListInput struct {
	Paging
	FollowupFilter
	Sort app.FollowupSort `query:"sort" enum:"closes,opens,created" default:"closes"`
}

func (s *service) listFollowups(ctx context.Context, actor *huifang.Actor, in *followupListInput) (*answer[List[Followup]], error) {
	f, err := s.filter(ctx, actor, &in.FollowupFilter)
	if err != nil {
		return nil, err
	}
	p, err := s.app.Followups(ctx, actor, app.FollowupQuery{Filter: f, Sort: in.Sort, Page: in.page()})
	return newList(p, newFollowupLine), err
}

// Count is how many there are, up to a limit.
type Count struct {
	Count int  `json:"count"`
	More  bool `json:"more" doc:"There are more: counting stopped here."`
}

// countLimit is where counting stops: nobody needs more, and everything is
// quick below it.
const countLimit = 10_000

type followupCountInput struct{ FollowupFilter }

func (s *service) countFollowups(ctx context.Context, actor *huifang.Actor, in *followupCountInput) (*answer[Count], error) {
	f, err := s.filter(ctx, actor, &in.FollowupFilter)
	if err != nil {
		return nil, err
	}
	n, err := s.app.CountFollowups(ctx, actor, f, countLimit)
	return &answer[Count]{Body: Count{Count: n, More: n >= countLimit}}, err
}

// WorkCounts is what there is to do.
type WorkCounts struct {
	Overdue  int `json:"overdue"`
	Today    int `json:"today" doc:"The window closes today."`
	Open     int `json:"open" doc:"The window is open and closes later."`
	Upcoming int `json:"upcoming" doc:"The window opens later."`
	Review   int `json:"review" doc:"Records that wait for review."`
	Most     int `json:"most" doc:"Counting stops here."`
}

func (s *service) workCounts(ctx context.Context, actor *huifang.Actor, in *followupCountInput) (*answer[WorkCounts], error) {
	f, err := s.filter(ctx, actor, &in.FollowupFilter)
	if err != nil {
		return nil, err
	}
	c, err := s.app.WorkCounts(ctx, actor, f)
	if err != nil {
		return nil, err
	}
	return &answer[WorkCounts]{Body: WorkCounts(*c)}, nil
}

func (s *service) getFollowup(ctx context.Context, actor *huifang.Actor, in *ByID) (*versioned[FollowupDetail], error) {
	d, err := s.followup(ctx, actor, in.ID)
	if err != nil {
		return nil, err
	}
	return tagged(d, d.Version), nil
}

// followup finds one by id, or by its number: people know follow-ups by it.
func (s *service) followup(ctx context.Context, actor *huifang.Actor, id huifang.ID) (FollowupDetail, error) {
	if isNumber(id) {
		return seen(newFollowupDetail)(s.app.FollowupByNumber(ctx, actor, string(id)))
	}
	return seen(newFollowupDetail)(s.app.Followup(ctx, actor, id))
}

// isNumber tells a human number such as HF-2026-000123 from an id.
func isNumber(id huifang.ID) bool {
	_, uuid := id.Bytes()
	return !uuid && strings.Count(string(id), "-") >= 2
}

// resolved is the id of a follow-up named by id or number.
func (s *service) resolved(ctx context.Context, actor *huifang.Actor, id huifang.ID) (huifang.ID, error) {
	if !isNumber(id) {
		return id, nil
	}
	d, err := s.app.FollowupByNumber(ctx, actor, string(id))
	if err != nil {
		return "", err
	}
	return d.Followup.ID, nil
}

func (s *service) withFollowup(ctx context.Context, actor *huifang.Actor, id huifang.ID, err error) error {
	return withCurrent(err, func() (Followup, error) {
		d, err := s.followup(ctx, actor, id)
		return d.Followup, err
	})
}
