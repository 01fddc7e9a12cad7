package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// Report is one run: when, on what, and every row.
type Report struct {
	Date    string  `json:"date"` // YYYY-MM-DD
	Rounds  int     `json:"rounds"`
	Minutes float64 `json:"minutes"`
	Machine Machine `json:"machine"`
	Rows    []Row   `json:"rows"`
}

// writePage writes the report as a page of the documentation.
func writePage(w io.Writer, r *Report) {
	m := &r.Machine
	fmt.Fprint(w, `# Benchmarks

What the product reaches against the limits of the machine it runs on. Every figure is the median over the rounds of a ratio taken within each
round: ours and the limit take turns, so that a slow machine or a busy hour changes both alike. Trust the ratios; the absolute figures are this
machine's. `+"`make bench`"+` measures again and writes this page; `+"`docs/benchmarks.jsonl`"+` keeps a line for every run.

`)
	fmt.Fprintf(w, "- %s, %d rounds each, %.0f minutes\n- %s, %d cores, %.0f GB of memory, %s, %s\n", r.Date, r.Rounds, r.Minutes, m.CPU, m.Cores, m.MemoryGB, m.System, m.Go)
	fmt.Fprintf(w, "- one fsync after 4 KiB: %s; SQLite keeps every commit (synchronous=FULL)", quantity(m.Sync, "s"))
	if m.Postgres != "" {
		fmt.Fprintf(w, "; PostgreSQL %s on a Unix socket keeps every commit", m.Postgres)
	}
	fmt.Fprint(w, "\n\n")
	markdownTable(w, r.Rows)
}

// keep writes the page and appends the report to the history.
func (r *Report) keep(page, history string) error {
	if page != "" {
		f, err := os.Create(page) //nolint:gosec // the file the user names
		if err != nil {
			return err
		}
		writePage(f, r)
		if err := f.Close(); err != nil {
			return err
		}
	}
	if history == "" {
		return nil
	}
	f, err := os.OpenFile(history, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644) //nolint:gosec // the file the user names
	if err != nil {
		return err
	}
	return errors.Join(json.NewEncoder(f).Encode(r), f.Close())
}

// newReport describes the run that began at an instant.
func (b *bench) newReport(ctx context.Context, began time.Time, rows []Row) (*Report, error) {
	m, err := b.lookAt(ctx)
	return &Report{Date: began.UTC().Format(time.DateOnly), Rounds: b.rounds, Minutes: time.Since(began).Minutes(), Machine: m, Rows: rows}, err
}
