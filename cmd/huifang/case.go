package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/huifang/huifang/api"
)

type caseCmd struct {
	List    caseListCmd    `cmd:"" help:"List cases." zh:"列出诉求。"`
	Show    caseShowCmd    `cmd:"" help:"Show one with its actions and follow-ups." zh:"查看一件诉求：整改措施与回访。"`
	Act     caseActCmd     `cmd:"" help:"Add a corrective action." zh:"添加整改措施。"`
	Finish  caseFinishCmd  `cmd:"" help:"Finish the case's open actions with their result." zh:"登记未完成整改措施的结果。"`
	Explain caseExplainCmd `cmd:"" help:"Note what the customer was told and when they are followed up next." zh:"登记对客户的说明和约定的下次回访日期。"`
	Resolve caseResolveCmd `cmd:"" help:"Resolve: the next follow-up checks it." zh:"登记处理结果：由下次回访核实。"`
	Close   caseCloseCmd   `cmd:"" help:"Close by hand, with a reason." zh:"人工结案，须填原因。"`
	Reopen  caseReopenCmd  `cmd:"" help:"Open again, with a reason." zh:"重新打开，须填原因。"`
	Comment caseCommentCmd `cmd:"" help:"Add a comment to its history." zh:"添加备注。"`
}

type caseListCmd struct {
	server
	State []string `help:"State: open, acting, resolved, closed." zh:"状态：open 待处理、acting 整改中、resolved 待复访、closed 已结案。" default:"open,acting,resolved"`
	Unit  string   `help:"Code or name of a unit: it and those below." zh:"单位编码或名称：含其下级。"`
	Mine  bool     `help:"Only those I must put right." zh:"只看由我整改的。"`
	JSON  bool     `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run prints them.
func (c *caseListCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	q := url.Values{"state": {strings.Join(c.State, ",")}, "limit": {"200"}}
	if c.Mine {
		q.Set("owner", "me")
	}
	if c.Unit != "" {
		id, err := to.unit(ctx, c.Unit)
		if err != nil {
			return err
		}
		q.Set("unit", string(id))
	}
	var page api.List[api.Case]
	if err := to.call(ctx, http.MethodGet, "/cases", q, nil, &page); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &page)
	}
	if len(page.Items) == 0 {
		say(s, s.out, "没有符合条件的诉求", "no case matches")
		return nil
	}
	rows := [][]string{{
		pick(s, "编号", "NUMBER"), pick(s, "状态", "STATE"), pick(s, "程度", "SEVERITY"), pick(s, "期限", "DUE"), pick(s, "客户", "CONTACT"),
		pick(s, "资产", "ASSET"), pick(s, "事项", "MATTER"), pick(s, "整改责任人", "OWNER"),
	}}
	for i := range page.Items {
		rows = append(rows, caseCells(s, &page.Items[i]))
	}
	table(s.out, rows)
	return nil
}

func caseCells(s *streams, k *api.Case) []string {
	return []string{k.Number, caseWord(k.State).In(s.lang), severityWord(k.Severity).In(s.lang), k.Due, k.ContactName, k.AssetName, k.Matter, k.OwnerName}
}

func caseLine(s *streams, k *api.Case) string {
	return strings.Join(strings.Fields(strings.Join(caseCells(s, k), " ")), "  ")
}

// oneCase is a case of a server, by number or id.
type oneCase struct {
	server
	Number string `arg:"" help:"Number (AJ-2026-000045) or id." zh:"诉求编号（AJ-2026-000045）或内部号。"`
	JSON   bool   `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

func (c *oneCase) find(ctx context.Context, s *streams) (*client, *api.CaseDetail, error) {
	to, err := c.connect(ctx, s)
	if err != nil {
		return nil, nil, err
	}
	var d api.CaseDetail
	err = to.call(ctx, http.MethodGet, "/cases/"+url.PathEscape(c.Number), nil, nil, &d)
	return to, &d, err
}

func (c *oneCase) act(ctx context.Context, s *streams, verb string, in map[string]any) error {
	to, d, err := c.find(ctx, s)
	if err != nil {
		return err
	}
	in["version"] = d.Version
	if verb == "actions" {
		delete(in, "version")
	}
	var raw json.RawMessage
	if err := to.call(ctx, http.MethodPost, "/cases/"+string(d.ID)+"/"+verb, nil, in, &raw); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, raw)
	}
	var got struct {
		Case    *api.Case      `json:"case"`
		Planned []api.Followup `json:"planned"`
	}
	// Actions answer with themselves: then there is nothing to tell but success.
	if json.Unmarshal(raw, &got) == nil && got.Case != nil {
		fmt.Fprintln(s.out, caseLine(s, got.Case))
	} else {
		fmt.Fprintln(s.out, d.Number, "ok")
	}
	for i := range got.Planned {
		say(s, s.out, "下次回访 %s：%s…%s", "next follow-up %s: %s…%s", got.Planned[i].Number, got.Planned[i].Window.Opens, got.Planned[i].Window.Closes)
	}
	return nil
}

