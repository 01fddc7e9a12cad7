package plan

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/huifang/huifang"
)

// cancelled shows what is cancelled of some programs, and whether it was missed.
func cancelled(m *memory, until time.Time, programs ...string) string {
	var lines []string
	for _, r := range m.result(until).Rows {
		if r.Missed && r.State != huifang.StateCancelled {
			lines = append(lines, fmt.Sprintf("%s/%s/%d is %s and missed", r.Program, r.Step, r.Occurrence, r.State))
		}
		if r.State == huifang.StateCancelled && slices.Contains(programs, r.Program) {
			lines = append(lines, fmt.Sprintf("%s/%s %s %s..%s %t", r.Program, r.Step, r.Contact, r.Window.Opens, r.Window.Closes, r.Missed))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// TestLawStopsAreASet: in whatever order stops arrive, the same follow-ups are
// cancelled, and the same of them were overdue before.
func TestLawStopsAreASet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var events []huifang.Event
		for i := range rapid.IntRange(2, 8).Draw(t, "n") {
			at := day0.Add(time.Duration(rapid.IntRange(0, 40*24).Draw(t, "hour")) * time.Hour)
			events = append(events, huifang.Event{
				ID: huifang.ID(fmt.Sprintf("e%d", i)), Type: rapid.SampledFrom([]string{"in", "out"}).Draw(t, "type"), At: at, Contact: "c1", Unit: "u",
			})
		}
		now := day0.AddDate(0, 0, rapid.IntRange(60, 120).Draw(t, "until"))
		slices.SortStableFunc(events, func(a, b huifang.Event) int { return a.At.Compare(b.At) })
		show := func(events []huifang.Event) string {
			m := deliverAll(t, events, now)
			return live(m, now) + "\n" + cancelled(m, now, "perevent")
		}
		starts, stops := []huifang.Event{}, []huifang.Event{}
		for _, ev := range events {
			if ev.Type == "in" {
				stops = append(stops, ev)
			} else {
				starts = append(starts, ev)
			}
		}
		if len(stops) == 0 {
			return
		}
		late := rapid.Permutation(stops).Draw(t, "stops")
		if want, got := show(events), show(append(starts, late...)); got != want {
			t.Fatalf("stops late (+) against in order (-)\n%s", difference(want, got))
		}
		if want, got := show(events), show(append(late, starts...)); got != want {
			t.Fatalf("stops early (+) against in order (-)\n%s", difference(want, got))
		}
	})
}

func TestStopAfterTheWindowClosed(t *testing.T) {
	t.Parallel()
	at := func(day int) time.Time { return day0.AddDate(0, 0, day) }
	out := huifang.Event{ID: "1", Type: "out", At: at(0), Contact: "c1", Unit: "u"}
	in := func(id huifang.ID, day int) huifang.Event {
		return huifang.Event{ID: id, Type: "in", At: at(day), Contact: "c1", Unit: "u"}
	}
	for name, c := range map[string]struct {
		events []huifang.Event
		missed string // of d3 and d14
	}{
		"before the window closes":                   {[]huifang.Event{out, in("2", 2)}, "false false"},
		"after the first closed":                     {[]huifang.Event{out, in("2", 5)}, "true false"},
		"after both closed":                          {[]huifang.Event{out, in("2", 20)}, "true true"},
		"the earlier of two counts":                  {[]huifang.Event{out, in("2", 2), in("3", 20)}, "false false"},
		"whichever arrives first":                    {[]huifang.Event{out, in("3", 20), in("2", 2)}, "false false"},
		"one before the discharge is not about it":   {[]huifang.Event{in("0", -3), out, in("2", 5)}, "true false"},
		"the discharge learnt of after the stop":     {[]huifang.Event{in("2", 5), out}, "true false"},
		"a stop that arrives twice":                  {[]huifang.Event{out, in("2", 5), in("2", 5)}, "true false"},
		"on the last day of the window it is needed": {[]huifang.Event{out, in("2", 3)}, "false false"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMemory(lawSet(t), lawPeople(t))
			for i := range c.events {
				ev := c.events[i]
				if err := m.take(&Input{Event: &ev}, at(40)); err != nil {
					t.Fatal(err)
				}
			}
			missed := map[string]bool{}
			for _, r := range m.result(at(40)).Rows {
				if r.Program == "perevent" {
					missed[r.Step] = r.Missed
					if r.State != huifang.StateCancelled {
						t.Errorf("%s is %s", r.Step, r.State)
					}
				}
			}
			if got := fmt.Sprint(missed["d3"], missed["d14"]); got != c.missed {
				t.Errorf("missed %s, want %s", got, c.missed)
			}
		})
	}
}
