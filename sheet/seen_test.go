package sheet

import (
	"testing"

	"pgregory.net/rapid"
)

// What was seen is what a map would hold.
func TestSeen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.OneOf(
			rapid.Uint64(), rapid.Uint64Range(1, 40),
			rapid.Map(rapid.Uint64Range(1, 200), func(n uint64) uint64 { return n<<56 | 0xffffffff }), // the same place in each shard
			rapid.Map(rapid.Uint64Range(1, 200), func(n uint64) uint64 { return n << 32 }),            // the same place in one
		)
		var s seen
		model := map[uint64]uint32{}
		for i, k := range rapid.SliceOfN(key, 0, 400).Draw(t, "keys") {
			k = max(k, 1)
			value, known := s.at(k)
			want, had := model[k]
			if known != had || *value != want {
				t.Fatalf("%d is %d, %v; it should be %d, %v", k, *value, known, want, had)
			}
			*value = uint32(i)
			model[k] = uint32(i)
		}
		for k, want := range model {
			if value, known := s.at(k); !known || *value != want {
				t.Fatalf("%d is %d, %v; it should be %d", k, *value, known, want)
			}
		}
	})
}
