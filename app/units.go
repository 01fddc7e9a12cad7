package app

import (
	"context"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// UnitEdit is what can be changed of a unit.
type UnitEdit struct {
	Parent      huifang.ID
	Code        string
	Name        string
	Head        huifang.ID
	Zone        string // IANA name; empty: as the unit above
	Departments []huifang.Department
}

// Units lists the units the actor reaches, parents before children.
func (a *App) Units(ctx context.Context, actor *huifang.Actor) ([]*huifang.Unit, error) {
	if err := colleague(actor); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	out := []*huifang.Unit{}
	for _, u := range d.units {
		if actor.InUnit(u.ID) {
			c := *u
			out = append(out, &c)
		}
	}
	return out, nil
}

// Unit is one unit the actor reaches.
func (a *App) Unit(ctx context.Context, actor *huifang.Actor, id huifang.ID) (*huifang.Unit, error) {
	if err := colleague(actor); err != nil {
		return nil, err
	}
	u, err := a.reads().Unit(ctx, actor.Org, id)
	if err != nil {
		return nil, err
	}
	if !actor.InUnit(id) {
		return nil, outOfScope()
	}
	return u, nil
}

func outOfScope() error {
	return huifang.Fail(huifang.CodeForbidden, "forbidden", huifang.Text{
		ZH: "该记录属于您管理范围之外的单位", EN: "the record belongs to a unit outside your scope",
	})
}

// CreateUnit adds a unit under one the actor manages; at the root only whoever
// reaches the whole organization can. staff.manage.
func (a *App) CreateUnit(ctx context.Context, actor *huifang.Actor, in UnitEdit) (*huifang.Unit, error) {
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	u := &huifang.Unit{Org: actor.Org, ID: a.newID()}
	return u, a.saveUnit(ctx, actor, d, u, in, "unit.created")
}

// UpdateUnit changes a unit, and moves it with all below it where its parent
// changes. Follow-ups stay with the unit; their windows keep the zone they were
// planned in. staff.manage over the unit and, when it moves, over where it goes.
func (a *App) UpdateUnit(ctx context.Context, actor *huifang.Actor, id huifang.ID, version int64, in UnitEdit) (*huifang.Unit, error) {
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	u, err := a.reads().Unit(ctx, actor.Org, id)
	if err != nil {
		return nil, err
	}
	if err := actor.RequireIn(huifang.PermStaffManage, u.Org, u.ID); err != nil {
		return nil, err
	}
	if err := stale(version, u.Version); err != nil {
		return nil, err
	}
	return u, a.saveUnit(ctx, actor, d, u, in, "unit.updated")
}

func (a *App) saveUnit(ctx context.Context, actor *huifang.Actor, d *directory, u *huifang.Unit, in UnitEdit, action string) error {
	if err := d.checkUnit(actor, u, &in); err != nil {
		return err
	}
	u.Parent, u.Code, u.Name, u.Head, u.Zone, u.Departments = in.Parent, in.Code, in.Name, in.Head, in.Zone, in.Departments
	before := u.Version
	err := a.change(ctx, actor.Org, func(tx *store.Tx) error {
		u.Version = before
		if err := tx.SaveUnit(ctx, u); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, action, "unit", u.ID, map[string]any{"name": u.Name, "parent": u.Parent, "head": u.Head, "departments": u.Departments})
	})
	return taken(err, "unit.taken", "单位编码已被使用", "the unit's code is taken")
}

func (d *directory) checkUnit(actor *huifang.Actor, u *huifang.Unit, in *UnitEdit) error {
	in.Name, in.Code = strings.TrimSpace(in.Name), strings.TrimSpace(in.Code)
	if err := required("name", in.Name); err != nil {
		return err
	}
	if in.Code == "" {
		in.Code = in.Name
	}
	if err := d.checkParent(actor, u, in.Parent); err != nil {
		return err
	}
	if _, err := time.LoadLocation(in.Zone); err != nil {
		return fieldFault("zone", "unit.zone", huifang.Textf("时区“%s”无效，应写作 Asia/Shanghai", "unknown time zone %q; write it as Asia/Shanghai", in.Zone))
	}
	if err := d.checkPerson("head", in.Head); err != nil {
		return err
	}
	return d.checkDepartments(in.Departments)
}

// checkParent refuses a place in the tree that the actor does not manage.
func (d *directory) checkParent(actor *huifang.Actor, u *huifang.Unit, parent huifang.ID) error {
	switch {
	case parent != "" && d.unit[parent] == nil:
		return unknownUnit("parent")
	case parent == u.Parent && u.Version > 0:
		return nil
	case parent == "":
		return organizationWide(actor, huifang.PermStaffManage)
	}
	return actor.RequireIn(huifang.PermStaffManage, u.Org, parent)
}

func (d *directory) checkDepartments(deps []huifang.Department) error {
	seen := map[string]bool{}
	for _, dep := range deps {
		if err := required("departments.name", dep.Name); err != nil {
			return err
		}
		if seen[dep.Name] {
			return fieldFault("departments", "department.twice", huifang.Textf("部门“%s”重复", "the department “%s” is named twice", dep.Name))
		}
		seen[dep.Name] = true
		if err := d.checkPerson("departments.head", dep.Head); err != nil {
			return err
		}
	}
	return nil
}
