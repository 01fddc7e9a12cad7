package app

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// JobDelivery is the kind of job that tells one thing to one webhook.
const JobDelivery = "webhook"

const (
	webhookPatience = 5 * 24 * time.Hour  // how long a webhook may fail before it is switched off
	keptDeliveries  = 30 * 24 * time.Hour // how long the log of a webhook goes back
)

// delivering is the arguments of a JobDelivery.
type delivering struct {
	Webhook  huifang.ID `json:"webhook"`
	Delivery huifang.ID `json:"delivery"`
}

// deliveryPauses are between the tries of a delivery, over some three days.
func deliveryPauses() []time.Duration {
	return []time.Duration{5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour, 10 * time.Hour, 14 * time.Hour, 20 * time.Hour, 24 * time.Hour}
}

// report tells webhooks what happened to a record, in the transaction in which
// it happened: what was not committed is told to nobody.
func (a *App) report(ctx context.Context, tx *store.Tx, d *directory, event string, record huifang.ID) error {
	for _, w := range d.hooks {
		if !w.Active || !slices.Contains(w.Events, event) {
			continue
		}
		x := &huifang.WebhookDelivery{
			Org: w.Org, Webhook: w.ID, ID: a.newID(), Event: event, Record: record, At: a.now(), State: huifang.DeliveryPending, Due: a.now(),
		}
		if err := tx.SaveDelivery(ctx, x); err != nil {
			return err
		}
		if err := a.enqueueDelivery(ctx, tx, x); err != nil {
			return err
		}
	}
	return nil
}

// reportAudited tells webhooks of an audited change of a follow-up or case.
func (a *App) reportAudited(ctx context.Context, tx *store.Tx, org huifang.ID, action string, record huifang.ID) error {
	if !slices.Contains(huifang.WebhookEvents(), action) {
		return nil
	}
	d, err := a.directory(ctx, org)
	if err != nil {
		return err
	}
	return a.report(ctx, tx, d, action, record)
}

