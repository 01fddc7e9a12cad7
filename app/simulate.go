package app

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/store"
)

// Trial asks what a change of a program's settings would have done, or will do,
// in a period.
type Trial struct {
	Program string
	Drafts  []ProgramSetting // in the place of the settings of their units; others stay
	From    huifang.Date
	To      huifang.Date // included; may lie in the future
}

// Bounds of a trial.
const (
	trialDays   = 366
	trialEvents = 20_000
	trialShown  = 500
	trialPeople = 60
)

// ChangeKind says what a draft changes about one follow-up.
type ChangeKind string

// The kinds of change.
const (
	ChangeAppears    ChangeKind = "appears"
	ChangeVanishes   ChangeKind = "vanishes"
	ChangeMoves      ChangeKind = "moves"      // another window
	ChangeReassigned ChangeKind = "reassigned" // the same window, other people
)

// TrialChange is one follow-up that the draft would change.
type TrialChange struct {
	Kind       ChangeKind
	Step       string
	StepName   huifang.Text
	Occurrence int
	Event      huifang.ID
	Contact    huifang.ID
	Name       string // the contact's
	Asset      huifang.ID
	Unit       huifang.ID
	Followup   huifang.ID      // the one there really is, where it is found
	Before     *huifang.Window // nil: appears
	After      *huifang.Window // nil: vanishes
	Was        []huifang.Assignee
	Will       []huifang.Assignee
	Lines      []huifang.Text // why, to be read from top to bottom
}

// TrialLoad is what one person has to do, by day: how many follow-ups close.
type TrialLoad struct {
	Staff  huifang.ID // empty: nobody was found
	Before []int
	After  []int
}

// Tried is what a trial found.
type Tried struct {
	Events  int // of the period that the program looks at
	Before  int // follow-ups as things are, cancelled ones left out
	After   int // with the draft
	Counts  map[ChangeKind]int
	Changes []TrialChange // the first by opening; Counts tells of how many
	Days    []huifang.Date
	Load    []TrialLoad // by load, the busiest first
}

// TryProgram works out which follow-ups a change of a program's settings would
// have demanded for the events of a period: those that appear, move, vanish, go
// to others, and everybody's load by day before and after. It runs the engine
// over the recorded events, attribute changes and outcomes; nothing is written.
// Both sides are worked out from the period's events alone, so that what
// differs is the draft's doing; what earlier events had planned is the same in
// both and left out. A period that ends in the future shows what is to come.
//
// program.manage, as for SetProgram, over the units of the drafts. Errors are
// located by field (drafts[0].override…); too many events are
// simulate.too_many.
func (a *App) TryProgram(ctx context.Context, actor *huifang.Actor, t Trial) (*Tried, error) {
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	if err := d.tryable(actor, &t); err != nil {
		return nil, err
	}
	before, err := d.rules(t.Program, d.settings)
	if err != nil {
		return nil, err
	}
	after, err := d.rules(t.Program, d.drafted(&t))
	if err != nil {
		return nil, err
	}
	var past *history
	err = a.store.Snapshot(ctx, func(v *store.View) (err error) {
		past, err = d.historyOf(ctx, &v.Reads, before.set, &t)
		return err
	})
	if err != nil {
		return nil, err
	}
	until := t.To.AddDays(1).At(0, d.zone).Add(-time.Millisecond)
	was, err := before.simulate(past, until)
	if err != nil {
		return nil, err
	}
	will, err := after.simulate(past, until)
	if err != nil {
		return nil, err
	}
	c := comparison{d: d, t: &t, past: past, actor: actor}
	return c.compare(was, will), nil
}

func (d *directory) tryable(actor *huifang.Actor, t *Trial) error {
	if err := actor.Require(huifang.PermProgramManage); err != nil {
		return err
	}
	if d.packOf[t.Program] == "" {
		return unknownProgram(t.Program)
	}
	if t.To < t.From || t.To-t.From >= trialDays {
		return fieldFault("to", "simulate.period", huifang.Textf("时间段应为 1 至 %d 天", "a period has 1 to %d days", trialDays))
	}
	if len(t.Drafts) == 0 {
		return fieldFault("drafts", "simulate.drafts", huifang.Text{ZH: "请至少给出一项拟议的调整", EN: "name at least one change to try"})
	}
	for i := range t.Drafts {
		if err := d.settable(actor, t.Program, &t.Drafts[i]); err != nil {
			return at("drafts", err)
		}
	}
	return nil
}

// drafted are the settings with the drafts in their places.
func (d *directory) drafted(t *Trial) []*programSetting {
	out := slices.DeleteFunc(slices.Clone(d.settings), func(s *programSetting) bool {
		return s.Program == t.Program && slices.ContainsFunc(t.Drafts, func(x ProgramSetting) bool { return x.Unit == s.Unit })
	})
	for _, x := range t.Drafts {
		out = append(out, &programSetting{Program: t.Program, Unit: x.Unit, Active: x.Active, Override: x.Override})
	}
	return out
}

// rulebook is one program under some settings.
type rulebook struct {
	d   *directory // with those settings
	set *plan.Set
}

func (d *directory) rules(program string, settings []*programSetting) (*rulebook, error) {
	with := *d
	with.settings = settings
	c := combine(d.packs)
	c.defs = slices.DeleteFunc(c.defs, func(def plan.Definition) bool { return def.Code != program })
	for i := range c.defs {
		if v := d.progs[c.defs[i].Code]; v > 0 {
			c.defs[i].Version = v
		}
		with.override(&c.defs[i], "")
	}
	set, err := c.compile()
	if err != nil {
		return nil, err
	}
	return &rulebook{d: &with, set: set}, with.vary(set, c.defs)
}

