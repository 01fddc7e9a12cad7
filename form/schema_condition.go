package form

import "strings"

// schemaAll is a schema of the answers for which all conditions of the lists
// hold, nil where it says nothing. exact is false where a part could not be
// said, so that the schema holds for more answers than the conditions do.
func (d *Definition) schemaAll(before int, lists ...[]Condition) (test object, exact bool) {
	var parts []any
	exact = true
	for _, cs := range lists {
		for i := range cs {
			part, ok := d.schemaOf(&cs[i], before)
			if part != nil {
				parts = append(parts, part)
			}
			exact = exact && ok
		}
	}
	if len(parts) == 0 {
		return nil, exact
	}
	return object{"allOf": parts}, exact
}

func (d *Definition) schemaOf(c *Condition, before int) (test object, exact bool) {
	if len(c.Any) == 0 {
		return d.schemaTest(c, before)
	}
	parts := make([]any, len(c.Any))
	exact = true
	for i := range c.Any {
		part, ok := d.schemaOf(&c.Any[i], before)
		if part == nil {
			return nil, false // a part that may hold anywhere
		}
		parts[i] = part
		exact = exact && ok
	}
	return object{"anyOf": parts}, exact
}

// schemaTest says one comparison: the answer is there and as wanted.
func (d *Definition) schemaTest(c *Condition, before int) (test object, exact bool) {
	code, row, _ := strings.Cut(c.Item, ".")
	i := d.index(code, before)
	if i < 0 {
		return object{"not": object{}}, true // never holds
	}
	value, exact := c.schemaValue(&d.Items[i])
	present := presence(code, presence(row, value))
	if c.op() == OpUnanswered {
		return object{"not": presence(code, presence(row, object{}))}, true
	}
	return present, exact
}

// presence is: an object that has the key, with such a value. Without a key it
// is the value itself.
func presence(key string, value object) object {
	if key == "" {
		return value
	}
	return object{"type": "object", "required": []string{key}, "properties": object{key: value}}
}

// schemaValue says what a comparison wants of the answer.
func (c *Condition) schemaValue(it *Item) (value object, exact bool) {
	switch c.op() {
	case OpAnswered, OpUnanswered:
		return object{}, true
	case OpEq, OpIn:
		return it.schemaAmong(c.literals()), true
	case OpNe, OpNotIn:
		return object{"not": it.schemaAmong(c.literals())}, true
	case OpLt, OpLe, OpGt, OpGe:
		return c.schemaOrder()
	}
	return object{"not": object{}}, true
}

// literals is what an equality compares with.
func (c *Condition) literals() []Literal {
	if op := c.op(); op == OpIn || op == OpNotIn {
		return c.Values
	}
	return []Literal{c.Value}
}

func (it *Item) schemaAmong(ls []Literal) object {
	values := make([]any, 0, len(ls))
	for _, l := range ls {
		if v := l.value(it); v != nil {
			values = append(values, v)
		}
	}
	if len(values) == 0 {
		return object{"not": object{}}
	}
	if it.Kind == KindChoices {
		return object{"contains": object{"enum": values}}
	}
	return object{"enum": values}
}

// value is the constant as an answer to the item has it, nil where it cannot
// be one.
func (l Literal) value(it *Item) any {
	switch {
	case it.Kind == KindNumber || it.Kind == KindRating || it.Kind == KindNPS || it.graded():
		if n, ok := l.number(); ok {
			return n
		}
		return nil
	case it.Kind == KindYesNo:
		if yes, ok := l.yes(); ok {
			return yes
		}
		return nil
	}
	return string(l)
}

// schemaOrder says an order of numbers; dates have no such keyword.
func (c *Condition) schemaOrder() (object, bool) {
	n, ok := c.Value.number()
	if !ok {
		return object{}, false
	}
	key := map[Op]string{OpLt: "exclusiveMaximum", OpLe: "maximum", OpGt: "exclusiveMinimum", OpGe: "minimum"}[c.op()]
	return object{"type": "number", key: n}, true
}
