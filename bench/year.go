package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/plan"
)

// estate is a property company as the engine sees it: the rules of the pack, and
// the people.
type estate struct {
	set    *plan.Set
	people plan.People
}

// householdsAUnit is how many customers one residential project has.
const householdsAUnit = 400

// newEstate makes a company with so many households, in projects of 400, each
// with a head, two department heads and three stewards.
func newEstate(households int) (*estate, error) {
	p, err := pack.Load("property")
	if err != nil {
		return nil, err
	}
	set, err := p.Compile()
	if err != nil {
		return nil, err
	}
	world := &pack.World{}
	for u := range (households + householdsAUnit - 1) / householdsAUnit {
		addProject(world, u)
	}
	for h := range households {
		u := h / householdsAUnit
		world.Contacts = append(world.Contacts, pack.WorldContact{
			ID: huifang.ID(fmt.Sprintf("c%06d", h)), Unit: projectID(u), Steward: huifang.ID(fmt.Sprintf("steward-%d-%d", u, h%3)), Name: "业户",
			Phones: []string{fmt.Sprintf("138%08d", h)},
		})
	}
	people, err := world.People(p, nil, calendar.China())
	return &estate{set, people}, err
}

func projectID(u int) huifang.ID { return huifang.ID(fmt.Sprintf("project-%d", u)) }

func addProject(world *pack.World, u int) {
	unit := projectID(u)
	named := func(role string) huifang.ID { return huifang.ID(fmt.Sprintf("%s-%d", role, u)) }
	world.Units = append(world.Units, pack.WorldUnit{
		ID: unit, Head: named("head"),
		Departments: map[string]pack.WorldDepartment{"工程部": {Head: named("engineer")}, "环境部": {Head: named("cleaner")}},
	})
	for _, role := range []string{"head", "engineer", "cleaner"} {
		world.Staff = append(world.Staff, pack.WorldStaff{ID: named(role), Units: []huifang.ID{unit}, Roles: []string{role}})
	}
	for i := range 3 {
		id := huifang.ID(fmt.Sprintf("steward-%d-%d", u, i))
		world.Staff = append(world.Staff, pack.WorldStaff{ID: id, Units: []huifang.ID{unit}, Roles: []string{"steward"}})
	}
}

// moment is one thing that happens in the year, and the service event it began
// with.
type moment struct {
	plan.Input
	start huifang.ID
}

// kind is one kind of work of a property project.
type kind struct {
	event   string
	program string
	share   int // of a hundred events
	first   int // days from the event on which its follow-up may be done
	last    int
}

func kinds() []kind {
	return []kind{
		{"repair.completed", "repair", 45, 7, 27},
		{"complaint.resolved", "complaint", 20, 0, 3},
		{"help.completed", "help", 10, 0, 6},
		{"service.completed", "service", 15, 0, 6},
		{"special_service.contracted", "special_service", 5, 0, 0},
		{"emergency.handled", "emergency", 5, 0, 6},
	}
}

// year makes the service events of the year 2026 and what became of their
// follow-ups: nine in ten are done, one of twenty of these by a dissatisfied
// customer; a few cannot be reached; the rest stays open and wakes the engine
// when it is late.
func (w *estate) year(events int, seed uint64) []moment {
	r := rand.New(rand.NewPCG(seed, 2026)) //nolint:gosec // made-up data
	inputs := make([]moment, 0, 2*events)
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, plan.DefaultZone())
	for i := range events {
		k := draw(r)
		contact := w.people.Contacts[r.IntN(len(w.people.Contacts))]
		at := start.AddDate(0, 0, r.IntN(365)).Add(time.Duration(8*60+r.IntN(10*60)) * time.Minute).UTC()
		ev := &huifang.Event{
			ID: huifang.ID(fmt.Sprintf("e%07d", i)), Type: k.event, At: at, Contact: contact.ID, Unit: contact.Unit, Department: "工程部",
			Attributes: huifang.Attributes{"matter": "厨房水管漏水"},
		}
		switch k.event {
		case "complaint.resolved":
			ev.Attributes["severity"] = "general"
			if r.IntN(10) == 0 {
				ev.Attributes["severity"] = "major"
			}
		case "special_service.contracted":
			day := at.In(plan.DefaultZone())
			ev.Attributes["contract_start"], ev.Attributes["contract_end"] = day.Format(time.DateOnly), day.AddDate(0, 0, 30).Format(time.DateOnly)
		}
		inputs = append(inputs, moment{plan.Input{Event: ev}, ev.ID})
		if end, ok := outcome(r, k, ev); ok {
			inputs = append(inputs, moment{end, ev.ID})
		}
	}
	slices.SortStableFunc(inputs, func(a, b moment) int { return a.Event.At.Compare(b.Event.At) })
	return inputs
}

func draw(r *rand.Rand) kind {
	n := r.IntN(100)
	all := kinds()
	for _, k := range all {
		if n -= k.share; n < 0 {
			return k
		}
	}
	return all[0]
}

func outcome(r *rand.Rand, k kind, ev *huifang.Event) (plan.Input, bool) {
	chance := r.IntN(100)
	if chance >= 93 {
		return plan.Input{}, false
	}
	after := k.first + r.IntN(k.last-k.first+1)
	in := plan.Input{Program: k.program, Step: "followup", Occurrence: 1}
	if k.program == "special_service" {
		in.Step, after = "mid", 16
	}
	end := &huifang.Event{
		ID: ev.ID + "-end", Type: huifang.EventFollowupCompleted, At: ev.At.AddDate(0, 0, after).Add(time.Hour), Contact: ev.Contact,
	}
	in.Event = end
	switch {
	case chance < 3:
		end.Type, in.Reason = huifang.EventFollowupUnreachable, "no_answer"
	case chance < 8:
		in.Answers = huifang.Attributes{"satisfaction": "dissatisfied"}
	default:
		in.Answers = huifang.Attributes{"satisfaction": "satisfied"}
	}
	return in, true
}
