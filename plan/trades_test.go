package plan_test

import (
	"fmt"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
	"github.com/huifang/huifang/form"
	"github.com/huifang/huifang/plan"
)

// The programs of many trades, to show that the language says them all.
const trades = `
- code: complaint
  start: [{on: complaint.resolved}]
  channels: [visit, phone]
  assign:
    - {when: 'attr.severity == "major"', to: [head]}
    - {to: [department_head, steward]}
  steps: [{code: call, closes: 3d, outcomes: [{when: 'verdict == "dissatisfied"', case: {owner: [head], due: 3wd}}]}]
  form: simple
- code: repair
  start: [{on: repair.completed}]
  assign: [{to: [steward]}]
  steps: [{code: call, opens: 1w, closes: 1mo}]
- code: special
  start: [{on: special_service.contracted}]
  assign: [{to: [steward]}]
  steps:
    - {code: mid, middle: [contract_start, contract_end], closes: 6d}
    - {code: end, attribute: contract_end, opens: 1d, closes: 7d}
- code: surgical
  subject: contact
  restart: true
  start: [{on: patient.discharged, when: 'attr.category == "surgical"'}]
  stop: [{on: patient.admitted}, {on: patient.deceased}]
  assign: [{to: ["attribute:attending_doctor | attribute:nurse"], qualification: practice}]
  steps: [{code: d3, opens: 3d}, {code: d14, opens: 14d}]
- code: chronic
  subject: contact
  start: [{on: patient.discharged, when: 'attr.category == "chronic"'}]
  stop: [{on: patient.admitted}, {on: patient.deceased}]
  steps: [{code: month, repeat: {every: 30d, times: 6}}]
- code: lost
  subject: asset
  restart: true
  start: [{on: vehicle.serviced}]
  steps: [{code: lost, idle: {of: {on: vehicle.serviced}, for: 6mo, again: 3mo}}]
- code: insurance
  subject: asset
  start: [{on: asset.changed, when: 'attr.insurance_expires_at != null'}]
  steps: [{code: remind, attribute: insurance_expires_at, opens: -30d}]
- code: prospect
  subject: contact
  start: [{on: prospect.registered}]
  stop: [{on: vehicle.purchased}, {on: prospect.lost}]
  steps:
    - code: call
      repeat: {attribute: intent_days, table: [{up_to: 3, every: 1d}, {up_to: 7, every: 3d}, {up_to: 15, every: 5d}, {up_to: 30, every: 7d}]}
- code: club
  start: [{on: vehicle.purchased}]
  form: next
  steps:
    - {code: first, opens: 5d}
    - {code: next, after: {steps: [first, next], answer: next_on}, ends: attr.insured == true && attr.plated == true}
    - {code: plates, opens: 7d, repeat: {every: 3d}, ends: attr.insured == true && attr.plated == true}
- code: renewal
  start: [{on: vehicle.delivered}]
  steps: [{code: month, opens: 8mo, repeat: {every: 1mo}}]
- code: student
  subject: contact
  start: [{on: student.enrolled}]
  stop: [{on: student.left}]
  steps:
    - {code: one, when: 'attr.kind == "new" && attr.mode == "one_to_one"', count: {of: {on: lesson.attended}, n: 1}, closes: 2d}
    - {code: two, count: {of: {on: lesson.attended}, n: 4}, closes: 2d}
    - {code: mid, count: {of: {on: exam.held, when: 'attr.exam == "midterm"'}, n: 1}, closes: 2d}
    - {code: renew, remaining: {of: {on: lesson.attended}, total: total_lessons, at_most: 3}, closes: 2d}
- code: appointment
  start: [{on: appointment.booked}]
  stop: [{on: appointment.cancelled}]
  update: [{on: appointment.rescheduled}]
  steps:
    - {code: remind, attribute: appointment_at, when: attr.appointment_at != null, opens: -1d, from: "13:00", until: "17:30"}
    - {code: ask, when: attr.appointment_at == null, repeat: {days: [1, 3, 7, 14]}}
- code: weekly
  subject: contact
  start: [{on: employee.hired}]
  stop: [{on: employee.left}]
  steps: [{code: week, repeat: {weekday: monday}}]
`

