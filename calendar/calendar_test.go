package calendar_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
)

func date(tb testing.TB, s string) huifang.Date {
	tb.Helper()
	d, err := huifang.ParseDate(s)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

func zone(tb testing.TB, name string) *time.Location {
	tb.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		tb.Fatal(err)
	}
	return loc
}

func load(tb testing.TB, text string) *calendar.Calendar {
	tb.Helper()
	c, err := calendar.Load([]byte(text), "test.yaml")
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// The notices give, for each year, the holidays with their first and last day
// and the make-up days; everything else follows the week.
func TestChinaFollowsTheNotices(t *testing.T) {
	years := map[int]struct {
		off, makeUp      []string
		daysOff, workday int
	}{
		2024: {
			off: []string{
				"01-01 01-01", "02-10 02-17", "04-04 04-06", "05-01 05-05", "06-10 06-10", "09-15 09-17", "10-01 10-07",
			},
			makeUp:  []string{"02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"},
			daysOff: 115, workday: 251,
		},
		2025: {
			off:     []string{"01-01 01-01", "01-28 02-04", "04-04 04-06", "05-01 05-05", "05-31 06-02", "10-01 10-08"},
			makeUp:  []string{"01-26", "02-08", "04-27", "09-28", "10-11"},
			daysOff: 117, workday: 248,
		},
		2026: {
			off: []string{
				"01-01 01-03", "02-15 02-23", "04-04 04-06", "05-01 05-05", "06-19 06-21", "09-25 09-27", "10-01 10-07",
			},
			makeUp:  []string{"01-04", "02-14", "02-28", "05-09", "09-20", "10-10"},
			daysOff: 117, workday: 248,
		},
	}
	c := calendar.China()
	for year, y := range years {
		want := map[huifang.Date]bool{}
		first := huifang.MakeDate(year, time.January, 1)
		after := huifang.MakeDate(year+1, time.January, 1)
		for d := first; d < after; d++ {
			want[d] = d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
		}
		prefix := first.String()[:5]
		for _, s := range y.off {
			for d := date(t, prefix+s[:5]); d <= date(t, prefix+s[6:]); d++ {
				want[d] = false
			}
		}
		for _, s := range y.makeUp {
			d := date(t, prefix+s)
			if want[d] {
				t.Errorf("make-up day %s is a working day anyway", d)
			}
			want[d] = true
		}
		off := 0
		for d := first; d < after; d++ {
			if c.Working(d) != want[d] {
				t.Errorf("%s is worked: %v", d, c.Working(d))
			}
			if !c.Working(d) {
				off++
			}
		}
		if off != y.daysOff || c.WorkingDays(first, after-1) != y.workday {
			t.Errorf("%d has %d days off and %d working days, want %d and %d", year, off, c.WorkingDays(first, after-1), y.daysOff, y.workday)
		}
	}
}

// The public holidays of the year without weekends: 11 days by the regulation
// of 2013, 13 by that of 2024, in force from 2025.
func TestChinaGivesTheStatutoryDays(t *testing.T) {
	for year, want := range map[int]int{2024: 11, 2025: 13, 2026: 13} {
		first, last := huifang.MakeDate(year, time.January, 1), huifang.MakeDate(year, time.December, 31)
		var weekendsOnly *calendar.Calendar
		if got := weekendsOnly.WorkingDays(first, last) - calendar.China().WorkingDays(first, last); got != want {
			t.Errorf("%d has %d holidays beside the weekends, want %d", year, got, want)
		}
	}
}

func TestName(t *testing.T) {
	for s, want := range map[string]huifang.Text{
		"2026-10-01": {ZH: "国庆节", EN: "National Day"},
		"2025-10-08": {ZH: "国庆节、中秋节", EN: "National Day and Mid-Autumn Festival"},
		"2026-01-04": {ZH: "元旦调休上班", EN: "Make-up working day for New Year's Day"},
		"2024-02-10": {ZH: "春节", EN: "Spring Festival"},
		"2026-11-22": {},
		"2026-11-23": {},
		"2030-10-01": {},
	} {
		got, named := calendar.China().Name(date(t, s))
		if got != want || named != (want != huifang.Text{}) {
			t.Errorf("%s is %+v, %v, want %+v", s, got, named, want)
		}
	}
	if got := calendar.China().Until().String(); got != "2026-10-10" {
		t.Errorf("the calendar names days until %s", got)
	}
}

func TestNextAndPrevious(t *testing.T) {
	for _, c := range []struct{ day, next, previous string }{
		{"2026-11-23", "2026-11-23", "2026-11-23"},
		{"2026-11-21", "2026-11-23", "2026-11-20"},
		{"2026-10-01", "2026-10-08", "2026-09-30"},
		{"2026-10-07", "2026-10-08", "2026-09-30"},
		{"2026-10-10", "2026-10-10", "2026-10-10"}, // a Saturday made up
		{"2026-10-11", "2026-10-12", "2026-10-10"},
		{"2026-02-15", "2026-02-24", "2026-02-14"},
		{"2026-02-28", "2026-02-28", "2026-02-28"},
		{"2025-12-31", "2025-12-31", "2025-12-31"},
		{"2026-01-01", "2026-01-04", "2025-12-31"}, // a Sunday made up
		{"1969-07-20", "1969-07-21", "1969-07-18"},
	} {
		d := date(t, c.day)
		if got := calendar.China().Next(d).String(); got != c.next {
			t.Errorf("next of %s is %s, want %s", d, got, c.next)
		}
		if got := calendar.China().Previous(d).String(); got != c.previous {
			t.Errorf("previous of %s is %s, want %s", d, got, c.previous)
		}
	}
}

func TestAddWorkingDays(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-11-23", 0, "2026-11-23"},
		{"2026-11-21", 0, "2026-11-21"}, // off, and still itself
		{"2026-11-23", 1, "2026-11-24"},
		{"2026-11-20", 1, "2026-11-23"},
		{"2026-11-21", 1, "2026-11-23"},
		{"2026-11-22", -1, "2026-11-20"},
		{"2026-11-23", -1, "2026-11-20"},
		{"2026-11-23", 5, "2026-11-30"},
		{"2026-09-30", 1, "2026-10-08"}, // National Day between
		{"2026-09-30", 3, "2026-10-10"}, // the make-up Saturday counts
		{"2026-09-30", 4, "2026-10-12"},
		{"2026-09-18", 1, "2026-09-20"}, // the make-up Sunday counts
		{"2026-10-08", -1, "2026-09-30"},
		{"2026-10-12", -1, "2026-10-10"},
		{"2026-10-05", -1, "2026-09-30"},
		{"2026-02-13", 1, "2026-02-14"},
		{"2026-02-14", 1, "2026-02-24"},
		{"2025-12-31", 1, "2026-01-04"},
		{"2024-02-08", 2, "2024-02-18"}, // 9 February, then past the Spring Festival
		{"2025-09-26", 4, "2025-10-09"}, // Sunday 28, 29, 30, then after eight days
		{"2023-12-29", 251 + 1, "2025-01-02"},
		{"2025-01-02", -252, "2023-12-29"},
		{"1969-12-31", 1, "1970-01-01"}, // before the calendar knows holidays
		{"1970-01-02", -3, "1969-12-30"},
		{"2100-01-01", 10, "2100-01-15"},
	} {
		if got := calendar.China().AddWorkingDays(date(t, c.from), c.n).String(); got != c.want {
			t.Errorf("%s + %d working days = %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestNilCalendarKnowsWeekends(t *testing.T) {
	var none *calendar.Calendar
	if got := none.AddWorkingDays(date(t, "2026-09-30"), 1).String(); got != "2026-10-01" {
		t.Errorf("after 2026-09-30 comes %s", got)
	}
	if none.Working(date(t, "2026-10-10")) || !none.Working(date(t, "2026-10-01")) {
		t.Error("it knows a holiday")
	}
	if none.Next(date(t, "2026-10-10")).String() != "2026-10-12" || none.Previous(date(t, "2026-10-11")).String() != "2026-10-09" {
		t.Error("weekends are worked")
	}
	if _, named := none.Name(date(t, "2026-10-01")); named || none.Until() != huifang.NoDate {
		t.Error("it names a day")
	}
	if none.With(calendar.China()) != calendar.China() || calendar.China().With(nil) != calendar.China() || none.With(nil) != nil {
		t.Error("nothing laid over a calendar changed it")
	}
	var zero calendar.Calendar
	if got := zero.AddWorkingDays(date(t, "2026-11-20"), 1).String(); got != "2026-11-23" {
		t.Errorf("the zero calendar goes to %s", got)
	}
}

func TestAddWorkingDaysEndsAnywhere(t *testing.T) {
	c := calendar.China()
	last := huifang.Date(math.MaxInt32)
	for _, x := range []struct {
		from huifang.Date
		n    int
		want huifang.Date
	}{
		{huifang.NoDate, 5, huifang.NoDate},
		{huifang.NoDate, -5, huifang.NoDate},
		{0, math.MaxInt, last},
		{0, math.MinInt, huifang.NoDate + 1},
		{last, 1, last},
		{last, math.MaxInt, last},
		{huifang.NoDate + 1, -1, huifang.NoDate + 1},
	} {
		if got := c.AddWorkingDays(x.from, x.n); got != x.want {
			t.Errorf("%d + %d working days = %d, want %d", x.from, x.n, got, x.want)
		}
	}
	if c.Next(huifang.NoDate) != huifang.NoDate || c.Previous(huifang.NoDate) != huifang.NoDate {
		t.Error("no date became a date")
	}
}

// drawCalendar draws a week and days of a few years that differ from it, as text,
// and the same thing as a plain map to compare with.
func drawCalendar(t *rapid.T) (*calendar.Calendar, func(huifang.Date) bool) {
	names := []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}
	off := rapid.SliceOfNDistinct(rapid.IntRange(0, 6), 0, 6, rapid.ID[int]).Draw(t, "weekend")
	var text strings.Builder
	weekend := []string{}
	worked := [7]bool{true, true, true, true, true, true, true}
	for _, d := range off {
		weekend = append(weekend, names[d])
		worked[d] = false
	}
	fmt.Fprintf(&text, "weekend: [%s]\nranges:\n", strings.Join(weekend, ", "))
	days := map[huifang.Date]bool{}
	for at, n := huifang.Date(-400), rapid.IntRange(0, 12).Draw(t, "ranges"); n > 0; n-- {
		at += huifang.Date(rapid.Int32Range(1, 60).Draw(t, "gap"))
		to := at + huifang.Date(rapid.Int32Range(0, 30).Draw(t, "length"))
		working := rapid.Bool().Draw(t, "working")
		fmt.Fprintf(&text, "  - {from: %s, to: %s, working: %t, name: x}\n", at, to, working)
		for ; at <= to; at++ {
			days[at] = working
		}
	}
	if len(days) == 0 {
		text.WriteString("  []\n")
	}
	c, err := calendar.Load([]byte(text.String()), "drawn.yaml")
	if err != nil {
		t.Fatalf("%v in\n%s", err, text.String())
	}
	return c, func(d huifang.Date) bool {
		if working, named := days[d]; named {
			return working
		}
		return worked[d.Weekday()]
	}
}

// Walking day by day is what AddWorkingDays means.
func TestAddWorkingDaysIsWalking(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, worked := drawCalendar(t)
		from := huifang.Date(rapid.Int32Range(-500, 800).Draw(t, "from"))
		n := rapid.IntRange(-200, 200).Draw(t, "n")
		want, step := from, huifang.Date(1)
		if n < 0 {
			step = -1
		}
		for left := n; left != 0; {
			if want += step; worked(want) {
				left -= int(step)
			}
		}
		got := c.AddWorkingDays(from, n)
		if got != want {
			t.Fatalf("%s + %d = %s, walking gives %s", from, n, got, want)
		}
		if c.Working(from) != worked(from) {
			t.Fatalf("%s is worked: %v", from, c.Working(from))
		}
		if n > 0 && c.WorkingDays(from+1, got) != n {
			t.Fatalf("%d working days after %s up to %s, want %d", c.WorkingDays(from+1, got), from, got, n)
		}
	})
}

func TestWorkingDayLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, _ := drawCalendar(t)
		d := huifang.Date(rapid.Int32Range(-200_000, 200_000).Draw(t, "date"))
		n := rapid.IntRange(-30_000, 30_000).Draw(t, "n")
		next, previous := c.Next(d), c.Previous(d)
		if !c.Working(next) || next < d || c.Next(next) != next {
			t.Fatalf("next of %s is %s", d, next)
		}
		if !c.Working(previous) || previous > d || c.Previous(previous) != previous {
			t.Fatalf("previous of %s is %s", d, previous)
		}
		if c.AddWorkingDays(d, 1) != c.Next(d+1) || c.AddWorkingDays(d, -1) != c.Previous(d-1) {
			t.Fatalf("one working day from %s is not the next one", d)
		}
		if back := c.AddWorkingDays(c.AddWorkingDays(next, n), -n); back != next {
			t.Fatalf("%s + %d - %d = %s", next, n, n, back)
		}
		if c.AddWorkingDays(d, n+1) <= c.AddWorkingDays(d, n) && n != 0 && n != -1 {
			t.Fatalf("one working day more from %s + %d is not later", d, n)
		}
		if c.AddWorkingDays(d+1, n) < c.AddWorkingDays(d, n) {
			t.Fatalf("%d working days from the day after %s are earlier", n, d)
		}
	})
}

