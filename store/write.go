package store

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sync/atomic"
	"time"

	"github.com/huifang/huifang"
)

// Statements without a table.
const (
	sqlSavepoint = "SAVEPOINT closure"
	sqlRelease   = "RELEASE SAVEPOINT closure"
	sqlUndo      = "ROLLBACK TO SAVEPOINT closure"
)

const (
	maxGroup  = 256             // closures in one transaction
	maxQueue  = 4 * maxGroup    // closures that wait; more wait to be queued
	maxRaces  = 3               // runs of a closure that lost races
	patience  = 8 * time.Second // of retries before callers are told to try later
	firstWait = 20 * time.Millisecond
	longWait  = 500 * time.Millisecond
)

// The fate of a queued closure.
const (
	waiting int32 = iota
	running
	abandoned
)

// write is one closure on its way through the queue.
type write struct {
	fn    func(*Tx) error
	fate  atomic.Int32
	err   error
	raced bool // err is a conflict that may be a race lost to another transaction
	runs  int
	undo  []func() // see set
	done  chan error
}

// forget gives the caller's records back what the closure's last run changed.
func (w *write) forget() {
	for _, undo := range slices.Backward(w.undo) {
		undo()
	}
	w.undo = nil
}

// Write runs fn in a transaction shared with other callers' closures and
// returns once it is committed. fn may run more than once and must have no
// effect outside tx but to set variables of its own; it must not wait for
// anything else, since others wait for it. An error or panic undoes what it did
// and is returned; so does a statement that failed, whatever fn makes of it.
//
// The caller's context only limits the wait in the queue: once fn runs, Write
// waits for the outcome. ReasonUnknown says that the commit was sent and not
// confirmed.
func (s *Store) Write(ctx context.Context, fn func(tx *Tx) error) error {
	w := &write{fn: fn, done: make(chan error, 1)}
	if err := s.enqueue(ctx, w); err != nil {
		return err
	}
	select {
	case err := <-w.done:
		return err
	case <-ctx.Done():
		if w.fate.CompareAndSwap(waiting, abandoned) {
			return translate(ctx.Err())
		}
		return <-w.done
	}
}

func (s *Store) enqueue(ctx context.Context, w *write) error {
	s.closing.RLock()
	defer s.closing.RUnlock()
	if s.closed {
		return unavailable(errors.New("the store is closed"))
	}
	select {
	case s.queue <- w:
		return nil
	case <-ctx.Done():
		return translate(ctx.Err())
	}
}

// serve is a writer: it takes whatever is queued and commits it together, at
// most so many at a time.
func (s *Store) serve(ctx context.Context, most int) {
	ended := false
	defer func() {
		if ended {
			s.writers.Done()
			return
		}
		go s.serve(ctx, most) // a closure ended this goroutine (runtime.Goexit)
	}()
	group := make([]*write, 0, most)
	for w := range s.queue {
		group = s.gather(append(group[:0], w), most)
		s.commit(ctx, group)
		clear(group)
	}
	ended = true
}

// gather adds what is queued without waiting, at most so many, and claims what
// still waits.
func (s *Store) gather(group []*write, most int) []*write {
	for len(group) < most {
		select {
		case w, ok := <-s.queue:
			if ok {
				group = append(group, w)
				continue
			}
		default:
		}
		break
	}
	kept := group[:0]
	for _, w := range group {
		if w.fate.CompareAndSwap(waiting, running) {
			kept = append(kept, w)
		}
	}
	return kept
}

// commit runs the closures, in one transaction if it can, and answers each.
func (s *Store) commit(ctx context.Context, group []*write) {
	defer func() { // whatever happens, nobody waits for ever
		for _, w := range group {
			if w.fn != nil {
				w.done <- huifang.Wrap(errors.New("store: the closure ended the goroutine"))
			}
		}
	}()
	for len(group) > 0 {
		s.settled(ctx, group)
		again := group[:0:0]
		for _, w := range group {
			w.runs++
			if w.raced && w.runs < maxRaces {
				again = append(again, w)
				continue
			}
			if w.err != nil {
				w.forget()
			}
			w.fn = nil
			w.done <- w.err
		}
		group = again // at once: a race is only lost to what is committed
	}
}

