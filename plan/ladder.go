package plan

import (
	"slices"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
)

// Reach is what decides when and how a contact may be tried again.
type Reach struct {
	Channels []huifang.Channel // of the follow-up, in order of preference
	Phones   []string          // the contact's, in order of preference
	Quiet    calendar.Quiet    // the contact's own quiet hours, else the organization's
	Calendar *calendar.Calendar
	Zone     *time.Location
	Closes   time.Time // end of the window
}

// Try is the next attempt the ladder asks for.
type Try struct {
	At        time.Time       `json:"at,omitzero"`       // not before; zero: as soon as the window is open
	Channel   huifang.Channel `json:"channel,omitempty"` // empty when Reached or Exhausted
	Phone     string          `json:"phone,omitempty"`   // number to try on phone and SMS
	Left      int             `json:"left"`              // tries left, this one included
	Early     int             `json:"early,omitempty"`   // attempts that came too soon after another to use a try up
	Reached   bool            `json:"reached"`           // the customer answered: complete the follow-up
	Exhausted bool            `json:"exhausted"`         // it may be closed as unreachable
	Reason    string          `json:"reason,omitempty"`  // of Exhausted: tries_used, refused, no_channel
}

// NextAttempt is the ladder (docs/rules.md, "Attempts"): after attempts,
// oldest first, what comes next.
//
// Busy, no answer, switched off and a wrong number each use a try up; the next
// is Every later by the next channel in order. One made sooner is kept but uses
// no try up, so that three calls within a minute are one try: an Every of days
// counts calendar days. A wrong number is tried no more:
// the next number is tried at once, and without another one phone and SMS drop
// out. A customer who names a time is tried then by the same channel, quiet
// hours or not, and uses no try up. One who answered is not tried again, and one
// who refused ends the ladder.
//
// A try falls neither into quiet hours nor on a day off, but for the sake of a
// day off no window is missed.
func NextAttempt(r Retry, attempts []huifang.Attempt, now time.Time, reach Reach) Try {
	u := r.uses(attempts, &reach)
	phone, usable := reach.usable(u.wrong)
	try := Try{Left: max(r.Tries-u.used, 0), Early: u.early, Phone: phone}
	if len(usable) > 0 {
		try.Channel = usable[0]
	}
	if n := len(attempts); n > 0 {
		try.after(r, &attempts[n-1], u.last, usable, now, reach)
	}
	switch {
	case try.Reached || try.Exhausted:
	case try.Left == 0 && u.used > 0 && !try.promised(attempts):
		try.exhaust("tries_used")
	case len(usable) == 0:
		try.exhaust("no_channel")
	}
	if try.Channel != huifang.ChannelPhone && try.Channel != huifang.ChannelSMS {
		try.Phone = ""
	}
	return try
}

// uses is what attempts used up of a ladder.
type uses struct {
	used, early int
	wrong       map[string]bool  // numbers
	last        *huifang.Attempt // from which the next is spaced; nil: none
}

func (r *Retry) uses(attempts []huifang.Attempt, reach *Reach) uses {
	u := uses{wrong: map[string]bool{}}
	for i := range attempts {
		at := &attempts[i]
		switch at.Disposition {
		case huifang.Answered, huifang.CallBack, huifang.Refused:
		case huifang.WrongNumber:
			u.wrong[at.Phone] = true
			u.used++
		case huifang.Busy, huifang.NoAnswer, huifang.SwitchedOff:
			if u.last != nil && !kept(attempts, i) && r.early(u.last.At, at.At, reach) {
				u.early++
				continue
			}
			u.used++
			u.last = at
		}
	}
	return u
}

// kept tells that an attempt kept the time the customer had named.
func kept(attempts []huifang.Attempt, i int) bool {
	return i > 0 && attempts[i-1].Disposition == huifang.CallBack && !attempts[i].At.Before(attempts[i-1].CallBackAt)
}

// early tells that an instant comes less than Every after another.
func (r *Retry) early(last, at time.Time, reach *Reach) bool {
	due := reach.Calendar.Add(instantMoment(last.UnixMilli(), reach.Zone), r.Every, reach.Zone)
	if r.Every.Span == calendar.Hours {
		return at.Before(due.Date.At(max(due.Clock, 0), reach.Zone))
	}
	return huifang.DateOf(at, reach.Zone) < due.Date
}

// usable are the channels that are left, and the number to try.
func (reach *Reach) usable(wrong map[string]bool) (phone string, channels []huifang.Channel) {
	for _, p := range reach.Phones {
		if !wrong[p] {
			phone = p
			break
		}
	}
	if phone != "" || len(wrong) == 0 {
		return phone, reach.Channels
	}
	return "", slices.DeleteFunc(slices.Clone(reach.Channels), func(c huifang.Channel) bool {
		return c == huifang.ChannelPhone || c == huifang.ChannelSMS
	})
}

func (t *Try) exhaust(reason string) {
	*t = Try{Left: 0, Exhausted: true, Reason: reason}
}

// promised tells that the last attempt ended with a time the customer named.
func (t *Try) promised(attempts []huifang.Attempt) bool {
	return attempts[len(attempts)-1].Disposition == huifang.CallBack
}

// after sets what follows from the last attempt.
func (t *Try) after(r Retry, last, spaced *huifang.Attempt, usable []huifang.Channel, now time.Time, reach Reach) {
	switch last.Disposition {
	case huifang.Answered:
		*t = Try{Left: t.Left, Reached: true}
	case huifang.Refused:
		t.exhaust("refused")
	case huifang.CallBack:
		t.At, t.Channel = last.CallBackAt, last.Channel
	case huifang.WrongNumber:
		if t.Phone != "" {
			t.At, t.Channel = reach.civil(now), last.Channel
			return
		}
		t.later(r, last, last.At, usable, reach)
	case huifang.Busy, huifang.NoAnswer, huifang.SwitchedOff:
		t.later(r, last, spaced.At, usable, reach)
	}
}

func (t *Try) later(r Retry, last *huifang.Attempt, from time.Time, usable []huifang.Channel, reach Reach) {
	t.Channel = next(usable, last.Channel, reach.Channels)
	at := instantMoment(from.UnixMilli(), reach.Zone)
	m := reach.Calendar.Add(at, r.Every, reach.Zone)
	t.At = reach.civil(m.Date.At(max(m.Clock, 0), reach.Zone))
}

// next is the usable channel that follows in the order of all.
func next(usable []huifang.Channel, last huifang.Channel, all []huifang.Channel) huifang.Channel {
	if len(usable) == 0 {
		return ""
	}
	from := slices.Index(all, last)
	for i := range all {
		if c := all[(from+1+i)%len(all)]; slices.Contains(usable, c) {
			return c
		}
	}
	return usable[0]
}

// civil moves an instant out of quiet hours and off days off.
func (reach *Reach) civil(t time.Time) time.Time {
	t = reach.Quiet.After(t, reach.Zone)
	day := huifang.DateOf(t, reach.Zone)
	if reach.Calendar.Working(day) {
		return t
	}
	m := instantMoment(t.UnixMilli(), reach.Zone)
	worked := reach.Calendar.AddWorkingDays(day, 1).At(max(m.Clock, 0), reach.Zone)
	if worked.Before(reach.Closes) || !t.Before(reach.Closes) {
		return worked
	}
	return t
}