func TestWith(t *testing.T) {
	later := load(t, `
ranges:
  - {from: 2027-01-01, to: 2027-01-03, working: false, name: {zh: 元旦, en: New Year's Day}}
  - {from: 2026-10-08, working: false, name: {zh: 公司成立日, en: Founders' Day}}
  - {from: 2026-10-10, working: false, name: {zh: 不调休, en: No make-up day}}
`)
	c := calendar.China().With(later)
	for s, want := range map[string]bool{
		"2026-10-07": false, "2026-10-08": false, "2026-10-09": true, "2026-10-10": false, "2026-10-12": true,
		"2027-01-01": false, "2027-01-04": true, "2024-02-04": true, "2026-11-22": false,
	} {
		if c.Working(date(t, s)) != want {
			t.Errorf("%s is worked: %v", s, !want)
		}
	}
	if got := c.AddWorkingDays(date(t, "2026-09-30"), 1).String(); got != "2026-10-09" {
		t.Errorf("after 2026-09-30 comes %s", got)
	}
	if name, _ := c.Name(date(t, "2026-10-08")); name.ZH != "公司成立日" {
		t.Errorf("2026-10-08 is %q", name.ZH)
	}
	if name, _ := c.Name(date(t, "2026-10-01")); name.ZH != "国庆节" {
		t.Errorf("2026-10-01 is %q", name.ZH)
	}
	if !calendar.China().Working(date(t, "2026-10-10")) || calendar.China().Working(date(t, "2027-01-02")) {
		t.Error("laying days over a calendar changed it")
	}

	sixDays := calendar.China().With(load(t, "weekend: [sunday]"))
	for s, want := range map[string]bool{"2026-11-21": true, "2026-11-22": false, "2026-10-03": false, "2026-09-20": true} {
		if sixDays.Working(date(t, s)) != want {
			t.Errorf("with Saturdays worked, %s is worked: %v", s, !want)
		}
	}
	everyDay := load(t, "weekend: []")
	if got := everyDay.AddWorkingDays(date(t, "2026-11-20"), 7).String(); got != "2026-11-27" {
		t.Errorf("seven of every day from 2026-11-20 is %s", got)
	}
	if kept := sixDays.With(later); !kept.Working(date(t, "2026-11-21")) {
		t.Error("a file without weekend changed the week")
	}
}

func TestWorkingDaysCounts(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     int
	}{
		{"2026-11-23", "2026-11-23", 1},
		{"2026-11-22", "2026-11-22", 0},
		{"2026-11-24", "2026-11-23", 0},
		{"2026-10-01", "2026-10-31", 18}, // 22 weekdays less five, and the 10th
		{"2026-02-01", "2026-02-28", 16},
	} {
		if got := calendar.China().WorkingDays(date(t, c.from), date(t, c.to)); got != c.want {
			t.Errorf("%s to %s has %d working days, want %d", c.from, c.to, got, c.want)
		}
	}
}

func BenchmarkAddWorkingDays(b *testing.B) {
	c, d := calendar.China(), date(b, "2026-09-30")
	b.ReportAllocs()
	for b.Loop() {
		c.AddWorkingDays(d, 250)
	}
}
