package api

import (
	"context"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// CalendarDay is a holiday or make-up day.
type CalendarDay struct {
	Date    string       `json:"date" format:"date"`
	Working bool         `json:"working"`
	Name    huifang.Text `json:"name"`
	Own     bool         `json:"own" doc:"The organization's own, over the country's."`
}

type calendarInput struct {
	Year int `path:"year" minimum:"1970" maximum:"2199"`
}

func (s *service) getCalendar(ctx context.Context, actor *huifang.Actor, in *calendarInput) (*answer[List[CalendarDay]], error) {
	days, err := s.app.Calendar(ctx, actor, in.Year)
	return all(days, func(d app.CalendarDay) CalendarDay {
		return CalendarDay{Date: d.Date.String(), Working: d.Working, Name: d.Name, Own: d.Own}
	}), err
}
