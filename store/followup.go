package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/huifang/huifang"
)

const (
	followupColumns = `number, program, version, enrollment_id, step, occurrence, event_id, contact_id, asset_id, unit_id, department, matter, opens_on, opens_clock,
closes_on, closes_clock, opens_at, closes_at, due_month, assignees, lead_id, channels, form, form_version, script, state, late, reason, taken_by,
taken_at, returned_at, attempts, next_try, done_at, done_by, score, scored, satisfied, review, case_id, created, org_id, id, rev`

	sqlFollowup         = "SELECT " + followupColumns + ", why FROM followup WHERE org_id = $1 AND id = $2"
	sqlFollowupByNumber = "SELECT " + followupColumns + ", why FROM followup WHERE org_id = $1 AND number = $2"
	sqlFollowupsByID    = "SELECT " + followupColumns + ", why FROM followup WHERE org_id = $1 AND id IN (?)"
	sqlFollowupsOf      = "SELECT " + followupColumns + ", why FROM followup WHERE org_id = $1 AND enrollment_id = $2 ORDER BY step, occurrence"

	sqlFollowupInsert = `INSERT INTO followup (
number, program, version, enrollment_id, step, occurrence, event_id, contact_id, asset_id, unit_id, department, matter, opens_on, opens_clock,
closes_on, closes_clock, opens_at, closes_at, due_month, assignees, lead_id, channels, form, form_version, script, state, late, reason, taken_by,
taken_at, returned_at, attempts, next_try, done_at, done_by, score, scored, satisfied, review, case_id, created, org_id, id, why, rev)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31,
$32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, 1)`
	sqlFollowupUpdate = `UPDATE followup SET
version = $1, event_id = $2, contact_id = $3, asset_id = $4, unit_id = $5, department = $6, matter = $7, opens_on = $8, opens_clock = $9,
closes_on = $10, closes_clock = $11, opens_at = $12, closes_at = $13, due_month = $14, assignees = $15, lead_id = $16, channels = $17, form = $18,
form_version = $19, script = $20, state = $21, late = $22, reason = $23, taken_by = $24, taken_at = $25, returned_at = $26, attempts = $27,
next_try = $28, done_at = $29, done_by = $30, score = $31, scored = $32, satisfied = $33, review = $34, case_id = $35, why = $36,
rev = rev + 1 WHERE org_id = $37 AND id = $38 AND rev = $39`
	// What no index holds: taking the form, attempts.
	sqlFollowupTouch = `UPDATE followup SET
reason = $1, taken_by = $2, taken_at = $3, returned_at = $4, attempts = $5, next_try = $6, score = $7, scored = $8, channels = $9, form = $10,
form_version = $11, script = $12, why = $13,
rev = rev + 1 WHERE org_id = $14 AND id = $15 AND rev = $16`

	sqlAssigneeInsert = "INSERT INTO followup_assignee (org_id, staff_id, open, closes_at, followup_id) VALUES ($1, $2, $3, $4, $5)"
	sqlAssigneeDelete = "DELETE FROM followup_assignee WHERE org_id = $1 AND staff_id = $2 AND open = $3 AND closes_at = $4 AND followup_id = $5"
)

func scanFollowup(r *row) *huifang.Followup {
	f := &huifang.Followup{
		Number: r.text(), Program: r.text(), Version: r.num(), Enrollment: r.id(), Step: r.text(), Occurrence: r.num(),
		Event: r.id(), Contact: r.id(), Asset: r.id(), Unit: r.id(), Department: r.text(), Matter: r.text(),
		Window: huifang.Window{
			Opens:  huifang.Moment{Date: r.date(), Clock: r.clock()},
			Closes: huifang.Moment{Date: r.date(), Clock: r.clock()},
		},
		OpensAt: r.instant(), ClosesAt: r.instant(), DueMonth: r.month(),
	}
	r.json(&f.Assignees)
	f.Lead, f.Channels = r.id(), splitChannels(r.text())
	f.Form, f.FormVer, f.Script = r.text(), r.num(), r.text()
	f.State, f.Late, f.Reason = huifang.State(r.text()), r.bool(), r.text()
	f.TakenBy, f.TakenAt, f.ReturnedAt = r.id(), r.instant(), r.instant()
	f.Attempts, f.NextTry, f.DoneAt, f.DoneBy = r.num(), r.instant(), r.instant(), r.id()
	f.Score, f.Scored, f.Satisfied = r.float(), r.bool(), huifang.Verdict(r.text())
	f.Review, f.Case, f.Created = huifang.ReviewState(r.text()), r.id(), r.instant()
	f.Org, f.ID, f.Row = r.id(), r.id(), r.int()
	return f
}

