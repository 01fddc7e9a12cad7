package pack

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/huifang/huifang/plan"
)

func (c *checker) sample() {
	s := &c.p.Sample
	var units []string
	for _, u := range s.Units {
		units = append(units, u.Code)
	}
	for i, u := range s.Units {
		c.known("sample."+nth("units", i)+".parent", "unit.unknown", "没有单位", "there is no unit", u.Parent, units)
	}
	for i, st := range s.Staff {
		at := "sample." + nth("staff", i)
		c.role(at+".code", st.Code)
		for j, q := range st.Qualifications {
			c.span(at+"."+nth("qualifications", j)+".days", q.Days, 0)
		}
	}
	c.samplePeople()
	for i := range s.Events {
		c.sampleEvent("sample."+nth("events", i), &s.Events[i])
	}
	for i := range s.Answers {
		c.sampleAnswer("sample."+nth("answers", i), &s.Answers[i])
	}
	var sheets []string
	for _, s := range c.p.Import.Sheets {
		if s.Kind == "events" {
			sheets = append(sheets, s.Code)
		}
	}
	c.known("sample.register", "sheet.unknown", "没有登记服务事项的表", "there is no sheet of events", s.Register, sheets)
	c.sampleOutcomes()
}

func (c *checker) sampleOutcomes() {
	o := c.p.Sample.Outcomes
	for _, percent := range []float64{o.OnTime, o.Late, o.Unreachable, o.Waived, o.Dissatisfied, o.Unqualified} {
		if percent < 0 || percent > 100 {
			c.fail("sample.outcomes", "percent.range", "比例应在 0 到 100 之间", "a percentage lies between 0 and 100")
		}
	}
	if o.OnTime+o.Late+o.Unreachable+o.Waived > 100 || o.Dissatisfied+o.Unqualified > 100 {
		c.fail("sample.outcomes", "percent.sum", "比例之和超过 100", "the percentages add up to more than 100")
	}
}

func (c *checker) role(at, code string) {
	c.known(at, "role.unknown", "没有角色", "there is no role", code, c.roles)
}

// span checks a least and a most.
func (c *checker) span(at string, span []int, least int) {
	if len(span) != 0 && (len(span) != 2 || span[0] > span[1] || span[0] < least) {
		c.fail(at, "sample.span", "应写最少与最多两个整数", "write two whole numbers: the least and the most")
	}
}

// kinds lists the codes of kinds of contact or asset.
func kinds(list []SubjectKind) []string {
	var out []string
	for _, k := range list {
		out = append(out, k.Code)
	}
	return out
}

func attributesOf(list []SubjectKind, code string) []plan.AttributeType {
	for _, k := range list {
		if k.Code == code {
			return k.Attributes
		}
	}
	return nil
}

func (c *checker) samplePeople() {
	for i := range c.p.Sample.Contacts {
		s := &c.p.Sample.Contacts[i]
		at := "sample." + nth("contacts", i)
		c.known(at+".code", "contact.kind", "没有客户种类", "there is no kind of contact", s.Of(), kinds(c.p.Contacts))
		c.role(at+".owner", s.Owner)
		c.role(at+".steward", s.Steward)
		c.drawn(at+".attributes", "contact "+s.Of(), attributesOf(c.p.Contacts, s.Of()), s.Attributes)
		for _, list := range [][]string{s.Name, s.Phones, s.Address, s.Email} {
			c.patterns(at, list)
		}
	}
	for i := range c.p.Sample.Assets {
		s := &c.p.Sample.Assets[i]
		at := "sample." + nth("assets", i)
		c.known(at+".code", "asset.kind", "没有资产种类", "there is no kind of asset", s.Code, kinds(c.p.Assets))
		c.require(at, "number", "sample.number", "缺少编号 number", "its number is missing")
		c.sampleKinds(at, s.Kinds)
		c.drawn(at+".attributes", "asset "+s.Code, attributesOf(c.p.Assets, s.Code), s.Attributes)
		c.patterns(at+".number", s.Number)
		c.patterns(at+".name", s.Name)
	}
}

func (c *checker) sampleKinds(at string, list []string) {
	var known []string
	for _, k := range c.p.Sample.Contacts {
		known = append(known, k.Of())
	}
	for j, k := range list {
		c.known(at+"."+nth("kinds", j), "contact.kind", "示例中没有客户种类", "the sample has no kind of contact", k, known)
	}
}

func (c *checker) sampleEvent(at string, e *SampleEvent) {
	c.event(at+".event", e.Event)
	c.span(at+".hours", e.Hours, 0)
	c.role(at+".staff", e.Staff)
	c.sampleKinds(at, e.Kinds)
	c.sampleAsset(at+".asset", e.Asset)
	typ, known := c.p.Event(e.Event)
	for j, m := range e.Matters {
		at := at + "." + nth("matters", j)
		if m.Department != "" {
			c.known(at+".department", "department.unknown", "没有部门", "there is no department", m.Department, c.p.Sample.Departments)
		}
		if known {
			c.drawn(at+".attributes", e.Event, typ.Attributes, m.Attributes)
		}
	}
	if known {
		c.drawn(at+".attributes", e.Event, typ.Attributes, e.Attributes)
		c.demanded(at, e, &typ)
	}
	total := 0.0
	for j := range e.Either {
		c.sampleNext(at+"."+nth("either", j), e, &e.Either[j], &typ)
		total += e.Either[j].Chance
	}
	if total > 100 {
		c.fail(at+".either", "percent.sum", "比例之和超过 100", "the percentages add up to more than 100")
	}
	for j := range e.Then {
		c.sampleNext(at+"."+nth("then", j), e, &e.Then[j], &typ)
	}
}

