package app

import (
	"container/heap"
	"context"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/store"
)

const (
	ticksPerWrite = 200 // enrollments woken in one transaction
	wakesPerWrite = 100 // times one enrollment is woken in one transaction
)

// Tick wakes the enrollments of all organizations whose time has come, at most
// limit of them, earliest first within each organization. Each is woken at its
// own time, however late the tick is, until nothing of it is due by now: after
// an outage the same follow-ups stand as if there had been none. Any number of
// nodes may tick at once.
//
// woken is how many were woken; limit or more: there may be others due.
func (a *App) Tick(ctx context.Context, now time.Time, limit int) (woken int, err error) {
	orgs, err := a.reads().DueOrganizations(ctx, now)
	if err != nil {
		return 0, err
	}
	for _, org := range orgs {
		for woken < limit {
			n, err := a.tickSome(ctx, org, now, min(limit-woken, ticksPerWrite))
			if err != nil {
				return woken, err
			}
			woken += n
			if n == 0 {
				break
			}
		}
	}
	return woken, nil
}

// tickSome wakes one batch of an organization in one transaction.
func (a *App) tickSome(ctx context.Context, org huifang.ID, now time.Time, limit int) (n int, err error) {
	d, err := a.directory(ctx, org)
	if err != nil {
		return 0, err
	}
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		n = 0
		rows, err := tx.DueEnrollments(ctx, org, now, limit)
		if err != nil || len(rows) == 0 {
			return err
		}
		n = len(rows)
		h := a.hostIn(ctx, tx, d, a.now())
		until := now
		if len(rows) == limit { // what is due later is not here yet
			until = rows[len(rows)-1].WakeAt
		}
		if err := h.wakeAll(rows, until); err != nil {
			return err
		}
		return h.flush(tx)
	})
	return n, err
}

// wakeAll wakes enrollments in the order of their times until none of them is
// due by an instant.
func (h *host) wakeAll(rows []*huifang.Enrollment, until time.Time) error {
	due := make(wakes, 0, len(rows))
	for _, row := range rows {
		e, err := h.adopt(row)
		if err != nil {
			return err
		}
		due = append(due, &waking{e: e})
	}
	return h.wakeDue(due, until)
}

// overtake wakes what is due of a contact or asset that is about to change, so
// that it still sees them as they were.
func (h *host) overtake(contact, asset huifang.ID) error {
	if h.newborn[contact] {
		contact = ""
	}
	if h.newborn[asset] {
		asset = ""
	}
	if contact == "" && asset == "" {
		return nil
	}
	if h.ahead {
		return errAhead
	}
	rows, err := h.q.ActiveEnrollments(h.ctx, h.d.org.ID, contact, asset, nil)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if row.WakeAt.IsZero() || row.WakeAt.After(h.env.Now) {
			continue
		}
		if _, err := h.keep(row); err != nil {
			return err
		}
	}
	return nil
}

// wakeDue wakes the earliest until none is due.
func (h *host) wakeDue(due wakes, until time.Time) error {
	heap.Init(&due)
	for len(due) > 0 {
		w := due[0]
		if w.e.Wake.IsZero() || w.e.Wake.After(until) || w.times == wakesPerWrite {
			heap.Pop(&due)
			continue
		}
		if err := h.wake(w.e); err != nil {
			return err
		}
		w.times++
		heap.Fix(&due, 0)
	}
	return nil
}

// wake takes a tick to one enrollment at its own time. One whose program cannot
// be run any more sleeps.
func (h *host) wake(e *plan.Enrollment) error {
	if h.d.set.Program(e.Program, "", nil) == nil {
		e.Wake = time.Time{}
		push(&h.out.enrollments, e)
		return nil
	}
	h.env.Now = e.Wake
	return h.run.Wake(e, &h.env)
}

type waking struct {
	e     *plan.Enrollment
	times int
}

// wakes is a heap of enrollments by when they wake; those that sleep come last.
type wakes []*waking

func (w wakes) Len() int { return len(w) }

func (w wakes) Less(i, j int) bool {
	a, b := w[i].e.Wake, w[j].e.Wake
	if a.IsZero() || b.IsZero() {
		return !a.IsZero()
	}
	return a.Before(b)
}

func (w wakes) Swap(i, j int) { w[i], w[j] = w[j], w[i] }

// Push is part of heap.Interface.
func (w *wakes) Push(x any) { *w = append(*w, x.(*waking)) } //nolint:forcetypeassert // heap of waking

// Pop is part of heap.Interface.
func (w *wakes) Pop() any {
	old := *w
	x := old[len(old)-1]
	*w = old[:len(old)-1]
	return x
}
