package store

import (
	"context"
	"io"
	"time"

	"github.com/huifang/huifang"
)

var errFace = huifang.Fail(huifang.CodeInternal, "store.unready", huifang.Text{ZH: "存储尚未就绪", EN: "the store is not ready"}) //nolint:gochecknoglobals // replaced below

// Config says which database to open and how.
type Config struct {
	URL     string // sqlite:///absolute/path.db, sqlite:relative.db or postgres://…
	Readers int    // SQLite: connections that read; default 4
	Writers int    // PostgreSQL: transactions that commit groups; default 4
	Relaxed bool   // SQLite: synchronous=NORMAL, the last commits may be lost in a power cut
	Frozen  bool   // do not migrate: refuse a database whose schema is not current
}

// Store is an open database. It is safe for concurrent use.
type Store struct{ reads View }

// Open opens the database and migrates it to the current schema.
func Open(ctx context.Context, cfg Config) (*Store, error) { return nil, errFace }

// Close finishes what was queued, then closes the database.
func (s *Store) Close() error { return errFace }

// Ping tells whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return errFace }

// View reads committed data; each call sees the newest.
func (s *Store) View() *View { return &s.reads }

// Snapshot runs fn on a View whose calls all see the same committed state.
func (s *Store) Snapshot(ctx context.Context, fn func(v *View) error) error { return errFace }

// Write runs fn in a transaction shared with other callers' closures and
// returns once it is committed. fn may run more than once and must have no
// effect outside tx but to set variables of its own; an error or panic undoes
// what it did and is returned. Context of the caller only limits the wait in
// the queue: once fn runs, Write waits for the outcome.
func (s *Store) Write(ctx context.Context, fn func(tx *Tx) error) error { return errFace }

// Ready receives a hint when a job may be due because a commit enqueued one.
func (s *Store) Ready() <-chan struct{} { return nil }

// Backup writes a consistent, portable copy of the whole database.
func (s *Store) Backup(ctx context.Context, w io.Writer) error { return errFace }

// Restore fills a new, empty database from a backup of either kind.
func Restore(ctx context.Context, cfg Config, r io.Reader) error { return errFace }

// Migrate brings the schema up to date and tells the versions before and after.
func Migrate(ctx context.Context, cfg Config) (from, to int64, err error) { return 0, 0, errFace }

// Reads holds every reading method; a View and a Tx both have them.
type Reads struct{}

// View reads.
type View struct{ Reads }

// Tx writes, and reads what it wrote.
type Tx struct{ Reads }

// Page asks for one page of a list. After is Next of the page before, empty for
// the first. Limit defaults to 50, at most 1000.
type Page struct {
	After string
	Limit int
	Desc  bool
}

// Paged is one page of a list; Next is empty on the last.
type Paged[T any] struct {
	Items []T
	Next  string
}

// --- organization, units, staff, roles ---

// Organization is the organization with the id.
func (q *Reads) Organization(ctx context.Context, id huifang.ID) (*huifang.Organization, error) {
	return nil, errFace
}

// OrganizationByCode is the organization with the log-in code.
func (q *Reads) OrganizationByCode(ctx context.Context, code string) (*huifang.Organization, error) {
	return nil, errFace
}

// Organizations lists all, by code.
func (q *Reads) Organizations(ctx context.Context) ([]*huifang.Organization, error) {
	return nil, errFace
}

// SaveOrganization inserts (Version 0) or updates (stale Version: conflict) and sets the new Version.
func (tx *Tx) SaveOrganization(ctx context.Context, o *huifang.Organization) error { return errFace }

// Unit is the unit with the id.
func (q *Reads) Unit(ctx context.Context, org, id huifang.ID) (*huifang.Unit, error) {
	return nil, errFace
}

// UnitByCode is the unit with the import code.
func (q *Reads) UnitByCode(ctx context.Context, org huifang.ID, code string) (*huifang.Unit, error) {
	return nil, errFace
}

// Units lists all units, parents before children (by Path).
func (q *Reads) Units(ctx context.Context, org huifang.ID) ([]*huifang.Unit, error) {
	return nil, errFace
}

