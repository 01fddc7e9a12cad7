package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/plan"
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

// DetectRecurrences flags what came back in a month by the packs' rules: it
// counts, for every event of the month, those alike of its contact or asset
// within the rule's period. The highest count of a subject and matter is kept;
// a new flag alerts whom the rule names. It can be run at any time and any
// number of times; nightly work runs it for the present and the last month.
// Corrected events do not count, nor those that name no matter. stats.read.
func (a *App) DetectRecurrences(ctx context.Context, actor *huifang.Actor, month huifang.Month) (flagged int, err error) {
	if err := actor.Require(huifang.PermStatsRead); err != nil {
		return 0, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return 0, err
	}
	var found []*finding
	for _, rule := range d.recurrences() {
		got, err := a.detect(ctx, d, rule, month)
		if err != nil {
			return 0, err
		}
		found = append(found, got...)
	}
	for batch := range slices.Chunk(found, 100) {
		fresh := 0
		err := a.store.Write(ctx, func(tx *store.Tx) error {
			fresh = 0
			for _, f := range batch {
				isNew, err := a.flag(ctx, tx, d, f, month)
				if err != nil {
					return err
				}
				if isNew {
					fresh++
				}
			}
			return nil
		})
		if err != nil {
			return flagged, err
		}
		flagged += fresh
	}
	return flagged, nil
}

// happening is an event as far as recurrences look at it.
type happening struct {
	id      huifang.ID
	at      int64
	day     huifang.Date
	unit    huifang.ID
	contact huifang.ID
}

// likeness is what must be alike.
type likeness struct {
	subject huifang.ID
	matter  string
}

// finding is a recurrence that a rule found.
type finding struct {
	rule pack.RecurrenceRule
	like likeness
	all  []happening // that count together, by time
}

// detect finds what recurred in a month by one rule.
func (a *App) detect(ctx context.Context, d *directory, rule pack.RecurrenceRule, month huifang.Month) ([]*finding, error) {
	alike, err := a.alike(ctx, d, rule, month)
	if err != nil {
		return nil, err
	}
	var out []*finding
	for like, all := range alike {
		slices.SortFunc(all, earlier)
		if best := mostFrequent(rule, all, month); len(best) >= max(rule.AtLeast, 1) {
			out = append(out, &finding{rule: rule, like: like, all: best})
		}
	}
	slices.SortFunc(out, func(x, y *finding) int {
		return strings.Compare(string(x.like.subject)+x.like.matter, string(y.like.subject)+y.like.matter)
	})
	return out, nil
}

func earlier(x, y happening) int {
	return cmp.Or(cmp.Compare(x.at, y.at), cmp.Compare(x.id, y.id))
}

// mostFrequent is the longest run, ending in the month, of events that count
// together; of two as long the later one.
func mostFrequent(rule pack.RecurrenceRule, all []happening, month huifang.Month) (best []happening) {
	for i, last := range all {
		if last.day.Month() != month {
			continue
		}
		from, to := rule.Within.Range(last.day)
		first, end := 0, i+1
		for all[first].day < from {
			first++
		}
		for end < len(all) && all[end].day <= to && rule.Within.CalendarMonth {
			end++
		}
		if end-first >= len(best) {
			best = all[first:end]
		}
	}
	return best
}

// alike groups the events that may count for a month by what must be alike.
func (a *App) alike(ctx context.Context, d *directory, rule pack.RecurrenceRule, month huifang.Month) (map[likeness][]happening, error) {
	from, _ := rule.Within.Range(month.First())
	filter := store.EventFilter{
		Types: rule.Of,
		Since: from.AddDays(-1).At(0, d.zone), Before: month.Last().AddDays(2).At(0, d.zone), // units may lie in other zones
	}
	out, corrected := map[likeness][]happening{}, map[huifang.ID]bool{}
	page := store.Page{Limit: pageOfPast}
	for {
		got, err := a.reads().Events(ctx, d.org.ID, filter, page)
		if err != nil {
			return nil, err
		}
		for _, ev := range got.Items {
			if ev.Corrects != "" {
				corrected[ev.Corrects] = true
			}
			if like, ok := likenessOf(rule, ev); ok {
				day := huifang.DateOf(ev.At, d.zoneOf(ev.Unit))
				out[like] = append(out[like], happening{ev.ID, ev.At.UnixMilli(), day, ev.Unit, ev.Contact})
			}
		}
		if got.Next == "" {
			break
		}
		page.After = got.Next
	}
	for like, all := range out {
		out[like] = slices.DeleteFunc(all, func(h happening) bool { return corrected[h.id] })
	}
	return out, nil
}

// likenessOf is what an event must share with another by the rule; ok is false
// when it does not say.
func likenessOf(rule pack.RecurrenceRule, ev *huifang.Event) (_ likeness, ok bool) {
	like := likeness{subject: ev.Contact}
	if rule.By == "asset" {
		like.subject = ev.Asset
	}
	var parts []string
	for _, name := range rule.Alike() {
		var v string
		if name == "department" {
			v = ev.Department
		} else if x, has := ev.Attributes[name]; has && x != nil {
			v = fmt.Sprint(x)
		}
		if v = strings.Join(strings.Fields(v), " "); v == "" {
			return like, false
		}
		parts = append(parts, v)
	}
	like.matter = strings.Join(parts, " · ")
	return like, like.subject != ""
}

// flag keeps a finding and, where it is new, alerts.
func (a *App) flag(ctx context.Context, tx *store.Tx, d *directory, f *finding, month huifang.Month) (fresh bool, err error) {
	last := f.all[len(f.all)-1]
	r := &huifang.Recurrence{
		Org: d.org.ID, ID: a.newID(), Rule: f.rule.Code, Kind: f.rule.By, Subject: f.like.subject, Unit: last.unit, Matter: f.like.matter,
		Count: len(f.all), Month: month,
	}
	for _, h := range f.all {
		r.Events = append(r.Events, h.id)
	}
	if fresh, err = tx.FlagRecurrence(ctx, r); err != nil || !fresh {
		return false, err
	}
	ev, err := tx.Event(ctx, d.org.ID, last.id)
	if err != nil {
		return false, err
	}
	var c *huifang.Contact
	if last.contact != "" {
		if c, err = tx.Contact(ctx, d.org.ID, last.contact); err != nil {
			return false, err
		}
	}
	var who []huifang.ID
	for _, as := range plan.Resolve(f.rule.Alert, ev, c, a.now(), d.roster.Fork()) {
		if as.Staff != "" {
			who = append(who, as.Staff)
		} else {
			who = append(who, d.inCharge(last.unit)...)
		}
	}
	name := huifang.Text{ZH: fmt.Sprintf("“%s”（%s，%d 次）", r.Matter, f.rule.Name.In(huifang.ZH), r.Count)}
	name.EN = fmt.Sprintf("“%s” (%s, %d times)", r.Matter, f.rule.Name.In(huifang.EN), r.Count)
	if err := a.alert(ctx, tx, huifang.Alert{Org: r.Org, Kind: "recurrence.flagged", Text: alertOf("recurrence.flagged", name)}, who...); err != nil {
		return false, err
	}
	return true, a.audit(ctx, tx, system(d.org.ID), "recurrence.flagged", "recurrence", r.ID, map[string]any{
		"rule": r.Rule, "subject": r.Subject, "matter": r.Matter, "count": r.Count, "month": r.Month,
	})
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
