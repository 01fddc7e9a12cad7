package app

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/channel"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// robotEdit is a group that leads nowhere; hookEdit a webhook.
func robotEdit() SenderEdit {
	return SenderEdit{Kind: huifang.SenderWeCom, Name: "群", Active: true, Alerts: []string{"case.opened"}, Settings: map[string]string{"url": "https://127.0.0.1:1/send?key=1"}}
}

func hookEdit(url string) WebhookEdit {
	return WebhookEdit{Name: "系统", URL: url, Events: huifang.WebhookEvents(), Active: true}
}

func (x *gate) sender() huifang.ID {
	return must[*huifang.Sender](x.t)(x.CreateSender(context.Background(), x.sys, robotEdit())).ID
}

func (x *gate) webhook() huifang.ID {
	w, _, err := x.CreateWebhook(context.Background(), x.sys, hookEdit("https://example.com"))
	if err != nil {
		x.t.Fatal(err)
	}
	return w.ID
}

// byHand is a message of a follow-up that staff are to send.
func (x *gate) byHand() huifang.ID {
	return must[*huifang.Message](x.t)(x.SendMessage(context.Background(), x.sys, x.open().ID, MessageInput{Channel: huifang.ChannelSMS, Template: "visit"})).ID
}

// inbox is a server that remembers what it is sent and answers as told.
type inbox struct {
	*httptest.Server
	mu     sync.Mutex
	got    []string
	ids    []string
	header []http.Header
	answer func(n int, w http.ResponseWriter)
}

func newInbox(t *testing.T, answer func(n int, w http.ResponseWriter)) *inbox {
	t.Helper()
	in := &inbox{answer: answer}
	in.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		in.mu.Lock()
		in.got, in.ids, in.header = append(in.got, string(b)), append(in.ids, r.Header.Get("webhook-id")), append(in.header, r.Header)
		n := len(in.got)
		in.mu.Unlock()
		if in.answer != nil {
			in.answer(n, w)
		}
	}))
	t.Cleanup(in.Close)
	return in
}

func (in *inbox) letters() []string {
	in.mu.Lock()
	defer in.mu.Unlock()
	return slices.Clone(in.got)
}

// drop hangs up without an answer.
func drop(w http.ResponseWriter) {
	if c, _, err := w.(http.Hijacker).Hijack(); err == nil { //nolint:forcetypeassert // a test server
		_ = c.(*net.TCPConn).SetLinger(0) //nolint:forcetypeassert // a test server
		_ = c.Close()
	}
}

// reaching lets a world reach servers on this machine.
func (w *world) reaching() *world {
	w.network = channel.NewNetwork(true)
	return w
}

// sendAll does every job that is due, and tells how many there were.
func (w *world) sendAll() (n int) {
	w.t.Helper()
	ctx := context.Background()
	handlers := map[string]func(context.Context, *huifang.Job) error{JobMessage: w.DeliverMessage, JobSend: w.PassMessage, JobDelivery: w.TellWebhook}
	for {
		var jobs []*huifang.Job
		w.write(func(tx *store.Tx) (err error) {
			jobs, err = tx.ClaimJobs(ctx, w.org.ID, w.clock(), w.clock().Add(time.Minute), 10)
			return err
		})
		if len(jobs) == 0 {
			return n
		}
		for _, j := range jobs {
			if do := handlers[j.Kind]; do != nil {
				if err := do(ctx, j); err != nil {
					w.t.Fatalf("%s: %v", j.Kind, err)
				}
				n++
			}
			w.write(func(tx *store.Tx) error { return tx.FinishJobs(ctx, w.clock(), j) })
		}
	}
}

// gateway sets up a sender of text messages.
func (w *world) gateway(url string) *huifang.Sender {
	w.t.Helper()
	settings := map[string]string{"url": url, "body": "m=${phone}&c=${text}&k=${secret}", "secret": "tiger", "sign": "【青禾】", "ref": "id"}
	return must[*huifang.Sender](w.t)(w.CreateSender(context.Background(), w.sys, SenderEdit{Kind: huifang.SenderSMS, Name: "短信", Active: true, Settings: settings}))
}

