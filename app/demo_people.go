package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/store"
)

// demoUnit is one unit with customers.
type demoUnit struct {
	unit     *huifang.Unit
	sample   pack.SampleUnit
	byRole   map[string][]*huifang.Staff
	contacts []*demoContact
}

// found makes the organization, its units and its staff.
func (d *demo) found(ctx context.Context, code string) (err error) {
	s := &d.trade.Sample
	name := s.Organization
	if name == (huifang.Text{}) {
		name = huifang.Text{ZH: "演示机构", EN: "Demonstration"}
	}
	d.org, err = d.CreateOrganization(ctx, NewOrganization{Code: code, Name: name, Packs: []string{d.source}})
	if err != nil {
		return err
	}
	dir, err := d.directory(ctx, d.org.ID)
	if err != nil {
		return err
	}
	d.zone = dir.zone
	if err := d.addStaff(ctx, StaffEdit{Code: "admin", Name: "系统管理员", Roles: []string{"admin"}}, nil, true); err != nil {
		return err
	}
	ids := map[string]huifang.ID{}
	for i, u := range s.Units {
		made, err := d.CreateUnit(ctx, system(d.org.ID), UnitEdit{Parent: ids[u.Parent], Code: u.Code, Name: u.Name})
		if err != nil {
			return err
		}
		ids[u.Code] = made.ID
		if u.Contacts = d.scaled(u.Contacts); u.Contacts == 0 {
			continue
		}
		if err := d.settleUnit(ctx, made, u, i); err != nil {
			return err
		}
	}
	return d.holidays(ctx)
}

// scaled is how many customers a unit has at the demonstration's size.
func (d *demo) scaled(n int) int {
	if n == 0 || d.size == 0 {
		return n
	}
	return max(n*d.size/100, 4)
}

// settleUnit staffs a unit and gives it its customers.
func (d *demo) settleUnit(ctx context.Context, made *huifang.Unit, s pack.SampleUnit, index int) error {
	u := &demoUnit{unit: made, sample: s, byRole: map[string][]*huifang.Staff{}}
	d.units = append(d.units, u)
	for i := range d.trade.Sample.Staff {
		if err := d.hire(ctx, u, &d.trade.Sample.Staff[i]); err != nil {
			return err
		}
	}
	var departments []huifang.Department
	for i, name := range d.trade.Sample.Departments {
		in := StaffEdit{Code: fmt.Sprintf("%s_department%d", s.Code, i+1), Name: d.newName(), Roles: []string{"department_head"}}
		if err := d.addStaff(ctx, in, u, i == 0 && len(d.units) == 1); err != nil {
			return err
		}
		heads := u.byRole["department_head"]
		departments = append(departments, huifang.Department{Name: name, Head: heads[len(heads)-1].ID})
	}
	edit := UnitEdit{Parent: made.Parent, Code: made.Code, Name: made.Name, Departments: departments}
	if heads := u.byRole["head"]; len(heads) > 0 {
		edit.Head = heads[0].ID
	}
	var err error
	if u.unit, err = d.UpdateUnit(ctx, system(d.org.ID), made.ID, made.Version, edit); err != nil {
		return err
	}
	d.people(u, index)
	return nil
}

// hire adds a unit's holders of a role, with their licences. The first of each
// role may log in; of the other units only who leads them.
func (d *demo) hire(ctx context.Context, u *demoUnit, s *pack.SampleStaff) error {
	last := huifang.DateOf(d.end, d.zone)
	for i := range s.PerUnit {
		in := StaffEdit{Code: u.sample.Code + "_" + s.Code, Name: d.newName(), Roles: []string{s.Code}}
		if s.PerUnit > 1 {
			in.Code += strconv.Itoa(i + 1)
		}
		in.Phone = fmt.Sprintf("137%08d", d.rng.IntN(1e8))
		for _, q := range s.Qualifications {
			until := last.AddDays(d.between(q.Days))
			if i >= s.PerUnit-q.Lapsed {
				until = huifang.DateOf(d.at, d.zone).AddDays(-30 - d.rng.IntN(60))
			}
			in.Qualifications = append(in.Qualifications, huifang.Qualification{Code: q.Code, Until: until})
		}
		if err := d.addStaff(ctx, in, u, i == 0 && (len(d.units) == 1 || s.Code == "head" || s.Code == "supervisor")); err != nil {
			return err
		}
	}
	return nil
}