// simulate runs the engine over the history, and drops what a unit has switched
// off.
func (r *rulebook) simulate(past *history, until time.Time) (plan.Simulation, error) {
	inputs := make([]plan.Input, len(past.inputs))
	for i, in := range past.inputs { // the engine fills in what events leave out
		ev := *in.Event
		in.Event = &ev
		inputs[i] = in
	}
	sim, err := plan.Simulate(r.set, plan.People{Roster: r.d.roster, Contacts: past.contacts, Assets: past.assets}, inputs, until)
	off := func(row plan.Row) bool { return r.d.isOff(row.Program, row.Unit) }
	sim.Rows = slices.DeleteFunc(sim.Rows, func(row plan.Row) bool { return off(row) || row.State == huifang.StateCancelled && !row.Missed })
	return sim, err
}

// history is what happened in a period as far as a program looks at it.
type history struct {
	inputs   []plan.Input
	events   int
	contacts []huifang.Contact
	assets   []huifang.Asset
	name     map[huifang.ID]string
	real     map[rowKey]huifang.ID // follow-ups there are
}

// rowKey tells a simulated follow-up from others.
type rowKey struct {
	step       string
	occurrence int
	event      huifang.ID
	contact    huifang.ID
	asset      huifang.ID
}

func keyOfRow(r *plan.Row) rowKey {
	return rowKey{r.Step, r.Occurrence, r.Event, r.Contact, r.Asset}
}

// historyOf reads the events of a period that a program looks at, the outcomes
// of its follow-ups, and whom they are about.
func (d *directory) historyOf(ctx context.Context, q *store.Reads, set *plan.Set, t *Trial) (*history, error) {
	out := &history{name: map[huifang.ID]string{}, real: map[rowKey]huifang.ID{}}
	since, before := t.From.At(0, d.zone), t.To.AddDays(1).At(0, d.zone)
	types := typesOf(set)
	ended := []string{huifang.EventFollowupCompleted, huifang.EventFollowupUnreachable, huifang.EventFollowupWaived}
	f := store.EventFilter{Types: append(types, ended...), Since: since, Before: before, Received: since.Add(-maxFuture)}
	page := store.Page{Limit: pageOfPast}
	var outcomes []*huifang.Event
	for {
		got, err := q.Events(ctx, d.org.ID, f, page)
		if err != nil {
			return nil, err
		}
		for _, ev := range got.Items {
			if slices.Contains(ended, ev.Type) {
				outcomes = append(outcomes, ev)
				continue
			}
			out.inputs = append(out.inputs, plan.Input{Event: ev})
		}
		if len(out.inputs)+len(outcomes) > trialEvents {
			return nil, huifang.Fail(huifang.CodeTooLarge, "simulate.too_many", huifang.Textf(
				"该时间段内的事件超过 %d 条，请缩短时间段", "the period has more than %d events; take a shorter one", trialEvents))
		}
		if page.After = got.Next; got.Next == "" {
			break
		}
	}
	out.events = len(out.inputs)
	if err := out.addOutcomes(ctx, q, d.org.ID, t.Program, outcomes); err != nil {
		return nil, err
	}
	return out, out.addPeople(ctx, q, d.org.ID)
}

// typesOf lists what a set's programs look at.
func typesOf(set *plan.Set) []string {
	var out []string
	for _, p := range set.Programs() {
		out = append(out, p.Types()...)
	}
	return unique(out)
}

// addOutcomes takes in how the program's follow-ups ended.
func (h *history) addOutcomes(ctx context.Context, q *store.Reads, org huifang.ID, program string, outcomes []*huifang.Event) error {
	ids := make([]huifang.ID, 0, len(outcomes))
	for _, ev := range outcomes {
		ids = append(ids, ev.Followup)
	}
	found, err := q.FollowupsByID(ctx, org, unique(ids))
	if err != nil {
		return err
	}
	for _, ev := range outcomes {
		f := found[ev.Followup]
		if f == nil || f.Program != program {
			continue
		}
		h.real[rowKey{f.Step, f.Occurrence, f.Event, f.Contact, f.Asset}] = f.ID
		h.inputs = append(h.inputs, plan.Input{Event: ev, Program: program, Step: f.Step, Occurrence: f.Occurrence, Answers: ev.Attributes, Reason: f.Reason})
	}
	return nil
}

func (h *history) addPeople(ctx context.Context, q *store.Reads, org huifang.ID) error {
	var cs, as []huifang.ID
	for i := range h.inputs {
		if ev := h.inputs[i].Event; ev.Contact != "" {
			cs = append(cs, ev.Contact)
		}
		if ev := h.inputs[i].Event; ev.Asset != "" {
			as = append(as, ev.Asset)
		}
	}
	contacts, err := q.ContactsByID(ctx, org, unique(cs))
	if err != nil {
		return err
	}
	assets, err := q.AssetsByID(ctx, org, unique(as))
	if err != nil {
		return err
	}
	for _, c := range contacts {
		h.contacts = append(h.contacts, *c)
		h.name[c.ID] = c.Name
	}
	for _, x := range assets {
		h.assets = append(h.assets, *x)
	}
	slices.SortFunc(h.contacts, func(a, b huifang.Contact) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(h.assets, func(a, b huifang.Asset) int { return cmp.Compare(a.ID, b.ID) })
	return nil
}
