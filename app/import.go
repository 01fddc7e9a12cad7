package app

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/sheet"
	"github.com/huifang/huifang/store"
)

// ImportFile is a register to import: CSV, XLSX or JSON lines, told apart by
// content. Name is for messages.
type ImportFile struct {
	Name   string
	Reader io.ReaderAt
	Size   int64
}

// ImportOptions say how a register is read.
type ImportOptions struct {
	Mapping     string                 // name of a saved mapping; empty: MappingYAML, else guessed from the file
	MappingYAML []byte                 // a mapping as a file
	Kind        string                 // of rows: events, contacts, assets, staff, or the code of a pack's sheet; empty: worked out
	Columns     map[string]sheet.Field // what columns mean otherwise than by the mapping, by name; empty: they are not read
	Unit        huifang.ID             // for rows that name no unit, or one that is not known
	Backfill    bool                   // plan windows that have closed already, too
	Limits      sheet.Limits           // zero: the defaults
	Progress    func(ImportProgress)

	remember int // contacts and assets, see subjects; 0: maxSubjects
}

// ImportProgress is how far an import has come.
type ImportProgress struct {
	Rows     int     // read
	Fraction float64 // of the file, 0…1; estimated by the rows of a first look
	Accepted int
	Known    int
	Skipped  int
	Rejected int
}

// rowsPerWrite is how many rows of an import share a transaction.
const rowsPerWrite = 500

// Import takes in a register: finished jobs become events with the contacts and
// assets they name, matched with those that exist, and what they demand is
// planned. Unfinished jobs make nothing. Rejected rows are kept with the reason
// in both languages, see ImportRejects and WriteRejects; the good rows are in.
//
// A row that was imported before — of this file, an earlier one or one that
// overlaps it — is known and changes nothing, so an import that was interrupted
// is simply run again. Windows that closed before now are recorded as not
// planned and counted; with Backfill they are planned, those of known rows too.
//
// event.ingest; rows of units outside the actor's scope are rejected.
func (a *App) Import(ctx context.Context, actor *huifang.Actor, file ImportFile, o ImportOptions) (*huifang.Import, error) {
	job, err := a.openImport(ctx, actor, file, o)
	if err != nil {
		return nil, err
	}
	job.record = &huifang.Import{Org: actor.Org, ID: a.newID(), Staff: actor.Staff, File: file.Name, At: a.now()}
	if job.record.Hash, err = contentHash(file); err != nil {
		return nil, err
	}
	if err := a.store.Write(ctx, func(tx *store.Tx) error { return tx.SaveImport(ctx, job.record) }); err != nil {
		return nil, err
	}
	if err := job.run(ctx, job.keep); err != nil {
		return nil, err
	}
	job.record.Done = a.now()
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SaveImport(ctx, job.record); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, "import.done", "import", job.record.ID, map[string]any{
			"file": file.Name, "rows": job.record.Rows, "accepted": job.record.Accepted, "known": job.record.Known,
			"skipped": job.record.Skipped, "rejected": job.record.Rejected, "planned": job.record.Planned, "closed": job.record.Closed,
		})
	})
	return job.record, err
}

