package app

import (
	"context"
	"io"
	"iter"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/report"
	"github.com/huifang/huifang/store"
)

// ExportFollowups writes the follow-ups that Followups would list, by month and
// closing, as "csv" or "xlsx" in lang, as they are read: memory does not grow
// with their number. Phone numbers are masked. The export is noted in the audit
// chain.
func (a *App) ExportFollowups(ctx context.Context, actor *huifang.Actor, f FollowupFilter, format string, lang huifang.Lang, w io.Writer) error {
	write := report.FollowupsCSV
	switch format {
	case "csv":
	case "xlsx":
		write = report.FollowupsXLSX
	default:
		return unknownFormat(format, "csv, xlsx")
	}
	f, none, err := a.readable(actor, f)
	if err != nil {
		return err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return err
	}
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		return a.audit(ctx, tx, actor, "followup.exported", "followup", "", map[string]any{"format": format})
	})
	if err != nil {
		return err
	}
	if none {
		return write(w, func(func(*report.FollowupRow, error) bool) {}, lang)
	}
	e := &export{app: a, d: d, lang: lang, now: f.Now}
	return write(w, e.rows(ctx, f), lang)
}

// exportChunk is how many follow-ups are read before their names are looked up.
const exportChunk = 512

// rows reads the follow-ups in a goroutine of its own, chunk by chunk, while
// names are looked up and rows written.
func (e *export) rows(ctx context.Context, f store.FollowupFilter) iter.Seq2[*report.FollowupRow, error] {
	return func(yield func(*report.FollowupRow, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		chunks, done := make(chan []*huifang.Followup, 2), make(chan error, 1)
		go func() { done <- e.read(ctx, f, chunks) }()
		defer func() {
			cancel()
			for range chunks { // lets the reader end
			}
		}()
		for chunk := range chunks {
			if !e.write(ctx, chunk, yield) {
				return
			}
		}
		if err := <-done; err != nil {
			yield(nil, err)
		}
	}
}

// read hands the follow-ups over in chunks, and closes chunks.
func (e *export) read(ctx context.Context, f store.FollowupFilter, chunks chan<- []*huifang.Followup) error {
	defer close(chunks)
	chunk := make([]*huifang.Followup, 0, exportChunk)
	send := func() error {
		select {
		case chunks <- chunk:
			chunk = make([]*huifang.Followup, 0, exportChunk)
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	err := e.app.reads().EachFollowup(ctx, e.d.org.ID, f, func(f *huifang.Followup) error {
		if chunk = append(chunk, f); len(chunk) == exportChunk {
			return send()
		}
		return nil
	})
	if err == nil && len(chunk) > 0 {
		err = send()
	}
	return err
}
