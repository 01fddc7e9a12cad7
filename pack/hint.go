package pack

import (
	"slices"
	"strings"

	"github.com/huifang/huifang"
)

// nearest is the known word closest to what was written, "" when none is close
// enough to be what was meant.
func nearest(word string, known []string) string {
	best, limit := "", max(1, len([]rune(word))/3)
	for _, k := range known {
		if d := distance(strings.ToLower(word), strings.ToLower(k)); d <= limit {
			best, limit = k, d-1
		}
	}
	return best
}

// distance is the number of characters to insert, delete, replace or swap with
// their neighbour to turn a into b.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	before, last, row := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range last {
		last[j] = j
	}
	for i := range s {
		row[0] = i + 1
		for j := range t {
			cost := 1
			if s[i] == t[j] {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && s[i] == t[j-1] && s[i-1] == t[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(t)]
}

// meant is a message that ends with what was probably meant, or else with what
// would be right, as long as that is short enough to read.
func meant(zh, en, word string, known []string) huifang.Text {
	if k := nearest(word, known); k != "" {
		return huifang.Text{ZH: zh + "，是否想写“" + k + "”？", EN: en + "; did you mean “" + k + "”?"}
	}
	known = slices.Clone(known)
	slices.Sort(known)
	if list := strings.Join(known, ", "); len(known) > 0 && len(list) <= 400 {
		return huifang.Text{ZH: zh + "；可用：" + strings.Join(known, "、"), EN: en + "; known: " + list}
	}
	return huifang.Text{ZH: zh, EN: en}
}
