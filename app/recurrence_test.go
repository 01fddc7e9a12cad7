package app

import (
	"strconv"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func TestRecurrences(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		w.setClock(local("2026-06-30 12:00"))
		n := 0
		add := func(typ, at, contact, asset, matter string) {
			n++
			w.must(EventInput{
				Key: strconv.Itoa(n), Type: typ, At: local(at), Unit: "east", Contact: ContactInput{Code: contact, Name: contact}, Asset: AssetInput{Code: asset},
				Attributes: huifang.Attributes{"matter": matter},
			})
		}
		// One household twice about one matter, within three months; another matter once.
		add("complaint.resolved", "2026-04-20 09:00", "C1", "A1", "噪音")
		add("complaint.resolved", "2026-06-05 09:00", "C1", "A1", " 噪音 ")
		add("complaint.resolved", "2026-06-06 09:00", "C1", "A1", "漏水")
		// More than three months apart.
		add("complaint.resolved", "2026-03-01 09:00", "C2", "A2", "噪音")
		add("complaint.resolved", "2026-06-02 09:00", "C2", "A2", "噪音")
		// The same repair of one home three times, the last in June; another only twice.
		for _, at := range []string{"2026-04-10 09:00", "2026-05-10 09:00", "2026-06-10 09:00"} {
			add("repair.completed", at, "C3", "A3", "水龙头")
		}
		add("repair.completed", "2026-05-11 09:00", "C4", "A4", "水龙头")
		add("repair.completed", "2026-06-11 09:00", "C4", "A4", "水龙头")
		// Nothing is known of what it was about.
		for _, at := range []string{"2026-06-01 09:00", "2026-06-02 10:00", "2026-06-03 09:00"} {
			add("complaint.resolved", at, "C5", "A5", "")
		}
		// Corrected: the first was a mistake.
		n++
		w.must(EventInput{Key: "wrong", Type: "complaint.resolved", At: local("2026-06-01 09:00"), Unit: "east", Contact: ContactInput{Code: "C6", Name: "C6"}, Attributes: huifang.Attributes{"matter": "停车"}})
		w.must(EventInput{Key: "right", Type: "complaint.resolved", Corrects: "wrong", At: local("2026-06-02 09:00"), Unit: "east", Contact: ContactInput{Code: "C6", Name: "C6"}, Attributes: huifang.Attributes{"matter": "停车"}})

		june := huifang.MakeMonth(2026, 6)
		_, err := w.DetectRecurrences(ctx, w.as("east_steward"), june)
		wants(t, err, huifang.CodeForbidden, "forbidden")
		for i, want := range []int{2, 0} {
			if got := must[int](t)(w.DetectRecurrences(ctx, w.sys, june)); got != want {
				t.Errorf("run %d flagged %d, want %d", i+1, got, want)
			}
		}
		head := w.as("east_head")
		found := must[[]RecurrenceLine](t)(w.Recurrences(ctx, head, RecurrenceFilter{Month: june}))
		got := map[string]int{}
		for _, l := range found {
			got[l.Recurrence.Rule+" "+l.SubjectName+" "+l.Recurrence.Matter] = l.Recurrence.Count
		}
		if len(found) != 2 || got["complaint_again C1 噪音"] != 2 || got["repair_again A3 水龙头"] != 3 {
			t.Errorf("%v", got)
		}
		if page := must[[]RecurrenceLine](t)(w.Recurrences(ctx, w.as("west_head"), RecurrenceFilter{})); len(page) != 0 {
			t.Errorf("another unit's head sees %d", len(page))
		}
		flags := 0
		for _, x := range must[Paged[*huifang.Alert]](t)(w.Alerts(ctx, head, false, Page{Limit: 100})).Items {
			if x.Kind == "recurrence.flagged" {
				flags++
			}
		}
		if flags != 2 {
			t.Errorf("%d alerts", flags)
		}
		if may := must[int](t)(w.DetectRecurrences(ctx, w.sys, huifang.MakeMonth(2026, 5))); may != 0 {
			t.Errorf("in May %d", may)
		}
		// It comes back once more: the same flag counts on.
		add("complaint.resolved", "2026-06-20 09:00", "C1", "A1", "噪音")
		if again := must[int](t)(w.DetectRecurrences(ctx, w.sys, june)); again != 0 {
			t.Errorf("%d new flags", again)
		}
		r := found[0].Recurrence
		for _, l := range found {
			if l.Recurrence.Kind == "contact" {
				r = l.Recurrence
			}
		}
		now := must[*huifang.Recurrence](t)(w.reads().Recurrence(ctx, w.org.ID, r.ID))
		if now.Count != 3 || len(now.Events) != 3 {
			t.Errorf("%+v", now)
		}

		_, _, err = w.DecideRecurrence(ctx, w.as("east_supervisor"), r.ID, DecideInput{Decision: "major", Opinion: "重视"})
		wants(t, err, huifang.CodeForbidden, "forbidden")
		_, _, err = w.DecideRecurrence(ctx, w.as("west_head"), r.ID, DecideInput{Decision: "major", Opinion: "重视"})
		wants(t, err, huifang.CodeForbidden, "forbidden")
		_, _, err = w.DecideRecurrence(ctx, head, r.ID, DecideInput{Decision: "perhaps", Opinion: "重视"})
		wants(t, err, huifang.CodeInvalid, "recurrence.decision")
		_, _, err = w.DecideRecurrence(ctx, head, r.ID, DecideInput{Version: 77, Decision: "major", Opinion: "重视"})
		wants(t, err, huifang.CodeConflict, store.ReasonStale)
		dec, c, err := w.DecideRecurrence(ctx, head, r.ID, DecideInput{Version: now.Version, Decision: "major", Opinion: "由我督办"})
		if err != nil || dec.Decision != "major" || dec.Case != c.ID || c.Severity != huifang.SeverityMajor || c.Matter != "噪音" || c.Owner != head.Staff || c.Contact == "" {
			t.Fatalf("%+v %+v %v", dec, c, err)
		}
		// Decided again: its case is the one that is open.
		dec2, c2, err := w.DecideRecurrence(ctx, head, r.ID, DecideInput{Decision: "major", Opinion: "继续督办"})
		if err != nil || c2.ID != c.ID || dec2.Opinion != "继续督办" {
			t.Errorf("%+v %v", c2, err)
		}
		other := found[0].Recurrence
		if other.ID == r.ID {
			other = found[1].Recurrence
		}
		normal, none, err := w.DecideRecurrence(ctx, head, other.ID, DecideInput{Decision: "normal", Opinion: "一般返修"})
		if err != nil || none != nil || normal.Decision != "normal" || normal.By != head.Staff {
			t.Errorf("%+v %v", normal, err)
		}
		if open := must[[]RecurrenceLine](t)(w.Recurrences(ctx, head, RecurrenceFilter{Open: true})); len(open) != 0 {
			t.Errorf("%d undecided", len(open))
		}
	})
}