func scanFollowupWhy(r *row) *huifang.Followup {
	f := scanFollowup(r)
	f.Why = r.text()
	return f
}

func joinChannels(cs []huifang.Channel) string {
	var b strings.Builder
	for i, c := range cs {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(string(c))
	}
	return b.String()
}

func splitChannels(s string) []huifang.Channel {
	if s == "" {
		return nil
	}
	parts := strings.Split(s, ",")
	out := make([]huifang.Channel, len(parts))
	for i, p := range parts {
		out[i] = huifang.Channel(p)
	}
	return out
}

// storedState is the state as it is kept: overdue is only shown.
func storedState(f *huifang.Followup) huifang.State {
	if f.State == huifang.StateOverdue {
		return huifang.StatePlanned
	}
	return f.State
}

// Followup is the follow-up with the id.
func (q *Reads) Followup(ctx context.Context, org, id huifang.ID) (*huifang.Followup, error) {
	f, err := first(ctx, q, "followup", scanFollowupWhy, sqlFollowup, org, id)
	q.note(f)
	return f, err
}

// FollowupByNumber is the follow-up with the human number.
func (q *Reads) FollowupByNumber(ctx context.Context, org huifang.ID, number string) (*huifang.Followup, error) {
	f, err := first(ctx, q, "followup", scanFollowupWhy, sqlFollowupByNumber, org, number)
	q.note(f)
	return f, err
}

// FollowupsByID are those of the ids that exist.
func (q *Reads) FollowupsByID(ctx context.Context, org huifang.ID, ids []huifang.ID) (map[huifang.ID]*huifang.Followup, error) {
	found, err := byKey(ctx, q, sqlFollowupsByID, org, ids, scanFollowupWhy, func(f *huifang.Followup) huifang.ID { return f.ID })
	for _, f := range found {
		q.note(f)
	}
	return found, err
}

// FollowupsOf lists an enrollment's follow-ups by step and occurrence.
func (q *Reads) FollowupsOf(ctx context.Context, org, enrollment huifang.ID) ([]*huifang.Followup, error) {
	found, err := list(ctx, q, scanFollowupWhy, sqlFollowupsOf, org, enrollment)
	q.note(found...)
	return found, err
}

// standing is a follow-up as it stands in the database, from which a change is
// counted.
type standing struct{ huifang.Followup }

func stand(f *huifang.Followup) standing {
	s := standing{*f}
	s.State = storedState(f)
	s.Assignees = slices.Clone(f.Assignees)
	for _, t := range []*time.Time{&s.OpensAt, &s.ClosesAt, &s.DoneAt} {
		*t = t.Truncate(time.Millisecond)
	}
	return s
}

// note remembers what a transaction read, so that UpdateFollowup need not read
// it again.
func (q *Reads) note(fs ...*huifang.Followup) {
	if q.tx == nil {
		return
	}
	if q.tx.seen == nil {
		q.tx.seen = map[huifang.ID]standing{}
	}
	for _, f := range fs {
		if f != nil {
			q.tx.seen[f.ID] = stand(f)
		}
	}
}

// InsertFollowups plans follow-ups and keeps assignee lists and the rollup in
// step. Row becomes 1; Number (HF-year-…, gap-free) is set by the time Write
// returns, or earlier when the transaction looks at follow-ups. year is the
// current year in the organization's zone. A repeated identity is a conflict.
func (tx *Tx) InsertFollowups(ctx context.Context, year int, fs ...*huifang.Followup) error {
	if tx.err != nil {
		return tx.err
	}
	for _, f := range fs {
		set(tx, &f.Row, 1)
		tx.note(f)
		now := tx.seen[f.ID]
		tx.numbered = append(tx.numbered, numbered{
			counter: counter{f.Org, numberFollowup, year},
			insert:  call{sql: sqlFollowupInsert, args: insertArgs(f)},
			tell:    func(number string) { set(tx, &f.Number, number) },
			more:    now.assignments(sqlAssigneeInsert),
		})
		tx.tally(now, 1)
	}
	return nil
}

func insertArgs(f *huifang.Followup) []any {
	return []any{
		"", f.Program, f.Version, f.Enrollment, f.Step, f.Occurrence, f.Event, f.Contact, f.Asset, orZero(f.Unit),
		f.Department, f.Matter, f.Window.Opens.Date, f.Window.Opens.Clock, f.Window.Closes.Date, f.Window.Closes.Clock,
		f.OpensAt, f.ClosesAt, f.DueMonth,
		asJSON{f.Assignees},
		orZero(f.Lead), joinChannels(f.Channels), f.Form, f.FormVer,
		f.Script, storedState(f), f.Late, f.Reason, f.TakenBy, f.TakenAt, f.ReturnedAt, f.Attempts, f.NextTry, f.DoneAt, f.DoneBy,
		f.Score, f.Scored, f.Satisfied, f.Review, f.Case, f.Created, f.Org, f.ID, f.Why,
	}
}

