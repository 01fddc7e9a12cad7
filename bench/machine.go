package main

import (
	"bufio"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// Machine is what the figures depend on, without naming the machine.
type Machine struct {
	CPU      string  `json:"cpu"`
	Cores    int     `json:"cores"`
	MemoryGB float64 `json:"memory_gb"`
	System   string  `json:"system"`
	Go       string  `json:"go"`
	Sync     float64 `json:"sync_seconds"` // median of one fsync after writing 4 KiB
	Postgres string  `json:"postgres,omitempty"`
}

func (b *bench) lookAt(ctx context.Context) (Machine, error) {
	m := Machine{CPU: "unknown", Cores: runtime.NumCPU(), System: runtime.GOOS + "/" + runtime.GOARCH, Go: runtime.Version()}
	if v := lineOf("/proc/cpuinfo", "model name"); v != "" {
		m.CPU = v
	}
	if kb, err := strconv.ParseFloat(strings.TrimSuffix(lineOf("/proc/meminfo", "MemTotal"), " kB"), 64); err == nil {
		m.MemoryGB = kb / (1 << 20)
	}
	if b.ground.Server != "" {
		conn, err := pgx.Connect(ctx, b.ground.Server)
		if err != nil {
			return m, err
		}
		m.Postgres, _, _ = strings.Cut(conn.PgConn().ParameterStatus("server_version"), " ")
		if err := conn.Close(ctx); err != nil {
			return m, err
		}
	}
	var err error
	m.Sync, err = syncTime(b.dir, 64)
	return m, err
}

// lineOf is the value of a "key: value" line of a file, "" where there is none.
func lineOf(file, key string) string {
	f, err := os.Open(file) //nolint:gosec // a file of the system
	if err != nil {
		return ""
	}
	defer f.Close() //nolint:errcheck // only read
	for s := bufio.NewScanner(f); s.Scan(); {
		name, value, ok := strings.Cut(s.Text(), ":")
		if ok && strings.TrimSpace(name) == key {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// syncTime is the median time in seconds that the disk under dir takes to keep
// 4 KiB.
func syncTime(dir string, n int) (float64, error) {
	f, err := os.Create(filepath.Join(dir, "sync")) //nolint:gosec // our own folder
	if err != nil {
		return 0, err
	}
	defer os.Remove(f.Name()) //nolint:errcheck // in a folder that goes away
	defer f.Close()           //nolint:errcheck // removed
	page := make([]byte, 4096)
	took := make([]float64, 0, n)
	for range n {
		began := time.Now()
		if _, err := f.Write(page); err != nil {
			return 0, err
		}
		if err := f.Sync(); err != nil {
			return 0, err
		}
		took = append(took, time.Since(began).Seconds())
	}
	slices.Sort(took)
	return quantile(took, 0.5), nil
}
