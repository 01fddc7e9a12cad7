package app

import (
	"context"
	"slices"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/store"
)

// AttemptInput is one try to reach the customer. Phone may be masked as it was
// shown, or empty for the number the ladder names.
type AttemptInput struct {
	Row         int64
	Channel     huifang.Channel
	Phone       string
	Disposition huifang.Disposition
	Note        string
	CallBackAt  time.Time // when the customer asked to be called, for CallBack
}

// AttemptResult is the follow-up after an attempt, and what comes next.
type AttemptResult struct {
	Followup *huifang.Followup
	Attempt  *huifang.Attempt
	Next     plan.Try
}

// Attempt notes a try to reach the customer and plans the next by the program's
// ladder, see plan.NextAttempt. Next.Exhausted says that the follow-up may be
// closed as unreachable. It takes work permission on the follow-up and, where the
// program demands a licence, that licence, as Complete does.
func (a *App) Attempt(ctx context.Context, actor *huifang.Actor, id huifang.ID, in AttemptInput) (*AttemptResult, error) {
	now := a.now()
	if err := checkAttempt(&in, now); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	out := &AttemptResult{}
	out.Followup, err = a.alterOpen(ctx, actor, id, in.Row, "followup.attempted", huifang.CanWorkFollowup, func(tx *store.Tx, f *huifang.Followup) (any, error) {
		if err := d.mayRecord(f, actor, now); err != nil {
			return nil, err
		}
		if err := a.attempt(ctx, tx, d, actor, f, in, out); err != nil {
			return nil, err
		}
		return map[string]any{"channel": in.Channel, "disposition": in.Disposition, "next": out.Next.At}, nil
	})
	if err != nil {
		return nil, err
	}
	out.Attempt.Phone, out.Next.Phone = maskPhone(out.Attempt.Phone), maskPhone(out.Next.Phone)
	return out, nil
}

func (a *App) attempt(ctx context.Context, tx *store.Tx, d *directory, actor *huifang.Actor, f *huifang.Followup, in AttemptInput, out *AttemptResult) error {
	var c *huifang.Contact
	var err error
	if f.Contact != "" {
		if c, err = tx.Contact(ctx, f.Org, f.Contact); err != nil {
			return err
		}
	}
	before, err := tx.Attempts(ctx, f.Org, f.ID)
	if err != nil {
		return err
	}
	out.Attempt = &huifang.Attempt{
		Org: f.Org, ID: a.newID(), Followup: f.ID, Staff: actor.Staff, At: a.now(), Channel: in.Channel,
		Phone: calledNumber(in, c, a.nextTry(d, f, c, before)), Disposition: in.Disposition, Note: in.Note, CallBackAt: in.CallBackAt,
	}
	if err := tx.InsertAttempt(ctx, out.Attempt); err != nil {
		return err
	}
	out.Next = a.nextTry(d, f, c, append(before, out.Attempt))
	f.Attempts, f.NextTry = len(before)+1, out.Next.At
	return nil
}

// calledNumber is the number a try was made to.
func calledNumber(in AttemptInput, c *huifang.Contact, next plan.Try) string {
	switch {
	case in.Channel != huifang.ChannelPhone && in.Channel != huifang.ChannelSMS:
		return ""
	case in.Phone == "" && next.Phone != "":
		return next.Phone
	case in.Phone == "" && c != nil && len(c.Phones) > 0:
		return c.Phones[0]
	case c == nil:
		return in.Phone
	}
	return unmaskPhones([]string{in.Phone}, c.Phones)[0]
}

func checkChannel(ch huifang.Channel) error {
	if slices.Contains(huifang.Channels(), ch) {
		return nil
	}
	return fieldFault("channel", "channel.unknown", huifang.Textf("没有回访方式“%s”", "there is no channel “%s”", ch))
}

func checkAttempt(in *AttemptInput, now time.Time) error {
	if err := checkChannel(in.Channel); err != nil {
		return err
	}
	if !slices.Contains(huifang.Dispositions(), in.Disposition) {
		return fieldFault("disposition", "attempt.disposition", huifang.Textf("没有联系结果“%s”", "there is no disposition “%s”", in.Disposition))
	}
	if in.Disposition != huifang.CallBack {
		in.CallBackAt = time.Time{}
		return nil
	}
	if !in.CallBackAt.After(now) {
		return fieldFault("call_back_at", "attempt.call_back", huifang.Text{ZH: "请填写客户约定的时间，且晚于现在", EN: "name the time the customer asked for; it must lie ahead"})
	}
	in.CallBackAt = in.CallBackAt.UTC().Truncate(time.Millisecond)
	return nil
}

// ladder is how often and how far apart the contact of a follow-up is tried.
func (d *directory) ladder(f *huifang.Followup) plan.Retry {
	if p := d.set.Program(f.Program, f.Unit, d.roster); p != nil {
		return p.Ladder()
	}
	return plan.Retry{Tries: 3, Every: calendar.Offset{N: 1, Set: true}}
}

// nextTry asks the ladder of the follow-up's program.
func (a *App) nextTry(d *directory, f *huifang.Followup, c *huifang.Contact, attempts []*huifang.Attempt) plan.Try {
	retry := d.ladder(f)
	reach := plan.Reach{Channels: f.Channels, Calendar: d.calendar, Zone: d.zoneOf(f.Unit), Closes: f.ClosesAt}
	quiet := d.quietOf(f.Unit)
	if c != nil {
		reach.Phones = c.Phones
		if c.Quiet != "" {
			quiet = c.Quiet
		}
	}
	reach.Quiet, _ = calendar.ParseQuiet(quiet) // checked when it was saved
	list := make([]huifang.Attempt, len(attempts))
	for i, at := range attempts {
		list[i] = *at
	}
	return plan.NextAttempt(retry, list, a.now(), reach)
}
