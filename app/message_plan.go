package app

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/store"
)

// planned is a message to be made.
type planned struct {
	actor    *huifang.Actor
	followup *huifang.Followup
	template string
	order    []huifang.Channel // by preference
	lang     huifang.Lang
	base     string // see MessageInput
	once     string
}

// DeliverMessage plans the message that a step sends when its window opens, see
// JobMessage. It goes out by the first of the follow-up's channels that a sender
// takes and the contact has an address for; where there is none, whoever answers
// for the follow-up is told to send it by hand.
func (a *App) DeliverMessage(ctx context.Context, j *huifang.Job) error {
	var in message
	if err := json.Unmarshal([]byte(j.Args), &in); err != nil {
		return huifang.Wrap(err)
	}
	d, err := a.directory(ctx, j.Org)
	if err != nil {
		return err
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		f, err := tx.Followup(ctx, j.Org, in.Followup)
		if err != nil || f.State != huifang.StatePlanned {
			return err
		}
		p := planned{actor: system(j.Org), followup: f, template: in.Template, once: "step/" + string(f.ID) + "/" + in.Template}
		for _, ch := range f.Channels {
			if ch == huifang.ChannelSMS || ch == huifang.ChannelWeChat || ch == huifang.ChannelEmail {
				p.order = append(p.order, ch)
			}
		}
		m, err := a.planMessage(ctx, tx, d, &p)
		if err != nil || m.Row == 0 || m.State != huifang.MessageManual {
			return err
		}
		who := []huifang.ID{f.Lead}
		if f.Lead == "" {
			who = d.inCharge(f.Unit)
		}
		return a.tell(ctx, tx, d, "message.due", f, who...)
	})
}

// planMessage fills a message, chooses who takes it, keeps it, and has it sent.
// Row stays 0 where the same was planned before.
func (a *App) planMessage(ctx context.Context, tx *store.Tx, d *directory, p *planned) (*huifang.Message, error) {
	f := p.followup
	m := &huifang.Message{
		Org: f.Org, ID: a.newID(), Once: p.once, Followup: f.ID, Contact: f.Contact, Template: p.template, Lang: p.lang, Created: a.now(), Due: a.now(), By: p.actor.Staff,
	}
	if m.Lang == "" {
		m.Lang = d.org.Lang
	}
	if err := a.route(ctx, tx, m, p.order); err != nil {
		return nil, err
	}
	if m.State != huifang.MessageCancelled {
		if err := a.fillMessage(ctx, tx, d, p, m); err != nil {
			return nil, err
		}
	}
	fresh, err := tx.InsertMessage(ctx, m)
	if err != nil || !fresh || m.State != huifang.MessagePlanned {
		return m, err
	}
	return m, a.enqueueMessage(ctx, tx, d, m)
}

// route chooses channel, sender and address: the first channel for which there
// are all three. Without them the message is manual; a contact who asked to be
// left alone gets none.
func (a *App) route(ctx context.Context, tx *store.Tx, m *huifang.Message, order []huifang.Channel) error {
	m.State, m.Sender, m.To, m.Reason = huifang.MessageManual, "", "", "message.no_sender"
	if len(order) > 0 {
		m.Channel = order[0]
	}
	c := &huifang.Contact{}
	if m.Contact != "" {
		var err error
		if c, err = tx.Contact(ctx, m.Org, m.Contact); err != nil {
			return err
		}
	}
	if c.DoNotContact {
		m.State, m.Reason, m.Done = huifang.MessageCancelled, "contact.do_not_contact", a.now()
		return nil
	}
	senders, err := tx.Senders(ctx, m.Org)
	if err != nil {
		return err
	}
	for _, ch := range order {
		to := addressOf(c, ch)
		for _, s := range senders {
			switch {
			case !s.Active || s.Channel != ch:
			case to == "":
				m.Reason = "message.no_address"
			default:
				m.Channel, m.Sender, m.To, m.State, m.Reason = ch, s.ID, to, huifang.MessagePlanned, ""
				return nil
			}
		}
	}
	return nil
}

// addressOf is where a contact is reached on a channel, "" where nowhere.
func addressOf(c *huifang.Contact, ch huifang.Channel) string {
	switch ch { //nolint:exhaustive // nothing is written on the others
	case huifang.ChannelEmail:
		return c.Email
	case huifang.ChannelSMS:
		for _, phone := range c.Phones {
			if digits := strings.TrimPrefix(strings.TrimPrefix(phone, "+86"), "86"); len(digits) == 11 && digits[0] == '1' || strings.HasPrefix(phone, "+") {
				return phone
			}
		}
	case huifang.ChannelWeChat:
		for _, name := range []string{"openid", "wechat"} {
			if id := c.Attributes.String(name); id != "" {
				return id
			}
		}
	}
	return ""
}

// fillMessage writes subject and text. One that wants a link makes one; where
// nobody said under which address customers come here, it is manual.
func (a *App) fillMessage(ctx context.Context, tx *store.Tx, d *directory, p *planned, m *huifang.Message) error {
	own, err := tx.MessageTemplates(ctx, m.Org)
	if err != nil {
		return err
	}
	text, err := d.messageText(own, p.template)
	if err != nil {
		return err
	}
	values, err := a.messageValues(ctx, tx, d, p, m.Lang)
	if err != nil {
		return err
	}
	if strings.Contains(text.Body.In(m.Lang), "{{link") {
		base := d.org.Settings.Address
		if base == "" {
			base = p.base
		}
		if base == "" {
			m.State, m.Sender, m.Reason = huifang.MessageManual, "", "message.no_address_of_ours"
		} else {
			link, err := a.linkTo(ctx, tx, d, p.actor, p.followup)
			if err != nil {
				return err
			}
			values["link"] = base + "/s/" + link.Secret
		}
	}
	fill := func(t huifang.Text) string { return pack.Phrase{Text: t}.Fill(m.Lang, values) }
	m.Subject, m.Body = fill(text.Subject), fill(text.Body)
	return nil
}

// messageValues are what the placeholders of a message stand for, as of phrases.
func (a *App) messageValues(ctx context.Context, tx *store.Tx, d *directory, p *planned, lang huifang.Lang) (map[string]string, error) {
	detail := &FollowupDetail{}
	whole, err := detail.load(ctx, &tx.Reads, p.followup)
	if err != nil {
		return nil, err
	}
	detail.FollowupLine = d.line(p.followup, whole, detail.Asset, a.now())
	return d.phraseValues(p.actor, detail, lang, a), nil
}

// enqueueMessage has a planned message sent once the contact may be disturbed.
func (a *App) enqueueMessage(ctx context.Context, tx *store.Tx, d *directory, m *huifang.Message) error {
	if m.Due = a.now(); m.Contact != "" {
		c, err := tx.Contact(ctx, m.Org, m.Contact)
		if err != nil {
			return err
		}
		unit := c.Unit
		if m.Followup != "" {
			f, err := tx.Followup(ctx, m.Org, m.Followup)
			if err != nil {
				return err
			}
			unit = f.Unit
		}
		m.Due = d.awake(c, unit, m.Due)
	}
	return a.enqueueSend(ctx, tx, m)
}

// awake is the first instant from at on at which a contact may be disturbed.
func (d *directory) awake(c *huifang.Contact, unit huifang.ID, at time.Time) time.Time {
	hours := c.Quiet
	if hours == "" {
		hours = d.quietOf(unit)
	}
	quiet, err := calendar.ParseQuiet(hours) // checked when it was saved
	if err != nil {
		return at
	}
	return quiet.After(at, d.zoneOf(unit))
}
