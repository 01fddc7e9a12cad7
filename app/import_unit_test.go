package app

import (
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// Where there are several units a row has to tell its own, or be about what is
// known; where there is one, it is that one.
func TestImportWithoutAUnit(t *testing.T) {
	t.Parallel()
	const rows = "房号,业主姓名,联系电话,类别,事项,完成时间\n1-1,王芳,13800000001,报修,漏水,2026-02-20\n9-9,李明,13800000002,报修,断电,2026-02-21\n"
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		preview := must[*ImportPreview](t)(w.PreviewImport(ctx, w.sys, fileOf("r.csv", rows), ImportOptions{}))
		if preview.Accepted != 0 || preview.Rejected["unit.missing"] != 2 || preview.Planned+preview.Closed != 0 {
			t.Errorf("the preview: %+v", preview)
		}
		done := must[*huifang.Import](t)(w.Import(ctx, w.sys, fileOf("r.csv", rows), ImportOptions{}))
		if done.Accepted != 0 || done.Rejected != 2 {
			t.Errorf("%+v", done)
		}
		must[*huifang.Import](t)(w.Import(ctx, w.sys, fileOf("east.csv", "房号,业主姓名,联系电话,类别,事项,完成时间\n1-1,王芳,13800000001,报修,门铃,2026-02-10\n"), ImportOptions{Unit: w.units["east"].ID}))
		done = must[*huifang.Import](t)(w.Import(ctx, w.sys, fileOf("r2.csv", rows+"\n"), ImportOptions{}))
		if done.Accepted != 1 || done.Rejected != 1 {
			t.Errorf("only the home that is known is of a unit: %+v", done)
		}
		done = must[*huifang.Import](t)(w.Import(ctx, w.as("west_head"), fileOf("r3.csv", rows), ImportOptions{}))
		if done.Accepted+done.Known != 2 || done.Rejected != 0 {
			t.Errorf("whoever has one unit imports into it: %+v", done)
		}
		events := must[store.Paged[*huifang.Event]](t)(w.reads().Events(ctx, w.org.ID, store.EventFilter{}, store.Page{Limit: 100}))
		for _, e := range events.Items {
			if e.Unit == "" {
				t.Errorf("an event without unit: %+v", e)
			}
		}
	})
}