// busiest has those log in who have something to do: of a role that several
// hold in the first unit, the one with the most follow-ups to be done by the day
// after the last.
func (d *demo) busiest(ctx context.Context) error {
	load := map[huifang.ID]int{}
	soon := huifang.DateOf(d.end, d.zone).AddDays(2).At(0, d.zone)
	err := d.reads().EachFollowup(ctx, d.org.ID, store.FollowupFilter{Now: d.end, States: []huifang.State{huifang.StatePlanned, huifang.StateOverdue}}, func(f *huifang.Followup) error {
		if f.OpensAt.Before(soon) {
			load[f.Lead]++
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, who := range d.units[0].byRole {
		at := slices.IndexFunc(d.out.Logins, func(l DemoLogin) bool { return l.Login == who[0].Code })
		best := who[0]
		for _, s := range who {
			if load[s.ID] > load[best.ID] {
				best = s
			}
		}
		const enough = 4
		if at < 0 || best == who[0] || load[who[0].ID] >= enough {
			continue
		}
		if err := d.admit(ctx, best); err != nil {
			return err
		}
		d.out.Logins[at].Login, d.out.Logins[at].Name = best.Code, best.Name
	}
	return nil
}

// admit gives a member of staff a log-in.
func (d *demo) admit(ctx context.Context, s *huifang.Staff) error {
	s, err := d.reads().Staff(ctx, d.org.ID, s.ID)
	if err != nil {
		return err
	}
	edit := StaffEdit{
		Code: s.Code, Name: s.Name, Phone: s.Phone, Email: s.Email, Units: s.Units, Roles: s.Roles, Qualifications: s.Qualifications, Active: s.Active, Lang: s.Lang, Login: s.Code,
	}
	if _, err := d.UpdateStaff(ctx, system(d.org.ID), s.ID, s.Version, edit); err != nil {
		return err
	}
	return d.SetPassword(ctx, system(d.org.ID), s.ID, demoPassword)
}

// holidays sends some of the staff away on the last days, a colleague of the
// same role standing in.
func (d *demo) holidays(ctx context.Context) error {
	last := huifang.DateOf(d.end, d.zone)
	for _, u := range d.units {
		for _, s := range d.trade.Sample.Staff {
			who := u.byRole[s.Code]
			for i := range min(s.Absent, len(who)-1) {
				away := who[len(who)-1-i]
				in := huifang.Absence{From: last.AddDays(-1 - d.rng.IntN(4)), To: last.AddDays(2 + d.rng.IntN(5)), Substitute: who[0].ID}
				if _, err := d.RegisterAbsence(ctx, system(d.org.ID), away.ID, away.Version, in); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// addStaff adds a member of staff; with a log-in where asked.
func (d *demo) addStaff(ctx context.Context, in StaffEdit, u *demoUnit, login bool) error {
	in.Active, in.Lang = true, huifang.ZH
	if u != nil {
		in.Units = []huifang.ID{u.unit.ID}
	}
	if login {
		in.Login = in.Code
	}
	s, err := d.CreateStaff(ctx, system(d.org.ID), in)
	if err != nil {
		return err
	}
	role := in.Roles[0]
	if u != nil {
		u.byRole[role] = append(u.byRole[role], s)
	}
	if !login {
		return nil
	}
	dir, err := d.directory(ctx, d.org.ID)
	if err != nil {
		return err
	}
	l := DemoLogin{Login: in.Login, Password: demoPassword, Name: in.Name, Role: dir.role(role).Name}
	if u != nil {
		l.Unit = u.unit.Name
	}
	d.out.Logins = append(d.out.Logins, l)
	return d.SetPassword(ctx, system(d.org.ID), s.ID, demoPassword)
}

// personName makes up a name.
func (d *demo) personName() string {
	return one(d.rng, d.trade.Sample.FamilyNames) + one(d.rng, d.trade.Sample.GivenNames)
}

// newName makes up a name that nobody on the staff has, so that a name alone
// says who is meant.
func (d *demo) newName() string {
	for {
		name := d.personName()
		if !slices.Contains(d.names, name) || len(d.names) > len(d.trade.Sample.FamilyNames)*len(d.trade.Sample.GivenNames)/2 {
			d.names = append(d.names, name)
			return name
		}
	}
}

// colleague is one of a unit's holders of a role; of those a department has its
// own.
func (d *demo) colleague(u *demoUnit, role, department string) *huifang.Staff {
	who := u.byRole[role]
	if len(who) == 0 {
		return nil
	}
	departments := d.trade.Sample.Departments
	at := slices.Index(departments, department)
	if at < 0 {
		return one(d.rng, who)
	}
	var own []*huifang.Staff
	for i, s := range who {
		if i%len(departments) == at {
			own = append(own, s)
		}
	}
	if len(own) == 0 {
		return who[at%len(who)]
	}
	return one(d.rng, own)
}
