package pack

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
)

// checker looks for what a pack says of things that are not there. Where its
// decoder remembers the place of a path, faults carry it.
type checker struct {
	p *Pack
	d *decoder

	forms, scripts, roles, programs, events, attributes []string
}

// check finds every fault that takes the whole pack to see.
func check(p *Pack, d *decoder) {
	c := &checker{p: p, d: d}
	c.index()
	c.head()
	c.eventTypes()
	for i := range p.Programs {
		c.program(nth("programs", i), &p.Programs[i])
	}
	for i := range p.Scripts {
		c.script(nth("scripts", i), &p.Scripts[i])
	}
	for i := range p.Recurrences {
		c.recurrence(nth("recurrences", i), &p.Recurrences[i])
	}
	c.register()
	c.statistics()
	c.sample()
	c.rooms()
}

func nth(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }

func (c *checker) index() {
	p := c.p
	for i := range p.Forms {
		c.forms = append(c.forms, p.Forms[i].Code)
	}
	for _, s := range p.Scripts {
		c.scripts = append(c.scripts, s.Code)
	}
	for _, r := range p.AllRoles() {
		c.roles = append(c.roles, r.Code)
	}
	for i := range p.Programs {
		c.programs = append(c.programs, p.Programs[i].Code)
	}
	c.events = []string{
		huifang.EventFollowupCompleted, huifang.EventFollowupUnreachable, huifang.EventFollowupWaived,
		huifang.EventContactChanged, huifang.EventAssetChanged,
	}
	for _, e := range p.Events {
		c.events = append(c.events, e.Type)
		c.attributes = appendNames(c.attributes, e.Attributes)
	}
	for _, k := range slices.Concat(p.Contacts, p.Assets) {
		c.attributes = appendNames(c.attributes, k.Attributes)
	}
	for i := range p.Programs {
		for _, o := range outcomesOf(&p.Programs[i]) {
			for name := range o.Set {
				c.attributes = append(c.attributes, name)
			}
		}
	}
	slices.Sort(c.attributes)
	c.attributes = slices.Compact(c.attributes)
}

func appendNames(names []string, as []plan.AttributeType) []string {
	for _, a := range as {
		names = append(names, a.Name)
	}
	return names
}

func outcomesOf(p *plan.Definition) []plan.Outcome {
	out := slices.Clone(p.Outcomes)
	for i := range p.Steps {
		out = append(out, p.Steps[i].Outcomes...)
	}
	return out
}

func (c *checker) fail(at, reason, zh, en string) {
	c.d.faults.add(c.d.at(at), reason, huifang.Text{ZH: zh, EN: en})
}

// known reports a name that is not among those there are.
func (c *checker) known(at, reason, zh, en, name string, names []string) {
	if name == "" || slices.Contains(names, name) {
		return
	}
	c.d.faults.add(c.d.at(at), reason, meant(zh+"“"+name+"”", en+" “"+name+"”", name, names))
}

func (c *checker) form(at, code string) {
	c.known(at, "form.unknown", "没有表单", "there is no form", code, c.forms)
}

func (c *checker) scriptRef(at, code string) {
	c.known(at, "script.unknown", "没有话术", "there is no script", code, c.scripts)
}

func (c *checker) event(at, name string) {
	c.known(at, "event.unknown_type", "未知的事件类型", "unknown type of event", name, c.events)
}

func (c *checker) attribute(at, name string) {
	c.known(at, "attribute.unknown", "没有属性", "there is no attribute", name, c.attributes)
}

func (c *checker) head() {
	if c.p.Code == "" {
		c.fail("", "code.missing", "行业包缺少编码 code", "the pack has no code")
	}
	if c.p.Name.In(huifang.ZH) == "" {
		c.fail("", "name.missing", "行业包缺少名称 name", "the pack has no name")
	}
	if c.p.Version < 1 {
		c.fail("version", "version.missing", "version 应从 1 开始", "version starts at 1")
	}
}

func (c *checker) eventTypes() {
	for i, e := range c.p.Events {
		c.attributeTypes(nth("events", i), e.Attributes)
	}
	for i, k := range c.p.Contacts {
		c.attributeTypes(nth("contacts", i), k.Attributes)
	}
	for i, k := range c.p.Assets {
		c.attributeTypes(nth("assets", i), k.Attributes)
	}
}

func (c *checker) attributeTypes(at string, as []plan.AttributeType) {
	for i, a := range as {
		at := at + "." + nth("attributes", i)
		choice := a.Type == "choice" || a.Type == "list"
		switch {
		case a.Type == "":
			c.fail(at, "attribute.type", "属性缺少类型 type", "the attribute has no type")
		case a.Type == "choice" && len(a.Values) == 0:
			c.fail(at, "attribute.values", "单选属性需要列出 values", "a choice lists its values")
		case !choice && len(a.Values) > 0:
			c.fail(at+".values", "attribute.values", "只有 choice 与 list 可列 values", "only a choice or a list has values")
		case a.Type != "number" && (a.Min != nil || a.Max != nil):
			c.fail(at, "attribute.range", "只有 number 可设 min 与 max", "only a number has min and max")
		case a.Min != nil && a.Max != nil && *a.Min > *a.Max:
			c.fail(at, "attribute.range", "min 大于 max", "min is greater than max")
		}
	}
}

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
	c.known(at+".answer", "item.unknown", "表单里没有条目", "the form has no item", a.Answer, items)
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

// items lists the item codes of forms. It is never nil, so that a form without
// items knows none.
func (c *checker) items(forms []string) []string {
	out := []string{}
	for _, code := range forms {
		if f, ok := c.p.Form(code); ok && code != "" {
			for i := range f.Items {
				out = append(out, f.Items[i].Code)
			}
		}
	}
	return out
}

// Names that a condition reads. A name that is nowhere declared would quietly
// be null, so that the condition never held: it is a typing error.
var (
	quoted      = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'`)
	namesInside = regexp.MustCompile(`\b(attr|contact|asset|answers)\s*\.\s*([A-Za-z_][A-Za-z0-9_]*)`)
)

// condition checks the names an expression reads; items are the answers it may
// see, nil where it sees none.
func (c *checker) condition(at, source string, items []string) {
	for _, m := range namesInside.FindAllStringSubmatch(quoted.ReplaceAllString(source, `""`), -1) {
		switch {
		case m[1] != "answers":
			c.attribute(at, m[2])
		case items == nil:
			c.fail(at, "condition.answers", "这里还没有答案，不能用 answers", "there are no answers yet here; answers cannot be used")
		default:
			c.known(at, "item.unknown", "表单里没有条目", "the form has no item", m[2], items)
		}
	}
}
