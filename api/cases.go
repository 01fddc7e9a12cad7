package api

import (
	"context"
	"net/http"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// cases: what must be put right, and how it was.
func (s *service) cases() {
	const tag = "cases"
	read, manage := may(huifang.PermCaseRead), may(huifang.PermCaseManage, huifang.PermCaseRead)
	register(s, tag, op{id: "list-cases", method: http.MethodGet, path: "/cases", zh: "列出诉求", en: "List cases", needs: read}, s.listCases)
	register(s, tag, op{id: "open-case", method: http.MethodPost, path: "/cases", zh: "登记诉求", en: "Open a case by hand", needs: may(huifang.PermCaseManage), created: true, once: true}, s.openCase)
	register(s, tag, op{id: "get-case", method: http.MethodGet, path: "/cases/{id}", zh: "查看诉求", en: "Show a case with its actions and history", needs: read}, s.getCase)
	register(s, tag, op{id: "update-case", method: http.MethodPut, path: "/cases/{id}", zh: "修改诉求", en: "Change a case", needs: manage}, s.updateCase)
	register(s, tag, op{id: "add-action", method: http.MethodPost, path: "/cases/{id}/actions", zh: "制定整改措施", en: "Add a corrective action", needs: manage, created: true, once: true}, s.addAction)
	register(s, tag, op{id: "finish-action", method: http.MethodPost, path: "/actions/{id}/finish", zh: "完成整改措施", en: "Finish a corrective action", needs: manage, once: true}, s.finishAction)
	register(s, tag, op{id: "explain-case", method: http.MethodPost, path: "/cases/{id}/explain", zh: "一时无法解决：说明情况并约定下次回访", en: "Unsolvable at once: note what was explained and promise the next follow-up", needs: manage, once: true}, s.explainCase)
	register(s, tag, op{id: "resolve-case", method: http.MethodPost, path: "/cases/{id}/resolve", zh: "登记处理结果（生成下次回访）", en: "Resolve; plans the follow-up that checks it", needs: manage, once: true}, s.resolveCase)
	register(s, tag, op{id: "close-case", method: http.MethodPost, path: "/cases/{id}/close", zh: "结案", en: "Close by hand", needs: manage, once: true}, s.closeCase)
	register(s, tag, op{id: "reopen-case", method: http.MethodPost, path: "/cases/{id}/reopen", zh: "重新打开", en: "Open again", needs: manage, once: true}, s.reopenCase)
	register(s, tag, op{id: "comment-case", method: http.MethodPost, path: "/cases/{id}/comments", zh: "补充说明", en: "Add a comment to the history", needs: manage, once: true}, s.commentCase)
}

// Case is a dissatisfaction or unqualified result that must be put right.
// Lists and details carry names, answers to changes leave them out.
type Case struct {
	ID          huifang.ID        `json:"id"`
	Number      string            `json:"number" example:"AJ-2026-000045"`
	Followup    huifang.ID        `json:"followup,omitempty" doc:"That opened it."`
	Event       huifang.ID        `json:"event,omitempty"`
	Contact     huifang.ID        `json:"contact,omitempty"`
	ContactName string            `json:"contact_name,omitempty"`
	Asset       huifang.ID        `json:"asset,omitempty"`
	AssetName   string            `json:"asset_name,omitempty"`
	Unit        huifang.ID        `json:"unit,omitempty"`
	UnitName    string            `json:"unit_name,omitempty"`
	Department  string            `json:"department,omitempty"`
	Matter      string            `json:"matter,omitempty"`
	Severity    huifang.Severity  `json:"severity" enum:"general,major"`
	State       huifang.CaseState `json:"state" enum:"open,acting,resolved,closed"`
	Owner       huifang.ID        `json:"owner,omitempty" doc:"The rectifier."`
	OwnerName   string            `json:"owner_name,omitempty"`
	Overdue     bool              `json:"overdue,omitempty"`
	Opened      time.Time         `json:"opened"`
	Due         string            `json:"due,omitempty" format:"date"`
	Explained   string            `json:"explained,omitempty" doc:"What the customer was told when it could not be solved at once."`
	NextDate    string            `json:"next_date,omitempty" format:"date" doc:"Of the follow-up promised to the customer."`
	Resolution  string            `json:"resolution,omitempty"`
	Resolved    time.Time         `json:"resolved,omitzero"`
	Closed      time.Time         `json:"closed,omitzero"`
	Version     int64             `json:"version"`
}

func newCase(c *huifang.Case) Case {
	return Case{
		ID: c.ID, Number: c.Number, Followup: c.Followup, Event: c.Event, Contact: c.Contact, Asset: c.Asset, Unit: c.Unit, Department: c.Department,
		Matter: c.Matter, Severity: c.Severity, State: c.State, Owner: c.Owner, Opened: c.Opened, Due: c.Due.String(), Explained: c.Explained,
		NextDate: c.NextDate.String(), Resolution: c.Resolution, Resolved: c.Resolved, Closed: c.Closed, Version: c.Version,
	}
}

func newCaseLine(l app.CaseLine) Case {
	w := newCase(l.Case)
	w.UnitName, w.ContactName, w.AssetName, w.OwnerName, w.Overdue = l.UnitName, l.ContactName, l.AssetName, l.OwnerName, l.Overdue
	return w
}

type caseListInput struct {
	Paging
	Unit     []huifang.ID        `query:"unit" maxItems:"200" doc:"Only of these units and the units below; several separated by commas."`
	State    []huifang.CaseState `query:"state" enum:"open,acting,resolved,closed" doc:"Several separated by commas."`
	Severity huifang.Severity    `query:"severity" enum:"general,major"`
	Owner    huifang.ID          `query:"owner" maxLength:"100" doc:"A member of staff, or me."`
	Contact  huifang.ID          `query:"contact" maxLength:"100"`
	Asset    huifang.ID          `query:"asset" maxLength:"100"`
	Followup huifang.ID          `query:"followup" maxLength:"100"`
	Event    huifang.ID          `query:"event" maxLength:"100"`
	Due      string              `query:"due" format:"date" doc:"Due on this day or before."`
	From     time.Time           `query:"from" doc:"Opened at this instant or later."`
	To       time.Time           `query:"to" doc:"Opened before this instant."`
}

func (s *service) listCases(ctx context.Context, actor *huifang.Actor, in *caseListInput) (*answer[List[Case]], error) {
	due, err := dateOf("query.due", in.Due)
	if err != nil {
		return nil, err
	}
	units, err := s.below(ctx, actor, in.Unit)
	if err != nil {
		return nil, err
	}
	p, err := s.app.Cases(ctx, actor, app.CaseFilter{
		Units: units, States: in.State, Severity: in.Severity, Owner: own(in.Owner, actor), Contact: in.Contact, Asset: in.Asset,
		Followup: in.Followup, Event: in.Event, DueBy: due, From: in.From, To: in.To,
	}, in.page())
	return newList(p, newCaseLine), err
}

// NewCase opens a case by hand.
type NewCase struct {
	Followup   huifang.ID       `json:"followup,omitempty" maxLength:"100"`
	Contact    huifang.ID       `json:"contact,omitempty" maxLength:"100"`
	Asset      huifang.ID       `json:"asset,omitempty" maxLength:"100"`
	Unit       huifang.ID       `json:"unit,omitempty" maxLength:"100"`
	Department string           `json:"department,omitempty" maxLength:"100"`
	Matter     string           `json:"matter" minLength:"1" maxLength:"500"`
	Severity   huifang.Severity `json:"severity,omitempty" enum:"general,major" default:"general"`
	Owner      huifang.ID       `json:"owner,omitempty" maxLength:"100" doc:"The rectifier; missing: the unit's head."`
	Due        string           `json:"due,omitempty" format:"date" doc:"Missing: in three working days."`
}

type caseCreation struct{ Body NewCase }

func (s *service) openCase(ctx context.Context, actor *huifang.Actor, in *caseCreation) (*versioned[Case], error) {
	b := &in.Body
	due, err := dateOf("body.due", b.Due)
	if err != nil {
		return nil, err
	}
	return s.changedCase(ctx, actor, "")(s.app.OpenCase(ctx, actor, app.NewCase{
		Followup: b.Followup, Contact: b.Contact, Asset: b.Asset, Unit: b.Unit, Department: b.Department, Matter: b.Matter,
		Severity: b.Severity, Owner: own(b.Owner, actor), Due: due,
	}))
}

// changedCase answers with a case; in a conflict it tells how the case is now.
func (s *service) changedCase(ctx context.Context, actor *huifang.Actor, id huifang.ID) func(*huifang.Case, error) (*versioned[Case], error) {
	return func(c *huifang.Case, err error) (*versioned[Case], error) {
		if err != nil {
			return nil, s.withCase(ctx, actor, id, err)
		}
		return tagged(newCase(c), c.Version), nil
	}
}

func (s *service) withCase(ctx context.Context, actor *huifang.Actor, id huifang.ID, err error) error {
	if id == "" {
		return err
	}
	return withCurrent(err, func() (Case, error) {
		return seen(func(d *app.CaseDetail) Case { return newCaseLine(d.CaseLine) })(s.app.Case(ctx, actor, id))
	})
}

// CaseChange is what can be changed about a case while it is open.
type CaseChange struct {
	Owner      huifang.ID       `json:"owner,omitempty" maxLength:"100" doc:"Missing parts stay as they are."`
	Due        string           `json:"due,omitempty" format:"date"`
	Severity   huifang.Severity `json:"severity,omitempty" enum:"general,major"`
	Department string           `json:"department,omitempty" maxLength:"100"`
	Matter     string           `json:"matter,omitempty" maxLength:"500"`
	Reason     string           `json:"reason,omitempty" maxLength:"500"`
	Version    int64            `json:"version,omitempty"`
}

type caseUpdate struct {
	ByID
	Match
	Body CaseChange
}

func (s *service) updateCase(ctx context.Context, actor *huifang.Actor, in *caseUpdate) (*versioned[Case], error) {
	b := &in.Body
	version, err := in.version(b.Version)
	if err != nil {
		return nil, err
	}
	due, err := dateOf("body.due", b.Due)
	if err != nil {
		return nil, err
	}
	return s.changedCase(ctx, actor, in.ID)(s.app.UpdateCase(ctx, actor, in.ID, app.CaseEdit{
		Version: version, Owner: own(b.Owner, actor), Due: due, Severity: b.Severity, Department: b.Department, Matter: b.Matter, Reason: b.Reason,
	}))
}