// SaveUnit inserts (Version 0) or updates; it sets Path (/-joined ids from the
// root) from Parent, moves the subtree with it, and refuses a cycle.
func (tx *Tx) SaveUnit(ctx context.Context, u *huifang.Unit) error { return errFace }

// PutUnit inserts or overwrites by Code, and sets ID and Version to what is kept.
func (tx *Tx) PutUnit(ctx context.Context, u *huifang.Unit) error { return errFace }

// Staff is the person with the id.
func (q *Reads) Staff(ctx context.Context, org, id huifang.ID) (*huifang.Staff, error) {
	return nil, errFace
}

// StaffByCode is the person with the import code.
func (q *Reads) StaffByCode(ctx context.Context, org huifang.ID, code string) (*huifang.Staff, error) {
	return nil, errFace
}

// StaffByLogin is the person with the log-in name.
func (q *Reads) StaffByLogin(ctx context.Context, org huifang.ID, login string) (*huifang.Staff, error) {
	return nil, errFace
}

// StaffList lists all staff, by code.
func (q *Reads) StaffList(ctx context.Context, org huifang.ID) ([]*huifang.Staff, error) {
	return nil, errFace
}

// StaffInRole lists the active holders of a role in exactly that unit, by code.
func (q *Reads) StaffInRole(ctx context.Context, org huifang.ID, role string, unit huifang.ID) ([]*huifang.Staff, error) {
	return nil, errFace
}

// SaveStaff inserts (Version 0) or updates.
func (tx *Tx) SaveStaff(ctx context.Context, s *huifang.Staff) error { return errFace }

// PutStaff inserts or overwrites by Code.
func (tx *Tx) PutStaff(ctx context.Context, s *huifang.Staff) error { return errFace }

// Roles lists the organization's own roles, by code.
func (q *Reads) Roles(ctx context.Context, org huifang.ID) ([]*huifang.Role, error) {
	return nil, errFace
}

// SaveRole inserts or overwrites by Code (no version check when Version is 0).
func (tx *Tx) SaveRole(ctx context.Context, r *huifang.Role) error { return errFace }

// --- access ---

// Credential is the password hash of a person.
func (q *Reads) Credential(ctx context.Context, org, staff huifang.ID) (*huifang.Credential, error) {
	return nil, errFace
}

// SaveCredential inserts or overwrites.
func (tx *Tx) SaveCredential(ctx context.Context, c *huifang.Credential) error { return errFace }

// SessionByHash finds a session, expired or not, across organizations.
func (q *Reads) SessionByHash(ctx context.Context, hash string) (*huifang.Session, error) {
	return nil, errFace
}

// InsertSession keeps a new session.
func (tx *Tx) InsertSession(ctx context.Context, s *huifang.Session) error { return errFace }

// ExtendSession moves the expiry.
func (tx *Tx) ExtendSession(ctx context.Context, org huifang.ID, hash string, expires time.Time) error {
	return errFace
}

// DeleteSession ends one session; ending none is no error.
func (tx *Tx) DeleteSession(ctx context.Context, org huifang.ID, hash string) error { return errFace }

// DeleteSessions ends every session of a person.
func (tx *Tx) DeleteSessions(ctx context.Context, org, staff huifang.ID) error { return errFace }

// DeleteExpiredSessions ends the organization's sessions that expired by now.
func (tx *Tx) DeleteExpiredSessions(ctx context.Context, org huifang.ID, now time.Time) error {
	return errFace
}

// TokenByHash finds an API token, revoked or not, across organizations.
func (q *Reads) TokenByHash(ctx context.Context, hash string) (*huifang.Token, error) {
	return nil, errFace
}

// Tokens lists the API tokens, by name.
func (q *Reads) Tokens(ctx context.Context, org huifang.ID) ([]*huifang.Token, error) {
	return nil, errFace
}

// InsertToken keeps a new token.
func (tx *Tx) InsertToken(ctx context.Context, t *huifang.Token) error { return errFace }

