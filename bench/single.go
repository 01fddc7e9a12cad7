package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/api"
	"github.com/huifang/huifang/bench/ground"
	"github.com/huifang/huifang/store"
)

// manyClients is how many send events at the same time.
const manyClients = 64

// single takes in events one a request: as the product does it, as a server
// does that commits every request by itself, and at an endpoint that does
// nothing.
func single(ctx context.Context, b *bench) ([]Row, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2 * runtime.GOMAXPROCS(0))) // as the product serves
	return b.each(func(kind string) ([]Row, error) {
		base, err := b.base(ctx, kind, b.size.customers)
		if err != nil {
			return nil, err
		}
		defer base.Drop(ctx) //nolint:errcheck // temporary
		naive := store.Config{Alone: true, Writers: manyClients / 4}
		servers := make([]*ingesting, 0, 2)
		for _, cfg := range []store.Config{{}, naive} {
			s, err := b.ingesting(ctx, base, cfg)
			if err != nil {
				return nil, err
			}
			defer s.end(ctx)
			servers = append(servers, s)
		}
		if kind == ground.Postgres {
			return b.singlePostgres(ctx, servers[0], servers[1])
		}
		return b.singleSQLite(ctx, servers[0], servers[1])
	})
}

func (b *bench) singleSQLite(ctx context.Context, ours, naive *ingesting) ([]Row, error) {
	var received, grouped, alone latencies
	burst := ours.burst(b.size.window)
	many, err := takeTurns(ctx, b.rounds,
		contender{"ours", received.of(burst.run)},
		contender{"a transaction a request", alone.of(naive.load(manyClients, b.size.window).run)},
		contender{"an endpoint that does nothing", rate(ours.to("/api/v1/nothing", manyClients, b.size.window))},
		contender{"net/http alone", rate(ours.to("/bare", manyClients, b.size.window))},
		contender{"ours, answered when planned", grouped.of(ours.load(manyClients, b.size.window).run)},
	)
	if err != nil {
		return nil, err
	}
	one, err := takeTurns(ctx, b.rounds,
		contender{"ours", rate(ours.load(1, b.size.window))},
		contender{"a transaction a request", rate(naive.load(1, b.size.window))},
	)
	if err != nil {
		return nil, err
	}
	p99 := alone.p99(b.rounds)
	return []Row{
		compared("single events, 64 clients, until the last follow-up is planned", "requests/s", burst.planned(b.rounds), many[1], atLeast(3)).
			noted("POST /api/v1/events with an API token, synchronous=FULL, answered 202 when the event is kept durably (Prefer: respond-async). The clients send for %s; the time counts until every event sent is planned and the inbox is empty. A transaction a request: the same server and the same work before the answer 201, and every request commits by itself.", b.size.window),
		compared("single events, 64 clients, acknowledged, against doing nothing", "requests/s", many[0], many[2], atLeast(0.45)).
			noted("Answers 202 a second while planning goes on beside. It is the rate of a burst: what it is ahead of planning waits in the inbox, at most 50,000 events; a sender that is faster for longer gets 503 with Retry-After and so the rate of planning. The endpoint that does nothing is an operation of the same API behind the same middleware: it authenticates the same token, reads, decodes and validates the same body by the same schema, as the framework does it, and answers in the same shape. For orientation: net/http alone, which reads the body and answers, reaches %s requests/s.", thousands(int64(many[3].median()))),
		compared("single events, 64 clients, acknowledged, 99th percentile", "s", received.p99(b.rounds), p99, atMost(1.0/3)),
		compared("single events, 64 clients, answered when planned", "requests/s", many[4], many[1], Demand{}).
			noted("Without the preference: 201 with the follow-ups, as a transaction a request answers it."),
		compared("single events, 64 clients, answered when planned, 99th percentile", "s", grouped.p99(b.rounds), p99, Demand{}),
		compared("single events, 1 client, answered when planned", "requests/s", one[0], one[1], atLeast(0.85)),
	}, nil
}

// burst is a load whose events are acknowledged first and planned beside and
// after it.
type burst struct {
	*ingesting
	load  *load
	rates []float64 // events a second until all were planned
}

func (s *ingesting) burst(lasts time.Duration) *burst {
	return &burst{ingesting: s, load: s.sending("/api/v1/events", manyClients, lasts, "Prefer: respond-async\r\n", http.StatusAccepted)}
}

