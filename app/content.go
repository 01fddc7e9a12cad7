package app

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/plan"
)

// Kinds of stored definitions.
const (
	kindPack    = "pack"
	kindProgram = "program"
	kindForm    = "form"
)

// content is what several packs say together.
type content struct {
	types  []plan.EventType
	defs   []plan.Definition
	forms  []form.Definition
	packOf map[string]string // program → pack
	faults []*huifang.Error
}

// combine puts packs side by side. Types of event that several know are
// merged; a program or form that two define differently is a fault.
func combine(packs []*pack.Pack) *content {
	c := &content{packOf: map[string]string{}}
	for _, p := range packs {
		for _, t := range p.Events {
			c.addType(p, t)
		}
		for _, def := range p.Programs {
			if i := slices.IndexFunc(c.defs, func(o plan.Definition) bool { return o.Code == def.Code }); i < 0 {
				c.defs = append(c.defs, def)
				c.packOf[def.Code] = p.Code
			} else if !same(c.defs[i], def) {
				c.clash(p, "programs."+def.Code, "program", def.Code, c.packOf[def.Code])
			}
		}
		for i := range p.Forms {
			f := p.Forms[i]
			if j := slices.IndexFunc(c.forms, func(o form.Definition) bool { return o.Code == f.Code }); j < 0 {
				c.forms = append(c.forms, f)
			} else if !same(c.forms[j], f) {
				c.clash(p, "forms."+f.Code, "form", f.Code, "")
			}
		}
	}
	return c
}

// same tells whether two definitions say the same.
func same(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}

func (c *content) clash(p *pack.Pack, field, kind, code, other string) {
	e := huifang.Fail(huifang.CodeConflict, "pack.clash", huifang.Textf(
		"行业包“%s”的 %s “%s”与另一行业包 %s 的定义不同，不能同时启用；请先停用其中一个，或用 extends 合并",
		"%s: its %s %q differs from the one of another pack %s; deactivate one of them, or join them with extends", p.Code, kind, code, other))
	e.At.Field = field
	c.faults = append(c.faults, e)
}

// addType merges a type of event that several packs know: what each of them
// tells is allowed, only what all of them need is needed.
func (c *content) addType(p *pack.Pack, t plan.EventType) {
	i := slices.IndexFunc(c.types, func(o plan.EventType) bool { return o.Type == t.Type })
	if i < 0 {
		c.types = append(c.types, t)
		return
	}
	had := c.types[i]
	if reflect.DeepEqual(had, t) {
		return
	}
	had.Needs = slices.DeleteFunc(slices.Clone(had.Needs), func(n string) bool { return !slices.Contains(t.Needs, n) })
	had.Attributes = slices.Clone(had.Attributes)
	for j := range had.Attributes {
		k := slices.IndexFunc(t.Attributes, func(a plan.AttributeType) bool { return a.Name == had.Attributes[j].Name })
		switch {
		case k < 0:
			had.Attributes[j].Required = false
		case t.Attributes[k].Type != had.Attributes[j].Type:
			c.clash(p, "events."+t.Type+"."+had.Attributes[j].Name, "attribute", had.Attributes[j].Name, "")
		default:
			had.Attributes[j].Required = had.Attributes[j].Required && t.Attributes[k].Required
			had.Attributes[j].Values = joinValues(had.Attributes[j].Values, t.Attributes[k].Values)
		}
	}
	for _, a := range t.Attributes {
		if !slices.ContainsFunc(had.Attributes, func(o plan.AttributeType) bool { return o.Name == a.Name }) {
			a.Required = false
			had.Attributes = append(had.Attributes, a)
		}
	}
	c.types[i] = had
}

func joinValues(a, b []plan.Value) []plan.Value {
	out := slices.Clone(a)
	for _, v := range b {
		if !slices.ContainsFunc(out, func(o plan.Value) bool { return o.Code == v.Code }) {
			out = append(out, v)
		}
	}
	return out
}

