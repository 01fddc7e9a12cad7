package main

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/huifang/huifang/api"
	"github.com/huifang/huifang/app"
)

type programSimulateCmd struct {
	programSetCmd
	From string `help:"First day of the period, e.g. 2026-03-01." zh:"时间段的第一天，如 2026-03-01。" required:"" placeholder:"DATE"`
	To   string `help:"Last day; may lie in the future." zh:"最后一天，可以在将来。" required:"" placeholder:"DATE"`
	Why  bool   `help:"Say of each difference why." zh:"逐项说明原因。"`
}

// Run tries a change and prints what differs; nothing is written.
func (c *programSimulateCmd) Run(ctx context.Context, s *streams) error {
	to, p, err := c.find(ctx, s)
	if err != nil {
		return err
	}
	set, err := c.draft(ctx, to, p)
	if err != nil {
		return err
	}
	set.Version = 0
	var got api.Tried
	body := map[string]any{"from": c.From, "to": c.To, "drafts": []*api.ProgramSetting{set}}
	if err := to.call(ctx, http.MethodPost, "/programs/"+url.PathEscape(c.Program)+"/simulate", nil, body, &got); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &got)
	}
	say(s, s.out, "%s 至 %s，事件 %d 个：现行 %d 个回访，调整后 %d 个", "%s to %s, %d events: %d follow-ups as things are, %d with the change", c.From, c.To, got.Events, got.Before, got.After)
	return c.show(ctx, s, to, &got)
}

func (c *programSimulateCmd) show(ctx context.Context, s *streams, to *client, got *api.Tried) error {
	if len(got.Changes) == 0 {
		say(s, s.out, "没有差别", "nothing differs")
		return nil
	}
	names, err := to.unitNames(ctx)
	if err != nil {
		return err
	}
	rows := [][]string{{pick(s, "变化", "CHANGE"), pick(s, "步骤", "STEP"), pick(s, "客户", "CONTACT"), pick(s, "单位", "UNIT"), pick(s, "现行", "NOW"), pick(s, "调整后", "THEN")}}
	window := func(w *api.Window) string {
		if w == nil {
			return "-"
		}
		return w.Opens + ".." + w.Closes
	}
	for i := range got.Changes {
		x := &got.Changes[i]
		rows = append(rows, []string{changeText(s, x.Kind), x.StepName.In(s.lang), x.ContactName, names[x.Unit], window(x.Before), window(x.After)})
		if !c.Why {
			continue
		}
		for _, line := range x.Lines {
			rows = append(rows, []string{"", "", line.In(s.lang)})
		}
	}
	table(s.out, rows)
	var total []string
	for _, kind := range []app.ChangeKind{app.ChangeAppears, app.ChangeVanishes, app.ChangeMoves, app.ChangeReassigned} {
		if n := got.Counts[kind]; n > 0 {
			total = append(total, changeText(s, kind)+" "+strconv.Itoa(n))
		}
	}
	say(s, s.out, "合计：%s", "in all: %s", strings.Join(total, pick(s, "，", ", ")))
	return nil
}

func changeText(s *streams, kind app.ChangeKind) string {
	switch kind {
	case app.ChangeAppears:
		return pick(s, "新增", "appears")
	case app.ChangeVanishes:
		return pick(s, "消失", "vanishes")
	case app.ChangeMoves:
		return pick(s, "改期", "moves")
	case app.ChangeReassigned:
		return pick(s, "改派", "goes to others")
	}
	return string(kind)
}

// draft is the setting as it is, with what is named changed.
func (c *programSetCmd) draft(ctx context.Context, to *client, p *api.Program) (*api.ProgramSetting, error) {
	set := api.ProgramSetting{Active: p.Active}
	if c.Unit != "" {
		id, err := to.unit(ctx, c.Unit)
		if err != nil {
			return nil, err
		}
		set.Unit = id
	}
	if i := slices.IndexFunc(p.Settings, func(old api.ProgramSetting) bool { return old.Unit == set.Unit }); i >= 0 {
		set = p.Settings[i]
	}
	c.apply(&set)
	return &set, nil
}
