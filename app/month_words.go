package app

import (
	"context"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/report"
	"github.com/huifang/huifang/store"
)

// monthWords is how the trade titles and heads the month's sheet. Where several
// trades share it, it speaks of none of them.
func (d *directory) monthWords() report.MonthWords {
	var of *pack.Statistics
	for _, p := range d.packs {
		if p.Statistics.Title == (huifang.Text{}) {
			continue
		}
		if of != nil {
			return report.MonthWords{}
		}
		of = &p.Statistics
	}
	if of == nil {
		return report.MonthWords{}
	}
	out := report.MonthWords{
		Title: of.Title, Units: of.Units, Total: of.Total, All: of.All, Analysis: of.Analysis, Signatures: of.Signatures, Notes: of.Notes,
		Figures: map[string]huifang.Text{}, Lists: map[string]report.ListWords{},
	}
	for _, f := range of.Figures {
		out.Figures[f.Code] = f.Title
	}
	for _, l := range of.Lists {
		words := report.ListWords{Title: l.Title, Columns: map[string]huifang.Text{}}
		for _, c := range l.Columns {
			words.Columns[c.Code] = c.Title
		}
		out.Lists[l.Code] = words
	}
	return out
}

// gatherUnreachable lists whom nobody reached, with the reason.
func (a *App) gatherUnreachable(ctx context.Context, q *store.Reads, d *directory, facts *monthFacts, units []huifang.ID) error {
	var found []*huifang.Followup
	var contacts, assets idSet
	filter := store.FollowupFilter{Month: facts.Month, Units: units, States: []huifang.State{huifang.StateUnreachable}}
	err := q.EachFollowup(ctx, d.org.ID, filter, func(f *huifang.Followup) error {
		found = append(found, f)
		contacts.add(f.Contact)
		assets.add(f.Asset)
		return nil
	})
	if err != nil {
		return err
	}
	people, err := q.ContactsByID(ctx, d.org.ID, contacts.list)
	if err != nil {
		return err
	}
	things, err := q.AssetsByID(ctx, d.org.ID, assets.list)
	if err != nil {
		return err
	}
	for _, f := range found {
		row := report.UnreachableRow{Number: f.Number, Unit: d.unitName(f.Unit), Program: d.programName(f.Program), Staff: d.staffName(f.Lead), Reason: f.Reason}
		if c := people[f.Contact]; c != nil {
			row.Contact = maskText(c.Name)
		}
		if x := things[f.Asset]; x != nil {
			row.Asset = assetName(x)
		}
		facts.Unreachable = append(facts.Unreachable, unreachableFact{f.Unit, row})
	}
	return nil
}
