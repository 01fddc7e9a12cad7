package main

import (
	"context"
	"runtime"
	"runtime/debug"
	"time"
)

const (
	tidyEvery = 30 * time.Second
	tidyOver  = 16 << 20 // bytes held and not used
)

// tidy gives memory back to the system that a burst left behind: a log-in takes
// 32 MiB for a moment, and an idle server should not keep it.
func tidy(ctx context.Context) {
	ticker := time.NewTicker(tidyEvery)
	defer ticker.Stop()
	var (
		m      runtime.MemStats
		needed uint64
	)
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			runtime.ReadMemStats(&m)
			// What was left after the last time is needed; what is held besides is
			// garbage, or free.
			if held := m.HeapSys - m.HeapReleased; held > needed+tidyOver {
				debug.FreeOSMemory()
				runtime.ReadMemStats(&m)
				needed = m.HeapSys - m.HeapReleased
			}
		}
	}
}
