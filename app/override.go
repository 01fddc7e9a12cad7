package app

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
	"github.com/huifang/huifang/plan"
)

// Override is what an organization, or one unit with those below it, does
// otherwise than the pack: numbers and people, never what starts a program.
// Absent fields leave the program's own.
type Override struct {
	Target   *float64                `json:"target,omitempty"` // percent
	Review   *float64                `json:"review,omitempty"` // percent
	Tries    *int                    `json:"tries,omitempty"`
	Every    *string                 `json:"every,omitempty"` // between tries, e.g. 1d
	Channels []huifang.Channel       `json:"channels,omitempty"`
	Assign   []string                `json:"assign,omitempty"` // resolvers, all of them together, e.g. "steward", "role:supervisor | head"
	Steps    map[string]StepOverride `json:"steps,omitempty"`  // by step code
}

// StepOverride is the part of an Override that concerns one step.
type StepOverride struct {
	Opens    *string           `json:"opens,omitempty"`  // e.g. 7d
	Closes   *string           `json:"closes,omitempty"` // e.g. 1mo
	From     *huifang.Clock    `json:"from,omitempty"`
	Until    *huifang.Clock    `json:"until,omitempty"`
	Channels []huifang.Channel `json:"channels,omitempty"`
	Assign   []string          `json:"assign,omitempty"`
}

// programSetting is a stored setting, read.
type programSetting struct {
	Program  string
	Unit     huifang.ID
	Active   bool
	Override Override
	Row      int64 `json:"-"`
}

func decodeSettings(kept []*huifang.ProgramSetting) ([]*programSetting, error) {
	out := make([]*programSetting, 0, len(kept))
	for _, k := range kept {
		s := &programSetting{Program: k.Program, Unit: k.Unit, Active: k.Active, Row: k.Row}
		if k.Override != "" {
			if err := json.Unmarshal([]byte(k.Override), &s.Override); err != nil {
				return nil, huifang.Wrap(err)
			}
		}
		out = append(out, s)
	}
	return out, nil
}

// setting is the setting of exactly that program and unit, nil when there is
// none.
func (d *directory) setting(program string, unit huifang.ID) *programSetting {
	for _, s := range d.settings {
		if s.Program == program && s.Unit == unit {
			return s
		}
	}
	return nil
}

// isOff tells whether nothing new of a program starts in a unit: its pack is
// not active any more, or the nearest setting up the tree switches it off.
func (d *directory) isOff(program string, unit huifang.ID) bool {
	if d.packOf[program] == "" {
		return true
	}
	for u := d.unit[unit]; u != nil; u = d.unit[u.Parent] {
		if s := d.setting(program, u.ID); s != nil {
			return !s.Active
		}
	}
	s := d.setting(program, "")
	return s != nil && !s.Active
}

// override changes def by the setting of exactly that unit, if there is one.
// Settings were checked when they were made.
func (d *directory) override(def *plan.Definition, unit huifang.ID) {
	if s := d.setting(def.Code, unit); s != nil {
		_ = s.Override.apply(def)
	}
}

// vary gives every unit with a setting its variant: the settings of its
// ancestors, the farthest first, then its own.
func (d *directory) vary(set *plan.Set, defs []plan.Definition) error {
	for i := range defs {
		for _, u := range d.units {
			if d.setting(defs[i].Code, u.ID) == nil {
				continue
			}
			def := defs[i]
			for _, up := range d.ancestry(u) {
				d.override(&def, up)
			}
			if set.Program(def.Code, "", nil) == nil {
				continue // an earlier program that no longer compiles
			}
			if faults := set.Vary(u.ID, def); len(faults) > 0 {
				return invalidPack(faults)
			}
		}
	}
	return nil
}

// ancestry lists a unit and its ancestors, the root first.
func (d *directory) ancestry(u *huifang.Unit) []huifang.ID {
	var out []huifang.ID
	for ; u != nil; u = d.unit[u.Parent] {
		out = append(out, u.ID)
	}
	slices.Reverse(out)
	return out
}

// apply changes def, sharing nothing with it that it changes. Its errors are
// located by field.
func (o *Override) apply(def *plan.Definition) *huifang.Error {
	def.Steps = slices.Clone(def.Steps)
	set(&def.Target, o.Target)
	if o.Review != nil {
		def.Review = o.Review
	}
	set(&def.Retry.Tries, o.Tries)
	if len(o.Channels) > 0 {
		def.Channels = o.Channels
	}
	if err := offset("every", &def.Retry.Every, o.Every); err != nil {
		return err
	}
	if err := assign("assign", &def.Assign, o.Assign); err != nil {
		return err
	}
	for code, so := range o.Steps {
		i := slices.IndexFunc(def.Steps, func(s plan.Step) bool { return s.Code == code })
		if i < 0 {
			return fieldFault("steps."+code, "step.unknown", huifang.Textf("方案“%s”没有步骤“%s”", "program %q has no step %q", def.Code, code))
		}
		if err := so.apply("steps."+code+".", &def.Steps[i]); err != nil {
			return err
		}
	}
	return nil
}

func (o *StepOverride) apply(at string, s *plan.Step) *huifang.Error {
	if err := offset(at+"opens", &s.Opens, o.Opens); err != nil {
		return err
	}
	if err := offset(at+"closes", &s.Closes, o.Closes); err != nil {
		return err
	}
	if o.From != nil {
		s.From = o.From
	}
	if o.Until != nil {
		s.Until = o.Until
	}
	if len(o.Channels) > 0 {
		s.Channels = o.Channels
	}
	return assign(at+"assign", &s.Assign, o.Assign)
}

func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

func offset(field string, to *calendar.Offset, from *string) *huifang.Error {
	if from == nil {
		return nil
	}
	return at(field, to.UnmarshalText([]byte(strings.TrimSpace(*from))))
}

func assign(field string, to *[]plan.Assign, from []string) *huifang.Error {
	if len(from) == 0 {
		return nil
	}
	rule := plan.Assign{}
	for _, text := range from {
		var r plan.Resolver
		if err := at(field, r.UnmarshalText([]byte(text))); err != nil {
			return err
		}
		rule.To = append(rule.To, r)
	}
	*to = []plan.Assign{rule}
	return nil
}
