package api

import (
	"context"
	"net/http"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// webhooks: what happens here, told to other systems.
func (s *service) webhooks() {
	const tag = "webhooks"
	manage := may(huifang.PermOrganization)
	register(s, tag, op{id: "list-webhooks", method: http.MethodGet, path: "/webhooks", zh: "列出事件推送", en: "List webhooks", needs: manage}, s.listWebhooks)
	register(s, tag, op{id: "list-webhook-events", method: http.MethodGet, path: "/webhooks/events", zh: "列出可推送的事件", en: "List what can be subscribed to"}, s.listWebhookEvents)
	register(s, tag, op{id: "create-webhook", method: http.MethodPost, path: "/webhooks", zh: "新建事件推送", en: "Create a webhook; its secret is shown once", needs: manage, created: true, once: true}, s.createWebhook)
	register(s, tag, op{id: "update-webhook", method: http.MethodPut, path: "/webhooks/{id}", zh: "修改事件推送", en: "Change a webhook", needs: manage}, s.updateWebhook)
	register(s, tag, op{id: "delete-webhook", method: http.MethodDelete, path: "/webhooks/{id}", zh: "删除事件推送", en: "Delete a webhook", needs: manage}, s.deleteWebhook)
	register(s, tag, op{id: "renew-webhook-secret", method: http.MethodPost, path: "/webhooks/{id}/secret", zh: "更换签名密钥", en: "Replace the secret; the new one is shown once", needs: manage}, s.renewWebhookSecret)
	register(s, tag, op{id: "list-deliveries", method: http.MethodGet, path: "/webhooks/{id}/deliveries", zh: "推送记录", en: "What was told to a webhook, newest first", needs: manage}, s.listDeliveries)
	register(s, tag, op{id: "resend-delivery", method: http.MethodPost, path: "/webhooks/{id}/deliveries/{delivery}/resend", zh: "重新推送", en: "Tell it again, under the same id", needs: manage}, s.resendDelivery)
}

// Webhook is a subscription of another system. What is sent is signed as
// Standard Webhooks say: webhook-id, webhook-timestamp, webhook-signature.
type Webhook struct {
	ID       huifang.ID `json:"id"`
	Name     string     `json:"name"`
	URL      string     `json:"url"`
	Events   []string   `json:"events"`
	Active   bool       `json:"active"`
	Failing  time.Time  `json:"failing,omitzero" doc:"Since when every delivery fails."`
	Disabled time.Time  `json:"disabled,omitzero" doc:"When it was switched off because it failed for days."`
	Created  time.Time  `json:"created"`
	By       huifang.ID `json:"by,omitempty"`
	Secret   string     `json:"secret,omitempty" doc:"Signs what is sent. Told only when it is made."`
	Version  int64      `json:"version"`
}

func newWebhook(w *huifang.Webhook) Webhook {
	return Webhook{ID: w.ID, Name: w.Name, URL: w.URL, Events: list(w.Events), Active: w.Active, Failing: w.Failing, Disabled: w.Disabled, Created: w.Created, By: w.By, Version: w.Version}
}

// WebhookChange is what can be said of a webhook.
type WebhookChange struct {
	Name    string   `json:"name" minLength:"1" maxLength:"100"`
	URL     string   `json:"url" minLength:"1" maxLength:"2000" example:"https://example.com/hook"`
	Events  []string `json:"events" minItems:"1" maxItems:"50" example:"[\"followup.completed\"]"`
	Active  bool     `json:"active"`
	Version int64    `json:"version,omitempty"`
}

func (c *WebhookChange) edit() app.WebhookEdit {
	return app.WebhookEdit{Name: c.Name, URL: c.URL, Events: c.Events, Active: c.Active}
}

func (s *service) listWebhooks(ctx context.Context, actor *huifang.Actor, _ *empty) (*answer[List[Webhook]], error) {
	found, err := s.app.Webhooks(ctx, actor)
	return all(found, newWebhook), err
}

func (s *service) listWebhookEvents(context.Context, *huifang.Actor, *empty) (*answer[List[string]], error) {
	return all(huifang.WebhookEvents(), func(e string) string { return e }), nil
}

type webhookInput struct{ Body WebhookChange }

func (s *service) createWebhook(ctx context.Context, actor *huifang.Actor, in *webhookInput) (*answer[Webhook], error) {
	w, secret, err := s.app.CreateWebhook(ctx, actor, in.Body.edit())
	if err != nil {
		return nil, err
	}
	out := newWebhook(w)
	out.Secret = secret
	return &answer[Webhook]{Body: out}, nil
}

type webhookChangeInput struct {
	ByID
	Match
	Body WebhookChange
}

func (s *service) updateWebhook(ctx context.Context, actor *huifang.Actor, in *webhookChangeInput) (*answer[Webhook], error) {
	version, err := in.version(in.Body.Version)
	if err != nil {
		return nil, err
	}
	w, err := s.app.UpdateWebhook(ctx, actor, in.ID, version, in.Body.edit())
	if err != nil {
		return nil, err
	}
	return &answer[Webhook]{Body: newWebhook(w)}, nil
}

func (s *service) deleteWebhook(ctx context.Context, actor *huifang.Actor, in *ByID) (*nothing, error) {
	return nil, s.app.DeleteWebhook(ctx, actor, in.ID)
}

// WebhookSecret signs what a webhook is told.
type WebhookSecret struct {
	Secret string `json:"secret" doc:"Told once."`
}

func (s *service) renewWebhookSecret(ctx context.Context, actor *huifang.Actor, in *ByID) (*answer[WebhookSecret], error) {
	secret, err := s.app.RenewWebhookSecret(ctx, actor, in.ID)
	if err != nil {
		return nil, err
	}
	return &answer[WebhookSecret]{Body: WebhookSecret{Secret: secret}}, nil
}

// Delivery is one thing told to a webhook.
type Delivery struct {
	ID     huifang.ID            `json:"id"`
	Event  string                `json:"event"`
	Record huifang.ID            `json:"record,omitempty"`
	At     time.Time             `json:"at" doc:"When it happened."`
	Body   string                `json:"body,omitempty" doc:"As it was sent."`
	State  huifang.DeliveryState `json:"state" enum:"pending,delivered,failed"`
	Tries  int                   `json:"tries"`
	Status int                   `json:"status,omitempty" doc:"HTTP status of the last answer."`
	Error  string                `json:"error,omitempty"`
	Due    time.Time             `json:"due,omitzero"`
	Done   time.Time             `json:"done,omitzero"`
}

func newDelivery(x *huifang.WebhookDelivery) Delivery {
	return Delivery{ID: x.ID, Event: x.Event, Record: x.Record, At: x.At, Body: x.Body, State: x.State, Tries: x.Tries, Status: x.Status, Error: x.Error, Due: x.Due, Done: x.Done}
}

type deliveryListInput struct {
	ByID
	Paging
}

func (s *service) listDeliveries(ctx context.Context, actor *huifang.Actor, in *deliveryListInput) (*answer[List[Delivery]], error) {
	p, err := s.app.Deliveries(ctx, actor, in.ID, in.page())
	return newList(p, newDelivery), err
}

type deliveryInput struct {
	ByID
	Delivery huifang.ID `path:"delivery" maxLength:"100"`
}

func (s *service) resendDelivery(ctx context.Context, actor *huifang.Actor, in *deliveryInput) (*answer[Delivery], error) {
	x, err := s.app.ResendDelivery(ctx, actor, in.ID, in.Delivery)
	if err != nil {
		return nil, err
	}
	return &answer[Delivery]{Body: newDelivery(x)}, nil
}
