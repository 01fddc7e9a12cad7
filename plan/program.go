package plan

import (
	"slices"
	"strconv"
	"time"

	"cel.dev/cel-go/cel"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
	"github.com/huifang/huifang/form"
)

// Program is a compiled Definition, ready to run and immutable.
type Program struct {
	Definition

	start     []selector
	stop      []selector
	update    []selector
	selectors []selector // of steps: what they count
	layout    string     // names the selectors, to notice a changed program
	steps     []step
	names     []string // attributes kept in registers
	assign    []assign
	outcomes  []outcome
	form      *form.Definition
	immediate bool // everything it will ever plan is known at the start
}

type selector struct {
	Match
	cond condition
}

type step struct {
	Step
	when, ends condition
	selector   int // index into Program.selectors, -1: none
	after      []condition
	assign     []assign
	outcomes   []outcome
	form       *form.Definition
	weekday    time.Weekday
	channels   []huifang.Channel
	formCode   string
	script     string
	late       []Escalation
	endless    bool
}

type assign struct {
	Assign
	when condition
}

type outcome struct {
	Outcome
	when condition
	set  []setter
}

type setter struct {
	name string
	cond condition
}

// Set is a group of programs that run side by side, with the types of event
// they understand.
type Set struct {
	programs map[string]*Program
	order    []*Program
	byType   map[string][]*Program
	variants map[string]map[huifang.ID]*Program
	types    map[string]*EventType
	checks   map[string][]eventCheck
	forms    map[string]*form.Definition
}

// compiler gathers located errors while compiling.
type compiler struct {
	env   *cel.Env
	forms map[string]*form.Definition
	errs  []*huifang.Error
}

// Compile checks definitions and readies them. Errors carry the path of the
// fault in At.Field, e.g. programs[2].steps[0].when.
func Compile(types []EventType, defs []Definition, forms []form.Definition) (*Set, []*huifang.Error) {
	env, err := newEnv()
	if err != nil {
		return nil, []*huifang.Error{{Code: huifang.CodeInternal, Reason: "cel", Err: err}}
	}
	c := &compiler{env: env, forms: map[string]*form.Definition{}}
	s := &Set{
		programs: map[string]*Program{}, byType: map[string][]*Program{}, variants: map[string]map[huifang.ID]*Program{},
		types: map[string]*EventType{}, forms: c.forms,
	}
	for _, t := range coreTypes() {
		s.types[t.Type] = &t
	}
	for i := range types {
		s.types[types[i].Type] = &types[i]
	}
	for i := range forms {
		c.forms[forms[i].Code] = &forms[i]
	}
	for i := range defs {
		at := "programs[" + strconv.Itoa(i) + "]"
		p := c.program(at, defs[i], s.types)
		if s.programs[p.Code] != nil {
			c.fail(at+".code", "program.duplicate", huifang.Textf("回访方案“%s”重复", "program %q is defined twice", p.Code))
		}
		s.programs[p.Code] = p
		s.order = append(s.order, p)
	}
	s.checks = c.checks(types)
	s.index()
	return s, c.errs
}

// index buckets programs by the types of event they look at.
func (s *Set) index() {
	for _, p := range s.order {
		for _, typ := range p.types() {
			s.byType[typ] = append(s.byType[typ], p)
		}
	}
}

// Types lists every type of event the program looks at.
func (p *Program) Types() []string { return p.types() }

// types lists every type of event the program looks at.
func (p *Program) types() []string {
	var out []string
	for _, group := range [][]selector{p.start, p.stop, p.update, p.selectors} {
		for _, m := range group {
			out = append(out, m.On)
		}
	}
	if len(p.names) > 0 && !p.immediate {
		out = append(out, huifang.EventContactChanged, huifang.EventAssetChanged)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Vary replaces a program, for a unit and those below it, by a variant with
// other numbers or assignees. The variant keeps the program's code and start.
func (s *Set) Vary(unit huifang.ID, def Definition) []*huifang.Error {
	base := s.programs[def.Code]
	if base == nil {
		return []*huifang.Error{huifang.Invalid("program.unknown", huifang.Textf("没有回访方案“%s”", "there is no program %q", def.Code))}
	}
	env, err := newEnv()
	if err != nil {
		return []*huifang.Error{{Code: huifang.CodeInternal, Reason: "cel", Err: err}}
	}
	c := &compiler{env: env, forms: s.forms}
	p := c.program("", def, s.types)
	if p.layout != base.layout {
		c.fail("steps", "variant.layout", huifang.Text{ZH: "单位的调整不能改变方案的触发与计数事件", EN: "a unit's variant cannot change what the program starts on or counts"})
	}
	if len(c.errs) == 0 {
		if s.variants[def.Code] == nil {
			s.variants[def.Code] = map[huifang.ID]*Program{}
		}
		s.variants[def.Code][unit] = p
	}
	return c.errs
}

// Program is the program in force for a unit: the nearest variant up the tree,
// else the program itself; nil when there is none of that code.
func (s *Set) Program(code string, unit huifang.ID, r *Roster) *Program {
	p := s.programs[code]
	if vs := s.variants[code]; len(vs) > 0 && r != nil {
		r.climb(unit, func(u *huifang.Unit) bool {
			v, ok := vs[u.ID]
			if ok {
				p = v
			}
			return ok
		})
	}
	return p
}

// Programs lists the programs in the order they were defined.
func (s *Set) Programs() []*Program { return s.order }

// Type is a type of event the set understands, nil when it is unknown.
func (s *Set) Type(name string) *EventType { return s.types[name] }

// Form is a form by code, nil when it is unknown.
func (s *Set) Form(code string) *form.Definition { return s.forms[code] }

// Step finds a step of the program, ok is false when there is none.
func (p *Program) Step(code string) (Step, bool) {
	if st := p.step(code); st != nil {
		return st.Step, true
	}
	return Step{}, false
}

func (p *Program) step(code string) *step {
	for i := range p.steps {
		if p.steps[i].Code == code {
			return &p.steps[i]
		}
	}
	return nil
}

// Ladder is the program's retry ladder with its defaults: three tries, a day
// apart (docs/rules.md, "Attempts").
func (p *Program) Ladder() Retry {
	r := p.Retry
	if r.Tries == 0 {
		r.Tries = 3
	}
	if !r.Every.Set {
		r.Every = calendar.Offset{N: 1, Span: calendar.Days, Set: true}
	}
	return r
}
