package main

import (
	"fmt"
	"os"
	"strconv"
	"time"
)

// sizes are how much work each figure does.
type sizes struct {
	households   int // customers of the property year
	engineEvents int // service events of it
	exportRows   int
	customers    int           // of the company that takes in events
	window       time.Duration // of one load
	batchEvents  int
	importRows   int
	largeImport  int // rows of the import whose memory is measured
	idle         time.Duration
	due          int // of a tick
	sleepingMany int
	sleepingFew  int
	rows         int // follow-ups in the large SQLite database
	postgresRows int // and in the large PostgreSQL database
}

// full are the sizes that are demanded.
func full() sizes {
	return sizes{households: 4_000, engineEvents: 20_000, exportRows: 100_000, customers: 5_000, window: 2 * time.Second, batchEvents: 20_000, importRows: 20_000, largeImport: 1_000_000, idle: 10 * time.Second, due: 1_000, sleepingMany: 1_000_000, sleepingFew: 10_000, rows: 10_000_000, postgresRows: 10_000_000}
}

// fromEnvironment takes other sizes for what takes minutes: BENCH_ROWS follow-ups in
// the large databases, BENCH_IMPORT rows of the large import.
func (s sizes) fromEnvironment() (sizes, error) {
	for name, to := range map[string][]*int{"BENCH_ROWS": {&s.rows, &s.postgresRows}, "BENCH_IMPORT": {&s.largeImport}} {
		text := os.Getenv(name)
		if text == "" {
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 1000 {
			return s, fmt.Errorf("%s is %q, not a number of at least 1000", name, text)
		}
		for _, field := range to {
			*field = n
		}
	}
	return s, nil
}

// small are enough to see that everything runs.
func small() sizes {
	return sizes{households: 400, engineEvents: 500, exportRows: 300, customers: 100, window: 100 * time.Millisecond, batchEvents: 300, importRows: 200, largeImport: 1_000, idle: 100 * time.Millisecond, due: 20, sleepingMany: 2_000, sleepingFew: 200, rows: 40_000, postgresRows: 40_000}
}
