package calendar_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
)

// changing are zones whose clocks change, at different hours and by different
// amounts, and some that never do.
func changing(tb rapid.TB) []*time.Location {
	tb.Helper()
	var out []*time.Location
	for _, name := range []string{
		"UTC", "Asia/Shanghai", "Asia/Kolkata", "America/New_York", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe",
		"America/St_Johns", "America/Havana", "Africa/Casablanca", "Pacific/Chatham", "Asia/Beirut",
	} {
		loc, err := time.LoadLocation(name)
		if err != nil {
			tb.Fatal(err)
		}
		out = append(out, loc)
	}
	return out
}

func TestQuiet(t *testing.T) {
	for _, c := range []struct{ quiet, zone, at, after string }{
		{"21:00-09:00", "Asia/Shanghai", "2026-11-23T20:59:59+08:00", "2026-11-23T20:59:59+08:00"},
		{"21:00-09:00", "Asia/Shanghai", "2026-11-23T21:00:00+08:00", "2026-11-24T09:00:00+08:00"},
		{"21:00-09:00", "Asia/Shanghai", "2026-11-23T23:59:59+08:00", "2026-11-24T09:00:00+08:00"},
		{"21:00-09:00", "Asia/Shanghai", "2026-11-24T00:00:00+08:00", "2026-11-24T09:00:00+08:00"},
		{"21:00-09:00", "Asia/Shanghai", "2026-11-24T08:59:59+08:00", "2026-11-24T09:00:00+08:00"},
		{"21:00-09:00", "Asia/Shanghai", "2026-11-24T09:00:00+08:00", "2026-11-24T09:00:00+08:00"},
		{"21:00-09:00", "Asia/Shanghai", "2026-12-31T22:00:00+08:00", "2027-01-01T09:00:00+08:00"},
		{"12:00-14:00", "Asia/Shanghai", "2026-11-23T11:59:00+08:00", "2026-11-23T11:59:00+08:00"},
		{"12:00-14:00", "Asia/Shanghai", "2026-11-23T12:00:30+08:00", "2026-11-23T14:00:00+08:00"},
		{"12:00-14:00", "Asia/Shanghai", "2026-11-23T14:00:00+08:00", "2026-11-23T14:00:00+08:00"},
		{"21:00-24:00", "Asia/Shanghai", "2026-11-23T22:00:00+08:00", "2026-11-24T00:00:00+08:00"},
		{"00:00-08:30", "Asia/Kolkata", "2026-11-23T03:00:00+05:30", "2026-11-23T08:30:00+05:30"},
		{"21:00-09:00", "Asia/Shanghai", "1969-12-31T23:00:00+08:00", "1970-01-01T09:00:00+08:00"},
		// the clocks change within the quiet time: it ends by the clock
		{"21:00-09:00", "America/New_York", "2026-03-07T22:00:00-05:00", "2026-03-08T09:00:00-04:00"},
		{"21:00-09:00", "America/New_York", "2026-10-31T22:00:00-04:00", "2026-11-01T09:00:00-05:00"},
		// its end is skipped
		{"21:00-02:30", "America/New_York", "2026-03-08T01:00:00-05:00", "2026-03-08T03:00:00-04:00"},
		// its end is repeated: quiet again until it comes the second time
		{"21:00-01:30", "America/New_York", "2026-11-01T01:29:00-04:00", "2026-11-01T01:30:00-04:00"},
		{"21:00-01:30", "America/New_York", "2026-11-01T01:10:00-05:00", "2026-11-01T01:30:00-05:00"},
		{"21:00-01:30", "America/New_York", "2026-11-01T01:10:42-05:00", "2026-11-01T01:30:00-05:00"},
		// the day on which it should end never was
		{"21:00-09:00", "Pacific/Apia", "2011-12-29T22:00:00-10:00", "2011-12-31T09:00:00+14:00"},
		{"", "Asia/Shanghai", "2026-11-23T03:00:00+08:00", "2026-11-23T03:00:00+08:00"},
	} {
		q, err := calendar.ParseQuiet(c.quiet)
		if err != nil {
			t.Fatal(err)
		}
		at, want, loc := instant(t, c.at), instant(t, c.after), zone(t, c.zone)
		if got := q.After(at, loc); !got.Equal(want) {
			t.Errorf("%s at %s: after it is %s, want %s", c.quiet, c.at, got.In(loc), c.after)
		}
		if q.Covers(at, loc) == at.Equal(want) {
			t.Errorf("%s covers %s: %v", c.quiet, c.at, q.Covers(at, loc))
		}
	}
}

func instant(tb testing.TB, s string) time.Time {
	tb.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		tb.Fatal(err)
	}
	return at
}

func TestQuietEnds(t *testing.T) {
	zones := changing(t)
	rapid.Check(t, func(t *rapid.T) {
		q := calendar.Quiet{
			From:  huifang.Clock(rapid.Int16Range(0, 1439).Draw(t, "from")),
			Until: huifang.Clock(rapid.Int16Range(0, 1439).Draw(t, "until")),
		}
		loc := rapid.SampledFrom(zones).Draw(t, "zone")
		at := time.Unix(rapid.Int64Range(-300_000_000, 2_500_000_000).Draw(t, "at"), 0)
		after := q.After(at, loc)
		switch {
		case q.Covers(after, loc):
			t.Fatalf("%s in %s is still quiet at %s", q, loc, after.In(loc))
		case !q.Covers(at, loc) && !after.Equal(at):
			t.Fatalf("%s in %s moved %s to %s", q, loc, at.In(loc), after.In(loc))
		case q.Covers(at, loc) && (!after.After(at) || after.Sub(at) > 25*time.Hour):
			t.Fatalf("%s in %s moved %s to %s", q, loc, at.In(loc), after.In(loc))
		}
		// Nothing in between was free already.
		for x := at; x.Before(after); x = x.Add(7 * time.Minute) {
			if !q.Covers(x, loc) {
				t.Fatalf("%s in %s passed over %s on the way from %s to %s", q, loc, x.In(loc), at.In(loc), after.In(loc))
			}
		}
	})
}

func TestParseQuiet(t *testing.T) {
	for in, want := range map[string]string{
		"21:00-09:00": "21:00-09:00", " 21:00 - 09:00 ": "21:00-09:00", "12:00-14:00": "12:00-14:00", "21:00-24:00": "21:00-24:00", "": "", "  ": "",
	} {
		q, err := calendar.ParseQuiet(in)
		if err != nil || q.String() != want {
			t.Errorf("%q became %q, %v", in, q, err)
		}
		var back calendar.Quiet
		if b, err := q.MarshalText(); err != nil || back.UnmarshalText(b) != nil || back != q {
			t.Errorf("%q came back as %q, %v", in, back, err)
		}
	}
	for _, in := range []string{"21:00", "21-09", "21:00-", "-09:00", "21:00-25:00", "09:00-09:00", "00:00-24:00", "24:00-00:00", "21:00-09:00-10:00", "9:00-10:00"} {
		if q, err := calendar.ParseQuiet(in); huifang.ReasonOf(err) != "quiet.invalid" || q != (calendar.Quiet{}) {
			t.Errorf("%q became %q, %v", in, q, err)
		}
	}
}
