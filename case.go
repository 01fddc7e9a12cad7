package huifang

import "time"

// CaseState is where a case stands.
type CaseState string

// The case states.
const (
	CaseOpen     CaseState = "open"
	CaseActing   CaseState = "acting"   // a corrective action is under way
	CaseResolved CaseState = "resolved" // waits for the customer's confirmation by follow-up
	CaseClosed   CaseState = "closed"
)

// Severity grades a complaint or case.
type Severity string

// The severities.
const (
	SeverityGeneral Severity = "general"
	SeverityMajor   Severity = "major"
)

// Case is a dissatisfaction or unqualified result that must be put right
// (诉求/整改). Its resolution creates the next follow-up.
type Case struct {
	Org        ID
	ID         ID
	Number     string // AJ-2026-000045
	Followup   ID     // that opened it; empty when opened by hand or by recurrence
	Event      ID
	Contact    ID
	Asset      ID
	Unit       ID
	Department string
	Matter     string
	Severity   Severity
	State      CaseState
	Owner      ID // rectifier
	Opened     time.Time
	Due        Date
	Explained  string // explanation given to the customer when unsolvable at once
	NextDate   Date   // next follow-up promised to the customer
	Resolution string
	Resolved   time.Time
	Closed     time.Time
	Version    int64
}

// Action is one corrective measure of a case.
type Action struct {
	Org     ID
	ID      ID
	Case    ID
	Owner   ID
	Measure string
	Due     Date
	Done    time.Time
	Result  string
	Version int64
}

// Recurrence flags the same contact complaining of the same matter (≥ 2) or
// the same asset repaired for the same thing (≥ 3); the head decides whether it
// becomes a major complaint (docs/rules.md, "Recurrence").
type Recurrence struct {
	Org      ID
	ID       ID
	Rule     string // code of the pack's recurrence rule
	Kind     string // "contact" or "asset"
	Subject  ID
	Unit     ID
	Matter   string
	Count    int
	Month    Month
	Events   []ID
	Decision string // "", "major", "normal"
	Decided  time.Time
	By       ID
	Opinion  string
	Case     ID
	Version  int64
}

// AuditEntry is one change or reveal, in a chain: each entry's Hash covers the
// one before it.
type AuditEntry struct {
	Org    ID
	Seq    int64
	At     time.Time
	Staff  ID
	Action string // dotted, e.g. "followup.completed", "contact.revealed"
	Kind   string
	Record ID
	Detail string // JSON
	Prev   string
	Hash   string
}
