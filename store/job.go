package store

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/huifang/huifang"
)

const (
	jobColumns = "org_id, id, kind, once, args, due, tries, lease, errors, finished"

	// A waiting job of the same name is written, not just looked at, so that
	// the caller's transaction fails where it was finished meanwhile.
	sqlJobInsert = `INSERT INTO job (org_id, id, kind, once, args, due, tries, errors, ready) VALUES ($1, $2, $3, $4, $5, $6, 0, '', $7)
ON CONFLICT (org_id, kind, once) WHERE ready IS NOT NULL DO UPDATE SET once = excluded.once`
	sqlJobOrganizations = `SELECT id FROM organization WHERE EXISTS
(SELECT 1 FROM job WHERE job.org_id = organization.id AND job.ready <= $1) ORDER BY id`
	sqlJobNext = `SELECT MIN(soonest) FROM (SELECT (SELECT MIN(ready) FROM job
WHERE job.org_id = organization.id AND job.ready IS NOT NULL) AS soonest FROM organization) AS each_organization`

	// The picking SELECT is a materialized CTE: as a subquery PostgreSQL may run
	// it again for each row it joins, and every run skips what the last one
	// locked, so more rows than the limit were leased.
	sqlJobClaim = `WITH picked AS MATERIALIZED (SELECT id FROM job WHERE org_id = $1 AND ready <= $2 ORDER BY ready, id LIMIT $3 /* skip */)
UPDATE job SET lease = $4, ready = $5, tries = tries + 1 WHERE org_id = $6
AND id IN (SELECT id FROM picked) RETURNING ` + jobColumns
	sqlJobFinish = "UPDATE job SET finished = $1, ready = NULL, lease = NULL WHERE org_id = $2 AND id = $3 AND tries = $4 AND lease = $5"
	sqlJobFail   = `UPDATE job SET due = $1, ready = $2, finished = $3, errors = $4, lease = NULL
WHERE org_id = $5 AND id = $6 AND tries = $7 AND lease = $8`
	sqlJobPrune   = "DELETE FROM job WHERE org_id = $1 AND finished < $2"
	sqlJobsOpen   = "SELECT " + jobColumns + " FROM job WHERE org_id = $1 AND ready IS NOT NULL ORDER BY ready, id LIMIT $2"
	sqlJobsClosed = "SELECT " + jobColumns + " FROM job WHERE org_id = $1 AND finished IS NOT NULL ORDER BY finished DESC, id LIMIT $2"
)

// maxJobErrors is how many of its errors a job keeps, the first and the newest.
const maxJobErrors = 20

// JobError is one entry of huifang.Job.Errors, a JSON list.
type JobError struct {
	At    time.Time `json:"at"`
	Try   int       `json:"try"`
	Error string    `json:"error"`
}

func scanJob(r *row) *huifang.Job {
	return &huifang.Job{
		Org: r.id(), ID: r.id(), Kind: r.text(), Unique: r.text(), Args: r.text(), Due: r.instant(), Tries: r.num(), Lease: r.instant(),
		Errors: r.text(), Finished: r.instant(),
	}
}

// Enqueue adds jobs to the transaction; one whose (Kind, Unique) is unfinished
// already is dropped. Due may not be zero.
func (tx *Tx) Enqueue(ctx context.Context, jobs ...*huifang.Job) error {
	for _, j := range jobs {
		if err := tx.put(ctx, sqlJobInsert, j.Org, j.ID, j.Kind, optional(j.Unique), j.Args, j.Due, j.Due); err != nil {
			return err
		}
		tx.jobs = true
	}
	return nil
}

// JobOrganizations are the organizations with a job to run by now.
func (q *Reads) JobOrganizations(ctx context.Context, now time.Time) ([]huifang.ID, error) {
	return list(ctx, q, (*row).id, sqlJobOrganizations, now)
}

// NextJob is when the earliest unfinished job becomes due or its lease ends;
// zero when there is none.
func (q *Reads) NextJob(ctx context.Context) (time.Time, error) {
	var at time.Time
	err := q.run.query(ctx, sqlJobNext, nil, func(r *row) error {
		at = r.instant()
		return nil
	})
	return at, err
}

// ClaimJobs leases at most limit jobs due by now until the instant, earliest
// first. Tries counts the claim. A job whose lease ended is due again.
func (tx *Tx) ClaimJobs(ctx context.Context, org huifang.ID, now, until time.Time, limit int) ([]*huifang.Job, error) {
	return list(ctx, &tx.Reads, scanJob, strings.Replace(sqlJobClaim, " /* skip */", tx.skip, 1), org, now, limit, until, until, org)
}

// FinishJobs finishes claimed jobs; one whose lease somebody else holds by now
// is a conflict.
func (tx *Tx) FinishJobs(ctx context.Context, at time.Time, jobs ...*huifang.Job) error {
	for _, j := range jobs {
		if err := tx.check(ctx, changed, sqlJobFinish, at, j.Org, j.ID, j.Tries, j.Lease); err != nil {
			return err
		}
	}
	return nil
}

// FailJob notes the problem of a claimed job and makes it due again at retry; a
// zero retry gives it up: it counts as finished. A lost lease is a conflict.
func (tx *Tx) FailJob(ctx context.Context, j *huifang.Job, at, retry time.Time, problem string) error {
	var past []JobError
	if j.Errors != "" {
		if err := json.Unmarshal([]byte(j.Errors), &past); err != nil {
			return huifang.Wrap(err)
		}
	}
	past = append(past, JobError{at, j.Tries, problem})
	if len(past) > maxJobErrors {
		past = append(past[:1], past[len(past)-maxJobErrors+1:]...)
	}
	due, finished := retry, time.Time{}
	if retry.IsZero() {
		due, finished = j.Due, at
	}
	if err := tx.check(ctx, changed, sqlJobFail, due, retry, finished, asJSON{past}, j.Org, j.ID, j.Tries, j.Lease); err != nil {
		return err
	}
	tx.jobs = true
	return nil
}

// DeleteJobs forgets the organization's jobs finished before the instant.
func (tx *Tx) DeleteJobs(ctx context.Context, org huifang.ID, before time.Time) error {
	return tx.put(ctx, sqlJobPrune, org, before)
}

// Jobs lists unfinished jobs, the most urgent first, or finished ones, the
// newest first.
func (q *Reads) Jobs(ctx context.Context, org huifang.ID, finished bool, limit int) ([]*huifang.Job, error) {
	if finished {
		return list(ctx, q, scanJob, sqlJobsClosed, org, limit)
	}
	return list(ctx, q, scanJob, sqlJobsOpen, org, limit)
}
