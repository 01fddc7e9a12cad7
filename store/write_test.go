package store_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func newEvent(org huifang.ID) *huifang.Event {
	return &huifang.Event{Org: org, ID: newID(), Source: "t", Type: "x", At: noon}
}

func insertEvent(tx *store.Tx, e *huifang.Event) error {
	_, err := tx.InsertEvents(context.Background(), e)
	return err
}

func exists(t *testing.T, s *store.Store, e *huifang.Event) bool {
	t.Helper()
	_, err := s.View().Event(context.Background(), e.Org, e.ID)
	if err != nil && huifang.CodeOf(err) != huifang.CodeNotFound {
		t.Fatal(err)
	}
	return err == nil
}

// held keeps every writer busy, so that what is written next is queued and
// shares one transaction. release lets go and waits.
func held(t *testing.T, s *store.Store) (release func()) {
	t.Helper()
	gate := make(chan struct{})
	var wg sync.WaitGroup
	for range s.Writers() {
		started := make(chan struct{})
		var once sync.Once
		wg.Go(func() {
			if err := s.Write(context.Background(), func(*store.Tx) error {
				once.Do(func() { close(started) })
				<-gate
				return nil
			}); err != nil {
				t.Error(err)
			}
		})
		<-started
	}
	return func() {
		close(gate)
		wg.Wait()
	}
}

var errMine = errors.New("changed my mind")

// In one group, some closures fail in every way there is: each gets its own
// error, leaves nothing behind, and the others are all kept.
func TestGroupIsolatesFailures(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		taken := &huifang.Contact{Org: org, ID: newID(), Code: "taken"}
		write(t, s, func(tx *store.Tx) error { return tx.SaveContact(ctx, taken) })
		release := held(t, s)

		type client struct {
			event *huifang.Event
			plan  *huifang.Followup
			after func(*store.Tx) error
			check func(error) bool
		}
		ways := []struct {
			after func(*store.Tx) error
			check func(error) bool
		}{
			{func(*store.Tx) error { return nil }, func(err error) bool { return err == nil }},
			{func(*store.Tx) error { return errMine }, func(err error) bool { return errors.Is(err, errMine) }},
			{func(*store.Tx) error { panic("boom") }, func(err error) bool {
				return err != nil && strings.Contains(err.Error(), "boom") && huifang.CodeOf(err) == huifang.CodeInternal
			}},
			{func(tx *store.Tx) error {
				return tx.SaveContact(ctx, &huifang.Contact{Org: org, ID: newID(), Code: "taken"})
			}, func(err error) bool { return huifang.ReasonOf(err) == store.ReasonDuplicate }},
			{func(tx *store.Tx) error { // a failed statement cannot be ignored
				_ = tx.SaveContact(ctx, &huifang.Contact{Org: org, ID: newID(), Code: "taken"})
				return nil
			}, func(err error) bool { return huifang.ReasonOf(err) == store.ReasonDuplicate }},
			{func(tx *store.Tx) error {
				return tx.SaveContact(ctx, &huifang.Contact{Org: org, ID: "no uuid"})
			}, func(err error) bool { return huifang.ReasonOf(err) == "id.invalid" }},
			{func(tx *store.Tx) error { // seen only at the end of the transaction
				return tx.InsertFollowups(ctx, 2026, &huifang.Followup{Org: org, ID: newID()})
			}, func(err error) bool { return huifang.ReasonOf(err) == "store.value" }},
			{func(tx *store.Tx) error {
				return tx.Audit(ctx, &huifang.AuditEntry{Org: org, At: noon, Detail: "\x00"})
			}, func(err error) bool { return huifang.ReasonOf(err) == "text.invalid" }},
		}
		var clients []client
		for i := range 64 {
			w := ways[i%len(ways)]
			f := fullFollowup(t, org)
			clients = append(clients, client{newEvent(org), f, w.after, w.check})
		}
		var wg sync.WaitGroup
		for i, c := range clients {
			wg.Go(func() {
				err := s.Write(ctx, func(tx *store.Tx) error {
					if err := insertEvent(tx, c.event); err != nil {
						return err
					}
					if err := tx.InsertFollowups(ctx, 2026, c.plan); err != nil {
						return err
					}
					if i%3 == 0 { // have the numbers given now
						if _, err := tx.Followup(ctx, org, c.plan.ID); err != nil {
							return err
						}
					}
					if err := tx.Audit(ctx, &huifang.AuditEntry{Org: org, At: noon, Action: "test"}); err != nil {
						return err
					}
					return c.after(tx)
				})
				if !c.check(err) {
					t.Errorf("client %d (%d) got %v", i, i%len(ways), err)
				}
			})
		}
		time.Sleep(20 * time.Millisecond) // let them queue
		release()
		wg.Wait()

		var numbers []string
		for i, c := range clients {
			if kept := exists(t, s, c.event); kept != (i%len(ways) == 0) {
				t.Errorf("client %d: kept %v", i, kept)
			}
			if i%len(ways) == 0 {
				numbers = append(numbers, c.plan.Number)
			} else if c.plan.Number != "" || c.plan.Row != 0 {
				t.Errorf("client %d failed and holds number %q row %d", i, c.plan.Number, c.plan.Row)
			}
		}
		checkNumbers(t, numbers)
		checkOrg(t, s, org)
		if seq, _, err := s.View().AuditHead(ctx, org); err != nil || seq != 8 {
			t.Errorf("audit chain of %d (%v), want 8", seq, err)
		}
	})
}

