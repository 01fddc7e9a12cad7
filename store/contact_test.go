package store_test

import (
	"context"
	"strconv"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func TestContact(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		a := filled[huifang.Contact](t)
		a.Org, a.Version = org, 0
		b := &huifang.Contact{Org: org, ID: newID(), Name: "李四 Li", Phones: []string{"13800000001", a.Phones[0]}, Address: "100%号楼"}
		for _, c := range []*huifang.Contact{a, b} {
			write(t, s, func(tx *store.Tx) error { return tx.SaveContact(ctx, c) })
		}
		v := s.View()
		same(t, must(v.Contact(ctx, org, a.ID))(t), a)
		same(t, must(v.ContactsByID(ctx, org, []huifang.ID{a.ID, newID(), b.ID}))(t), map[huifang.ID]*huifang.Contact{a.ID: a, b.ID: b})
		same(t, must(v.ContactsByCode(ctx, org, []string{"none", a.Code}))(t), map[string]*huifang.Contact{a.Code: a})
		same(t, must(v.ContactsByPhone(ctx, org, "13800000001"))(t), []*huifang.Contact{b})
		if n := len(must(v.ContactsByPhone(ctx, org, a.Phones[0]))(t)); n != 2 {
			t.Fatalf("%d contacts share the number", n)
		}
		same(t, must(v.ContactsByName(ctx, org, "", "李四 Li"))(t), []*huifang.Contact{b})
		same(t, must(v.ContactsByName(ctx, org, a.Unit, a.Name))(t), []*huifang.Contact{a})

		for _, c := range []struct {
			f    store.ContactFilter
			want int
		}{
			{store.ContactFilter{}, 2},
			{store.ContactFilter{Text: "lI"}, 1},
			{store.ContactFilter{Text: "0%号"}, 1},
			{store.ContactFilter{Text: "0_号"}, 0},
			{store.ContactFilter{Text: a.Phones[1]}, 0}, // no more than the last digits
			{store.ContactFilter{Text: a.Phones[1][len(a.Phones[1])-4:]}, 2},
			{store.ContactFilter{Kind: a.Kind}, 1},
			{store.ContactFilter{Owner: a.Owner}, 1},
			{store.ContactFilter{Units: []huifang.ID{""}}, 1},
			{store.ContactFilter{Units: []huifang.ID{a.Unit, ""}}, 2},
			{store.ContactFilter{Units: []huifang.ID{}}, 0},
		} {
			if got := must(v.Contacts(ctx, org, c.f, store.Page{}))(t); len(got.Items) != c.want {
				t.Errorf("%+v: %d contacts, want %d", c.f, len(got.Items), c.want)
			}
		}

		b.Phones, b.Name = []string{"2"}, "改"
		write(t, s, func(tx *store.Tx) error { return tx.SaveContact(ctx, b) })
		if n := len(must(v.ContactsByPhone(ctx, org, "13800000001"))(t)); n != 0 {
			t.Fatal("the old number still finds the contact")
		}
		put := &huifang.Contact{Org: org, ID: newID(), Code: a.Code, Name: "导入"}
		write(t, s, func(tx *store.Tx) error { return tx.PutContact(ctx, put) })
		same(t, must(v.Contact(ctx, org, a.ID))(t), put)
		fresh := &huifang.Contact{Org: org, ID: newID(), Code: "新"}
		write(t, s, func(tx *store.Tx) error { return tx.PutContact(ctx, fresh) })
		same(t, must(v.Contact(ctx, org, fresh.ID))(t), fresh)
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.SaveContact(ctx, a) }), huifang.CodeConflict, store.ReasonStale)
	})
}

// pages collects a list page by page and checks that the pages are whole.
func pages[T any](t *testing.T, size int, desc bool, read func(store.Page) (store.Paged[T], error)) []T {
	t.Helper()
	var all []T
	p := store.Page{Limit: size, Desc: desc}
	for {
		got, err := read(p)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, got.Items...)
		if got.Next == "" {
			return all
		}
		if len(got.Items) != size {
			t.Fatalf("a page of %d before the last, want %d", len(got.Items), size)
		}
		p.After = got.Next
	}
}

func TestPaging(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		names := []string{"a", "B", "a", "张三", "丁", "a", "é", "z"}
		write(t, s, func(tx *store.Tx) error {
			for i, name := range names {
				if err := tx.SaveContact(ctx, &huifang.Contact{Org: org, ID: newID(), Name: name}); err != nil {
					return err
				}
				if err := tx.SaveAsset(ctx, &huifang.Asset{Org: org, ID: newID(), Name: name, Code: strconv.Itoa(i)}); err != nil {
					return err
				}
			}
			return nil
		})
		var got []string
		for _, c := range pages(t, 3, false, func(p store.Page) (store.Paged[*huifang.Contact], error) {
			return s.View().Contacts(ctx, org, store.ContactFilter{}, p)
		}) {
			got = append(got, c.Name)
		}
		same(t, got, []string{"B", "a", "a", "a", "z", "é", "丁", "张三"}) // by bytes, on both databases
		got = nil
		for _, a := range pages(t, 4, true, func(p store.Page) (store.Paged[*huifang.Asset], error) {
			return s.View().Assets(ctx, org, store.AssetFilter{}, p)
		}) {
			got = append(got, a.Code)
		}
		same(t, got, []string{"7", "6", "5", "4", "3", "2", "1", "0"})
		for _, bad := range []string{"!", "bm90aGluZw", "AA"} {
			_, err := s.View().Contacts(ctx, org, store.ContactFilter{}, store.Page{After: bad})
			wantCode(t, err, huifang.CodeInvalid, "page.cursor")
		}
	})
}

func TestAsset(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		a := filled[huifang.Asset](t)
		a.Org, a.Version = org, 0
		b := &huifang.Asset{Org: org, ID: newID(), Name: "无编号"}
		for _, v := range []*huifang.Asset{a, b} {
			write(t, s, func(tx *store.Tx) error { return tx.SaveAsset(ctx, v) })
		}
		v := s.View()
		same(t, must(v.Asset(ctx, org, a.ID))(t), a)
		same(t, must(v.AssetsByID(ctx, org, []huifang.ID{b.ID}))(t), map[huifang.ID]*huifang.Asset{b.ID: b})
		same(t, must(v.AssetsByCode(ctx, org, []string{a.Code}))(t), map[string]*huifang.Asset{a.Code: a})
		for _, c := range []struct {
			f    store.AssetFilter
			want []*huifang.Asset
		}{
			{store.AssetFilter{}, []*huifang.Asset{a, b}},
			{store.AssetFilter{Contact: a.Contact}, []*huifang.Asset{a}},
			{store.AssetFilter{Kind: a.Kind}, []*huifang.Asset{a}},
			{store.AssetFilter{Text: "无编"}, []*huifang.Asset{b}},
			{store.AssetFilter{Units: []huifang.ID{a.Unit}}, []*huifang.Asset{a}},
		} {
			got := must(v.Assets(ctx, org, c.f, store.Page{}))(t)
			if len(got.Items) != len(c.want) {
				t.Errorf("%+v: %d assets, want %d", c.f, len(got.Items), len(c.want))
			}
		}
		put := &huifang.Asset{Org: org, ID: newID(), Code: a.Code, Name: "新"}
		write(t, s, func(tx *store.Tx) error { return tx.PutAsset(ctx, put) })
		same(t, must(v.Asset(ctx, org, a.ID))(t), put)
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.SaveAsset(ctx, a) }), huifang.CodeConflict, store.ReasonStale)
	})
}
