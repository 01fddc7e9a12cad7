package main

import (
	"context"
	"net/http"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/api"
)

type unitCmd struct {
	List unitListCmd `cmd:"" help:"List the units, parents before children." zh:"列出单位，上级在前。"`
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
