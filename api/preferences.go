package api

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/huifang/huifang"
)

// preferences: what a member of staff keeps for themselves.
func (s *service) preferences() {
	const tag = "preferences"
	register(s, tag, op{id: "list-preferences", method: http.MethodGet, path: "/preferences", zh: "列出自己保存的视图与偏好", en: "List one's own saved views and preferences"}, s.listPreferences)
	register(s, tag, op{id: "save-preference", method: http.MethodPut, path: "/preferences", zh: "保存视图或偏好", en: "Keep a saved view or a preference, or overwrite it"}, s.savePreference)
	register(s, tag, op{id: "delete-preference", method: http.MethodDelete, path: "/preferences", zh: "删除视图或偏好", en: "Forget a saved view or a preference"}, s.deletePreference)
}

// Preference is a saved view of a page or, without a page, a preference such as
// language, theme or columns.
type Preference struct {
	Page  string          `json:"page,omitempty" maxLength:"100" example:"today" doc:"Missing: a preference."`
	Name  string          `json:"name" minLength:"1" maxLength:"100"`
	Value json.RawMessage `json:"value" doc:"Anything, at most 8 kB: of a view its query."`
}

func newPreference(p *huifang.Preference) Preference {
	return Preference{Page: p.Page, Name: p.Name, Value: json.RawMessage(p.Body)}
}

type preferenceListInput struct {
	Page string `query:"page" maxLength:"100" doc:"Only the saved views of this page."`
}

func (s *service) listPreferences(ctx context.Context, actor *huifang.Actor, in *preferenceListInput) (*answer[List[Preference]], error) {
	found, err := s.app.Preferences(ctx, actor)
	kept := found[:0]
	for _, p := range found {
		if in.Page == "" || p.Page == in.Page {
			kept = append(kept, p)
		}
	}
	return all(kept, newPreference), err
}

type preferenceInput struct{ Body Preference }

func (s *service) savePreference(ctx context.Context, actor *huifang.Actor, in *preferenceInput) (*answer[Preference], error) {
	b := in.Body
	err := s.app.SavePreference(ctx, actor, huifang.Preference{Page: b.Page, Name: b.Name, Body: string(b.Value)})
	return &answer[Preference]{Body: b}, err
}

type preferenceName struct {
	Page string `query:"page" maxLength:"100"`
	Name string `query:"name" required:"true" minLength:"1" maxLength:"100"`
}

func (s *service) deletePreference(ctx context.Context, actor *huifang.Actor, in *preferenceName) (*nothing, error) {
	return nil, s.app.DeletePreference(ctx, actor, in.Page, in.Name)
}
