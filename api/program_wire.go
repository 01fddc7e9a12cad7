package api

import (
	"context"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// Program is the rules for one kind of follow-up, with the organization's
// numbers already in.
type Program struct {
	Code        string            `json:"code"`
	Name        huifang.Text      `json:"name"`
	Description huifang.Text      `json:"description"`
	Source      string            `json:"source,omitempty" doc:"Document and section the rule comes from."`
	Pack        string            `json:"pack,omitempty"`
	Version     int               `json:"version"`
	Subject     string            `json:"subject" doc:"One enrollment per event, contact, asset or member of staff."`
	Active      bool              `json:"active"`
	Start       []string          `json:"start" doc:"Types of event."`
	Target      float64           `json:"target" doc:"Follow-up rate demanded, in percent."`
	Review      float64           `json:"review" doc:"Share of records reviewed, in percent."`
	Tries       int               `json:"tries"`
	Every       string            `json:"every,omitempty" doc:"Between tries."`
	Channels    []huifang.Channel `json:"channels"`
	Form        string            `json:"form,omitempty"`
	Script      string            `json:"script,omitempty"`
	Assign      []AssignRule      `json:"assign"`
	Steps       []Step            `json:"steps"`
	Settings    []ProgramSetting  `json:"settings"`
}

// AssignRule is who does a follow-up, under a condition.
type AssignRule struct {
	When string   `json:"when,omitempty"`
	To   []string `json:"to"`
}

// Step is one follow-up, or a series, that a program demands.
type Step struct {
	Code     string            `json:"code"`
	Name     huifang.Text      `json:"name"`
	When     string            `json:"when,omitempty" doc:"Condition; missing: always."`
	Anchor   string            `json:"anchor" doc:"What the window counts from."`
	Opens    string            `json:"opens,omitempty" example:"7d"`
	Closes   string            `json:"closes,omitempty" example:"1mo"`
	Repeat   string            `json:"repeat,omitempty" example:"6mo"`
	From     *huifang.Clock    `json:"from,omitempty"`
	Until    *huifang.Clock    `json:"until,omitempty"`
	Channels []huifang.Channel `json:"channels" doc:"Empty: the program's."`
	Assign   []AssignRule      `json:"assign" doc:"Empty: the program's."`
	Form     string            `json:"form,omitempty"`
	Script   string            `json:"script,omitempty"`
}

// ProgramSetting is what an organization, or a unit with those below it, does
// otherwise than the pack.
type ProgramSetting struct {
	Unit     huifang.ID   `json:"unit,omitempty" maxLength:"100" doc:"Missing: the whole organization."`
	Active   bool         `json:"active" doc:"false: nothing new starts."`
	Override app.Override `json:"override"`
	Version  int64        `json:"version,omitempty" doc:"As you saw it; missing: there was none."`
}

func newProgram(p *app.ProgramInfo) Program {
	return Program{
		Code: p.Code, Name: p.Name, Description: p.Description, Source: p.Source, Pack: p.Pack, Version: p.Version, Subject: p.Subject, Active: p.Active,
		Start: list(p.Start), Target: p.Target, Review: p.Review, Tries: p.Tries, Every: p.Every, Channels: list(p.Channels), Form: p.Form, Script: p.Script,
		Assign: turned(p.Assign, newAssignRule), Steps: turned(p.Steps, newStep),
		Settings: turned(p.Settings, func(s app.ProgramSetting) ProgramSetting {
			return ProgramSetting{Unit: s.Unit, Active: s.Active, Override: s.Override, Version: s.Row}
		}),
	}
}

func newAssignRule(a app.AssignInfo) AssignRule { return AssignRule{When: a.When, To: list(a.To)} }

func newStep(s app.StepInfo) Step {
	return Step{
		Code: s.Code, Name: s.Name, When: s.When, Anchor: s.Anchor, Opens: s.Opens, Closes: s.Closes, Repeat: s.Repeat, From: s.From, Until: s.Until,
		Channels: list(s.Channels), Assign: turned(s.Assign, newAssignRule), Form: s.Form, Script: s.Script,
	}
}

// FormName is a form and its newest version.
type FormName struct {
	Code    string       `json:"code"`
	Name    huifang.Text `json:"name"`
	Version int          `json:"version"`
}

func (s *service) listForms(ctx context.Context, actor *huifang.Actor, _ *empty) (*answer[List[FormName]], error) {
	forms, err := s.app.Forms(ctx, actor)
	return all(forms, func(f app.FormInfo) FormName { return FormName(f) }), err
}

type formInput struct {
	ByCode
	Version int `query:"version" minimum:"0" doc:"Missing: the newest."`
}

// Form is one version of a form.
type Form struct {
	Version    int                `json:"version"`
	Definition app.FormDefinition `json:"definition"`
}

func (s *service) getForm(ctx context.Context, actor *huifang.Actor, in *formInput) (*answer[Form], error) {
	f, version, err := s.app.Form(ctx, actor, in.Code, in.Version)
	if err != nil {
		return nil, err
	}
	return &answer[Form]{Body: Form{Version: version, Definition: *f}}, nil
}

// Script is a set of phrases for a conversation.
type Script struct {
	Code        string       `json:"code"`
	Name        huifang.Text `json:"name"`
	Description huifang.Text `json:"description"`
	Phrases     []Phrase     `json:"phrases"`
}

// Phrase is one thing to say; {{placeholders}} are filled in by whoever shows
// it.
type Phrase struct {
	Code string       `json:"code"`
	Kind string       `json:"kind" example:"greeting"`
	Hint huifang.Text `json:"hint" doc:"When to say it."`
	Text huifang.Text `json:"text"`
}

func newPhrase(p app.Phrase) Phrase {
	return Phrase{Code: p.Code, Kind: string(p.Kind), Hint: p.Hint, Text: p.Text}
}

func (s *service) getScript(ctx context.Context, actor *huifang.Actor, in *programInput) (*answer[Script], error) {
	c, err := s.app.Script(ctx, actor, in.Code)
	if err != nil {
		return nil, err
	}
	return &answer[Script]{Body: Script{Code: c.Code, Name: c.Name, Description: c.Description, Phrases: turned(c.Phrases, newPhrase)}}, nil
}

// Words is what a trade calls things.
type Words struct {
	Words map[string]huifang.Text `json:"words" doc:"By our word: contact, contacts, asset, unit, steward …"`
}

func (s *service) words(ctx context.Context, actor *huifang.Actor, _ *empty) (*answer[Words], error) {
	w, err := s.app.Words(ctx, actor)
	if w == nil {
		w = map[string]huifang.Text{}
	}
	return &answer[Words]{Body: Words{Words: w}}, err
}

// EventType is what a kind of event is called and which attributes it has.
type EventType struct {
	Type        string       `json:"type" example:"repair.completed"`
	Name        huifang.Text `json:"name"`
	Description huifang.Text `json:"description"`
	Needs       []string     `json:"needs" doc:"What an event of the type must name: contact, asset, unit, department, staff."`
	Attributes  []Attribute  `json:"attributes"`
}

// Attribute is one named, typed attribute.
type Attribute struct {
	Name     string       `json:"name"`
	Label    huifang.Text `json:"label"`
	Type     string       `json:"type" enum:"text,number,bool,date,datetime,choice,list"`
	Required bool         `json:"required"`
	Min      *float64     `json:"min,omitempty"`
	Max      *float64     `json:"max,omitempty"`
	Values   []Value      `json:"values" doc:"Of a choice."`
}

// Value is one value of a choice.
type Value struct {
	Code string       `json:"code"`
	Name huifang.Text `json:"name"`
}

func newEventType(t app.EventType) EventType {
	return EventType{Type: t.Type, Name: t.Name, Description: t.Description, Needs: list(t.Needs), Attributes: newAttributes(t.Attributes)}
}

func (s *service) eventTypes(ctx context.Context, actor *huifang.Actor, _ *empty) (*answer[List[EventType]], error) {
	types, err := s.app.EventTypes(ctx, actor)
	return all(types, newEventType), err
}
