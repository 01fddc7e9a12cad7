package store_test

import (
	"context"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func TestAuditChain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org, other := newOrg(t, s), newOrg(t, s)
		if broken := must(s.VerifyAudit(ctx, org))(t); broken != 0 {
			t.Fatalf("an empty chain breaks at %d", broken)
		}
		first := filled[huifang.AuditEntry](t)
		first.Org = org
		write(t, s, func(tx *store.Tx) error { return tx.Audit(ctx, first) })
		if first.Seq != 1 || len(first.Hash) != 64 || first.Prev == first.Hash {
			t.Fatalf("the first entry became %+v", first)
		}
		var wg sync.WaitGroup
		for i := range 40 {
			wg.Go(func() {
				e := &huifang.AuditEntry{Org: []huifang.ID{org, other}[i%2], At: noon, Staff: newID(), Action: "contact.revealed", Record: newID(), Detail: strconv.Itoa(i)}
				if err := s.Write(ctx, func(tx *store.Tx) error { return tx.Audit(ctx, e) }); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		all := pages(t, 7, false, func(p store.Page) (store.Paged[*huifang.AuditEntry], error) {
			return s.View().AuditEntries(ctx, org, store.AuditFilter{}, p)
		})
		if len(all) != 21 {
			t.Fatalf("%d entries, want 21", len(all))
		}
		same(t, all[0], first)
		for i, e := range all {
			if e.Seq != int64(i+1) || i > 0 && e.Prev != all[i-1].Hash {
				t.Fatalf("entry %d is %+v", i+1, e)
			}
		}
		seq, hash, err := s.View().AuditHead(ctx, org)
		if err != nil || seq != 21 || hash != all[20].Hash {
			t.Fatalf("head %d %s %v", seq, hash, err)
		}
		same(t, must(s.View().AuditEntries(ctx, org, store.AuditFilter{Record: first.Record}, store.Page{Desc: true}))(t).Items, []*huifang.AuditEntry{first})
		exact := store.AuditFilter{Staff: first.Staff, Kind: first.Kind, Action: first.Action, From: first.At, To: first.At.Add(time.Millisecond)}
		same(t, must(s.View().AuditEntries(ctx, org, exact, store.Page{}))(t).Items, []*huifang.AuditEntry{first})
		exact.To = first.At
		if n := len(must(s.View().AuditEntries(ctx, org, exact, store.Page{}))(t).Items); n != 0 {
			t.Errorf("%d entries in no time", n)
		}
		checkOrg(t, s, org)
		checkOrg(t, s, other)
	})
}

// Whoever changes, removes or adds an entry behind the program's back is found.
func TestAuditFindsTampering(t *testing.T) {
	for name, c := range map[string]struct {
		sql  string
		want int64
	}{
		"changed":       {"UPDATE audit SET detail = 'x' WHERE seq = 3", 3},
		"reattributed":  {"UPDATE audit SET staff_id = NULL WHERE seq = 2", 2},
		"removed":       {"DELETE FROM audit WHERE seq = 4", 4},
		"last removed":  {"DELETE FROM audit WHERE seq = 5", 5},
		"first removed": {"DELETE FROM audit WHERE seq = 1", 1},
		"rehashed":      {"UPDATE audit SET hash = prev WHERE seq = 5", 5},
	} {
		t.Run(name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				ctx := context.Background()
				org := newOrg(t, s)
				for range 5 {
					write(t, s, func(tx *store.Tx) error {
						return tx.Audit(ctx, &huifang.AuditEntry{Org: org, At: noon, Staff: newID(), Action: "x", Detail: "{}"})
					})
				}
				write(t, s, func(tx *store.Tx) error { return store.Exec(ctx, tx, c.sql) })
				if broken := must(s.VerifyAudit(ctx, org))(t); broken != c.want {
					t.Fatalf("breaks at %d, want %d", broken, c.want)
				}
			})
		})
	}
}
