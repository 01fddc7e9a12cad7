package app

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
	"github.com/huifang/huifang/report"
	"github.com/huifang/huifang/store"
)

// monthFacts is everything a month's sheet of any unit can be laid out from. A
// closed month keeps its own as JSON.
type monthFacts struct {
	Month       huifang.Month          `json:"month"`
	Programs    []report.ProgramColumn `json:"programs"`
	Units       []unitFact             `json:"units"` // in tree order
	Tallies     []tallyFact            `json:"tallies"`
	Staff       []staffFact            `json:"staff"`
	Unqualified []unqualifiedFact      `json:"unqualified"`
	Recurrences []recurrenceFact       `json:"recurrences"`
	Unreachable []unreachableFact      `json:"unreachable"`
	Words       report.MonthWords      `json:"words,omitzero"`
	NotPlanned  int64                  `json:"not_planned"` // of the whole organization
}

type unitFact struct {
	ID      huifang.ID         `json:"id"`
	Parent  huifang.ID         `json:"parent,omitempty"`
	Name    string             `json:"name"`
	Targets map[string]float64 `json:"targets,omitempty"`
}

type tallyFact struct {
	Unit    huifang.ID    `json:"unit,omitempty"`
	Program string        `json:"program"`
	Lead    huifang.ID    `json:"lead,omitempty"`
	Tally   huifang.Tally `json:"tally"`
}

type staffFact struct {
	ID   huifang.ID `json:"id"`
	Name string     `json:"name"`
	Unit huifang.ID `json:"unit,omitempty"` // the first of theirs
}

type unqualifiedFact struct {
	Unit huifang.ID            `json:"unit,omitempty"`
	Row  report.UnqualifiedRow `json:"row"`
}

type unreachableFact struct {
	Unit huifang.ID            `json:"unit,omitempty"`
	Row  report.UnreachableRow `json:"row"`
}

type recurrenceFact struct {
	Unit huifang.ID           `json:"unit,omitempty"`
	Row  report.RecurrenceRow `json:"row"`
}

// gather reads a month as it stands, of the units given or with nil of all;
// lists says whether its lists are wanted too.
func (a *App) gather(ctx context.Context, q *store.Reads, d *directory, month huifang.Month, units []huifang.ID, lists bool) (*monthFacts, error) {
	facts := &monthFacts{Month: month}
	rows, err := q.Tallies(ctx, d.org.ID, month, month, units)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		facts.Tallies = append(facts.Tallies, tallyFact{r.Unit, r.Program, r.Lead, r.Tally})
	}
	d.describe(facts)
	facts.Words = d.monthWords()
	if !lists {
		return facts, nil
	}
	if err := a.gatherUnqualified(ctx, q, d, facts, units); err != nil {
		return nil, err
	}
	if err := a.gatherRecurrences(ctx, q, d, facts, units); err != nil {
		return nil, err
	}
	if err := a.gatherUnreachable(ctx, q, d, facts, units); err != nil {
		return nil, err
	}
	if units != nil {
		return facts, nil
	}
	counts, err := q.NotPlannedCounts(ctx, d.org.ID, month.First().At(0, d.zone), month.Next().First().At(0, d.zone))
	for _, c := range counts {
		facts.NotPlanned += int64(c.N)
	}
	return facts, err
}

// describe names the programs, units and people of the tallies.
func (d *directory) describe(facts *monthFacts) {
	counted := map[string]bool{}
	leads := map[huifang.ID]bool{}
	for _, t := range facts.Tallies {
		counted[t.Program], leads[t.Lead] = true, true
	}
	for _, code := range d.programOrder(slices.Sorted(maps.Keys(counted))) {
		column := report.ProgramColumn{Code: code, Name: d.programName(code)}
		if p := d.set.Program(code, "", nil); p != nil {
			column.Target = p.Target
		}
		facts.Programs = append(facts.Programs, column)
	}
	for _, u := range d.units {
		fact := unitFact{ID: u.ID, Parent: u.Parent, Name: u.Name}
		for _, c := range facts.Programs {
			if p := d.set.Program(c.Code, u.ID, d.roster); p != nil && p.Target != c.Target {
				if fact.Targets == nil {
					fact.Targets = map[string]float64{}
				}
				fact.Targets[c.Code] = p.Target
			}
		}
		facts.Units = append(facts.Units, fact)
	}
	for _, s := range d.staff {
		if leads[s.ID] {
			fact := staffFact{ID: s.ID, Name: s.Name}
			if len(s.Units) > 0 {
				fact.Unit = s.Units[0]
			}
			facts.Staff = append(facts.Staff, fact)
		}
	}
}

