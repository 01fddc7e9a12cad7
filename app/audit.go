package app

import (
	"context"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// AuditFilter selects entries of the chain of changes.
type AuditFilter = store.AuditFilter

// AuditEntries lists the chain of changes, newest first: of one record, or
// without one of the whole organization, which takes a role that reaches all of
// it. Entries of one record go to whoever holds audit.read and may see the
// record. audit.read.
func (a *App) AuditEntries(ctx context.Context, actor *huifang.Actor, f AuditFilter, p Page) (Paged[*huifang.AuditEntry], error) {
	none := Paged[*huifang.AuditEntry]{}
	if err := actor.Require(huifang.PermAuditRead); err != nil {
		return none, err
	}
	if f.Record == "" {
		if err := organizationWide(actor, huifang.PermAuditRead); err != nil {
			return none, err
		}
	}
	p.Desc = true
	page, err := a.reads().AuditEntries(ctx, actor.Org, f, p)
	if err != nil || f.Record == "" || actor.Units == nil {
		return page, err
	}
	for _, e := range page.Items {
		if err := a.canSee(ctx, actor, e.Kind, e.Record); err != nil {
			return none, err
		}
	}
	return page, nil
}

// canSee decides whether the actor may see the record of an entry.
func (a *App) canSee(ctx context.Context, actor *huifang.Actor, kind string, id huifang.ID) error {
	var (
		unit huifang.ID
		err  error
		p    = huifang.PermAuditRead
	)
	switch kind {
	case "followup":
		var f *huifang.Followup
		if f, err = a.reads().Followup(ctx, actor.Org, id); err == nil {
			return huifang.CanReadFollowup(actor, f)
		}
	case "case":
		var c *huifang.Case
		if c, err = a.reads().Case(ctx, actor.Org, id); err == nil {
			unit, p = c.Unit, huifang.PermCaseRead
		}
	case "contact":
		var c *huifang.Contact
		if c, err = a.reads().Contact(ctx, actor.Org, id); err == nil {
			unit, p = c.Unit, huifang.PermContactRead
		}
	case "asset":
		var x *huifang.Asset
		if x, err = a.reads().Asset(ctx, actor.Org, id); err == nil {
			unit, p = x.Unit, huifang.PermContactRead
		}
	case "unit":
		unit = id
	default:
		return organizationWide(actor, huifang.PermAuditRead)
	}
	if err != nil {
		return err
	}
	return actor.RequireIn(p, actor.Org, unit)
}

// VerifyAudit walks the organization's chain: 0 when every entry fits the one
// before it, else the number of the first that does not. audit.read over the
// whole organization.
func (a *App) VerifyAudit(ctx context.Context, actor *huifang.Actor) (broken int64, err error) {
	if err := organizationWide(actor, huifang.PermAuditRead); err != nil {
		return 0, err
	}
	return a.store.VerifyAudit(ctx, actor.Org)
}