// reportPlans tells webhooks what the rules made of follow-ups: those that a
// person ends are told by their audit.
func (h *host) reportPlans(tx *store.Tx) error {
	if len(h.d.hooks) == 0 {
		return nil
	}
	for _, f := range h.out.made {
		if f.State == huifang.StatePlanned {
			if err := h.app.report(h.ctx, tx, h.d, "followup.planned", f.ID); err != nil {
				return err
			}
		}
	}
	for _, f := range h.out.changed {
		event := ""
		switch {
		case f.State == huifang.StateCancelled:
			event = "followup.cancelled"
		case f.State == huifang.StatePlanned && f.Late:
			event = "followup.overdue"
		case f.State == huifang.StatePlanned:
			event = "followup.rescheduled"
		}
		if event != "" {
			if err := h.app.report(h.ctx, tx, h.d, event, f.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *App) enqueueDelivery(ctx context.Context, tx *store.Tx, x *huifang.WebhookDelivery) error {
	args, err := json.Marshal(delivering{x.Webhook, x.ID})
	if err != nil {
		return huifang.Wrap(err)
	}
	return tx.Enqueue(ctx, &huifang.Job{
		Org: x.Org, ID: a.newID(), Kind: JobDelivery, Unique: string(x.ID) + " " + strconv.Itoa(x.Tries) + " " + strconv.FormatInt(x.Due.UnixMilli(), 36), Args: string(args), Due: x.Due,
	})
}

// TellWebhook tells one thing to one webhook. A delivery that fails is tried
// again by deliveryPauses under the same id; a webhook that has failed for
// days, or answers 410 Gone, is switched off and the administrators are told.
func (a *App) TellWebhook(ctx context.Context, j *huifang.Job) error {
	var in delivering
	if err := json.Unmarshal([]byte(j.Args), &in); err != nil {
		return huifang.Wrap(err)
	}
	x, err := a.reads().Delivery(ctx, j.Org, in.Webhook, in.Delivery)
	if huifang.CodeOf(err) == huifang.CodeNotFound || err == nil && x.State != huifang.DeliveryPending {
		return nil
	}
	if err != nil {
		return err
	}
	w, err := a.reads().Webhook(ctx, j.Org, in.Webhook)
	if err != nil {
		return err
	}
	fault := errors.New("webhook is switched off")
	if w.Active {
		if x.Body == "" {
			if x.Body, err = a.describe(ctx, x); err != nil {
				return err
			}
		}
		x.Status, fault = a.tellOnce(ctx, w, x)
	}
	x.Tries++
	return a.change(ctx, j.Org, func(tx *store.Tx) error { return a.told(ctx, tx, x, fault) })
}

func (a *App) tellOnce(ctx context.Context, w *huifang.Webhook, x *huifang.WebhookDelivery) (status int, err error) {
	secret, err := a.unseal(w.Org, w.Secret)
	if err != nil {
		return 0, err
	}
	return a.network.Post(ctx, w.URL, secret, "msg_"+string(x.ID), a.now(), []byte(x.Body))
}

// told notes how a try ended.
func (a *App) told(ctx context.Context, tx *store.Tx, tried *huifang.WebhookDelivery, fault error) error {
	w, err := tx.Webhook(ctx, tried.Org, tried.Webhook)
	if err != nil {
		return err
	}
	x, now, failing := *tried, a.now(), w.Failing
	outcomeOf(&x, fault, w.Active, now)
	switch {
	case fault == nil:
		failing = time.Time{}
	case failing.IsZero():
		failing = now
	}
	if err := tx.SaveDelivery(ctx, &x); err != nil {
		return err
	}
	if x.State == huifang.DeliveryPending {
		if err := a.enqueueDelivery(ctx, tx, &x); err != nil {
			return err
		}
	}
	off := w.Active && fault != nil && (x.Status == http.StatusGone || now.Sub(failing) >= webhookPatience)
	if failing.Equal(w.Failing) && !off {
		return nil
	}
	if w.Failing = failing; off {
		w.Active, w.Disabled = false, now
	}
	if err := tx.SaveWebhook(ctx, w); err != nil || !off {
		return err
	}
	return a.tellDisabled(ctx, tx, w)
}

// outcomeOf sets what became of a delivery that was tried: delivered, failed for
// good, or due again after a pause.
func outcomeOf(x *huifang.WebhookDelivery, fault error, active bool, now time.Time) {
	switch pauses := deliveryPauses(); {
	case fault == nil:
		x.State, x.Done, x.Error = huifang.DeliveryDelivered, now, ""
	case !active || x.Tries > len(pauses):
		x.State, x.Done, x.Error = huifang.DeliveryFailed, now, cut(fault.Error(), 500)
	default:
		x.Error, x.Due = cut(fault.Error(), 500), now.Add(pauses[x.Tries-1])
	}
}

// tellDisabled alerts those who manage the organization.
func (a *App) tellDisabled(ctx context.Context, tx *store.Tx, w *huifang.Webhook) error {
	d, err := a.directory(ctx, w.Org)
	if err != nil {
		return err
	}
	name := huifang.Text{ZH: "事件推送“" + w.Name + "”", EN: "webhook “" + w.Name + "”"}
	return a.alert(ctx, tx, huifang.Alert{Org: w.Org, Kind: "webhook.disabled", Text: alertOf("webhook.disabled", name)}, d.holders("admin", "")...)
}

// tellBody is what a webhook gets: ids and figures, no personal data; whoever wants
// more asks the API with a token.
type tellBody struct {
	Type      string    `json:"type"`
	Timestamp time.Time `json:"timestamp"`
	Data      any       `json:"data"`
}

// describe is the body of a delivery: the record as it is at the first try.
func (a *App) describe(ctx context.Context, x *huifang.WebhookDelivery) (string, error) {
	out := tellBody{Type: x.Event, Timestamp: x.At}
	if strings.HasPrefix(x.Event, "case.") {
		c, err := a.reads().Case(ctx, x.Org, x.Record)
		if err != nil {
			return "", err
		}
		out.Data = map[string]any{
			"id": c.ID, "number": c.Number, "state": c.State, "severity": c.Severity, "followup": c.Followup, "contact": c.Contact, "asset": c.Asset, "unit": c.Unit,
			"department": c.Department, "owner": c.Owner, "opened": c.Opened,
		}
	} else {
		f, err := a.reads().Followup(ctx, x.Org, x.Record)
		if err != nil {
			return "", err
		}
		out.Data = map[string]any{
			"id": f.ID, "number": f.Number, "program": f.Program, "version": f.Version, "step": f.Step, "occurrence": f.Occurrence, "event": f.Event,
			"contact": f.Contact, "asset": f.Asset, "unit": f.Unit, "state": f.StateAt(a.now()), "opens": f.OpensAt, "closes": f.ClosesAt, "lead": f.Lead,
			"verdict": f.Satisfied, "review": f.Review, "case": f.Case,
		}
	}
	body, err := json.Marshal(out)
	return string(body), huifang.Wrap(err)
}
