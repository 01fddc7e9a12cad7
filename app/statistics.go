package app

import (
	"cmp"
	"context"
	"io"
	"slices"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/report"
	"github.com/huifang/huifang/store"
)

// MonthQuery asks for the statistics of a month: of a unit and those below it,
// or with Unit "" of all the actor reaches.
type MonthQuery struct {
	Month huifang.Month
	Unit  huifang.ID
	Lang  huifang.Lang // empty: the organization's
}

// MonthSheet is the month's sheet. Each unit's row holds its own follow-ups, and
// the sheet adds up. A closed month shows as it stood when it was closed, with
// what changed since as restatements. stats.read over the unit.
func (a *App) MonthSheet(ctx context.Context, actor *huifang.Actor, q MonthQuery) (*report.MonthSheet, error) {
	return a.sheet(ctx, actor, q, true)
}

// LiveSheet is the month's sheet as the records stand now, closed or not.
// stats.read over the unit.
func (a *App) LiveSheet(ctx context.Context, actor *huifang.Actor, q MonthQuery) (*report.MonthSheet, error) {
	return a.sheet(ctx, actor, q, false)
}

func (a *App) sheet(ctx context.Context, actor *huifang.Actor, q MonthQuery, asClosed bool) (*report.MonthSheet, error) {
	if err := checkMonth(q.Month); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	units, err := d.sheetUnits(actor, q.Unit)
	if err != nil {
		return nil, err
	}
	var (
		now    *monthFacts
		closed *closedMonth
	)
	err = a.store.Snapshot(ctx, func(v *store.View) (err error) {
		if asClosed {
			if closed, err = readClosed(ctx, &v.Reads, actor.Org, q.Month); err != nil {
				return err
			}
		}
		now, err = a.gather(ctx, &v.Reads, d, q.Month, units, closed == nil)
		return err
	})
	if err != nil {
		return nil, err
	}
	facts := now
	if closed != nil {
		facts = &closed.Facts
	}
	out := facts.sheet(units)
	out.Lang, out.Organization, out.Unit, out.PreparedBy = cmp.Or(q.Lang, d.org.Lang, huifang.ZH), d.org.Name, d.unitName(q.Unit), d.staffName(actor.Staff)
	out.Prepared = huifang.DateOf(a.now(), d.zoneOf(q.Unit))
	if closed != nil {
		out.Frozen, out.ClosedOn = true, huifang.DateOf(closed.at, d.zone)
		out.Restated = facts.restated(now, units)
	}
	return out, nil
}

// WriteMonth writes the month's sheet as "xlsx", "csv" or "text".
func (a *App) WriteMonth(ctx context.Context, actor *huifang.Actor, q MonthQuery, format string, w io.Writer) error {
	m, err := a.MonthSheet(ctx, actor, q)
	if err != nil {
		return err
	}
	switch format {
	case "xlsx":
		return m.XLSX(w)
	case "csv":
		return m.CSV(w)
	case "text":
		return m.Text(w)
	}
	return unknownFormat(format, "xlsx, csv, text")
}

func unknownFormat(format, known string) error {
	return fieldFault("format", "format.unknown", huifang.Textf("不支持格式“%s”，可用：%s", "there is no format “%s”; use one of %s", format, known))
}

// MonthLayout is the month's sheet as people see it: what WriteMonth writes as
// "xlsx", cell by cell, each figure with the follow-ups behind it.
func (a *App) MonthLayout(ctx context.Context, actor *huifang.Actor, q MonthQuery) (*report.Layout, error) {
	m, err := a.MonthSheet(ctx, actor, q)
	if err != nil {
		return nil, err
	}
	return m.Layout()
}

// TallyQuery asks for tallies of months From to To, both included, summed over
// what By does not name: "month", "unit", "program", "lead".
type TallyQuery struct {
	From, To huifang.Month
	Unit     huifang.ID // and those below it; "": all the actor reaches
	By       []string
}

// TallyLine is one sum. Fields that were summed over are empty; Name is the
// unit's, program's or person's that it is about.
type TallyLine struct {
	Month   huifang.Month
	Unit    huifang.ID
	Program string
	Lead    huifang.ID
	Name    huifang.Text
	Tally   huifang.Tally
}

// mostMonths is how many months one question of tallies covers.
const mostMonths = 60

// Tallies sums the rollup, in order of month, unit, program and lead.
// stats.read over the unit.
func (a *App) Tallies(ctx context.Context, actor *huifang.Actor, q TallyQuery) ([]TallyLine, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	units, err := d.sheetUnits(actor, q.Unit)
	if err != nil {
		return nil, err
	}
	rows, err := a.reads().Tallies(ctx, actor.Org, q.From, q.To, units)
	if err != nil {
		return nil, err
	}
	sums := map[TallyLine]huifang.Tally{}
	for _, r := range rows {
		k := q.key(r)
		sums[k] = sums[k].Add(r.Tally)
	}
	out := make([]TallyLine, 0, len(sums))
	for k, t := range sums {
		k.Tally, k.Name = t, d.tallyName(k)
		out = append(out, k)
	}
	slices.SortFunc(out, func(x, y TallyLine) int {
		return cmp.Or(cmp.Compare(x.Month, y.Month), cmp.Compare(d.place(x.Unit), d.place(y.Unit)), cmp.Compare(x.Program, y.Program), cmp.Compare(x.Lead, y.Lead))
	})
	return out, nil
}

func (q *TallyQuery) check() error {
	if err := checkMonth(q.From); err != nil {
		return err
	}
	if err := checkMonth(q.To); err != nil {
		return err
	}
	months := (int(q.To)/100-int(q.From)/100)*12 + int(q.To)%100 - int(q.From)%100 + 1
	if months < 1 || months > mostMonths {
		return fieldFault("to", "month.range", huifang.Textf("月份范围应为 1 至 %d 个月", "a range has between 1 and %d months", mostMonths))
	}
	for _, by := range q.By {
		if !slices.Contains([]string{"month", "unit", "program", "lead"}, by) {
			return fieldFault("by", "tally.by", huifang.Textf("不能按“%s”汇总，可用：month、unit、program、lead", "there is no sum by “%s”; use month, unit, program or lead", by))
		}
	}
	return nil
}

func (q *TallyQuery) key(r store.TallyRow) (k TallyLine) {
	for _, by := range q.By {
		switch by {
		case "month":
			k.Month = r.Month
		case "unit":
			k.Unit = r.Unit
		case "program":
			k.Program = r.Program
		case "lead":
			k.Lead = r.Lead
		}
	}
	return k
}

// tallyName names what a sum is about: the person, else the program, else the
// unit.
func (d *directory) tallyName(k TallyLine) huifang.Text {
	switch {
	case k.Lead != "":
		return huifang.Text{ZH: d.staffName(k.Lead)}
	case k.Program != "":
		return d.programName(k.Program)
	}
	return huifang.Text{ZH: d.unitName(k.Unit)}
}

func (d *directory) programName(code string) huifang.Text {
	if p := d.set.Program(code, "", nil); p != nil {
		return p.Name
	}
	return huifang.Text{ZH: code, EN: code}
}

// place is a unit's place in the order of the tree; what is no unit comes last.
func (d *directory) place(id huifang.ID) int {
	if i := slices.IndexFunc(d.units, func(u *huifang.Unit) bool { return u.ID == id }); i >= 0 {
		return i
	}
	return len(d.units)
}
