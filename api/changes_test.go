package api_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/huifang/huifang/api"
)

// A browser hears over a real connection what others do, and the connection
// ends when the server stops.
func TestChangesStream(t *testing.T) {
	w := estate(t)
	server := httptest.NewUnstartedServer(w.handler)
	server.Config = api.NewServer("", w.handler)
	server.Start()
	defer server.Close()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/api/v1/changes", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+w.tokens["supervisor"])
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }() // only read
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("%s %s", answer.Status, answer.Header)
	}
	messages := make(chan api.Changes, 100)
	go func() {
		defer close(messages)
		lines := bufio.NewScanner(answer.Body)
		for lines.Scan() {
			data, found := strings.CutPrefix(lines.Text(), "data: ")
			var c api.Changes
			if found && json.Unmarshal([]byte(data), &c) == nil {
				messages <- c
			}
		}
	}()
	if first := <-messages; len(first.Changes) != 0 {
		t.Fatalf("first %+v", first)
	}
	made := w.event("supervisor", api.EventIn{Key: "C1", Type: "complaint.resolved", Department: "工程部"})
	for heard := false; !heard; {
		select {
		case m := <-messages:
			for _, c := range m.Changes {
				heard = heard || c.Kind == "followup" && c.ID == made.Followups[0]
			}
		case <-time.After(10 * time.Second):
			t.Fatal("the new follow-up is not told")
		}
	}
	stop, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if err := server.Config.Shutdown(stop); err != nil {
		t.Fatalf("the stream keeps the server from stopping: %v", err)
	}
}
