package pack

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
	"github.com/huifang/huifang/plan"
)

// RecurrenceRule flags what happens again: the same contact complaining of the
// same matter, the same asset repaired for the same thing (docs/rules.md,
// "Recurrence"). A flag is counted in the month's statistics and put to the head,
// who decides whether it becomes a major complaint.
type RecurrenceRule struct {
	Code    string          `yaml:"code"`
	Name    huifang.Text    `yaml:"name"`
	Source  string          `yaml:"source"`
	Of      []string        `yaml:"of"`       // types of event that count
	By      string          `yaml:"by"`       // "contact" or "asset": whose events are counted together
	Same    []string        `yaml:"same"`     // what must be alike: "matter", "department" or an attribute; default matter
	AtLeast int             `yaml:"at_least"` // so many events or more
	Within  Period          `yaml:"within"`   // how far back events count
	Alert   []plan.Resolver `yaml:"alert"`    // who is told
}

// Alike is Same with its default.
func (r RecurrenceRule) Alike() []string {
	if len(r.Same) == 0 {
		return []string{"matter"}
	}
	return r.Same
}

// Period is how far back events count: the calendar month of the newest one,
// or a number of days, weeks or calendar months before it.
type Period struct {
	Back          calendar.Offset
	CalendarMonth bool
}

// UnmarshalText reads "calendar_month", or a positive distance in days, weeks
// or months such as "3mo".
func (p *Period) UnmarshalText(b []byte) error {
	if string(b) == "calendar_month" {
		*p = Period{CalendarMonth: true}
		return nil
	}
	var o calendar.Offset
	err := o.UnmarshalText(b)
	if err != nil || o.N <= 0 || (o.Span != calendar.Days && o.Span != calendar.Weeks && o.Span != calendar.Months) {
		return huifang.Invalid("period.invalid", huifang.Textf(
			"“%s”不是有效的期间；应写作 calendar_month（自然月）、90d、12w 或 3mo",
			"%q is not a period; write calendar_month, 90d, 12w or 3mo", string(b)))
	}
	*p = Period{Back: o}
	return nil
}

// MarshalText writes the period as UnmarshalText reads it.
func (p Period) MarshalText() ([]byte, error) {
	if p.CalendarMonth {
		return []byte("calendar_month"), nil
	}
	return []byte(p.Back.String()), nil
}

// Range is the first and last date on which events count together with one on
// the day, both included. A calendar month is whole; any other period ends on
// the day itself and begins that far before it, months clamped to their end.
func (p Period) Range(on huifang.Date) (from, to huifang.Date) {
	if p.CalendarMonth {
		return on.Month().First(), on.Month().Last()
	}
	switch p.Back.Span {
	case calendar.Months:
		return on.AddMonths(-p.Back.N), on
	case calendar.Weeks:
		return on.AddDays(-7 * p.Back.N), on
	case calendar.Days, calendar.Hours, calendar.WorkingDays:
	}
	return on.AddDays(-p.Back.N), on
}

// Again is one thing that happened again: a rule's events of one subject about
// the same matter, in the month of the newest of them.
type Again struct {
	Rule    string
	By      string // "contact" or "asset"
	Subject huifang.ID
	Unit    huifang.ID // of the newest event
	Matter  string     // of the newest event
	Month   huifang.Month
	Count   int
	Events  []huifang.ID // by time
}

// Key is what events must share to count together under the rule: the same
// words are the same, whatever their case and spaces. ok is false for an event
// that the rule does not count: of another type, without a subject, or saying
// nothing of what must be alike.
func (r RecurrenceRule) Key(ev *huifang.Event) (key string, subject huifang.ID, ok bool) {
	subject = ev.Contact
	if r.By == "asset" {
		subject = ev.Asset
	}
	if subject == "" || !slices.Contains(r.Of, ev.Type) {
		return "", "", false
	}
	parts := []string{string(subject)}
	for _, name := range r.Alike() {
		value := ev.Attributes.String(name)
		if name == "department" {
			value = ev.Department
		}
		value = strings.ToLower(strings.Join(strings.Fields(value), " "))
		if value == "" {
			return "", "", false
		}
		parts = append(parts, value)
	}
	return strings.Join(parts, "\x00"), subject, true
}

// FindRecurrences is what the pack's rules flag in a history: for each rule,
// subject, matter and month, the most events that came together there, by the
// dates of their units' zones. Events with the same id count once.
func (p *Pack) FindRecurrences(events []huifang.Event, zone func(unit huifang.ID) *time.Location) []Again {
	events = slices.Clone(events)
	slices.SortStableFunc(events, func(a, b huifang.Event) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	events = slices.CompactFunc(events, func(a, b huifang.Event) bool { return a.ID == b.ID && a.At.Equal(b.At) })
	var out []Again
	for i := range p.Recurrences {
		out = append(out, p.Recurrences[i].find(events, zone)...)
	}
	return out
}

func (r RecurrenceRule) find(events []huifang.Event, zone func(huifang.ID) *time.Location) []Again {
	type seen struct {
		ev *huifang.Event
		on huifang.Date
	}
	type flag struct {
		key   string
		month huifang.Month
	}
	groups, at := map[string][]seen{}, map[flag]int{}
	var out []Again
	for i := range events {
		ev := &events[i]
		key, subject, ok := r.Key(ev)
		if !ok {
			continue
		}
		on := huifang.DateOf(ev.At, zone(ev.Unit))
		groups[key] = append(groups[key], seen{ev, on})
		from, to := r.Within.Range(on)
		var ids []huifang.ID
		for _, s := range groups[key] {
			if from <= s.on && s.on <= to {
				ids = append(ids, s.ev.ID)
			}
		}
		if len(ids) < r.AtLeast {
			continue
		}
		found := Again{Rule: r.Code, By: r.By, Subject: subject, Unit: ev.Unit, Matter: ev.Attributes.String("matter"), Month: on.Month(), Count: len(ids), Events: ids}
		if j, had := at[flag{key, on.Month()}]; !had {
			at[flag{key, on.Month()}] = len(out)
			out = append(out, found)
		} else if found.Count >= out[j].Count {
			out[j] = found
		}
	}
	return out
}
