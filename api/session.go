package api

import (
	"context"
	"net/http"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// session: logging in and out, and who one is.
func (s *service) session() {
	const tag = "session"
	register(s, tag, op{id: "log-in", method: http.MethodPost, path: "/session", zh: "登录", en: "Log in", open: true, created: true}, s.logIn)
	register(s, tag, op{id: "log-out", method: http.MethodDelete, path: "/session", zh: "退出登录", en: "Log out", open: true}, s.logOut)
	register(s, tag, op{id: "who-am-i", method: http.MethodGet, path: "/session", zh: "我是谁，有哪些权限", en: "Who am I, and what may I do"}, s.whoAmI)
	register(s, tag, op{id: "change-password", method: http.MethodPut, path: "/session/password", zh: "修改自己的密码", en: "Change one's own password"}, s.changePassword)
}

// LogIn asks for a session.
type LogIn struct {
	Organization string `json:"organization" minLength:"1" maxLength:"100" doc:"The organization's code."`
	Login        string `json:"login" minLength:"1" maxLength:"200"`
	Password     string `json:"password" minLength:"1" maxLength:"1000" format:"password"`
	Bearer       bool   `json:"bearer,omitempty" doc:"Answer the token in the body, to be sent as Authorization: Bearer, instead of setting a cookie: for programs."`
}

// Session is a log-in that lasts.
type Session struct {
	Token   string    `json:"token,omitempty" doc:"When asked for with bearer."`
	Expires time.Time `json:"expires"`
	Me      Me        `json:"me"`
}

// Me is whoever asks.
type Me struct {
	Organization Organization         `json:"organization"`
	Staff        *Staff               `json:"staff,omitempty" doc:"Missing for an API token."`
	Permissions  []huifang.Permission `json:"permissions"`
	Roles        []Role               `json:"roles"`
	Units        []huifang.ID         `json:"units,omitempty" doc:"The units one sees, those below included; missing: all."`
	Unread       int                  `json:"unread" doc:"Unread alerts."`
}

type logInInput struct{ Body LogIn }

type logInOutput struct {
	SetCookie string `header:"Set-Cookie"`
	Body      Session
}

func (s *service) logIn(ctx context.Context, _ *huifang.Actor, in *logInInput) (*logInOutput, error) {
	c := callerOf(ctx)
	got, err := s.app.Login(ctx, app.Credentials{Organization: in.Body.Organization, Login: in.Body.Login, Password: in.Body.Password, Address: c.ip})
	if err != nil {
		return nil, err
	}
	return s.opened(ctx, got, in.Body.Bearer)
}

// opened hands a new session over: in the body to programs, as a cookie to
// browsers.
func (s *service) opened(ctx context.Context, got *app.LoggedIn, bearer bool) (*logInOutput, error) {
	me, err := s.me(ctx, got.Actor)
	if err != nil {
		return nil, err
	}
	out := &logInOutput{Body: Session{Expires: got.Expires, Me: *me}}
	if bearer {
		out.Body.Token = got.Secret
		return out, nil
	}
	out.SetCookie = sessionCookie(got.Secret, callerOf(ctx).secure).String()
	return out, nil
}

type logOutOutput struct {
	SetCookie string `header:"Set-Cookie"`
}

func (s *service) logOut(ctx context.Context, _ *huifang.Actor, _ *empty) (*logOutOutput, error) {
	c := callerOf(ctx)
	if c.secret != "" {
		if err := s.app.Logout(ctx, c.secret); err != nil {
			return nil, err
		}
	}
	return &logOutOutput{SetCookie: sessionCookie("", c.secure).String()}, nil
}

func (s *service) whoAmI(ctx context.Context, actor *huifang.Actor, _ *empty) (*answer[*Me], error) {
	me, err := s.me(ctx, actor)
	return &answer[*Me]{Body: me}, err
}

func (s *service) me(ctx context.Context, actor *huifang.Actor) (*Me, error) {
	p, err := s.app.Me(ctx, actor)
	if err != nil {
		return nil, err
	}
	me := &Me{Organization: newOrganization(p.Organization), Permissions: list(p.Permissions), Roles: turned(p.Roles, newRole), Units: p.Units}
	if p.Staff != nil {
		staff := newStaff(p.Staff)
		me.Staff = &staff
		if me.Unread, err = s.app.UnreadAlerts(ctx, actor); err != nil {
			return nil, err
		}
	}
	return me, nil
}

// PasswordChange proves oneself with the old password.
type PasswordChange struct {
	Old   string `json:"old" format:"password" maxLength:"1000"`
	Fresh string `json:"new" format:"password" minLength:"1" maxLength:"1000"`
}

type passwordChangeInput struct{ Body PasswordChange }

func (s *service) changePassword(ctx context.Context, actor *huifang.Actor, in *passwordChangeInput) (*nothing, error) {
	return nil, s.app.ChangePassword(ctx, actor, in.Body.Old, in.Body.Fresh)
}
