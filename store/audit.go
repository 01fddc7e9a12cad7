package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/huifang/huifang"
)

const (
	auditColumns = "org_id, seq, at, staff_id, action, kind, record_id, detail, prev, hash"

	sqlAuditAll    = "SELECT " + auditColumns + " FROM audit WHERE org_id = ?"
	sqlAuditChain  = "SELECT " + auditColumns + " FROM audit WHERE org_id = $1 ORDER BY seq"
	sqlAuditInsert = "INSERT INTO audit (" + auditColumns + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
	// Reserves places in the chain, holds its end, and tells where it is.
	sqlAuditReserve = `INSERT INTO audit_head (org_id, seq, hash) VALUES ($1, $2, $3)
ON CONFLICT (org_id) DO UPDATE SET seq = audit_head.seq + excluded.seq RETURNING seq, hash`
	sqlAuditEnd  = "UPDATE audit_head SET hash = $1 WHERE org_id = $2"
	sqlAuditHead = "SELECT seq, hash FROM audit_head WHERE org_id = $1"
)

// genesis is what the first entry of a chain follows.
func genesis() string { return strings.Repeat("0", 2*sha256.Size) }

// auditHash is an entry's hash: SHA-256 over the previous hash and the entry's
// fields as a JSON list, times in epoch milliseconds.
func auditHash(e *huifang.AuditEntry) (string, error) {
	fields, err := json.Marshal([]any{e.Org, e.Seq, e.At.UnixMilli(), e.Staff, e.Action, e.Kind, e.Record, e.Detail})
	if err != nil {
		return "", fmt.Errorf("store: %w", err)
	}
	sum := sha256.Sum256(append([]byte(e.Prev), fields...))
	return hex.EncodeToString(sum[:]), nil
}

// Audit appends an entry to the organization's chain. Seq, Prev and Hash are
// set by the time Write returns.
func (tx *Tx) Audit(_ context.Context, e *huifang.AuditEntry) error {
	if tx.err != nil {
		return tx.err
	}
	// What could fail later would fail the whole group.
	args := []any{e.Org, e.Staff, e.Action, e.Kind, e.Record, e.Detail}
	if err := plainAll(args); err != nil {
		return tx.broke(err)
	}
	if e.Org == "" || e.At.IsZero() {
		return tx.broke(unfit(nil))
	}
	tx.audits = append(tx.audits, e)
	return nil
}

// link is what is to be appended to one organization's chain.
type link struct {
	org     huifang.ID
	entries []*huifang.AuditEntry
	last    int64  // sequence number of the last of the entries
	prev    string // hash of the chain's end so far
}

// chain sorts entries into their chains and makes the calls that reserve their
// places.
func chain(entries []*huifang.AuditEntry) (links []*link, calls []call) {
	byOrg := map[huifang.ID]*link{}
	for _, e := range entries {
		l := byOrg[e.Org]
		if l == nil {
			l = &link{org: e.Org}
			byOrg[e.Org] = l
			links = append(links, l)
		}
		l.entries = append(l.entries, e)
	}
	slices.SortFunc(links, func(a, b *link) int { return strings.Compare(string(a.org), string(b.org)) })
	for _, l := range links {
		calls = append(calls, call{sql: sqlAuditReserve, args: []any{l.org, len(l.entries), hexBytes(genesis())}, each: func(r *row) error {
			l.last, l.prev = r.int(), r.hash()
			return nil
		}})
	}
	return links, calls
}

// link appends the reserved entries.
func (g *shared) link(ctx context.Context, links []*link) error {
	for _, l := range links {
		seq := l.last - int64(len(l.entries))
		for _, e := range l.entries {
			seq++
			e.Seq, e.Prev = seq, l.prev
			e.At = e.At.Truncate(time.Millisecond)
			hash, err := auditHash(e)
			if err != nil {
				return err
			}
			e.Hash, l.prev = hash, hash
			if err := g.t.put(ctx, call{sql: sqlAuditInsert, args: []any{
				e.Org, e.Seq, e.At, e.Staff, e.Action, e.Kind, e.Record, e.Detail, hexBytes(e.Prev), hexBytes(e.Hash),
			}}); err != nil {
				return err
			}
		}
		if err := g.t.put(ctx, call{sql: sqlAuditEnd, args: []any{hexBytes(l.prev), l.org}}); err != nil {
			return err
		}
	}
	return nil
}

func scanAudit(r *row) *huifang.AuditEntry {
	return &huifang.AuditEntry{
		Org: r.id(), Seq: r.int(), At: r.instant(), Staff: r.id(), Action: r.text(), Kind: r.text(), Record: r.id(), Detail: r.text(),
		Prev: r.hash(), Hash: r.hash(),
	}
}

// AuditFilter selects entries of the chain; empty fields do not.
type AuditFilter struct {
	Record huifang.ID
	Staff  huifang.ID
	Kind   string // of record
	Action string
	From   time.Time // inclusive
	To     time.Time // exclusive
}

// AuditEntries lists the chain in order, Desc: newest first.
func (q *Reads) AuditEntries(ctx context.Context, org huifang.ID, f AuditFilter, p Page) (Paged[*huifang.AuditEntry], error) {
	order, after := p.direction()
	t := newText(sqlAuditAll, org)
	t.ifID("record_id", f.Record)
	t.ifID("staff_id", f.Staff)
	t.ifText("kind", f.Kind)
	t.ifText("action", f.Action)
	t.span("at", f.From, f.To)
	if p.After != "" {
		seq, _, err := p.keyNumber()
		if err != nil {
			return Paged[*huifang.AuditEntry]{}, err
		}
		t.add(" AND seq "+after+" ?", seq)
	}
	t.add(" ORDER BY seq"+order+" LIMIT ?", p.limit()+1)
	found, err := rows(ctx, q, t, scanAudit)
	return paged(found, p, func(e *huifang.AuditEntry) string { return cursor(strconv.FormatInt(e.Seq, 10), e.Org) }), err
}

// AuditHead is the sequence number and hash of the newest entry, to be anchored
// outside; 0 for an empty chain.
func (q *Reads) AuditHead(ctx context.Context, org huifang.ID) (seq int64, hash string, err error) {
	err = q.run.query(ctx, sqlAuditHead, []any{org}, func(r *row) error {
		seq, hash = r.int(), r.hash()
		return nil
	})
	return seq, hash, err
}

// VerifyAudit walks the chain from one consistent state and tells the sequence
// number of the first entry that is missing, changed or out of place; 0 when
// all is well.
func (s *Store) VerifyAudit(ctx context.Context, org huifang.ID) (broken int64, err error) {
	err = s.Snapshot(ctx, func(v *View) error {
		head, end, err := v.AuditHead(ctx, org)
		if err != nil {
			return err
		}
		next, prev := int64(1), genesis()
		err = v.run.query(ctx, sqlAuditChain, []any{org}, func(r *row) error {
			e := scanAudit(r)
			if broken != 0 || r.err != nil {
				return r.err
			}
			hash, err := auditHash(e)
			if e.Seq != next || e.Prev != prev || e.Hash != hash {
				broken = next
			}
			next, prev = next+1, e.Hash
			return err
		})
		if err == nil && broken == 0 && next > 1 && (head != next-1 || end != prev) {
			broken = next
		}
		return err
	})
	return broken, err
}
