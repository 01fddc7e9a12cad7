package form

import (
	"slices"
	"strings"
)

// Ops lists every operator.
func Ops() []Op {
	return []Op{OpEq, OpNe, OpIn, OpNotIn, OpLt, OpLe, OpGt, OpGe, OpAnswered, OpUnanswered}
}

// condition checks a condition that may look at the items before index before.
func (c *checker) condition(path string, cond *Condition, before int, nested bool) {
	if len(cond.Any) > 0 {
		c.anyOf(path, cond, before, nested)
		return
	}
	it, row := c.target(path+".item", cond.Item, before)
	if !slices.Contains(Ops(), cond.op()) {
		c.fault(path+".op", "form.condition", "没有“"+shorten(clean(string(cond.Op)))+"”这种比较", "there is no operator “"+shorten(clean(string(cond.Op)))+"”; use eq, ne, in, not_in, lt, le, gt, ge, answered or unanswered")
		return
	}
	if it == nil {
		return
	}
	if !applies(cond.op(), it, row) {
		c.fault(path+".op", "form.condition", "题型 "+string(it.Kind)+" 不能用 "+string(cond.op())+" 比较",
			"an item of kind "+string(it.Kind)+" cannot be compared by "+string(cond.op()))
		return
	}
	c.values(path, cond, it)
}

func (c *checker) anyOf(path string, cond *Condition, before int, nested bool) {
	if nested {
		c.fault(path+".any", "form.condition", "any 里面不能再写 any", "any cannot stand inside any")
		return
	}
	if cond.Item != "" || cond.Op != "" || cond.Value != "" || len(cond.Values) > 0 {
		c.fault(path, "form.condition", "写了 any 就不能再写 item、op、value、values", "beside any there is no item, op, value or values")
	}
	if len(cond.Any) > mostAny {
		c.limit(path+".any", mostAny)
	}
	for i := range cond.Any {
		c.condition(nth(path+".any", i), &cond.Any[i], before, true)
	}
}

// target is the item a condition looks at, and the matrix row where it names
// one.
func (c *checker) target(path, name string, before int) (*Item, string) {
	if name == "" {
		c.fault(path, "form.missing", "条件缺少题目代码 item", "the condition names no item")
		return nil, ""
	}
	code, row, dotted := strings.Cut(name, ".")
	i := c.def.index(code, len(c.def.Items))
	shown := shorten(clean(name))
	switch {
	case i < 0:
		c.fault(path, "form.condition", "没有代码为“"+shown+"”的题目", "there is no item “"+shown+"”")
		return nil, ""
	case i >= before:
		c.fault(path, "form.condition", "只能引用前面的题目，“"+shown+"”在后面", "a condition refers to earlier items only; “"+shown+"” is not earlier")
		return nil, ""
	}
	it := &c.def.Items[i]
	switch {
	case it.Kind == KindSection:
		c.fault(path, "form.condition", "“"+shown+"”是分节标题，没有答案", "“"+shown+"” is a section and has no answer")
		return nil, ""
	case dotted && it.row(row) == nil:
		c.fault(path, "form.condition", "“"+shown+"”没有这一行", "“"+shown+"” names no row of a matrix")
		return nil, ""
	}
	return it, row
}

// applies tells whether an operator makes sense for an item.
func applies(op Op, it *Item, row string) bool {
	switch op {
	case OpAnswered, OpUnanswered:
		return true
	case OpEq, OpNe, OpIn, OpNotIn:
		switch it.Kind {
		case KindText, KindNumber, KindDate, KindChoice, KindChoices, KindRating, KindNPS, KindYesNo:
			return true
		case KindMatrix:
			return row != ""
		case KindSection, KindPhoto, KindFile, KindSignature:
		}
	case OpLt, OpLe, OpGt, OpGe:
		switch it.Kind {
		case KindNumber, KindDate, KindRating, KindNPS:
			return true
		case KindMatrix:
			return row != "" && it.graded()
		case KindSection, KindText, KindChoice, KindChoices, KindYesNo, KindPhoto, KindFile, KindSignature:
		}
	}
	return false
}

// values checks the constants a condition compares with.
func (c *checker) values(path string, cond *Condition, it *Item) {
	wantOne, wantMany := false, false
	switch cond.op() {
	case OpAnswered, OpUnanswered:
	case OpIn, OpNotIn:
		wantMany = true
	case OpEq, OpNe, OpLt, OpLe, OpGt, OpGe:
		wantOne = true
	}
	switch {
	case wantOne && cond.Value == "":
		c.fault(path+".value", "form.missing", "条件缺少比较值 value", "the condition has no value")
	case wantOne:
		c.literal(path+".value", cond.Value, it)
	case cond.Value != "":
		c.fault(path+".value", "form.condition", string(cond.op())+" 不用 value", string(cond.op())+" takes no value")
	}
	switch {
	case wantMany && len(cond.Values) == 0:
		c.fault(path+".values", "form.missing", "条件缺少比较值 values", "the condition has no values")
	case len(cond.Values) > mostValues:
		c.limit(path+".values", mostValues)
	case wantMany:
		for i, v := range cond.Values {
			c.literal(nth(path+".values", i), v, it)
		}
	case len(cond.Values) > 0:
		c.fault(path+".values", "form.condition", string(cond.op())+" 不用 values", string(cond.op())+" takes no values")
	}
}

// literal checks that the constant can be the item's answer.
func (c *checker) literal(path string, l Literal, it *Item) {
	var raw any = string(l)
	switch it.Kind {
	case KindNumber, KindRating, KindNPS:
		raw = l.numberOrText()
	case KindYesNo:
		if yes, ok := l.yes(); ok {
			raw = yes
		}
	case KindMatrix:
		if it.graded() {
			raw = l.numberOrText()
		}
	case KindChoices:
		raw = []any{raw}
	case KindSection, KindText, KindDate, KindChoice, KindPhoto, KindFile, KindSignature:
	}
	f := &faults{}
	if !it.canAnswer(raw, f) {
		shown := shorten(clean(string(l)))
		c.fault(path, "form.condition", "“"+shown+"”不可能是题目“"+it.Code+"”的答案",
			"“"+shown+"” cannot be an answer to item “"+it.Code+"”")
	}
}

// canAnswer tells whether raw, as it stands, is an answer in normal form. How
// many options must be chosen at once does not matter here.
func (it *Item) canAnswer(raw any, f *faults) bool {
	switch it.Kind {
	case KindMatrix:
		return it.cell("", raw, f) != nil
	case KindChoices:
		list, _ := raw.([]any)
		return it.known(list, f)
	case KindSection, KindText, KindNumber, KindDate, KindChoice, KindRating, KindNPS, KindYesNo, KindPhoto, KindFile, KindSignature:
	}
	v := it.normalise(raw, f)
	return v != nil && v == raw
}

func (l Literal) numberOrText() any {
	if n, ok := l.number(); ok {
		return n + 0
	}
	return string(l)
}
