package calendar_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
)

func TestLoad(t *testing.T) {
	c := load(t, `
# the works' own calendar
weekend: [Sunday]
ranges:
  - from: 2027-02-01
    to: 2027-02-14
    working: false
    name: {zh: 春节放假, en: Spring break}
  - {from: 2027-02-21, working: true, name: 补班}
`)
	for s, want := range map[string]bool{
		"2027-01-30": true, "2027-01-31": false, "2027-02-01": false, "2027-02-14": false, "2027-02-15": true, "2027-02-21": true, "2027-02-28": false,
	} {
		if c.Working(date(t, s)) != want {
			t.Errorf("%s is worked: %v", s, !want)
		}
	}
	if name, _ := c.Name(date(t, "2027-02-21")); name.In(huifang.EN) != "补班" {
		t.Errorf("the make-up day is %+v", name)
	}
	for _, text := range []string{"weekend: []", "ranges: []", "{}"} {
		if c := load(t, text); c.Working(date(t, "2026-11-22")) != (text == "weekend: []") {
			t.Errorf("%q has Sunday worked: %v", text, c.Working(date(t, "2026-11-22")))
		}
	}
}

func TestLoadFaults(t *testing.T) {
	const good = "working: false, name: x"
	for _, c := range []struct{ name, text, at, reason string }{
		{"empty", "", "1:1", "empty"},
		{"only a comment", "# nothing\n", "1:1", "empty"},
		{"null", "~", "1:1 ", "not_a_mapping"},
		{"a list", "- a", "1:1", "not_a_mapping"},
		{"a text", "holiday", "1:1", "not_a_mapping"},
		{"broken", "ranges:\n  - {from: 2026-01-01", "", "syntax"},
		{"tab", "ranges:\n\t- x", "2", "syntax"},
		{"bad bytes", "weekend: [\xff]", "", "syntax"},
		{"two documents", "weekend: []\n---\nweekend: []\n", "2:1", "documents"},
		{"second document broken", "weekend: []\n---\n{", "", "syntax"},
		{"unknown key", "weekend: []\nholidays: []\n", "2:1", "unknown_key"},
		{"doubled key", "weekend: []\nweekend: []\n", "2:1", "doubled_key"},
		{"key no text", "? [a]\n: b\n", "1:3", "unknown_key"},
		{"merged", "a: &a {weekend: []}\n", "1:1", "unknown_key"},
		{"no weekday", "weekend: [saturday, funday]\n", "1:21", "weekday"},
		{"weekend no list", "weekend: sunday\n", "1:10", "not_a_list"},
		{"weekend of lists", "weekend: [[sunday]]\n", "1:11", "not_a_value"},
		{"nothing worked", "weekend: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]\n", "1:10", "no_workday"},
		{"ranges no list", "ranges: {}\n", "1:9", "not_a_list"},
		{"range no mapping", "ranges:\n  - 2026-01-01\n", "2:5", "not_a_mapping"},
		{"unknown range key", "ranges:\n  - {from: 2026-01-01, until: 2026-01-02, " + good + "}\n", "2:24", "unknown_key"},
		{"no from", "ranges:\n  - {to: 2026-01-01, " + good + "}\n", "2:5", "missing_key"},
		{"no working", "ranges:\n  - {from: 2026-01-01, name: x}\n", "2:5", "missing_key"},
		{"no name", "ranges:\n  - {from: 2026-01-01, working: true}\n", "2:5", "missing_key"},
		{"empty name", "ranges:\n  - {from: 2026-01-01, working: true, name: {}}\n", "2:5", "missing_key"},
		{"unknown language", "ranges:\n  - {from: 2026-01-01, working: true, name: {fr: x}}\n", "2:46", "unknown_key"},
		{"name a list", "ranges:\n  - {from: 2026-01-01, working: true, name: [x]}\n", "2:45", "not_a_mapping"},
		{"no date", "ranges:\n  - {from: 2026-02-30, " + good + "}\n", "2:12", "date"},
		{"date with time", "ranges:\n  - {from: 2026-02-20T00:00:00Z, " + good + "}\n", "2:12", "date"},
		{"null date", "ranges:\n  - {from: , " + good + "}\n", "2:12", "not_a_value"},
		{"quoted empty date", "ranges:\n  - {from: \"\", " + good + "}\n", "2:12", "date"},
		{"early year", "ranges:\n  - {from: 1899-12-31, " + good + "}\n", "2:12", "year"},
		{"late year", "ranges:\n  - {from: 2199-01-01, to: 2200-01-01, " + good + "}\n", "2:28", "year"},
		{"backwards", "ranges:\n  - {from: 2026-01-02, to: 2026-01-01, " + good + "}\n", "2:5", "backwards"},
		{"working maybe", "ranges:\n  - {from: 2026-01-02, working: maybe, name: x}\n", "2:33", "boolean"},
		{"overlap", "ranges:\n  - {from: 2026-01-01, to: 2026-01-03, " + good + "}\n  - {from: 2026-01-03, " + good + "}\n", "3:5", "overlap"},
		{"alias", "weekend: &w [sunday]\nranges: *w\n", "2:9", "not_a_list"},
	} {
		cal, err := calendar.Load([]byte(c.text), "local.yaml")
		var e *huifang.Error
		if cal != nil || !errors.As(err, &e) || e.Code != huifang.CodeInvalid || e.Reason != "calendar.invalid" || len(e.Details) != 1 {
			t.Errorf("%s: %v, %v", c.name, cal, err)
			continue
		}
		d := e.Details[0]
		if d.Reason != "calendar."+c.reason || d.Message.ZH == "" || d.Message.EN == "" {
			t.Errorf("%s: reason %s, message %+v", c.name, d.Reason, d.Message)
		}
		if want := "local.yaml:" + c.at; !strings.HasPrefix(d.At.String()+" ", strings.TrimSuffix(want, " ")) || d.At.Line == 0 {
			t.Errorf("%s: at %s, want %s", c.name, d.At, want)
		}
	}
}

