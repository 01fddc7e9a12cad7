package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// deadline bounds one exchange with PostgreSQL inside a group: a node that does
// not answer must not hold everybody's writes.
const deadline = 5 * time.Second

// pgPool is the connections to PostgreSQL.
type pgPool struct {
	pool    *pgxpool.Pool
	writers int
	shapes  *insertions
}

func openPostgres(ctx context.Context, url string, writers int, shapes *insertions) (*pgPool, error) {
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, badURL(url)
	}
	if _, set := cfg.ConnConfig.RuntimeParams["application_name"]; !set {
		cfg.ConnConfig.RuntimeParams["application_name"] = "huifang"
	}
	if cfg.MaxConns < int32(writers+4) { //nolint:gosec // a handful
		cfg.MaxConns = int32(writers + 4) //nolint:gosec // a handful
	}
	cfg.MinIdleConns = 0
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, translate(err)
	}
	if err := again(ctx, func() error { return pool.Ping(ctx) }); err != nil {
		pool.Close()
		return nil, translate(err)
	}
	return &pgPool{pool: pool, writers: writers, shapes: shapes}, nil
}

// again runs fn until it succeeds or fails for good, within about ten seconds.
func again(ctx context.Context, fn func() error) error {
	pause := 20 * time.Millisecond
	for total := time.Duration(0); ; total += pause {
		err := fn()
		if err == nil || !retryable(err) || total > 10*time.Second {
			return err
		}
		if !sleep(ctx, pause) {
			return err
		}
		pause = min(2*pause, 500*time.Millisecond)
	}
}

// sleep waits; false: the context ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

type pgQuerier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// pgQuery runs a statement whose arguments are plain.
func pgQuery(ctx context.Context, q pgQuerier, sql string, args []any, each func(*row) error) error {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return located(err, sql)
	}
	return located(pgRows(rows, each), sql)
}

// pgRows calls each for every row.
func pgRows(rows pgx.Rows, each func(*row) error) error {
	defer rows.Close()
	r := row{fields: rows.FieldDescriptions()}
	for rows.Next() {
		if r.fields == nil {
			r.fields = rows.FieldDescriptions()
		}
		r.pg, r.at = rows.RawValues(), 0
		if err := each(&r); err != nil {
			return err
		}
		if r.err != nil {
			return r.err
		}
	}
	return rows.Err()
}

// located adds the statement to an error that is ours to mend.
func located(err error, sql string) error {
	if err == nil || retryable(err) {
		return err
	}
	return fmt.Errorf("%w in %q", err, sql)
}

func (p *pgPool) query(ctx context.Context, sql string, args []any, each func(*row) error) error {
	if err := plainAll(args); err != nil {
		return err
	}
	begun := false
	first := func(r *row) error {
		begun = true
		return each(r)
	}
	return translate(again(ctx, func() error {
		err := pgQuery(ctx, p.pool, sql, args, first)
		if begun && err != nil {
			return translate(err) // rows were handed out: not to be run again
		}
		return err
	}))
}

// snapshot runs fn inside one reading transaction that sees one state.
func (p *pgPool) snapshot(ctx context.Context, fn func(runner) error) error {
	tx, err := p.pool.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return translate(err)
	}
	err = fn(pgSnapshot{tx})
	return errors.Join(err, translate(tx.Rollback(context.WithoutCancel(ctx))))
}

type pgSnapshot struct{ tx pgx.Tx }

func (s pgSnapshot) query(ctx context.Context, sql string, args []any, each func(*row) error) error {
	if err := plainAll(args); err != nil {
		return err
	}
	return translate(pgQuery(ctx, s.tx, sql, args, each))
}

// pgTx is a writer's transaction. Statements whose outcome nobody waits for are
// kept back and travel together with the next one that is waited for.
type pgTx struct {
	conn   *pgxpool.Conn
	shapes *insertions
	queue  []call
	marked int  // length of queue where the closure began
	saved  int  // place of the closure's SAVEPOINT in queue, -1 once it was sent
	ran    bool // a change of the closure was sent, or something failed
	begun  bool // BEGIN was sent
}

func (p *pgPool) begin(ctx context.Context) (*pgTx, error) {
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	conn, err := p.pool.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	return &pgTx{conn: conn, shapes: p.shapes, queue: []call{{sql: "BEGIN"}}}, nil
}

// maxBatch is how many statements travel together: an import's transaction is
// not held in memory whole, and each exchange stays within the deadline.
const maxBatch = 1000

func (t *pgTx) put(ctx context.Context, c call) error {
	if len(t.queue) >= maxBatch {
		if err := t.flush(ctx); err != nil {
			return err
		}
	}
	if !c.plain {
		if err := plainAll(c.args); err != nil {
			return err
		}
	}
	t.queue = append(t.queue, c)
	return nil
}

func (t *pgTx) query(ctx context.Context, sql string, args []any, each func(*row) error) error {
	return t.send(ctx, call{sql: sql, args: args, each: each})
}

func (t *pgTx) send(ctx context.Context, calls ...call) error {
	for _, c := range calls {
		if err := t.put(ctx, c); err != nil {
			return err
		}
	}
	return t.flush(ctx)
}

