package store_test

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func newJob(org huifang.ID, due time.Time, unique string) *huifang.Job {
	return &huifang.Job{Org: org, ID: newID(), Kind: "tick", Unique: unique, Args: `{"a":1}`, Due: due}
}

func enqueue(t *testing.T, s *store.Store, jobs ...*huifang.Job) {
	t.Helper()
	write(t, s, func(tx *store.Tx) error { return tx.Enqueue(context.Background(), jobs...) })
}

func claim(t *testing.T, s *store.Store, org huifang.ID, now time.Time, limit int) (jobs []*huifang.Job) {
	t.Helper()
	ctx := context.Background()
	write(t, s, func(tx *store.Tx) (err error) {
		jobs, err = tx.ClaimJobs(ctx, org, now, now.Add(time.Minute), limit)
		return err
	})
	return jobs
}

func TestJobs(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org, other := newOrg(t, s), newOrg(t, s)
		if at := must(s.View().NextJob(ctx))(t); !at.IsZero() {
			t.Fatalf("next job at %s without any", at)
		}
		late, soon := newJob(org, noon.Add(time.Second), "b"), newJob(org, noon, "a")
		enqueue(t, s, late, soon, newJob(org, noon.Add(time.Hour), ""), newJob(org, noon.Add(time.Hour), ""))
		enqueue(t, s, newJob(org, noon.Add(-time.Hour), "a")) // waits already: dropped
		enqueue(t, s, newJob(other, noon.Add(time.Hour), "a"))
		select {
		case <-s.Ready():
		default:
			t.Error("no hint after the commit")
		}
		if at := must(s.View().NextJob(ctx))(t); !at.Equal(noon) {
			t.Fatalf("next job at %s", at)
		}
		same(t, must(s.View().JobOrganizations(ctx, noon))(t), []huifang.ID{org})
		if n := len(must(s.View().Jobs(ctx, org, false, 10))(t)); n != 4 {
			t.Fatalf("%d jobs wait, want 4", n)
		}

		got := claim(t, s, org, noon.Add(time.Second), 1)
		if len(got) != 1 || got[0].ID != soon.ID || got[0].Tries != 1 || !got[0].Lease.Equal(noon.Add(time.Second+time.Minute)) || got[0].Args != soon.Args {
			t.Fatalf("claimed %+v", got)
		}
		if got := claim(t, s, org, noon, 10); len(got) != 0 {
			t.Fatalf("claimed %d that are not due", len(got))
		}
		write(t, s, func(tx *store.Tx) error { return tx.FinishJobs(ctx, noon, got[0]) })
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.FinishJobs(ctx, noon, got[0]) }), huifang.CodeConflict, store.ReasonStale)
		enqueue(t, s, newJob(org, noon, "a")) // the earlier one is finished: a new one
		if n := len(claim(t, s, org, noon, 10)); n != 1 {
			t.Fatalf("%d jobs after the unique one was finished, want 1", n)
		}
		if n := len(must(s.View().Jobs(ctx, org, true, 10))(t)); n != 1 {
			t.Fatalf("%d finished", n)
		}
		write(t, s, func(tx *store.Tx) error { return tx.DeleteJobs(ctx, org, noon.Add(1e6)) })
		if n := len(must(s.View().Jobs(ctx, org, true, 10))(t)); n != 0 {
			t.Fatalf("%d finished jobs kept", n)
		}
	})
}

func TestJobLeaseAndFailure(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		enqueue(t, s, newJob(org, noon, "x"))
		first := claim(t, s, org, noon, 10)[0]
		if n := len(claim(t, s, org, noon.Add(59*time.Second), 10)); n != 0 {
			t.Fatal("a leased job was claimed again")
		}
		second := claim(t, s, org, noon.Add(time.Minute), 10)[0]
		if second.ID != first.ID || second.Tries != 2 {
			t.Fatalf("after the lease %+v", second)
		}
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.FinishJobs(ctx, noon, first) }), huifang.CodeConflict, store.ReasonStale)

		job, now := second, noon.Add(time.Minute)
		for i := range 25 {
			retry := now.Add(time.Hour)
			write(t, s, func(tx *store.Tx) error { return tx.FailJob(ctx, job, now, retry, fmt.Sprintf("problem %d", i)) })
			if n := len(claim(t, s, org, now, 10)); n != 0 {
				t.Fatal("claimed before the retry is due")
			}
			now = retry
			job = claim(t, s, org, now, 10)[0]
		}
		var past []store.JobError
		if err := json.Unmarshal([]byte(job.Errors), &past); err != nil {
			t.Fatal(err)
		}
		if len(past) != 20 || past[0].Error != "problem 0" || past[0].Try != 2 || past[19].Error != "problem 24" {
			t.Fatalf("history %+v", past)
		}
		write(t, s, func(tx *store.Tx) error { return tx.FailJob(ctx, job, now, time.Time{}, "for good") })
		if got := must(s.View().Jobs(ctx, org, true, 10))(t); len(got) != 1 || got[0].Finished.IsZero() {
			t.Fatalf("given up: %+v", got)
		}
		enqueue(t, s, newJob(org, noon, "x"))
		if n := len(must(s.View().Jobs(ctx, org, false, 10))(t)); n != 1 {
			t.Fatal("a job given up still holds its name")
		}
	})
}

// Two nodes with four workers each claim from one table: every job runs once.
func TestJobsOfTwoNodes(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		ctx := context.Background()
		a := storetest.Open(t, store.Config{URL: url})
		b := storetest.Open(t, store.Config{URL: url})
		org := newOrg(t, a)
		const n = 300
		jobs := make([]*huifang.Job, n)
		for i := range jobs {
			jobs[i] = newJob(org, noon, "")
		}
		enqueue(t, a, jobs...)
		var mu sync.Mutex
		ran := map[huifang.ID]int{}
		var wg sync.WaitGroup
		for i := range 8 {
			s := []*store.Store{a, b}[i%2]
			wg.Go(func() {
				for {
					var got []*huifang.Job
					if err := s.Write(ctx, func(tx *store.Tx) (err error) {
						got, err = tx.ClaimJobs(ctx, org, noon, noon.Add(time.Hour), 7)
						return err
					}); err != nil {
						t.Error(err)
						return
					}
					if len(got) == 0 {
						return
					}
					mu.Lock()
					for _, j := range got {
						ran[j.ID]++
					}
					mu.Unlock()
					if err := s.Write(ctx, func(tx *store.Tx) error { return tx.FinishJobs(ctx, noon, got...) }); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if left := must(a.View().Jobs(ctx, org, false, n))(t); len(left) != 0 || len(ran) != n {
			t.Fatalf("%d ran, %d left, want all of %d", len(ran), len(left), n)
		}
		for id, times := range ran {
			if times != 1 {
				t.Fatalf("job %s ran %d times", id, times)
			}
		}
	})
}
