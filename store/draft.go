package store

import (
	"context"
	"errors"

	"github.com/huifang/huifang"
)

// ErrDraft says that a draft needs to read, or to know the outcome of a
// statement: its work belongs into the transaction.
var ErrDraft = errors.New("store: only the transaction can tell")

// Draft is what a closure is going to write, worked out before its turn: values
// are checked and converted by whoever drafts, and the writer, for whom
// everybody waits, has only the statements left. It may be applied in several
// runs of a transaction, by one at a time.
type Draft struct {
	events []*huifang.Event
	insert []call // of the events
	kept   []huifang.ID
	calls  []call
	later
}

// Draft works out the insertion of events and, where none of them is known, of
// what follows from them: fn writes it as it would in a transaction, but may
// only add records. Anything else is ErrDraft.
func (s *Store) Draft(events []*huifang.Event, fn func(tx *Tx) error) (*Draft, error) {
	recorder := &recorded{}
	tx := newTx(s, &shared{t: recorder, unrolled: s.unrolled}, &write{})
	d := &Draft{events: events}
	if err := d.draftEvents(tx); err != nil {
		return nil, translate(err)
	}
	err := fn(tx)
	for i := 0; i < len(tx.numbered) && err == nil; i++ {
		err = tx.numbered[i].convert()
	}
	if err != nil {
		tx.closure.forget()
		return nil, translate(err)
	}
	d.calls, d.later = recorder.calls, tx.later
	return d, nil
}

// Events are those of the draft; Apply gives the known ones the ids they have.
func (d *Draft) Events() []*huifang.Event { return d.events }

// draftEvents makes the statements of the events, each of which must have a key
// of its own.
func (d *Draft) draftEvents(tx *Tx) error {
	d.kept = make([]huifang.ID, len(d.events))
	place := make(map[eventKey]int, len(d.events))
	for i, e := range d.events {
		k := keyOf(e)
		if _, twice := place[k]; twice || e.Key == "" {
			return ErrDraft
		}
		place[k] = i
	}
	d.insert = tx.eventCalls(d.events, func(k eventKey, id huifang.ID) { d.kept[place[k]] = id })
	for i := range d.insert {
		if err := plainAll(d.insert[i].args); err != nil {
			return err
		}
		d.insert[i].plain = true
	}
	return nil
}

// Apply inserts the draft's events and, if none of them was known, writes the
// rest. The answer is that of InsertEvents; where any is true the rest is left
// to the caller.
func (tx *Tx) Apply(ctx context.Context, d *Draft) (known []bool, err error) {
	if err := tx.send(ctx, d.insert...); err != nil {
		return nil, err
	}
	known = make([]bool, len(d.events))
	repeated := false
	for i, e := range d.events {
		if known[i] = d.kept[i] != e.ID; known[i] {
			repeated = true
			set(tx, &e.ID, d.kept[i])
		}
	}
	if repeated {
		return known, nil
	}
	for _, c := range d.calls {
		if err := tx.ready(ctx, c.sql); err != nil {
			return nil, err
		}
		if err := tx.broke(tx.shared.t.put(context.WithoutCancel(ctx), c)); err != nil {
			return nil, err
		}
	}
	tx.add(&d.later)
	return known, nil
}

// recorded is a transaction that only takes down what is put.
type recorded struct {
	transaction // nil: a draft has no others of its methods
	calls       []call
}

func (r *recorded) query(context.Context, string, []any, func(*row) error) error { return ErrDraft }

func (r *recorded) send(context.Context, ...call) error { return ErrDraft }

func (r *recorded) put(_ context.Context, c call) error {
	if err := plainAll(c.args); err != nil {
		return err
	}
	c.plain = true
	r.calls = append(r.calls, c)
	return nil
}
