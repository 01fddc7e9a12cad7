package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/api"
)

func repair(key string) api.EventIn {
	return api.EventIn{
		Key: key, Type: "repair.completed", At: time.Now().Add(-time.Hour), Unit: "ya", Contact: api.ContactIn{Code: "H1", Name: "王芳"},
		Department: "工程部", Attributes: huifang.Attributes{"matter": "水管漏水"},
	}
}

// TestRespondAsync: an event is acknowledged first and found under its address
// at any time: received, then planned.
func TestRespondAsync(t *testing.T) {
	w := estate(t)
	var got api.Ingested
	r := w.call("qinghe", http.MethodPost, "/api/v1/events", repair("A1"), "Prefer", "respond-async").is(http.StatusAccepted).into(&got)
	at := r.Header.Get("Location")
	if got.Status != "received" || len(got.Followups) != 0 || at != "/api/v1/events/"+string(got.Event) || r.Header.Get("Preference-Applied") != "respond-async" {
		t.Fatalf("%s %v", r.body, r.Header)
	}
	var e api.Event
	w.call("qinghe", http.MethodGet, at, nil).is(http.StatusOK).into(&e)
	if e.State != "received" || e.Key != "A1" || e.Unit != w.ids["estate"] || e.ID != got.Event {
		t.Fatalf("%+v", e)
	}
	var inbox api.Inbox
	w.call("qinghe", http.MethodGet, "/api/v1/inbox", nil).is(http.StatusOK).into(&inbox)
	if inbox.Waiting != 1 || inbox.Oldest == nil || inbox.Capacity == 0 {
		t.Fatalf("%+v", inbox)
	}
	if n, err := w.app.Drain(t.Context()); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	e = api.Event{}
	w.call("qinghe", http.MethodGet, at, nil).is(http.StatusOK).into(&e)
	if e.State != "" || e.Contact == "" || e.ID != got.Event {
		t.Fatalf("%+v", e)
	}
	// Sent again the ordinary way it is the same event.
	var known api.Ingested
	w.call("qinghe", http.MethodPost, "/api/v1/events", repair("A1")).is(http.StatusOK).into(&known)
	if known.Status != "known" || known.Event != got.Event {
		t.Fatalf("%+v", known)
	}
}

func TestPreferHeader(t *testing.T) {
	w := estate(t)
	for prefer, want := range map[string]int{
		"": http.StatusCreated, "respond-async, wait=10": http.StatusCreated, "return=minimal": http.StatusCreated,
		"Respond-Async": http.StatusAccepted, "return=minimal; respond-async": http.StatusAccepted,
	} {
		r := w.call("qinghe", http.MethodPost, "/api/v1/events", repair("P"+prefer), "Prefer", prefer).is(want)
		if applied := r.Header.Get("Preference-Applied") != ""; applied != (want == http.StatusAccepted) {
			t.Errorf("%q: %v", prefer, r.Header)
		}
		if _, located := r.Header["Location"]; located != (want == http.StatusAccepted) {
			t.Errorf("%q: %v", prefer, r.Header)
		}
	}
	bad := repair("B")
	bad.Type = "nothing.happened"
	w.call("qinghe", http.MethodPost, "/api/v1/events", bad, "Prefer", "respond-async").problem(http.StatusUnprocessableEntity, "event.unknown_type")

	var b api.Batch
	r := w.call("qinghe", http.MethodPost, "/api/v1/events:batch", []api.EventIn{repair("C1"), bad, repair("C2")}, "Prefer", "respond-async").is(http.StatusAccepted).into(&b)
	if b.Received != 2 || b.Rejected != 1 || b.Accepted != 0 || b.Results[1].Error == nil || r.Header.Get("Preference-Applied") == "" {
		t.Errorf("%s", r.body)
	}
}

// TestRefusedEvents: one that cannot be planned is listed with its reason in
// the caller's language, tried again, dismissed.
func TestRefusedEvents(t *testing.T) {
	w := estate(t)
	bad := repair("R1")
	bad.Contact = api.ContactIn{ID: newID()}
	var got api.Ingested
	w.call("qinghe", http.MethodPost, "/api/v1/events", bad, "Prefer", "respond-async").is(http.StatusAccepted).into(&got)
	for range 2 {
		if _, err := w.app.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		var list api.List[api.RefusedEvent]
		w.call("qinghe", http.MethodGet, "/api/v1/inbox/refused", nil, "Accept-Language", "en").is(http.StatusOK).into(&list)
		if len(list.Items) != 1 || list.Items[0].ID != got.Event || list.Items[0].State != "refused" || list.Items[0].Error.Reason != "contact.not_found" ||
			!strings.Contains(list.Items[0].Error.Detail, "no contact") || list.Items[0].Error.Location.Field != "contact.id" {
			b, _ := json.Marshal(list)
			t.Fatalf("%s", b)
		}
		var e api.Event
		w.call("qinghe", http.MethodGet, "/api/v1/events/"+string(got.Event), nil).is(http.StatusOK).into(&e)
		if e.State != "refused" || e.Error == nil {
			t.Fatalf("%+v", e)
		}
		w.call("qinghe", http.MethodPost, "/api/v1/inbox/refused/"+string(got.Event)+"/retry", nil).is(http.StatusAccepted)
	}
	if _, err := w.app.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.call("qinghe", http.MethodDelete, "/api/v1/inbox/refused/"+string(got.Event), nil).is(http.StatusNoContent)
	w.call("qinghe", http.MethodDelete, "/api/v1/inbox/refused/"+string(got.Event), nil).problem(http.StatusNotFound, "event.not_found")
}
