package main

import (
	"context"
	"runtime"

	"github.com/huifang/huifang/store"
)

// upkeep measures what keeping the rollup costs: the same ingestion with and
// without it.
func upkeep(ctx context.Context, b *bench) ([]Row, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2 * runtime.GOMAXPROCS(0))) // as the product serves
	return b.each(func(kind string) ([]Row, error) {
		base, err := b.base(ctx, kind, b.size.customers)
		if err != nil {
			return nil, err
		}
		defer base.Drop(ctx) //nolint:errcheck // temporary
		var sides []contender
		for _, cfg := range []store.Config{{}, {Unrolled: true}} {
			s, err := b.ingesting(ctx, base, cfg)
			if err != nil {
				return nil, err
			}
			defer s.end(ctx)
			name := "ours"
			if cfg.Unrolled {
				name = "without the rollup"
			}
			sides = append(sides, contender{name, rate(s.load(manyClients, b.size.window))})
		}
		got, err := takeTurns(ctx, b.rounds, sides...)
		if err != nil {
			return nil, err
		}
		return []Row{compared("ingestion that keeps the rollup, 64 clients", "requests/s", got[0], got[1], atLeast(0.9))}, nil
	})
}
