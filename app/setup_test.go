package app

import (
	"sync"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// Of many who use the code at once, one makes the organization.
func TestSetupHappensOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := &world{t: t, at: local("2026-03-02 10:00")}
		w.App = New(Config{Store: s, Now: w.clock, NewID: testIDs()})
		code, err := w.OpenSetup(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var mu sync.Mutex
		var wg sync.WaitGroup
		made := 0
		for i := range 4 {
			wg.Go(func() {
				got, err := w.Setup(t.Context(), SetupInput{
					Setup: code, Login: "boss", Password: "Correct-horse-7", Address: string(rune('a' + i)),
					Organization: NewOrganization{Code: "org-" + string(rune('a'+i)), Name: huifang.Text{ZH: "甲"}, Packs: []string{"property"}},
				})
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil && got.Secret != "" && got.Actor.Can(huifang.PermOrganization):
					made++
				case huifang.ReasonOf(err) != "setup.done" && huifang.ReasonOf(err) != "setup.code":
					t.Errorf("%v", err)
				}
			})
		}
		wg.Wait()
		all, err := w.Organizations(t.Context())
		if err != nil || made != 1 || len(all) != 1 {
			t.Fatalf("%d made, %d there: %v", made, len(all), err)
		}
	})
}
