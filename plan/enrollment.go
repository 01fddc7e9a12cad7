package plan

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/huifang/huifang"
)

// Enrollment is one subject's way through one program: the facts the rules
// need, merged so that order and repetition of inputs make no difference, and
// the slots planned so far. The zero value with Program and Key is new.
type Enrollment struct {
	ID      huifang.ID
	Program string
	Key     huifang.ID // the event, contact, asset or member of staff
	Contact huifang.ID
	Asset   huifang.ID
	Unit    huifang.ID
	State   State
	Wake    time.Time // zero: nothing to wake for
	Active  bool
	Row     int64 // the host's row version
	Fresh   bool  // not stored yet
}

// State is what the engine keeps of an enrollment. Facts are merged by rules
// that commute: starts, stops and marks are sets ordered by time, registers are
// last writer wins by (time, event).
type State struct {
	Starts  []Origin   `json:"s,omitempty"`
	Stops   []Mark     `json:"x,omitempty"` // by time
	Marks   [][]Mark   `json:"m,omitempty"` // by selector
	Regs    []Register `json:"r,omitempty"`
	Results []Result   `json:"o,omitempty"`
	Slots   []Slot     `json:"p,omitempty"`
	Cursors []Cursor   `json:"c,omitempty"`
}

// Mark is the time of an event.
type Mark struct {
	At int64      `json:"t"` // Unix milliseconds
	ID huifang.ID `json:"i,omitempty"`
}

func (m Mark) before(o Mark) bool { return m.At < o.At || m.At == o.At && m.ID < o.ID }

// Origin is a start event with what its follow-ups take from it.
type Origin struct {
	Mark
	Type       string     `json:"y,omitempty"`
	Unit       huifang.ID `json:"u,omitempty"`
	Staff      huifang.ID `json:"w,omitempty"`
	Department string     `json:"d,omitempty"`
	Matter     string     `json:"a,omitempty"`
	Contact    huifang.ID `json:"k,omitempty"`
	Asset      huifang.ID `json:"q,omitempty"`
}

// Register is a value that an attribute the program looks at took at a time.
// Registers are ordered by name, then time; the last of a name is its value.
type Register struct {
	Name  string `json:"n"`
	Value any    `json:"v"`
	Mark
}

// Result is an outcome that another step counts from.
type Result struct {
	Step       string `json:"s"`
	Occurrence int    `json:"o"`
	On         string `json:"n"`
	Mark
	Answer string `json:"a,omitempty"`
	Ok     bool   `json:"k,omitempty"` // the step's condition held
	For    string `json:"f,omitempty"` // step that counts from it
}

// Slot is one planned follow-up, or one considered and not planned.
type Slot struct {
	Step       string        `json:"s"`
	Occurrence int           `json:"o"`
	Anchor     int64         `json:"a"`           // what it was planned from
	Index      int           `json:"i,omitempty"` // within the series from that anchor
	Opens      wireMoment    `json:"f"`
	Closes     wireMoment    `json:"t"`
	State      huifang.State `json:"z,omitempty"` // empty: considered and not planned
	Late       int           `json:"l,omitempty"` // escalations done, 1 = seen late
	Sent       bool          `json:"m,omitempty"` // message sent
	Fixed      bool          `json:"h,omitempty"` // moved by hand: the rules leave it alone
	Followup   huifang.ID    `json:"d,omitempty"`
	Cause      int64         `json:"k,omitempty"` // Unix ms: since when the facts ask for it
	Until      int64         `json:"u,omitempty"` // Unix ms: since when a condition does not any more, 0: see Enrollment.cut
	Missed     bool          `json:"y,omitempty"` // cancelled, after its window had closed undone
}

// Window is the slot's window.
func (s *Slot) Window() huifang.Window {
	return huifang.Window{Opens: huifang.Moment(s.Opens), Closes: huifang.Moment(s.Closes)}
}

func (s *Slot) open() bool { return s.State == huifang.StatePlanned }

