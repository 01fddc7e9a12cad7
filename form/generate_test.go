package form_test

import (
	"strconv"

	"pgregory.net/rapid"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
)

// definitions generates sound forms of up to eight items, with conditions on
// earlier items, scores, bands and rules.
func definitions() *rapid.Generator[*form.Definition] {
	return rapid.Custom(func(t *rapid.T) *form.Definition {
		d := &form.Definition{Code: "f", Name: sampleText("f"), Version: 1}
		if rapid.Bool().Draw(t, "scored") {
			d.Scoring = &form.Scoring{Bands: []form.Band{
				{Code: "high", Label: sampleText("h"), From: 70, Verdict: huifang.VerdictSatisfied},
				{Code: "middle", Label: sampleText("m"), From: 40},
				{Code: "low", Label: sampleText("l"), From: 0, Verdict: huifang.VerdictDissatisfied},
			}}
		}
		n := rapid.IntRange(1, 8).Draw(t, "items")
		for i := range n {
			d.Items = append(d.Items, drawItem(t, "i"+strconv.Itoa(i), d.Scoring != nil))
			d.Items[i].ShowIf = drawConditions(t, d.Items[:i])
		}
		if d.Scoring != nil { // so that there is something to score
			d.Items = append(d.Items, form.Item{Code: "last", Kind: form.KindRating, Scale: 5, Label: sampleText("last")})
		}
		if when := drawConditions(t, d.Items); len(when) > 0 {
			d.Unqualified = []form.Rule{{When: when}}
		}
		return d
	})
}

func drawItem(t *rapid.T, code string, scored bool) form.Item {
	it := form.Item{Code: code, Label: sampleText(code), Kind: rapid.SampledFrom(form.Kinds()).Draw(t, "kind")}
	it.Required = it.Kind != form.KindSection && rapid.Bool().Draw(t, "required")
	switch it.Kind {
	case form.KindChoice, form.KindChoices:
		it.Options = drawOptions(t, scored, it.Kind == form.KindChoices)
		if it.Kind == form.KindChoices && rapid.Bool().Draw(t, "at most two") {
			it.Max = new(2.0)
		}
	case form.KindMatrix:
		it.Rows = rows("r", "s")
		if rapid.Bool().Draw(t, "with options") {
			it.Options = drawOptions(t, scored, false)
		}
	case form.KindNumber:
		it.Min, it.Max, it.Integer = new(0.0), new(10.0), rapid.Bool().Draw(t, "integer")
		if scored {
			it.Full = new(10.0)
		}
	case form.KindRating:
		it.Scale = rapid.IntRange(2, 6).Draw(t, "scale")
		if scored {
			it.Weight = new(rapid.Float64Range(0, 100).Draw(t, "weight"))
		}
	case form.KindText:
		it.MaxLength = 10
	case form.KindPhoto, form.KindFile:
		it.Max = new(2.0)
	case form.KindSection, form.KindDate, form.KindNPS, form.KindYesNo, form.KindSignature:
	}
	return it
}

func drawOptions(t *rapid.T, scored, exclusive bool) []form.Option {
	out := options("a", "b", "c")
	for i := range out {
		out[i].Verdict = rapid.SampledFrom([]huifang.Verdict{"", "", huifang.VerdictSatisfied, huifang.VerdictDissatisfied, huifang.VerdictUnqualified}).Draw(t, "verdict")
		if scored && rapid.Bool().Draw(t, "has score") {
			out[i].Score = new(float64(rapid.IntRange(0, 5).Draw(t, "score")))
		}
	}
	out[2].Exclusive = exclusive && rapid.Bool().Draw(t, "exclusive")
	return out
}

func drawConditions(t *rapid.T, earlier []form.Item) []form.Condition {
	var out []form.Condition
	for range rapid.SampledFrom([]int{0, 0, 1, 2}).Draw(t, "conditions") {
		if c, ok := drawCondition(t, earlier); ok {
			if rapid.Bool().Draw(t, "any") {
				second, _ := drawCondition(t, earlier)
				c = form.Condition{Any: []form.Condition{c, second}}
			}
			out = append(out, c)
		}
	}
	return out
}

// drawCondition is a sound condition on one of the items; none where there is
// nothing to refer to.
func drawCondition(t *rapid.T, earlier []form.Item) (form.Condition, bool) {
	var items []form.Item
	for _, it := range earlier {
		if it.Kind != form.KindSection {
			items = append(items, it)
		}
	}
	if len(items) == 0 {
		return form.Condition{}, false
	}
	it := rapid.SampledFrom(items).Draw(t, "on")
	c := form.Condition{Item: it.Code, Op: rapid.SampledFrom([]form.Op{form.OpAnswered, form.OpUnanswered}).Draw(t, "presence")}
	values, ordered := literals(&it)
	if len(values) == 0 || rapid.IntRange(0, 4).Draw(t, "compare") == 0 {
		return c, true
	}
	if it.Kind == form.KindMatrix {
		c.Item += ".r"
	}
	ops := []form.Op{form.OpEq, form.OpNe, form.OpIn, form.OpNotIn}
	if ordered {
		ops = append(ops, form.OpLt, form.OpLe, form.OpGt, form.OpGe)
	}
	c.Op = rapid.SampledFrom(ops).Draw(t, "op")
	if c.Op == form.OpIn || c.Op == form.OpNotIn {
		c.Values = rapid.SliceOfNDistinct(rapid.SampledFrom(values), 1, len(values), rapid.ID[form.Literal]).Draw(t, "values")
	} else {
		c.Value = rapid.SampledFrom(values).Draw(t, "value")
	}
	return c, true
}

