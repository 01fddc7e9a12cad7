package huifang

import "time"

// Event is something that happened in a service: a repair completed, a patient
// discharged. It is appended, never edited; a correction is a new event that
// names the old one. Outcomes of follow-ups and attribute changes are events
// too, so that one history holds everything a plan depends on.
type Event struct {
	Org        ID
	ID         ID
	Source     string // where it came from: api, import, follow-up …
	Key        string // the source's own id; (Org, Source, Key) is unique
	Type       string // dotted, e.g. "repair.completed"
	At         time.Time
	Contact    ID
	Asset      ID
	Unit       ID
	Staff      ID
	Department string
	Attributes Attributes
	Followup   ID // for outcomes: the follow-up
	Corrects   ID // for a correction: the event it replaces
	Received   time.Time
}

// Types of event that the engine itself gives a meaning.
const (
	EventFollowupCompleted   = "followup.completed"
	EventFollowupUnreachable = "followup.unreachable"
	EventFollowupWaived      = "followup.waived"
	EventContactChanged      = "contact.changed"
	EventAssetChanged        = "asset.changed"
	EventCaseResolved        = "case.resolved"
)

// Channel is a way to reach a customer.
type Channel string

// The channels.
const (
	ChannelPhone   Channel = "phone"
	ChannelSMS     Channel = "sms"
	ChannelWeChat  Channel = "wechat"
	ChannelEmail   Channel = "email"
	ChannelVisit   Channel = "visit"
	ChannelMeeting Channel = "meeting"
	ChannelSurvey  Channel = "survey"
	ChannelOther   Channel = "other"
)

// Channels lists every channel in display order.
func Channels() []Channel {
	return []Channel{ChannelPhone, ChannelSMS, ChannelWeChat, ChannelEmail, ChannelVisit, ChannelMeeting, ChannelSurvey, ChannelOther}
}
