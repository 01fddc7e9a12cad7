package plan

import (
	"container/heap"
	"slices"
	"strconv"
	"time"

	"github.com/huifang/huifang"
)

// memory is the host of a simulation.
type memory struct {
	run      Runner
	people   People
	contacts map[huifang.ID]*huifang.Contact
	assets   map[huifang.ID]*huifang.Asset
	seen     map[huifang.ID]bool
	byKey    map[enrollmentKey]*Enrollment
	byWho    map[enrollmentKey][]*Enrollment // key: contact or asset
	past     map[huifang.ID][]huifang.Event  // by contact and by asset
	changes  map[huifang.ID][]huifang.Event  // of attributes, by contact and by asset
	late     map[string]bool                 // types of event some program looks back at
	wakes    wakes
	rows     []*Row
	bySlot   map[slotKey]*Row
	byStep   map[stepKey][]slotRef
	recent   map[huifang.ID][]huifang.Date
	cooling  bool
	sim      Simulation
}

type enrollmentKey struct {
	program string
	key     huifang.ID
}

type slotKey struct {
	e          *Enrollment
	step       string
	occurrence int
}

type stepKey struct {
	program, step string
	occurrence    int
	contact       huifang.ID
}

type slotRef struct {
	e   *Enrollment
	row *Row
}

func newMemory(set *Set, people People) *memory {
	m := &memory{
		people: people, contacts: map[huifang.ID]*huifang.Contact{}, assets: map[huifang.ID]*huifang.Asset{},
		seen: map[huifang.ID]bool{}, byKey: map[enrollmentKey]*Enrollment{}, byWho: map[enrollmentKey][]*Enrollment{},
		past: map[huifang.ID][]huifang.Event{}, changes: map[huifang.ID][]huifang.Event{}, late: map[string]bool{}, bySlot: map[slotKey]*Row{}, byStep: map[stepKey][]slotRef{},
		recent: map[huifang.ID][]huifang.Date{},
	}
	m.people.Roster = people.Roster.Fork()
	m.run = Runner{Set: set, Host: m}
	for _, p := range set.order {
		m.cooling = m.cooling || p.CoolDown.Set
		for _, t := range p.later() {
			m.late[t] = true
		}
	}
	for i := range people.Contacts {
		c := people.Contacts[i]
		c.Attributes = c.Attributes.Clone()
		m.contacts[c.ID] = &c
	}
	for i := range people.Assets {
		a := people.Assets[i]
		a.Attributes = a.Attributes.Clone()
		m.assets[a.ID] = &a
	}
	return m
}

// take processes one input as received at now.
func (m *memory) take(in *Input, now time.Time) error {
	ev := in.Event
	if ev.ID != "" {
		if m.seen[ev.ID] {
			return nil
		}
		m.seen[ev.ID] = true
	}
	env := &Env{Now: now, Roster: m.people.Roster}
	if in.result() != "" {
		return m.outcome(in, env)
	}
	if ev.ID == "" {
		ev.ID = huifang.ID("#" + strconv.Itoa(len(m.seen)+1))
		m.seen[ev.ID] = true
	}
	return m.deliver(ev, env)
}

func (m *memory) deliver(ev *huifang.Event, env *Env) error {
	m.learn(ev)
	env.Contact, env.Asset = m.contacts[ev.Contact], m.assets[ev.Asset]
	return m.run.Deliver(ev, env)
}

// learn fills in what the event leaves out, keeps attribute changes, and
// remembers the event for starts that come late.
func (m *memory) learn(ev *huifang.Event) {
	a := m.asset(ev)
	c := m.contacts[ev.Contact]
	if c == nil && ev.Contact != "" {
		c = &huifang.Contact{ID: ev.Contact}
		m.contacts[ev.Contact] = c
	}
	if c != nil && ev.Unit == "" {
		ev.Unit = c.Unit
	}
	switch {
	case ev.Type == huifang.EventContactChanged && c != nil:
		c.Attributes = Change(c.Attributes, ev, m.changes[ev.Contact])
		m.changes[ev.Contact] = append(m.changes[ev.Contact], *ev)
	case ev.Type == huifang.EventAssetChanged && a != nil:
		a.Attributes = Change(a.Attributes, ev, m.changes[ev.Asset])
		m.changes[ev.Asset] = append(m.changes[ev.Asset], *ev)
	}
	if !m.late[ev.Type] {
		return
	}
	for _, id := range []huifang.ID{ev.Contact, ev.Asset} {
		if id != "" {
			m.past[id] = append(m.past[id], *ev)
		}
	}
}

