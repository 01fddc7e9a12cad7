package app

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// StaffFilter selects staff; empty fields select all who work here.
type StaffFilter struct {
	Unit     huifang.ID // and those below it
	Role     string
	Text     string // part of name, code or login, case ignored
	Inactive bool   // those who left, too
}

// StaffList lists staff by code. Colleagues know each other's names, units and
// roles; phone, e-mail and login show to those who manage staff.
func (a *App) StaffList(ctx context.Context, actor *huifang.Actor, f StaffFilter, p Page) (Paged[*huifang.Staff], error) {
	if err := colleague(actor); err != nil {
		return Paged[*huifang.Staff]{}, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return Paged[*huifang.Staff]{}, err
	}
	units := map[huifang.ID]bool{}
	for _, u := range d.subtree(f.Unit) {
		units[u] = true
	}
	text := strings.ToLower(f.Text)
	var found []*huifang.Staff
	for _, s := range d.staff {
		switch {
		case !s.Active && !f.Inactive, f.Role != "" && !s.HasRole(f.Role):
		case f.Unit != "" && !slices.ContainsFunc(s.Units, func(u huifang.ID) bool { return units[u] }):
		case text != "" && !strings.Contains(strings.ToLower(s.Name+"\n"+s.Code+"\n"+shownStaff(actor, s).Login), text):
		default:
			found = append(found, s)
		}
	}
	page := pageOf(found, p, func(s *huifang.Staff) string { return s.Code })
	for i, s := range page.Items {
		page.Items[i] = shownStaff(actor, s)
	}
	return page, nil
}

// StaffMember is one member of staff, shown as StaffList shows them.
func (a *App) StaffMember(ctx context.Context, actor *huifang.Actor, id huifang.ID) (*huifang.Staff, error) {
	if err := colleague(actor); err != nil {
		return nil, err
	}
	s, err := a.reads().Staff(ctx, actor.Org, id)
	if err != nil {
		return nil, err
	}
	return shownStaff(actor, s), nil
}

// colleague refuses whoever has no business with the organization's people and
// places: an API token that may read neither follow-ups nor staff.
func colleague(actor *huifang.Actor) error {
	if actor.Staff != "" || actor.Can(huifang.PermStaffManage) {
		return nil
	}
	return actor.Require(huifang.PermFollowupRead)
}

// shownStaff is a copy without what is not the actor's to see.
func shownStaff(actor *huifang.Actor, s *huifang.Staff) *huifang.Staff {
	c := *s
	if s.ID != actor.Staff && manages(actor, s) != nil {
		c.Phone, c.Email, c.Login = maskPhone(s.Phone), "", ""
	}
	return &c
}

// manages decides who may manage a member of staff: holders of staff.manage
// whose units include all of the person's; a person without units is the whole
// organization's.
func manages(actor *huifang.Actor, s *huifang.Staff) error {
	for _, u := range s.Units {
		if err := actor.RequireIn(huifang.PermStaffManage, s.Org, u); err != nil {
			return err
		}
	}
	if len(s.Units) == 0 {
		return organizationWide(actor, huifang.PermStaffManage)
	}
	return nil
}

// manageable loads a member of staff that the actor may manage.
func (a *App) manageable(ctx context.Context, actor *huifang.Actor, id huifang.ID) (*directory, *huifang.Staff, error) {
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, nil, err
	}
	s, err := a.reads().Staff(ctx, actor.Org, id)
	if err != nil {
		return nil, nil, err
	}
	return d, s, manages(actor, s)
}

// StaffEdit is what can be changed of a member of staff. An empty Code becomes
// the name.
type StaffEdit struct {
	Code           string
	Name           string
	Login          string
	Phone          string
	Email          string
	Units          []huifang.ID
	Roles          []string
	Qualifications []huifang.Qualification
	Active         bool
	Lang           huifang.Lang
}

// CreateStaff adds a member of staff. It takes staff.manage over all of the
// units named, and for every role all of its permissions (role.beyond).
func (a *App) CreateStaff(ctx context.Context, actor *huifang.Actor, in StaffEdit) (*huifang.Staff, error) {
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	s := &huifang.Staff{Org: actor.Org, ID: a.newID()}
	return s, a.saveStaff(ctx, actor, d, s, in, "staff.created")
}

