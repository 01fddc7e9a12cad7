package plan

import (
	"strconv"
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"github.com/huifang/huifang"
)

// eventCheck is a check made ready.
type eventCheck struct {
	EventCheck
	must condition
}

// newCheckEnv is what the checks of events may use: besides what all conditions
// may, at and day().
func newCheckEnv(env *cel.Env) (*cel.Env, error) {
	return env.Extend(
		cel.Variable("at", cel.StringType),
		cel.Function("day", cel.Overload("day_of", []*cel.Type{cel.DynType}, cel.StringType, cel.UnaryBinding(dayOf))),
	)
}

// dayOf is the date of a date or time, as "2026-03-31"; instants with an offset
// are read in the default zone.
func dayOf(v ref.Val) ref.Val {
	m, ok := dateValue(v.Value(), DefaultZone())
	if !ok {
		return types.NewErr("no date")
	}
	return types.String(m.Date.String())
}

// compileChecks makes the checks of the types of event ready.
func (c *compiler) checks(types []EventType) map[string][]eventCheck {
	env, err := newCheckEnv(c.env)
	if err != nil {
		c.fail("events", "condition.invalid", huifang.Textf("检查条件无法准备：%v", "checks cannot be made ready: %v", err))
		return nil
	}
	out := map[string][]eventCheck{}
	for i := range types {
		for j, ch := range types[i].Checks {
			at := "events[" + strconv.Itoa(i) + "].checks[" + strconv.Itoa(j) + "]"
			must, fault := compileCondition(env, ch.Must, false)
			switch {
			case fault != nil:
				c.fail(at+".must", fault.Reason, fault.Message)
			case ch.Must == "" || ch.Message == (huifang.Text{}):
				c.fail(at, "check.incomplete", huifang.Text{ZH: "检查要写条件 must 与说明 message", EN: "a check has a condition, must, and a message"})
			}
			out[types[i].Type] = append(out[types[i].Type], eventCheck{ch, must})
		}
	}
	return out
}

// CheckIn validates an event as Check does, with the zone its local times are
// in.
func (s *Set) CheckIn(ev *huifang.Event, zone *time.Location) error {
	if err := s.checkAttributes(ev); err != nil {
		return err
	}
	list := s.checks[ev.Type]
	if len(list) == 0 {
		return nil
	}
	v := &view{event: ev.Attributes, typ: ev.Type, department: ev.Department, at: ev.At.In(zone).Format("2006-01-02T15:04")}
	for i := range list {
		if met, err := list[i].must.holds(v); err == nil && !met {
			field := ""
			if list[i].Field != "" {
				field = "attributes." + list[i].Field
			}
			return fieldError(field, "check."+list[i].Code, list[i].Message)
		}
	}
	return nil
}

// Follows is what must have happened before an event of a type; nil: nothing.
func (s *Set) Follows(typ string) *Follows {
	if t := s.types[typ]; t != nil {
		return t.Follows
	}
	return nil
}
