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
	List    caseListCmd    `cmd:"" help:"List cases."`
	Show    caseShowCmd    `cmd:"" help:"Show one with its actions and follow-ups."`
	Act     caseActCmd     `cmd:"" help:"Add a corrective action."`
	Finish  caseFinishCmd  `cmd:"" help:"Finish the case's open actions with their result."`
	Explain caseExplainCmd `cmd:"" help:"Note what the customer was told and when they are followed up next."`
	Resolve caseResolveCmd `cmd:"" help:"Resolve: the next follow-up checks it."`
}

type caseListCmd struct {
	server
	State []string `help:"open, acting, resolved, closed." default:"open,acting,resolved"`
	JSON  bool     `help:"Print as JSON." name:"json"`
}

// Run prints them.
func (c *caseListCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(s)
	if err != nil {
		return err
	}
	var page api.List[api.Case]
	if err := to.call(ctx, http.MethodGet, "/cases", url.Values{"state": {strings.Join(c.State, ",")}, "limit": {"200"}}, nil, &page); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &page)
	}
	for i := range page.Items {
		fmt.Fprintln(s.out, caseLine(&page.Items[i]))
	}
	return nil
}

func caseLine(k *api.Case) string {
	return strings.Join([]string{k.Number, string(k.State), string(k.Severity), k.Due, k.ContactName, k.AssetName, k.Matter, k.OwnerName}, "  ")
}

// oneCase is a case of a server, by number or id.
type oneCase struct {
	server
	Number string `arg:"" help:"Number (AJ-2026-000045) or id."`
	JSON   bool   `help:"Print as JSON." name:"json"`
}

func (c *oneCase) find(ctx context.Context, s *streams) (*client, *api.CaseDetail, error) {
	to, err := c.connect(s)
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
		fmt.Fprintln(s.out, caseLine(got.Case))
	} else {
		fmt.Fprintln(s.out, d.Number, "ok")
	}
	for i := range got.Planned {
		fmt.Fprintln(s.out, followupLine(&got.Planned[i], s.lang))
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
	fmt.Fprintln(s.out, caseLine(&d.Case))
	for _, a := range d.Actions {
		fmt.Fprintf(s.out, "  %s  %s  %s\n", a.Due, a.Measure, a.Result)
	}
	for i := range d.Followups {
		fmt.Fprintln(s.out, "  "+followupLine(&d.Followups[i], s.lang))
	}
	return nil
}

type caseActCmd struct {
	oneCase
	Measure string `help:"What will be done." required:""`
	Due     string `help:"By when (YYYY-MM-DD)."`
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
	Result string `help:"What came of it." required:""`
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
	Explanation string `help:"What the customer was told." required:""`
	Next        string `help:"When they are followed up next (YYYY-MM-DD)." required:""`
}

// Run notes the explanation and plans the promised follow-up.
func (c *caseExplainCmd) Run(ctx context.Context, s *streams) error {
	return c.act(ctx, s, "explain", map[string]any{"explanation": c.Explanation, "next": c.Next})
}

type caseResolveCmd struct {
	oneCase
	Resolution string `help:"How it was put right." required:""`
}

// Run resolves it.
func (c *caseResolveCmd) Run(ctx context.Context, s *streams) error {
	return c.act(ctx, s, "resolve", map[string]any{"resolution": c.Resolution})
}

type reviewCmd struct {
	List   reviewListCmd   `cmd:"" help:"List the records that wait for review."`
	Decide reviewDecideCmd `cmd:"" help:"Decide on one: qualified, unqualified or redo."`
}

type reviewListCmd struct {
	server
	JSON bool `help:"Print as JSON." name:"json"`
}

// Run prints the queue.
func (c *reviewListCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(s)
	if err != nil {
		return err
	}
	var page api.List[api.Followup]
	if err := to.call(ctx, http.MethodGet, "/reviews", url.Values{"limit": {"200"}}, nil, &page); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &page)
	}
	for i := range page.Items {
		fmt.Fprintln(s.out, followupLine(&page.Items[i], s.lang))
	}
	return nil
}

type reviewDecideCmd struct {
	one
	Decision string `arg:"" help:"qualified, unqualified or redo." enum:"qualified,unqualified,redo"`
	Opinion  string `help:"The reviewer's opinion; needed unless qualified."`
}

// Run decides.
func (c *reviewDecideCmd) Run(ctx context.Context, s *streams) error {
	return c.act(ctx, s, "review", map[string]any{"decision": c.Decision, "opinion": c.Opinion})
}
