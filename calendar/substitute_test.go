package calendar_test

import (
	"slices"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
)

func TestSubstitute(t *testing.T) {
	may := func(from, to, substitute string) huifang.Absence {
		return huifang.Absence{From: date(t, "2026-05-"+from), To: date(t, "2026-05-"+to), Substitute: huifang.ID(substitute)}
	}
	staff := map[huifang.ID]*huifang.Staff{
		"present": {ID: "present"},
		"a":       {ID: "a", Absences: []huifang.Absence{may("01", "10", "b")}},
		"b":       {ID: "b", Absences: []huifang.Absence{may("05", "06", "c")}},
		"c":       {ID: "c", Absences: []huifang.Absence{may("06", "06", "a")}},
		"alone":   {ID: "alone", Absences: []huifang.Absence{may("01", "10", "")}},
		"to gone": {ID: "to gone", Absences: []huifang.Absence{may("01", "10", "gone")}},
		"to none": {ID: "to none", Absences: []huifang.Absence{may("01", "10", "none")}},
		"to self": {ID: "to self", Absences: []huifang.Absence{may("01", "10", "to self")}},
		"to loop": {ID: "to loop", Absences: []huifang.Absence{may("01", "10", "a")}},
		"two":     {ID: "two", Absences: []huifang.Absence{may("01", "10", ""), may("02", "03", "present")}},
		"none":    nil,
	}
	lookup := func(id huifang.ID) (*huifang.Staff, bool) { s, ok := staff[id]; return s, ok }
	for _, c := range []struct {
		staff, on string
		who       huifang.ID
		chain     []huifang.ID
	}{
		{"present", "2026-05-05", "present", nil},
		{"a", "2026-04-30", "a", nil},
		{"a", "2026-05-01", "b", []huifang.ID{"a"}},
		{"a", "2026-05-05", "c", []huifang.ID{"a", "b"}},
		{"a", "2026-05-06", "", []huifang.ID{"a", "b", "c"}}, // c sends back to a
		{"a", "2026-05-10", "b", []huifang.ID{"a"}},
		{"a", "2026-05-11", "a", nil},
		{"to loop", "2026-05-06", "", []huifang.ID{"to loop", "a", "b", "c"}},
		{"alone", "2026-05-02", "", []huifang.ID{"alone"}},
		{"to gone", "2026-05-02", "", []huifang.ID{"to gone"}},
		{"to none", "2026-05-02", "", []huifang.ID{"to none"}},
		{"to self", "2026-05-02", "", []huifang.ID{"to self"}},
		{"two", "2026-05-02", "present", []huifang.ID{"two"}},
		{"two", "2026-05-04", "", []huifang.ID{"two"}},
		{"gone", "2026-05-02", "", nil},
		{"", "2026-05-02", "", nil},
	} {
		who, chain, ok := calendar.Substitute(huifang.ID(c.staff), date(t, c.on), lookup)
		if who != c.who || ok != (c.who != "") || !slices.Equal(chain, c.chain) {
			t.Errorf("%s on %s: %q over %v, %v; want %q over %v", c.staff, c.on, who, chain, ok, c.who, c.chain)
		}
	}
}
