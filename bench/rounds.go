package main

import (
	"context"
	"fmt"
	"runtime"
	"slices"
)

// contender is one way to do a piece of work: ours, or a limit of the machine.
type contender struct {
	name string
	run  func(ctx context.Context) (float64, error) // seconds, or a rate: the same for all that are compared
}

// takeTurns lets the contenders do their work n times each, in an order that
// rotates from round to round, after one round that does not count. The result
// has a series for each contender, a value a round.
func takeTurns(ctx context.Context, n int, cs ...contender) ([]series, error) {
	out := make([]series, 0, len(cs))
	for _, c := range cs {
		out = append(out, series{name: c.name})
	}
	for round := -1; round < n; round++ {
		for k := range cs {
			i := (k + max(round, 0)) % len(cs)
			runtime.GC()
			v, err := cs[i].run(ctx)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", cs[i].name, err)
			}
			if round >= 0 {
				out[i].values = append(out[i].values, v)
			}
		}
	}
	return out, nil
}

// series is what one contender reached in each round.
type series struct {
	name   string
	values []float64
}

func (s series) median() float64 { return median(s.values) }

// over is the ratio to another series, round by round.
func (s series) over(o series) series {
	out := series{name: s.name + " / " + o.name}
	for i := range s.values {
		out.values = append(out.values, s.values[i]/o.values[i])
	}
	return out
}

// median is the middle value, the mean of the middle two, 0 of none.
func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	v := slices.Sorted(slices.Values(values))
	return (v[(len(v)-1)/2] + v[len(v)/2]) / 2
}

// quantile is the value that the share q of the values does not exceed; the
// values must be sorted.
func quantile[T any](sorted []T, q float64) (v T) {
	if len(sorted) == 0 {
		return v
	}
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}
