package app

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/channel"
	"github.com/huifang/huifang/store"
)

// JobSend is the kind of job that gives one message to its sender.
const JobSend = "send"

// sending is the arguments of a JobSend.
type sending struct {
	Message huifang.ID `json:"message"`
}

// sendPauses are between the tries of a message; after the last it is given up.
func sendPauses() []time.Duration {
	return []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour}
}

func (a *App) enqueueSend(ctx context.Context, tx *store.Tx, m *huifang.Message) error {
	args, err := json.Marshal(sending{m.ID})
	if err != nil {
		return huifang.Wrap(err)
	}
	return tx.Enqueue(ctx, &huifang.Job{
		Org: m.Org, ID: a.newID(), Kind: JobSend, Unique: string(m.ID) + " " + strconv.Itoa(m.Tries) + " " + strconv.FormatInt(m.Due.UnixMilli(), 36), Args: string(args), Due: m.Due,
	})
}

// PassMessage gives a message to its sender. It is noted before that the message
// leaves, and after how it ended: one found leaving was interrupted, and is sent
// again only where the far side knows it again, so that nobody is told twice
// what cannot be told apart. What comes back for good is told to whoever answers
// for the follow-up.
func (a *App) PassMessage(ctx context.Context, j *huifang.Job) error {
	var in sending
	if err := json.Unmarshal([]byte(j.Args), &in); err != nil {
		return huifang.Wrap(err)
	}
	d, err := a.directory(ctx, j.Org)
	if err != nil {
		return err
	}
	m, s, err := a.leaving(ctx, d, j.Org, in.Message)
	if err != nil || m == nil {
		return err
	}
	receipt, fault := a.dispatch(ctx, s, channel.Letter{ID: string(m.ID), To: m.To, Subject: m.Subject, Text: m.Body, At: a.now(), Lang: m.Lang})
	return a.store.Write(ctx, func(tx *store.Tx) error {
		now, err := tx.Message(ctx, m.Org, m.ID)
		if err != nil || now.State != huifang.MessageSending { // a report was faster
			return err
		}
		return a.landed(ctx, tx, d, now, s, receipt, fault)
	})
}

// leaving looks whether a message is still to be sent, and notes that it leaves;
// nil: nothing is to be done.
func (a *App) leaving(ctx context.Context, d *directory, org, id huifang.ID) (m *huifang.Message, s *huifang.Sender, err error) {
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		m, s = nil, nil
		found, err := tx.Message(ctx, org, id)
		if err != nil || found.State.Done() {
			return err
		}
		by, err := a.stillWanted(ctx, tx, d, found)
		if err != nil || by == nil {
			return err
		}
		if found.State == huifang.MessageSending && !a.repeatable(by) {
			return a.giveUp(ctx, tx, d, found, "message.unknown", "")
		}
		found.State, found.Tries = huifang.MessageSending, found.Tries+1
		m, s = found, by
		return tx.UpdateMessage(ctx, found)
	})
	return m, s, err
}

func (a *App) repeatable(s *huifang.Sender) bool {
	out, err := a.medium(s)
	return err == nil && out.Repeatable()
}

// stillWanted is the sender of a message that may leave now. Else it settles the
// message: the contact asked to be left alone, the follow-up is over, the sender
// is gone; or puts it off until the quiet hours end.
func (a *App) stillWanted(ctx context.Context, tx *store.Tx, d *directory, m *huifang.Message) (*huifang.Sender, error) {
	settle := func(state huifang.MessageState, reason string) (*huifang.Sender, error) {
		m.State, m.Reason, m.Done = state, reason, a.now()
		return nil, tx.UpdateMessage(ctx, m)
	}
	if m.Contact != "" {
		c, err := tx.Contact(ctx, m.Org, m.Contact)
		if err != nil {
			return nil, err
		}
		if c.DoNotContact {
			return settle(huifang.MessageCancelled, "contact.do_not_contact")
		}
		f, err := tx.Followup(ctx, m.Org, m.Followup)
		if err != nil {
			return nil, err
		}
		if f.State.Done() {
			return settle(huifang.MessageCancelled, "message.followup_over")
		}
		if due := d.awake(c, f.Unit, a.now()); due.After(a.now()) {
			m.Due = due
			if err := tx.UpdateMessage(ctx, m); err != nil {
				return nil, err
			}
			return nil, a.enqueueSend(ctx, tx, m)
		}
	}
	s, err := tx.Sender(ctx, m.Org, m.Sender)
	if huifang.CodeOf(err) == huifang.CodeNotFound || err == nil && !s.Active {
		if m.Contact == "" {
			return settle(huifang.MessageCancelled, "message.no_sender")
		}
		return settle(huifang.MessageManual, "message.no_sender")
	}
	return s, err
}

