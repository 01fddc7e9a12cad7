package store_test

import (
	"context"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func TestOrganization(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		a, b := filled[huifang.Organization](t), filled[huifang.Organization](t)
		a.Version, b.Version, b.Code = 0, 0, "a comes first"
		write(t, s, func(tx *store.Tx) error { return tx.SaveOrganization(ctx, a) })
		write(t, s, func(tx *store.Tx) error { return tx.SaveOrganization(ctx, b) })
		if a.Version != 1 {
			t.Fatalf("version %d after the insert", a.Version)
		}
		same(t, must(s.View().Organization(ctx, a.ID))(t), a)
		same(t, must(s.View().OrganizationByCode(ctx, b.Code))(t), b)
		same(t, must(s.View().Organizations(ctx))(t), []*huifang.Organization{b, a})

		a.Name.ZH, a.Packs = "新名", nil
		write(t, s, func(tx *store.Tx) error { return tx.SaveOrganization(ctx, a) })
		same(t, must(s.View().Organization(ctx, a.ID))(t), a)

		old := *a
		old.Version = 1
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.SaveOrganization(ctx, &old) }), huifang.CodeConflict, store.ReasonStale)
		if old.Version != 1 {
			t.Fatalf("a refused save left version %d", old.Version)
		}
		taken := &huifang.Organization{ID: newID(), Code: a.Code}
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.SaveOrganization(ctx, taken) }), huifang.CodeConflict, store.ReasonDuplicate)
		_, err := s.View().Organization(ctx, newID())
		wantCode(t, err, huifang.CodeNotFound, "organization.not_found")
		_, err = s.View().Organization(ctx, "1 OR 1=1")
		wantCode(t, err, huifang.CodeInvalid, "id.invalid")
	})
}

func TestUnitTree(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		save := func(u *huifang.Unit) error {
			return s.Write(ctx, func(tx *store.Tx) error { return tx.SaveUnit(ctx, u) })
		}
		root := filled[huifang.Unit](t)
		root.Org, root.Parent, root.Code, root.Version = org, "", "总部", 0
		north := &huifang.Unit{Org: org, ID: newID(), Parent: root.ID, Code: "1", Name: "北区"}
		south := &huifang.Unit{Org: org, ID: newID(), Parent: root.ID, Code: "2", Name: "南区"}
		estate := &huifang.Unit{Org: org, ID: newID(), Parent: north.ID, Code: "11", Name: "雅园"}
		for _, u := range []*huifang.Unit{root, south, north, estate} {
			if err := save(u); err != nil {
				t.Fatal(err)
			}
		}
		same(t, must(s.View().Unit(ctx, org, root.ID))(t), root)
		same(t, must(s.View().Units(ctx, org))(t), []*huifang.Unit{root, north, estate, south})
		if want := string(root.ID) + "/" + string(north.ID) + "/" + string(estate.ID) + "/"; estate.Path != want {
			t.Fatalf("path %s, want %s", estate.Path, want)
		}

		north.Parent = south.ID
		if err := save(north); err != nil {
			t.Fatal(err)
		}
		moved := must(s.View().UnitByCode(ctx, org, "11"))(t)
		if want := south.Path + string(north.ID) + "/" + string(estate.ID) + "/"; moved.Path != want {
			t.Fatalf("after the move path %s, want %s", moved.Path, want)
		}
		south.Parent = estate.ID
		wantCode(t, save(south), huifang.CodeInvalid, "unit.cycle")
		wantCode(t, save(&huifang.Unit{Org: org, ID: newID(), Parent: newID()}), huifang.CodeNotFound, "unit.not_found")

		again := &huifang.Unit{Org: org, ID: newID(), Parent: root.ID, Code: "11", Name: "雅园新"}
		write(t, s, func(tx *store.Tx) error { return tx.PutUnit(ctx, again) })
		if again.ID != estate.ID || again.Path != root.Path+string(estate.ID)+"/" {
			t.Fatalf("put by code made %s at %s", again.ID, again.Path)
		}
		for range 2 { // without a code nothing is taken
			if err := save(&huifang.Unit{Org: org, ID: newID(), Name: "无编码"}); err != nil {
				t.Fatal(err)
			}
		}
		_, err := s.View().Unit(ctx, newOrg(t, s), estate.ID)
		wantCode(t, err, huifang.CodeNotFound, "unit.not_found")
	})
}