// RevokeToken revokes; a token revoked before keeps its time.
func (tx *Tx) RevokeToken(ctx context.Context, org, id huifang.ID, at time.Time) error {
	return errFace
}

// --- contacts and assets ---

// ContactFilter selects contacts.
type ContactFilter struct {
	Units []huifang.ID // nil: all; "" among them: those without a unit
	Kind  string
	Owner huifang.ID
	Text  string // part of name, code, phone or address, case ignored
}

// Contact is the contact with the id.
func (q *Reads) Contact(ctx context.Context, org, id huifang.ID) (*huifang.Contact, error) {
	return nil, errFace
}

// ContactsByID are those of the ids that exist.
func (q *Reads) ContactsByID(ctx context.Context, org huifang.ID, ids []huifang.ID) (map[huifang.ID]*huifang.Contact, error) {
	return nil, errFace
}

// ContactsByCode are those of the codes that exist.
func (q *Reads) ContactsByCode(ctx context.Context, org huifang.ID, codes []string) (map[string]*huifang.Contact, error) {
	return nil, errFace
}

// ContactsByPhone are the contacts with the phone number, by name.
func (q *Reads) ContactsByPhone(ctx context.Context, org huifang.ID, phone string) ([]*huifang.Contact, error) {
	return nil, errFace
}

// ContactsByName are the contacts with exactly that name in the unit.
func (q *Reads) ContactsByName(ctx context.Context, org, unit huifang.ID, name string) ([]*huifang.Contact, error) {
	return nil, errFace
}

// Contacts lists by name.
func (q *Reads) Contacts(ctx context.Context, org huifang.ID, f ContactFilter, p Page) (Paged[*huifang.Contact], error) {
	return Paged[*huifang.Contact]{}, errFace
}

// SaveContact inserts (Version 0) or updates.
func (tx *Tx) SaveContact(ctx context.Context, c *huifang.Contact) error { return errFace }

// PutContact inserts or overwrites by Code, and sets ID and Version to what is kept.
func (tx *Tx) PutContact(ctx context.Context, c *huifang.Contact) error { return errFace }

// AssetFilter selects assets.
type AssetFilter struct {
	Units   []huifang.ID
	Kind    string
	Contact huifang.ID
	Text    string // part of code or name, case ignored
}

// Asset is the asset with the id.
func (q *Reads) Asset(ctx context.Context, org, id huifang.ID) (*huifang.Asset, error) {
	return nil, errFace
}

// AssetsByID are those of the ids that exist.
func (q *Reads) AssetsByID(ctx context.Context, org huifang.ID, ids []huifang.ID) (map[huifang.ID]*huifang.Asset, error) {
	return nil, errFace
}

// AssetsByCode are those of the codes that exist.
func (q *Reads) AssetsByCode(ctx context.Context, org huifang.ID, codes []string) (map[string]*huifang.Asset, error) {
	return nil, errFace
}

// Assets lists by code.
func (q *Reads) Assets(ctx context.Context, org huifang.ID, f AssetFilter, p Page) (Paged[*huifang.Asset], error) {
	return Paged[*huifang.Asset]{}, errFace
}

// SaveAsset inserts (Version 0) or updates.
func (tx *Tx) SaveAsset(ctx context.Context, a *huifang.Asset) error { return errFace }

// PutAsset inserts or overwrites by Code.
func (tx *Tx) PutAsset(ctx context.Context, a *huifang.Asset) error { return errFace }

// --- events ---

// EventFilter selects events.
type EventFilter struct {
	Contact huifang.ID
	Asset   huifang.ID
	Types   []string
	Since   time.Time // At >= Since
	Before  time.Time // At < Before
}

// Event is the event with the id.
func (q *Reads) Event(ctx context.Context, org, id huifang.ID) (*huifang.Event, error) {
	return nil, errFace
}

// EventByKey is the event with the source's own key.
func (q *Reads) EventByKey(ctx context.Context, org huifang.ID, source, key string) (*huifang.Event, error) {
	return nil, errFace
}

