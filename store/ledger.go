package store

import (
	"context"

	"github.com/huifang/huifang"
)

// What belongs to many follow-ups at once, for sheets that show it.
const (
	sqlEventsByID  = "SELECT " + eventColumns + " FROM event WHERE org_id = $1 AND id IN (?)"
	sqlCasesByID   = "SELECT " + caseColumns + " FROM case_file WHERE org_id = $1 AND id IN (?)"
	sqlAttemptsOf  = "SELECT " + attemptColumns + " FROM attempt WHERE org_id = $1 AND followup_id IN (?) ORDER BY followup_id, at, id"
	sqlReviewsOf   = "SELECT " + reviewColumns + " FROM review WHERE org_id = $1 AND followup_id IN (?) ORDER BY followup_id, at, id"
	sqlActionsOf   = "SELECT " + actionColumns + " FROM case_action WHERE org_id = $1 AND case_id IN (?) ORDER BY case_id, id"
	sqlFollowupsOn = "SELECT " + followupColumns + " FROM followup WHERE org_id = $1 AND case_id IN (?) ORDER BY closes_at, id"
)

// EventsByID are those of the ids that exist.
func (q *Reads) EventsByID(ctx context.Context, org huifang.ID, ids []huifang.ID) (map[huifang.ID]*huifang.Event, error) {
	return byKey(ctx, q, sqlEventsByID, org, ids, scanEvent, func(e *huifang.Event) huifang.ID { return e.ID })
}

// CasesByID are those of the ids that exist.
func (q *Reads) CasesByID(ctx context.Context, org huifang.ID, ids []huifang.ID) (map[huifang.ID]*huifang.Case, error) {
	return byKey(ctx, q, sqlCasesByID, org, ids, scanCase, func(c *huifang.Case) huifang.ID { return c.ID })
}

// AttemptsOf are the attempts of the follow-ups, by follow-up and time.
func (q *Reads) AttemptsOf(ctx context.Context, org huifang.ID, followups []huifang.ID) (map[huifang.ID][]*huifang.Attempt, error) {
	return manyOf(ctx, q, sqlAttemptsOf, org, followups, scanAttempt, func(a *huifang.Attempt) huifang.ID { return a.Followup })
}

// ReviewsOf are the reviews of the follow-ups, by follow-up and time.
func (q *Reads) ReviewsOf(ctx context.Context, org huifang.ID, followups []huifang.ID) (map[huifang.ID][]*huifang.Review, error) {
	return manyOf(ctx, q, sqlReviewsOf, org, followups, scanReview, func(r *huifang.Review) huifang.ID { return r.Followup })
}

// ActionsOf are the measures of the cases, by case.
func (q *Reads) ActionsOf(ctx context.Context, org huifang.ID, cases []huifang.ID) (map[huifang.ID][]*huifang.Action, error) {
	return manyOf(ctx, q, sqlActionsOf, org, cases, scanAction, func(a *huifang.Action) huifang.ID { return a.Case })
}

// FollowupsOn are the follow-ups that opened or check the cases, by case and
// closing. Why is left empty.
func (q *Reads) FollowupsOn(ctx context.Context, org huifang.ID, cases []huifang.ID) (map[huifang.ID][]*huifang.Followup, error) {
	return manyOf(ctx, q, sqlFollowupsOn, org, cases, scanFollowup, func(f *huifang.Followup) huifang.ID { return f.Case })
}

// manyOf is byKey where a key has several.
func manyOf[T any](ctx context.Context, q *Reads, sql string, org huifang.ID, keys []huifang.ID, scan func(*row) T, key func(T) huifang.ID) (map[huifang.ID][]T, error) {
	out := make(map[huifang.ID][]T, len(keys))
	err := eachKey(ctx, q, sql, []any{org}, keys, func(r *row) error {
		v := scan(r)
		out[key(v)] = append(out[key(v)], v)
		return nil
	})
	return out, err
}
