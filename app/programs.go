package app

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
	"github.com/huifang/huifang/form"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/store"
)

// ProgramInfo is a program as people see it, with the organization's numbers
// already in.
type ProgramInfo struct {
	Code        string
	Name        huifang.Text
	Description huifang.Text
	Source      string // document and section the rule comes from
	Pack        string // "" when its pack is not active any more
	Version     int
	Subject     string
	Active      bool     // for the organization as a whole
	Start       []string // types of event
	Target      float64  // percent
	Review      float64  // percent
	Tries       int
	Every       string
	Channels    []huifang.Channel
	Form        string
	Script      string
	Assign      []AssignInfo
	Steps       []StepInfo
	Settings    []ProgramSetting
}

// StepInfo is one step of a program.
type StepInfo struct {
	Code     string
	Name     huifang.Text
	When     string // condition, "" always
	Anchor   string // what the window counts from, e.g. "start", "attribute contract_end"
	Opens    string // e.g. 7d
	Closes   string
	Repeat   string // e.g. 6mo, "" once
	From     *huifang.Clock
	Until    *huifang.Clock
	Channels []huifang.Channel // empty: the program's
	Assign   []AssignInfo      // empty: the program's
	Form     string
	Script   string
}

// AssignInfo is one rule of who does a follow-up.
type AssignInfo struct {
	When string
	To   []string // resolvers
}

// ProgramSetting is what an organization (Unit empty), or a unit with those
// below it, does otherwise than the pack.
type ProgramSetting struct {
	Unit     huifang.ID
	Active   bool // false: nothing new starts
	Override Override
	Row      int64 // 0: new; else as it was read
}

// Programs lists the programs of the active packs.
func (a *App) Programs(ctx context.Context, actor *huifang.Actor) ([]ProgramInfo, error) {
	if err := actor.Require(huifang.PermFollowupRead); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	var out []ProgramInfo
	for _, p := range d.set.Programs() {
		if d.packOf[p.Code] != "" {
			out = append(out, d.programInfo(p))
		}
	}
	return out, nil
}

// Program is one program, of an active pack or an earlier one.
func (a *App) Program(ctx context.Context, actor *huifang.Actor, code string) (*ProgramInfo, error) {
	if err := actor.Require(huifang.PermFollowupRead); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	p := d.set.Program(code, "", nil)
	if p == nil {
		return nil, unknownProgram(code)
	}
	out := d.programInfo(p)
	return &out, nil
}

func (d *directory) programInfo(p *plan.Program) ProgramInfo {
	r := p.Ladder()
	out := ProgramInfo{
		Code: p.Code, Name: p.Name, Description: p.Description, Source: p.Source, Pack: d.packOf[p.Code], Version: p.Version,
		Subject: string(p.Subject), Active: !d.isOff(p.Code, ""), Target: p.Target, Review: p.ReviewShare(), Tries: r.Tries, Every: shown(r.Every),
		Channels: p.Channels, Form: p.Form, Script: p.Script, Assign: assignInfo(p.Assign),
	}
	for _, m := range p.Start {
		out.Start = append(out.Start, m.On)
	}
	for i := range p.Steps {
		out.Steps = append(out.Steps, stepInfo(&p.Steps[i]))
	}
	for _, s := range d.settings {
		if s.Program == p.Code {
			out.Settings = append(out.Settings, ProgramSetting{Unit: s.Unit, Active: s.Active, Override: s.Override, Row: s.Row})
		}
	}
	return out
}

func assignInfo(rules []plan.Assign) []AssignInfo {
	var out []AssignInfo
	for i := range rules {
		one := AssignInfo{When: rules[i].When}
		for _, r := range rules[i].To {
			text, _ := r.MarshalText()
			one.To = append(one.To, string(text))
		}
		out = append(out, one)
	}
	return out
}

func stepInfo(s *plan.Step) StepInfo {
	out := StepInfo{
		Code: s.Code, Name: s.Name, When: s.When, Anchor: anchor(s), Opens: shown(s.Opens), Closes: shown(s.Closes), From: s.From, Until: s.Until,
		Channels: s.Channels, Assign: assignInfo(s.Assign), Form: s.Form, Script: s.Script,
	}
	if s.Repeat != nil {
		out.Repeat = shown(s.Repeat.Every)
		if s.Repeat.Weekday != "" {
			out.Repeat = s.Repeat.Weekday
		}
	}
	return out
}

// anchor says what a step's window counts from.
func anchor(s *plan.Step) string {
	switch {
	case s.Attribute != "":
		return "attribute " + s.Attribute
	case len(s.Middle) > 0:
		return "middle " + strings.Join(s.Middle, " ")
	case s.Event != nil:
		return "event " + s.Event.On
	case s.Count != nil:
		return "count " + strconv.Itoa(s.Count.N) + " " + s.Count.Of.On
	case s.Remaining != nil:
		return "remaining " + strconv.Itoa(s.Remaining.AtMost) + " " + s.Remaining.Of.On
	case s.Idle != nil:
		return "idle " + s.Idle.For.String() + " " + s.Idle.Of.On
	case s.After != nil:
		return "after " + strings.Join(s.After.Steps, ",")
	}
	return "start"
}

// shown is an offset as it is written, "" when it was not.
func shown(o calendar.Offset) string {
	text, _ := o.MarshalText()
	return string(text)
}

