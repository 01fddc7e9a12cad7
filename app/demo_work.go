package app

import (
	"time"

	"github.com/huifang/huifang"
)

// destine decides what will become of a new follow-up, by the shares of the
// sample; what is left over stays open.
func (d *demo) destine(f *huifang.Followup) {
	d.out.Followups++
	s := &d.trade.Sample.Outcomes
	x := d.rng.Float64() * 100
	opens, closes := f.Window.Opens.Date, f.Window.Closes.Date
	today := huifang.DateOf(d.at, d.zone)
	opens = max(opens, min(today+1, closes))
	within := opens.AddDays(d.rng.IntN(int(closes-opens) + 1))
	id := f.ID
	switch {
	case x < s.OnTime:
		if d.chance(15) {
			d.later(d.workday(within), func() error { return d.try(id) })
			within = min(within+1, closes)
		}
		d.later(d.evening(within), func() error { return d.complete(id) })
	case x < s.OnTime+s.Late:
		d.later(d.workday(closes.AddDays(1+d.rng.IntN(6))), func() error { return d.complete(id) })
	case x < s.OnTime+s.Late+s.Unreachable:
		at := d.workday(opens)
		for range 3 { // on working days apart: tries of one day would count once
			d.later(at, func() error { return d.try(id) })
			at = d.workday(huifang.DateOf(at, d.zone).AddDays(2))
		}
		d.later(at, func() error { return d.giveUp(id) })
	case x < s.OnTime+s.Late+s.Unreachable+s.Waived:
		d.later(d.workday(opens), func() error { return d.waive(id) })
	}
}

// evening is a time of day after every try of that day, and before the window
// closes.
func (d *demo) evening(day huifang.Date) time.Time {
	return day.At(huifang.Clock(18*60+d.rng.IntN(90)), d.zone) //nolint:gosec // minutes of a day
}

// open loads a follow-up that may still be worked, with who would do so; nil
// when it ended meanwhile.
func (d *demo) open(id huifang.ID) (*huifang.Followup, *huifang.Actor, error) {
	f, err := d.reads().Followup(d.ctx, d.org.ID, id)
	if err != nil || f.State != huifang.StatePlanned {
		return nil, nil, err
	}
	dir, err := d.directory(d.ctx, d.org.ID)
	if err != nil {
		return nil, nil, err
	}
	if s := dir.person[f.Lead]; s != nil {
		return f, dir.actor(s), nil
	}
	for _, boss := range dir.inCharge(f.Unit) {
		return f, dir.actor(dir.person[boss]), nil
	}
	return nil, nil, nil
}

// supervisor is who manages the follow-ups of a unit; nil when there is nobody.
func (d *demo) supervisor(unit huifang.ID) (*huifang.Actor, error) {
	dir, err := d.directory(d.ctx, d.org.ID)
	if err != nil {
		return nil, err
	}
	for _, boss := range dir.inCharge(unit) {
		return dir.actor(dir.person[boss]), nil
	}
	return nil, nil //nolint:nilnil // nobody
}

// try calls a customer who does not answer.
func (d *demo) try(id huifang.ID) error {
	f, actor, err := d.open(id)
	if f == nil || err != nil {
		return err
	}
	how := one(d.rng, []huifang.Disposition{huifang.NoAnswer, huifang.NoAnswer, huifang.Busy, huifang.SwitchedOff})
	_, err = d.Attempt(d.ctx, actor, id, AttemptInput{Row: f.Row, Channel: huifang.ChannelPhone, Disposition: how})
	return err
}

// complete does a follow-up: an attempt that is answered, then the record.
func (d *demo) complete(id huifang.ID) error {
	f, actor, err := d.open(id)
	if f == nil || err != nil {
		return err
	}
	ch := huifang.ChannelPhone
	if len(f.Channels) > 0 && d.chance(40) {
		ch = f.Channels[0]
	}
	if ch == huifang.ChannelVisit && d.chance(50) {
		if f, err = d.Take(d.ctx, actor, id, f.Row); err != nil {
			return err
		}
	}
	tried, err := d.Attempt(d.ctx, actor, id, AttemptInput{Row: f.Row, Channel: ch, Disposition: huifang.Answered})
	if err != nil {
		return err
	}
	answers, err := d.answers(f)
	if err != nil {
		return err
	}
	in := CompleteInput{Row: tried.Followup.Row, Channel: ch, Answers: answers}
	if ch == huifang.ChannelVisit {
		in.Signatures = d.signatures(f, actor)
	}
	done, err := d.Complete(d.ctx, actor, id, in)
	if err != nil {
		return err
	}
	d.out.Completed++
	d.after(done)
	return nil
}

// signatures are those of customer and staff on a form.
func (d *demo) signatures(f *huifang.Followup, actor *huifang.Actor) []huifang.Signature {
	out := []huifang.Signature{}
	if c, err := d.reads().Contact(d.ctx, d.org.ID, f.Contact); err == nil {
		out = append(out, huifang.Signature{By: "customer", Name: c.Name, At: d.at})
	}
	if s, err := d.reads().Staff(d.ctx, d.org.ID, actor.Staff); err == nil {
		out = append(out, huifang.Signature{By: "staff", Name: s.Name, At: d.at})
	}
	return out
}

// after decides what becomes of what a record brought about.
func (d *demo) after(done *Completed) {
	for _, f := range done.Planned {
		d.destine(f)
	}
	for _, c := range done.Cases {
		d.out.Cases++
		d.settleLater(c.ID)
	}
	f := done.Followup
	if f.Review == huifang.ReviewPending && d.chance(92) {
		day := huifang.DateOf(d.at, d.zone).AddDays(1 + d.rng.IntN(3))
		d.later(d.workday(day), func() error { return d.review(f.ID) })
	}
}

// giveUp closes a follow-up whose customer could not be reached.
func (d *demo) giveUp(id huifang.ID) error {
	f, _, err := d.open(id)
	if f == nil || err != nil {
		return err
	}
	boss, err := d.supervisor(f.Unit)
	if boss == nil || err != nil {
		return err
	}
	done, err := d.CloseUnreachable(d.ctx, boss, id, f.Row, "多次拨打均无人接听")
	if err != nil {
		return err
	}
	d.after(done)
	return nil
}

// waive decides that a follow-up need not be done.
func (d *demo) waive(id huifang.ID) error {
	f, _, err := d.open(id)
	if f == nil || err != nil {
		return err
	}
	boss, err := d.supervisor(f.Unit)
	if boss == nil || err != nil {
		return err
	}
	done, err := d.Waive(d.ctx, boss, id, f.Row, one(d.rng, []string{"业户明确表示不需要回访", "业户长期在外，房屋空置", "与同日的另一回访合并"}))
	if err != nil {
		return err
	}
	d.after(done)
	return nil
}
