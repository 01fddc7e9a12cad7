package app

import (
	"context"

	"github.com/huifang/huifang"
)

// CalendarDay is a day that is worked, or not, otherwise than its weekday says,
// or that has a name.
type CalendarDay struct {
	Date    huifang.Date
	Working bool
	Name    huifang.Text
	Own     bool // the organization's own, over the country's
}

// Calendar lists the days of a year that have a name: the country's holidays
// and make-up days with the organization's own laid over them. Everybody in the
// organization may know when it works.
func (a *App) Calendar(ctx context.Context, actor *huifang.Actor, year int) ([]CalendarDay, error) {
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	var out []CalendarDay
	for on := huifang.MakeDate(year, 1, 1); on <= huifang.MakeDate(year, 12, 31); on = on.AddDays(1) {
		name, named := d.calendar.Name(on)
		if !named {
			continue
		}
		day := CalendarDay{Date: on, Working: d.calendar.Working(on), Name: name}
		for _, r := range d.org.Settings.Calendar {
			day.Own = day.Own || r.From <= on && on <= r.To
		}
		out = append(out, day)
	}
	return out, nil
}
