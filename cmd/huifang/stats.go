package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/api"
	"github.com/huifang/huifang/report"
)

type statsCmd struct {
	Show   statsShowCmd   `cmd:"" default:"withargs" help:"The month's statistics sheet." zh:"月度统计表。"`
	Freeze statsFreezeCmd `cmd:"" help:"Close a month: later changes show as restatements." zh:"封账：此后的变动列为更正。"`
	Frozen statsFrozenCmd `cmd:"" help:"List the closed months." zh:"列出已封账的月份。"`
}

type statsShowCmd struct {
	server
	Month string `help:"Month as YYYY-MM." zh:"月份（年-月，如 2026-03）。" required:"" placeholder:"YYYY-MM"`
	Unit  string `help:"Code or name of a unit: only it and those below." zh:"单位编码或名称：只统计该单位及其下级。"`
	XLSX  string `help:"Write the sheet as an Excel file." zh:"写成 Excel 文件。" name:"xlsx" placeholder:"FILE"`
	Live  bool   `help:"Count now, also where the month is closed." zh:"按现在的数据统计，已封账的月份也重新统计。"`
	JSON  bool   `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run prints the month's sheet, or writes it as an Excel file.
func (c *statsShowCmd) Run(ctx context.Context, s *streams) error {
	month, err := huifang.ParseMonth(c.Month)
	if err != nil {
		return err
	}
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	query := url.Values{"lang": {string(s.lang)}}
	if c.Unit != "" {
		id, err := to.unit(ctx, c.Unit)
		if err != nil {
			return err
		}
		query.Set("unit", string(id))
	}
	if c.Live {
		query.Set("live", "true")
	}
	if c.XLSX != "" {
		if err := to.download(ctx, "/statistics/"+month.String()+"/sheet.xlsx", query, c.XLSX); err != nil {
			return err
		}
		_, err := fmt.Fprintln(s.out, c.XLSX)
		return err
	}
	var sheet report.MonthSheet
	if err := to.call(ctx, http.MethodGet, "/statistics/"+month.String(), query, nil, &sheet); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &sheet)
	}
	return sheet.Text(s.out)
}

type statsFreezeCmd struct {
	server
	Month string `help:"Month as YYYY-MM." zh:"月份（年-月，如 2026-03）。" required:"" placeholder:"YYYY-MM"`
	JSON  bool   `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run closes the month.
func (c *statsFreezeCmd) Run(ctx context.Context, s *streams) error {
	month, err := huifang.ParseMonth(c.Month)
	if err != nil {
		return err
	}
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	var closed api.ClosedMonth
	if err := to.call(ctx, http.MethodPost, "/statistics/"+month.String()+"/freeze", nil, nil, &closed); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &closed)
	}
	say(s, s.out, "%s 已封账（%s）", "%s is closed (%s)", closed.Month, shownTime(s, closed.At))
	return nil
}

type statsFrozenCmd struct {
	server
	JSON bool `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run lists them.
func (c *statsFrozenCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	var all api.List[api.ClosedMonth]
	if err := to.call(ctx, http.MethodGet, "/statistics/frozen", nil, nil, &all); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &all)
	}
	if len(all.Items) == 0 {
		say(s, s.out, "还没有封账的月份", "no month is closed yet")
	}
	for i := range all.Items {
		say(s, s.out, "%s  封账于 %s", "%s  closed %s", all.Items[i].Month, shownTime(s, all.Items[i].At))
	}
	return nil
}
