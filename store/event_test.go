package store_test

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func TestEvents(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		a := filled[huifang.Event](t)
		a.Org = org
		bare := &huifang.Event{Org: org, ID: newID(), Source: "api", Type: "repair.completed", At: noon}
		var known []bool
		insert := func(events ...*huifang.Event) {
			t.Helper()
			write(t, s, func(tx *store.Tx) (err error) {
				known, err = tx.InsertEvents(ctx, events...)
				return err
			})
		}
		insert(a, bare)
		same(t, known, []bool{false, false})
		same(t, must(s.View().Event(ctx, org, a.ID))(t), a)
		same(t, must(s.View().EventByKey(ctx, org, "api", string(bare.ID)))(t), bare)

		// The same again, twice in one call, beside a new one.
		again, twice := *a, *a
		again.ID, twice.ID, again.Type = newID(), newID(), "changed"
		fresh := &huifang.Event{Org: org, ID: newID(), Source: "api", Key: "k", Type: "x", At: noon}
		echo := &huifang.Event{Org: org, ID: newID(), Source: "api", Key: "k", Type: "x", At: noon}
		insert(&again, fresh, &twice, echo)
		same(t, known, []bool{true, false, true, true})
		if again.ID != a.ID || twice.ID != a.ID || echo.ID != fresh.ID {
			t.Fatal("a known event did not take the kept id")
		}
		same(t, must(s.View().Event(ctx, org, a.ID))(t), a)

		// Another organization's key is another key.
		other := *a
		other.Org, other.ID = newOrg(t, s), newID()
		insert(&other)
		same(t, known, []bool{false})
		_, err := s.View().Event(ctx, org, other.ID)
		wantCode(t, err, huifang.CodeNotFound, "event.not_found")
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error {
			_, err := tx.InsertEvents(ctx, &huifang.Event{Org: org, ID: newID(), Source: "x"})
			return err
		}), huifang.CodeInvalid, "store.value")
	})
}

func TestEventLists(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org, contact, asset := newOrg(t, s), newID(), newID()
		var all []*huifang.Event
		for i := range 10 {
			e := &huifang.Event{Org: org, ID: newID(), Source: "api", Type: fmt.Sprintf("type%d", i%3), At: noon.Add(time.Duration(-i) * time.Hour)}
			if i%2 == 0 {
				e.Contact = contact
			} else {
				e.Asset = asset
			}
			all = append(all, e)
		}
		write(t, s, func(tx *store.Tx) error {
			_, err := tx.InsertEvents(ctx, all...)
			return err
		})
		list := func(f store.EventFilter) []*huifang.Event {
			return pages(t, 2, false, func(p store.Page) (store.Paged[*huifang.Event], error) { return s.View().Events(ctx, org, f, p) })
		}
		if n := len(list(store.EventFilter{})); n != 10 {
			t.Fatalf("%d of all events", n)
		}
		same(t, list(store.EventFilter{Contact: contact}), []*huifang.Event{all[8], all[6], all[4], all[2], all[0]})
		same(t, list(store.EventFilter{Contact: contact, Types: []string{"type0", "type2"}, Since: noon.Add(-6 * time.Hour), Before: noon}),
			[]*huifang.Event{all[6], all[2]})
		same(t, list(store.EventFilter{Asset: asset, Since: noon.Add(-3 * time.Hour)}), []*huifang.Event{all[3], all[1]})
	})
}

// Many clients send the same events at once: each is kept once and all of them
// are told the same id.
func TestEventsConcurrently(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		const clients, events = 8, 25
		ids := make([][events]huifang.ID, clients)
		fresh := make([]int, clients)
		var wg sync.WaitGroup
		for c := range clients {
			wg.Go(func() {
				for i := range events {
					e := &huifang.Event{Org: org, ID: newID(), Source: "api", Key: strconv.Itoa(i), Type: "x", At: noon}
					var known []bool
					if err := s.Write(ctx, func(tx *store.Tx) (err error) {
						known, err = tx.InsertEvents(ctx, e)
						return err
					}); err != nil {
						t.Error(err)
						return
					}
					ids[c][i] = e.ID
					if !known[0] {
						fresh[c]++
					}
				}
			})
		}
		wg.Wait()
		sum := 0
		for c := range clients {
			sum += fresh[c]
			if ids[c] != ids[0] {
				t.Fatalf("client %d was told other ids", c)
			}
		}
		if sum != events {
			t.Fatalf("%d events were new, want %d", sum, events)
		}
	})
}

