package plan

import (
	"slices"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
)

// AssignNote says how one assignee was found.
type AssignNote struct {
	Resolver string       `json:"resolver"`
	Staff    huifang.ID   `json:"staff,omitempty"`
	For      []huifang.ID `json:"for,omitempty"` // the absent ones Staff stands in for
	Reason   string       `json:"reason,omitempty"`
}

// staffing fills in who does the follow-up, by which channels, and why.
func (d *derivation) staffing(s *step, w *wish, eff *Effect) {
	on := max(w.window.Opens.Date, huifang.DateOf(d.env.Now, d.loc))
	on = min(on, max(w.window.Closes.Date, w.window.Opens.Date))
	eff.Why = d.explain(s, w)
	eff.Channels = d.reachable(s.channels)
	for i := range s.assign {
		a := &s.assign[i]
		if !holds(&a.when, d.view) {
			continue
		}
		eff.Assignees, eff.Why.Assigned = d.assignees(a, on, w.window.Closes.Date)
		eff.Why.AssignRule = a.When
		break
	}
	if len(eff.Assignees) == 0 {
		eff.Assignees = []huifang.Assignee{{Role: "supervisor"}}
	}
	for _, a := range eff.Assignees {
		if a.Staff != "" {
			d.env.Roster.Load[a.Staff]++
		}
	}
}

// reachable drops the channels that a known contact without phone cannot be
// reached by, unless nothing would remain.
func (d *derivation) reachable(channels []huifang.Channel) []huifang.Channel {
	c := d.env.Contact
	if c == nil || c.Phones == nil || len(c.Phones) > 0 {
		return channels
	}
	left := slices.DeleteFunc(slices.Clone(channels), func(ch huifang.Channel) bool {
		return ch == huifang.ChannelPhone || ch == huifang.ChannelSMS
	})
	if len(left) == 0 {
		return channels
	}
	return left
}

// assignees resolves every resolver of a rule; one that finds nobody leaves
// its role as a reminder.
func (d *derivation) assignees(a *assign, on, until huifang.Date) ([]huifang.Assignee, []AssignNote) {
	r := &d.find1
	*r = resolving{d: d, on: on, until: until, qualification: a.Qualification, leastLoaded: a.LeastLoaded}
	for _, ex := range a.Exclude {
		for _, alt := range ex {
			r.exclude = append(r.exclude, d.candidates(alt)...)
		}
	}
	return r.all(a.To)
}

// resolveAll resolves without qualification or exclusion, as for alerts.
func (d *derivation) resolveAll(to []Resolver, on huifang.Date) ([]huifang.Assignee, []AssignNote) {
	r := &resolving{d: d, on: on, until: on}
	return r.all(to)
}

type resolving struct {
	d             *derivation
	on, until     huifang.Date
	qualification string
	leastLoaded   bool
	exclude       []huifang.ID
}

func (r *resolving) all(to []Resolver) (out []huifang.Assignee, notes []AssignNote) {
	out = make([]huifang.Assignee, 0, len(to))
	for _, resolver := range to {
		who, note, ok := r.one(resolver)
		if note.Resolver != "" {
			notes = append(notes, note)
		}
		next := huifang.Assignee{Staff: who}
		if !ok {
			_, name, has := strings.Cut(resolver[0], ":")
			if !has {
				name = resolver[0]
			}
			next = huifang.Assignee{Role: name}
		}
		if !slices.Contains(out, next) {
			out = append(out, next)
		}
	}
	return out, notes
}

// one tries the alternatives in order. The note is empty where the first
// choice simply serves.
func (r *resolving) one(resolver Resolver) (huifang.ID, AssignNote, bool) {
	note := AssignNote{Reason: "nobody"}
	for i, alt := range resolver {
		list := r.d.candidates(alt)
		if r.leastLoaded && len(list) > 1 {
			list = slices.Clone(list)
			load := r.d.env.Roster.Load
			slices.SortStableFunc(list, func(a, b huifang.ID) int { return load[a] - load[b] })
		}
		for j, id := range list {
			who, why, chain := r.accept(id)
			if who == "" {
				note.Reason = why
				continue
			}
			if i == 0 && j == 0 && len(chain) == 0 {
				return who, AssignNote{}, true
			}
			return who, AssignNote{Resolver: alt, Staff: who, For: chain}, true
		}
	}
	note.Resolver = strings.Join(resolver, " | ")
	return "", note, false
}

// accept follows the chain of substitutes and checks exclusion and licence.
// Who is away without a substitute but back before the window closes serves.
func (r *resolving) accept(id huifang.ID) (who huifang.ID, why string, chain []huifang.ID) {
	who = id
	s, known := r.d.env.Roster.Staff[id]
	if known {
		if a, away := s.AbsentOn(r.on); away {
			sub, links, ok := calendar.Substitute(id, r.on, r.d.env.Roster.lookup)
			switch {
			case ok:
				who, chain = sub, links
			case a.Substitute == "" && a.To < r.until:
			default:
				return "", "absent", nil
			}
		}
	}
	if slices.Contains(r.exclude, who) {
		return "", "excluded", nil
	}
	if r.qualification != "" {
		if s := r.d.env.Roster.Staff[who]; s == nil || !s.Qualified(r.qualification, r.on) {
			return "", "not_qualified", nil
		}
	}
	return who, "", chain
}

// one is a list of one person, valid until the next.
func (d *derivation) one(id huifang.ID) []huifang.ID {
	if id == "" {
		return nil
	}
	d.one1[0] = id
	return d.one1[:]
}

// candidates lists who an alternative names, best first; the list is valid
// until the next.
func (d *derivation) candidates(alt string) []huifang.ID {
	r := d.env.Roster
	kind, name, _ := strings.Cut(alt, ":")
	switch kind {
	case "steward":
		if d.env.Contact != nil {
			return d.one(d.env.Contact.Steward)
		}
	case "owner":
		if d.env.Contact != nil {
			return d.one(d.env.Contact.Owner)
		}
	case "event_staff":
		return d.one(d.o.Staff)
	case "attribute":
		if s, ok := d.view.attribute(name).(string); ok && s != "" {
			return d.one(r.staffID(s, d.o.Unit))
		}
	case "head":
		return d.one(d.climbFor(func(u *huifang.Unit) huifang.ID { return u.Head }))
	case "department_head":
		return d.one(d.climbFor(func(u *huifang.Unit) huifang.ID {
			for _, dep := range u.Departments {
				if dep.Name == d.o.Department {
					return dep.Head
				}
			}
			return ""
		}))
	case "role":
		var found []huifang.ID
		r.climb(d.o.Unit, func(u *huifang.Unit) bool {
			found = r.byRole[roleKey{u.ID, r.role(name)}]
			return len(found) > 0
		})
		return found
	}
	return nil
}

func (d *derivation) climbFor(pick func(*huifang.Unit) huifang.ID) (id huifang.ID) {
	d.env.Roster.climb(d.o.Unit, func(u *huifang.Unit) bool {
		id = pick(u)
		return id != ""
	})
	return id
}
