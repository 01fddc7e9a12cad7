package app

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func TestReconcile(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w, ctx := newWorld(t, s, "property"), t.Context()
		const head = "编号,类别,事项,完成时间,项目,房号,业主姓名,联系电话\n"
		file := func(rows ...string) ImportFile {
			text := head + strings.Join(rows, "\n") + "\n"
			return ImportFile{Name: "清单.csv", Reader: strings.NewReader(text), Size: int64(len(text))}
		}
		first := "R-1,报修,水管漏水,2026-02-02 10:00,east,1-101,张三,13800000001"
		second := "R-2,报修,门锁坏,2026-02-02 11:00,east,1-102,李四,13800000002"
		third := "R-3,报修,灯不亮,2026-02-03 09:00,east,1-103,王五,13800000003"
		if got, err := w.Import(ctx, w.sys, file(first, second, third), ImportOptions{Backfill: true}); err != nil || got.Accepted != 3 {
			t.Fatal(got, err)
		}
		same := must[*Reconciliation](t)(w.Reconcile(ctx, w.sys, file(first, second, third), ImportOptions{}, ReconcileOptions{From: huifang.NoDate, To: huifang.NoDate}))
		if same.Listed != 3 || same.Recorded != 3 || same.Agreed != 3 || len(same.Differences) != 0 || same.From != day("2026-02-02") || same.To != day("2026-02-03") {
			t.Errorf("%+v", same)
		}
		changed := strings.Replace(second, "门锁坏", "门把手坏", 1)
		bad := "R-5,报修,阀门,昨天,east,1-105,赵六,13800000005"
		got := must[*Reconciliation](t)(w.Reconcile(ctx, w.sys, file(first, changed, "R-4,报修,窗破,2026-02-03 10:00,east,1-104,孙七,13800000004", bad), ImportOptions{}, ReconcileOptions{From: huifang.NoDate, To: huifang.NoDate}))
		var kinds []string
		for _, d := range got.Differences {
			kinds = append(kinds, string(d.Kind)+" "+d.Key+" "+d.Field.ZH)
		}
		want := []string{"missing_here R-4 ", "missing_there R-3 ", "differs R-2 事项", "unreadable"}
		for _, one := range want {
			if !slices.ContainsFunc(kinds, func(k string) bool { return strings.HasPrefix(k, strings.TrimSpace(one)) }) {
				t.Errorf("no %s among %q", one, kinds)
			}
		}
		if len(got.Differences) != len(want) || got.Agreed != 1 {
			t.Errorf("%d agree; %q", got.Agreed, kinds)
		}
		var sheet bytes.Buffer
		if err := got.Sheet(huifang.ZH).XLSX(&sheet); err != nil || sheet.Len() < 4000 {
			t.Error(sheet.Len(), err)
		}
		// Once its window has passed, a follow-up that nobody did is a difference.
		w.setClock(local("2026-04-10 10:00"))
		late := must[*Reconciliation](t)(w.Reconcile(ctx, w.sys, file(first), ImportOptions{}, ReconcileOptions{From: day("2026-02-02"), To: day("2026-02-02")}))
		if len(late.Differences) != 2 || late.Differences[1].Kind != NotFollowed || late.Differences[1].Followup == "" || late.Differences[0].Kind != MissingThere {
			t.Errorf("%+v", late.Differences)
		}
		if n := len(w.followups()); n != 3 {
			t.Errorf("comparing has changed something: %d follow-ups", n)
		}
		if _, err := w.Reconcile(ctx, w.as("east_steward"), file(first), ImportOptions{}, ReconcileOptions{}); huifang.CodeOf(err) != huifang.CodeForbidden {
			t.Errorf("a steward compares: %v", err)
		}
	})
}