func (w *world) message(id huifang.ID) *huifang.Message {
	w.t.Helper()
	return must[*huifang.Message](w.t)(w.reads().Message(context.Background(), w.org.ID, id))
}

// write to the contact of a follow-up by SMS.
func (w *world) text(f huifang.ID, template string) *huifang.Message {
	w.t.Helper()
	return must[*huifang.Message](w.t)(w.SendMessage(context.Background(), w.as("east_steward"), f, MessageInput{Channel: huifang.ChannelSMS, Template: template, Base: "https://hf.test"}))
}

func TestMessageReaches(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property").reaching()
		in := newInbox(t, func(_ int, w http.ResponseWriter) { _, _ = io.WriteString(w, `{"id":"SM-1"}`) })
		sender := w.gateway(in.URL)
		f := w.plan(complaint("1", "电梯异响"))
		m := w.text(f.ID, "survey")
		if m.State != huifang.MessagePlanned || m.To != "138****2628" || m.Sender != sender.ID || strings.Contains(m.Body, "/s/hfq_A") || !strings.Contains(m.Body, "/s/hfq_••") {
			t.Errorf("%+v", m)
		}
		if n := w.sendAll(); n != 1 || w.sendAll() != 0 {
			t.Errorf("%d jobs", n)
		}
		got := in.letters()
		if len(got) != 1 || !strings.HasPrefix(got[0], "m=13812342628&c=%E3%80%90%E9%9D%92%E7%A6%BE%E3%80%91") || !strings.HasSuffix(got[0], "&k=tiger") {
			t.Fatalf("%q", got)
		}
		kept := w.message(m.ID)
		if kept.State != huifang.MessageSent || kept.Ref != "SM-1" || kept.Tries != 1 || kept.Done.IsZero() || surveySecret.MatchString(kept.Body) {
			t.Errorf("%+v", kept)
		}
		// The link in the message works.
		secret := got[0][strings.Index(got[0], "hfq_"):strings.Index(got[0], "&k=")]
		if open := must[*Survey](t)(w.Survey(t.Context(), secret, "a")); open.State != SurveyOpen {
			t.Errorf("%+v", open)
		}
		// The gateway says later that it arrived.
		for range 2 {
			if err := w.ReportMessage(t.Context(), w.sys, "SM-1", true, ""); err != nil || w.message(m.ID).State != huifang.MessageDelivered {
				t.Errorf("%v %s", err, w.message(m.ID).State)
			}
		}
		page := must[Paged[*huifang.Message]](t)(w.Messages(t.Context(), w.as("east_steward"), MessageFilter{Followup: f.ID}, Page{}))
		if len(page.Items) != 1 || page.Items[0].To != "138****2628" {
			t.Errorf("%+v", page.Items)
		}
	})
}

// A message that fails is tried again, further and further apart, and given up
// in the end, of which somebody is told.
func TestMessageRetries(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property").reaching()
		in := newInbox(t, func(_ int, w http.ResponseWriter) { w.WriteHeader(http.StatusServiceUnavailable) })
		w.gateway(in.URL)
		f := w.plan(complaint("1", "电梯异响"))
		m := w.text(f.ID, "visit")
		for range len(sendPauses()) + 3 {
			w.sendAll()
			w.setClock(w.clock().Add(24 * time.Hour).Truncate(24 * time.Hour).Add(2 * time.Hour)) // the next morning
		}
		kept := w.message(m.ID)
		if len(in.letters()) != len(sendPauses())+1 || kept.State != huifang.MessageFailed || kept.Reason != "message.tries" || !strings.Contains(kept.Error, "503") {
			t.Errorf("%d tries, %+v", len(in.letters()), kept)
		}
		alerts := must[Paged[*huifang.Alert]](t)(w.Alerts(t.Context(), &huifang.Actor{Org: w.org.ID, Staff: f.Lead}, true, Page{}))
		if !slices.ContainsFunc(alerts.Items, func(a *huifang.Alert) bool { return a.Kind == "message.failed" && a.Followup == f.ID }) {
			t.Errorf("told %+v", alerts.Items)
		}
		in.answer = nil
		again := must[*huifang.Message](t)(w.RetryMessage(t.Context(), w.as("east_steward"), m.ID))
		if again.State != huifang.MessagePlanned {
			t.Errorf("%+v", again)
		}
		w.sendAll()
		if got := w.message(m.ID); got.State != huifang.MessageSent {
			t.Errorf("%+v", got)
		}
	})
}

