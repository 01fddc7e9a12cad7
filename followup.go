package huifang

import "time"

// State is where a follow-up stands. Overdue is not a state that is stored by
// hand: it is planned and past its window.
type State string

// The states.
const (
	StatePlanned     State = "planned"
	StateOverdue     State = "overdue" // shown only: planned, window closed
	StateCompleted   State = "completed"
	StateUnreachable State = "unreachable"
	StateWaived      State = "waived"
	StateCancelled   State = "cancelled"
)

// Done tells whether nothing more can happen to a follow-up in this state.
func (s State) Done() bool { return s != StatePlanned && s != StateOverdue }

// Followup is one planned contact with a customer. Its identity is (Org,
// Program, Enrollment, Step, Occurrence): the engine never makes two.
type Followup struct {
	Org        ID
	ID         ID
	Number     string // HF-2026-000123, gap-free per organization and year
	Program    string
	Version    int // of the program it was planned with
	Enrollment ID
	Step       string
	Occurrence int
	Event      ID // the event it stems from
	Contact    ID
	Asset      ID
	Unit       ID
	Department string // complained-about or serving department, from the event
	Matter     string // what it is about, for recurrence: the same words, the same matter

	Window   Window
	OpensAt  time.Time
	ClosesAt time.Time // first instant after the window
	DueMonth Month     // month of Window.Closes

	Assignees  []Assignee
	Lead       ID // the first resolved assignee: who answers for it in statistics
	Channels   []Channel
	Form       string
	FormVer    int
	Script     string
	Why        string // JSON of plan.Explanation
	State      State
	Late       bool      // the window closed before it was done, or before it was cancelled
	Reason     string    // why waived, unreachable, cancelled or postponed
	TakenBy    ID        // who signed for the form (签收)
	TakenAt    time.Time // zero: not taken
	ReturnedAt time.Time // when the form came back (签收)
	Attempts   int
	NextTry    time.Time // zero: when the window opens
	DoneAt     time.Time
	DoneBy     ID
	Score      float64 // of the form, NaN-free; valid when Scored
	Scored     bool
	Satisfied  Verdict
	Review     ReviewState
	Case       ID // case this follow-up checks, or the one it opened
	Created    time.Time
	Row        int64 // row version for optimistic concurrency
}

// StateAt is the state shown at an instant: overdue when planned and closed.
func (f *Followup) StateAt(now time.Time) State {
	if f.State == StatePlanned && !f.ClosesAt.After(now) {
		return StateOverdue
	}
	return f.State
}

// Assignee is one person responsible for a follow-up, or the role that could
// not be resolved to a person.
type Assignee struct {
	Staff ID     `json:"staff,omitempty"`
	Role  string `json:"role,omitempty"` // set when Staff is empty
}

// String is the staff id, or role:NAME where nobody was found.
func (a Assignee) String() string {
	if a.Staff != "" {
		return string(a.Staff)
	}
	return "role:" + a.Role
}

// Verdict is what a record says of the customer or the service.
type Verdict string

// The verdicts.
const (
	VerdictNone         Verdict = ""          // not asked or not answered
	VerdictSatisfied    Verdict = "satisfied" // by the form's rule
	VerdictDissatisfied Verdict = "dissatisfied"
	VerdictUnqualified  Verdict = "unqualified" // the service itself failed the check
)

// Disposition is how one attempt to reach the customer ended.
type Disposition string

// The dispositions.
const (
	Answered    Disposition = "answered"
	Busy        Disposition = "busy"
	NoAnswer    Disposition = "no_answer"
	SwitchedOff Disposition = "switched_off"
	WrongNumber Disposition = "wrong_number"
	Refused     Disposition = "refused"
	CallBack    Disposition = "call_back" // customer named a time
)

// Dispositions lists every disposition in display order.
func Dispositions() []Disposition {
	return []Disposition{Answered, Busy, NoAnswer, SwitchedOff, WrongNumber, Refused, CallBack}
}

// Attempt is one try to reach the customer; appended, never edited.
type Attempt struct {
	Org         ID
	ID          ID
	Followup    ID
	Staff       ID
	At          time.Time
	Channel     Channel
	Phone       string
	Disposition Disposition
	Note        string
	CallBackAt  time.Time
}

// Record is what a completed follow-up found, with the versions of form and
// program it was made with. A correction is a new record naming the old one.
type Record struct {
	Org        ID
	ID         ID
	Followup   ID
	Staff      ID
	At         time.Time
	Channel    Channel
	Form       string
	FormVer    int
	Answers    Attributes
	Score      float64
	Scored     bool
	Band       string
	Satisfied  Verdict
	Signatures []Signature
	Corrects   ID
}

// Signature is a signed name: of the customer, of the staff.
type Signature struct {
	By    string    `json:"by"` // "customer" or "staff"
	Name  string    `json:"name"`
	At    time.Time `json:"at"`
	Image string    `json:"image,omitempty"` // content hash of the drawn signature
}

// ReviewState is where the review of a record stands.
type ReviewState string

// The review states.
const (
	ReviewNone        ReviewState = ""            // not sampled for review
	ReviewPending     ReviewState = "pending"     // waits for a reviewer
	ReviewQualified   ReviewState = "qualified"   // passed
	ReviewUnqualified ReviewState = "unqualified" // handled as a complaint
	ReviewRedo        ReviewState = "redo"        // sent back to be done again
)

// Review is a supervisor's decision on a record, never on one's own.
type Review struct {
	Org      ID
	ID       ID
	Followup ID
	Record   ID
	Staff    ID
	At       time.Time
	Decision ReviewState
	Opinion  string
}

// NotPlanned is a follow-up the rules considered and did not plan, with the
// reason: kept so that "why not" always has an answer.
type NotPlanned struct {
	Org        ID
	Program    string
	Enrollment ID
	Step       string
	Occurrence int
	Event      ID
	Contact    ID
	Asset      ID
	Unit       ID
	Reason     string // stable code, e.g. "window_closed", "condition_false", "do_not_contact"
	Why        string // JSON of plan.Explanation
	At         time.Time
}
