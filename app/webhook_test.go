package app

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/channel"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func TestWebhook(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property").reaching()
		ctx := t.Context()
		in := newInbox(t, func(n int, w http.ResponseWriter) {
			if n == 1 {
				w.WriteHeader(http.StatusBadGateway)
			}
		})
		hook, secret, err := w.CreateWebhook(ctx, w.sys, hookEdit(in.URL))
		if err != nil {
			t.Fatal(err)
		}
		f := w.plan(complaint("1", "电梯异响"))
		w.sendAll()
		w.setClock(w.clock().Add(5 * time.Second))
		w.sendAll()
		if got := in.letters(); len(got) != 2 || got[0] != got[1] || in.ids[0] != in.ids[1] {
			t.Fatalf("%q", got)
		}
		var body struct {
			Type string
			Data struct {
				ID, Number, State string
				Contact           huifang.ID
			}
		}
		if err := json.Unmarshal([]byte(in.letters()[0]), &body); err != nil || body.Type != "followup.planned" || body.Data.Number != f.Number || body.Data.Contact != f.Contact {
			t.Errorf("%s %v", in.letters()[0], err)
		}
		if strings.Contains(in.letters()[0], "王芳") || strings.Contains(in.letters()[0], "138") {
			t.Errorf("personal data: %s", in.letters()[0])
		}
		head := in.header[1]
		if want := channel.Sign(secret, head.Get("webhook-id"), w.clock(), []byte(in.letters()[1])); head.Get("webhook-signature") != want {
			t.Errorf("signature %s, want %s", head.Get("webhook-signature"), want)
		}
		w.complete(f.ID, "east_steward", huifang.VerdictDissatisfied)
		w.sendAll()
		var types []string
		for _, letter := range in.letters()[2:] {
			if err := json.Unmarshal([]byte(letter), &body); err != nil {
				t.Fatal(err)
			}
			types = append(types, body.Type)
		}
		if slices.Sort(types); !slices.Equal(types, []string{"case.opened", "followup.completed"}) {
			t.Errorf("told %v", types)
		}
		log := must[Paged[*huifang.WebhookDelivery]](t)(w.Deliveries(ctx, w.sys, hook.ID, Page{}))
		if len(log.Items) != 3 || log.Items[2].State != huifang.DeliveryDelivered || log.Items[2].Tries != 2 || log.Items[2].Status != 200 {
			t.Errorf("%+v", log.Items)
		}
		must[*huifang.WebhookDelivery](t)(w.ResendDelivery(ctx, w.sys, hook.ID, log.Items[2].ID))
		w.sendAll()
		if got := in.letters(); len(got) != 5 || got[4] != got[0] || in.ids[4] != in.ids[0] {
			t.Errorf("%q", got)
		}
		fresh, err := w.RenewWebhookSecret(ctx, w.sys, hook.ID)
		if err != nil || fresh == secret {
			t.Errorf("%v", err)
		}
		if err := w.DeleteWebhook(ctx, w.sys, hook.ID); err != nil {
			t.Fatal(err)
		}
		w.plan(complaint("2", "漏水"))
		if w.sendAll() != 0 {
			t.Error("told after the end")
		}
	})
}

// A webhook that fails for days is switched off, and the administrators know.
func TestWebhookGivesUp(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property").reaching()
		w.person("admin", "company", "admin")
		ctx := t.Context()
		in := newInbox(t, func(_ int, w http.ResponseWriter) { w.WriteHeader(http.StatusInternalServerError) })
		hook, _, err := w.CreateWebhook(ctx, w.sys, hookEdit(in.URL))
		if err != nil {
			t.Fatal(err)
		}
		kept := func() *huifang.Webhook { return must[*huifang.Webhook](t)(w.reads().Webhook(ctx, w.org.ID, hook.ID)) }
		w.plan(complaint("1", "电梯异响"))
		for day := range 7 {
			w.plan(complaint("d"+string(rune('a'+day)), "漏水"))
			w.sendAll()
			w.setClock(w.clock().Add(24 * time.Hour))
		}
		if got := kept(); got.Active || got.Disabled.IsZero() {
			t.Errorf("%+v", got)
		}
		alerts := must[Paged[*huifang.Alert]](t)(w.Alerts(ctx, w.as("admin"), true, Page{}))
		if n := len(alerts.Items); n != 1 || alerts.Items[0].Kind != "webhook.disabled" {
			t.Errorf("%d alerts", n)
		}
		edit := hookEdit(in.URL)
		must[*huifang.Webhook](t)(w.UpdateWebhook(ctx, w.sys, hook.ID, 0, edit))
		in.answer = func(_ int, w http.ResponseWriter) { w.WriteHeader(http.StatusGone) }
		w.plan(complaint("z", "漏水"))
		w.sendAll()
		if got := kept(); got.Active {
			t.Errorf("%+v", got)
		}
		for _, bad := range []WebhookEdit{
			{},
			{Name: "x", URL: "ftp://x", Events: []string{"case.opened"}},
			{Name: "x", URL: "https://u:p@x", Events: []string{"case.opened"}},
			{Name: "x", URL: "https://x"},
			{Name: "x", URL: "https://x", Events: []string{"nope"}},
		} {
			if _, _, err := w.CreateWebhook(ctx, w.sys, bad); huifang.CodeOf(err) != huifang.CodeInvalid {
				t.Errorf("%+v: %v", bad, err)
			}
		}
	})
}
