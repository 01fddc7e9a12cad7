package app

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// MessageFilter selects messages.
type MessageFilter = store.MessageFilter

// Messages lists the newest first: of a follow-up for its readers, of a contact
// with contact.read, all of them with organization.manage. Numbers are masked,
// and so are links by which a survey could be answered.
func (a *App) Messages(ctx context.Context, actor *huifang.Actor, f MessageFilter, p Page) (Paged[*huifang.Message], error) {
	none := Paged[*huifang.Message]{}
	switch {
	case f.Followup != "":
		of, err := a.reads().Followup(ctx, actor.Org, f.Followup)
		if err != nil {
			return none, err
		}
		if err := huifang.CanReadFollowup(actor, of); err != nil {
			return none, err
		}
	case f.Contact != "":
		if _, err := a.contactFor(ctx, actor, f.Contact, huifang.PermContactRead); err != nil {
			return none, err
		}
	default:
		if err := organizationWide(actor, huifang.PermOrganization); err != nil {
			return none, err
		}
	}
	p.Desc = true
	page, err := a.reads().Messages(ctx, actor.Org, f, p)
	for _, m := range page.Items {
		maskMessage(m)
	}
	return page, err
}

// surveySecret finds the secret in a link.
var surveySecret = regexp.MustCompile(surveyPrefix + `[A-Za-z0-9_-]{20,}`)

// maskMessage hides whom a message goes to, and the link in it unless staff are
// to send it by hand.
func maskMessage(m *huifang.Message) {
	if name, domain, mail := strings.Cut(m.To, "@"); mail {
		m.To = cut(name, 2) + "***@" + domain
	} else {
		m.To = maskPhone(m.To)
	}
	if m.State != huifang.MessageManual {
		m.Body = surveySecret.ReplaceAllString(m.Body, surveyPrefix+"••••••")
	}
}

// MessageInput is a message that staff send about a follow-up.
type MessageInput struct {
	Channel  huifang.Channel // SMS, WeChat or e-mail
	Template string
	Lang     huifang.Lang // default: the organization's
	Base     string       // address under which the caller reached the installation, for links where no other is set
}

// SendMessage plans a message to the contact of a follow-up, filled from a
// template, and gives it to a sender as soon as the contact's quiet hours allow.
// Where none is set up for the channel, or the contact has no address for it,
// the message is manual and says why: staff send it by hand and mark it. Work
// permission on the follow-up. A contact who asked to be left alone is
// contact.do_not_contact.
func (a *App) SendMessage(ctx context.Context, actor *huifang.Actor, followup huifang.ID, in MessageInput) (m *huifang.Message, err error) {
	if !slices.Contains(written(), in.Channel) {
		return nil, fieldFault("channel", "message.channel", huifang.Text{ZH: "消息只能用短信、微信或邮件发送", EN: "messages go by SMS, WeChat or e-mail"})
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		f, err := loadOpen(ctx, tx, actor, followup, 0, huifang.CanWorkFollowup)
		if err != nil {
			return err
		}
		p := planned{actor: actor, followup: f, template: in.Template, order: []huifang.Channel{in.Channel}, lang: in.Lang, base: in.Base}
		if m, err = a.planMessage(ctx, tx, d, &p); err != nil {
			return err
		}
		if m.Reason == "contact.do_not_contact" {
			return huifang.Fail(huifang.CodeConflict, m.Reason, huifang.Text{ZH: "客户要求不再联系，不能发送消息", EN: "the contact asked to be left alone; nothing is sent"})
		}
		return a.audit(ctx, tx, actor, "message.planned", "followup", f.ID, map[string]any{"message": m.ID, "channel": m.Channel, "template": m.Template, "state": m.State})
	})
	if err != nil {
		return nil, err
	}
	out := *m
	maskMessage(&out)
	return &out, nil
}

// MarkMessageSent notes that staff sent a manual message by hand. Work
// permission on the follow-up.
func (a *App) MarkMessageSent(ctx context.Context, actor *huifang.Actor, id huifang.ID) (*huifang.Message, error) {
	return a.alterMessage(ctx, actor, id, "message.sent_by_hand", []huifang.MessageState{huifang.MessageManual, huifang.MessageFailed}, func(_ *store.Tx, m *huifang.Message) error {
		m.State, m.Done, m.By, m.Reason = huifang.MessageSent, a.now(), actor.Staff, "message.by_hand"
		m.Body = surveySecret.ReplaceAllString(m.Body, surveyPrefix+"••••••")
		return nil
	})
}

