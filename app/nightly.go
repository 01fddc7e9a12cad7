package app

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// How long what was once needed is kept.
const (
	keptAnswers = 7 * 24 * time.Hour  // answers to requests that may be sent again
	keptJobs    = 30 * 24 * time.Hour // finished jobs
)

// Nightly does what an organization needs once a day: it flags recurrences of
// this month and the last, forgets what has expired, and sees that the rollup
// of statistics equals a recount; one that does not is logged and rebuilt. A
// part that fails does not keep the others from being done. It may run at any
// time and any number of times.
func (a *App) Nightly(ctx context.Context, org huifang.ID) error {
	d, err := a.directory(ctx, org)
	if err != nil {
		return err
	}
	now := a.now()
	month := huifang.DateOf(now, d.zone).Month()
	last := (month.First() - 1).Month()
	var faults []error
	for _, m := range []huifang.Month{last, month} {
		_, err := a.DetectRecurrences(ctx, system(org), m)
		faults = append(faults, err)
	}
	faults = append(faults, a.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.DeleteExpiredSessions(ctx, org, now); err != nil {
			return err
		}
		if err := tx.DeleteIdempotency(ctx, org, now.Add(-keptAnswers)); err != nil {
			return err
		}
		return tx.DeleteJobs(ctx, org, now.Add(-keptJobs))
	}), a.sweepAliases(ctx, org), a.verifyTallies(ctx, org))
	return errors.Join(faults...)
}

// verifyTallies recounts the rollup and mends it where it is wrong.
func (a *App) verifyTallies(ctx context.Context, org huifang.ID) error {
	wrong, err := a.store.VerifyTallies(ctx, org)
	if err != nil || len(wrong) == 0 {
		return err
	}
	a.log.ErrorContext(ctx, "rollup differs from a recount and is rebuilt", "org", org, "rows", len(wrong), "first", wrong[0])
	return a.store.RebuildTallies(ctx, org)
}

// NextNight is when an organization's nightly work is due next: half past two
// at night where it is.
func (a *App) NextNight(ctx context.Context, org huifang.ID, after time.Time) (time.Time, error) {
	d, err := a.directory(ctx, org)
	if err != nil {
		return time.Time{}, err
	}
	const at = huifang.Clock(150)
	day := huifang.DateOf(after, d.zone)
	next := day.At(at, d.zone)
	if !next.After(after) {
		next = (day + 1).At(at, d.zone)
	}
	return next, nil
}

// DeliverMessage sends the message that a JobMessage asks for. While the
// organization has no channel that sends by itself, whoever answers for the
// follow-up is told to send it, so that no message is lost.
func (a *App) DeliverMessage(ctx context.Context, j *huifang.Job) error {
	var m message
	if err := json.Unmarshal([]byte(j.Args), &m); err != nil {
		return huifang.Wrap(err)
	}
	d, err := a.directory(ctx, j.Org)
	if err != nil {
		return err
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		f, err := tx.Followup(ctx, j.Org, m.Followup)
		if err != nil || f.State != huifang.StatePlanned {
			return err
		}
		who := []huifang.ID{f.Lead}
		if f.Lead == "" {
			who = d.inCharge(f.Unit)
		}
		name, text := d.nameOf(f), huifang.Text{ZH: m.Template, EN: m.Template}
		if script := d.script(m.Template); script != nil {
			text = script.Name
		}
		for _, id := range who {
			err := tx.InsertAlerts(ctx, &huifang.Alert{
				Org: j.Org, ID: a.newID(), Staff: id, Kind: "message.due", Followup: f.ID, At: a.now(),
				Text: huifang.Text{ZH: name.ZH + "：请向客户发送消息“" + text.In(huifang.ZH) + "”", EN: name.EN + ": send the customer the message “" + text.In(huifang.EN) + "”"},
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}
