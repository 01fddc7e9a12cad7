package store

import (
	"context"
	"slices"
	"strconv"
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
	OnTime     *bool     // completed, within or after the window
	Late       *bool     // whether it carries the Late mark
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

// branch is one way into the table that an index serves in order; a list merges
// the pages of its branches.
type branch struct {
	cond string
	args []any
}

// worklist is a filter on its way to SQL.
type worklist struct {
	org      huifang.ID
	f        FollowupFilter
	open     bool     // only planned ones, overdue or not
	byPerson []bool   // the way in is the assignee table: its open values
	ways     []branch // else these; more than one may meet the same row only by Text
	distinct bool
	sort     []string // columns before the id
	empty    bool     // nothing can match
}

func newWorklist(org huifang.ID, f FollowupFilter) *worklist {
	return &worklist{org: org, f: f, open: len(f.States) > 0 && !slices.ContainsFunc(f.States, huifang.State.Done)}
}

// plan decides how to read the list.
func (q *Reads) plan(ctx context.Context, org huifang.ID, f FollowupFilter, sort FollowupSort) (*worklist, error) {
	w := newWorklist(org, f)
	w.empty = f.Units != nil && len(f.Units) == 0
	if err := q.anchorEvent(ctx, w); err != nil {
		return nil, err
	}
	var err error
	switch text := strings.TrimSpace(f.Text); {
	case text != "":
		err = q.anchorText(ctx, w, text)
	case w.f.Contact != "" || w.f.Asset != "" || f.Enrollment != "" || f.Case != "":
	case f.Assignee != "":
		w.byPerson = openValues(w)
	case w.open && f.Month == 0:
		w.anchorOpen()
	}
	w.order(sort)
	if len(w.ways) == 0 {
		w.ways = []branch{{}}
	}
	return w, err
}

func openValues(w *worklist) []bool {
	switch {
	case w.open:
		return []bool{true}
	case len(w.f.States) > 0 && !slices.ContainsFunc(w.f.States, func(s huifang.State) bool { return !s.Done() }):
		return []bool{false}
	}
	return []bool{true, false}
}

// anchorEvent looks for an event's follow-ups among those of its contact or
// asset, which an index finds.
func (q *Reads) anchorEvent(ctx context.Context, w *worklist) error {
	if w.f.Event == "" || w.f.Contact != "" || w.f.Asset != "" {
		return nil
	}
	w.empty = true // until the event is found
	return q.run.query(ctx, sqlEventSubject, []any{w.org, w.f.Event}, func(r *row) error {
		w.empty = false
		if w.f.Contact = r.id(); w.f.Contact == "" {
			w.f.Asset = r.id()
		}
		return nil
	})
}

// anchorText finds what the text names.
func (q *Reads) anchorText(ctx context.Context, w *worklist, words string) error {
	w.distinct = true
	w.ways = append(w.ways, branch{" AND f.number = ?", []any{strings.ToUpper(words)}})
	for _, side := range []struct{ sql, column string }{{sqlContactSearch, "f.contact_id"}, {sqlAssetSearch, "f.asset_id"}} {
		t := newText(side.sql, w.org)
		t.contains("search", words)
		t.add(" LIMIT ?", textLimit)
		ids, err := rows(ctx, q, t, (*row).id)
		if err != nil {
			return err
		}
		if len(ids) > 0 {
			args := make([]any, len(ids))
			for i, id := range ids {
				args[i] = id
			}
			w.ways = append(w.ways, branch{" AND " + side.column + " IN (?" + strings.Repeat(",?", len(ids)-1) + ")", args})
		}
	}
	return nil
}

// anchorOpen reads open follow-ups unit by unit where they are few, else the
// organization's, which are kept in two ranges.
func (w *worklist) anchorOpen() {
	if w.f.Units != nil && len(w.f.Units) <= fewUnits {
		for _, u := range zeroIDs(w.f.Units) {
			w.ways = append(w.ways, branch{" AND f.unit_id = ?", []any{u}})
		}
		w.f.Units = nil
		return
	}
	w.ways = []branch{{" AND f.late = 1", nil}, {" AND f.late = 0", nil}}
}

// order decides the columns to sort by. Where nothing narrows the list, the
// order is one that the month index begins with.
func (w *worklist) order(sort FollowupSort) {
	narrow := w.narrow()
	switch {
	case sort == ByCreated && narrow:
		w.sort = []string{"created"}
	case sort == ByCreated:
		w.sort = nil // ids are made in the order of creation
	case !narrow:
		w.sort = []string{"due_month", "closes_at"}
	case sort == ByOpens:
		w.sort = []string{"opens_at"}
	default:
		w.sort = []string{"closes_at"}
	}
}

// narrow tells that an index holds what is asked for, give or take.
func (w *worklist) narrow() bool {
	f := &w.f
	return w.open || f.Assignee != "" || strings.TrimSpace(f.Text) != "" || f.Month != 0 || f.Contact != "" || f.Asset != "" || f.Event != "" ||
		f.Enrollment != "" || f.Case != "" || slices.Equal(f.Review, []huifang.ReviewState{huifang.ReviewPending})
}

// where appends every condition of the filter on the table f.
func (w *worklist) where(t *text, assignee bool) {
	f := &w.f
	w.whereState(t)
	t.inUnits("f.unit_id", f.Units)
	t.ifID("f.contact_id", f.Contact)
	t.ifID("f.asset_id", f.Asset)
	t.ifID("f.event_id", f.Event)
	t.ifID("f.enrollment_id", f.Enrollment)
	t.ifID("f.case_id", f.Case)
	t.ifID("f.lead_id", f.Lead)
	t.ifText("f.program", f.Program)
	t.ifText("f.step", f.Step)
	if assignee && f.Assignee != "" {
		t.add(sqlAssigned, w.org, f.Assignee)
	}
	if f.Unassigned {
		t.add(" AND f.lead_id = ?", orZero(""))
	}
	if f.Month != 0 {
		t.add(" AND f.due_month = ?", f.Month)
	}
	t.span("f.opens_at", f.OpensFrom, f.OpensTo)
	t.span("f.closes_at", f.ClosesFrom, f.ClosesTo)
	w.whereOutcome(t)
}

// whereState appends the states. The literals let partial indexes be used.
func (w *worklist) whereState(t *text) {
	planned := slices.Contains(w.f.States, huifang.StatePlanned)
	overdue := slices.Contains(w.f.States, huifang.StateOverdue)
	var done []huifang.State
	for _, s := range w.f.States {
		if s.Done() {
			done = append(done, s)
		}
	}
	window := ""
	switch {
	case planned && !overdue:
		window = " AND f.closes_at > ?"
	case overdue && !planned:
		window = " AND f.closes_at <= ?"
	}
	switch {
	case len(w.f.States) == 0:
	case len(done) == 0:
		t.add(" AND f.state = 'planned'")
		if window != "" {
			t.add(window, w.f.Now)
		}
	case !planned && !overdue:
		in(t, "f.state", done)
	case window != "":
		t.add(" AND (f.state = 'planned'"+window, w.f.Now)
		t.add(" OR f.state IN (?"+strings.Repeat(",?", len(done)-1)+"))", anys(done)...)
	default:
		in(t, "f.state", append(done, huifang.StatePlanned))
	}
}

func (w *worklist) whereOutcome(t *text) {
	f := &w.f
	if len(f.Satisfied) > 0 {
		in(t, "f.satisfied", f.Satisfied)
		if !slices.ContainsFunc(f.Satisfied, func(v huifang.Verdict) bool {
			return v != huifang.VerdictDissatisfied && v != huifang.VerdictUnqualified
		}) {
			t.add(" AND f.satisfied IN ('dissatisfied', 'unqualified')")
		}
	}
	if slices.Equal(f.Review, []huifang.ReviewState{huifang.ReviewPending}) {
		t.add(" AND f.review = 'pending'")
	} else if len(f.Review) > 0 {
		in(t, "f.review", f.Review)
	}
	if f.Late != nil {
		t.add(" AND f.late = ?", *f.Late)
	}
	switch {
	case f.OnTime == nil:
	case *f.OnTime:
		t.add(" AND f.state = 'completed' AND f.done_at < f.closes_at")
	default:
		t.add(" AND f.state = 'completed' AND f.done_at >= f.closes_at")
	}
}

func anys[T any](vs []T) []any {
	out := make([]any, len(vs))
	for i, v := range vs {
		out[i] = v
	}
	return out
}

// names are the sort columns as the pages of the branches call them.
func (w *worklist) names() []string {
	out := make([]string, 0, len(w.sort)+1)
	for i := range w.sort {
		out = append(out, "k"+strconv.Itoa(i))
	}
	return append(out, "fid")
}

// branchSQL appends the SELECT of one way in.
func (w *worklist) branchSQL(t *text, b branch, person *bool, p Page, after []any) {
	columns := make([]string, 0, len(w.sort)+1)
	t.add("SELECT ")
	for i, c := range w.sort {
		column := "f." + c
		if person != nil && c == "closes_at" {
			column = "a." + c
		}
		columns = append(columns, column)
		t.add(column + " AS k" + strconv.Itoa(i) + ", ")
	}
	if person != nil {
		columns = append(columns, "a.followup_id")
		t.add("a.followup_id"+sqlAssigneeKeys, w.org, w.f.Assignee, *person)
	} else {
		columns = append(columns, "f.id")
		t.add("f.id"+sqlFollowupKeys, w.org)
	}
	t.add(b.cond, b.args...)
	w.where(t, person == nil)
	order, beyond := p.direction()
	if after != nil {
		t.add(" AND ("+strings.Join(columns, ", ")+") "+beyond+" (?"+strings.Repeat(", ?", len(after)-1)+")", after...)
	}
	t.add(" ORDER BY "+strings.Join(columns, order+", ")+order+" LIMIT ?", p.limit()+1)
}

// page makes the statement for one page: the keys of every branch, merged, then
// the rows.
func (w *worklist) page(p Page) (*text, error) {
	after, err := w.after(p)
	if err != nil {
		return nil, err
	}
	order, _ := p.direction()
	union := " UNION ALL "
	if w.distinct {
		union = " UNION "
	}
	t := newText("SELECT " + followupColumns + " FROM (")
	n := 0
	add := func(b branch, person *bool) {
		if n > 0 {
			t.add(union)
		}
		t.add("SELECT * FROM (")
		w.branchSQL(t, b, person, p, after)
		t.add(") AS b" + strconv.Itoa(n))
		n++
	}
	for i := range w.byPerson {
		add(branch{}, &w.byPerson[i])
	}
	if w.byPerson == nil {
		for _, b := range w.ways {
			add(b, nil)
		}
	}
	names := strings.Join(w.names(), order+", ") + order
	t.add(" ORDER BY "+names+" LIMIT ?", p.limit()+1)
	t.add(") AS page"+sqlFollowupPage+names, w.org)
	return t, nil
}

// after is the values of the cursor.
func (w *worklist) after(p Page) ([]any, error) {
	if p.After == "" {
		return nil, nil
	}
	key, id, err := p.key()
	if err != nil {
		return nil, err
	}
	var out []any
	for part := range strings.SplitSeq(key, ",") {
		if part == "" {
			continue
		}
		n, err := strconv.ParseInt(part, 10, 64)
		if err != nil {
			return nil, badCursor()
		}
		out = append(out, n)
	}
	if len(out) != len(w.sort) {
		return nil, badCursor()
	}
	return append(out, id), nil
}

func (w *worklist) mark(f *huifang.Followup) string {
	keys := make([]string, len(w.sort))
	for i, c := range w.sort {
		n := map[string]int64{
			"due_month": int64(f.DueMonth), "closes_at": f.ClosesAt.UnixMilli(), "opens_at": f.OpensAt.UnixMilli(), "created": f.Created.UnixMilli(),
		}[c]
		keys[i] = strconv.FormatInt(n, 10)
	}
	return cursor(strings.Join(keys, ","), f.ID)
}

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
	if w.distinct {
		w.anyWay(t)
	}
	w.where(t, true)
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
