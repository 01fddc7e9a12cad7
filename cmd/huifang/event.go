package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/huifang/huifang/api"
)

type eventCmd struct {
	List    eventListCmd    `cmd:"" help:"List events, the newest first." zh:"列出事件，最近的在前。"`
	Explain eventExplainCmd `cmd:"" help:"Say which follow-ups came of an event, and why others did not." zh:"说明事件产生了哪些回访，其他的为何没有。"`
	Inbox   eventInboxCmd   `cmd:"" help:"Tell how many received events wait to be planned." zh:"查看接收区中等待处理的事件数量。"`
	Refused eventRefusedCmd `cmd:"" help:"List received events that could not be planned, and why." zh:"列出已接收但无法处理的事件及原因。"`
	Retry   eventRetryCmd   `cmd:"" help:"Try again to plan a refused event." zh:"重新处理一个无法处理的事件。"`
	Dismiss eventDismissCmd `cmd:"" help:"Dismiss a refused event." zh:"不再处理一个无法处理的事件。"`
}

type eventListCmd struct {
	server
	After string `help:"Go on after this page." zh:"从该页之后继续。"`
	JSON  bool   `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run prints one page.
func (c *eventListCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	q := url.Values{"limit": {"50"}, "desc": {"true"}}
	if c.After != "" {
		q.Set("after", c.After)
	}
	var page api.List[api.Event]
	if err := to.call(ctx, http.MethodGet, "/events", q, nil, &page); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &page)
	}
	events := to.eventWords(ctx)
	units, err := to.unitNames(ctx)
	if err != nil {
		return err
	}
	rows := [][]string{{pick(s, "内部号", "ID"), pick(s, "时间", "TIME"), pick(s, "类别", "TYPE"), pick(s, "单位", "UNIT"), pick(s, "事项", "MATTER")}}
	for i := range page.Items {
		e := &page.Items[i]
		rows = append(rows, []string{string(e.ID), shownTime(s, e.At), eventWord(s, events, e.Type), units[e.Unit], e.Attributes.String("matter")})
	}
	table(s.out, rows)
	if page.Next != "" {
		say(s, s.out, "还有更多，下一页加：--after %s", "there are more; for the next page add: --after %s", page.Next)
	}
	return nil
}

type eventExplainCmd struct {
	server
	ID   string `arg:"" help:"Id of the event." zh:"事件的内部号。"`
	JSON bool   `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run prints what each program made of it.
func (c *eventExplainCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	var all api.List[api.EventWhy]
	if err := to.call(ctx, http.MethodGet, "/events/"+url.PathEscape(c.ID)+"/explanation", nil, nil, &all); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &all)
	}
	for i := range all.Items {
		explainProgram(s, &all.Items[i])
	}
	return nil
}

func explainProgram(s *streams, w *api.EventWhy) {
	for i := range w.Planned {
		f := &w.Planned[i]
		fmt.Fprintf(s.out, "✓ %s  %s  %s…%s  %s\n", w.Name.In(s.lang), f.Number, f.Window.Opens, f.Window.Closes, standing(s, f))
	}
	for i := range w.Refused {
		r := &w.Refused[i]
		fmt.Fprintf(s.out, "✗ %s · %s  %s\n", w.Name.In(s.lang), r.Name.In(s.lang), r.Text.In(s.lang))
	}
	if w.Text != nil {
		fmt.Fprintln(s.out, strings.TrimSpace("✗ "+w.Name.In(s.lang)+"  "+w.Text.In(s.lang)))
	}
}
