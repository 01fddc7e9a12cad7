package app

import (
	"slices"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func TestStaffIsManagedWithinBounds(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		w.person("admin", "company", "admin")
		admin := w.as("admin")
		must[*huifang.Role](t)(w.SaveRole(ctx, admin, 0, huifang.Role{Code: "clerk", Name: huifang.Text{ZH: "人事", EN: "Clerk"}, Permissions: []huifang.Permission{huifang.PermStaffManage, huifang.PermFollowupRead}}))
		w.person("clerk", "east", "clerk")
		clerk := w.as("clerk")
		east, west := w.units["east"].ID, w.units["west"].ID
		edit := StaffEdit{Name: "新人", Login: "newcomer", Phone: "13900001111", Units: []huifang.ID{east}, Roles: []string{"clerk"}, Active: true}

		made := must[*huifang.Staff](t)(w.CreateStaff(ctx, clerk, edit))
		if made.Code != "新人" || made.Version == 0 {
			t.Errorf("%+v", made)
		}
		for _, c := range []struct {
			name, reason string
			code         huifang.Code
			actor        *huifang.Actor
			change       func(*StaffEdit)
		}{
			{"taken", "staff.taken", huifang.CodeConflict, clerk, func(*StaffEdit) {}},
			{"other unit", "forbidden", huifang.CodeForbidden, clerk, func(e *StaffEdit) { e.Code, e.Login, e.Units = "x", "x", []huifang.ID{west} }},
			{"no unit", "forbidden.unit_scope", huifang.CodeForbidden, clerk, func(e *StaffEdit) { e.Code, e.Login, e.Units = "x", "x", nil }},
			{"beyond", "role.beyond", huifang.CodeForbidden, clerk, func(e *StaffEdit) { e.Code, e.Login, e.Roles = "x", "x", []string{"admin"} }},
			{"beyond by name", "role.beyond", huifang.CodeForbidden, clerk, func(e *StaffEdit) { e.Code, e.Login, e.Roles = "x", "x", []string{"客服主管"} }},
			{"unknown role", "role.unknown", huifang.CodeInvalid, clerk, func(e *StaffEdit) { e.Roles = []string{"king"} }},
			{"unknown unit", "unit.unknown", huifang.CodeInvalid, admin, func(e *StaffEdit) { e.Units = []huifang.ID{w.newID()} }},
			{"no name", "field.missing", huifang.CodeInvalid, clerk, func(e *StaffEdit) { e.Name = " " }},
			{"no permission", "forbidden", huifang.CodeForbidden, w.as("east_head"), func(e *StaffEdit) { e.Code, e.Login = "x", "x" }},
		} {
			e := edit
			c.change(&e)
			_, err := w.CreateStaff(ctx, c.actor, e)
			t.Log(c.name)
			wants(t, err, c.code, c.reason)
		}
		_, err := w.UpdateStaff(ctx, clerk, made.ID, made.Version+1, edit)
		wants(t, err, huifang.CodeConflict, store.ReasonStale)
		_, err = w.UpdateStaff(ctx, clerk, w.staff["west_head"].ID, 0, edit)
		wants(t, err, huifang.CodeForbidden, "forbidden")
		wants(t, w.SetPassword(ctx, clerk, w.staff["east_head"].ID, goodPassword), huifang.CodeForbidden, "role.beyond")
		if err := w.SetPassword(ctx, clerk, made.ID, goodPassword); err != nil {
			t.Error(err)
		}
		in := must[*LoggedIn](t)(w.Login(ctx, Credentials{Organization: "acme", Login: "newcomer", Password: goodPassword}))
		edit.Active = false
		left := must[*huifang.Staff](t)(w.UpdateStaff(ctx, clerk, made.ID, made.Version, edit))
		if left.Active {
			t.Error("still active")
		}
		_, _, err = w.Authenticate(ctx, in.Secret)
		wants(t, err, huifang.CodeUnauthenticated, "session.invalid")

		list := must[Paged[*huifang.Staff]](t)(w.StaffList(ctx, w.as("west_steward"), StaffFilter{Unit: w.units["company"].ID, Inactive: true}, Page{Limit: 4}))
		if len(list.Items) != 4 || list.Next == "" {
			t.Fatalf("%d items", len(list.Items))
		}
		seen := list.Items
		for list.Next != "" {
			list = must[Paged[*huifang.Staff]](t)(w.StaffList(ctx, w.as("west_steward"), StaffFilter{Unit: w.units["company"].ID, Inactive: true}, Page{Limit: 4, After: list.Next}))
			seen = append(seen, list.Items...)
		}
		if len(seen) != 11 || !slices.IsSortedFunc(seen, func(a, b *huifang.Staff) int { return cmpText(a.Code, b.Code) }) {
			t.Errorf("%d of the staff", len(seen))
		}
		for _, s := range seen {
			if s.Code == "新人" && (s.Phone != "139****1111" || s.Login != "") || s.Code == "west_steward" && s.Login == "" {
				t.Errorf("%+v", s)
			}
		}
		if own := must[*huifang.Staff](t)(w.StaffMember(ctx, clerk, made.ID)); own.Phone != "13900001111" {
			t.Errorf("%+v", own)
		}
	})
}

