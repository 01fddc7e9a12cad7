package store_test

import (
	"context"
	"os"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// TestAbsorb: whatever names a contact names the other afterwards; nothing else
// changes, and the figures stay as they are.
func TestAbsorb(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx, v := context.Background(), s.View()
		org := newOrg(t, s)
		keep, gone := filled[huifang.Contact](t), filled[huifang.Contact](t)
		for i, c := range []*huifang.Contact{keep, gone} {
			c.Org, c.ID, c.Version, c.Code, c.Phones = org, newID(), 0, []string{"K", "G"}[i], []string{"13800000001", []string{"13800000002", "13800000003"}[i]}
		}
		asset := filled[huifang.Asset](t)
		asset.Org, asset.Contact, asset.Version = org, gone.ID, 0
		ev, other := filled[huifang.Event](t), filled[huifang.Event](t)
		ev.Org, ev.Contact, other.Org, other.ID, other.Key = org, gone.ID, org, newID(), "other"
		f := fullFollowup(t, org)
		f.Contact, f.Event = gone.ID, ev.ID
		c := filled[huifang.Case](t)
		c.Org, c.Contact, c.Version = org, gone.ID, 0
		n := filled[huifang.NotPlanned](t)
		n.Org, n.Contact, n.Event = org, gone.ID, ev.ID
		write(t, s, func(tx *store.Tx) error {
			for _, err := range []error{
				tx.SaveContact(ctx, keep), tx.SaveContact(ctx, gone), tx.SaveAsset(ctx, asset), tx.InsertFollowups(ctx, 2026, f),
				tx.InsertNotPlanned(ctx, n), tx.InsertCase(ctx, 2026, c),
			} {
				if err != nil {
					return err
				}
			}
			_, err := tx.InsertEvents(ctx, ev, other)
			return err
		})
		same(t, must(v.Holdings(ctx, org, huifang.KindContact, gone.ID, 10))(t), store.Holdings{Events: 1, Followups: 1, Cases: 1, Assets: 1})
		before := must(v.Tallies(ctx, org, 0, 999912, nil))(t)
		write(t, s, func(tx *store.Tx) error {
			if err := tx.Absorb(ctx, org, huifang.KindContact, gone.ID, keep.ID); err != nil {
				return err
			}
			return tx.DeleteContact(ctx, gone)
		})
		same(t, must(v.Holdings(ctx, org, huifang.KindContact, gone.ID, 10))(t), store.Holdings{})
		same(t, must(v.Holdings(ctx, org, huifang.KindContact, keep.ID, 10))(t), store.Holdings{Events: 1, Followups: 1, Cases: 1, Assets: 1})
		same(t, must(v.NotPlannedByEvent(ctx, org, ev.ID))(t)[0].Contact, keep.ID)
		same(t, must(v.Event(ctx, org, other.ID))(t).Contact, other.Contact)
		same(t, must(v.Tallies(ctx, org, 0, 999912, nil))(t), before)
		same(t, must(v.ContactsByPhone(ctx, org, "13800000003"))(t), []*huifang.Contact(nil))
		_, err := v.Contact(ctx, org, gone.ID)
		wantCode(t, err, huifang.CodeNotFound, "")
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.DeleteContact(ctx, gone) }), huifang.CodeConflict, "store.stale")
	})
}

// TestAbsorbKnowsEveryTable: a table that names a contact or an asset is either
// absorbed or has its reason not to be.
func TestAbsorbKnowsEveryTable(t *testing.T) {
	schema, err := os.ReadFile("migrations/00001_schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("absorb.go")
	if err != nil {
		t.Fatal(err)
	}
	reasons := []string{
		"contact_phone contact_id", // goes with its contact
		"enrollment contact_id",    // folded by the rules
		"enrollment asset_id",
	}
	table := ""
	for _, m := range regexp.MustCompile(`(?m)^CREATE TABLE (\w+)|^  (contact_id|asset_id) BYTEA`).FindAllStringSubmatch(string(schema), -1) {
		if m[1] != "" {
			table = m[1]
			continue
		}
		if !regexp.MustCompile(`UPDATE `+table+` SET `+m[2]).Match(source) && !slices.Contains(reasons, table+" "+m[2]) {
			t.Errorf("%s of %s is not absorbed", m[2], table)
		}
	}
}

func TestRecurrencesAreUnited(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		keep, gone := newID(), newID()
		flag := func(subject huifang.ID, matter string, events ...huifang.ID) *huifang.Recurrence {
			r := &huifang.Recurrence{Org: org, ID: newID(), Rule: "r", Kind: "contact", Subject: subject, Matter: matter, Count: len(events), Month: 202603, Events: events}
			write(t, s, func(tx *store.Tx) error { _, err := tx.FlagRecurrence(ctx, r); return err })
			return r
		}
		e1, e2, e3 := newID(), newID(), newID()
		flag(keep, "noise", e1, e2)
		decided := flag(gone, "noise", e2, e3)
		alone := flag(gone, "water", e3)
		write(t, s, func(tx *store.Tx) error {
			r, err := tx.Recurrence(ctx, org, decided.ID)
			if err != nil {
				return err
			}
			r.Decision, r.Opinion, r.Decided = "major", "because", noon
			return tx.UpdateRecurrence(ctx, r)
		})
		write(t, s, func(tx *store.Tx) error { return tx.Absorb(ctx, org, huifang.KindContact, gone, keep) })
		got := must(s.View().Recurrences(ctx, org, store.RecurrenceFilter{Subject: keep}))(t)
		if len(got) != 2 || got[0].Count != 3 || !slices.Equal(got[0].Events, []huifang.ID{e1, e2, e3}) || got[0].Decision != "major" || got[1].ID != alone.ID {
			t.Errorf("%s", show(got))
		}
	})
}