func TestEnrollments(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		a := filled[huifang.Enrollment](t)
		a.Org, a.Row = org, 0
		b := &huifang.Enrollment{Org: org, ID: newID(), Program: "p", Subject: "contact", Key: a.Contact, Contact: a.Contact, Active: true}
		ended := &huifang.Enrollment{Org: org, ID: newID(), Program: "q", Subject: "contact", Key: a.Contact, Contact: a.Contact, State: []byte{}}
		for _, e := range []*huifang.Enrollment{a, b, ended} {
			write(t, s, func(tx *store.Tx) error { return tx.SaveEnrollment(ctx, e) })
		}
		v := s.View()
		same(t, must(v.Enrollment(ctx, org, a.ID))(t), a)
		same(t, must(v.EnrollmentByKey(ctx, org, "p", a.Contact))(t), b)
		same(t, must(v.EnrollmentsByKeys(ctx, org, "p", []huifang.ID{newID(), a.Contact}))(t), map[huifang.ID]*huifang.Enrollment{a.Contact: b})
		active := must(v.ActiveEnrollments(ctx, org, a.Contact, a.Asset, nil))(t)
		if len(active) != 2 {
			t.Fatalf("%d active enrollments, want 2", len(active))
		}
		same(t, must(v.ActiveEnrollments(ctx, org, a.Contact, "", []string{"p"}))(t), []*huifang.Enrollment{b})
		same(t, must(v.ActiveEnrollments(ctx, org, "", a.Asset, []string{a.Program}))(t), []*huifang.Enrollment{a})

		taken := *b
		taken.ID, taken.Row = newID(), 0
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.SaveEnrollment(ctx, &taken) }), huifang.CodeConflict, store.ReasonDuplicate)

		stale := *a
		a.State, a.WakeAt = []byte("next"), noon.Add(time.Hour)
		write(t, s, func(tx *store.Tx) error { return tx.AdvanceEnrollment(ctx, a) })
		same(t, must(v.Enrollment(ctx, org, a.ID))(t), a)
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.AdvanceEnrollment(ctx, &stale) }), huifang.CodeConflict, store.ReasonStale)
		a.WakeAt, a.Active = time.Time{}, false
		write(t, s, func(tx *store.Tx) error { return tx.SaveEnrollment(ctx, a) })
		same(t, must(v.Enrollment(ctx, org, a.ID))(t), a)
	})
}

func TestDueEnrollments(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		busy, idle, never := newOrg(t, s), newOrg(t, s), newOrg(t, s)
		at := func(org huifang.ID, wake time.Time) *huifang.Enrollment {
			e := &huifang.Enrollment{Org: org, ID: newID(), Program: "p", Subject: "event", Key: newID(), WakeAt: wake, Active: true}
			write(t, s, func(tx *store.Tx) error { return tx.SaveEnrollment(ctx, e) })
			return e
		}
		late, early := at(busy, noon), at(busy, noon.Add(-time.Hour))
		at(busy, noon.Add(time.Millisecond))
		at(idle, noon.Add(time.Hour))
		at(never, time.Time{})
		same(t, must(s.View().DueOrganizations(ctx, noon))(t), []huifang.ID{busy})
		same(t, must(s.View().DueEnrollments(ctx, busy, noon, 10))(t), []*huifang.Enrollment{early, late})
		write(t, s, func(tx *store.Tx) error {
			same(t, must(tx.DueEnrollments(ctx, busy, noon, 1))(t), []*huifang.Enrollment{early})
			return nil
		})
	})
}
