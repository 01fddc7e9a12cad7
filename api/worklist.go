package api

import (
	"context"
	"net/http"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// worklist: the day's work as a whole — counts, the next one, many at once, and
// who has how much.
func (s *service) worklist() {
	const tag = "followups"
	read, work, manage := may(huifang.PermFollowupRead, huifang.PermFollowupWork), may(huifang.PermFollowupWork, huifang.PermFollowupManage), may(huifang.PermFollowupManage)
	register(s, tag, op{id: "group-counts", method: http.MethodGet, path: "/followups/groups", zh: "工作清单计数：按期限分组、按回访方式", en: "Count a worklist by group and channel", needs: read}, s.groupCounts)
	register(s, tag, op{id: "next-followup", method: http.MethodGet, path: "/followups/{id}/next", zh: "清单中的下一条回访", en: "The next follow-up of a list after this one", needs: read}, s.nextFollowup)
	register(s, tag, op{id: "staff-loads", method: http.MethodGet, path: "/followups/load", zh: "各回访人的工作量与代班", en: "How much everybody has to do, and who stands in", needs: manage}, s.staffLoads)
	register(s, tag, op{id: "reassign-followups", method: http.MethodPost, path: "/followups:reassign", zh: "批量改派", en: "Give many follow-ups to others", needs: manage, once: true}, s.reassignFollowups)
	register(s, tag, op{id: "postpone-followups", method: http.MethodPost, path: "/followups:postpone", zh: "批量延期", en: "Postpone many follow-ups", needs: work, once: true}, s.postponeFollowups)
}

// GroupCounts is a worklist by group, and by channel and group. Groups of open
// work are disjoint: overdue, today (closes by the end of today), week (later,
// by the end of Sunday), upcoming (after this week).
type GroupCounts struct {
	Groups   map[app.Group]int `json:"groups" doc:"By overdue, today, week, upcoming and, for reviewers, review."`
	Channels []ChannelCount    `json:"channels" doc:"By the first channel a follow-up is to be done by."`
	More     bool              `json:"more" doc:"There are more than were looked at: channels are of a part, and groups count up to most."`
	Most     int               `json:"most"`
}

// ChannelCount is what is to be done by one channel.
type ChannelCount struct {
	Channel huifang.Channel   `json:"channel"`
	Groups  map[app.Group]int `json:"groups"`
}

func (s *service) groupCounts(ctx context.Context, actor *huifang.Actor, in *followupCountInput) (*answer[GroupCounts], error) {
	f, err := s.filter(ctx, actor, &in.FollowupFilter)
	if err != nil {
		return nil, err
	}
	c, err := s.app.GroupCounts(ctx, actor, f)
	if err != nil {
		return nil, err
	}
	return &answer[GroupCounts]{Body: GroupCounts{
		Groups: c.Groups, More: c.More, Most: c.Most, Channels: turned(c.Channels, func(l app.ChannelCount) ChannelCount { return ChannelCount(l) }),
	}}, nil
}

// Next is the follow-up to work next.
type Next struct {
	Followup *Followup `json:"followup,omitempty" doc:"Missing: nothing else is in the list."`
}

type nextInput struct {
	ByID
	FollowupFilter
	Sort app.FollowupSort `query:"sort" enum:"closes,opens,created" default:"closes"`
	Desc bool             `query:"desc" doc:"Last first."`
}

func (s *service) nextFollowup(ctx context.Context, actor *huifang.Actor, in *nextInput) (*answer[Next], error) {
	id, err := s.resolved(ctx, actor, in.ID)
	if err != nil {
		return nil, err
	}
	f, err := s.filter(ctx, actor, &in.FollowupFilter)
	if err != nil {
		return nil, err
	}
	got, err := s.app.NextFollowup(ctx, actor, id, app.FollowupQuery{Filter: f, Sort: in.Sort, Page: app.Page{Desc: in.Desc}})
	if err != nil {
		return nil, err
	}
	return &answer[Next]{Body: Next{Followup: given(got, func(l *app.FollowupLine) Followup { return newFollowupLine(*l) })}}, nil
}

// Loads is who has how much to do.
type Loads struct {
	Items      []Load `json:"items" doc:"Everybody of the unit who works follow-ups, by code."`
	Unassigned int    `json:"unassigned" doc:"Open follow-ups nobody was found for."`
}

// Load is how much is open on one member of staff's worklist.
type Load struct {
	Staff      huifang.ID   `json:"staff"`
	Name       string       `json:"name"`
	Units      []huifang.ID `json:"units"`
	Roles      []string     `json:"roles"`
	Overdue    int          `json:"overdue"`
	Today      int          `json:"today" doc:"Closes by the end of today."`
	Week       int          `json:"week" doc:"Closes later, by the end of Sunday."`
	Open       int          `json:"open" doc:"All of it."`
	Absence    *Absence     `json:"absence,omitempty" doc:"Today's."`
	Substitute *Person      `json:"substitute,omitempty" doc:"Who works for them today, at the end of the chain of substitutes."`
}

func newLoad(l app.Load) Load {
	w := Load{Staff: l.Staff.ID, Name: l.Staff.Name, Units: list(l.Staff.Units), Roles: list(l.Staff.Roles), Overdue: l.Overdue, Today: l.Today, Week: l.Week, Open: l.Open}
	if l.Absent {
		w.Absence = &Absence{From: l.Absence.From.String(), To: l.Absence.To.String(), Substitute: l.Absence.Substitute}
	}
	if l.Substitute.ID != "" {
		w.Substitute = new(Person(l.Substitute))
	}
	return w
}

type loadsInput struct {
	Unit huifang.ID `query:"unit" maxLength:"100" doc:"With the units below; missing: all one reaches."`
}

func (s *service) staffLoads(ctx context.Context, actor *huifang.Actor, in *loadsInput) (*answer[Loads], error) {
	loads, unassigned, err := s.app.Loads(ctx, actor, in.Unit)
	return &answer[Loads]{Body: Loads{Items: turned(loads, newLoad), Unassigned: unassigned}}, err
}

// BulkResults is what became of many follow-ups, in the order of their ids.
type BulkResults struct {
	Items []BulkResult `json:"items"`
	Done  int          `json:"done"`
}

// BulkResult is what became of one of them: the follow-up as it is now, or why
// not.
type BulkResult struct {
	ID       huifang.ID `json:"id"`
	Followup *Followup  `json:"followup,omitempty"`
	Problem  *Problem   `json:"problem,omitempty"`
}

func (s *service) bulk(ctx context.Context, o op, found []app.BulkResult, err error) (*answer[BulkResults], error) {
	if err != nil {
		return nil, err
	}
	out := BulkResults{Items: make([]BulkResult, 0, len(found))}
	for _, r := range found {
		line := BulkResult{ID: r.ID, Followup: given(r.Followup, newFollowup)}
		if r.Err != nil {
			line.Followup, line.Problem = nil, s.problem(ctx, o, r.Err)
		} else {
			out.Done++
		}
		out.Items = append(out.Items, line)
	}
	return &answer[BulkResults]{Body: out}, nil
}

// ReassignAll gives many follow-ups to the same people.
type ReassignAll struct {
	IDs       []huifang.ID `json:"ids" minItems:"1" maxItems:"500" doc:"Of follow-ups."`
	Assignees []huifang.ID `json:"assignees" minItems:"1" maxItems:"20" doc:"The first answers for it in statistics."`
	Reason    string       `json:"reason" minLength:"1" maxLength:"500"`
}

type reassignAllInput struct{ Body ReassignAll }

func (s *service) reassignFollowups(ctx context.Context, actor *huifang.Actor, in *reassignAllInput) (*answer[BulkResults], error) {
	b := &in.Body
	found, err := s.app.ReassignAll(ctx, actor, b.IDs, app.ReassignInput{Assignees: b.Assignees, Reason: b.Reason})
	return s.bulk(ctx, op{id: "reassign-followups"}, found, err)
}

// PostponeAll moves many follow-ups: by days, or all to one next try or window.
type PostponeAll struct {
	IDs     []huifang.ID `json:"ids" minItems:"1" maxItems:"500" doc:"Of follow-ups."`
	Days    int          `json:"days,omitempty" minimum:"1" maximum:"365" doc:"Windows close so many days later, those closed already so many days from today; windows that open later move whole. For those who manage follow-ups."`
	NextTry time.Time    `json:"next_try,omitzero" doc:"Within the windows; for whoever works them."`
	Window  *Window      `json:"window,omitempty" doc:"A new window; for those who manage follow-ups."`
	Reason  string       `json:"reason" minLength:"1" maxLength:"500"`
}

type postponeAllInput struct{ Body PostponeAll }

func (s *service) postponeFollowups(ctx context.Context, actor *huifang.Actor, in *postponeAllInput) (*answer[BulkResults], error) {
	b := &in.Body
	window, err := windowOf(b.Window)
	if err != nil {
		return nil, err
	}
	found, err := s.app.PostponeAll(ctx, actor, b.IDs, app.PostponeAllInput{Days: b.Days, Window: window, NextTry: b.NextTry, Reason: b.Reason})
	return s.bulk(ctx, op{id: "postpone-followups"}, found, err)
}