func TestLoadReportsEveryFault(t *testing.T) {
	_, err := calendar.Load([]byte(`weekend: [noday]
ranges:
  - {from: 2026-13-01, working: perhaps, name: x}
  - {from: 2026-01-01, name: x}
  - {from: 2026-05-01, to: 2026-05-05, working: false, name: 劳动节}
  - {from: 2026-05-05, working: true, name: 补班}
`), "local.yaml")
	const want = `local.yaml: the calendar has 5 fault(s)
local.yaml:1:11 weekend: "noday" is no day of the week; write monday … sunday
local.yaml:3:12 ranges[0].from: "2026-13-01" is not a date; write it as 2026-03-31
local.yaml:3:33 ranges[0].working: "perhaps" must be true or false
local.yaml:4:5 ranges[1]: "working" is missing
local.yaml:6:5 ranges[3]: 2026-05-05 is already in the range of line 5`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
	if zh := huifang.In(err, huifang.ZH); !strings.Contains(zh, "2026-05-05 已在第 5 行的范围中") {
		t.Errorf("in Chinese:\n%s", zh)
	}
}

func TestLoadIsBounded(t *testing.T) {
	_, err := calendar.Load([]byte(strings.Repeat("#", 1<<20+1)), "huge.yaml")
	if huifang.CodeOf(err) != huifang.CodeTooLarge || !strings.Contains(err.Error(), "huge.yaml") {
		t.Errorf("a huge file gave %v", err)
	}
	var e *huifang.Error
	_, err = calendar.Load([]byte("ranges:\n"+strings.Repeat("  - {}\n", 1000)), "wrong.yaml")
	if !errors.As(err, &e) || len(e.Details) != 100 || !strings.Contains(e.Message.EN, "1000") {
		t.Errorf("a thousand faults gave %.200v", err)
	}
	c := load(t, "ranges: [{from: 1900-01-01, to: 2199-12-31, working: false, name: x}]")
	if got := c.Next(0).String(); got != "2200-01-01" {
		t.Errorf("three centuries off end on %s", got)
	}
}

func FuzzLoad(f *testing.F) {
	for _, s := range []string{
		"", "weekend: [sunday]\n", "ranges:\n  - {from: 2026-01-01, to: 2026-01-03, working: false, name: {zh: 元旦, en: New Year}}\n",
		"a: &a [*a]", "? {}\n: *x", "ranges: [{from: 1900-01-01, to: 2199-12-31, working: true, name: x}]", "--- !!binary x\n...", "weekend: [[[", "%YAML 1.1\n---\n{}",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := calendar.Load(data, "fuzz.yaml")
		if err != nil {
			var e *huifang.Error
			if c != nil || !errors.As(err, &e) || e.At.File != "fuzz.yaml" {
				t.Fatalf("%v, %v", c, err)
			}
			for _, d := range e.Details {
				if d.At.Line == 0 || d.Message.ZH == "" || d.Message.EN == "" {
					t.Fatalf("not located or not bilingual: %+v", d)
				}
			}
			return
		}
		for _, n := range []int{-300, -1, 1, 300} {
			if got := c.AddWorkingDays(20_000, n); !c.Working(got) || (got < 20_000) != (n < 0) {
				t.Fatalf("20000 + %d = %d", n, got)
			}
		}
	})
}
