package api

import (
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// Person is a member of staff by name, or the role nobody was found for.
type Person struct {
	ID   huifang.ID `json:"id,omitempty"`
	Name string     `json:"name,omitempty"`
	Role string     `json:"role,omitempty"`
}

// Window is when a follow-up may and must be done, local to its unit: a date,
// or a date and time of day where the rule gives one.
type Window struct {
	Opens  string `json:"opens" example:"2026-03-01" maxLength:"16"`
	Closes string `json:"closes" example:"2026-03-07T18:00" maxLength:"16"`
}

// Followup is one planned contact with a customer. The answers to changes leave
// names out.
type Followup struct {
	ID             huifang.ID          `json:"id"`
	Number         string              `json:"number" example:"HF-2026-000123"`
	Program        string              `json:"program"`
	ProgramName    *huifang.Text       `json:"program_name,omitempty"`
	ProgramVersion int                 `json:"program_version"`
	Step           string              `json:"step"`
	StepName       *huifang.Text       `json:"step_name,omitempty"`
	Occurrence     int                 `json:"occurrence"`
	Enrollment     huifang.ID          `json:"enrollment"`
	Event          huifang.ID          `json:"event,omitempty"`
	Contact        huifang.ID          `json:"contact,omitempty"`
	ContactName    string              `json:"contact_name,omitempty"`
	Phone          string              `json:"phone,omitempty" doc:"Masked."`
	Asset          huifang.ID          `json:"asset,omitempty"`
	AssetName      string              `json:"asset_name,omitempty"`
	Unit           huifang.ID          `json:"unit,omitempty"`
	UnitName       string              `json:"unit_name,omitempty"`
	Department     string              `json:"department,omitempty"`
	Matter         string              `json:"matter,omitempty"`
	Window         Window              `json:"window"`
	OpensAt        time.Time           `json:"opens_at"`
	ClosesAt       time.Time           `json:"closes_at" doc:"First instant after the window."`
	Month          huifang.Month       `json:"month" doc:"In which the window closes."`
	Assignees      []Person            `json:"assignees"`
	Lead           huifang.ID          `json:"lead,omitempty" doc:"Answers for it in statistics."`
	Channels       []huifang.Channel   `json:"channels"`
	Form           string              `json:"form"`
	FormVersion    int                 `json:"form_version"`
	Script         string              `json:"script,omitempty"`
	State          huifang.State       `json:"state" enum:"planned,overdue,completed,unreachable,waived,cancelled"`
	Reason         string              `json:"reason,omitempty" doc:"Why waived, unreachable, cancelled or postponed."`
	TakenBy        huifang.ID          `json:"taken_by,omitempty" doc:"Who signed for the form."`
	TakenAt        time.Time           `json:"taken_at,omitzero"`
	ReturnedAt     time.Time           `json:"returned_at,omitzero"`
	Attempts       int                 `json:"attempts"`
	NextTry        time.Time           `json:"next_try,omitzero"`
	DoneAt         time.Time           `json:"done_at,omitzero"`
	DoneBy         huifang.ID          `json:"done_by,omitempty"`
	Score          *float64            `json:"score,omitempty"`
	Verdict        huifang.Verdict     `json:"verdict,omitempty" enum:"satisfied,dissatisfied,unqualified"`
	Review         huifang.ReviewState `json:"review,omitempty" enum:"pending,qualified,unqualified,redo"`
	Case           huifang.ID          `json:"case,omitempty" doc:"The case it checks, or opened."`
	Created        time.Time           `json:"created"`
	Version        int64               `json:"version"`
}

func newFollowup(f *huifang.Followup) Followup {
	w := Followup{
		ID: f.ID, Number: f.Number, Program: f.Program, ProgramVersion: f.Version, Step: f.Step, Occurrence: f.Occurrence, Enrollment: f.Enrollment,
		Event: f.Event, Contact: f.Contact, Asset: f.Asset, Unit: f.Unit, Department: f.Department, Matter: f.Matter,
		Window: Window{Opens: f.Window.Opens.String(), Closes: f.Window.Closes.String()}, OpensAt: f.OpensAt, ClosesAt: f.ClosesAt, Month: f.DueMonth,
		Assignees: turned(f.Assignees, func(a huifang.Assignee) Person { return Person{ID: a.Staff, Role: a.Role} }), Lead: f.Lead, Channels: list(f.Channels),
		Form: f.Form, FormVersion: f.FormVer, Script: f.Script, State: f.StateAt(clock()), Reason: f.Reason,
		TakenBy: f.TakenBy, TakenAt: f.TakenAt, ReturnedAt: f.ReturnedAt, Attempts: f.Attempts, NextTry: f.NextTry, DoneAt: f.DoneAt, DoneBy: f.DoneBy,
		Verdict: f.Satisfied, Review: f.Review, Case: f.Case, Created: f.Created, Version: f.Row,
	}
	if f.Scored {
		w.Score = &f.Score
	}
	return w
}

// newFollowupLine adds the names.
func newFollowupLine(l app.FollowupLine) Followup {
	w := newFollowup(l.Followup)
	w.State, w.ProgramName, w.StepName = l.State, &l.ProgramName, &l.StepName
	w.UnitName, w.ContactName, w.Phone, w.AssetName = l.UnitName, l.ContactName, l.Phone, l.AssetName
	w.Assignees = turned(l.Assignees, func(p app.Person) Person { return Person(p) })
	return w
}

// FollowupDetail is a follow-up with all that is needed to do it, and all that
// was done.
type FollowupDetail struct {
	Followup
	ServiceEvent *Event                `json:"service_event,omitempty" doc:"What it stems from."`
	Customer     *Contact              `json:"customer,omitempty"`
	Object       *Asset                `json:"object,omitempty"`
	OpenedCase   *Case                 `json:"opened_case,omitempty" doc:"The case it checks, or opened."`
	Tries        []Attempt             `json:"tries" doc:"Attempts to reach the contact, oldest first."`
	Records      []Record              `json:"records" doc:"The last one counts."`
	Reviews      []Review              `json:"reviews"`
	FormItems    *app.FormDefinition   `json:"form_definition,omitempty"`
	Phrases      []Phrase              `json:"phrases" doc:"What staff say, from the script."`
	Next         app.Try               `json:"next" doc:"How to try next."`
	May          Allowed               `json:"may"`
	Names        map[huifang.ID]string `json:"names" doc:"Of the staff above."`
}

// Allowed is what the caller may do with a follow-up.
type Allowed struct {
	Work   bool `json:"work"`
	Manage bool `json:"manage"`
	Review bool `json:"review"`
	Reveal bool `json:"reveal"`
}

func newFollowupDetail(d *app.FollowupDetail) FollowupDetail {
	w := FollowupDetail{
		Followup: newFollowupLine(d.FollowupLine), Tries: turned(d.Attempts, newAttempt), Records: turned(d.Records, newRecord), Reviews: turned(d.Reviews, newReview),
		FormItems: d.Form, Phrases: []Phrase{}, Next: d.Next, May: Allowed(d.May), Names: d.Names,
		ServiceEvent: given(d.Event, newEvent), Customer: given(d.Contact, newContact), Object: given(d.Asset, newAsset), OpenedCase: given(d.Case, newCase),
	}
	if d.Script != nil {
		w.Phrases = turned(d.Script.Phrases, newPhrase)
	}
	if w.Names == nil {
		w.Names = map[huifang.ID]string{}
	}
	return w
}

// given turns what is there.
func given[F, T any](from *F, turn func(*F) T) *T {
	if from == nil {
		return nil
	}
	return new(turn(from))
}

// Attempt is one try to reach the contact.
type Attempt struct {
	ID          huifang.ID          `json:"id"`
	Staff       huifang.ID          `json:"staff"`
	At          time.Time           `json:"at"`
	Channel     huifang.Channel     `json:"channel"`
	Phone       string              `json:"phone,omitempty" doc:"Masked."`
	Disposition huifang.Disposition `json:"disposition"`
	Note        string              `json:"note,omitempty"`
	CallBackAt  time.Time           `json:"call_back_at,omitzero"`
}

func newAttempt(a *huifang.Attempt) Attempt {
	return Attempt{ID: a.ID, Staff: a.Staff, At: a.At, Channel: a.Channel, Phone: a.Phone, Disposition: a.Disposition, Note: a.Note, CallBackAt: a.CallBackAt}
}

// Record is what a completed follow-up found.
type Record struct {
	ID          huifang.ID         `json:"id"`
	Followup    huifang.ID         `json:"followup"`
	Staff       huifang.ID         `json:"staff"`
	At          time.Time          `json:"at"`
	Channel     huifang.Channel    `json:"channel"`
	Form        string             `json:"form"`
	FormVersion int                `json:"form_version"`
	Answers     huifang.Attributes `json:"answers"`
	Score       *float64           `json:"score,omitempty"`
	Band        string             `json:"band,omitempty"`
	Verdict     huifang.Verdict    `json:"verdict,omitempty"`
	Signatures  []Signature        `json:"signatures"`
	Corrects    huifang.ID         `json:"corrects,omitempty" doc:"The record it replaces."`
}

// Signature is a signed name.
type Signature struct {
	By    string    `json:"by" enum:"customer,staff"`
	Name  string    `json:"name" minLength:"1" maxLength:"100"`
	At    time.Time `json:"at,omitzero" doc:"Missing: now."`
	Image string    `json:"image,omitempty" maxLength:"200" doc:"Content hash of the drawn signature."`
}

func newRecord(r *huifang.Record) Record {
	w := Record{
		ID: r.ID, Followup: r.Followup, Staff: r.Staff, At: r.At, Channel: r.Channel, Form: r.Form, FormVersion: r.FormVer,
		Answers: r.Answers, Band: r.Band, Verdict: r.Satisfied, Corrects: r.Corrects,
		Signatures: turned(r.Signatures, func(s huifang.Signature) Signature { return Signature(s) }),
	}
	if w.Answers == nil {
		w.Answers = huifang.Attributes{}
	}
	if r.Scored {
		w.Score = &r.Score
	}
	return w
}

// Review is a supervisor's decision on a record.
type Review struct {
	ID       huifang.ID          `json:"id"`
	Record   huifang.ID          `json:"record"`
	Staff    huifang.ID          `json:"staff"`
	At       time.Time           `json:"at"`
	Decision huifang.ReviewState `json:"decision"`
	Opinion  string              `json:"opinion,omitempty"`
}

func newReview(r *huifang.Review) Review {
	return Review{ID: r.ID, Record: r.Record, Staff: r.Staff, At: r.At, Decision: r.Decision, Opinion: r.Opinion}
}
