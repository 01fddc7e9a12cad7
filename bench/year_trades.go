package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
	"github.com/huifang/huifang/plan"
)

// replayedYear is the year that is replayed.
const replayedYear = 2025

// businesses are those whose years are replayed, at so many times their size.
func businesses(size float64) []*business {
	return []*business{hospital(size), workshops(size), estates(size)}
}

func sized(n int, size float64) int { return max(int(float64(n)*size), 60) }

// hospital has 500 beds: nine in ten are taken, for eight days each.
func hospital(size float64) *business {
	const beds, stay = 500, 8
	b := newBusiness("hospital", "a hospital of 500 beds", "patient", 1, sized(16_000, size),
		map[string]int{"head": 1, "supervisor": 1, "department_head": 1, "quality_office": 2, "attending_doctor": 60, "nurse": 60}, []string{"普外科", "骨科", "心内科"})
	r := rand.New(rand.NewPCG(1, replayedYear)) //nolint:gosec // made-up data
	categories := []string{"general", "general", "general", "general", "general", "surgical", "surgical", "surgical", "critical", "chronic", "special"}
	for i := range sized(beds*9/10*365/stay, size) {
		c, _ := b.customer(r)
		out := someTime(r)
		doctor := string(member("attending_doctor", 0, r.IntN(60)))
		record := app.AssetInput{Code: fmt.Sprintf("ZY%07d", i)}
		b.events = append(b.events,
			app.EventInput{
				Key: fmt.Sprintf("in-%07d", i), Type: "patient.admitted", At: out.AddDate(0, 0, -1-r.IntN(2*stay)), Contact: app.ContactInput{Code: string(c.ID)}, Attributes: huifang.Attributes{"unplanned": false},
			},
			app.EventInput{
				Key: fmt.Sprintf("out-%07d", i), Type: "patient.discharged", At: out, Contact: app.ContactInput{Code: string(c.ID)}, Asset: record, Department: "心内科",
				Attributes: huifang.Attributes{"category": categories[r.IntN(len(categories))], "attending_doctor": doctor, "nurse": string(member("nurse", 0, r.IntN(60))), "diagnosis": "冠心病", "matter": "治疗后出院"},
			})
	}
	return b.ordered()
}

// workshops serve 3,000 cars a month.
func workshops(size float64) *business {
	b := newBusiness("auto-service", "workshops with 3,000 cars a month", "car_owner", 6, sized(14_000, size),
		map[string]int{"head": 1, "supervisor": 1, "department_head": 1, "customer_manager": 1, "staff": 4, "service_advisor": 4, "technician": 6}, []string{"机电班", "钣喷班"})
	r := rand.New(rand.NewPCG(2, replayedYear)) //nolint:gosec // made-up data
	for i := range sized(12*3_000, size) {
		c, u := b.customer(r)
		at := someTime(r)
		b.events = append(b.events, app.EventInput{
			Key: fmt.Sprintf("RO%07d", i), Type: "vehicle.serviced", At: at, Contact: app.ContactInput{Code: string(c.ID)}, Asset: app.AssetInput{Code: "苏Q" + string(c.ID)},
			Staff: string(member("technician", u, r.IntN(6))), Department: "机电班",
			Attributes: huifang.Attributes{
				"matter": "更换机油机滤", "work_kind": "maintenance", "order_number": fmt.Sprintf("RO%07d", i), "amount": 480.0, "mileage": float64(5_000 + r.IntN(90_000)),
				"next_maintenance_at": at.AddDate(0, 6, 0).Format(time.DateOnly),
			},
		})
	}
	return b.ordered()
}

// estates have 20,000 households, each with three matters in two years.
func estates(size float64) *business {
	b := newBusiness("property", "estates with 20,000 households", "household", 50, sized(20_000, size),
		map[string]int{"head": 1, "supervisor": 1, "department_head": 1, "steward": 3}, []string{"工程部", "环境部"})
	r := rand.New(rand.NewPCG(3, replayedYear)) //nolint:gosec // made-up data
	for i := range sized(30_000, size) {
		c, _ := b.customer(r)
		k, at := draw(r), someTime(r)
		e := app.EventInput{
			Key: fmt.Sprintf("W%07d", i), Type: k.event, At: at, Contact: app.ContactInput{Code: string(c.ID)}, Department: "工程部",
			Attributes: huifang.Attributes{"matter": "厨房水管漏水", "measure": "更换角阀"},
		}
		switch k.event {
		case "complaint.resolved":
			e.Attributes["severity"] = "general"
		case "special_service.contracted":
			e.Attributes["contract_start"], e.Attributes["contract_end"] = at.Format(time.DateOnly), at.AddDate(0, 0, 30).Format(time.DateOnly)
		}
		b.events = append(b.events, e)
	}
	return b.ordered()
}

// someTime is a time of the year between eight and six.
func someTime(r *rand.Rand) time.Time {
	return time.Date(replayedYear, 1, 1, 0, 0, 0, 0, plan.DefaultZone()).AddDate(0, 0, r.IntN(365)).Add(time.Duration(8*60+r.IntN(10*60)) * time.Minute).UTC()
}

func (b *business) ordered() *business {
	slices.SortStableFunc(b.events, func(x, y app.EventInput) int { return x.At.Compare(y.At) })
	return b
}

// inputs are the events as the engine alone takes them.
func (b *business) inputs() []plan.Input {
	units := map[string]huifang.ID{}
	for i := range b.world.Contacts {
		units[string(b.world.Contacts[i].ID)] = b.world.Contacts[i].Unit
	}
	out := make([]plan.Input, len(b.events))
	for i := range b.events {
		e := &b.events[i]
		out[i].Event = &huifang.Event{
			ID: huifang.ID(e.Key), Type: e.Type, At: e.At, Contact: huifang.ID(e.Contact.Code), Asset: huifang.ID(e.Asset.Code), Unit: units[e.Contact.Code],
			Department: e.Department, Staff: huifang.ID(e.Staff), Attributes: e.Attributes,
		}
	}
	return out
}
