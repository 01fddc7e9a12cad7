package app

import (
	"context"
	"strconv"
	"sync"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// TestNodesAgree: two nodes take in events of the same contacts at the same
// moment, a discharge here and the readmission that ends it there, and both
// tick. Neither may miss what the other does.
func TestNodesAgree(t *testing.T) {
	t.Parallel()
	for name, url := range map[string]func(testing.TB) string{"sqlite": storetest.SQLiteURL, "postgres": storetest.PostgresURL} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := url(t)
			first := storetest.Open(t, store.Config{URL: at})
			second := first
			if name == "postgres" {
				second = storetest.Open(t, store.Config{URL: at})
			}
			w := newWorld(t, first, "testdata/trial")
			w.setClock(local("2026-03-02 10:00"))
			other := New(Config{Store: second, Now: w.clock, NewID: testIDs()})
			const n = 60
			var group sync.WaitGroup
			send := func(a *App, i int, typ, hour string) {
				_, err := a.Ingest(context.Background(), w.sys, []EventInput{{
					Key: typ + strconv.Itoa(i), Type: typ, At: local("2026-03-01 " + hour), Unit: "east", Contact: ContactInput{Code: "c" + strconv.Itoa(i)},
				}}, IngestOptions{})
				if err != nil {
					t.Error(err)
				}
			}
			for i := range n / 2 { // half of them are known already
				send(w.App, i, "lead.lost", "08:00")
			}
			for i := range n {
				group.Go(func() { send(w.App, i, "ward.left", "10:00") })
				group.Go(func() { send(other, i, "ward.entered", "18:00") })
				if i%10 == 0 {
					group.Go(func() { _, _ = w.Tick(context.Background(), w.clock(), 100) })
				}
			}
			group.Wait()
			for _, f := range w.followups() {
				if f.State != huifang.StateCancelled {
					t.Errorf("%s of %s is %s", f.Number, f.Contact, f.State)
				}
			}
			found, err := w.reads().Contacts(context.Background(), w.org.ID, store.ContactFilter{}, store.Page{Limit: 1000})
			if err != nil || len(found.Items) != n {
				t.Errorf("%d contacts for %d people: %v", len(found.Items), n, err)
			}
		})
	}
}
