package main

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"github.com/huifang/huifang/api"
	"github.com/huifang/huifang/bench/ground"
)

// TestLetters: a letter carries the event that its number stands for.
func TestLetters(t *testing.T) {
	s := &ingesting{customers: 5000, served: &serving{addr: "127.0.0.1:1"}, token: "secret"}
	letters := s.letters("/path", "")
	for _, n := range []int{0, 3, 5, 7, 19, 123_456_789} {
		text := letters[n%10].addressed(nil, n, s.customers)
		_, body, _ := bytes.Cut(text, []byte("\r\n\r\n"))
		var got api.EventIn
		if err := json.Unmarshal(body, &got); err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		want := ground.Event(n, s.customers, time.Time{})
		if got.Key != want.Key || got.Contact.Code != want.Contact.Code || got.Type != want.Type {
			t.Errorf("%d: %+v, want %+v", n, got, want)
		}
	}
}
