package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/huifang/huifang"
)

const (
	enrollmentColumns = "program, subject, key_id, contact_id, asset_id, unit_id, wake_at, active, state, org_id, id, rev"

	sqlEnrollment       = "SELECT " + enrollmentColumns + " FROM enrollment WHERE org_id = $1 AND id = $2"
	sqlEnrollmentByKey  = "SELECT " + enrollmentColumns + " FROM enrollment WHERE org_id = $1 AND program = $2 AND key_id = $3"
	sqlEnrollmentsByKey = "SELECT " + enrollmentColumns + " FROM enrollment WHERE org_id = $1 AND program = $2 AND key_id IN (?)"
	sqlEnrollments      = "SELECT " + enrollmentColumns + " FROM enrollment WHERE org_id = ? AND active = 1"
	sqlEnrollmentsDue   = "SELECT " + enrollmentColumns + " FROM enrollment WHERE org_id = $1 AND wake_at <= $2 ORDER BY wake_at, id LIMIT $3"

	sqlEnrollmentInsert = "INSERT INTO enrollment (" + enrollmentColumns + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)"
	sqlEnrollmentUpdate = `UPDATE enrollment SET program = $1, subject = $2, key_id = $3, contact_id = $4, asset_id = $5, unit_id = $6,
wake_at = $7, active = $8, state = $9, rev = rev + 1 WHERE org_id = $10 AND id = $11 AND rev = $12`
	// What changes every time; the keys stay, so that their indexes do.
	sqlEnrollmentAdvance = "UPDATE enrollment SET wake_at = $1, state = $2, rev = rev + 1 WHERE org_id = $3 AND id = $4 AND rev = $5"

	sqlDueOrganizations = `SELECT id FROM organization WHERE EXISTS
(SELECT 1 FROM enrollment WHERE enrollment.org_id = organization.id AND enrollment.wake_at <= $1) ORDER BY id`
)

func scanEnrollment(r *row) *huifang.Enrollment {
	return &huifang.Enrollment{
		Program: r.text(), Subject: r.text(), Key: r.id(), Contact: r.id(), Asset: r.id(), Unit: r.id(),
		WakeAt: r.instant(), Active: r.bool(), State: r.bytes(), Org: r.id(), ID: r.id(), Row: r.int(),
	}
}

// Enrollment is the enrollment with the id.
func (q *Reads) Enrollment(ctx context.Context, org, id huifang.ID) (*huifang.Enrollment, error) {
	return first(ctx, q, "enrollment", scanEnrollment, sqlEnrollment, org, id)
}

// EnrollmentByKey is the subject's enrollment in the program.
func (q *Reads) EnrollmentByKey(ctx context.Context, org huifang.ID, program string, key huifang.ID) (*huifang.Enrollment, error) {
	return first(ctx, q, "enrollment", scanEnrollment, sqlEnrollmentByKey, org, program, key)
}

// EnrollmentsByKeys are those of the subjects that are enrolled in the program,
// by subject.
func (q *Reads) EnrollmentsByKeys(ctx context.Context, org huifang.ID, program string, keys []huifang.ID) (map[huifang.ID]*huifang.Enrollment, error) {
	out := make(map[huifang.ID]*huifang.Enrollment, len(keys))
	err := eachKey(ctx, q, sqlEnrollmentsByKey, []any{org, program}, keys, func(r *row) error {
		e := scanEnrollment(r)
		out[e.Key] = e
		return nil
	})
	return out, err
}

// ActiveEnrollments lists the active enrollments that concern a contact or an
// asset, in the order they were made; one of the two must be given, both mean
// either. Programs nil: of every program.
func (q *Reads) ActiveEnrollments(ctx context.Context, org, contact, asset huifang.ID, programs []string) ([]*huifang.Enrollment, error) {
	var out []*huifang.Enrollment
	for column, id := range map[string]huifang.ID{"contact_id": contact, "asset_id": asset} {
		if id == "" {
			continue
		}
		t := newText(sqlEnrollments, org)
		t.ifID(column, id)
		if programs != nil {
			in(t, "program", programs)
		}
		found, err := rows(ctx, q, t, scanEnrollment)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	slices.SortFunc(out, func(a, b *huifang.Enrollment) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return slices.CompactFunc(out, func(a, b *huifang.Enrollment) bool { return a.ID == b.ID }), nil
}

// DueOrganizations are the organizations with an enrollment to wake by now.
func (q *Reads) DueOrganizations(ctx context.Context, now time.Time) ([]huifang.ID, error) {
	return list(ctx, q, (*row).id, sqlDueOrganizations, now)
}

// DueEnrollments picks at most limit enrollments to wake by now, earliest first.
// In a transaction it holds them: another node's transaction picks others.
func (q *Reads) DueEnrollments(ctx context.Context, org huifang.ID, now time.Time, limit int) ([]*huifang.Enrollment, error) {
	return list(ctx, q, scanEnrollment, sqlEnrollmentsDue+q.skip, org, now, limit)
}

// SaveEnrollment inserts (Row 0; a subject enrolled already is a conflict) or
// updates (stale Row: conflict) and sets the new Row. An ended enrollment
// (not Active) should have no WakeAt.
func (tx *Tx) SaveEnrollment(ctx context.Context, e *huifang.Enrollment) error {
	return tx.save(ctx, &e.Row, sqlEnrollmentInsert, sqlEnrollmentUpdate,
		e.Program, e.Subject, e.Key, e.Contact, e.Asset, e.Unit, e.WakeAt, e.Active, e.State, e.Org, e.ID)
}

// AdvanceEnrollment writes State and WakeAt only (stale Row: conflict): cheaper
// than SaveEnrollment where nothing else changed.
func (tx *Tx) AdvanceEnrollment(ctx context.Context, e *huifang.Enrollment) error {
	return tx.save(ctx, &e.Row, "", sqlEnrollmentAdvance, e.WakeAt, e.State, e.Org, e.ID)
}
