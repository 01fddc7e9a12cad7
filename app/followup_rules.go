package app

import (
	"encoding/json"
	"hash/fnv"
	"slices"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
)

// sampled decides whether the record of a follow-up is drawn for review: by the
// program's share and the follow-up's id alone, so that the draw can be
// repeated and nobody can choose.
func (d *directory) sampled(f *huifang.Followup) bool {
	share := d.reviewShare(f)
	h := fnv.New64a()
	_, _ = h.Write([]byte(f.ID)) // never fails
	return float64(h.Sum64()%10000) < share*100
}

// reviewShare is the share of a program's records that is drawn, in percent: the
// nearest setting up the tree, which may be none at all, else the program's,
// else all.
func (d *directory) reviewShare(f *huifang.Followup) float64 {
	for u := d.unit[f.Unit]; u != nil; u = d.unit[u.Parent] {
		if s := d.setting(f.Program, u.ID); s != nil && s.Override.Review != nil {
			return *s.Override.Review
		}
	}
	if s := d.setting(f.Program, ""); s != nil && s.Override.Review != nil {
		return *s.Override.Review
	}
	if p := d.set.Program(f.Program, "", nil); p != nil {
		return p.ReviewShare()
	}
	return plan.AllReviewed
}

// qualified refuses whoever lacks the licence that the program demands of those
// who do the follow-up, on the day.
func (d *directory) qualified(f *huifang.Followup, s *huifang.Staff, on huifang.Date) error {
	need := d.licence(f)
	if need == "" || s.Qualified(need, on) {
		return nil
	}
	return huifang.Fail(huifang.CodeForbidden, "staff.not_qualified", huifang.Textf(
		"%s 没有有效的资格 %s，该回访只能由持有者进行", "%s holds no valid licence %s, which this follow-up demands", s.Name, need))
}

// licence is the qualification demanded by the rule that assigned a follow-up.
func (d *directory) licence(f *huifang.Followup) string {
	p := d.set.Program(f.Program, f.Unit, d.roster)
	if p == nil {
		return ""
	}
	rules := p.Assign
	if s, ok := p.Step(f.Step); ok && len(s.Assign) > 0 {
		rules = s.Assign
	}
	if !slices.ContainsFunc(rules, func(r plan.Assign) bool { return r.Qualification != "" }) {
		return ""
	}
	var why plan.Explanation
	if err := json.Unmarshal([]byte(f.Why), &why); err != nil {
		return ""
	}
	for _, r := range rules {
		if r.When == why.AssignRule {
			return r.Qualification
		}
	}
	return ""
}
