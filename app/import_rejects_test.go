package app

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// TestRejectSheets: a sheet with more rejected rows than fit is continued on
// another one, under the same header; the rows can be gone through again.
func TestRejectSheets(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		w := newWorld(t, s, "property")
		w.setClock(local("2026-05-06 09:00"))
		ctx := context.Background()
		done, err := w.Import(ctx, w.sys, openRegister(t, "register.xlsx"), ImportOptions{Unit: w.units["east"].ID})
		if err != nil {
			t.Fatal(err)
		}
		for most, want := range map[int]string{
			1000: "3月 3, 4月 3", 3: "3月 3, 4月 3", 2: "3月 2, 3月 1, 4月 2, 4月 1",
		} {
			sheets, err := w.rejectSheets(ctx, w.org.ID, done.ID, most)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, sh := range sheets {
				n, again, last := 0, 0, 0
				for r, err := range sh.Rows {
					if err != nil || r.Line <= last || r.Text.ZH == "" || len(r.Cells) == 0 {
						t.Fatalf("%+v %v", r, err)
					}
					last = r.Line
					n++
				}
				for range sh.Rows { //nolint:errcheck // counted only
					again++
					break
				}
				if again != 1 || sh.Title == "" || len(sh.Header) == 0 {
					t.Errorf("%+v", sh)
				}
				got = append(got, fmt.Sprint(sh.Sheet, " ", n))
			}
			if strings.Join(got, ", ") != want {
				t.Errorf("at most %d: %v, want %s", most, got, want)
			}
		}
		clean, err := w.Import(ctx, w.sys, fileOf("r.csv", "房号,业主姓名,联系电话,类别,事项,完成时间\n1-1,王芳,13800000001,报修,漏水,2026-02-20\n"), ImportOptions{Unit: w.units["east"].ID})
		if err != nil || clean.Rejected != 0 {
			t.Fatalf("%+v %v", clean, err)
		}
		if sheets, err := w.rejectSheets(ctx, w.org.ID, clean.ID, 10); err != nil || len(sheets) != 0 {
			t.Errorf("%v %v", sheets, err)
		}
	})
}
