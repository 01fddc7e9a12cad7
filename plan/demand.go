package plan

import (
	"time"

	"github.com/huifang/huifang"
)

// Demand is the case that the outcome rules open for a follow-up that is
// completed and whose record is judged otherwise afterwards, by a reviewer or by
// a correction: answers and score as recorded, verdict as judged now, the last
// day counted from at. ok is false where no rule opens one, or the enrollment
// does not know the follow-up. Nothing is changed.
func (p *Program) Demand(e *Enrollment, step string, occurrence int, verdict huifang.Verdict, score float64, answers huifang.Attributes, at time.Time, env *Env) (eff Effect, ok bool) {
	sl, s := e.Slot(step, occurrence), p.step(step)
	o, started := e.origin(p.Restart)
	if sl == nil || s == nil || !started {
		return eff, false
	}
	v := &view{
		contact: env.Contact, asset: env.Asset, regs: e.State.Regs,
		typ: o.Type, department: o.Department, staff: string(o.Staff), unit: string(o.Unit), about: o.Matter,
		answers: answers, outcome: string(huifang.StateCompleted), verdict: string(verdict), score: score,
	}
	d := &derivation{p: p, e: e, o: o, env: env, loc: env.Roster.Location(o.Unit), view: v}
	var out Output
	d.rules(s, sl, Input{Event: &huifang.Event{At: at}}, v, &out)
	for i := range out.Effects {
		if out.Effects[i].Kind == EffectCase {
			return out.Effects[i], true
		}
	}
	return eff, false
}