// asset is the event's asset, made known if it is new; the event and the asset
// tell each other their contact.
func (m *memory) asset(ev *huifang.Event) *huifang.Asset {
	if ev.Asset == "" {
		return nil
	}
	a := m.assets[ev.Asset]
	if a == nil {
		a = &huifang.Asset{ID: ev.Asset, Contact: ev.Contact, Unit: ev.Unit}
		m.assets[ev.Asset] = a
		return a
	}
	if ev.Contact == "" {
		ev.Contact = a.Contact
	}
	if a.Contact == "" {
		a.Contact = ev.Contact
	}
	return a
}

// Change is attributes after a contact.changed or asset.changed event, given
// the other such events of the same subject: what a later one has set stays,
// so that the order of arrival makes no difference.
func Change(to huifang.Attributes, ev *huifang.Event, others []huifang.Event) huifang.Attributes {
	out := to.Clone()
	if out == nil {
		out = huifang.Attributes{}
	}
	mine := Mark{At: ev.At.UnixMilli(), ID: ev.ID}
	for name, v := range ev.Attributes {
		newer := slices.ContainsFunc(others, func(o huifang.Event) bool {
			_, sets := o.Attributes[name]
			return sets && mine.before(Mark{At: o.At.UnixMilli(), ID: o.ID})
		})
		if !newer {
			out[name] = v
		}
	}
	return out
}

// outcome finds the follow-up that an outcome means: alike ones are told apart
// by the event, else the one open at the time, else the earliest not done.
func (m *memory) outcome(in *Input, env *Env) error {
	contact := in.Event.Contact
	if a := m.assets[in.Event.Asset]; contact == "" && a != nil {
		contact = a.Contact
	}
	refs := m.byStep[stepKey{in.Program, in.Step, in.Occurrence, contact}]
	best, rank := slotRef{}, 0
	for _, ref := range refs {
		if in.Event.Asset != "" && ref.row.Asset != in.Event.Asset {
			continue
		}
		if r := m.rank(ref.row, in.Event.At); r > rank || r == rank && r > 0 && ref.row.Window.Closes.Date < best.row.Window.Closes.Date {
			best, rank = ref, r
		}
	}
	if best.e == nil {
		m.sim.Ignored = append(m.sim.Ignored, Ignored{*in, "unknown_followup"})
		return nil
	}
	env.Contact, env.Asset = m.contacts[best.e.Contact], m.assets[best.e.Asset]
	return m.run.Outcome(best.e, *in, env)
}

func (m *memory) rank(r *Row, at time.Time) int {
	switch {
	case r.State == huifang.StatePlanned && !r.Window.OpensAt(m.people.Roster.Location(r.Unit)).After(at):
		return 4
	case r.State == huifang.StatePlanned:
		return 3
	case r.State == huifang.StateCancelled:
		return 2
	}
	return 1
}

// wake runs every tick that is due by an instant, each at its own time.
func (m *memory) wake(until time.Time) error {
	for len(m.wakes) > 0 && !m.wakes[0].at.After(until) {
		w := heap.Pop(&m.wakes).(waking)
		if !w.e.Wake.Equal(w.at) {
			continue
		}
		if err := m.run.Wake(w.e, &Env{Now: w.at, Roster: m.people.Roster}); err != nil {
			return err
		}
	}
	return nil
}

type waking struct {
	at time.Time
	e  *Enrollment
}

type wakes []waking

func (w wakes) Len() int           { return len(w) }
func (w wakes) Less(i, j int) bool { return w[i].at.Before(w[j].at) }
func (w wakes) Swap(i, j int)      { w[i], w[j] = w[j], w[i] }

// Push is part of heap.Interface.
func (w *wakes) Push(x any) { *w = append(*w, x.(waking)) }

// Pop is part of heap.Interface.
func (w *wakes) Pop() any {
	old := *w
	x := old[len(old)-1]
	*w = old[:len(old)-1]
	return x
}

// Enrollment is part of Host.
func (m *memory) Enrollment(program string, key huifang.ID) (*Enrollment, error) {
	return m.byKey[enrollmentKey{program, key}], nil
}

// Related is part of Host.
func (m *memory) Related(program string, contact, asset huifang.ID) ([]*Enrollment, error) {
	var out []*Enrollment
	for _, id := range []huifang.ID{contact, asset} {
		if id == "" {
			continue
		}
		for _, e := range m.byWho[enrollmentKey{program, id}] {
			if e.Active && !slices.Contains(out, e) {
				out = append(out, e)
			}
		}
	}
	return out, nil
}

