package api

import (
	"context"
	"net/http"

	"github.com/huifang/huifang"
)

// operations is the whole API.
func (s *service) operations() {
	s.setup()
	s.session()
	s.organization()
	s.people()
	s.contacts()
	s.search()
	s.changes()
	s.events()
	s.inbox()
	s.programs()
	s.followups()
	s.worklist()
	s.scripts()
	s.surveys()
	s.messages()
	s.senders()
	s.webhooks()
	s.files()
	s.preferences()
	s.reviews()
	s.cases()
	s.statistics()
	s.ledgers()
	s.spotChecks()
	s.imports()
	s.reconciliations()
	s.audit()
	s.health()
}

// health: whether the product runs, and which one it is.
func (s *service) health() {
	const tag = "health"
	register(s, tag, op{id: "healthz", method: http.MethodGet, path: "/healthz", zh: "进程是否存活", en: "Is the process alive", open: true}, s.alive)
	register(s, tag, op{id: "readyz", method: http.MethodGet, path: "/readyz", zh: "能否提供服务", en: "Can requests be served", open: true}, s.canServe)
	register(s, tag, op{id: "version", method: http.MethodGet, path: "/version", zh: "产品版本", en: "The product's version", open: true}, s.tellVersion)
}

// Health is how the product is.
type Health struct {
	Status string `json:"status" enum:"ok"`
}

func (s *service) alive(context.Context, *huifang.Actor, *empty) (*answer[Health], error) {
	return &answer[Health]{Body: Health{Status: "ok"}}, nil
}

func (s *service) canServe(ctx context.Context, _ *huifang.Actor, _ *empty) (*answer[Health], error) {
	if s.ready != nil {
		if err := s.ready(ctx); err != nil {
			return nil, &huifang.Error{Code: huifang.CodeUnavailable, Reason: "health.not_ready", Err: err, Message: huifang.Text{ZH: "尚未就绪，请稍后重试", EN: "not ready; try again shortly"}}
		}
	}
	return &answer[Health]{Body: Health{Status: "ok"}}, nil
}

// Version is the product's version.
type Version struct {
	Product string `json:"product"`
	Version string `json:"version"`
}

func (s *service) tellVersion(context.Context, *huifang.Actor, *empty) (*answer[Version], error) {
	return &answer[Version]{Body: Version{Product: "Huifang 回访", Version: s.version}}, nil
}