// UpdateStaff changes a member of staff. Absences have methods of their own.
// Who is no longer active is logged out at once; their open follow-ups stay
// assigned until somebody reassigns them, and whoever is in charge is told.
func (a *App) UpdateStaff(ctx context.Context, actor *huifang.Actor, id huifang.ID, version int64, in StaffEdit) (*huifang.Staff, error) {
	d, s, err := a.manageable(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	if err := stale(version, s.Version); err != nil {
		return nil, err
	}
	return s, a.saveStaff(ctx, actor, d, s, in, "staff.updated")
}

func (a *App) saveStaff(ctx context.Context, actor *huifang.Actor, d *directory, s *huifang.Staff, in StaffEdit, action string) error {
	if err := d.checkStaff(actor, s, &in); err != nil {
		return err
	}
	ends := s.Active && !in.Active
	s.Code, s.Name, s.Login, s.Phone, s.Email = in.Code, in.Name, in.Login, in.Phone, in.Email
	s.Units, s.Roles, s.Qualifications, s.Active, s.Lang = in.Units, in.Roles, in.Qualifications, in.Active, in.Lang
	version := s.Version
	err := a.change(ctx, actor.Org, func(tx *store.Tx) error {
		s.Version = version
		if err := tx.SaveStaff(ctx, s); err != nil {
			return err
		}
		if ends {
			if err := a.leaves(ctx, tx, d, s); err != nil {
				return err
			}
		}
		return a.audit(ctx, tx, actor, action, "staff", s.ID, map[string]any{
			"name": s.Name, "roles": s.Roles, "units": s.Units, "active": s.Active, "login": s.Login, "qualifications": s.Qualifications,
		})
	})
	return taken(err, "staff.taken", "工号或登录名已被使用", "the code or login is taken")
}

// leaves logs out who does not work here any more, and tells whoever is in
// charge what is left to be reassigned.
func (a *App) leaves(ctx context.Context, tx *store.Tx, d *directory, s *huifang.Staff) error {
	if err := tx.DeleteSessions(ctx, s.Org, s.ID); err != nil {
		return err
	}
	load, err := tx.OpenLoad(ctx, s.Org, []huifang.ID{s.ID})
	if err != nil || load[s.ID] == 0 {
		return err
	}
	var who []huifang.ID
	for _, u := range s.Units {
		who = append(who, d.inCharge(u)...)
	}
	if len(who) == 0 {
		who = d.inCharge("")
	}
	text := huifang.Text{
		ZH: s.Name + " 已离职，有 " + strconv.Itoa(load[s.ID]) + " 项未完成的回访需要重新分派",
		EN: s.Name + " has left; " + strconv.Itoa(load[s.ID]) + " open follow-ups wait to be reassigned",
	}
	return a.alert(ctx, tx, huifang.Alert{Org: s.Org, Kind: "staff.left", Text: text}, who...)
}

// checkStaff refuses unknown units and roles, units beyond the actor's, and
// giving, taking away or otherwise deciding over roles with more permissions
// than the actor's.
func (d *directory) checkStaff(actor *huifang.Actor, s *huifang.Staff, in *StaffEdit) error {
	in.Name, in.Login, in.Code = strings.TrimSpace(in.Name), strings.TrimSpace(in.Login), strings.TrimSpace(in.Code)
	in.Code = cmp.Or(in.Code, in.Name)
	if err := required("name", in.Name); err != nil {
		return err
	}
	for _, u := range in.Units {
		if d.unit[u] == nil {
			return unknownUnit("units")
		}
	}
	after := huifang.Staff{Org: s.Org, Units: in.Units}
	if err := manages(actor, &after); err != nil {
		return err
	}
	var altered []string // roles that come or go
	for _, r := range s.Roles {
		if !slices.Contains(in.Roles, r) || in.Login != s.Login || in.Active != s.Active {
			altered = append(altered, r)
		}
	}
	for _, r := range in.Roles {
		if d.role(r).Code == "" {
			return fieldFault("roles", "role.unknown", huifang.Textf("没有角色“%s”", "there is no role “%s”", r))
		}
		if !s.HasRole(r) {
			altered = append(altered, r)
		}
	}
	return d.within(actor, altered)
}

func unknownUnit(field string) error {
	return fieldFault(field, "unit.unknown", huifang.Text{ZH: "没有该单位", EN: "there is no such unit"})
}

func (d *directory) checkPerson(field string, id huifang.ID) error {
	if s := d.person[id]; id == "" || s != nil && s.Active {
		return nil
	}
	return fieldFault(field, "staff.unknown", huifang.Text{ZH: "没有该员工，或已离职", EN: "there is no such member of staff, or they have left"})
}

// change runs fn in a transaction that changes units, staff or roles, and makes
// the change show.
func (a *App) change(ctx context.Context, org huifang.ID, fn func(tx *store.Tx) error) error {
	err := a.store.Write(ctx, func(tx *store.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return a.touch(ctx, tx, org)
	})
	if err == nil {
		a.forget(org)
	}
	return err
}

// taken says which key a duplicate is about: the store may notice it only when
// the transaction ends.
func taken(err error, reason, zh, en string) error {
	if huifang.ReasonOf(err) != store.ReasonDuplicate {
		return err
	}
	return huifang.Fail(huifang.CodeConflict, reason, huifang.Text{ZH: zh, EN: en})
}

// pageOf is one page of a list in memory that is ordered by key.
func pageOf[T any](all []T, p Page, key func(T) string) Paged[T] {
	limit := p.Limit
	if limit <= 0 {
		limit = 50
	}
	limit = min(limit, 1000)
	if p.Desc {
		all = slices.Clone(all)
		slices.Reverse(all)
	}
	from := 0
	if p.After != "" {
		from = len(all)
		for i, item := range all {
			if k := key(item); k > p.After != p.Desc && k != p.After {
				from = i
				break
			}
		}
	}
	out := Paged[T]{Items: slices.Clone(all[from:min(from+limit, len(all))])}
	if from+limit < len(all) {
		out.Next = key(out.Items[len(out.Items)-1])
	}
	return out
}
