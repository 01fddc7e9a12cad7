package app

import (
	"context"
	"io"
	"slices"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/sheet"
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

// ImportRejects lists the rejected rows of an import in their order;
// event.ingest.
func (a *App) ImportRejects(ctx context.Context, actor *huifang.Actor, id huifang.ID, p Page) (Paged[*huifang.ImportReject], error) {
	if _, err := a.ImportByID(ctx, actor, id); err != nil {
		return Paged[*huifang.ImportReject]{}, err
	}
	got, err := a.reads().ImportRejects(ctx, actor.Org, id, p)
	got.Items = slices.DeleteFunc(got.Items, func(r *huifang.ImportReject) bool { return r.Reason == rejectHeader })
	return got, err
}

// WriteRejects writes the rejected rows of an import as a workbook: the
// original rows under their header with the reason behind them, in lang, so
// that they can be mended and imported again. event.ingest.
func (a *App) WriteRejects(ctx context.Context, actor *huifang.Actor, id huifang.ID, lang huifang.Lang, w io.Writer) error {
	if _, err := a.ImportByID(ctx, actor, id); err != nil {
		return err
	}
	var sheets []sheet.RejectSheet
	page := Page{Limit: 1000}
	for {
		got, err := a.reads().ImportRejects(ctx, actor.Org, id, page)
		if err != nil {
			return err
		}
		for _, r := range got.Items {
			if r.Reason == rejectHeader || len(sheets) == 0 {
				sheets = append(sheets, sheet.RejectSheet{Sheet: r.Sheet})
			}
			s := &sheets[len(sheets)-1]
			if r.Reason == rejectHeader {
				s.Title, s.Header = r.Text.ZH, r.Cells
				continue
			}
			s.Rows = append(s.Rows, sheet.Reject{Line: r.Row, Cells: r.Cells, Text: r.Text})
		}
		if page.After = got.Next; got.Next == "" {
			break
		}
	}
	return sheet.WriteRejectsXLSX(w, sheets, lang)
}
