package ground

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

// Company is an organization in a database of its own, as the product sets it
// up: the pack property, projects with their staff, and customers.
type Company struct {
	DB    *Database
	Store *store.Store
	App   *app.App
	Org   *huifang.Organization
	Actor *huifang.Actor // the product's own
}

// Units is how many projects the company has.
const Units = 20

const stewardsAUnit = 3

// NewID makes ids of the present moment.
func NewID() huifang.ID {
	var entropy [10]byte
	_, _ = rand.Read(entropy[:]) // never fails
	return huifang.NewID(time.Now(), entropy)
}

// Open opens the company's database. now is the clock the product goes by.
func (d *Database) Open(ctx context.Context, cfg store.Config, now func() time.Time) (*Company, error) {
	cfg.URL = d.URL
	s, err := store.Open(ctx, cfg)
	if err != nil {
		return nil, err
	}
	c := &Company{DB: d, Store: s, App: app.New(app.Config{Store: s, Now: now, NewID: NewID})}
	orgs, err := c.App.Organizations(ctx)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if len(orgs) > 0 {
		c.Org, c.Actor = orgs[0], app.SystemActor(orgs[0].ID)
	}
	return c, nil
}

// Found sets up the organization with so many customers in an empty database.
func (d *Database) Found(ctx context.Context, customers int) error {
	c, err := d.Open(ctx, store.Config{}, time.Now)
	if err != nil {
		return err
	}
	defer c.Store.Close() //nolint:errcheck // closed for good below
	c.Org, err = c.App.CreateOrganization(ctx, app.NewOrganization{Code: "bench", Name: huifang.Text{ZH: "青禾物业", EN: "Qinghe"}, Packs: []string{"property"}})
	if err != nil {
		return err
	}
	if err := c.Store.Write(ctx, func(tx *store.Tx) error { return c.people(ctx, tx, customers) }); err != nil {
		return err
	}
	return c.Store.Close()
}

// people writes the projects, their staff and the customers.
func (c *Company) people(ctx context.Context, tx *store.Tx, customers int) error {
	stewards := make([][]huifang.ID, Units)
	units := make([]huifang.ID, Units)
	for u := range units {
		unit := &huifang.Unit{Org: c.Org.ID, ID: NewID(), Code: UnitCode(u), Name: UnitCode(u)}
		units[u] = unit.ID
		if err := tx.SaveUnit(ctx, unit); err != nil {
			return err
		}
		person := func(role string, n int) (huifang.ID, error) {
			s := &huifang.Staff{
				Org: c.Org.ID, ID: NewID(), Code: fmt.Sprintf("%s-%d-%d", role, u, n), Name: role, Units: []huifang.ID{unit.ID}, Roles: []string{role}, Active: true,
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
		for n := range stewardsAUnit {
			id, err := person("steward", n)
			if err != nil {
				return err
			}
			stewards[u] = append(stewards[u], id)
		}
	}
	for i := range customers {
		u := i % Units
		contact := &huifang.Contact{
			Org: c.Org.ID, ID: NewID(), Code: ContactCode(i), Kind: "household", Name: fmt.Sprintf("业户%d", i), Unit: units[u],
			Steward: stewards[u][i/Units%stewardsAUnit], Phones: []string{fmt.Sprintf("138%08d", i)},
		}
		if err := tx.SaveContact(ctx, contact); err != nil {
			return err
		}
	}
	return nil
}

// UnitCode names a project.
func UnitCode(u int) string { return fmt.Sprintf("project-%02d", u) }

// ContactCode names a contact.
func ContactCode(i int) string { return fmt.Sprintf("C%06d", i) }

// Token makes an API token that may send events and read what comes of them.
func (c *Company) Token(ctx context.Context) (string, error) {
	_, secret, err := c.App.CreateToken(ctx, c.Actor, app.NewToken{
		Name: "bench", Permissions: []huifang.Permission{huifang.PermEventIngest, huifang.PermContactRead, huifang.PermFollowupRead},
	})
	return secret, err
}

// Close ends the company's connections.
func (c *Company) Close() error { return c.Store.Close() }

// Event is one finished job of a known customer, with a key of its own: mostly
// repairs, some complaints, which two people follow up.
func Event(n, customers int, at time.Time) app.EventInput {
	e := app.EventInput{
		Key: fmt.Sprintf("W-%09d", n), Type: "repair.completed", At: at, Contact: app.ContactInput{Code: ContactCode(n * 7919 % customers)},
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
