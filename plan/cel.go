package plan

import (
	"maps"
	"reflect"
	"slices"

	"cel.dev/cel-go/cel"
	celast "cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"github.com/huifang/huifang"
)

// condition is a compiled CEL expression; the zero condition always holds.
type condition struct {
	source string
	prog   cel.Program
	names  []string // attributes it reads through attr
}

// The variables a condition may use. A missing attribute is null, so that
// comparing it is false rather than an error.
//
//	attr        attributes: of the event; then of the contact, then of the asset
//	contact     attributes of the contact      asset   attributes of the asset
//	kind        the contact's kind             type    the event's type
//	department, staff, unit, matter            of the event, as ids
//	answers, verdict, score, outcome           in outcome rules
func newEnv() (*cel.Env, error) {
	m := cel.MapType(cel.StringType, cel.DynType)
	return cel.NewEnv(
		cel.Variable("attr", m), cel.Variable("contact", m), cel.Variable("asset", m), cel.Variable("answers", m),
		cel.Variable("kind", cel.StringType), cel.Variable("type", cel.StringType), cel.Variable("department", cel.StringType),
		cel.Variable("staff", cel.StringType), cel.Variable("unit", cel.StringType), cel.Variable("matter", cel.StringType),
		cel.Variable("verdict", cel.StringType), cel.Variable("outcome", cel.StringType), cel.Variable("score", cel.DoubleType),
		cel.CrossTypeNumericComparisons(true),
	)
}

// maxCondition bounds the length of a condition.
const maxCondition = 2000

// compileCondition compiles source to a yes-or-no condition, or with any to an
// expression of any type.
func compileCondition(env *cel.Env, source string, anyType bool) (condition, *huifang.Error) {
	if source == "" {
		return condition{}, nil
	}
	if len(source) > maxCondition { // what it costs to evaluate is bounded here, not while running
		return condition{}, huifang.Invalid("condition.long", huifang.Textf("条件过长（上限 %d 字节）", "the condition is too long (%d bytes at most)", maxCondition))
	}
	ast, iss := env.Compile(source)
	if iss != nil && iss.Err() != nil {
		first := iss.Errors()[0]
		return condition{}, huifang.Invalid("condition.invalid", huifang.Textf("条件“%s”第%d列有误：%s", "condition %q, column %d: %s", source, first.Location.Column()+1, first.Message))
	}
	if t := ast.OutputType(); !anyType && !t.IsExactType(cel.BoolType) && !t.IsExactType(cel.DynType) {
		return condition{}, huifang.Invalid("condition.not_boolean", huifang.Textf("条件“%s”的结果不是真或假", "condition %q does not yield true or false", source))
	}
	names, tests := attributeNames(ast.NativeRep())
	if tests {
		return condition{}, huifang.Invalid("condition.has", huifang.Textf("条件“%s”使用了 has()；缺失的属性为 null，请写作 attr.名称 != null", "condition %q uses has(); a missing attribute is null, so write attr.NAME != null", source))
	}
	prog, err := env.Program(ast, cel.EvalOptions(cel.OptOptimize))
	if err != nil {
		return condition{}, huifang.Invalid("condition.invalid", huifang.Textf("条件“%s”无法使用：%v", "condition %q cannot be used: %v", source, err))
	}
	return condition{source: source, prog: prog, names: names}, nil
}

