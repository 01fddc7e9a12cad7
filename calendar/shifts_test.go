package calendar_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
)

const office = "monday-friday 08:30-12:00 13:30-17:30; saturday 09:00-12:00"

func shifts(tb testing.TB, s string) calendar.Shifts {
	tb.Helper()
	out, err := calendar.ParseShifts(s)
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

func TestShiftsOpenAndNext(t *testing.T) {
	const weekdays = "monday-friday 08:30-12:00 13:30-17:30"
	const nights = "monday-friday 22:00-06:00"
	for _, c := range []struct{ shifts, zone, at, next string }{
		{weekdays, "Asia/Shanghai", "2026-11-23T08:29:59+08:00", "2026-11-23T08:30:00+08:00"},
		{weekdays, "Asia/Shanghai", "2026-11-23T08:30:00+08:00", "2026-11-23T08:30:00+08:00"},
		{weekdays, "Asia/Shanghai", "2026-11-23T11:59:59+08:00", "2026-11-23T11:59:59+08:00"},
		{weekdays, "Asia/Shanghai", "2026-11-23T12:00:00+08:00", "2026-11-23T13:30:00+08:00"},
		{weekdays, "Asia/Shanghai", "2026-11-23T17:30:00+08:00", "2026-11-24T08:30:00+08:00"},
		{weekdays, "Asia/Shanghai", "2026-11-20T18:00:00+08:00", "2026-11-23T08:30:00+08:00"},
		{weekdays, "Asia/Kolkata", "2026-11-23T07:00:00+05:30", "2026-11-23T08:30:00+05:30"},
		{nights, "Asia/Shanghai", "2026-11-23T12:00:00+08:00", "2026-11-23T22:00:00+08:00"},
		{nights, "Asia/Shanghai", "2026-11-24T03:00:00+08:00", "2026-11-24T03:00:00+08:00"},
		{nights, "Asia/Shanghai", "2026-11-21T05:59:00+08:00", "2026-11-21T05:59:00+08:00"}, // Friday's
		{nights, "Asia/Shanghai", "2026-11-21T06:00:00+08:00", "2026-11-23T22:00:00+08:00"},
		{"monday-sunday 00:00-24:00", "Asia/Shanghai", "2026-11-20T23:59:59+08:00", "2026-11-20T23:59:59+08:00"},
	} {
		s, loc, at, want := shifts(t, c.shifts), zone(t, c.zone), instant(t, c.at), instant(t, c.next)
		got := s.Next(at, loc, calendar.China())
		if !got.Equal(want) {
			t.Errorf("%s at %s: next is %s, want %s", c.shifts, c.at, got.In(loc), c.next)
		}
		if s.Open(at, loc) != at.Equal(want) {
			t.Errorf("%s is open at %s: %v", c.shifts, c.at, s.Open(at, loc))
		}
	}
}

func TestShiftsOnDaysOff(t *testing.T) {
	sixDays := calendar.China().With(load(t, "weekend: [sunday]"))
	for _, c := range []struct {
		name, shifts string
		cal          *calendar.Calendar
		at, next     string
	}{
		{"holiday", "monday-friday 09:00-17:00", calendar.China(), "2026-10-01T10:00:00+08:00", "2026-10-08T09:00:00+08:00"},
		{"make-up Saturday works as a Monday", "monday-friday 09:00-17:00", calendar.China(), "2026-10-09T18:00:00+08:00", "2026-10-10T09:00:00+08:00"},
		{"make-up Saturday with hours of its own", office, calendar.China(), "2026-10-09T18:00:00+08:00", "2026-10-10T09:00:00+08:00"},
		{"after its own hours", office, calendar.China(), "2026-10-10T12:00:00+08:00", "2026-10-12T08:30:00+08:00"},
		{"Saturdays off", office, calendar.China(), "2026-11-20T18:00:00+08:00", "2026-11-23T08:30:00+08:00"},
		{"Saturdays worked", office, sixDays, "2026-11-20T18:00:00+08:00", "2026-11-21T09:00:00+08:00"},
		{"no calendar", "monday-friday 09:00-17:00", nil, "2026-10-01T10:00:00+08:00", "2026-10-01T10:00:00+08:00"},
		{"night before a holiday", "monday-friday 22:00-06:00", calendar.China(), "2026-10-01T03:00:00+08:00", "2026-10-01T03:00:00+08:00"},
		{"night after a holiday", "monday-friday 22:00-06:00", calendar.China(), "2026-10-08T03:00:00+08:00", "2026-10-08T22:00:00+08:00"},
		{"only make-up Sundays", "sunday 10:00-12:00", calendar.China(), "2026-01-01T00:00:00+08:00", "2026-01-04T10:00:00+08:00"},
	} {
		loc := zone(t, "Asia/Shanghai")
		got := shifts(t, c.shifts).Next(instant(t, c.at), loc, c.cal)
		if !got.Equal(instant(t, c.next)) {
			t.Errorf("%s: next is %s, want %s", c.name, got.In(loc), c.next)
		}
	}
}

func TestShiftsWithoutHoursEnd(t *testing.T) {
	loc, at := zone(t, "Asia/Shanghai"), instant(t, "2026-11-23T10:00:00+08:00")
	for _, s := range []calendar.Shifts{{}, shifts(t, ""), shifts(t, "sunday 09:00-10:00")} {
		if got := s.Next(at, loc, nil); !got.IsZero() {
			t.Errorf("next is %s", got)
		}
		for _, d := range []time.Duration{time.Hour, -time.Hour, 1<<63 - 1, -1 << 63} {
			if got := s.AddWorkingHours(at, d, loc, nil); !got.IsZero() {
				t.Errorf("%s of working time ends at %s", d, got)
			}
		}
		if got := s.AddWorkingHours(at, 0, loc, nil); !got.Equal(at) {
			t.Errorf("no working time ends at %s", got)
		}
	}
}

func TestAddWorkingHours(t *testing.T) {
	const day = "monday-friday 08:30-12:00 13:30-17:30" // 7.5 hours
	for _, c := range []struct{ shifts, zone, from, d, want string }{
		{day, "Asia/Shanghai", "2026-11-23T09:00:00+08:00", "1h", "2026-11-23T10:00:00+08:00"},
		{day, "Asia/Shanghai", "2026-11-23T11:30:00+08:00", "1h", "2026-11-23T14:00:00+08:00"},
		{day, "Asia/Shanghai", "2026-11-23T11:30:00+08:00", "30m", "2026-11-23T12:00:00+08:00"},
		{day, "Asia/Shanghai", "2026-11-23T17:00:00+08:00", "1h", "2026-11-24T09:00:00+08:00"},
		{day, "Asia/Shanghai", "2026-11-20T17:30:00+08:00", "1h", "2026-11-23T09:30:00+08:00"},
		{day, "Asia/Shanghai", "2026-11-21T10:00:00+08:00", "4h", "2026-11-23T14:00:00+08:00"},
		{day, "Asia/Shanghai", "2026-09-30T16:30:00+08:00", "2h", "2026-10-08T09:30:00+08:00"},
		{day, "Asia/Shanghai", "2026-10-09T17:00:00+08:00", "1h", "2026-10-10T09:00:00+08:00"},
		{day, "Asia/Shanghai", "2026-11-23T08:30:00+08:00", "37h30m", "2026-11-27T17:30:00+08:00"},
		{day, "Asia/Shanghai", "2026-11-23T10:00:00+08:00", "-1h", "2026-11-23T09:00:00+08:00"},
		{day, "Asia/Shanghai", "2026-11-23T08:45:00+08:00", "-30m", "2026-11-20T17:15:00+08:00"},
		{day, "Asia/Shanghai", "2026-10-08T09:00:00+08:00", "-1h", "2026-09-30T17:00:00+08:00"},
		{day, "Asia/Kolkata", "2026-11-23T17:00:00+05:30", "1h", "2026-11-24T09:00:00+05:30"},
		{"monday-sunday 22:00-06:00", "Asia/Shanghai", "2026-11-24T05:00:00+08:00", "2h", "2026-11-24T23:00:00+08:00"},
		{"monday-sunday 22:00-06:00", "Asia/Shanghai", "2026-11-24T01:00:00+08:00", "-4h", "2026-11-23T05:00:00+08:00"},
		// the night of 7 March has seven hours, that of 31 October nine
		{"monday-sunday 22:00-06:00", "America/New_York", "2026-03-06T22:00:00-05:00", "10h", "2026-03-08T00:00:00-05:00"},
		{"saturday 22:00-06:00", "America/New_York", "2026-03-07T22:00:00-05:00", "7h", "2026-03-08T06:00:00-04:00"},
		{"saturday 22:00-06:00", "America/New_York", "2026-10-31T22:00:00-04:00", "9h", "2026-11-01T06:00:00-05:00"},
	} {
		loc := zone(t, c.zone)
		d, err := time.ParseDuration(c.d)
		if err != nil {
			t.Fatal(err)
		}
		cal := calendar.China()
		if c.zone == "America/New_York" || c.shifts != day {
			cal = load(t, "weekend: []")
		}
		if got := shifts(t, c.shifts).AddWorkingHours(instant(t, c.from), d, loc, cal); !got.Equal(instant(t, c.want)) {
			t.Errorf("%s from %s + %s = %s, want %s", c.shifts, c.from, c.d, got.In(loc), c.want)
		}
	}
}

func TestWorkingHourLaws(t *testing.T) {
	zones := changing(t)
	weeks := []calendar.Shifts{shifts(t, office), shifts(t, "monday-sunday 22:00-06:00"), shifts(t, "wednesday 00:00-24:00"), shifts(t, "friday-monday 01:00-02:30 03:00-20:00")}
	rapid.Check(t, func(t *rapid.T) {
		s, loc := rapid.SampledFrom(weeks).Draw(t, "shifts"), rapid.SampledFrom(zones).Draw(t, "zone")
		cal := rapid.SampledFrom([]*calendar.Calendar{nil, calendar.China()}).Draw(t, "calendar")
		at := time.Unix(rapid.Int64Range(1_700_000_000, 1_850_000_000).Draw(t, "at"), 0)
		d := time.Duration(rapid.Int64Range(1, 400*3600).Draw(t, "seconds")) * time.Second
		next := s.Next(at, loc, cal)
		if next.Before(at) || !s.Next(next, loc, cal).Equal(next) {
			t.Fatalf("next of %s is %s, then %s", at.In(loc), next.In(loc), s.Next(next, loc, cal).In(loc))
		}
		end := s.AddWorkingHours(at, d, loc, cal)
		if !end.Equal(s.AddWorkingHours(next, d, loc, cal)) {
			t.Fatalf("time off counted from %s", at.In(loc))
		}
		if back := s.AddWorkingHours(end, -d, loc, cal); !s.Next(back, loc, cal).Equal(next) {
			t.Fatalf("%s + %s = %s, and back %s", next.In(loc), d, end.In(loc), back.In(loc))
		}
		half := s.AddWorkingHours(s.AddWorkingHours(at, d/2, loc, cal), d-d/2, loc, cal)
		if !half.Equal(end) {
			t.Fatalf("%s + %s = %s, in two parts %s", at.In(loc), d, end.In(loc), half.In(loc))
		}
	})
}

func TestParseShifts(t *testing.T) {
	s := shifts(t, office)
	monday, saturday := date(t, "2026-11-23"), date(t, "2026-10-10")
	if got := s.On(monday, nil); len(got) != 2 || got[0] != (calendar.Shift{From: 510, Until: 720}) || got[1] != (calendar.Shift{From: 810, Until: 1050}) {
		t.Errorf("Monday has %v", got)
	}
	if got := s.On(saturday, calendar.China()); len(got) != 1 || got[0].Until != 720 {
		t.Errorf("the make-up Saturday has %v", got)
	}
	if got := shifts(t, "friday-monday 13:00-14:00 09:00-10:00").On(monday, nil); len(got) != 2 || got[0].From != 540 {
		t.Errorf("shifts out of order: %v", got)
	}
	for in, reason := range map[string]string{
		"monday":                                        "shifts.invalid",
		"monday 9-17":                                   "shifts.invalid",
		"monday 09:00-09:00":                            "shifts.invalid",
		"monday 24:00-08:00":                            "shifts.invalid",
		"mon 09:00-17:00":                               "shifts.invalid",
		"monday-funday 09:00-17:00":                     "shifts.invalid",
		"monday 09:00-17:00,18:00-19:00":                "shifts.invalid",
		"monday 09:00-12:00 11:59-17:00":                "shifts.overlap",
		"monday 22:00-06:00; tuesday 05:00-09:00":       "shifts.overlap",
		"monday 22:00-06:00 23:00-24:00":                "shifts.overlap",
		"saturday 22:00-02:00; sunday 01:00-03:00":      "shifts.overlap",
		"monday 09:00-12:00; monday-friday 09:00-17:00": "shifts.overlap",
	} {
		if _, err := calendar.ParseShifts(in); huifang.ReasonOf(err) != reason {
			t.Errorf("%q gave %v, want %s", in, err, reason)
		}
	}
	for _, in := range []string{"monday 22:00-06:00; tuesday 06:00-09:00", "monday 09:00-12:00 12:00-17:00", "monday-sunday 00:00-24:00", "Monday 09:00-17:00;"} {
		if _, err := calendar.ParseShifts(in); err != nil {
			t.Errorf("%q gave %v", in, err)
		}
	}
}
