package store

import (
	"context"
	"time"

	"github.com/huifang/huifang"
)

const (
	webhookColumns = "org_id, id, name, url, events, secret, active, failing, disabled, created, created_by, rev"

	sqlWebhooks      = "SELECT " + webhookColumns + " FROM webhook WHERE org_id = $1 ORDER BY name, id"
	sqlWebhook       = "SELECT " + webhookColumns + " FROM webhook WHERE org_id = $1 AND id = $2"
	sqlWebhookInsert = `INSERT INTO webhook (name, url, events, secret, active, failing, disabled, created, created_by, org_id, id, rev)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)`
	sqlWebhookUpdate = `UPDATE webhook SET name = $1, url = $2, events = $3, secret = $4, active = $5, failing = $6, disabled = $7, created = $8,
created_by = $9, rev = rev + 1 WHERE org_id = $10 AND id = $11 AND rev = $12`
	sqlWebhookForget = "DELETE FROM webhook_delivery WHERE org_id = $1 AND webhook_id = $2"
	sqlWebhookDelete = "DELETE FROM webhook WHERE org_id = $1 AND id = $2"

	deliveryColumns   = "org_id, webhook_id, id, event, record_id, at, body, state, tries, status, error, due, done, rev"
	sqlDeliveries     = "SELECT " + deliveryColumns + " FROM webhook_delivery WHERE org_id = ? AND webhook_id = ?"
	sqlDelivery       = "SELECT " + deliveryColumns + " FROM webhook_delivery WHERE org_id = $1 AND webhook_id = $2 AND id = $3"
	sqlDeliveryInsert = `INSERT INTO webhook_delivery (event, record_id, at, body, state, tries, status, error, due, done, org_id, webhook_id, id, rev)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)`
	sqlDeliveryUpdate = `UPDATE webhook_delivery SET event = $1, record_id = $2, at = $3, body = $4, state = $5, tries = $6, status = $7, error = $8, due = $9,
done = $10, rev = rev + 1 WHERE org_id = $11 AND webhook_id = $12 AND id = $13 AND rev = $14`
	sqlDeliveryPrune = "DELETE FROM webhook_delivery WHERE org_id = $1 AND done < $2"
)

func scanWebhook(r *row) *huifang.Webhook {
	w := &huifang.Webhook{Org: r.id(), ID: r.id(), Name: r.text(), URL: r.text()}
	r.json(&w.Events)
	w.Secret, w.Active, w.Failing, w.Disabled, w.Created, w.By, w.Version = r.text(), r.bool(), r.instant(), r.instant(), r.instant(), r.id(), r.int()
	return w
}

// Webhooks lists by name.
func (q *Reads) Webhooks(ctx context.Context, org huifang.ID) ([]*huifang.Webhook, error) {
	return list(ctx, q, scanWebhook, sqlWebhooks, org)
}

// Webhook is the webhook with the id.
func (q *Reads) Webhook(ctx context.Context, org, id huifang.ID) (*huifang.Webhook, error) {
	return first(ctx, q, "webhook", scanWebhook, sqlWebhook, org, id)
}

// SaveWebhook inserts (Version 0) or updates (stale Version: conflict).
func (tx *Tx) SaveWebhook(ctx context.Context, w *huifang.Webhook) error {
	return tx.save(ctx, &w.Version, sqlWebhookInsert, sqlWebhookUpdate,
		w.Name, w.URL, asJSON{w.Events}, w.Secret, w.Active, w.Failing, w.Disabled, w.Created, w.By, w.Org, w.ID)
}

// DeleteWebhook forgets a webhook and what was told to it.
func (tx *Tx) DeleteWebhook(ctx context.Context, org, id huifang.ID) error {
	if err := tx.put(ctx, sqlWebhookForget, org, id); err != nil {
		return err
	}
	return tx.check(ctx, found("webhook"), sqlWebhookDelete, org, id)
}

func scanDelivery(r *row) *huifang.WebhookDelivery {
	return &huifang.WebhookDelivery{
		Org: r.id(), Webhook: r.id(), ID: r.id(), Event: r.text(), Record: r.id(), At: r.instant(), Body: r.text(), State: huifang.DeliveryState(r.text()),
		Tries: r.num(), Status: r.num(), Error: r.text(), Due: r.instant(), Done: r.instant(), Row: r.int(),
	}
}

// Deliveries lists what was told to a webhook in the order it happened; Desc:
// newest first.
func (q *Reads) Deliveries(ctx context.Context, org, webhook huifang.ID, p Page) (Paged[*huifang.WebhookDelivery], error) {
	return pageByID(ctx, q, newText(sqlDeliveries, org, webhook), p, scanDelivery, func(d *huifang.WebhookDelivery) huifang.ID { return d.ID })
}

// Delivery is one thing told to a webhook.
func (q *Reads) Delivery(ctx context.Context, org, webhook, id huifang.ID) (*huifang.WebhookDelivery, error) {
	return first(ctx, q, "delivery", scanDelivery, sqlDelivery, org, webhook, id)
}

// SaveDelivery inserts (Row 0) or updates (stale Row: conflict).
func (tx *Tx) SaveDelivery(ctx context.Context, d *huifang.WebhookDelivery) error {
	return tx.save(ctx, &d.Row, sqlDeliveryInsert, sqlDeliveryUpdate,
		d.Event, d.Record, d.At, d.Body, d.State, d.Tries, d.Status, d.Error, d.Due, d.Done, d.Org, d.Webhook, d.ID)
}

// DeleteDeliveries forgets what was settled before the instant.
func (tx *Tx) DeleteDeliveries(ctx context.Context, org huifang.ID, before time.Time) error {
	return tx.put(ctx, sqlDeliveryPrune, org, before)
}
