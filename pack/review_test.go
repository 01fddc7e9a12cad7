package pack_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/huifang/huifang/pack"
)

// A share of 0 means no review; only a program that says nothing reviews all.
func TestNoReviewIsNotTheDefault(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]float64{"target: 90": 100, "target: 90\n    review: 0": 0, "target: 90\n    review: 12.5": 12.5} {
		p, err := pack.LoadFS(fstest.MapFS{"pack.yaml": {Data: []byte(strings.Replace(sound, "target: 90", line, 1))}}, ".")
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Programs[0].ReviewShare(); got != want {
			t.Errorf("%q reviews %g %%, want %g %%", line, got, want)
		}
	}
}
