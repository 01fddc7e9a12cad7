package pack_test

import (
	"testing"

	"github.com/huifang/huifang/pack"
)

// TestBuiltinPacks loads every built-in pack and runs the tests beside it.
func TestBuiltinPacks(t *testing.T) {
	for _, name := range pack.List() {
		t.Run(name, func(t *testing.T) {
			p, err := pack.Load(name)
			if err != nil {
				t.Fatal(err)
			}
			results, err := pack.Test(p)
			if err != nil {
				t.Fatal(err)
			}
			if len(results) == 0 {
				t.Fatal("no tests beside the pack")
			}
			for _, r := range results {
				for _, f := range r.Faults {
					t.Errorf("%s %s: %v", r.At, r.Name, f)
				}
			}
		})
	}
}
