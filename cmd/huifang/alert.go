package main

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/api"
)

type alertCmd struct {
	List alertListCmd `cmd:"" help:"List what needs my eye." zh:"列出给我的提醒。"`
	Read alertReadCmd `cmd:"" help:"Mark all of them as read." zh:"全部标为已读。"`
}

type alertListCmd struct {
	server
	All  bool `help:"Those read as well." zh:"包括已读的。"`
	JSON bool `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run prints them, the newest first.
func (c *alertListCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	var page api.List[api.Alert]
	if err := to.call(ctx, http.MethodGet, "/alerts", url.Values{"unread": {strconv.FormatBool(!c.All)}, "limit": {"200"}}, nil, &page); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &page)
	}
	if len(page.Items) == 0 {
		say(s, s.out, "没有提醒", "nothing needs your eye")
		return nil
	}
	rows := make([][]string, 0, len(page.Items))
	for i := range page.Items {
		a := &page.Items[i]
		rows = append(rows, []string{shownTime(s, a.At), a.Text.In(s.lang)})
	}
	table(s.out, rows)
	return nil
}

type alertReadCmd struct{ server }

// Run marks every unread alert, page by page.
func (c *alertReadCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	n := 0
	for {
		var page api.List[api.Alert]
		if err := to.call(ctx, http.MethodGet, "/alerts", url.Values{"unread": {"true"}, "limit": {"200"}}, nil, &page); err != nil {
			return err
		}
		if len(page.Items) == 0 {
			say(s, s.out, "已读 %d 条", "%d read", n)
			return nil
		}
		ids := make([]huifang.ID, 0, len(page.Items))
		for i := range page.Items {
			ids = append(ids, page.Items[i].ID)
		}
		if err := to.call(ctx, http.MethodPost, "/alerts/read", nil, map[string]any{"ids": ids}, nil); err != nil {
			return err
		}
		n += len(ids)
	}
}
