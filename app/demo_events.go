package app

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
)

// plot decides what will happen by itself: something at the beginning, then on
// every day; and there is a look at what is due every morning.
func (d *demo) plot() {
	first, last := huifang.DateOf(d.at, d.zone), huifang.DateOf(d.end, d.zone)
	for i := range d.trade.Sample.Events {
		d.open0(&d.trade.Sample.Events[i], first)
	}
	d.later(d.end.AddDate(0, 0, -2), d.readAlerts)
	for day := first; day <= last; day++ {
		d.later(day.At(1, d.zone), func() error {
			d.spontaneous(day)
			return d.tick()
		})
		if day.Weekday() == time.Monday {
			d.later(day.At(16*60, d.zone), d.catchUp)
		}
		if day.AddDays(1).Month() != day.Month() {
			d.later(day.At(21*60+30, d.zone), func() error { return d.closeMonth(day.Month()) })
		}
	}
}

// open0 has an event happen to some customers in the first days.
func (d *demo) open0(s *pack.SampleEvent, first huifang.Date) {
	if s.Initial == 0 {
		return
	}
	for _, u := range d.units {
		for _, c := range u.contacts {
			if !fitsKind(s, c) || !d.chance(s.Initial) {
				continue
			}
			c.busy[s.Code] = s.Once
			d.happen(&demoChain{root: s.Code, contact: c}, s, first.AddDays(d.rng.IntN(cmp.Or(s.Spread, 28))), 1, nil)
		}
	}
}

