package app

import (
	"context"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
	"github.com/huifang/huifang/store"
)

// caseDays is how many working days a case has where no rule says otherwise.
const caseDays = 3

// openCase keeps a new case that a follow-up, a review or a recurrence demands,
// and tells its owner. A follow-up that checks an earlier case opens no other:
// that one is opened again, and *c becomes it. So is one that it opened itself
// and that is not closed yet. An owner and a due day that are missing are the
// unit's head and three working days.
func (a *App) openCase(ctx context.Context, tx *store.Tx, d *directory, c *huifang.Case) error {
	earlier, err := earlierCase(ctx, tx, c)
	if err != nil {
		return err
	}
	if earlier != nil {
		*c = *earlier
		return a.openAgain(ctx, tx, d, system(c.Org), c, "outcome")
	}
	if c.Owner == "" {
		c.Owner = d.headOf(c.Unit)
	}
	if c.Due == huifang.NoDate || c.Due == 0 {
		c.Due = a.caseDue(d, c.Unit)
	}
	if err := tx.InsertCase(ctx, d.year(c.Opened), c); err != nil {
		return err
	}
	if _, err := tx.Case(ctx, c.Org, c.ID); err != nil { // gives it its number
		return err
	}
	if err := a.tellCase(ctx, tx, "case.opened", c, c.Owner); err != nil {
		return err
	}
	return a.audit(ctx, tx, system(c.Org), "case.opened", "case", c.ID, map[string]any{
		"number": c.Number, "followup": c.Followup, "severity": c.Severity, "owner": c.Owner, "due": c.Due,
	})
}

// earlierCase is the case that the follow-up of a new one already has; nil when
// the new one is to be opened.
func earlierCase(ctx context.Context, tx *store.Tx, c *huifang.Case) (*huifang.Case, error) {
	if c.Followup == "" {
		return nil, nil //nolint:nilnil // none
	}
	f, err := tx.Followup(ctx, c.Org, c.Followup)
	if err != nil || f.Case == "" || f.Case == c.ID {
		return nil, err
	}
	kept, err := tx.Case(ctx, c.Org, f.Case)
	if err != nil || kept.Followup == f.ID && kept.State == huifang.CaseClosed {
		return nil, err
	}
	return kept, nil
}

// openAgain opens a case again that was resolved or closed; one that is open
// stays as it is.
func (a *App) openAgain(ctx context.Context, tx *store.Tx, d *directory, actor *huifang.Actor, c *huifang.Case, reason string) error {
	if c.State == huifang.CaseOpen || c.State == huifang.CaseActing {
		return nil
	}
	was := c.Resolution
	c.State, c.Resolution, c.Resolved, c.Closed = huifang.CaseOpen, "", time.Time{}, time.Time{}
	c.Due = a.caseDue(d, c.Unit)
	if err := tx.UpdateCase(ctx, c); err != nil {
		return err
	}
	if err := a.tellCase(ctx, tx, "case.reopened", c, c.Owner); err != nil {
		return err
	}
	return a.audit(ctx, tx, actor, "case.reopened", "case", c.ID, map[string]any{"reason": reason, "resolution": was})
}

// caseOf is the case that a follow-up demands outside the outcome rules, to the
// unit's head.
func (d *directory) caseOf(a *App, f *huifang.Followup) *huifang.Case {
	return &huifang.Case{
		Org: f.Org, ID: a.newID(), Followup: f.ID, Event: f.Event, Contact: f.Contact, Asset: f.Asset, Unit: f.Unit, Department: f.Department,
		Matter: f.Matter, Severity: huifang.SeverityGeneral, State: huifang.CaseOpen, Owner: d.headOf(f.Unit), Opened: a.now(),
		Due: a.caseDue(d, f.Unit), NextDate: huifang.NoDate,
	}
}