type caseShowCmd struct{ oneCase }

// Run prints it.
func (c *caseShowCmd) Run(ctx context.Context, s *streams) error {
	_, d, err := c.find(ctx, s)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, d)
	}
	fmt.Fprintln(s.out, caseLine(s, &d.Case))
	for _, a := range d.Actions {
		say(s, s.out, "整改措施：%s  期限 %s  %s", "action: %s  due %s  %s", a.Measure, a.Due, a.Result)
	}
	if d.Explained != "" {
		say(s, s.out, "已向客户说明：%s  约定 %s 再访", "the customer was told: %s  next follow-up on %s", d.Explained, d.NextDate)
	}
	if d.Resolution != "" {
		say(s, s.out, "处理结果：%s", "resolution: %s", d.Resolution)
	}
	if len(d.Followups) > 0 {
		followupTable(s, d.Followups)
	}
	return nil
}

type caseActCmd struct {
	oneCase
	Measure string `help:"What will be done." zh:"将采取的措施。" required:""`
	Due     string `help:"By when (YYYY-MM-DD)." zh:"期限（年-月-日）。"`
}

// Run adds the action.
func (c *caseActCmd) Run(ctx context.Context, s *streams) error {
	in := map[string]any{"measure": c.Measure}
	if c.Due != "" {
		in["due"] = c.Due
	}
	return c.act(ctx, s, "actions", in)
}

type caseFinishCmd struct {
	oneCase
	Result string `help:"What came of it." zh:"整改结果。" required:""`
}

// Run finishes what is open.
func (c *caseFinishCmd) Run(ctx context.Context, s *streams) error {
	to, d, err := c.find(ctx, s)
	if err != nil {
		return err
	}
	for _, a := range d.Actions {
		if !a.Done.IsZero() {
			continue
		}
		if err := to.call(ctx, http.MethodPost, "/actions/"+string(a.ID)+"/finish", nil, map[string]any{"result": c.Result, "version": a.Version}, nil); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintln(s.out, d.Number, "ok")
	return err
}

type caseExplainCmd struct {
	oneCase
	Explanation string `help:"What the customer was told." zh:"向客户说明的内容。" required:""`
	Next        string `help:"When they are followed up next (YYYY-MM-DD)." zh:"约定的下次回访日期（年-月-日，如 2026-03-20）。" required:""`
}

// Run notes the explanation and plans the promised follow-up.
func (c *caseExplainCmd) Run(ctx context.Context, s *streams) error {
	return c.act(ctx, s, "explain", map[string]any{"explanation": c.Explanation, "next": c.Next})
}

type caseResolveCmd struct {
	oneCase
	Resolution string `help:"How it was put right." zh:"如何处理的。" required:""`
}

// Run resolves it.
func (c *caseResolveCmd) Run(ctx context.Context, s *streams) error {
	return c.act(ctx, s, "resolve", map[string]any{"resolution": c.Resolution})
}

type caseCloseCmd struct {
	oneCase
	Reason string `help:"The reason." zh:"原因。" required:""`
}

// Run closes it.
func (c *caseCloseCmd) Run(ctx context.Context, s *streams) error {
	return c.act(ctx, s, "close", map[string]any{"reason": c.Reason})
}

type caseReopenCmd struct {
	oneCase
	Reason string `help:"The reason." zh:"原因。" required:""`
}

// Run opens it again.
func (c *caseReopenCmd) Run(ctx context.Context, s *streams) error {
	return c.act(ctx, s, "reopen", map[string]any{"reason": c.Reason})
}

type caseCommentCmd struct {
	oneCase
	Text string `arg:"" help:"The comment." zh:"备注内容。"`
}

// Run adds the comment.
func (c *caseCommentCmd) Run(ctx context.Context, s *streams) error {
	to, d, err := c.find(ctx, s)
	if err != nil {
		return err
	}
	if err := to.call(ctx, http.MethodPost, "/cases/"+string(d.ID)+"/comments", nil, map[string]any{"text": c.Text}, nil); err != nil {
		return err
	}
	_, err = fmt.Fprintln(s.out, d.Number, "ok")
	return err
}
