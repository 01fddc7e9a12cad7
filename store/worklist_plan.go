package store

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/huifang/huifang"
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
	return &worklist{org: org, f: f, open: len(f.States) > 0 && !f.Missed && !slices.ContainsFunc(f.States, huifang.State.Done)}
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
	if f.Channel != "" {
		t.add(" AND (f.channels = ? OR f.channels LIKE ?)", f.Channel, string(f.Channel)+",%")
	}
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
	t.span("f.done_at", f.DoneFrom, f.DoneTo)
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
	case w.f.Missed:
		t.add(" AND (f.state = 'cancelled' AND f.late = 1 OR f.state IN (?"+strings.Repeat(",?", len(w.f.States)-1)+"))", anys(stored(w.f.States))...)
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

// stored are states as they are kept, where a filter names planned and overdue
// both or neither.
func stored(states []huifang.State) []huifang.State {
	out := slices.Clone(states)
	for i, s := range out {
		if s == huifang.StateOverdue {
			out[i] = huifang.StatePlanned
		}
	}
	return out
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