// Events lists by time.
func (q *Reads) Events(ctx context.Context, org huifang.ID, f EventFilter, p Page) (Paged[*huifang.Event], error) {
	return Paged[*huifang.Event]{}, errFace
}

// InsertEvents appends events; one whose (Source, Key) is kept already is left
// as it is, takes the kept ID, and known is true at its place. Later duplicates
// within the call count as known too. Empty Key: the ID in text form.
func (tx *Tx) InsertEvents(ctx context.Context, events ...*huifang.Event) (known []bool, err error) {
	return nil, errFace
}

// --- enrollments ---

// EnrollmentFilter selects enrollments; empty fields select all.
type EnrollmentFilter struct {
	Programs []string
	Contact  huifang.ID
	Asset    huifang.ID
	Active   bool // only active ones
}

// Enrollment is the enrollment with the id.
func (q *Reads) Enrollment(ctx context.Context, org, id huifang.ID) (*huifang.Enrollment, error) {
	return nil, errFace
}

// EnrollmentByKey is the subject's enrollment in the program.
func (q *Reads) EnrollmentByKey(ctx context.Context, org huifang.ID, program string, key huifang.ID) (*huifang.Enrollment, error) {
	return nil, errFace
}

// EnrollmentsByKeys are those of the subjects that are enrolled in the program, by subject.
func (q *Reads) EnrollmentsByKeys(ctx context.Context, org huifang.ID, program string, keys []huifang.ID) (map[huifang.ID]*huifang.Enrollment, error) {
	return nil, errFace
}

// Enrollments lists those of a contact or an asset (one of them is required).
func (q *Reads) Enrollments(ctx context.Context, org huifang.ID, f EnrollmentFilter) ([]*huifang.Enrollment, error) {
	return nil, errFace
}

// DueOrganizations are the organizations with an enrollment to wake by now.
func (q *Reads) DueOrganizations(ctx context.Context, now time.Time) ([]huifang.ID, error) {
	return nil, errFace
}

// DueEnrollments picks at most limit enrollments to wake by now, earliest first,
// and holds them: another node's transaction picks others.
func (tx *Tx) DueEnrollments(ctx context.Context, org huifang.ID, now time.Time, limit int) ([]*huifang.Enrollment, error) {
	return nil, errFace
}

// SaveEnrollment inserts (Row 0) or updates (stale Row: conflict) and sets the new Row.
func (tx *Tx) SaveEnrollment(ctx context.Context, e *huifang.Enrollment) error { return errFace }

// --- follow-ups ---

// FollowupFilter selects follow-ups; empty fields select all.
type FollowupFilter struct {
	Now        time.Time       // needed when States names planned or overdue: splits them
	States     []huifang.State // as shown, see Followup.StateAt
	Units      []huifang.ID    // nil: all; "" among them: those without a unit
	Assignee   huifang.ID
	Lead       huifang.ID
	Unassigned bool // nobody was found to do it
	Program    string
	Step       string
	Contact    huifang.ID
	Asset      huifang.ID
	Event      huifang.ID
	Enrollment huifang.ID
	Case       huifang.ID
	Month      huifang.Month
	Satisfied  []huifang.Verdict
	Review     []huifang.ReviewState
	OpensFrom  time.Time // OpensAt >= OpensFrom
	OpensTo    time.Time // OpensAt < OpensTo
	ClosesFrom time.Time
	ClosesTo   time.Time
	OnTime     *bool  // completed ones, within or after their window
	Text       string // number; part of the contact's or asset's name, code or phone
}

// FollowupSort is the order of a list of follow-ups.
type FollowupSort string

// The orders; each is completed by the id.
const (
	ByCloses  FollowupSort = "closes"
	ByOpens   FollowupSort = "opens"
	ByCreated FollowupSort = "created"
)

// Followup is the follow-up with the id.
func (q *Reads) Followup(ctx context.Context, org, id huifang.ID) (*huifang.Followup, error) {
	return nil, errFace
}

// FollowupByNumber is the follow-up with the human number.
func (q *Reads) FollowupByNumber(ctx context.Context, org huifang.ID, number string) (*huifang.Followup, error) {
	return nil, errFace
}