// assignments are the rows of the assignee table for the follow-up.
func (s *standing) assignments(sql string) []call {
	var out []call
	for i, a := range s.Assignees {
		if a.Staff == "" || slices.Contains(s.Assignees[:i], a) {
			continue
		}
		out = append(out, call{sql: sql, args: []any{s.Org, a.Staff, s.State == huifang.StatePlanned, s.ClosesAt, s.ID}})
	}
	return out
}

// UpdateFollowup writes every field but the identity, the number and Created
// (stale Row: conflict), keeps assignee lists and the rollup in step, and sets
// the new Row.
func (tx *Tx) UpdateFollowup(ctx context.Context, f *huifang.Followup) error {
	was, known := tx.seen[f.ID]
	if !known || was.Row != f.Row {
		kept, err := tx.Followup(ctx, f.Org, f.ID)
		if err != nil {
			return err
		}
		if kept.Row != f.Row {
			return tx.broke(stale())
		}
		was = tx.seen[f.ID]
	}
	now := stand(f)
	if now.touches(&was) {
		if err := tx.touch(ctx, f); err != nil {
			return err
		}
	} else if err := tx.move(ctx, f, &was, &now); err != nil {
		return err
	}
	tx.note(f)
	return nil
}

func (tx *Tx) touch(ctx context.Context, f *huifang.Followup) error {
	return tx.save(ctx, &f.Row, "", sqlFollowupTouch,
		f.Reason, f.TakenBy, f.TakenAt, f.ReturnedAt, f.Attempts, f.NextTry, f.Score, f.Scored, joinChannels(f.Channels),
		f.Form, f.FormVer, f.Script, f.Why, f.Org, f.ID)
}

func (tx *Tx) move(ctx context.Context, f *huifang.Followup, was, now *standing) error {
	if err := tx.save(ctx, &f.Row, "", sqlFollowupUpdate,
		f.Version, f.Event, f.Contact, f.Asset, orZero(f.Unit), f.Department, f.Matter, f.Window.Opens.Date,
		f.Window.Opens.Clock, f.Window.Closes.Date, f.Window.Closes.Clock, f.OpensAt, f.ClosesAt, f.DueMonth,
		asJSON{f.Assignees}, orZero(f.Lead), joinChannels(f.Channels), f.Form, f.FormVer, f.Script, storedState(f), f.Late, f.Reason,
		f.TakenBy, f.TakenAt, f.ReturnedAt, f.Attempts, f.NextTry, f.DoneAt, f.DoneBy, f.Score, f.Scored, f.Satisfied,
		f.Review, f.Case, f.Why, f.Org, f.ID); err != nil {
		return err
	}
	if !slices.Equal(was.Assignees, now.Assignees) || was.State != now.State || !was.ClosesAt.Equal(now.ClosesAt) {
		for _, c := range append(was.assignments(sqlAssigneeDelete), now.assignments(sqlAssigneeInsert)...) {
			if err := tx.put(ctx, c.sql, c.args...); err != nil {
				return err
			}
		}
	}
	tx.tally(*was, -1)
	tx.tally(*now, 1)
	return nil
}

// touches tells that nothing changed but what sqlFollowupTouch writes.
func (s *standing) touches(was *standing) bool {
	return s.Version == was.Version && s.Event == was.Event && s.Contact == was.Contact && s.Asset == was.Asset &&
		s.Unit == was.Unit && s.Department == was.Department && s.Matter == was.Matter && s.sameWindow(was) &&
		slices.Equal(s.Assignees, was.Assignees) && s.Lead == was.Lead && s.sameOutcome(was)
}

func (s *standing) sameWindow(was *standing) bool {
	return s.Window == was.Window && s.OpensAt.Equal(was.OpensAt) && s.ClosesAt.Equal(was.ClosesAt) && s.DueMonth == was.DueMonth
}

func (s *standing) sameOutcome(was *standing) bool {
	return s.State == was.State && s.Late == was.Late && s.DoneAt.Equal(was.DoneAt) && s.DoneBy == was.DoneBy &&
		s.Satisfied == was.Satisfied && s.Review == was.Review && s.Case == was.Case
}
