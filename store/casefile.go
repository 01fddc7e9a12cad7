package store

import (
	"context"
	"time"

	"github.com/huifang/huifang"
)

const (
	caseColumns = `number, followup_id, event_id, contact_id, asset_id, unit_id, department, matter, severity, state, owner_id, opened, due,
explained, next_date, resolution, resolved, closed, org_id, id, rev`

	sqlCase         = "SELECT " + caseColumns + " FROM case_file WHERE org_id = $1 AND id = $2"
	sqlCaseByNumber = "SELECT " + caseColumns + " FROM case_file WHERE org_id = $1 AND number = $2"
	sqlCases        = "SELECT " + caseColumns + " FROM case_file WHERE org_id = ?"

	sqlCaseInsert = "INSERT INTO case_file (" + caseColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
$17, $18, $19, $20, 1)`
	sqlCaseUpdate = `UPDATE case_file SET followup_id = $1, event_id = $2, contact_id = $3, asset_id = $4, unit_id = $5, department = $6,
matter = $7, severity = $8, state = $9, owner_id = $10, opened = $11, due = $12, explained = $13, next_date = $14, resolution = $15,
resolved = $16, closed = $17, rev = rev + 1 WHERE org_id = $18 AND id = $19 AND rev = $20`

	actionColumns   = "case_id, owner_id, measure, due, done, result, org_id, id, rev"
	sqlAction       = "SELECT " + actionColumns + " FROM case_action WHERE org_id = $1 AND id = $2"
	sqlActions      = "SELECT " + actionColumns + " FROM case_action WHERE org_id = $1 AND case_id = $2 ORDER BY id"
	sqlActionInsert = "INSERT INTO case_action (" + actionColumns + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)"
	sqlActionUpdate = `UPDATE case_action SET case_id = $1, owner_id = $2, measure = $3, due = $4, done = $5, result = $6,
rev = rev + 1 WHERE org_id = $7 AND id = $8 AND rev = $9`
)

// CaseFilter selects cases; empty fields select all.
type CaseFilter struct {
	Units    []huifang.ID // nil: all; "" among them: those without a unit
	States   []huifang.CaseState
	Severity huifang.Severity
	Owner    huifang.ID
	Contact  huifang.ID
	Asset    huifang.ID
	Followup huifang.ID   // that opened it
	Event    huifang.ID   //
	DueBy    huifang.Date // Due <= DueBy; 0 or NoDate: any
	From     time.Time    // Opened >= From
	To       time.Time    // Opened < To
}

func scanCase(r *row) *huifang.Case {
	return &huifang.Case{
		Number: r.text(), Followup: r.id(), Event: r.id(), Contact: r.id(), Asset: r.id(), Unit: r.id(), Department: r.text(), Matter: r.text(),
		Severity: huifang.Severity(r.text()), State: huifang.CaseState(r.text()), Owner: r.id(), Opened: r.instant(), Due: r.date(),
		Explained: r.text(), NextDate: r.date(), Resolution: r.text(), Resolved: r.instant(), Closed: r.instant(),
		Org: r.id(), ID: r.id(), Version: r.int(),
	}
}

// Case is the case with the id.
func (q *Reads) Case(ctx context.Context, org, id huifang.ID) (*huifang.Case, error) {
	return first(ctx, q, "case", scanCase, sqlCase, org, id)
}

// CaseByNumber is the case with the human number.
func (q *Reads) CaseByNumber(ctx context.Context, org huifang.ID, number string) (*huifang.Case, error) {
	return first(ctx, q, "case", scanCase, sqlCaseByNumber, org, number)
}

// Cases lists by the time they were opened.
func (q *Reads) Cases(ctx context.Context, org huifang.ID, f CaseFilter, p Page) (Paged[*huifang.Case], error) {
	t := newText(sqlCases, org)
	t.inUnits("unit_id", f.Units)
	if len(f.States) > 0 {
		in(t, "state", f.States)
	}
	t.ifText("severity", string(f.Severity))
	t.ifID("owner_id", f.Owner)
	t.ifID("contact_id", f.Contact)
	t.ifID("asset_id", f.Asset)
	t.ifID("followup_id", f.Followup)
	t.ifID("event_id", f.Event)
	if f.DueBy != 0 && f.DueBy != huifang.NoDate {
		t.add(" AND due <= ?", f.DueBy)
	}
	t.span("opened", f.From, f.To)
	return pageByTime(ctx, q, t, "opened", p, scanCase, func(c *huifang.Case) (int64, huifang.ID) { return c.Opened.UnixMilli(), c.ID })
}

// InsertCase opens a case. Version becomes 1; Number (AJ-year-…, gap-free) is
// set by the time Write returns, or earlier when the transaction looks at
// cases. year is the current year in the organization's zone.
func (tx *Tx) InsertCase(_ context.Context, year int, c *huifang.Case) error {
	if tx.err != nil {
		return tx.err
	}
	set(tx, &c.Version, 1)
	tx.numbered = append(tx.numbered, numbered{
		counter: counter{c.Org, numberCase, year},
		insert:  call{sql: sqlCaseInsert, args: append([]any{""}, caseArgs(c)...)},
		tell:    func(number string) { set(tx, &c.Number, number) },
	})
	return nil
}

func caseArgs(c *huifang.Case) []any {
	return []any{
		c.Followup, c.Event, c.Contact, c.Asset, orZero(c.Unit), c.Department, c.Matter, c.Severity, c.State, c.Owner, c.Opened, c.Due,
		c.Explained, c.NextDate, c.Resolution, c.Resolved, c.Closed, c.Org, c.ID,
	}
}

// UpdateCase writes every field but identity and number (stale Version:
// conflict) and sets the new Version.
func (tx *Tx) UpdateCase(ctx context.Context, c *huifang.Case) error {
	return tx.save(ctx, &c.Version, "", sqlCaseUpdate, caseArgs(c)...)
}

func scanAction(r *row) *huifang.Action {
	return &huifang.Action{
		Case: r.id(), Owner: r.id(), Measure: r.text(), Due: r.date(), Done: r.instant(), Result: r.text(),
		Org: r.id(), ID: r.id(), Version: r.int(),
	}
}

// Action is the corrective action with the id.
func (q *Reads) Action(ctx context.Context, org, id huifang.ID) (*huifang.Action, error) {
	return first(ctx, q, "action", scanAction, sqlAction, org, id)
}

// Actions lists a case's corrective actions in the order they were made.
func (q *Reads) Actions(ctx context.Context, org, caseID huifang.ID) ([]*huifang.Action, error) {
	return list(ctx, q, scanAction, sqlActions, org, caseID)
}

// SaveAction inserts (Version 0) or updates (stale Version: conflict).
func (tx *Tx) SaveAction(ctx context.Context, a *huifang.Action) error {
	return tx.save(ctx, &a.Version, sqlActionInsert, sqlActionUpdate, a.Case, a.Owner, a.Measure, a.Due, a.Done, a.Result, a.Org, a.ID)
}
