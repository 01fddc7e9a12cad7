package main

import (
	"context"
	"net/http"
	"net/url"

	"github.com/huifang/huifang/api"
)

type reviewCmd struct {
	List   reviewListCmd   `cmd:"" help:"List the records that wait for review." zh:"列出待审核的记录。"`
	Decide reviewDecideCmd `cmd:"" help:"Decide on one: qualified, unqualified or redo." zh:"审核一条：合格、不合格或重做。"`
}

type reviewListCmd struct {
	server
	JSON bool `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run prints the queue.
func (c *reviewListCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
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
	followupTable(s, page.Items)
	return nil
}

type reviewDecideCmd struct {
	one
	Decision string `arg:"" help:"qualified, unqualified or redo." zh:"qualified 合格、unqualified 不合格、redo 重做。" enum:"qualified,unqualified,redo"`
	Opinion  string `help:"The reviewer's opinion; needed unless qualified." zh:"审核意见；合格以外必填。"`
}

// Run decides.
func (c *reviewDecideCmd) Run(ctx context.Context, s *streams) error {
	return c.act(ctx, s, "review", map[string]any{"decision": c.Decision, "opinion": c.Opinion})
}