// contentHash is the SHA-256 of a file.
func contentHash(file ImportFile) (string, error) {
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(file.Reader, 0, file.Size)); err != nil {
		return "", &huifang.Error{
			Code: huifang.CodeInvalid, Reason: "sheet.file.unreadable", Err: err, At: huifang.Location{File: file.Name},
			Message: huifang.Text{ZH: "文件读不完整", EN: "the file cannot be read to its end"},
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// importing is one register on its way in.
type importing struct {
	app     *App
	d       *directory
	actor   *huifang.Actor
	o       ImportOptions
	file    ImportFile
	book    *sheet.Book
	mapping sheet.Mapping
	report  sheet.Report
	unit    *huifang.Unit
	cache   *subjects   // of what is prepared ahead
	later   subjects    // of what is prepared in step
	inStep  atomic.Bool // prepare each chunk only when the one before is written
	under   underWay
	written int // chunks
	record  *huifang.Import
	sum     sheet.Summary
	rejects int    // kept so far
	header  string // sheet whose header was kept last
	bytes   int64  // read so far, see progress
	strange strangers
}

// openImport authorises, opens the file and settles the mapping.
func (a *App) openImport(ctx context.Context, actor *huifang.Actor, file ImportFile, o ImportOptions) (*importing, error) {
	if err := actor.Require(huifang.PermEventIngest); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	job := &importing{app: a, d: d, actor: actor, o: o, file: file, cache: newSubjects(), later: *newSubjects(), strange: newStrangers()}
	job.under.more = make(chan struct{}, 1)
	job.cache.most, job.later.most = cmp.Or(o.remember, maxSubjects), cmp.Or(o.remember, maxSubjects)
	if o.Unit != "" {
		if job.unit = d.unit[o.Unit]; job.unit == nil {
			return nil, fieldFault("unit", "unit.unknown", huifang.Textf("没有单位“%s”", "there is no unit %q", o.Unit))
		}
		if !actor.InUnit(o.Unit) {
			return nil, huifang.Fail(huifang.CodeForbidden, "forbidden", huifang.Text{ZH: "该单位在您的管理范围之外", EN: "the unit is outside your scope"})
		}
	}
	job.onlyUnit()
	if job.book, err = sheet.Open(file.Reader, file.Size, file.Name, o.Limits); err != nil {
		return nil, err
	}
	if err := job.settleMapping(ctx); err != nil {
		return nil, err
	}
	job.inStep.Store(d.ordered())
	return job, job.mayList()
}

// importChunk is some rows on their way in.
type importChunk struct {
	rows    []*sheet.Row
	in      *intake
	sources []*sheet.Row // the row of each event of in
	ready   *prepared    // nil: to be prepared when it is taken
}

// run reads the file, prepares its rows a chunk at a time and hands them on:
// while one chunk is written the next is prepared and the one after it read.
func (job *importing) run(ctx context.Context, take func(context.Context, *importChunk) error) error {
	group, ctx := errgroup.WithContext(ctx)
	rows, chunks := make(chan []*sheet.Row), make(chan *importChunk) // nothing waits: memory is for one of each
	group.Go(func() error {
		defer close(rows)
		return job.read(ctx, rows)
	})
	group.Go(func() error {
		defer close(chunks)
		for some := range rows {
			if job.cache.full() {
				if err := job.under.settled(ctx); err != nil {
					return err
				}
			}
			c, err := job.prepare(ctx, some)
			if err != nil {
				return err
			}
			job.under.begun++
			select {
			case chunks <- c:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	group.Go(func() error {
		for c := range chunks {
			if err := take(ctx, c); err != nil {
				return err
			}
			job.under.end()
		}
		return nil
	})
	return group.Wait()
}

// underWay counts the chunks that are prepared and not written yet.
type underWay struct {
	begun int64 // of the goroutine that prepares
	ended atomic.Int64
	more  chan struct{} // tells that ended grew
}

func (u *underWay) end() {
	u.ended.Add(1)
	select {
	case u.more <- struct{}{}:
	default:
	}
}

// settled waits until everything that was begun has ended.
func (u *underWay) settled(ctx context.Context) error {
	for u.ended.Load() < u.begun {
		select {
		case <-u.more:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// prepare understands a chunk ahead of its write, unless that proved vain.
func (job *importing) prepare(ctx context.Context, rows []*sheet.Row) (c *importChunk, err error) {
	c = &importChunk{rows: rows}
	c.in, c.sources = job.intake(rows)
	if len(c.in.events) > 0 && !job.inStep.Load() {
		c.ready, err = c.in.prepare(ctx)
	}
	return c, err
}

// write writes a chunk. What was prepared holds as long as everything before it
// was written as it was prepared; from the first time that another writer comes
// in between, each chunk is prepared only after the one before is written.
func (job *importing) write(ctx context.Context, c *importChunk) error {
	if c.ready != nil && !job.inStep.Load() {
		err := c.in.write(ctx, c.ready)
		if err == nil && c.ready.done != nil && len(c.ready.lent.unwritten(c.ready.done)) > 0 {
			job.inStep.Store(true)
		}
		if !lostRace(err) {
			return err
		}
		job.inStep.Store(true)
	}
	c.in.cache = &job.later
	return c.in.run(ctx)
}

func (job *importing) read(ctx context.Context, chunks chan<- []*sheet.Row) error {
	var rows []*sheet.Row
	send := func() error {
		select {
		case chunks <- rows:
			rows = make([]*sheet.Row, 0, rowsPerWrite)
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for row, err := range sheet.Read(job.book, job.mapping, sheet.Options{Now: job.app.now(), Loc: job.zone(), Unit: job.unitKey}) {
		if err != nil {
			return err
		}
		if rows = append(rows, row); len(rows) < rowsPerWrite {
			continue
		}
		if err := send(); err != nil {
			return err
		}
	}
	return send()
}

// unitKey tells units apart by what neither renaming nor another code changes.
func (job *importing) unitKey(name string) string {
	if u := job.d.findUnit(name); u != nil {
		return string(u.ID)
	}
	return ""
}

// zone is the zone of times that name none.
func (job *importing) zone() *time.Location {
	if job.unit != nil {
		return job.d.zoneOf(job.unit.ID)
	}
	return job.d.zone
}

// keep writes one chunk: its events with what follows from them, then the
// rejects and the counts.
func (job *importing) keep(ctx context.Context, c *importChunk) error {
	if len(c.in.events) > 0 {
		if err := job.write(ctx, c); err != nil {
			return err
		}
		if job.written++; job.written&(job.written-1) == 0 { // the first ones, then ever more rarely
			if err := job.app.store.Analyze(ctx); err != nil {
				return err
			}
		}
	}
	made, err := job.list(ctx, c, true)
	if err != nil {
		return err
	}
	job.record.Accepted += made[listedNew] + made[listedChanged]
	job.record.Known += made[listedSame]
	rejects := job.count(c)
	job.record.Planned += c.in.planned
	job.record.Closed += c.in.closed
	err = job.app.store.Write(ctx, func(tx *store.Tx) error {
		if len(rejects) > 0 {
			if err := tx.InsertImportRejects(ctx, rejects...); err != nil {
				return err
			}
		}
		return tx.SaveImport(ctx, job.record)
	})
	if err == nil && job.o.Progress != nil {
		job.o.Progress(job.progress(c.rows))
	}
	return err
}

// intake is the accepted rows as events, with the row of each.
func (job *importing) intake(rows []*sheet.Row) (*intake, []*sheet.Row) {
	in := &intake{
		app: job.app, d: job.d, actor: job.actor, cache: job.cache, single: true,
		opts: IngestOptions{Source: importSource, History: true, Backfill: job.o.Backfill, Placed: job.severalUnits()},
	}
	var sources []*sheet.Row
	if job.mapping.Kind.List() {
		return in, nil
	}
	for _, row := range rows {
		if row.Accepted() {
			in.events = append(in.events, job.event(row))
			sources = append(sources, row)
		}
	}
	in.results = make([]IngestResult, len(in.events))
	return in, sources
}

// count adds a chunk to the record and gives its rejected rows.
func (job *importing) count(c *importChunk) []*huifang.ImportReject {
	r := job.record
	for i := range c.in.results {
		switch c.in.results[i].Status {
		case IngestAccepted:
			r.Accepted++
		case IngestKnown:
			r.Known++
		case IngestReceived: // imports are planned at once
		case IngestRejected:
			row := c.sources[i]
			at := c.in.results[i].Err.At
			at.File, at.Sheet, at.Line = job.file.Name, row.Sheet, row.Line
			row.Err = c.in.results[i].Err.Located(at)
		}
	}
	var rejects []*huifang.ImportReject
	for _, row := range c.rows {
		job.sum.Add(row)
		if row.Err != nil {
			rejects = append(rejects, job.reject(row)...)
			r.Rejected++
		}
	}
	r.Rows = job.sum.Rows
	r.Skipped = job.sum.Skipped[sheet.SkipUnfinished] + job.sum.Skipped[sheet.SkipDuplicate]
	return rejects
}

// progress estimates how much of the file is read by the length of its rows.
func (job *importing) progress(rows []*sheet.Row) ImportProgress {
	for _, row := range rows {
		for _, c := range row.Cells {
			job.bytes += int64(len(c)) + 1
		}
	}
	r := job.record
	p := ImportProgress{Rows: r.Rows, Accepted: r.Accepted, Known: r.Known, Skipped: r.Skipped, Rejected: r.Rejected}
	if job.file.Size > 0 {
		p.Fraction = min(float64(job.bytes)/float64(job.file.Size), 1)
	}
	return p
}
