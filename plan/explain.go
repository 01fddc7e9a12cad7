package plan

import (
	"strconv"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
)

// Explanation is why a follow-up was planned, or why not: the rule and its
// version, the event, what the conditions saw, the calendar shifts applied,
// how each assignee was found. It is kept with the follow-up as JSON.
type Explanation struct {
	Program    string          `json:"program"`
	Version    int             `json:"version"`
	Step       string          `json:"step"`
	Source     string          `json:"source,omitempty"`
	Event      huifang.ID      `json:"event,omitempty"`
	EventType  string          `json:"event_type,omitempty"`
	EventAt    int64           `json:"event_at,omitempty"` // Unix ms
	Anchor     string          `json:"anchor"`
	From       huifang.Moment  `json:"from"` // local moment the window counts from
	Opens      calendar.Offset `json:"opens"`
	Closes     calendar.Offset `json:"closes"`
	Condition  string          `json:"condition,omitempty"`
	AssignRule string          `json:"assign_rule,omitempty"`
	Saw        []Register      `json:"saw,omitempty"`     // shared with the enrollment: copy before its next input
	Shifted    string          `json:"shifted,omitempty"` // the day off the window was moved from
	Reason     string          `json:"reason,omitempty"`
	Assigned   []AssignNote    `json:"assigned,omitempty"`
}

func (d *derivation) explain(s *step, w *wish) Explanation {
	x := Explanation{
		Program: d.p.Code, Version: d.p.Version, Step: s.Code, Source: d.p.Source, Event: d.o.ID, EventType: d.o.Type, EventAt: d.o.At,
		Anchor: s.anchorName(), Reason: w.reason, Condition: s.When,
		From: w.from.moment, Opens: s.Opens, Closes: s.Closes, Saw: d.e.State.Regs,
	}
	if w.from.event != "" && w.from.event != d.o.ID {
		x.Event = w.from.event
	}
	if s.Shift != ShiftNone && w.reason == "" {
		plain := *s
		plain.Shift = ShiftNone
		if was := plain.window(w.from.moment, s.Opens, s.Closes, d.env, d.loc); was.Opens.Date != w.window.Opens.Date {
			x.Shifted = was.Opens.String()
		}
	}
	return x
}

func (s *step) anchorName() string {
	switch {
	case s.Attribute != "":
		return "attribute " + s.Attribute
	case len(s.Middle) == 2:
		return "middle " + s.Middle[0] + " " + s.Middle[1]
	case s.Event != nil:
		return "event " + s.Event.On
	case s.Count != nil:
		return "count " + strconv.Itoa(s.Count.N) + " " + s.Count.Of.On
	case s.Remaining != nil:
		return "remaining " + strconv.Itoa(s.Remaining.AtMost) + " " + s.Remaining.Of.On
	case s.Idle != nil:
		return "idle " + s.Idle.For.String() + " " + s.Idle.Of.On
	case s.After != nil:
		return "after " + strings.Join(s.After.Steps, ",")
	}
	return "start"
}
