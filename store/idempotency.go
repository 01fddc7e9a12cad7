package store

import (
	"context"
	"time"

	"github.com/huifang/huifang"
)

const (
	sqlIdempotency        = "SELECT org_id, key, hash, status, answer, at FROM idempotency WHERE org_id = $1 AND key = $2"
	sqlIdempotencyInsert  = "INSERT INTO idempotency (org_id, key, hash, status, answer, at) VALUES ($1, $2, $3, $4, $5, $6)"
	sqlIdempotencyReplace = "UPDATE idempotency SET hash = $1, status = $2, answer = $3, at = $4 WHERE org_id = $5 AND key = $6 AND status = $7"
	sqlIdempotencyPrune   = "DELETE FROM idempotency WHERE org_id = $1 AND at < $2"
)

// Idempotency is the answer kept for the key.
func (q *Reads) Idempotency(ctx context.Context, org huifang.ID, key string) (*huifang.Idempotency, error) {
	return first(ctx, q, "idempotency", func(r *row) *huifang.Idempotency {
		return &huifang.Idempotency{Org: r.id(), Key: r.text(), Hash: r.text(), Status: r.num(), Answer: r.text(), At: r.instant()}
	}, sqlIdempotency, org, key)
}

// InsertIdempotency keeps an answer, in the transaction it answers for; a key
// kept already is a conflict.
func (tx *Tx) InsertIdempotency(ctx context.Context, i *huifang.Idempotency) error {
	return tx.put(ctx, sqlIdempotencyInsert, i.Org, i.Key, i.Hash, i.Status, i.Answer, i.At)
}

// ReplaceIdempotency overwrites the answer kept for the key; one whose status
// is not was any more is a conflict.
func (tx *Tx) ReplaceIdempotency(ctx context.Context, i *huifang.Idempotency, was int) error {
	return tx.check(ctx, changed, sqlIdempotencyReplace, i.Hash, i.Status, i.Answer, i.At, i.Org, i.Key, was)
}

// DeleteIdempotency forgets the organization's keys kept before the instant.
func (tx *Tx) DeleteIdempotency(ctx context.Context, org huifang.ID, before time.Time) error {
	return tx.put(ctx, sqlIdempotencyPrune, org, before)
}
