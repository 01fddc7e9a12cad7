package store

import (
	"context"
	"strconv"
	"strings"

	"github.com/huifang/huifang"
)

// Reads holds every reading method; a View and a Tx both have them. None of
// their results is shared: callers may change them.
type Reads struct {
	run  runner
	skip string // what makes a picking SELECT hold its rows and skip held ones
	hold string // what makes reading one record hold it, in a closure that lost a race

	arrays bool // the database takes a list as one argument
	tx     *Tx  // nil in a View
}

// View reads committed data; each call sees the newest, unless the View belongs
// to a Snapshot.
type View struct{ Reads }

// Tx writes, and reads what it wrote. It is valid only within the closure it is
// given to, on its goroutine.
type Tx struct {
	Reads
	shared *shared
	err    error // of the first statement that failed: the closure is lost
	later
	closure *write
	shapes  *insertions
	seen    map[huifang.ID]standing // follow-ups as this closure read them
}

func newTx(s *Store, g *shared, w *write) *Tx {
	tx := &Tx{shared: g, closure: w, shapes: &s.shapes}
	tx.Reads = Reads{run: tx, skip: s.skip(), arrays: s.pg != nil, tx: tx}
	if w.runs > 0 && s.races() {
		tx.hold = " FOR UPDATE"
	}
	return tx
}

// broke keeps the first error.
func (tx *Tx) broke(err error) error {
	if err != nil && tx.err == nil {
		tx.err = translate(err)
	}
	return tx.err
}

// query implements runner. The caller's context ends nothing here: other
// closures share the transaction.
func (tx *Tx) query(ctx context.Context, sql string, args []any, each func(*row) error) error {
	if err := tx.ready(ctx, sql); err != nil {
		return err
	}
	return tx.broke(tx.shared.t.query(context.WithoutCancel(ctx), sql, args, each))
}

// put runs a statement whose outcome nobody waits for; its error may come later.
func (tx *Tx) put(ctx context.Context, sql string, args ...any) error {
	return tx.check(ctx, nil, sql, args...)
}

// check is put, and fails where check does not like the number of changed rows.
func (tx *Tx) check(ctx context.Context, check func(int64) error, sql string, args ...any) error {
	if err := tx.ready(ctx, sql); err != nil {
		return err
	}
	return tx.broke(tx.shared.t.put(context.WithoutCancel(ctx), call{sql: sql, args: args, check: check}))
}

// send runs statements now, in one round trip.
func (tx *Tx) send(ctx context.Context, calls ...call) error {
	for i := range calls {
		if err := tx.ready(ctx, calls[i].sql); err != nil {
			return err
		}
	}
	return tx.broke(tx.shared.t.send(context.WithoutCancel(ctx), calls...))
}

// ready keeps the order of things: a statement that could see numbered records,
// or names one by a foreign key, runs after they are written.
func (tx *Tx) ready(ctx context.Context, sql string) error {
	if tx.err != nil {
		return tx.err
	}
	if len(tx.numbered)+len(tx.shared.numbered) > 0 && sees(sql) {
		return tx.settle(context.WithoutCancel(ctx))
	}
	return nil
}

// sees tells that a statement reads or changes a table of numbered records, or
// one that refers to them by a foreign key. Others only name them.
func sees(sql string) bool {
	for _, table := range []string{
		"FROM followup", "JOIN followup", "INTO followup", "UPDATE followup", "INTO attempt", "INTO record", "INTO review", "INTO survey_link",
		"FROM case_file", "INTO case_file", "UPDATE case_file", "INTO case_action",
	} {
		if strings.Contains(sql, table) {
			return true
		}
	}
	return false
}

// finish ends a closure that has a savepoint.
func (tx *Tx) finish(ctx context.Context) {
	if tx.settle(ctx) == nil {
		_ = tx.broke(tx.shared.t.release(ctx))
	}
}

// save inserts a record of version 0 and updates any other, unless it changed
// meanwhile. Both statements take the same arguments, the update the version
// besides.
func (tx *Tx) save(ctx context.Context, version *int64, insert, update string, args ...any) error {
	if *version == 0 {
		set(tx, version, 1)
		return tx.put(ctx, insert, args...)
	}
	args = append(args, *version)
	set(tx, version, *version+1)
	return tx.check(ctx, changed, update, args...)
}

