package store

import (
	"context"
	"slices"
	"time"

	"github.com/huifang/huifang"
)

const (
	sqlGroupCounts = `SELECT ch, grp, COUNT(*) FROM (SELECT f.channels AS ch,
CASE WHEN f.closes_at <= ? THEN 0 WHEN f.closes_at <= ? THEN 1 WHEN f.closes_at <= ? THEN 2 ELSE 3 END AS grp FROM followup f WHERE f.org_id = ?`
	sqlGroupCountsOf = `SELECT ch, grp, COUNT(*) FROM (SELECT f.channels AS ch,
CASE WHEN f.closes_at <= ? THEN 0 WHEN f.closes_at <= ? THEN 1 WHEN f.closes_at <= ? THEN 2 ELSE 3 END AS grp FROM followup_assignee a
JOIN followup f ON f.org_id = a.org_id AND f.id = a.followup_id WHERE a.org_id = ? AND a.staff_id = ? AND a.open = 1`
	sqlCountOf = `SELECT COUNT(*) FROM (SELECT 1 FROM followup_assignee a
JOIN followup f ON f.org_id = a.org_id AND f.id = a.followup_id WHERE a.org_id = ? AND a.staff_id = ? AND a.open = 1`
	sqlStaffLoads = `SELECT staff_id, SUM(CASE WHEN closes_at <= ? THEN 1 ELSE 0 END), SUM(CASE WHEN closes_at <= ? THEN 1 ELSE 0 END),
SUM(CASE WHEN closes_at <= ? THEN 1 ELSE 0 END), COUNT(*) FROM followup_assignee WHERE org_id = ? AND open = 1`
)

// Bounds split open follow-ups by when their windows close: by Now they are
// overdue, by Today due today, by Week this week.
type Bounds struct{ Now, Today, Week time.Time }

// GroupCount is how many open follow-ups are to be done by a channel, the first
// of theirs, in a group: 0 overdue, 1 today, 2 this week, 3 later.
type GroupCount struct {
	Channel huifang.Channel
	Group   int
	Count   int
}

// GroupCounts counts open follow-ups of the filter by channel and group, in one
// statement. It looks at most at limit of them; more: there are others.
func (q *Reads) GroupCounts(ctx context.Context, org huifang.ID, f FollowupFilter, b Bounds, limit int) (out []GroupCount, more bool, err error) {
	f.States = []huifang.State{huifang.StatePlanned, huifang.StateOverdue}
	w, err := q.plan(ctx, org, f, ByCloses)
	if err != nil || w.empty {
		return nil, false, err
	}
	w.f.Units = f.Units
	t := newText(sqlGroupCounts, b.Now, b.Today, b.Week, org)
	if w.byPerson != nil {
		t = newText(sqlGroupCountsOf, b.Now, b.Today, b.Week, org, f.Assignee)
	}
	if w.distinct {
		w.anyWay(t)
	}
	w.where(t, w.byPerson == nil)
	t.add(" LIMIT ?) AS found GROUP BY ch, grp", limit+1)
	n := 0
	err = q.run.query(ctx, t.b.String(), t.args, func(r *row) error {
		c := GroupCount{Group: 0}
		if channels := splitChannels(r.text()); len(channels) > 0 {
			c.Channel = channels[0]
		}
		c.Group, c.Count = r.num(), r.num()
		n += c.Count
		at := slices.IndexFunc(out, func(o GroupCount) bool { return o.Channel == c.Channel && o.Group == c.Group })
		if at < 0 {
			out = append(out, c)
			return nil
		}
		out[at].Count += c.Count
		return nil
	})
	return out, n > limit, err
}

// StaffLoad is how much is open on one member of staff's worklist, by when it
// closes. A follow-up counts for each of its assignees.
type StaffLoad struct{ Overdue, Today, Week, Open int }

// StaffLoads counts the open follow-ups of each of the staff; who has none is
// left out. Only the assignee index is read.
func (q *Reads) StaffLoads(ctx context.Context, org huifang.ID, staff []huifang.ID, b Bounds) (map[huifang.ID]StaffLoad, error) {
	out := make(map[huifang.ID]StaffLoad, len(staff))
	t := newText(sqlStaffLoads, b.Now, b.Today, b.Week, org)
	in(t, "staff_id", staff)
	t.add(" GROUP BY staff_id")
	err := q.run.query(ctx, t.b.String(), t.args, func(r *row) error {
		id := r.id()
		l := StaffLoad{Overdue: r.num(), Today: r.num(), Week: r.num(), Open: r.num()}
		l.Week -= l.Today
		l.Today -= l.Overdue
		out[id] = l
		return nil
	})
	return out, err
}

// After is the place in the list of the filter and order right behind a
// follow-up, whether or not it is still in the list.
func (q *Reads) After(org huifang.ID, f FollowupFilter, sort FollowupSort, of *huifang.Followup) string {
	w := newWorklist(org, f)
	w.order(sort)
	return w.mark(of)
}
