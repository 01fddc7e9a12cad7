package app

import (
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// The next try leaves out the quiet hours of the contact, else of the nearest
// unit that has some, else of the organization.
func TestQuietHours(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		w.setClock(local("2026-03-02 20:30"))
		n := 0
		next := func(want string) {
			t.Helper()
			n++
			f := w.plan(complaint(string(rune('a'+n)), "噪音"))
			got := must[*AttemptResult](t)(w.Attempt(ctx, w.as("east_steward"), f.ID, AttemptInput{Channel: huifang.ChannelPhone, Disposition: huifang.Busy}))
			if !got.Next.At.Equal(local(want)) {
				t.Errorf("the next try is at %s, want %s", got.Next.At, want)
			}
		}
		set := func(unit, hours string) {
			t.Helper()
			id := huifang.ID("")
			if unit != "" {
				id = w.units[unit].ID
			}
			must[*huifang.Organization](t)(w.SetQuiet(ctx, w.sys, id, hours))
		}
		next("2026-03-03 20:30")
		set("", "20:00-09:30")
		next("2026-03-04 09:30")
		set("west", "12:00-14:00")
		next("2026-03-04 09:30")
		set("company", "20:15-07:45")
		next("2026-03-04 07:45")
		set("east", "12:00-14:00")
		next("2026-03-03 20:30")
		set("east", "")
		next("2026-03-04 07:45")
		set("company", "")
		set("", "")
		next("2026-03-03 20:30")
		if n := w.audits(w.org.ID, "organization.quiet"); n != 7 {
			t.Errorf("%d entries in the audit chain", n)
		}
		_, err := w.SetQuiet(ctx, w.sys, "", "sometimes")
		wants(t, err, huifang.CodeInvalid, "quiet.invalid")
		_, err = w.SetQuiet(ctx, w.sys, "none", "21:00-08:00")
		wants(t, err, huifang.CodeInvalid, "unit.unknown")
		_, err = w.SetQuiet(ctx, w.as("east_head"), "", "21:00-08:00")
		wants(t, err, huifang.CodeForbidden, "forbidden")
	})
}