// FollowupsByID are those of the ids that exist.
func (q *Reads) FollowupsByID(ctx context.Context, org huifang.ID, ids []huifang.ID) (map[huifang.ID]*huifang.Followup, error) {
	return nil, errFace
}

// FollowupsOf lists an enrollment's follow-ups by step and occurrence.
func (q *Reads) FollowupsOf(ctx context.Context, org, enrollment huifang.ID) ([]*huifang.Followup, error) {
	return nil, errFace
}

// Followups lists one page. Why is left empty in lists.
func (q *Reads) Followups(ctx context.Context, org huifang.ID, f FollowupFilter, sort FollowupSort, p Page) (Paged[*huifang.Followup], error) {
	return Paged[*huifang.Followup]{}, errFace
}

// CountFollowups counts up to limit.
func (q *Reads) CountFollowups(ctx context.Context, org huifang.ID, f FollowupFilter, limit int) (int, error) {
	return 0, errFace
}

// EachFollowup streams all that match, by id, from one consistent state (exports).
func (q *Reads) EachFollowup(ctx context.Context, org huifang.ID, f FollowupFilter, each func(*huifang.Followup) error) error {
	return errFace
}

// OpenLoad counts the open follow-ups of each of the staff.
func (q *Reads) OpenLoad(ctx context.Context, org huifang.ID, staff []huifang.ID) (map[huifang.ID]int, error) {
	return nil, errFace
}

// LateDue lists planned follow-ups whose window closed by now and that are not
// marked Late yet, earliest first.
func (q *Reads) LateDue(ctx context.Context, org huifang.ID, now time.Time, limit int) ([]*huifang.Followup, error) {
	return nil, errFace
}

// InsertFollowups plans follow-ups and keeps assignee lists and the rollup in
// step. Their Number (HF-year-…) is set by the time Write returns, or earlier
// when the transaction reads follow-ups. year is the current year in the
// organization's zone.
func (tx *Tx) InsertFollowups(ctx context.Context, year int, fs ...*huifang.Followup) error {
	return errFace
}

// UpdateFollowup writes every field but the identity (stale Row: conflict), keeps
// assignee lists and the rollup in step, and sets the new Row.
func (tx *Tx) UpdateFollowup(ctx context.Context, f *huifang.Followup) error { return errFace }

// Attempts lists a follow-up's attempts by time.
func (q *Reads) Attempts(ctx context.Context, org, followup huifang.ID) ([]*huifang.Attempt, error) {
	return nil, errFace
}

// InsertAttempt appends.
func (tx *Tx) InsertAttempt(ctx context.Context, a *huifang.Attempt) error { return errFace }

// Record is the record with the id.
func (q *Reads) Record(ctx context.Context, org, id huifang.ID) (*huifang.Record, error) {
	return nil, errFace
}

// Records lists a follow-up's records by time; the last one counts.
func (q *Reads) Records(ctx context.Context, org, followup huifang.ID) ([]*huifang.Record, error) {
	return nil, errFace
}

// RecordsOf are the last records of the follow-ups, by follow-up (exports).
func (q *Reads) RecordsOf(ctx context.Context, org huifang.ID, followups []huifang.ID) (map[huifang.ID]*huifang.Record, error) {
	return nil, errFace
}

// InsertRecord appends.
func (tx *Tx) InsertRecord(ctx context.Context, r *huifang.Record) error { return errFace }

// Reviews lists a follow-up's reviews by time.
func (q *Reads) Reviews(ctx context.Context, org, followup huifang.ID) ([]*huifang.Review, error) {
	return nil, errFace
}

// InsertReview appends.
func (tx *Tx) InsertReview(ctx context.Context, r *huifang.Review) error { return errFace }

// NotPlannedCount is how often a reason was recorded.
type NotPlannedCount struct {
	Program string
	Reason  string
	N       int
}

// InsertNotPlanned records; the same (Program, Enrollment, Step, Occurrence, Event) again overwrites.
func (tx *Tx) InsertNotPlanned(ctx context.Context, ns ...*huifang.NotPlanned) error { return errFace }