// judgedCase is the case of a follow-up whose record was judged anew after its
// completion: as the program's outcome rules say of that verdict, else caseOf.
func (a *App) judgedCase(ctx context.Context, tx *store.Tx, d *directory, f *huifang.Followup, answers huifang.Attributes) (*huifang.Case, error) {
	c := d.caseOf(a, f)
	if f.Enrollment == "" {
		return c, nil
	}
	h := a.hostIn(ctx, tx, d, a.now())
	e, err := h.enrolled(f)
	if err != nil {
		return nil, err
	}
	p := d.set.Program(e.Program, e.Unit, d.roster)
	if p == nil {
		return c, nil
	}
	if err := h.Prepare(p, e, &h.env); err != nil {
		return nil, err
	}
	eff, ok := p.Demand(e, f.Step, f.Occurrence, f.Satisfied, f.Score, answers, a.now(), &h.env)
	if !ok {
		return c, nil
	}
	fill(&eff.Case.Severity, c.Severity)
	c.Severity = eff.Case.Severity
	if who := lead(eff.Assignees); who != "" {
		c.Owner = who
	}
	if eff.Due != huifang.NoDate {
		c.Due = eff.Due
	}
	return c, nil
}

// caseDue is the last day of a case opened now.
func (a *App) caseDue(d *directory, unit huifang.ID) huifang.Date {
	loc := d.zoneOf(unit)
	today := huifang.Moment{Date: huifang.DateOf(a.now(), loc), Clock: huifang.NoClock}
	return d.calendar.Add(today, calendar.Offset{N: caseDays, Span: calendar.WorkingDays, Set: true}, loc).Date
}

// headOf is the head of a unit or of the nearest above it, else whoever is in
// charge; empty when there is nobody.
func (d *directory) headOf(unit huifang.ID) huifang.ID {
	for u := d.unit[unit]; u != nil; u = d.unit[u.Parent] {
		if s := d.person[u.Head]; s != nil && s.Active {
			return u.Head
		}
	}
	if who := d.inCharge(unit); len(who) > 0 {
		return who[0]
	}
	return ""
}

// settleChecked closes the case that a completed follow-up checks when the
// customer is satisfied, and opens it again when not. Without a verdict it stays
// for a person to decide.
func (a *App) settleChecked(ctx context.Context, tx *store.Tx, d *directory, actor *huifang.Actor, f *huifang.Followup, out *Completed) error {
	if f.Case == "" {
		return nil
	}
	c, err := tx.Case(ctx, f.Org, f.Case)
	if err != nil || c.Followup == f.ID {
		return err
	}
	switch f.Satisfied {
	case huifang.VerdictSatisfied:
		return a.confirmed(ctx, tx, actor, c)
	case huifang.VerdictDissatisfied, huifang.VerdictUnqualified:
		if c.State != huifang.CaseResolved && c.State != huifang.CaseClosed {
			return nil
		}
		out.Cases = append(out.Cases, c)
		return a.openAgain(ctx, tx, d, actor, c, "not_satisfied")
	case huifang.VerdictNone:
	}
	return nil
}

// confirmed closes a case that the customer confirmed: a resolved one, or one
// that was explained and has no measure under way.
func (a *App) confirmed(ctx context.Context, tx *store.Tx, actor *huifang.Actor, c *huifang.Case) error {
	if c.State == huifang.CaseClosed {
		return nil
	}
	if c.State != huifang.CaseResolved {
		open, err := openActions(ctx, tx, c)
		if err != nil || open > 0 || c.Explained == "" {
			return err
		}
	}
	c.State, c.Closed = huifang.CaseClosed, a.now()
	if err := tx.UpdateCase(ctx, c); err != nil {
		return err
	}
	return a.audit(ctx, tx, actor, "case.closed", "case", c.ID, map[string]any{"reason": "satisfied"})
}

func openActions(ctx context.Context, tx *store.Tx, c *huifang.Case) (n int, err error) {
	actions, err := tx.Actions(ctx, c.Org, c.ID)
	for _, x := range actions {
		if x.Done.IsZero() {
			n++
		}
	}
	return n, err
}
