package app

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/report"
	"github.com/huifang/huifang/store"
)

// ReconcileOptions say what a source's list is compared with: what was recorded
// from From to To. NoDate: the days that the list itself covers.
type ReconcileOptions struct {
	From, To huifang.Date
}

// Reconciliation is a source system's list beside what is recorded.
type Reconciliation struct {
	File        string
	From, To    huifang.Date
	Listed      int // rows of the list that could be read
	Recorded    int // events of the same types in the same days
	Agreed      int // the same on both sides
	Done        int // of the rows, those whose follow-ups are all ended
	Differences []Difference
}

// DifferenceKind says on which side something is missing.
type DifferenceKind string

// The kinds of difference.
const (
	MissingHere  DifferenceKind = "missing_here"  // in the list and not recorded
	MissingThere DifferenceKind = "missing_there" // recorded and not in the list
	Differs      DifferenceKind = "differs"       // a field says something else
	NotFollowed  DifferenceKind = "not_followed"  // recorded; its follow-up is not done
	Unreadable   DifferenceKind = "unreadable"    // a row of the list that cannot be read
)

// Difference is one thing that is not the same on both sides.
type Difference struct {
	Kind     DifferenceKind
	Key      string // the source's own
	Line     int    // of the list; 0: not in it
	Day      huifang.Date
	Contact  string
	Asset    string
	Field    huifang.Text // that differs
	There    string       // what the list says
	Here     string       // what is recorded
	Event    huifang.ID
	Followup huifang.ID // that is not done
	Text     huifang.Text
}

// mostReconciled bounds the rows of a list.
const mostReconciled = 20_000

// listedEvent is a row of the list.
type listedEvent struct {
	in   EventInput
	line int
	unit huifang.ID
}

// Reconcile compares a source system's list, read as Import reads it, with what
// is recorded, by the source's own key: what is missing on either side, which
// fields differ, and which follow-ups are not done. Nothing is written.
// event.ingest and followup.read.
func (a *App) Reconcile(ctx context.Context, actor *huifang.Actor, file ImportFile, o ImportOptions, r ReconcileOptions) (*Reconciliation, error) {
	if err := actor.Require(huifang.PermFollowupRead); err != nil {
		return nil, err
	}
	job, err := a.openImport(ctx, actor, file, o)
	if err != nil {
		return nil, err
	}
	if job.mapping.Kind.List() {
		return nil, huifang.Invalid("reconcile.not_events", huifang.Text{ZH: "这是客户、资产或员工名单；核对用的应是来源系统的业务清单", EN: "this is a list of people or things; what is reconciled is the source system's list of jobs"})
	}
	out := &Reconciliation{File: file.Name, From: r.From, To: r.To}
	rows, err := job.listed(ctx, out)
	if err != nil {
		return nil, err
	}
	out.span(job.d, rows)
	return out, a.reconcile(ctx, job, out, rows)
}

// listed reads the rows of the list; those that cannot be read are differences.
func (job *importing) listed(ctx context.Context, out *Reconciliation) ([]listedEvent, error) {
	var rows []listedEvent
	job.record = &huifang.Import{}
	job.inStep.Store(true)
	job.cache.most = 0 // nothing is written
	err := job.run(ctx, func(_ context.Context, c *importChunk) error {
		for _, row := range c.rows {
			if row.Err != nil {
				out.Differences = append(out.Differences, Difference{Kind: Unreadable, Key: row.Values.Key, Line: row.Line, Day: huifang.NoDate, Text: row.Reject().Text})
			}
		}
		for i := range c.in.events {
			e := listedEvent{in: c.in.events[i], line: c.sources[i].Line}
			if u := job.d.findUnit(e.in.Unit); u != nil {
				e.unit = u.ID
			}
			if rows = append(rows, e); len(rows) > mostReconciled {
				return huifang.Fail(huifang.CodeTooLarge, "reconcile.too_large", huifang.Textf("清单超过 %d 行，请分日核对", "the list has more than %d rows; compare a shorter one", mostReconciled))
			}
		}
		return nil
	})
	out.Listed = len(rows)
	return rows, err
}

