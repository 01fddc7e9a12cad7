package huifang

import (
	"slices"
	"time"
)

// SenderKind is the medium a sender speaks to.
type SenderKind string

// The kinds of sender.
const (
	SenderEmail    SenderKind = "email"    // an SMTP server
	SenderSMS      SenderKind = "sms"      // an HTTP gateway for text messages
	SenderWeCom    SenderKind = "wecom"    // a robot in a group of WeCom (企业微信)
	SenderDingTalk SenderKind = "dingtalk" // a robot in a group of DingTalk (钉钉)
	SenderFeishu   SenderKind = "feishu"   // a robot in a group of Feishu (飞书)
	SenderWebhook  SenderKind = "webhook"  // an HTTP address of one's own, e.g. before an official account
)

// SenderKinds lists every kind in display order.
func SenderKinds() []SenderKind {
	return []SenderKind{SenderEmail, SenderSMS, SenderWeCom, SenderDingTalk, SenderFeishu, SenderWebhook}
}

// Group tells a kind that reaches a group of staff and never a contact.
func (k SenderKind) Group() bool {
	return k == SenderWeCom || k == SenderDingTalk || k == SenderFeishu
}

// Sender is one way in which an organization's messages leave by themselves.
type Sender struct {
	Org      ID
	ID       ID
	Kind     SenderKind
	Name     string
	Channel  Channel  // whose messages to contacts it takes; empty for groups of staff
	Alerts   []string // kinds of alert it tells its group of
	Active   bool
	Settings map[string]string // by name, see channel.Fields
	Secrets  string            // JSON of those settings that are never shown, sealed where the installation has a key
	Created  time.Time
	Version  int64
}

// MessageState is where a message stands.
type MessageState string

// The states of a message.
const (
	MessagePlanned   MessageState = "planned"   // waits for its time, or for the next try
	MessageSending   MessageState = "sending"   // handed over just now; after a crash nobody knows whether it left
	MessageSent      MessageState = "sent"      // the medium took it
	MessageDelivered MessageState = "delivered" // the medium says that it arrived
	MessageFailed    MessageState = "failed"    // given up
	MessageCancelled MessageState = "cancelled" // not to be sent any more
	MessageManual    MessageState = "manual"    // nothing sends it by itself: staff do
)

// Done tells whether nothing more happens to a message by itself.
func (s MessageState) Done() bool { return s != MessagePlanned && s != MessageSending }

// Message is one text on its way to a contact, or to a group of staff.
type Message struct {
	Org      ID
	ID       ID
	Once     string // what it is sent for: no two messages of an organization have the same; empty: no such bound
	Followup ID
	Contact  ID
	Sender   ID // empty: none takes it
	Channel  Channel
	Template string // code of the template or script it was filled from
	Lang     Lang
	To       string // number or address
	Subject  string // of an e-mail
	Body     string
	State    MessageState
	Reason   string // stable code of why it is not sent, e.g. "message.no_sender"
	Error    string // what the medium said last
	Tries    int
	Due      time.Time // not before
	Done     time.Time // when it was sent or given up
	Ref      string    // the medium's own name for it
	Created  time.Time
	By       ID // who sent it; empty: the rules
	Row      int64
}

// MessageTemplate is an organization's own text of a message, with
// placeholders. One whose code is that of a pack's script replaces it.
type MessageTemplate struct {
	Org     ID
	Code    string
	Name    Text
	Subject Text // of an e-mail
	Body    Text
	Row     int64
}

// Tells whether a sender's group is told of a kind of alert.
func (s *Sender) Tells(kind string) bool {
	return s.Active && s.Kind.Group() && slices.Contains(s.Alerts, kind)
}