// set changes a field of a caller's record until the closure turns out to be
// lost or to run again.
func set[T any](tx *Tx, field *T, v T) {
	old := *field
	tx.closure.undo = append(tx.closure.undo, func() { *field = old })
	*field = v
}

// changed is the check of an optimistic update.
func changed(n int64) error {
	if n == 0 {
		return stale()
	}
	return nil
}

// list collects every row.
func list[T any](ctx context.Context, q *Reads, scan func(*row) T, sql string, args ...any) ([]T, error) {
	var out []T
	err := q.run.query(ctx, sql, args, func(r *row) error {
		out = append(out, scan(r))
		return nil
	})
	return out, err
}

// first is the first row, or a not-found error about kind.
func first[T any](ctx context.Context, q *Reads, kind string, scan func(*row) T, sql string, args ...any) (T, error) {
	var out T
	found := false
	if q.hold != "" && strings.HasPrefix(sql, "SELECT ") {
		sql += q.hold
	}
	err := q.run.query(ctx, sql, args, func(r *row) error {
		if !found {
			out, found = scan(r), true
		}
		return nil
	})
	if err == nil && !found {
		err = none(kind)
	}
	return out, err
}

// number is the one number a statement yields.
func number(ctx context.Context, q *Reads, sql string, args ...any) (int64, error) {
	var n int64
	err := q.run.query(ctx, sql, args, func(r *row) error {
		n = r.int()
		return nil
	})
	return n, err
}

// byKey looks up keys: " IN (?)" in sql, which begins with the organization,
// becomes the list.
func byKey[K comparable, T any](
	ctx context.Context, q *Reads, sql string, org huifang.ID, keys []K, scan func(*row) T, key func(T) K,
) (map[K]T, error) {
	out := make(map[K]T, len(keys))
	err := eachKey(ctx, q, sql, []any{org}, keys, func(r *row) error {
		v := scan(r)
		out[key(v)] = v
		return nil
	})
	return out, err
}

// chunk is how many keys one statement looks up.
const chunk = 256

// eachKey is byKey with more arguments before the list. PostgreSQL takes the
// keys as one array: it plans a list of parameters badly where it has no
// statistics yet. SQLite takes lists of a few sizes, so that few texts are
// prepared, filled up with the last key.
func eachKey[K any](ctx context.Context, q *Reads, sql string, before []any, keys []K, each func(*row) error) error {
	for len(keys) > 0 {
		n := min(len(keys), chunk)
		args := make([]any, 0, len(before)+n)
		args = append(args, before...)
		text := strings.Replace(sql, " IN (?)", " = ANY ($"+strconv.Itoa(len(before)+1)+")", 1)
		if q.arrays {
			list, err := array(keys[:n])
			if err != nil {
				return err
			}
			args = append(args, list)
		} else {
			size := 1
			for size < n {
				size *= 4
			}
			for i := range size {
				args = append(args, keys[min(i, n-1)])
			}
			text = strings.Replace(sql, "(?)", places(len(before)+1, size), 1)
		}
		if err := q.run.query(ctx, text, args, each); err != nil {
			return err
		}
		keys = keys[n:]
	}
	return nil
}

// array is keys as PostgreSQL takes them.
func array[K any](keys []K) (any, error) {
	var ids [][]byte
	var texts []string
	for _, k := range keys {
		v, err := plain(k)
		if err != nil {
			return nil, err
		}
		switch v := v.(type) {
		case []byte:
			ids = append(ids, v)
		case string:
			texts = append(texts, v)
		}
	}
	if ids != nil {
		return ids, nil
	}
	return texts, nil
}

// places is ($from, …) with n parameters.
func places(from, n int) string {
	var b strings.Builder
	b.Grow(5 * n)
	b.WriteByte('(')
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(from + i))
	}
	b.WriteByte(')')
	return b.String()
}

// found is the check of a change that must hit a record of the kind.
func found(kind string) func(int64) error {
	return func(n int64) error {
		if n == 0 {
			return none(kind)
		}
		return nil
	}
}