// literals are constants an item can be compared with, and whether they have
// an order.
func literals(it *form.Item) (values []form.Literal, ordered bool) {
	switch it.Kind {
	case form.KindChoice, form.KindChoices:
		return []form.Literal{"a", "b", "c"}, false
	case form.KindMatrix:
		if len(it.Options) > 0 {
			return []form.Literal{"a", "b", "c"}, false
		}
		return []form.Literal{"1", "3"}, true
	case form.KindYesNo:
		return []form.Literal{"yes", "no"}, false
	case form.KindNumber, form.KindNPS:
		return []form.Literal{"0", "3", "10"}, true
	case form.KindRating:
		return []form.Literal{"1", "2"}, true
	case form.KindDate:
		return []form.Literal{"2026-01-31", "2026-02-28"}, true
	case form.KindText:
		return []form.Literal{"x"}, false
	case form.KindSection, form.KindPhoto, form.KindFile, form.KindSignature:
	}
	return nil, false
}

// drawGood is an answer the item accepts.
func drawGood(t *rapid.T, it *form.Item) any {
	switch it.Kind {
	case form.KindText:
		return rapid.SampledFrom([]string{"x", "很好", "a b"}).Draw(t, "text")
	case form.KindNumber, form.KindNPS:
		return float64(rapid.IntRange(0, 10).Draw(t, "number"))
	case form.KindDate:
		return rapid.SampledFrom([]string{"2026-01-30", "2026-01-31", "2026-02-28"}).Draw(t, "date")
	case form.KindRating:
		return float64(rapid.IntRange(1, it.Scale).Draw(t, "grade"))
	case form.KindYesNo:
		return rapid.Bool().Draw(t, "yes")
	case form.KindChoice:
		return rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "option")
	case form.KindChoices:
		return rapid.SampledFrom([][]any{{"a"}, {"b"}, {"a", "b"}, {"c"}}).Draw(t, "options")
	case form.KindMatrix:
		return map[string]any{"r": drawCell(t, it), "s": drawCell(t, it)}
	case form.KindPhoto, form.KindFile:
		return rapid.SampledFrom([][]any{{"h"}, {"h", "g"}}).Draw(t, "files")
	case form.KindSignature:
		return rapid.SampledFrom([]map[string]any{{"name": "王"}, {"name": "王", "image": "h"}}).Draw(t, "signature")
	case form.KindSection:
	}
	return "no answer"
}

func drawCell(t *rapid.T, it *form.Item) any {
	if len(it.Options) > 0 {
		return rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "cell")
	}
	return float64(rapid.IntRange(1, 5).Draw(t, "cell"))
}

// drawAnswers answers some items well and some at random, and adds answers the
// form knows nothing of.
func drawAnswers(t *rapid.T, d *form.Definition) huifang.Attributes {
	out := huifang.Attributes{}
	for i := range d.Items {
		it := &d.Items[i]
		switch rapid.IntRange(0, 9).Draw(t, "how") {
		case 0, 1:
		case 2:
			out[it.Code] = drawJunk().Draw(t, "junk")
		default:
			out[it.Code] = drawGood(t, it)
		}
	}
	if rapid.Bool().Draw(t, "stray") {
		out["stray"] = drawJunk().Draw(t, "stray junk")
	}
	return out
}

// drawJunk is some JSON value, of the kinds that forms take or not.
func drawJunk() *rapid.Generator[any] {
	return rapid.Custom(func(t *rapid.T) any {
		return rapid.SampledFrom([]any{
			nil, true, false, 0.0, 1.0, -1.0, 2.5, 1e300, "x", "a", "zz", "2026-02-30", "far too long a text",
			[]any{},
			[]any{"a"},
			[]any{"a", "c"},
			[]any{"a", "b", "c"},
			[]any{1.0},
			[]any{"zz"},
			[]any{nil},
			map[string]any{},
			map[string]any{"r": "a"},
			map[string]any{"r": 9.0, "zz": 1.0},
			map[string]any{"name": "李", "image": 1.0},
			map[string]any{"image": "h"},
			map[string]any{"r": nil},
			[]any{[]any{}, map[string]any{}},
		}).Draw(t, "value")
	})
}
