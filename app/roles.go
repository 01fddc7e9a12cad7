package app

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// Roles lists every role of the organization, by code: the built-in ones, those
// of its packs, and its own, which take the place of others of their code.
func (a *App) Roles(ctx context.Context, actor *huifang.Actor) ([]huifang.Role, error) {
	if err := colleague(actor); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	out := make([]huifang.Role, 0, len(d.roles))
	for _, r := range d.roles {
		out = append(out, r)
	}
	slices.SortFunc(out, func(x, y huifang.Role) int { return strings.Compare(x.Code, y.Code) })
	return out, nil
}

var roleCode = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// SaveRole adds a role of the organization's own, or changes one; one with the
// code of a built-in or pack role takes its place. It takes staff.manage over
// the whole organization and no more permission than the actor has. The
// administrator's role keeps every permission, so that nobody is locked out.
func (a *App) SaveRole(ctx context.Context, actor *huifang.Actor, version int64, r huifang.Role) (*huifang.Role, error) {
	if err := organizationWide(actor, huifang.PermStaffManage); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	if err := d.checkRole(actor, &r); err != nil {
		return nil, err
	}
	r.Org = actor.Org
	err = a.change(ctx, actor.Org, func(tx *store.Tx) error {
		own, err := tx.Roles(ctx, actor.Org)
		if err != nil {
			return err
		}
		r.Version = 0
		if i := slices.IndexFunc(own, func(o *huifang.Role) bool { return o.Code == r.Code }); i >= 0 {
			r.Version = own[i].Version
		}
		if err := stale(version, r.Version); err != nil {
			return err
		}
		if err := tx.SaveRole(ctx, &r); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, "role.saved", "role", "", map[string]any{"code": r.Code, "permissions": r.Permissions})
	})
	return &r, err
}

func (d *directory) checkRole(actor *huifang.Actor, r *huifang.Role) error {
	if !roleCode.MatchString(r.Code) {
		return fieldFault("code", "role.code", huifang.Text{ZH: "角色编码由小写字母开头，只含小写字母、数字和下划线", EN: "a role's code begins with a small letter and holds small letters, digits and underscores"})
	}
	if r.Code == "admin" {
		return fieldFault("code", "role.admin", huifang.Text{ZH: "管理员角色不能修改", EN: "the administrator's role cannot be changed"})
	}
	if err := required("name", r.Name.ZH+r.Name.EN); err != nil {
		return err
	}
	r.Permissions = slices.Compact(slices.Sorted(slices.Values(r.Permissions)))
	if err := knownPermissions(r.Permissions); err != nil {
		return err
	}
	for _, p := range append(slices.Clone(r.Permissions), d.roles[r.Code].Permissions...) {
		if !actor.Can(p) {
			return huifang.Fail(huifang.CodeForbidden, "role.beyond", huifang.Textf(
				"角色“%s”含有您自己没有的权限 %s", "the role “%s” holds %s, which you do not have", r.Code, p))
		}
	}
	return nil
}

func knownPermissions(ps []huifang.Permission) error {
	for _, p := range ps {
		if !slices.Contains(huifang.Permissions(), p) {
			return fieldFault("permissions", "permission.unknown", huifang.Textf("没有权限“%s”", "there is no permission “%s”", p))
		}
	}
	return nil
}
