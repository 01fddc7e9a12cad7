package app

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func TestExport(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		many := exportChunk + 40
		events := make([]EventInput, many)
		for i := range events {
			events[i] = complaint(strconv.Itoa(i), "噪音")
			if i%4 == 0 {
				events[i].Unit, events[i].Contact.Steward = "west", "west_steward"
			}
		}
		w.must(events...)
		all := w.followups()
		var east []*huifang.Followup
		for _, f := range all {
			if f.Unit == w.units["east"].ID {
				east = append(east, f)
			}
		}
		w.complete(east[0].ID, "east_steward", huifang.VerdictDissatisfied)
		must[*Completed](t)(w.Waive(ctx, w.as("east_head"), east[1].ID, 0, "=HYPERLINK(重复)"))

		var out bytes.Buffer
		if err := w.ExportFollowups(ctx, w.sys, FollowupFilter{}, "csv", huifang.ZH, &out); err != nil {
			t.Fatal(err)
		}
		rows := must[[][]string](t)(csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\ufeff"))).ReadAll())
		if len(rows) != many+1 {
			t.Fatalf("%d rows", len(rows))
		}
		column := map[string]int{}
		for i, name := range rows[0] {
			column[name] = i
		}
		seen := map[string][]string{}
		for _, r := range rows[1:] {
			seen[r[column["回访编号"]]] = r
		}
		for _, f := range all {
			r := seen[f.Number]
			if r == nil || r[column["客户"]] != "王芳" || r[column["电话"]] != "138****2628" || r[column["资产"]] == "" || r[column["回访方案"]] != "诉求回访" {
				t.Fatalf("%s: %v", f.Number, r)
			}
		}
		done, waived := seen[east[0].Number], seen[east[1].Number]
		if done[column["结论"]] != "不满意" || done[column["诉求编号"]] != "AJ-2026-000001" || done[column["完成人"]] != "east_steward" || done[column["完成时间"]] != "2026-03-02 10:00" {
			t.Errorf("%v", done)
		}
		if waived[column["状态"]] != "免回访" || waived[column["原因"]] != "'=HYPERLINK(重复)" {
			t.Errorf("%v", waived)
		}

		var book bytes.Buffer
		if err := w.ExportFollowups(ctx, w.as("west_head"), FollowupFilter{}, "xlsx", huifang.EN, &book); err != nil {
			t.Fatal(err)
		}
		file := must[*excelize.File](t)(excelize.OpenReader(&book))
		cells := must[[][]string](t)(file.GetRows(file.GetSheetName(0)))
		if len(cells) != many-len(east)+1 || cells[0][0] != "Number" {
			t.Errorf("%d rows", len(cells))
		}
		if n := must[Paged[*huifang.AuditEntry]](t)(w.AuditEntries(ctx, w.sys, AuditFilter{}, Page{Limit: 2})); n.Items[0].Action != "followup.exported" || n.Items[0].Staff != w.staff["west_head"].ID {
			t.Errorf("%+v", n.Items[0])
		}
		wants(t, w.ExportFollowups(ctx, w.sys, FollowupFilter{}, "pdf", huifang.ZH, &out), huifang.CodeInvalid, "format.unknown")
		full := errors.New("disk full")
		if err := w.ExportFollowups(ctx, w.sys, FollowupFilter{}, "csv", huifang.ZH, failing{full}); !errors.Is(err, full) {
			t.Errorf("%v", err)
		}
	})
}

// failing is a writer that is full.
type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestWriteMonth(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.SQLite(t), "property")
	w.complete(w.plan(complaint("1", "噪音")).ID, "east_steward", huifang.VerdictUnqualified)
	for _, format := range []string{"xlsx", "csv", "text"} {
		var out bytes.Buffer
		if err := w.WriteMonth(t.Context(), w.as("east_head"), MonthQuery{Month: 202603}, format, &out); err != nil || out.Len() == 0 {
			t.Errorf("%s: %v, %d bytes", format, err, out.Len())
		}
		if format == "text" && (!strings.Contains(out.String(), "east") || strings.Contains(out.String(), "west")) {
			t.Errorf("%s", out.String())
		}
	}
	wants(t, w.WriteMonth(t.Context(), w.sys, MonthQuery{Month: 202603}, "pdf", &bytes.Buffer{}), huifang.CodeInvalid, "format.unknown")
	_, err := w.Tallies(t.Context(), w.sys, TallyQuery{From: 202603, To: 202602})
	wants(t, err, huifang.CodeInvalid, "month.range")
	_, err = w.Tallies(t.Context(), w.sys, TallyQuery{From: 202603, To: 202603, By: []string{"colour"}})
	wants(t, err, huifang.CodeInvalid, "tally.by")
	lines := must[[]TallyLine](t)(w.Tallies(t.Context(), w.sys, TallyQuery{From: 202603, To: 202603, By: []string{"unit"}}))
	if len(lines) != 1 || lines[0].Name.ZH != "east" || lines[0].Tally.Unqualified != 1 {
		t.Errorf("%+v", lines)
	}
}
