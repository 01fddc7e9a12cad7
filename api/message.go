package api

import (
	"context"
	"net/http"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// messages: what is written to contacts.
func (s *service) messages() {
	const tag = "messages"
	work, read := may(huifang.PermFollowupWork, huifang.PermFollowupManage), may(huifang.PermFollowupRead, huifang.PermFollowupWork, huifang.PermContactRead, huifang.PermOrganization)
	register(s, tag, op{id: "list-messages", method: http.MethodGet, path: "/messages", zh: "列出消息", en: "List messages, newest first: of a follow-up, of a contact, or all", needs: read}, s.listMessages)
	register(s, tag, op{id: "send-message", method: http.MethodPost, path: "/followups/{id}/messages", zh: "向客户发送消息", en: "Send the contact of a follow-up a message", needs: work, created: true, once: true}, s.sendMessage)
	register(s, tag, op{id: "mark-message-sent", method: http.MethodPost, path: "/messages/{id}/sent", zh: "标为已人工发送", en: "Note that staff sent it by hand", needs: work}, s.actOnMessage((*app.App).MarkMessageSent))
	register(s, tag, op{id: "retry-message", method: http.MethodPost, path: "/messages/{id}/retry", zh: "重新发送", en: "Send it again", needs: work}, s.actOnMessage((*app.App).RetryMessage))
	register(s, tag, op{id: "cancel-message", method: http.MethodPost, path: "/messages/{id}/cancel", zh: "取消发送", en: "Do not send it", needs: work}, s.actOnMessage((*app.App).CancelMessage))
	register(s, tag, op{id: "report-message", method: http.MethodPost, path: "/messages/delivery", zh: "上报送达结果", en: "Report whether a message arrived, for gateways", needs: may(huifang.PermEventIngest)}, s.reportMessage)
}

// Message is one text on its way to a contact, or to a group of staff.
type Message struct {
	ID       huifang.ID           `json:"id"`
	Followup huifang.ID           `json:"followup,omitempty"`
	Contact  huifang.ID           `json:"contact,omitempty"`
	Sender   huifang.ID           `json:"sender,omitempty" doc:"Missing: staff send it by hand."`
	Channel  huifang.Channel      `json:"channel"`
	Template string               `json:"template"`
	Lang     huifang.Lang         `json:"lang"`
	To       string               `json:"to,omitempty" doc:"Masked."`
	Subject  string               `json:"subject,omitempty"`
	Body     string               `json:"body"`
	State    huifang.MessageState `json:"state" enum:"planned,sending,sent,delivered,failed,cancelled,manual"`
	Reason   string               `json:"reason,omitempty" example:"message.no_sender"`
	Error    string               `json:"error,omitempty" doc:"What the medium said last."`
	Tries    int                  `json:"tries"`
	Due      time.Time            `json:"due"`
	Done     time.Time            `json:"done,omitzero"`
	Created  time.Time            `json:"created"`
	By       huifang.ID           `json:"by,omitempty" doc:"Missing: the rules."`
}

func newMessage(m *huifang.Message) Message {
	return Message{
		ID: m.ID, Followup: m.Followup, Contact: m.Contact, Sender: m.Sender, Channel: m.Channel, Template: m.Template, Lang: m.Lang, To: m.To, Subject: m.Subject,
		Body: m.Body, State: m.State, Reason: m.Reason, Error: m.Error, Tries: m.Tries, Due: m.Due, Done: m.Done, Created: m.Created, By: m.By,
	}
}

type messageListInput struct {
	Paging
	Followup huifang.ID             `query:"followup" maxLength:"100" doc:"Of this follow-up."`
	Contact  huifang.ID             `query:"contact" maxLength:"100" doc:"Of this contact."`
	State    []huifang.MessageState `query:"state" maxItems:"7" doc:"Only in these states."`
}

func (s *service) listMessages(ctx context.Context, actor *huifang.Actor, in *messageListInput) (*answer[List[Message]], error) {
	f := app.MessageFilter{Followup: in.Followup, Contact: in.Contact, States: in.State}
	var err error
	if f.Followup != "" {
		if f.Followup, err = s.resolved(ctx, actor, f.Followup); err != nil {
			return nil, err
		}
	}
	p, err := s.app.Messages(ctx, actor, f, in.page())
	return newList(p, newMessage), err
}

type messageInput struct {
	ByID
	Body struct {
		Channel  huifang.Channel `json:"channel" enum:"sms,wechat,email"`
		Template string          `json:"template" minLength:"1" maxLength:"60" example:"survey"`
		Lang     huifang.Lang    `json:"lang,omitempty" enum:"zh,en" doc:"Missing: the organization's."`
	}
}

func (s *service) sendMessage(ctx context.Context, actor *huifang.Actor, in *messageInput) (*answer[Message], error) {
	id, err := s.resolved(ctx, actor, in.ID)
	if err != nil {
		return nil, err
	}
	base, err := s.reach(ctx, actor)
	if err != nil {
		return nil, err
	}
	m, err := s.app.SendMessage(ctx, actor, id, app.MessageInput{Channel: in.Body.Channel, Template: in.Body.Template, Lang: in.Body.Lang, Base: base})
	if err != nil {
		return nil, err
	}
	return &answer[Message]{Body: newMessage(m)}, nil
}

// actOnMessage is an operation on one message.
func (s *service) actOnMessage(act func(*app.App, context.Context, *huifang.Actor, huifang.ID) (*huifang.Message, error)) func(context.Context, *huifang.Actor, *ByID) (*answer[Message], error) {
	return func(ctx context.Context, actor *huifang.Actor, in *ByID) (*answer[Message], error) {
		m, err := act(s.app, ctx, actor, in.ID)
		if err != nil {
			return nil, err
		}
		return &answer[Message]{Body: newMessage(m)}, nil
	}
}

type messageReport struct {
	Body struct {
		Message   string `json:"message" minLength:"1" maxLength:"200" doc:"Our id of it, or the medium's."`
		Delivered bool   `json:"delivered"`
		Error     string `json:"error,omitempty" maxLength:"500" doc:"Why it did not arrive."`
	}
}

func (s *service) reportMessage(ctx context.Context, actor *huifang.Actor, in *messageReport) (*nothing, error) {
	return nil, s.app.ReportMessage(ctx, actor, in.Body.Message, in.Body.Delivered, in.Body.Error)
}
