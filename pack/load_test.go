package pack_test

import (
	"testing"

	"github.com/huifang/huifang/pack"
)

func TestBuiltinPacksLoad(t *testing.T) {
	for _, name := range pack.List() {
		if _, err := pack.Load(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
