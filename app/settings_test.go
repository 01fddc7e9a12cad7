package app

import (
	"strings"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func TestOrganizationSettings(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		o, err := w.Organization(ctx, w.sys)
		if err != nil {
			t.Fatal(err)
		}
		off := huifang.DayRange{From: day("2026-03-03"), To: day("2026-03-06"), Name: huifang.Text{ZH: "司庆", EN: "Anniversary"}}
		for reason, bad := range map[string]huifang.Settings{
			"settings.telephone": {Telephone: "javascript:alert({phone})"},
			"settings.calendar":  {Calendar: []huifang.DayRange{{From: off.To, To: off.From}}},
			"calendar.invalid":   {Calendar: []huifang.DayRange{off, off}},
		} {
			changed := *o
			changed.Settings = bad
			if err := w.UpdateOrganization(ctx, w.sys, &changed); huifang.ReasonOf(err) != reason {
				t.Errorf("%+v: %v, want %s", bad, err, reason)
			}
		}
		before := w.case0(t)
		o.Settings = huifang.Settings{Telephone: "sip:{phone}@pbx", Calendar: []huifang.DayRange{off}}
		if err := w.UpdateOrganization(ctx, w.sys, o); err != nil {
			t.Fatal(err)
		}
		again, err := w.Organization(ctx, w.sys)
		if err != nil || again.Settings.Telephone != "sip:{phone}@pbx" || len(again.Settings.Calendar) != 1 || again.Settings.Calendar[0] != off {
			t.Fatalf("%+v, %v", again, err)
		}
		if after := w.case0(t); after.Due <= before.Due {
			t.Errorf("own days off do not count: due %s, before %s", after.Due, before.Due)
		}
	})
}

func (w *world) case0(t *testing.T) *huifang.Case {
	t.Helper()
	c, err := w.OpenCase(t.Context(), w.sys, NewCase{Matter: "漏水", Unit: w.units["east"].ID})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// What is said names the customer, and masks the phone.
func TestFilledScript(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		f := w.plan(complaint("1", "电梯异响"))
		said, err := w.FilledScript(t.Context(), w.as("east_steward"), f.ID)
		if err != nil || len(said) == 0 {
			t.Fatalf("%d phrases, %v", len(said), err)
		}
		var all strings.Builder
		for _, p := range said {
			all.WriteString(p.Text.ZH + "\n" + p.Text.EN + "\n")
		}
		for _, want := range []string{"王芳", "east_steward"} {
			if !strings.Contains(all.String(), want) {
				t.Errorf("%s is not in\n%s", want, all.String())
			}
		}
		for _, no := range []string{"{{", "13812342628"} {
			if strings.Contains(all.String(), no) {
				t.Errorf("%s is in\n%s", no, all.String())
			}
		}
		versions, err := w.FormVersions(t.Context(), w.as("east_steward"), f.Form)
		if err != nil || len(versions) != 1 || versions[0].Version != 1 || versions[0].Items == 0 || versions[0].Name.ZH == "" {
			t.Errorf("versions %+v, %v", versions, err)
		}
		if _, err := w.FormVersions(t.Context(), w.sys, "nothing"); huifang.CodeOf(err) != huifang.CodeNotFound {
			t.Errorf("an unknown form: %v", err)
		}
	})
}
