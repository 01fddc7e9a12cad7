package calendar_test

import (
	"encoding/json"
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
)

func offset(tb testing.TB, s string) calendar.Offset {
	tb.Helper()
	var o calendar.Offset
	if err := o.UnmarshalText([]byte(s)); err != nil {
		tb.Fatal(err)
	}
	return o
}

func moment(tb testing.TB, s string) huifang.Moment {
	tb.Helper()
	m, err := huifang.ParseMoment(s)
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

func TestAdd(t *testing.T) {
	for _, c := range []struct{ from, offset, zone, want string }{
		{"2026-11-23", "0d", "Asia/Shanghai", "2026-11-23"},
		{"2026-11-23", "3d", "Asia/Shanghai", "2026-11-26"},
		{"2026-11-23", "-7d", "Asia/Shanghai", "2026-11-16"},
		{"2026-12-31", "1d", "Asia/Shanghai", "2027-01-01"},
		{"2024-02-28", "1d", "Asia/Shanghai", "2024-02-29"},
		{"2026-02-28", "1d", "Asia/Shanghai", "2026-03-01"},
		{"2026-11-23T09:30", "1w", "Asia/Shanghai", "2026-11-30T09:30"},
		{"2026-11-23T24:00", "1d", "Asia/Shanghai", "2026-11-24T24:00"},
		{"2026-01-31", "1mo", "Asia/Shanghai", "2026-02-28"},
		{"2024-01-31", "1mo", "Asia/Shanghai", "2024-02-29"},
		{"2024-02-29T08:00", "12mo", "Asia/Shanghai", "2025-02-28T08:00"},
		{"2026-03-31", "-1mo", "Asia/Shanghai", "2026-02-28"},
		{"2026-08-31", "6mo", "Asia/Shanghai", "2027-02-28"},
		{"2026-09-30", "1wd", "Asia/Shanghai", "2026-10-08"},
		{"2026-09-30T17:00", "3wd", "Asia/Shanghai", "2026-10-10T17:00"},
		{"2026-10-08", "-1wd", "Asia/Shanghai", "2026-09-30"},
		{"2026-10-03", "0wd", "Asia/Shanghai", "2026-10-03"},
		{"1968-12-31", "2mo", "Asia/Shanghai", "1969-02-28"},

		{"2026-11-23T09:17", "12h", "Asia/Shanghai", "2026-11-23T21:17"},
		{"2026-11-23T21:17", "3h", "Asia/Shanghai", "2026-11-24T00:17"},
		{"2026-11-23T00:05", "-1h", "Asia/Shanghai", "2026-11-22T23:05"},
		{"2026-11-23T24:00", "1h", "Asia/Shanghai", "2026-11-24T01:00"},
		{"2026-11-23", "12h", "Asia/Shanghai", "2026-11-23T12:00"},
		{"2026-11-23", "0h", "Asia/Shanghai", "2026-11-23T00:00"},
		{"2026-11-23T09:45", "24h", "Asia/Kolkata", "2026-11-24T09:45"},
		{"2026-11-23T23:50", "1h", "Asia/Kathmandu", "2026-11-24T00:50"},
		{"1969-12-31T23:30", "1h", "Asia/Shanghai", "1970-01-01T00:30"},

		// Spring forward, 8 March 2026: 02:00 becomes 03:00.
		{"2026-03-08T01:30", "1h", "America/New_York", "2026-03-08T03:30"},
		{"2026-03-07T09:00", "24h", "America/New_York", "2026-03-08T10:00"},
		{"2026-03-07T09:00", "1d", "America/New_York", "2026-03-08T09:00"},
		{"2026-03-07T02:30", "1d", "America/New_York", "2026-03-08T02:30"},
		{"2026-03-08T04:00", "-2h", "America/New_York", "2026-03-08T01:00"},
		// Fall back, 1 November 2026: 02:00 becomes 01:00.
		{"2026-11-01T00:30", "1h", "America/New_York", "2026-11-01T01:30"},
		{"2026-11-01T00:30", "2h", "America/New_York", "2026-11-01T01:30"},
		{"2026-11-01T00:30", "3h", "America/New_York", "2026-11-01T02:30"},
		{"2026-10-31T09:00", "24h", "America/New_York", "2026-11-01T08:00"},
		{"2026-11-01", "24h", "America/New_York", "2026-11-01T23:00"},
		// Half an hour forward.
		{"2026-10-04T01:45", "1h", "Australia/Lord_Howe", "2026-10-04T03:15"},
		// A day that does not begin at midnight.
		{"2018-11-04", "1h", "America/Sao_Paulo", "2018-11-04T02:00"},
	} {
		got := calendar.China().Add(moment(t, c.from), offset(t, c.offset), zone(t, c.zone))
		if got.String() != c.want {
			t.Errorf("%s + %s in %s = %s, want %s", c.from, c.offset, c.zone, got, c.want)
		}
	}
}

func TestAddEndsAnywhere(t *testing.T) {
	loc := zone(t, "Asia/Shanghai")
	none := huifang.Moment{Date: huifang.NoDate, Clock: huifang.NoClock}
	day := moment(t, "2026-11-23")
	for span := calendar.Days; span <= calendar.Months; span++ {
		if got := calendar.China().Add(none, calendar.Offset{N: 3, Span: span, Set: true}, loc); got != none {
			t.Errorf("no moment became %s", got)
		}
		least := calendar.China().Add(day, calendar.Offset{N: math.MinInt, Span: span, Set: true}, loc)
		most := calendar.China().Add(day, calendar.Offset{N: math.MaxInt, Span: span, Set: true}, loc)
		if least.Date >= day.Date || most.Date <= day.Date {
			t.Errorf("the largest offsets lead to %s and %s", least, most)
		}
	}
	for n, want := range map[int]string{100_000: "2038-04-20T16:00", 10_000_000: "3167-09-09T16:00"} {
		if got := calendar.China().Add(day, calendar.Offset{N: n, Span: calendar.Hours, Set: true}, loc); got.String() != want {
			t.Errorf("%d hours lead to %s, want %s", n, got, want)
		}
	}
	if got := calendar.China().Add(day, calendar.Offset{}, loc); got != day {
		t.Errorf("no offset leads to %s", got)
	}
}

func TestAddAllocatesNothing(t *testing.T) {
	c, m, loc := calendar.China(), moment(t, "2026-03-08T01:30"), zone(t, "America/New_York")
	for _, s := range []string{"3d", "5h", "30wd", "-2w", "6mo"} {
		o := offset(t, s)
		if n := testing.AllocsPerRun(100, func() { c.Add(m, o, loc) }); n != 0 {
			t.Errorf("adding %s allocates %v times", s, n)
		}
	}
}

// Hours are real time: the instants are that far apart, whatever the clocks do,
// as long as the local time names one instant only.
func TestAddHoursIsRealTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		loc := rapid.SampledFrom(changing(t)).Draw(t, "zone")
		m := huifang.Moment{
			Date:  huifang.Date(rapid.Int32Range(-3650, 25_000).Draw(t, "date")),
			Clock: huifang.Clock(rapid.Int16Range(0, 1439).Draw(t, "clock")),
		}
		n := rapid.IntRange(-2000, 2000).Draw(t, "hours")
		var c *calendar.Calendar
		got := c.Add(m, calendar.Offset{N: n, Span: calendar.Hours, Set: true}, loc)
		late := got.Date.At(got.Clock, loc).Sub(m.Date.At(m.Clock, loc)).Hours() - float64(n)
		if late > 0 || late < -1 {
			t.Fatalf("%s + %dh in %s = %s, off by %v hours", m, n, loc, got, late)
		}
	})
}

