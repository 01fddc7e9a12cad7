package store

import (
	"context"

	"github.com/huifang/huifang"
)

const (
	senderColumns = "org_id, id, kind, name, channel, alerts, active, settings, secrets, created, rev"

	sqlSenders      = "SELECT " + senderColumns + " FROM sender WHERE org_id = $1 ORDER BY name, id"
	sqlSender       = "SELECT " + senderColumns + " FROM sender WHERE org_id = $1 AND id = $2"
	sqlSenderInsert = `INSERT INTO sender (kind, name, channel, alerts, active, settings, secrets, created, org_id, id, rev)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)`
	sqlSenderUpdate = `UPDATE sender SET kind = $1, name = $2, channel = $3, alerts = $4, active = $5, settings = $6, secrets = $7, created = $8, rev = rev + 1
WHERE org_id = $9 AND id = $10 AND rev = $11`
	sqlSenderDelete = "DELETE FROM sender WHERE org_id = $1 AND id = $2"

	templateColumns   = "org_id, code, name_zh, name_en, subject_zh, subject_en, body_zh, body_en, rev"
	sqlTemplates      = "SELECT " + templateColumns + " FROM message_template WHERE org_id = $1 ORDER BY code"
	sqlTemplateInsert = `INSERT INTO message_template (name_zh, name_en, subject_zh, subject_en, body_zh, body_en, org_id, code, rev)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)`
	sqlTemplateUpdate = `UPDATE message_template SET name_zh = $1, name_en = $2, subject_zh = $3, subject_en = $4, body_zh = $5, body_en = $6, rev = rev + 1
WHERE org_id = $7 AND code = $8 AND rev = $9`
	sqlTemplateDelete = "DELETE FROM message_template WHERE org_id = $1 AND code = $2"
)

func scanSender(r *row) *huifang.Sender {
	s := &huifang.Sender{Org: r.id(), ID: r.id(), Kind: huifang.SenderKind(r.text()), Name: r.text(), Channel: huifang.Channel(r.text())}
	r.json(&s.Alerts)
	s.Active = r.bool()
	r.json(&s.Settings)
	s.Secrets, s.Created, s.Version = r.text(), r.instant(), r.int()
	return s
}

// Senders lists by name.
func (q *Reads) Senders(ctx context.Context, org huifang.ID) ([]*huifang.Sender, error) {
	return list(ctx, q, scanSender, sqlSenders, org)
}

// Sender is the sender with the id.
func (q *Reads) Sender(ctx context.Context, org, id huifang.ID) (*huifang.Sender, error) {
	return first(ctx, q, "sender", scanSender, sqlSender, org, id)
}

// SaveSender inserts (Version 0) or updates (stale Version: conflict).
func (tx *Tx) SaveSender(ctx context.Context, s *huifang.Sender) error {
	return tx.save(ctx, &s.Version, sqlSenderInsert, sqlSenderUpdate,
		s.Kind, s.Name, s.Channel, asJSON{s.Alerts}, s.Active, asJSON{s.Settings}, s.Secrets, s.Created, s.Org, s.ID)
}

// DeleteSender forgets a sender; its messages stay.
func (tx *Tx) DeleteSender(ctx context.Context, org, id huifang.ID) error {
	return tx.check(ctx, found("sender"), sqlSenderDelete, org, id)
}

// MessageTemplates lists the organization's own, by code.
func (q *Reads) MessageTemplates(ctx context.Context, org huifang.ID) ([]*huifang.MessageTemplate, error) {
	return list(ctx, q, func(r *row) *huifang.MessageTemplate {
		text := func() huifang.Text { return huifang.Text{ZH: r.text(), EN: r.text()} }
		return &huifang.MessageTemplate{Org: r.id(), Code: r.text(), Name: text(), Subject: text(), Body: text(), Row: r.int()}
	}, sqlTemplates, org)
}

// SaveMessageTemplate inserts (Row 0) or updates (stale Row: conflict).
func (tx *Tx) SaveMessageTemplate(ctx context.Context, t *huifang.MessageTemplate) error {
	return tx.save(ctx, &t.Row, sqlTemplateInsert, sqlTemplateUpdate,
		t.Name.ZH, t.Name.EN, t.Subject.ZH, t.Subject.EN, t.Body.ZH, t.Body.EN, t.Org, t.Code)
}

// DeleteMessageTemplate forgets the organization's own text.
func (tx *Tx) DeleteMessageTemplate(ctx context.Context, org huifang.ID, code string) error {
	return tx.check(ctx, found("template"), sqlTemplateDelete, org, code)
}
