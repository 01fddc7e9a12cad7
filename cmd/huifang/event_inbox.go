package main

import (
	"context"
	"net/http"
	"net/url"

	"github.com/huifang/huifang/api"
)

type eventInboxCmd struct {
	server
	JSON bool `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run prints how many events wait to be planned, and how many could not be.
func (c *eventInboxCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	var in api.Inbox
	if err := to.call(ctx, http.MethodGet, "/inbox", nil, nil, &in); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &in)
	}
	say(s, s.out, "等待处理 %d 个（上限 %d），无法处理 %d 个", "%d wait to be planned (of at most %d), %d could not be planned", in.Waiting, in.Capacity, in.Refused)
	if in.Oldest != nil {
		say(s, s.out, "最早的接收于 %s", "the first was received %s", shownTime(s, *in.Oldest))
	}
	return nil
}

type eventRefusedCmd struct {
	server
	After string `help:"Go on after this page." zh:"从该页之后继续。"`
	JSON  bool   `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run prints the events that were received and could not be planned.
func (c *eventRefusedCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	q := url.Values{"limit": {"50"}}
	if c.After != "" {
		q.Set("after", c.After)
	}
	var page api.List[api.RefusedEvent]
	if err := to.call(ctx, http.MethodGet, "/inbox/refused", q, nil, &page); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &page)
	}
	events := to.eventWords(ctx)
	rows := [][]string{{pick(s, "内部号", "ID"), pick(s, "接收时间", "RECEIVED"), pick(s, "类别", "TYPE"), pick(s, "来源编号", "KEY"), pick(s, "客户", "CONTACT"), pick(s, "原因", "REASON")}}
	for i := range page.Items {
		e := &page.Items[i]
		rows = append(rows, []string{string(e.ID), shownTime(s, e.Received), eventWord(s, events, e.Type), e.Key, e.ContactName, e.Error.Messages.In(s.lang)})
	}
	table(s.out, rows)
	if page.Next != "" {
		say(s, s.out, "还有更多，下一页加：--after %s", "there are more; for the next page add: --after %s", page.Next)
	}
	return nil
}

type eventRetryCmd struct {
	server
	ID string `arg:"" help:"Id of the event." zh:"事件的内部号。"`
}

// Run has a refused event planned again.
func (c *eventRetryCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	return to.call(ctx, http.MethodPost, "/inbox/refused/"+url.PathEscape(c.ID)+"/retry", nil, nil, nil)
}

type eventDismissCmd struct {
	server
	ID string `arg:"" help:"Id of the event." zh:"事件的内部号。"`
}

// Run gives up a refused event.
func (c *eventDismissCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	return to.call(ctx, http.MethodDelete, "/inbox/refused/"+url.PathEscape(c.ID), nil, nil, nil)
}
