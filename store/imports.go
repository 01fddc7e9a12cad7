package store

import (
	"context"
	"strconv"

	"github.com/huifang/huifang"
)

const (
	importColumns = "org_id, id, staff_id, file, hash, total, accepted, known, skipped, rejected, planned, closed, at, done"

	sqlImport    = "SELECT " + importColumns + " FROM import_run WHERE org_id = $1 AND id = $2"
	sqlImports   = "SELECT " + importColumns + " FROM import_run WHERE org_id = ?"
	sqlImportPut = "INSERT INTO import_run (" + importColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
ON CONFLICT (org_id, id) DO UPDATE SET total = excluded.total, accepted = excluded.accepted, known = excluded.known,
skipped = excluded.skipped, rejected = excluded.rejected, planned = excluded.planned, closed = excluded.closed, done = excluded.done`

	rejectColumns   = "org_id, import_id, seq, sheet, line, cells, reason, text_zh, text_en"
	sqlRejects      = "SELECT " + rejectColumns + " FROM import_reject WHERE org_id = ? AND import_id = ?"
	sqlRejectsFrom  = "SELECT " + rejectColumns + " FROM import_reject WHERE org_id = $1 AND import_id = $2 AND seq >= $3 ORDER BY seq LIMIT $4"
	sqlRejectsOf    = "SELECT " + rejectColumns + " FROM import_reject WHERE org_id = $1 AND import_id = $2 AND reason = $3 ORDER BY seq"
	sqlRejectInsert = "INSERT INTO import_reject (" + rejectColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (org_id, import_id, seq) DO UPDATE SET reason = excluded.reason`

	mappingColumns   = "body, org_id, name, rev"
	sqlMapping       = "SELECT " + mappingColumns + " FROM mapping WHERE org_id = $1 AND name = $2"
	sqlMappings      = "SELECT " + mappingColumns + " FROM mapping WHERE org_id = $1 ORDER BY name"
	sqlMappingInsert = "INSERT INTO mapping (" + mappingColumns + ") VALUES ($1, $2, $3, 1)"
	sqlMappingUpdate = "UPDATE mapping SET body = $1, rev = rev + 1 WHERE org_id = $2 AND name = $3 AND rev = $4"
	sqlMappingDelete = "DELETE FROM mapping WHERE org_id = $1 AND name = $2"
)

func scanImport(r *row) *huifang.Import {
	return &huifang.Import{
		Org: r.id(), ID: r.id(), Staff: r.id(), File: r.text(), Hash: r.text(), Rows: r.num(), Accepted: r.num(), Known: r.num(), Skipped: r.num(),
		Rejected: r.num(), Planned: r.num(), Closed: r.num(), At: r.instant(), Done: r.instant(),
	}
}

// Import is the import with the id.
func (q *Reads) Import(ctx context.Context, org, id huifang.ID) (*huifang.Import, error) {
	return first(ctx, q, "import", scanImport, sqlImport, org, id)
}

// Imports lists in the order they were made; Desc: newest first.
func (q *Reads) Imports(ctx context.Context, org huifang.ID, p Page) (Paged[*huifang.Import], error) {
	return pageByID(ctx, q, newText(sqlImports, org), p, scanImport, func(i *huifang.Import) huifang.ID { return i.ID })
}

// SaveImport inserts, or overwrites the counts by ID.
func (tx *Tx) SaveImport(ctx context.Context, i *huifang.Import) error {
	return tx.put(ctx, sqlImportPut, i.Org, i.ID, i.Staff, i.File, i.Hash, i.Rows, i.Accepted, i.Known, i.Skipped, i.Rejected, i.Planned,
		i.Closed, i.At, i.Done)
}

func scanReject(r *row) *huifang.ImportReject {
	v := &huifang.ImportReject{Org: r.id(), Import: r.id(), Seq: r.num(), Sheet: r.text(), Row: r.num()}
	r.json(&v.Cells)
	v.Reason, v.Text = r.text(), huifang.Text{ZH: r.text(), EN: r.text()}
	return v
}

// ImportRejects lists an import's rejected rows by Seq.
func (q *Reads) ImportRejects(ctx context.Context, org, imported huifang.ID, p Page) (Paged[*huifang.ImportReject], error) {
	order, after := p.direction()
	t := newText(sqlRejects, org, imported)
	if p.After != "" {
		n, _, err := p.keyNumber()
		if err != nil {
			return Paged[*huifang.ImportReject]{}, err
		}
		t.add(" AND seq "+after+" ?", n)
	}
	t.add(" ORDER BY seq"+order+" LIMIT ?", p.limit()+1)
	found, err := rows(ctx, q, t, scanReject)
	return paged(found, p, func(v *huifang.ImportReject) string { return cursor(strconv.Itoa(v.Seq), v.Import) }), err
}

// ImportRejectsOf lists the entries that have a reason, by Seq.
func (q *Reads) ImportRejectsOf(ctx context.Context, org, imported huifang.ID, reason string) ([]*huifang.ImportReject, error) {
	return list(ctx, q, scanReject, sqlRejectsOf, org, imported, reason)
}

// EachImportReject hands over an import's rejected rows from a Seq on, at most
// so many, as they are read. each must not use the store.
func (q *Reads) EachImportReject(ctx context.Context, org, imported huifang.ID, from, most int, each func(*huifang.ImportReject) error) error {
	return q.run.query(ctx, sqlRejectsFrom, []any{org, imported, from, most}, func(r *row) error {
		v := scanReject(r)
		if r.err != nil {
			return r.err
		}
		return each(v)
	})
}

// InsertImportRejects appends; the same Seq again is the same row.
func (tx *Tx) InsertImportRejects(ctx context.Context, rejects ...*huifang.ImportReject) error {
	for _, v := range rejects {
		if err := tx.put(ctx, sqlRejectInsert, v.Org, v.Import, v.Seq, v.Sheet, v.Row, asJSON{v.Cells}, v.Reason, v.Text.ZH, v.Text.EN); err != nil {
			return err
		}
	}
	return nil
}

func scanMapping(r *row) *huifang.Mapping {
	return &huifang.Mapping{Body: r.text(), Org: r.id(), Name: r.text(), Row: r.int()}
}

// Mapping is the saved import mapping with the name.
func (q *Reads) Mapping(ctx context.Context, org huifang.ID, name string) (*huifang.Mapping, error) {
	return first(ctx, q, "mapping", scanMapping, sqlMapping, org, name)
}

// Mappings lists by name.
func (q *Reads) Mappings(ctx context.Context, org huifang.ID) ([]*huifang.Mapping, error) {
	return list(ctx, q, scanMapping, sqlMappings, org)
}

// SaveMapping inserts (Row 0; a taken name is a conflict) or updates (stale
// Row: conflict).
func (tx *Tx) SaveMapping(ctx context.Context, m *huifang.Mapping) error {
	return tx.save(ctx, &m.Row, sqlMappingInsert, sqlMappingUpdate, m.Body, m.Org, m.Name)
}

// DeleteMapping deletes; one that is not there is not found.
func (tx *Tx) DeleteMapping(ctx context.Context, org huifang.ID, name string) error {
	return tx.check(ctx, found("mapping"), sqlMappingDelete, org, name)
}
