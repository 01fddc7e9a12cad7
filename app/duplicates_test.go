package app

import (
	"context"
	"slices"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func TestDuplicatesAreFoundAndMerged(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		ctx := context.Background()
		w := newWorld(t, s, "property")
		visit := func(key, code, name, room string, phones ...string) EventInput {
			return EventInput{
				Key: key, Type: "complaint.resolved", At: local("2026-03-02 09:00"), Unit: "east", Department: "工程部",
				Contact: ContactInput{Code: code, Name: name, Phones: phones}, Asset: AssetInput{Code: room}, Attributes: huifang.Attributes{"matter": "噪音"},
			}
		}
		w.must(
			visit("1", "CRM-1001", "王芳", "3-1-502", "13812342628"), visit("2", "1001", "王芳", "3栋1单元502", "13812342682"),
			visit("3", "C3", "李雷", "8-1-101", "13500000001"), visit("4", "C4", "韩梅梅", "8-1-102", "13500000001"),
			visit("5", "C5", "李雷", "9-9-999", "13611112222"),
		)
		head := w.as("east_supervisor")
		groups := func() map[Likeness][]Duplicates {
			t.Helper()
			out := map[Likeness][]Duplicates{}
			q := DuplicateQuery{Page: Page{Limit: 1}}
			for range 20 {
				page := must[Paged[Duplicates]](t)(w.ContactDuplicates(ctx, head, q))
				for _, g := range page.Items {
					out[g.Why] = append(out[g.Why], g)
				}
				if q.Page.After = page.Next; page.Next == "" {
					return out
				}
			}
			t.Fatal("the list has no end")
			return nil
		}
		found := groups()
		if len(found[LikePhone]) != 1 || len(found[LikeRoom]) != 1 || len(found[LikeCode]) != 1 || found[LikePhone][0].Key != "135****0001" {
			t.Fatalf("%+v", found)
		}
		wang := found[LikeRoom][0].Contacts
		if len(wang) != 2 || wang[0].Phones[0] == "13812342628" {
			t.Fatalf("%+v", wang)
		}
		keep, gone := w.contactByCode("1001"), w.contactByCode("CRM-1001")
		cmp := must[*Comparison](t)(w.CompareContacts(ctx, head, keep.ID, gone.ID))
		if cmp.KeepHas != (store.Holdings{Events: 1, Followups: 1, Assets: 1}) || len(cmp.Fields) != 2 {
			t.Errorf("%+v %+v", cmp.KeepHas, cmp.Fields)
		}
		for reason, m := range map[string]Merge{
			"merge.same": {Keep: keep.ID, Gone: keep.ID}, "merge.choice": {Keep: keep.ID, Gone: gone.ID, Fields: map[string]string{"name": "both"}},
			"merge.field": {Keep: keep.ID, Gone: gone.ID, Fields: map[string]string{"shoe": "keep"}},
		} {
			_, err := w.MergeContacts(ctx, head, m)
			wants(t, err, huifang.CodeInvalid, reason)
		}
		_, err := w.MergeContacts(ctx, head, Merge{Keep: keep.ID, Gone: gone.ID, Version: 99})
		wants(t, err, huifang.CodeConflict, "store.stale")
		before, _ := w.reads().Tallies(ctx, w.org.ID, 0, 999912, nil)
		got := must[*Merged](t)(w.MergeContacts(ctx, head, Merge{Keep: keep.ID, Gone: gone.ID, Fields: map[string]string{"phones": "both", "code": "gone"}}))
		if got.Contact.ID != keep.ID || got.Contact.Code != "CRM-1001" || len(got.Contact.Phones) != 2 || got.Moved.Events != 1 || got.Cancelled != 0 {
			t.Errorf("%+v", got)
		}
		if after, _ := w.reads().Tallies(ctx, w.org.ID, 0, 999912, nil); !slices.Equal(before, after) {
			t.Errorf("figures changed: %+v %+v", before, after)
		}
		if c := must[*huifang.Contact](t)(w.Contact(ctx, head, gone.ID)); c.ID != keep.ID {
			t.Errorf("the old id leads to %s", c.ID)
		}
		again := w.must(visit("6", "1001", "王芳", "3-1-502"), visit("7", "CRM-1001", "王芳", "3-1-502"), EventInput{
			Key: "8", Type: "complaint.resolved", At: local("2026-03-02 10:00"), Unit: "east", Contact: ContactInput{ID: gone.ID}, Attributes: huifang.Attributes{"matter": "灯"},
		})
		for _, r := range again {
			if ev := must[*huifang.Event](t)(w.reads().Event(ctx, w.org.ID, r.Event)); ev.Contact != keep.ID {
				t.Errorf("an event by an old code is of %s", ev.Contact)
			}
		}
		_, err = w.CreateContact(ctx, head, ContactEdit{Code: "1001", Name: "别人", Unit: w.units["east"].ID})
		wants(t, err, huifang.CodeConflict, "contact.taken")
		if err := w.TellApart(ctx, head, huifang.KindContact, w.contactByCode("C3").ID, w.contactByCode("C4").ID); err != nil {
			t.Fatal(err)
		}
		if found := groups(); len(found) != 0 {
			t.Errorf("%+v", found)
		}
		audit := must[Paged[*huifang.AuditEntry]](t)(w.reads().AuditEntries(ctx, w.org.ID, AuditFilter{Record: gone.ID}, Page{}))
		if n := len(audit.Items); n == 0 || audit.Items[n-1].Action != "contact.merged_away" && audit.Items[0].Action != "contact.merged_away" {
			t.Errorf("%+v", audit.Items)
		}
	})
}

