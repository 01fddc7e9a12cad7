package api

import (
	"context"
	"net/http"

	"github.com/huifang/huifang"
)

type nothingInput struct {
	EventSource
	Body EventIn
}

// nothing registers an operation like the others that takes an event and does
// nothing with it: the caller is authenticated, the body is read, validated by
// its schema and decoded, as the framework does it, and answered like an event
// that was taken in. It is the limit of what an operation can reach.
func (s *service) nothing() {
	id := huifang.ID("00000000-0000-7000-8000-000000000000")
	out := &ingestedOutput{Status: http.StatusCreated, Body: Ingested{Status: "accepted", Event: id, Followups: []huifang.ID{id}}}
	register(s, "events", op{id: "nothing", method: http.MethodPost, path: "/nothing", zh: "什么也不做", en: "Do nothing", needs: may(huifang.PermEventIngest), created: true, once: true},
		func(context.Context, *huifang.Actor, *nothingInput) (*ingestedOutput, error) { return out, nil })
}
