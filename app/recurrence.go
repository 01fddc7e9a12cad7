package app

import (
	"context"
	"slices"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/store"
)

// RecurrenceFilter selects recurrences.
type RecurrenceFilter = store.RecurrenceFilter

// RecurrenceLine is one recurrence with names where it has ids.
type RecurrenceLine struct {
	Recurrence  *huifang.Recurrence
	RuleName    huifang.Text
	UnitName    string
	SubjectName string // the contact's or asset's
	CaseNumber  string
}

// Recurrences lists what was flagged within the actor's units, the most
// frequent first. stats.read or recurrence.decide.
func (a *App) Recurrences(ctx context.Context, actor *huifang.Actor, f RecurrenceFilter) ([]RecurrenceLine, error) {
	if !actor.Can(huifang.PermRecurrence) {
		if err := actor.Require(huifang.PermStatsRead); err != nil {
			return nil, err
		}
	}
	var none bool
	if f.Units, none = scope(actor, f.Units); none {
		return nil, nil
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	found, err := a.reads().Recurrences(ctx, actor.Org, f)
	if err != nil {
		return nil, err
	}
	return a.recurrenceLines(ctx, a.reads(), d, found)
}

func (a *App) recurrenceLines(ctx context.Context, q *store.Reads, d *directory, found []*huifang.Recurrence) ([]RecurrenceLine, error) {
	var cs, as idSet
	for _, r := range found {
		if r.Kind == "asset" {
			as.add(r.Subject)
		} else {
			cs.add(r.Subject)
		}
	}
	contacts, err := q.ContactsByID(ctx, d.org.ID, cs.list)
	if err != nil {
		return nil, err
	}
	assets, err := q.AssetsByID(ctx, d.org.ID, as.list)
	if err != nil {
		return nil, err
	}
	out := make([]RecurrenceLine, len(found))
	for i, r := range found {
		line := RecurrenceLine{Recurrence: r, RuleName: d.recurrenceName(r.Rule), UnitName: d.unitName(r.Unit)}
		if c := contacts[r.Subject]; c != nil {
			line.SubjectName = c.Name
		}
		if x := assets[r.Subject]; x != nil {
			line.SubjectName = assetName(x)
		}
		if r.Case != "" {
			c, err := q.Case(ctx, d.org.ID, r.Case)
			if err != nil {
				return nil, err
			}
			line.CaseNumber = c.Number
		}
		out[i] = line
	}
	return out, nil
}

func (d *directory) recurrenceName(code string) huifang.Text {
	for _, r := range d.recurrences() {
		if r.Code == code {
			return r.Name
		}
	}
	return huifang.Text{ZH: code, EN: code}
}

// recurrences are the rules of the active packs; of two with one code the first
// counts.
func (d *directory) recurrences() []pack.RecurrenceRule {
	var out []pack.RecurrenceRule
	for _, p := range d.packs {
		for _, r := range p.Recurrences {
			if !slices.ContainsFunc(out, func(o pack.RecurrenceRule) bool { return o.Code == r.Code }) {
				out = append(out, r)
			}
		}
	}
	return out
}

// DecideInput is the head's decision on a recurrence.
type DecideInput struct {
	Version  int64
	Decision string // "major": a major complaint, "normal": handled as usual
	Opinion  string
}

// DecideRecurrence keeps the head's decision. Major makes the open case of one
// of its events a major one, or opens a major case to the unit's head where
// there is none. recurrence.decide in its unit.
func (a *App) DecideRecurrence(ctx context.Context, actor *huifang.Actor, id huifang.ID, in DecideInput) (r *huifang.Recurrence, c *huifang.Case, err error) {
	in.Opinion = strings.TrimSpace(in.Opinion)
	if in.Decision != "major" && in.Decision != "normal" {
		return nil, nil, fieldFault("decision", "recurrence.decision", huifang.Text{ZH: "决定应为 major（按重大投诉处理）或 normal（按一般问题处理）", EN: "a decision is major or normal"})
	}
	if err := required("opinion", in.Opinion); err != nil {
		return nil, nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, nil, err
	}
	err = a.store.Write(ctx, func(tx *store.Tx) (err error) {
		c = nil
		if r, err = tx.Recurrence(ctx, actor.Org, id); err != nil {
			return err
		}
		if err := huifang.CanDecideRecurrence(actor, r); err != nil {
			return err
		}
		if err := stale(in.Version, r.Version); err != nil {
			return err
		}
		r.Decision, r.Decided, r.By, r.Opinion = in.Decision, a.now(), actor.Staff, in.Opinion
		if in.Decision == "major" {
			if c, err = a.majorCase(ctx, tx, d, actor, r); err != nil {
				return err
			}
			r.Case = c.ID
		}
		if err := tx.UpdateRecurrence(ctx, r); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, "recurrence.decided", "recurrence", r.ID, map[string]any{"decision": r.Decision, "opinion": r.Opinion, "case": r.Case})
	})
	if err != nil {
		return nil, nil, err
	}
	return r, c, nil
}

// majorCase is the open case of one of a recurrence's events, made major, else
// a new one.
func (a *App) majorCase(ctx context.Context, tx *store.Tx, d *directory, actor *huifang.Actor, r *huifang.Recurrence) (*huifang.Case, error) {
	open := []huifang.CaseState{huifang.CaseOpen, huifang.CaseActing, huifang.CaseResolved}
	for _, id := range slices.Backward(r.Events) {
		page, err := tx.Cases(ctx, r.Org, store.CaseFilter{Event: id, States: open}, store.Page{Limit: 1})
		if err != nil {
			return nil, err
		}
		if len(page.Items) == 0 {
			continue
		}
		c := page.Items[0]
		c.Severity = huifang.SeverityMajor
		if err := tx.UpdateCase(ctx, c); err != nil {
			return nil, err
		}
		return c, a.audit(ctx, tx, actor, "case.updated", "case", c.ID, map[string]any{"severity": c.Severity, "recurrence": r.ID})
	}
	c := &huifang.Case{
		Org: r.Org, ID: a.newID(), Event: r.Events[len(r.Events)-1], Unit: r.Unit, Matter: r.Matter, Severity: huifang.SeverityMajor,
		State: huifang.CaseOpen, Opened: a.now(), Due: huifang.NoDate, NextDate: huifang.NoDate,
	}
	ev, err := tx.Event(ctx, r.Org, c.Event)
	if err != nil {
		return nil, err
	}
	c.Contact, c.Asset, c.Department = ev.Contact, ev.Asset, ev.Department
	return c, a.openCase(ctx, tx, d, c)
}
