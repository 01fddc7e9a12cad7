package channel

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/huifang/huifang"
)

// Letter is one message as a medium takes it.
type Letter struct {
	ID      string // the same however often it is sent
	To      string // number or address; empty for groups
	Subject string // of an e-mail
	Text    string
	At      time.Time // now: clocks are the caller's
	Lang    huifang.Lang
}

// Receipt is what a medium says of a letter that it took.
type Receipt struct {
	Ref string // the medium's own name for it; may be empty
}

// Fault is how a try failed.
type Fault struct { //nolint:errname // faults are what the product calls them
	Retry   bool // the same may work later
	Unknown bool // the letter may have left all the same
	Text    string
	Err     error
}

// Error is what went wrong, for people.
func (f *Fault) Error() string {
	if f.Text == "" && f.Err != nil {
		return f.Err.Error()
	}
	return f.Text
}

// Unwrap is the cause.
func (f *Fault) Unwrap() error { return f.Err }

// Sender is a medium with its settings.
type Sender interface {
	// Send hands a letter over. The error is a *Fault.
	Send(ctx context.Context, l Letter) (Receipt, error)
	// Repeatable tells that the far side recognises a letter that comes twice,
	// so that one whose fate is unknown may be sent again.
	Repeatable() bool
}

// New is the sender of a kind. Settings are checked as by Check.
func New(kind huifang.SenderKind, settings map[string]string, network *Network) (Sender, error) {
	if err := Check(kind, settings); err != nil {
		return nil, err
	}
	s := withDefaults(kind, settings)
	switch kind {
	case huifang.SenderEmail:
		return newEmail(s, network)
	case huifang.SenderSMS:
		return newGateway(s, network), nil
	case huifang.SenderWeCom, huifang.SenderDingTalk, huifang.SenderFeishu:
		return &robot{kind: kind, url: s["url"], secret: s["secret"], network: network}, nil
	case huifang.SenderWebhook:
		return &hook{url: s["url"], secret: s["secret"], network: network}, nil
	}
	return nil, unknownKind(kind)
}

func unknownKind(kind huifang.SenderKind) error {
	return huifang.Invalid("sender.kind", huifang.Textf("没有发送方式“%s”", "there is no kind of sender %q", kind))
}

func withDefaults(kind huifang.SenderKind, settings map[string]string) map[string]string {
	out := map[string]string{}
	for _, f := range Fields(kind) {
		out[f.Name] = f.Default
	}
	maps.Copy(out, settings)
	return out
}

// Check refuses settings that are missing, unknown or cannot be used. Faults
// are located by the setting's name.
func Check(kind huifang.SenderKind, settings map[string]string) error {
	if !slices.Contains(huifang.SenderKinds(), kind) {
		return unknownKind(kind)
	}
	fields := Fields(kind)
	for name := range settings {
		if !slices.ContainsFunc(fields, func(f Field) bool { return f.Name == name }) {
			return located(name, "sender.setting", huifang.Textf("没有设置项“%s”", "there is no setting %q", name))
		}
	}
	all := withDefaults(kind, settings)
	for _, f := range fields {
		if err := f.check(all[f.Name]); err != nil {
			return err
		}
	}
	if kind == huifang.SenderSMS {
		return checkGateway(all)
	}
	return nil
}

func located(field, reason string, message huifang.Text) error {
	e := huifang.Invalid(reason, message)
	e.At.Field = field
	return e
}

func (f *Field) check(v string) error {
	named := func(zh, en string) error {
		return located(f.Name, "sender.setting", huifang.Text{ZH: "“" + f.Label.ZH + "”" + zh, EN: f.Label.EN + " " + en})
	}
	switch {
	case strings.TrimSpace(v) == "" && f.Required:
		return named("必须填写", "is missing")
	case len(v) > mostSetting:
		return named("过长", "is too long")
	case v == "":
	case f.Type == TypeURL && !webAddress(v):
		return named("应以 https:// 或 http:// 开头", "begins with https:// or http://")
	case f.Type == TypePort && !port(v):
		return named("应为 1 至 65535 的端口号", "is a port from 1 to 65535")
	case len(f.Options) > 0 && !slices.Contains(f.Options, v):
		return named("应为其中之一："+strings.Join(f.Options, "、"), "is one of "+strings.Join(f.Options, ", "))
	}
	return nil
}