func TestStaffAndRoles(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		a := filled[huifang.Staff](t)
		a.Org, a.Version, a.Code = org, 0, "b"
		b := &huifang.Staff{Org: org, ID: newID(), Code: "a", Active: true, Roles: []string{a.Roles[0]}, Units: a.Units[1:]}
		c := &huifang.Staff{Org: org, ID: newID(), Active: true, Roles: []string{a.Roles[0]}}
		for _, p := range []*huifang.Staff{a, b, c} {
			write(t, s, func(tx *store.Tx) error { return tx.SaveStaff(ctx, p) })
		}
		same(t, must(s.View().Staff(ctx, org, a.ID))(t), a)
		same(t, must(s.View().StaffByCode(ctx, org, "b"))(t), a)
		same(t, must(s.View().StaffByLogin(ctx, org, a.Login))(t), a)
		same(t, must(s.View().StaffList(ctx, org))(t), []*huifang.Staff{c, b, a})
		same(t, must(s.View().StaffInRole(ctx, org, a.Roles[0], a.Units[1]))(t), []*huifang.Staff{b, a})
		same(t, must(s.View().StaffInRole(ctx, org, a.Roles[1], a.Units[0]))(t), []*huifang.Staff{a})
		same(t, must(s.View().StaffInRole(ctx, org, a.Roles[0], ""))(t), []*huifang.Staff{c})

		a.Roles, b.Active = a.Roles[1:], false
		write(t, s, func(tx *store.Tx) error { return tx.SaveStaff(ctx, a) })
		write(t, s, func(tx *store.Tx) error { return tx.SaveStaff(ctx, b) })
		if n := len(must(s.View().StaffInRole(ctx, org, b.Roles[0], a.Units[1]))(t)); n != 0 {
			t.Fatalf("%d hold a role they lost or are inactive", n)
		}
		put := &huifang.Staff{Org: org, ID: newID(), Code: "b", Name: "改名", Active: true}
		write(t, s, func(tx *store.Tx) error { return tx.PutStaff(ctx, put) })
		if put.ID != a.ID || must(s.View().Staff(ctx, org, a.ID))(t).Name != "改名" {
			t.Fatal("put by code did not overwrite")
		}

		role := filled[huifang.Role](t)
		role.Org, role.Version = org, 0
		write(t, s, func(tx *store.Tx) error { return tx.SaveRole(ctx, role) })
		same(t, must(s.View().Roles(ctx, org))(t), []*huifang.Role{role})
		again := *role
		again.Version, again.Name.ZH = 0, "新"
		write(t, s, func(tx *store.Tx) error { return tx.SaveRole(ctx, &again) })
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.SaveRole(ctx, role) }), huifang.CodeConflict, store.ReasonStale)
		same(t, must(s.View().Roles(ctx, org))(t), []*huifang.Role{&again})
	})
}

func TestAccess(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		person := &huifang.Staff{Org: org, ID: newID(), Active: true}
		write(t, s, func(tx *store.Tx) error { return tx.SaveStaff(ctx, person) })

		c := filled[huifang.Credential](t)
		c.Org, c.Staff = org, person.ID
		write(t, s, func(tx *store.Tx) error { return tx.SaveCredential(ctx, c) })
		c.Hash = "another"
		write(t, s, func(tx *store.Tx) error { return tx.SaveCredential(ctx, c) })
		same(t, must(s.View().Credential(ctx, org, person.ID))(t), c)
		stranger := &huifang.Credential{Org: org, Staff: newID(), Hash: "x"}
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.SaveCredential(ctx, stranger) }), huifang.CodeInvalid, "store.reference")

		sessions := make([]*huifang.Session, 3)
		for i := range sessions {
			sessions[i] = filled[huifang.Session](t)
			sessions[i].Org, sessions[i].Staff, sessions[i].Hash = org, person.ID, string(newID())
			write(t, s, func(tx *store.Tx) error { return tx.InsertSession(ctx, sessions[i]) })
		}
		same(t, must(s.View().SessionByHash(ctx, sessions[1].Hash))(t), sessions[1])
		later := noon.AddDate(0, 0, 1)
		write(t, s, func(tx *store.Tx) error { return tx.ExtendSession(ctx, org, sessions[1].Hash, later) })
		write(t, s, func(tx *store.Tx) error { return tx.DeleteExpiredSessions(ctx, org, noon.AddDate(0, 0, 1).Add(-1)) })
		if got := must(s.View().SessionByHash(ctx, sessions[1].Hash))(t); !got.Expires.Equal(later) {
			t.Fatalf("expires %s", got.Expires)
		}
		_, err := s.View().SessionByHash(ctx, sessions[0].Hash)
		wantCode(t, err, huifang.CodeNotFound, "session.not_found")
		write(t, s, func(tx *store.Tx) error { return tx.DeleteSession(ctx, org, sessions[1].Hash) })
		write(t, s, func(tx *store.Tx) error { return tx.DeleteSessions(ctx, org, person.ID) })
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.ExtendSession(ctx, org, sessions[1].Hash, later) }),
			huifang.CodeNotFound, "session.not_found")

		token := filled[huifang.Token](t)
		token.Org, token.Revoked, token.Hash = org, token.Revoked.AddDate(-1, 0, 0), string(newID())
		token.Revoked = token.Revoked.Truncate(0)
		write(t, s, func(tx *store.Tx) error { return tx.InsertToken(ctx, token) })
		same(t, must(s.View().TokenByHash(ctx, token.Hash))(t), token)
		write(t, s, func(tx *store.Tx) error { return tx.RevokeToken(ctx, org, token.ID, noon) })
		same(t, must(s.View().Tokens(ctx, org))(t), []*huifang.Token{token})
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.RevokeToken(ctx, newID(), token.ID, noon) }), huifang.CodeNotFound, "")
	})
}
