package pack

import (
	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
	"github.com/huifang/huifang/plan"
)

// Pack is a trade as data. A loaded Pack is sound: every reference in it
// leads somewhere and every condition compiles. It is shared and must not be
// changed.
type Pack struct {
	Code        string       `yaml:"code"` // its name in settings and messages
	Name        huifang.Text `yaml:"name"`
	Description huifang.Text `yaml:"description"`
	Source      string       `yaml:"source"`  // documents the pack follows
	Extends     string       `yaml:"extends"` // the pack this one changes, see the package documentation
	Version     int          `yaml:"version"` // raised with every change of a rule

	Words       map[string]huifang.Text `yaml:"words"`       // what the trade calls a contact, an asset, a unit …, for menus
	Roles       []Role                  `yaml:"roles"`       // beside the built-in ones, or renaming them
	Contacts    []SubjectKind           `yaml:"contacts"`    // kinds of customer
	Assets      []SubjectKind           `yaml:"assets"`      // kinds of thing the service is given to
	Events      []plan.EventType        `yaml:"events"`      // what can happen
	Programs    []plan.Definition       `yaml:"programs"`    // which follow-ups that demands
	Forms       []form.Definition       `yaml:"forms"`       // what is asked and recorded
	Scripts     []Script                `yaml:"scripts"`     // what is said
	Recurrences []RecurrenceRule        `yaml:"recurrences"` // what happening again is flagged
	Import      Import                  `yaml:"import"`      // the words of the trade's registers
	Statistics  Statistics              `yaml:"statistics"`  // the month's sheet
	Ledgers     []Ledger                `yaml:"ledgers"`     // the sheets the trade keeps beside it
	Sample      Sample                  `yaml:"sample"`      // made-up data to try the trade on

	from place // where it was read, for its tests
}

// Role is a named set of permissions that rules can name. A role with the code
// of a built-in one (huifang.BuiltinRoles) gives it the trade's name and, where
// permissions are listed, other permissions.
type Role struct {
	Code        string               `yaml:"code"`
	Name        huifang.Text         `yaml:"name"`
	Aliases     []string             `yaml:"aliases"` // what staff lists call it
	Permissions []huifang.Permission `yaml:"permissions"`
}

// SubjectKind is a kind of contact or asset with the attributes it carries.
type SubjectKind struct {
	Code       string               `yaml:"code"`
	Name       huifang.Text         `yaml:"name"`
	Attributes []plan.AttributeType `yaml:"attributes"`
}

// Program is the program of that code.
func (p *Pack) Program(code string) (plan.Definition, bool) {
	for i := range p.Programs {
		if p.Programs[i].Code == code {
			return p.Programs[i], true
		}
	}
	return plan.Definition{}, false
}

// Form is the form of that code.
func (p *Pack) Form(code string) (form.Definition, bool) {
	for i := range p.Forms {
		if p.Forms[i].Code == code {
			return p.Forms[i], true
		}
	}
	return form.Definition{}, false
}

// Script is the script of that code.
func (p *Pack) Script(code string) (Script, bool) {
	for i := range p.Scripts {
		if p.Scripts[i].Code == code {
			return p.Scripts[i], true
		}
	}
	return Script{}, false
}

// Event is the type of event of that name.
func (p *Pack) Event(name string) (plan.EventType, bool) {
	for i := range p.Events {
		if p.Events[i].Type == name {
			return p.Events[i], true
		}
	}
	return plan.EventType{}, false
}

// AllRoles are the built-in roles with the pack's names and
// permissions, then the pack's own.
func (p *Pack) AllRoles() []huifang.Role {
	out := huifang.BuiltinRoles()
next:
	for _, r := range p.Roles {
		for i := range out {
			if out[i].Code == r.Code {
				out[i].Name = r.Name
				if len(r.Permissions) > 0 {
					out[i].Permissions = r.Permissions
				}
				continue next
			}
		}
		out = append(out, huifang.Role{Code: r.Code, Name: r.Name, Permissions: r.Permissions})
	}
	return out
}

// RoleAliases maps every name a staff list may use for a role — its names in
// both languages and its aliases — to the role's code, as plan.NewRoster takes
// it. A name that two roles share belongs to the first.
func (p *Pack) RoleAliases() map[string]string {
	out := map[string]string{}
	add := func(name, code string) {
		if _, taken := out[name]; name != "" && !taken {
			out[name] = code
		}
	}
	for _, r := range p.Roles {
		add(r.Name.ZH, r.Code)
		add(r.Name.EN, r.Code)
		for _, a := range r.Aliases {
			add(a, r.Code)
		}
	}
	for _, r := range huifang.BuiltinRoles() {
		add(r.Name.ZH, r.Code)
		add(r.Name.EN, r.Code)
	}
	return out
}

// Compile is the pack's programs ready to run, a fresh set each time, so that
// the caller may vary it.
func (p *Pack) Compile() (*plan.Set, error) {
	set, faults := plan.Compile(p.Events, p.Programs, p.Forms)
	if len(faults) > 0 {
		return nil, &huifang.Error{
			Code: huifang.CodeInvalid, Reason: "pack.invalid", Details: faults,
			Message: huifang.Textf("行业包“%s”的方案有错误", "the programs of pack %q have errors", p.Code),
		}
	}
	return set, nil
}
