package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/huifang/huifang"
)

// later is what waits for the end of the transaction, because it touches rows
// that everybody wants: numbers, the rollup and the audit chain. Done last and
// in a fixed order, they are held shortly and never in a circle. What a closure
// that failed left here is dropped with it.
type later struct {
	numbered []numbered
	tallies  []tallied
	audits   []*huifang.AuditEntry
	jobs     bool // a job was enqueued
}

// Kinds of numbers.
const (
	numberFollowup = "HF"
	numberCase     = "AJ"
)

// numbered is a record to insert once its number is known.
type numbered struct {
	counter
	insert call                // its first argument is the number
	tell   func(number string) // the caller's record its number
	more   []call              // to run after the insert
}

// convert makes the arguments plain ahead of the writer's turn.
func (n *numbered) convert() error {
	if err := plainAll(n.insert.args[1:]); err != nil {
		return err
	}
	n.insert.plain = true
	for i := range n.more {
		if err := plainAll(n.more[i].args); err != nil {
			return err
		}
		n.more[i].plain = true
	}
	return nil
}

// counter is a gap-free series of numbers.
type counter struct {
	org  huifang.ID
	kind string
	year int
}

func (c counter) compare(o counter) int {
	return cmp.Or(strings.Compare(string(c.org), string(o.org)), strings.Compare(c.kind, o.kind), cmp.Compare(c.year, o.year))
}

// add takes in what others left: a closure for the group, a draft for the
// closure.
func (l *later) add(o *later) {
	l.numbered = append(l.numbered, o.numbered...)
	l.tallies = append(l.tallies, o.tallies...)
	l.audits = append(l.audits, o.audits...)
	l.jobs = l.jobs || o.jobs
}

const sqlCount = `INSERT INTO counter (org_id, kind, year, last) VALUES ($1, $2, $3, $4)
ON CONFLICT (org_id, kind, year) DO UPDATE SET last = counter.last + excluded.last RETURNING last`

// settle writes the numbered records now, because the closure is about to look
// at them.
func (tx *Tx) settle(ctx context.Context) error {
	all := slices.Concat(tx.shared.numbered, tx.numbered)
	tx.shared.numbered, tx.numbered = nil, nil
	if len(all) == 0 || tx.err != nil {
		return tx.err
	}
	counts, next := reserve(all)
	if err := tx.broke(tx.shared.t.send(ctx, counts...)); err != nil {
		return err
	}
	return tx.broke(tx.shared.insert(ctx, all, next))
}

// settleAll does everything that waited.
func (g *shared) settleAll(ctx context.Context) error {
	calls, next := reserve(g.numbered)
	chains, heads := chain(g.audits)
	calls = append(calls, heads...)
	calls = append(calls, rollup(g.tallies)...)
	if len(calls) == 0 {
		return nil
	}
	if err := g.t.send(ctx, calls...); err != nil {
		return err
	}
	if err := g.insert(ctx, g.numbered, next); err != nil {
		return err
	}
	return g.link(ctx, chains)
}

// reserve makes the calls that reserve numbers for all, one a counter, and
// where each counter's next number will be found.
func reserve(all []numbered) (calls []call, next map[counter]*int64) {
	if len(all) == 0 {
		return nil, nil
	}
	counts := map[counter]int64{}
	for i := range all {
		counts[all[i].counter]++
	}
	order := make([]counter, 0, len(counts))
	for c := range counts {
		order = append(order, c)
	}
	slices.SortFunc(order, counter.compare)
	next = make(map[counter]*int64, len(counts))
	for _, c := range order {
		n, last := counts[c], new(int64)
		next[c] = last
		calls = append(calls, call{sql: sqlCount, args: []any{c.org, c.kind, c.year, n}, each: func(r *row) error {
			*last = r.int() - n + 1
			return nil
		}})
	}
	return calls, next
}

// insert writes numbered records in the order they were made.
func (g *shared) insert(ctx context.Context, all []numbered, next map[counter]*int64) error {
	for i := range all {
		n := next[all[i].counter]
		number := fmt.Sprintf("%s-%04d-%06d", all[i].kind, all[i].year, *n)
		all[i].insert.args[0] = number
		all[i].tell(number)
		if err := g.t.put(ctx, all[i].insert); err != nil {
			return err
		}
		*n++
		for _, c := range all[i].more {
			if err := g.t.put(ctx, c); err != nil {
				return err
			}
		}
	}
	return nil
}
