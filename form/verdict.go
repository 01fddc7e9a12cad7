package form

import (
	"slices"

	"github.com/huifang/huifang"
)

// verdict is the gravest of what rules, options and the band say.
func (p *pass) verdict(r *Result) huifang.Verdict {
	switch {
	case p.says(huifang.VerdictUnqualified, p.def.Unqualified, r):
		return huifang.VerdictUnqualified
	case p.says(huifang.VerdictDissatisfied, p.def.Dissatisfied, r):
		return huifang.VerdictDissatisfied
	case p.says(huifang.VerdictSatisfied, p.def.Satisfied, r):
		return huifang.VerdictSatisfied
	}
	return huifang.VerdictNone
}

func (p *pass) says(v huifang.Verdict, rules []Rule, r *Result) bool {
	for i := range rules {
		if p.rule(&rules[i], r) {
			return true
		}
	}
	if r.Scored {
		if b := p.def.Scoring.band(r.Score); b != nil && b.Verdict == v {
			return true
		}
	}
	for i := range p.slots {
		if p.slots[i].value != nil && p.def.Items[i].says(v, p.slots[i].value) {
			return true
		}
	}
	return false
}

// says tells whether an option chosen in the answer carries the verdict.
func (it *Item) says(v huifang.Verdict, answer any) bool {
	for i := range it.Options {
		if o := &it.Options[i]; o.Verdict == v && it.chosen(o, answer) {
			return true
		}
	}
	return false
}

func (it *Item) chosen(o *Option, answer any) bool {
	switch a := answer.(type) {
	case string:
		return a == o.Code
	case bool:
		return it.yesNo(a) == o
	case []any:
		return equals(a, Literal(o.Code))
	case map[string]any:
		for _, cell := range a {
			if cell == any(o.Code) {
				return true
			}
		}
	}
	return false
}

func (p *pass) rule(rule *Rule, r *Result) bool {
	if len(rule.When) == 0 && len(rule.Bands) == 0 && rule.Below == nil && rule.AtLeast == nil {
		return false
	}
	if !p.scoreFits(rule, r) {
		return false
	}
	return p.all(rule.When, len(p.def.Items), false)
}

func (p *pass) scoreFits(rule *Rule, r *Result) bool {
	if len(rule.Bands) == 0 && rule.Below == nil && rule.AtLeast == nil {
		return true
	}
	if !r.Scored || rule.Below != nil && r.Score >= *rule.Below || rule.AtLeast != nil && r.Score < *rule.AtLeast {
		return false
	}
	return len(rule.Bands) == 0 || slices.Contains(rule.Bands, r.Band)
}
