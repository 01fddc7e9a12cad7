package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/store"
)

// organizationQuiet are the hours in which nobody is called whose contact names
// none of their own.
const organizationQuiet = "21:00-08:00"

// loadOpen loads a follow-up in a transaction for a change by the actor: it
// must be theirs to change by can, still open, and as they saw it.
func loadOpen(ctx context.Context, tx *store.Tx, actor *huifang.Actor, id huifang.ID, row int64, can func(*huifang.Actor, *huifang.Followup) error) (*huifang.Followup, error) {
	f, err := tx.Followup(ctx, actor.Org, id)
	if err != nil {
		return nil, err
	}
	if err := can(actor, f); err != nil {
		return nil, err
	}
	if err := stillOpen(f); err != nil {
		return nil, err
	}
	return f, stale(row, f.Row)
}

// stillOpen says how a follow-up ended, nil while it has not.
func stillOpen(f *huifang.Followup) error {
	conflict := func(reason, zh, en string) error {
		return huifang.Fail(huifang.CodeConflict, reason, huifang.Text{ZH: "回访 " + f.Number + " " + zh, EN: "follow-up " + f.Number + " " + en})
	}
	switch f.State {
	case huifang.StateCompleted:
		return conflict("followup.already_completed", "已完成", "is completed already")
	case huifang.StateUnreachable:
		return conflict("followup.already_closed", "已按无法联系结束", "was closed as unreachable")
	case huifang.StateWaived:
		return conflict("followup.already_closed", "已免回访", "was waived")
	case huifang.StateCancelled:
		return conflict("followup.cancelled", "已取消", "is cancelled")
	case huifang.StatePlanned, huifang.StateOverdue:
	}
	return nil
}

// windowOpen refuses work before the window opens.
func (d *directory) windowOpen(f *huifang.Followup, now time.Time) error {
	if !f.OpensAt.After(now) {
		return nil
	}
	from := huifang.Moment{Date: huifang.DateOf(f.OpensAt, d.zoneOf(f.Unit)), Clock: f.Window.Opens.Clock}
	return huifang.Fail(huifang.CodeConflict, "followup.not_open", huifang.Textf(
		"回访 %s 自 %s 起方可进行；如需提前，请主管调整时限", "follow-up %s opens on %s; a supervisor can move its window to do it earlier", f.Number, from))
}

// alterOpen changes an open follow-up: change sets fields and says what the
// audit chain notes.
func (a *App) alterOpen(ctx context.Context, actor *huifang.Actor, id huifang.ID, row int64, action string,
	can func(*huifang.Actor, *huifang.Followup) error, change func(tx *store.Tx, f *huifang.Followup) (detail any, err error),
) (f *huifang.Followup, err error) {
	err = a.store.Write(ctx, func(tx *store.Tx) (err error) {
		if f, err = loadOpen(ctx, tx, actor, id, row, can); err != nil {
			return err
		}
		detail, err := change(tx, f)
		if err != nil {
			return err
		}
		if err := tx.UpdateFollowup(ctx, f); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, action, "followup", f.ID, detail)
	})
	if err != nil {
		return nil, err
	}
	return f, nil
}

// Take signs for a follow-up's form (签收): the actor has it from now until it
// comes back. Work permission on the follow-up.
func (a *App) Take(ctx context.Context, actor *huifang.Actor, id huifang.ID, row int64) (*huifang.Followup, error) {
	if _, err := a.self(ctx, actor); err != nil {
		return nil, err
	}
	return a.alterOpen(ctx, actor, id, row, "followup.taken", huifang.CanWorkFollowup, func(_ *store.Tx, f *huifang.Followup) (any, error) {
		if !f.TakenAt.IsZero() && f.ReturnedAt.IsZero() && f.TakenBy != actor.Staff {
			return nil, huifang.Fail(huifang.CodeConflict, "followup.taken", huifang.Textf(
				"回访 %s 的表单已由他人签收，尚未交回", "somebody else has signed for the form of follow-up %s and not returned it", f.Number))
		}
		f.TakenBy, f.TakenAt, f.ReturnedAt = actor.Staff, a.now(), time.Time{}
		return nil, nil
	})
}

