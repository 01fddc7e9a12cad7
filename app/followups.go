package app

import (
	"context"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// FollowupFilter selects follow-ups. Now is set by the use case.
type FollowupFilter = store.FollowupFilter

// FollowupSort is the order of a list of follow-ups.
type FollowupSort = store.FollowupSort

// The orders of a list of follow-ups.
const (
	ByCloses  = store.ByCloses
	ByOpens   = store.ByOpens
	ByCreated = store.ByCreated
)

// FollowupQuery asks for one page of follow-ups.
type FollowupQuery struct {
	Filter FollowupFilter
	Sort   FollowupSort // default ByCloses
	Page   Page
}

// Person is a member of staff by name, or the role nobody was found for.
type Person struct {
	ID   huifang.ID
	Name string
	Role string
}

// FollowupLine is one follow-up of a list, with names where it has ids.
type FollowupLine struct {
	Followup    *huifang.Followup // Why is empty in lists
	State       huifang.State     // as shown now: planned or overdue
	ProgramName huifang.Text
	StepName    huifang.Text
	UnitName    string
	ContactName string
	Phone       string // the contact's first, masked
	AssetName   string
	Assignees   []Person
}

// Followups lists follow-ups. Readers see those of their units, and, asking for
// themselves as assignee, their own wherever they are; whoever may only work
// follow-ups sees their own.
func (a *App) Followups(ctx context.Context, actor *huifang.Actor, q FollowupQuery) (Paged[FollowupLine], error) {
	f, none, err := a.readable(actor, q.Filter)
	if err != nil || none {
		return Paged[FollowupLine]{}, err
	}
	return a.listLines(ctx, actor.Org, f, q.Sort, q.Page)
}

func (a *App) listLines(ctx context.Context, org huifang.ID, f FollowupFilter, sort FollowupSort, p Page) (Paged[FollowupLine], error) {
	var out Paged[FollowupLine]
	d, err := a.directory(ctx, org)
	if err != nil {
		return out, err
	}
	if sort == "" {
		sort = ByCloses
	}
	page, err := a.reads().Followups(ctx, org, f, sort, p)
	if err != nil {
		return out, err
	}
	out.Next = page.Next
	out.Items, err = a.lines(ctx, d, page.Items)
	return out, err
}

// CountFollowups counts what Followups would list, up to limit: a result of
// limit means as many or more.
func (a *App) CountFollowups(ctx context.Context, actor *huifang.Actor, f FollowupFilter, limit int) (int, error) {
	f, none, err := a.readable(actor, f)
	if err != nil || none {
		return 0, err
	}
	return a.reads().CountFollowups(ctx, actor.Org, f, limit)
}

// readable cuts a filter down to what the actor may see; none: nothing is left.
func (a *App) readable(actor *huifang.Actor, f FollowupFilter) (_ FollowupFilter, none bool, err error) {
	f.Now = a.now()
	own := actor.Staff != "" && actor.Can(huifang.PermFollowupWork)
	if err := actor.Require(huifang.PermFollowupRead); err != nil {
		if !own || f.Assignee != "" && f.Assignee != actor.Staff {
			return f, false, err
		}
		f.Assignee = actor.Staff
		return f, false, nil
	}
	if own && f.Assignee == actor.Staff {
		return f, false, nil
	}
	f.Units, none = scope(actor, f.Units)
	return f, none, nil
}

// lines adds names to follow-ups.
func (a *App) lines(ctx context.Context, d *directory, fs []*huifang.Followup) ([]FollowupLine, error) {
	contacts, assets, err := a.subjects(ctx, d.org.ID, fs)
	if err != nil {
		return nil, err
	}
	now, out := a.now(), make([]FollowupLine, len(fs))
	for i, f := range fs {
		out[i] = d.line(f, contacts[f.Contact], assets[f.Asset], now)
	}
	return out, nil
}

// subjects loads the contacts and assets of follow-ups.
func (a *App) subjects(ctx context.Context, org huifang.ID, fs []*huifang.Followup) (contacts map[huifang.ID]*huifang.Contact, assets map[huifang.ID]*huifang.Asset, err error) {
	var cs, as idSet
	for _, f := range fs {
		cs.add(f.Contact)
		as.add(f.Asset)
	}
	if contacts, err = a.reads().ContactsByID(ctx, org, cs.list); err != nil {
		return nil, nil, err
	}
	assets, err = a.reads().AssetsByID(ctx, org, as.list)
	return contacts, assets, err
}

// idSet gathers ids, each once.
type idSet struct {
	seen map[huifang.ID]bool
	list []huifang.ID
}

func (s *idSet) add(ids ...huifang.ID) {
	for _, id := range ids {
		if id != "" && !s.seen[id] {
			note(&s.seen, id)
			s.list = append(s.list, id)
		}
	}
}

// line is a follow-up with names.
func (d *directory) line(f *huifang.Followup, c *huifang.Contact, x *huifang.Asset, now time.Time) FollowupLine {
	out := FollowupLine{Followup: f, State: f.StateAt(now), UnitName: d.unitName(f.Unit)}
	out.ProgramName, out.StepName = d.programNames(f)
	if c != nil {
		out.ContactName = maskText(c.Name)
		if len(c.Phones) > 0 {
			out.Phone = maskPhone(c.Phones[0])
		}
	}
	if x != nil {
		out.AssetName = assetName(x)
	}
	out.Assignees = make([]Person, len(f.Assignees))
	for i, as := range f.Assignees {
		out.Assignees[i] = Person{ID: as.Staff, Role: as.Role, Name: d.staffName(as.Staff)}
		if as.Staff == "" {
			out.Assignees[i].Name = d.role(as.Role).Name.In(d.org.Lang)
		}
	}
	return out
}

func assetName(x *huifang.Asset) string {
	if x.Name != "" {
		return x.Name
	}
	return x.Code
}

func (d *directory) unitName(id huifang.ID) string {
	if u := d.unit[id]; u != nil {
		return u.Name
	}
	return ""
}

func (d *directory) staffName(id huifang.ID) string {
	if s := d.person[id]; s != nil {
		return s.Name
	}
	return ""
}

// programNames are the names of a follow-up's program and step, their codes
// where the program is not known any more.
func (d *directory) programNames(f *huifang.Followup) (program, step huifang.Text) {
	program, step = huifang.Text{ZH: f.Program, EN: f.Program}, huifang.Text{ZH: f.Step, EN: f.Step}
	p := d.set.Program(f.Program, "", nil)
	if p == nil {
		return program, step
	}
	if s, ok := p.Step(f.Step); ok && s.Name != (huifang.Text{}) {
		step = s.Name
	}
	return p.Name, step
}

// WorkCounts is what waits on a worklist. Counting stops at Most.
type WorkCounts struct {
	Overdue  int // window closed, not done
	Today    int // window closes by the end of today, in the organization's zone
	Open     int // window open, closes later
	Upcoming int // window opens later
	Review   int // records that wait for the actor's review
	Most     int
}

// mostCounted is where counting for a worklist stops.
const mostCounted = 1000

// WorkCounts counts what Followups would list of the open work within a filter,
// and what waits for review. The filter's states are set by the count.
func (a *App) WorkCounts(ctx context.Context, actor *huifang.Actor, f FollowupFilter) (*WorkCounts, error) {
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	now := a.now()
	later := huifang.DateOf(now, d.zone).AddDays(1).At(0, d.zone).Add(time.Millisecond) // a window closes at the first instant after it
	soon := now.Add(time.Millisecond)
	planned := []huifang.State{huifang.StatePlanned}
	out := &WorkCounts{Most: mostCounted}
	for _, c := range []struct {
		into *int
		set  func(*FollowupFilter)
	}{
		{&out.Overdue, func(f *FollowupFilter) { f.States = []huifang.State{huifang.StateOverdue} }},
		{&out.Today, func(f *FollowupFilter) { f.States, f.ClosesTo = planned, later }},
		{&out.Open, func(f *FollowupFilter) { f.States, f.OpensTo, f.ClosesFrom = planned, soon, later }},
		{&out.Upcoming, func(f *FollowupFilter) { f.States, f.OpensFrom, f.ClosesFrom = planned, soon, later }},
	} {
		g := f
		c.set(&g)
		if *c.into, err = a.CountFollowups(ctx, actor, g, mostCounted); err != nil {
			return nil, err
		}
	}
	if actor.Can(huifang.PermFollowupReview) && actor.Staff != "" {
		out.Review, err = a.countReviews(ctx, actor, f)
	}
	return out, err
}