func fitsKind(s *pack.SampleEvent, c *demoContact) bool {
	return len(s.Kinds) == 0 || slices.Contains(s.Kinds, c.kind)
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

// spontaneous decides what happens by itself on a day.
func (d *demo) spontaneous(day huifang.Date) {
	for _, u := range d.units {
		for i := range d.trade.Sample.Events {
			s := &d.trade.Sample.Events[i]
			mean := s.Monthly * float64(len(u.contacts)) / 100 / 30.4 * season(day)
			for range d.poisson(mean) {
				if c := d.somebody(u, s); c != nil {
					c.busy[s.Code] = s.Once
					d.happen(&demoChain{root: s.Code, contact: c}, s, day, 1, nil)
				}
			}
		}
	}
}

// somebody is a customer an event may happen to; nil when none was found.
func (d *demo) somebody(u *demoUnit, s *pack.SampleEvent) *demoContact {
	for range 20 {
		if c := one(d.rng, u.contacts); fitsKind(s, c) && !c.busy[s.Code] {
			return c
		}
	}
	return nil
}

// poisson draws how often something happens that happens mean times on average.
func (d *demo) poisson(mean float64) int {
	if mean == 0 {
		return 0
	}
	n, p, limit := 0, d.rng.Float64(), math.Exp(-mean)
	for p > limit && n < 100 {
		n++
		p *= d.rng.Float64()
	}
	return n
}

// demoChain is one thing leading to another with one customer.
type demoChain struct {
	root    string // what it began with
	contact *demoContact
	asset   *demoAsset
	matter  pack.SampleMatter
	drawn   huifang.Attributes // of its events so far
	over    bool
	waiting int // still to happen
}

// happen has an event happen on a day, at the time given or one of its own.
func (d *demo) happen(c *demoChain, s *pack.SampleEvent, day huifang.Date, n int, clock *huifang.Clock) {
	c.waiting++
	at := d.clockOf(s)
	if clock != nil {
		at = *clock
	}
	when := day.At(at, d.zone)
	if s.Ends { // after whatever else the chain has in that minute
		when = when.Add(59 * time.Second)
	}
	d.later(when, func() error {
		if c.over { // the customer may be busy with something new
			return nil
		}
		c.waiting--
		d.told = append(d.told, d.event(c, s, when, n))
		d.gatherLater(when)
		if c.waiting == 0 || c.over {
			c.contact.busy[c.root] = false
		}
		return nil
	})
}

func (d *demo) clockOf(s *pack.SampleEvent) huifang.Clock {
	from, to := huifang.Clock(8*60), huifang.Clock(19*60)
	if len(s.Time) == 2 && s.Time[0] <= s.Time[1] {
		from, to = s.Time[0], s.Time[1]
	}
	return from + huifang.Clock(d.rng.IntN(int(to-from)+1)) //nolint:gosec // minutes of a day
}

// gatherLater has what happened told at the next of the day's times for that.
func (d *demo) gatherLater(when time.Time) {
	local := when.In(d.zone)
	minute := local.Hour()*60 + local.Minute()
	slot := (minute/180 + 1) * 180
	at := huifang.DateOf(when, d.zone).At(huifang.Clock(min(slot, 24*60-20)), d.zone) //nolint:gosec // minutes of a day
	if !at.After(d.gathering) {
		return
	}
	d.gathering = at
	d.later(at, d.tell)
}

// event makes up one event and what follows from it.
func (d *demo) event(c *demoChain, s *pack.SampleEvent, at time.Time, n int) EventInput {
	if len(s.Matters) > 0 {
		c.matter = one(d.rng, s.Matters)
		for _, known := range s.Matters {
			if known.Text == c.contact.trouble {
				c.matter = known
			}
		}
	}
	scope := d.scope(c, at, n)
	d.choose(c, s, scope)
	e := EventInput{
		Key: s.Code + "-" + strconv.Itoa(d.out.Events+len(d.told)+1), Type: s.Event, At: at, Unit: c.contact.unit.unit.Code, Department: c.matter.Department,
		Contact: c.contact.input(), Asset: c.asset.input(), Attributes: huifang.Attributes{},
	}
	if s.Asset == "none" {
		e.Asset = AssetInput{}
	}
	if p := d.colleague(c.contact.unit, s.Staff, c.matter.Department); p != nil {
		e.Staff = p.Code
	}
	d.draw(e.Attributes, c.matter.Attributes, scope)
	d.draw(e.Attributes, s.Attributes, scope)
	if c.matter.Text != "" {
		e.Attributes["matter"] = d.pattern(c.matter.Text, scope)
	}
	if len(s.Hours) == 2 {
		e.Attributes["opened_at"] = at.Add(-time.Duration(d.between(s.Hours)) * time.Hour).UTC().Format(time.RFC3339)
	}
	c.drawn = e.Attributes
	d.proceed(c, s, at)
	return e
}

func (d *demo) scope(c *demoChain, at time.Time, n int) *demoScope {
	s := &demoScope{day: huifang.DateOf(at, d.zone), unit: c.contact.unit, contact: c.contact, department: c.matter.Department, n: n}
	s.known = []huifang.Attributes{c.drawn, nil, c.contact.attributes}
	if c.asset != nil {
		s.known[1] = c.asset.attributes
	}
	return s
}

// choose settles which thing an event is about.
func (d *demo) choose(c *demoChain, s *pack.SampleEvent, scope *demoScope) {
	if s.Asset == "own" && c.asset == nil && len(c.contact.assets) > 0 {
		c.asset = one(d.rng, c.contact.assets)
	}
	for i := range d.trade.Sample.Assets {
		if made := &d.trade.Sample.Assets[i]; s.Asset == "new:"+made.Code {
			c.asset = d.asset(made, scope)
			c.contact.assets = append(c.contact.assets, c.asset)
		}
	}
	if c.asset != nil {
		scope.known[1] = c.asset.attributes
	}
}

// proceed decides what follows from an event.
func (d *demo) proceed(c *demoChain, s *pack.SampleEvent, at time.Time) {
	if s.Ends {
		c.over = true
		return
	}
	for i := range s.Then {
		if n := &s.Then[i]; d.chance(cmp.Or(n.Chance, 100)) {
			d.next(c, n, at)
		}
	}
	x := d.rng.Float64() * 100
	for i := range s.Either {
		if x -= s.Either[i].Chance; x < 0 {
			d.next(c, &s.Either[i], at)
			return
		}
	}
}

// next has what follows happen, once or several times.
func (d *demo) next(c *demoChain, n *pack.SampleNext, at time.Time) {
	i := slices.IndexFunc(d.trade.Sample.Events, func(e pack.SampleEvent) bool { return e.Code == n.Code })
	s := &d.trade.Sample.Events[i]
	day, clock := huifang.DateOf(at, d.zone), (*huifang.Clock)(nil)
	if n.On != "" {
		day, clock = d.momentOf(c.drawn[n.On], day)
	}
	day = day.AddDays(d.between(n.Days))
	times := 1
	if len(n.Times) == 2 {
		times = d.between(n.Times)
	}
	for k := range times {
		if day.At(0, d.zone).After(d.end) {
			c.waiting++ // it goes on beyond the demonstration
			return
		}
		d.happen(c, s, day, k+1, clock)
		day = day.AddDays(max(d.between(n.Every), 1))
	}
}

// momentOf reads an attribute that is a date, or a date with a time.
func (d *demo) momentOf(v any, otherwise huifang.Date) (huifang.Date, *huifang.Clock) {
	text, _ := v.(string)
	if at, err := time.ParseInLocation("2006-01-02T15:04", text, d.zone); err == nil {
		clock := huifang.Clock(at.Hour()*60 + at.Minute()) //nolint:gosec // minutes of a day
		return huifang.DateOf(at, d.zone), &clock
	}
	if at, err := time.ParseInLocation(time.DateOnly, text, d.zone); err == nil {
		return huifang.DateOf(at, d.zone), nil
	}
	return otherwise, nil
}

// tell sends what has happened.
func (d *demo) tell() error {
	events := d.told
	d.told = nil
	slices.SortStableFunc(events, func(a, b EventInput) int { return a.At.Compare(b.At) })
	for len(events) > 0 {
		some := events[:min(len(events), chunkOfEvents)]
		events = events[len(some):]
		results, err := d.Ingest(d.ctx, system(d.org.ID), some, IngestOptions{Source: "demo"})
		if err != nil {
			return err
		}
		for i := range results {
			if results[i].Err != nil {
				return results[i].Err
			}
			d.out.Events++
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
