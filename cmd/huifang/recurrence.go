package main

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/api"
)

type recurrenceCmd struct {
	List   recurrenceListCmd   `cmd:"" help:"List what happened again and again." zh:"列出重复发生的诉求与报修。"`
	Decide recurrenceDecideCmd `cmd:"" help:"Decide whether one is a major complaint." zh:"裁定是否按重大诉求处理。"`
}

type recurrenceListCmd struct {
	server
	Month string `help:"Only of this month (YYYY-MM)." zh:"只看该月（年-月，如 2026-03）。" placeholder:"YYYY-MM"`
	Unit  string `help:"Code or name of a unit: it and those below." zh:"单位编码或名称：含其下级。"`
	All   bool   `help:"Those decided on as well." zh:"包括已裁定的。"`
	JSON  bool   `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run prints them.
func (c *recurrenceListCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	q := url.Values{"open": {strconv.FormatBool(!c.All)}}
	if c.Month != "" {
		q.Set("month", c.Month)
	}
	if err := to.inUnit(ctx, q, c.Unit); err != nil {
		return err
	}
	var all api.List[api.Recurrence]
	if err := to.call(ctx, http.MethodGet, "/recurrences", q, nil, &all); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &all)
	}
	if len(all.Items) == 0 {
		say(s, s.out, "没有符合条件的重复事项", "no recurrence matches")
		return nil
	}
	rows := [][]string{{
		pick(s, "代号", "ID"), pick(s, "月份", "MONTH"), pick(s, "规则", "RULE"), pick(s, "单位", "UNIT"), pick(s, "客户或资产", "SUBJECT"),
		pick(s, "事项", "MATTER"), pick(s, "次数", "COUNT"), pick(s, "裁定", "DECISION"),
	}}
	for i := range all.Items {
		r := &all.Items[i]
		rule := r.Rule
		if r.RuleName != nil {
			rule = r.RuleName.In(s.lang)
		}
		rows = append(rows, []string{shortID(r.ID), r.Month.String(), rule, r.UnitName, r.SubjectName, r.Matter, strconv.Itoa(r.Count), decided(s, r)})
	}
	table(s.out, rows)
	return nil
}

// inUnit narrows a query to a unit by its code or name; empty: all.
func (c *client) inUnit(ctx context.Context, q url.Values, unit string) error {
	if unit == "" {
		return nil
	}
	id, err := c.unit(ctx, unit)
	if err == nil {
		q.Set("unit", string(id))
	}
	return err
}

func decided(s *streams, r *api.Recurrence) string {
	switch r.Decision {
	case "major":
		return strings.TrimSpace(pick(s, "重大诉求 ", "major ") + r.CaseNumber)
	case "normal":
		return pick(s, "一般", "normal")
	}
	return pick(s, "待裁定", "open")
}

// shortID is the end of an id, which people can type.
func shortID(id huifang.ID) string { return string(id[max(len(id)-8, 0):]) }

type recurrenceDecideCmd struct {
	server
	ID       string `arg:"" help:"As the list shows it." zh:"列表中的代号。"`
	Decision string `arg:"" help:"major: it becomes a major complaint; normal: it does not." zh:"major 按重大诉求处理、normal 不作重大诉求。" enum:"major,normal"`
	Opinion  string `help:"The opinion." zh:"意见。" required:""`
	JSON     bool   `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run decides.
func (c *recurrenceDecideCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	var all api.List[api.Recurrence]
	if err := to.call(ctx, http.MethodGet, "/recurrences", nil, nil, &all); err != nil {
		return err
	}
	for i := range all.Items {
		r := &all.Items[i]
		if !strings.HasSuffix(string(r.ID), c.ID) {
			continue
		}
		var got api.Decided
		in := map[string]any{"decision": c.Decision, "opinion": c.Opinion, "version": r.Version}
		if err := to.call(ctx, http.MethodPost, "/recurrences/"+string(r.ID)+"/decide", nil, in, &got); err != nil {
			return err
		}
		if c.JSON {
			return printJSON(s.out, &got)
		}
		say(s, s.out, "已裁定：%s", "decided: %s", decided(s, &got.Recurrence))
		if got.Case != nil {
			say(s, s.out, "已立案 %s，期限 %s", "case %s opened, due %s", got.Case.Number, got.Case.Due)
		}
		return nil
	}
	return huifang.Fail(huifang.CodeNotFound, "recurrence.not_found", huifang.Textf("没有代号为“%s”的重复事项", "there is no recurrence %q", c.ID))
}
