package api_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/api"
	"github.com/huifang/huifang/app"
	"github.com/huifang/huifang/store"
)

const password = "Correct-horse-7"

// world is the real thing over an SQLite file: a handler, an organization with
// people, and their sessions.
type world struct {
	t       testing.TB
	app     *app.App
	file    string // of the database
	handler http.Handler
	tokens  map[string]string // of who is logged in
	ids     map[string]huifang.ID
}

func newID() huifang.ID {
	var entropy [10]byte
	_, _ = rand.Read(entropy[:])
	return huifang.NewID(time.Now(), entropy)
}

func newWorld(t testing.TB) *world {
	t.Helper()
	file := filepath.Join(t.TempDir(), "api.db")
	s, err := store.Open(t.Context(), store.Config{URL: "sqlite://" + file, Relaxed: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	w := &world{t: t, file: file, tokens: map[string]string{}, ids: map[string]huifang.ID{}}
	w.app = app.New(app.Config{Store: s, Now: time.Now, NewID: newID})
	w.handler = api.New(api.Config{App: w.app, Version: "test", Ready: s.Ping})
	return w
}

// organization makes one with an administrator, who is logged in under the
// organization's code.
func (w *world) organization(code string, packs ...string) *huifang.Organization {
	w.t.Helper()
	org, err := w.app.CreateOrganization(w.t.Context(), app.NewOrganization{Code: code, Name: huifang.Text{ZH: "青禾物业", EN: "Qinghe"}, Packs: packs})
	if err != nil {
		w.t.Fatal(err)
	}
	sys := app.SystemActor(org.ID)
	unit, err := w.app.CreateUnit(w.t.Context(), sys, app.UnitEdit{Code: "hq", Name: "总部"})
	if err != nil {
		w.t.Fatal(err)
	}
	w.ids[code+".hq"] = unit.ID
	admin, err := w.app.CreateStaff(w.t.Context(), sys, app.StaffEdit{Code: "admin", Name: "管理员", Login: "admin", Units: []huifang.ID{unit.ID}, Roles: []string{"admin"}, Active: true})
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.app.SetPassword(w.t.Context(), sys, admin.ID, password); err != nil {
		w.t.Fatal(err)
	}
	w.ids[code+".admin"] = admin.ID
	w.logIn(code, code, "admin")
	return org
}

// logIn opens a session and keeps its token under the name.
func (w *world) logIn(name, org, login string) {
	w.t.Helper()
	var got api.Session
	w.call("", http.MethodPost, "/api/v1/session", api.LogIn{Organization: org, Login: login, Password: password, Bearer: true}).is(http.StatusCreated).into(&got)
	w.tokens[name] = got.Token
}

// reply is what a call was answered.
type reply struct {
	t    testing.TB
	call string
	*http.Response
	body []byte
}

// call sends JSON (or what a reader gives) as whoever is logged in under who.
func (w *world) call(who, method, path string, body any, headers ...string) *reply {
	w.t.Helper()
	var in io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		in = strings.NewReader(b)
	case io.Reader:
		in = b
	default:
		raw, err := json.Marshal(b)
		if err != nil {
			w.t.Fatal(err)
		}
		in = bytes.NewReader(raw)
	}
	r := httptest.NewRequestWithContext(w.t.Context(), method, path, in)
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if who != "" {
		token, ok := w.tokens[who]
		if !ok {
			w.t.Fatalf("%s is not logged in", who)
		}
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	out := httptest.NewRecorder()
	w.handler.ServeHTTP(out, r)
	response := out.Result()
	defer response.Body.Close() //nolint:errcheck // in memory
	b, err := io.ReadAll(response.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return &reply{t: w.t, call: method + " " + path, Response: response, body: b}
}

// is fails the test on another status.
func (r *reply) is(status int) *reply {
	r.t.Helper()
	if r.StatusCode != status {
		r.t.Fatalf("%s: %d %s, want %d", r.call, r.StatusCode, r.body, status)
	}
	return r
}

// into reads the answer strictly.
func (r *reply) into(v any) *reply {
	r.t.Helper()
	dec := json.NewDecoder(bytes.NewReader(r.body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		r.t.Fatalf("%s: %v\n%s", r.call, err, r.body)
	}
	return r
}

// problem is the answer as a problem with the reason.
func (r *reply) problem(status int, reason string) api.Problem {
	r.t.Helper()
	r.is(status)
	if ct := r.Header.Get("Content-Type"); ct != "application/problem+json" {
		r.t.Fatalf("%s: content type %q", r.call, ct)
	}
	var p api.Problem
	r.into(&p)
	if p.Reason != reason || p.Status != status {
		r.t.Fatalf("%s: %s, want reason %s", r.call, r.body, reason)
	}
	if p.Messages.ZH == "" || p.Messages.EN == "" || p.Title == "" || p.Detail == "" {
		r.t.Fatalf("%s: not said in both languages: %s", r.call, r.body)
	}
	return p
}

// id is the id in the answer.
func (r *reply) id() huifang.ID {
	r.t.Helper()
	var v struct {
		ID huifang.ID `json:"id"`
	}
	if err := json.Unmarshal(r.body, &v); err != nil || v.ID == "" {
		r.t.Fatalf("%s: no id in %s", r.call, r.body)
	}
	return v.ID
}

// staff makes a person of the first organization with a password, who is logged in under their code.
func (w *world) staff(code, name, unit string, roles ...string) {
	w.t.Helper()
	id := w.call("qinghe", http.MethodPost, "/api/v1/staff", api.StaffChange{Code: code, Name: name, Login: code, Units: []huifang.ID{w.ids[unit]}, Roles: roles}).is(http.StatusCreated).id()
	w.ids[code] = id
	w.call("qinghe", http.MethodPut, "/api/v1/staff/"+string(id)+"/password", map[string]string{"password": password}).is(http.StatusNoContent)
	w.logIn(code, "qinghe", code)
}

// estate is an organization under the property pack with an estate, its people,
// and something of every kind of record.
func estate(t testing.TB) *world {
	t.Helper()
	w := newWorld(t)
	w.organization("qinghe", "property")
	w.ids["estate"] = w.call("qinghe", http.MethodPost, "/api/v1/units", api.UnitChange{Parent: w.ids["qinghe.hq"], Code: "ya", Name: "雅园"}).is(http.StatusCreated).id()
	w.staff("head", "何经理", "estate", "head")
	w.staff("steward", "管晓", "estate", "steward")
	w.staff("supervisor", "苏主管", "estate", "supervisor")
	w.call("qinghe", http.MethodPut, "/api/v1/units/"+string(w.ids["estate"]), api.UnitChange{
		Parent: w.ids["qinghe.hq"], Code: "ya", Name: "雅园", Head: w.ids["head"], Departments: []api.Department{{Name: "工程部", Head: w.ids["supervisor"]}},
	}).is(http.StatusOK)
	return w
}

// event sends an event of the estate and tells the follow-ups it planned.
func (w *world) event(who string, e api.EventIn) api.Ingested {
	w.t.Helper()
	if e.Unit == "" {
		e.Unit = "ya"
	}
	if e.Contact.Code == "" {
		e.Contact = api.ContactIn{Code: "H1", Kind: "household", Name: "王芳", Phones: []string{"13812342628"}, Steward: "steward"}
	}
	if e.At.IsZero() {
		e.At = time.Now().Add(-time.Hour)
	}
	var got api.Ingested
	w.call(who, http.MethodPost, "/api/v1/events", e).is(http.StatusCreated).into(&got)
	return got
}
