package form

import "slices"

// scoring checks bands, and that scores and scoring go together.
func (c *checker) scoring() {
	s := c.def.Scoring
	if s == nil {
		if c.def.pointless() {
			c.fault("scoring", "form.scoring", "选项写了分值，但表单没有 scoring；需要计分请写 scoring: {}",
				"options carry scores but the form has no scoring; to have them counted write scoring: {}")
		}
		return
	}
	counted := 0
	for i := range c.def.Items {
		if it := &c.def.Items[i]; it.scorable() && it.weight() > 0 {
			counted++
		}
	}
	if counted == 0 {
		c.fault("scoring", "form.scoring", "没有一个题目带分值，无法计分", "no item carries points, so there is nothing to score")
	}
	if s.MinAnswered < 0 || s.MinAnswered > max(counted, 1) {
		c.fault("scoring.min_answered", "form.range", "应在 0 到计分题目数之间", "lies between 0 and the number of scored items")
	}
	c.bands(s.Bands)
}

// pointless tells whether some option has a score that nothing counts.
func (d *Definition) pointless() bool {
	for i := range d.Items {
		if slices.ContainsFunc(d.Items[i].Options, func(o Option) bool { return o.Score != nil }) {
			return true
		}
	}
	return false
}

func (c *checker) bands(bands []Band) {
	seen := make(map[string]bool, len(bands))
	for i := range bands {
		b, path := &bands[i], nth("scoring.bands", i)
		c.code(path+".code", b.Code)
		if seen[b.Code] && b.Code != "" {
			c.duplicate(path+".code", b.Code)
		}
		seen[b.Code] = true
		c.text(path+".label", b.Label)
		c.within(path+".from", &b.From, 0, 100)
		c.verdict(path+".verdict", b.Verdict)
		if i > 0 && !(b.From < bands[i-1].From) {
			c.fault(path+".from", "form.range", "分数段应从高到低排列，下限不能相同", "bands go from the highest down, each with a lower bound of its own")
		}
	}
	if n := len(bands); n > 0 && bands[n-1].From > 0 {
		c.fault(nth("scoring.bands", n-1)+".from", "form.range", "最低的分数段应从 0 开始，否则低分没有归属", "the lowest band begins at 0, or low scores belong to none")
	}
}

func (c *checker) rules(name string, rules []Rule) {
	for i := range rules {
		r, path := &rules[i], nth(name, i)
		if len(r.When) == 0 && len(r.Bands) == 0 && r.Below == nil && r.AtLeast == nil {
			c.fault(path, "form.missing", "规则是空的，应写 when、bands、below 或 at_least", "the rule is empty; write when, bands, below or at_least")
		}
		for n := range r.When {
			c.condition(nth(path+".when", n), &r.When[n], len(c.def.Items), false)
		}
		for n, code := range r.Bands {
			if s := c.def.Scoring; s == nil || !slices.ContainsFunc(s.Bands, func(b Band) bool { return b.Code == code }) {
				c.fault(nth(path+".bands", n), "form.rule", "没有代码为“"+shorten(clean(code))+"”的分数段", "there is no band “"+shorten(clean(code))+"”")
			}
		}
		c.within(path+".below", r.Below, 0, 100)
		c.within(path+".at_least", r.AtLeast, 0, 100)
		if (r.Below != nil || r.AtLeast != nil) && c.def.Scoring == nil {
			c.fault(path, "form.rule", "表单没有 scoring，不能按分数判断", "the form has no scoring to judge by")
		}
	}
}