func (c *checker) sampleAsset(at, asset string) {
	kind, fresh := strings.CutPrefix(asset, "new:")
	if !fresh {
		c.known(at, "sample.asset", "asset 应为 own、none 或 new:种类，不能是", "asset is own, none or new:KIND, not", asset, []string{"own", "none"})
		return
	}
	var known []string
	for _, k := range c.p.Sample.Assets {
		known = append(known, k.Code)
	}
	c.known(at, "asset.kind", "示例中没有资产种类", "the sample has no kind of asset", kind, known)
}

func (c *checker) sampleNext(at string, e *SampleEvent, n *SampleNext, typ *plan.EventType) {
	var codes []string
	for i := range c.p.Sample.Events {
		codes = append(codes, c.p.Sample.Events[i].Code)
	}
	c.known(at+".code", "sample.event", "示例中没有事件", "the sample has no event", n.Code, codes)
	c.span(at+".times", n.Times, 0)
	c.span(at+".every", n.Every, 1)
	if n.On == "" {
		c.span(at+".days", n.Days, 0)
		return
	}
	c.span(at+".days", n.Days, -3650)
	c.known(at+".on", "attribute.unknown", "事件“"+e.Event+"”没有属性", "event "+e.Event+" has no attribute", n.On, appendNames(nil, typ.Attributes))
}

// demanded sees to it that an event has what its type requires.
func (c *checker) demanded(at string, e *SampleEvent, typ *plan.EventType) {
	for _, a := range typ.Attributes {
		every := len(e.Matters) > 0
		for _, m := range e.Matters {
			every = every && len(m.Attributes[a.Name]) > 0
		}
		if a.Required && !every && len(e.Attributes[a.Name]) == 0 {
			c.fail(at, "attribute.missing", "缺少必填属性“"+a.Name+"”的取值", "values of the required attribute "+a.Name+" are missing")
		}
	}
}

// drawn checks values to draw from against the attributes of what they are for.
func (c *checker) drawn(at, of string, types []plan.AttributeType, values map[string][]any) {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		i := slices.IndexFunc(types, func(t plan.AttributeType) bool { return t.Name == name })
		if i < 0 {
			c.known(at+"."+name, "attribute.unknown", "“"+of+"”没有属性", of+" has no attribute", name, appendNames(nil, types))
			continue
		}
		for j, v := range values[name] {
			at := at + "." + nth(name, j)
			if text, ok := v.(string); ok && strings.Contains(text, "{") {
				c.pattern(at, text)
				continue
			}
			if err := types[i].Check(v); err != nil {
				c.d.faults.put(c.d.at(at), err)
			}
		}
	}
}

func (c *checker) patterns(at string, list []string) {
	for _, text := range list {
		c.pattern(at, text)
	}
}

// SampleToken finds the braces of a pattern: its token and what stands behind
// the colon.
var SampleToken = regexp.MustCompile(`\{([a-z_]+)(?::([^{}]*))?\}`)

func (c *checker) pattern(at, text string) {
	tokens := slices.Sorted(maps.Keys(SampleTokens()))
	for _, m := range SampleToken.FindAllStringSubmatch(text, -1) {
		c.known(at, "sample.token", "没有记号", "there is no token", m[1], tokens)
		switch m[1] {
		case "list":
			c.known(at, "sample.list", "示例中没有词表", "the sample has no list", m[2], slices.Sorted(maps.Keys(c.p.Sample.Words)))
		case "staff":
			c.role(at, m[2])
		case "digits", "letters":
			if n, err := strconv.Atoi(m[2]); err != nil || n < 1 {
				c.fail(at, "sample.token", "位数应为正整数", "how many is a positive whole number")
			}
		}
	}
	if rest := SampleToken.ReplaceAllString(text, ""); strings.ContainsAny(rest, "{}") {
		c.fail(at, "sample.token", "花括号里应是记号，如 {person} 或 {number:1..9}", "braces hold a token such as {person} or {number:1..9}")
	}
}

func (c *checker) sampleAnswer(at string, a *SampleAnswer) {
	form, item, qualified := strings.Cut(a.Code, ".")
	if !qualified {
		form, item = "", a.Code
	}
	var items []string
	for i := range c.p.Forms {
		f := &c.p.Forms[i]
		if form != "" && f.Code != form {
			continue
		}
		for j := range f.Items {
			items = append(items, f.Items[j].Code)
		}
	}
	if form != "" {
		c.form(at+".code", form)
	}
	c.known(at+".code", "item.unknown", "表单里没有条目", "no form has the item", item, items)
	for _, v := range slices.Concat(a.Happy, a.Unhappy) {
		if text, ok := v.(string); ok {
			c.pattern(at, text)
		}
	}
}
