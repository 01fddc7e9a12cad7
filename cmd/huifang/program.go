package main

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/api"
	"github.com/huifang/huifang/app"
)

type programCmd struct {
	List programListCmd `cmd:"" help:"List the programs: who is followed up when." zh:"列出回访方案：什么情况下何时回访。"`
	Show programShowCmd `cmd:"" help:"Show one with its steps and settings." zh:"查看一个方案的步骤与设置。"`
	Set  programSetCmd  `cmd:"" help:"Change the numbers of one, for the organization or a unit." zh:"调整方案的数字：全机构，或某单位及其下级。"`

	Simulate programSimulateCmd `cmd:"" help:"Try a change on a period of the past or to come; nothing is written." zh:"试算：拟议的调整在某段时间会带来哪些变化，不写入任何数据。"`
}

type programListCmd struct {
	server
	JSON bool `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run prints them.
func (c *programListCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	var all api.List[api.Program]
	if err := to.call(ctx, http.MethodGet, "/programs", nil, nil, &all); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &all)
	}
	rows := [][]string{{pick(s, "代码", "CODE"), pick(s, "名称", "NAME"), pick(s, "目标", "TARGET"), pick(s, "审核", "REVIEWED"), pick(s, "重试", "TRIES"), pick(s, "启用", "ON")}}
	for i := range all.Items {
		p := &all.Items[i]
		rows = append(rows, []string{p.Code, p.Name.In(s.lang), percent(p.Target), percent(p.Review), strconv.Itoa(p.Tries) + " × " + p.Every, onOff(s, p.Active)})
	}
	table(s.out, rows)
	return nil
}

func percent(n float64) string { return strconv.FormatFloat(n, 'g', -1, 64) + "%" }

func onOff(s *streams, on bool) string {
	if on {
		return pick(s, "是", "on")
	}
	return pick(s, "否", "off")
}

// oneProgram is a program of a server.
type oneProgram struct {
	server
	Program string `arg:"" help:"Code of the program." zh:"方案代码。"`
	JSON    bool   `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

func (c *oneProgram) find(ctx context.Context, s *streams) (*client, *api.Program, error) {
	to, err := c.connect(ctx, s)
	if err != nil {
		return nil, nil, err
	}
	var p api.Program
	err = to.call(ctx, http.MethodGet, "/programs/"+url.PathEscape(c.Program), nil, nil, &p)
	return to, &p, err
}

type programShowCmd struct{ oneProgram }

// Run prints it.
func (c *programShowCmd) Run(ctx context.Context, s *streams) error {
	to, p, err := c.find(ctx, s)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, p)
	}
	return c.print(ctx, s, to, p)
}

