package plan

import (
	"slices"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
)

// outcome takes the end of a follow-up: what was done stays done, whatever
// else arrives, and a second end changes nothing.
func (d *derivation) outcome(in Input, out *Output) {
	sl := d.e.Slot(in.Step, in.Occurrence)
	if sl == nil || sl.State == "" {
		out.Effects = append(out.Effects, Effect{Kind: EffectIgnored, Step: in.Step, Occurrence: in.Occurrence, Reason: "unknown_followup", Origin: d.o})
		return
	}
	s := d.p.step(sl.Step)
	if s == nil || sl.State.Done() && sl.State != huifang.StateCancelled {
		out.Effects = append(out.Effects, Effect{Kind: EffectIgnored, Step: in.Step, Occurrence: in.Occurrence, Followup: sl.Followup, Reason: "already_done", Origin: d.o})
		return
	}
	sl.State = in.result()
	eff := d.effect(EffectDone, s, sl)
	eff.Reason = in.Reason
	out.Effects = append(out.Effects, eff)

	judged := Judge(s.form, in.Answers)
	v := *d.view
	v.answers, v.outcome, v.verdict, v.score = judged.Answers, string(sl.State), string(judged.Verdict), judged.Score
	d.remember(in, sl, &v)
	d.rules(s, sl, in, &v, out)
}

// Judge is what answers say by the form; without a form nothing is said.
func Judge(f *form.Definition, answers huifang.Attributes) form.Result {
	if f == nil {
		return form.Result{Answers: answers}
	}
	r := f.Judge(answers)
	if r.Answers == nil {
		r.Answers = answers
	}
	return r
}

// remember keeps the outcome for the steps that count from it.
func (d *derivation) remember(in Input, sl *Slot, v *view) {
	for i := range d.p.steps {
		s := &d.p.steps[i]
		if s.After == nil || !slices.Contains(s.After.Steps, sl.Step) || !slices.Contains(s.After.On, string(sl.State)) {
			continue
		}
		r := Result{Step: sl.Step, Occurrence: sl.Occurrence, On: string(sl.State), Mark: Mark{At: in.Event.At.UnixMilli(), ID: in.Event.ID}, For: s.Code}
		r.Ok = holds(&s.after[0], v)
		if s.After.Answer != "" {
			r.Answer = in.Answers.String(s.After.Answer)
		}
		d.e.State.Results = append(d.e.State.Results, r)
	}
}

// rules applies the outcome rules: open a case, alert, set, tag.
func (d *derivation) rules(s *step, sl *Slot, in Input, v *view, out *Output) {
	today := huifang.DateOf(in.Event.At, d.loc)
	for i := range s.outcomes {
		o := &s.outcomes[i]
		if !slices.Contains(o.On, v.outcome) || !holds(&o.when, v) {
			continue
		}
		base := d.effect(EffectCase, s, sl)
		base.Reason = v.verdict
		if o.Case != nil {
			base.Case = *o.Case
			base.Assignees, _ = d.resolveAll(o.Case.Owner, today)
			if o.Case.Due.Set {
				base.Due = d.env.calendar().Add(huifang.Moment{Date: today, Clock: huifang.NoClock}, o.Case.Due, d.loc).Date
			} else {
				base.Due = huifang.NoDate
			}
			out.Effects = append(out.Effects, base)
		}
		if len(o.Alert) > 0 {
			alert := base
			alert.Kind, alert.Reason = EffectAlert, "outcome"
			alert.Assignees, _ = d.resolveAll(o.Alert, today)
			out.Effects = append(out.Effects, alert)
		}
		for j := range o.set {
			val, err := o.set[j].cond.value(v)
			if err != nil {
				continue
			}
			set := base
			set.Kind, set.Name, set.Value = EffectSet, o.set[j].name, val
			out.Effects = append(out.Effects, set)
		}
		if o.Tag != "" {
			tag := base
			tag.Kind, tag.Name = EffectTag, o.Tag
			out.Effects = append(out.Effects, tag)
		}
	}
}
