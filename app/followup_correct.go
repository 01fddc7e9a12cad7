package app

import (
	"context"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
	"github.com/huifang/huifang/store"
)

// CorrectInput is what a record should have said.
type CorrectInput struct {
	Row        int64
	Channel    huifang.Channel // empty: as it was
	Answers    huifang.Attributes
	Signatures []huifang.Signature // nil: as they were
	Reason     string
}

// CorrectRecord replaces the record of a completed follow-up by a new one that
// names it; both are kept. The follow-up takes the new verdict and score, which
// in a closed month shows as a restatement, and a sampled record waits for
// review again. A correction that first shows the customer dissatisfied, or the
// service unqualified, opens a case to the unit's head, as the outcome rules
// took the first record. It takes the author of the record or followup.manage.
func (a *App) CorrectRecord(ctx context.Context, actor *huifang.Actor, id huifang.ID, in CorrectInput) (*Completed, error) {
	in.Reason = strings.TrimSpace(in.Reason)
	if err := required("reason", in.Reason); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	seen, result, err := a.evaluate(ctx, actor, d, id, in.Answers, canCorrect)
	if err != nil {
		return nil, err
	}
	if in.Channel != "" || in.Signatures != nil {
		ch := in.Channel
		if ch == "" {
			ch = huifang.ChannelOther
		}
		if err := checkRecord(ch, in.Signatures, a.now()); err != nil {
			return nil, err
		}
	}
	if err := a.checkFiles(ctx, seen, d.set.Form(seen.Form), result.Answers, in.Signatures); err != nil {
		return nil, err
	}
	var out *Completed
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		f, err := tx.Followup(ctx, actor.Org, id)
		if err != nil {
			return err
		}
		if err := canCorrect(actor, f); err != nil {
			return err
		}
		if f.FormVer != seen.FormVer || f.Form != seen.Form {
			return stale(seen.Row, f.Row)
		}
		if err := stale(in.Row, f.Row); err != nil {
			return err
		}
		out, err = a.correct(ctx, tx, d, actor, f, in, result)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func canCorrect(actor *huifang.Actor, f *huifang.Followup) error {
	if f.DoneBy != actor.Staff || actor.Staff == "" || !actor.Can(huifang.PermFollowupWork) {
		if err := huifang.CanManageFollowup(actor, f); err != nil {
			return err
		}
	}
	if f.State != huifang.StateCompleted {
		return huifang.Fail(huifang.CodeConflict, "followup.not_completed", huifang.Textf(
			"回访 %s 没有完成，没有可更正的记录", "follow-up %s is not completed; it has no record to correct", f.Number))
	}
	return nil
}

func (a *App) correct(ctx context.Context, tx *store.Tx, d *directory, actor *huifang.Actor, f *huifang.Followup, in CorrectInput, result form.Result) (*Completed, error) {
	records, err := tx.Records(ctx, f.Org, f.ID)
	if err != nil {
		return nil, err
	}
	r := newRecord(a, f, actor, in.Channel, in.Signatures, result)
	if n := len(records); n > 0 {
		last := records[n-1]
		r.Corrects = last.ID
		if in.Channel == "" {
			r.Channel = last.Channel
		}
		if in.Signatures == nil {
			r.Signatures = last.Signatures
		}
	}
	if err := tx.InsertRecord(ctx, r); err != nil {
		return nil, err
	}
	was := f.Satisfied
	f.Score, f.Scored, f.Satisfied = r.Score, r.Scored, r.Satisfied
	if f.Review != huifang.ReviewNone {
		f.Review = huifang.ReviewPending
	}
	out := &Completed{Followup: f, Record: r}
	if worse(r.Satisfied) && !worse(was) && f.Case == "" {
		c, err := a.judgedCase(ctx, tx, d, f, r.Answers)
		if err != nil {
			return nil, err
		}
		f.Case = c.ID
		out.Cases = append(out.Cases, c)
	}
	if err := tx.UpdateFollowup(ctx, f); err != nil {
		return nil, err
	}
	for _, c := range out.Cases {
		if err := a.openCase(ctx, tx, d, c); err != nil {
			return nil, err
		}
	}
	if err := a.settleChecked(ctx, tx, d, actor, f, out); err != nil {
		return nil, err
	}
	return out, a.audit(ctx, tx, actor, "record.corrected", "followup", f.ID, map[string]any{
		"record": r.ID, "corrects": r.Corrects, "reason": in.Reason, "verdict": r.Satisfied, "was": was,
	})
}

// worse tells a verdict that opens a case.
func worse(v huifang.Verdict) bool {
	return v == huifang.VerdictDissatisfied || v == huifang.VerdictUnqualified
}