// landed notes how a try ended and what comes of it.
func (a *App) landed(ctx context.Context, tx *store.Tx, d *directory, m *huifang.Message, s *huifang.Sender, receipt channel.Receipt, err error) error {
	if err == nil {
		m.State, m.Done, m.Ref, m.Error, m.Reason = huifang.MessageSent, a.now(), cut(receipt.Ref, 200), "", ""
		m.Body = surveySecret.ReplaceAllString(m.Body, surveyPrefix+"••••••")
		return tx.UpdateMessage(ctx, m)
	}
	fault, sorted := errors.AsType[*channel.Fault](err)
	if !sorted { // settings that cannot be used
		return a.giveUp(ctx, tx, d, m, "message.sender_broken", huifang.In(err, d.org.Lang))
	}
	switch pauses := sendPauses(); {
	case fault.Unknown && !a.repeatable(s):
		return a.giveUp(ctx, tx, d, m, "message.unknown", fault.Error())
	case !fault.Retry:
		return a.giveUp(ctx, tx, d, m, "message.refused", fault.Error())
	case m.Tries > len(pauses):
		return a.giveUp(ctx, tx, d, m, "message.tries", fault.Error())
	default:
		m.State, m.Error, m.Due = huifang.MessagePlanned, cut(fault.Error(), 500), a.now().Add(pauses[m.Tries-1])
		if err := tx.UpdateMessage(ctx, m); err != nil {
			return err
		}
		return a.enqueueSend(ctx, tx, m)
	}
}

// giveUp ends a message that did not arrive, or of which nobody knows.
func (a *App) giveUp(ctx context.Context, tx *store.Tx, d *directory, m *huifang.Message, reason, problem string) error {
	m.State, m.Reason, m.Done = huifang.MessageFailed, reason, a.now()
	if problem != "" {
		m.Error = cut(problem, 500)
	}
	if err := tx.UpdateMessage(ctx, m); err != nil {
		return err
	}
	return a.tellFailed(ctx, tx, d, m)
}

// tellFailed alerts whoever answers for the follow-up of a message that failed.
func (a *App) tellFailed(ctx context.Context, tx *store.Tx, d *directory, m *huifang.Message) error {
	if m.Contact == "" || m.Followup == "" {
		return nil
	}
	f, err := tx.Followup(ctx, m.Org, m.Followup)
	if err != nil || f.State.Done() {
		return err
	}
	who := []huifang.ID{f.Lead}
	if f.Lead == "" {
		who = d.inCharge(f.Unit)
	}
	return a.tell(ctx, tx, d, "message.failed", f, who...)
}

// announce tells groups of staff of alerts, each once however many people an
// alert goes to.
func (a *App) announce(ctx context.Context, tx *store.Tx, d *directory, alerts []*huifang.Alert) error {
	for _, s := range d.groups {
		told := map[string]bool{}
		for _, one := range alerts {
			about := one.Kind + "/" + string(one.Followup) + "/" + string(one.Case)
			if told[about] || !s.Tells(one.Kind) {
				continue
			}
			told[about] = true
			body := one.Text.In(d.org.Lang)
			if base := d.org.Settings.Address; base != "" && one.Followup != "" {
				body += "\n" + base + "/followups/" + string(one.Followup)
			}
			m := &huifang.Message{
				Org: one.Org, ID: a.newID(), Once: "alert/" + string(s.ID) + "/" + about + "/" + huifang.DateOf(one.At, d.zone).String(),
				Followup: one.Followup, Sender: s.ID, Channel: huifang.ChannelOther, Template: one.Kind, Lang: d.org.Lang, Body: body,
				State: huifang.MessagePlanned, Created: a.now(), Due: a.now(),
			}
			fresh, err := tx.InsertMessage(ctx, m)
			if err != nil {
				return err
			}
			if fresh {
				if err := a.enqueueSend(ctx, tx, m); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
