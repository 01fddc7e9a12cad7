package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/huifang/huifang"
)

const (
	unitColumns = "parent_id, path, code, name, head_id, zone, departments, org_id, id, rev"

	sqlUnit       = "SELECT " + unitColumns + " FROM unit WHERE org_id = $1 AND id = $2"
	sqlUnitByCode = "SELECT " + unitColumns + " FROM unit WHERE org_id = $1 AND code = $2"
	sqlUnits      = "SELECT " + unitColumns + " FROM unit WHERE org_id = $1"

	sqlUnitInsert = "INSERT INTO unit (" + unitColumns + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)"
	sqlUnitUpdate = `UPDATE unit SET parent_id = $1, path = $2, code = $3, name = $4, head_id = $5, zone = $6, departments = $7,
rev = rev + 1 WHERE org_id = $8 AND id = $9 AND rev = $10`
	sqlUnitMove = "UPDATE unit SET path = $1, rev = rev + 1 WHERE org_id = $2 AND id = $3"
)

func scanUnit(r *row) *huifang.Unit {
	u := &huifang.Unit{Parent: r.id(), Path: r.text(), Code: r.text(), Name: r.text(), Head: r.id(), Zone: r.text()}
	r.json(&u.Departments)
	u.Org, u.ID, u.Version = r.id(), r.id(), r.int()
	return u
}

// Unit is the unit with the id.
func (q *Reads) Unit(ctx context.Context, org, id huifang.ID) (*huifang.Unit, error) {
	return first(ctx, q, "unit", scanUnit, sqlUnit, org, id)
}

// UnitByCode is the unit with the import code.
func (q *Reads) UnitByCode(ctx context.Context, org huifang.ID, code string) (*huifang.Unit, error) {
	return first(ctx, q, "unit", scanUnit, sqlUnitByCode, org, code)
}

// Units lists all units, each parent before its children, siblings by code and
// name.
func (q *Reads) Units(ctx context.Context, org huifang.ID) ([]*huifang.Unit, error) {
	units, err := list(ctx, q, scanUnit, sqlUnits, org)
	return inTreeOrder(units), err
}

func inTreeOrder(units []*huifang.Unit) []*huifang.Unit {
	children := map[huifang.ID][]*huifang.Unit{}
	for _, u := range units {
		children[u.Parent] = append(children[u.Parent], u)
	}
	out := make([]*huifang.Unit, 0, len(units))
	var walk func(parent huifang.ID)
	walk = func(parent huifang.ID) {
		level := children[parent]
		slices.SortFunc(level, func(a, b *huifang.Unit) int {
			return cmp.Or(strings.Compare(a.Code, b.Code), strings.Compare(a.Name, b.Name), strings.Compare(string(a.ID), string(b.ID)))
		})
		for _, u := range level {
			out = append(out, u)
			walk(u.ID)
		}
	}
	walk("")
	return out
}

// SaveUnit inserts (Version 0) or updates (stale Version: conflict). It sets
// Path, the ids from the root joined and ended by /, from Parent; a changed
// Parent moves the subtree along. A unit below itself is refused.
func (tx *Tx) SaveUnit(ctx context.Context, u *huifang.Unit) error {
	path := string(u.ID) + "/"
	if u.Parent != "" {
		parent, err := tx.Unit(ctx, u.Org, u.Parent)
		if err != nil {
			return err
		}
		if strings.Contains(parent.Path, path) {
			return huifang.Invalid("unit.cycle", huifang.Text{ZH: "单位不能放在自己的下级之下", EN: "a unit cannot be placed below itself"})
		}
		path = parent.Path + path
	}
	if u.Version > 0 && u.Path != path {
		if err := tx.moveBelow(ctx, u, path); err != nil {
			return err
		}
	}
	set(tx, &u.Path, path)
	return tx.save(ctx, &u.Version, sqlUnitInsert, sqlUnitUpdate,
		u.Parent, u.Path, optional(u.Code), u.Name, u.Head, u.Zone, asJSON{u.Departments}, u.Org, u.ID)
}

// moveBelow gives everything below u its new path.
func (tx *Tx) moveBelow(ctx context.Context, u *huifang.Unit, path string) error {
	units, err := tx.Units(ctx, u.Org)
	if err != nil {
		return err
	}
	mark := string(u.ID) + "/"
	for _, below := range units {
		_, rest, found := strings.Cut(below.Path, mark)
		if !found || below.ID == u.ID {
			continue
		}
		if err := tx.put(ctx, sqlUnitMove, path+rest, u.Org, below.ID); err != nil {
			return err
		}
	}
	return nil
}

// PutUnit inserts or overwrites by Code, and sets ID and Version to what is
// kept.
func (tx *Tx) PutUnit(ctx context.Context, u *huifang.Unit) error {
	old, err := tx.UnitByCode(ctx, u.Org, u.Code)
	if err := tx.adopt(err, &u.ID, &u.Version, func() (huifang.ID, int64) { return old.ID, old.Version }); err != nil {
		return err
	}
	if old != nil {
		set(tx, &u.Path, old.Path)
	}
	return tx.SaveUnit(ctx, u)
}

// adopt gives a record the identity of the one kept under the same code, if
// there is one; err is what looking for it said.
func (tx *Tx) adopt(err error, id *huifang.ID, version *int64, kept func() (huifang.ID, int64)) error {
	switch huifang.CodeOf(err) {
	case "":
		oldID, oldVersion := kept()
		set(tx, id, oldID)
		set(tx, version, oldVersion)
		return nil
	case huifang.CodeNotFound:
		set(tx, version, 0)
		return nil
	default:
		return err
	}
}
