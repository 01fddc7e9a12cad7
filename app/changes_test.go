package app

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// ear listens as one member of staff and remembers what it heard.
type ear struct {
	mu    sync.Mutex
	heard []Changes
	done  chan error
}

func (e *ear) kinds() map[string][]huifang.ID {
	e.mu.Lock()
	defer e.mu.Unlock()
	out := map[string][]huifang.ID{}
	for _, c := range e.heard {
		for _, one := range c.List {
			out[one.Kind] = append(out[one.Kind], one.ID)
		}
	}
	return out
}

func listen(t *testing.T, a *App, secret string, since int64) *ear {
	t.Helper()
	e := &ear{done: make(chan error, 1)}
	began := make(chan struct{})
	ctx, stop := context.WithCancel(t.Context())
	t.Cleanup(stop)
	go func() {
		first := true
		e.done <- a.Watch(ctx, secret, since, func(c Changes) error {
			e.mu.Lock()
			defer e.mu.Unlock()
			e.heard = append(e.heard, c)
			if first {
				first = false
				close(began)
			}
			return nil
		})
	}()
	select {
	case <-began:
	case err := <-e.done:
		t.Fatalf("did not begin: %v", err)
	}
	return e
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for range 200 {
		if ok() {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("never: %s", what)
}

// What one node changes is heard on another by those who may read it, and by
// nobody else.
func TestChangesAreHeardWithinOnesScope(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		w.setClock(time.Now())
		other := New(Config{Store: s, Now: time.Now, NewID: testIDs()})
		ctx := t.Context()
		secrets := map[string]string{}
		for _, who := range []string{"east_supervisor", "west_supervisor"} {
			if err := w.SetPassword(ctx, w.sys, w.staff[who].ID, "Correct-horse-7"); err != nil {
				t.Fatal(err)
			}
			in, err := other.Login(ctx, Credentials{Organization: "acme", Login: who, Password: "Correct-horse-7"})
			if err != nil {
				t.Fatal(err)
			}
			secrets[who] = in.Secret
		}
		east, west := listen(t, other, secrets["east_supervisor"], 0), listen(t, other, secrets["west_supervisor"], 0)
		c, err := w.CreateContact(ctx, w.sys, ContactEdit{Name: "王芳", Unit: w.units["east"].ID})
		if err != nil {
			t.Fatal(err)
		}
		open, err := w.OpenCase(ctx, w.sys, NewCase{Matter: "漏水", Unit: w.units["east"].ID, Contact: c.ID, Owner: w.staff["east_supervisor"].ID})
		if err != nil {
			t.Fatal(err)
		}
		eventually(t, "east hears of contact, case and alert", func() bool {
			k := east.kinds()
			return slices.Contains(k["contact"], c.ID) && slices.Contains(k["case"], open.ID) && len(k["alert"]) > 0
		})
		if k := west.kinds(); len(k) != 0 {
			t.Errorf("west heard %v", k)
		}
		east.mu.Lock()
		last := east.heard[len(east.heard)-1]
		east.mu.Unlock()
		if last.At == 0 || last.Unread != 1 {
			t.Errorf("%+v", last)
		}

		// A place of before says that something was missed; the newest does not.
		for since, missed := range map[int64]bool{last.At: false, 1: true} {
			again := listen(t, other, secrets["east_supervisor"], since)
			again.mu.Lock()
			if again.heard[0].Missed != missed {
				t.Errorf("since %d: %+v", since, again.heard[0])
			}
			again.mu.Unlock()
		}
	})
}

func TestChangesEnd(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		if err := w.Watch(t.Context(), "hfs_nothing", 0, func(Changes) error { return nil }); huifang.CodeOf(err) != huifang.CodeUnauthenticated {
			t.Errorf("an unknown secret: %v", err)
		}
		if err := w.SetPassword(t.Context(), w.sys, w.staff["east_head"].ID, "Correct-horse-7"); err != nil {
			t.Fatal(err)
		}
		in, err := w.Login(t.Context(), Credentials{Organization: "acme", Login: "east_head", Password: "Correct-horse-7"})
		if err != nil {
			t.Fatal(err)
		}
		gone := errors.New("the reader has gone")
		if err := w.Watch(t.Context(), in.Secret, 0, func(Changes) error { return gone }); !errors.Is(err, gone) {
			t.Errorf("a reader that has gone: %v", err)
		}
		if _, err := w.present(t.Context(), in.Secret); err != nil {
			t.Fatal(err)
		}
		if err := w.Logout(t.Context(), in.Secret); err != nil {
			t.Fatal(err)
		}
		if _, err := w.present(t.Context(), in.Secret); huifang.CodeOf(err) != huifang.CodeUnauthenticated {
			t.Errorf("after logging out: %v", err)
		}
	})
}
