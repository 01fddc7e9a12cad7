package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/store"
)

// ledgerFact is a follow-up with everything a ledger may show of it.
type ledgerFact struct {
	plan.Fact
	attempts []*huifang.Attempt
	reviews  []*huifang.Review
	actions  []*huifang.Action
	final    huifang.Verdict // of the last check of its case
}

// Limits of what one ledger holds.
const (
	mostLedgerFacts    = 20_000
	mostLedgerContacts = 20_000
)

func ledgerTooLarge() error {
	return huifang.Fail(huifang.CodeTooLarge, "ledger.too_large", huifang.Textf(
		"该台账超过 %d 条，请选择一个单位或更短的期间", "the ledger holds more than %d entries; choose a unit or a shorter period", mostLedgerFacts))
}

// load reads the follow-ups of the ledger, in order, and what belongs to them.
func (b *ledgerBook) load(ctx context.Context) error {
	return b.app.store.Snapshot(ctx, func(v *store.View) error {
		if err := b.loadFollowups(ctx, &v.Reads); err != nil {
			return err
		}
		if err := b.loadSubjects(ctx, &v.Reads); err != nil {
			return err
		}
		if err := b.loadRecorded(ctx, &v.Reads); err != nil {
			return err
		}
		b.sift()
		if err := b.loadCases(ctx, &v.Reads); err != nil {
			return err
		}
		return b.loadMembers(ctx, &v.Reads)
	})
}

// filters select what may belong to the period; sift looks at the local dates.
func (b *ledgerBook) filters() []store.FollowupFilter {
	base := store.FollowupFilter{Units: b.units, Contact: b.q.Contact, Now: b.app.now()}
	if b.from == huifang.NoDate {
		return []store.FollowupFilter{base}
	}
	since, until := b.from.AddDays(-1).At(0, b.d.zone), b.to.AddDays(2).At(0, b.d.zone) // units have zones of their own
	switch b.l.Dated {
	case "opens":
		base.OpensFrom, base.OpensTo = since, until
	case "done":
		base.DoneFrom, base.DoneTo = since, until
	case "open":
		waiting := base
		waiting.States, waiting.OpensTo = []huifang.State{huifang.StatePlanned, huifang.StateOverdue}, until
		base.DoneFrom, base.OpensTo = since, until
		return []store.FollowupFilter{waiting, base}
	default:
		var out []store.FollowupFilter
		for m := b.from.Month(); m <= b.to.Month(); m = m.Next() {
			month := base
			month.Month = m
			out = append(out, month)
		}
		return out
	}
	return []store.FollowupFilter{base}
}

func (b *ledgerBook) loadFollowups(ctx context.Context, q *store.Reads) error {
	seen := map[huifang.ID]bool{}
	for _, program := range b.p.ProgramsOf(b.l) {
		for _, f := range b.filters() {
			f.Program = program
			err := q.EachFollowup(ctx, b.d.org.ID, f, func(f *huifang.Followup) error {
				if seen[f.ID] || f.State == huifang.StateCancelled || !b.inPeriod(f) || len(b.l.Steps) > 0 && !slices.Contains(b.l.Steps, f.Step) {
					return nil
				}
				if len(b.facts) == mostLedgerFacts {
					return ledgerTooLarge()
				}
				seen[f.ID] = true
				b.facts = append(b.facts, &ledgerFact{Fact: plan.Fact{Followup: f, State: f.StateAt(b.app.now())}})
				return nil
			})
			if err != nil {
				return err
			}
		}
	}
	slices.SortStableFunc(b.facts, func(x, y *ledgerFact) int {
		return cmp.Or(x.Followup.OpensAt.Compare(y.Followup.OpensAt), cmp.Compare(x.Followup.Number, y.Followup.Number))
	})
	return nil
}

// dateOf is what places a follow-up in a period; NoDate: nothing yet.
func (b *ledgerBook) dateOf(f *huifang.Followup) huifang.Date {
	switch b.l.Dated {
	case "opens":
		return f.Window.Opens.Date
	case "done", "open":
		if f.DoneAt.IsZero() {
			return huifang.NoDate
		}
		return huifang.DateOf(f.DoneAt, b.d.zoneOf(f.Unit))
	}
	return f.Window.Closes.Date
}

func (b *ledgerBook) inPeriod(f *huifang.Followup) bool {
	on := b.dateOf(f)
	switch {
	case b.from == huifang.NoDate:
		return true
	case b.l.Dated == "open":
		return f.Window.Opens.Date <= b.to && (on == huifang.NoDate || b.from <= on)
	}
	return b.from <= on && on <= b.to
}

