package plan

import (
	"testing"

	"github.com/huifang/huifang/calendar"
)

func TestEmptyWindows(t *testing.T) {
	t.Parallel()
	offset := func(s string) (o calendar.Offset) {
		if err := o.UnmarshalText([]byte(s)); err != nil {
			t.Fatal(err)
		}
		return o
	}
	for _, c := range []struct {
		opens, closes string
		want          bool
	}{
		{"2mo", "1mo", true},
		{"9d", "3d", true},
		{"1w", "1mo", false},
		{"5w", "1mo", true},
		{"1mo", "30d", false},
		{"1mo", "27d", true},
		{"-7d", "-1d", false},
		{"-1d", "-7d", true},
		{"-1mo", "-32d", true},
		{"-1mo", "-1w", false},
		{"3wd", "1d", false},
		{"48h", "24h", true},
		{"0d", "0d", false},
	} {
		if got := windowIsEmpty(offset(c.opens), offset(c.closes)); got != c.want {
			t.Errorf("%s to %s: %v", c.opens, c.closes, got)
		}
	}
	if windowIsEmpty(offset("9d"), calendar.Offset{}) {
		t.Error("a window of one day is empty")
	}
}
