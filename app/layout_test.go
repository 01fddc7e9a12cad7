package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// TestNewLayout: a new version of a pack that counts something more counts what
// happened before, and what was counted before still counts as what it was.
func TestNewLayout(t *testing.T) {
	t.Parallel()
	old, err := os.ReadFile("testdata/trial/pack.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const step = "      - {code: second,"
	text := strings.Replace(string(old), step, "      - {code: missed_once, name: {zh: 首次缺席, en: First missed}, count: {of: {on: lesson.given, when: attr.bad == true}, n: 1}, opens: 30d}\n"+step, 1)
	if text == string(old) {
		t.Fatal("the pack has no such step")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "pack.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		w := newWorld(t, s, "testdata/trial")
		w.setClock(local("2026-03-20 09:00"))
		send := func(key, typ, at string, attrs huifang.Attributes) {
			w.must(EventInput{Key: key, Type: typ, At: local(at), Unit: "east", Contact: ContactInput{Code: "C1"}, Attributes: attrs})
		}
		send("1", "course.bought", "2026-03-10 09:00", huifang.Attributes{"total": 9.0})
		send("2", "lesson.given", "2026-03-11 09:00", huifang.Attributes{"bad": true})
		if _, err := w.ActivatePack(context.Background(), w.sys, dir); err != nil {
			t.Fatal(err)
		}
		send("3", "lesson.given", "2026-03-19 09:00", huifang.Attributes{"bad": false})
		var got []string
		for _, f := range w.followups() {
			got = append(got, f.Step+" "+f.Window.Opens.String())
		}
		if all := strings.Join(got, ", "); all != "missed 2026-03-11, second 2026-03-19, missed_once 2026-04-10" {
			t.Error(all)
		}
	})
}
