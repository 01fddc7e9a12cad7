package app

import (
	"context"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// Answer is what a request was answered with.
type Answer struct {
	Status int // HTTP-like: below 500 it is final
	Body   string
}

// Statuses of a key without a final answer.
const (
	onceRunning  = 0
	onceReleased = -1
)

// onceWait is how long a request may run before its key counts as cut off.
const onceWait = 2 * time.Minute

// Once lets a request that may be sent again take effect once: do runs for the
// first request with the actor's key, later ones get its answer. hash stands
// for the request's content: another content under the same key is a
// CodeConflict with reason idempotency.reused. While the first one runs it is
// idempotency.running; if the process ended in between, idempotency.unfinished
// for good, for nobody can tell whether it took effect. An answer of 500 and
// above, or 429, settles nothing: the request may be sent again with its key.
func (a *App) Once(ctx context.Context, actor *huifang.Actor, key, hash string, do func() Answer) (Answer, error) {
	claim := &huifang.Idempotency{Org: actor.Org, Key: string(actor.Staff+actor.Token) + ":" + key, Hash: hash, Status: onceRunning, At: a.now()}
	kept, err := a.claim(ctx, claim)
	if err != nil {
		return Answer{}, err
	}
	if kept != nil {
		return a.repeated(kept, hash)
	}
	got := do()
	done := *claim
	done.Status, done.Answer = got.Status, got.Body
	if got.Status >= 500 || got.Status == 429 {
		done.Status, done.Answer = onceReleased, ""
	}
	err = a.store.Write(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		return tx.ReplaceIdempotency(ctx, &done, onceRunning)
	})
	if err != nil {
		a.log.WarnContext(ctx, "an answer could not be kept for its idempotency key", "error", err)
	}
	return got, nil
}

// claim takes the key, or tells what is kept under it.
func (a *App) claim(ctx context.Context, claim *huifang.Idempotency) (kept *huifang.Idempotency, err error) {
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		kept = nil
		k, err := tx.Idempotency(ctx, claim.Org, claim.Key)
		switch {
		case huifang.CodeOf(err) == huifang.CodeNotFound:
			return tx.InsertIdempotency(ctx, claim)
		case err != nil:
			return err
		case k.Status == onceReleased:
			return tx.ReplaceIdempotency(ctx, claim, onceReleased)
		}
		kept = k
		return nil
	})
	if huifang.CodeOf(err) == huifang.CodeConflict { // another node was quicker
		return nil, onceFault("idempotency.running", "相同 Idempotency-Key 的请求正在处理，请稍后重试", "a request with the same Idempotency-Key is being handled; try again shortly")
	}
	return kept, err
}

// repeated answers a request that came before.
func (a *App) repeated(kept *huifang.Idempotency, hash string) (Answer, error) {
	switch {
	case kept.Hash != hash:
		return Answer{}, onceFault("idempotency.reused", "该 Idempotency-Key 已用于另一个请求，请换一个新的", "this Idempotency-Key was used for another request; take a new one")
	case kept.Status != onceRunning:
		return Answer{Status: kept.Status, Body: kept.Answer}, nil
	case a.now().Sub(kept.At) < onceWait:
		return Answer{}, onceFault("idempotency.running", "相同 Idempotency-Key 的请求正在处理，请稍后重试", "a request with the same Idempotency-Key is being handled; try again shortly")
	}
	return Answer{}, onceFault("idempotency.unfinished", "相同 Idempotency-Key 的请求中途中断，无法确定是否生效；请核对后换新的 Idempotency-Key 重试", "the request with this Idempotency-Key was cut off and may or may not have taken effect; check, then send it with a new one")
}

func onceFault(reason, zh, en string) error {
	return huifang.Fail(huifang.CodeConflict, reason, huifang.Text{ZH: zh, EN: en})
}
