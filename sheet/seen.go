package sheet

// seen is what a register's rows are remembered by: 64 bits of each key with 32
// bits of what goes with it. A million keys take some fifteen megabytes, half of
// what a map takes, and growing never needs a second copy of more than a shard.
// The zero value is empty.
type seen struct{ shards [256]seenShard }

// seenShard is an open table; the key 0 marks a free place.
type seenShard struct {
	keys   []uint64
	values []uint32
	n      int
}

// at is the place of a key, and whether it is there yet. The place stays right
// until the next call.
func (s *seen) at(key uint64) (value *uint32, known bool) {
	key = max(key, 1)
	shard := &s.shards[key>>56]
	if shard.n*10 >= len(shard.keys)*9 {
		shard.grow()
	}
	i := shard.find(key)
	if known = shard.keys[i] == key; !known {
		shard.keys[i] = key
		shard.n++
	}
	return &shard.values[i], known
}

// find is where a key is, or the free place it belongs to.
func (s *seenShard) find(key uint64) int {
	i := int(key & 0xffffffff * uint64(len(s.keys)) >> 32) // in proportion, so that any length will do
	for s.keys[i] != 0 && s.keys[i] != key {
		if i++; i == len(s.keys) {
			i = 0
		}
	}
	return i
}

func (s *seenShard) grow() {
	old := *s
	size := len(old.keys)*5/4 + 16
	s.keys, s.values = make([]uint64, size), make([]uint32, size)
	for i, key := range old.keys {
		if key != 0 {
			at := s.find(key)
			s.keys[at], s.values[at] = key, old.values[i]
		}
	}
}
