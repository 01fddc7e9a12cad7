package api

import (
	"context"
	"net/http"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// programs: the rules in force, and what an organization changed about them.
func (s *service) programs() {
	const tag = "programs"
	read, manage := may(huifang.PermFollowupRead), may(huifang.PermProgramManage)
	register(s, tag, op{id: "list-packs", method: http.MethodGet, path: "/packs", zh: "列出方案包", en: "List packs", needs: manage}, s.listPacks)
	register(s, tag, op{id: "activate-pack", method: http.MethodPost, path: "/packs/{code}/activate", zh: "启用方案包，或更新到新版本", en: "Activate a built-in pack, or take its new version", needs: manage, once: true}, s.activatePack)
	register(s, tag, op{id: "deactivate-pack", method: http.MethodPost, path: "/packs/{code}/deactivate", zh: "停用方案包", en: "Deactivate a pack", needs: manage, once: true}, s.deactivatePack)
	register(s, tag, op{id: "list-programs", method: http.MethodGet, path: "/programs", zh: "列出回访方案", en: "List programs", needs: read}, s.listPrograms)
	register(s, tag, op{id: "get-program", method: http.MethodGet, path: "/programs/{code}", zh: "查看回访方案", en: "Show a program with its steps and settings", needs: read}, s.getProgram)
	register(s, tag, op{id: "set-program", method: http.MethodPut, path: "/programs/{code}/settings", zh: "调整回访方案（全机构或某单位）", en: "Override numbers and people, for the organization or a unit", needs: manage}, s.setProgram)
	register(s, tag, op{id: "simulate-program", method: http.MethodPost, path: "/programs/{code}/simulate", zh: "试算：拟议的调整会带来哪些变化，不写入任何数据", en: "Try a change of settings on a period; nothing is written", needs: manage}, s.simulateProgram)
	register(s, tag, op{id: "list-forms", method: http.MethodGet, path: "/forms", zh: "列出回访表单", en: "List forms", needs: read}, s.listForms)
	register(s, tag, op{id: "get-form", method: http.MethodGet, path: "/forms/{code}", zh: "查看回访表单", en: "Show a version of a form", needs: read}, s.getForm)
	register(s, tag, op{id: "get-script", method: http.MethodGet, path: "/scripts/{code}", zh: "查看话术", en: "Show a script", needs: read}, s.getScript)
	register(s, tag, op{id: "words", method: http.MethodGet, path: "/words", zh: "行业用语（业户、患者……）", en: "What the trade calls a contact, an asset, a unit"}, s.words)
	register(s, tag, op{id: "kinds", method: http.MethodGet, path: "/kinds", zh: "客户与资产的种类及属性", en: "The kinds of contact and asset there are, with their attributes"}, s.kinds)
	register(s, tag, op{id: "event-types", method: http.MethodGet, path: "/event-types", zh: "服务事件的类型与属性", en: "The types of event there are, with their attributes"}, s.eventTypes)
}

// Pack is a trade as data.
type Pack struct {
	Code        string       `json:"code"`
	Name        huifang.Text `json:"name"`
	Description huifang.Text `json:"description"`
	Source      string       `json:"source,omitempty"`
	Version     int          `json:"version"`
	Active      bool         `json:"active"`
	Builtin     bool         `json:"builtin"`
	Programs    []string     `json:"programs"`
}

func newPack(p app.PackInfo) Pack {
	return Pack{Code: p.Code, Name: p.Name, Description: p.Description, Source: p.Source, Version: p.Version, Active: p.Active, Builtin: p.Builtin, Programs: list(p.Programs)}
}

func (s *service) listPacks(ctx context.Context, actor *huifang.Actor, _ *empty) (*answer[List[Pack]], error) {
	packs, err := s.app.Packs(ctx, actor)
	return all(packs, newPack), err
}

// Activation is what activating a pack changed.
type Activation struct {
	Pack      Pack     `json:"pack"`
	Replaced  string   `json:"replaced,omitempty" doc:"The pack it extends and took the place of."`
	Added     []string `json:"added" doc:"As program:repair or form:repair."`
	Changed   []string `json:"changed"`
	Unchanged []string `json:"unchanged"`
}

type packInput struct {
	Code string `path:"code" pattern:"^[a-z0-9][a-z0-9-]*$" patternDescription:"the code of a built-in pack" maxLength:"100"`
}

// activatePack takes built-in packs only: a folder of the server is for who
// sits at the server.
func (s *service) activatePack(ctx context.Context, actor *huifang.Actor, in *packInput) (*answer[Activation], error) {
	packs, err := s.app.Packs(ctx, actor)
	if err != nil {
		return nil, err
	}
	for _, p := range packs {
		if p.Code != in.Code || !p.Builtin {
			continue
		}
		a, err := s.app.ActivatePack(ctx, actor, in.Code)
		if err != nil {
			return nil, err
		}
		return &answer[Activation]{Body: Activation{Pack: newPack(a.Pack), Replaced: a.Replaced, Added: list(a.Added), Changed: list(a.Changed), Unchanged: list(a.Unchanged)}}, nil
	}
	return nil, huifang.Fail(huifang.CodeNotFound, "pack.not_found", huifang.Textf("没有内置方案包“%s”，见 /packs", "there is no built-in pack %q; see /packs", in.Code))
}

func (s *service) deactivatePack(ctx context.Context, actor *huifang.Actor, in *packInput) (*nothing, error) {
	return nil, s.app.DeactivatePack(ctx, actor, in.Code)
}

func (s *service) listPrograms(ctx context.Context, actor *huifang.Actor, _ *empty) (*answer[List[Program]], error) {
	programs, err := s.app.Programs(ctx, actor)
	return all(programs, func(p app.ProgramInfo) Program { return newProgram(&p) }), err
}

// ByCode names the record in the address by its code.
type ByCode struct {
	Code string `path:"code" maxLength:"100"`
}

type programInput struct{ ByCode }

func (s *service) getProgram(ctx context.Context, actor *huifang.Actor, in *programInput) (*answer[Program], error) {
	p, err := s.app.Program(ctx, actor, in.Code)
	if err != nil {
		return nil, err
	}
	return &answer[Program]{Body: newProgram(p)}, nil
}

type programSetInput struct {
	ByCode
	Match
	Body ProgramSetting
}

func (s *service) setProgram(ctx context.Context, actor *huifang.Actor, in *programSetInput) (*answer[Program], error) {
	version, err := in.version(in.Body.Version)
	if err != nil {
		return nil, err
	}
	p, err := s.app.SetProgram(ctx, actor, in.Code, app.ProgramSetting{Unit: in.Body.Unit, Active: in.Body.Active, Override: in.Body.Override, Row: version})
	if err != nil {
		return nil, withCurrent(err, func() (Program, error) { return seen(newProgram)(s.app.Program(ctx, actor, in.Code)) })
	}
	return &answer[Program]{Body: newProgram(p)}, nil
}