// NotPlannedOf lists an enrollment's.
func (q *Reads) NotPlannedOf(ctx context.Context, org, enrollment huifang.ID) ([]*huifang.NotPlanned, error) {
	return nil, errFace
}

// NotPlannedByEvent lists an event's.
func (q *Reads) NotPlannedByEvent(ctx context.Context, org, event huifang.ID) ([]*huifang.NotPlanned, error) {
	return nil, errFace
}

// NotPlannedCounts counts by program and reason, At in [from, to).
func (q *Reads) NotPlannedCounts(ctx context.Context, org huifang.ID, from, to time.Time) ([]NotPlannedCount, error) {
	return nil, errFace
}

// --- cases ---

// CaseFilter selects cases; empty fields select all.
type CaseFilter struct {
	Units    []huifang.ID
	States   []huifang.CaseState
	Severity huifang.Severity
	Owner    huifang.ID
	Contact  huifang.ID
	Asset    huifang.ID
	Followup huifang.ID
	Event    huifang.ID
	DueTo    huifang.Date // Due <= DueTo; NoDate or 0: all
	From     time.Time    // Opened >= From
	To       time.Time    // Opened < To
}

// Case is the case with the id.
func (q *Reads) Case(ctx context.Context, org, id huifang.ID) (*huifang.Case, error) {
	return nil, errFace
}

// CaseByNumber is the case with the human number.
func (q *Reads) CaseByNumber(ctx context.Context, org huifang.ID, number string) (*huifang.Case, error) {
	return nil, errFace
}

// Cases lists by time opened.
func (q *Reads) Cases(ctx context.Context, org huifang.ID, f CaseFilter, p Page) (Paged[*huifang.Case], error) {
	return Paged[*huifang.Case]{}, errFace
}

// InsertCase opens a case; its Number (AJ-year-…) is set as for InsertFollowups.
func (tx *Tx) InsertCase(ctx context.Context, year int, c *huifang.Case) error { return errFace }

// UpdateCase writes every field but identity and number (stale Version: conflict).
func (tx *Tx) UpdateCase(ctx context.Context, c *huifang.Case) error { return errFace }

// Action is the action with the id.
func (q *Reads) Action(ctx context.Context, org, id huifang.ID) (*huifang.Action, error) {
	return nil, errFace
}

// Actions lists a case's actions in order of their ids.
func (q *Reads) Actions(ctx context.Context, org, caseID huifang.ID) ([]*huifang.Action, error) {
	return nil, errFace
}

// SaveAction inserts (Version 0) or updates.
func (tx *Tx) SaveAction(ctx context.Context, a *huifang.Action) error { return errFace }

// RecurrenceFilter selects recurrences; empty fields select all.
type RecurrenceFilter struct {
	Month   huifang.Month
	Units   []huifang.ID
	Subject huifang.ID
	Open    bool // not decided yet
}

// Recurrence is the recurrence with the id.
func (q *Reads) Recurrence(ctx context.Context, org, id huifang.ID) (*huifang.Recurrence, error) {
	return nil, errFace
}

// Recurrences lists by month, unit and count.
func (q *Reads) Recurrences(ctx context.Context, org huifang.ID, f RecurrenceFilter) ([]*huifang.Recurrence, error) {
	return nil, errFace
}

// FlagRecurrence inserts, or brings Count and Events of the one kept for (Rule,
// Kind, Subject, Matter, Month) up to date; r becomes what is kept, and fresh
// tells whether it was inserted.
func (tx *Tx) FlagRecurrence(ctx context.Context, r *huifang.Recurrence) (fresh bool, err error) {
	return false, errFace
}

// UpdateRecurrence writes the decision (stale Version: conflict).
func (tx *Tx) UpdateRecurrence(ctx context.Context, r *huifang.Recurrence) error { return errFace }

// --- alerts ---

