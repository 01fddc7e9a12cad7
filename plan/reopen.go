package plan

import (
	"slices"

	"github.com/huifang/huifang"
)

// Reopen takes back the end of a follow-up that a reviewer sends back to be
// done again: its slot is planned once more with the window to, which the rules
// leave alone from then on, and what other steps counted from that end they
// count no more. Out receives what follows. ok is false, and nothing changes,
// when the enrollment knows no such follow-up or it has not ended.
func (p *Program) Reopen(e *Enrollment, step string, occurrence int, to huifang.Window, env *Env, out *Output) (ok bool) {
	sl := e.Slot(step, occurrence)
	if sl == nil || p.step(step) == nil || !sl.State.Done() || sl.State == huifang.StateCancelled {
		return false
	}
	sl.Opens, sl.Closes, sl.Fixed = wireMoment(to.Opens), wireMoment(to.Closes), true
	sl.State, sl.Late, sl.Sent = huifang.StatePlanned, 0, true
	e.State.Results = slices.DeleteFunc(e.State.Results, func(r Result) bool {
		return r.Step == step && r.Occurrence == occurrence
	})
	p.Advance(e, Input{}, env, out)
	return true
}
