package store_test

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func TestWriteContext(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		org := newOrg(t, s)
		release := held(t, s)
		ctx, cancel := context.WithCancel(context.Background())
		var ran atomic.Bool
		result := make(chan error, 1)
		go func() {
			result <- s.Write(ctx, func(*store.Tx) error {
				ran.Store(true)
				return nil
			})
		}()
		time.Sleep(10 * time.Millisecond)
		cancel()
		err := <-result // at once, while the writers are still held
		wantCode(t, err, huifang.CodeUnavailable, store.ReasonCancelled)
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("%v hides its cause", err)
		}
		release()
		if ran.Load() {
			t.Fatal("a closure ran after its caller had given up")
		}

		// Once it runs, a caller that gives up changes nothing for anybody.
		ctx, cancel = context.WithCancel(context.Background())
		e := newEvent(org)
		if err := s.Write(ctx, func(tx *store.Tx) error {
			cancel()
			if _, err := tx.InsertEvents(ctx, e); err != nil {
				return err
			}
			_, err := tx.Event(ctx, org, e.ID)
			return err
		}); err != nil || !exists(t, s, e) {
			t.Fatalf("a running closure was cancelled: %v", err)
		}
	})
}

// A closure that ends the goroutine (a test's FailNow) harms nobody else.
func TestWriteSurvivesGoexit(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		org := newOrg(t, s)
		gone, kept := newEvent(org), newEvent(org)
		for range 6 {
			err := s.Write(context.Background(), func(tx *store.Tx) error {
				if err := insertEvent(tx, gone); err != nil {
					return err
				}
				runtime.Goexit()
				return nil
			})
			wantCode(t, err, huifang.CodeInternal, "")
		}
		write(t, s, func(tx *store.Tx) error { return insertEvent(tx, kept) })
		if exists(t, s, gone) || !exists(t, s, kept) {
			t.Fatal("the transaction outlived its closure")
		}
	})
}

// Close commits what was queued; afterwards nothing is accepted.
func TestCloseDrains(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		ctx := context.Background()
		s, err := store.Open(ctx, store.Config{URL: url})
		if err != nil {
			t.Fatal(err)
		}
		org := newOrg(t, s)
		release := held(t, s)
		events := make([]*huifang.Event, 50)
		var wg sync.WaitGroup
		for i := range events {
			events[i] = newEvent(org)
			wg.Go(func() {
				if err := s.Write(ctx, func(tx *store.Tx) error { return insertEvent(tx, events[i]) }); err != nil {
					t.Error(err)
				}
			})
		}
		time.Sleep(20 * time.Millisecond)
		go release()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		wg.Wait()
		wantCode(t, s.Write(ctx, func(*store.Tx) error { return nil }), huifang.CodeUnavailable, "")
		if err := s.Close(); err != nil {
			t.Fatal("closing twice:", err)
		}
		again := storetest.Open(t, store.Config{URL: url})
		for _, e := range events {
			if !exists(t, again, e) {
				t.Fatal("an acknowledged event is missing after Close")
			}
		}
	})
}

func TestSnapshotSeesOneState(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		e := newEvent(org)
		if err := s.Snapshot(ctx, func(v *store.View) error {
			if _, err := v.Organizations(ctx); err != nil {
				return err
			}
			write(t, s, func(tx *store.Tx) error { return insertEvent(tx, e) })
			_, err := v.Event(ctx, org, e.ID)
			wantCode(t, err, huifang.CodeNotFound, "")
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if !exists(t, s, e) {
			t.Fatal("not seen after the snapshot")
		}
		wantErr := s.Snapshot(ctx, func(*store.View) error { return errMine })
		if !errors.Is(wantErr, errMine) {
			t.Fatal(wantErr)
		}
	})
}
