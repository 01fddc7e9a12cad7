package api

import (
	"cmp"
	"context"
	"net/http"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// organization: the organization itself and its tree of units.
func (s *service) organization() {
	const tag = "organization"
	register(s, tag, op{id: "get-organization", method: http.MethodGet, path: "/organization", zh: "查看机构", en: "Show the organization"}, s.getOrganization)
	register(s, tag, op{id: "update-organization", method: http.MethodPut, path: "/organization", zh: "修改机构", en: "Change the organization", needs: may(huifang.PermOrganization)}, s.updateOrganization)
	register(s, tag, op{id: "set-quiet", method: http.MethodPut, path: "/organization/quiet", zh: "设置勿扰时段（全机构或某单位）", en: "Set the hours in which nobody is called, of the organization or a unit", needs: may(huifang.PermOrganization)}, s.setQuiet)
	register(s, tag, op{id: "get-calendar", method: http.MethodGet, path: "/calendar/{year}", zh: "查看一年的节假日与调休", en: "List the holidays and make-up days of a year"}, s.getCalendar)
	register(s, tag, op{id: "list-units", method: http.MethodGet, path: "/units", zh: "列出单位", en: "List units, parents before children"}, s.listUnits)
	register(s, tag, op{id: "create-unit", method: http.MethodPost, path: "/units", zh: "新建单位", en: "Create a unit", needs: may(huifang.PermStaffManage), created: true, once: true}, s.createUnit)
	register(s, tag, op{id: "get-unit", method: http.MethodGet, path: "/units/{id}", zh: "查看单位", en: "Show a unit"}, s.getUnit)
	register(s, tag, op{id: "update-unit", method: http.MethodPut, path: "/units/{id}", zh: "修改单位", en: "Change a unit", needs: may(huifang.PermStaffManage)}, s.updateUnit)
}

// may lists permissions of which one is enough.
func may(p ...huifang.Permission) []huifang.Permission { return p }

// Organization is a company, hospital or school that runs its follow-ups here.
type Organization struct {
	ID       huifang.ID   `json:"id"`
	Code     string       `json:"code" doc:"Used at log-in."`
	Name     huifang.Text `json:"name"`
	Zone     string       `json:"zone" example:"Asia/Shanghai"`
	Lang     huifang.Lang `json:"lang" enum:"zh,en" doc:"Of documents made without a reader."`
	Packs    []string     `json:"packs" doc:"Active packs."`
	Settings Settings     `json:"settings"`
	Created  time.Time    `json:"created"`

	Quiet     string                `json:"quiet" example:"21:00-08:00" doc:"Hours in which nobody is called."`
	UnitQuiet map[huifang.ID]string `json:"unit_quiet,omitempty" doc:"Of units, and those below them, that have others."`

	Version int64 `json:"version"`
}

func newOrganization(o *huifang.Organization) Organization {
	return Organization{
		ID: o.ID, Code: o.Code, Name: o.Name, Zone: o.Zone, Lang: o.Lang, Packs: list(o.Packs), Settings: newSettings(o.Settings), Created: o.Created,
		Quiet: cmp.Or(o.Settings.Quiet, app.DefaultQuiet), UnitQuiet: o.Settings.UnitQuiet, Version: o.Version,
	}
}

// Settings are an organization's own ways.
type Settings struct {
	Telephone string     `json:"telephone,omitempty" maxLength:"500" example:"tel:{phone}" doc:"Address that calls a number; missing: tel:{phone}."`
	Calendar  []DayRange `json:"calendar" maxItems:"200" doc:"Own holidays and make-up days, over the country's."`

	Address    string `json:"address,omitempty" maxLength:"200" example:"https://hf.example.com" doc:"Under which customers reach this installation: links in messages begin with it."`
	SurveyDays int    `json:"survey_days,omitempty" minimum:"0" maximum:"365" doc:"How long survey links work; missing or 0: until the window closes, at least a week."`
}

// DayRange is days, both ends included, that are worked or not whatever the
// weekday.
type DayRange struct {
	From    string       `json:"from" format:"date"`
	To      string       `json:"to" format:"date"`
	Working bool         `json:"working"`
	Name    huifang.Text `json:"name"`
}

func newSettings(s huifang.Settings) Settings {
	return Settings{Telephone: s.Telephone, Address: s.Address, SurveyDays: s.SurveyDays, Calendar: turned(s.Calendar, func(r huifang.DayRange) DayRange {
		return DayRange{From: r.From.String(), To: r.To.String(), Working: r.Working, Name: r.Name}
	})}
}

// settings reads what a change says; one that says nothing leaves them alone.
func settings(in *Settings, now huifang.Settings) (huifang.Settings, error) {
	if in == nil {
		return now, nil
	}
	out := now
	out.Telephone, out.Calendar, out.Address, out.SurveyDays = in.Telephone, nil, in.Address, in.SurveyDays
	for _, r := range in.Calendar {
		from, err := dateOf("body.settings.calendar.from", r.From)
		if err != nil {
			return now, err
		}
		to, err := dateOf("body.settings.calendar.to", r.To)
		if err != nil {
			return now, err
		}
		out.Calendar = append(out.Calendar, huifang.DayRange{From: from, To: to, Working: r.Working, Name: r.Name})
	}
	return out, nil
}

func (s *service) getOrganization(ctx context.Context, actor *huifang.Actor, _ *empty) (*versioned[Organization], error) {
	o, err := s.app.Organization(ctx, actor)
	if err != nil {
		return nil, err
	}
	return tagged(newOrganization(o), o.Version), nil
}

// OrganizationChange is what can be changed about an organization.
type OrganizationChange struct {
	Name     huifang.Text `json:"name"`
	Zone     string       `json:"zone" minLength:"1" maxLength:"100" example:"Asia/Shanghai"`
	Lang     huifang.Lang `json:"lang" enum:"zh,en"`
	Settings *Settings    `json:"settings,omitempty" doc:"All of them; missing: as they are."`
	Version  int64        `json:"version,omitempty"`
}

type quietInput struct {
	Body struct {
		Unit  huifang.ID `json:"unit,omitempty" maxLength:"100" doc:"It and those below; missing: the whole organization."`
		Quiet string     `json:"quiet" maxLength:"20" example:"21:00-08:00" doc:"Empty: as above it, or the default."`
	}
}

func (s *service) setQuiet(ctx context.Context, actor *huifang.Actor, in *quietInput) (*answer[Organization], error) {
	o, err := s.app.SetQuiet(ctx, actor, in.Body.Unit, in.Body.Quiet)
	if err != nil {
		return nil, err
	}
	return &answer[Organization]{Body: newOrganization(o)}, nil
}

type organizationInput struct {
	Match
	Body OrganizationChange
}

func (s *service) updateOrganization(ctx context.Context, actor *huifang.Actor, in *organizationInput) (*versioned[Organization], error) {
	version, err := in.version(in.Body.Version)
	if err != nil {
		return nil, err
	}
	o, err := s.app.Organization(ctx, actor)
	if err != nil {
		return nil, err
	}
	changed := *o
	changed.Name, changed.Zone, changed.Lang = in.Body.Name, in.Body.Zone, in.Body.Lang
	if version != 0 {
		changed.Version = version
	}
	if changed.Settings, err = settings(in.Body.Settings, o.Settings); err != nil {
		return nil, err
	}
	if err := s.app.UpdateOrganization(ctx, actor, &changed); err != nil {
		return nil, withCurrent(err, func() (Organization, error) { return newOrganization(o), nil })
	}
	return tagged(newOrganization(&changed), changed.Version), nil
}

// Unit is a place in the organization's tree.
type Unit struct {
	ID          huifang.ID   `json:"id"`
	Parent      huifang.ID   `json:"parent,omitempty"`
	Path        string       `json:"path" doc:"Ids from the root to the unit, joined by /."`
	Code        string       `json:"code"`
	Name        string       `json:"name"`
	Head        huifang.ID   `json:"head,omitempty" doc:"Staff who answers for it."`
	Zone        string       `json:"zone,omitempty" doc:"Missing: as the unit above."`
	Departments []Department `json:"departments"`
	Version     int64        `json:"version"`
}

// Department is a named part of a unit.
type Department struct {
	Name string     `json:"name" minLength:"1" maxLength:"100"`
	Head huifang.ID `json:"head,omitempty"`
}

func newUnit(u *huifang.Unit) Unit {
	return Unit{
		ID: u.ID, Parent: u.Parent, Path: u.Path, Code: u.Code, Name: u.Name, Head: u.Head, Zone: u.Zone, Version: u.Version,
		Departments: turned(u.Departments, func(d huifang.Department) Department { return Department{Name: d.Name, Head: d.Head} }),
	}
}

func (s *service) listUnits(ctx context.Context, actor *huifang.Actor, _ *empty) (*answer[List[Unit]], error) {
	units, err := s.app.Units(ctx, actor)
	return all(units, newUnit), err
}

// all is a list without further pages.
func all[F, T any](from []F, turn func(F) T) *answer[List[T]] {
	return &answer[List[T]]{Body: List[T]{Items: turned(from, turn)}}
}

func (s *service) getUnit(ctx context.Context, actor *huifang.Actor, in *ByID) (*versioned[Unit], error) {
	u, err := s.app.Unit(ctx, actor, in.ID)
	if err != nil {
		return nil, err
	}
	return tagged(newUnit(u), u.Version), nil
}
