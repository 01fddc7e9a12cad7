package app

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/sheet"
)

// ImportPreview is what an import would do. Nothing of it is written.
type ImportPreview struct {
	Kind     string         // events, contacts, assets or staff
	Format   string         // csv, xlsx or jsonl
	Mapping  []byte         // as guessed or given, YAML: to be edited, saved and used again
	Sheets   []sheet.Layout // every sheet with its columns, or why it is no data
	Notes    []huifang.Text // what a person should look at
	Rows     int            // all but blank rows, headers, subtotals and footnotes
	Accepted int
	Warned   int            // of these, with warnings
	Skipped  map[string]int // by reason
	Rejected map[string]int // by reason
	Types    map[string]int // accepted, by type of event
	Months   []ImportMonth  // accepted, by month of completion

	// What it would plan, worked out for the first Looked accepted rows.
	Looked      int
	Known       int // imported before
	NewListed   int // rows of a list that add somebody or something
	Changed     int // rows of a list that change what is known
	NewContacts int
	NewAssets   int
	Planned     int // follow-ups
	Closed      int // windows closed already: not planned without Backfill

	First   []ImportRow // accepted rows
	Doubted []ImportRow // accepted rows with warnings
	Refused []ImportRow // rejected rows
	Units   []string    // names of units that are not known
	Staff   []string    // names of staff that are not known
}

// ImportMonth is how many events of each type a month brings.
type ImportMonth struct {
	Month huifang.Month
	Types map[string]int
}

// ImportRow is one row of a preview.
type ImportRow struct {
	Sheet      string
	Line       int
	Type       string
	At         time.Time
	Contact    string
	Asset      string
	Unit       string
	Department string
	Matter     string
	Warnings   []huifang.Text
	Reason     string       // of a rejected row
	Text       huifang.Text // of a rejected row
}

const (
	previewRows = 20     // shown of each kind
	previewLook = 10_000 // worked out in detail
)

// PreviewImport reads a register as Import would and says what it would do,
// with the first rows; nothing is written. event.ingest.
func (a *App) PreviewImport(ctx context.Context, actor *huifang.Actor, file ImportFile, o ImportOptions) (*ImportPreview, error) {
	job, err := a.openImport(ctx, actor, file, o)
	if err != nil {
		return nil, err
	}
	out := &ImportPreview{Format: string(job.book.Format), Notes: job.report.Notes, Sheets: job.report.Sheets, Kind: cmp.Or(string(job.mapping.Kind), string(sheet.RowEvent))}
	if out.Mapping, err = job.mapping.YAML(); err != nil {
		return nil, err
	}
	if out.Sheets == nil {
		if out.Sheets, err = sheet.Inspect(job.book, job.mapping); err != nil {
			return nil, err
		}
	}
	job.record = &huifang.Import{}
	job.inStep.Store(true)
	job.cache.most = 0 // nothing is written, so that it alone knows what would be
	if err := job.run(ctx, func(ctx context.Context, c *importChunk) error { return job.look(ctx, out, c) }); err != nil {
		return nil, err
	}
	job.conclude(out)
	return out, nil
}

// look adds one chunk to a preview.
func (job *importing) look(ctx context.Context, out *ImportPreview, c *importChunk) error {
	if out.Looked < previewLook && len(c.in.events) > 0 {
		if err := job.rehearse(ctx, out, c.in); err != nil {
			return err
		}
		if out.Looked += len(c.in.events); out.Looked >= previewLook {
			job.cache.forget()
		}
	}
	made, err := job.list(ctx, c, false)
	if err != nil {
		return err
	}
	out.NewListed += made[listedNew]
	out.Changed += made[listedChanged]
	out.Known += made[listedSame]
	job.count(c)
	for _, row := range c.rows {
		switch {
		case row.Err != nil && len(out.Refused) < previewRows:
			shown := ImportRow{Sheet: row.Sheet, Line: row.Line, Reason: row.Err.Reason, Text: row.Reject().Text}
			out.Refused = append(out.Refused, shown)
		case row.Accepted() && len(out.First) < previewRows:
			out.First = append(out.First, previewRow(row))
		}
		if row.Accepted() && len(row.Warnings) > 0 && len(out.Doubted) < previewRows {
			out.Doubted = append(out.Doubted, previewRow(row))
		}
	}
	return nil
}

func previewRow(row *sheet.Row) ImportRow {
	v := &row.Values
	out := ImportRow{
		Sheet: row.Sheet, Line: row.Line, Type: v.Type, At: v.At.Time, Contact: v.Contact.Name, Asset: v.Asset.Code, Unit: v.Unit,
		Department: v.Department, Matter: v.Matter,
	}
	for _, w := range row.Warnings {
		out.Warnings = append(out.Warnings, w.Message)
	}
	return out
}

// rehearse takes a chunk in without writing it.
func (job *importing) rehearse(ctx context.Context, out *ImportPreview, in *intake) error {
	r := job.app.newResolver(ctx, in)
	items, err := r.resolve(in)
	if err != nil {
		return err
	}
	fresh := items[:0]
	for i := range items {
		old, err := job.app.reads().EventByKey(ctx, job.d.org.ID, importSource, items[i].ev.Key)
		switch huifang.CodeOf(err) {
		case "":
			*items[i].result = IngestResult{Status: IngestKnown, Event: old.ID}
			out.Known++
			if in.opts.Backfill {
				items[i].ev, items[i].again = *old, true
				fresh = append(fresh, items[i])
			}
		case huifang.CodeNotFound:
			fresh = append(fresh, items[i])
		default:
			return err
		}
	}
	h := in.host(ctx, job.app.reads(), r.lend(fresh))
	if err := in.take(h, fresh); err != nil {
		return err
	}
	out.Planned += len(h.out.made)
	out.Closed += h.out.closed
	for _, c := range h.out.contacts {
		if r.newborn[c.ID] {
			out.NewContacts++
		}
	}
	for _, as := range h.out.assets {
		if r.newborn[as.ID] {
			out.NewAssets++
		}
	}
	return nil
}

// conclude fills in the sums of a preview.
func (job *importing) conclude(out *ImportPreview) {
	s := &job.sum
	out.Rows, out.Accepted, out.Warned, out.Types, out.Rejected = s.Rows, s.Accepted, s.Warned, s.Types, s.Rejected
	out.Skipped = map[string]int{}
	for k, n := range s.Skipped {
		out.Skipped[string(k)] = n
	}
	for _, m := range slices.Sorted(maps.Keys(s.Months)) {
		out.Months = append(out.Months, ImportMonth{Month: m, Types: s.Months[m]})
	}
	out.Units, out.Staff = slices.Sorted(maps.Keys(job.strange.units)), slices.Sorted(maps.Keys(job.strange.staff))
}
