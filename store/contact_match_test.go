package store_test

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// Asking for many phone numbers or names at once gives what asking for each
// gives.
func TestContactsTogether(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		rapid.Check(t, func(rt *rapid.T) {
			org, unit := newOrg(t, s), newID()
			few := rapid.IntRange(0, 5)
			write(t, s, func(tx *store.Tx) error {
				for range rapid.IntRange(0, 30).Draw(rt, "contacts") {
					c := &huifang.Contact{Org: org, ID: newID(), Name: strconv.Itoa(few.Draw(rt, "name"))}
					if rapid.Bool().Draw(rt, "in the unit") {
						c.Unit = unit
					}
					for _, n := range rapid.SliceOfNDistinct(few, 0, 3, rapid.ID[int]).Draw(rt, "phones") {
						c.Phones = append(c.Phones, strconv.Itoa(n))
					}
					if err := tx.SaveContact(ctx, c); err != nil {
						return err
					}
				}
				return nil
			})
			v := s.View()
			asked := make([]string, rapid.SampledFrom([]int{1, 3, 300}).Draw(rt, "asked"))
			for i := range asked {
				asked[i] = strconv.Itoa(i)
			}
			phones := must(v.ContactsByPhones(ctx, org, asked))(t)
			for _, u := range []huifang.ID{unit, ""} {
				names := must(v.ContactsByNames(ctx, org, u, asked))(t)
				for _, name := range asked[:min(len(asked), 6)] {
					sameContacts(rt, names[name], must(v.ContactsByName(ctx, org, u, name))(t))
				}
			}
			for _, phone := range asked[:min(len(asked), 6)] {
				sameContacts(rt, phones[phone], must(v.ContactsByPhone(ctx, org, phone))(t))
			}
		})
	})
}

func sameContacts(t *rapid.T, got, want []*huifang.Contact) {
	t.Helper()
	ids := func(list []*huifang.Contact) (out []huifang.ID) {
		for _, c := range list {
			out = append(out, c.ID)
		}
		return out
	}
	if !slices.Equal(ids(got), ids(want)) {
		t.Fatalf("together %v, one by one %v", ids(got), ids(want))
	}
}

// A table that was just filled is looked at once.
func TestAnalyze(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		ctx := context.Background()
		s := storetest.Open(t, store.Config{URL: url})
		org := newOrg(t, s)
		write(t, s, func(tx *store.Tx) error {
			for range 100 {
				if err := tx.SaveContact(ctx, &huifang.Contact{Org: org, ID: newID(), Phones: []string{"1"}}); err != nil {
					return err
				}
			}
			return nil
		})
		if len(store.Unknown(t, s)) == 0 && strings.HasPrefix(url, "postgres") {
			t.Fatal("PostgreSQL knows the new rows already")
		}
		for range 2 {
			if err := s.Analyze(ctx); err != nil {
				t.Fatal(err)
			}
		}
		if left := store.Unknown(t, s); len(left) != 0 {
			t.Errorf("still unknown: %v", left)
		}
	})
}
