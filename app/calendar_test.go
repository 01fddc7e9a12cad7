package app

import (
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store/storetest"
)

func TestCalendarOfAYear(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.SQLite(t), "property")
	o := must[*huifang.Organization](t)(w.Organization(t.Context(), w.sys))
	o.Settings.Calendar = []huifang.DayRange{{From: day("2026-03-06"), To: day("2026-03-07"), Name: huifang.Text{ZH: "周年庆", EN: "Anniversary"}}}
	if err := w.UpdateOrganization(t.Context(), w.sys, o); err != nil {
		t.Fatal(err)
	}
	found := map[huifang.Date]CalendarDay{}
	for _, d := range must[[]CalendarDay](t)(w.Calendar(t.Context(), w.as("east_steward"), 2026)) {
		found[d.Date] = d
	}
	if d := found[day("2026-10-01")]; d.Working || d.Own || d.Name.ZH == "" {
		t.Errorf("%+v", d)
	}
	if d := found[day("2026-03-06")]; d.Working || !d.Own || d.Name.ZH != "周年庆" {
		t.Errorf("%+v", d)
	}
	if _, named := found[day("2026-03-09")]; named {
		t.Error("an ordinary Monday has a name")
	}
}
