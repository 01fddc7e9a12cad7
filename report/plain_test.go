package report

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A text is plain where it holds nothing that needs quotes, wherever in it that
// stands, and is no formula.
func TestPlain(t *testing.T) {
	t.Parallel()
	text := rapid.OneOf(
		rapid.StringOfN(rapid.RuneFrom([]rune("ab-. 厨房,\"\n\r=*9")), 1, 30, -1),
		rapid.StringOfN(rapid.RuneFrom([]rune("ab厨房-9")), 1, 30, -1), rapid.StringN(1, 20, -1),
	)
	rapid.Check(t, func(t *rapid.T) {
		s := text.Draw(t, "text")
		if want := !strings.ContainsAny(s, "\",\n\r") && !formula(s); plain(s) != want {
			t.Fatalf("%q: %v", s, !want)
		}
	})
}
