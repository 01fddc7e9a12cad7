package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/huifang/huifang/bench/ground"
)

// bench is one run: how much to do, and where.
type bench struct {
	size   sizes
	rounds int
	dir    string // for files that go away
	cache  string // for files that take long to make; "" keeps none
	ground ground.Ground
	log    io.Writer // what is going on
}

// figure is a group of rows that are measured together.
type figure struct {
	code    string
	measure func(ctx context.Context, b *bench) ([]Row, error)
}

// figures lists everything that is measured.
func figures() []figure {
	return []figure{
		{"engine", engine},
		{"export", export},
		{"read", exportRead},
		{"single", single},
		{"upkeep", upkeep},
		{"batch", batch},
		{"year", replays},
		{"register", register},
		{"tick", tick},
		{"process", process},
		{"memory", memory},
		{"scale", scale},
	}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// options are the command line.
type options struct {
	out     string
	history string
	only    string
	rounds  int
	cache   string
	small   bool
	merge   bool
}

func parse(args []string) (options, error) {
	var o options
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	f.StringVar(&o.out, "out", "", "write the page here")
	f.StringVar(&o.history, "history", "", "append the figures as a line of JSON here")
	f.StringVar(&o.only, "only", "", "only these, separated by commas: "+strings.Join(codes(), ", "))
	f.IntVar(&o.rounds, "rounds", 5, "rounds of each figure")
	f.StringVar(&o.cache, "cache", ".cache/bench", "keep here what takes long to make")
	f.BoolVar(&o.merge, "merge", false, "the page also shows, from the history, the newest figures of what is not measured now; with -only none it shows nothing else")
	f.BoolVar(&o.small, "small", false, "small sizes, to see that everything runs: the figures mean nothing")
	return o, f.Parse(args)
}

func codes() []string {
	var out []string
	for _, f := range figures() {
		out = append(out, f.code)
	}
	return out
}

func run(ctx context.Context, args []string, out io.Writer) error {
	o, err := parse(args)
	if err != nil {
		return err
	}
	size, err := full().fromEnvironment()
	if err != nil {
		return err
	}
	b := &bench{size: size, rounds: o.rounds, cache: o.cache, log: os.Stderr, ground: ground.Ground{Server: server()}}
	if o.small {
		b.size = small()
	}
	if b.dir, err = os.MkdirTemp("", "huifang-bench-"); err != nil {
		return err
	}
	b.ground.Dir = b.dir
	defer os.RemoveAll(b.dir) //nolint:errcheck // temporary files
	began := time.Now()
	rows, err := b.measure(ctx, o.only)
	if err != nil {
		return err
	}
	printTable(out, rows)
	report, err := b.newReport(ctx, began, rows)
	if err != nil {
		return err
	}
	if len(rows) > 0 {
		if err := report.append(o.history); err != nil {
			return err
		}
	}
	if o.merge {
		if err := report.merge(o.history); err != nil {
			return err
		}
	}
	return report.page(o.out)
}

// measure measures the figures named, all where none is.
func (b *bench) measure(ctx context.Context, only string) ([]Row, error) {
	wanted := strings.Split(only, ",")
	for _, w := range wanted {
		if only != "" && w != "none" && !slices.Contains(codes(), w) {
			return nil, fmt.Errorf("there is no figure %q; there are %s", w, strings.Join(codes(), ", "))
		}
	}
	var rows []Row
	for _, f := range figures() {
		if only != "" && !slices.Contains(wanted, f.code) {
			continue
		}
		b.say("%s …", f.code)
		found, err := f.measure(ctx, b)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.code, err)
		}
		for i := range found {
			found[i].Code = f.code
		}
		printTable(b.log, found)
		rows = append(rows, found...)
	}
	return rows, nil
}

// server is the address of the PostgreSQL server to measure, "" where there is
// none.
func server() string {
	for _, name := range []string{"DATABASE_URL", "HUIFANG_TEST_POSTGRES"} {
		if v := os.Getenv(name); strings.HasPrefix(v, "postgres") {
			return v
		}
	}
	return ""
}

// each runs fn for every kind of database and gathers the rows.
func (b *bench) each(fn func(kind string) ([]Row, error)) ([]Row, error) {
	var rows []Row
	for _, kind := range b.ground.Kinds() {
		found, err := fn(kind)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", kind, err)
		}
		for i := range found {
			found[i].Figure = kind + ": " + found[i].Figure
		}
		rows = append(rows, found...)
	}
	return rows, nil
}

func (b *bench) say(format string, args ...any) { fmt.Fprintf(b.log, format+"\n", args...) }
