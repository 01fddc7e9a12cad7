package plan

import (
	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
)

// reach is how many days an offset may amount to, at least and at most; ok is
// false where the calendar decides.
func reach(o calendar.Offset) (least, most int, ok bool) {
	switch o.Span {
	case calendar.Days:
		least, most = o.N, o.N
	case calendar.Weeks:
		least, most = 7*o.N, 7*o.N
	case calendar.Months:
		least, most = 28*o.N, 31*o.N
	case calendar.Hours, calendar.WorkingDays:
		return 0, 0, false
	}
	return min(least, most), max(least, most), true
}

// windowIsEmpty tells that a window closes before it opens, whatever the day.
func windowIsEmpty(opens, closes calendar.Offset) bool {
	if !closes.Set {
		return false
	}
	if opens.Span == closes.Span {
		return closes.N < opens.N
	}
	from, _, okFrom := reach(opens)
	_, to, okTo := reach(closes)
	return okFrom && okTo && to < from
}

// window checks that the step's windows are not empty.
func (c *compiler) window(at string, s *Step) {
	empty := huifang.Text{ZH: "closes 早于 opens，任何回访都无法生成；请改大 closes 或改小 opens", EN: "closes comes before opens, so that nothing can ever be planned; close later or open earlier"}
	if windowIsEmpty(s.Opens, s.Closes) {
		c.fail(at+".closes", "window.empty", empty)
	}
	if s.Otherwise != nil && windowIsEmpty(s.Otherwise.Opens, s.Otherwise.Closes) {
		c.fail(at+".otherwise.closes", "window.empty", empty)
	}
	if s.From != nil && s.Until != nil && *s.Until < *s.From && !s.Closes.Set {
		c.fail(at+".until", "window.empty", huifang.Text{ZH: "until 早于 from", EN: "until comes before from"})
	}
}
