package app

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/channel"
	"github.com/huifang/huifang/store"
)

// SenderEdit is what can be said of a sender. A secret setting that is left out
// stays as it was.
type SenderEdit struct {
	Kind     huifang.SenderKind
	Name     string
	Channel  huifang.Channel // of a webhook: whose messages it takes; others have one by their kind
	Alerts   []string        // of a group: which alerts it is told
	Active   bool
	Settings map[string]string
}

// AlertKinds lists the alerts that a group can be told.
func AlertKinds() []string {
	return []string{"followup.late", "outcome.alert", "case.opened", "case.reopened", "recurrence.flagged", "message.due", "message.failed", "webhook.disabled"}
}

type (
	// SenderField is one setting of a kind of sender.
	SenderField = channel.Field
	// SenderPreset is settings to start from.
	SenderPreset = channel.Preset
)

// SenderForm is what a kind of sender asks for.
type SenderForm struct {
	Kind    huifang.SenderKind
	Fields  []SenderField
	Presets []SenderPreset
}

// SenderForms lists the kinds of sender with their settings.
// organization.manage.
func (a *App) SenderForms(actor *huifang.Actor) ([]SenderForm, error) {
	if err := organizationWide(actor, huifang.PermOrganization); err != nil {
		return nil, err
	}
	var out []SenderForm
	for _, k := range huifang.SenderKinds() {
		out = append(out, SenderForm{k, channel.Fields(k), channel.Presets(k)})
	}
	return out, nil
}

// Senders lists by name, without their secrets. organization.manage.
func (a *App) Senders(ctx context.Context, actor *huifang.Actor) ([]*huifang.Sender, error) {
	if err := organizationWide(actor, huifang.PermOrganization); err != nil {
		return nil, err
	}
	list, err := a.reads().Senders(ctx, actor.Org)
	for _, s := range list {
		a.blank(s)
	}
	return list, err
}

// shownSecret stands for a secret that is set.
const shownSecret = "••••••" //nolint:gosec // says that there is one

// blank takes the secrets out of a sender and says which are set.
func (a *App) blank(s *huifang.Sender) {
	secrets := map[string]string{}
	if text, err := a.unseal(s.Org, s.Secrets); err == nil && text != "" {
		_ = json.Unmarshal([]byte(text), &secrets) // ours; one that is damaged shows as not set
	}
	s.Secrets = ""
	if s.Settings == nil {
		s.Settings = map[string]string{}
	}
	for name, v := range secrets {
		if v != "" {
			s.Settings[name] = shownSecret
		}
	}
}

// secretsOf are a sender's secret settings.
func (a *App) secretsOf(s *huifang.Sender) (map[string]string, error) {
	out := map[string]string{}
	text, err := a.unseal(s.Org, s.Secrets)
	if err != nil || text == "" {
		return out, err
	}
	return out, huifang.Wrap(json.Unmarshal([]byte(text), &out))
}

// CreateSender adds a sender. organization.manage; faults of settings are
// located at settings.NAME.
func (a *App) CreateSender(ctx context.Context, actor *huifang.Actor, in SenderEdit) (*huifang.Sender, error) {
	s := &huifang.Sender{Org: actor.Org, ID: a.newID(), Created: a.now()}
	return a.saveSender(ctx, actor, s, in, "sender.created")
}

// UpdateSender changes a sender; its kind stays. organization.manage.
func (a *App) UpdateSender(ctx context.Context, actor *huifang.Actor, id huifang.ID, version int64, in SenderEdit) (*huifang.Sender, error) {
	if err := organizationWide(actor, huifang.PermOrganization); err != nil {
		return nil, err
	}
	s, err := a.reads().Sender(ctx, actor.Org, id)
	if err != nil {
		return nil, err
	}
	if err := stale(version, s.Version); err != nil {
		return nil, err
	}
	in.Kind = s.Kind
	return a.saveSender(ctx, actor, s, in, "sender.changed")
}

func (a *App) saveSender(ctx context.Context, actor *huifang.Actor, s *huifang.Sender, in SenderEdit, action string) (*huifang.Sender, error) {
	if err := organizationWide(actor, huifang.PermOrganization); err != nil {
		return nil, err
	}
	if in.Name = strings.TrimSpace(in.Name); in.Name == "" {
		return nil, required("name", "")
	}
	if err := a.putSettings(s, &in); err != nil {
		return nil, err
	}
	s.Kind, s.Name, s.Active, s.Alerts = in.Kind, cut(in.Name, 100), in.Active, nil
	var err error
	if s.Channel, err = channelOf(in.Kind, in.Channel); err != nil {
		return nil, err
	}
	for _, kind := range in.Alerts {
		if !slices.Contains(AlertKinds(), kind) || !in.Kind.Group() {
			return nil, fieldFault("alerts", "sender.alert", huifang.Textf("不能向该通道发送提醒“%s”", "this sender cannot be told alerts %q", kind))
		}
		s.Alerts = append(s.Alerts, kind)
	}
	before := s.Version
	err = a.change(ctx, actor.Org, func(tx *store.Tx) error {
		s.Version = before
		if err := tx.SaveSender(ctx, s); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, action, "sender", s.ID, map[string]any{"name": s.Name, "kind": s.Kind, "active": s.Active})
	})
	if err != nil {
		return nil, err
	}
	out := *s
	out.Settings = maps.Clone(s.Settings)
	a.blank(&out)
	return &out, nil
}

