package store_test

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("这不是数据库。", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]struct {
		code   huifang.Code
		reason string
	}{
		"":                       {huifang.CodeInvalid, "store.url"},
		"huifang.db":             {huifang.CodeInvalid, "store.url"},
		"mysql://root:secret@x/": {huifang.CodeInvalid, "store.url"},
		"sqlite://":              {huifang.CodeInvalid, "store.url"},
		"postgres://u:secret@localhost:notaport/x":               {huifang.CodeInvalid, "store.url"},
		"sqlite://" + filepath.Join(dir, "no", "such", "dir.db"): {huifang.CodeUnavailable, "store.unavailable"},
		"sqlite://" + dir:  {huifang.CodeUnavailable, "store.unavailable"},
		"sqlite://" + text: {huifang.CodeInternal, "store.corrupt"},
	} {
		_, err := store.Open(context.Background(), store.Config{URL: address})
		if huifang.CodeOf(err) != want.code || huifang.ReasonOf(err) != want.reason {
			t.Errorf("%q: got %v (%s %s), want %s %s", address, err, huifang.CodeOf(err), huifang.ReasonOf(err), want.code, want.reason)
		}
		if err != nil && strings.Contains(err.Error()+huifang.In(err, huifang.ZH), "secret") {
			t.Errorf("the error shows the password: %v", err)
		}
	}
}

// Any file name is a file name.
func TestOpenFileNames(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for _, name := range []string{"plain.db", "with space.db", "q?mode=memory.db", "百分%20号#1.db", "a&_pragma=x.db"} {
		for _, address := range []string{"sqlite://" + filepath.Join(dir, name), "sqlite:" + name} {
			s := storetest.Open(t, store.Config{URL: address})
			if err := s.Ping(context.Background()); err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// What one process commits, another sees: a command-line tool beside the server.
func TestTwoProcesses(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		a, b := storetest.Open(t, store.Config{URL: url}), storetest.Open(t, store.Config{URL: url, Relaxed: true})
		org := newOrg(t, a)
		var wg sync.WaitGroup
		for _, s := range []*store.Store{a, b} {
			wg.Go(func() {
				for range 20 {
					if err := s.Write(context.Background(), func(tx *store.Tx) error { return insertEvent(tx, newEvent(org)) }); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		for _, s := range []*store.Store{a, b} {
			if n := store.Counts(t, s)["event"]; n != 40 {
				t.Errorf("%d of 40 events seen", n)
			}
		}
	})
}

// Many nodes may start at once on a new database.
func TestOpenTogether(t *testing.T) {
	for name, address := range map[string]string{"sqlite": storetest.SQLiteURL(t), "postgres": storetest.EmptyPostgresURL(t)} {
		t.Run(name, func(t *testing.T) {
			var wg sync.WaitGroup
			for range 4 {
				wg.Go(func() {
					s, err := store.Open(context.Background(), store.Config{URL: address})
					if err != nil {
						t.Error(err)
						return
					}
					if err := s.Close(); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
		})
	}
}

// Behind a pooler in transaction mode there are no prepared statements and all
// values travel as text.
func TestPostgresBehindPooler(t *testing.T) {
	for _, mode := range []string{"exec", "simple_protocol", "cache_describe"} {
		t.Run(mode, func(t *testing.T) {
			s := storetest.Open(t, store.Config{URL: storetest.PostgresURL(t) + "&default_query_exec_mode=" + mode})
			ctx := context.Background()
			org := newOrg(t, s)
			f, r, e := fullFollowup(t, org), filled[huifang.Record](t), filled[huifang.Enrollment](t)
			r.Org, r.Followup, e.Org, e.Row = org, f.ID, org, 0
			for i := range r.Signatures {
				r.Signatures[i].At = noon
			}
			write(t, s, func(tx *store.Tx) error {
				if err := tx.InsertFollowups(ctx, 2026, f); err != nil {
					return err
				}
				if err := tx.SaveEnrollment(ctx, e); err != nil {
					return err
				}
				if err := tx.Audit(ctx, &huifang.AuditEntry{Org: org, At: noon}); err != nil {
					return err
				}
				return tx.InsertRecord(ctx, r)
			})
			same(t, must(s.View().Followup(ctx, org, f.ID))(t), f)
			same(t, must(s.View().Record(ctx, org, r.ID))(t), r)
			same(t, must(s.View().Enrollment(ctx, org, e.ID))(t), e)
			checkOrg(t, s, org)
		})
	}
}

// A server that went away is an error to try again after, and the store
// recovers by itself when it is back.
func TestPostgresConnectionLoss(t *testing.T) {
	address := storetest.PostgresURL(t)
	s := storetest.Open(t, store.Config{URL: address})
	ctx := context.Background()
	org := newOrg(t, s)
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	conn := connect(t, address)
	kept, alerts := make([]*huifang.Event, 30), 0
	for i := range kept {
		kept[i] = newEvent(org)
		if i%5 == 0 { // every connection but this one is cut
			if _, err := conn.Exec(ctx, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()",
				strings.TrimPrefix(u.Path, "/")); err != nil {
				t.Fatal(err)
			}
		}
		if i%2 == 0 { // nothing is waited for before the commit
			alert := &huifang.Alert{Org: org, Staff: org, ID: newID(), At: noon}
			write(t, s, func(tx *store.Tx) error { return tx.InsertAlerts(ctx, alert) })
			alerts++
			if n := must(s.View().UnreadAlerts(ctx, org, org))(t); n != alerts {
				t.Fatalf("%d of %d acknowledged alerts are kept", n, alerts)
			}
		}
		write(t, s, func(tx *store.Tx) error { return insertEvent(tx, kept[i]) })
		if !exists(t, s, kept[i]) {
			t.Fatal("an acknowledged event is missing")
		}
	}
	short, cancel := context.WithTimeout(ctx, 300*time.Millisecond) // else it tries for ten seconds
	defer cancel()
	_, err = store.Open(short, store.Config{URL: "postgres://huifang@/x?host=/no/such/socket"})
	wantCode(t, err, huifang.CodeUnavailable, "store.unavailable")
}

// An existing database gives its first answer within 100 ms.
func TestOpenIsQuick(t *testing.T) {
	address := storetest.SQLiteURL(t)
	first, err := store.Open(context.Background(), store.Config{URL: address})
	if err != nil {
		t.Fatal(err)
	}
	populate(t, first)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	best := time.Hour
	for range 5 { // the machine may be busy
		start := time.Now()
		s, err := store.Open(context.Background(), store.Config{URL: address})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.View().Organizations(context.Background()); err != nil {
			t.Fatal(err)
		}
		best = min(best, time.Since(start))
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if best > 100*time.Millisecond {
		t.Errorf("the first answer took %s", best)
	}
}
