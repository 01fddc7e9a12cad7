package app

import (
	"cmp"
	"context"
	"io"
	"slices"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/report"
	"github.com/huifang/huifang/store"
)

// LedgerInfo is a ledger of an active pack as a list shows it.
type LedgerInfo struct {
	Pack        string
	PackName    huifang.Text
	Code        string
	Name        huifang.Text
	Description huifang.Text
	Source      string
	Period      string // day, week, month, quarter, year; empty: all there is
	Cards       bool   // a form for each row rather than a list
	Contacts    bool   // may be asked for one contact
}

// LedgerQuery asks for a ledger of one period.
type LedgerQuery struct {
	Pack, Code string
	On         huifang.Date // a day of the period; 0 or NoDate: today
	Unit       huifang.ID   // and those below it; empty: all the actor reaches
	Contact    huifang.ID   // only this contact
	Lang       huifang.Lang // empty: the organization's
	Reveal     bool         // phone and id numbers whole: contact.reveal, noted in the audit chain
}

// Ledgers lists the ledgers of the active packs, each pack's together.
// followup.read.
func (a *App) Ledgers(ctx context.Context, actor *huifang.Actor) ([]LedgerInfo, error) {
	if err := actor.Require(huifang.PermFollowupRead); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	var out []LedgerInfo
	for _, p := range d.packs {
		for i := range p.Ledgers {
			l := &p.Ledgers[i]
			out = append(out, LedgerInfo{
				Pack: p.Code, PackName: p.Name, Code: l.Code, Name: l.Name, Description: l.Description, Source: l.Source, Period: l.Period,
				Cards: l.Layout == "cards", Contacts: l.Rows == "contacts",
			})
		}
	}
	return out, nil
}

// How many rows a screen shows; files hold all.
const (
	ledgerRowsShown  = 500
	ledgerCardsShown = 20
)

// LedgerLayout is a ledger as people see it: what WriteLedger writes as "xlsx",
// its first rows. followup.read in the unit; of contacts also contact.read.
func (a *App) LedgerLayout(ctx context.Context, actor *huifang.Actor, q LedgerQuery) (*report.Layout, error) {
	b, err := a.openLedger(ctx, actor, q)
	if err != nil {
		return nil, err
	}
	sheet, err := b.sheet(ctx, true)
	if err != nil {
		return nil, err
	}
	return sheet.Layout()
}

// WriteLedger writes a ledger as "xlsx" or "csv". As LedgerLayout, and noted in
// the audit chain.
func (a *App) WriteLedger(ctx context.Context, actor *huifang.Actor, q LedgerQuery, format string, w io.Writer) error {
	if format != "xlsx" && format != "csv" {
		return unknownFormat(format, "xlsx, csv")
	}
	b, err := a.openLedger(ctx, actor, q)
	if err != nil {
		return err
	}
	if format == "csv" && b.l.Layout == "cards" {
		return unknownFormat(format, "xlsx")
	}
	sheet, err := b.sheet(ctx, false)
	if err != nil {
		return err
	}
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		return a.audit(ctx, tx, actor, "ledger.exported", kindPack, "", map[string]any{"pack": q.Pack, "ledger": q.Code, "format": format})
	})
	if err != nil {
		return err
	}
	if format == "csv" {
		return sheet.CSV(w)
	}
	return sheet.XLSX(w)
}

// LedgerFollowups are the follow-ups that the cell of a row, by its key, and
// column of a ledger counts. As LedgerLayout.
func (a *App) LedgerFollowups(ctx context.Context, actor *huifang.Actor, q LedgerQuery, key string, column int) ([]FollowupLine, error) {
	b, err := a.openLedger(ctx, actor, q)
	if err != nil {
		return nil, err
	}
	if err := b.load(ctx); err != nil {
		return nil, err
	}
	if b.reader, err = b.newReader(ctx); err != nil {
		return nil, err
	}
	if column < 0 || column >= len(b.l.Columns) || b.l.Columns[column].Count == "" {
		return nil, fieldFault("column", "ledger.column", huifang.Text{ZH: "该列不是计数", EN: "the column is no count"})
	}
	row := b.whole()
	if key != ledgerTotal {
		rows := b.rows()
		i := slices.IndexFunc(rows, func(r ledgerRow) bool { return r.key == key })
		if i < 0 {
			return nil, nil
		}
		row = &rows[i]
	}
	var found []*huifang.Followup
	for _, f := range b.counted(row, column).facts {
		found = append(found, f.Followup)
	}
	return a.lines(ctx, b.d, found)
}

// ledgerBook is one ledger being filled.
type ledgerBook struct {
	app      *App
	d        *directory
	p        *pack.Pack
	l        *pack.Ledger
	q        LedgerQuery
	lang     huifang.Lang
	units    []huifang.ID // nil: all
	from, to huifang.Date // NoDate: all there is
	tests    ledgerTests

	facts    []*ledgerFact
	contacts []*huifang.Contact // of rows or members, in order
	reader   *ledgerReader
}

func (a *App) openLedger(ctx context.Context, actor *huifang.Actor, q LedgerQuery) (*ledgerBook, error) {
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	b := &ledgerBook{app: a, d: d, q: q, lang: cmp.Or(q.Lang, d.org.Lang, huifang.ZH)}
	if b.units, err = d.reach(actor, q.Unit, huifang.PermFollowupRead); err != nil {
		return nil, err
	}
	for _, p := range d.packs {
		if l, ok := p.Ledger(q.Code); ok && p.Code == q.Pack {
			b.p, b.l = p, l
		}
	}
	if b.l == nil {
		return nil, huifang.Fail(huifang.CodeNotFound, "ledger.not_found", huifang.Textf("没有台账“%s/%s”，或其行业包没有启用", "there is no ledger “%s/%s”, or its pack is not active", q.Pack, q.Code))
	}
	if len(b.l.Contacts) > 0 {
		if err := actor.Require(huifang.PermContactRead); err != nil {
			return nil, err
		}
	}
	if q.On == 0 || q.On == huifang.NoDate {
		q.On = huifang.DateOf(a.now(), d.zoneOf(q.Unit))
	}
	b.from, b.to = periodOf(b.l.Period, q.On)
	if b.tests, err = compileLedger(b.l); err != nil {
		return nil, err
	}
	return b, b.reveal(ctx, actor)
}

// reveal notes that phone numbers are asked for whole.
func (b *ledgerBook) reveal(ctx context.Context, actor *huifang.Actor) error {
	if !b.q.Reveal {
		return nil
	}
	if err := actor.Require(huifang.PermContactReveal); err != nil {
		return err
	}
	return b.app.store.Write(ctx, func(tx *store.Tx) error {
		return b.app.audit(ctx, tx, actor, "ledger.revealed", kindPack, "", map[string]any{"pack": b.p.Code, "ledger": b.l.Code, "on": b.from})
	})
}

// reach are the units that a question about a unit and those below it, or with
// unit "" about all the actor reaches, covers; nil: every unit, and what belongs
// to none.
func (d *directory) reach(actor *huifang.Actor, unit huifang.ID, p huifang.Permission) ([]huifang.ID, error) {
	if unit == "" {
		if err := actor.Require(p); err != nil {
			return nil, err
		}
		units, _ := scope(actor, nil)
		return units, nil
	}
	if d.unit[unit] == nil {
		return nil, huifang.Fail(huifang.CodeNotFound, "unit.not_found", huifang.Text{ZH: "没有找到该单位", EN: "no such unit"})
	}
	if err := actor.RequireIn(p, d.org.ID, unit); err != nil {
		return nil, err
	}
	return slices.Clone(d.subtree(unit)), nil
}
