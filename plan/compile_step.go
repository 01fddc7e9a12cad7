package plan

import (
	"slices"
	"strconv"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
)

func (c *compiler) form(at, code string) *form.Definition {
	if code == "" {
		return nil
	}
	f := c.forms[code]
	if f == nil {
		c.fail(at, "form.unknown", huifang.Textf("没有表单“%s”", "there is no form %q", code))
	}
	return f
}

func (c *compiler) step(at string, p *Program, def Step, types map[string]*EventType) step {
	s := step{Step: def, selector: -1, formCode: p.Form, script: p.Script, channels: p.Channels, form: p.form, assign: p.assign, outcomes: p.outcomes, late: p.Late}
	if def.Code == "" {
		c.fail(at+".code", "code.missing", huifang.Text{ZH: "缺少编码 code", EN: "code is missing"})
	}
	s.when = c.condition(at+".when", def.When)
	s.ends = c.condition(at+".ends", def.Ends)
	c.override(at, &s)
	c.anchor(at, p, &s, types)
	c.window(at, &s.Step)
	c.repeat(at+".repeat", &s)
	switch def.Shift {
	case ShiftNone, ShiftNext, ShiftPrevious:
	default:
		c.fail(at+".shift", "shift.invalid", huifang.Textf("“%s”无效，可用 next_working_day、previous_working_day", "%q is neither next_working_day nor previous_working_day", def.Shift))
	}
	return s
}

// override applies what the step says instead of the program.
func (c *compiler) override(at string, s *step) {
	if s.Form != "" {
		s.formCode, s.form = s.Form, c.form(at+".form", s.Form)
	}
	if s.Script != "" {
		s.script = s.Script
	}
	if len(s.Channels) > 0 {
		c.channels(at+".channels", s.Channels)
		s.channels = s.Channels
	}
	if len(s.Assign) > 0 {
		s.assign = c.assigns(at+".assign", s.Assign)
	}
	if len(s.Outcomes) > 0 {
		s.outcomes = append(c.outcomes(at+".outcomes", s.Outcomes), s.outcomes...)
	}
	if len(s.Late) > 0 {
		s.late = s.Late
	}
}

// anchor checks that at most one anchor is written and compiles it.
func (c *compiler) anchor(at string, p *Program, s *step, types map[string]*EventType) {
	if written(s.Attribute != "", len(s.Middle) > 0, s.Event != nil, s.Count != nil, s.Remaining != nil, s.Idle != nil, s.After != nil) > 1 {
		c.fail(at, "anchor.several", huifang.Text{ZH: "一个步骤只能有一个起算点（attribute、middle、event、count、remaining、idle、after 之一）", EN: "a step counts from one thing only: one of attribute, middle, event, count, remaining, idle, after"})
	}
	if len(s.Middle) != 0 && len(s.Middle) != 2 {
		c.fail(at+".middle", "middle.two", huifang.Text{ZH: "middle 需要起止两个日期属性", EN: "middle needs two date attributes, the start and the end"})
	}
	if s.After != nil {
		c.after(at+".after", s)
	}
	if m, where := s.counted(); m != nil {
		s.selector = p.addSelector(c.selector(at+where, *m, types))
		c.counts(at, s)
	}
}

// written counts what is there.
func written(parts ...bool) (n int) {
	for _, has := range parts {
		if has {
			n++
		}
	}
	return n
}

// counted is the event a step counts and where it is written, nil: none.
func (s *step) counted() (m *Match, where string) {
	switch {
	case s.Event != nil:
		return s.Event, ".event"
	case s.Count != nil:
		return &s.Count.Of, ".count.of"
	case s.Remaining != nil:
		return &s.Remaining.Of, ".remaining.of"
	case s.Idle != nil:
		return &s.Idle.Of, ".idle.of"
	}
	return nil, ""
}

// counts checks the numbers of a counting anchor.
func (c *compiler) counts(at string, s *step) {
	if s.Count != nil && s.Count.N < 1 {
		c.fail(at+".count.n", "count.n", huifang.Text{ZH: "次数 n 应至少为 1", EN: "n is at least 1"})
	}
	if s.Remaining != nil && (s.Remaining.Total == "" || s.Remaining.AtMost < 0) {
		c.fail(at+".remaining", "remaining.total", huifang.Text{ZH: "剩余次数需要总数属性 total 和不小于 0 的 at_most", EN: "remaining needs the attribute total and an at_most of 0 or more"})
	}
	if s.Idle != nil {
		s.endless = true
		if !positive(s.Idle.For) || s.Idle.Again.Set && s.Idle.Again.N < 1 {
			c.fail(at+".idle.for", "idle.for", huifang.Text{ZH: "for 与 again 应为正的时间间隔", EN: "for and again are positive distances in time"})
		}
	}
}

