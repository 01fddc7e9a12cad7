package store

import (
	"context"
	"time"

	"github.com/huifang/huifang"
)

const (
	attemptColumns   = "org_id, followup_id, id, staff_id, at, channel, phone, disposition, note, call_back_at"
	sqlAttempts      = "SELECT " + attemptColumns + " FROM attempt WHERE org_id = $1 AND followup_id = $2 ORDER BY at, id"
	sqlAttemptInsert = "INSERT INTO attempt (" + attemptColumns + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"

	recordColumns = `org_id, id, followup_id, staff_id, at, channel, form, form_version, score, scored, band, satisfied, signatures,
corrects_id, answers`
	sqlRecord       = "SELECT " + recordColumns + " FROM record WHERE org_id = $1 AND id = $2"
	sqlRecords      = "SELECT " + recordColumns + " FROM record WHERE org_id = $1 AND followup_id = $2 ORDER BY at, id"
	sqlRecordsOf    = "SELECT " + recordColumns + " FROM record WHERE org_id = $1 AND followup_id IN (?) ORDER BY at, id"
	sqlRecordInsert = "INSERT INTO record (" + recordColumns + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"

	reviewColumns   = "org_id, followup_id, id, record_id, staff_id, at, decision, opinion"
	sqlReviews      = "SELECT " + reviewColumns + " FROM review WHERE org_id = $1 AND followup_id = $2 ORDER BY at, id"
	sqlReviewInsert = "INSERT INTO review (" + reviewColumns + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"

	notPlannedColumns   = "org_id, enrollment_id, program, step, occurrence, event_id, contact_id, asset_id, unit_id, reason, at, why"
	sqlNotPlannedOf     = "SELECT " + notPlannedColumns + " FROM not_planned WHERE org_id = $1 AND enrollment_id = $2 ORDER BY program, step, occurrence, at"
	sqlNotPlannedEvent  = "SELECT " + notPlannedColumns + " FROM not_planned WHERE org_id = $1 AND event_id = $2 ORDER BY program, step, occurrence, at"
	sqlNotPlannedInsert = "INSERT INTO not_planned (" + notPlannedColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT (org_id, enrollment_id, program, step, occurrence, event_id)
DO UPDATE SET reason = excluded.reason, at = excluded.at, why = excluded.why`
	sqlNotPlannedCounts = `SELECT program, reason, COUNT(*) FROM not_planned WHERE org_id = $1 AND at >= $2 AND at < $3
GROUP BY program, reason ORDER BY program, reason`
)

func scanAttempt(r *row) *huifang.Attempt {
	return &huifang.Attempt{
		Org: r.id(), Followup: r.id(), ID: r.id(), Staff: r.id(), At: r.instant(), Channel: huifang.Channel(r.text()), Phone: r.text(),
		Disposition: huifang.Disposition(r.text()), Note: r.text(), CallBackAt: r.instant(),
	}
}

// Attempts lists a follow-up's attempts by time.
func (q *Reads) Attempts(ctx context.Context, org, followup huifang.ID) ([]*huifang.Attempt, error) {
	return list(ctx, q, scanAttempt, sqlAttempts, org, followup)
}

// InsertAttempt appends.
func (tx *Tx) InsertAttempt(ctx context.Context, a *huifang.Attempt) error {
	return tx.put(ctx, sqlAttemptInsert, a.Org, a.Followup, a.ID, a.Staff, a.At, a.Channel, a.Phone, a.Disposition, a.Note, a.CallBackAt)
}

func scanRecord(r *row) *huifang.Record {
	v := &huifang.Record{
		Org: r.id(), ID: r.id(), Followup: r.id(), Staff: r.id(), At: r.instant(), Channel: huifang.Channel(r.text()), Form: r.text(),
		FormVer: r.num(), Score: r.float(), Scored: r.bool(), Band: r.text(), Satisfied: huifang.Verdict(r.text()),
	}
	r.json(&v.Signatures)
	v.Corrects = r.id()
	r.json(&v.Answers)
	return v
}

// Record is the record with the id.
func (q *Reads) Record(ctx context.Context, org, id huifang.ID) (*huifang.Record, error) {
	return first(ctx, q, "record", scanRecord, sqlRecord, org, id)
}

// Records lists a follow-up's records by time; the last one counts.
func (q *Reads) Records(ctx context.Context, org, followup huifang.ID) ([]*huifang.Record, error) {
	return list(ctx, q, scanRecord, sqlRecords, org, followup)
}

// RecordsOf are the last records of the follow-ups, by follow-up (exports).
func (q *Reads) RecordsOf(ctx context.Context, org huifang.ID, followups []huifang.ID) (map[huifang.ID]*huifang.Record, error) {
	return byKey(ctx, q, sqlRecordsOf, org, followups, scanRecord, func(r *huifang.Record) huifang.ID { return r.Followup })
}

// InsertRecord appends.
func (tx *Tx) InsertRecord(ctx context.Context, r *huifang.Record) error {
	return tx.put(ctx, sqlRecordInsert, r.Org, r.ID, r.Followup, r.Staff, r.At, r.Channel, r.Form, r.FormVer, r.Score, r.Scored, r.Band,
		r.Satisfied, asJSON{r.Signatures}, r.Corrects, asJSON{r.Answers})
}

func scanReview(r *row) *huifang.Review {
	return &huifang.Review{
		Org: r.id(), Followup: r.id(), ID: r.id(), Record: r.id(), Staff: r.id(), At: r.instant(),
		Decision: huifang.ReviewState(r.text()), Opinion: r.text(),
	}
}

// Reviews lists a follow-up's reviews by time.
func (q *Reads) Reviews(ctx context.Context, org, followup huifang.ID) ([]*huifang.Review, error) {
	return list(ctx, q, scanReview, sqlReviews, org, followup)
}

// InsertReview appends.
func (tx *Tx) InsertReview(ctx context.Context, v *huifang.Review) error {
	return tx.put(ctx, sqlReviewInsert, v.Org, v.Followup, v.ID, v.Record, v.Staff, v.At, v.Decision, v.Opinion)
}

// NotPlannedCount is how often a reason was recorded for a program.
type NotPlannedCount struct {
	Program string
	Reason  string
	N       int
}

func scanNotPlanned(r *row) *huifang.NotPlanned {
	return &huifang.NotPlanned{
		Org: r.id(), Enrollment: r.id(), Program: r.text(), Step: r.text(), Occurrence: r.num(), Event: r.id(), Contact: r.id(), Asset: r.id(),
		Unit: r.id(), Reason: r.text(), At: r.instant(), Why: r.text(),
	}
}

// InsertNotPlanned records what was not planned; the same (Program, Enrollment,
// Step, Occurrence, Event) again overwrites.
func (tx *Tx) InsertNotPlanned(ctx context.Context, ns ...*huifang.NotPlanned) error {
	for _, n := range ns {
		if err := tx.put(ctx, sqlNotPlannedInsert, n.Org, orZero(n.Enrollment), n.Program, n.Step, n.Occurrence, orZero(n.Event), n.Contact,
			n.Asset, n.Unit, n.Reason, n.At, n.Why); err != nil {
			return err
		}
	}
	return nil
}

// NotPlannedOf lists what was not planned for an enrollment.
func (q *Reads) NotPlannedOf(ctx context.Context, org, enrollment huifang.ID) ([]*huifang.NotPlanned, error) {
	return list(ctx, q, scanNotPlanned, sqlNotPlannedOf, org, orZero(enrollment))
}

// NotPlannedByEvent lists what was not planned because of an event.
func (q *Reads) NotPlannedByEvent(ctx context.Context, org, event huifang.ID) ([]*huifang.NotPlanned, error) {
	return list(ctx, q, scanNotPlanned, sqlNotPlannedEvent, org, orZero(event))
}

// NotPlannedCounts counts by program and reason what was recorded in [from, to).
func (q *Reads) NotPlannedCounts(ctx context.Context, org huifang.ID, from, to time.Time) ([]NotPlannedCount, error) {
	return list(ctx, q, func(r *row) NotPlannedCount {
		return NotPlannedCount{Program: r.text(), Reason: r.text(), N: r.num()}
	}, sqlNotPlannedCounts, org, from, to)
}
