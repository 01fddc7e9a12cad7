package app

import (
	"context"
	"crypto/rand"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/channel"
	"github.com/huifang/huifang/store"
)

// WebhookEdit is what can be said of a webhook.
type WebhookEdit struct {
	Name   string
	URL    string
	Events []string // of huifang.WebhookEvents
	Active bool
}

// Webhooks lists by name, without their secrets. organization.manage.
func (a *App) Webhooks(ctx context.Context, actor *huifang.Actor) ([]*huifang.Webhook, error) {
	if err := organizationWide(actor, huifang.PermOrganization); err != nil {
		return nil, err
	}
	list, err := a.reads().Webhooks(ctx, actor.Org)
	for _, w := range list {
		w.Secret = ""
	}
	return list, err
}

// CreateWebhook subscribes an address to events and tells the secret that signs
// what is sent to it, once. organization.manage.
func (a *App) CreateWebhook(ctx context.Context, actor *huifang.Actor, in WebhookEdit) (w *huifang.Webhook, secret string, err error) {
	w = &huifang.Webhook{Org: actor.Org, ID: a.newID(), Created: a.now(), By: actor.Staff}
	secret = newSigningSecret()
	if w.Secret, err = a.seal(w.Org, secret); err != nil {
		return nil, "", err
	}
	if err := a.saveWebhook(ctx, actor, w, in, "webhook.created"); err != nil {
		return nil, "", err
	}
	return w, secret, nil
}

func newSigningSecret() string {
	var entropy [32]byte
	_, _ = rand.Read(entropy[:]) // never fails
	return channel.NewSecret(entropy)
}

// UpdateWebhook changes a webhook; one that was switched off because it failed
// starts anew when it is switched on. organization.manage.
func (a *App) UpdateWebhook(ctx context.Context, actor *huifang.Actor, id huifang.ID, version int64, in WebhookEdit) (*huifang.Webhook, error) {
	w, err := a.webhookFor(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	if err := stale(version, w.Version); err != nil {
		return nil, err
	}
	if in.Active {
		w.Failing, w.Disabled = time.Time{}, time.Time{}
	}
	return w, a.saveWebhook(ctx, actor, w, in, "webhook.changed")
}

// RenewWebhookSecret replaces the secret and tells the new one, once; from then
// on nothing is signed by the old one. organization.manage.
func (a *App) RenewWebhookSecret(ctx context.Context, actor *huifang.Actor, id huifang.ID) (secret string, err error) {
	w, err := a.webhookFor(ctx, actor, id)
	if err != nil {
		return "", err
	}
	secret = newSigningSecret()
	if w.Secret, err = a.seal(w.Org, secret); err != nil {
		return "", err
	}
	in := WebhookEdit{Name: w.Name, URL: w.URL, Events: w.Events, Active: w.Active}
	return secret, a.saveWebhook(ctx, actor, w, in, "webhook.secret_renewed")
}

func (a *App) webhookFor(ctx context.Context, actor *huifang.Actor, id huifang.ID) (*huifang.Webhook, error) {
	if err := organizationWide(actor, huifang.PermOrganization); err != nil {
		return nil, err
	}
	return a.reads().Webhook(ctx, actor.Org, id)
}

func (a *App) saveWebhook(ctx context.Context, actor *huifang.Actor, w *huifang.Webhook, in WebhookEdit, action string) error {
	if err := organizationWide(actor, huifang.PermOrganization); err != nil {
		return err
	}
	if err := checkWebhook(&in); err != nil {
		return err
	}
	w.Name, w.URL, w.Events, w.Active = in.Name, in.URL, in.Events, in.Active
	before := w.Version
	return a.change(ctx, actor.Org, func(tx *store.Tx) error {
		w.Version = before
		if err := tx.SaveWebhook(ctx, w); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, action, "webhook", w.ID, map[string]any{"name": w.Name, "url": w.URL, "events": w.Events, "active": w.Active})
	})
}

func checkWebhook(in *WebhookEdit) error {
	in.Name, in.URL = cut(strings.TrimSpace(in.Name), 100), strings.TrimSpace(in.URL)
	if err := required("name", in.Name); err != nil {
		return err
	}
	u, err := url.Parse(in.URL)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || len(in.URL) > 2000 {
		return fieldFault("url", "webhook.url", huifang.Text{ZH: "接收地址应以 https:// 开头，不含账号", EN: "write the address with https:// and without a user"})
	}
	if len(in.Events) == 0 {
		return required("events", "")
	}
	for _, e := range in.Events {
		if !slices.Contains(huifang.WebhookEvents(), e) {
			return fieldFault("events", "webhook.event", huifang.Textf("没有事件“%s”", "there is no event %q", e))
		}
	}
	slices.Sort(in.Events)
	in.Events = slices.Compact(in.Events)
	return nil
}

// DeleteWebhook ends a subscription with the log of what was told to it.
// organization.manage.
func (a *App) DeleteWebhook(ctx context.Context, actor *huifang.Actor, id huifang.ID) error {
	if err := organizationWide(actor, huifang.PermOrganization); err != nil {
		return err
	}
	return a.change(ctx, actor.Org, func(tx *store.Tx) error {
		if err := tx.DeleteWebhook(ctx, actor.Org, id); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, "webhook.deleted", "webhook", id, nil)
	})
}

// Deliveries lists what was told to a webhook, the newest first.
// organization.manage.
func (a *App) Deliveries(ctx context.Context, actor *huifang.Actor, webhook huifang.ID, p Page) (Paged[*huifang.WebhookDelivery], error) {
	if _, err := a.webhookFor(ctx, actor, webhook); err != nil {
		return Paged[*huifang.WebhookDelivery]{}, err
	}
	p.Desc = true
	return a.reads().Deliveries(ctx, actor.Org, webhook, p)
}

// ResendDelivery tells the same again, under the same id. organization.manage.
func (a *App) ResendDelivery(ctx context.Context, actor *huifang.Actor, webhook, id huifang.ID) (x *huifang.WebhookDelivery, err error) {
	if _, err := a.webhookFor(ctx, actor, webhook); err != nil {
		return nil, err
	}
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		if x, err = tx.Delivery(ctx, actor.Org, webhook, id); err != nil {
			return err
		}
		x.State, x.Tries, x.Due, x.Done = huifang.DeliveryPending, 0, a.now(), time.Time{}
		if err := tx.SaveDelivery(ctx, x); err != nil {
			return err
		}
		if err := a.enqueueDelivery(ctx, tx, x); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, "webhook.resent", "webhook", webhook, map[string]any{"delivery": id})
	})
	return x, err
}
