package pack

import (
	"slices"
	"strconv"

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
	for i := range p.Ledgers {
		c.ledger(nth("ledgers", i), &p.Ledgers[i])
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

// fail reports a fault, unless its place already has one.
func (c *checker) fail(at, reason, zh, en string) {
	if place := c.d.at(at); !c.d.faults.has(place) {
		c.d.faults.add(place, reason, huifang.Text{ZH: zh, EN: en})
	}
}

// require reports that a field is not written. One that is written wrongly has
// been reported already.
func (c *checker) require(at, field, reason, zh, en string) {
	if _, written := c.d.where[join(at, field)]; !written {
		c.fail(at, reason, zh, en)
	}
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
	c.require("", "code", "code.missing", "行业包缺少编码 code", "the pack has no code")
	c.require("", "name", "name.missing", "行业包缺少名称 name", "the pack has no name")
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
			c.require(at, "type", "attribute.type", "属性缺少类型 type", "the attribute has no type")
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
