package app

import (
	"context"
	"slices"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
	"github.com/huifang/huifang/store"
)

// Group is a part of a worklist by when windows close; the parts of open work
// are disjoint.
type Group string

// The groups. Days end, and weeks with Sunday, in the organization's zone.
const (
	GroupOverdue  Group = "overdue"  // closed, not done
	GroupToday    Group = "today"    // closes by the end of today
	GroupWeek     Group = "week"     // closes later, by the end of Sunday
	GroupUpcoming Group = "upcoming" // closes after this week
	GroupReview   Group = "review"   // its record waits for review
)

// groups lists those of open work, in the order of store.GroupCount.
func groups() []Group { return []Group{GroupOverdue, GroupToday, GroupWeek, GroupUpcoming} }

func (a *App) bounds(d *directory) store.Bounds {
	now := a.now()
	today := huifang.DateOf(now, d.zone)
	sunday := today.AddDays((7 - int(today.Weekday())) % 7)
	return store.Bounds{Now: now, Today: today.AddDays(1).At(0, d.zone), Week: sunday.AddDays(1).At(0, d.zone)}
}

// InGroup narrows a filter to one group of the organization's worklists.
func (a *App) InGroup(ctx context.Context, actor *huifang.Actor, f FollowupFilter, g Group) (FollowupFilter, error) {
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return f, err
	}
	b, instant := a.bounds(d), time.Millisecond // windows close at the first instant after them
	planned := []huifang.State{huifang.StatePlanned}
	switch g {
	case GroupOverdue:
		f.States = []huifang.State{huifang.StateOverdue}
	case GroupToday:
		f.States, f.ClosesTo = planned, b.Today.Add(instant)
	case GroupWeek:
		f.States, f.ClosesFrom, f.ClosesTo = planned, b.Today.Add(instant), b.Week.Add(instant)
	case GroupUpcoming:
		f.States, f.ClosesFrom = planned, b.Week.Add(instant)
	case GroupReview:
		f.States, f.Review = []huifang.State{huifang.StateCompleted}, []huifang.ReviewState{huifang.ReviewPending}
	default:
		return f, fieldFault("group", "group.unknown", huifang.Textf("没有分组“%s”", "there is no group %q", string(g)))
	}
	return f, nil
}

// GroupCounts is a worklist by group, and by channel and group.
type GroupCounts struct {
	Groups   map[Group]int
	Channels []ChannelCount
	More     bool // there are more than were looked at: channels are of a part, groups count up to Most
	Most     int
}

// ChannelCount is what is to be done by one channel.
type ChannelCount struct {
	Channel huifang.Channel
	Groups  map[Group]int
}

// mostGrouped is how many open follow-ups one count looks at.
const mostGrouped = 20_000

// GroupCounts counts what Followups would list of the open work within a filter
// by group and channel, and what waits for the actor's review. The filter's
// states are set by the count.
func (a *App) GroupCounts(ctx context.Context, actor *huifang.Actor, f FollowupFilter) (*GroupCounts, error) {
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	g, none, err := a.readable(actor, f)
	if err != nil {
		return nil, err
	}
	out := &GroupCounts{Groups: map[Group]int{}, Most: mostCounted}
	for _, name := range groups() {
		out.Groups[name] = 0
	}
	if !none {
		var found []store.GroupCount
		if found, out.More, err = a.reads().GroupCounts(ctx, actor.Org, g, a.bounds(d), mostGrouped); err != nil {
			return nil, err
		}
		out.sum(found)
	}
	if out.More {
		if err := a.countGroups(ctx, actor, f, out); err != nil {
			return nil, err
		}
	}
	if actor.Can(huifang.PermFollowupReview) && actor.Staff != "" {
		out.Groups[GroupReview], err = a.countReviews(ctx, actor, f)
	}
	return out, err
}

func (out *GroupCounts) sum(found []store.GroupCount) {
	for _, c := range huifang.Channels() {
		line := ChannelCount{Channel: c, Groups: map[Group]int{}}
		for _, one := range found {
			if one.Channel == c {
				line.Groups[groups()[one.Group]] += one.Count
			}
		}
		if len(line.Groups) > 0 {
			out.Channels = append(out.Channels, line)
		}
	}
	for _, one := range found {
		out.Groups[groups()[one.Group]] += one.Count
	}
}

