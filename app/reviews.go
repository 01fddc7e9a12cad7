package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// ReviewQueue lists completed follow-ups whose records wait for review, the
// earliest window first, without the actor's own. A page may be shorter than
// asked and yet have a next one. followup.review within the actor's units.
func (a *App) ReviewQueue(ctx context.Context, actor *huifang.Actor, f FollowupFilter, p Page) (Paged[FollowupLine], error) {
	f, none, err := a.reviewable(actor, f)
	if err != nil || none {
		return Paged[FollowupLine]{}, err
	}
	page, err := a.listLines(ctx, actor.Org, f, ByCloses, p)
	page.Items = slices.DeleteFunc(page.Items, func(l FollowupLine) bool { return huifang.CanReviewFollowup(actor, l.Followup) != nil })
	return page, err
}

func (a *App) reviewable(actor *huifang.Actor, f FollowupFilter) (_ FollowupFilter, none bool, err error) {
	if err := actor.Require(huifang.PermFollowupReview); err != nil {
		return f, false, err
	}
	f.Now = a.now()
	f.States, f.Review = []huifang.State{huifang.StateCompleted}, []huifang.ReviewState{huifang.ReviewPending}
	f.Units, none = scope(actor, f.Units)
	return f, none, nil
}

// countReviews counts the queue; records of the actor's own are left out by
// looking at them, up to the bound of counting.
func (a *App) countReviews(ctx context.Context, actor *huifang.Actor, f FollowupFilter) (int, error) {
	g, none, err := a.reviewable(actor, f)
	if err != nil || none {
		return 0, err
	}
	all, err := a.reads().CountFollowups(ctx, actor.Org, g, mostCounted)
	if err != nil || all >= mostCounted || f.Assignee != "" && f.Assignee != actor.Staff {
		return all, err
	}
	g.Assignee = actor.Staff
	own, err := a.reads().CountFollowups(ctx, actor.Org, g, mostCounted)
	return all - own, err
}

// ReviewInput is a reviewer's decision.
type ReviewInput struct {
	Row      int64
	Decision huifang.ReviewState // qualified, unqualified or redo
	Opinion  string              // required unless qualified
	Closes   huifang.Date        // redo: the new last day; 0 or NoDate: as it was
}

// Reviewed is what a review changed.
type Reviewed struct {
	Followup *huifang.Followup
	Review   *huifang.Review
	Case     *huifang.Case // unqualified: the case it is handled as
}

