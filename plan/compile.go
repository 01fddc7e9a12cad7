package plan

import (
	"slices"
	"strconv"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
)

func (c *compiler) fail(at, reason string, message huifang.Text) {
	e := huifang.Invalid(reason, message)
	e.At.Field = strings.TrimPrefix(at, ".")
	c.errs = append(c.errs, e)
}

func (c *compiler) condition(at, source string) condition {
	cond, err := compileCondition(c.env, source, false)
	if err != nil {
		err.At.Field = strings.TrimPrefix(at, ".")
		c.errs = append(c.errs, err)
	}
	return cond
}

func (c *compiler) selector(at string, m Match, types map[string]*EventType) selector {
	if types[m.On] == nil {
		c.fail(at+".on", "event.unknown_type", huifang.Textf("未知的事件类型“%s”", "unknown type of event %q", m.On))
	}
	return selector{Match: m, cond: c.condition(at+".when", m.When)}
}

func (c *compiler) selectors(at string, ms []Match, types map[string]*EventType) []selector {
	out := make([]selector, 0, len(ms))
	for i, m := range ms {
		out = append(out, c.selector(at+"["+strconv.Itoa(i)+"]", m, types))
	}
	return out
}

func (c *compiler) program(at string, def Definition, types map[string]*EventType) *Program {
	if def.Subject == "" {
		def.Subject = SubjectEvent
	}
	p := &Program{Definition: def}
	switch def.Subject {
	case SubjectEvent, SubjectContact, SubjectAsset, SubjectStaff:
	default:
		c.fail(at+".subject", "subject.invalid", huifang.Textf("对象“%s”无效，可用 event、contact、asset、staff", "subject %q is none of event, contact, asset, staff", def.Subject))
	}
	if def.Code == "" {
		c.fail(at+".code", "code.missing", huifang.Text{ZH: "缺少编码 code", EN: "code is missing"})
	}
	if len(def.Start) == 0 {
		c.fail(at+".start", "start.missing", huifang.Text{ZH: "缺少触发事件 start", EN: "start is missing: no event would ever begin this program"})
	}
	if len(def.Steps) == 0 {
		c.fail(at+".steps", "steps.missing", huifang.Text{ZH: "缺少回访步骤 steps", EN: "steps are missing"})
	}
	if def.Target < 0 || def.Target > 100 || def.ReviewShare() < 0 || def.ReviewShare() > 100 {
		c.fail(at+".target", "percent.range", huifang.Text{ZH: "比例应在 0 到 100 之间", EN: "a percentage lies between 0 and 100"})
	}
	p.start = c.selectors(at+".start", def.Start, types)
	p.stop = c.selectors(at+".stop", def.Stop, types)
	p.update = c.selectors(at+".update", def.Update, types)
	p.assign = c.assigns(at+".assign", def.Assign)
	p.outcomes = c.outcomes(at+".outcomes", def.Outcomes)
	p.form = c.form(at+".form", def.Form)
	c.channels(at+".channels", def.Channels)
	for i := range def.Steps {
		p.steps = append(p.steps, c.step(at+".steps["+strconv.Itoa(i)+"]", p, def.Steps[i], types))
	}
	c.crossCheck(at, p)
	p.names = p.attributeNames()
	p.layout = p.describeLayout()
	p.immediate = p.isImmediate()
	return p
}

// describeLayout names what starts, stops and counts, so that a program whose
// marks mean something else is noticed.
func (p *Program) describeLayout() string {
	var b strings.Builder
	for _, group := range [][]selector{p.start, p.stop, p.update, p.selectors} {
		for _, s := range group {
			b.WriteString(s.On + "?" + s.When + ";")
		}
		b.WriteByte('|')
	}
	return b.String()
}

func (p *Program) isImmediate() bool {
	if p.Subject != SubjectEvent || len(p.update) > 0 {
		return false
	}
	for i := range p.steps {
		s := &p.steps[i]
		if s.selector >= 0 || s.After != nil || s.endless || s.ends.prog != nil {
			return false
		}
	}
	return true
}

func (p *Program) attributeNames() []string {
	var names []string
	take := func(cs ...condition) {
		for _, c := range cs {
			names = append(names, c.names...)
		}
	}
	resolvers := func(rs []Resolver) {
		for _, r := range rs {
			for _, alt := range r {
				if kind, name, _ := strings.Cut(alt, ":"); kind == "attribute" {
					names = append(names, name)
				}
			}
		}
	}
	for _, a := range p.assign {
		take(a.when)
		resolvers(a.To)
		resolvers(a.Exclude)
	}
	for i := range p.steps {
		s := &p.steps[i]
		take(s.when, s.ends)
		for _, a := range s.assign {
			take(a.when)
			resolvers(a.To)
			resolvers(a.Exclude)
		}
		names = append(names, s.Middle...)
		if s.Attribute != "" {
			names = append(names, s.Attribute)
		}
		if s.Remaining != nil {
			names = append(names, s.Remaining.Total)
		}
		if s.Repeat != nil && s.Repeat.Attribute != "" {
			names = append(names, s.Repeat.Attribute)
		}
		for _, o := range s.outcomes {
			take(o.when)
		}
	}
	for _, o := range p.outcomes {
		take(o.when)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (c *compiler) assigns(at string, as []Assign) []assign {
	out := make([]assign, 0, len(as))
	for i, a := range as {
		at := at + "[" + strconv.Itoa(i) + "]"
		if len(a.To) == 0 {
			c.fail(at+".to", "assign.empty", huifang.Text{ZH: "没有指定回访人", EN: "names nobody"})
		}
		out = append(out, assign{Assign: a, when: c.condition(at+".when", a.When)})
	}
	return out
}

func (c *compiler) outcomes(at string, os []Outcome) []outcome {
	out := make([]outcome, 0, len(os))
	for i, o := range os {
		at := at + "[" + strconv.Itoa(i) + "]"
		if len(o.On) == 0 {
			o.On = []string{"completed"}
		}
		c.results(at+".on", o.On)
		compiled := outcome{Outcome: o, when: c.condition(at+".when", o.When)}
		for _, name := range sortedKeys(o.Set) {
			cond, err := compileCondition(c.env, o.Set[name], true)
			if err != nil {
				err.At.Field = at + ".set." + name
				c.errs = append(c.errs, err)
				continue
			}
			compiled.set = append(compiled.set, setter{name, cond})
		}
		if o.Case != nil && o.Case.Severity == "" {
			o.Case.Severity = huifang.SeverityGeneral
		}
		out = append(out, compiled)
	}
	return out
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func (c *compiler) results(at string, on []string) {
	for _, o := range on {
		if o != "completed" && o != "unreachable" && o != "waived" {
			c.fail(at, "outcome.invalid", huifang.Textf("“%s”不是回访结果，可用 completed、unreachable、waived", "%q is no outcome; use completed, unreachable or waived", o))
		}
	}
}

func (c *compiler) channels(at string, cs []huifang.Channel) {
	for i, ch := range cs {
		if !slices.Contains(huifang.Channels(), ch) {
			c.fail(at+"["+strconv.Itoa(i)+"]", "channel.unknown", huifang.Textf("未知的回访方式“%s”", "unknown channel %q", ch))
		}
	}
}

func positive(o calendar.Offset) bool { return o.Set && o.N > 0 }