// A text message whose fate is unknown is never sent twice; one that the far
// side knows again is.
func TestMessageOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property").reaching()
		lost := func(n int, w http.ResponseWriter) {
			if n == 1 {
				drop(w)
			}
		}
		in := newInbox(t, lost)
		w.gateway(in.URL)
		f := w.plan(complaint("1", "电梯异响"))
		m := w.text(f.ID, "visit")
		w.sendAll()
		w.setClock(w.clock().Add(time.Hour))
		w.sendAll()
		if got := w.message(m.ID); len(in.letters()) != 1 || got.State != huifang.MessageFailed || got.Reason != "message.unknown" {
			t.Errorf("%d sent, %+v", len(in.letters()), got)
		}

		// The process ends while a message is leaving.
		m = w.text(f.ID, "visit")
		w.write(func(tx *store.Tx) error {
			one, err := tx.Message(t.Context(), w.org.ID, m.ID)
			if err != nil {
				return err
			}
			one.State, one.Tries = huifang.MessageSending, 1
			return tx.UpdateMessage(t.Context(), one)
		})
		w.sendAll()
		if got := w.message(m.ID); len(in.letters()) != 1 || got.Reason != "message.unknown" {
			t.Errorf("%d sent, %+v", len(in.letters()), got)
		}

		hook := newInbox(t, lost)
		must[*huifang.Sender](t)(w.CreateSender(t.Context(), w.sys, SenderEdit{
			Kind: huifang.SenderWebhook, Name: "邮件", Channel: huifang.ChannelWeChat, Active: true, Settings: map[string]string{"url": hook.URL, "secret": "whsec_YQ=="},
		}))
		c := must[*huifang.Contact](t)(w.reads().Contact(t.Context(), w.org.ID, f.Contact))
		c.Attributes = huifang.Attributes{"openid": "o-1"}
		w.write(func(tx *store.Tx) error { return tx.SaveContact(t.Context(), c) })
		m = must[*huifang.Message](t)(w.SendMessage(t.Context(), w.as("east_steward"), f.ID, MessageInput{Channel: huifang.ChannelWeChat, Template: "visit"}))
		w.sendAll()
		w.setClock(w.clock().Add(time.Hour))
		w.sendAll()
		if got := w.message(m.ID); len(hook.ids) != 2 || hook.ids[0] != hook.ids[1] || got.State != huifang.MessageSent || !strings.Contains(hook.letters()[1], `"to":"o-1"`) {
			t.Errorf("%v, %+v", hook.ids, got)
		}
	})
}