// Past is part of Host.
func (m *memory) Past(start *huifang.Event, types []string) ([]huifang.Event, error) {
	var out []huifang.Event
	for _, id := range []huifang.ID{start.Contact, start.Asset} {
		for _, ev := range m.past[id] {
			if ev.ID != start.ID && (isChange(ev.Type) || !ev.At.Before(start.At)) && slices.Contains(types, ev.Type) && !slices.ContainsFunc(out, func(o huifang.Event) bool { return o.ID == ev.ID }) {
				out = append(out, ev)
			}
		}
	}
	return out, nil
}

// Prepare is part of Host.
func (m *memory) Prepare(p *Program, e *Enrollment, env *Env) error {
	env.Contact, env.Asset, env.Recent = m.contacts[e.Contact], m.assets[e.Asset], nil
	if p.CoolDown.Set {
		env.Recent = m.recent[e.Contact]
	}
	return nil
}

// NotStarted is part of Host.
func (m *memory) NotStarted(p *Program, ev *huifang.Event, reason string) error {
	m.sim.Skipped = append(m.sim.Skipped, Skipped{Program: p.Code, Event: ev.ID, Contact: ev.Contact, Asset: ev.Asset, Reason: reason, Count: 1})
	return nil
}

// Apply is part of Host.
func (m *memory) Apply(p *Program, e *Enrollment, in Input, env *Env, out *Output) (follow []huifang.Event, err error) {
	if e.Fresh {
		e.Fresh = false
		m.byKey[enrollmentKey{e.Program, e.Key}] = e
		for _, id := range []huifang.ID{e.Contact, e.Asset} {
			if id != "" {
				k := enrollmentKey{e.Program, id}
				m.byWho[k] = append(m.byWho[k], e)
			}
		}
	}
	if !e.Wake.IsZero() {
		heap.Push(&m.wakes, waking{e.Wake, e})
	}
	for i := range out.Effects {
		if ev, ok := m.effect(e, in, &out.Effects[i]); ok {
			m.learn(&ev)
			follow = append(follow, ev)
		}
	}
	return follow, nil
}

func (m *memory) effect(e *Enrollment, in Input, eff *Effect) (follow huifang.Event, ok bool) {
	switch eff.Kind {
	case EffectCreate:
		m.create(e, eff)
	case EffectNotPlanned:
		m.sim.Skipped = append(m.sim.Skipped, Skipped{Program: e.Program, Step: eff.Step, Event: eff.Origin.ID, Contact: e.Contact, Asset: e.Asset, Window: eff.Window, Reason: eff.Reason, Count: eff.Count, Why: eff.Why})
	case EffectCase:
		m.sim.Cases = append(m.sim.Cases, *eff)
	case EffectAlert:
		m.sim.Alerts = append(m.sim.Alerts, *eff)
	case EffectIgnored:
		m.sim.Ignored = append(m.sim.Ignored, Ignored{in, eff.Reason})
	case EffectSet:
		id := huifang.ID(string(in.Event.ID) + in.Event.At.String() + ":" + eff.Step + ":" + eff.Name)
		return huifang.Event{ID: id, Type: huifang.EventContactChanged, At: in.Event.At, Contact: e.Contact, Unit: e.Unit, Attributes: huifang.Attributes{eff.Name: eff.Value}}, true
	case EffectReschedule, EffectCancel, EffectDone:
		row := m.bySlot[slotKey{e, eff.Step, eff.Occurrence}]
		if row == nil { // refused at first, planned later
			m.create(e, eff)
			return follow, false
		}
		if eff.Reason == "" && eff.Kind == EffectCancel { // only judged anew
			eff.Reason = row.Reason
		}
		row.State, row.Reason, row.Window, row.Missed = eff.State, eff.Reason, eff.Window, eff.Missed
		if eff.Kind == EffectReschedule {
			row.Assignees, row.Why = eff.Assignees, eff.Why
			row.Why.Saw = slices.Clone(row.Why.Saw)
		}
	case EffectLate, EffectSend, EffectTag:
	}
	return follow, false
}

func (m *memory) create(e *Enrollment, eff *Effect) {
	row := &Row{
		Program: e.Program, Step: eff.Step, Occurrence: eff.Occurrence, Event: eff.Why.Event, Contact: e.Contact, Asset: e.Asset, Unit: e.Unit,
		Window: eff.Window, Assignees: eff.Assignees, Channels: eff.Channels, Form: eff.Form, State: eff.State, Why: eff.Why,
	}
	row.Why.Saw = slices.Clone(row.Why.Saw)
	m.rows = append(m.rows, row)
	m.bySlot[slotKey{e, eff.Step, eff.Occurrence}] = row
	k := stepKey{e.Program, eff.Step, eff.Occurrence, e.Contact}
	m.byStep[k] = append(m.byStep[k], slotRef{e, row})
	if m.cooling {
		m.recent[e.Contact] = append(m.recent[e.Contact], eff.Window.Opens.Date)
	}
}