// Alerts lists a person's, newest first.
func (q *Reads) Alerts(ctx context.Context, org, staff huifang.ID, unread bool, p Page) (Paged[*huifang.Alert], error) {
	return Paged[*huifang.Alert]{}, errFace
}

// UnreadAlerts counts a person's unread alerts.
func (q *Reads) UnreadAlerts(ctx context.Context, org, staff huifang.ID) (int, error) {
	return 0, errFace
}

// InsertAlerts appends.
func (tx *Tx) InsertAlerts(ctx context.Context, as ...*huifang.Alert) error { return errFace }

// ReadAlerts marks a person's alerts read; no ids: all of them.
func (tx *Tx) ReadAlerts(ctx context.Context, org, staff huifang.ID, at time.Time, ids ...huifang.ID) error {
	return errFace
}

// --- programs ---

// ProgramVersion is one version of a definition; version 0: the newest.
func (q *Reads) ProgramVersion(ctx context.Context, org huifang.ID, kind, code string, version int) (*huifang.ProgramVersion, error) {
	return nil, errFace
}

// ProgramVersions lists the newest version of every definition of a kind, by code.
func (q *Reads) ProgramVersions(ctx context.Context, org huifang.ID, kind string) ([]*huifang.ProgramVersion, error) {
	return nil, errFace
}

// SaveProgramVersion keeps a definition: unchanged Hash keeps the newest version,
// else it becomes the next; v.Version is set to it.
func (tx *Tx) SaveProgramVersion(ctx context.Context, v *huifang.ProgramVersion) error { return errFace }

// ProgramSettings lists all settings.
func (q *Reads) ProgramSettings(ctx context.Context, org huifang.ID) ([]*huifang.ProgramSetting, error) {
	return nil, errFace
}

// SaveProgramSetting inserts (Row 0) or updates.
func (tx *Tx) SaveProgramSetting(ctx context.Context, s *huifang.ProgramSetting) error { return errFace }

// --- imports ---

// Import is the import with the id.
func (q *Reads) Import(ctx context.Context, org, id huifang.ID) (*huifang.Import, error) {
	return nil, errFace
}

// Imports lists newest first.
func (q *Reads) Imports(ctx context.Context, org huifang.ID, p Page) (Paged[*huifang.Import], error) {
	return Paged[*huifang.Import]{}, errFace
}

// SaveImport inserts or overwrites by ID.
func (tx *Tx) SaveImport(ctx context.Context, i *huifang.Import) error { return errFace }

// ImportRejects lists an import's rejected rows by Seq.
func (q *Reads) ImportRejects(ctx context.Context, org, imp huifang.ID, p Page) (Paged[*huifang.ImportReject], error) {
	return Paged[*huifang.ImportReject]{}, errFace
}

// InsertImportRejects appends.
func (tx *Tx) InsertImportRejects(ctx context.Context, rs ...*huifang.ImportReject) error {
	return errFace
}

// Mapping is the saved mapping with the name.
func (q *Reads) Mapping(ctx context.Context, org huifang.ID, name string) (*huifang.Mapping, error) {
	return nil, errFace
}

// Mappings lists by name.
func (q *Reads) Mappings(ctx context.Context, org huifang.ID) ([]*huifang.Mapping, error) {
	return nil, errFace
}

// SaveMapping inserts (Row 0) or updates.
func (tx *Tx) SaveMapping(ctx context.Context, m *huifang.Mapping) error { return errFace }

// DeleteMapping deletes; deleting none is not found.
func (tx *Tx) DeleteMapping(ctx context.Context, org huifang.ID, name string) error { return errFace }

// --- idempotency ---

// Idempotency is the kept answer to the key.
func (q *Reads) Idempotency(ctx context.Context, org huifang.ID, key string) (*huifang.Idempotency, error) {
	return nil, errFace
}

// InsertIdempotency keeps an answer; a key kept already is a conflict.
func (tx *Tx) InsertIdempotency(ctx context.Context, i *huifang.Idempotency) error { return errFace }

// DeleteIdempotency forgets the organization's keys kept before the instant.
func (tx *Tx) DeleteIdempotency(ctx context.Context, org huifang.ID, before time.Time) error {
	return errFace
}

