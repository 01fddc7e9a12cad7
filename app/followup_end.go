package app

import (
	"context"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/store"
)

// CompleteInput is what a follow-up found.
type CompleteInput struct {
	Row        int64
	Channel    huifang.Channel
	Answers    huifang.Attributes
	Signatures []huifang.Signature

	also func(ctx context.Context, tx *store.Tx) error // to be done in the same transaction; nil: nothing
}

// Completed is a follow-up that ended, and what followed from it.
type Completed struct {
	Followup *huifang.Followup
	Record   *huifang.Record     // nil unless it was completed
	Cases    []*huifang.Case     // opened, or opened again
	Planned  []*huifang.Followup // by the program, for the outcome
}

// Complete keeps the record of a follow-up and ends it. The answers are
// evaluated by the form in the version it was planned with: faults, and answers
// to items it does not have, come back as form.invalid, each located by its item. The record's verdict and score become
// the follow-up's; the program's share of records is sampled for review; what
// the program's outcome rules demand follows in the same transaction. A
// follow-up that checks a case closes it when the customer is satisfied, and
// opens it again when not.
//
// It takes work permission on the follow-up and, where the program demands a
// licence, that licence. Conflicts: followup.already_completed,
// followup.already_closed, followup.cancelled, followup.not_open, store.stale;
// forbidden: followup.not_yours, staff.not_qualified.
func (a *App) Complete(ctx context.Context, actor *huifang.Actor, id huifang.ID, in CompleteInput) (*Completed, error) {
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	seen, result, err := a.evaluate(ctx, actor, d, id, in.Answers, huifang.CanWorkFollowup)
	if err != nil {
		return nil, err
	}
	now := a.now()
	if err := checkRecord(in.Channel, in.Signatures, now); err != nil {
		return nil, err
	}
	if err := a.checkFiles(ctx, seen, d.set.Form(seen.Form), result.Answers, in.Signatures); err != nil {
		return nil, err
	}
	var out *Completed
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		f, err := loadOpen(ctx, tx, actor, id, in.Row, huifang.CanWorkFollowup)
		if err != nil {
			return err
		}
		if f.Form != seen.Form || f.FormVer != seen.FormVer {
			return stale(seen.Row, f.Row) // planned again meanwhile
		}
		if err := d.mayRecord(f, actor, now); err != nil {
			return err
		}
		r := newRecord(a, f, actor, in.Channel, in.Signatures, result)
		if out, err = a.complete(ctx, tx, d, actor, f, r); err != nil || in.also == nil {
			return err
		}
		return in.also(ctx, tx)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// evaluate checks answers against the form of a follow-up before the
// transaction, so that the writer does not wait for it.
func (a *App) evaluate(ctx context.Context, actor *huifang.Actor, d *directory, id huifang.ID, answers huifang.Attributes,
	can func(*huifang.Actor, *huifang.Followup) error,
) (*huifang.Followup, form.Result, error) {
	f, err := a.reads().Followup(ctx, actor.Org, id)
	if err != nil {
		return nil, form.Result{}, err
	}
	if err := can(actor, f); err != nil {
		return nil, form.Result{}, err
	}
	def, err := a.formOf(ctx, d, f.Form, f.FormVer)
	if err != nil {
		return nil, form.Result{}, err
	}
	if def == nil {
		return f, form.Result{Answers: answers}, nil
	}
	if f.State == huifang.StateCancelled {
		return nil, form.Result{}, stillOpen(f)
	}
	if err := def.Unknown(answers); err != nil {
		return nil, form.Result{}, err
	}
	r, err := def.Evaluate(answers)
	return f, r, err
}

// mayRecord refuses to record before the window opens, and whoever lacks the
// licence the program demands.
func (d *directory) mayRecord(f *huifang.Followup, actor *huifang.Actor, now time.Time) error {
	if err := d.windowOpen(f, now); err != nil {
		return err
	}
	if s := d.person[actor.Staff]; s != nil {
		return d.qualified(f, s, huifang.DateOf(now, d.zoneOf(f.Unit)))
	}
	return nil
}

// newRecord is a record of a follow-up by the actor.
func newRecord(a *App, f *huifang.Followup, actor *huifang.Actor, ch huifang.Channel, signed []huifang.Signature, r form.Result) *huifang.Record {
	return &huifang.Record{
		Org: f.Org, ID: a.newID(), Followup: f.ID, Staff: actor.Staff, At: a.now(), Channel: ch, Form: f.Form, FormVer: f.FormVer,
		Answers: r.Answers, Score: r.Score, Scored: r.Scored, Band: r.Band, Satisfied: r.Verdict, Signatures: signed,
	}
}

func checkRecord(ch huifang.Channel, signed []huifang.Signature, now time.Time) error {
	if err := checkChannel(ch); err != nil {
		return err
	}
	for i := range signed {
		s := &signed[i]
		s.Name = strings.TrimSpace(s.Name)
		if s.By != "customer" && s.By != "staff" {
			return fieldFault("signatures.by", "signature.by", huifang.Text{ZH: "签字人应为 customer（客户）或 staff（员工）", EN: "a signature is by the customer or by staff"})
		}
		if err := required("signatures.name", s.Name); err != nil {
			return err
		}
		if s.At.IsZero() || s.At.After(now) {
			s.At = now
		}
	}
	return nil
}

// complete keeps the record, ends the follow-up by it, and settles what
// follows.
func (a *App) complete(ctx context.Context, tx *store.Tx, d *directory, actor *huifang.Actor, f *huifang.Followup, r *huifang.Record) (*Completed, error) {
	records, err := tx.Records(ctx, f.Org, f.ID)
	if err != nil {
		return nil, err
	}
	if n := len(records); n > 0 { // sent back by a reviewer: the new record replaces the old
		r.Corrects = records[n-1].ID
	}
	if err := tx.InsertRecord(ctx, r); err != nil {
		return nil, err
	}
	f.DoneAt, f.DoneBy, f.Reason, f.NextTry = r.At, actor.Staff, "", time.Time{}
	f.Late = !f.DoneAt.Before(f.ClosesAt)
	f.Score, f.Scored, f.Satisfied = r.Score, r.Scored, r.Satisfied
	if !f.TakenAt.IsZero() && f.ReturnedAt.IsZero() {
		f.ReturnedAt = r.At
	}
	f.Review = huifang.ReviewNone
	if d.sampled(f) {
		f.Review = huifang.ReviewPending
	}
	s, err := a.settle(ctx, tx, d, f, outcome{State: huifang.StateCompleted, At: r.At, Staff: actor.Staff, Answers: r.Answers})
	if err != nil {
		return nil, ended(f, err)
	}
	out := &Completed{Followup: f, Record: r, Cases: s.Cases, Planned: s.Planned}
	if err := a.settleChecked(ctx, tx, d, actor, f, out); err != nil {
		return nil, err
	}
	return out, a.audit(ctx, tx, actor, "followup.completed", "followup", f.ID, map[string]any{
		"record": r.ID, "verdict": r.Satisfied, "channel": r.Channel, "review": f.Review,
	})
}

// ended gives the engine's refusal the reason that the state has.
func ended(f *huifang.Followup, err error) error {
	if huifang.ReasonOf(err) == "followup.already_done" {
		done := *f
		done.State = huifang.StateCompleted
		return stillOpen(&done)
	}
	return err
}

// CloseUnreachable ends a follow-up whose contact could not be reached, with
// the reason, once the program's ladder is used up: before that it is a
// followup.tries_left for everybody, who may postpone it or, permitted to
// manage, waive it. Work permission on the follow-up.
func (a *App) CloseUnreachable(ctx context.Context, actor *huifang.Actor, id huifang.ID, row int64, reason string) (*Completed, error) {
	return a.closeWith(ctx, actor, id, row, reason, huifang.StateUnreachable, huifang.CanWorkFollowup)
}

// Waive decides, with the reason, that a follow-up need not be done. It leaves
// the follow-up rate. followup.manage in its unit.
func (a *App) Waive(ctx context.Context, actor *huifang.Actor, id huifang.ID, row int64, reason string) (*Completed, error) {
	return a.closeWith(ctx, actor, id, row, reason, huifang.StateWaived, huifang.CanManageFollowup)
}

func (a *App) closeWith(ctx context.Context, actor *huifang.Actor, id huifang.ID, row int64, reason string, state huifang.State,
	can func(*huifang.Actor, *huifang.Followup) error,
) (out *Completed, err error) {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return nil, fieldFault("reason", "reason.missing", huifang.Text{ZH: "请填写原因", EN: "name the reason"})
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		f, err := loadOpen(ctx, tx, actor, id, row, can)
		if err != nil {
			return err
		}
		if state == huifang.StateUnreachable {
			if err := a.ladderUsedUp(ctx, tx, d, f); err != nil {
				return err
			}
		}
		out, err = a.end(ctx, tx, d, actor, f, state, reason)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// ladderUsedUp refuses to give up on a contact before every try was made, and
// says what is missing.
func (a *App) ladderUsedUp(ctx context.Context, tx *store.Tx, d *directory, f *huifang.Followup) error {
	attempts, err := tx.Attempts(ctx, f.Org, f.ID)
	if err != nil {
		return err
	}
	var c *huifang.Contact
	if f.Contact != "" {
		if c, err = tx.Contact(ctx, f.Org, f.Contact); err != nil {
			return err
		}
	}
	try := a.nextTry(d, f, c, attempts)
	switch {
	case try.Exhausted:
		return nil
	case try.Reached:
		return huifang.Fail(huifang.CodeConflict, "followup.was_reached", huifang.Text{
			ZH: "最近一次尝试已接通客户，不能按无法联系结束；请登记回访结果", EN: "the last attempt reached the customer, so this cannot be closed as unreachable; complete it",
		})
	}
	return triesLeft(&try, d.ladder(f).Tries, d.zoneOf(f.Unit))
}

// triesLeft says how many tries the ladder wants, how many it has seen, and
// when the next is due.
func triesLeft(try *plan.Try, tries int, zone *time.Location) error {
	made := max(tries-try.Left, 0)
	text := huifang.Textf("应尝试联系 %d 次后方可按无法联系结束，现有 %d 次", "this may be closed as unreachable after %d tries; there are %d so far", tries, made)
	if try.Early > 0 {
		more := huifang.Textf("（另有 %d 次与前次间隔不足，不计）", " (%d more came too soon after another to count)", try.Early)
		text = huifang.Text{ZH: text.ZH + more.ZH, EN: text.EN + more.EN}
	}
	next := huifang.Text{ZH: "；现在即可再次尝试", EN: "; the next may be made now"}
	if !try.At.IsZero() {
		at := try.At.In(zone).Format("2006-01-02 15:04")
		next = huifang.Textf("；下次尝试不早于 %s", "; the next is due at %s", at)
	}
	return huifang.Fail(huifang.CodeConflict, "followup.tries_left", huifang.Text{ZH: text.ZH + next.ZH, EN: text.EN + next.EN})
}

// end closes a follow-up without a record, and settles what follows.
func (a *App) end(ctx context.Context, tx *store.Tx, d *directory, actor *huifang.Actor, f *huifang.Followup, state huifang.State, reason string) (*Completed, error) {
	now := a.now()
	f.DoneAt, f.DoneBy, f.Reason, f.NextTry, f.Review = now, actor.Staff, reason, time.Time{}, huifang.ReviewNone
	f.Satisfied, f.Score, f.Scored = huifang.VerdictNone, 0, false
	if !f.TakenAt.IsZero() && f.ReturnedAt.IsZero() {
		f.ReturnedAt = now
	}
	s, err := a.settle(ctx, tx, d, f, outcome{State: state, At: now, Staff: actor.Staff, Reason: reason})
	if err != nil {
		return nil, ended(f, err)
	}
	out := &Completed{Followup: f, Cases: s.Cases, Planned: s.Planned}
	return out, a.audit(ctx, tx, actor, "followup."+string(state), "followup", f.ID, map[string]any{"reason": reason})
}
