package app

import (
	"context"
	"errors"
	"io"
	"iter"
	"slices"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/sheet"
	"github.com/huifang/huifang/store"
)

// rejectHeader is the Reason of the entry that keeps the header of a sheet
// among its rejected rows, so that they can be given back as they were.
const rejectHeader = "header"

// reject is a rejected row to be kept, after its sheet's header where that is
// the first one.
func (job *importing) reject(row *sheet.Row) []*huifang.ImportReject {
	var out []*huifang.ImportReject
	add := func(line int, cells []string, reason string, text huifang.Text) {
		job.rejects++
		out = append(out, &huifang.ImportReject{
			Org: job.d.org.ID, Import: job.record.ID, Seq: job.rejects, Sheet: row.Sheet, Row: line, Cells: cells, Reason: reason, Text: text,
		})
	}
	if key := "sheet " + row.Sheet; job.header != key && row.Layout != nil {
		job.header = key
		add(row.Layout.Header, row.Layout.Names(), rejectHeader, huifang.Text{ZH: row.Layout.Title, EN: row.Layout.Title})
	}
	add(row.Line, row.Cells, row.Err.Reason, row.Reject().Text)
	return out
}

// Imports lists the imports, newest first; event.ingest.
func (a *App) Imports(ctx context.Context, actor *huifang.Actor, p Page) (Paged[*huifang.Import], error) {
	if err := actor.Require(huifang.PermEventIngest); err != nil {
		return Paged[*huifang.Import]{}, err
	}
	p.Desc = true
	return a.reads().Imports(ctx, actor.Org, p)
}

// ImportByID is one import; event.ingest.
func (a *App) ImportByID(ctx context.Context, actor *huifang.Actor, id huifang.ID) (*huifang.Import, error) {
	if err := actor.Require(huifang.PermEventIngest); err != nil {
		return nil, err
	}
	return a.reads().Import(ctx, actor.Org, id)
}

// rejectsOf finds an import whose rejected rows the actor may see: of any unit,
// with whatever the file said of customers. They are whoever ran it, who brought
// the file, and event.ingest over the whole organization; whole tells whether
// these see phone and id numbers, which takes contact.reveal.
func (a *App) rejectsOf(ctx context.Context, actor *huifang.Actor, id huifang.ID) (run *huifang.Import, whole bool, err error) {
	if run, err = a.ImportByID(ctx, actor, id); err != nil {
		return nil, false, err
	}
	if run.Staff != "" && run.Staff == actor.Staff {
		return run, true, nil
	}
	return run, actor.Can(huifang.PermContactReveal), organizationWide(actor, huifang.PermEventIngest)
}

// ImportRejects lists the rejected rows of an import in their order, for whoever
// ran it and for event.ingest over the whole organization; to others than the
// first, phone and id numbers show only with contact.reveal.
func (a *App) ImportRejects(ctx context.Context, actor *huifang.Actor, id huifang.ID, p Page) (Paged[*huifang.ImportReject], error) {
	_, whole, err := a.rejectsOf(ctx, actor, id)
	if err != nil {
		return Paged[*huifang.ImportReject]{}, err
	}
	got, err := a.reads().ImportRejects(ctx, actor.Org, id, p)
	got.Items = slices.DeleteFunc(got.Items, func(r *huifang.ImportReject) bool { return r.Reason == rejectHeader })
	if !whole {
		for _, r := range got.Items {
			r.Cells = maskCells(r.Cells)
		}
	}
	return got, err
}

func maskCells(cells []string) []string {
	out := make([]string, len(cells))
	for i, cell := range cells {
		out[i] = maskText(cell)
	}
	return out
}

// WriteRejects writes the rejected rows of an import as a workbook: the
// original rows under their header with the reason behind them, in lang, so
// that they can be mended and imported again. For those who may see them all
// whole (see ImportRejects), since a masked row cannot be imported; every one is
// noted in the audit chain.
func (a *App) WriteRejects(ctx context.Context, actor *huifang.Actor, id huifang.ID, lang huifang.Lang, w io.Writer) error {
	run, whole, err := a.rejectsOf(ctx, actor, id)
	if err != nil {
		return err
	}
	if !whole {
		return actor.Require(huifang.PermContactReveal)
	}
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		return a.audit(ctx, tx, actor, "import.rejects_written", "import", id, map[string]any{"file": run.File, "rows": run.Rejected})
	})
	if err != nil {
		return err
	}
	sheets, err := a.rejectSheets(ctx, actor.Org, id, sheet.MostRejects)
	if err != nil {
		return err
	}
	return sheet.WriteRejectsXLSX(w, sheets, lang)
}

// rejectSheets are the sheets of an import with rejected rows, in their order,
// each with at most so many rows: a longer one is continued on the next.
func (a *App) rejectSheets(ctx context.Context, org, id huifang.ID, most int) ([]sheet.RejectSheet, error) {
	heads, err := a.reads().ImportRejectsOf(ctx, org, id, rejectHeader)
	if err != nil {
		return nil, err
	}
	first, err := a.reads().ImportRejects(ctx, org, id, Page{Limit: 1})
	if err != nil {
		return nil, err
	}
	last, err := a.reads().ImportRejects(ctx, org, id, Page{Limit: 1, Desc: true})
	if err != nil || len(last.Items) == 0 {
		return nil, err
	}
	if first.Items[0].Reason != rejectHeader { // rows of a file without one
		heads = slices.Insert(heads, 0, &huifang.ImportReject{Sheet: first.Items[0].Sheet, Seq: first.Items[0].Seq - 1})
	}
	var out []sheet.RejectSheet
	for i, head := range heads {
		end := last.Items[0].Seq + 1
		if i+1 < len(heads) {
			end = heads[i+1].Seq
		}
		for from := head.Seq + 1; from < end; from += most {
			out = append(out, sheet.RejectSheet{
				Sheet: head.Sheet, Title: head.Text.ZH, Header: head.Cells, Rows: a.eachReject(ctx, org, id, from, min(most, end-from)),
			})
		}
	}
	return out, nil
}

// errEnough ends a list that nobody reads on.
var errEnough = errors.New("app: no more is wanted")

func (a *App) eachReject(ctx context.Context, org, id huifang.ID, from, most int) iter.Seq2[*sheet.Reject, error] {
	return func(yield func(*sheet.Reject, error) bool) {
		err := a.reads().EachImportReject(ctx, org, id, from, most, func(r *huifang.ImportReject) error {
			if !yield(&sheet.Reject{Line: r.Row, Cells: r.Cells, Text: r.Text}, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(nil, err)
		}
	}
}
