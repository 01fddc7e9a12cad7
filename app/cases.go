package app

import (
	"context"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// CaseFilter selects cases.
type CaseFilter = store.CaseFilter

// CaseLine is one case of a list, with names where it has ids.
type CaseLine struct {
	Case        *huifang.Case
	UnitName    string
	ContactName string
	AssetName   string
	OwnerName   string
	Overdue     bool // not resolved after its last day
}

// Cases lists by time opened, within the actor's units; an owner asking for
// their own sees them wherever they are. case.read.
func (a *App) Cases(ctx context.Context, actor *huifang.Actor, f CaseFilter, p Page) (Paged[CaseLine], error) {
	var out Paged[CaseLine]
	if err := actor.Require(huifang.PermCaseRead); err != nil {
		return out, err
	}
	if actor.Staff == "" || f.Owner != actor.Staff {
		var none bool
		if f.Units, none = scope(actor, f.Units); none {
			return out, nil
		}
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return out, err
	}
	page, err := a.reads().Cases(ctx, actor.Org, f, p)
	if err != nil {
		return out, err
	}
	out.Next = page.Next
	out.Items, err = a.caseLines(ctx, d, page.Items)
	return out, err
}

func (a *App) caseLines(ctx context.Context, d *directory, cases []*huifang.Case) ([]CaseLine, error) {
	var cs, as idSet
	for _, c := range cases {
		cs.add(c.Contact)
		as.add(c.Asset)
	}
	contacts, err := a.reads().ContactsByID(ctx, d.org.ID, cs.list)
	if err != nil {
		return nil, err
	}
	assets, err := a.reads().AssetsByID(ctx, d.org.ID, as.list)
	if err != nil {
		return nil, err
	}
	out := make([]CaseLine, len(cases))
	for i, c := range cases {
		out[i] = a.caseLine(d, c, contacts[c.Contact], assets[c.Asset])
	}
	return out, nil
}

func (a *App) caseLine(d *directory, c *huifang.Case, contact *huifang.Contact, x *huifang.Asset) CaseLine {
	line := CaseLine{Case: c, UnitName: d.unitName(c.Unit), OwnerName: d.staffName(c.Owner)}
	if contact != nil {
		line.ContactName = maskText(contact.Name)
	}
	if x != nil {
		line.AssetName = assetName(x)
	}
	today := huifang.DateOf(a.now(), d.zoneOf(c.Unit))
	line.Overdue = (c.State == huifang.CaseOpen || c.State == huifang.CaseActing) && c.Due != huifang.NoDate && c.Due < today
	return line
}

// CaseDetail is everything about one case. Phone and id numbers are masked.
type CaseDetail struct {
	CaseLine
	Contact   *huifang.Contact
	Asset     *huifang.Asset
	Actions   []*huifang.Action
	Followups []*huifang.Followup   // that opened it, or check it
	History   []*huifang.AuditEntry // newest first: every change, and the comments (case.commented)
	Manage    bool                  // whether the actor may act on it
	Names     map[huifang.ID]string // of every member of staff named above
}

// mostHistory is how much of a case's history one look shows.
const mostHistory = 500

// Case is one case with everything about it, for its owner and readers of its
// unit.
func (a *App) Case(ctx context.Context, actor *huifang.Actor, id huifang.ID) (*CaseDetail, error) {
	read := a.reads().Case
	if _, uuid := id.Bytes(); !uuid { // a human number
		read = func(ctx context.Context, org, number huifang.ID) (*huifang.Case, error) {
			return a.reads().CaseByNumber(ctx, org, string(number))
		}
	}
	c, err := read(ctx, actor.Org, id)
	if err != nil {
		return nil, err
	}
	if err := canReadCase(actor, c); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	out := &CaseDetail{Manage: huifang.CanManageCase(actor, c) == nil}
	err = a.store.Snapshot(ctx, func(v *store.View) error { return out.load(ctx, &v.Reads, c) })
	if err != nil {
		return nil, err
	}
	out.CaseLine = a.caseLine(d, c, out.Contact, out.Asset)
	ids := []huifang.ID{c.Owner}
	for _, x := range out.Actions {
		ids = append(ids, x.Owner)
	}
	for _, e := range out.History {
		ids = append(ids, e.Staff)
	}
	for _, f := range out.Followups {
		ids = append(ids, f.Lead, f.DoneBy)
	}
	out.Names = d.names(ids...)
	return out, nil
}

func (out *CaseDetail) load(ctx context.Context, q *store.Reads, c *huifang.Case) (err error) {
	if c.Contact != "" {
		if out.Contact, err = q.Contact(ctx, c.Org, c.Contact); err != nil {
			return err
		}
		out.Contact = maskContact(out.Contact)
	}
	if c.Asset != "" {
		if out.Asset, err = q.Asset(ctx, c.Org, c.Asset); err != nil {
			return err
		}
		out.Asset = maskAsset(out.Asset)
	}
	if out.Actions, err = q.Actions(ctx, c.Org, c.ID); err != nil {
		return err
	}
	checks, err := q.Followups(ctx, c.Org, store.FollowupFilter{Case: c.ID}, store.ByCreated, store.Page{Limit: 200})
	if err != nil {
		return err
	}
	out.Followups = checks.Items
	history, err := q.AuditEntries(ctx, c.Org, store.AuditFilter{Record: c.ID}, store.Page{Limit: mostHistory, Desc: true})
	out.History = history.Items
	return err
}

// canReadCase decides who may see a case: its owner, and readers of its unit.
func canReadCase(actor *huifang.Actor, c *huifang.Case) error {
	if huifang.CanManageCase(actor, c) == nil {
		return nil
	}
	return actor.RequireIn(huifang.PermCaseRead, c.Org, c.Unit)
}