func TestMessageRespectsTheContact(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property").reaching()
		ctx := t.Context()
		in := newInbox(t, nil)
		w.setClock(local("2026-03-02 21:30"))
		f := w.plan(complaint("1", "电梯异响"))
		// Nothing is set up: staff send it.
		m := w.text(f.ID, "survey")
		if m.State != huifang.MessageManual || m.Reason != "message.no_sender" || !surveySecret.MatchString(m.Body) {
			t.Errorf("%+v", m)
		}
		if got := must[*huifang.Message](t)(w.MarkMessageSent(ctx, w.as("east_steward"), m.ID)); got.State != huifang.MessageSent || got.By != w.as("east_steward").Staff || surveySecret.MatchString(w.message(m.ID).Body) {
			t.Errorf("%+v", got)
		}
		sender := w.gateway(in.URL)
		// Quiet hours end at eight.
		late := w.text(f.ID, "visit")
		if !late.Due.Equal(local("2026-03-03 08:00")) || w.sendAll() != 0 {
			t.Errorf("due %s", late.Due)
		}
		// They changed meanwhile.
		must[*huifang.Organization](t)(w.SetQuiet(ctx, w.sys, "", "20:00-09:00"))
		w.setClock(local("2026-03-03 08:00"))
		w.sendAll()
		if got := w.message(late.ID); got.State != huifang.MessagePlanned || !got.Due.Equal(local("2026-03-03 09:00")) || len(in.letters()) != 0 {
			t.Errorf("%+v", got)
		}
		cancelled := w.text(f.ID, "visit")
		must[*huifang.Message](t)(w.CancelMessage(ctx, w.as("east_steward"), cancelled.ID))
		_, err := w.RetryMessage(ctx, w.as("east_steward"), cancelled.ID)
		wantReason(t, err, "message.state")
		// Somebody asks to be left alone in time.
		if _, _, err := w.SetDoNotContact(ctx, w.sys, f.Contact, 0, true, "来电要求"); err != nil {
			t.Fatal(err)
		}
		w.setClock(local("2026-03-03 10:00"))
		w.sendAll()
		if got := w.message(late.ID); got.State != huifang.MessageCancelled || got.Reason != "contact.do_not_contact" || len(in.letters()) != 0 {
			t.Errorf("%+v, %d sent", got, len(in.letters()))
		}
		// A sender that is switched off leaves the rest to staff.
		g := w.plan(complaint("2", "漏水"))
		last := w.text(g.ID, "visit")
		must[*huifang.Sender](t)(w.UpdateSender(ctx, w.sys, sender.ID, 0, SenderEdit{Name: "短信", Settings: sender.Settings}))
		w.sendAll()
		if got := w.message(last.ID); got.State != huifang.MessageManual || got.Reason != "message.no_sender" {
			t.Errorf("%+v", got)
		}
		_, err = w.SendMessage(ctx, w.as("east_steward"), g.ID, MessageInput{Channel: huifang.ChannelPhone, Template: "visit"})
		wantReason(t, err, "message.channel")
		_, err = w.SendMessage(ctx, w.as("east_steward"), g.ID, MessageInput{Channel: huifang.ChannelSMS, Template: "nope"})
		wantReason(t, err, "template.unknown")
	})
}

// A step that sends a message: the dental practice's booking.
func TestStepSends(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "dental").reaching()
		in := newInbox(t, nil)
		book := func(key string) {
			w.must(EventInput{
				Key: key, Type: "appointment.booked", At: w.clock(), Unit: "east", Contact: ContactInput{Code: "P-" + key, Name: "周敏", Phones: []string{"13812342628"}, Owner: "east_steward"},
				Attributes: huifang.Attributes{"appointment_at": "2026-03-05T09:30"},
			})
			if _, err := w.Tick(t.Context(), w.clock(), 100); err != nil {
				t.Fatal(err)
			}
			w.sendAll()
		}
		last := func() *huifang.Message {
			page := must[Paged[*huifang.Message]](t)(w.Messages(t.Context(), w.sys, MessageFilter{}, Page{}))
			if len(page.Items) == 0 {
				t.Fatal("no message")
			}
			return page.Items[0]
		}
		book("1")
		if m := last(); m.State != huifang.MessageManual || m.Template != "appointment_message" || !strings.Contains(m.Body, "周敏") {
			t.Errorf("%+v", m)
		}
		w.gateway(in.URL)
		book("2")
		if m := last(); m.State != huifang.MessageSent || len(in.letters()) != 1 {
			t.Errorf("%+v", m)
		}
		// The organization's own text takes the place of the pack's.
		must[*huifang.MessageTemplate](t)(w.SaveMessageTemplate(t.Context(), w.sys, huifang.MessageTemplate{
			Code: "appointment_message", Name: huifang.Text{ZH: "预约"}, Body: huifang.Text{ZH: "{{contact}}，{{attr.appointment_at}} 见"},
		}))
		book("3")
		if m := last(); m.Body != "周敏，2026-03-05T09:30 见" {
			t.Errorf("%+v", m)
		}
		if n := len(in.letters()); n != 2 {
			t.Errorf("%d sent", n)
		}
	})
}