// Review decides on the record of a completed follow-up: never on one's own or
// one that the actor corrected (review.own), and once (review.already); a record that was not sampled may be
// reviewed too. Unqualified makes that the follow-up's verdict and opens a case
// to the unit's head. Redo plans the follow-up again, for the same people; its
// next record replaces the one it has, and both are kept.
func (a *App) Review(ctx context.Context, actor *huifang.Actor, id huifang.ID, in ReviewInput) (*Reviewed, error) {
	in.Opinion = strings.TrimSpace(in.Opinion)
	if err := checkReview(&in); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	var out *Reviewed
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		f, err := tx.Followup(ctx, actor.Org, id)
		if err != nil {
			return err
		}
		if err := huifang.CanReviewFollowup(actor, f); err != nil {
			return err
		}
		if err := waitsForReview(f); err != nil {
			return err
		}
		if err := stale(in.Row, f.Row); err != nil {
			return err
		}
		out, err = a.review(ctx, tx, d, actor, f, in)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func checkReview(in *ReviewInput) error {
	switch in.Decision {
	case huifang.ReviewQualified:
		return nil
	case huifang.ReviewUnqualified, huifang.ReviewRedo:
		return required("opinion", in.Opinion)
	case huifang.ReviewNone, huifang.ReviewPending:
	}
	return fieldFault("decision", "review.decision", huifang.Text{
		ZH: "审核结论应为 qualified（合格）、unqualified（不合格）或 redo（退回重做）", EN: "a decision is qualified, unqualified or redo",
	})
}

func waitsForReview(f *huifang.Followup) error {
	if f.State != huifang.StateCompleted {
		return huifang.Fail(huifang.CodeConflict, "followup.not_completed", huifang.Textf(
			"回访 %s 没有完成，无可审核的记录", "follow-up %s is not completed; there is no record to review", f.Number))
	}
	if f.Review != huifang.ReviewPending && f.Review != huifang.ReviewNone {
		return huifang.Fail(huifang.CodeConflict, "review.already", huifang.Textf("回访 %s 已审核", "follow-up %s is reviewed already", f.Number))
	}
	return nil
}

func (a *App) review(ctx context.Context, tx *store.Tx, d *directory, actor *huifang.Actor, f *huifang.Followup, in ReviewInput) (*Reviewed, error) {
	records, err := tx.Records(ctx, f.Org, f.ID)
	if err != nil {
		return nil, err
	}
	r := &huifang.Review{Org: f.Org, ID: a.newID(), Followup: f.ID, Staff: actor.Staff, At: a.now(), Decision: in.Decision, Opinion: in.Opinion}
	var answers huifang.Attributes
	if n := len(records); n > 0 {
		if records[n-1].Staff == actor.Staff { // who corrected it is its author
			return nil, huifang.OwnRecord()
		}
		r.Record, answers = records[n-1].ID, records[n-1].Answers
	}
	if err := tx.InsertReview(ctx, r); err != nil {
		return nil, err
	}
	out := &Reviewed{Followup: f, Review: r}
	f.Review = in.Decision
	switch in.Decision {
	case huifang.ReviewRedo:
		err = a.redo(ctx, tx, d, f, in)
	case huifang.ReviewUnqualified:
		out.Case, err = a.unqualified(ctx, tx, d, actor, f, answers)
	default:
		err = tx.UpdateFollowup(ctx, f)
	}
	if err != nil {
		return nil, err
	}
	return out, a.audit(ctx, tx, actor, "followup.reviewed", "followup", f.ID, map[string]any{"decision": in.Decision, "opinion": in.Opinion, "record": r.Record})
}

// unqualified handles a record as a complaint: in the case the follow-up opened
// or checks, where that is not closed, else in a new one.
func (a *App) unqualified(ctx context.Context, tx *store.Tx, d *directory, actor *huifang.Actor, f *huifang.Followup, answers huifang.Attributes) (*huifang.Case, error) {
	f.Satisfied = huifang.VerdictUnqualified
	var c *huifang.Case
	if f.Case != "" {
		kept, err := tx.Case(ctx, f.Org, f.Case)
		if err != nil {
			return nil, err
		}
		if kept.Followup != f.ID || kept.State != huifang.CaseClosed {
			c = kept
		}
	}
	if c != nil {
		if err := tx.UpdateFollowup(ctx, f); err != nil {
			return nil, err
		}
		return c, a.openAgain(ctx, tx, d, actor, c, "unqualified")
	}
	c, err := a.judgedCase(ctx, tx, d, f, answers)
	if err != nil {
		return nil, err
	}
	f.Case = c.ID
	if err := tx.UpdateFollowup(ctx, f); err != nil {
		return nil, err
	}
	return c, a.openCase(ctx, tx, d, c)
}

// redo plans a completed follow-up again.
func (a *App) redo(ctx context.Context, tx *store.Tx, d *directory, f *huifang.Followup, in ReviewInput) error {
	if in.Closes != 0 && in.Closes != huifang.NoDate {
		f.Window.Closes = huifang.Moment{Date: in.Closes, Clock: huifang.NoClock}
		if err := d.checkWindow(f, f.Window, a.now()); err != nil {
			return err
		}
	}
	f.DoneAt, f.DoneBy, f.NextTry = time.Time{}, "", time.Time{}
	f.Score, f.Scored, f.Satisfied = 0, false, huifang.VerdictNone
	if err := a.reopen(ctx, tx, d, f); err != nil {
		return err
	}
	var who []huifang.ID
	for _, as := range f.Assignees {
		who = append(who, as.Staff)
	}
	return a.tell(ctx, tx, d, "followup.redo", f, who...)
}
