package pack

import (
	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
	"github.com/huifang/huifang/plan"
)

// RecurrenceRule flags what happens again: the same contact complaining of the
// same matter, the same asset repaired for the same thing (systems.md, "Common
// to all"). A flag is counted in the month's statistics and put to the head,
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
