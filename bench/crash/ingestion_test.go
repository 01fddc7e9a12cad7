package crash

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/huifang/huifang/api"
	"github.com/huifang/huifang/app"
	"github.com/huifang/huifang/bench/ground"
)

const customers = 50

// TestKilledIngestion: clients send events, one or several a request, half of
// them to be planned later, and send again what was not acknowledged.
func TestKilledIngestion(t *testing.T) {
	t.Parallel()
	each(t, customers, func(t *testing.T, v *victim) {
		db := v.copy(v.base)
		s := &senders{victim: v, most: 1 << 30}
		for v.killed < *kills {
			p := v.start(db)
			done := s.send(p, 8)
			v.kill(p, 700*time.Millisecond)
			v.check(<-done)
		}
		s.mu.Lock()
		s.most = s.next // nothing new: what is left is sent again
		s.mu.Unlock()
		p := v.start(db)
		v.check(<-s.send(p, 8))
		v.drained(db, p)
		v.stop(p)
		if n := v.count(db, "SELECT COUNT(*) FROM inbox_result WHERE event_id IS NULL"); n != 0 {
			t.Errorf("seed %d: %d events are refused", v.seed, n)
		}
		if len(s.again) != 0 || len(s.acknowledged) != s.next || s.next == 0 {
			t.Fatalf("%d events, %d acknowledged, %d to be sent", s.next, len(s.acknowledged), len(s.again))
		}
		t.Logf("%d events", s.next)
		v.sound(db)
		v.same(db, s.unkilled(v.copy(v.base)))
	})
}

// drained waits until what was acknowledged is planned.
func (v *victim) drained(d *ground.Database, p *ground.Process) {
	v.t.Helper()
	for end := time.Now().Add(time.Minute); v.count(d, "SELECT COUNT(*) FROM inbox") > 0; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			v.t.Fatalf("not everything was planned within a minute\n%s", p.Log())
		}
	}
}

// senders are clients that send events to a server that may die.
type senders struct {
	*victim
	mu           sync.Mutex
	next         int   // number of the next new event
	most         int   // new events end here
	again        []int // sent and not acknowledged
	acknowledged map[int]bool
}

func (s *senders) event(n int) app.EventInput {
	return ground.Event(n, customers, s.began.AddDate(0, 0, -2))
}

// take gives events to send: those without an answer first.
func (s *senders) take(n int) []int {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []int
	for len(out) < n && len(s.again) > 0 {
		out, s.again = append(out, s.again[0]), s.again[1:]
	}
	for len(out) < n && s.next < s.most {
		out = append(out, s.next)
		s.next++
	}
	return out
}

func (s *senders) answered(numbers []int, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.acknowledged == nil {
		s.acknowledged = map[int]bool{}
	}
	for _, n := range numbers {
		if ok {
			s.acknowledged[n] = true
		} else {
			s.again = append(s.again, n)
		}
	}
}

// sure is how many were acknowledged so far.
func (s *senders) sure() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.acknowledged)
}

// send has clients send until there is nothing left or the server is gone. What
// comes from the channel is an answer that should not be.
func (s *senders) send(p *ground.Process, clients int) <-chan error {
	done := make(chan error, 1)
	var group sync.WaitGroup
	errs := make([]error, clients)
	for i := range clients {
		group.Go(func() { errs[i] = s.client(p.Addr, i) })
	}
	go func() {
		group.Wait()
		done <- errors.Join(errs...)
	}()
	return done
}

func (s *senders) client(addr string, i int) error {
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	for round := 0; ; round++ {
		n := 1
		if (round+i)%10 == 0 {
			n = 20
		}
		numbers := s.take(n)
		if len(numbers) == 0 {
			return nil
		}
		status, answer, err := s.post(transport, addr, numbers)
		switch {
		case err != nil: // the server is gone; whether it took them is not known
			s.answered(numbers, false)
			return nil
		case status == http.StatusServiceUnavailable:
			s.answered(numbers, false)
		case status != http.StatusOK && status != http.StatusCreated && status != http.StatusAccepted || bytes.Contains(answer, []byte(`"status":"rejected"`)):
			return fmt.Errorf("the server answers %d: %.500s", status, answer)
		default:
			s.answered(numbers, true)
		}
	}
}

// post sends one event, or several as a batch.
func (s *senders) post(transport *http.Transport, addr string, numbers []int) (int, []byte, error) {
	in := make([]api.EventIn, len(numbers))
	for i, n := range numbers {
		e := s.event(n)
		in[i] = api.EventIn{Key: e.Key, Type: e.Type, At: e.At, Contact: api.ContactIn{Code: e.Contact.Code}, Department: e.Department, Attributes: e.Attributes}
	}
	path, body := "/api/v1/events:batch", any(in)
	if len(in) == 1 {
		path, body = "/api/v1/events", in[0]
	}
	async := numbers[0]%2 == 0 // acknowledged first, planned then
	raw, err := json.Marshal(body)
	if err != nil {
		return 0, nil, err
	}
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, "http://"+addr+path, bytes.NewReader(raw))
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Authorization", "Bearer "+s.token)
	req.Header.Set("Content-Type", "application/json")
	if async {
		req.Header.Set("Prefer", "respond-async")
	}
	res, err := transport.RoundTrip(req)
	if err != nil {
		return 0, nil, err
	}
	defer res.Body.Close() //nolint:errcheck // read to its end
	answer, err := io.ReadAll(res.Body)
	return res.StatusCode, answer, err
}

// unkilled takes in the same events at once, without a process to kill.
func (s *senders) unkilled(d *ground.Database) *ground.Database {
	s.open(d, time.Now, func(c *ground.Company) error {
		for from := 0; from < s.next; from += 1000 {
			var events []app.EventInput
			for n := from; n < min(from+1000, s.next); n++ {
				events = append(events, s.event(n))
			}
			results, err := c.App.Ingest(s.t.Context(), c.Actor, events, app.IngestOptions{})
			if err != nil {
				return err
			}
			for i := range results {
				if results[i].Status != app.IngestAccepted {
					return fmt.Errorf("%s is %s: %w", events[i].Key, results[i].Status, results[i].Err)
				}
			}
		}
		return nil
	})
	return d
}
