package app

import (
	"cmp"
	"slices"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
	"github.com/huifang/huifang/pack"
)

// answers makes up what a customer says: happy, or by the shares of the sample
// dissatisfied or unqualified. It tries until the form judges so.
func (d *demo) answers(f *huifang.Followup) (huifang.Attributes, error) {
	dir, err := d.directory(d.ctx, d.org.ID)
	if err != nil {
		return nil, err
	}
	def, err := d.formOf(d.ctx, dir, f.Form, f.FormVer)
	if err != nil || def == nil {
		return nil, err
	}
	want := huifang.VerdictSatisfied
	switch x := d.rng.Float64() * 100; {
	case x < d.trade.Sample.Outcomes.Dissatisfied:
		want = huifang.VerdictDissatisfied
	case x < d.trade.Sample.Outcomes.Dissatisfied+d.trade.Sample.Outcomes.Unqualified:
		want = huifang.VerdictUnqualified
	}
	var out huifang.Attributes
	for range 200 {
		out = d.fill(def, f, want)
		if r, err := def.Evaluate(out); err == nil && r.Verdict == want {
			return out, nil
		}
	}
	return out, nil
}

// fill answers the items of a form one after the other, as they show.
func (d *demo) fill(def *form.Definition, f *huifang.Followup, want huifang.Verdict) huifang.Attributes {
	out := huifang.Attributes{}
	for i := range def.Items {
		it := &def.Items[i]
		if it.Kind == form.KindSection || !slices.Contains(def.Visible(out), it.Code) {
			continue
		}
		told := d.sampleAnswer(def.Code, it.Code)
		if !it.Required && !d.chance(d.likely(it, told)) {
			continue
		}
		v := any(nil)
		if told != nil {
			v = d.toldAnswer(told, it, f, want)
		} else {
			v = d.answer(it, want)
		}
		if v != nil && v != "" {
			out[it.Code] = v
		}
	}
	return out
}

// sampleAnswer is what the sample says of an item; nil when it says nothing.
func (d *demo) sampleAnswer(form, item string) *pack.SampleAnswer {
	var found *pack.SampleAnswer
	for i := range d.trade.Sample.Answers {
		switch a := &d.trade.Sample.Answers[i]; a.Code {
		case form + "." + item:
			return a
		case item:
			found = a
		}
	}
	return found
}

// likely is how often, in percent, an item that may be left out is answered.
// Nobody invents text, numbers or dates that the sample does not have.
func (d *demo) likely(it *form.Item, told *pack.SampleAnswer) float64 {
	switch {
	case told != nil:
		return cmp.Or(told.Chance, 60)
	case it.Kind == form.KindText || it.Kind == form.KindNumber || it.Kind == form.KindDate:
		return 0
	}
	return 88
}

// toldAnswer draws an answer of the sample.
func (d *demo) toldAnswer(told *pack.SampleAnswer, it *form.Item, f *huifang.Followup, want huifang.Verdict) any {
	list := told.Happy
	if want != huifang.VerdictSatisfied && len(told.Unhappy) > 0 {
		list = told.Unhappy
	}
	v := d.value(list, &demoScope{day: huifang.DateOf(d.at, d.zone), unit: d.demoUnit(f.Unit), contact: &demoContact{}})
	if text, ok := v.(string); ok && text != "" && it.Kind == form.KindChoices {
		return []any{text}
	}
	return v
}

// demoUnit is the unit with customers of that id, else the first.
func (d *demo) demoUnit(id huifang.ID) *demoUnit {
	for _, u := range d.units {
		if u.unit.ID == id {
			return u
		}
	}
	return d.units[0]
}

// answer makes up one answer; nil: none.
func (d *demo) answer(it *form.Item, want huifang.Verdict) any {
	happy := want == huifang.VerdictSatisfied
	switch it.Kind {
	case form.KindChoice:
		return d.option(it.Options, want)
	case form.KindChoices:
		return []any{d.option(it.Options, want)}
	case form.KindYesNo:
		return d.yesNo(it, want)
	case form.KindRating:
		return float64(d.grade(cmp.Or(it.Scale, 5), happy))
	case form.KindNPS:
		return float64(d.grade(10, happy))
	case form.KindMatrix:
		rows := map[string]any{}
		for _, r := range it.Rows {
			if len(it.Options) > 0 {
				rows[r.Code] = d.option(it.Options, want)
			} else {
				rows[r.Code] = float64(d.grade(cmp.Or(it.Scale, 5), happy))
			}
		}
		return rows
	case form.KindText:
		return d.phrase(nil, "已如实记录", "无其他说明")
	case form.KindDate:
		return huifang.DateOf(d.at, d.zone).String()
	case form.KindNumber:
		if it.Min != nil {
			return *it.Min
		}
		return 1.0
	case form.KindPhoto, form.KindFile, form.KindSignature, form.KindSection:
	}
	return nil
}

// option picks one that goes with the verdict: of options that say something
// themselves one that says it, else one from the better or the worse end.
func (d *demo) option(options []form.Option, want huifang.Verdict) any {
	var fit []string
	for _, o := range options {
		if o.Verdict == want {
			fit = append(fit, o.Code)
		}
	}
	neutral := slices.ContainsFunc(options, func(o form.Option) bool { return o.Verdict == huifang.VerdictNone })
	if len(fit) > 0 && (want == huifang.VerdictSatisfied || !neutral || d.chance(60)) {
		return one(d.rng, fit)
	}
	for _, o := range options {
		if o.Verdict == huifang.VerdictNone || o.Verdict == want {
			fit = append(fit, o.Code)
		}
	}
	if len(fit) == 0 {
		return options[0].Code
	}
	if want == huifang.VerdictSatisfied {
		return fit[min(d.rng.IntN(len(fit)), d.rng.IntN(len(fit)))] // good ones stand first
	}
	return fit[max(d.rng.IntN(len(fit)), d.rng.IntN(len(fit)))]
}

// yesNo answers as the verdict of its options demands, else yes when happy.
func (d *demo) yesNo(it *form.Item, want huifang.Verdict) bool {
	for _, o := range it.Options {
		if o.Verdict == want {
			return o.Code == "yes"
		}
	}
	for _, o := range it.Options {
		if o.Verdict != huifang.VerdictNone {
			return o.Code != "yes"
		}
	}
	return want == huifang.VerdictSatisfied
}

// grade is a mark out of so many.
func (d *demo) grade(of int, happy bool) int {
	if happy {
		return of - d.rng.IntN(max(of/4, 1)+1)
	}
	return 1 + d.rng.IntN(max(of/2, 1))
}
