package main

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/api"
)

type unitCmd struct {
	List  unitListCmd  `cmd:"" help:"List the units, parents before children." zh:"列出单位，上级在前。"`
	Quiet unitQuietCmd `cmd:"" help:"Show or set the hours in which nobody is called." zh:"查看或设置勿扰时段。"`
}

type unitListCmd struct {
	server
	JSON bool `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run prints the tree.
func (c *unitListCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	var all api.List[api.Unit]
	if err := to.call(ctx, http.MethodGet, "/units", nil, nil, &all); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &all)
	}
	depth, below := map[huifang.ID]int{}, map[huifang.ID][]*api.Unit{}
	for i := range all.Items {
		below[all.Items[i].Parent] = append(below[all.Items[i].Parent], &all.Items[i])
	}
	rows := [][]string{{pick(s, "编码", "CODE"), pick(s, "名称", "NAME")}}
	var walk func(of huifang.ID)
	walk = func(of huifang.ID) {
		for _, u := range below[of] {
			depth[u.ID] = depth[of] + 1
			rows = append(rows, []string{u.Code, strings.Repeat("  ", depth[of]) + u.Name})
			walk(u.ID)
		}
	}
	walk("")
	table(s.out, rows)
	return nil
}

type unitQuietCmd struct {
	server
	Hours string `arg:"" optional:"" help:"As 21:00-08:00; none: show them." zh:"写作 21:00-08:00；不给则查看。"`
	Unit  string `help:"Code or name of a unit: it and those below; default: the whole organization." zh:"单位编码或名称：含其下级；默认全机构。"`
	Clear bool   `help:"Take them back: as above the unit, or the default." zh:"取消设置：沿用上级或默认。"`
	JSON  bool   `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run sets the hours where some are given, and prints those there are.
func (c *unitQuietCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	names, err := to.unitNames(ctx)
	if err != nil {
		return err
	}
	var o api.Organization
	method, path, in := http.MethodGet, "/organization", any(nil)
	if c.Hours != "" || c.Clear {
		body := map[string]any{"quiet": c.Hours}
		if c.Unit != "" {
			if body["unit"], err = to.unit(ctx, c.Unit); err != nil {
				return err
			}
		}
		method, path, in = http.MethodPut, "/organization/quiet", body
	}
	if err := to.call(ctx, method, path, nil, in, &o); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, map[string]any{"quiet": o.Quiet, "unit_quiet": o.UnitQuiet})
	}
	rows := [][]string{{pick(s, "全机构", "the organization"), o.Quiet}}
	for id, hours := range o.UnitQuiet {
		rows = append(rows, []string{names[id], hours})
	}
	slices.SortFunc(rows[1:], slices.Compare)
	table(s.out, rows)
	return nil
}
