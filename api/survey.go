package api

import (
	"cmp"
	"context"
	"net/http"
	"time"

	"github.com/huifang/huifang"
)

// surveyPath is where the public survey pages live.
const surveyPath = "/s/"

// surveys: links by which contacts answer for themselves.
func (s *service) surveys() {
	const tag = "followups"
	work, read := may(huifang.PermFollowupWork, huifang.PermFollowupManage), may(huifang.PermFollowupRead, huifang.PermFollowupWork)
	register(s, tag, op{id: "list-survey-links", method: http.MethodGet, path: "/followups/{id}/survey-links", zh: "列出问卷链接", en: "List the links by which the contact answers", needs: read}, s.listSurveyLinks)
	register(s, tag, op{id: "make-survey-link", method: http.MethodPost, path: "/followups/{id}/survey-links", zh: "生成问卷链接", en: "Make a link by which the contact answers", needs: work, created: true, once: true}, s.makeSurveyLink)
	register(s, tag, op{id: "revoke-survey-links", method: http.MethodDelete, path: "/followups/{id}/survey-links", zh: "停用问卷链接", en: "Withdraw the links that were not answered", needs: work}, s.revokeSurveyLinks)
}

// SurveyLink lets whoever has it answer the follow-up, once.
type SurveyLink struct {
	ID      huifang.ID `json:"id"`
	URL     string     `json:"url,omitempty" doc:"To be sent, or shown as a QR code. Told only when it is made."`
	Created time.Time  `json:"created"`
	By      huifang.ID `json:"by,omitempty" doc:"Missing: the rules."`
	Expires time.Time  `json:"expires"`
	Used    time.Time  `json:"used,omitzero" doc:"When it was answered."`
	Revoked time.Time  `json:"revoked,omitzero"`
}

func newSurveyLink(l *huifang.SurveyLink) SurveyLink {
	return SurveyLink{ID: l.ID, Created: l.Created, By: l.By, Expires: l.Expires, Used: l.Used, Revoked: l.Revoked}
}

func (s *service) listSurveyLinks(ctx context.Context, actor *huifang.Actor, in *ByID) (*answer[List[SurveyLink]], error) {
	id, err := s.resolved(ctx, actor, in.ID)
	if err != nil {
		return nil, err
	}
	links, err := s.app.SurveyLinks(ctx, actor, id)
	return all(links, newSurveyLink), err
}

func (s *service) makeSurveyLink(ctx context.Context, actor *huifang.Actor, in *ByID) (*answer[SurveyLink], error) {
	id, err := s.resolved(ctx, actor, in.ID)
	if err != nil {
		return nil, err
	}
	made, err := s.app.MakeSurveyLink(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	base, err := s.reach(ctx, actor)
	if err != nil {
		return nil, err
	}
	out := newSurveyLink(made.Link)
	out.URL = base + surveyPath + made.Secret
	return &answer[SurveyLink]{Body: out}, nil
}

// reach is the address under which customers reach this installation: as the
// organization set it, else as the caller did.
func (s *service) reach(ctx context.Context, actor *huifang.Actor) (string, error) {
	o, err := s.app.Organization(ctx, actor)
	if err != nil {
		return "", err
	}
	scheme, c := "http://", callerOf(ctx)
	if c.secure {
		scheme = "https://"
	}
	return cmp.Or(o.Settings.Address, scheme+c.host), nil
}

func (s *service) revokeSurveyLinks(ctx context.Context, actor *huifang.Actor, in *ByID) (*nothing, error) {
	id, err := s.resolved(ctx, actor, in.ID)
	if err != nil {
		return nil, err
	}
	return nil, s.app.RevokeSurveyLinks(ctx, actor, id)
}

// Address tells where a request came from, for limits; proxied as in Config.
func Address(proxied bool) func(*http.Request) string {
	s := &service{proxied: proxied}
	return func(r *http.Request) string { return s.meet(r).ip }
}