func cmpText(a, b string) int {
	if a < b {
		return -1
	}
	if a > b {
		return 1
	}
	return 0
}

func TestRoles(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		r := huifang.Role{Code: "caller", Name: huifang.Text{ZH: "话务员"}, Permissions: []huifang.Permission{huifang.PermFollowupWork, huifang.PermFollowupRead, huifang.PermFollowupWork}}
		made := must[*huifang.Role](t)(w.SaveRole(ctx, w.sys, 0, r))
		if len(made.Permissions) != 2 {
			t.Errorf("%+v", made)
		}
		_, err := w.SaveRole(ctx, w.sys, made.Version+3, r)
		wants(t, err, huifang.CodeConflict, store.ReasonStale)
		r.Permissions = append(r.Permissions, huifang.PermStatsRead)
		must[*huifang.Role](t)(w.SaveRole(ctx, w.sys, made.Version, r))
		for reason, role := range map[string]huifang.Role{
			"role.code": {Code: "Caller", Name: r.Name}, "role.admin": {Code: "admin", Name: r.Name}, "field.missing": {Code: "x"},
			"permission.unknown": {Code: "x", Name: r.Name, Permissions: []huifang.Permission{"fly"}},
		} {
			_, err := w.SaveRole(ctx, w.sys, 0, role)
			wants(t, err, huifang.CodeInvalid, reason)
		}
		all := must[[]huifang.Role](t)(w.Roles(ctx, w.as("east_steward")))
		var codes []string
		for _, x := range all {
			codes = append(codes, x.Code)
		}
		for _, want := range []string{"admin", "caller", "department_head", "head", "ingest", "staff", "steward", "supervisor"} {
			if !slices.Contains(codes, want) {
				t.Errorf("no role %s in %v", want, codes)
			}
		}
		w.person("caller", "east", "caller")
		if !w.as("caller").Can(huifang.PermStatsRead) {
			t.Error("the changed role does not show")
		}
	})
}

func TestUnits(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		must[*huifang.Role](t)(w.SaveRole(ctx, w.sys, 0, huifang.Role{Code: "clerk", Name: huifang.Text{ZH: "人事"}, Permissions: []huifang.Permission{huifang.PermStaffManage}}))
		w.person("clerk", "east", "clerk")
		clerk := w.as("clerk")
		east := w.units["east"].ID
		a1 := must[*huifang.Unit](t)(w.CreateUnit(ctx, clerk, UnitEdit{Parent: east, Name: "一期", Departments: []huifang.Department{{Name: "工程部", Head: w.staff["east_engineer"].ID}}}))
		if a1.Code != "一期" || a1.Version == 0 {
			t.Errorf("%+v", a1)
		}
		for _, c := range []struct {
			reason string
			code   huifang.Code
			in     UnitEdit
		}{
			{"forbidden", huifang.CodeForbidden, UnitEdit{Parent: w.units["west"].ID, Name: "二期"}},
			{"forbidden.unit_scope", huifang.CodeForbidden, UnitEdit{Name: "二期"}},
			{"unit.unknown", huifang.CodeInvalid, UnitEdit{Parent: w.newID(), Name: "二期"}},
			{"unit.taken", huifang.CodeConflict, UnitEdit{Parent: east, Name: "一期"}},
			{"unit.zone", huifang.CodeInvalid, UnitEdit{Parent: east, Name: "二期", Zone: "Mars/Base"}},
			{"staff.unknown", huifang.CodeInvalid, UnitEdit{Parent: east, Name: "二期", Head: w.newID()}},
			{"department.twice", huifang.CodeInvalid, UnitEdit{Parent: east, Name: "二期", Departments: []huifang.Department{{Name: "甲"}, {Name: "甲"}}}},
		} {
			_, err := w.CreateUnit(ctx, clerk, c.in)
			wants(t, err, c.code, c.reason)
		}
		_, err := w.UpdateUnit(ctx, clerk, a1.ID, a1.Version, UnitEdit{Parent: w.units["west"].ID, Code: "A1", Name: "一期"})
		wants(t, err, huifang.CodeForbidden, "forbidden")
		moved := must[*huifang.Unit](t)(w.UpdateUnit(ctx, w.sys, a1.ID, a1.Version, UnitEdit{Parent: w.units["west"].ID, Code: "A1", Name: "一期"}))
		if moved.Parent != w.units["west"].ID {
			t.Errorf("%+v", moved)
		}
		_, err = w.Unit(ctx, clerk, a1.ID)
		wants(t, err, huifang.CodeForbidden, "forbidden")
		if us := must[[]*huifang.Unit](t)(w.Units(ctx, clerk)); len(us) != 1 || us[0].ID != east {
			t.Errorf("%d units", len(us))
		}
		if us := must[[]*huifang.Unit](t)(w.Units(ctx, w.sys)); len(us) != 4 {
			t.Errorf("%d units", len(us))
		}
	})
}