func TestOffsetText(t *testing.T) {
	for _, s := range []string{"0d", "3d", "-7d", "1w", "6mo", "3wd", "12h", "-36500d", "36500h"} {
		o := offset(t, s)
		b, err := json.Marshal(struct{ O calendar.Offset }{o})
		if err != nil || !o.Set || string(b) != `{"O":"`+s+`"}` {
			t.Errorf("%s became %s, %v", s, b, err)
		}
		var back struct{ O calendar.Offset }
		if err := json.Unmarshal(b, &back); err != nil || back.O != o {
			t.Errorf("%s came back as %+v, %v", s, back.O, err)
		}
	}
	if o := offset(t, "+3d"); o.N != 3 {
		t.Errorf("+3d is %s", o)
	}
	if b, err := (calendar.Offset{}).MarshalText(); err != nil || len(b) != 0 || offset(t, "").Set {
		t.Errorf("an offset that was not written became %q, %v", b, err)
	}
	for _, s := range []string{"3", "d", "-d", "3 d", " 3d", "3D", "3days", "+-3d", "--3d", "3d3", "3d4h", "1.5d", "36501d", "99999999999999999999d", "三d", "3天", "-"} {
		var o calendar.Offset
		if err := o.UnmarshalText([]byte(s)); huifang.ReasonOf(err) != "offset.invalid" || o.Set {
			t.Errorf("%q became %s, %v", s, o, err)
		}
	}
}

func BenchmarkAddMonth(b *testing.B) {
	c, m, loc := calendar.China(), moment(b, "2026-01-31T09:00"), zone(b, "Asia/Shanghai")
	o := offset(b, "1mo")
	b.ReportAllocs()
	for b.Loop() {
		c.Add(m, o, loc)
	}
}

func BenchmarkAddHours(b *testing.B) {
	c, m, loc := calendar.China(), moment(b, "2026-01-31T09:00"), zone(b, "Asia/Shanghai")
	o := offset(b, "24h")
	b.ReportAllocs()
	for b.Loop() {
		c.Add(m, o, loc)
	}
}
