package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// trialSize is how many histories are tried on each database.
const trialSize = 40

// TestLiveIsSimulation: whatever happens, with batches out of order, sent twice,
// and ticks that come or do not come, the live system stands where the
// simulation of the same history stands.
func TestLiveIsSimulation(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		n := 0
		rapid.Check(t, func(rt *rapid.T) {
			if n++; n > trialSize {
				return
			}
			tr := newTrial(t, s, n)
			tr.run(rt)
			tr.compare(rt)
		})
	})
}

// trial is one history on its way through both.
type trial struct {
	*world
	inputs   []plan.Input
	contacts []*huifang.Contact
	assets   []*huifang.Asset
	done     map[huifang.ID]bool
	end      time.Time
}

// newTrial makes an organization of its own with two contacts and an asset each.
func newTrial(t *testing.T, s *store.Store, n int) *trial {
	t.Helper()
	w := newWorldAs(t, s, fmt.Sprintf("trial-%d", n), "testdata/trial")
	w.setClock(local("2026-01-20 09:00"))
	tr := &trial{world: w, done: map[huifang.ID]bool{}}
	for i, unit := range []string{"east", "west"} {
		c := &huifang.Contact{
			Org: w.org.ID, ID: w.newID(), Code: "c" + strconv.Itoa(i), Kind: "person", Name: "客户" + strconv.Itoa(i), Unit: w.units[unit].ID,
			Steward: w.staff[unit+"_steward"].ID, Owner: w.staff[unit+"_supervisor"].ID, Phones: []string{"1380000000" + strconv.Itoa(i)},
		}
		as := &huifang.Asset{Org: w.org.ID, ID: w.newID(), Code: "a" + strconv.Itoa(i), Kind: "thing", Unit: c.Unit, Contact: c.ID}
		w.write(func(tx *store.Tx) error {
			if err := tx.SaveContact(context.Background(), c); err != nil {
				return err
			}
			return tx.SaveAsset(context.Background(), as)
		})
		tr.contacts, tr.assets = append(tr.contacts, c), append(tr.assets, as)
	}
	w.person("agent_east", "east", "agent")
	return tr
}

// run lets some weeks pass.
func (tr *trial) run(rt *rapid.T) {
	for range rapid.IntRange(1, 12).Draw(rt, "steps") {
		tr.setClock(tr.at.Add(time.Duration(rapid.IntRange(1, 6*24*4).Draw(rt, "quarters")) * 15 * time.Minute))
		if rapid.Bool().Draw(rt, "tick") {
			tr.tick(rt, tr.at)
		}
		if rapid.IntRange(0, 2).Draw(rt, "what") == 0 {
			tr.outcome(rt)
		} else {
			tr.batch(rt)
		}
	}
	tr.end = tr.at.AddDate(0, 0, rapid.IntRange(0, 40).Draw(rt, "after"))
	tr.setClock(tr.end)
	tr.tick(rt, tr.end)
}

func (tr *trial) tick(rt *rapid.T, now time.Time) {
	for {
		n, err := tr.Tick(context.Background(), now, 50)
		if err != nil {
			rt.Fatalf("%v", err)
		}
		if n < 50 {
			return
		}
	}
}

// batch sends a few events of this very moment, out of order, some twice.
func (tr *trial) batch(rt *rapid.T) {
	var events []EventInput
	for range rapid.IntRange(1, 4).Draw(rt, "events") {
		events = append(events, tr.event(rt))
	}
	sent := rapid.Permutation(append(slices.Clone(events), events[0])).Draw(rt, "order")
	take := tr.Ingest
	if rapid.Bool().Draw(rt, "received first") {
		take = tr.receive
	}
	got, err := take(context.Background(), tr.sys, sent, IngestOptions{})
	if err != nil {
		rt.Fatalf("%v", err)
	}
	ids := map[string]huifang.ID{}
	for i := range got {
		if got[i].Err != nil {
			rt.Fatalf("%v", got[i].Err)
		}
		if _, twice := ids[sent[i].Key]; !twice {
			ids[sent[i].Key] = got[i].Event
		}
	}
	again, err := tr.Ingest(context.Background(), tr.sys, sent[:1], IngestOptions{})
	if err != nil || again[0].Status != IngestKnown || again[0].Event != ids[sent[0].Key] {
		rt.Fatalf("sent again: %+v %v", again, err)
	}
	slices.SortStableFunc(events, func(a, b EventInput) int { return strings.Compare(string(ids[a.Key]), string(ids[b.Key])) })
	for _, e := range events {
		kept, err := tr.reads().Event(context.Background(), tr.org.ID, ids[e.Key])
		if err != nil {
			rt.Fatalf("%v", err)
		}
		tr.inputs = append(tr.inputs, plan.Input{Event: kept})
	}
}

// receive acknowledges events first and plans them then.
func (tr *trial) receive(ctx context.Context, actor *huifang.Actor, events []EventInput, opts IngestOptions) ([]IngestResult, error) {
	got, err := tr.Accept(ctx, actor, events, opts)
	if err == nil {
		_, err = tr.Drain(ctx)
	}
	return got, err
}