// The same where closures wait for nothing, so that what they do travels with
// their neighbours' work; in every order of failing and succeeding.
func TestGroupIsolatesBlindWrites(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		for _, order := range []string{"kmkmk", "dkmkd", "kkdmm", "mdkkm", "mkrkd", "rmkdk", "krrmk"} {
			staff := newID()
			release := held(t, s)
			var wg sync.WaitGroup
			for _, way := range order {
				queued := make(chan struct{})
				wg.Go(func() {
					close(queued)
					a := &huifang.Alert{Org: org, Staff: staff, ID: newID(), At: noon}
					err := s.Write(ctx, func(tx *store.Tx) error {
						if way == 'r' { // looks before it writes
							if _, err := tx.Units(ctx, org); err != nil {
								return err
							}
						}
						if err := tx.InsertAlerts(ctx, a); err != nil {
							return err
						}
						switch way {
						case 'm':
							return errMine
						case 'd': // fails only when it reaches the database, perhaps after it ended
							return tx.InsertAttempt(ctx, &huifang.Attempt{Org: org, Followup: newID(), ID: newID(), At: noon})
						}
						return nil
					})
					switch {
					case way == 'm' && !errors.Is(err, errMine), way == 'd' && huifang.ReasonOf(err) != "store.reference",
						(way == 'k' || way == 'r') && err != nil:
						t.Errorf("%s: %c got %v", order, way, err)
					}
				})
				<-queued
				time.Sleep(2 * time.Millisecond) // in this order
			}
			release()
			wg.Wait()
			want := strings.Count(order, "k") + strings.Count(order, "r")
			if n := must(s.View().UnreadAlerts(ctx, org, staff))(t); n != want {
				t.Errorf("%s: %d alerts kept, want %d", order, n, want)
			}
		}
	})
}

// checkNumbers demands HF-2026-000001… without a gap.
func checkNumbers(t *testing.T, numbers []string) {
	t.Helper()
	slices.Sort(numbers)
	for i, n := range numbers {
		if want := fmt.Sprintf("HF-2026-%06d", i+1); n != want {
			t.Fatalf("number %s at place %d", n, i+1)
		}
	}
}

// checkOrg demands that everything kept twice agrees.
func checkOrg(t *testing.T, s *store.Store, org huifang.ID) {
	t.Helper()
	ctx := context.Background()
	if diffs := must(s.VerifyTallies(ctx, org))(t); len(diffs) > 0 {
		t.Fatalf("the rollup differs: %+v", diffs)
	}
	if broken := must(s.VerifyAudit(ctx, org))(t); broken != 0 {
		t.Fatalf("the audit chain breaks at %d", broken)
	}
}

