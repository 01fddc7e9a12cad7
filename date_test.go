package huifang_test

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/huifang/huifang"
)

func zone(tb testing.TB, name string) *time.Location {
	tb.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		tb.Fatal(err)
	}
	return loc
}

func date(tb testing.TB, s string) huifang.Date {
	tb.Helper()
	d, err := huifang.ParseDate(s)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

func clock(tb testing.TB, s string) huifang.Clock {
	tb.Helper()
	c, err := huifang.ParseClock(s)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

func TestDateAgreesWithTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// Years -9000 to 13000, far on both sides of 1970.
		d := huifang.Date(rapid.Int32Range(-4_000_000, 4_000_000).Draw(t, "date"))
		want := time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(d))
		y, m, day := d.Civil()
		if y != want.Year() || m != want.Month() || day != want.Day() {
			t.Fatalf("Civil of %d is %d-%d-%d, want %s", d, y, m, day, want)
		}
		if d.Weekday() != want.Weekday() {
			t.Fatalf("Weekday of %s is %s, want %s", want, d.Weekday(), want.Weekday())
		}
		if got := huifang.MakeDate(y, m, day); got != d {
			t.Fatalf("MakeDate(%d, %d, %d) = %d, want %d", y, m, day, got, d)
		}
		if y >= 0 && y <= 9999 {
			if got, err := huifang.ParseDate(d.String()); err != nil || got != d {
				t.Fatalf("ParseDate(%q) = %d, %v, want %d", d, got, err, d)
			}
		}
	})
}

func TestWeekday(t *testing.T) {
	for s, want := range map[string]time.Weekday{
		"1969-12-31": time.Wednesday, "1970-01-01": time.Thursday, "1900-01-01": time.Monday,
		"1582-10-15": time.Friday, "0001-01-01": time.Monday, "2000-02-29": time.Tuesday, "2026-11-23": time.Monday,
		"9999-12-31": time.Friday,
	} {
		if got := date(t, s).Weekday(); got != want {
			t.Errorf("%s is a %s, want %s", s, got, want)
		}
	}
	if huifang.NoDate.Weekday() < time.Sunday || huifang.NoDate.Weekday() > time.Saturday {
		t.Errorf("the weekday of NoDate is %d", huifang.NoDate.Weekday())
	}
}

func TestParseDateIsStrict(t *testing.T) {
	for _, s := range []string{
		"", "2026-2-3", "2026-02-30", "2025-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "26-01-01",
		"2026/01/01", "2026-01-01 ", " 2026-01-01", "2026-01-01T00:00", "20260101", "２０２６-01-01", "+026-01-01",
	} {
		d, err := huifang.ParseDate(s)
		if err == nil || d != huifang.NoDate || huifang.ReasonOf(err) != "date.invalid" {
			t.Errorf("ParseDate(%q) = %v, %v", s, d, err)
		}
	}
}