// compile readies the content; its errors are the packs'.
func (c *content) compile() (*plan.Set, error) {
	if len(c.faults) > 0 {
		return nil, &huifang.Error{
			Code: huifang.CodeConflict, Reason: "pack.clash", Details: c.faults,
			Message: huifang.Text{ZH: "行业包之间有冲突", EN: "the packs contradict one another"},
		}
	}
	set, faults := plan.Compile(c.types, c.defs, c.forms)
	if len(faults) > 0 {
		return nil, invalidPack(faults)
	}
	return set, nil
}

func invalidPack(faults []*huifang.Error) error {
	return &huifang.Error{
		Code: huifang.CodeInvalid, Reason: "pack.invalid", Details: faults,
		Message: huifang.Text{ZH: "行业包的方案有错误", EN: "the programs have errors"},
	}
}

// loadContent readies the organization's packs, roles and programs.
func (a *App) loadContent(d *directory, kept *stored) error {
	all, err := decodePacks(kept.packs)
	if err != nil {
		return err
	}
	aliases := map[string]string{}
	for _, code := range d.org.Packs {
		if p := all[code]; p != nil {
			d.packs = append(d.packs, p)
			for name, role := range p.RoleAliases() {
				if _, taken := aliases[name]; !taken {
					aliases[name] = role
				}
			}
		}
	}
	d.collectRoles(kept.roles)
	d.progs, d.forms = versions(kept.programs), versions(kept.forms)
	if err := a.buildRoster(d, aliases); err != nil {
		return err
	}
	if d.settings, err = decodeSettings(kept.settings); err != nil {
		return err
	}
	c, err := d.inForce(all, kept)
	if err != nil {
		return err
	}
	d.packOf = c.packOf
	if d.set, err = a.compiled(d, c); err != nil {
		return err
	}
	d.layouts = map[string]string{}
	for i := range c.defs {
		d.layouts[c.defs[i].Code] = layoutOf(&c.defs[i])
	}
	d.findBalanced(c.defs)
	return nil
}

// inForce is the content of the active packs, then whatever earlier ones
// defined besides: its enrollments go on, nothing new starts.
func (d *directory) inForce(all map[string]*pack.Pack, kept *stored) (*content, error) {
	c := combine(d.packs)
	d.types = map[string]bool{}
	for _, t := range c.types {
		d.types[t.Type] = true
	}
	if len(c.faults) > 0 {
		return c, nil
	}
	for _, code := range slices.Sorted(maps.Keys(all)) {
		for _, t := range all[code].Events {
			c.addTypeIfNew(t)
		}
	}
	for _, v := range kept.forms {
		if slices.ContainsFunc(c.forms, func(o form.Definition) bool { return o.Code == v.Code }) {
			continue
		}
		var f form.Definition
		if err := json.Unmarshal([]byte(v.Definition), &f); err != nil {
			return nil, huifang.Wrap(err)
		}
		c.forms = append(c.forms, f)
	}
	for _, v := range kept.programs {
		if _, taken := c.packOf[v.Code]; taken {
			continue
		}
		var def plan.Definition
		if err := json.Unmarshal([]byte(v.Definition), &def); err != nil { //nolint:musttag // kept under its field names, see TestDefinitionsTravel
			return nil, huifang.Wrap(err)
		}
		c.defs = append(c.defs, def)
		c.packOf[v.Code] = ""
		for _, m := range slices.Concat(def.Start, def.Stop, def.Update) {
			c.addTypeIfNew(plan.EventType{Type: m.On})
		}
	}
	for i := range c.defs {
		if v := d.progs[c.defs[i].Code]; v > 0 {
			c.defs[i].Version = v
		}
	}
	return c, nil
}

func (c *content) addTypeIfNew(t plan.EventType) {
	if !slices.ContainsFunc(c.types, func(o plan.EventType) bool { return o.Type == t.Type }) {
		c.types = append(c.types, t)
	}
}

