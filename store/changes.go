package store

import (
	"context"

	"github.com/huifang/huifang"
)

const (
	sqlMarker = `SELECT COALESCE((SELECT seq FROM audit_head WHERE org_id = $1), 0),
COALESCE((SELECT CAST(SUM(last) AS BIGINT) FROM counter WHERE org_id = $2 AND kind = 'HF'), 0),
COALESCE((SELECT CAST(SUM(last) AS BIGINT) FROM counter WHERE org_id = $3 AND kind = 'AJ'), 0)`
	sqlAuditSince = "SELECT " + auditColumns + " FROM audit WHERE org_id = $1 AND seq > $2 ORDER BY seq LIMIT $3"
)

// Marker moves with every change that people would like to see: what is
// audited, and each new follow-up and case. Reading it costs three rows.
type Marker struct {
	Audit     int64 // sequence number of the newest audit entry
	Followups int64 // how many were ever numbered
	Cases     int64
}

// Marker is where the organization's changes stand. All of it moves in the
// order of commits.
func (q *Reads) Marker(ctx context.Context, org huifang.ID) (Marker, error) {
	return first(ctx, q, "organization", func(r *row) Marker {
		return Marker{Audit: r.int(), Followups: r.int(), Cases: r.int()}
	}, sqlMarker, org, org, org)
}

// AuditSince lists at most limit entries after the sequence number, in order.
func (q *Reads) AuditSince(ctx context.Context, org huifang.ID, seq int64, limit int) ([]*huifang.AuditEntry, error) {
	return list(ctx, q, scanAudit, sqlAuditSince, org, seq, limit)
}
