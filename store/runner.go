package store

import (
	"context"
	"errors"
	"strings"
)

// call is one statement with what is to become of its outcome.
type call struct {
	sql   string
	args  []any
	each  func(*row) error  // wanted for its rows
	check func(int64) error // judges how many rows it changed; nil: any number
	plain bool              // the arguments are plain already
}

// runner runs statements that read. The callback must not run statements of
// its own.
type runner interface {
	query(ctx context.Context, sql string, args []any, each func(*row) error) error
}

// transaction is one open transaction of a writer. Its errors are the
// driver's, see translate.
type transaction interface {
	runner
	// put runs the call, now or together with a later one.
	put(ctx context.Context, c call) error
	// send runs what was put and then the calls, in order.
	send(ctx context.Context, calls ...call) error
	// mark notes where a closure begins. drop forgets what was put since; it
	// tells false when something of it ran already, so that only rolling back
	// can undo it.
	mark()
	drop() bool
	// savepoint, release and undo bracket a closure that must be undone alone.
	savepoint(ctx context.Context) error
	release(ctx context.Context) error
	undo(ctx context.Context) error
	// commit ends it. An *uncommitted error means that nothing was committed;
	// after any other the fate is unknown.
	commit(ctx context.Context) error
	rollback(ctx context.Context)
}

// uncommitted is an error that came before the COMMIT.
type uncommitted struct{ err error }

// Error is the cause's text.
func (u *uncommitted) Error() string { return u.err.Error() }

// Unwrap is the cause.
func (u *uncommitted) Unwrap() error { return u.err }

func isUncommitted(err error) bool {
	var u *uncommitted
	return errors.As(err, &u)
}

// writes tells whether a statement changes rows, by its first word.
func writes(sql string) bool {
	return !strings.HasPrefix(sql, "SELECT") && !strings.HasPrefix(sql, "WITH")
}