// compiled is the set of the content with the organization's own numbers.
// Organizations with the same content share one.
func (a *App) compiled(d *directory, c *content) (*plan.Set, error) {
	for i := range c.defs {
		d.override(&c.defs[i], "")
	}
	key, err := fingerprint(c, d.settings)
	if err != nil {
		return nil, err
	}
	a.cache.mu.Lock()
	set := a.cache.sets[key]
	a.cache.mu.Unlock()
	if set != nil {
		return set, nil
	}
	if set, err = c.compile(); err != nil {
		if set, err = c.active().compile(); err != nil {
			return nil, err
		}
	}
	if err := d.vary(set, c.defs); err != nil {
		return nil, err
	}
	a.cache.mu.Lock()
	defer a.cache.mu.Unlock()
	if len(a.cache.sets) >= maxSets {
		clear(a.cache.sets)
	}
	a.cache.sets[key] = set
	return set, nil
}

// active is the content of the active packs alone, for when an earlier program
// no longer compiles.
func (c *content) active() *content {
	out := *c
	out.defs = slices.DeleteFunc(slices.Clone(c.defs), func(def plan.Definition) bool { return c.packOf[def.Code] == "" })
	return &out
}

// maxSets bounds how many compiled sets are kept.
const maxSets = 64

func fingerprint(c *content, settings []*programSetting) (string, error) {
	h := sha256.New()
	enc := json.NewEncoder(h)
	for _, part := range []any{c.types, c.defs, c.forms, settings} {
		if err := enc.Encode(part); err != nil {
			return "", huifang.Wrap(err)
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func decodePacks(kept []*huifang.ProgramVersion) (map[string]*pack.Pack, error) {
	all := make(map[string]*pack.Pack, len(kept))
	for _, v := range kept {
		p := &pack.Pack{}
		if err := json.Unmarshal([]byte(v.Definition), p); err != nil { //nolint:musttag // kept under its field names, see TestDefinitionsTravel
			return nil, huifang.Wrap(err)
		}
		all[v.Code] = p
	}
	return all, nil
}

func versions(kept []*huifang.ProgramVersion) map[string]int {
	out := make(map[string]int, len(kept))
	for _, v := range kept {
		out[v.Code] = v.Version
	}
	return out
}

// collectRoles gathers the built-in roles under the names the packs give them,
// the packs' own, and the organization's, which win.
func (d *directory) collectRoles(own []*huifang.Role) {
	for _, r := range huifang.BuiltinRoles() {
		d.roles[r.Code] = r
	}
	builtin := maps.Clone(d.roles)
	for _, p := range d.packs {
		for _, r := range p.AllRoles() {
			had, taken := d.roles[r.Code]
			if b, ok := builtin[r.Code]; !taken || ok && reflect.DeepEqual(had, b) {
				d.roles[r.Code] = r
			}
		}
	}
	for _, r := range own {
		d.roles[r.Code] = *r
	}
	for code, r := range d.roles {
		r.Org = d.org.ID
		d.roles[code] = r
	}
}

// findBalanced notes the programs that assign to whoever is least loaded, and
// who that may be.
func (d *directory) findBalanced(defs []plan.Definition) {
	roles := map[string]bool{}
	d.balanced = map[string]bool{}
	for i := range defs {
		rules := slices.Clone(defs[i].Assign)
		for j := range defs[i].Steps {
			rules = append(rules, defs[i].Steps[j].Assign...)
		}
		for _, r := range rules {
			if !r.LeastLoaded {
				continue
			}
			d.balanced[defs[i].Code] = true
			for _, to := range r.To {
				for _, alt := range to {
					if _, role, ok := strings.Cut(alt, "role:"); ok {
						roles[role] = true
					}
				}
			}
		}
	}
	for _, s := range d.staff {
		if s.Active && slices.ContainsFunc(s.Roles, func(r string) bool { return roles[r] || roles[d.roster.Roles[r]] }) {
			d.candidates = append(d.candidates, s.ID)
		}
	}
}
