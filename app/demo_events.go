package app

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
)

// plot decides what will happen: on every day some events, told in the evening,
// and a look at what is due in the morning.
func (d *demo) plot() {
	first, last := huifang.DateOf(d.at, d.zone), huifang.DateOf(d.end, d.zone)
	for day := first; day <= last; day++ {
		d.later(day.At(1, d.zone), d.tick)
		if events := d.eventsOf(day); len(events) > 0 {
			d.later(day.At(20*60, d.zone), func() error { return d.tell(events) })
		}
		if day.AddDays(1).Month() != day.Month() {
			d.later(day.At(21*60, d.zone), func() error { return d.closeMonth(day.Month()) })
		}
	}
}

// season is how much more or less happens than on an average day: more in the
// heat and the cold, little at New Year, half on Sundays.
func season(day huifang.Date) float64 {
	_, month, _ := day.Civil()
	f := 1 + 0.25*math.Cos(4*math.Pi*float64(month-1)/12)
	if month == time.February {
		f *= 0.65
	}
	switch day.Weekday() {
	case time.Sunday:
		f *= 0.5
	case time.Saturday:
		f *= 0.8
	default:
		f *= 1.14
	}
	return f
}

// eventsOf makes up what happens on a day.
func (d *demo) eventsOf(day huifang.Date) []EventInput {
	var out []EventInput
	for _, u := range d.units {
		for i := range d.trade.Sample.Events {
			s := &d.trade.Sample.Events[i]
			mean := s.Monthly * float64(len(u.households)) / 100 / 30.4 * season(day)
			for range d.poisson(mean) {
				out = append(out, d.event(u, s, day))
			}
		}
	}
	slices.SortStableFunc(out, func(a, b EventInput) int { return a.At.Compare(b.At) })
	return out
}

// poisson draws how often something happens that happens mean times on average.
func (d *demo) poisson(mean float64) int {
	n, p, limit := 0, d.rng.Float64(), math.Exp(-mean)
	for p > limit && n < 100 {
		n++
		p *= d.rng.Float64()
	}
	return n
}

// event makes up one event.
func (d *demo) event(u *demoUnit, s *pack.SampleEvent, day huifang.Date) EventInput {
	h := one(d.rng, u.households)
	m := one(d.rng, s.Matters)
	for _, known := range s.Matters {
		if known.Text == h.trouble {
			m = known
		}
	}
	at := day.At(huifang.Clock(8*60+d.rng.IntN(11*60)), d.zone) //nolint:gosec // minutes of a day
	e := EventInput{
		Key: u.sample.Code + "-" + s.Code + "-" + day.String() + "-" + strconv.Itoa(d.seq) + "-" + strconv.Itoa(d.rng.IntN(1e6)), Type: s.Event, At: at,
		Unit: u.unit.Code, Department: m.Department,
		Contact:    ContactInput{Code: h.code, Name: h.name, Phones: []string{h.phone}, Steward: h.steward, Address: u.unit.Name + h.home},
		Asset:      AssetInput{Code: u.sample.Code + "-" + h.home, Name: h.home},
		Attributes: huifang.Attributes{"matter": m.Text},
	}
	if len(s.Hours) == 2 {
		opened := at.Add(-time.Duration(s.Hours[0]+d.rng.IntN(s.Hours[1]-s.Hours[0]+1)) * time.Hour)
		e.Attributes["opened_at"] = opened.UTC().Format(time.RFC3339)
	}
	for _, name := range slices.Sorted(maps.Keys(s.Attributes)) {
		e.Attributes[name] = one(d.rng, s.Attributes[name])
	}
	d.dates(&e, day)
	return e
}

// dates fills in the date attributes of the event's type, one after the other.
func (d *demo) dates(e *EventInput, day huifang.Date) {
	t, ok := d.trade.Event(e.Type)
	if !ok {
		return
	}
	for _, at := range t.Attributes {
		if at.Type != "date" {
			continue
		}
		if _, set := e.Attributes[at.Name]; !set {
			day = day.AddDays(1 + d.rng.IntN(60))
			e.Attributes[at.Name] = day.String()
		}
	}
}

// tell sends a day's events and decides what becomes of the follow-ups.
func (d *demo) tell(events []EventInput) error {
	results, err := d.Ingest(d.ctx, system(d.org.ID), events, IngestOptions{Source: "demo"})
	if err != nil {
		return err
	}
	for i := range results {
		if results[i].Err != nil {
			return results[i].Err
		}
		d.out.Events++
		for _, id := range results[i].Followups {
			f, err := d.reads().Followup(d.ctx, d.org.ID, id)
			if err != nil {
				return err
			}
			d.destine(f)
		}
	}
	return nil
}

// closeMonth flags a month's recurrences and has the heads decide.
func (d *demo) closeMonth(m huifang.Month) error {
	if _, err := d.DetectRecurrences(d.ctx, system(d.org.ID), m); err != nil {
		return err
	}
	return d.decideRecurrences(m)
}
