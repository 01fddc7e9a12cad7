package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
	"github.com/huifang/huifang/store"
)

// company is an organization in a database of its own, as the product sets it
// up: the pack property, projects with their staff, and customers.
type company struct {
	db    *database
	store *store.Store
	app   *app.App
	org   *huifang.Organization
	actor *huifang.Actor
}

// Sizes of the company.
const (
	companyUnits    = 20
	companyStewards = 3 // a unit
)

func newID() huifang.ID {
	var entropy [10]byte
	_, _ = rand.Read(entropy[:]) // never fails
	return huifang.NewID(time.Now(), entropy)
}

// open opens the company's database, durable unless cfg says otherwise.
func (d *database) open(ctx context.Context, cfg store.Config) (*company, error) {
	cfg.URL = d.url
	s, err := store.Open(ctx, cfg)
	if err != nil {
		return nil, err
	}
	c := &company{db: d, store: s, app: app.New(app.Config{Store: s, Now: time.Now, NewID: newID})}
	orgs, err := c.app.Organizations(ctx)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if len(orgs) > 0 {
		c.org, c.actor = orgs[0], app.SystemActor(orgs[0].ID)
	}
	return c, nil
}

// found sets up the organization with so many customers in an empty database.
func (d *database) found(ctx context.Context, customers int) error {
	c, err := d.open(ctx, store.Config{})
	if err != nil {
		return err
	}
	defer c.store.Close() //nolint:errcheck // closed for good below
	c.org, err = c.app.CreateOrganization(ctx, app.NewOrganization{Code: "bench", Name: huifang.Text{ZH: "青禾物业", EN: "Qinghe"}, Packs: []string{"property"}})
	if err != nil {
		return err
	}
	if err := c.store.Write(ctx, func(tx *store.Tx) error { return c.people(ctx, tx, customers) }); err != nil {
		return err
	}
	return c.store.Close()
}

// people writes the projects, their staff and the customers.
func (c *company) people(ctx context.Context, tx *store.Tx, customers int) error {
	stewards := make([][]huifang.ID, companyUnits)
	units := make([]huifang.ID, companyUnits)
	for u := range units {
		unit := &huifang.Unit{Org: c.org.ID, ID: newID(), Code: unitCode(u), Name: unitCode(u)}
		units[u] = unit.ID
		if err := tx.SaveUnit(ctx, unit); err != nil {
			return err
		}
		person := func(role string, n int) (huifang.ID, error) {
			s := &huifang.Staff{
				Org: c.org.ID, ID: newID(), Code: fmt.Sprintf("%s-%d-%d", role, u, n), Name: role, Units: []huifang.ID{unit.ID}, Roles: []string{role}, Active: true,
			}
			return s.ID, tx.SaveStaff(ctx, s)
		}
		head, err := person("head", 0)
		if err != nil {
			return err
		}
		engineer, err := person("department_head", 0)
		if err != nil {
			return err
		}
		unit.Head, unit.Departments = head, []huifang.Department{{Name: "工程部", Head: engineer}}
		if err := tx.SaveUnit(ctx, unit); err != nil {
			return err
		}
		for n := range companyStewards {
			id, err := person("steward", n)
			if err != nil {
				return err
			}
			stewards[u] = append(stewards[u], id)
		}
	}
	for i := range customers {
		u := i % companyUnits
		contact := &huifang.Contact{
			Org: c.org.ID, ID: newID(), Code: customerCode(i), Kind: "household", Name: fmt.Sprintf("业户%d", i), Unit: units[u],
			Steward: stewards[u][i/companyUnits%companyStewards], Phones: []string{fmt.Sprintf("138%08d", i)},
		}
		if err := tx.SaveContact(ctx, contact); err != nil {
			return err
		}
	}
	return nil
}

func unitCode(u int) string     { return fmt.Sprintf("project-%02d", u) }
func customerCode(i int) string { return fmt.Sprintf("C%06d", i) }

// close ends the company's connections.
func (c *company) close() error { return c.store.Close() }

// event is one finished job of a known customer, with a key of its own: mostly
// repairs, some complaints, which two people follow up.
func event(n, customers int, at time.Time) app.EventInput {
	e := app.EventInput{
		Key: fmt.Sprintf("W-%09d", n), Type: "repair.completed", At: at, Contact: app.ContactInput{Code: customerCode(n * 7919 % customers)},
		Department: "工程部", Attributes: huifang.Attributes{"matter": "厨房水管漏水", "measure": "更换角阀"},
	}
	switch n % 10 {
	case 3, 7:
		e.Type, e.Attributes["severity"] = "complaint.resolved", "general"
	case 5:
		e.Type = "service.completed"
	}
	return e
}
