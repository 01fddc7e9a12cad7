package app

import (
	"bytes"
	"maps"
	"os"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// sheetCase is one file of a trade with what a person counts in it.
type sheetCase struct {
	pack, file                         string
	kind                               string
	accepted, known, skipped, rejected int
	reasons                            map[string]int
	before                             string // file imported first
}

func sheetCases() []sheetCase {
	return []sheetCase{
		{pack: "hospital", file: "出院病人登记.xlsx", kind: "events", accepted: 4, skipped: 1, rejected: 3, reasons: map[string]int{
			"check.discharge_before_admission": 1, "sheet.category.unknown": 1, "sheet.cell.digits_lost": 1,
		}},
		{pack: "hospital", file: "员工名单.csv", kind: "staff", accepted: 2, rejected: 3, reasons: map[string]int{
			"role.unknown": 1, "date.impossible": 1, "unit.unknown": 1,
		}},
		{pack: "auto-service", file: "结算明细.csv", kind: "events", accepted: 2, skipped: 2, rejected: 4, reasons: map[string]int{
			"sheet.value.missing": 1, "sheet.value.unknown": 1, "sheet.at.before_opened": 1, "attribute.range": 1,
		}},
		{pack: "auto-service", file: "保险到期名单.csv", kind: "assets", before: "结算明细.csv", accepted: 2, rejected: 2, reasons: map[string]int{
			"asset.owner_missing": 1, "date.impossible": 1,
		}},
		{pack: "auto-sales", file: "潜在客户C卡.csv", kind: "events", accepted: 2, rejected: 2, reasons: map[string]int{"attribute.range": 1, "sheet.value.missing": 1}},
		{pack: "dental", file: "预约登记表.csv", kind: "events", accepted: 3, rejected: 2, reasons: map[string]int{"check.appointment_past": 1, "sheet.value.missing": 1}},
		{pack: "tutoring", file: "学员名册.csv", kind: "events", accepted: 2, rejected: 2, reasons: map[string]int{"sheet.category.unknown": 1, "sheet.value.number": 1}},
		{pack: "tutoring", file: "上课登记表.csv", kind: "events", before: "学员名册.csv", accepted: 3, skipped: 1, rejected: 2, reasons: map[string]int{"event.follows": 2}},
		{pack: "equipment", file: "设备交付清单.csv", kind: "events", accepted: 2, skipped: 1, rejected: 2, reasons: map[string]int{
			"check.warranty_before_delivery": 1, "sheet.value.missing": 1,
		}},
		{pack: "employee", file: "员工花名册.csv", kind: "events", accepted: 2, skipped: 1, rejected: 1, reasons: map[string]int{"date.impossible": 1}},
		{pack: "b2b", file: "客户管理统计表.csv", kind: "contacts", accepted: 2, rejected: 2, reasons: map[string]int{"sheet.value.missing": 1, "sheet.value.unknown": 1}},
	}
}

// TestTradeSheets imports the sheets each trade keeps, told by their headers
// alone: good rows are in, bad ones are given back with place and reason in both
// languages, and importing again changes nothing.
func TestTradeSheets(t *testing.T) {
	t.Parallel()
	for _, c := range sheetCases() {
		t.Run(c.pack+"/"+c.file, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, s *store.Store) { c.run(t, newWorld(t, s, c.pack)) })
		})
	}
}

func (c sheetCase) run(t *testing.T, w *world) {
	w.setClock(local("2026-11-23 10:20"))
	if c.before != "" {
		if _, err := w.Import(t.Context(), w.sys, sheetFile(t, c.before), ImportOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	p, err := w.PreviewImport(t.Context(), w.sys, sheetFile(t, c.file), ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if p.Kind != c.kind {
		t.Errorf("read as %s, not %s: %v", p.Kind, c.kind, p.Notes)
	}
	got, err := w.Import(t.Context(), w.sys, sheetFile(t, c.file), ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	rejects, err := w.ImportRejects(t.Context(), w.sys, got.ID, Page{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	reasons := map[string]int{}
	for _, r := range rejects.Items {
		reasons[r.Reason]++
		if r.Row == 0 || r.Text.ZH == "" || r.Text.EN == "" || len(r.Cells) == 0 {
			t.Errorf("a reject without place or reason: %+v", r)
		}
	}
	if got.Accepted != c.accepted || got.Known != c.known || got.Skipped != c.skipped || got.Rejected != c.rejected || !maps.Equal(reasons, c.reasons) {
		t.Errorf("accepted %d known %d skipped %d rejected %d, %v", got.Accepted, got.Known, got.Skipped, got.Rejected, reasons)
		for _, r := range rejects.Items {
			t.Logf("row %d %s: %s", r.Row, r.Reason, r.Text.ZH)
		}
	}
	again, err := w.Import(t.Context(), w.sys, sheetFile(t, c.file), ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if again.Accepted != 0 || again.Known != c.accepted+c.known || again.Rejected != c.rejected {
		t.Errorf("again: accepted %d known %d rejected %d", again.Accepted, again.Known, again.Rejected)
	}
}

func sheetFile(t *testing.T, name string) ImportFile {
	t.Helper()
	raw, err := os.ReadFile("testdata/sheets/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return ImportFile{Name: name, Reader: bytes.NewReader(raw), Size: int64(len(raw))}
}

// TestDatesOfVehicles: dates brought by a list move what is planned; a customer
// register's next step is planned on its day.
func TestDatesOfVehicles(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.SQLite(t), "auto-service", "b2b")
	w.setClock(local("2026-11-23 10:20"))
	for _, name := range []string{"保险到期名单.csv", "客户管理统计表.csv"} {
		if _, err := w.Import(t.Context(), w.sys, sheetFile(t, name), ImportOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	opens := map[string]bool{}
	err := w.reads().EachFollowup(t.Context(), w.org.ID, store.FollowupFilter{}, func(f *huifang.Followup) error {
		opens[f.Program+"/"+f.Step+" "+f.Window.Opens.Date.String()] = true
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"vehicle_reminder/insurance 2026-12-11", "vehicle_reminder/insurance 2026-12-21", "vehicle_reminder/maintenance 2027-02-22",
		"client_next/step 2026-12-01", "client_next/step 2026-12-08",
	} {
		if !opens[want] {
			t.Errorf("%s is missing of %v", want, opens)
		}
	}
}