func (b *ledgerBook) loadSubjects(ctx context.Context, q *store.Reads) error {
	var cs, as, es idSet
	for _, f := range b.facts {
		cs.add(f.Followup.Contact)
		as.add(f.Followup.Asset)
		es.add(f.Followup.Event)
	}
	contacts, err := q.ContactsByID(ctx, b.d.org.ID, cs.list)
	if err != nil {
		return err
	}
	assets, err := q.AssetsByID(ctx, b.d.org.ID, as.list)
	if err != nil {
		return err
	}
	events, err := q.EventsByID(ctx, b.d.org.ID, es.list)
	for _, f := range b.facts {
		f.Contact, f.Asset, f.Event = contacts[f.Followup.Contact], assets[f.Followup.Asset], events[f.Followup.Event]
	}
	return err
}

func (b *ledgerBook) ids() []huifang.ID {
	out := make([]huifang.ID, len(b.facts))
	for i, f := range b.facts {
		out[i] = f.Followup.ID
	}
	return out
}

// loadRecorded reads the records, and of attempts and reviews what is shown.
func (b *ledgerBook) loadRecorded(ctx context.Context, q *store.Reads) error {
	ids := b.ids()
	records, err := q.RecordsOf(ctx, b.d.org.ID, ids)
	if err != nil {
		return err
	}
	attempts, reviews := map[huifang.ID][]*huifang.Attempt{}, map[huifang.ID][]*huifang.Review{}
	if b.shows("tried", "tries") {
		if attempts, err = q.AttemptsOf(ctx, b.d.org.ID, ids); err != nil {
			return err
		}
	}
	if b.shows("opinion") {
		if reviews, err = q.ReviewsOf(ctx, b.d.org.ID, ids); err != nil {
			return err
		}
	}
	var cases idSet
	for _, f := range b.facts {
		cases.add(f.Followup.Case)
	}
	kept, err := q.CasesByID(ctx, b.d.org.ID, cases.list)
	for i, f := range b.facts {
		f.Case, f.attempts, f.reviews = kept[f.Followup.Case], attempts[ids[i]], reviews[ids[i]]
		if f.State == huifang.StateCompleted { // one that was sent back has a record and is open
			f.Record = records[ids[i]]
		}
	}
	return err
}

// shows tells whether a column reads one of the names.
func (b *ledgerBook) shows(names ...string) bool {
	for _, c := range slices.Concat(b.l.Columns, b.l.Lines) {
		if slices.ContainsFunc(c.Value, func(part string) bool { return slices.Contains(names, part) }) {
			return true
		}
	}
	return false
}

// sift leaves what the ledger's condition holds for.
func (b *ledgerBook) sift() {
	b.facts = slices.DeleteFunc(b.facts, func(f *ledgerFact) bool { return !b.tests.when.Holds(&f.Fact) })
}

// loadCases reads the measures of cases, and what the customer said at last.
func (b *ledgerBook) loadCases(ctx context.Context, q *store.Reads) error {
	if !b.shows("case.measures", "case.final") {
		return nil
	}
	var cases idSet
	for _, f := range b.facts {
		cases.add(f.Followup.Case)
	}
	actions, err := q.ActionsOf(ctx, b.d.org.ID, cases.list)
	if err != nil {
		return err
	}
	checks, err := q.FollowupsOn(ctx, b.d.org.ID, cases.list)
	for _, f := range b.facts {
		if f.Case == nil {
			continue
		}
		f.actions = actions[f.Case.ID]
		for _, check := range checks[f.Case.ID] {
			if check.ID != f.Case.Followup && check.State == huifang.StateCompleted && check.Satisfied != huifang.VerdictNone {
				f.final = check.Satisfied
			}
		}
	}
	return err
}

// loadMembers reads the contacts that are rows or members of groups, by name.
func (b *ledgerBook) loadMembers(ctx context.Context, q *store.Reads) error {
	if b.q.Contact != "" && len(b.l.Contacts) > 0 {
		c, err := q.Contact(ctx, b.d.org.ID, b.q.Contact)
		if err != nil {
			return err
		}
		if slices.Contains(b.l.Contacts, c.Kind) && (b.units == nil || slices.Contains(b.units, c.Unit)) {
			b.contacts = []*huifang.Contact{c}
		}
		return nil
	}
	for _, kind := range b.l.Contacts {
		page := store.Page{Limit: pageOfPast}
		for {
			got, err := q.Contacts(ctx, b.d.org.ID, store.ContactFilter{Kind: kind, Units: b.units}, page)
			if err != nil {
				return err
			}
			if b.contacts = append(b.contacts, got.Items...); len(b.contacts) > mostLedgerContacts {
				return ledgerTooLarge()
			}
			if page.After = got.Next; got.Next == "" {
				break
			}
		}
	}
	return nil
}

