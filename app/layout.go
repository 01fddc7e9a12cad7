package app

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/store"
)

// An enrollment's marks are kept by the place of what they count within its
// program. When a new version of a pack counts something else, or in another
// order, they would mean something else. So the states of such programs begin
// with the layout they were written by, and one written by another layout is
// counted again from the events.

// layoutMark begins a state that names its layout; JSON never begins so.
const layoutMark = 'L'

// layoutOf names what a program counts; "" when it counts nothing.
func layoutOf(def *plan.Definition) string {
	var counted []plan.Match
	for i := range def.Steps {
		s := &def.Steps[i]
		switch {
		case s.Event != nil:
			counted = append(counted, *s.Event)
		case s.Count != nil:
			counted = append(counted, s.Count.Of)
		case s.Remaining != nil:
			counted = append(counted, s.Remaining.Of)
		case s.Idle != nil:
			counted = append(counted, s.Idle.Of)
		}
	}
	if len(counted) == 0 {
		return ""
	}
	h := fnv.New32a()
	_ = json.NewEncoder(h).Encode(counted) //nolint:musttag // plain texts into a hash
	return fmt.Sprintf("%08x", h.Sum32())
}

// encodeState is an enrollment's state for keeping.
func (d *directory) encodeState(e *plan.Enrollment) []byte {
	body := e.State.Encode()
	layout := d.layouts[e.Program]
	if layout == "" {
		return body
	}
	return append(append([]byte{layoutMark}, layout...), body...)
}

// decodeState reads what encodeState wrote; same tells whether its marks mean
// what the program counts now.
func (d *directory) decodeState(program string, kept []byte) (s plan.State, same bool, err error) {
	layout := ""
	if len(kept) > 9 && kept[0] == layoutMark {
		layout, kept = string(kept[1:9]), kept[9:]
	}
	s, err = plan.DecodeState(kept)
	return s, layout == d.layouts[program], err
}

// recount counts an enrollment's events again by the program of today.
func (h *host) recount(e *plan.Enrollment) error {
	p := h.d.set.Program(e.Program, e.Unit, h.d.roster)
	e.State.Marks = nil
	if p == nil || len(e.State.Starts) == 0 {
		return nil
	}
	var out plan.Output
	env := h.env
	if err := h.Prepare(p, e, &env); err != nil {
		return err
	}
	seen := map[huifang.ID]bool{}
	take := func(ev *huifang.Event) {
		if !seen[ev.ID] {
			seen[ev.ID] = true
			p.Advance(e, plan.Input{Event: ev}, &env, &out)
		}
	}
	since := time.UnixMilli(e.State.Starts[0].At).UTC()
	for _, f := range []store.EventFilter{{Contact: e.Contact}, {Asset: e.Asset}} {
		if f.Contact+f.Asset == "" {
			continue
		}
		f.Types, f.Since = countedTypes(&p.Definition), since
		if err := h.eachEvent(f, take); err != nil {
			return err
		}
	}
	_, err := h.Apply(p, e, plan.Input{}, &env, &out)
	return err
}

// countedTypes lists the types of event a program counts.
func countedTypes(def *plan.Definition) []string {
	var out []string
	for i := range def.Steps {
		s := &def.Steps[i]
		switch {
		case s.Event != nil:
			out = append(out, s.Event.On)
		case s.Count != nil:
			out = append(out, s.Count.Of.On)
		case s.Remaining != nil:
			out = append(out, s.Remaining.Of.On)
		case s.Idle != nil:
			out = append(out, s.Idle.Of.On)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
