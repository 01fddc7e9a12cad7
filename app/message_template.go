package app

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/store"
)

// Templates that the product brings.
const (
	templateSurvey = "survey"
	templateGreet  = "visit"
)

// builtinTemplates are the texts of messages that need no pack.
func builtinTemplates() []huifang.MessageTemplate {
	return []huifang.MessageTemplate{
		{
			Code: templateSurvey, Name: huifang.Text{ZH: "问卷链接", EN: "Link to the survey"},
			Subject: huifang.Text{ZH: "{{organization}}：请您评价我们的服务", EN: "{{organization}}: how was our service?"},
			Body: huifang.Text{
				ZH: "{{contact|您好}}，{{organization}}想了解{{matter|本次服务}}的情况，请点开填写，约一分钟：{{link}}",
				EN: "{{contact|Hello}}, {{organization}} would like to know how {{matter|our service}} went. It takes a minute: {{link}}",
			},
		},
		{
			Code: templateGreet, Name: huifang.Text{ZH: "联系不上时留言", EN: "Could not reach you"},
			Subject: huifang.Text{ZH: "{{organization}}：我们想与您联系", EN: "{{organization}}: we tried to reach you"},
			Body: huifang.Text{
				ZH: "{{contact|您好}}，我是{{organization}}的{{staff|工作人员}}，就{{matter|本次服务}}想听听您的意见，方便时请回电{{service_phone|我们}}。",
				EN: "{{contact|Hello}}, this is {{staff|the staff}} of {{organization}}. We would like to hear from you about {{matter|our service}}; please call {{service_phone|us}} when it suits you.",
			},
		},
	}
}

// MessageText is a template as it is used: the organization's own where it has
// one, else the pack's or the product's.
type MessageText struct {
	huifang.MessageTemplate
	Own bool
}

// messageTexts are all templates, by code.
func (d *directory) messageTexts(own []*huifang.MessageTemplate) []MessageText {
	var out []MessageText
	for _, t := range own {
		out = append(out, MessageText{*t, true})
	}
	add := func(t huifang.MessageTemplate) {
		if !slices.ContainsFunc(out, func(have MessageText) bool { return have.Code == t.Code }) {
			out = append(out, MessageText{MessageTemplate: t})
		}
	}
	for _, code := range d.stepMessages() {
		if s := d.script(code); s != nil {
			add(fromScript(s))
		}
	}
	for _, t := range builtinTemplates() {
		add(t)
	}
	slices.SortFunc(out, func(a, b MessageText) int { return strings.Compare(a.Code, b.Code) })
	return out
}

// stepMessages are the scripts that steps send by themselves.
func (d *directory) stepMessages() []string {
	var out []string
	for _, p := range d.packs {
		for i := range p.Programs {
			for _, s := range p.Programs[i].Steps {
				if s.Message != "" && !slices.Contains(out, s.Message) {
					out = append(out, s.Message)
				}
			}
		}
	}
	return out
}

// fromScript is a script as one text.
func fromScript(s *pack.Script) huifang.MessageTemplate {
	var zh, en []string
	for _, ph := range s.Phrases {
		zh, en = append(zh, ph.Text.In(huifang.ZH)), append(en, ph.Text.In(huifang.EN))
	}
	return huifang.MessageTemplate{Code: s.Code, Name: s.Name, Subject: s.Name, Body: huifang.Text{ZH: strings.Join(zh, "\n"), EN: strings.Join(en, "\n")}}
}

// MessageTexts lists the templates, by code. Whoever works follow-ups.
func (a *App) MessageTexts(ctx context.Context, actor *huifang.Actor) ([]MessageText, error) {
	if err := actor.Require(huifang.PermFollowupRead); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	own, err := a.reads().MessageTemplates(ctx, actor.Org)
	return d.messageTexts(own), err
}

// messageText is one template by its code.
func (d *directory) messageText(own []*huifang.MessageTemplate, code string) (MessageText, error) {
	for _, t := range d.messageTexts(own) {
		if t.Code == code {
			return t, nil
		}
	}
	return MessageText{}, fieldFault("template", "template.unknown", huifang.Textf("没有消息模板“%s”", "there is no message template %q", code))
}

var templateCode = regexp.MustCompile(`^[a-z0-9_]{1,60}$`)

// SaveMessageTemplate keeps the organization's own text under a code; one of a
// pack's or the product's code replaces that. organization.manage.
func (a *App) SaveMessageTemplate(ctx context.Context, actor *huifang.Actor, in huifang.MessageTemplate) (*huifang.MessageTemplate, error) {
	if err := organizationWide(actor, huifang.PermOrganization); err != nil {
		return nil, err
	}
	if !templateCode.MatchString(in.Code) {
		return nil, fieldFault("code", "template.code", huifang.Text{ZH: "代码只用小写字母、数字和下划线", EN: "a code has lower-case letters, digits and underscores"})
	}
	if err := required("name", in.Name.In(huifang.ZH)); err != nil {
		return nil, err
	}
	if err := required("body", in.Body.In(huifang.ZH)); err != nil {
		return nil, err
	}
	in.Org = actor.Org
	before := in.Row
	err := a.store.Write(ctx, func(tx *store.Tx) error {
		in.Row = before
		if err := tx.SaveMessageTemplate(ctx, &in); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, "template.saved", "template", "", map[string]any{"code": in.Code})
	})
	if err != nil {
		return nil, err
	}
	return &in, nil
}

// DeleteMessageTemplate goes back to the pack's or the product's text.
// organization.manage.
func (a *App) DeleteMessageTemplate(ctx context.Context, actor *huifang.Actor, code string) error {
	if err := organizationWide(actor, huifang.PermOrganization); err != nil {
		return err
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.DeleteMessageTemplate(ctx, actor.Org, code); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, "template.deleted", "template", "", map[string]any{"code": code})
	})
}
