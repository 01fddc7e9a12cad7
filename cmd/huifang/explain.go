package main

import (
	"encoding/json"
	"fmt"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
)

type explainCmd struct {
	history
	Program    string     `help:"Only this program." zh:"只看该回访方案。"`
	Step       string     `help:"Only this step." zh:"只看该步骤。"`
	Occurrence int        `help:"Only this occurrence." zh:"只看第几次。"`
	Contact    huifang.ID `help:"Only this contact." zh:"只看该客户。"`
	Asset      huifang.ID `help:"Only this asset." zh:"只看该资产。"`
	Event      huifang.ID `help:"Only what stems from this event." zh:"只看由该事件引起的。"`
	JSON       bool       `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// explained is one follow-up planned, or one considered and not planned.
type explained struct {
	Planned *row             `json:"planned,omitempty"`
	Skipped *skipped         `json:"not_planned,omitempty"`
	Why     plan.Explanation `json:"why"`
}

type skipped struct {
	Program string     `json:"program"`
	Step    string     `json:"step,omitempty"`
	Event   huifang.ID `json:"event"`
	Contact huifang.ID `json:"contact,omitempty"`
	Reason  string     `json:"reason"`
	Count   int        `json:"count"`
}

// Run prints why each selected follow-up was planned, and why others were not.
func (c *explainCmd) Run(s *streams) error {
	sim, err := c.simulate(s)
	if err != nil {
		return err
	}
	found := c.collect(&sim)
	if len(found) == 0 {
		return huifang.Fail(huifang.CodeNotFound, "explain.nothing", huifang.Text{ZH: "没有符合条件的回访，也没有考虑过的方案；请检查 --event、--contact 等条件", EN: "no follow-up matches, and no program considered one; check --event, --contact and the other selections"})
	}
	if c.JSON {
		enc := json.NewEncoder(s.out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(found)
	}
	for i := range found {
		c.print(s, &found[i])
	}
	return nil
}

func (c *explainCmd) collect(sim *plan.Simulation) []explained {
	var out []explained
	for i := range sim.Rows {
		r := &sim.Rows[i]
		if c.selects(r.Program, r.Step, r.Contact, r.Asset, r.Event) && (c.Occurrence == 0 || c.Occurrence == r.Occurrence) {
			planned := newRow(r)
			out = append(out, explained{Planned: &planned, Why: r.Why})
		}
	}
	for i := range sim.Skipped {
		k := &sim.Skipped[i]
		if c.selects(k.Program, k.Step, k.Contact, k.Asset, k.Event) && c.Occurrence == 0 {
			out = append(out, explained{Skipped: &skipped{k.Program, k.Step, k.Event, k.Contact, k.Reason, k.Count}, Why: k.Why})
		}
	}
	return out
}

func (c *explainCmd) selects(program, step string, contact, asset, event huifang.ID) bool {
	return (c.Program == "" || c.Program == program) && (c.Step == "" || c.Step == step) && (c.Contact == "" || c.Contact == contact) &&
		(c.Asset == "" || c.Asset == asset) && (c.Event == "" || c.Event == event)
}

func (c *explainCmd) print(s *streams, x *explained) {
	if k := x.Skipped; k != nil {
		fmt.Fprintf(s.out, "✗ %s/%s  %s  %s (%s)", k.Program, k.Step, k.Event, plan.ReasonText(k.Reason).In(s.lang), k.Reason)
		if k.Count > 1 {
			fmt.Fprintf(s.out, " ×%d", k.Count)
		}
		fmt.Fprintln(s.out)
		return
	}
	r := x.Planned
	fmt.Fprintf(s.out, "✓ %s/%s/%d  %s … %s  %s  %s\n", r.Program, r.Step, r.Occurrence, r.Opens, r.Closes, r.Assignees, r.State)
	for _, line := range x.Why.Lines(s.lang) {
		fmt.Fprintln(s.out, "   "+line)
	}
}