// run applies the load and waits until the inbox is empty.
func (u *burst) run(ctx context.Context) (loaded, error) {
	ctx, stop := context.WithCancel(ctx)
	var work sync.WaitGroup
	work.Go(func() { u.drain(ctx) })
	defer work.Wait()
	defer stop()
	began := time.Now()
	got, err := u.load.run(ctx)
	for err == nil {
		var waiting []huifang.ID
		if waiting, err = u.Store.View().InboxOrganizations(ctx); len(waiting) == 0 && err == nil {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	u.rates = append(u.rates, float64(got.answers)/time.Since(began).Seconds())
	return got, err
}

// drain plans what is received, as the product's background work does.
func (u *burst) drain(ctx context.Context) {
	for ctx.Err() == nil {
		select {
		case <-u.App.Received():
			_, _ = u.App.Drain(ctx) // what is left shows: the inbox is not empty
		case <-ctx.Done():
		}
	}
}

// planned leaves out the round that does not count.
func (u *burst) planned(rounds int) series {
	return series{name: "ours", values: u.rates[len(u.rates)-rounds:]}
}

func (b *bench) singlePostgres(ctx context.Context, ours, naive *ingesting) ([]Row, error) {
	many, err := takeTurns(ctx, b.rounds,
		contender{"ours", rate(ours.load(manyClients, b.size.window))},
		contender{"a transaction a request", rate(naive.load(manyClients, b.size.window))},
	)
	if err != nil {
		return nil, err
	}
	return []Row{
		compared("single events, 64 clients", "requests/s", many[0], many[1], atLeast(1.5)).
			noted("A transaction a request has 16 connections for writing, ours has 4: with 4 or 64 it was slower. PostgreSQL keeps every commit on disk."),
	}, nil
}

// latencies gathers the 99th percentiles of a load's rounds.
type latencies struct{ values []float64 }

func (l *latencies) of(work func(context.Context) (loaded, error)) func(context.Context) (float64, error) {
	return func(ctx context.Context) (float64, error) {
		got, err := work(ctx)
		l.values = append(l.values, got.p99)
		return got.rate, err
	}
}

// p99 leaves out the round that does not count.
func (l *latencies) p99(rounds int) series {
	return series{name: "a transaction a request", values: l.values[len(l.values)-rounds:]}
}

func rate(work *load) func(context.Context) (float64, error) {
	return func(ctx context.Context) (float64, error) {
		got, err := work.run(ctx)
		return got.rate, err
	}
}

// ingesting is a server of the product over a company's database.
type ingesting struct {
	*ground.Company
	served    *serving
	token     string
	customers int
	sent      atomic.Int64 // events, each with a number of its own
}

func (b *bench) ingesting(ctx context.Context, base *ground.Database, cfg store.Config) (*ingesting, error) {
	d, err := base.Copy(ctx)
	if err != nil {
		return nil, err
	}
	c, err := d.Open(ctx, cfg, time.Now)
	if err != nil {
		return nil, err
	}
	secret, err := c.Token(ctx)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/", api.New(api.Config{App: c.App, Nothing: true}))
	mux.HandleFunc("POST /bare", bare)
	s, err := serve(ctx, api.NewServer("", mux))
	return &ingesting{Company: c, served: s, token: secret, customers: b.size.customers}, err
}

func (s *ingesting) end(ctx context.Context) {
	_ = errors.Join(s.served.close(), s.Close(), s.DB.Drop(ctx)) // temporary
}

// load sends events to the operation that takes them in.
func (s *ingesting) load(clients int, lasts time.Duration) *load {
	return s.to("/api/v1/events", clients, lasts)
}

// to sends events to a path.
func (s *ingesting) to(path string, clients int, lasts time.Duration) *load {
	return s.sending(path, clients, lasts, "", http.StatusCreated)
}

// sending sends events to a path with more headers, to be answered so.
func (s *ingesting) sending(path string, clients int, lasts time.Duration, headers string, status int) *load {
	letters := s.letters(path, headers)
	return &load{
		addr: s.served.addr, clients: clients, lasts: lasts, status: status,
		next: func(into []byte) []byte {
			n := int(s.sent.Add(1))
			return letters[n%len(letters)].addressed(into, n, s.customers)
		},
	}
}

// letter is a request that is ready but for the digits of the event's key and of
// the contact's code.
type letter struct {
	text      []byte
	key, code int // where the digits begin
}

// letters are a request for each kind of ground.Event.
func (s *ingesting) letters(path, headers string) []letter {
	at := time.Now().AddDate(0, 0, -2).Truncate(time.Second)
	out := make([]letter, 10)
	for i := range out {
		e := ground.Event(i, s.customers, at)
		body, _ := json.Marshal(api.EventIn{ //nolint:errchkjson // nothing in it can fail
			Key: e.Key, Type: e.Type, At: e.At, Contact: api.ContactIn{Code: e.Contact.Code}, Department: e.Department, Attributes: e.Attributes,
		})
		text := post(s.served.addr, path, s.token, headers, body)
		out[i] = letter{
			text: text,
			key:  bytes.Index(text, []byte(e.Key)) + len(e.Key) - keyDigits,
			code: bytes.Index(text, []byte(e.Contact.Code)) + len(e.Contact.Code) - codeDigits,
		}
	}
	return out
}

// How many digits ground.Event gives keys and codes.
const (
	keyDigits  = 9
	codeDigits = 6
)

// addressed is the letter of the n-th event.
func (l *letter) addressed(into []byte, n, customers int) []byte {
	into = append(into, l.text...)
	digits(into[l.key:l.key+keyDigits], n)
	digits(into[l.code:l.code+codeDigits], n*7919%customers)
	return into
}

// digits writes a number with leading zeros.
func digits(into []byte, n int) {
	for i := len(into) - 1; i >= 0; i-- {
		into[i] = byte('0' + n%10)
		n /= 10
	}
}

// bare is what net/http can do: it reads the body and answers.
func bare(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body) // the sender has gone, nothing else
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	_, _ = io.WriteString(w, `{"status":"accepted","event":"00000000-0000-7000-8000-000000000000","followups":["00000000-0000-7000-8000-000000000000"]}`)
}
