package store_test

import (
	"context"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func TestPrograms(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		v := filled[huifang.ProgramVersion](t)
		v.Org, v.Kind, v.Code, v.Hash = org, "program", "repair", "h1"
		save := func(v *huifang.ProgramVersion) {
			write(t, s, func(tx *store.Tx) error { return tx.SaveProgramVersion(ctx, v) })
		}
		save(v)
		same(t, must(s.View().ProgramVersion(ctx, org, "program", "repair", 0))(t), v)
		if v.Version != 1 {
			t.Fatalf("the first version is %d", v.Version)
		}
		unchanged := *v
		unchanged.Version, unchanged.Definition = 0, "ignored"
		save(&unchanged)
		next := *v
		next.Hash, next.Definition = "h2", "{}"
		save(&next)
		other := *v
		other.Code = "a"
		save(&other)
		if unchanged.Version != 1 || next.Version != 2 || other.Version != 1 {
			t.Fatalf("versions %d %d %d", unchanged.Version, next.Version, other.Version)
		}
		same(t, must(s.View().ProgramVersion(ctx, org, "program", "repair", 1))(t), v)
		same(t, must(s.View().ProgramVersions(ctx, org, "program"))(t), []*huifang.ProgramVersion{&other, &next})
		_, err := s.View().ProgramVersion(ctx, org, "form", "repair", 0)
		wantCode(t, err, huifang.CodeNotFound, "program.not_found")

		p := filled[huifang.ProgramSetting](t)
		p.Org, p.Row = org, 0
		whole := &huifang.ProgramSetting{Org: org, Program: p.Program, Active: true}
		for _, v := range []*huifang.ProgramSetting{p, whole} {
			write(t, s, func(tx *store.Tx) error { return tx.SaveProgramSetting(ctx, v) })
		}
		same(t, must(s.View().ProgramSettings(ctx, org))(t), []*huifang.ProgramSetting{whole, p})
		p.Override, p.Active = "", false
		write(t, s, func(tx *store.Tx) error { return tx.SaveProgramSetting(ctx, p) })
		same(t, must(s.View().ProgramSettings(ctx, org))(t), []*huifang.ProgramSetting{whole, p})
		again := *whole
		again.Row = 0
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.SaveProgramSetting(ctx, &again) }), huifang.CodeConflict, store.ReasonDuplicate)
	})
}

func TestImports(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		i := filled[huifang.Import](t)
		i.Org = org
		write(t, s, func(tx *store.Tx) error { return tx.SaveImport(ctx, i) })
		i.Rows, i.Accepted, i.Known, i.Skipped, i.Rejected, i.Planned, i.Closed = 7, 6, 5, 4, 3, 2, 1
		write(t, s, func(tx *store.Tx) error { return tx.SaveImport(ctx, i) })
		same(t, must(s.View().Import(ctx, org, i.ID))(t), i)
		same(t, must(s.View().Imports(ctx, org, store.Page{Desc: true}))(t).Items, []*huifang.Import{i})

		var rejects []*huifang.ImportReject
		for n := range 5 {
			r := filled[huifang.ImportReject](t)
			r.Org, r.Import, r.Seq = org, i.ID, n+1
			rejects = append(rejects, r)
		}
		for range 2 {
			write(t, s, func(tx *store.Tx) error { return tx.InsertImportRejects(ctx, rejects...) })
		}
		same(t, pages(t, 2, false, func(p store.Page) (store.Paged[*huifang.ImportReject], error) {
			return s.View().ImportRejects(ctx, org, i.ID, p)
		}), rejects)

		m := filled[huifang.Mapping](t)
		m.Org, m.Row = org, 0
		for range 2 {
			write(t, s, func(tx *store.Tx) error { return tx.SaveMapping(ctx, m) })
		}
		same(t, must(s.View().Mapping(ctx, org, m.Name))(t), m)
		same(t, must(s.View().Mappings(ctx, org))(t), []*huifang.Mapping{m})
		write(t, s, func(tx *store.Tx) error { return tx.DeleteMapping(ctx, org, m.Name) })
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.DeleteMapping(ctx, org, m.Name) }), huifang.CodeNotFound, "mapping.not_found")
	})
}

func TestIdempotencyAndFrozenMonths(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		i := filled[huifang.Idempotency](t)
		i.Org = org
		write(t, s, func(tx *store.Tx) error { return tx.InsertIdempotency(ctx, i) })
		same(t, must(s.View().Idempotency(ctx, org, i.Key))(t), i)
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.InsertIdempotency(ctx, i) }), huifang.CodeConflict, store.ReasonDuplicate)
		write(t, s, func(tx *store.Tx) error { return tx.DeleteIdempotency(ctx, org, i.At) })
		must(s.View().Idempotency(ctx, org, i.Key))(t)
		write(t, s, func(tx *store.Tx) error { return tx.DeleteIdempotency(ctx, org, i.At.Add(1e6)) })
		_, err := s.View().Idempotency(ctx, org, i.Key)
		wantCode(t, err, huifang.CodeNotFound, "idempotency.not_found")

		f := filled[huifang.Frozen](t)
		f.Org, f.Month = org, 202602
		write(t, s, func(tx *store.Tx) error { return tx.FreezeMonth(ctx, f) })
		same(t, must(s.View().FrozenMonth(ctx, org, 202602))(t), f)
		wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.FreezeMonth(ctx, f) }), huifang.CodeConflict, store.ReasonDuplicate)
		newer := &huifang.Frozen{Org: org, Month: 202603, At: noon, Body: "{}"}
		write(t, s, func(tx *store.Tx) error { return tx.FreezeMonth(ctx, newer) })
		f.Body, newer.Body = "", ""
		same(t, must(s.View().FrozenMonths(ctx, org))(t), []*huifang.Frozen{newer, f})
		_, err = s.View().FrozenMonth(ctx, org, 202604)
		wantCode(t, err, huifang.CodeNotFound, "frozen.not_found")
	})
}
