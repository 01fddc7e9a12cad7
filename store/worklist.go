package store

import (
	"context"
	"strings"
	"time"

	"github.com/huifang/huifang"
)

// FollowupFilter selects follow-ups; empty fields select all.
type FollowupFilter struct {
	Now        time.Time       // splits planned from overdue; needed when States names only one of them
	States     []huifang.State // as shown, see huifang.Followup.StateAt
	Units      []huifang.ID    // nil: all; "" among them: those without a unit
	Assignee   huifang.ID
	Lead       huifang.ID
	Unassigned bool // nobody was found to do it
	Program    string
	Step       string
	Channel    huifang.Channel // the first it is to be done by
	Contact    huifang.ID
	Asset      huifang.ID
	Event      huifang.ID
	Enrollment huifang.ID
	Case       huifang.ID
	Month      huifang.Month
	Satisfied  []huifang.Verdict
	Review     []huifang.ReviewState
	OpensFrom  time.Time // OpensAt >= OpensFrom
	OpensTo    time.Time // OpensAt < OpensTo
	ClosesFrom time.Time // ClosesAt >= ClosesFrom
	ClosesTo   time.Time // ClosesAt < ClosesTo
	DoneFrom   time.Time // DoneAt >= DoneFrom
	DoneTo     time.Time // DoneAt < DoneTo
	OnTime     *bool     // completed, within or after the window
	Late       *bool     // whether it carries the Late mark
	Missed     bool      // besides States, those that were overdue when they were cancelled
	Text       string    // number; part of the contact's or asset's name, code, phone or address
}

// FollowupSort is the order of a list of follow-ups; the id decides ties.
type FollowupSort string

// The orders. By opening needs a filter that a person's eyes could read through
// (open ones, a contact, a month…); a list of everything is by month and
// closing instead.
const (
	ByCloses  FollowupSort = "closes"
	ByOpens   FollowupSort = "opens"
	ByCreated FollowupSort = "created"
)

const (
	fewUnits  = 16  // so many are looked up one by one and merged
	textLimit = 500 // contacts and assets that a text may name

	sqlFollowupKeys = " AS fid FROM followup f WHERE f.org_id = ?"
	sqlAssigneeKeys = ` AS fid FROM followup_assignee a JOIN followup f ON f.org_id = a.org_id AND f.id = a.followup_id
WHERE a.org_id = ? AND a.staff_id = ? AND a.open = ?`
	sqlAssigned = ` AND EXISTS (SELECT 1 FROM followup_assignee a WHERE a.org_id = ? AND a.staff_id = ? AND a.open IN (0, 1)
AND a.closes_at = f.closes_at AND a.followup_id = f.id)`
	sqlFollowupPage  = " JOIN followup ON followup.org_id = ? AND followup.id = page.fid ORDER BY "
	sqlFollowupEach  = "SELECT " + followupColumns + " FROM followup f WHERE f.org_id = ?"
	sqlFollowupCount = "SELECT COUNT(*) FROM (SELECT 1 FROM followup f WHERE f.org_id = ?"
	sqlContactSearch = "SELECT id FROM contact WHERE org_id = ?"
	sqlAssetSearch   = "SELECT id FROM asset WHERE org_id = ?"
	sqlEventSubject  = "SELECT contact_id, asset_id FROM event WHERE org_id = $1 AND id = $2"

	sqlOpenLoad = `SELECT staff_id, COUNT(*) FROM followup_assignee WHERE org_id = ? AND open = 1`
	sqlLateDue  = "SELECT " + followupColumns + `, why FROM followup WHERE org_id = $1 AND state = 'planned' AND late = 0 AND closes_at <= $2
ORDER BY closes_at, id LIMIT $3`
)

// Followups lists one page. Why is left empty in lists.
func (q *Reads) Followups(ctx context.Context, org huifang.ID, f FollowupFilter, sort FollowupSort, p Page) (Paged[*huifang.Followup], error) {
	w, err := q.plan(ctx, org, f, sort)
	if err != nil || w.empty {
		return Paged[*huifang.Followup]{}, err
	}
	t, err := w.page(p)
	if err != nil {
		return Paged[*huifang.Followup]{}, err
	}
	found, err := rows(ctx, q, t, scanFollowup)
	return paged(found, p, w.mark), err
}

// CountFollowups counts up to limit: a result of limit means as many or more.
func (q *Reads) CountFollowups(ctx context.Context, org huifang.ID, f FollowupFilter, limit int) (int, error) {
	w, err := q.plan(ctx, org, f, ByCloses)
	if err != nil || w.empty {
		return 0, err
	}
	w.f.Units = f.Units
	t := newText(sqlFollowupCount, org)
	mine := w.byPerson != nil && w.open
	if mine {
		t = newText(sqlCountOf, org, f.Assignee)
	}
	if w.distinct {
		w.anyWay(t)
	}
	w.where(t, !mine)
	t.add(" LIMIT ?) AS found", limit)
	n, err := number(ctx, q, t.b.String(), t.args...)
	return int(n), err
}

// anyWay appends that one of the ways of a text must hold.
func (w *worklist) anyWay(t *text) {
	for i, b := range w.ways {
		t.add(map[bool]string{true: " AND (", false: " OR "}[i == 0]+strings.TrimPrefix(b.cond, " AND "), b.args...)
	}
	t.add(")")
}

// EachFollowup hands over all that match, by month and closing, from one
// consistent state (exports). Why is left empty. each must not use the store.
func (q *Reads) EachFollowup(ctx context.Context, org huifang.ID, f FollowupFilter, each func(*huifang.Followup) error) error {
	w, err := q.plan(ctx, org, f, ByCloses)
	if err != nil || w.empty {
		return err
	}
	w.f.Units = f.Units
	t := newText(sqlFollowupEach, org)
	if w.distinct {
		w.anyWay(t)
	}
	w.where(t, true)
	t.add(" ORDER BY f.due_month, f.closes_at, f.id")
	return q.run.query(ctx, t.b.String(), t.args, func(r *row) error {
		v := scanFollowup(r)
		if r.err != nil {
			return r.err
		}
		return each(v)
	})
}

// OpenLoad counts the open follow-ups of each of the staff; who has none is
// left out.
func (q *Reads) OpenLoad(ctx context.Context, org huifang.ID, staff []huifang.ID) (map[huifang.ID]int, error) {
	out := make(map[huifang.ID]int, len(staff))
	t := newText(sqlOpenLoad, org)
	in(t, "staff_id", staff)
	t.add(" GROUP BY staff_id")
	err := q.run.query(ctx, t.b.String(), t.args, func(r *row) error {
		id := r.id()
		out[id] = r.num()
		return nil
	})
	return out, err
}

// LateDue lists planned follow-ups whose window closed by now and that are not
// marked Late yet, earliest first. In a transaction it holds them: another
// node's transaction picks others.
func (q *Reads) LateDue(ctx context.Context, org huifang.ID, now time.Time, limit int) ([]*huifang.Followup, error) {
	found, err := list(ctx, q, scanFollowupWhy, sqlLateDue+q.skip, org, now, limit)
	q.note(found...)
	return found, err
}
