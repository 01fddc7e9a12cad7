package store

import (
	"context"

	"github.com/huifang/huifang"
)

const (
	versionColumns = "org_id, kind, code, version, hash, at, definition"

	sqlVersionOf     = "SELECT " + versionColumns + " FROM program_version WHERE org_id = $1 AND kind = $2 AND code = $3 AND version = $4"
	sqlVersionNewest = "SELECT " + versionColumns + ` FROM program_version WHERE org_id = $1 AND kind = $2 AND code = $3
ORDER BY version DESC LIMIT 1`
	sqlVersionsNewest = "SELECT " + versionColumns + ` FROM program_version AS v WHERE org_id = $1 AND kind = $2 AND version =
(SELECT MAX(version) FROM program_version AS w WHERE w.org_id = v.org_id AND w.kind = v.kind AND w.code = v.code) ORDER BY code`
	sqlVersionsOf    = "SELECT " + versionColumns + " FROM program_version WHERE org_id = $1 AND kind = $2 AND code = $3 ORDER BY version DESC LIMIT 1000"
	sqlVersionInsert = "INSERT INTO program_version (" + versionColumns + ") VALUES ($1, $2, $3, $4, $5, $6, $7)"

	settingColumns   = "active, override, org_id, program, unit_id, rev"
	sqlSettings      = "SELECT " + settingColumns + " FROM program_setting WHERE org_id = $1 ORDER BY program, unit_id"
	sqlSettingInsert = "INSERT INTO program_setting (" + settingColumns + ") VALUES ($1, $2, $3, $4, $5, 1)"
	sqlSettingUpdate = `UPDATE program_setting SET active = $1, override = $2, rev = rev + 1
WHERE org_id = $3 AND program = $4 AND unit_id = $5 AND rev = $6`
)

func scanVersion(r *row) *huifang.ProgramVersion {
	return &huifang.ProgramVersion{
		Org: r.id(), Kind: r.text(), Code: r.text(), Version: r.num(), Hash: r.text(), At: r.instant(), Definition: r.text(),
	}
}

// ProgramVersion is one version of a definition; version 0 is the newest.
func (q *Reads) ProgramVersion(ctx context.Context, org huifang.ID, kind, code string, version int) (*huifang.ProgramVersion, error) {
	if version == 0 {
		return first(ctx, q, "program", scanVersion, sqlVersionNewest, org, kind, code)
	}
	return first(ctx, q, "program", scanVersion, sqlVersionOf, org, kind, code, version)
}

// VersionsOf lists every version of a definition, the newest first.
func (q *Reads) VersionsOf(ctx context.Context, org huifang.ID, kind, code string) ([]*huifang.ProgramVersion, error) {
	return list(ctx, q, scanVersion, sqlVersionsOf, org, kind, code)
}

// ProgramVersions lists the newest version of every definition of a kind, by
// code.
func (q *Reads) ProgramVersions(ctx context.Context, org huifang.ID, kind string) ([]*huifang.ProgramVersion, error) {
	return list(ctx, q, scanVersion, sqlVersionsNewest, org, kind)
}

// SaveProgramVersion keeps a definition. Where its Hash is that of the newest
// version, that version stays; else it becomes the next one. v.Version is set
// to it.
func (tx *Tx) SaveProgramVersion(ctx context.Context, v *huifang.ProgramVersion) error {
	newest, err := tx.ProgramVersion(ctx, v.Org, v.Kind, v.Code, 0)
	switch {
	case huifang.CodeOf(err) == huifang.CodeNotFound:
		set(tx, &v.Version, 1)
	case err != nil:
		return err
	case newest.Hash == v.Hash:
		set(tx, &v.Version, newest.Version)
		return nil
	default:
		set(tx, &v.Version, newest.Version+1)
	}
	return tx.put(ctx, sqlVersionInsert, v.Org, v.Kind, v.Code, v.Version, v.Hash, v.At, v.Definition)
}

// ProgramSettings lists all settings, by program.
func (q *Reads) ProgramSettings(ctx context.Context, org huifang.ID) ([]*huifang.ProgramSetting, error) {
	return list(ctx, q, func(r *row) *huifang.ProgramSetting {
		return &huifang.ProgramSetting{Active: r.bool(), Override: r.text(), Org: r.id(), Program: r.text(), Unit: r.id(), Row: r.int()}
	}, sqlSettings, org)
}

// SaveProgramSetting inserts (Row 0; one that exists is a conflict) or updates
// (stale Row: conflict).
func (tx *Tx) SaveProgramSetting(ctx context.Context, s *huifang.ProgramSetting) error {
	return tx.save(ctx, &s.Row, sqlSettingInsert, sqlSettingUpdate, s.Active, s.Override, s.Org, s.Program, orZero(s.Unit))
}
