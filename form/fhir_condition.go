package form

import (
	"slices"
	"strconv"
	"strings"
)

// mostClauses bounds what spelling out a condition may grow to. A condition
// beyond it is left out of the export: the item then always shows.
const mostClauses = 64

// clause is a list of enableWhen entries of which one must hold.
type clause []object

// conditional lets the item show only when all conditions hold. One enableWhen
// says all-of or any-of, never both: each any-of beyond that wraps the item in
// a group of its own.
func (x *export) conditional(o object, code string, cs []Condition, before int) object {
	var single []any
	var several []clause
	for i := range cs {
		for _, cl := range x.clauses(&cs[i], before) {
			if len(cl) == 1 {
				single = append(single, cl[0])
			} else {
				several = append(several, cl)
			}
		}
	}
	if len(single) > 0 {
		enable(o, single, "all")
	} else if len(several) > 0 {
		enable(o, entries(several[0]), "any")
		several = several[1:]
	}
	for n, cl := range several {
		o = object{"linkId": code + "~" + strconv.Itoa(n+1), "type": "group", "item": []any{o}}
		enable(o, entries(cl), "any")
	}
	return o
}

func enable(o object, when []any, behavior string) {
	o["enableWhen"] = when
	if len(when) > 1 {
		o["enableBehavior"] = behavior
	}
}

func entries(cl clause) []any {
	out := make([]any, len(cl))
	for i, e := range cl {
		out[i] = e
	}
	return out
}

// clauses is the condition as an all-of list of any-of lists.
func (x *export) clauses(c *Condition, before int) []clause {
	if len(c.Any) == 0 {
		return x.test(c, before)
	}
	out := []clause{nil}
	for i := range c.Any {
		alternatives := x.clauses(&c.Any[i], before)
		if len(alternatives) == 0 || len(out)*len(alternatives) > mostClauses {
			return nil
		}
		product := make([]clause, 0, len(out)*len(alternatives))
		for _, have := range out {
			for _, add := range alternatives {
				product = append(product, slices.Concat(have, add))
			}
		}
		out = product
	}
	return out
}

// test is one comparison. FHIR's != also holds where there is no answer, so it
// is joined by a demand for one.
func (x *export) test(c *Condition, before int) []clause {
	code, row, _ := strings.Cut(c.Item, ".")
	i := x.def.index(code, before)
	if i < 0 {
		return nil
	}
	it := &x.def.Items[i]
	switch op := c.op(); op {
	case OpAnswered:
		return []clause{x.exists(it, row)}
	case OpUnanswered:
		var out []clause
		for _, e := range x.exists(it, row) {
			e["answerBoolean"] = false
			out = append(out, clause{e})
		}
		return out
	case OpEq, OpIn:
		var one clause
		for _, l := range c.literals() {
			one = append(one, x.compare(it, c.Item, "=", l)...)
		}
		return nonEmpty(one)
	case OpNe, OpNotIn:
		out := []clause{x.exists(it, row)}
		for _, l := range c.literals() {
			out = append(out, nonEmpty(x.compare(it, c.Item, "!=", l))...)
		}
		return out
	case OpLt, OpLe, OpGt, OpGe:
		sign := map[Op]string{OpLt: "<", OpLe: "<=", OpGt: ">", OpGe: ">="}[op]
		return nonEmpty(x.compare(it, c.Item, sign, c.Value))
	}
	return nil
}

func nonEmpty(cl clause) []clause {
	if len(cl) == 0 {
		return nil
	}
	return []clause{cl}
}

// exists holds when the item has an answer: for a whole matrix when one of its
// rows has.
func (x *export) exists(it *Item, row string) clause {
	ids := []string{it.Code}
	switch {
	case row != "":
		ids[0] += "." + row
	case it.Kind == KindSignature:
		ids[0] += ".name"
	case it.Kind == KindMatrix:
		ids = ids[:0]
		for i := range it.Rows {
			ids = append(ids, it.Code+"."+it.Rows[i].Code)
		}
	}
	var out clause
	for _, id := range ids {
		out = append(out, object{"question": id, "operator": "exists", "answerBoolean": true})
	}
	return out
}

// compare is one comparison with a constant, none where the constant cannot be
// an answer.
func (x *export) compare(it *Item, question, operator string, l Literal) clause {
	v := l.value(it)
	if v == nil {
		return nil
	}
	key := "answerString"
	switch it.Kind {
	case KindNumber:
		key = "answerDecimal"
		if it.Integer {
			key = "answerInteger"
		}
	case KindRating, KindNPS:
		key = "answerInteger"
	case KindDate:
		key = "answerDate"
	case KindYesNo:
		key = "answerBoolean"
	case KindChoice, KindChoices:
		key, v = "answerCoding", x.coding(it, string(l))
	case KindMatrix:
		if it.graded() {
			key = "answerInteger"
		} else {
			key, v = "answerCoding", x.coding(it, string(l))
		}
	case KindSection, KindText, KindPhoto, KindFile, KindSignature:
	}
	return clause{object{"question": question, "operator": operator, key: v}}
}
