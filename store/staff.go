package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/huifang/huifang"
)

const (
	staffColumns = "code, name, login, phone, email, units, roles, qualifications, absences, active, lang, org_id, id, rev"

	sqlStaff        = "SELECT " + staffColumns + " FROM staff WHERE org_id = $1 AND id = $2"
	sqlStaffByCode  = "SELECT " + staffColumns + " FROM staff WHERE org_id = $1 AND code = $2"
	sqlStaffByLogin = "SELECT " + staffColumns + " FROM staff WHERE org_id = $1 AND login = $2"
	sqlStaffList    = "SELECT " + staffColumns + " FROM staff WHERE org_id = $1"
	sqlStaffInRole  = "SELECT " + staffColumns + ` FROM staff WHERE org_id = $1 AND active = 1
AND id IN (SELECT staff_id FROM staff_role WHERE org_id = $2 AND role = $3 AND unit_id = $4)`

	sqlStaffInsert = "INSERT INTO staff (" + staffColumns + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)"
	sqlStaffUpdate = `UPDATE staff SET code = $1, name = $2, login = $3, phone = $4, email = $5, units = $6, roles = $7, qualifications = $8,
absences = $9, active = $10, lang = $11, rev = rev + 1 WHERE org_id = $12 AND id = $13 AND rev = $14`

	sqlStaffRoleDelete = "DELETE FROM staff_role WHERE org_id = $1 AND staff_id = $2"
	sqlStaffRoleInsert = `INSERT INTO staff_role (org_id, role, unit_id, staff_id) VALUES ($1, $2, $3, $4)
ON CONFLICT (org_id, role, unit_id, staff_id) DO UPDATE SET role = excluded.role`
)

func scanStaff(r *row) *huifang.Staff {
	s := &huifang.Staff{Code: r.text(), Name: r.text(), Login: r.text(), Phone: r.text(), Email: r.text()}
	r.json(&s.Units)
	r.json(&s.Roles)
	r.json(&s.Qualifications)
	r.json(&s.Absences)
	s.Active, s.Lang = r.bool(), huifang.Lang(r.text())
	s.Org, s.ID, s.Version = r.id(), r.id(), r.int()
	return s
}

// Staff is the person with the id.
func (q *Reads) Staff(ctx context.Context, org, id huifang.ID) (*huifang.Staff, error) {
	return first(ctx, q, "staff", scanStaff, sqlStaff, org, id)
}

// StaffByCode is the person with the import code.
func (q *Reads) StaffByCode(ctx context.Context, org huifang.ID, code string) (*huifang.Staff, error) {
	return first(ctx, q, "staff", scanStaff, sqlStaffByCode, org, code)
}

// StaffByLogin is the person with the log-in name.
func (q *Reads) StaffByLogin(ctx context.Context, org huifang.ID, login string) (*huifang.Staff, error) {
	return first(ctx, q, "staff", scanStaff, sqlStaffByLogin, org, login)
}

// StaffList lists everybody, active or not, by code.
func (q *Reads) StaffList(ctx context.Context, org huifang.ID) ([]*huifang.Staff, error) {
	all, err := list(ctx, q, scanStaff, sqlStaffList, org)
	return byCode(all), err
}

// StaffInRole lists the active holders of a role in exactly that unit, by code;
// unit "" means those who hold it without belonging to a unit.
func (q *Reads) StaffInRole(ctx context.Context, org huifang.ID, role string, unit huifang.ID) ([]*huifang.Staff, error) {
	all, err := list(ctx, q, scanStaff, sqlStaffInRole, org, org, role, orZero(unit))
	return byCode(all), err
}

func byCode(all []*huifang.Staff) []*huifang.Staff {
	slices.SortFunc(all, func(a, b *huifang.Staff) int {
		return cmp.Or(strings.Compare(a.Code, b.Code), strings.Compare(string(a.ID), string(b.ID)))
	})
	return all
}

// SaveStaff inserts (Version 0) or updates (stale Version: conflict). A code or
// log-in that is taken is a conflict.
func (tx *Tx) SaveStaff(ctx context.Context, s *huifang.Staff) error {
	fresh := s.Version == 0
	if err := tx.save(ctx, &s.Version, sqlStaffInsert, sqlStaffUpdate,
		optional(s.Code), s.Name, optional(s.Login), s.Phone, s.Email, asJSON{s.Units}, asJSON{s.Roles}, asJSON{s.Qualifications},
		asJSON{s.Absences}, s.Active, s.Lang, s.Org, s.ID); err != nil {
		return err
	}
	if !fresh {
		if err := tx.put(ctx, sqlStaffRoleDelete, s.Org, s.ID); err != nil {
			return err
		}
	}
	units := s.Units
	if len(units) == 0 {
		units = []huifang.ID{""}
	}
	for _, role := range s.Roles {
		for _, unit := range units {
			if err := tx.put(ctx, sqlStaffRoleInsert, s.Org, role, orZero(unit), s.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// PutStaff inserts or overwrites by Code, and sets ID and Version to what is
// kept.
func (tx *Tx) PutStaff(ctx context.Context, s *huifang.Staff) error {
	old, err := tx.StaffByCode(ctx, s.Org, s.Code)
	if err := tx.adopt(err, &s.ID, &s.Version, func() (huifang.ID, int64) { return old.ID, old.Version }); err != nil {
		return err
	}
	return tx.SaveStaff(ctx, s)
}

const (
	roleColumns = "name_zh, name_en, permissions, org_id, code, rev"

	sqlRoles   = "SELECT " + roleColumns + " FROM role WHERE org_id = $1 ORDER BY code"
	sqlRolePut = "INSERT INTO role (" + roleColumns + `) VALUES ($1, $2, $3, $4, $5, 1) ON CONFLICT (org_id, code)
DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en, permissions = excluded.permissions, rev = role.rev + 1 RETURNING rev`
	sqlRoleUpdate = "UPDATE role SET name_zh = $1, name_en = $2, permissions = $3, rev = rev + 1 WHERE org_id = $4 AND code = $5 AND rev = $6"
)

func scanRole(r *row) *huifang.Role {
	role := &huifang.Role{Name: huifang.Text{ZH: r.text(), EN: r.text()}}
	r.json(&role.Permissions)
	role.Org, role.Code, role.Version = r.id(), r.text(), r.int()
	return role
}

// Roles lists the organization's roles, by code.
func (q *Reads) Roles(ctx context.Context, org huifang.ID) ([]*huifang.Role, error) {
	return list(ctx, q, scanRole, sqlRoles, org)
}

// SaveRole updates (stale Version: conflict); with Version 0 it inserts or
// overwrites by Code.
func (tx *Tx) SaveRole(ctx context.Context, role *huifang.Role) error {
	args := []any{role.Name.ZH, role.Name.EN, asJSON{role.Permissions}, role.Org, role.Code}
	if role.Version > 0 {
		return tx.save(ctx, &role.Version, "", sqlRoleUpdate, args...)
	}
	rev, err := number(ctx, &tx.Reads, sqlRolePut, args...)
	set(tx, &role.Version, rev)
	return err
}
