package app

import (
	"context"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// ActionInput is a corrective measure. An empty Owner is the case's; Due 0 or
// NoDate is the case's.
type ActionInput struct {
	Owner   huifang.ID
	Measure string
	Due     huifang.Date
}

// AddAction adds a corrective measure to a case, which is acted on from then
// on. The case's owner, and case managers of its unit.
func (a *App) AddAction(ctx context.Context, actor *huifang.Actor, caseID huifang.ID, in ActionInput) (*huifang.Action, error) {
	in.Measure = strings.TrimSpace(in.Measure)
	if err := required("measure", in.Measure); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	if err := d.checkPerson("owner", in.Owner); err != nil {
		return nil, err
	}
	var x *huifang.Action
	_, err = a.alterCase(ctx, actor, caseID, 0, "case.action_added", func(tx *store.Tx, c *huifang.Case) (any, error) {
		x = &huifang.Action{Org: c.Org, ID: a.newID(), Case: c.ID, Owner: in.Owner, Measure: in.Measure, Due: in.Due}
		fill(&x.Owner, c.Owner)
		if x.Due == 0 || x.Due == huifang.NoDate {
			x.Due = c.Due
		}
		if err := tx.SaveAction(ctx, x); err != nil {
			return nil, err
		}
		c.State, c.Resolution, c.Resolved = huifang.CaseActing, "", time.Time{}
		return map[string]any{"action": x.ID, "measure": x.Measure, "owner": x.Owner, "due": x.Due}, a.tellCase(ctx, tx, "action.assigned", c, x.Owner)
	})
	if err != nil {
		return nil, err
	}
	return x, nil
}

// FinishAction notes that a measure was carried out, with its result. The
// action's owner, the case's, and case managers of its unit.
func (a *App) FinishAction(ctx context.Context, actor *huifang.Actor, action huifang.ID, version int64, result string) (*huifang.Action, error) {
	result = strings.TrimSpace(result)
	if err := required("result", result); err != nil {
		return nil, err
	}
	var x *huifang.Action
	err := a.store.Write(ctx, func(tx *store.Tx) (err error) {
		if x, err = tx.Action(ctx, actor.Org, action); err != nil {
			return err
		}
		c, err := tx.Case(ctx, actor.Org, x.Case)
		if err != nil {
			return err
		}
		if x.Owner != actor.Staff || actor.Staff == "" || !actor.Can(huifang.PermCaseRead) {
			if err := huifang.CanManageCase(actor, c); err != nil {
				return err
			}
		}
		if !x.Done.IsZero() {
			return huifang.Fail(huifang.CodeConflict, "action.done", huifang.Text{ZH: "该措施已完成", EN: "this action is done already"})
		}
		if err := stale(version, x.Version); err != nil {
			return err
		}
		x.Done, x.Result = a.now(), result
		if err := tx.SaveAction(ctx, x); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, "case.action_finished", "case", c.ID, map[string]any{"action": x.ID, "result": result})
	})
	if err != nil {
		return nil, err
	}
	return x, nil
}

// CommentCase adds a comment to the history of a case. Whoever may see it.
func (a *App) CommentCase(ctx context.Context, actor *huifang.Actor, id huifang.ID, text string) error {
	text = strings.TrimSpace(text)
	if err := required("text", text); err != nil {
		return err
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		c, err := tx.Case(ctx, actor.Org, id)
		if err != nil {
			return err
		}
		if err := canReadCase(actor, c); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, "case.commented", "case", c.ID, map[string]string{"text": text})
	})
}