// countGroups counts each group by itself, up to a bound.
func (a *App) countGroups(ctx context.Context, actor *huifang.Actor, f FollowupFilter, out *GroupCounts) error {
	for _, name := range groups() {
		g, err := a.InGroup(ctx, actor, f, name)
		if err != nil {
			return err
		}
		if out.Groups[name], err = a.CountFollowups(ctx, actor, g, mostCounted); err != nil {
			return err
		}
	}
	return nil
}

// NextFollowup is the follow-up of a list after the one named, or the first
// when that is the last; nil when nothing else is in the list. The one named
// need not be in the list any more.
func (a *App) NextFollowup(ctx context.Context, actor *huifang.Actor, id huifang.ID, q FollowupQuery) (*FollowupLine, error) {
	of, err := a.reads().Followup(ctx, actor.Org, id)
	if err != nil {
		return nil, err
	}
	if err := huifang.CanReadFollowup(actor, of); err != nil {
		return nil, err
	}
	if q.Sort == "" {
		q.Sort = ByCloses
	}
	f, none, err := a.readable(actor, q.Filter)
	if err != nil || none {
		return nil, err
	}
	for _, after := range []string{a.reads().After(actor.Org, f, q.Sort, of), ""} {
		page, err := a.listLines(ctx, actor.Org, f, q.Sort, Page{After: after, Limit: 2, Desc: q.Page.Desc})
		if err != nil {
			return nil, err
		}
		at := slices.IndexFunc(page.Items, func(l FollowupLine) bool { return l.Followup.ID != id })
		if at >= 0 {
			return &page.Items[at], nil
		}
	}
	return nil, nil //nolint:nilnil // nothing else to do
}

// Load is how much is open on one member of staff's worklist.
type Load struct {
	Staff      *huifang.Staff // as StaffList shows them
	Overdue    int
	Today      int
	Week       int             // closes after today, by the end of Sunday
	Open       int             // all of it
	Absent     bool            // today
	Absence    huifang.Absence // which, when absent
	Substitute Person          // who works for them today; none: nobody stands in
}

// Loads lists everybody who works follow-ups in a unit and those below it (none
// named: all the actor reaches), by code, with what is on their worklists
// wherever it is, and how much there nobody was found for. followup.manage.
func (a *App) Loads(ctx context.Context, actor *huifang.Actor, unit huifang.ID) (loads []Load, unassigned int, err error) {
	if err := actor.RequireIn(huifang.PermFollowupManage, actor.Org, unit); err != nil {
		return nil, 0, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, 0, err
	}
	within := d.reached(actor, unit)
	var staff []*huifang.Staff
	var ids []huifang.ID
	for _, s := range d.staff {
		if s.Active && slices.ContainsFunc(s.Units, within) {
			staff, ids = append(staff, s), append(ids, s.ID)
		}
	}
	counts, err := a.reads().StaffLoads(ctx, actor.Org, ids, a.bounds(d))
	if err != nil {
		return nil, 0, err
	}
	for _, s := range staff {
		c, has := counts[s.ID]
		if !has && !d.permissions(s.Roles)[huifang.PermFollowupWork] {
			continue
		}
		l := Load{Staff: shownStaff(actor, s), Overdue: c.Overdue, Today: c.Today, Week: c.Week, Open: c.Open}
		l.absence(d, s, huifang.DateOf(a.now(), d.zone))
		loads = append(loads, l)
	}
	f := FollowupFilter{States: []huifang.State{huifang.StatePlanned, huifang.StateOverdue}, Unassigned: true}
	if unit != "" {
		f.Units = d.subtree(unit)
	}
	unassigned, err = a.CountFollowups(ctx, actor, f, mostCounted)
	return loads, unassigned, err
}

// reached tells whether a unit is the one named or below it, and the actor's;
// without a name, whether it is the actor's.
func (d *directory) reached(actor *huifang.Actor, unit huifang.ID) func(huifang.ID) bool {
	below := map[huifang.ID]bool{}
	for _, u := range d.subtree(unit) {
		below[u] = true
	}
	return func(u huifang.ID) bool { return actor.InUnit(u) && (unit == "" || below[u]) }
}

// absence notes whether somebody is off on the day, and who works for them.
func (l *Load) absence(d *directory, s *huifang.Staff, on huifang.Date) {
	if l.Absence, l.Absent = s.AbsentOn(on); !l.Absent {
		return
	}
	who, _, ok := calendar.Substitute(s.ID, on, func(id huifang.ID) (*huifang.Staff, bool) {
		p := d.person[id]
		return p, p != nil && p.Active
	})
	if ok {
		l.Substitute = Person{ID: who, Name: d.staffName(who)}
	}
}
