package pack

import (
	"strconv"
	"strings"

	"github.com/huifang/huifang/plan"
)

func (c *checker) program(at string, p *plan.Definition) {
	c.form(at+".form", p.Form)
	c.scriptRef(at+".script", p.Script)
	c.matches(at+".start", p.Start)
	c.matches(at+".stop", p.Stop)
	c.matches(at+".update", p.Update)
	c.assigns(at+".assign", p.Assign)
	forms := []string{p.Form}
	for i := range p.Steps {
		forms = append(forms, p.Steps[i].Form)
		c.step(at+"."+nth("steps", i), p, &p.Steps[i])
	}
	c.outcomes(at+".outcomes", p.Outcomes, forms)
	c.late(at+".late", p.Late)
	if p.Retry.Tries < 0 || p.Retry.Every.N < 0 {
		c.fail(at+".retry", "retry.negative", "重试次数与间隔不能为负", "tries and their distance are not negative")
	}
}

func (c *checker) step(at string, p *plan.Definition, s *plan.Step) {
	c.form(at+".form", s.Form)
	c.scriptRef(at+".script", s.Script)
	c.scriptRef(at+".message", s.Message)
	c.condition(at+".when", s.When, nil)
	c.condition(at+".ends", s.Ends, nil)
	c.attribute(at+".attribute", s.Attribute)
	for i, name := range s.Middle {
		c.attribute(at+"."+nth("middle", i), name)
	}
	if s.Event != nil {
		c.match(at+".event", *s.Event)
	}
	if s.Count != nil {
		c.match(at+".count.of", s.Count.Of)
	}
	if s.Remaining != nil {
		c.match(at+".remaining.of", s.Remaining.Of)
		c.attribute(at+".remaining.total", s.Remaining.Total)
	}
	if s.Idle != nil {
		c.match(at+".idle.of", s.Idle.Of)
	}
	if s.Repeat != nil {
		c.attribute(at+".repeat.attribute", s.Repeat.Attribute)
	}
	if s.After != nil {
		c.after(at+".after", p, s.After)
	}
	c.assigns(at+".assign", s.Assign)
	c.outcomes(at+".outcomes", s.Outcomes, []string{p.Form, s.Form})
	c.late(at+".late", s.Late)
}

func (c *checker) after(at string, p *plan.Definition, a *plan.After) {
	var steps, forms []string
	for i := range p.Steps {
		steps = append(steps, p.Steps[i].Code)
		forms = append(forms, p.Steps[i].Form)
	}
	for i, s := range a.Steps {
		c.known(at+"."+nth("steps", i), "step.unknown", "没有步骤", "there is no step", s, steps)
	}
	items := c.items(append(forms, p.Form))
	c.condition(at+".when", a.When, items)
	c.item(at+".answer", a.Answer, items)
}

func (c *checker) matches(at string, ms []plan.Match) {
	for i, m := range ms {
		c.match(at+"["+strconv.Itoa(i)+"]", m)
	}
}

func (c *checker) match(at string, m plan.Match) {
	c.event(at+".on", m.On)
	c.condition(at+".when", m.When, nil)
}

func (c *checker) assigns(at string, as []plan.Assign) {
	for i, a := range as {
		at := at + "[" + strconv.Itoa(i) + "]"
		c.condition(at+".when", a.When, nil)
		c.resolvers(at+".to", a.To)
		c.resolvers(at+".exclude", a.Exclude)
	}
}

func (c *checker) resolvers(at string, rs []plan.Resolver) {
	for i, r := range rs {
		at := at + "[" + strconv.Itoa(i) + "]"
		for _, alternative := range r {
			switch kind, name, _ := strings.Cut(alternative, ":"); kind {
			case "role":
				c.known(at, "role.unknown", "没有角色", "there is no role", name, c.roles)
			case "attribute":
				c.attribute(at, name)
			}
		}
	}
}

func (c *checker) outcomes(at string, os []plan.Outcome, forms []string) {
	items := c.items(forms)
	for i, o := range os {
		at := at + "[" + strconv.Itoa(i) + "]"
		c.condition(at+".when", o.When, items)
		c.resolvers(at+".alert", o.Alert)
		if o.Case != nil {
			c.resolvers(at+".case.owner", o.Case.Owner)
		}
		for name, source := range o.Set {
			c.condition(at+".set."+name, source, items)
		}
	}
}

func (c *checker) late(at string, es []plan.Escalation) {
	for i, e := range es {
		c.resolvers(at+"["+strconv.Itoa(i)+"].alert", e.Alert)
	}
}
