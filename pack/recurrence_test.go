package pack_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/plan"
)

func period(tb testing.TB, s string) pack.Period {
	tb.Helper()
	var p pack.Period
	if err := p.UnmarshalText([]byte(s)); err != nil {
		tb.Fatal(err)
	}
	if b, err := p.MarshalText(); err != nil || string(b) != s {
		tb.Errorf("%s is written %s %v", s, b, err)
	}
	return p
}

func TestPeriod(t *testing.T) {
	for _, c := range []struct{ period, on, from, to string }{
		{"calendar_month", "2026-02-10", "2026-02-01", "2026-02-28"},
		{"calendar_month", "2024-02-29", "2024-02-01", "2024-02-29"},
		{"3mo", "2026-05-31", "2026-02-28", "2026-05-31"},
		{"1mo", "2026-03-31", "2026-02-28", "2026-03-31"},
		{"2w", "2026-03-15", "2026-03-01", "2026-03-15"},
		{"30d", "2026-03-15", "2026-02-13", "2026-03-15"},
	} {
		on, err := huifang.ParseDate(c.on)
		if err != nil {
			t.Fatal(err)
		}
		if from, to := period(t, c.period).Range(on); from.String() != c.from || to.String() != c.to {
			t.Errorf("%s on %s: %s to %s", c.period, c.on, from, to)
		}
	}
	for _, bad := range []string{"", "month", "0d", "-3mo", "12h", "3wd", "3"} {
		var p pack.Period
		if err := p.UnmarshalText([]byte(bad)); huifang.CodeOf(err) != huifang.CodeInvalid {
			t.Errorf("%q accepted: %v", bad, err)
		}
	}
}

func atShanghai(huifang.ID) *time.Location { return plan.DefaultZone() }

func TestRecurrenceByDepartment(t *testing.T) {
	p := &pack.Pack{Recurrences: []pack.RecurrenceRule{{Code: "r", Of: []string{"a"}, By: "contact", Same: []string{"department"}, AtLeast: 2, Within: period(t, "calendar_month")}}}
	at := func(day int) time.Time { return time.Date(2026, 3, day, 2, 0, 0, 0, time.UTC) }
	events := []huifang.Event{
		{ID: "1", Type: "a", At: at(1), Contact: "c", Department: "工程部"},
		{ID: "2", Type: "a", At: at(31), Contact: "c", Department: "工程部"},
		{ID: "3", Type: "a", At: at(2), Contact: "c", Department: "环境部"},
		{ID: "4", Type: "b", At: at(3), Contact: "c", Department: "环境部"},
		{ID: "5", Type: "a", At: at(32), Contact: "c", Department: "工程部"},
		{ID: "6", Type: "a", At: at(4), Department: "工程部"},
		{ID: "2", Type: "a", At: at(31), Contact: "c", Department: "工程部"},
	}
	got := p.FindRecurrences(events, atShanghai)
	if len(got) != 1 || got[0].Count != 2 || got[0].Month.String() != "2026-03" || !slices.Equal(got[0].Events, []huifang.ID{"1", "2"}) {
		t.Errorf("%+v", got)
	}
}

// TestRecurrencesByHand compares with a count made the slow way, over random
// histories in any order, each event once or more.
func TestRecurrencesByHand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rule := pack.RecurrenceRule{Code: "r", Of: []string{"a", "b"}, By: rapid.SampledFrom([]string{"contact", "asset"}).Draw(t, "by"), AtLeast: rapid.IntRange(2, 4).Draw(t, "n")}
		if err := rule.Within.UnmarshalText([]byte(rapid.SampledFrom([]string{"calendar_month", "1mo", "20d"}).Draw(t, "within"))); err != nil {
			t.Fatal(err)
		}
		start := time.Date(2026, 1, 15, 15, 30, 0, 0, time.UTC)
		n := rapid.IntRange(0, 25).Draw(t, "events")
		var events []huifang.Event
		for i := range n {
			events = append(events, huifang.Event{
				ID: huifang.ID(strconv.Itoa(i)), Type: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "type"),
				At:      start.Add(time.Duration(rapid.IntRange(0, 24*90).Draw(t, "hour")) * time.Hour),
				Contact: rapid.SampledFrom([]huifang.ID{"", "x", "y"}).Draw(t, "contact"), Asset: rapid.SampledFrom([]huifang.ID{"", "p"}).Draw(t, "asset"),
				Attributes: huifang.Attributes{"matter": rapid.SampledFrom([]string{"", "m", " M ", "k"}).Draw(t, "matter")},
			})
		}
		doubled := rapid.Permutation(append(slices.Clone(events), events...)).Draw(t, "order")
		p := &pack.Pack{Recurrences: []pack.RecurrenceRule{rule}}
		got := map[string]int{}
		for _, a := range p.FindRecurrences(doubled, atShanghai) {
			key := fmt.Sprint(a.Subject, strings.ToLower(strings.TrimSpace(a.Matter)), a.Month)
			if _, twice := got[key]; twice {
				t.Fatalf("%s is flagged twice", key)
			}
			got[key] = a.Count
		}
		want := map[string]int{}
		for _, e := range events {
			count, key := countByHand(rule, events, e)
			if count >= rule.AtLeast {
				want[key] = max(want[key], count)
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

// countByHand counts what recurs up to and with an event, without the code
// under test.
func countByHand(rule pack.RecurrenceRule, events []huifang.Event, e huifang.Event) (count int, key string) {
	about := func(e huifang.Event) (subject huifang.ID, matter string) {
		if subject = e.Contact; rule.By == "asset" {
			subject = e.Asset
		}
		return subject, strings.ToLower(strings.TrimSpace(e.Attributes.String("matter")))
	}
	subject, matter := about(e)
	if subject == "" || matter == "" || e.Type == "c" {
		return 0, ""
	}
	zone := plan.DefaultZone()
	local := e.At.In(zone)
	on := huifang.DateOf(e.At, zone)
	for _, o := range events {
		s, m := about(o)
		day := huifang.DateOf(o.At, zone)
		var near bool
		switch {
		case rule.Within.CalendarMonth:
			near = o.At.In(zone).Month() == local.Month() && o.At.In(zone).Year() == local.Year()
		case rule.Within.Back.String() == "20d":
			near = day >= on-20
		default:
			near = day >= on.AddMonths(-1)
		}
		earlier := o.At.Before(e.At) || o.At.Equal(e.At) && o.ID <= e.ID
		if o.Type != "c" && s == subject && m == matter && near && earlier {
			count++
		}
	}
	return count, fmt.Sprint(subject, matter, on.Month())
}
