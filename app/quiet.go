package app

import (
	"context"
	"maps"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
	"github.com/huifang/huifang/store"
)

// DefaultQuiet are the hours in which nobody is called where the organization
// says nothing else and the contact names none of their own.
const DefaultQuiet = "21:00-08:00"

// quietOf are the quiet hours of a unit: its own, those of the nearest unit
// above it that has some, else the organization's.
func (d *directory) quietOf(unit huifang.ID) string {
	own := d.org.Settings.UnitQuiet
	for u := d.unit[unit]; u != nil && len(own) > 0; u = d.unit[u.Parent] {
		if hours := own[u.ID]; hours != "" {
			return hours
		}
	}
	if d.org.Settings.Quiet != "" {
		return d.org.Settings.Quiet
	}
	return DefaultQuiet
}

// SetQuiet sets the hours in which nobody is called, as "21:00-08:00": of the
// whole organization, or of one unit and those below it. Empty hours are taken
// back: the unit's are then those above it, the organization's DefaultQuiet.
// What is noted of attempts from then on keeps them. organization.manage;
// quiet.invalid, unit.unknown.
func (a *App) SetQuiet(ctx context.Context, actor *huifang.Actor, unit huifang.ID, hours string) (*huifang.Organization, error) {
	if err := organizationWide(actor, huifang.PermOrganization); err != nil {
		return nil, err
	}
	if _, err := calendar.ParseQuiet(hours); err != nil {
		return nil, at("quiet", err)
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	if unit != "" && d.unit[unit] == nil {
		return nil, fieldFault("unit", "unit.unknown", huifang.Text{ZH: "没有这个单位", EN: "there is no such unit"})
	}
	var o *huifang.Organization
	err = a.store.Write(ctx, func(tx *store.Tx) (err error) {
		if o, err = tx.Organization(ctx, actor.Org); err != nil {
			return err
		}
		setQuiet(&o.Settings, unit, hours)
		if err := tx.SaveOrganization(ctx, o); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, "organization.quiet", "organization", actor.Org, map[string]any{"unit": unit, "quiet": hours})
	})
	a.forget(actor.Org)
	return o, err
}

func setQuiet(s *huifang.Settings, unit huifang.ID, hours string) {
	if unit == "" {
		s.Quiet = hours
		return
	}
	s.UnitQuiet = maps.Clone(s.UnitQuiet)
	if hours == "" {
		delete(s.UnitQuiet, unit)
		return
	}
	if s.UnitQuiet == nil {
		s.UnitQuiet = map[huifang.ID]string{}
	}
	s.UnitQuiet[unit] = hours
}
