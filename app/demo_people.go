package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
)

// demoUnit is one unit with customers.
type demoUnit struct {
	unit       *huifang.Unit
	sample     pack.SampleUnit
	byRole     map[string][]*huifang.Staff
	households []demoHousehold
}

// demoHousehold is one customer with the home they live in.
type demoHousehold struct {
	code, name, phone string
	home              string
	steward           string // code
	trouble           string // matter that keeps coming back, "" for most
}

// found makes the organization, its units and its staff.
func (d *demo) found(ctx context.Context, code string) (err error) {
	s := &d.trade.Sample
	name := s.Organization
	if name == (huifang.Text{}) {
		name = huifang.Text{ZH: "演示机构", EN: "Demonstration"}
	}
	d.org, err = d.CreateOrganization(ctx, NewOrganization{Code: code, Name: name, Packs: []string{d.trade.Code}})
	if err != nil {
		return err
	}
	dir, err := d.directory(ctx, d.org.ID)
	if err != nil {
		return err
	}
	d.zone = dir.zone
	if err := d.addStaff(ctx, "admin", "系统管理员", []string{"admin"}, nil, true); err != nil {
		return err
	}
	ids := map[string]huifang.ID{}
	for i, u := range s.Units {
		made, err := d.CreateUnit(ctx, system(d.org.ID), UnitEdit{Parent: ids[u.Parent], Code: u.Code, Name: u.Name})
		if err != nil {
			return err
		}
		ids[u.Code] = made.ID
		if u.Contacts == 0 {
			continue
		}
		if err := d.settleUnit(ctx, made, u, i); err != nil {
			return err
		}
	}
	return nil
}

// settleUnit staffs a unit and fills it with households.
func (d *demo) settleUnit(ctx context.Context, made *huifang.Unit, s pack.SampleUnit, index int) error {
	u := &demoUnit{unit: made, sample: s, byRole: map[string][]*huifang.Staff{}}
	d.units = append(d.units, u)
	for _, role := range d.trade.Sample.Staff {
		for i := range role.PerUnit {
			code := s.Code + "_" + role.Code
			if role.PerUnit > 1 {
				code += strconv.Itoa(i + 1)
			}
			if err := d.addStaff(ctx, code, d.personName(), []string{role.Code}, u, i == 0); err != nil {
				return err
			}
		}
	}
	var departments []huifang.Department
	for i, name := range d.trade.Sample.Departments {
		if err := d.addStaff(ctx, fmt.Sprintf("%s_department%d", s.Code, i+1), d.personName(), []string{"department_head"}, u, false); err != nil {
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

// addStaff adds a member of staff; with a log-in where asked.
func (d *demo) addStaff(ctx context.Context, code, name string, roles []string, u *demoUnit, login bool) error {
	in := StaffEdit{Code: code, Name: name, Roles: roles, Active: true, Lang: huifang.ZH}
	if u != nil {
		in.Units = []huifang.ID{u.unit.ID}
	}
	if login {
		in.Login = code
	}
	s, err := d.CreateStaff(ctx, system(d.org.ID), in)
	if err != nil {
		return err
	}
	if u != nil {
		u.byRole[roles[0]] = append(u.byRole[roles[0]], s)
	}
	if !login {
		return nil
	}
	dir, err := d.directory(ctx, d.org.ID)
	if err != nil {
		return err
	}
	l := DemoLogin{Login: code, Password: demoPassword, Name: name, Role: dir.role(roles[0]).Name}
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

// people fills a unit with households. A few have a matter that keeps coming
// back.
func (d *demo) people(u *demoUnit, index int) {
	s := u.sample
	homes := homesOf(s)
	d.rng.Shuffle(len(homes), func(i, j int) { homes[i], homes[j] = homes[j], homes[i] })
	homes = homes[:min(s.Contacts, len(homes))]
	slices.Sort(homes)
	stewards := u.byRole["steward"]
	for i, home := range homes {
		h := demoHousehold{
			code: fmt.Sprintf("%s-%04d", s.Code, i+1), name: d.personName(), home: home,
			phone: fmt.Sprintf("138%04d%04d", (index*1000+d.rng.IntN(1000))%10000, i),
		}
		if len(stewards) > 0 {
			h.steward = stewards[i*len(stewards)/len(homes)].Code
		}
		if d.chance(4) {
			h.trouble = one(d.rng, one(d.rng, d.trade.Sample.Events).Matters).Text
		}
		u.households = append(u.households, h)
	}
}

// homesOf lists the homes of a unit as registers write them.
func homesOf(s pack.SampleUnit) []string {
	var out []string
	for b := range max(s.Buildings, 1) {
		for e := range max(s.Entrances, 1) {
			for f := range max(s.Floors, 1) {
				for n := range max(s.PerFloor, 1) {
					out = append(out, fmt.Sprintf("%d栋%d单元%d%02d", b+1, e+1, f+1, n+1))
				}
			}
		}
	}
	return out
}