// span is the days the list covers, where none were asked for.
func (out *Reconciliation) span(d *directory, rows []listedEvent) {
	asked := out.From != huifang.NoDate && out.To != huifang.NoDate
	for i := range rows {
		on := huifang.DateOf(rows[i].in.At, d.zoneOf(rows[i].unit))
		if asked {
			return
		}
		if out.From == huifang.NoDate || on < out.From {
			out.From = on
		}
		if out.To == huifang.NoDate || on > out.To {
			out.To = on
		}
	}
}

func (a *App) reconcile(ctx context.Context, job *importing, out *Reconciliation, rows []listedEvent) error {
	return a.store.Snapshot(ctx, func(v *store.View) error {
		q, seen := &v.Reads, map[huifang.ID]bool{}
		var matched []*huifang.Event
		for i := range rows {
			ev, err := q.EventByKey(ctx, job.d.org.ID, importSource, rows[i].in.Key)
			if huifang.CodeOf(err) == huifang.CodeNotFound {
				out.missingHere(job.d, &rows[i])
				continue
			}
			if err != nil {
				return err
			}
			seen[ev.ID] = true
			matched = append(matched, ev)
		}
		if err := a.compareFields(ctx, q, job.d, out, rows, matched); err != nil {
			return err
		}
		return a.missingThere(ctx, q, job, out, rows, seen)
	})
}

func (out *Reconciliation) missingHere(d *directory, r *listedEvent) {
	out.Differences = append(out.Differences, Difference{
		Kind: MissingHere, Key: shownKey(r.in.Key), Line: r.line, Day: huifang.DateOf(r.in.At, d.zoneOf(r.unit)), Contact: r.in.Contact.Name, Asset: r.in.Asset.Code,
		There: r.in.Attributes.String("matter"),
	})
}

// shownKey is a key without the unit that an import puts before it.
func shownKey(key string) string {
	if unit, rest, ok := strings.Cut(key, "/"); ok && len(unit) == 36 {
		return rest
	}
	return key
}

// subjectsOfEvents are the contacts and assets of events.
func subjectsOfEvents(ctx context.Context, q *store.Reads, org huifang.ID, events []*huifang.Event) (map[huifang.ID]*huifang.Contact, map[huifang.ID]*huifang.Asset, error) {
	var cs, as idSet
	for _, e := range events {
		cs.add(e.Contact)
		as.add(e.Asset)
	}
	contacts, err := q.ContactsByID(ctx, org, cs.list)
	if err != nil {
		return nil, nil, err
	}
	assets, err := q.AssetsByID(ctx, org, as.list)
	return contacts, assets, err
}

func (a *App) compareFields(ctx context.Context, q *store.Reads, d *directory, out *Reconciliation, rows []listedEvent, matched []*huifang.Event) error {
	contacts, assets, err := subjectsOfEvents(ctx, q, d.org.ID, matched)
	if err != nil {
		return err
	}
	at := map[string]*huifang.Event{}
	for _, e := range matched {
		at[e.Key] = e
	}
	for i := range rows {
		r := &rows[i]
		ev := at[r.in.Key]
		if ev == nil {
			continue
		}
		base := Difference{Kind: Differs, Key: shownKey(ev.Key), Line: r.line, Day: huifang.DateOf(ev.At, d.zoneOf(ev.Unit)), Event: ev.ID}
		if c := contacts[ev.Contact]; c != nil {
			base.Contact = c.Name
		}
		if x := assets[ev.Asset]; x != nil {
			base.Asset = x.Code
		}
		before := len(out.Differences)
		out.fields(d, r, ev, &base)
		if err := a.notFollowed(ctx, q, out, ev, base); err != nil {
			return err
		}
		if len(out.Differences) == before {
			out.Agreed++
		}
	}
	return nil
}