// SetProgram changes what an organization (unit empty), or a unit with those
// below it, does otherwise than the pack: switched on or off, numbers, people.
// The Override replaces the one there was. It holds for what is planned from
// now on and moves what is planned and not done when its enrollment is next
// looked at.
//
// program.manage within the unit. Errors are located by field, e.g.
// steps.followup.closes; a stale Row is a CodeConflict.
func (a *App) SetProgram(ctx context.Context, actor *huifang.Actor, program string, s ProgramSetting) (*ProgramInfo, error) {
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	if err := d.settable(actor, program, &s); err != nil {
		return nil, err
	}
	body, err := json.Marshal(&s.Override)
	if err != nil {
		return nil, huifang.Wrap(err)
	}
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		row := &huifang.ProgramSetting{Org: actor.Org, Program: program, Unit: s.Unit, Active: s.Active, Override: string(body), Row: s.Row}
		if err := tx.SaveProgramSetting(ctx, row); err != nil {
			return err
		}
		if err := a.touch(ctx, tx, actor.Org); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, "program.changed", kindProgram, s.Unit, map[string]any{"program": program, "active": s.Active, "override": &s.Override})
	})
	a.forget(actor.Org)
	if err != nil {
		return nil, err
	}
	return a.Program(ctx, actor, program)
}

// settable decides whether the actor may make this setting and whether the
// program still holds together with it.
func (d *directory) settable(actor *huifang.Actor, program string, s *ProgramSetting) error {
	if err := actor.Require(huifang.PermProgramManage); err != nil {
		return err
	}
	if s.Unit == "" && actor.Units != nil && !actor.System {
		return huifang.Fail(huifang.CodeForbidden, "forbidden", huifang.Text{
			ZH: "只有管理整个机构的人能调整全机构的方案", EN: "only who manages the whole organization may change a program for all of it",
		})
	}
	if s.Unit != "" && d.unit[s.Unit] == nil {
		return fieldFault("unit", "unit.unknown", huifang.Textf("没有单位“%s”", "there is no unit %q", s.Unit))
	}
	if !actor.InUnit(s.Unit) {
		return huifang.Fail(huifang.CodeForbidden, "forbidden", huifang.Text{ZH: "该单位在您的管理范围之外", EN: "the unit is outside your scope"})
	}
	p := d.set.Program(program, "", nil)
	if p == nil {
		return unknownProgram(program)
	}
	return d.checkOverride(p.Definition, &s.Override)
}

// checkOverride decides whether a program holds together with an override.
func (d *directory) checkOverride(def plan.Definition, o *Override) error {
	if err := o.apply(&def); err != nil {
		return err
	}
	if def.Target < 0 || def.Target > 100 || def.ReviewShare() < 0 || def.ReviewShare() > 100 {
		return fieldFault("target", "percent.range", huifang.Text{ZH: "比例应在 0 到 100 之间", EN: "a percentage lies between 0 and 100"})
	}
	if def.Retry.Tries < 0 || def.Retry.Tries > 50 {
		return fieldFault("tries", "tries.range", huifang.Text{ZH: "尝试次数应在 1 到 50 之间", EN: "tries lie between 1 and 50"})
	}
	c := combine(d.packs)
	c.defs = []plan.Definition{def}
	_, err := c.compile()
	return err
}

// FormInfo names one form and its newest version.
type FormInfo struct {
	Code    string
	Name    huifang.Text
	Version int
}

// Forms lists the newest version of every form.
func (a *App) Forms(ctx context.Context, actor *huifang.Actor) ([]FormInfo, error) {
	if err := actor.Require(huifang.PermFollowupRead); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	var out []FormInfo
	for _, p := range d.packs {
		for i := range p.Forms {
			f := &p.Forms[i]
			if !slices.ContainsFunc(out, func(o FormInfo) bool { return o.Code == f.Code }) {
				out = append(out, FormInfo{Code: f.Code, Name: f.Name, Version: d.forms[f.Code]})
			}
		}
	}
	return out, nil
}

// Form is a form by code; version 0 is the newest. It tells the version.
func (a *App) Form(ctx context.Context, actor *huifang.Actor, code string, version int) (*form.Definition, int, error) {
	if err := actor.Require(huifang.PermFollowupRead); err != nil {
		return nil, 0, err
	}
	v, err := a.reads().ProgramVersion(ctx, actor.Org, kindForm, code, version)
	if huifang.CodeOf(err) == huifang.CodeNotFound {
		return nil, 0, huifang.Fail(huifang.CodeNotFound, "form.not_found", huifang.Textf("没有表单“%s”的该版本", "there is no such version of form %q", code))
	}
	if err != nil {
		return nil, 0, err
	}
	var f form.Definition
	if err := json.Unmarshal([]byte(v.Definition), &f); err != nil {
		return nil, 0, huifang.Wrap(err)
	}
	return &f, v.Version, nil
}

// Script is a script of an active pack.
func (a *App) Script(ctx context.Context, actor *huifang.Actor, code string) (*pack.Script, error) {
	if err := actor.Require(huifang.PermFollowupRead); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	for _, p := range d.packs {
		if s, ok := p.Script(code); ok {
			return &s, nil
		}
	}
	return nil, huifang.Fail(huifang.CodeNotFound, "script.not_found", huifang.Textf("没有话术“%s”", "there is no script %q", code))
}

// Words is what the trade calls a contact, an asset, a unit …, for menus; the
// pack activated first wins.
func (a *App) Words(ctx context.Context, actor *huifang.Actor) (map[string]huifang.Text, error) {
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	out := map[string]huifang.Text{}
	for _, p := range d.packs {
		for k, v := range p.Words {
			if _, taken := out[k]; !taken {
				out[k] = v
			}
		}
	}
	return out, nil
}

// EventTypes lists the types of event the active packs know.
func (a *App) EventTypes(ctx context.Context, actor *huifang.Actor) ([]plan.EventType, error) {
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	return combine(d.packs).types, nil
}