// settled leaves every closure's outcome in its err: of the shared transaction,
// tried again after what is transient.
func (s *Store) settled(ctx context.Context, group []*write) {
	careful := false
	pause := firstWait
	for waited := time.Duration(0); ; {
		err := s.round(ctx, group, careful)
		switch {
		case err == nil:
			return
		case !isUncommitted(err):
			answerAll(group, failure(huifang.CodeUnavailable, ReasonUnknown,
				"提交结果未知，请稍后查询或重试", "the commit was not confirmed; check or try again", err))
			return
		case retryable(err) && waited < patience && sleep(ctx, pause):
			waited += pause
			pause = min(2*pause, longWait)
		case !careful && !retryable(err) && len(group) > 1:
			careful = true
		default:
			answerAll(group, translate(errors.Unwrap(err)))
			return
		}
	}
}

func answerAll(group []*write, err error) {
	for _, w := range group {
		w.err, w.raced = err, false
	}
}

// errRedo tells that a closure failed after it changed something, so that the
// transaction must be run again with a savepoint for each.
var errRedo = errors.New("store: run again, each closure under a savepoint")

// round runs the closures in one transaction. At first without savepoints,
// which cost more than the rare failure saves; careful gives each its own.
func (s *Store) round(ctx context.Context, group []*write, careful bool) error {
	t, err := s.begin(ctx)
	if err != nil {
		return &uncommitted{err}
	}
	open := true
	defer func() {
		if open {
			t.rollback(ctx)
		}
	}()
	g := &shared{t: t, careful: careful, alone: len(group) == 1, unrolled: s.unrolled}
	for _, w := range group {
		if err := g.run(ctx, s, w); err != nil {
			return &uncommitted{err}
		}
	}
	if g.alone && group[0].err != nil {
		return nil
	}
	if err := g.settleAll(ctx); err != nil {
		return g.blame(group, err, s.races())
	}
	open = false
	if err := t.commit(ctx); err != nil {
		if isUncommitted(err) {
			return g.blame(group, errors.Unwrap(err), s.races())
		}
		return err
	}
	if g.jobs {
		s.hint()
	}
	return nil
}

// shared is the transaction of a group.
type shared struct {
	t       transaction
	careful bool // every closure under a savepoint
	alone   bool // one closure: the transaction is its savepoint

	unrolled bool // see Config
	later
}

// blame gives an error from the end of the transaction to the closure that is
// alone in it; a larger group is run again.
func (g *shared) blame(group []*write, err error, races bool) error {
	if !g.alone || retryable(err) {
		return &uncommitted{err}
	}
	w := group[0]
	w.err = translate(err)
	w.raced = races && huifang.CodeOf(w.err) == huifang.CodeConflict
	return nil
}

// run runs one closure. Its error is the group's only where the transaction
// cannot go on.
func (g *shared) run(ctx context.Context, s *Store, w *write) error {
	w.err, w.raced = nil, false
	w.forget()
	if g.careful {
		if err := g.t.savepoint(ctx); err != nil {
			return err
		}
	}
	g.t.mark()
	tx := newTx(s, g, w)
	w.err = guarded(tx, w.fn)
	if w.err == nil && g.careful {
		tx.finish(ctx)
	}
	if w.err == nil {
		w.err = tx.err
	}
	switch {
	case w.err == nil:
		g.add(&tx.later)
		return nil
	case retryable(w.err), tx.err != nil && retryable(tx.err):
		return w.err
	}
	// Only a conflict that a statement met can be a race.
	w.raced = s.races() && tx.err != nil && huifang.CodeOf(tx.err) == huifang.CodeConflict
	w.err = translate(w.err)
	switch {
	case g.alone:
		return nil
	case g.careful:
		return g.t.undo(ctx)
	case g.t.drop():
		return nil
	}
	return errRedo
}

// guarded runs the closure; a panic becomes its error.
func guarded(tx *Tx, fn func(*Tx) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = huifang.Wrap(fmt.Errorf("store: panic in a transaction: %v\n%s", p, debug.Stack()))
		}
	}()
	return fn(tx)
}
