package main

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
)

// engine replays a property year on one core, with a host that keeps
// enrollments in memory. Counted are service events and outcomes of follow-ups;
// the ticks that wake what is late happen besides and are not counted. The limit
// is decoding the same inputs from JSON with the standard library.
func engine(ctx context.Context, b *bench) ([]Row, error) {
	w, err := newEstate(b.size.households)
	if err != nil {
		return nil, err
	}
	inputs := w.year(b.size.engineEvents, 1)
	lines, err := jsonLines(inputs)
	if err != nil {
		return nil, err
	}
	until := plan.EndOf(huifang.MakeDate(2026, time.December, 31), plan.DefaultZone())
	n := float64(len(inputs))
	var last *replay
	allocations := series{name: "allocations"}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	got, err := takeTurns(ctx, b.rounds,
		contender{"ours", func(context.Context) (float64, error) {
			last = newReplay(w, b.size.engineEvents)
			before, began := mallocs(), time.Now()
			err := last.all(inputs, until)
			took := time.Since(began).Seconds()
			allocations.values = append(allocations.values, float64(mallocs()-before)/n)
			if err == nil && (last.planned < b.size.engineEvents || last.planned < last.ended) {
				err = fmt.Errorf("the replay lost follow-ups: %d planned, %d ended", last.planned, last.ended)
			}
			return n / took, err
		}},
		contender{"decoding the inputs from JSON", func(context.Context) (float64, error) {
			began := time.Now()
			for _, raw := range lines {
				var l plan.Line
				if err := json.Unmarshal(raw, &l); err != nil {
					return 0, err
				}
			}
			return n / time.Since(began).Seconds(), nil
		}},
	)
	if err != nil {
		return nil, err
	}
	return []Row{
		bounded("engine: a property year replayed on one core", "events/s", got[0], got[1], atLeast(200_000)).
			noted("%s households; %s service events and %s outcomes of their follow-ups are counted. Besides, and not counted, %s ticks woke what was late. Enrollments stay in memory.",
				thousands(int64(b.size.households)), thousands(int64(b.size.engineEvents)), thousands(int64(last.ended)), thousands(int64(last.ticks))),
		bounded("engine: allocations an event", "", allocations, series{}, atMost(10)),
	}, nil
}

func mallocs() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Mallocs
}

func jsonLines(inputs []moment) ([][]byte, error) {
	out := make([][]byte, 0, len(inputs))
	for i := range inputs {
		in, ev := &inputs[i], inputs[i].Event
		raw, err := json.Marshal(plan.Line{
			ID: ev.ID, Type: ev.Type, At: ev.At.Format(time.RFC3339), Contact: ev.Contact, Unit: ev.Unit, Department: ev.Department,
			Attributes: ev.Attributes, Program: in.Program, Step: in.Step, Occurrence: in.Occurrence, Answers: in.Answers, Reason: in.Reason,
		})
		if err != nil {
			return nil, err
		}
		out = append(out, raw)
	}
	return out, nil
}