func TestSenderSecrets(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property").reaching()
		w.key = []byte("0123456789abcdef0123456789abcdef")
		ctx := t.Context()
		in := newInbox(t, nil)
		made := w.gateway(in.URL)
		if made.Settings["secret"] != shownSecret || made.Secrets != "" {
			t.Errorf("%+v", made)
		}
		kept := must[*huifang.Sender](t)(w.reads().Sender(ctx, w.org.ID, made.ID))
		if strings.Contains(kept.Secrets, "tiger") || kept.Settings["secret"] != "" || !strings.HasPrefix(kept.Secrets, "v1.") {
			t.Errorf("%+v", kept)
		}
		// Saved again with dots: the secret stays; with another one, it is another.
		for n, secret := range []string{shownSecret, "lion"} {
			edit := SenderEdit{Name: "短信", Active: true, Settings: must[[]*huifang.Sender](t)(w.Senders(ctx, w.sys))[0].Settings}
			edit.Settings["secret"] = secret
			must[*huifang.Sender](t)(w.UpdateSender(ctx, w.sys, made.ID, 0, edit))
			if err := w.TestSender(ctx, w.sys, made.ID, "13800000000"); err != nil {
				t.Fatal(err)
			}
			if got, want := in.letters()[n], []string{"&k=tiger", "&k=lion"}[n]; !strings.HasSuffix(got, want) {
				t.Errorf("%s, want %s", got, want)
			}
		}
		// Another key, or another organization's row, opens nothing.
		if _, err := w.unseal("01a20973-6fc2-76c4-a8a1-1923160d59c5", kept.Secrets); huifang.ReasonOf(err) != "secret.sealed" {
			t.Errorf("%v", err)
		}
		w.key = []byte("another key of thirty-two bytes!")
		wantReason(t, w.TestSender(ctx, w.sys, made.ID, "13800000000"), "secret.sealed")
		in.answer = func(_ int, w http.ResponseWriter) { w.WriteHeader(http.StatusForbidden) }
		other := w.gateway(in.URL)
		wantReason(t, w.TestSender(ctx, w.sys, other.ID, "13800000000"), "sender.failed")
		_, err := w.CreateSender(ctx, w.sys, SenderEdit{Kind: huifang.SenderSMS, Name: "x", Settings: map[string]string{}})
		if wantReason(t, err, "sender.setting"); asError(err).At.Field != "settings.url" {
			t.Errorf("at %s", asError(err).At.Field)
		}
	})
}

// A group is told of an alert once, however many people it goes to.
func TestGroupsAreTold(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property").reaching()
		in := newInbox(t, func(_ int, w http.ResponseWriter) { _, _ = io.WriteString(w, `{"errcode":0}`) })
		edit := robotEdit()
		edit.Settings["url"] = in.URL
		must[*huifang.Sender](t)(w.CreateSender(t.Context(), w.sys, edit))
		f := w.plan(complaint("1", "电梯异响"))
		w.complete(f.ID, "east_steward", huifang.VerdictDissatisfied)
		w.sendAll()
		if got := in.letters(); len(got) != 1 || !strings.Contains(got[0], "诉求") {
			t.Errorf("%q", got)
		}
	})
}
