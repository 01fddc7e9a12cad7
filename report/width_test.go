package report

import (
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWidth(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"":             0,
		"abc":          3,
		"回访":           4,
		"HF-1号":        6,
		"（本级）":         8,
		"１２":           4,
		"é":            1, // one letter and a combining accent
		"𠮷野家":          6, // beyond the basic plane
		"a\u200bb":     2, // zero-width space
		"“”…–":         4,
		"ｱ":            1, // half-width katakana
		"한글":           4,
		"line\x1b[31m": 8,
	} {
		if got := width(text); got != want {
			t.Errorf("width(%q) = %d, want %d", text, got, want)
		}
	}
}

func TestClip(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text  string
		limit int
		want  string
	}{
		{"电梯异响", 8, "电梯异响"},
		{"电梯异响", 7, "电梯异…"},
		{"电梯异响", 6, "电梯…"},
		{"abc", 3, "abc"},
		{"abcd", 3, "ab…"},
	} {
		if got := clip(c.text, c.limit); got != c.want {
			t.Errorf("clip(%q, %d) = %q, want %q", c.text, c.limit, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text, limit := rapid.String().Draw(t, "text"), rapid.IntRange(1, 40).Draw(t, "limit")
		if got := clip(text, limit); width(got) > limit || !strings.HasPrefix(text, strings.TrimSuffix(got, "…")) {
			t.Fatalf("clip(%q, %d) = %q", text, limit, got)
		}
	})
}

func TestPrintedLines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text    string
		columns int
		want    int
	}{
		{"", 10, 1},
		{"电梯异响", 8, 1},
		{"电梯异响", 6, 2},
		{"a\nb", 10, 2},
		{"two words", 5, 2},
		{"one longerword", 10, 2},
		{"unbreakable", 4, 3},
	} {
		if got := printedLines(c.text, c.columns); got != c.want {
			t.Errorf("printedLines(%q, %d) = %d, want %d", c.text, c.columns, got, c.want)
		}
	}
}

// A missed target never reads as met: the percentage shown stays below it.
func TestPercentNeverRoundsUpToTheTarget(t *testing.T) {
	t.Parallel()
	if got := percent(949_6.0/10000, 95); got != "94.96%" {
		t.Errorf("94.96 %% of a target of 95 reads %s", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 9999).Draw(t, "of")
		done := rapid.IntRange(0, n).Draw(t, "done")
		target := float64(rapid.IntRange(0, 1000).Draw(t, "target")) / 10
		rate := float64(done) / float64(n)
		shown, err := strconv.ParseFloat(strings.TrimSuffix(percent(rate, target), "%"), 64)
		if err != nil {
			t.Fatal(err)
		}
		if below := float64(done)*100 < target*float64(n); below != (shown < target) && target > 0 {
			t.Fatalf("%d of %d is shown as %s beside a target of %v", done, n, percent(rate, target), target)
		}
	})
}
