package plan

import (
	"testing"

	"github.com/huifang/huifang"
)

// TestRosterNames: registers name people; a name serves where it cannot be
// mistaken.
func TestRosterNames(t *testing.T) {
	staff := []huifang.Staff{
		{ID: "1", Code: "D01", Name: "李晓峰", Units: []huifang.ID{"east"}},
		{ID: "2", Name: "王芳", Units: []huifang.ID{"east"}},
		{ID: "3", Name: "王芳", Units: []huifang.ID{"west"}},
		{ID: "4", Name: "张伟", Units: []huifang.ID{"west"}},
		{ID: "5", Name: "张伟", Units: []huifang.ID{"west"}},
		{ID: "6", Code: "李晓峰二", Name: "D01"},
	}
	units := []huifang.Unit{{ID: "east"}, {ID: "west"}}
	r, err := NewRoster(units, staff, nil, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, unit string
		want       huifang.ID
	}{
		{"D01", "west", "1"},
		{"李晓峰", "west", "1"},
		{"王芳", "east", "2"},
		{"王芳", "west", "3"},
		{"王芳", "north", "王芳"},
		{"张伟", "west", "张伟"},
		{"无人", "west", "无人"},
		{"4", "east", "4"},
	} {
		if got := r.staffID(c.name, huifang.ID(c.unit)); got != c.want {
			t.Errorf("%s in %s: %s, not %s", c.name, c.unit, got, c.want)
		}
	}
}
