package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"
)

// Report is one run: when, on what, and every row.
type Report struct {
	Date    string  `json:"date"`            // YYYY-MM-DD
	Since   string  `json:"since,omitempty"` // of the oldest rows, where some are from runs before
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
	when := fmt.Sprintf("%s, %d rounds each, %.0f minutes", r.Date, r.Rounds, r.Minutes)
	switch {
	case r.Since != "" && r.Since != r.Date:
		when = fmt.Sprintf("measured between %s and %s, %d rounds each, one figure after another on a machine with nothing else to do", r.Since, r.Date, r.Rounds)
	case r.Since != "":
		when = fmt.Sprintf("measured on %s, %d rounds each, one figure after another on a machine with nothing else to do", r.Date, r.Rounds)
	}
	fmt.Fprintf(w, "- %s\n- %s, %d cores, %.0f GB of memory, %s, %s\n", when, m.CPU, m.Cores, m.MemoryGB, m.System, m.Go)
	fmt.Fprintf(w, "- one fsync after 4 KiB: %s; SQLite keeps every commit (synchronous=FULL)", quantity(m.Sync, "s"))
	if m.Postgres != "" {
		fmt.Fprintf(w, "; PostgreSQL %s on a Unix socket keeps every commit", m.Postgres)
	}
	fmt.Fprint(w, "\n\n")
	markdownTable(w, r.Rows)
}

// page writes the report as a page; "" is no page.
func (r *Report) page(name string) error {
	if name == "" {
		return nil
	}
	f, err := os.Create(name) //nolint:gosec // the file the user names
	if err != nil {
		return err
	}
	writePage(f, r)
	return f.Close()
}

// append adds the report to the history; "" is no history.
func (r *Report) append(history string) error {
	if history == "" {
		return nil
	}
	f, err := os.OpenFile(history, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644) //nolint:gosec // the file the user names
	if err != nil {
		return err
	}
	return errors.Join(json.NewEncoder(f).Encode(r), f.Close())
}

// merge adds, from the history, the newest figures of every kind that the report
// lacks, in the order of all figures.
func (r *Report) merge(history string) error {
	raw, err := os.ReadFile(history) //nolint:gosec // the file the user names
	if err != nil {
		return err
	}
	newest := map[string]*Report{}
	for d := json.NewDecoder(bytes.NewReader(raw)); d.More(); {
		var old Report
		if err := d.Decode(&old); err != nil {
			return fmt.Errorf("%s: %w", history, err)
		}
		for _, row := range old.Rows {
			newest[row.Code] = &old
		}
	}
	now := r.Rows
	r.Rows, r.Since = nil, r.Date
	for _, code := range codes() {
		rows := now
		if old := newest[code]; old != nil && !slices.ContainsFunc(now, func(row Row) bool { return row.Code == code }) {
			rows = old.Rows
			r.Since = min(r.Since, old.Date)
		}
		for _, row := range rows {
			if row.Code == code {
				r.Rows = append(r.Rows, row)
			}
		}
	}
	return nil
}

// newReport describes the run that began at an instant.
func (b *bench) newReport(ctx context.Context, began time.Time, rows []Row) (*Report, error) {
	m, err := b.lookAt(ctx)
	return &Report{Date: began.UTC().Format(time.DateOnly), Rounds: b.rounds, Minutes: time.Since(began).Minutes(), Machine: m, Rows: rows}, err
}