// --- jobs ---

// Enqueue adds jobs; one whose (Kind, Unique) waits already is dropped.
func (tx *Tx) Enqueue(ctx context.Context, jobs ...*huifang.Job) error { return errFace }

// JobOrganizations are the organizations with a job to run by now.
func (q *Reads) JobOrganizations(ctx context.Context, now time.Time) ([]huifang.ID, error) {
	return nil, errFace
}

// NextJob is when the earliest unfinished job becomes due or its lease ends;
// zero when there is none.
func (q *Reads) NextJob(ctx context.Context) (time.Time, error) { return time.Time{}, errFace }

// ClaimJobs leases at most limit due jobs until the instant, earliest first.
// Tries counts the claim.
func (tx *Tx) ClaimJobs(ctx context.Context, org huifang.ID, now, until time.Time, limit int) ([]*huifang.Job, error) {
	return nil, errFace
}

// FinishJobs finishes claimed jobs; one whose lease was lost is a conflict.
func (tx *Tx) FinishJobs(ctx context.Context, at time.Time, jobs ...*huifang.Job) error {
	return errFace
}

// FailJob notes the error and sets when to try again; a zero retry gives up.
func (tx *Tx) FailJob(ctx context.Context, j *huifang.Job, at, retry time.Time, problem string) error {
	return errFace
}

// DeleteJobs forgets the organization's jobs finished before the instant.
func (tx *Tx) DeleteJobs(ctx context.Context, org huifang.ID, before time.Time) error { return errFace }

// Jobs lists unfinished (or finished) jobs by due time.
func (q *Reads) Jobs(ctx context.Context, org huifang.ID, finished bool, limit int) ([]*huifang.Job, error) {
	return nil, errFace
}

// --- audit ---

// Audit appends an entry to the organization's chain; Seq, Prev and Hash are set
// by the time Write returns.
func (tx *Tx) Audit(ctx context.Context, e *huifang.AuditEntry) error { return errFace }

// AuditEntries lists newest first; record "" lists all.
func (q *Reads) AuditEntries(ctx context.Context, org, record huifang.ID, p Page) (Paged[*huifang.AuditEntry], error) {
	return Paged[*huifang.AuditEntry]{}, errFace
}

// VerifyAudit walks the chain and tells the first entry that does not fit; 0: all fit.
func (q *Reads) VerifyAudit(ctx context.Context, org huifang.ID) (broken int64, err error) {
	return 0, errFace
}

// --- statistics ---

// TallyRow is one row of the rollup.
type TallyRow struct {
	Month   huifang.Month
	Unit    huifang.ID
	Program string
	Lead    huifang.ID
	huifang.Tally
}

// TallyDiff is a row whose kept figures differ from a recount.
type TallyDiff struct {
	Kept  TallyRow
	Count TallyRow
}

// Tallies reads months from…to (both included); units nil: all.
func (q *Reads) Tallies(ctx context.Context, org huifang.ID, from, to huifang.Month, units []huifang.ID) ([]TallyRow, error) {
	return nil, errFace
}

// VerifyTallies recounts and lists what differs.
func (s *Store) VerifyTallies(ctx context.Context, org huifang.ID) ([]TallyDiff, error) {
	return nil, errFace
}

// RebuildTallies recounts the rollup from the follow-ups.
func (s *Store) RebuildTallies(ctx context.Context, org huifang.ID) error { return errFace }

// FrozenMonth is the sheet of a closed month.
func (q *Reads) FrozenMonth(ctx context.Context, org huifang.ID, m huifang.Month) (*huifang.Frozen, error) {
	return nil, errFace
}

// FrozenMonths lists the closed months without their sheets, newest first.
func (q *Reads) FrozenMonths(ctx context.Context, org huifang.ID) ([]*huifang.Frozen, error) {
	return nil, errFace
}

// FreezeMonth closes a month; closed already is a conflict.
func (tx *Tx) FreezeMonth(ctx context.Context, f *huifang.Frozen) error { return errFace }
