package plan

import (
	"cel.dev/cel-go/cel"

	"github.com/huifang/huifang"
)

// Fact is one follow-up as a question about what was recorded sees it. State is
// as shown; Record is the one that counts; what a follow-up does not have is
// nil.
type Fact struct {
	Followup *huifang.Followup
	State    huifang.State
	Contact  *huifang.Contact
	Asset    *huifang.Asset
	Event    *huifang.Event
	Record   *huifang.Record
	Case     *huifang.Case
}

// FactCondition is a yes-or-no question about a Fact. The zero condition always
// holds.
type FactCondition struct{ cond condition }

// FactValue is an expression that a Fact gives a text, number or date for.
type FactValue struct{ cond condition }

// CompileFactValue readies an expression over the names that CompileFacts
// knows.
func CompileFactValue(source string) (FactValue, *huifang.Error) {
	env, err := newFactEnv()
	if err != nil {
		return FactValue{}, huifang.Invalid("condition.invalid", huifang.Textf("条件无法准备：%v", "conditions cannot be made ready: %v", err))
	}
	cond, fault := compileCondition(env, source, true)
	return FactValue{cond}, fault
}

// Of is the expression's value; nil where it cannot be told.
func (c *FactValue) Of(f *Fact) any {
	if c.cond.prog == nil {
		return nil
	}
	out, _, err := c.cond.prog.Eval(newFactView(f))
	if err != nil {
		return nil
	}
	if n, ok := out.Value().(int64); ok {
		return float64(n)
	}
	return out.Value()
}

// CompileFacts readies questions about facts. Besides the names of program
// conditions they know the follow-up's own:
//
//	state       planned, overdue, completed, unreachable, waived, cancelled
//	program, step, occurrence, late, attempts, review, channel
//	case_state  of the case it opened or checks; empty: none
//
// Errors are those of program conditions, at the place of the source.
func CompileFacts(sources []string) ([]FactCondition, []*huifang.Error) {
	out, faults := make([]FactCondition, len(sources)), make([]*huifang.Error, len(sources))
	env, err := newFactEnv()
	if err != nil {
		faults[0] = huifang.Invalid("condition.invalid", huifang.Textf("条件无法准备：%v", "conditions cannot be made ready: %v", err))
		return out, faults
	}
	for i, source := range sources {
		out[i].cond, faults[i] = compileCondition(env, source, false)
	}
	return out, faults
}

func newFactEnv() (*cel.Env, error) {
	env, err := newEnv()
	if err != nil {
		return nil, err
	}
	return env.Extend(
		cel.Variable("state", cel.StringType), cel.Variable("program", cel.StringType), cel.Variable("step", cel.StringType),
		cel.Variable("occurrence", cel.IntType), cel.Variable("late", cel.BoolType), cel.Variable("attempts", cel.IntType),
		cel.Variable("review", cel.StringType), cel.Variable("channel", cel.StringType), cel.Variable("case_state", cel.StringType),
	)
}

// Holds answers the question. What cannot be told, say a number compared with an
// answer that was not given, does not hold.
func (c *FactCondition) Holds(f *Fact) bool {
	if c.cond.prog == nil {
		return true
	}
	out, _, err := c.cond.prog.Eval(newFactView(f))
	if err != nil {
		return false
	}
	yes, ok := out.Value().(bool)
	return ok && yes
}

// factView is what a question sees.
type factView struct {
	view
	fact *Fact
}

func newFactView(f *Fact) *factView {
	v := &factView{fact: f}
	v.contact, v.asset = f.Contact, f.Asset
	v.department, v.unit, v.about, v.verdict = f.Followup.Department, string(f.Followup.Unit), f.Followup.Matter, string(f.Followup.Satisfied)
	v.score = f.Followup.Score
	if f.Event != nil {
		v.event, v.typ, v.staff = f.Event.Attributes, f.Event.Type, string(f.Event.Staff)
	}
	if f.Record != nil {
		v.answers = f.Record.Answers
	}
	if f.State.Done() {
		v.outcome = string(f.State)
	}
	return v
}

// ResolveName is cel-go's way to ask for a variable.
func (v *factView) ResolveName(name string) (any, bool) {
	f := v.fact.Followup
	switch name {
	case "state":
		return string(v.fact.State), true
	case "program":
		return f.Program, true
	case "step":
		return f.Step, true
	case "occurrence":
		return int64(f.Occurrence), true
	case "late":
		return f.Late, true
	case "attempts":
		return int64(f.Attempts), true
	case "review":
		return string(f.Review), true
	case "channel":
		if v.fact.Record == nil {
			return "", true
		}
		return string(v.fact.Record.Channel), true
	case "case_state":
		if v.fact.Case == nil {
			return "", true
		}
		return string(v.fact.Case.State), true
	}
	return v.view.ResolveName(name)
}
