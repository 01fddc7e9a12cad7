package pack_test

import (
	"testing"

	"github.com/huifang/huifang/pack"
)

// BenchmarkLoad is what every start of the product pays for a pack.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := pack.Load("property-estate"); err != nil {
			b.Fatal(err)
		}
	}
}
