package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func TestInbox(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org, other := newOrg(t, s), newOrg(t, s)
		rows := make([]*huifang.Received, 5)
		for i := range rows {
			rows[i] = &huifang.Received{Org: org, ID: huifang.NewID(noon.Add(time.Duration(i)*time.Second), [10]byte{byte(i)}), At: noon.Add(time.Duration(i) * time.Second), Body: `{"a":"值"}`}
		}
		strange := &huifang.Received{Org: other, ID: newID(), At: noon, Body: "{}"}
		write(t, s, func(tx *store.Tx) error { return tx.Receive(ctx, append(rows[1:], rows[0], strange)...) })
		same(t, must(s.View().Inbox(ctx, org, 3))(t), rows[:3])
		n, oldest, err := s.View().InboxSize(ctx, org)
		if err != nil || n != 5 || !oldest.Equal(noon) {
			t.Fatalf("%d since %s, %v", n, oldest, err)
		}
		if orgs := must(s.View().InboxOrganizations(ctx))(t); len(orgs) != 2 {
			t.Fatalf("organizations %v", orgs)
		}
		same(t, must(s.View().Received(ctx, org, rows[1].ID))(t), rows[1])
		_, err = s.View().Received(ctx, org, strange.ID)
		wantCode(t, err, huifang.CodeNotFound, "event.not_found")

		// One that is gone keeps the others from being taken.
		write(t, s, func(tx *store.Tx) error { return tx.TakeReceived(ctx, org, rows[0].ID) })
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.TakeReceived(ctx, org, rows[1].ID, rows[0].ID) }), huifang.CodeConflict, store.ReasonStale)
		same(t, must(s.View().Inbox(ctx, org, 10))(t), rows[1:])

		refused, known := *rows[1], *rows[2]
		refused.Done, refused.Fault = noon.Add(time.Hour), `{"Reason":"x"}`
		known.Done, known.Event, known.Body = noon, newID(), ""
		write(t, s, func(tx *store.Tx) error {
			if err := tx.TakeReceived(ctx, org, rows[1].ID, rows[2].ID, rows[3].ID, rows[4].ID); err != nil {
				return err
			}
			return tx.KeepReceived(ctx, &refused, &known)
		})
		same(t, must(s.View().Received(ctx, org, refused.ID))(t), &refused)
		same(t, must(s.View().Received(ctx, org, known.ID))(t), &known)
		same(t, must(s.View().Refused(ctx, org, store.Page{}))(t).Items, []*huifang.Received{&refused})
		same(t, must(s.View().CountRefused(ctx, org))(t), 1)
		same(t, must(s.View().CountRefused(ctx, other))(t), 0)

		write(t, s, func(tx *store.Tx) error { return tx.ForgetKnown(ctx, org, noon.Add(2*time.Hour)) })
		_, err = s.View().Received(ctx, org, known.ID)
		wantCode(t, err, huifang.CodeNotFound, "event.not_found")
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.RemoveRefused(ctx, other, refused.ID) }), huifang.CodeNotFound, "event.not_found")
		write(t, s, func(tx *store.Tx) error { return tx.RemoveRefused(ctx, org, refused.ID) })
		same(t, must(s.View().CountRefused(ctx, org))(t), 0)
		if n, oldest, err := s.View().InboxSize(ctx, org); n != 0 || !oldest.IsZero() || err != nil {
			t.Fatalf("%d since %s, %v", n, oldest, err)
		}
	})
}

// TestInboxLease: of several nodes one plans for an organization, until its
// lease ends.
func TestInboxLease(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org, a, b := newOrg(t, s), newID(), newID()
		lease := func(holder huifang.ID, now time.Time) (mine bool) {
			write(t, s, func(tx *store.Tx) (err error) {
				mine, err = tx.LeaseInbox(ctx, org, holder, now, now.Add(time.Minute))
				return err
			})
			return mine
		}
		if !lease(a, noon) || !lease(a, noon.Add(time.Second)) {
			t.Error("the first does not get it, or cannot prolong it")
		}
		if lease(b, noon.Add(30*time.Second)) {
			t.Error("another gets it meanwhile")
		}
		if !lease(b, noon.Add(2*time.Minute)) {
			t.Error("nobody gets it when it has ended")
		}
		if lease(a, noon.Add(2*time.Minute+time.Second)) {
			t.Error("the first gets it back from the second")
		}
	})
}
