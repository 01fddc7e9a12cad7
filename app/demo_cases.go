package app

import (
	"github.com/huifang/huifang"
)

// settleLater has a case put right within some days.
func (d *demo) settleLater(id huifang.ID) {
	day := huifang.DateOf(d.at, d.zone)
	d.later(d.workday(day.AddDays(1+d.rng.IntN(2))), func() error { return d.act(id) })
}

// handler is a case with who answers for it; nil when it is settled already.
func (d *demo) handler(id huifang.ID) (*huifang.Case, *huifang.Actor, error) {
	c, err := d.reads().Case(d.ctx, d.org.ID, id)
	if err != nil || c.State == huifang.CaseResolved || c.State == huifang.CaseClosed {
		return nil, nil, err
	}
	dir, err := d.directory(d.ctx, d.org.ID)
	if err != nil {
		return nil, nil, err
	}
	if s := dir.person[c.Owner]; s != nil {
		return c, dir.actor(s), nil
	}
	boss, err := d.supervisor(c.Unit)
	if boss == nil {
		return nil, nil, err
	}
	return c, boss, err
}

// act sets a measure, or explains what cannot be solved at once.
func (d *demo) act(id huifang.ID) error {
	c, actor, err := d.handler(id)
	if c == nil || err != nil {
		return err
	}
	today := huifang.DateOf(d.at, d.zone)
	if c.Explained == "" && (d.explained == 0 || d.chance(15)) {
		d.explained++
		_, err := d.ExplainCase(d.ctx, actor, id, ExplainInput{
			Version: c.Version, Explanation: d.phrase(d.trade.Sample.Phrases.Explained, "需要其他部门配合，已说明原因并约定时间"), Next: today.AddDays(5 + d.rng.IntN(10)),
		})
		return err
	}
	_, err = d.AddAction(d.ctx, actor, id, ActionInput{
		Owner: actor.Staff, Measure: d.phrase(d.trade.Sample.Phrases.Measures, "致歉并重新处理", "更换责任人并复查"), Due: today.AddDays(3),
	})
	if err != nil {
		return err
	}
	d.later(d.workday(today.AddDays(1+d.rng.IntN(3))), func() error { return d.resolve(id) })
	return nil
}

// resolve finishes the measures and settles the case; the customer is asked
// again.
func (d *demo) resolve(id huifang.ID) error {
	c, actor, err := d.handler(id)
	if c == nil || err != nil {
		return err
	}
	measures, err := d.reads().Actions(d.ctx, d.org.ID, id)
	if err != nil {
		return err
	}
	for _, x := range measures {
		if !x.Done.IsZero() {
			continue
		}
		if _, err := d.FinishAction(d.ctx, actor, x.ID, x.Version, d.phrase(d.trade.Sample.Phrases.Finished, "已按要求完成")); err != nil {
			return err
		}
	}
	if c, err = d.reads().Case(d.ctx, d.org.ID, id); err != nil {
		return err
	}
	_, err = d.ResolveCase(d.ctx, actor, id, c.Version, d.phrase(d.trade.Sample.Phrases.Resolved, "已处理完毕，请对方确认"))
	return err
}

// review decides on a record: nearly always qualified.
func (d *demo) review(id huifang.ID) error {
	f, err := d.reads().Followup(d.ctx, d.org.ID, id)
	if err != nil || f.Review != huifang.ReviewPending {
		return err
	}
	actor, err := d.reviewer(f)
	if actor == nil || err != nil {
		return err
	}
	in := ReviewInput{Row: f.Row, Decision: huifang.ReviewQualified}
	switch x := d.rng.Float64() * 100; {
	case x < 1.5:
		in.Decision, in.Opinion, in.Closes = huifang.ReviewRedo, d.phrase(d.trade.Sample.Phrases.Redo, "记录不完整，请补充后重新回访"), max(f.Window.Closes.Date, huifang.DateOf(d.at, d.zone).AddDays(3))
	case x < 2.5:
		in.Decision, in.Opinion = huifang.ReviewUnqualified, d.phrase(d.trade.Sample.Phrases.Refused, "抽查与记录不符")
	}
	done, err := d.Review(d.ctx, actor, id, in)
	if err != nil {
		return err
	}
	if in.Decision == huifang.ReviewRedo {
		d.later(d.workday(huifang.DateOf(d.at, d.zone).AddDays(1)), func() error { return d.complete(id) })
	}
	if done.Case != nil {
		d.out.Cases++
		d.settleLater(done.Case.ID)
	}
	return nil
}

// reviewer is somebody of the unit, or above it, who may review the record.
func (d *demo) reviewer(f *huifang.Followup) (*huifang.Actor, error) {
	dir, err := d.directory(d.ctx, d.org.ID)
	if err != nil {
		return nil, err
	}
	for u := dir.unit[f.Unit]; u != nil; u = dir.unit[u.Parent] {
		for _, s := range dir.staff {
			actor := dir.actor(s)
			if actor.Units[u.ID] && huifang.CanReviewFollowup(actor, f) == nil {
				return actor, nil
			}
		}
	}
	return nil, nil //nolint:nilnil // nobody
}

// decideRecurrences has the heads decide on most of what was flagged.
func (d *demo) decideRecurrences(m huifang.Month) error {
	lines, err := d.Recurrences(d.ctx, system(d.org.ID), RecurrenceFilter{Month: m, Open: true})
	if err != nil {
		return err
	}
	dir, err := d.directory(d.ctx, d.org.ID)
	if err != nil {
		return err
	}
	for i := range lines {
		r := lines[i].Recurrence
		u := dir.unit[r.Unit]
		if u == nil || dir.person[u.Head] == nil || d.chance(20) {
			continue
		}
		in := DecideInput{Version: r.Version, Decision: "normal", Opinion: d.phrase(d.trade.Sample.Phrases.Normal, "已约谈责任部门，继续跟踪")}
		if r.Count >= 4 || d.chance(25) {
			in.Decision, in.Opinion = "major", d.phrase(d.trade.Sample.Phrases.Major, "同一问题反复出现，升级处理")
		}
		_, c, err := d.DecideRecurrence(d.ctx, dir.actor(dir.person[u.Head]), r.ID, in)
		if err != nil {
			return err
		}
		if c != nil {
			d.settleLater(c.ID)
		}
	}
	return nil
}
