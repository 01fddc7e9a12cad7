package api

import (
	"context"
	"net/http"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// inbox: events that are received and not planned, and those that could not be.
func (s *service) inbox() {
	const tag = "events"
	ingest := may(huifang.PermEventIngest)
	register(s, tag, op{id: "get-inbox", method: http.MethodGet, path: "/inbox", zh: "接收区中等待处理的事件数量", en: "How many received events wait to be planned", needs: ingest}, s.getInbox)
	register(s, tag, op{id: "list-refused-events", method: http.MethodGet, path: "/inbox/refused", zh: "列出已接收但无法处理的事件及原因", en: "List received events that could not be planned, and why", needs: ingest}, s.listRefused)
	register(s, tag, op{id: "retry-refused-event", method: http.MethodPost, path: "/inbox/refused/{id}/retry", zh: "重新处理一个无法处理的事件", en: "Try again to plan a received event", needs: ingest, accepted: true}, s.retryRefused)
	register(s, tag, op{id: "dismiss-refused-event", method: http.MethodDelete, path: "/inbox/refused/{id}", zh: "不再处理一个无法处理的事件", en: "Dismiss a received event that could not be planned", needs: ingest}, s.dismissRefused)
}

// Inbox is how many events were received and are not planned yet.
type Inbox struct {
	Waiting  int        `json:"waiting" doc:"Received and not planned yet."`
	Oldest   *time.Time `json:"oldest,omitempty" doc:"When the one that waits longest was received."`
	Capacity int        `json:"capacity" doc:"When so many wait, more are answered with 503."`
	Refused  int        `json:"refused" doc:"Received and impossible to plan; see list-refused-events."`
}

// RefusedEvent is an event that was received and could not be planned.
type RefusedEvent struct {
	Event
	ContactName string    `json:"contact_name,omitempty" doc:"Code or name of the contact that was sent."`
	AssetName   string    `json:"asset_name,omitempty" doc:"Code or name of the asset that was sent."`
	Refused     time.Time `json:"refused" doc:"When it was refused."`
}

func (s *service) getInbox(ctx context.Context, actor *huifang.Actor, _ *empty) (*answer[Inbox], error) {
	in, err := s.app.Inbox(ctx, actor)
	if err != nil {
		return nil, err
	}
	out := Inbox{Waiting: in.Waiting, Capacity: in.Capacity, Refused: in.Refused}
	if !in.Oldest.IsZero() {
		out.Oldest = &in.Oldest
	}
	return &answer[Inbox]{Body: out}, nil
}

func (s *service) listRefused(ctx context.Context, actor *huifang.Actor, in *struct{ Paging }) (*answer[List[RefusedEvent]], error) {
	p, err := s.app.Refused(ctx, actor, in.page())
	lang := callerOf(ctx).lang
	return newList(p, func(r app.RefusedEvent) RefusedEvent {
		out := RefusedEvent{Event: newEvent(r.Event), ContactName: r.Contact, AssetName: r.Asset, Refused: r.Refused}
		out.State, out.Error = stateRefused, &faultsOf([]*huifang.Error{r.Fault}, lang)[0]
		return out
	}), err
}

func (s *service) retryRefused(ctx context.Context, actor *huifang.Actor, in *ByID) (*nothing, error) {
	return &nothing{}, s.app.RetryRefused(ctx, actor, in.ID)
}

func (s *service) dismissRefused(ctx context.Context, actor *huifang.Actor, in *ByID) (*nothing, error) {
	return &nothing{}, s.app.DismissRefused(ctx, actor, in.ID)
}