// contactByCode is a contact, whole.
func (w *world) contactByCode(code string) *huifang.Contact {
	w.t.Helper()
	found, err := w.reads().ContactsByCode(context.Background(), w.org.ID, []string{code})
	if err != nil || found[code] == nil {
		w.t.Fatalf("contact %s: %v", code, err)
	}
	return found[code]
}

// TestMergeRespectsWishes: who wished not to be contacted is not, under either
// name; what arrives for the one that is gone is moved at night.
func TestMergeRespectsWishes(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		ctx := context.Background()
		w := newWorld(t, s, "property")
		w.must(complaint("1", "噪音"), complaint("2", "漏水"))
		head := w.as("east_supervisor")
		keep, gone := w.contactByCode("C-1"), w.contactByCode("C-2")
		if _, _, err := w.SetDoNotContact(ctx, head, gone.ID, 0, true, "客户要求"); err != nil {
			t.Fatal(err)
		}
		got := must[*Merged](t)(w.MergeContacts(ctx, head, Merge{Keep: keep.ID, Gone: gone.ID}))
		if !got.Contact.DoNotContact || got.Waived != 1 {
			t.Errorf("%+v", got)
		}
		stray := &huifang.Event{Org: w.org.ID, ID: w.newID(), Source: "late", Key: "late", Type: "complaint.resolved", At: w.at, Contact: gone.ID, Unit: w.units["east"].ID}
		w.write(func(tx *store.Tx) error { _, err := tx.InsertEvents(ctx, stray); return err })
		if err := w.Nightly(ctx, w.org.ID); err != nil {
			t.Fatal(err)
		}
		if ev := must[*huifang.Event](t)(w.reads().Event(ctx, w.org.ID, stray.ID)); ev.Contact != keep.ID {
			t.Error("what arrived late stays with the one that is gone")
		}
		_, err := w.MergeContacts(ctx, w.as("west_supervisor"), Merge{Keep: keep.ID, Gone: keep.ID + "0"})
		if code := huifang.CodeOf(err); code != huifang.CodeForbidden {
			t.Errorf("%v", err)
		}
	})
}

func TestAssetsMerge(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		ctx := context.Background()
		w := newWorld(t, s, "auto-service")
		car := func(key, plate, at string) EventInput {
			return EventInput{
				Key: key, Type: "vehicle.serviced", At: local(at), Unit: "east", Contact: ContactInput{Code: "C1", Name: "赵六"}, Asset: AssetInput{Code: plate},
			}
		}
		w.must(car("1", "粤B12345", "2025-08-20 10:00"), car("2", "粤B-12345", "2026-02-20 10:00"))
		head := w.as("east_supervisor")
		page := must[Paged[Duplicates]](t)(w.AssetDuplicates(ctx, head, DuplicateQuery{}))
		if len(page.Items) != 1 || len(page.Items[0].Assets) != 2 || page.Items[0].Why != LikeCode {
			t.Fatalf("%+v", page)
		}
		assets := must[map[string]*huifang.Asset](t)(w.reads().AssetsByCode(ctx, w.org.ID, []string{"粤B12345", "粤B-12345"}))
		got := must[*Merged](t)(w.MergeAssets(ctx, head, Merge{Keep: assets["粤B12345"].ID, Gone: assets["粤B-12345"].ID}))
		if got.Asset.Code != "粤B12345" || got.Moved.Events != 1 {
			t.Errorf("%+v", got)
		}
		w.must(car("3", "粤B-12345", "2026-03-01 10:00"))
		evs := must[store.Paged[*huifang.Event]](t)(w.reads().Events(ctx, w.org.ID, store.EventFilter{Asset: assets["粤B12345"].ID}, Page{}))
		if len(evs.Items) != 3 {
			t.Errorf("%d events of three", len(evs.Items))
		}
		e := must[[]*huifang.Enrollment](t)(w.reads().EnrollmentsAbout(ctx, w.org.ID, huifang.KindAsset, assets["粤B12345"].ID))
		programs := map[string]int{}
		for _, x := range e {
			if x.Subject == "asset" {
				programs[x.Program]++
			}
		}
		for p, n := range programs {
			if n != 1 {
				t.Errorf("%d enrollments in %s", n, p)
			}
		}
	})
}
