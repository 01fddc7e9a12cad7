package plan

import (
	"slices"

	"github.com/huifang/huifang"
)

// Host keeps enrollments for a Set: the live system in its store, a simulation
// in memory. Everything that decides is in this package; a host only loads and
// keeps.
type Host interface {
	// Enrollment is the enrollment of a subject, nil when there is none.
	Enrollment(program string, key huifang.ID) (*Enrollment, error)
	// Related are the active enrollments of a program that concern the contact
	// or the asset; either may be empty.
	Related(program string, contact, asset huifang.ID) ([]*Enrollment, error)
	// Past are the events of the types, of the contact or asset, other than the
	// start event itself: attribute changes of any time, others at or after the
	// start; for starts that arrive late.
	Past(start *huifang.Event, types []string) ([]huifang.Event, error)
	// Prepare sets env.Contact, env.Asset and env.Recent for an enrollment.
	Prepare(p *Program, e *Enrollment, env *Env) error
	// Apply keeps the enrollment and carries out the effects. It returns events
	// that follow from them: attribute changes by outcome rules.
	Apply(p *Program, e *Enrollment, in Input, env *Env, out *Output) ([]huifang.Event, error)
	// NotStarted notes that an event did not start a program, with the reason.
	NotStarted(p *Program, ev *huifang.Event, reason string) error
}

// Runner runs a Set against a Host. It is not safe for concurrent use.
type Runner struct {
	Set  *Set
	Host Host
	out  Output
}

// maxCascade bounds how often outcomes may change attributes that change plans.
const maxCascade = 4

// Deliver takes an event to every program that looks at its type.
func (r *Runner) Deliver(ev *huifang.Event, env *Env) error { return r.deliver(ev, env, 0) }

func (r *Runner) deliver(ev *huifang.Event, env *Env, depth int) error {
	contact, asset := env.Contact, env.Asset
	for _, p := range r.Set.byType[ev.Type] {
		env.Contact, env.Asset = contact, asset
		targets, err := r.targets(p, ev, env)
		if err != nil {
			return err
		}
		for _, e := range targets {
			if err := r.input(p, e, Input{Event: ev}, env, depth); err != nil {
				return err
			}
		}
	}
	env.Contact, env.Asset = contact, asset
	return nil
}

// Outcome takes the end of a follow-up to its enrollment.
func (r *Runner) Outcome(e *Enrollment, in Input, env *Env) error {
	p := r.Set.programs[e.Program]
	if p == nil {
		return huifang.Fail(huifang.CodeNotFound, "program.unknown", huifang.Textf("没有回访方案“%s”", "there is no program %q", e.Program))
	}
	return r.input(p, e, in, env, 0)
}

// Wake takes a tick to an enrollment whose time has come.
func (r *Runner) Wake(e *Enrollment, env *Env) error { return r.Outcome(e, Input{}, env) }

func (r *Runner) input(base *Program, e *Enrollment, in Input, env *Env, depth int) error {
	p := base
	if e.Unit != "" {
		p = r.Set.Program(base.Code, e.Unit, env.Roster)
	}
	if err := r.Host.Prepare(p, e, env); err != nil {
		return err
	}
	r.out.Effects = r.out.Effects[:0]
	p.Advance(e, in, env, &r.out)
	if in.Event != nil && p.cameLate(e, in.Event) {
		if err := r.catchUp(p, e, in.Event, env); err != nil {
			return err
		}
	}
	follow, err := r.Host.Apply(p, e, in, env, &r.out)
	if err != nil || len(follow) == 0 || depth >= maxCascade {
		return err
	}
	for i := range follow {
		if err := r.deliver(&follow[i], env, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// cameLate tells whether the event is a start that others may have overtaken:
// the first the enrollment sees, or one before another.
func (p *Program) cameLate(e *Enrollment, ev *huifang.Event) bool {
	if e.Fresh {
		return true
	}
	for i := range e.State.Starts {
		if e.State.Starts[i].ID == ev.ID {
			return i+1 < len(e.State.Starts)
		}
	}
	return false
}

func isChange(typ string) bool {
	return typ == huifang.EventContactChanged || typ == huifang.EventAssetChanged
}

// catchUp shows an enrollment what happened after a start and arrived before
// it, so that the order of arrival makes no difference (law 1).
func (r *Runner) catchUp(p *Program, e *Enrollment, start *huifang.Event, env *Env) error {
	types := p.later()
	if len(types) == 0 {
		return nil
	}
	past, err := r.Host.Past(start, types)
	if err != nil {
		return err
	}
	for i := range past {
		if concerns(e, &past[i]) {
			p.Advance(e, Input{Event: &past[i]}, env, &r.out)
		}
	}
	return nil
}

// later lists the types of event that matter after a start.
func (p *Program) later() []string {
	if p.immediate && len(p.stop) == 0 {
		return nil
	}
	return slices.DeleteFunc(p.types(), func(t string) bool { return !p.looksAfterStart(t) })
}

// targets are the enrollments an event concerns: the one it starts, and those
// under way that look at its type.
func (r *Runner) targets(p *Program, ev *huifang.Event, env *Env) ([]*Enrollment, error) {
	v := &view{event: ev.Attributes, contact: env.Contact, asset: env.Asset, typ: ev.Type, department: ev.Department, staff: string(ev.Staff), unit: string(ev.Unit), about: ev.Attributes.String("matter")}
	var out []*Enrollment
	starts := matches(p.start, ev, v)
	key := p.key(ev)
	if starts && key != "" {
		e, err := r.Host.Enrollment(p.Code, key)
		if err != nil {
			return nil, err
		}
		if e == nil {
			e = &Enrollment{Program: p.Code, Key: key, Unit: ev.Unit, Contact: ev.Contact, Asset: ev.Asset, Fresh: true}
		}
		out = append(out, e)
	}
	if !p.looksAfterStart(ev.Type) {
		if !starts {
			return out, r.Host.NotStarted(p, ev, "condition_false")
		}
		if key == "" {
			return out, r.Host.NotStarted(p, ev, "subject_missing")
		}
		return out, nil
	}
	related, err := r.Host.Related(p.Code, ev.Contact, ev.Asset)
	for _, e := range related {
		if concerns(e, ev) && !slices.ContainsFunc(out, func(o *Enrollment) bool { return o.Key == e.Key }) {
			out = append(out, e)
		}
	}
	return out, err
}

// concerns tells whether an event is about an enrollment's asset, or, where
// either knows none, its contact.
func concerns(e *Enrollment, ev *huifang.Event) bool {
	if e.Asset != "" && ev.Asset != "" {
		return e.Asset == ev.Asset
	}
	return e.Contact != "" && e.Contact == ev.Contact
}

func (p *Program) looksAfterStart(typ string) bool {
	if isChange(typ) {
		return !p.immediate && len(p.names) > 0
	}
	for _, group := range [][]selector{p.stop, p.update, p.selectors} {
		for i := range group {
			if group[i].On == typ {
				return true
			}
		}
	}
	return false
}

// key is the subject of the program that an event is about.
func (p *Program) key(ev *huifang.Event) huifang.ID {
	switch p.Subject {
	case SubjectContact:
		return ev.Contact
	case SubjectAsset:
		return ev.Asset
	case SubjectStaff:
		return ev.Staff
	case SubjectEvent:
	}
	return ev.ID
}
