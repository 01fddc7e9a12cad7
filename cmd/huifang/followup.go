package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/api"
)

type followupCmd struct {
	List        followupListCmd        `cmd:"" help:"List follow-ups, the most urgent first." zh:"列出回访，最急的在前。"`
	Show        followupShowCmd        `cmd:"" help:"Show one with its customer, form and history." zh:"查看一个回访：客户、表单与经过。"`
	Take        followupTakeCmd        `cmd:"" help:"Sign for the form." zh:"签收回访表。"`
	Return      followupReturnCmd      `cmd:"" help:"Give the form back." zh:"交回回访表。"`
	Attempt     followupAttemptCmd     `cmd:"" help:"Note an attempt to reach the customer." zh:"登记一次联系客户的尝试。"`
	Complete    followupCompleteCmd    `cmd:"" help:"Record the answers; without --answer the form is asked item by item." zh:"登记回访结果；不给 --answer 则逐项询问。"`
	Unreachable followupUnreachableCmd `cmd:"" help:"Close as unreachable, with a reason." zh:"按无法联系结束，须填原因。"`
	Waive       followupWaiveCmd       `cmd:"" help:"Waive, with a reason." zh:"免于回访，须填原因。"`
	Postpone    followupPostponeCmd    `cmd:"" help:"Move the last day, with a reason." zh:"改期，须填原因。"`
	Reassign    followupReassignCmd    `cmd:"" help:"Give it to others, with a reason." zh:"改派他人，须填原因。"`
}

