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
