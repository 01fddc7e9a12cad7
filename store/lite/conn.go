package lite

import (
	"fmt"
	"sync"
	"unsafe"

	"modernc.org/libc"
	_ "modernc.org/sqlite" // readies the library
	sqlite3 "modernc.org/sqlite/lib"
)

// Error is an error of SQLite.
type Error struct {
	Code    int // extended result code, sqlite.org/rescode.html
	Message string
}

// Error is the message with the code.
func (e *Error) Error() string { return fmt.Sprintf("%s (%d)", e.Message, e.Code) }

// Conn is one connection.
type Conn struct {
	tls *libc.TLS
	db  uintptr
	// What statements are bound to lives here until the next binding.
	arena uintptr
	size  int

	mu sync.Mutex // guards db against Interrupt
}

// Open opens a database file, creating it where there is none. Each pragma is
// run first, e.g. "journal_mode(WAL)".
func Open(path string, pragmas []string) (*Conn, error) {
	c := &Conn{tls: libc.NewTLS()}
	out := libc.Xmalloc(c.tls, pointerSize)
	name, err := libc.CString(path)
	if err != nil || out == 0 {
		return nil, &Error{sqlite3.SQLITE_NOMEM, "out of memory"}
	}
	rc := sqlite3.Xsqlite3_open_v2(c.tls, name, out, sqlite3.SQLITE_OPEN_READWRITE|sqlite3.SQLITE_OPEN_CREATE|sqlite3.SQLITE_OPEN_NOMUTEX, 0)
	c.db = pointerAt(out)
	libc.Xfree(c.tls, name)
	libc.Xfree(c.tls, out)
	if rc == sqlite3.SQLITE_OK {
		sqlite3.Xsqlite3_extended_result_codes(c.tls, c.db, 1)
		err = c.apply(pragmas)
	} else {
		err = c.fail(rc)
	}
	if err != nil {
		_ = c.Close() // the first error tells
		return nil, err
	}
	return c, nil
}

func (c *Conn) apply(pragmas []string) error {
	for _, p := range pragmas {
		s, err := c.Prepare("PRAGMA " + p)
		if err != nil {
			return err
		}
		for more := true; more && err == nil; {
			more, err = s.Step()
		}
		s.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

// Close ends the connection. Its statements must be closed before.
func (c *Conn) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.tls == nil {
		return nil
	}
	var err error
	if rc := sqlite3.Xsqlite3_close_v2(c.tls, c.db); rc != sqlite3.SQLITE_OK {
		err = c.fail(rc)
	}
	libc.Xfree(c.tls, c.arena)
	c.tls.Close()
	c.tls, c.db, c.arena, c.size = nil, 0, 0, 0
	return err
}

// Interrupt ends the statement that is running with an error, if one is. Any
// goroutine may call it.
func (c *Conn) Interrupt() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.db == 0 {
		return
	}
	tls := libc.NewTLS() // the connection's own is in use
	sqlite3.Xsqlite3_interrupt(tls, c.db)
	tls.Close()
}

// Changes is how many rows the last INSERT, UPDATE or DELETE changed.
func (c *Conn) Changes() int64 { return sqlite3.Xsqlite3_changes64(c.tls, c.db) }

// Checkpoint copies what it can from the write-ahead log to the database file
// without waiting for anybody, and tells as Log does how far it came.
func (c *Conn) Checkpoint() (pages, copied int, err error) {
	return c.checkpoint(sqlite3.SQLITE_CHECKPOINT_PASSIVE)
}

// Log tells how many pages the write-ahead log holds, and how many of them are
// copied to the database file.
func (c *Conn) Log() (pages, copied int, err error) {
	return c.checkpoint(sqlite3.SQLITE_CHECKPOINT_NOOP)
}

func (c *Conn) checkpoint(mode int32) (pages, copied int, err error) {
	out := libc.Xmalloc(c.tls, 2*pointerSize)
	if out == 0 {
		return 0, 0, &Error{sqlite3.SQLITE_NOMEM, "out of memory"}
	}
	defer libc.Xfree(c.tls, out)
	if rc := sqlite3.Xsqlite3_wal_checkpoint_v2(c.tls, c.db, 0, mode, out, out+pointerSize); rc != sqlite3.SQLITE_OK {
		return 0, 0, c.fail(rc)
	}
	return int(intAt(out)), int(intAt(out + pointerSize)), nil
}

// fail is the error of a result code.
func (c *Conn) fail(rc int32) error {
	text := libc.GoString(sqlite3.Xsqlite3_errstr(c.tls, rc))
	if c.db != 0 {
		if more := libc.GoString(sqlite3.Xsqlite3_errmsg(c.tls, c.db)); more != text {
			text += ": " + more
		}
	}
	return &Error{int(rc), text}
}

const pointerSize = 8

// The library's memory is none of the collector's: an address in it stays valid
// until it is freed.

func pointerAt(p uintptr) uintptr {
	return **(**uintptr)(unsafe.Pointer(&p)) //nolint:gosec // as said above
}

func intAt(p uintptr) int32 {
	return **(**int32)(unsafe.Pointer(&p)) //nolint:gosec // as said above
}

func bytesAt(p uintptr, n int) []byte {
	return unsafe.Slice(*(**byte)(unsafe.Pointer(&p)), n) //nolint:gosec // as said above
}