// RetryMessage gives a failed or manual message to a sender again. Work
// permission on the follow-up.
func (a *App) RetryMessage(ctx context.Context, actor *huifang.Actor, id huifang.ID) (*huifang.Message, error) {
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	return a.alterMessage(ctx, actor, id, "message.retried", []huifang.MessageState{huifang.MessageManual, huifang.MessageFailed}, func(tx *store.Tx, m *huifang.Message) error {
		if err := a.route(ctx, tx, m, []huifang.Channel{m.Channel}); err != nil {
			return err
		}
		if m.State == huifang.MessagePlanned {
			m.Tries, m.Error, m.Done = 0, "", m.Due
			return a.enqueueMessage(ctx, tx, d, m)
		}
		return nil
	})
}

// CancelMessage keeps a message that has not left from being sent. Work
// permission on the follow-up.
func (a *App) CancelMessage(ctx context.Context, actor *huifang.Actor, id huifang.ID) (*huifang.Message, error) {
	open := []huifang.MessageState{huifang.MessagePlanned, huifang.MessageManual, huifang.MessageFailed}
	return a.alterMessage(ctx, actor, id, "message.cancelled", open, func(_ *store.Tx, m *huifang.Message) error {
		m.State, m.Reason, m.Done = huifang.MessageCancelled, "message.cancelled", a.now()
		return nil
	})
}

func (a *App) alterMessage(ctx context.Context, actor *huifang.Actor, id huifang.ID, action string, from []huifang.MessageState,
	change func(*store.Tx, *huifang.Message) error,
) (m *huifang.Message, err error) {
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		if m, err = tx.Message(ctx, actor.Org, id); err != nil {
			return err
		}
		if err := a.canHandle(ctx, tx, actor, m); err != nil {
			return err
		}
		if !slices.Contains(from, m.State) {
			return huifang.Fail(huifang.CodeConflict, "message.state", huifang.Textf("消息当前状态为 %s，不能进行此操作", "the message is %s; this cannot be done to it", m.State))
		}
		if err := change(tx, m); err != nil {
			return err
		}
		if err := tx.UpdateMessage(ctx, m); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, action, "followup", m.Followup, map[string]any{"message": m.ID})
	})
	if err != nil {
		return nil, err
	}
	maskMessage(m)
	return m, nil
}

// canHandle decides who may change a message: who may work its follow-up.
func (a *App) canHandle(ctx context.Context, tx *store.Tx, actor *huifang.Actor, m *huifang.Message) error {
	if m.Followup == "" || m.Contact == "" {
		return organizationWide(actor, huifang.PermOrganization)
	}
	f, err := tx.Followup(ctx, actor.Org, m.Followup)
	if err != nil {
		return err
	}
	return huifang.CanWorkFollowup(actor, f)
}

// ReportMessage takes what a medium says of a message later: that it arrived, or
// that it did not, with the reason. The message is named by our id or by the
// medium's. event.ingest over the whole organization.
func (a *App) ReportMessage(ctx context.Context, actor *huifang.Actor, ref string, delivered bool, problem string) error {
	if err := organizationWide(actor, huifang.PermEventIngest); err != nil {
		return err
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		var m *huifang.Message
		var err error
		if _, ours := huifang.ID(ref).Bytes(); ours {
			m, err = tx.Message(ctx, actor.Org, huifang.ID(ref))
		} else {
			m, err = tx.MessageByRef(ctx, actor.Org, ref)
		}
		if err != nil {
			return err
		}
		switch {
		case m.State == huifang.MessageDelivered || m.State == huifang.MessageCancelled:
			return nil
		case delivered:
			m.State, m.Done, m.Reason, m.Error = huifang.MessageDelivered, a.now(), "", ""
			return tx.UpdateMessage(ctx, m)
		}
		d, err := a.directory(ctx, actor.Org)
		if err != nil {
			return err
		}
		m.State, m.Done, m.Reason, m.Error = huifang.MessageFailed, a.now(), "message.undelivered", cut(problem, 500)
		if err := tx.UpdateMessage(ctx, m); err != nil {
			return err
		}
		return a.tellFailed(ctx, tx, d, m)
	})
}
