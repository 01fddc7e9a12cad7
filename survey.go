package huifang

import "time"

// SurveyLink lets whoever has its secret answer a follow-up as its contact,
// once, without logging in. Only the SHA-256 of the secret is kept.
type SurveyLink struct {
	Org      ID
	ID       ID
	Hash     string // of the secret
	Followup ID
	Created  time.Time
	By       ID        // who made it; empty: the product's own jobs
	Expires  time.Time // no answer is taken from then on
	Used     time.Time // when it was answered
	Revoked  time.Time
}
