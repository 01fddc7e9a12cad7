package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
	"github.com/huifang/huifang/bench/ground"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/store"
)

// business is an organization of a trade whose year is replayed.
type business struct {
	pack   string
	name   string
	kind   string // of its customers
	world  *pack.World
	events []app.EventInput // of the year, in their order
}

// newBusiness makes units with the same staff each, and customers by turns.
func newBusiness(pk, name, kind string, units, customers int, roles map[string]int, departments []string) *business {
	b := &business{pack: pk, name: name, kind: kind, world: &pack.World{}}
	valid := huifang.MakeDate(2030, time.December, 31)
	for u := range units {
		unit := pack.WorldUnit{ID: huifang.ID(fmt.Sprintf("unit-%02d", u)), Head: member("head", u, 0), Departments: map[string]pack.WorldDepartment{}}
		for role, n := range roles {
			for i := range n {
				b.world.Staff = append(b.world.Staff, pack.WorldStaff{
					ID: member(role, u, i), Name: string(member(role, u, i)), Units: []huifang.ID{unit.ID}, Roles: []string{role},
					Qualifications: []pack.WorldQualification{{Code: "practice", Until: &valid}},
				})
			}
		}
		for _, d := range departments {
			unit.Departments[d] = pack.WorldDepartment{Head: member("department_head", u, 0)}
		}
		b.world.Units = append(b.world.Units, unit)
	}
	steward := "steward"
	for role := range roles {
		if role == "nurse" || role == "service_advisor" {
			steward = role
		}
	}
	for i := range customers {
		u := i % units
		b.world.Contacts = append(b.world.Contacts, pack.WorldContact{
			ID: huifang.ID(ground.ContactCode(i)), Kind: kind, Name: fmt.Sprintf("客户%d", i), Unit: b.world.Units[u].ID,
			Steward: member(steward, u, i/units%roles[steward]), Phones: []string{fmt.Sprintf("138%08d", i)},
		})
	}
	return b
}

func member(role string, unit, n int) huifang.ID {
	return huifang.ID(fmt.Sprintf("%s-%02d-%d", role, unit, n))
}

// customer draws one, with the number of its unit.
func (b *business) customer(r *rand.Rand) (c *pack.WorldContact, unit int) {
	i := r.IntN(len(b.world.Contacts))
	return &b.world.Contacts[i], i % len(b.world.Units)
}

// found sets the business up in an empty database.
func (b *business) found(ctx context.Context, d *ground.Database) error {
	c, err := d.Open(ctx, store.Config{}, time.Now)
	if err != nil {
		return err
	}
	org, err := c.App.CreateOrganization(ctx, app.NewOrganization{Code: "bench", Name: huifang.Text{ZH: b.name, EN: b.name}, Packs: []string{b.pack}})
	if err != nil {
		return errors.Join(err, c.Close())
	}
	err = c.Store.Write(ctx, func(tx *store.Tx) error { return b.people(ctx, tx, org.ID) })
	return errors.Join(err, c.Close())
}

// people writes units, staff and customers.
func (b *business) people(ctx context.Context, tx *store.Tx, org huifang.ID) error {
	ids := map[huifang.ID]huifang.ID{"": ""}
	known := func(name huifang.ID) huifang.ID {
		if ids[name] == "" && name != "" {
			ids[name] = ground.NewID()
		}
		return ids[name]
	}
	for i := range b.world.Units {
		u := &b.world.Units[i]
		if err := tx.SaveUnit(ctx, &huifang.Unit{Org: org, ID: known(u.ID), Code: string(u.ID), Name: string(u.ID)}); err != nil {
			return err
		}
	}
	for i := range b.world.Staff {
		s := &b.world.Staff[i]
		row := &huifang.Staff{Org: org, ID: known(s.ID), Code: string(s.ID), Name: s.Name, Units: []huifang.ID{known(s.Units[0])}, Roles: s.Roles, Active: true}
		for _, q := range s.Qualifications {
			row.Qualifications = append(row.Qualifications, huifang.Qualification{Code: q.Code, Until: *q.Until})
		}
		if err := tx.SaveStaff(ctx, row); err != nil {
			return err
		}
	}
	for i := range b.world.Units {
		u := &b.world.Units[i]
		row, err := tx.Unit(ctx, org, known(u.ID))
		if err != nil {
			return err
		}
		row.Head = known(u.Head)
		for name, d := range u.Departments {
			row.Departments = append(row.Departments, huifang.Department{Name: name, Head: known(d.Head)})
		}
		if err := tx.SaveUnit(ctx, row); err != nil {
			return err
		}
	}
	for i := range b.world.Contacts {
		c := &b.world.Contacts[i]
		row := &huifang.Contact{Org: org, ID: ground.NewID(), Code: string(c.ID), Kind: c.Kind, Name: c.Name, Unit: known(c.Unit), Steward: known(c.Steward), Phones: c.Phones}
		if err := tx.SaveContact(ctx, row); err != nil {
			return err
		}
	}
	return nil
}
