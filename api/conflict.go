package api

import (
	"errors"

	"github.com/huifang/huifang"
)

// overtaken is a conflict together with the record as it is now.
type overtaken struct {
	error
	current any
}

// Unwrap is the conflict.
func (o *overtaken) Unwrap() error { return o.error }

// withCurrent adds the record as it is now to a conflict, so that the caller
// need not ask again. Whoever may not see the record gets the conflict alone.
func withCurrent[T any](err error, current func() (T, error)) error {
	if huifang.CodeOf(err) != huifang.CodeConflict {
		return err
	}
	now, failed := current()
	if failed != nil {
		return err
	}
	return &overtaken{error: err, current: now}
}

// currentOf is the record as it is now, of a conflict that knows it.
func currentOf(err error) any {
	if o := (*overtaken)(nil); errors.As(err, &o) {
		return o.current
	}
	return nil
}
