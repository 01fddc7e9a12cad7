package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/api"
	"github.com/huifang/huifang/app"
	"github.com/huifang/huifang/bench/ground"
	"github.com/huifang/huifang/store"
)

// manyClients is how many send events at the same time.
const manyClients = 64

// single takes in events one a request: as the product does it, as a server
// does that commits every request by itself, and at an endpoint that does
// nothing.
func single(ctx context.Context, b *bench) ([]Row, error) {
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
	var grouped, alone latencies
	many, err := takeTurns(ctx, b.rounds,
		contender{"ours", grouped.of(ours.load(manyClients, b.size.window))},
		contender{"a transaction a request", alone.of(naive.load(manyClients, b.size.window))},
		contender{"an endpoint that does nothing", rate(ours.nothing(manyClients, b.size.window))},
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
	return []Row{
		compared("single events, 64 clients", "requests/s", many[0], many[1], atLeast(3)).
			noted("POST /api/v1/events with an API token, synchronous=FULL. A transaction a request: the same server and the same work, but every request commits by itself."),
		compared("single events, 64 clients, against doing nothing", "requests/s", many[0], many[2], atLeast(0.45)).
			noted("The endpoint that does nothing authenticates the same token, reads the same body and answers in the same shape."),
		compared("single events, 64 clients, 99th percentile", "s", grouped.p99(b.rounds), alone.p99(b.rounds), atMost(1.0/3)),
		compared("single events, 1 client", "requests/s", one[0], one[1], atLeast(0.85)),
	}, nil
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

func (l *latencies) of(work *load) func(context.Context) (float64, error) {
	return func(ctx context.Context) (float64, error) {
		got, err := work.run(ctx)
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
	mux.Handle("/", api.New(api.Config{App: c.App}))
	doNothing(mux, c.App) //nolint:contextcheck // its handlers have the contexts of their requests
	s, err := serve(ctx, api.NewServer("", mux))
	return &ingesting{Company: c, served: s, token: secret, customers: b.size.customers}, err
}

func (s *ingesting) end(ctx context.Context) {
	_ = errors.Join(s.served.close(), s.Close(), s.DB.Drop(ctx)) // temporary
}

func (s *ingesting) load(clients int, lasts time.Duration) *load {
	at := time.Now().AddDate(0, 0, -2).Truncate(time.Second)
	return &load{
		addr: s.served.addr, path: "/api/v1/events", token: s.token, clients: clients, lasts: lasts, status: http.StatusCreated,
		body: func() []byte {
			e := ground.Event(int(s.sent.Add(1)), s.customers, at)
			body, _ := json.Marshal(api.EventIn{ //nolint:errchkjson // nothing in it can fail
				Key: e.Key, Type: e.Type, At: e.At, Contact: api.ContactIn{Code: e.Contact.Code}, Department: e.Department, Attributes: e.Attributes,
			})
			return body
		},
	}
}

func (s *ingesting) nothing(clients int, lasts time.Duration) *load {
	l := s.load(clients, lasts)
	l.path, l.status = "/nothing", http.StatusCreated
	return l
}

type nothingIn struct{ RawBody []byte }

type nothingOut struct{ Body api.Ingested }

// doNothing adds an operation of the same framework that authenticates the
// caller and answers.
func doNothing(mux *http.ServeMux, a *app.App) {
	service := humago.New(mux, huma.DefaultConfig("nothing", "1"))
	answer := &nothingOut{Body: api.Ingested{Status: "accepted", Event: ground.NewID(), Followups: []huifang.ID{ground.NewID()}}}
	huma.Register(service, huma.Operation{
		OperationID: "nothing", Method: http.MethodPost, Path: "/nothing", DefaultStatus: http.StatusCreated, SkipValidateBody: true,
		Middlewares: huma.Middlewares{func(ctx huma.Context, next func(huma.Context)) {
			secret := ctx.Header("Authorization")
			if _, _, err := a.Authenticate(ctx.Context(), secret[len("Bearer "):]); err != nil {
				ctx.SetStatus(http.StatusUnauthorized)
				return
			}
			next(ctx)
		}},
	}, func(context.Context, *nothingIn) (*nothingOut, error) { return answer, nil })
}