func TestAbsenceMovesWorkToSubstitutes(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		w.person("second", "east", "steward")
		w.person("third", "east", "steward")
		steward, second, third := w.staff["east_steward"].ID, w.staff["second"].ID, w.staff["third"].ID
		repair := func(key, at string) *huifang.Followup { // opens a week later
			ev := complaint(key, "漏水")
			ev.Type, ev.At, ev.Attributes = "repair.completed", local(at), huifang.Attributes{"matter": "漏水"}
			return w.plan(ev)
		}
		before := w.plan(complaint("0", "噪音"))   // opens on 2 March
		first := repair("1", "2026-02-27 09:00") // opens on 6 March
		later := repair("2", "2026-03-01 09:00") // opens on 8 March
		after := repair("3", "2026-03-02 09:00") // opens on 9 March
		w.setClock(local("2026-03-06 09:00"))
		done := repair("4", "2026-02-27 09:30")
		must[*Completed](t)(w.Complete(ctx, w.as("east_steward"), done.ID, CompleteInput{Channel: huifang.ChannelPhone, Answers: answered(huifang.VerdictSatisfied)}))

		// The second is away on the 8th themselves, and the third stands in.
		must[*AbsenceResult](t)(w.RegisterAbsence(ctx, w.sys, second, 0, huifang.Absence{From: day("2026-03-08"), To: day("2026-03-08"), Substitute: third}))
		for reason, in := range map[string]huifang.Absence{
			"field.missing": {From: huifang.NoDate, To: huifang.NoDate}, "absence.order": {From: day("2026-03-08"), To: day("2026-03-07")},
			"absence.self": {From: day("2026-03-08"), To: huifang.NoDate, Substitute: steward}, "staff.unknown": {From: day("2026-03-08"), To: huifang.NoDate, Substitute: w.newID()},
		} {
			_, err := w.RegisterAbsence(ctx, w.sys, steward, 0, in)
			wants(t, err, huifang.CodeInvalid, reason)
		}
		_, err := w.RegisterAbsence(ctx, w.as("east_head"), steward, 0, huifang.Absence{From: day("2026-03-06"), To: day("2026-03-08"), Substitute: second})
		wants(t, err, huifang.CodeForbidden, "forbidden")
		got := must[*AbsenceResult](t)(w.RegisterAbsence(ctx, w.sys, steward, 0, huifang.Absence{From: day("2026-03-06"), To: day("2026-03-08"), Substitute: second}))
		if got.Moved != 2 || got.Kept != 0 || len(got.Staff.Absences) != 1 {
			t.Errorf("%+v", got)
		}
		for _, c := range []struct {
			f    *huifang.Followup
			want huifang.ID
		}{{before, steward}, {first, second}, {later, third}, {after, steward}, {done, steward}} {
			now := w.followup(c.f.ID)
			has := slices.ContainsFunc(now.Assignees, func(a huifang.Assignee) bool { return a.Staff == c.want })
			if !has || now.Why == "" || len(now.Assignees) != len(c.f.Assignees) {
				t.Errorf("%s is assigned to %v", now.Number, now.Assignees)
			}
		}
		if now := w.followup(later.ID); now.Lead != third || w.audits(later.ID, "followup.reassigned") != 1 {
			t.Errorf("lead %s", now.Lead)
		}
		if n := must[int](t)(w.UnreadAlerts(ctx, w.as("third"))); n != 1 {
			t.Errorf("%d alerts", n)
		}

		// Nobody stands in: what opens stays.
		none := must[*AbsenceResult](t)(w.RegisterAbsence(ctx, w.sys, steward, got.Staff.Version, huifang.Absence{From: day("2026-03-09"), To: huifang.NoDate}))
		if none.Moved != 0 || none.Kept != 1 {
			t.Errorf("%+v", none)
		}
		_, err = w.EndAbsence(ctx, w.sys, steward, none.Staff.Version, day("2026-04-01"), day("2026-04-02"))
		wants(t, err, huifang.CodeNotFound, "absence.not_found")
		back := must[*huifang.Staff](t)(w.EndAbsence(ctx, w.sys, steward, none.Staff.Version, day("2026-03-09"), day("2026-03-10")))
		if len(back.Absences) != 2 || back.Absences[1].To != day("2026-03-10") {
			t.Errorf("%+v", back.Absences)
		}
		if back = must[*huifang.Staff](t)(w.EndAbsence(ctx, w.sys, steward, back.Version, day("2026-03-09"), day("2026-03-08"))); len(back.Absences) != 1 {
			t.Errorf("%+v", back.Absences)
		}
	})
}
