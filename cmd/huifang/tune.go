package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// collectAt is by how much memory may grow, in percent, before garbage is
// collected.
const collectAt = 75

// tune sets what Go's runtime leaves to the program, unless the environment
// does. The writer of SQLite comes back from every flush of the disk and must
// not queue for a processor behind the requests that wait for it: with twice as
// many as the machine has, the system divides them. Memory stays nearer to what
// is needed, at a few percent of the processor.
func tune() {
	if os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(2 * runtime.GOMAXPROCS(0))
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
}
