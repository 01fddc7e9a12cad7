package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

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