// fields compares what both sides say; what the list leaves blank is no
// difference.
func (out *Reconciliation) fields(d *directory, r *listedEvent, ev *huifang.Event, base *Difference) {
	differ := func(zh, en, there, here string) {
		if there == "" || strings.EqualFold(strings.Join(strings.Fields(there), " "), strings.Join(strings.Fields(here), " ")) {
			return
		}
		row := *base
		row.Field, row.There, row.Here = huifang.Text{ZH: zh, EN: en}, there, here
		out.Differences = append(out.Differences, row)
	}
	differ("日期", "date", huifang.DateOf(r.in.At, d.zoneOf(r.unit)).String(), base.Day.String())
	differ("客户", "customer", r.in.Contact.Name, base.Contact)
	if !strings.HasSuffix(base.Asset, r.in.Asset.Code) { // the unit may stand before it
		differ("资产", "asset", r.in.Asset.Code, base.Asset)
	}
	differ("部门", "department", r.in.Department, ev.Department)
	if s := d.findStaff(r.in.Staff); s != nil {
		differ("经办人", "staff", s.Name, d.staffName(ev.Staff))
	}
	for _, name := range sortedNames(r.in.Attributes) {
		differ(name, name, plainValue(r.in.Attributes[name]), plainValue(ev.Attributes[name]))
	}
	for i := range out.Differences {
		if f := &out.Differences[i].Field; f.ZH == f.EN && f.ZH != "" {
			*f = d.attributeLabel(f.ZH)
		}
	}
}

