package form

import (
	"cmp"
	"slices"
	"strings"
)

// op is the operator in force.
func (c *Condition) op() Op {
	switch {
	case c.Op != "":
		return c.Op
	case len(c.Values) > 0:
		return OpIn
	}
	return OpEq
}

// all tells whether every condition holds over the items before index before.
func (p *pass) all(cs []Condition, before int, lenient bool) bool {
	for i := range cs {
		if !p.holds(&cs[i], before, lenient) {
			return false
		}
	}
	return true
}

func (p *pass) holds(c *Condition, before int, lenient bool) bool {
	if len(c.Any) > 0 {
		for i := range c.Any {
			if p.holds(&c.Any[i], before, lenient) {
				return true
			}
		}
		return false
	}
	code, row, _ := strings.Cut(c.Item, ".")
	i := p.def.index(code, before)
	if i < 0 {
		return false
	}
	v := p.slots[i].value
	if row != "" {
		cells, _ := v.(map[string]any)
		v = cells[row]
	}
	if v == nil {
		return c.op() == OpUnanswered || lenient && p.slots[i].shown
	}
	return c.compare(&p.def.Items[i], v)
}

// index is where the item with that code stands among the first so many, or
// -1. Forms are short: a scan beats a map that would have to be kept.
func (d *Definition) index(code string, before int) int {
	for i := range d.Items[:before] {
		if d.Items[i].Code == code {
			return i
		}
	}
	return -1
}

// compare tests an answer that is there.
func (c *Condition) compare(it *Item, v any) bool {
	switch c.op() {
	case OpEq:
		return equals(v, c.Value)
	case OpNe:
		return !equals(v, c.Value)
	case OpIn:
		return among(v, c.Values)
	case OpNotIn:
		return !among(v, c.Values)
	case OpAnswered:
		return true
	case OpUnanswered:
		return false
	case OpLt, OpLe, OpGt, OpGe:
		order, ok := c.order(it, v)
		return ok && fits(c.op(), order)
	}
	return false
}

func among(v any, ls []Literal) bool {
	for _, l := range ls {
		if equals(v, l) {
			return true
		}
	}
	return false
}

// equals compares an answer with a constant; a list equals each of its entries.
func equals(v any, l Literal) bool {
	switch v := v.(type) {
	case string:
		return v == string(l)
	case float64:
		n, ok := l.number()
		return ok && n == v
	case bool:
		yes, ok := l.yes()
		return ok && yes == v
	case []any:
		return slices.ContainsFunc(v, func(e any) bool {
			code, _ := e.(string)
			return code == string(l)
		})
	}
	return false
}

// order compares a number or a date with the constant; ISO dates sort as text.
func (c *Condition) order(it *Item, v any) (order int, ok bool) {
	switch v := v.(type) {
	case float64:
		n, ok := c.Value.number()
		return cmp.Compare(v, n), ok
	case string:
		return strings.Compare(v, string(c.Value)), it.Kind == KindDate
	}
	return 0, false
}

func fits(op Op, order int) bool {
	return order < 0 && (op == OpLt || op == OpLe) || order == 0 && (op == OpLe || op == OpGe) || order > 0 && (op == OpGt || op == OpGe)
}
