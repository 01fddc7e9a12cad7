package app

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// TestImportManyPeople: people who come again a few rows later are known, even
// though an import cannot remember everybody and those it just saw may not be
// written yet; half of them are told apart by name alone. The preview counts
// each of them once, too.
func TestImportManyPeople(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		w := newWorld(t, s, "property")
		var text strings.Builder
		text.WriteString("工单号,业主姓名,联系电话,类别,事项,完成时间\n")
		const people, times = 1200, 3
		rows := 0
		for i := range people + 400 {
			for _, later := range []int{0, 150, 400} { // within a chunk, in the next
				if p := i - later; p >= 0 && p < people {
					phone := ""
					if p%2 == 0 {
						phone = fmt.Sprintf("1390000%04d", p)
					}
					fmt.Fprintf(&text, "W%d,业主%d,%s,报修,漏水,2026-02-%02d\n", rows, p, phone, 5+i%20)
					rows++
				}
			}
		}
		if rows != people*times {
			t.Fatalf("%d rows", rows)
		}
		ctx := context.Background()
		o := ImportOptions{Unit: w.units["east"].ID, remember: 300}
		preview, err := w.PreviewImport(ctx, w.sys, fileOf("r.csv", text.String()), o)
		if err != nil || preview.NewContacts != people || preview.Planned != rows {
			t.Errorf("%+v %v", preview, err)
		}
		done, err := w.Import(ctx, w.sys, fileOf("r.csv", text.String()), o)
		if err != nil || done.Accepted != rows || done.Planned != rows {
			t.Errorf("%+v %v", done, err)
		}
		contacts := 0
		for p := (store.Page{Limit: 1000}); ; {
			got, err := w.reads().Contacts(ctx, w.org.ID, store.ContactFilter{}, p)
			if err != nil {
				t.Fatal(err)
			}
			contacts += len(got.Items)
			if p.After = got.Next; p.After == "" {
				break
			}
		}
		if contacts != people {
			t.Errorf("%d contacts, not %d", contacts, people)
		}
	})
}
