package huifang

import "time"

// Webhook is a subscription: what happens here is told to another system by
// HTTP, signed.
type Webhook struct {
	Org      ID
	ID       ID
	Name     string
	URL      string
	Events   []string // of WebhookEvents
	Secret   string   // signs what is sent; sealed where the installation has a key
	Active   bool
	Failing  time.Time // since when every delivery fails; zero: the last one arrived
	Disabled time.Time // when it was switched off because it failed too long
	Created  time.Time
	By       ID
	Version  int64
}

// WebhookEvents lists what can be subscribed to.
func WebhookEvents() []string {
	return []string{
		"followup.planned", "followup.rescheduled", "followup.overdue", "followup.completed", "followup.corrected", "followup.unreachable",
		"followup.waived", "followup.cancelled", "followup.reviewed", "case.opened", "case.reopened", "case.resolved", "case.closed",
	}
}

// DeliveryState is where a delivery stands.
type DeliveryState string

// The states of a delivery.
const (
	DeliveryPending   DeliveryState = "pending"
	DeliveryDelivered DeliveryState = "delivered"
	DeliveryFailed    DeliveryState = "failed" // given up
)

// WebhookDelivery is one thing told to one webhook, and how that went. Its ID
// is the same however often it is sent.
type WebhookDelivery struct {
	Org     ID
	ID      ID
	Webhook ID
	Event   string
	Record  ID        // the follow-up or case it is about
	At      time.Time // when it happened
	Body    string    // as it is sent; made at the first try, the same ever after
	State   DeliveryState
	Tries   int
	Status  int    // the HTTP status of the last try; 0: no answer
	Error   string // of the last try
	Due     time.Time
	Done    time.Time
	Row     int64
}
