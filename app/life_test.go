package app

import (
	"context"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// life lives an organization's days at random: events arrive, follow-ups are
// worked by whoever may, well and badly, records are reviewed and corrected,
// people fall ill, customers ask to be left alone, and the clock goes on.
type life struct {
	*world
	rng  *rand.Rand
	n    int
	done map[string]int // how often each thing worked
}

func newLife(t testing.TB, s *store.Store, seed uint64) *life {
	t.Helper()
	l := &life{world: newWorld(t, s, "property"), rng: rand.New(rand.NewPCG(seed, 1)), done: map[string]int{}}
	l.person("company_head", "company", "head", "admin")
	l.setClock(local("2026-01-05 09:00"))
	return l
}

// live takes so many steps.
func (l *life) live(steps int) {
	l.t.Helper()
	acts := []struct {
		name   string
		weight int
		do     func() error
	}{
		{"event", 6, l.event},
		{"complete", 8, l.complete},
		{"attempt", 3, l.attempt},
		{"unreachable", 2, l.unreachable},
		{"waive", 1, l.waive},
		{"postpone", 2, l.postpone},
		{"reassign", 2, l.reassign},
		{"review", 6, l.review},
		{"correct", 2, l.correct},
		{"resolve", 2, l.resolve},
		{"absence", 1, l.absence},
		{"leave alone", 1, l.leaveAlone},
		{"clock", 5, l.tick},
	}
	var deck []int
	for i, a := range acts {
		for range a.weight {
			deck = append(deck, i)
		}
	}
	for range steps {
		a := acts[deck[l.rng.IntN(len(deck))]]
		switch err := a.do(); huifang.CodeOf(err) {
		case "":
			l.done[a.name]++
		case huifang.CodeConflict, huifang.CodeForbidden, huifang.CodeInvalid, huifang.CodeNotFound: // refused: nothing happened
		default:
			l.t.Fatalf("%s: %v", a.name, err)
		}
	}
	l.catchUp()
}

func (l *life) event() error {
	l.n++
	unit := []string{"east", "west", "company"}[l.rng.IntN(3)]
	ev := EventInput{
		Key: strconv.Itoa(l.n), Type: []string{"complaint.resolved", "repair.completed", "help.completed", "service.completed"}[l.rng.IntN(4)],
		At: l.clock().Add(-time.Duration(l.rng.IntN(72)) * time.Hour), Unit: unit, Department: []string{"工程部", "客服部", ""}[l.rng.IntN(3)],
		Contact:    ContactInput{Code: "C" + strconv.Itoa(l.rng.IntN(12)), Name: "住户"},
		Attributes: huifang.Attributes{"matter": []string{"噪音", "漏水", "停车"}[l.rng.IntN(3)]},
	}
	if unit != "company" && l.rng.IntN(4) > 0 {
		ev.Contact.Steward = unit + "_steward"
	}
	_, err := l.Ingest(context.Background(), l.sys, []EventInput{ev}, IngestOptions{})
	return err
}

// someone picks an actor, more often one who may do things.
func (l *life) someone() *huifang.Actor {
	all := []string{"company_head", "company_head", "east_head", "west_head", "east_supervisor", "west_supervisor", "east_steward", "west_steward", "east_engineer"}
	return l.as(all[l.rng.IntN(len(all))])
}

// some picks a follow-up, more often an open one.
func (l *life) some(states ...huifang.State) *huifang.Followup {
	all := l.followups()
	if l.rng.IntN(8) > 0 {
		all = slices.DeleteFunc(all, func(f *huifang.Followup) bool { return !slices.Contains(states, f.State) })
	}
	if len(all) == 0 {
		return nil
	}
	return all[l.rng.IntN(len(all))]
}

// with does something to a follow-up in one of the states.
func (l *life) with(do func(f *huifang.Followup) error, states ...huifang.State) error {
	f := l.some(states...)
	if f == nil {
		return huifang.Fail(huifang.CodeNotFound, "none", huifang.Text{})
	}
	return do(f)
}

func (l *life) verdict() huifang.Attributes {
	return answered([]huifang.Verdict{huifang.VerdictSatisfied, huifang.VerdictSatisfied, huifang.VerdictDissatisfied, huifang.VerdictUnqualified}[l.rng.IntN(4)])
}

func (l *life) complete() error {
	return l.with(func(f *huifang.Followup) error {
		_, err := l.Complete(context.Background(), l.someone(), f.ID, CompleteInput{Channel: huifang.ChannelPhone, Answers: l.verdict()})
		return err
	}, huifang.StatePlanned)
}

func (l *life) attempt() error {
	return l.with(func(f *huifang.Followup) error {
		all := huifang.Dispositions()
		_, err := l.Attempt(context.Background(), l.someone(), f.ID, AttemptInput{
			Channel: huifang.ChannelPhone, Disposition: all[l.rng.IntN(len(all))], CallBackAt: l.clock().Add(time.Hour),
		})
		return err
	}, huifang.StatePlanned)
}

func (l *life) unreachable() error {
	return l.with(func(f *huifang.Followup) error {
		if l.rng.IntN(2) == 0 { // who refuses is not tried again
			if _, err := l.Attempt(context.Background(), l.someone(), f.ID, AttemptInput{Channel: huifang.ChannelPhone, Disposition: huifang.Refused}); err != nil {
				return err
			}
		}
		_, err := l.CloseUnreachable(context.Background(), l.someone(), f.ID, 0, "无人接听")
		return err
	}, huifang.StatePlanned)
}

func (l *life) waive() error {
	return l.with(func(f *huifang.Followup) error {
		_, err := l.Waive(context.Background(), l.someone(), f.ID, 0, "重复")
		return err
	}, huifang.StatePlanned)
}

func (l *life) postpone() error {
	return l.with(func(f *huifang.Followup) error {
		today := huifang.DateOf(l.clock(), local("2026-01-01 00:00").Location()).AddDays(1)
		w := huifang.Window{
			Opens:  huifang.Moment{Date: today.AddDays(l.rng.IntN(20) - 15), Clock: huifang.NoClock},
			Closes: huifang.Moment{Date: today.AddDays(5 + l.rng.IntN(60)), Clock: huifang.NoClock},
		}
		_, err := l.Postpone(context.Background(), l.someone(), f.ID, PostponeInput{Window: &w, Reason: "客户要求"})
		return err
	}, huifang.StatePlanned)
}

func (l *life) reassign() error {
	return l.with(func(f *huifang.Followup) error {
		var to []huifang.ID
		for _, s := range l.staff {
			to = append(to, s.ID)
		}
		slices.Sort(to)
		_, err := l.Reassign(context.Background(), l.someone(), f.ID, ReassignInput{Assignees: []huifang.ID{to[l.rng.IntN(len(to))]}, Reason: "支援"})
		return err
	}, huifang.StatePlanned)
}

func (l *life) review() error {
	return l.with(func(f *huifang.Followup) error {
		in := ReviewInput{Decision: []huifang.ReviewState{huifang.ReviewQualified, huifang.ReviewUnqualified, huifang.ReviewRedo}[l.rng.IntN(3)], Opinion: "意见"}
		if l.rng.IntN(2) == 0 {
			in.Closes = huifang.DateOf(l.clock(), time.UTC).AddDays(3)
		}
		_, err := l.Review(context.Background(), l.someone(), f.ID, in)
		return err
	}, huifang.StateCompleted)
}

func (l *life) correct() error {
	return l.with(func(f *huifang.Followup) error {
		_, err := l.CorrectRecord(context.Background(), l.someone(), f.ID, CorrectInput{Answers: l.verdict(), Reason: "填错"})
		return err
	}, huifang.StateCompleted)
}

func (l *life) resolve() error {
	page, err := l.reads().Cases(context.Background(), l.org.ID, store.CaseFilter{States: []huifang.CaseState{huifang.CaseOpen}}, store.Page{Limit: 20})
	if err != nil || len(page.Items) == 0 {
		return err
	}
	_, err = l.ResolveCase(context.Background(), l.someone(), page.Items[l.rng.IntN(len(page.Items))].ID, 0, "已处理")
	return err
}

func (l *life) absence() error {
	from := huifang.DateOf(l.clock(), time.UTC).AddDays(l.rng.IntN(5))
	_, err := l.RegisterAbsence(context.Background(), l.sys, l.staff["east_steward"].ID, 0, huifang.Absence{
		From: from, To: from.AddDays(l.rng.IntN(6)), Substitute: l.staff["east_supervisor"].ID,
	})
	return err
}

func (l *life) leaveAlone() error {
	page, err := l.reads().Contacts(context.Background(), l.org.ID, store.ContactFilter{}, store.Page{Limit: 20})
	if err != nil || len(page.Items) == 0 {
		return err
	}
	c := page.Items[l.rng.IntN(len(page.Items))]
	_, _, err = l.SetDoNotContact(context.Background(), l.as("company_head"), c.ID, 0, !c.DoNotContact, "请勿打扰")
	return err
}

func (l *life) tick() error {
	l.setClock(l.clock().Add(time.Duration(1+l.rng.IntN(60)) * time.Hour))
	if l.rng.IntN(2) == 0 {
		l.catchUp()
	}
	return nil
}

// catchUp ticks until nothing is due.
func (l *life) catchUp() {
	l.t.Helper()
	for {
		n, err := l.Tick(context.Background(), l.clock(), 1000)
		if err != nil {
			l.t.Fatal(err)
		}
		if n < 1000 {
			return
		}
	}
}
