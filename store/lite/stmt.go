package lite

import (
	"fmt"
	"math"

	"modernc.org/libc"
	"modernc.org/libc/sys/types"
	sqlite3 "modernc.org/sqlite/lib"
)

// Stmt is a prepared statement of a connection.
type Stmt struct {
	conn   *Conn
	handle uintptr
	params int
}

// Prepare compiles one statement, for repeated use.
func (c *Conn) Prepare(sql string) (*Stmt, error) {
	text, err := libc.CString(sql)
	out := libc.Xmalloc(c.tls, pointerSize)
	if err != nil || out == 0 {
		return nil, &Error{sqlite3.SQLITE_NOMEM, "out of memory"}
	}
	rc := sqlite3.Xsqlite3_prepare_v3(c.tls, c.db, text, int32(len(sql)+1), sqlite3.SQLITE_PREPARE_PERSISTENT, out, 0) //nolint:gosec // statements are short
	s := &Stmt{conn: c, handle: pointerAt(out)}
	libc.Xfree(c.tls, text)
	libc.Xfree(c.tls, out)
	if rc != sqlite3.SQLITE_OK {
		return nil, c.fail(rc)
	}
	s.params = int(sqlite3.Xsqlite3_bind_parameter_count(c.tls, s.handle))
	return s, nil
}

// Close frees the statement.
func (s *Stmt) Close() {
	sqlite3.Xsqlite3_finalize(s.conn.tls, s.handle) // repeats the error of the last step
	s.handle = 0
}

// Bind sets every parameter: nil, int64, float64, string or []byte. They are
// copied, and hold until the connection binds again.
func (s *Stmt) Bind(args []any) error {
	if len(args) != s.params {
		return &Error{sqlite3.SQLITE_RANGE, fmt.Sprintf("%d arguments for %d parameters", len(args), s.params)}
	}
	if s.params == 0 {
		return nil
	}
	if err := s.conn.reserve(need(args)); err != nil {
		return err
	}
	at := s.conn.arena
	for i, a := range args {
		if rc := s.bind(int32(i+1), a, &at); rc != sqlite3.SQLITE_OK {
			return s.conn.fail(rc)
		}
	}
	return nil
}

// need is how much memory the arguments take, text with a zero after it.
func need(args []any) int {
	n := 0
	for _, a := range args {
		switch v := a.(type) {
		case string:
			n += len(v) + 1
		case []byte:
			n += len(v) + 1
		}
	}
	return n
}

// reserve has so much memory for arguments.
func (c *Conn) reserve(n int) error {
	if n <= c.size && c.size <= maxKept {
		return nil
	}
	size := max(minKept, n)
	libc.Xfree(c.tls, c.arena)
	if c.arena = libc.Xmalloc(c.tls, types.Size_t(size)); c.arena == 0 {
		c.size = 0
		return &Error{sqlite3.SQLITE_NOMEM, "out of memory"}
	}
	c.size = size
	return nil
}

// What a connection keeps for arguments: enough for several rows, and nothing
// that is large because one row was.
const (
	minKept = 16 << 10
	maxKept = 256 << 10
)

func (s *Stmt) bind(i int32, a any, at *uintptr) int32 {
	tls := s.conn.tls
	switch v := a.(type) {
	case nil:
		return sqlite3.Xsqlite3_bind_null(tls, s.handle, i)
	case int64:
		return sqlite3.Xsqlite3_bind_int64(tls, s.handle, i, v)
	case float64:
		return sqlite3.Xsqlite3_bind_double(tls, s.handle, i, v)
	case string:
		if len(v) > math.MaxInt32 {
			return sqlite3.SQLITE_TOOBIG
		}
		p := keep(at, v)
		return sqlite3.Xsqlite3_bind_text(tls, s.handle, i, p, int32(len(v)), 0) //nolint:gosec // checked
	case []byte:
		if len(v) > math.MaxInt32 {
			return sqlite3.SQLITE_TOOBIG
		}
		p := keep(at, v)
		return sqlite3.Xsqlite3_bind_blob(tls, s.handle, i, p, int32(len(v)), 0) //nolint:gosec // checked
	}
	return sqlite3.SQLITE_MISUSE
}

// keep copies a value to the place and moves the place on.
func keep[T string | []byte](at *uintptr, v T) uintptr {
	p := *at
	to := bytesAt(p, len(v)+1)
	copy(to, v)
	to[len(v)] = 0
	*at += uintptr(len(to))
	return p
}

// Step runs the statement to its next row; false: it is done. After it, and
// after an error, Reset.
func (s *Stmt) Step() (row bool, err error) {
	switch rc := sqlite3.Xsqlite3_step(s.conn.tls, s.handle); rc {
	case sqlite3.SQLITE_ROW:
		return true, nil
	case sqlite3.SQLITE_DONE:
		return false, nil
	default:
		return false, s.conn.fail(rc)
	}
}

// Reset readies the statement to be run again. It repeats the error of the last
// step, so that it has none of its own.
func (s *Stmt) Reset() { sqlite3.Xsqlite3_reset(s.conn.tls, s.handle) }

// Kind is what a value of the row is.
type Kind int32

// The kinds of values.
const (
	Integer Kind = sqlite3.SQLITE_INTEGER
	Float   Kind = sqlite3.SQLITE_FLOAT
	Text    Kind = sqlite3.SQLITE_TEXT
	Blob    Kind = sqlite3.SQLITE_BLOB
	Null    Kind = sqlite3.SQLITE_NULL
)

// Kind is what the i-th value of the row is.
func (s *Stmt) Kind(i int) Kind {
	return Kind(sqlite3.Xsqlite3_column_type(s.conn.tls, s.handle, int32(i))) //nolint:gosec // few columns
}

// Int is the i-th value as an integer.
func (s *Stmt) Int(i int) int64 {
	return sqlite3.Xsqlite3_column_int64(s.conn.tls, s.handle, int32(i)) //nolint:gosec // few columns
}

// Float is the i-th value as a number.
func (s *Stmt) Float(i int) float64 {
	return sqlite3.Xsqlite3_column_double(s.conn.tls, s.handle, int32(i)) //nolint:gosec // few columns
}

// Bytes is the i-th value, text or blob, where SQLite keeps it: valid until the
// next step.
func (s *Stmt) Bytes(i int) []byte {
	p := sqlite3.Xsqlite3_column_blob(s.conn.tls, s.handle, int32(i))       //nolint:gosec // few columns
	n := int(sqlite3.Xsqlite3_column_bytes(s.conn.tls, s.handle, int32(i))) //nolint:gosec // few columns
	if p == 0 || n == 0 {
		return nil
	}
	return bytesAt(p, n)
}
