package lite_test

import (
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/huifang/huifang/store/lite"
)

func open(t *testing.T, path string) *lite.Conn {
	t.Helper()
	c, err := lite.Open(path, []string{"journal_mode(WAL)", "wal_autocheckpoint(0)"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func prepare(t *testing.T, c *lite.Conn, sql string) *lite.Stmt {
	t.Helper()
	s, err := c.Prepare(sql)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func run(t *testing.T, c *lite.Conn, sql string, args ...any) {
	t.Helper()
	s := prepare(t, c, sql)
	if err := s.Bind(args); err != nil {
		t.Fatal(err)
	}
	if row, err := s.Step(); row || err != nil {
		t.Fatalf("%s: %v, %v", sql, row, err)
	}
	s.Reset()
}

// TestValues writes values of every kind and size and reads them back.
func TestValues(t *testing.T) {
	c := open(t, filepath.Join(t.TempDir(), "t.db"))
	run(t, c, "CREATE TABLE t (i, f, s, b, n)")
	insert := prepare(t, c, "INSERT INTO t VALUES (?, ?, ?, ?, ?)")
	texts := []string{"", "回访", "a\x00b", strings.Repeat("长", 200_000), "after what was large"}
	for i, text := range texts {
		if err := insert.Bind([]any{int64(i), float64(i) / 2, text, []byte(text), nil}); err != nil {
			t.Fatal(err)
		}
		if _, err := insert.Step(); err != nil {
			t.Fatal(err)
		}
		insert.Reset()
		if n := c.Changes(); n != 1 {
			t.Errorf("%d rows changed", n)
		}
	}
	read := prepare(t, c, "SELECT * FROM t ORDER BY i")
	for i, text := range texts {
		if row, err := read.Step(); !row || err != nil {
			t.Fatal(row, err)
		}
		kinds := [5]lite.Kind{read.Kind(0), read.Kind(1), read.Kind(2), read.Kind(3), read.Kind(4)}
		if kinds != [5]lite.Kind{lite.Integer, lite.Float, lite.Text, lite.Blob, lite.Null} {
			t.Errorf("row %d has kinds %v", i, kinds)
		}
		if read.Int(0) != int64(i) || read.Float(1) != float64(i)/2 || string(read.Bytes(2)) != text || string(read.Bytes(3)) != text {
			t.Errorf("row %d comes back different", i)
		}
	}
	if row, err := read.Step(); row || err != nil {
		t.Error(row, err)
	}
}

func TestErrors(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.db")
	c := open(t, path)
	run(t, c, "CREATE TABLE t (k PRIMARY KEY)")
	run(t, c, "INSERT INTO t VALUES (?)", int64(1))
	again := prepare(t, c, "INSERT INTO t VALUES (?)")
	if err := again.Bind([]any{int64(1)}); err != nil {
		t.Fatal(err)
	}
	_, taken := again.Step()
	again.Reset()
	_, syntax := c.Prepare("SELEC 1")
	_, missing := lite.Open(filepath.Join(t.TempDir(), "no", "such.db"), nil)
	_, pragma := lite.Open(path, []string{"journal_mode("})
	for name, tc := range map[string]struct {
		err  error
		code int
	}{
		"a key that is taken": {taken, 1555}, "no SQL": {syntax, 1}, "no such folder": {missing, 14}, "a pragma that is none": {pragma, 1},
		"too few arguments": {again.Bind(nil), 25}, "a value that is none": {again.Bind([]any{time.Time{}}), 21},
	} {
		var e *lite.Error
		if !errors.As(tc.err, &e) || e.Code != tc.code {
			t.Errorf("%s: %v, want code %d", name, tc.err, tc.code)
		}
	}
	run(t, c, "INSERT INTO t VALUES (?)", int64(2)) // the connection goes on
}

func TestInterrupt(t *testing.T) {
	c := open(t, filepath.Join(t.TempDir(), "t.db"))
	endless := prepare(t, c, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n")
	over := make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() {
		for {
			select {
			case <-over:
				return
			case <-time.After(time.Millisecond):
				c.Interrupt()
			}
		}
	})
	_, err := endless.Step()
	close(over)
	group.Wait()
	endless.Reset()
	if e, ok := errors.AsType[*lite.Error](err); !ok || e.Code != 9 {
		t.Errorf("%v, want code 9", err)
	}
	run(t, c, "CREATE TABLE t (k)") // the connection goes on
}

// TestCheckpoint copies the log while another connection reads.
func TestCheckpoint(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.db")
	c, other := open(t, path), open(t, path)
	run(t, c, "CREATE TABLE t (k)")
	run(t, c, "INSERT INTO t VALUES (?)", int64(1))
	pages, copied, err := other.Checkpoint()
	if err != nil || pages == 0 || copied != pages {
		t.Errorf("%d of %d pages, %v", copied, pages, err)
	}
	run(t, c, "INSERT INTO t VALUES (?)", int64(2)) // begins the log anew
	if again, copied, err := other.Log(); err != nil || again > pages || copied != 0 {
		t.Errorf("%d of %d pages after %d, %v", copied, again, pages, err)
	}
}