func (c *compiler) after(at string, s *step) {
	if len(s.After.On) == 0 {
		a := *s.After
		a.On = []string{"completed"}
		s.After = &a
	}
	c.results(at+".on", s.After.On)
	s.after = []condition{c.condition(at+".when", s.After.When)}
	if len(s.After.Steps) == 0 {
		c.fail(at+".steps", "after.steps", huifang.Text{ZH: "after 需要指明步骤", EN: "after names at least one step"})
	}
}

// addSelector shares equal selectors among steps.
func (p *Program) addSelector(s selector) int {
	for i := range p.selectors {
		if p.selectors[i].Match == s.Match {
			return i
		}
	}
	p.selectors = append(p.selectors, s)
	return len(p.selectors) - 1
}

func (c *compiler) repeat(at string, s *step) {
	r := s.Repeat
	if r == nil {
		return
	}
	if written(r.Every.Set, r.Weekday != "", len(r.Table) > 0, len(r.Days) > 0) != 1 {
		c.fail(at, "repeat.one", huifang.Text{ZH: "repeat 需要且只需要 every、weekday、days、table 之一", EN: "repeat needs exactly one of every, weekday, days, table"})
	}
	if r.Every.Set && !positive(r.Every) {
		c.fail(at+".every", "repeat.every", huifang.Text{ZH: "every 应为正的时间间隔", EN: "every is a positive distance in time"})
	}
	if r.Times < 0 || r.Times > maxSeries {
		c.fail(at+".times", "repeat.times", huifang.Textf("times 应在 0 到 %d 之间", "times lies between 0 and %d", maxSeries))
	}
	if r.Weekday != "" {
		day, ok := weekdays[strings.ToLower(r.Weekday)]
		if !ok {
			c.fail(at+".weekday", "repeat.weekday", huifang.Textf("“%s”不是星期，应写作 monday", "%q is no day of the week; write it as monday", r.Weekday))
		}
		s.weekday = day
	}
	c.table(at, r)
	if s.Idle != nil || s.Event != nil || s.After != nil {
		c.fail(at, "repeat.anchor", huifang.Text{ZH: "event、idle、after 本身即为系列，不能再加 repeat", EN: "event, idle and after are series already; they take no repeat"})
	}
	s.endless = r.Times == 0 && len(r.Days) == 0
}

// table checks the rows of a repeat table and the days of a day list.
func (c *compiler) table(at string, r *Repeat) {
	if len(r.Table) > 0 && r.Attribute == "" {
		c.fail(at+".attribute", "repeat.attribute", huifang.Text{ZH: "table 需要指明数字属性 attribute", EN: "table needs the number attribute it looks at"})
	}
	for i, b := range r.Table {
		if !positive(b.Every) || i > 0 && b.UpTo <= r.Table[i-1].UpTo {
			c.fail(at+".table["+strconv.Itoa(i)+"]", "repeat.table", huifang.Text{ZH: "table 的 up_to 应递增，every 应为正", EN: "up_to grows from row to row, and every is positive"})
		}
	}
	for i, d := range r.Days {
		if d < 0 || d > 36500 || i > 0 && d <= r.Days[i-1] {
			c.fail(at+".days["+strconv.Itoa(i)+"]", "repeat.days", huifang.Text{ZH: "days 应为递增的天数", EN: "days are day counts that grow"})
		}
	}
}

// crossCheck verifies what one step says of another.
func (c *compiler) crossCheck(at string, p *Program) {
	seen := map[string]bool{}
	for i := range p.steps {
		s := &p.steps[i]
		at := at + ".steps[" + strconv.Itoa(i) + "]"
		if seen[s.Code] {
			c.fail(at+".code", "step.duplicate", huifang.Textf("步骤“%s”重复", "step %q is defined twice", s.Code))
		}
		seen[s.Code] = true
		if s.After == nil {
			continue
		}
		for _, code := range s.After.Steps {
			if !slices.ContainsFunc(p.steps, func(o step) bool { return o.Code == code }) {
				c.fail(at+".after.steps", "step.unknown", huifang.Textf("没有步骤“%s”", "there is no step %q", code))
			}
		}
	}
}