func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-01-31", 1, "2026-02-28"},
		{"2024-01-31", 1, "2024-02-29"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2024-02-29", 48, "2028-02-29"},
		{"1896-02-29", 48, "1900-02-28"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-03-30", -1, "2026-02-28"},
		{"2026-05-31", 1, "2026-06-30"},
		{"2026-02-28", 1, "2026-03-28"},
		{"2026-12-15", 1, "2027-01-15"},
		{"2026-01-15", -1, "2025-12-15"},
		{"2026-01-31", 0, "2026-01-31"},
		{"2026-08-31", 6, "2027-02-28"},
		{"1970-01-31", -23, "1968-02-29"},
		{"2026-01-01", -1200, "1926-01-01"},
	} {
		if got := date(t, c.from).AddMonths(c.n); got.String() != c.want {
			t.Errorf("%s + %d months = %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestAddMonthsLandsInItsMonth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := huifang.Date(rapid.Int32Range(-100_000, 100_000).Draw(t, "date"))
		n := rapid.IntRange(-1500, 1500).Draw(t, "months")
		y, m, day := d.Civil()
		gotY, gotM, gotDay := d.AddMonths(n).Civil()
		if gotY*12+int(gotM) != y*12+int(m)+n {
			t.Fatalf("%s + %d months is in %d-%d", d, n, gotY, gotM)
		}
		if gotDay != day && (gotDay > day || huifang.MakeDate(gotY, gotM, gotDay+1).Month() == d.AddMonths(n).Month()) {
			t.Fatalf("%s + %d months is day %d, neither the same day nor the month's end", d, n, gotDay)
		}
		if d.AddDays(1).AddMonths(n) < d.AddMonths(n) {
			t.Fatalf("a later day than %s comes earlier after %d months", d, n)
		}
	})
}

func TestNoDateStays(t *testing.T) {
	if huifang.NoDate.AddDays(1) != huifang.NoDate || huifang.NoDate.AddMonths(-3) != huifang.NoDate {
		t.Error("moving no date gave a date")
	}
	var d huifang.Date
	if err := d.UnmarshalText(nil); err != nil || d != huifang.NoDate || d.String() != "" {
		t.Errorf("empty text is %v, %v", d, err)
	}
}

func TestDateOf(t *testing.T) {
	for _, c := range []struct{ at, zone, want string }{
		{"2026-11-22T15:59:59Z", "Asia/Shanghai", "2026-11-22"},
		{"2026-11-22T16:00:00Z", "Asia/Shanghai", "2026-11-23"},
		{"2026-11-22T18:29:59Z", "Asia/Kolkata", "2026-11-22"},
		{"2026-11-22T18:30:00Z", "Asia/Kolkata", "2026-11-23"},
		{"2026-11-22T18:14:59Z", "Asia/Kathmandu", "2026-11-22"},
		{"2026-11-22T18:15:00Z", "Asia/Kathmandu", "2026-11-23"},
		{"2026-11-23T03:29:59Z", "America/St_Johns", "2026-11-22"},
		{"2026-11-23T03:30:00Z", "America/St_Johns", "2026-11-23"},
		{"2026-11-23T10:00:00Z", "Pacific/Kiritimati", "2026-11-24"},
		{"2026-11-23T09:59:59Z", "Pacific/Honolulu", "2026-11-22"},
		{"2026-03-09T03:59:59Z", "America/New_York", "2026-03-08"},
		{"2026-03-09T04:00:00Z", "America/New_York", "2026-03-09"},
		{"1969-12-31T15:59:59Z", "Asia/Shanghai", "1969-12-31"},
		{"1969-12-31T16:00:00Z", "Asia/Shanghai", "1970-01-01"},
		{"1969-12-31T23:59:59.999Z", "UTC", "1969-12-31"},
		{"1970-01-01T00:00:00Z", "America/New_York", "1969-12-31"},
		{"1949-10-01T07:00:00Z", "Asia/Shanghai", "1949-10-01"},
		{"1899-12-31T15:54:16Z", "Asia/Shanghai", "1899-12-31"},
		{"1899-12-31T15:54:17Z", "Asia/Shanghai", "1900-01-01"}, // local mean time is +08:05:43
		{"0001-01-01T00:00:00Z", "UTC", "0001-01-01"},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := huifang.DateOf(at, zone(t, c.zone)); got.String() != c.want {
			t.Errorf("%s in %s is %s, want %s", c.at, c.zone, got, c.want)
		}
	}
}

func TestAt(t *testing.T) {
	for _, c := range []struct{ name, date, clock, zone, want string }{
		{"ordinary", "2026-11-23", "09:00", "Asia/Shanghai", "2026-11-23T01:00:00Z"},
		{"midnight", "2026-11-23", "00:00", "Asia/Shanghai", "2026-11-22T16:00:00Z"},
		{"end of day", "2026-11-23", "24:00", "Asia/Shanghai", "2026-11-23T16:00:00Z"},
		{"half hour", "2026-11-23", "09:00", "Asia/Kolkata", "2026-11-23T03:30:00Z"},
		{"before 1970", "1969-07-20", "22:56", "America/New_York", "1969-07-21T02:56:00Z"},
		{"Shanghai summer time", "1988-07-01", "12:00", "Asia/Shanghai", "1988-07-01T03:00:00Z"},
		{"skipped hour", "2026-03-08", "02:30", "America/New_York", "2026-03-08T07:00:00Z"},
		{"before the skipped hour", "2026-03-08", "01:59", "America/New_York", "2026-03-08T06:59:00Z"},
		{"after the skipped hour", "2026-03-08", "03:00", "America/New_York", "2026-03-08T07:00:00Z"},
		{"repeated hour is the first", "2026-11-01", "01:30", "America/New_York", "2026-11-01T05:30:00Z"},
		{"before the repeated hour", "2026-11-01", "00:59", "America/New_York", "2026-11-01T04:59:00Z"},
		{"after the repeated hour", "2026-11-01", "02:00", "America/New_York", "2026-11-01T07:00:00Z"},
		{"east of Greenwich, skipped", "2026-03-29", "02:30", "Europe/Berlin", "2026-03-29T01:00:00Z"},
		{"east of Greenwich, repeated", "2026-10-25", "02:30", "Europe/Berlin", "2026-10-25T00:30:00Z"},
		{"skipped midnight", "2018-11-04", "00:00", "America/Sao_Paulo", "2018-11-04T03:00:00Z"},
		{"repeated hour before midnight", "2018-02-17", "23:30", "America/Sao_Paulo", "2018-02-18T01:30:00Z"},
		{"half an hour repeated", "2026-04-05", "01:45", "Australia/Lord_Howe", "2026-04-04T14:45:00Z"},
		{"half an hour skipped", "2026-10-04", "02:15", "Australia/Lord_Howe", "2026-10-03T15:30:00Z"},
		{"day that never was", "2011-12-30", "12:00", "Pacific/Apia", "2011-12-30T10:00:00Z"},
		{"day after it", "2011-12-31", "00:00", "Pacific/Apia", "2011-12-30T10:00:00Z"},
		{"day before it", "2011-12-29", "23:59", "Pacific/Apia", "2011-12-30T09:59:00Z"},
	} {
		got := date(t, c.date).At(clock(t, c.clock), zone(t, c.zone))
		if got.Format(time.RFC3339) != c.want {
			t.Errorf("%s: %s %s in %s is %s, want %s", c.name, c.date, c.clock, c.zone, got.Format(time.RFC3339), c.want)
		}
	}
}

func TestAtIsTheLocalTime(t *testing.T) {
	zones := []*time.Location{
		time.UTC, zone(t, "Asia/Shanghai"), zone(t, "America/New_York"), zone(t, "Europe/Berlin"), zone(t, "America/Sao_Paulo"),
		zone(t, "Australia/Lord_Howe"), zone(t, "Asia/Kathmandu"), zone(t, "Africa/Casablanca"), zone(t, "Pacific/Chatham"), zone(t, "America/Havana"),
	}
	rapid.Check(t, func(t *rapid.T) {
		loc := rapid.SampledFrom(zones).Draw(t, "zone")
		d := huifang.Date(rapid.Int32Range(-3650, 30_000).Draw(t, "date")) // 1960 to 2052
		c := huifang.Clock(rapid.Int16Range(0, 1439).Draw(t, "clock"))
		at := d.At(c, loc)
		h, m, _ := at.In(loc).Clock()
		if got := huifang.DateOf(at, loc); got != d || huifang.Clock(h*60+m) < c {
			t.Fatalf("%s %s in %s became %s", d, c, loc, at.In(loc))
		}
		// An hour skipped is the only reason to be elsewhere, and the instant
		// before it lies before the skipped hour.
		if huifang.Clock(h*60+m) != c {
			h, m, _ = at.Add(-time.Second).In(loc).Clock()
			if before := huifang.Clock(h*60 + m); huifang.DateOf(at.Add(-time.Second), loc) == d && before >= c {
				t.Fatalf("%s %s in %s became %s though it exists", d, c, loc, at.In(loc))
			}
		}
		if next := d.At(c+1, loc); next.Before(at) {
			t.Fatalf("%s %s in %s is after the next minute", d, c, loc)
		}
	})
}

func TestAtAllocatesNothing(t *testing.T) {
	loc, d := zone(t, "America/New_York"), date(t, "2026-03-08")
	if n := testing.AllocsPerRun(100, func() { d.At(150, loc); huifang.DateOf(d.At(0, loc), loc); d.AddMonths(1) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestParseClock(t *testing.T) {
	for s, want := range map[string]huifang.Clock{"00:00": 0, "09:05": 545, "13:00": 780, "23:59": 1439, "24:00": 1440} {
		got, err := huifang.ParseClock(s)
		if err != nil || got != want || got.String() != s {
			t.Errorf("ParseClock(%q) = %d (%s), %v", s, got, got, err)
		}
	}
	for _, s := range []string{
		"", "9:05", "09:60", "24:01", "25:00", "99:99", "+9:05", "-1:00", " 9:05", "09:5", "09:05 ", "09-05", "0905", "09:+5", "9:005", "009:5", "１３:00",
	} {
		got, err := huifang.ParseClock(s)
		if err == nil || got != huifang.NoClock || huifang.ReasonOf(err) != "clock.invalid" {
			t.Errorf("ParseClock(%q) = %d, %v", s, got, err)
		}
	}
}

func TestParseMoment(t *testing.T) {
	for _, s := range []string{"2026-03-31", "2026-03-31T13:00", "2026-03-31T00:00", "2026-03-31T24:00", "1969-12-31T23:59"} {
		m, err := huifang.ParseMoment(s)
		if err != nil || m.String() != s {
			t.Errorf("ParseMoment(%q) = %s, %v", s, m, err)
		}
	}
	if m, _ := huifang.ParseMoment("2026-03-31"); m.Clock != huifang.NoClock {
		t.Errorf("a date alone has the clock %d", m.Clock)
	}
	none := huifang.Moment{Date: huifang.NoDate, Clock: huifang.NoClock}
	for _, s := range []string{
		"", "2026-03-31 13:00", "2026-03-31T13:00:00", "2026-03-31T24:01", "2026-02-30", "2026-02-30T10:00", "2026-03-31T1:000", "2026-03-31T",
	} {
		if m, err := huifang.ParseMoment(s); err == nil || m != none {
			t.Errorf("ParseMoment(%q) = %s, %v", s, m, err)
		}
	}
}

func TestWindow(t *testing.T) {
	for _, c := range []struct{ name, opens, closes, zone, wantOpens, wantCloses string }{
		{"one whole day", "2026-11-23", "2026-11-23", "Asia/Shanghai", "2026-11-22T16:00:00Z", "2026-11-23T16:00:00Z"},
		{"times of day", "2026-11-23T13:00", "2026-11-23T15:30", "Asia/Shanghai", "2026-11-23T05:00:00Z", "2026-11-23T07:30:00Z"},
		{"until midnight", "2026-11-23T13:00", "2026-11-23T24:00", "Asia/Shanghai", "2026-11-23T05:00:00Z", "2026-11-23T16:00:00Z"},
		{"over a year's end", "2026-12-31", "2027-01-02", "Asia/Kolkata", "2026-12-30T18:30:00Z", "2027-01-02T18:30:00Z"},
		{"day of 23 hours", "2026-03-08", "2026-03-08", "America/New_York", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"},
		{"day of 25 hours", "2026-11-01", "2026-11-01", "America/New_York", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"},
		{"day without midnight", "2018-11-03", "2018-11-04", "America/Sao_Paulo", "2018-11-03T03:00:00Z", "2018-11-05T02:00:00Z"},
		{"closes before a day without midnight", "2018-11-03", "2018-11-03", "America/Sao_Paulo", "2018-11-03T03:00:00Z", "2018-11-04T03:00:00Z"},
	} {
		opens, err := huifang.ParseMoment(c.opens)
		if err != nil {
			t.Fatal(err)
		}
		closes, err := huifang.ParseMoment(c.closes)
		if err != nil {
			t.Fatal(err)
		}
		w, loc := huifang.Window{Opens: opens, Closes: closes}, zone(t, c.zone)
		if got := w.OpensAt(loc).Format(time.RFC3339); got != c.wantOpens {
			t.Errorf("%s opens at %s, want %s", c.name, got, c.wantOpens)
		}
		if got := w.ClosesAt(loc).Format(time.RFC3339); got != c.wantCloses {
			t.Errorf("%s closes at %s, want %s", c.name, got, c.wantCloses)
		}
	}
}

func TestMonth(t *testing.T) {
	for _, c := range []struct{ month, first, last, next string }{
		{"2026-01", "2026-01-01", "2026-01-31", "2026-02"},
		{"2026-02", "2026-02-01", "2026-02-28", "2026-03"},
		{"2024-02", "2024-02-01", "2024-02-29", "2024-03"},
		{"2026-12", "2026-12-01", "2026-12-31", "2027-01"},
		{"1969-12", "1969-12-01", "1969-12-31", "1970-01"},
	} {
		m, err := huifang.ParseMonth(c.month)
		if err != nil {
			t.Fatal(err)
		}
		if m.String() != c.month || m.First().String() != c.first || m.Last().String() != c.last || m.Next().String() != c.next {
			t.Errorf("%s: %s, %s to %s, then %s", c.month, m, m.First(), m.Last(), m.Next())
		}
		if m.First().Month() != m || m.Last().Month() != m {
			t.Errorf("%s: its days are in %s and %s", c.month, m.First().Month(), m.Last().Month())
		}
	}
	for _, s := range []string{"", "2026", "2026-13", "2026-00", "2026-1", "202601", "2026-01-01"} {
		if m, err := huifang.ParseMonth(s); err == nil || huifang.ReasonOf(err) != "month.invalid" {
			t.Errorf("ParseMonth(%q) = %s, %v", s, m, err)
		}
	}
}

func TestDatesAsJSON(t *testing.T) {
	type dates struct {
		Date  huifang.Date
		Clock huifang.Clock
	}
	for _, want := range []dates{{date(t, "1969-12-31"), 0}, {date(t, "2026-11-23"), 1440}, {huifang.NoDate, huifang.NoClock}} {
		b, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got dates
		if err := json.Unmarshal(b, &got); err != nil || got != want {
			t.Errorf("%s became %+v, %v", b, got, err)
		}
	}
	var got dates
	if err := json.Unmarshal([]byte(`{"Date":"2026-02-30"}`), &got); huifang.ReasonOf(err) != "date.invalid" {
		t.Errorf("a wrong date gave %v", err)
	}
	if err := json.Unmarshal([]byte(`{"Clock":"25:00"}`), &got); huifang.ReasonOf(err) != "clock.invalid" {
		t.Errorf("a wrong time of day gave %v", err)
	}
}

func TestMissingDatesAreNoDate(t *testing.T) {
	var s huifang.Staff
	err := json.Unmarshal([]byte(`{
		"Qualifications": [{"code":"electrician"}, {"code":"lift","until":"2026-06-30"}, {"code":"gas","until":""}],
		"Absences": [{"from":"2026-05-01","substitute":"b"}]}`), &s)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		code, on string
		want     bool
	}{
		{"electrician", "2099-01-01", true},
		{"gas", "2099-01-01", true},
		{"lift", "2026-06-30", true},
		{"lift", "2026-07-01", false},
		{"fire", "2026-01-01", false},
	} {
		if got := s.Qualified(c.code, date(t, c.on)); got != c.want {
			t.Errorf("qualified as %s on %s: %v", c.code, c.on, got)
		}
	}
	if _, absent := s.AbsentOn(date(t, "2026-04-30")); absent {
		t.Error("absent the day before the absence")
	}
	if a, absent := s.AbsentOn(date(t, "2030-01-01")); !absent || a.Substitute != "b" {
		t.Errorf("an absence without end covers 2030: %v, %q", absent, a.Substitute)
	}
}

func TestAbsentOn(t *testing.T) {
	s := huifang.Staff{Absences: []huifang.Absence{
		{From: date(t, "2026-05-01"), To: date(t, "2026-05-10")},
		{From: date(t, "2026-05-05"), To: date(t, "2026-05-05"), Substitute: "b"},
		{From: date(t, "2026-05-04"), To: date(t, "2026-05-06"), Substitute: "c"},
	}}
	for _, c := range []struct {
		on     string
		absent bool
		sub    huifang.ID
	}{
		{"2026-04-30", false, ""},
		{"2026-05-01", true, ""},
		{"2026-05-04", true, "c"},
		{"2026-05-05", true, "b"},
		{"2026-05-10", true, ""},
		{"2026-05-11", false, ""},
	} {
		a, absent := s.AbsentOn(date(t, c.on))
		if absent != c.absent || a.Substitute != c.sub {
			t.Errorf("%s: absent %v with substitute %q", c.on, absent, a.Substitute)
		}
	}
}

func TestMonthAsText(t *testing.T) {
	t.Parallel()
	for _, want := range []huifang.Month{202603, 202612, 190001} {
		b, err := json.Marshal(map[string]huifang.Month{"m": want})
		if err != nil || string(b) != `{"m":"`+want.String()+`"}` {
			t.Errorf("Marshal(%v) = %s, %v", want, b, err)
		}
		var got map[string]huifang.Month
		if err := json.Unmarshal(b, &got); err != nil || got["m"] != want {
			t.Errorf("Unmarshal(%s) = %v, %v", b, got, err)
		}
	}
	if b, err := json.Marshal(huifang.Month(0)); err != nil || string(b) != `""` {
		t.Errorf("Marshal(0) = %s, %v", b, err)
	}
	var m huifang.Month = 5
	if err := m.UnmarshalText(nil); err != nil || m != 0 {
		t.Errorf("empty text = %v, %v", m, err)
	}
	if err := m.UnmarshalText([]byte("2026-13")); huifang.CodeOf(err) != huifang.CodeInvalid {
		t.Errorf("2026-13: %v", err)
	}
}
