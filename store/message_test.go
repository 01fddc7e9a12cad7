package store_test

import (
	"context"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func TestSurveyLinks(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		f := fullFollowup(t, org)
		write(t, s, func(tx *store.Tx) error { return tx.InsertFollowups(ctx, 2026, f) })
		link := func(hash string) *huifang.SurveyLink {
			l := &huifang.SurveyLink{Org: org, ID: newID(), Hash: hash, Followup: f.ID, Created: noon, By: newID(), Expires: noon.AddDate(0, 0, 7)}
			write(t, s, func(tx *store.Tx) error { return tx.InsertSurveyLink(ctx, l) })
			return l
		}
		a, b := link("a"), link("b")
		same(t, must(s.View().SurveyLinkByHash(ctx, "a"))(t), a)
		_, err := s.View().SurveyLinkByHash(ctx, "c")
		wantCode(t, err, huifang.CodeNotFound, "survey.not_found")
		use := func(org huifang.ID, l *huifang.SurveyLink) error {
			return s.Write(ctx, func(tx *store.Tx) error { return tx.UseSurveyLink(ctx, org, l.ID, noon) })
		}
		wantCode(t, use(newOrg(t, s), a), huifang.CodeConflict, "")
		if err := use(org, a); err != nil {
			t.Fatal(err)
		}
		wantCode(t, use(org, a), huifang.CodeConflict, "")
		write(t, s, func(tx *store.Tx) error { return tx.RevokeSurveyLinks(ctx, org, f.ID, noon) })
		wantCode(t, use(org, b), huifang.CodeConflict, "")
		a.Used, b.Revoked = noon, noon
		found := must(s.View().SurveyLinks(ctx, org, f.ID))(t)
		for _, l := range found {
			same(t, l, map[huifang.ID]*huifang.SurveyLink{a.ID: a, b.ID: b}[l.ID])
		}
		if len(found) != 2 {
			t.Errorf("%d links", len(found))
		}
	})
}

func TestMessages(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org, other := newOrg(t, s), newOrg(t, s)
		m := filled[huifang.Message](t)
		m.Org, m.Row = org, 0
		insert := func(m *huifang.Message) (fresh bool) {
			write(t, s, func(tx *store.Tx) (err error) { fresh, err = tx.InsertMessage(ctx, m); return err })
			return fresh
		}
		if !insert(m) || m.Row != 1 {
			t.Fatalf("row %d", m.Row)
		}
		same(t, must(s.View().Message(ctx, org, m.ID))(t), m)
		same(t, must(s.View().MessageByRef(ctx, org, m.Ref))(t), m)
		_, err := s.View().Message(ctx, other, m.ID)
		wantCode(t, err, huifang.CodeNotFound, "message.not_found")
		again := *m
		again.ID, again.Row = newID(), 0
		if insert(&again) {
			t.Error("the same message twice")
		}
		elsewhere := *m
		elsewhere.Org, elsewhere.Row = other, 0
		if !insert(&elsewhere) {
			t.Error("another organization's message stood in the way")
		}
		m.State, m.Tries, m.Done = huifang.MessageFailed, 3, noon
		write(t, s, func(tx *store.Tx) error { return tx.UpdateMessage(ctx, m) })
		same(t, must(s.View().Message(ctx, org, m.ID))(t), m)
		stale := *m
		stale.Row = 1
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.UpdateMessage(ctx, &stale) }), huifang.CodeConflict, "store.stale")
		for _, f := range []store.MessageFilter{{}, {Followup: m.Followup}, {Contact: m.Contact}, {States: []huifang.MessageState{huifang.MessageFailed}}} {
			same(t, must(s.View().Messages(ctx, org, f, store.Page{}))(t).Items, []*huifang.Message{m})
		}
		for _, f := range []store.MessageFilter{{Followup: newID()}, {Contact: newID()}, {States: []huifang.MessageState{huifang.MessageSent}}} {
			if n := len(must(s.View().Messages(ctx, org, f, store.Page{}))(t).Items); n != 0 {
				t.Errorf("%+v finds %d", f, n)
			}
		}
	})
}

func TestSendersAndTemplates(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org, other := newOrg(t, s), newOrg(t, s)
		v := filled[huifang.Sender](t)
		v.Org, v.Version = org, 0
		for range 2 {
			write(t, s, func(tx *store.Tx) error { return tx.SaveSender(ctx, v) })
			same(t, must(s.View().Sender(ctx, org, v.ID))(t), v)
		}
		same(t, must(s.View().Senders(ctx, org))(t), []*huifang.Sender{v})
		drop := func(org huifang.ID) error {
			return s.Write(ctx, func(tx *store.Tx) error { return tx.DeleteSender(ctx, org, v.ID) })
		}
		wantCode(t, drop(other), huifang.CodeNotFound, "sender.not_found")
		if err := drop(org); err != nil {
			t.Fatal(err)
		}
		_, err := s.View().Sender(ctx, org, v.ID)
		wantCode(t, err, huifang.CodeNotFound, "sender.not_found")

		m := filled[huifang.MessageTemplate](t)
		m.Org, m.Row = org, 0
		for range 2 {
			write(t, s, func(tx *store.Tx) error { return tx.SaveMessageTemplate(ctx, m) })
			same(t, must(s.View().MessageTemplates(ctx, org))(t), []*huifang.MessageTemplate{m})
		}
		fresh := *m
		fresh.Row = 0
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.SaveMessageTemplate(ctx, &fresh) }), huifang.CodeConflict, store.ReasonDuplicate)
		write(t, s, func(tx *store.Tx) error { return tx.DeleteMessageTemplate(ctx, org, m.Code) })
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.DeleteMessageTemplate(ctx, org, m.Code) }), huifang.CodeNotFound, "template.not_found")
	})
}

func TestWebhooks(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org, other := newOrg(t, s), newOrg(t, s)
		w := filled[huifang.Webhook](t)
		w.Org, w.Version = org, 0
		for range 2 {
			write(t, s, func(tx *store.Tx) error { return tx.SaveWebhook(ctx, w) })
			same(t, must(s.View().Webhook(ctx, org, w.ID))(t), w)
		}
		same(t, must(s.View().Webhooks(ctx, org))(t), []*huifang.Webhook{w})
		d := filled[huifang.WebhookDelivery](t)
		d.Org, d.Webhook, d.Row = org, w.ID, 0
		for range 2 {
			write(t, s, func(tx *store.Tx) error { return tx.SaveDelivery(ctx, d) })
			same(t, must(s.View().Delivery(ctx, org, w.ID, d.ID))(t), d)
		}
		same(t, must(s.View().Deliveries(ctx, org, w.ID, store.Page{Desc: true}))(t).Items, []*huifang.WebhookDelivery{d})
		write(t, s, func(tx *store.Tx) error { return tx.DeleteDeliveries(ctx, other, d.Done.AddDate(1, 0, 0)) })
		write(t, s, func(tx *store.Tx) error { return tx.DeleteDeliveries(ctx, org, d.Done) })
		same(t, must(s.View().Delivery(ctx, org, w.ID, d.ID))(t), d)
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.DeleteWebhook(ctx, other, w.ID) }), huifang.CodeNotFound, "webhook.not_found")
		write(t, s, func(tx *store.Tx) error { return tx.DeleteWebhook(ctx, org, w.ID) })
		_, err := s.View().Delivery(ctx, org, w.ID, d.ID)
		wantCode(t, err, huifang.CodeNotFound, "delivery.not_found")
	})
}