const eventTypes = `complaint.resolved repair.completed special_service.contracted patient.discharged patient.admitted patient.deceased
vehicle.serviced vehicle.purchased vehicle.delivered prospect.registered prospect.lost student.enrolled student.left lesson.attended exam.held
appointment.booked appointment.cancelled appointment.rescheduled employee.hired employee.left`

func compile(tb testing.TB) *plan.Set {
	tb.Helper()
	var defs []plan.Definition
	dec := yaml.NewDecoder(strings.NewReader(trades))
	dec.KnownFields(true)
	if err := dec.Decode(&defs); err != nil {
		tb.Fatal(err)
	}
	var types []plan.EventType
	for typ := range strings.FieldsSeq(eventTypes) {
		types = append(types, plan.EventType{Type: typ})
	}
	var forms []form.Definition
	if err := yaml.Unmarshal([]byte(formSource), &forms); err != nil {
		tb.Fatal(err)
	}
	set, errs := plan.Compile(types, defs, forms)
	for _, e := range errs {
		tb.Error(e)
	}
	if len(errs) > 0 {
		tb.FailNow()
	}
	return set
}

const formSource = `
- code: simple
  version: 1
  items:
    - code: satisfaction
      kind: choice
      options: [{code: satisfied}, {code: dissatisfied}]
  dissatisfied: [{when: [{item: satisfaction, op: eq, value: dissatisfied}]}]
- code: next
  version: 1
  items: [{code: next_on, kind: date}]
`

func people(tb testing.TB) plan.People {
	tb.Helper()
	day := func(s string) huifang.Date {
		d, err := huifang.ParseDate(s)
		if err != nil {
			tb.Fatal(err)
		}
		return d
	}
	r, err := plan.NewRoster([]huifang.Unit{
		{ID: "city", Head: "boss"},
		{ID: "u1", Parent: "city", Head: "h1", Departments: []huifang.Department{{Name: "工程部", Head: "e1"}}},
		{ID: "ny", Parent: "city", Zone: "America/New_York"},
	}, []huifang.Staff{
		{ID: "h1", Units: []huifang.ID{"u1"}},
		{ID: "e1"},
		{ID: "boss"},
		{ID: "s1", Absences: []huifang.Absence{{From: day("2026-06-01"), To: day("2026-06-10"), Substitute: "s2"}}},
		{ID: "s2", Absences: []huifang.Absence{{From: day("2026-06-05"), To: day("2026-06-20"), Substitute: "s3"}}},
		{ID: "s3"},
		{ID: "dr", Qualifications: []huifang.Qualification{{Code: "practice", Until: day("2026-03-31")}}},
		{ID: "nurse", Qualifications: []huifang.Qualification{{Code: "practice", Until: huifang.NoDate}}},
	}, nil, nil, calendar.China())
	if err != nil {
		tb.Fatal(err)
	}
	return plan.People{Roster: r, Contacts: []huifang.Contact{{ID: "c1", Steward: "s1"}, {ID: "dnc", Steward: "s1", DoNotContact: true}}}
}

