package app

import (
	"context"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// NewCase is a case opened by hand. Empty Severity is general, empty Owner the
// unit's head, Due 0 or NoDate three working days.
type NewCase struct {
	Followup   huifang.ID // it is about; its contact, asset, unit, department and matter are taken where not given
	Contact    huifang.ID
	Asset      huifang.ID
	Unit       huifang.ID
	Department string
	Matter     string
	Severity   huifang.Severity
	Owner      huifang.ID
	Due        huifang.Date
}

// OpenCase opens a case by hand. case.manage over its unit.
func (a *App) OpenCase(ctx context.Context, actor *huifang.Actor, in NewCase) (*huifang.Case, error) {
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	c := &huifang.Case{
		Org: actor.Org, ID: a.newID(), Contact: in.Contact, Asset: in.Asset, Unit: in.Unit, Department: in.Department,
		Matter: strings.TrimSpace(in.Matter), Severity: in.Severity, State: huifang.CaseOpen, Owner: in.Owner, Opened: a.now(), Due: in.Due,
		NextDate: huifang.NoDate,
	}
	if err := a.about(ctx, actor, c, in.Followup); err != nil {
		return nil, err
	}
	if err := d.checkCase(c, a.now()); err != nil {
		return nil, err
	}
	if err := actor.RequireIn(huifang.PermCaseManage, c.Org, c.Unit); err != nil {
		return nil, err
	}
	var out *huifang.Case
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		fresh := *c
		out = &fresh
		if err := attach(ctx, tx, out); err != nil {
			return err
		}
		if err := a.openCase(ctx, tx, d, out); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, "case.opened_by_hand", "case", out.ID, map[string]any{"about": in.Followup})
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// attach ties the follow-up that a case is about to it, where it has no other.
func attach(ctx context.Context, tx *store.Tx, c *huifang.Case) error {
	if c.Followup == "" {
		return nil
	}
	f, err := tx.Followup(ctx, c.Org, c.Followup)
	if err != nil || f.Case != "" {
		return err
	}
	f.Case = c.ID
	return tx.UpdateFollowup(ctx, f)
}

// about fills in what a case takes from the follow-up it is about. A contact and
// an asset that it names otherwise are to be the actor's to read.
func (a *App) about(ctx context.Context, actor *huifang.Actor, c *huifang.Case, followup huifang.ID) error {
	if followup != "" {
		f, err := a.reads().Followup(ctx, c.Org, followup)
		if err != nil {
			return err
		}
		if err := huifang.CanReadFollowup(actor, f); err != nil {
			return err
		}
		c.Followup, c.Event = f.ID, f.Event
		fill(&c.Contact, f.Contact)
		fill(&c.Asset, f.Asset)
		fill(&c.Unit, f.Unit)
		fill(&c.Department, f.Department)
		fill(&c.Matter, f.Matter)
	}
	if c.Contact != "" {
		k, err := a.contactFor(ctx, actor, c.Contact, huifang.PermContactRead)
		if err != nil {
			return at("contact", err)
		}
		fill(&c.Unit, k.Unit)
	}
	if c.Asset != "" {
		x, err := a.assetFor(ctx, actor, c.Asset, huifang.PermContactRead)
		if err != nil {
			return at("asset", err)
		}
		fill(&c.Unit, x.Unit)
		fill(&c.Contact, x.Contact)
	}
	return nil
}

// fill sets what is empty.
func fill[T comparable](to *T, from T) {
	var none T
	if *to == none {
		*to = from
	}
}

func (d *directory) checkCase(c *huifang.Case, now time.Time) error {
	fill(&c.Severity, huifang.SeverityGeneral)
	if c.Severity != huifang.SeverityGeneral && c.Severity != huifang.SeverityMajor {
		return fieldFault("severity", "case.severity", huifang.Text{ZH: "等级应为 general（一般）或 major（重大）", EN: "a severity is general or major"})
	}
	if err := required("matter", c.Matter); err != nil {
		return err
	}
	if c.Unit != "" && d.unit[c.Unit] == nil {
		return unknownUnit("unit")
	}
	if c.Due != 0 && c.Due != huifang.NoDate && c.Due < huifang.DateOf(now, d.zoneOf(c.Unit)) {
		return fieldFault("due", "case.due", huifang.Text{ZH: "期限已过", EN: "the last day has passed already"})
	}
	return d.checkPerson("owner", c.Owner)
}

// CaseEdit is what can be changed of a case that is not closed.
type CaseEdit struct {
	Version    int64
	Owner      huifang.ID
	Due        huifang.Date
	Severity   huifang.Severity
	Department string
	Matter     string
	Reason     string // kept in the history
}

// UpdateCase changes who settles a case, by when, and how grave it is. Its
// owner, and case managers of its unit.
func (a *App) UpdateCase(ctx context.Context, actor *huifang.Actor, id huifang.ID, in CaseEdit) (*huifang.Case, error) {
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	return a.alterCase(ctx, actor, id, in.Version, "case.updated", func(tx *store.Tx, c *huifang.Case) (any, error) {
		was := *c
		c.Owner, c.Due, c.Severity, c.Department, c.Matter = in.Owner, in.Due, in.Severity, in.Department, strings.TrimSpace(in.Matter)
		fill(&c.Due, was.Due)
		now := a.now()
		if c.Due == was.Due {
			now = c.Opened // a day that has passed may stay
		}
		if err := d.checkCase(c, now); err != nil {
			return nil, err
		}
		detail := map[string]any{"reason": in.Reason, "owner": c.Owner, "due": c.Due, "severity": c.Severity, "was_owner": was.Owner, "was_due": was.Due, "was_severity": was.Severity}
		if c.Owner == was.Owner {
			return detail, nil
		}
		return detail, a.tellCase(ctx, tx, "case.assigned", c, c.Owner)
	})
}

// alterCase changes a case that is not closed: change sets fields and says what
// the history notes.
func (a *App) alterCase(ctx context.Context, actor *huifang.Actor, id huifang.ID, version int64, action string,
	change func(tx *store.Tx, c *huifang.Case) (detail any, err error),
) (c *huifang.Case, err error) {
	err = a.store.Write(ctx, func(tx *store.Tx) (err error) {
		if c, err = loadCase(ctx, tx, actor, id, version); err != nil {
			return err
		}
		if c.State == huifang.CaseClosed {
			return caseClosed(c)
		}
		detail, err := change(tx, c)
		if err != nil {
			return err
		}
		if err := tx.UpdateCase(ctx, c); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, action, "case", c.ID, detail)
	})
	if err != nil {
		return nil, err
	}
	return c, nil
}

func loadCase(ctx context.Context, tx *store.Tx, actor *huifang.Actor, id huifang.ID, version int64) (*huifang.Case, error) {
	c, err := tx.Case(ctx, actor.Org, id)
	if err != nil {
		return nil, err
	}
	if err := huifang.CanManageCase(actor, c); err != nil {
		return nil, err
	}
	return c, stale(version, c.Version)
}

func caseClosed(c *huifang.Case) error {
	return huifang.Fail(huifang.CodeConflict, "case.closed", huifang.Textf("诉求 %s 已关闭，请先重新打开", "case %s is closed; open it again first", c.Number))
}
