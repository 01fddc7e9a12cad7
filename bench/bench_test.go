package main

import (
	"bytes"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/huifang/huifang/bench/ground"
)

// TestEverythingRuns measures every figure in small: what counts is that each
// comes out, not how large it is.
func TestEverythingRuns(t *testing.T) {
	b := &bench{size: small(), rounds: 1, dir: t.TempDir(), cache: t.TempDir(), log: io.Discard}
	b.ground = ground.Ground{Dir: b.dir, Server: os.Getenv("HUIFANG_TEST_POSTGRES")}
	var all []Row
	for _, f := range figures() {
		t.Run(f.code, func(t *testing.T) {
			rows, err := f.measure(t.Context(), b)
			if err != nil {
				t.Fatal(err)
			}
			for i := range rows {
				r := &rows[i]
				r.Code = f.code
				if r.Figure == "" || !(r.Ours > 0) || math.IsInf(r.Ours, 0) || !r.Absolute && !(r.Ratio > 0) {
					t.Errorf("%+v", r)
				}
			}
			all = append(all, rows...)
		})
	}
	report, err := b.newReport(t.Context(), time.Now(), all)
	if err != nil {
		t.Fatal(err)
	}
	page, history := filepath.Join(t.TempDir(), "page.md"), filepath.Join(t.TempDir(), "history.jsonl")
	for range 2 {
		if err := errors.Join(report.append(history), report.page(page)); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	for i := range all {
		if !bytes.Contains(text, []byte("| "+all[i].Figure)) {
			t.Errorf("the page lacks %q", all[i].Figure)
		}
	}
	if lines, err := os.ReadFile(history); err != nil || bytes.Count(lines, []byte("\n")) != 2 {
		t.Errorf("the history has %d lines (%v)", bytes.Count(lines, []byte("\n")), err)
	}
	if host, err := os.Hostname(); err == nil && strings.Contains(string(text), host) {
		t.Error("the page names the machine")
	}
}

// TestMerge: a page is put together from the newest figures of several runs.
func TestMerge(t *testing.T) {
	t.Parallel()
	history := filepath.Join(t.TempDir(), "history.jsonl")
	run := func(date string, rows ...Row) *Report {
		r := &Report{Date: date, Rows: rows}
		if err := r.append(history); err != nil {
			t.Fatal(err)
		}
		return r
	}
	run("2026-01-01", Row{Code: "tick", Figure: "old"}, Row{Code: "engine", Figure: "e1"}, Row{Code: "engine", Figure: "e2"})
	run("2026-01-02", Row{Code: "tick", Figure: "newer"}, Row{Code: "gone", Figure: "of a figure that is no more"})
	now := run("2026-01-03", Row{Code: "export", Figure: "now"})
	if err := now.merge(history); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range now.Rows {
		got = append(got, r.Figure)
	}
	if strings.Join(got, " ") != "e1 e2 now newer" || now.Since != "2026-01-01" {
		t.Errorf("%v since %s", got, now.Since)
	}
	if _, err := (&bench{}).measure(t.Context(), "engines"); err == nil {
		t.Error("a figure that does not exist was measured")
	}
	if rows, err := (&bench{}).measure(t.Context(), "none"); err != nil || len(rows) != 0 {
		t.Errorf("%v %v", rows, err)
	}
}

func TestFigures(t *testing.T) {
	t.Parallel()
	ours := series{name: "ours", values: []float64{10, 40, 30}}
	limit := series{name: "limit", values: []float64{20, 20, 10}}
	row := compared("x", "s", ours, limit, atMost(2))
	if row.Ours != 30 || row.Limit != 20 || row.Ratio != 2 || row.Low != 0.5 || row.High != 3 || !row.Pass {
		t.Errorf("%+v", row)
	}
	if row := compared("x", "s", ours, limit, atLeast(2.1)); row.Pass {
		t.Errorf("%+v", row)
	}
	if row := bounded("x", "MB", ours, series{}, atMost(29)); row.Pass || row.demanded() != "≤ 29.0 MB" {
		t.Errorf("%+v", row)
	}
	for in, want := range map[float64]string{0.000_012_3: "12.3 µs", 0.004_56: "4.56 ms", 2: "2.00 s", 123: "123 s"} {
		if got := quantity(in, "s"); got != want {
			t.Errorf("%v: got %s, want %s", in, got, want)
		}
	}
	if got := quantity(1_234_567.8, "rows/s"); got != "1,234,568 rows/s" {
		t.Error(got)
	}
	if got := median([]float64{4, 1, 3, 2}); got != 2.5 {
		t.Error(got)
	}
}
