package api

import (
	"context"
	"net/http"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// setup: the first run on an empty database.
func (s *service) setup() {
	const tag = "setup"
	register(s, tag, op{id: "get-setup", method: http.MethodGet, path: "/setup", zh: "是否需要初始化；凭启动时显示的一次性代码可列出方案包", en: "Is the first run still to be done; with the code, the packs to choose from", open: true}, s.getSetup)
	register(s, tag, op{id: "set-up", method: http.MethodPost, path: "/setup", zh: "初始化：建立机构和管理员并登录", en: "Make the first organization and its administrator, and log in", open: true, created: true}, s.setUp)
}

// Setup is whether the first run is still to be done.
type Setup struct {
	Needed bool   `json:"needed" doc:"There is no organization yet."`
	Packs  []Pack `json:"packs" doc:"To choose from; empty without the code."`
}

type getSetupInput struct {
	Code string `query:"code" maxLength:"100" doc:"The one-time code of the link that the server shows when it starts on an empty database."`
}

func (s *service) getSetup(ctx context.Context, _ *huifang.Actor, in *getSetupInput) (*answer[Setup], error) {
	out := Setup{Packs: []Pack{}}
	var err error
	if out.Needed, err = s.app.SetupNeeded(ctx); err != nil || !out.Needed || in.Code == "" {
		return &answer[Setup]{Body: out}, err
	}
	packs, err := s.app.SetupPacks(ctx, in.Code, callerOf(ctx).ip)
	out.Packs = turned(packs, newPack)
	return &answer[Setup]{Body: out}, err
}

// FirstOrganization is what the first run makes.
type FirstOrganization struct {
	Setup        string       `json:"setup" minLength:"1" maxLength:"100" doc:"The one-time code."`
	Organization string       `json:"organization" minLength:"2" maxLength:"32" doc:"The organization's code, used at log-in: lower-case letters, digits and hyphens."`
	Name         huifang.Text `json:"name"`
	Zone         string       `json:"zone,omitempty" maxLength:"100" example:"Asia/Shanghai"`
	Lang         huifang.Lang `json:"lang,omitempty" enum:"zh,en" doc:"Of documents made without a reader; missing: zh."`
	Packs        []string     `json:"packs" maxItems:"20" doc:"Codes of built-in packs."`
	Unit         string       `json:"unit,omitempty" maxLength:"200" doc:"Name of the first unit; missing: the organization's."`
	Login        string       `json:"login" minLength:"1" maxLength:"200" doc:"Of the administrator."`
	Person       string       `json:"person,omitempty" maxLength:"200" doc:"The administrator's name; missing: the login."`
	Password     string       `json:"password" minLength:"1" maxLength:"1000" format:"password"`
	Bearer       bool         `json:"bearer,omitempty" doc:"Answer the token in the body instead of setting a cookie."`
}

type setUpInput struct{ Body FirstOrganization }

// setUp takes built-in packs only: a folder of the server is for who sits at
// the server.
func (s *service) setUp(ctx context.Context, _ *huifang.Actor, in *setUpInput) (*logInOutput, error) {
	b, c := &in.Body, callerOf(ctx)
	packs, err := s.app.SetupPacks(ctx, b.Setup, c.ip)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, p := range packs {
		known[p.Code] = true
	}
	for _, code := range b.Packs {
		if !known[code] {
			return nil, at("body.packs", huifang.Fail(huifang.CodeNotFound, "pack.not_found", huifang.Textf("没有内置方案包“%s”", "there is no built-in pack %q", code)))
		}
	}
	got, err := s.app.Setup(ctx, app.SetupInput{
		Setup: b.Setup, Unit: b.Unit, Login: b.Login, Name: b.Person, Password: b.Password, Address: c.ip,
		Organization: app.NewOrganization{Code: b.Organization, Name: b.Name, Zone: b.Zone, Lang: b.Lang, Packs: b.Packs},
	})
	if err != nil {
		return nil, err
	}
	return s.opened(ctx, got, b.Bearer)
}