// Many clients insert, change, fail and give up at random; numbers have no
// gaps, no acknowledged write is lost, none refused is kept, and the rollup
// equals the recount.
func TestRandomHistories(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		orgs := []huifang.ID{newOrg(t, s), newOrg(t, s)}
		units := []huifang.ID{newID(), newID(), ""}
		staff := []huifang.ID{newID(), newID(), ""}
		var mu sync.Mutex
		kept := map[huifang.ID]*huifang.Followup{}
		var lost atomic.Int64
		var wg sync.WaitGroup
		seed := rand.Uint64()
		t.Logf("seed %d", seed)
		for c := range 16 {
			rnd := rand.New(rand.NewPCG(uint64(c), seed))
			pick := func(of []huifang.ID) huifang.ID { return of[rnd.IntN(len(of))] }
			wg.Go(func() {
				var mine []*huifang.Followup
				for range 40 {
					org := pick(orgs)
					if len(mine) > 0 && rnd.IntN(2) == 0 {
						f := *mine[rnd.IntN(len(mine))]
						changeAtRandom(rnd, &f, units, staff)
						err := s.Write(ctx, func(tx *store.Tx) error {
							if rnd.IntN(2) == 0 {
								if _, err := tx.Followup(ctx, f.Org, f.ID); err != nil {
									return err
								}
							}
							if err := tx.UpdateFollowup(ctx, &f); err != nil {
								return err
							}
							if rnd.IntN(8) == 0 {
								return errMine
							}
							return nil
						})
						if err == nil {
							for i := range mine {
								if mine[i].ID == f.ID {
									mine[i] = &f
								}
							}
							mu.Lock()
							kept[f.ID] = &f
							mu.Unlock()
						} else if !errors.Is(err, errMine) {
							t.Error(err)
						}
						continue
					}
					f := &huifang.Followup{
						Org: org, ID: newID(), Enrollment: newID(), Program: "p", State: huifang.StatePlanned, Created: noon,
						OpensAt: noon, ClosesAt: noon.AddDate(0, rnd.IntN(3), 0), Unit: pick(units), Lead: pick(staff),
					}
					f.DueMonth = huifang.DateOf(f.ClosesAt, time.UTC).Month()
					fail := rnd.IntN(6) == 0
					wctx, cancel := context.WithCancel(ctx)
					if rnd.IntN(6) == 0 {
						cancel()
					}
					err := s.Write(wctx, func(tx *store.Tx) error {
						if err := insertEvent(tx, newEvent(org)); err != nil {
							return err
						}
						if err := tx.InsertFollowups(ctx, 2026, f); err != nil {
							return err
						}
						if fail {
							return errMine
						}
						return nil
					})
					cancel()
					switch {
					case err == nil:
						mine = append(mine, f)
						mu.Lock()
						kept[f.ID] = f
						mu.Unlock()
					case errors.Is(err, errMine), errors.Is(err, context.Canceled):
						lost.Add(1)
					default:
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		for _, org := range orgs {
			checkOrg(t, s, org)
			var numbers []string
			if err := s.View().EachFollowup(ctx, org, store.FollowupFilter{}, func(f *huifang.Followup) error {
				numbers = append(numbers, f.Number)
				want := kept[f.ID]
				delete(kept, f.ID)
				if want == nil || want.State != f.State || want.Row != f.Row || want.Unit != f.Unit || want.Number != f.Number {
					return fmt.Errorf("kept %+v, acknowledged %+v", f, want)
				}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			checkNumbers(t, numbers)
		}
		if len(kept) > 0 || lost.Load() == 0 {
			t.Fatalf("%d acknowledged follow-ups are missing; %d writes failed", len(kept), lost.Load())
		}
	})
}

func changeAtRandom(rnd *rand.Rand, f *huifang.Followup, units, staff []huifang.ID) {
	switch rnd.IntN(5) {
	case 0:
		f.State, f.DoneAt = huifang.StateCompleted, f.ClosesAt.Add(time.Duration(rnd.IntN(3)-1)*time.Microsecond)
		f.Satisfied = []huifang.Verdict{"", huifang.VerdictSatisfied, huifang.VerdictUnqualified}[rnd.IntN(3)]
	case 1:
		f.State = []huifang.State{huifang.StateWaived, huifang.StateCancelled, huifang.StateUnreachable}[rnd.IntN(3)]
	case 2:
		f.Unit, f.Lead = units[rnd.IntN(len(units))], staff[rnd.IntN(len(staff))]
	case 3:
		f.ClosesAt = f.ClosesAt.AddDate(0, 1, 0)
		f.DueMonth = huifang.DateOf(f.ClosesAt, time.UTC).Month()
	case 4:
		f.Late, f.Attempts = !f.Late, f.Attempts+1
	}
}

// Writers that read before they write lose no update to each other.
func TestConcurrentIncrements(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		e := &huifang.Enrollment{Org: org, ID: newID(), Program: "p", Subject: "event", Key: newID(), Active: true}
		write(t, s, func(tx *store.Tx) error { return tx.SaveEnrollment(ctx, e) })
		var done atomic.Int64
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for range 20 {
					err := s.Write(ctx, func(tx *store.Tx) error {
						kept, err := tx.Enrollment(ctx, org, e.ID)
						if err != nil {
							return err
						}
						kept.State = append(kept.State, 'x')
						return tx.AdvanceEnrollment(ctx, kept)
					})
					switch {
					case err == nil:
						done.Add(1)
					case huifang.ReasonOf(err) != store.ReasonStale:
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		kept := must(s.View().Enrollment(ctx, org, e.ID))(t)
		if int64(len(kept.State)) != done.Load() || kept.Row != done.Load()+1 {
			t.Fatalf("%d increments acknowledged, %d kept, row %d", done.Load(), len(kept.State), kept.Row)
		}
		if done.Load() != 160 {
			t.Fatalf("%d of 160 increments got through", done.Load())
		}
	})
}
