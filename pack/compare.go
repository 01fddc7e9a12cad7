package pack

import (
	"strconv"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
)

// pair matches what was expected with what came out, one to one, and reports
// what is left on either side.
func pair[E, G any](at, list string, want []E, got []G, matches func(*E, *G) bool, show func(*G) string, fail func(string, *huifang.Error)) {
	taken := match(want, got, matches)
	var extra []string
	used := make([]bool, len(got))
	for _, g := range taken {
		if g >= 0 {
			used[g] = true
		}
	}
	for g := range got {
		if !used[g] {
			extra = append(extra, show(&got[g]))
		}
	}
	for i, g := range taken {
		if g < 0 {
			fail(at+"."+nth(list, i), missing(extra))
		}
	}
	if len(extra) > 0 && len(got) > len(want) {
		lines := "\n  " + strings.Join(extra, "\n  ")
		where := at + "." + list
		fail(where, huifang.Invalid("test.extra", huifang.Text{
			ZH: "出现了 " + list + " 中没有写的：" + lines,
			EN: "there is more than " + list + " says:" + lines,
		}))
	}
}

func missing(extra []string) *huifang.Error {
	if len(extra) == 0 {
		return huifang.Invalid("test.missing", huifang.Text{ZH: "预期的没有出现", EN: "this was expected and is not there"})
	}
	lines := "\n  " + strings.Join(extra, "\n  ")
	return huifang.Invalid("test.missing", huifang.Text{ZH: "预期的没有出现；没有对上的有：" + lines, EN: "this was expected and is not there; left over are:" + lines})
}

// match gives every expectation a different thing it fits, as many as
// possible: an expectation that fits several leaves each to one that fits
// nothing else. The result holds, for each expectation, which, or -1.
func match[E, G any](want []E, got []G, fits func(*E, *G) bool) []int {
	owner := make([]int, len(got))
	for g := range owner {
		owner[g] = -1
	}
	var place func(i int, tried []bool) bool
	place = func(i int, tried []bool) bool {
		for g := range got {
			if tried[g] || !fits(&want[i], &got[g]) {
				continue
			}
			tried[g] = true
			if owner[g] < 0 || place(owner[g], tried) {
				owner[g] = i
				return true
			}
		}
		return false
	}
	for i := range want {
		place(i, make([]bool, len(got)))
	}
	taken := make([]int, len(want))
	for i := range taken {
		taken[i] = -1
	}
	for g, i := range owner {
		if i >= 0 {
			taken[i] = g
		}
	}
	return taken
}

// fields writes name: value pairs as a line of a test file, leaving out what is
// empty.
func fields(pairs ...string) string {
	var b strings.Builder
	b.WriteByte('{')
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" || pairs[i+1] == "[]" {
			continue
		}
		if b.Len() > 1 {
			b.WriteString(", ")
		}
		b.WriteString(pairs[i] + ": " + pairs[i+1])
	}
	return b.String() + "}"
}

func showList(items []string) string {
	for i, s := range items {
		if strings.Contains(s, ":") {
			items[i] = `"` + s + `"`
		}
	}
	return "[" + strings.Join(items, ", ") + "]"
}

func showRow(r *plan.Row) string {
	return fields("program", r.Program, "step", r.Step, "occurrence", strconv.Itoa(r.Occurrence), "event", string(r.Event), "contact", string(r.Contact),
		"asset", string(r.Asset), "unit", string(r.Unit), "opens", r.Window.Opens.String(), "closes", r.Window.Closes.String(),
		"assignees", showList(names(r.Assignees)), "channels", showList(texts(r.Channels...)), "form", r.Form, "state", string(r.State), "reason", r.Reason)
}

func showSkipped(s *plan.Skipped) string {
	return fields("program", s.Program, "step", s.Step, "event", string(s.Event), "contact", string(s.Contact), "reason", s.Reason)
}

func showCase(c *plan.Effect) string {
	return fields("step", c.Step, "event", string(c.Origin.ID), "contact", string(c.Origin.Contact), "severity", string(c.Case.Severity),
		"owner", showList(names(c.Assignees)), "due", c.Due.String(), "verdict", c.Reason)
}

func showAlert(a *plan.Effect) string {
	return fields("step", a.Step, "event", string(a.Origin.ID), "to", showList(names(a.Assignees)), "reason", a.Reason)
}

func showIgnored(i *plan.Ignored) string {
	return fields("id", string(i.Input.Event.ID), "reason", i.Reason)
}

func showAgain(a *Again) string {
	return fields("rule", a.Rule, "subject", string(a.Subject), "matter", a.Matter, "month", a.Month.String(), "count", strconv.Itoa(a.Count))
}
