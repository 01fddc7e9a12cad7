package store

import (
	"context"

	"github.com/huifang/huifang"
)

const (
	sqlFile       = "SELECT org_id, hash, media, name, size, staff_id, created FROM file WHERE org_id = $1 AND hash = $2"
	sqlFileInsert = `INSERT INTO file (org_id, hash, media, name, size, staff_id, created) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (org_id, hash) DO UPDATE SET size = excluded.size`
	sqlFileUses = "SELECT org_id, hash, kind, record_id FROM file_use WHERE org_id = $1 AND hash = $2 ORDER BY kind, record_id LIMIT 100"
	sqlFilesOf  = `SELECT file.org_id, file.hash, media, name, size, staff_id, created FROM file_use JOIN file ON file.org_id = file_use.org_id
AND file.hash = file_use.hash WHERE file_use.org_id = $1 AND file_use.record_id = $2 AND file_use.kind = $3 ORDER BY created, file.hash`
	sqlFileAttach = `INSERT INTO file_use (org_id, hash, kind, record_id) VALUES ($1, $2, $3, $4)
ON CONFLICT (org_id, hash, kind, record_id) DO UPDATE SET kind = excluded.kind`

	sqlPreferences = "SELECT org_id, staff_id, page, name, body FROM preference WHERE org_id = $1 AND staff_id = $2 ORDER BY page, name"
	sqlPreference  = `INSERT INTO preference (org_id, staff_id, page, name, body) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (org_id, staff_id, page, name) DO UPDATE SET body = excluded.body`
	sqlPreferenceDelete = "DELETE FROM preference WHERE org_id = $1 AND staff_id = $2 AND page = $3 AND name = $4"
)

func scanFile(r *row) *huifang.File {
	return &huifang.File{Org: r.id(), Hash: r.hash(), Media: r.text(), Name: r.text(), Size: r.int(), Staff: r.id(), Created: r.instant()}
}

// File is what is known of the content with the hash.
func (q *Reads) File(ctx context.Context, org huifang.ID, hash string) (*huifang.File, error) {
	return first(ctx, q, "file", scanFile, sqlFile, org, hexBytes(hash))
}

// FileUses lists records that a file is attached to, the first hundred.
func (q *Reads) FileUses(ctx context.Context, org huifang.ID, hash string) ([]*huifang.FileUse, error) {
	return list(ctx, q, func(r *row) *huifang.FileUse {
		return &huifang.FileUse{Org: r.id(), Hash: r.hash(), Kind: r.text(), Record: r.id()}
	}, sqlFileUses, org, hexBytes(hash))
}

// FilesOf lists the files of a record, oldest first.
func (q *Reads) FilesOf(ctx context.Context, org huifang.ID, kind string, record huifang.ID) ([]*huifang.File, error) {
	return list(ctx, q, scanFile, sqlFilesOf, org, record, kind)
}

// SaveFile notes a file whose content is kept; one that is known stays as it is.
func (tx *Tx) SaveFile(ctx context.Context, f *huifang.File) error {
	return tx.put(ctx, sqlFileInsert, f.Org, hexBytes(f.Hash), f.Media, f.Name, f.Size, f.Staff, f.Created)
}

// AttachFile attaches a file to a record; once.
func (tx *Tx) AttachFile(ctx context.Context, u *huifang.FileUse) error {
	return tx.put(ctx, sqlFileAttach, u.Org, hexBytes(u.Hash), u.Kind, u.Record)
}

// Preferences lists what a member of staff keeps, by page and name.
func (q *Reads) Preferences(ctx context.Context, org, staff huifang.ID) ([]*huifang.Preference, error) {
	return list(ctx, q, func(r *row) *huifang.Preference {
		return &huifang.Preference{Org: r.id(), Staff: r.id(), Page: r.text(), Name: r.text(), Body: r.text()}
	}, sqlPreferences, org, staff)
}

// SavePreference keeps or overwrites by page and name.
func (tx *Tx) SavePreference(ctx context.Context, p *huifang.Preference) error {
	return tx.put(ctx, sqlPreference, p.Org, p.Staff, p.Page, p.Name, p.Body)
}

// DeletePreference forgets; one that is not there is no error.
func (tx *Tx) DeletePreference(ctx context.Context, org, staff huifang.ID, page, name string) error {
	return tx.put(ctx, sqlPreferenceDelete, org, staff, page, name)
}