// flush sends the queue in one round trip and reads every outcome. After an
// error, which may be an earlier closure's, nothing can be dropped alone.
func (t *pgTx) flush(ctx context.Context) (err error) {
	if len(t.queue) == 0 {
		return nil
	}
	defer func() { t.ran = t.ran || err != nil }()
	calls := t.queue
	t.ran = t.ran || slices.ContainsFunc(calls[t.marked:], func(c call) bool { return writes(c.sql) })
	t.queue, t.marked, t.saved, t.begun = nil, 0, -1, true
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	if calls = t.shapes.merged(calls); len(calls) == 1 {
		return t.one(ctx, &calls[0])
	}
	var b pgx.Batch
	for i := range calls {
		b.Queue(calls[i].sql, calls[i].args...)
	}
	res := t.conn.SendBatch(ctx, &b)
	for i := range calls {
		if err := outcome(res, &calls[i]); err != nil {
			_ = res.Close() // repeats the error
			return located(err, calls[i].sql)
		}
	}
	return res.Close()
}

func (t *pgTx) one(ctx context.Context, c *call) error {
	if c.each != nil {
		return pgQuery(ctx, t.conn, c.sql, c.args, c.each)
	}
	tag, err := t.conn.Exec(ctx, c.sql, c.args...)
	if err == nil && c.check != nil {
		err = c.check(tag.RowsAffected())
	}
	return located(err, c.sql)
}

func outcome(res pgx.BatchResults, c *call) error {
	if c.each != nil {
		rows, err := res.Query()
		if err != nil {
			return err
		}
		return pgRows(rows, c.each)
	}
	tag, err := res.Exec()
	if err == nil && c.check != nil {
		err = c.check(tag.RowsAffected())
	}
	return err
}

func (t *pgTx) mark() { t.marked, t.ran = len(t.queue), false }

func (t *pgTx) drop() bool {
	if t.ran {
		return false
	}
	t.queue = t.queue[:t.marked]
	return true
}

func (t *pgTx) savepoint(ctx context.Context) error {
	err := t.put(ctx, call{sql: sqlSavepoint})
	t.saved = len(t.queue) - 1
	return err
}

// release first learns whether everything went well: afterwards nothing can be
// undone. It waits for the release too, so that there is never more than one
// savepoint and undo cannot mistake it.
func (t *pgTx) release(ctx context.Context) error {
	if err := t.flush(ctx); err != nil {
		return err
	}
	return t.send(ctx, call{sql: sqlRelease})
}

func (t *pgTx) undo(ctx context.Context) error {
	if t.saved >= 0 { // the server knows nothing of the closure
		t.queue = t.queue[:t.saved]
		return nil
	}
	t.queue = t.queue[:0]
	if err := t.send(ctx, call{sql: sqlUndo}); err != nil { // alone: a failed transaction takes nothing else
		return err
	}
	return t.send(ctx, call{sql: sqlRelease})
}

// commit sends what is left together with COMMIT, unless a check could still
// stop it, or nothing has shown yet that the connection lives: a pooled one that
// died meanwhile must not make the fate of the transaction unknown.
func (t *pgTx) commit(ctx context.Context) error {
	if !t.begun && len(t.queue) <= 1 { // nothing but BEGIN
		t.conn.Release()
		return nil
	}
	if !t.begun || slices.ContainsFunc(t.queue, func(c call) bool { return c.check != nil }) {
		if err := t.flush(ctx); err != nil {
			t.rollback(ctx)
			return &uncommitted{err}
		}
	}
	if err := t.finish(ctx); err != nil {
		t.rollback(ctx)
		return err
	}
	t.conn.Release()
	return nil
}

// finish sends the queue and COMMIT in one round trip. Only an error that the
// server reported for an earlier statement, or a refusal of the COMMIT itself
// for a conflict, says that nothing was committed.
func (t *pgTx) finish(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	var b pgx.Batch
	calls := t.shapes.merged(t.queue)
	for _, c := range calls {
		b.Queue(c.sql, c.args...)
	}
	b.Queue("COMMIT")
	res := t.conn.SendBatch(ctx, &b)
	for i := range calls {
		if err := outcome(res, &calls[i]); err != nil {
			_ = res.Close() // repeats the error
			return definite(located(err, calls[i].sql))
		}
	}
	tag, err := res.Exec()
	if err == nil {
		err = res.Close()
	}
	switch {
	case err != nil && retryable(err) && serverSaid(err, "40001", "40P01"):
		return &uncommitted{err}
	case err != nil:
		return err
	case tag.String() != "COMMIT":
		return &uncommitted{fmt.Errorf("store: COMMIT answered %s", tag)}
	}
	return nil
}

// definite marks an error that the server itself reported.
func definite(err error) error {
	if serverSaid(err) {
		return &uncommitted{err}
	}
	return err
}

func serverSaid(err error, codes ...string) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (len(codes) == 0 || slices.Contains(codes, pg.Code))
}

func (t *pgTx) rollback(ctx context.Context) {
	defer t.conn.Release()
	if !t.begun || t.conn.Conn().IsClosed() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	if _, err := t.conn.Exec(ctx, "ROLLBACK"); err != nil {
		_ = t.conn.Conn().Close(ctx) // the pool must not hand it out again
	}
}