type followupListCmd struct {
	server
	State    []string `help:"State: planned, overdue, completed, unreachable, waived, cancelled." zh:"状态：planned 未回访、overdue 逾期、completed 已回访、unreachable 无法联系、waived 免回访、cancelled 已取消。" default:"planned,overdue"`
	Program  string   `help:"Only this program." zh:"只看该回访方案。"`
	Unit     string   `help:"Code or name of a unit: it and those below." zh:"单位编码或名称：含其下级。"`
	Month    string   `help:"Only windows that close in this month (YYYY-MM)." zh:"只看在该月截止的（年-月，如 2026-03）。"`
	Mine     bool     `help:"Only what is assigned to me." zh:"只看分派给我的。"`
	Assignee string   `help:"Only what is assigned to this member of staff (code, name or id)." zh:"只看分派给该员工的（编号、姓名或内部号）。"`
	Verdict  []string `help:"Verdict: satisfied, dissatisfied, unqualified." zh:"结论：satisfied 满意、dissatisfied 不满意、unqualified 不合格。"`
	Review   []string `help:"Review: pending, qualified, unqualified, redo." zh:"审核：pending 待审核、qualified 合格、unqualified 不合格、redo 重做。"`
	Text     string   `help:"Part of a number, name, room or plate." zh:"编号、姓名、房号或车牌的一部分。"`
	Sort     string   `help:"Order: closes, opens or created." zh:"排序：closes 按截止、opens 按开始、created 按生成。" enum:"closes,opens,created" default:"closes"`
	Limit    int      `help:"How many." zh:"条数。" default:"50"`
	After    string   `help:"Go on after this page." zh:"从该页之后继续。"`
	JSON     bool     `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run prints one page.
func (c *followupListCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	q, err := c.query(ctx, to)
	if err != nil {
		return err
	}
	var page api.List[api.Followup]
	if err := to.call(ctx, http.MethodGet, "/followups", q, nil, &page); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &page)
	}
	followupTable(s, page.Items)
	if page.Next != "" {
		say(s, s.out, "还有更多，下一页加：--after %s", "there are more; for the next page add: --after %s", page.Next)
	}
	return nil
}

func (c *followupListCmd) query(ctx context.Context, to *client) (url.Values, error) {
	q := url.Values{"limit": {strconv.Itoa(c.Limit)}, "sort": {c.Sort}}
	for k, v := range map[string]string{
		"state": strings.Join(c.State, ","), "program": c.Program, "month": c.Month, "text": c.Text, "after": c.After,
		"verdict": strings.Join(c.Verdict, ","), "review": strings.Join(c.Review, ","),
	} {
		if v != "" {
			q.Set(k, v)
		}
	}
	if c.Unit != "" {
		id, err := to.unit(ctx, c.Unit)
		if err != nil {
			return nil, err
		}
		q.Set("unit", string(id))
	}
	switch {
	case c.Mine:
		q.Set("assignee", "me")
	case c.Assignee != "":
		id, err := to.staff(ctx, c.Assignee)
		if err != nil {
			return nil, err
		}
		q.Set("assignee", string(id))
	}
	return q, nil
}

// unit is the id of a unit's code or name.
func (c *client) unit(ctx context.Context, code string) (huifang.ID, error) {
	var all api.List[api.Unit]
	if err := c.call(ctx, http.MethodGet, "/units", nil, nil, &all); err != nil {
		return "", err
	}
	for i := range all.Items {
		if u := &all.Items[i]; u.Code == code || u.Name == code || string(u.ID) == code {
			return u.ID, nil
		}
	}
	return "", huifang.Fail(huifang.CodeNotFound, "unit.not_found", huifang.Textf("没有单位“%s”", "there is no unit %q", code))
}

// staff is the id of a member of staff's code, name or id.
func (c *client) staff(ctx context.Context, named string) (huifang.ID, error) {
	if _, uuid := huifang.ID(named).Bytes(); uuid {
		return huifang.ID(named), nil
	}
	var found api.List[api.Staff]
	if err := c.call(ctx, http.MethodGet, "/staff", url.Values{"text": {named}, "limit": {"1000"}}, nil, &found); err != nil {
		return "", err
	}
	var ids []huifang.ID
	for i := range found.Items {
		switch p := &found.Items[i]; named {
		case p.Code:
			return p.ID, nil
		case p.Name:
			ids = append(ids, p.ID)
		}
	}
	if len(ids) == 1 {
		return ids[0], nil
	}
	if len(ids) > 1 {
		return "", huifang.Invalid("staff.ambiguous", huifang.Textf("有 %d 位员工叫“%s”，请用员工编号", "%d members of staff are called %q; use a code", len(ids), named))
	}
	return "", huifang.Fail(huifang.CodeNotFound, "staff.not_found", huifang.Textf("没有员工“%s”", "there is no member of staff %q", named))
}

// followupTable prints follow-ups in columns.
func followupTable(s *streams, fs []api.Followup) {
	if len(fs) == 0 {
		say(s, s.out, "没有符合条件的回访", "no follow-up matches")
		return
	}
	rows := [][]string{{
		pick(s, "编号", "NUMBER"), pick(s, "状态", "STATE"), pick(s, "时限", "WINDOW"), pick(s, "方案", "PROGRAM"), pick(s, "客户", "CONTACT"),
		pick(s, "资产", "ASSET"), pick(s, "事项", "MATTER"), pick(s, "回访人", "ASSIGNEES"),
	}}
	for i := range fs {
		rows = append(rows, followupCells(s, &fs[i]))
	}
	table(s.out, rows)
}

func followupCells(s *streams, f *api.Followup) []string {
	program := f.Program
	if f.ProgramName != nil {
		program = f.ProgramName.In(s.lang)
	}
	who := make([]string, 0, len(f.Assignees))
	for _, a := range f.Assignees {
		who = append(who, assignee(a))
	}
	return []string{f.Number, standing(s, f), f.Window.Opens + "…" + f.Window.Closes, program, f.ContactName, f.AssetName, f.Matter, strings.Join(who, "+")}
}

// assignee is a person's name, or in parentheses the role nobody was found for.
func assignee(p api.Person) string {
	switch {
	case p.Name != "":
		return p.Name
	case p.Role != "":
		return "(" + p.Role + ")"
	}
	return "-"
}

// standing is a follow-up's state with its verdict.
func standing(s *streams, f *api.Followup) string {
	return strings.TrimSpace(stateWord(f.State).In(s.lang) + " " + verdictWord(f.Verdict).In(s.lang))
}

// one is a follow-up of a server, by number or id.
type one struct {
	server
	Number string `arg:"" help:"Number (HF-2026-000123) or id." zh:"回访编号（HF-2026-000123）或内部号。"`
	JSON   bool   `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// find loads it with everything.
func (c *one) find(ctx context.Context, s *streams) (*client, *api.FollowupDetail, error) {
	to, err := c.connect(ctx, s)
	if err != nil {
		return nil, nil, err
	}
	var d api.FollowupDetail
	err = to.call(ctx, http.MethodGet, "/followups/"+url.PathEscape(c.Number), nil, nil, &d)
	return to, &d, err
}

// act posts to a follow-up with the version it was seen in, and tells what
// came of it.
func (c *one) act(ctx context.Context, s *streams, verb string, in map[string]any) error {
	to, d, err := c.find(ctx, s)
	if err != nil {
		return err
	}
	return c.post(ctx, s, to, d, verb, in)
}

func (c *one) post(ctx context.Context, s *streams, to *client, d *api.FollowupDetail, verb string, in map[string]any) error {
	if in == nil {
		in = map[string]any{}
	}
	in["version"] = d.Version
	var raw json.RawMessage
	if err := to.call(ctx, http.MethodPost, "/followups/"+string(d.ID)+"/"+verb, nil, in, &raw); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, raw)
	}
	return tell(s, d, raw)
}

// tell says in words what an action on a follow-up led to.
func tell(s *streams, d *api.FollowupDetail, raw json.RawMessage) error {
	var got struct {
		api.Followup
		Changed *api.Followup  `json:"followup"`
		Cases   []api.Case     `json:"cases"`
		Opened  *api.Case      `json:"case"`
		Planned []api.Followup `json:"planned"`
	}
	if err := json.Unmarshal(raw, &got); err != nil {
		var plain struct {
			api.Followup
		}
		if err := json.Unmarshal(raw, &plain); err != nil {
			return err
		}
		got.Followup = plain.Followup
	}
	now := &got.Followup
	if got.Changed != nil {
		now = got.Changed
	}
	fmt.Fprintln(s.out, d.Number, standing(s, now))
	if !now.NextTry.IsZero() && !now.State.Done() {
		say(s, s.out, "下次尝试：%s", "next try: %s", shownTime(s, now.NextTry))
	}
	if got.Opened != nil {
		got.Cases = append(got.Cases, *got.Opened)
	}
	for i := range got.Cases {
		say(s, s.out, "已立案 %s，期限 %s", "case %s opened, due %s", got.Cases[i].Number, got.Cases[i].Due)
	}
	for i := range got.Planned {
		say(s, s.out, "下次回访 %s：%s…%s", "next follow-up %s: %s…%s", got.Planned[i].Number, got.Planned[i].Window.Opens, got.Planned[i].Window.Closes)
	}
	return nil
}
