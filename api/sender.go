package api

import (
	"context"
	"net/http"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// senders: how messages leave by themselves, and their texts.
func (s *service) senders() {
	const tag = "senders"
	manage := may(huifang.PermOrganization)
	register(s, tag, op{id: "list-sender-kinds", method: http.MethodGet, path: "/senders/kinds", zh: "列出发送方式及其设置项", en: "List the kinds of sender with their settings", needs: manage}, s.listSenderKinds)
	register(s, tag, op{id: "list-senders", method: http.MethodGet, path: "/senders", zh: "列出发送通道", en: "List senders", needs: manage}, s.listSenders)
	register(s, tag, op{id: "create-sender", method: http.MethodPost, path: "/senders", zh: "新建发送通道", en: "Create a sender", needs: manage, created: true, once: true}, s.createSender)
	register(s, tag, op{id: "update-sender", method: http.MethodPut, path: "/senders/{id}", zh: "修改发送通道", en: "Change a sender", needs: manage}, s.updateSender)
	register(s, tag, op{id: "delete-sender", method: http.MethodDelete, path: "/senders/{id}", zh: "删除发送通道", en: "Delete a sender", needs: manage}, s.deleteSender)
	register(s, tag, op{id: "test-sender", method: http.MethodPost, path: "/senders/{id}/test", zh: "发送测试消息", en: "Send a test message", needs: manage}, s.testSender)
	register(s, tag, op{id: "list-message-templates", method: http.MethodGet, path: "/message-templates", zh: "列出消息模板", en: "List the texts of messages", needs: may(huifang.PermFollowupRead)}, s.listMessageTemplates)
	register(s, tag, op{id: "save-message-template", method: http.MethodPut, path: "/message-templates/{code}", zh: "保存消息模板", en: "Keep one's own text of a message", needs: manage}, s.saveMessageTemplate)
	register(s, tag, op{id: "delete-message-template", method: http.MethodDelete, path: "/message-templates/{code}", zh: "恢复原消息模板", en: "Go back to the text that came with the pack", needs: manage}, s.deleteMessageTemplate)
}

// SenderField is one setting of a kind of sender.
type SenderField struct {
	Name     string       `json:"name"`
	Type     string       `json:"type" enum:"text,block,url,port"`
	Label    huifang.Text `json:"label"`
	Help     huifang.Text `json:"help"`
	Required bool         `json:"required"`
	Secret   bool         `json:"secret" doc:"Never told again; shown as dots where it is set."`
	Default  string       `json:"default,omitempty"`
	Options  []string     `json:"options"`
}

// SenderPreset is settings of a gateway to start from.
type SenderPreset struct {
	Name     huifang.Text      `json:"name"`
	Settings map[string]string `json:"settings"`
}

// SenderKind is a kind of sender with what it asks for.
type SenderKind struct {
	Kind    huifang.SenderKind `json:"kind"`
	Group   bool               `json:"group" doc:"Reaches a group of staff, never a contact."`
	Fields  []SenderField      `json:"fields"`
	Presets []SenderPreset     `json:"presets"`
	Alerts  []string           `json:"alerts" doc:"Kinds of alert its group can be told."`
}

func newSenderKind(f app.SenderForm) SenderKind {
	out := SenderKind{Kind: f.Kind, Group: f.Kind.Group(), Alerts: []string{}, Presets: turned(f.Presets, func(p app.SenderPreset) SenderPreset { return SenderPreset(p) })}
	out.Fields = turned(f.Fields, func(x app.SenderField) SenderField {
		return SenderField{Name: x.Name, Type: string(x.Type), Label: x.Label, Help: x.Help, Required: x.Required, Secret: x.Secret, Default: x.Default, Options: list(x.Options)}
	})
	if out.Group {
		out.Alerts = app.AlertKinds()
	}
	return out
}

func (s *service) listSenderKinds(_ context.Context, actor *huifang.Actor, _ *empty) (*answer[List[SenderKind]], error) {
	found, err := s.app.SenderForms(actor)
	return all(found, newSenderKind), err
}

// Sender is one way in which messages leave by themselves.
type Sender struct {
	ID       huifang.ID         `json:"id"`
	Kind     huifang.SenderKind `json:"kind" enum:"email,sms,wecom,dingtalk,feishu,webhook"`
	Name     string             `json:"name"`
	Channel  huifang.Channel    `json:"channel,omitempty" doc:"Whose messages to contacts it takes; missing for groups of staff."`
	Alerts   []string           `json:"alerts"`
	Active   bool               `json:"active"`
	Settings map[string]string  `json:"settings" doc:"Secret ones are dots."`
	Created  time.Time          `json:"created"`
	Version  int64              `json:"version"`
}

func newSender(x *huifang.Sender) Sender {
	return Sender{ID: x.ID, Kind: x.Kind, Name: x.Name, Channel: x.Channel, Alerts: list(x.Alerts), Active: x.Active, Settings: x.Settings, Created: x.Created, Version: x.Version}
}

// SenderChange is what can be said of a sender.
type SenderChange struct {
	Kind     huifang.SenderKind `json:"kind,omitempty" enum:"email,sms,wecom,dingtalk,feishu,webhook" doc:"Of a new one; it stays."`
	Name     string             `json:"name" minLength:"1" maxLength:"100"`
	Channel  huifang.Channel    `json:"channel,omitempty" enum:"sms,wechat,email" doc:"Of a webhook: whose messages it takes."`
	Alerts   []string           `json:"alerts,omitempty" maxItems:"50" doc:"Of a group: which alerts it is told."`
	Active   bool               `json:"active"`
	Settings map[string]string  `json:"settings" doc:"A secret that is left out, or sent as dots, stays."`
	Version  int64              `json:"version,omitempty"`
}

func (c *SenderChange) edit() app.SenderEdit {
	return app.SenderEdit{Kind: c.Kind, Name: c.Name, Channel: c.Channel, Alerts: c.Alerts, Active: c.Active, Settings: c.Settings}
}

func (s *service) listSenders(ctx context.Context, actor *huifang.Actor, _ *empty) (*answer[List[Sender]], error) {
	found, err := s.app.Senders(ctx, actor)
	return all(found, newSender), err
}

type senderInput struct{ Body SenderChange }

func (s *service) createSender(ctx context.Context, actor *huifang.Actor, in *senderInput) (*answer[Sender], error) {
	x, err := s.app.CreateSender(ctx, actor, in.Body.edit())
	if err != nil {
		return nil, err
	}
	return &answer[Sender]{Body: newSender(x)}, nil
}

type senderChangeInput struct {
	ByID
	Match
	Body SenderChange
}

func (s *service) updateSender(ctx context.Context, actor *huifang.Actor, in *senderChangeInput) (*answer[Sender], error) {
	version, err := in.version(in.Body.Version)
	if err != nil {
		return nil, err
	}
	x, err := s.app.UpdateSender(ctx, actor, in.ID, version, in.Body.edit())
	if err != nil {
		return nil, err
	}
	return &answer[Sender]{Body: newSender(x)}, nil
}

func (s *service) deleteSender(ctx context.Context, actor *huifang.Actor, in *ByID) (*nothing, error) {
	return nil, s.app.DeleteSender(ctx, actor, in.ID)
}

type senderTestInput struct {
	ByID
	Body struct {
		To string `json:"to,omitempty" maxLength:"200" doc:"Number or address; groups need none."`
	}
}

func (s *service) testSender(ctx context.Context, actor *huifang.Actor, in *senderTestInput) (*nothing, error) {
	return nil, s.app.TestSender(ctx, actor, in.ID, in.Body.To)
}

// MessageTemplate is the text of a message.
type MessageTemplate struct {
	Code    string       `json:"code"`
	Name    huifang.Text `json:"name"`
	Subject huifang.Text `json:"subject"`
	Body    huifang.Text `json:"body"`
	Own     bool         `json:"own" doc:"The organization's own, in place of the pack's or the product's."`
	Version int64        `json:"version,omitempty"`
}

func newMessageTemplate(t app.MessageText) MessageTemplate {
	return MessageTemplate{Code: t.Code, Name: t.Name, Subject: t.Subject, Body: t.Body, Own: t.Own, Version: t.Row}
}

func (s *service) listMessageTemplates(ctx context.Context, actor *huifang.Actor, _ *empty) (*answer[List[MessageTemplate]], error) {
	found, err := s.app.MessageTexts(ctx, actor)
	return all(found, newMessageTemplate), err
}

type templateInput struct {
	Code string `path:"code" maxLength:"60"`
	Body struct {
		Name    huifang.Text `json:"name"`
		Subject huifang.Text `json:"subject,omitzero"`
		Body    huifang.Text `json:"body"`
		Version int64        `json:"version,omitempty"`
	}
}

func (s *service) saveMessageTemplate(ctx context.Context, actor *huifang.Actor, in *templateInput) (*answer[MessageTemplate], error) {
	t, err := s.app.SaveMessageTemplate(ctx, actor, huifang.MessageTemplate{Code: in.Code, Name: in.Body.Name, Subject: in.Body.Subject, Body: in.Body.Body, Row: in.Body.Version})
	if err != nil {
		return nil, err
	}
	return &answer[MessageTemplate]{Body: newMessageTemplate(app.MessageText{MessageTemplate: *t, Own: true})}, nil
}

type templateCodeInput struct {
	Code string `path:"code" maxLength:"60"`
}

func (s *service) deleteMessageTemplate(ctx context.Context, actor *huifang.Actor, in *templateCodeInput) (*nothing, error) {
	return nil, s.app.DeleteMessageTemplate(ctx, actor, in.Code)
}
