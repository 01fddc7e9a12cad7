package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store/lite"
)

// maxStatements is how many prepared statements a connection keeps; lists with
// many filters make many texts.
const maxStatements = 400

// liteConn is one SQLite connection with its prepared statements. One goroutine
// at a time uses it.
type liteConn struct {
	conn  *lite.Conn
	stmts map[string]*lite.Stmt
	args  []any
}

// liteDSN is the driver's name for a file, with the pragmas every connection has.
func liteDSN(path string, pragmas []string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("store: %w", err)
	}
	u := url.URL{Scheme: "file", Path: abs, RawQuery: url.Values{"_pragma": pragmas}.Encode()}
	return u.String(), nil
}

func writerPragmas(relaxed bool) []string {
	sync := "synchronous(FULL)"
	if relaxed {
		sync = "synchronous(NORMAL)"
	}
	return []string{
		"busy_timeout(10000)", "journal_mode(WAL)", sync, "foreign_keys(1)", "cache_size(-16000)",
		"wal_autocheckpoint(0)", "journal_size_limit(67108864)", "trusted_schema(0)",
	}
}

func readerPragmas() []string {
	return []string{"busy_timeout(10000)", "query_only(1)", "cache_size(-8000)", "trusted_schema(0)"}
}

func openLite(path string, pragmas []string) (*liteConn, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	// Nobody else reads the customers' data; the files beside it take its mode. A
	// file that exists is not touched: closing it would end the locks on it.
	if f, err := os.OpenFile(abs, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600); err == nil { //nolint:gosec // the database that was named
		_ = f.Close()
	}
	conn, err := lite.Open(abs, pragmas)
	if err != nil {
		return nil, err
	}
	return &liteConn{conn: conn, stmts: map[string]*lite.Stmt{}}, nil
}

func (c *liteConn) close() error {
	c.forget()
	return c.conn.Close()
}

func (c *liteConn) forget() {
	for _, s := range c.stmts {
		s.Close()
	}
	clear(c.stmts)
}

func (c *liteConn) prepare(sql string) (*lite.Stmt, error) {
	if s, ok := c.stmts[sql]; ok {
		return s, nil
	}
	if len(c.stmts) >= maxStatements {
		c.forget()
	}
	s, err := c.conn.Prepare(unnamed(sql))
	if err != nil {
		return nil, fmt.Errorf("%w in %q", err, sql)
	}
	c.stmts[sql] = s
	return s, nil
}

// unnamed turns $1, $2… into ?, which is quicker to bind. Statements name each
// parameter once and in order; a test holds them to it.
func unnamed(sql string) string {
	var b strings.Builder
	b.Grow(len(sql))
	for i := 0; i < len(sql); i++ {
		if sql[i] != '$' {
			b.WriteByte(sql[i])
			continue
		}
		b.WriteByte('?')
		for i+1 < len(sql) && '0' <= sql[i+1] && sql[i+1] <= '9' {
			i++
		}
	}
	return b.String()
}

// bound is the statement of a call with its arguments, ready to run.
func (c *liteConn) bound(of *call) (*lite.Stmt, error) {
	s, err := c.prepare(of.sql)
	if err != nil {
		return nil, err
	}
	if of.plain {
		return s, s.Bind(of.args)
	}
	c.args = c.args[:0]
	for _, a := range of.args {
		v, err := plain(a)
		if err != nil {
			return nil, err
		}
		c.args = append(c.args, v)
	}
	return s, s.Bind(c.args)
}

// exec runs a statement.
func (c *liteConn) exec(ctx context.Context, sql string, args []any) error {
	return c.run(ctx, &call{sql: sql, args: args})
}

// query runs a statement and calls each for every row.
func (c *liteConn) query(ctx context.Context, sql string, args []any, each func(*row) error) error {
	return c.run(ctx, &call{sql: sql, args: args, each: each})
}

// run runs a statement to its end.
func (c *liteConn) run(ctx context.Context, what *call) error {
	s, err := c.bound(what)
	if err != nil {
		return err
	}
	defer s.Reset()
	if ctx.Done() != nil {
		if err := ctx.Err(); err != nil {
			return err
		}
		defer c.until(ctx)()
	}
	r := row{lite: s}
	for {
		more, err := s.Step()
		if err != nil || !more {
			return err
		}
		if what.each == nil {
			continue
		}
		r.at = 0
		if err := what.each(&r); err != nil {
			return err
		}
		if r.err != nil {
			return r.err
		}
	}
}

// until interrupts whatever the connection runs once the context ends, until
// the function it returns is called.
func (c *liteConn) until(ctx context.Context) (stop func()) {
	over, gone := make(chan struct{}), make(chan struct{})
	cancel := context.AfterFunc(ctx, func() {
		defer close(gone)
		for {
			c.conn.Interrupt() // forgotten where the statement had not begun: so it is repeated
			select {
			case <-over:
				return
			case <-time.After(time.Millisecond):
			}
		}
	})
	return func() {
		close(over)
		if !cancel() {
			<-gone
		}
	}
}

// litePool is the reading connections, opened as they are needed. The one used
// last is used next: it has the pages at hand that are asked for, and what is
// never needed takes no memory.
type litePool struct {
	path   string
	tokens chan struct{} // one a connection that may be taken
	mu     sync.Mutex
	idle   []*liteConn // those opened
}