// Cursor is what is left of the pruned beginning of an endless series.
type Cursor struct {
	Step   string `json:"s"`
	Anchor int64  `json:"a"`
	Index  int    `json:"i"` // occurrences up to here are over and forgotten
	Floor  int64  `json:"f"` // nothing that opens before this instant is planned any more
	Last   int    `json:"o"` // highest occurrence forgotten
}

// wireMoment writes a Moment as two small integers.
type wireMoment huifang.Moment

func (m wireMoment) MarshalJSON() ([]byte, error) {
	return json.Marshal([2]int32{int32(m.Date), int32(m.Clock)})
}

func (m *wireMoment) UnmarshalJSON(b []byte) error {
	var v [2]int32
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	m.Date, m.Clock = huifang.Date(v[0]), huifang.Clock(v[1]) //nolint:gosec // written by MarshalJSON
	return nil
}

// Encode is the state for keeping.
func (s *State) Encode() []byte {
	b, err := json.Marshal(s)
	if err != nil { // attribute values came from JSON
		return nil
	}
	return b
}

// DecodeState reads what Encode wrote.
func DecodeState(b []byte) (State, error) {
	var s State
	if len(b) == 0 {
		return s, nil
	}
	err := json.Unmarshal(b, &s)
	return s, err
}

// origin is the start event the program counts from now: with restart the
// latest, else the first since the last stop. ok is false before any start.
func (e *Enrollment) origin(restart bool) (o *Origin, ok bool) {
	starts := e.State.Starts
	if len(starts) == 0 {
		return nil, false
	}
	if restart {
		return &starts[len(starts)-1], true
	}
	return e.first(), true
}

// first is the first start since the last stop, else the very first.
func (e *Enrollment) first() *Origin {
	starts := e.State.Starts
	if n := len(e.State.Stops); n > 0 {
		for i := range starts {
			if e.State.Stops[n-1].At < starts[i].At {
				return &starts[i]
			}
		}
	}
	return &starts[0]
}

// stopped tells whether the last stop is not followed by a start.
func (e *Enrollment) stopped(o *Origin) bool {
	n := len(e.State.Stops)
	return n > 0 && e.State.Stops[n-1].At >= o.At
}

// Stop notes that the enrollment was stopped, as an event of the program's stop
// does. Stops are a set: their order and repetition make no difference.
func (e *Enrollment) Stop(m Mark) {
	stops := e.State.Stops
	at, found := slices.BinarySearchFunc(stops, m, compareMarks)
	if found {
		return
	}
	e.State.Stops = slices.Insert(stops, at, m)
	if n := len(e.State.Stops); n > maxStarts {
		e.State.Stops = slices.Delete(e.State.Stops, 0, n-maxStarts)
	}
}

// cut is when the facts gave a cancelled slot up (Unix ms): at the first stop,
// or, where a program restarts, the first start, after what asked for it; or
// earlier, when a condition ceased to hold. 0: neither.
func (e *Enrollment) cut(sl *Slot, restart bool) int64 {
	at := sl.Until
	take := func(t int64) {
		if at == 0 || t < at {
			at = t
		}
	}
	for i := range e.State.Stops {
		if s := e.State.Stops[i].At; s >= sl.Cause {
			take(s)
			break
		}
	}
	if restart {
		for i := range e.State.Starts {
			if s := e.State.Starts[i].At; s > sl.Cause {
				take(s)
				break
			}
		}
	}
	return at
}

// Slot finds the slot of a step's occurrence, nil when there is none.
func (e *Enrollment) Slot(step string, occurrence int) *Slot {
	for i := range e.State.Slots {
		if s := &e.State.Slots[i]; s.Step == step && s.Occurrence == occurrence {
			return s
		}
	}
	return nil
}

func (e *Enrollment) cursor(step string) *Cursor {
	for i := range e.State.Cursors {
		if e.State.Cursors[i].Step == step {
			return &e.State.Cursors[i]
		}
	}
	return nil
}