// Return notes that a form that was signed for came back. Completing a
// follow-up returns its form by itself.
func (a *App) Return(ctx context.Context, actor *huifang.Actor, id huifang.ID, row int64) (*huifang.Followup, error) {
	return a.alterOpen(ctx, actor, id, row, "followup.returned", huifang.CanWorkFollowup, func(_ *store.Tx, f *huifang.Followup) (any, error) {
		if f.TakenAt.IsZero() || !f.ReturnedAt.IsZero() {
			return nil, huifang.Fail(huifang.CodeConflict, "followup.not_taken", huifang.Textf(
				"回访 %s 的表单没有被签收", "nobody has the form of follow-up %s", f.Number))
		}
		f.ReturnedAt = a.now()
		return nil, nil
	})
}

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
// closed as unreachable. Work permission on the follow-up.
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
		if err := d.windowOpen(f, now); err != nil {
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

// nextTry asks the ladder of the follow-up's program.
func (a *App) nextTry(d *directory, f *huifang.Followup, c *huifang.Contact, attempts []*huifang.Attempt) plan.Try {
	retry := plan.Retry{Tries: 3, Every: calendar.Offset{N: 1, Set: true}}
	if p := d.set.Program(f.Program, f.Unit, d.roster); p != nil {
		retry = p.Ladder()
	}
	reach := plan.Reach{Channels: f.Channels, Calendar: a.calendar, Zone: d.zoneOf(f.Unit), Closes: f.ClosesAt}
	quiet := organizationQuiet
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

// PostponeInput moves the next try, or the whole window.
type PostponeInput struct {
	Row     int64
	NextTry time.Time       // within the window; zero: as it is
	Window  *huifang.Window // nil: as it is
	Reason  string
}

// Postpone moves the next try of a follow-up, which whoever works it may, or
// its window, which takes followup.manage: to days in the unit's zone, from then
// on left alone by the rules. It counts in the month of its new last day; the
// audit chain keeps both windows and the reason, which is required.
func (a *App) Postpone(ctx context.Context, actor *huifang.Actor, id huifang.ID, in PostponeInput) (*huifang.Followup, error) {
	in.Reason = strings.TrimSpace(in.Reason)
	if err := required("reason", in.Reason); err != nil {
		return nil, err
	}
	if in.NextTry.IsZero() && in.Window == nil {
		return nil, required("window", "")
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	can := huifang.CanWorkFollowup
	if in.Window != nil {
		can = huifang.CanManageFollowup
	}
	var f *huifang.Followup
	err = a.store.Write(ctx, func(tx *store.Tx) (err error) {
		if f, err = loadOpen(ctx, tx, actor, id, in.Row, can); err != nil {
			return err
		}
		before := f.Window
		if err := a.postpone(ctx, tx, d, f, in); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, "followup.postponed", "followup", f.ID, map[string]any{
			"reason": in.Reason, "next_try": in.NextTry, "opens": before.Opens.String(), "closes": before.Closes.String(),
			"new_opens": f.Window.Opens.String(), "new_closes": f.Window.Closes.String(),
		})
	})
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (a *App) postpone(ctx context.Context, tx *store.Tx, d *directory, f *huifang.Followup, in PostponeInput) error {
	f.Reason = in.Reason
	closes := f.ClosesAt
	if in.Window != nil {
		if err := d.checkWindow(f, *in.Window, a.now()); err != nil {
			return err
		}
		f.Window, f.NextTry = *in.Window, time.Time{}
		closes = f.Window.ClosesAt(d.zoneOf(f.Unit))
	}
	if !in.NextTry.IsZero() {
		f.NextTry = in.NextTry.UTC().Truncate(time.Millisecond)
		if !f.NextTry.After(a.now()) || !f.NextTry.Before(closes) {
			return fieldFault("next_try", "postpone.next_try", huifang.Text{ZH: "下次联系时间应晚于现在，且在回访期限内", EN: "the next try must lie ahead and within the window"})
		}
	}
	if in.Window != nil {
		return a.replan(ctx, tx, d, f)
	}
	return tx.UpdateFollowup(ctx, f)
}

// furthest is how many days ahead a window may be moved.
const furthest = 730

func (d *directory) checkWindow(f *huifang.Followup, w huifang.Window, now time.Time) error {
	loc := d.zoneOf(f.Unit)
	today := huifang.DateOf(now, loc)
	switch {
	case w.Opens.Date == huifang.NoDate || w.Closes.Date == huifang.NoDate:
		return required("window", "")
	case !w.OpensAt(loc).Before(w.ClosesAt(loc)):
		return fieldFault("window", "window.order", huifang.Text{ZH: "截止早于开始", EN: "the window closes before it opens"})
	case !w.ClosesAt(loc).After(now):
		return fieldFault("window.closes", "window.past", huifang.Text{ZH: "截止时间已过", EN: "the window would have closed already"})
	case w.Closes.Date > today.AddDays(furthest):
		return fieldFault("window.closes", "window.far", huifang.Textf("截止日期不能晚于 %d 天后", "a window closes within %d days", furthest))
	}
	return nil
}

// ReassignInput gives a follow-up to other people, the first of whom answers
// for it.
type ReassignInput struct {
	Row       int64
	Assignees []huifang.ID
	Reason    string
}

// Reassign gives an open follow-up to other members of staff, with the reason.
// They must hold the licence the program demands. followup.manage in its unit.
func (a *App) Reassign(ctx context.Context, actor *huifang.Actor, id huifang.ID, in ReassignInput) (*huifang.Followup, error) {
	in.Reason = strings.TrimSpace(in.Reason)
	if err := required("reason", in.Reason); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	return a.alterOpen(ctx, actor, id, in.Row, "followup.reassigned", huifang.CanManageFollowup, func(tx *store.Tx, f *huifang.Followup) (any, error) {
		to, err := d.newAssignees(f, in.Assignees, a.now())
		if err != nil {
			return nil, err
		}
		was := f.Assignees
		f.Assignees, f.Lead = to, to[0].Staff
		var fresh []huifang.ID
		for _, as := range to {
			if !slices.Contains(was, as) {
				fresh = append(fresh, as.Staff)
			}
		}
		return map[string]any{"from": was, "to": to, "reason": in.Reason}, a.tell(ctx, tx, d, "followup.assigned", f, fresh...)
	})
}

func (d *directory) newAssignees(f *huifang.Followup, ids []huifang.ID, now time.Time) ([]huifang.Assignee, error) {
	if len(ids) == 0 {
		return nil, required("assignees", "")
	}
	var out []huifang.Assignee
	for _, id := range ids {
		s := d.person[id]
		switch {
		case s == nil:
			return nil, fieldFault("assignees", "assignee.unknown", huifang.Text{ZH: "没有该员工", EN: "there is no such member of staff"})
		case !s.Active:
			return nil, fieldFault("assignees", "assignee.inactive", huifang.Textf("%s 已离职", "%s has left", s.Name))
		}
		if err := d.qualified(f, s, max(huifang.DateOf(now, d.zoneOf(f.Unit)), f.Window.Opens.Date)); err != nil {
			return nil, at("assignees", err)
		}
		if as := (huifang.Assignee{Staff: id}); !slices.Contains(out, as) {
			out = append(out, as)
		}
	}
	return out, nil
}