func (tr *trial) event(rt *rapid.T) EventInput {
	who := rapid.IntRange(0, 1).Draw(rt, "who")
	unit := []string{"east", "west"}[who]
	typ := rapid.SampledFrom([]string{
		"job.done", "job.done", "contract.signed", "ward.left", "ward.entered", "shop.visited", "lead.won", "lead.lost", "course.bought", "lesson.given",
		"lesson.given", "staff.hired", "contact.changed", "asset.changed",
	}).Draw(rt, "type")
	e := EventInput{Key: string(tr.newID()), Type: typ, At: tr.at, Unit: unit, Contact: ContactInput{Code: "c" + strconv.Itoa(who)}}
	date := func(label string) string {
		return huifang.DateOf(tr.at, time.UTC).AddDays(rapid.IntRange(-10, 40).Draw(rt, label)).String()
	}
	switch typ {
	case "job.done":
		if rapid.Bool().Draw(rt, "by") {
			e.Staff = unit + "_engineer"
		}
	case "contract.signed":
		e.Attributes = huifang.Attributes{"from": date("from"), "to": date("to")}
	case "shop.visited":
		e.Asset.Code = "a" + strconv.Itoa(who)
	case "asset.changed":
		e.Asset.Code = "a" + strconv.Itoa(who)
		e.Attributes = huifang.Attributes{"due": date("due")}
	case "lead.won", "contact.changed":
		e.Attributes = huifang.Attributes{"days": float64(rapid.IntRange(0, 9).Draw(rt, "days")), "over": rapid.Bool().Draw(rt, "over")}
	case "course.bought":
		e.Attributes = huifang.Attributes{"total": float64(rapid.IntRange(0, 4).Draw(rt, "total"))}
	case "lesson.given":
		e.Attributes = huifang.Attributes{"bad": rapid.Bool().Draw(rt, "bad")}
	}
	return e
}

// outcome ends one follow-up that an outcome names without doubt.
func (tr *trial) outcome(rt *rapid.T) {
	all := tr.followups()
	name := func(f *huifang.Followup) string {
		return fmt.Sprint(f.Program, f.Step, f.Occurrence, f.Contact, f.Asset)
	}
	alike := map[string]int{}
	for _, f := range all {
		alike[name(f)]++
	}
	open := slices.DeleteFunc(all, func(f *huifang.Followup) bool { return alike[name(f)] > 1 || tr.done[f.ID] })
	if len(open) == 0 {
		return
	}
	slices.SortFunc(open, func(a, b *huifang.Followup) int { return strings.Compare(name(a), name(b)) })
	f := open[rapid.IntRange(0, len(open)-1).Draw(rt, "which")]
	o := outcome{
		At:      tr.at,
		State:   rapid.SampledFrom([]huifang.State{huifang.StateCompleted, huifang.StateCompleted, huifang.StateUnreachable, huifang.StateWaived}).Draw(rt, "result"),
		Answers: huifang.Attributes{"ok": rapid.Bool().Draw(rt, "ok")},
	}
	if rapid.Bool().Draw(rt, "pace") {
		o.Answers["pace"] = float64(rapid.IntRange(0, 9).Draw(rt, "days"))
	}
	if _, err := tr.finish(f.ID, o); err != nil {
		rt.Fatalf("%v", err)
	}
	tr.done[f.ID] = true
	ev := &huifang.Event{Type: o.event(), At: tr.at, Contact: f.Contact, Asset: f.Asset, Unit: f.Unit, Attributes: o.Answers}
	tr.inputs = append(tr.inputs, plan.Input{Event: ev, Program: f.Program, Step: f.Step, Occurrence: f.Occurrence, Answers: o.Answers})
}

// compare simulates what happened and looks for differences.
func (tr *trial) compare(rt *rapid.T) {
	d, err := tr.directory(context.Background(), tr.org.ID)
	if err != nil {
		rt.Fatalf("%v", err)
	}
	people := plan.People{Roster: d.roster}
	for i := range tr.contacts {
		people.Contacts, people.Assets = append(people.Contacts, *tr.contacts[i]), append(people.Assets, *tr.assets[i])
	}
	sim, err := plan.Simulate(d.set, people, tr.inputs, tr.end)
	if err != nil {
		rt.Fatalf("%v", err)
	}
	var want, got []string
	for _, r := range sim.Rows {
		want = append(want, fmt.Sprintf("%s/%s/%d %s %s %s..%s %v %v %s %s", r.Program, r.Step, r.Occurrence, r.Contact, r.Asset, r.Window.Opens, r.Window.Closes, r.Assignees, r.Channels, r.State, r.Unit))
	}
	numbers := map[string]bool{}
	for _, f := range tr.followups() {
		got = append(got, fmt.Sprintf("%s/%s/%d %s %s %s..%s %v %v %s %s", f.Program, f.Step, f.Occurrence, f.Contact, f.Asset, f.Window.Opens, f.Window.Closes, f.Assignees, f.Channels, f.StateAt(tr.end.Add(time.Millisecond)), f.Unit))
		if f.Late != (f.State == huifang.StatePlanned && !f.ClosesAt.After(tr.end)) && f.State == huifang.StatePlanned {
			rt.Errorf("%s closes %s, late %v", f.Number, f.ClosesAt, f.Late)
		}
		numbers[f.Number] = true
	}
	if len(numbers) != len(got) {
		rt.Errorf("%d numbers for %d follow-ups", len(numbers), len(got))
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		rt.Fatalf("simulated\n%s\nlive\n%s\ninputs\n%s", strings.Join(want, "\n"), strings.Join(got, "\n"), shownInputs(tr.inputs))
	}
	cases, err := tr.reads().Cases(context.Background(), tr.org.ID, store.CaseFilter{}, store.Page{Limit: 1000})
	if err != nil || len(cases.Items) != len(sim.Cases) {
		rt.Fatalf("%d cases, simulated %d: %v", len(cases.Items), len(sim.Cases), err)
	}
}

func shownInputs(inputs []plan.Input) string {
	var b strings.Builder
	for _, in := range inputs {
		fmt.Fprintf(&b, "%s %s %s %s %s/%s/%d %v %v\n", in.Event.At, in.Event.Type, in.Event.Contact, in.Event.Asset, in.Program, in.Step, in.Occurrence, in.Event.Attributes, in.Answers)
	}
	return b.String()
}