// ledgerRow is one row: a follow-up, a contact or a group with its follow-ups.
type ledgerRow struct {
	key      string
	name     string // of a group
	contact  *huifang.Contact
	contacts []*huifang.Contact // members of a group
	facts    []*ledgerFact
}

// rows are the rows of the ledger in order.
func (b *ledgerBook) rows() []ledgerRow {
	switch b.l.Rows {
	case "contacts":
		return b.contactRows()
	case "groups":
		return b.groupRows()
	}
	out := make([]ledgerRow, len(b.facts))
	for i, f := range b.facts {
		out[i] = ledgerRow{key: string(f.Followup.ID), contact: f.Contact, facts: b.facts[i : i+1]}
	}
	return out
}

// contactRows are the contacts; as cards, only those followed up in the period,
// or the one asked for.
func (b *ledgerBook) contactRows() []ledgerRow {
	at := map[huifang.ID]int{}
	out := make([]ledgerRow, len(b.contacts))
	for i, c := range b.contacts {
		at[c.ID], out[i] = i, ledgerRow{key: string(c.ID), contact: c}
	}
	for _, f := range b.facts {
		if i, ok := at[f.Followup.Contact]; ok {
			out[i].facts = append(out[i].facts, f)
		}
	}
	if b.l.Layout == "cards" && b.q.Contact == "" {
		out = slices.DeleteFunc(out, func(r ledgerRow) bool { return len(r.facts) == 0 })
	}
	return out
}

// groupRows are the groups by name; who belongs to none comes last.
func (b *ledgerBook) groupRows() []ledgerRow {
	at := map[string]int{}
	var out []ledgerRow
	row := func(name string) *ledgerRow {
		i, ok := at[name]
		if !ok {
			i = len(out)
			at[name] = i
			out = append(out, ledgerRow{key: name, name: name})
		}
		return &out[i]
	}
	for _, c := range b.contacts {
		r := row(b.reader.text(b.l.By, &ledgerFact{Fact: plan.Fact{Contact: c, Followup: &huifang.Followup{}}}))
		r.contacts = append(r.contacts, c)
	}
	members := map[huifang.ID]bool{}
	for _, c := range b.contacts {
		members[c.ID] = true
	}
	for _, f := range b.facts {
		if len(b.l.Contacts) > 0 && !members[f.Followup.Contact] && !slices.ContainsFunc(b.l.By, isOfFollowup) {
			continue
		}
		r := row(b.reader.text(b.l.By, f))
		r.facts = append(r.facts, f)
	}
	slices.SortStableFunc(out, func(x, y ledgerRow) int {
		return cmp.Or(-compareBool(x.key == "", y.key == ""), cmp.Compare(x.key, y.key))
	})
	return out
}

// isOfFollowup tells a reading that not only a contact can give.
func isOfFollowup(part string) bool { return !strings.HasPrefix(part, "contact.") }

func compareBool(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return -1
	}
	return 1
}

// ledgerTests are a ledger's conditions made ready.
type ledgerTests struct {
	when    plan.FactCondition
	columns []columnTests
	lines   []columnTests
}

type columnTests struct {
	when, count, of plan.FactCondition
	tell            plan.FactValue
}

// compileLedger readies conditions that were checked when the pack was loaded.
func compileLedger(l *pack.Ledger) (t ledgerTests, err error) {
	if t.when, err = compileFact(l.When); err != nil {
		return t, err
	}
	if t.columns, err = compileColumns(l.Columns); err != nil {
		return t, err
	}
	t.lines, err = compileColumns(l.Lines)
	return t, err
}

func compileColumns(columns []pack.LedgerColumn) ([]columnTests, error) {
	out := make([]columnTests, len(columns))
	for i, c := range columns {
		cs, faults := plan.CompileFacts([]string{c.When, c.Count, c.Of})
		for _, fault := range faults {
			if fault != nil {
				return nil, fault
			}
		}
		tell, fault := plan.CompileFactValue(c.Tell)
		if fault != nil {
			return nil, fault
		}
		out[i] = columnTests{cs[0], cs[1], cs[2], tell}
	}
	return out, nil
}

func compileFact(source string) (plan.FactCondition, error) {
	cs, faults := plan.CompileFacts([]string{source})
	if faults[0] != nil {
		return cs[0], faults[0]
	}
	return cs[0], nil
}