func sortedNames(attrs huifang.Attributes) []string {
	out := make([]string, 0, len(attrs))
	for name := range attrs {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func plainValue(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

// attributeLabel is what the active packs call an attribute of an event.
func (d *directory) attributeLabel(name string) huifang.Text {
	for _, p := range d.packs {
		for _, t := range p.Events {
			for _, at := range t.Attributes {
				if at.Name == name && at.Label != (huifang.Text{}) {
					return at.Label
				}
			}
		}
	}
	return huifang.Text{ZH: name + " ", EN: name}
}

// notFollowed notes the follow-ups of an event that are not done.
func (a *App) notFollowed(ctx context.Context, q *store.Reads, out *Reconciliation, ev *huifang.Event, base Difference) error {
	page, err := q.Followups(ctx, ev.Org, store.FollowupFilter{Event: ev.ID, Now: a.now()}, ByCloses, Page{Limit: 50})
	if err != nil {
		return err
	}
	done := len(page.Items) > 0
	for _, f := range page.Items {
		if state := f.StateAt(a.now()); state == huifang.StateOverdue {
			row := base
			row.Kind, row.Followup, row.Here, row.Text = NotFollowed, f.ID, f.Number, report.NameOf(state)
			out.Differences = append(out.Differences, row)
			done = false
		} else if !state.Done() {
			done = false
		}
	}
	if done {
		out.Done++
	}
	return nil
}

// missingThere lists what is recorded in the list's days, of its types, in its
// units, and not in the list.
func (a *App) missingThere(ctx context.Context, q *store.Reads, job *importing, out *Reconciliation, rows []listedEvent, seen map[huifang.ID]bool) error {
	if out.From == huifang.NoDate || len(rows) == 0 {
		return nil
	}
	types, units := map[string]bool{}, map[huifang.ID]bool{}
	for i := range rows {
		types[rows[i].in.Type], units[rows[i].unit] = true, true
	}
	filter := store.EventFilter{Since: out.From.AddDays(-1).At(0, job.d.zone), Before: out.To.AddDays(2).At(0, job.d.zone)}
	for t := range types {
		filter.Types = append(filter.Types, t)
	}
	slices.Sort(filter.Types)
	var only []*huifang.Event
	page := store.Page{Limit: pageOfPast}
	for {
		got, err := q.Events(ctx, job.d.org.ID, filter, page)
		if err != nil {
			return err
		}
		for _, ev := range got.Items {
			on := huifang.DateOf(ev.At, job.d.zoneOf(ev.Unit))
			if on < out.From || out.To < on || !units[ev.Unit] || !job.actor.InUnit(ev.Unit) {
				continue
			}
			out.Recorded++
			if !seen[ev.ID] {
				only = append(only, ev)
			}
		}
		if page.After = got.Next; got.Next == "" {
			break
		}
	}
	return a.listMissing(ctx, q, job, out, only)
}

// listMissing adds the events that are recorded and not listed.
func (a *App) listMissing(ctx context.Context, q *store.Reads, job *importing, out *Reconciliation, only []*huifang.Event) error {
	contacts, assets, err := subjectsOfEvents(ctx, q, job.d.org.ID, only)
	for _, ev := range only {
		row := Difference{Kind: MissingThere, Key: shownKey(ev.Key), Day: huifang.DateOf(ev.At, job.d.zoneOf(ev.Unit)), Event: ev.ID, Here: ev.Attributes.String("matter")}
		if c := contacts[ev.Contact]; c != nil {
			row.Contact = c.Name
		}
		if x := assets[ev.Asset]; x != nil {
			row.Asset = x.Code
		}
		out.Differences = append(out.Differences, row)
	}
	slices.SortStableFunc(out.Differences, func(x, y Difference) int { return cmp.Or(rank(x.Kind)-rank(y.Kind), x.Line-y.Line) })
	return err
}

func rank(k DifferenceKind) int {
	return slices.Index([]DifferenceKind{MissingHere, MissingThere, Differs, NotFollowed, Unreadable}, k)
}

// Sheet is the reconciliation as a sheet to file.
func (out *Reconciliation) Sheet(lang huifang.Lang) *report.Ledger {
	say := func(zh, en string) string { return huifang.Text{ZH: zh, EN: en}.In(lang) }
	l := &report.Ledger{
		Lang: lang, Title: say("清单核对表", "Reconciliation"), Sheet: say("核对", "Reconciliation"),
		Facts: []string{
			out.File, out.From.String() + say(" 至 ", " to ") + out.To.String(),
			huifang.Textf("清单 %d 条，系统 %d 条，一致 %d 条，差异 %d 处", "%d listed, %d recorded, %d agree, %d differences", out.Listed, out.Recorded, out.Agreed, len(out.Differences)).In(lang),
		},
		Columns: []report.LedgerColumn{
			{Title: say("序号", "No."), Width: 5},
			{Title: say("差异", "Difference"), Width: 14},
			{Title: say("来源编号", "Key"), Width: 18},
			{Title: say("清单行", "Row"), Width: 7},
			{Title: say("日期", "Date"), Width: 11},
			{Title: say("客户", "Customer"), Width: 12},
			{Title: say("资产", "Asset"), Width: 12},
			{Title: say("项目", "Field"), Width: 12},
			{Title: say("清单内容", "The list says"), Width: 26, Left: true},
			{Title: say("系统内容", "Recorded"), Width: 26, Left: true},
			{Title: say("处理情况", "Settled"), Width: 16},
		},
		Empty: say("没有差异", "nothing differs"), Signatures: []string{say("核对人", "Compared by"), say("客户经理", "Manager"), say("日期", "Date")},
	}
	section := report.LedgerSection{}
	for i := range out.Differences {
		d := &out.Differences[i]
		var line any
		if d.Line > 0 {
			line = int64(d.Line)
		}
		there := d.There
		if d.Kind == Unreadable {
			there = d.Text.In(lang)
		}
		section.Rows = append(section.Rows, []report.LedgerCell{
			{Value: int64(i + 1)},
			{Value: d.Kind.Name().In(lang)},
			{Value: d.Key},
			{Value: line},
			{Value: d.Day},
			{Value: d.Contact},
			{Value: d.Asset},
			{Value: strings.TrimSpace(d.Field.In(lang))},
			{Value: there},
			{Value: d.Here},
			{},
		})
	}
	l.Sections = []report.LedgerSection{section}
	return l
}

// Name is what the kind is called.
func (k DifferenceKind) Name() huifang.Text {
	switch k {
	case MissingHere:
		return huifang.Text{ZH: "系统中没有", EN: "missing here"}
	case MissingThere:
		return huifang.Text{ZH: "清单中没有", EN: "missing there"}
	case Differs:
		return huifang.Text{ZH: "内容不一致", EN: "differs"}
	case NotFollowed:
		return huifang.Text{ZH: "逾期未回访", EN: "not followed up"}
	case Unreadable:
		return huifang.Text{ZH: "清单行有误", EN: "unreadable row"}
	}
	return huifang.Text{ZH: string(k), EN: string(k)}
}
