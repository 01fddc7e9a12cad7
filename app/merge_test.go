package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// TestMergedIsOneFromTheStart: after two contacts became one, the same is to
// come as had every event been about one contact from the start.
func TestMergedIsOneFromTheStart(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		n := 0
		rapid.Check(t, func(rt *rapid.T) {
			if n++; n > trialSize {
				return
			}
			tr := newTrial(t, s, 1000+n)
			for range rapid.IntRange(1, 10).Draw(rt, "steps") {
				tr.setClock(tr.at.Add(time.Duration(rapid.IntRange(1, 6*24*4).Draw(rt, "quarters")) * 15 * time.Minute))
				if rapid.Bool().Draw(rt, "tick") {
					tr.tick(rt, tr.at)
				}
				tr.batch(rt)
			}
			tr.end = tr.at.Add(time.Hour)
			tr.setClock(tr.end)
			tr.mergeAndCompare(rt)
		})
	})
}

func (tr *trial) mergeAndCompare(rt *rapid.T) {
	ctx := context.Background()
	before := tr.tallies(rt)
	got, err := tr.MergeContacts(ctx, tr.sys, Merge{Keep: tr.contacts[0].ID, Gone: tr.contacts[1].ID})
	if err != nil {
		rt.Fatalf("%v", err)
	}
	after := tr.tallies(rt)
	if after.OpenLate < before.OpenLate {
		rt.Fatalf("figures were %+v and are %+v, %d cancelled", before, after, got.Cancelled)
	}
	d, err := tr.directory(ctx, tr.org.ID)
	if err != nil {
		rt.Fatalf("%v", err)
	}
	keep := tr.contacts[0].ID
	people := plan.People{Roster: d.roster, Contacts: []huifang.Contact{*tr.contacts[0]}}
	for i := range tr.assets {
		x := *tr.assets[i]
		x.Contact = keep
		people.Assets = append(people.Assets, x)
	}
	page, err := tr.reads().Events(ctx, tr.org.ID, store.EventFilter{Contact: keep}, store.Page{Limit: 1000})
	if err != nil {
		rt.Fatalf("%v", err)
	}
	var inputs []plan.Input
	for _, ev := range page.Items {
		inputs = append(inputs, plan.Input{Event: ev})
	}
	if len(inputs) < len(tr.inputs) {
		rt.Fatalf("%d events of %d are the survivor's", len(inputs), len(tr.inputs))
	}
	sim, err := plan.Simulate(d.set, people, inputs, tr.end)
	if err != nil {
		rt.Fatalf("%v", err)
	}
	var want, have []string
	for _, r := range sim.Rows {
		if r.State == huifang.StatePlanned {
			want = append(want, fmt.Sprintf("%s/%s %s %s %s..%s", r.Program, r.Step, r.Contact, r.Asset, r.Window.Opens, r.Window.Closes))
		}
	}
	keys := map[string]bool{}
	for _, f := range tr.followups() {
		if f.Contact != keep {
			rt.Fatalf("%s is still of %s", f.Number, f.Contact)
		}
		k := fmt.Sprint(f.Enrollment, f.Step, f.Occurrence)
		if keys[k] {
			rt.Fatalf("%s twice", k)
		}
		keys[k] = true
		if f.StateAt(tr.end) == huifang.StatePlanned {
			have = append(have, fmt.Sprintf("%s/%s %s %s %s..%s", f.Program, f.Step, f.Contact, f.Asset, f.Window.Opens, f.Window.Closes))
		}
	}
	slices.Sort(want)
	slices.Sort(have)
	if !slices.Equal(want, have) {
		rt.Fatalf("one from the start\n%s\nmerged\n%s\ninputs\n%s", strings.Join(want, "\n"), strings.Join(have, "\n"), shownInputs(inputs))
	}
	if diffs, err := tr.store.VerifyTallies(ctx, tr.org.ID); err != nil || len(diffs) > 0 {
		rt.Fatalf("%v %v", diffs, err)
	}
	tr.setClock(tr.end.AddDate(0, 1, 0))
	tr.tick(rt, tr.at) // the enrollments go on
}

func (tr *trial) tallies(rt *rapid.T) (sum huifang.Tally) {
	rows, err := tr.reads().Tallies(context.Background(), tr.org.ID, 0, 999912, nil)
	if err != nil {
		rt.Fatalf("%v", err)
	}
	for _, r := range rows {
		sum = sum.Add(r.Tally)
	}
	return sum
}

// twin is another contact of east, and twinAsset another asset.
func (x *gate) twin() huifang.ID {
	x.n++
	c := &huifang.Contact{Org: x.org.ID, ID: x.newID(), Code: fmt.Sprint("TWIN", x.n), Name: "双", Unit: x.units["east"].ID}
	x.write(func(tx *store.Tx) error { return tx.SaveContact(context.Background(), c) })
	return c.ID
}

func (x *gate) twinAsset() huifang.ID {
	x.n++
	as := &huifang.Asset{Org: x.org.ID, ID: x.newID(), Code: fmt.Sprint("TWIN", x.n), Unit: x.units["east"].ID}
	x.write(func(tx *store.Tx) error { return tx.SaveAsset(context.Background(), as) })
	return as.ID
}
