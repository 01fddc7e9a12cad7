package app

import (
	"slices"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// What a search finds is what the actor may read, and no more.
func TestSearchKeepsToWhatOneMayRead(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		for _, u := range []string{"east", "west"} {
			c, err := w.CreateContact(ctx, w.sys, ContactEdit{Name: "王芳" + u, Unit: w.units[u].ID, Phones: []string{map[string]string{"east": "13812342628", "west": "13912342628"}[u]}})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.CreateAsset(ctx, w.sys, AssetEdit{Code: u + "-502", Unit: w.units[u].ID, Contact: c.ID}); err != nil {
				t.Fatal(err)
			}
			if _, err := w.OpenCase(ctx, w.sys, NewCase{Matter: "漏水", Unit: w.units[u].ID, Contact: c.ID}); err != nil {
				t.Fatal(err)
			}
		}
		supervisor, bare := w.as("east_supervisor"), &huifang.Actor{Org: w.org.ID, Permissions: map[huifang.Permission]bool{huifang.PermCaseRead: true}}
		blind := w.as("east_supervisor")
		delete(blind.Permissions, huifang.PermContactReveal)
		for _, c := range []struct {
			actor                   *huifang.Actor
			text                    string
			contacts, assets, cases int
		}{
			{w.sys, "王", 2, 0, 0},
			{w.sys, "wfe", 1, 0, 0},
			{w.sys, "2628", 2, 0, 0},
			{w.sys, "502", 0, 2, 0},
			{w.sys, "AJ-2026-000001", 0, 0, 1},
			{w.sys, "aj2", 0, 0, 1},
			{w.sys, "02", 0, 2, 1},
			{w.sys, "w", 0, 0, 0},
			{w.sys, " ", 0, 0, 0},
			{w.sys, "13812342628", 1, 0, 0},
			{supervisor, "王", 1, 0, 0},
			{supervisor, "2628", 1, 0, 0},
			{supervisor, "13912342628", 0, 0, 0},
			{supervisor, "13812342628", 1, 0, 0},
			{supervisor, "502", 0, 1, 0},
			{supervisor, "AJ-2026-000001", 0, 0, 1},
			{supervisor, "AJ-2026-000002", 0, 0, 0},
			{blind, "13812342628", 0, 0, 0},
			{blind, "2628", 1, 0, 0},
			{bare, "王", 0, 0, 0},
			{bare, "AJ-2026-000002", 0, 0, 1},
		} {
			got, err := w.Search(ctx, c.actor, c.text)
			if err != nil || len(got.Contacts) != c.contacts || len(got.Assets) != c.assets || len(got.Cases) != c.cases {
				t.Errorf("%q: %d contacts, %d assets, %d cases, %v, want %+v", c.text, len(got.Contacts), len(got.Assets), len(got.Cases), err, c)
				continue
			}
			for _, f := range got.Contacts {
				if slices.Contains(f.Contact.Phones, "13812342628") || f.UnitName == "" {
					t.Errorf("%q shows %+v", c.text, f)
				}
			}
		}
		if _, err := w.Search(ctx, &huifang.Actor{Org: w.org.ID}, "王芳"); huifang.CodeOf(err) != huifang.CodeForbidden {
			t.Errorf("whoever may read nothing: %v", err)
		}
	})
}