// putSettings checks the settings and keeps the secret ones apart.
func (a *App) putSettings(s *huifang.Sender, in *SenderEdit) error {
	secrets, err := a.secretsOf(s)
	if err != nil {
		secrets = map[string]string{} // they are entered anew
	}
	open, whole := map[string]string{}, map[string]string{}
	for _, f := range channel.Fields(in.Kind) {
		v, given := in.Settings[f.Name]
		switch v = strings.TrimSpace(v); {
		case !f.Secret && v != "":
			open[f.Name] = v
		case f.Secret && given && v != shownSecret:
			secrets[f.Name] = v
		}
	}
	maps.Copy(whole, in.Settings)
	for name, v := range whole {
		if v == "" || v == shownSecret {
			delete(whole, name)
		}
	}
	maps.Copy(whole, open)
	for name, v := range secrets {
		if v != "" {
			whole[name] = v
		}
	}
	if _, err := channel.New(in.Kind, whole, a.network); err != nil {
		return at("settings", err)
	}
	text, err := json.Marshal(secrets)
	if err != nil {
		return huifang.Wrap(err)
	}
	s.Settings = open
	s.Secrets, err = a.seal(s.Org, string(text))
	return err
}

// channelOf is whose messages a kind of sender takes.
func channelOf(kind huifang.SenderKind, asked huifang.Channel) (huifang.Channel, error) {
	switch kind { //nolint:exhaustive // groups take none
	case huifang.SenderEmail:
		return huifang.ChannelEmail, nil
	case huifang.SenderSMS:
		return huifang.ChannelSMS, nil
	case huifang.SenderWebhook:
		if slices.Contains(written(), asked) {
			return asked, nil
		}
		return "", fieldFault("channel", "sender.channel", huifang.Text{ZH: "请选择承担短信、微信或邮件", EN: "choose which messages it takes: SMS, WeChat or e-mail"})
	}
	return "", nil
}

// written are the channels on which messages are written.
func written() []huifang.Channel {
	return []huifang.Channel{huifang.ChannelSMS, huifang.ChannelWeChat, huifang.ChannelEmail}
}

// DeleteSender forgets a sender; what it sent stays. organization.manage.
func (a *App) DeleteSender(ctx context.Context, actor *huifang.Actor, id huifang.ID) error {
	if err := organizationWide(actor, huifang.PermOrganization); err != nil {
		return err
	}
	return a.change(ctx, actor.Org, func(tx *store.Tx) error {
		if err := tx.DeleteSender(ctx, actor.Org, id); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, "sender.deleted", "sender", id, nil)
	})
}

// TestSender sends a word to a number or address at once and says how that
// went: sender.failed carries what the medium said. organization.manage.
func (a *App) TestSender(ctx context.Context, actor *huifang.Actor, id huifang.ID, to string) error {
	if err := organizationWide(actor, huifang.PermOrganization); err != nil {
		return err
	}
	s, err := a.reads().Sender(ctx, actor.Org, id)
	if err != nil {
		return err
	}
	if to = strings.TrimSpace(to); to == "" && !s.Kind.Group() {
		return required("to", "")
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return err
	}
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		return a.audit(ctx, tx, actor, "sender.tested", "sender", id, map[string]string{"to": maskText(to)})
	})
	if err != nil {
		return err
	}
	name := d.org.Name.In(d.org.Lang)
	text := huifang.Text{ZH: name + "：这是一条测试消息，收到即表示发送通道可用。", EN: name + ": this is a test; the sender works."}.In(d.org.Lang)
	subject := huifang.Text{ZH: "测试消息", EN: "Test"}.In(d.org.Lang)
	_, err = a.dispatch(ctx, s, channel.Letter{ID: string(a.newID()), To: to, Subject: subject, Text: text, At: a.now(), Lang: d.org.Lang})
	if f, ok := errors.AsType[*channel.Fault](err); ok {
		return &huifang.Error{Code: huifang.CodeConflict, Reason: "sender.failed", Err: err, Message: huifang.Textf("未能发送：%s", "not sent: %s", f)}
	}
	return err
}

// dispatch gives a letter to a sender.
func (a *App) dispatch(ctx context.Context, s *huifang.Sender, l channel.Letter) (channel.Receipt, error) {
	out, err := a.medium(s)
	if err != nil {
		return channel.Receipt{}, err
	}
	return out.Send(ctx, l)
}

// medium is a sender with its secrets.
func (a *App) medium(s *huifang.Sender) (channel.Sender, error) {
	settings, err := a.secretsOf(s)
	if err != nil {
		return nil, err
	}
	maps.DeleteFunc(settings, func(_, v string) bool { return v == "" })
	maps.Copy(settings, s.Settings)
	return channel.New(s.Kind, settings, a.network)
}
