package app

import (
	"slices"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// destine decides what will become of a new follow-up, by the shares of the
// sample; what is left over is done very late.
func (d *demo) destine(f *huifang.Followup) {
	d.out.Followups++
	d.arrange(f)
}

// arrange decides when somebody sees to a follow-up.
func (d *demo) arrange(f *huifang.Followup) {
	s := &d.trade.Sample.Outcomes
	x := d.rng.Float64() * 100
	closes := f.Window.Closes.Date
	id := f.ID
	switch {
	case x < s.OnTime:
		at := d.within(f)
		if d.leftOver(f, at) {
			return
		}
		if early := at.Add(-time.Duration(60+d.rng.IntN(60)) * time.Minute); d.chance(15) && early.After(d.at) && early.After(f.OpensAt) {
			d.later(early, func() error { return d.try(id, "", nil) })
		}
		d.later(at, func() error { return d.complete(id) })
	case x < s.OnTime+s.Late:
		d.later(d.workday(closes.AddDays(1+d.rng.IntN(6))), func() error { return d.complete(id) })
	case x < s.OnTime+s.Late+s.Unreachable:
		d.later(d.within(f), func() error { return d.try(id, "", d.tryAgain) })
	case x < s.OnTime+s.Late+s.Unreachable+s.Waived:
		d.later(d.within(f), func() error { return d.waive(id) })
	default:
		d.later(d.workday(closes.AddDays(10+d.rng.IntN(30))), func() error { return d.complete(id) })
	}
}

// leftOver tells whether what somebody would have done in the last days is left
// for whoever looks at the demonstration: most of what may still be done, little
// of what is over.
func (d *demo) leftOver(f *huifang.Followup, at time.Time) bool {
	const lastDays = 4 * 24 * time.Hour
	if at.Before(d.end.Add(-lastDays)) {
		return false
	}
	if f.ClosesAt.Before(d.end) {
		return d.chance(8)
	}
	return d.chance(75)
}

// within is a time within a follow-up's window: at work where that leaves any.
func (d *demo) within(f *huifang.Followup) time.Time {
	first, last := d.at, f.ClosesAt.Add(-time.Minute)
	if first.Before(f.OpensAt) {
		first = f.OpensAt
	}
	if !first.Before(last) {
		return d.at
	}
	from, to := huifang.DateOf(first, d.zone), huifang.DateOf(last, d.zone)
	at := d.workday(from.AddDays(d.rng.IntN(min(int(to-from), 20) + 1)))
	if at.Before(first) || at.After(last) {
		span := min(last.Sub(first), 3*time.Hour)
		at = first.Add(time.Duration(d.rng.Int64N(int64(span) + 1)))
	}
	return at
}

// open loads a follow-up that may still be worked, with who would do so; nil
// when it ended meanwhile.
func (d *demo) open(id huifang.ID) (*huifang.Followup, *huifang.Actor, error) {
	f, err := d.reads().Followup(d.ctx, d.org.ID, id)
	if err != nil || f.State != huifang.StatePlanned {
		return nil, nil, err
	}
	if d.at.Before(f.OpensAt) { // it was moved
		d.arrange(f)
		return nil, nil, nil
	}
	dir, err := d.directory(d.ctx, d.org.ID)
	if err != nil {
		return nil, nil, err
	}
	if s := dir.person[f.Lead]; s != nil {
		return d.licensed(f, dir, s)
	}
	for _, boss := range dir.inCharge(f.Unit) {
		return d.licensed(f, dir, dir.person[boss])
	}
	return nil, nil, nil
}

// licensed hands a follow-up whose lead may not do it to a colleague who may.
func (d *demo) licensed(f *huifang.Followup, dir *directory, lead *huifang.Staff) (*huifang.Followup, *huifang.Actor, error) {
	today := huifang.DateOf(d.at, d.zone)
	if dir.qualified(f, lead, today) == nil {
		return f, dir.actor(lead), nil
	}
	for _, s := range dir.staff {
		if !s.Active || !slices.Contains(s.Units, f.Unit) || dir.qualified(f, s, today) != nil {
			continue
		}
		boss, err := d.supervisor(f.Unit)
		if boss == nil || err != nil {
			return nil, nil, err
		}
		f, err := d.Reassign(d.ctx, boss, f.ID, ReassignInput{Row: f.Row, Assignees: []huifang.ID{s.ID}, Reason: d.phrase(nil, "原回访人资格不在有效期内，改由同事回访")})
		return f, dir.actor(s), err
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

// try makes an attempt that fails, first by the first channel; then says what comes of it.
func (d *demo) try(id huifang.ID, ch huifang.Channel, then func(*AttemptResult)) error {
	f, actor, err := d.open(id)
	if f == nil || err != nil {
		return err
	}
	if ch == "" {
		ch = append(slices.Clone(f.Channels), huifang.ChannelPhone)[0]
	}
	how := huifang.NoAnswer
	if ch == huifang.ChannelPhone {
		how = one(d.rng, []huifang.Disposition{huifang.NoAnswer, huifang.NoAnswer, huifang.Busy, huifang.SwitchedOff})
	}
	done, err := d.Attempt(d.ctx, actor, id, AttemptInput{Row: f.Row, Channel: ch, Disposition: how})
	if err == nil && then != nil {
		then(done)
	}
	return err
}

// tryAgain goes on up the ladder, and gives up at its end.
func (d *demo) tryAgain(done *AttemptResult) {
	id := done.Followup.ID
	if done.Next.Exhausted {
		d.later(d.at.Add(20*time.Minute), func() error { return d.giveUp(id) })
		return
	}
	at := d.at.Add(26 * time.Hour)
	if at.Before(done.Next.At) {
		at = done.Next.At
	}
	d.later(at, func() error { return d.try(id, done.Next.Channel, d.tryAgain) })
}

// complete does a follow-up: an attempt that is answered, then the record.
func (d *demo) complete(id huifang.ID) error {
	f, actor, err := d.open(id)
	if f == nil || err != nil {
		return err
	}
	ch := d.channel(f)
	if ch == huifang.ChannelVisit && d.chance(50) && f.TakenAt.IsZero() {
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

// catchUp has done what nobody saw to for weeks: what was cancelled and came back.
func (d *demo) catchUp() error {
	const atMost = 40 * 24 * time.Hour
	var left []huifang.ID
	err := d.reads().EachFollowup(d.ctx, d.org.ID, store.FollowupFilter{
		Now: d.at, States: []huifang.State{huifang.StateOverdue}, ClosesTo: d.at.Add(-atMost),
	}, func(f *huifang.Followup) error {
		left = append(left, f.ID)
		return nil
	})
	for i := 0; err == nil && i < len(left); i++ {
		err = d.complete(left[i])
	}
	return err
}

// readAlerts has everybody read what they were told, but for the last days.
func (d *demo) readAlerts() error {
	dir, err := d.directory(d.ctx, d.org.ID)
	for i := 0; err == nil && i < len(dir.staff); i++ {
		err = d.ReadAlerts(d.ctx, dir.actor(dir.staff[i]))
	}
	return err
}

// channel is how a customer is met: mostly the first way the program names.
func (d *demo) channel(f *huifang.Followup) huifang.Channel {
	list := slices.DeleteFunc(slices.Clone(f.Channels), func(c huifang.Channel) bool { return c == huifang.ChannelSurvey })
	switch {
	case len(list) == 0:
		return huifang.ChannelPhone
	case d.chance(75):
		return list[0]
	}
	return one(d.rng, list)
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
	for _, c := range done.Cases {
		d.out.Cases++
		d.settleLater(c.ID)
	}
	f := done.Followup
	if f.Review == huifang.ReviewPending {
		wait := 1 + d.rng.IntN(2)
		if d.chance(6) {
			wait += 2 + d.rng.IntN(5) // it lay
		}
		d.later(d.workday(huifang.DateOf(d.at, d.zone).AddDays(wait)), func() error { return d.review(f.ID) })
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
	done, err := d.CloseUnreachable(d.ctx, boss, id, f.Row, d.phrase(d.trade.Sample.Phrases.Unreachable, "多次联系均未接通"))
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
	done, err := d.Waive(d.ctx, boss, id, f.Row, d.phrase(d.trade.Sample.Phrases.Waived, "对方表示不需要回访", "与同日的另一回访合并"))
	if err != nil {
		return err
	}
	d.after(done)
	return nil
}

// phrase is one of the sample's phrases, else one of ours.
func (d *demo) phrase(own []string, plain ...string) string {
	if len(own) > 0 {
		return one(d.rng, own)
	}
	return one(d.rng, plain)
}
