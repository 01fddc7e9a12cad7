package store

import (
	"context"

	"github.com/huifang/huifang"
)

const (
	messageColumns = `org_id, id, once, followup_id, contact_id, sender_id, channel, template, lang, recipient, subject, body, state, reason, error, tries, due,
done, ref, created, created_by, rev`

	sqlMessage  = "SELECT " + messageColumns + " FROM message WHERE org_id = $1 AND id = $2"
	sqlMessages = "SELECT " + messageColumns + " FROM message WHERE org_id = ?"
	sqlByRef    = "SELECT " + messageColumns + " FROM message WHERE org_id = $1 AND ref = $2 ORDER BY id DESC LIMIT 1"
	// One that is there already is written, so that both of two at once know.
	sqlMessageInsert = `INSERT INTO message (once, followup_id, contact_id, sender_id, channel, template, lang, recipient, subject, body, state, reason, error,
tries, due, done, ref, created, created_by, org_id, id, rev)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, 1)
ON CONFLICT (org_id, once) DO UPDATE SET once = excluded.once RETURNING id`
	sqlMessageUpdate = `UPDATE message SET once = $1, followup_id = $2, contact_id = $3, sender_id = $4, channel = $5, template = $6, lang = $7, recipient = $8,
subject = $9, body = $10, state = $11, reason = $12, error = $13, tries = $14, due = $15, done = $16, ref = $17, created = $18, created_by = $19, rev = rev + 1
WHERE org_id = $20 AND id = $21 AND rev = $22`
)

// MessageFilter selects messages; empty fields do not.
type MessageFilter struct {
	Followup huifang.ID
	Contact  huifang.ID
	States   []huifang.MessageState
}

func scanMessage(r *row) *huifang.Message {
	return &huifang.Message{
		Org: r.id(), ID: r.id(), Once: r.text(), Followup: r.id(), Contact: r.id(), Sender: r.id(), Channel: huifang.Channel(r.text()), Template: r.text(),
		Lang: huifang.Lang(r.text()), To: r.text(), Subject: r.text(), Body: r.text(), State: huifang.MessageState(r.text()), Reason: r.text(), Error: r.text(),
		Tries: r.num(), Due: r.instant(), Done: r.instant(), Ref: r.text(), Created: r.instant(), By: r.id(), Row: r.int(),
	}
}

func messageValues(m *huifang.Message) []any {
	return []any{
		optional(m.Once), m.Followup, m.Contact, m.Sender, m.Channel, m.Template, m.Lang, m.To, m.Subject, m.Body, m.State, m.Reason, m.Error, m.Tries,
		m.Due, m.Done, optional(m.Ref), m.Created, m.By, m.Org, m.ID,
	}
}

// Message is the message with the id.
func (q *Reads) Message(ctx context.Context, org, id huifang.ID) (*huifang.Message, error) {
	return first(ctx, q, "message", scanMessage, sqlMessage, org, id)
}

// MessageByRef is the newest message that a medium knows by the name.
func (q *Reads) MessageByRef(ctx context.Context, org huifang.ID, ref string) (*huifang.Message, error) {
	return first(ctx, q, "message", scanMessage, sqlByRef, org, ref)
}

// Messages lists in the order they were made; Desc: newest first.
func (q *Reads) Messages(ctx context.Context, org huifang.ID, f MessageFilter, p Page) (Paged[*huifang.Message], error) {
	t := newText(sqlMessages, org)
	t.ifID("followup_id", f.Followup)
	t.ifID("contact_id", f.Contact)
	if f.States != nil {
		in(t, "state", f.States)
	}
	return pageByID(ctx, q, t, p, scanMessage, func(m *huifang.Message) huifang.ID { return m.ID })
}

// InsertMessage keeps a new message; fresh is false, and nothing changes, where
// one with the same Once is there already.
func (tx *Tx) InsertMessage(ctx context.Context, m *huifang.Message) (fresh bool, err error) {
	id, err := first(ctx, &tx.Reads, "message", (*row).id, sqlMessageInsert, messageValues(m)...)
	if err != nil || id != m.ID {
		return false, err
	}
	set(tx, &m.Row, 1)
	return true, nil
}

// UpdateMessage changes a message; a stale Row is a conflict.
func (tx *Tx) UpdateMessage(ctx context.Context, m *huifang.Message) error {
	args := append(messageValues(m), m.Row)
	set(tx, &m.Row, m.Row+1)
	return tx.check(ctx, changed, sqlMessageUpdate, args...)
}