func show(rows []plan.Row) string {
	var b strings.Builder
	for _, r := range rows {
		var who []string
		for _, a := range r.Assignees {
			who = append(who, a.String())
		}
		fmt.Fprintf(&b, "%s/%s/%d %s..%s %s %s", r.Program, r.Step, r.Occurrence, r.Window.Opens, r.Window.Closes, strings.Join(who, "+"), r.State)
		if r.Reason != "" {
			b.WriteString(" " + r.Reason)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func simulate(tb testing.TB, set *plan.Set, lines, until string) plan.Simulation {
	tb.Helper()
	parsed, errs := plan.ReadLines(strings.NewReader(lines), "events")
	for _, e := range errs {
		tb.Fatal(e)
	}
	var ins []plan.Input
	for i := range parsed {
		in, err := parsed[i].Input(set)
		if err != nil {
			tb.Fatal(err)
		}
		ins = append(ins, in)
	}
	d, err := huifang.ParseDate(until)
	if err != nil {
		tb.Fatal(err)
	}
	sim, err := plan.Simulate(set, people(tb), ins, plan.EndOf(d, plan.DefaultZone()))
	if err != nil {
		tb.Fatal(err)
	}
	return sim
}

func TestTrades(t *testing.T) {
	set := compile(t)
	for _, c := range []struct{ name, lines, until, want string }{
		{
			"general complaint: department head with steward", `{"id":"1","type":"complaint.resolved","at":"2026-03-01T09:00:00+08:00","contact":"c1","unit":"u1","department":"工程部"}`, "2026-03-04",
			"complaint/call/1 2026-03-01..2026-03-04 e1+s1 planned\n",
		},
		{
			"overdue the day after", `{"id":"1","type":"complaint.resolved","at":"2026-03-01T09:00:00+08:00","contact":"c1","unit":"u1","department":"工程部"}`, "2026-03-05",
			"complaint/call/1 2026-03-01..2026-03-04 e1+s1 overdue\n",
		},
		{
			"major complaint: the head", `{"id":"1","type":"complaint.resolved","at":"2026-03-01T23:59:00+08:00","contact":"c1","unit":"u1","attributes":{"severity":"major"}}`, "2026-03-04",
			"complaint/call/1 2026-03-01..2026-03-04 h1 planned\n",
		},
		{
			"unknown department and steward", `{"id":"1","type":"complaint.resolved","at":"2026-03-01T16:00:00Z","contact":"c9","unit":"u1","department":"保洁"}`, "2026-03-04",
			"complaint/call/1 2026-03-02..2026-03-05 role:department_head+role:steward planned\n",
		},
		{
			"zone of the unit", `{"id":"1","type":"complaint.resolved","at":"2026-03-02T03:00:00Z","contact":"c1","unit":"ny","attributes":{"severity":"major"}}`, "2026-03-04",
			"complaint/call/1 2026-03-01..2026-03-04 boss planned\n",
		},
		{
			"month end clamp", `{"id":"1","type":"repair.completed","at":"2026-01-31T09:00:00+08:00","contact":"c1","unit":"u1"}`, "2026-01-31",
			"repair/call/1 2026-02-07..2026-02-28 s1 planned\n",
		},
		{
			"substitute of a substitute", `{"id":"1","type":"repair.completed","at":"2026-05-30T09:00:00+08:00","contact":"c1","unit":"u1"}
{"id":"2","type":"repair.completed","at":"2026-05-26T09:00:00+08:00","contact":"c1","unit":"u1"}`, "2026-06-01",
			"repair/call/1 2026-06-02..2026-06-26 s2 planned\nrepair/call/1 2026-06-06..2026-06-30 s3 planned\n",
		},
		{
			"contract steps", `{"id":"1","type":"special_service.contracted","at":"2026-01-01T09:00:00+08:00","contact":"c1","unit":"u1","attributes":{"contract_start":"2026-01-01","contract_end":"2026-01-10"}}`, "2026-01-02",
			"special/mid/1 2026-01-05..2026-01-11 s1 planned\nspecial/end/1 2026-01-11..2026-01-17 s1 planned\n",
		},
		{
			"re-admission cancels, licence run out", `{"id":"1","type":"patient.discharged","at":"2026-03-20T09:00:00+08:00","contact":"p","unit":"u1","attributes":{"category":"surgical","attending_doctor":"dr","nurse":"nurse"}}
{"type":"followup.completed","at":"2026-03-23T10:00:00+08:00","program":"surgical","step":"d3","occurrence":1,"contact":"p"}
{"id":"2","type":"patient.admitted","at":"2026-04-01T09:00:00+08:00","contact":"p"}
{"id":"3","type":"patient.discharged","at":"2026-04-10T09:00:00+08:00","contact":"p","unit":"u1","attributes":{"category":"surgical","attending_doctor":"dr","nurse":"nurse"}}`, "2026-04-13",
			"surgical/d3/1 2026-03-23..2026-03-23 dr completed\nsurgical/d14/1 2026-04-03..2026-04-03 nurse cancelled stopped\nsurgical/d3/2 2026-04-13..2026-04-13 nurse planned\nsurgical/d14/2 2026-04-24..2026-04-24 nurse planned\n",
		},
		{
			"chronic six times", `{"id":"1","type":"patient.discharged","at":"2026-01-01T09:00:00+08:00","contact":"p","attributes":{"category":"chronic"}}`, "2026-01-31",
			"chronic/month/1 2026-01-31..2026-01-31 role:supervisor planned\nchronic/month/2 2026-03-02..2026-03-02 role:supervisor planned\nchronic/month/3 2026-04-01..2026-04-01 role:supervisor planned\nchronic/month/4 2026-05-01..2026-05-01 role:supervisor planned\nchronic/month/5 2026-05-31..2026-05-31 role:supervisor planned\nchronic/month/6 2026-06-30..2026-06-30 role:supervisor planned\n",
		},
		{
			"lost customer returns", `{"id":"1","type":"vehicle.serviced","at":"2025-08-31T09:00:00+08:00","contact":"c1","asset":"v"}
{"id":"2","type":"vehicle.serviced","at":"2026-06-15T09:00:00+08:00","contact":"c1","asset":"v"}`, "2026-12-31",
			"lost/lost/1 2026-02-28..2026-02-28 role:supervisor overdue\nlost/lost/2 2026-05-28..2026-05-28 role:supervisor overdue\nlost/lost/3 2026-12-15..2026-12-15 role:supervisor overdue\n",
		},
		{
			"moved insurance date, then next year's", `{"id":"1","type":"asset.changed","at":"2026-01-01T09:00:00+08:00","asset":"v","attributes":{"insurance_expires_at":"2026-06-30"}}
{"id":"2","type":"asset.changed","at":"2026-02-01T09:00:00+08:00","asset":"v","attributes":{"insurance_expires_at":"2026-07-30"}}
{"type":"followup.completed","at":"2026-06-30T10:00:00+08:00","program":"insurance","step":"remind","occurrence":1,"asset":"v"}
{"id":"3","type":"asset.changed","at":"2026-07-20T09:00:00+08:00","asset":"v","attributes":{"insurance_expires_at":"2027-07-30"}}`, "2026-08-01",
			"insurance/remind/1 2026-06-30..2026-06-30 role:supervisor completed\ninsurance/remind/2 2027-06-30..2027-06-30 role:supervisor planned\n",
		},
		{
			"intent changes in mid-interval", `{"id":"1","type":"prospect.registered","at":"2026-03-01T09:00:00+08:00","contact":"p","attributes":{"intent_days":7}}
{"id":"2","type":"contact.changed","at":"2026-03-05T09:00:00+08:00","contact":"p","attributes":{"intent_days":2}}
{"id":"3","type":"vehicle.purchased","at":"2026-03-07T18:00:00+08:00","contact":"p","asset":"v"}`, "2026-03-08",
			"prospect/call/1 2026-03-04..2026-03-04 role:supervisor cancelled stopped\nprospect/call/2 2026-03-06..2026-03-06 role:supervisor cancelled stopped\nprospect/call/3 2026-03-07..2026-03-07 role:supervisor cancelled stopped\nclub/first/1 2026-03-12..2026-03-12 role:supervisor planned\n",
		},
		{
			"club: next from the result until insured and plated", `{"id":"1","type":"vehicle.purchased","at":"2026-03-01T09:00:00+08:00","contact":"p","asset":"v"}
{"type":"followup.completed","at":"2026-03-06T10:00:00+08:00","program":"club","step":"first","occurrence":1,"contact":"p","asset":"v","answers":{"next_on":"2026-03-12"}}
{"type":"followup.completed","at":"2026-03-12T10:00:00+08:00","program":"club","step":"next","occurrence":1,"contact":"p","asset":"v","answers":{"next_on":"2026-03-20"}}
{"id":"2","type":"asset.changed","at":"2026-03-13T12:00:00+08:00","asset":"v","attributes":{"insured":true,"plated":true}}`, "2026-03-31",
			"club/first/1 2026-03-06..2026-03-06 role:supervisor completed\nclub/plates/1 2026-03-11..2026-03-11 role:supervisor overdue\nclub/next/1 2026-03-12..2026-03-12 role:supervisor completed\nclub/next/2 2026-03-20..2026-03-20 role:supervisor cancelled ended\n",
		},
		{
			"lessons", `{"id":"1","type":"student.enrolled","at":"2026-03-01T09:00:00+08:00","contact":"st","attributes":{"kind":"new","mode":"one_to_one","total_lessons":5}}
{"id":"b","type":"lesson.attended","at":"2026-03-09T09:00:00+08:00","contact":"st"}
{"id":"a","type":"lesson.attended","at":"2026-03-02T09:00:00+08:00","contact":"st"}
{"id":"a","type":"lesson.attended","at":"2026-03-02T09:00:00+08:00","contact":"st"}
{"id":"c","type":"exam.held","at":"2026-03-10T09:00:00+08:00","contact":"st","attributes":{"exam":"midterm"}}
{"id":"d","type":"lesson.attended","at":"2026-03-16T09:00:00+08:00","contact":"st"}
{"id":"e","type":"lesson.attended","at":"2026-03-23T09:00:00+08:00","contact":"st"}`, "2026-03-23",
			"student/one/1 2026-03-02..2026-03-04 role:supervisor overdue\nstudent/renew/1 2026-03-09..2026-03-11 role:supervisor overdue\nstudent/mid/1 2026-03-10..2026-03-12 role:supervisor overdue\nstudent/two/1 2026-03-23..2026-03-25 role:supervisor planned\n",
		},
		{
			"appointment: time set later, moved, reminder", `{"id":"1","type":"appointment.booked","at":"2026-03-01T09:00:00+08:00","contact":"c1"}
{"id":"2","type":"appointment.rescheduled","at":"2026-03-03T12:00:00+08:00","contact":"c1","attributes":{"appointment_at":"2026-03-10T10:00:00+08:00"}}
{"id":"3","type":"appointment.rescheduled","at":"2026-03-04T12:00:00+08:00","contact":"c1","attributes":{"appointment_at":"2026-03-12T10:00:00+08:00"}}`, "2026-03-10",
			"appointment/ask/1 2026-03-02..2026-03-02 role:supervisor cancelled not_needed\nappointment/ask/2 2026-03-04..2026-03-04 role:supervisor cancelled not_needed\nappointment/ask/3 2026-03-08..2026-03-08 role:supervisor cancelled not_needed\nappointment/remind/1 2026-03-11T13:00..2026-03-11T17:30 role:supervisor planned\nappointment/ask/4 2026-03-15..2026-03-15 role:supervisor cancelled not_needed\n",
		},
		{
			"months of window and series are counted together", `{"id":"1","type":"vehicle.delivered","at":"2025-01-31T09:00:00+08:00","contact":"p","asset":"v"}
{"id":"2","type":"vehicle.delivered","at":"2025-05-31T09:00:00+08:00","contact":"q","asset":"w"}`, "2026-03-31",
			"renewal/month/1 2025-10-31..2025-10-31 role:supervisor overdue\nrenewal/month/2 2025-11-30..2025-11-30 role:supervisor overdue\nrenewal/month/3 2025-12-31..2025-12-31 role:supervisor overdue\nrenewal/month/4 2026-01-31..2026-01-31 role:supervisor overdue\nrenewal/month/5 2026-02-28..2026-02-28 role:supervisor overdue\nrenewal/month/1 2026-02-28..2026-02-28 role:supervisor overdue\nrenewal/month/6 2026-03-31..2026-03-31 role:supervisor planned\nrenewal/month/2 2026-03-31..2026-03-31 role:supervisor planned\n",
		},
		{
			"every Monday", `{"id":"1","type":"employee.hired","at":"2026-03-02T09:00:00+08:00","contact":"em"}
{"id":"2","type":"employee.left","at":"2026-03-17T09:00:00+08:00","contact":"em"}`, "2026-04-30",
			"weekly/week/1 2026-03-09..2026-03-09 role:supervisor cancelled stopped\nweekly/week/2 2026-03-16..2026-03-16 role:supervisor cancelled stopped\n",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := show(simulate(t, set, c.lines, c.until).Rows); got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	set := compile(t)
	for _, c := range []struct{ name, lines, want string }{
		{"do not contact", `{"id":"1","type":"repair.completed","at":"2026-03-01T09:00:00+08:00","contact":"dnc","unit":"u1"}`, "repair/call do_not_contact"},
		{"reminder's hour has passed", `{"id":"1","type":"appointment.booked","at":"2026-03-01T18:00:00+08:00","contact":"c1","attributes":{"appointment_at":"2026-03-02T10:00:00+08:00"}}`, "appointment/remind window_closed_before_event"},
		{"date long gone", `{"id":"1","type":"asset.changed","at":"2026-03-01T18:00:00+08:00","asset":"v","attributes":{"insurance_expires_at":"2026-03-10"}}`, "insurance/remind window_closed_before_event"},
		{"not surgical", `{"id":"1","type":"patient.discharged","at":"2026-03-01T18:00:00+08:00","contact":"p","attributes":{"category":"general"}}`, "surgical/ condition_false"},
		{"intent by hand", `{"id":"1","type":"prospect.registered","at":"2026-03-01T09:00:00+08:00","contact":"p","attributes":{"intent_days":60}}`, "prospect/call by_hand"},
	} {
		t.Run(c.name, func(t *testing.T) {
			sim := simulate(t, set, c.lines, "2026-03-20")
			for _, s := range sim.Skipped {
				if s.Program+"/"+s.Step+" "+s.Reason == c.want {
					return
				}
			}
			t.Errorf("skipped %v, want %s; rows\n%s", sim.Skipped, c.want, show(sim.Rows))
		})
	}
}

func TestDissatisfactionOpensACase(t *testing.T) {
	set := compile(t)
	sim := simulate(t, set, `{"id":"1","type":"complaint.resolved","at":"2026-09-28T09:00:00+08:00","contact":"c1","unit":"u1"}
{"type":"followup.completed","at":"2026-09-29T10:00:00+08:00","program":"complaint","step":"call","occurrence":1,"contact":"c1","answers":{"satisfaction":"dissatisfied"}}`, "2026-09-30")
	if len(sim.Cases) != 1 || sim.Cases[0].Assignees[0].Staff != "h1" || sim.Cases[0].Due.String() != "2026-10-09" {
		t.Fatalf("cases %+v; want one, due three working days later, after the holiday", sim.Cases)
	}
}

func TestLawOneDuplicatedAndReordered(t *testing.T) {
	set := compile(t)
	lines := strings.Split(`{"id":"1","type":"repair.completed","at":"2026-03-01T09:00:00+08:00","contact":"c1","unit":"u1"}
{"id":"2","type":"complaint.resolved","at":"2026-03-02T09:00:00+08:00","contact":"c1","unit":"u1"}
{"id":"3","type":"prospect.registered","at":"2026-03-03T09:00:00+08:00","contact":"p","attributes":{"intent_days":3}}`, "\n")
	want := show(simulate(t, set, strings.Join(lines, "\n"), "2026-03-10").Rows)
	for i := range lines {
		again := append(append([]string{}, lines[i:]...), lines...)
		if got := show(simulate(t, set, strings.Join(again, "\n"), "2026-03-10").Rows); got != want {
			t.Errorf("got\n%swant\n%s", got, want)
		}
	}
}
