package api

import (
	"context"
	"net/http"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// scripts: what is said in one follow-up, and the versions of what is asked.
func (s *service) scripts() {
	read := may(huifang.PermFollowupRead, huifang.PermFollowupWork)
	register(s, "followups", op{id: "followup-script", method: http.MethodGet, path: "/followups/{id}/script", zh: "填好客户资料的话术", en: "The script, with the customer's data filled in", needs: read}, s.followupScript)
	register(s, "programs", op{id: "form-versions", method: http.MethodGet, path: "/forms/{code}/versions", zh: "表单的各个版本", en: "List the versions of a form", needs: may(huifang.PermFollowupRead)}, s.formVersions)
}

func (s *service) followupScript(ctx context.Context, actor *huifang.Actor, in *ByID) (*answer[List[Phrase]], error) {
	id, err := s.resolved(ctx, actor, in.ID)
	if err != nil {
		return nil, err
	}
	found, err := s.app.FilledScript(ctx, actor, id)
	return all(found, func(p app.FilledPhrase) Phrase { return Phrase(p) }), err
}

// FormVersion is one version of a form that records were made with.
type FormVersion struct {
	Version int          `json:"version"`
	Name    huifang.Text `json:"name"`
	Items   int          `json:"items" doc:"How many there are."`
	At      time.Time    `json:"at" doc:"When it was activated."`
}

func (s *service) formVersions(ctx context.Context, actor *huifang.Actor, in *programInput) (*answer[List[FormVersion]], error) {
	found, err := s.app.FormVersions(ctx, actor, in.Code)
	return all(found, func(v app.FormVersion) FormVersion { return FormVersion(v) }), err
}