// programOrder is the order of programs on a sheet: as the packs' sheets say,
// then as they are defined, then what is not defined any more. Active programs
// are listed whether or not they counted anything.
func (d *directory) programOrder(counted []string) []string {
	var out []string
	add := func(code string) {
		if !slices.Contains(out, code) && (d.packOf[code] != "" || slices.Contains(counted, code)) {
			out = append(out, code)
		}
	}
	for _, p := range d.packs {
		for _, code := range p.Statistics.Programs {
			add(code)
		}
	}
	for _, p := range d.set.Programs() {
		add(p.Code)
	}
	for _, code := range counted {
		add(code)
	}
	return out
}

// gatherUnqualified lists the records that were dissatisfied or unqualified.
func (a *App) gatherUnqualified(ctx context.Context, q *store.Reads, d *directory, facts *monthFacts, units []huifang.ID) error {
	var found []*huifang.Followup
	filter := store.FollowupFilter{
		Month: facts.Month, Units: units, States: []huifang.State{huifang.StateCompleted},
		Satisfied: []huifang.Verdict{huifang.VerdictDissatisfied, huifang.VerdictUnqualified},
	}
	err := q.EachFollowup(ctx, d.org.ID, filter, func(f *huifang.Followup) error {
		found = append(found, f)
		return nil
	})
	if err != nil {
		return err
	}
	for batch := range slices.Chunk(found, 200) {
		rows, err := a.unqualifiedRows(ctx, q, d, batch)
		if err != nil {
			return err
		}
		facts.Unqualified = append(facts.Unqualified, rows...)
	}
	return nil
}

func (a *App) unqualifiedRows(ctx context.Context, q *store.Reads, d *directory, fs []*huifang.Followup) ([]unqualifiedFact, error) {
	var ids, cs, as idSet
	for _, f := range fs {
		ids.add(f.ID)
		cs.add(f.Contact)
		as.add(f.Asset)
	}
	contacts, err := q.ContactsByID(ctx, d.org.ID, cs.list)
	if err != nil {
		return nil, err
	}
	assets, err := q.AssetsByID(ctx, d.org.ID, as.list)
	if err != nil {
		return nil, err
	}
	records, err := q.RecordsOf(ctx, d.org.ID, ids.list)
	if err != nil {
		return nil, err
	}
	out := make([]unqualifiedFact, len(fs))
	for i, f := range fs {
		row := report.UnqualifiedRow{
			Number: f.Number, Date: huifang.DateOf(f.DoneAt, d.zoneOf(f.Unit)), Unit: d.unitName(f.Unit), Program: d.programName(f.Program),
			Matter: f.Matter, Department: f.Department, Verdict: f.Satisfied,
		}
		if c := contacts[f.Contact]; c != nil {
			row.Contact = maskText(c.Name)
		}
		if x := assets[f.Asset]; x != nil {
			row.Asset = assetName(x)
		}
		if err := d.opinionOf(ctx, q, f, records[f.ID], &row); err != nil {
			return nil, err
		}
		out[i] = unqualifiedFact{f.Unit, row}
	}
	return out, nil
}

// opinionOf fills in the case, the last reviewer's opinion, and what the record
// says in words.
func (d *directory) opinionOf(ctx context.Context, q *store.Reads, f *huifang.Followup, r *huifang.Record, row *report.UnqualifiedRow) error {
	if f.Case != "" {
		c, err := q.Case(ctx, f.Org, f.Case)
		if err != nil {
			return err
		}
		row.CaseNumber, row.CaseState = c.Number, c.State
	}
	if f.Review != huifang.ReviewNone && f.Review != huifang.ReviewPending {
		reviews, err := q.Reviews(ctx, f.Org, f.ID)
		if err != nil {
			return err
		}
		if n := len(reviews); n > 0 {
			row.Opinion = reviews[n-1].Opinion
		}
	}
	def := d.set.Form(f.Form)
	if def == nil || r == nil {
		return nil
	}
	var said []string
	for i := range def.Items {
		if s := r.Answers.String(def.Items[i].Code); def.Items[i].Kind == form.KindText && s != "" {
			said = append(said, s)
		}
	}
	row.Said = strings.Join(said, "；")
	return nil
}

func (a *App) gatherRecurrences(ctx context.Context, q *store.Reads, d *directory, facts *monthFacts, units []huifang.ID) error {
	found, err := q.Recurrences(ctx, d.org.ID, store.RecurrenceFilter{Month: facts.Month, Units: units})
	if err != nil {
		return err
	}
	lines, err := a.recurrenceLines(ctx, q, d, found)
	for _, l := range lines {
		r := l.Recurrence
		facts.Recurrences = append(facts.Recurrences, recurrenceFact{r.Unit, report.RecurrenceRow{
			Unit: l.UnitName, Kind: r.Kind, Subject: l.SubjectName, Matter: r.Matter, Count: r.Count, Decision: r.Decision, Opinion: r.Opinion, CaseNumber: l.CaseNumber,
		}})
	}
	return err
}
