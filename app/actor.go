package app

import (
	"context"

	"github.com/huifang/huifang"
)

// actor is what a member of staff may do: the permissions of their roles within
// the subtrees of their units. A role that holds organization.manage reaches
// all units.
func (d *directory) actor(s *huifang.Staff) *huifang.Actor {
	actor := &huifang.Actor{Org: s.Org, Staff: s.ID, Permissions: d.permissions(s.Roles)}
	if actor.Permissions[huifang.PermOrganization] {
		return actor
	}
	actor.Units = map[huifang.ID]bool{}
	for _, u := range s.Units {
		for _, below := range d.subtree(u) {
			actor.Units[below] = true
		}
	}
	return actor
}

// role is a role by its code, or by another name staff lists use for it.
func (d *directory) role(name string) huifang.Role {
	if r, ok := d.roles[name]; ok {
		return r
	}
	return d.roles[d.roster.Roles[name]]
}

func (d *directory) permissions(roles []string) map[huifang.Permission]bool {
	out := map[huifang.Permission]bool{}
	for _, name := range roles {
		for _, p := range d.role(name).Permissions {
			out[p] = true
		}
	}
	return out
}

// within refuses to hand out, or take over, permissions that the actor lacks.
func (d *directory) within(actor *huifang.Actor, roles []string) error {
	for _, name := range roles {
		for _, p := range d.role(name).Permissions {
			if !actor.Can(p) {
				return huifang.Fail(huifang.CodeForbidden, "role.beyond", huifang.Textf(
					"角色“%s”含有您自己没有的权限 %s", "the role “%s” holds %s, which you do not have", name, p))
			}
		}
	}
	return nil
}

// Profile is who the actor is and what they may do.
type Profile struct {
	Organization *huifang.Organization
	Staff        *huifang.Staff // nil for an API token
	Permissions  []huifang.Permission
	Roles        []huifang.Role
	Units        []huifang.ID // nil: all
}

// Me tells the actor about themselves.
func (a *App) Me(ctx context.Context, actor *huifang.Actor) (*Profile, error) {
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	out := &Profile{Organization: d.org}
	for _, p := range huifang.Permissions() {
		if actor.Can(p) {
			out.Permissions = append(out.Permissions, p)
		}
	}
	if out.Staff = d.person[actor.Staff]; out.Staff != nil {
		for _, code := range out.Staff.Roles {
			out.Roles = append(out.Roles, d.role(code))
		}
	}
	if actor.Units != nil {
		out.Units = []huifang.ID{}
		for _, u := range d.units {
			if actor.Units[u.ID] {
				out.Units = append(out.Units, u.ID)
			}
		}
	}
	return out, nil
}