// attributeNames lists what an expression reads as attr.NAME or attr["NAME"],
// and tells whether it tests presence with has().
func attributeNames(ast *celast.AST) (names []string, tests bool) {
	add := func(on celast.Expr, name string) {
		if on.Kind() == celast.IdentKind && on.AsIdent() == "attr" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	celast.PostOrderVisit(ast.Expr(), celast.NewExprVisitor(func(e celast.Expr) {
		switch e.Kind() { //nolint:exhaustive // the other kinds read no attribute
		case celast.SelectKind:
			add(e.AsSelect().Operand(), e.AsSelect().FieldName())
			tests = tests || e.AsSelect().IsTestOnly()
		case celast.CallKind:
			c := e.AsCall()
			if c.FunctionName() == operators.Index && len(c.Args()) == 2 && c.Args()[1].Kind() == celast.LiteralKind {
				if s, ok := c.Args()[1].AsLiteral().(types.String); ok {
					add(c.Args()[0], string(s))
				}
			}
		}
	}))
	slices.Sort(names)
	return names, tests
}

// holds evaluates a yes-or-no condition; an evaluation error (say, a number
// compared with a missing attribute) does not hold and is returned.
func (c *condition) holds(v *view) (bool, error) {
	if c.prog == nil {
		return true, nil
	}
	out, _, err := c.prog.Eval(v)
	if err != nil {
		return false, err
	}
	b, ok := out.(types.Bool)
	return ok && bool(b), nil
}

// value evaluates an expression to a JSON value.
func (c *condition) value(v *view) (any, error) {
	out, _, err := c.prog.Eval(v)
	if err != nil {
		return nil, err
	}
	switch out.(type) {
	case types.Int, types.Uint:
		return out.ConvertToNative(reflect.TypeFor[float64]())
	case types.Null:
		return nil, nil //nolint:nilnil // null is a value
	}
	return out.Value(), nil
}

// view is what a condition sees; it resolves variables without building maps.
type view struct {
	regs                                []Register
	event                               huifang.Attributes
	contact                             *huifang.Contact
	asset                               *huifang.Asset
	typ, department, staff, unit, about string
	answers                             huifang.Attributes
	verdict, outcome                    string
	score                               float64
	at                                  string // of an event that is checked
	attrs                               attrMap
}

// ResolveName is cel-go's way to ask for a variable.
func (v *view) ResolveName(name string) (any, bool) {
	switch name {
	case "attr":
		v.attrs.v = v
		return &v.attrs, true
	case "contact":
		return nullMap(v.contactAttributes()), true
	case "asset":
		return nullMap(v.assetAttributes()), true
	case "answers":
		return nullMap(v.answers), true
	case "kind":
		return v.kind(), true
	case "type":
		return v.typ, true
	case "department":
		return v.department, true
	case "staff":
		return v.staff, true
	case "unit":
		return v.unit, true
	case "matter":
		return v.about, true
	case "verdict":
		return v.verdict, true
	case "outcome":
		return v.outcome, true
	case "score":
		return v.score, true
	}
	return v.at, name == "at"
}

// Parent is part of cel-go's Activation; there is none.
func (v *view) Parent() cel.Activation { return nil }

// kind is the contact's; empty without one.
func (v *view) kind() string {
	if v.contact == nil {
		return ""
	}
	return v.contact.Kind
}

func (v *view) contactAttributes() huifang.Attributes {
	if v.contact == nil {
		return nil
	}
	return v.contact.Attributes
}

func (v *view) assetAttributes() huifang.Attributes {
	if v.asset == nil {
		return nil
	}
	return v.asset.Attributes
}

// attribute is an attribute by the precedence described at newEnv.
func (v *view) attribute(name string) any {
	for _, v0 := range slices.Backward(v.regs) {
		if v0.Name == name {
			return v0.Value
		}
	}
	if val, ok := v.event[name]; ok {
		return val
	}
	return v.unregistered(name)
}

// unregistered is an attribute as the contact, else the asset, has it.
func (v *view) unregistered(name string) any {
	if val, ok := v.contactAttributes()[name]; ok {
		return val
	}
	return v.assetAttributes()[name]
}

// nullMap is a map whose missing keys are null.
func nullMap(a huifang.Attributes) ref.Val { return &attrMap{only: a, plain: true} }

type attrMap struct {
	v     *view
	only  huifang.Attributes
	plain bool
}

var _ traits.Mapper = (*attrMap)(nil)

// Find is the value of a key, null when it is missing.
func (m *attrMap) Find(key ref.Val) (ref.Val, bool) {
	name, ok := key.(types.String)
	if !ok {
		return types.NullValue, true
	}
	var val any
	if m.plain {
		val = m.only[string(name)]
	} else {
		val = m.v.attribute(string(name))
	}
	return types.DefaultTypeAdapter.NativeToValue(val), true
}

// Get is Find.
func (m *attrMap) Get(key ref.Val) ref.Val { v, _ := m.Find(key); return v }

// Contains tells whether the key has a value, which is what has(attr.x) asks.
func (m *attrMap) Contains(key ref.Val) ref.Val {
	v, _ := m.Find(key)
	return types.Bool(v != types.NullValue)
}

// Iterator walks the attributes of the event; conditions seldom do.
func (m *attrMap) Iterator() traits.Iterator { return m.native().Iterator() }

// Size is the number of attributes.
func (m *attrMap) Size() ref.Val { return m.native().Size() }

// Equal compares as maps.
func (m *attrMap) Equal(other ref.Val) ref.Val { return m.native().Equal(other) }

// Type is a map.
func (m *attrMap) Type() ref.Type { return types.MapType }

// Value is the attributes as a Go map.
func (m *attrMap) Value() any { return m.native().Value() }

// ConvertToNative converts as a map.
func (m *attrMap) ConvertToNative(t reflect.Type) (any, error) { return m.native().ConvertToNative(t) }

// ConvertToType converts as a map.
func (m *attrMap) ConvertToType(t ref.Type) ref.Val { return m.native().ConvertToType(t) }

func (m *attrMap) native() traits.Mapper {
	all := map[string]any{}
	if m.plain {
		maps.Copy(all, m.only)
	} else {
		maps.Copy(all, m.v.event)
		for _, r := range m.v.regs {
			all[r.Name] = r.Value
		}
	}
	return types.NewStringInterfaceMap(types.DefaultTypeAdapter, all)
}