func (c *programShowCmd) print(ctx context.Context, s *streams, to *client, p *api.Program) error {
	events := to.eventWords(ctx)
	start := make([]string, 0, len(p.Start))
	for _, typ := range p.Start {
		start = append(start, eventWord(s, events, typ))
	}
	say(s, s.out, "%s（%s，第 %d 版）", "%s (%s, version %d)", p.Name.In(s.lang), p.Code, p.Version)
	if p.Source != "" {
		say(s, s.out, "依据：%s", "source: %s", p.Source)
	}
	say(s, s.out, "起因：%s", "started by: %s", strings.Join(start, pick(s, "、", ", ")))
	say(s, s.out, "目标 %s，审核 %s，重试 %d 次、间隔 %s，启用：%s", "target %s, reviewed %s, %d tries %s apart, %s",
		percent(p.Target), percent(p.Review), p.Tries, p.Every, onOff(s, p.Active))
	for i := range p.Steps {
		st := &p.Steps[i]
		say(s, s.out, "步骤 %s（%s）：开始 %s，截止 %s", "step %s (%s): opens %s, closes %s", st.Name.In(s.lang), st.Code, orDash(st.Opens), orDash(st.Closes))
	}
	names, err := to.unitNames(ctx)
	if err != nil {
		return err
	}
	for _, set := range p.Settings {
		where := pick(s, "全机构", "the organization")
		if set.Unit != "" {
			where = names[set.Unit]
		}
		say(s, s.out, "设置（%s）：启用 %s%s", "set for %s: %s%s", where, onOff(s, set.Active), overrideText(s, &set))
	}
	return nil
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

// overrideText tells the numbers a setting changes.
func overrideText(s *streams, set *api.ProgramSetting) string {
	var b strings.Builder
	add := func(zh, en, value string) { fmt.Fprintf(&b, "%s%s %s", pick(s, "，", ", "), pick(s, zh, en), value) }
	o := &set.Override
	if o.Target != nil {
		add("目标", "target", percent(*o.Target))
	}
	if o.Review != nil {
		add("审核", "reviewed", percent(*o.Review))
	}
	if o.Tries != nil {
		add("重试次数", "tries", strconv.Itoa(*o.Tries))
	}
	if o.Every != nil {
		add("间隔", "apart", *o.Every)
	}
	for _, code := range slices.Sorted(maps.Keys(o.Steps)) {
		if v := o.Steps[code].Opens; v != nil {
			add(code+" 开始", code+" opens", *v)
		}
		if v := o.Steps[code].Closes; v != nil {
			add(code+" 截止", code+" closes", *v)
		}
	}
	return b.String()
}

// unitNames are the names of units by id.
func (c *client) unitNames(ctx context.Context) (map[huifang.ID]string, error) {
	var all api.List[api.Unit]
	err := c.call(ctx, http.MethodGet, "/units", nil, nil, &all)
	out := make(map[huifang.ID]string, len(all.Items))
	for i := range all.Items {
		out[all.Items[i].ID] = all.Items[i].Name
	}
	return out, err
}

type programSetCmd struct {
	oneProgram
	Unit   string            `help:"Code or name of a unit: it and those below; default: the whole organization." zh:"单位编码或名称：含其下级；默认全机构。"`
	Target *float64          `help:"Follow-up rate demanded, in percent." zh:"回访率目标（百分数）。" placeholder:"N"`
	Review *float64          `help:"Share of records reviewed, in percent; 0: none." zh:"审核比例（百分数）；0 为不审核。" placeholder:"N"`
	Tries  *int              `help:"How often a contact is tried." zh:"尝试联系的次数。" placeholder:"N"`
	Every  *string           `help:"How far apart, e.g. 1d or 12h." zh:"两次尝试的间隔，如 1d（天）、12h（小时）。"`
	Opens  map[string]string `help:"When a step's window opens: step=7d; 1mo is a month, 3wd working days." zh:"步骤的开始：步骤=7d；1mo 为一个月，3wd 为三个工作日。" placeholder:"STEP=TIME"`
	Closes map[string]string `help:"When a step's window closes: step=1mo." zh:"步骤的截止：步骤=1mo。" placeholder:"STEP=TIME"`
	On     bool              `help:"Switch it on." zh:"启用。" xor:"active"`
	Off    bool              `help:"Switch it off: nothing new starts." zh:"停用：不再产生新的回访。" xor:"active"`
}

// Run changes what is named and leaves the rest of the setting as it is.
func (c *programSetCmd) Run(ctx context.Context, s *streams) error {
	to, p, err := c.find(ctx, s)
	if err != nil {
		return err
	}
	set, err := c.draft(ctx, to, p)
	if err != nil {
		return err
	}
	if err := to.call(ctx, http.MethodPut, "/programs/"+url.PathEscape(c.Program)+"/settings", nil, set, nil); err != nil {
		return err
	}
	show := programShowCmd{c.oneProgram}
	return show.Run(ctx, s)
}

func (c *programSetCmd) apply(set *api.ProgramSetting) {
	o := &set.Override
	change(&o.Target, c.Target)
	change(&o.Review, c.Review)
	change(&o.Tries, c.Tries)
	change(&o.Every, c.Every)
	steps := maps.Clone(o.Steps)
	if steps == nil {
		steps = map[string]app.StepOverride{}
	}
	for code, value := range c.Opens {
		step := steps[code]
		step.Opens = &value
		steps[code] = step
	}
	for code, value := range c.Closes {
		step := steps[code]
		step.Closes = &value
		steps[code] = step
	}
	if len(steps) > 0 {
		o.Steps = steps
	}
	if c.On || c.Off {
		set.Active = c.On
	}
}

// change sets what was named.
func change[T any](field **T, to *T) {
	if to != nil {
		*field = to
	}
}
