package pack

import (
	"slices"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
)

func (c *checker) script(at string, s *Script) {
	for i, code := range s.Forms {
		c.form(at+"."+nth("forms", i), code)
	}
	for i, ph := range s.Phrases {
		at := at + "." + nth("phrases", i)
		c.require(at, "kind", "phrase.kind", "用语缺少种类 kind", "the phrase has no kind")
		zh, en := placeholdersIn(ph.Text.ZH), placeholdersIn(ph.Text.EN)
		before := len(c.d.faults.list)
		c.placeholders(at+".text.zh", zh)
		c.placeholders(at+".text.en", en)
		if ph.Text.ZH != "" && ph.Text.EN != "" && !slices.Equal(zh, en) && len(c.d.faults.list) == before {
			c.fail(at+".text", "phrase.languages", "中英文的占位符不一致", "the two languages have different placeholders")
		}
	}
}

func (c *checker) placeholders(at string, names []string) {
	var known []string
	for _, p := range Placeholders() {
		known = append(known, p.Name)
	}
	for _, name := range names {
		if attr, ok := strings.CutPrefix(name, "attr."); ok {
			c.attribute(at, attr)
			continue
		}
		if name == "" {
			c.fail(at, "placeholder.unknown", "占位符缺少名称", "the placeholder has no name")
			continue
		}
		c.known(at, "placeholder.unknown", "没有占位符", "there is no placeholder", name, known)
	}
}

func (c *checker) recurrence(at string, r *RecurrenceRule) {
	c.require(at, "of", "recurrence.of", "缺少事件类型 of", "the rule names no type of event in of")
	c.require(at, "by", "recurrence.by", "缺少统计对象 by（contact 或 asset）", "by is missing: contact or asset")
	c.require(at, "within", "recurrence.within", "缺少期间 within", "within is missing")
	for i, e := range r.Of {
		c.event(at+"."+nth("of", i), e)
	}
	if r.AtLeast < 2 {
		c.fail(at+".at_least", "recurrence.at_least", "at_least 应至少为 2", "at_least is 2 or more")
	}
	for i, name := range r.Same {
		c.known(at+"."+nth("same", i), "attribute.unknown", "没有属性", "there is no attribute", name, append([]string{"matter", "department"}, c.attributes...))
	}
	c.resolvers(at+".alert", r.Alert)
}

func (c *checker) register() {
	fields := ImportFields()
	for _, name := range c.attributes {
		fields = append(fields, "attribute:"+name)
	}
	c.importSheets(fields)
	for i, f := range c.p.Import.Fields {
		c.known("import."+nth("fields", i)+".code", "import.field", "没有导入字段", "there is no field to import", f.Code, fields)
	}
	c.synonyms()
	for i, cat := range c.p.Import.Categories {
		at := "import." + nth("categories", i)
		c.require(at, "event", "import.event", "类别缺少事件类型 event", "the category names no event")
		c.event(at+".event", cat.Event)
		c.set(at+".set", cat)
	}
}

// synonyms checks that no word means two fields, and none two categories.
func (c *checker) synonyms() {
	fields, categories := map[string]string{}, map[string]string{}
	for i, f := range c.p.Import.Fields {
		c.owned("import."+nth("fields", i), f.Code, f.Synonyms, fields)
	}
	for i, cat := range c.p.Import.Categories {
		c.owned("import."+nth("categories", i), cat.Code, cat.Synonyms, categories)
	}
}

func (c *checker) owned(at, code string, words []string, owner map[string]string) {
	for j, word := range words {
		if other, taken := owner[plainWord(word)]; taken {
			c.fail(at+"."+nth("synonyms", j), "import.synonym", "“"+word+"”已属于“"+other+"”", "“"+word+"” already belongs to “"+other+"”")
		}
		owner[plainWord(word)] = code
	}
}

// set checks that a category implies attributes its event has, with values
// they may take.
func (c *checker) set(at string, cat ImportCategory) {
	e, ok := c.p.Event(cat.Event)
	if !ok {
		return
	}
	for name, value := range cat.Set {
		c.value(at+"."+name, e, name, value)
	}
}

func (c *checker) value(at string, e plan.EventType, name string, value any) {
	names := appendNames(nil, e.Attributes)
	i := slices.Index(names, name)
	if i < 0 {
		c.known(at, "attribute.unknown", "事件“"+e.Type+"”没有属性", "event "+e.Type+" has no attribute", name, names)
		return
	}
	if e.Attributes[i].Type != "choice" || len(e.Attributes[i].Values) == 0 {
		return
	}
	var codes []string
	for _, v := range e.Attributes[i].Values {
		codes = append(codes, v.Code)
	}
	word, _ := value.(string)
	if word == "" || !slices.Contains(codes, word) {
		c.d.faults.add(c.d.at(at), "attribute.value", meant("属性“"+name+"”没有值“"+word+"”", "attribute "+name+" has no value “"+word+"”", word, codes))
	}
}

func (c *checker) statistics() {
	for i, code := range c.p.Statistics.Programs {
		c.known("statistics."+nth("programs", i), "program.unknown", "没有回访方案", "there is no program", code, c.programs)
	}
	for i, f := range c.p.Statistics.Figures {
		if f.Title == (huifang.Text{}) {
			c.fail("statistics."+nth("figures", i), "title.missing", "缺少标题 title", "title is missing")
		}
	}
}

// rooms asks the other rooms: what form and plan say of their definitions,
// each fault at the place it was written. A place that already has a fault
// keeps that one.
func (c *checker) rooms() {
	for i := range c.p.Forms {
		for _, e := range c.p.Forms[i].Check() {
			c.theirs(nth("forms", i), e)
		}
	}
	_, faults := plan.Compile(c.p.Events, c.p.Programs, c.p.Forms)
	for _, e := range faults {
		c.theirs("", e)
	}
}

func (c *checker) theirs(at string, e *huifang.Error) {
	if field := e.At.Field; field != "" {
		at = join(at, field)
	}
	if place := c.d.at(at); !c.d.faults.has(place) {
		c.d.faults.put(place, e)
	}
}
