package store

import (
	"sync"
	"sync/atomic"

	"github.com/huifang/huifang/store/lite"
)

// Pages in SQLite's write-ahead log.
const (
	manyPages = 8000 // so many are worth copying to the database file
	fewPages  = 200  // so few the writer copies itself, to begin the log anew
	maxPasses = 5    // to come near it
)

// checkpoints copies SQLite's write-ahead log to the database file beside the
// writer, who would otherwise let everybody wait for it. Copying never catches
// up with a writer that goes on; when little is left, the writer is asked to
// copy the rest between two groups, so that the log begins anew and does not
// grow for ever.
type checkpoints struct {
	conn   *lite.Conn
	wake   chan struct{}
	ended  sync.WaitGroup
	little atomic.Bool // the writer should copy the rest
}

func openCheckpoints(path string, pragmas []string) (*checkpoints, error) {
	conn, err := openLite(path, pragmas)
	if err != nil {
		return nil, err
	}
	c := &checkpoints{conn: conn.conn, wake: make(chan struct{}, 1)}
	c.ended.Go(c.serve)
	return c, nil
}

// close ends it; nobody may commit any more.
func (c *checkpoints) close() error {
	close(c.wake)
	c.ended.Wait()
	return c.conn.Close()
}

// committed tells of a commit by the writer, on its connection.
func (c *checkpoints) committed(writer *lite.Conn) {
	if c.little.Swap(false) {
		_, _, _ = writer.Checkpoint() // what it cannot copy now it can later
	}
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

func (c *checkpoints) serve() {
	for range c.wake {
		pages, copied, err := c.conn.Log()
		if err != nil || pages-copied < manyPages {
			continue
		}
		for range maxPasses {
			if pages, copied, err = c.conn.Checkpoint(); err != nil || pages-copied <= fewPages {
				break
			}
			if pages, copied, err = c.conn.Log(); err != nil || pages-copied <= fewPages {
				break
			}
		}
		c.little.Store(err == nil)
	}
}
