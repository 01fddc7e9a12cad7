package huifang

import "time"

// Enrollment is one subject's way through one program, as it is kept: State is
// the engine's own encoding and nobody else reads it.
type Enrollment struct {
	Org     ID
	ID      ID
	Program string
	Subject string // event, contact, asset or staff
	Key     ID     // the subject; (Org, Program, Key) is unique
	Contact ID
	Asset   ID
	Unit    ID
	State   []byte
	WakeAt  time.Time // when a tick must look at it; zero: never
	Active  bool      // false: ended, no input can change it
	Row     int64
}

// Alert tells one member of staff that something needs their eye.
type Alert struct {
	Org      ID
	ID       ID
	Staff    ID
	Kind     string // e.g. "followup.late", "outcome.alert", "case.opened"
	Followup ID
	Case     ID
	Text     Text
	At       time.Time
	Read     time.Time
}

// ProgramSetting is what an organization changed about an active program: for
// the whole organization (Unit empty) or for one unit and those below it.
type ProgramSetting struct {
	Org      ID
	Program  string
	Unit     ID
	Active   bool
	Override string // JSON of app.Override: numbers and assignees by step
	Row      int64
}

// ProgramVersion is one immutable version of an active program or form, with
// the definition it was activated with.
type ProgramVersion struct {
	Org        ID
	Kind       string // "program", "form", "pack"
	Code       string
	Version    int
	Definition string // JSON
	Hash       string // of Definition: an unchanged definition makes no new version
	At         time.Time
}

// Import is one run of an import, kept with its counts and rejected rows.
type Import struct {
	Org      ID
	ID       ID
	Staff    ID
	File     string
	Hash     string // SHA-256 of the content
	Rows     int
	Accepted int
	Known    int // already imported before: nothing changed
	Skipped  int // no event by rule, e.g. unfinished jobs
	Rejected int
	Planned  int // follow-ups planned
	Closed   int // windows already closed: recorded as not planned
	At       time.Time
	Done     time.Time
}

// ImportReject is one rejected row of an import: the original cells and why.
type ImportReject struct {
	Org    ID
	Import ID
	Seq    int
	Sheet  string
	Row    int
	Cells  []string
	Reason string
	Text   Text
}

// Session is a log-in kept on the server; Hash is the SHA-256 of its secret.
type Session struct {
	Org     ID
	Hash    string
	Staff   ID
	Created time.Time
	Expires time.Time
}

// Token is an API token; Hash is the SHA-256 of its secret.
type Token struct {
	Org         ID
	ID          ID
	Name        string
	Hash        string
	Permissions []Permission
	Created     time.Time
	By          ID
	Expires     time.Time // zero: never
	Revoked     time.Time
}

// Job is one piece of background work. (Org, Kind, Unique) is unique among
// unfinished jobs where Unique is set.
type Job struct {
	Org      ID
	ID       ID
	Kind     string
	Unique   string
	Args     string // JSON
	Due      time.Time
	Tries    int
	Lease    time.Time // claimed until
	Errors   string    // JSON list of past errors
	Finished time.Time
}

// Received is an event that was acknowledged before it was planned: it waits in
// the inbox, and becomes the event of the same ID. One that turns out to be
// known already, or cannot be planned, keeps what came of it.
type Received struct {
	Org   ID
	ID    ID
	At    time.Time
	Body  string    // JSON, as the use case wrote it
	Event ID        // the event that was known already
	Done  time.Time // when that, or the fault, was found
	Fault string    // JSON: why it is refused; "" while it waits
}

// Credential is the argon2id hash of a member of staff's password.
type Credential struct {
	Org     ID
	Staff   ID
	Hash    string
	Changed time.Time
}

// Idempotency is the key of a request that may be sent again, with the answer
// it was given the first time.
type Idempotency struct {
	Org    ID
	Key    string
	Hash   string // SHA-256 of the request
	Status int
	Answer string
	At     time.Time
}

// Mapping is a saved import mapping.
type Mapping struct {
	Org  ID
	Name string
	Body string // YAML, see sheet.Mapping
	Row  int64
}

// Frozen is a closed month of a unit's statistics; a change after closing is a
// restatement.
type Frozen struct {
	Org   ID
	Month Month
	At    time.Time
	By    ID
	Body  string // JSON of the sheet as it stood
}
