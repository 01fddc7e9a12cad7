package store

import (
	"context"

	"github.com/huifang/huifang"
)

// The organization table is the one that every node shares; all others belong
// to an organization.
const (
	organizationColumns = "code, name_zh, name_en, zone, lang, packs, settings, created, id, rev"

	sqlOrganization       = "SELECT " + organizationColumns + " FROM organization WHERE id = $1"
	sqlOrganizationByCode = "SELECT " + organizationColumns + " FROM organization WHERE code = $1"
	sqlOrganizations      = "SELECT " + organizationColumns + " FROM organization ORDER BY code"

	sqlOrganizationInsert = "INSERT INTO organization (" + organizationColumns + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)"
	sqlOrganizationUpdate = `UPDATE organization SET code = $1, name_zh = $2, name_en = $3, zone = $4, lang = $5, packs = $6, settings = $7, created = $8,
rev = rev + 1 WHERE id = $9 AND rev = $10`
)

func scanOrganization(r *row) *huifang.Organization {
	o := &huifang.Organization{
		Code: r.text(), Name: huifang.Text{ZH: r.text(), EN: r.text()}, Zone: r.text(), Lang: huifang.Lang(r.text()),
	}
	r.json(&o.Packs)
	r.json(&o.Settings)
	o.Created, o.ID, o.Version = r.instant(), r.id(), r.int()
	return o
}

// Organization is the organization with the id.
func (q *Reads) Organization(ctx context.Context, id huifang.ID) (*huifang.Organization, error) {
	return first(ctx, q, "organization", scanOrganization, sqlOrganization, id)
}

// OrganizationByCode is the organization with the log-in code.
func (q *Reads) OrganizationByCode(ctx context.Context, code string) (*huifang.Organization, error) {
	return first(ctx, q, "organization", scanOrganization, sqlOrganizationByCode, code)
}

// Organizations lists all, by code.
func (q *Reads) Organizations(ctx context.Context) ([]*huifang.Organization, error) {
	return list(ctx, q, scanOrganization, sqlOrganizations)
}

// SaveOrganization inserts (Version 0) or updates (stale Version: conflict) and
// sets the new Version. A code that is taken is a conflict.
func (tx *Tx) SaveOrganization(ctx context.Context, o *huifang.Organization) error {
	return tx.save(ctx, &o.Version, sqlOrganizationInsert, sqlOrganizationUpdate,
		o.Code, o.Name.ZH, o.Name.EN, o.Zone, o.Lang, asJSON{o.Packs}, asJSON{o.Settings}, o.Created, o.ID)
}