func TestAliases(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx, v := context.Background(), s.View()
		org, strange := newOrg(t, s), newOrg(t, s)
		a, b, c, x := newID(), newID(), newID(), newID()
		if must(v.AnyAlias(ctx, org))(t) {
			t.Fatal("an organization begins with aliases")
		}
		first := huifang.Alias{Org: org, Kind: huifang.KindContact, Old: a, To: b, Code: "A", Name: "甲", At: noon, By: newID()}
		second := huifang.Alias{Org: org, Kind: huifang.KindContact, Old: b, To: c, Code: "B", Name: "乙", At: noon.Add(time.Minute)}
		pair := huifang.NewDistinct(org, huifang.KindContact, x, a)
		pair.At = noon
		write(t, s, func(tx *store.Tx) error {
			if err := tx.SaveDistinct(ctx, pair); err != nil {
				return err
			}
			if err := tx.InsertAlias(ctx, &first); err != nil {
				return err
			}
			return tx.Absorb(ctx, org, huifang.KindContact, a, b)
		})
		write(t, s, func(tx *store.Tx) error { return tx.InsertAlias(ctx, &second) })
		for _, old := range []huifang.ID{a, b} {
			got, ok, err := v.Alias(ctx, org, huifang.KindContact, old)
			if err != nil || !ok || got.To != c {
				t.Errorf("%s leads to %+v %v", old, got, err)
			}
		}
		if _, ok, _ := v.Alias(ctx, strange, huifang.KindContact, a); ok {
			t.Error("another organization sees it")
		}
		if _, ok, _ := v.Alias(ctx, org, huifang.KindAsset, a); ok {
			t.Error("an asset of a contact's id")
		}
		codes := must(v.AliasesByCode(ctx, org, huifang.KindContact, []string{"A", "B", "C"}))(t)
		if len(codes) != 2 || codes["A"].To != c {
			t.Errorf("%+v", codes)
		}
		if to := must(v.AliasesTo(ctx, org, huifang.KindContact, c))(t); len(to) != 2 || to[0].Name != "甲" {
			t.Errorf("%+v", to)
		}
		moved := huifang.NewDistinct(org, huifang.KindContact, x, b)
		moved.At = noon
		same(t, must(v.Distincts(ctx, org, huifang.KindContact, []huifang.ID{x, b, a}))(t), []huifang.Distinct{moved})
		third := huifang.Alias{Org: org, Kind: huifang.KindContact, Old: newID(), To: c, Code: "A", At: noon}
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.InsertAlias(ctx, &third) }), huifang.CodeConflict, "store.duplicate")
	})
}

func TestWalks(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx, v := context.Background(), s.View()
		org, strange := newOrg(t, s), newOrg(t, s)
		for i, phone := range []string{"1", "2", "2", "3"} {
			for _, o := range []huifang.ID{org, strange} {
				c := &huifang.Contact{Org: o, ID: newID(), Code: string(rune('a' + i)), Name: []string{"丙", "乙", "乙", "甲"}[i], Phones: []string{phone}}
				write(t, s, func(tx *store.Tx) error { return tx.SaveContact(ctx, c) })
				as := &huifang.Asset{Org: o, ID: newID(), Code: "x" + c.Code, Contact: c.ID}
				write(t, s, func(tx *store.Tx) error { return tx.SaveAsset(ctx, as) })
			}
		}
		for w, want := range map[store.Walk]int{store.WalkPhones: 3, store.WalkNames: 3, store.WalkContactCodes: 3, store.WalkAssetCodes: 3} {
			all := must(v.Walk(ctx, org, w, "", 10))(t)
			if len(all) != 4 {
				t.Errorf("%s: %d entries", w, len(all))
			}
			keys := map[string]bool{}
			for _, k := range all {
				keys[k.Key] = true
			}
			if n := len(keys); n != want && n != 4 {
				t.Errorf("%s: %d keys", w, n)
			}
			if rest := must(v.Walk(ctx, org, w, all[0].Key, 10))(t); len(rest) != 3 {
				t.Errorf("%s after %q: %d", w, all[0].Key, len(rest))
			}
		}
		all := must(v.Walk(ctx, org, store.WalkPhones, "1", 10))(t)
		if all[0].Key != "2" || all[1].Key != "2" {
			t.Errorf("%+v", all)
		}
		owners := []huifang.ID{all[0].ID, all[1].ID}
		if got := must(v.AssetsOf(ctx, org, owners))(t); len(got) != 2 || len(got[owners[0]]) != 1 {
			t.Errorf("%+v", got)
		}
	})
}