func newLitePool(path string, size int) *litePool {
	p := &litePool{path: path, tokens: make(chan struct{}, size)}
	for range size {
		p.tokens <- struct{}{}
	}
	return p
}

func (p *litePool) take(ctx context.Context) (*liteConn, error) {
	select {
	case <-p.tokens:
	case <-ctx.Done():
		return nil, translate(ctx.Err())
	}
	if c := p.pop(); c != nil {
		return c, nil
	}
	c, err := openLite(p.path, readerPragmas())
	if err != nil {
		p.tokens <- struct{}{}
		return nil, translate(err)
	}
	return c, nil
}

func (p *litePool) pop() *liteConn {
	p.mu.Lock()
	defer p.mu.Unlock()
	last := len(p.idle) - 1
	if last < 0 {
		return nil
	}
	c := p.idle[last]
	p.idle = p.idle[:last]
	return c
}

func (p *litePool) give(c *liteConn) {
	p.mu.Lock()
	p.idle = append(p.idle, c)
	p.mu.Unlock()
	p.tokens <- struct{}{}
}

func (p *litePool) query(ctx context.Context, sql string, args []any, each func(*row) error) error {
	c, err := p.take(ctx)
	if err != nil {
		return err
	}
	defer p.give(c)
	return translate(c.query(ctx, sql, args, each))
}

// snapshot runs fn with one connection inside one reading transaction.
func (p *litePool) snapshot(ctx context.Context, fn func(runner) error) (err error) {
	c, err := p.take(ctx)
	if err != nil {
		return err
	}
	defer p.give(c)
	if err := c.exec(ctx, "BEGIN", nil); err != nil {
		return translate(err)
	}
	defer func() {
		end := c.exec(context.WithoutCancel(ctx), "ROLLBACK", nil)
		err = errors.Join(err, translate(end))
	}()
	return fn(liteSnapshot{c})
}

// close waits for the connections in use.
func (p *litePool) close() error {
	var errs []error
	for range cap(p.tokens) {
		<-p.tokens
	}
	for c := p.pop(); c != nil; c = p.pop() {
		errs = append(errs, c.close())
	}
	return errors.Join(errs...)
}

type liteSnapshot struct{ conn *liteConn }

func (s liteSnapshot) query(ctx context.Context, sql string, args []any, each func(*row) error) error {
	return translate(s.conn.query(ctx, sql, args, each))
}

// liteTx is the writer's transaction. Every statement runs at once.
type liteTx struct {
	conn  *liteConn
	then  *checkpoints // learns of the commit; nil: nobody does
	dirty bool         // something changed since mark
}

// begin starts a transaction that takes the write lock at once.
func (c *liteConn) begin(ctx context.Context, then *checkpoints) (*liteTx, error) {
	if err := c.exec(ctx, "BEGIN IMMEDIATE", nil); err != nil {
		return nil, err
	}
	return &liteTx{conn: c, then: then}, nil
}

func (t *liteTx) query(ctx context.Context, sql string, args []any, each func(*row) error) error {
	t.dirty = t.dirty || writes(sql)
	return t.conn.query(ctx, sql, args, each)
}

func (t *liteTx) put(ctx context.Context, c call) error { return t.send(ctx, c) }

func (t *liteTx) send(ctx context.Context, calls ...call) error {
	for i := range calls {
		c := &calls[i]
		t.dirty = t.dirty || c.each == nil || writes(c.sql)
		err := t.conn.run(ctx, c)
		if err == nil && c.check != nil {
			err = c.check(t.conn.conn.Changes())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *liteTx) mark()      { t.dirty = false }
func (t *liteTx) drop() bool { return !t.dirty }

func (t *liteTx) plainly(ctx context.Context, sql string) error {
	return t.conn.exec(ctx, sql, nil)
}

func (t *liteTx) savepoint(ctx context.Context) error { return t.plainly(ctx, sqlSavepoint) }
func (t *liteTx) release(ctx context.Context) error   { return t.plainly(ctx, sqlRelease) }

func (t *liteTx) undo(ctx context.Context) error {
	if err := t.plainly(ctx, sqlUndo); err != nil {
		return err
	}
	return t.release(ctx)
}

func (t *liteTx) commit(ctx context.Context) error {
	err := t.plainly(ctx, "COMMIT")
	if err != nil {
		t.rollback(ctx)
	} else if t.then != nil {
		t.then.committed(t.conn.conn)
	}
	return err
}

func (t *liteTx) rollback(ctx context.Context) {
	// It fails only where SQLite rolled back by itself.
	_ = t.plainly(ctx, "ROLLBACK")
}

func litePath(u string) (string, bool) {
	rest, ok := strings.CutPrefix(u, "sqlite:")
	if !ok {
		return "", false
	}
	return strings.TrimPrefix(rest, "//"), true
}

func badURL(u string) error {
	return huifang.Invalid("store.url", huifang.Textf(
		"无法识别的数据库地址“%s”；应为 sqlite:///路径/文件.db 或 postgres://用户:密码@主机/库名",
		"%q is no database address; write sqlite:///path/file.db or postgres://user:password@host/name", redact(u)))
}

// redact hides the password of an address.
func redact(u string) string {
	if p, err := url.Parse(u); err == nil {
		return p.Redacted()
	}
	return "…"
}
