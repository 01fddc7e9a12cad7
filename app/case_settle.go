package app

import (
	"context"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// CaseResult is a case after a step of its settlement, and the follow-ups that
// this planned.
type CaseResult struct {
	Case    *huifang.Case
	Planned []*huifang.Followup
}

// ExplainInput says what was explained to a customer whose matter cannot be
// solved at once.
type ExplainInput struct {
	Version     int64
	Explanation string
	Next        huifang.Date // of the follow-up promised
	Rectifier   huifang.ID   // who settles the case from now on; empty: as before
}

// ExplainCase keeps that a matter cannot be solved at once: what was explained,
// when the customer hears again, and who puts it right. The event
// case.explained plans the promised follow-up, which checks the case. The case's
// owner, and case managers of its unit.
func (a *App) ExplainCase(ctx context.Context, actor *huifang.Actor, id huifang.ID, in ExplainInput) (*CaseResult, error) {
	in.Explanation = strings.TrimSpace(in.Explanation)
	if err := required("explanation", in.Explanation); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	if err := d.checkPerson("rectifier", in.Rectifier); err != nil {
		return nil, err
	}
	return a.settleCase(ctx, actor, d, id, in.Version, "case.explained", func(_ *store.Tx, c *huifang.Case) (huifang.Attributes, error) {
		if in.Next == 0 || in.Next == huifang.NoDate || in.Next < huifang.DateOf(a.now(), d.zoneOf(c.Unit)) {
			return nil, fieldFault("next", "case.next", huifang.Text{ZH: "请填写与客户约定的下次回访日期，不早于今天", EN: "name the day promised to the customer; today or later"})
		}
		c.Explained, c.NextDate = in.Explanation, in.Next
		if in.Rectifier != "" {
			c.Owner = in.Rectifier
		}
		if c.Due < in.Next {
			c.Due = in.Next
		}
		return huifang.Attributes{"explanation": in.Explanation, "next_on": in.Next.String(), "rectifier": d.staffName(c.Owner)}, nil
	})
}

// ResolveCase keeps what settled a case. Every measure must be done
// (case.actions_open). The event case.resolved plans the follow-up that asks the
// customer: satisfied closes the case, not satisfied opens it again. Where no
// program plans one, somebody closes the case by hand. The case's owner, and
// case managers of its unit.
func (a *App) ResolveCase(ctx context.Context, actor *huifang.Actor, id huifang.ID, version int64, resolution string) (*CaseResult, error) {
	resolution = strings.TrimSpace(resolution)
	if err := required("resolution", resolution); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	return a.settleCase(ctx, actor, d, id, version, huifang.EventCaseResolved, func(tx *store.Tx, c *huifang.Case) (huifang.Attributes, error) {
		if c.State == huifang.CaseResolved {
			return nil, huifang.Fail(huifang.CodeConflict, "case.resolved", huifang.Textf("诉求 %s 已处理完毕，待客户确认", "case %s is resolved already and waits for the customer", c.Number))
		}
		open, err := openActions(ctx, tx, c)
		if err != nil {
			return nil, err
		}
		if open > 0 {
			return nil, huifang.Fail(huifang.CodeConflict, "case.actions_open", huifang.Textf(
				"诉求 %s 还有 %d 项整改措施未完成", "case %s has %d actions that are not done", c.Number, open))
		}
		c.State, c.Resolution, c.Resolved = huifang.CaseResolved, resolution, a.now()
		return huifang.Attributes{"measure": resolution}, nil
	})
}

// settleCase changes a case and delivers the event that tells the programs.
func (a *App) settleCase(ctx context.Context, actor *huifang.Actor, d *directory, id huifang.ID, version int64, event string,
	change func(tx *store.Tx, c *huifang.Case) (huifang.Attributes, error),
) (*CaseResult, error) {
	out := &CaseResult{}
	var err error
	out.Case, err = a.alterCase(ctx, actor, id, version, event, func(tx *store.Tx, c *huifang.Case) (any, error) {
		attrs, err := change(tx, c)
		if err != nil {
			return nil, err
		}
		detail := attrs.Clone()
		attrs["severity"], attrs["matter"], attrs["opened_at"] = string(c.Severity), c.Matter, c.Opened.Format(time.RFC3339)
		out.Planned, err = a.promise(ctx, tx, d, actor, c, event, attrs)
		return detail, err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// promise delivers an event about a case and ties the follow-ups that it plans
// to the case.
func (a *App) promise(ctx context.Context, tx *store.Tx, d *directory, actor *huifang.Actor, c *huifang.Case, event string, attrs huifang.Attributes) ([]*huifang.Followup, error) {
	ev := &huifang.Event{
		Source: "case", Type: event, At: a.now(), Contact: c.Contact, Asset: c.Asset, Unit: c.Unit, Staff: actor.Staff,
		Department: c.Department, Attributes: attrs,
	}
	if err := a.deliver(ctx, tx, d, ev); err != nil {
		return nil, err
	}
	page, err := tx.Followups(ctx, c.Org, store.FollowupFilter{Event: ev.ID}, store.ByOpens, store.Page{Limit: 100})
	if err != nil {
		return nil, err
	}
	out := make([]*huifang.Followup, 0, len(page.Items))
	for _, item := range page.Items {
		f, err := tx.Followup(ctx, c.Org, item.ID)
		if err != nil {
			return nil, err
		}
		f.Case = c.ID
		if err := tx.UpdateFollowup(ctx, f); err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

// CloseCase closes a case by hand, with the reason: as where the customer
// cannot be asked. While a follow-up that checks it is open it is refused
// (case.check_open). case.manage over its unit.
func (a *App) CloseCase(ctx context.Context, actor *huifang.Actor, id huifang.ID, version int64, reason string) (*huifang.Case, error) {
	reason = strings.TrimSpace(reason)
	if err := required("reason", reason); err != nil {
		return nil, err
	}
	return a.alterCase(ctx, actor, id, version, "case.closed", func(tx *store.Tx, c *huifang.Case) (any, error) {
		if err := actor.RequireIn(huifang.PermCaseManage, c.Org, c.Unit); err != nil {
			return nil, err
		}
		open, err := tx.CountFollowups(ctx, c.Org, store.FollowupFilter{
			Case: c.ID, Now: a.now(), States: []huifang.State{huifang.StatePlanned, huifang.StateOverdue},
		}, 1)
		if err != nil {
			return nil, err
		}
		if open > 0 {
			return nil, huifang.Fail(huifang.CodeConflict, "case.check_open", huifang.Textf(
				"诉求 %s 的复访尚未完成", "the follow-up that checks case %s is not done yet", c.Number))
		}
		c.State, c.Closed = huifang.CaseClosed, a.now()
		return map[string]any{"reason": reason}, nil
	})
}

// ReopenCase opens a resolved or closed case again, with the reason.
// case.manage over its unit, or its owner.
func (a *App) ReopenCase(ctx context.Context, actor *huifang.Actor, id huifang.ID, version int64, reason string) (*huifang.Case, error) {
	reason = strings.TrimSpace(reason)
	if err := required("reason", reason); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	var c *huifang.Case
	err = a.store.Write(ctx, func(tx *store.Tx) (err error) {
		if c, err = loadCase(ctx, tx, actor, id, version); err != nil {
			return err
		}
		if c.State == huifang.CaseOpen || c.State == huifang.CaseActing {
			return huifang.Fail(huifang.CodeConflict, "case.open", huifang.Textf("诉求 %s 尚未处理完毕", "case %s is open", c.Number))
		}
		return a.openAgain(ctx, tx, d, actor, c, reason)
	})
	if err != nil {
		return nil, err
	}
	return c, nil
}
