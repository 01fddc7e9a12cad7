package app

import (
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// A ward's calls are for staff with a licence only.
const wardPack = `
code: ward
name: {zh: 病区, en: Ward}
version: 1
roles:
  - {code: nurse, name: {zh: 护士, en: Nurse}, permissions: [followup.read, followup.work, contact.read]}
events:
  - type: patient.discharged
    name: {zh: 出院, en: Discharged}
    needs: [contact]
forms:
  - code: call
    name: {zh: 出院随访, en: Discharge call}
    version: 1
    items:
      - {code: condition, kind: text, label: {zh: 恢复情况, en: Condition}, required: true}
programs:
  - code: discharge
    name: {zh: 出院随访, en: Discharge call}
    version: 1
    start: [{on: patient.discharged}]
    channels: [phone]
    assign:
      - to: ["event_staff | role:nurse"]
        qualification: practice
    form: call
    steps:
      - {code: call, name: {zh: 随访, en: Call}, closes: 7d}
`

func TestLicences(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "ward")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "pack.yaml"), []byte(wardPack), 0o600); err != nil {
		t.Fatal(err)
	}
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, dir)
		ctx := t.Context()
		licence := func(code, until string) {
			w.person(code, "east", "nurse")
			if until != "" {
				st := w.staff[code]
				st.Qualifications = []huifang.Qualification{{Code: "practice", Until: day(until)}}
				w.write(func(tx *store.Tx) error { return tx.SaveStaff(ctx, st) })
				w.forget(w.org.ID)
			}
		}
		licence("nurse", "2030-01-01")
		licence("expiring", "2026-03-03")
		licence("trainee", "")
		plan := func(key string) *huifang.Followup {
			return w.plan(EventInput{Key: key, Type: "patient.discharged", At: local("2026-03-02 09:00"), Unit: "east", Staff: "nurse", Contact: ContactInput{Code: key, Name: "李雷"}})
		}
		f := plan("1")
		if f.Lead != w.staff["nurse"].ID {
			t.Fatalf("assigned to %v", f.Assignees)
		}
		to := func(code string) error {
			_, err := w.Reassign(ctx, w.as("east_head"), f.ID, ReassignInput{Assignees: []huifang.ID{w.staff[code].ID}, Reason: "调班"})
			return err
		}
		wants(t, to("trainee"), huifang.CodeForbidden, "staff.not_qualified")
		if err := to("expiring"); err != nil {
			t.Fatal(err)
		}
		// The head may work any follow-up of the unit, yet not without the licence.
		answers := huifang.Attributes{"condition": "恢复良好"}
		_, err := w.Complete(ctx, w.as("east_head"), f.ID, CompleteInput{Channel: huifang.ChannelPhone, Answers: answers})
		wants(t, err, huifang.CodeForbidden, "staff.not_qualified")
		w.setClock(local("2026-03-04 09:00"))
		_, err = w.Complete(ctx, w.as("expiring"), f.ID, CompleteInput{Channel: huifang.ChannelPhone, Answers: answers})
		wants(t, err, huifang.CodeForbidden, "staff.not_qualified")
		wants(t, to("expiring"), huifang.CodeForbidden, "staff.not_qualified")
		if err := to("nurse"); err != nil {
			t.Fatal(err)
		}
		done := must[*Completed](t)(w.Complete(ctx, w.as("nurse"), f.ID, CompleteInput{Channel: huifang.ChannelPhone, Answers: answers}))
		if done.Followup.Satisfied != huifang.VerdictNone || done.Followup.Scored {
			t.Errorf("%+v", done.Followup)
		}

		// Nobody stands in who lacks the licence.
		w.setClock(local("2026-03-02 10:00"))
		g := plan("2")
		got := must[*AbsenceResult](t)(w.RegisterAbsence(ctx, w.sys, w.staff["nurse"].ID, 0, huifang.Absence{From: day("2026-03-02"), To: day("2026-03-02"), Substitute: w.staff["trainee"].ID}))
		if got.Moved != 0 || got.Kept != 1 || w.followup(g.ID).Lead != w.staff["nurse"].ID {
			t.Errorf("%+v", got)
		}
		if got = must[*AbsenceResult](t)(w.RegisterAbsence(ctx, w.sys, w.staff["nurse"].ID, 0, huifang.Absence{From: day("2026-03-01"), To: day("2026-03-02"), Substitute: w.staff["expiring"].ID})); got.Kept != 1 {
			t.Errorf("the first absence that names a substitute counts: %+v", got)
		}

		// Who leaves is told about.
		n := w.staff["nurse"]
		current := must[*huifang.Staff](t)(w.StaffMember(ctx, w.sys, n.ID))
		must[*huifang.Staff](t)(w.UpdateStaff(ctx, w.sys, n.ID, current.Version, StaffEdit{Code: n.Code, Name: n.Name, Units: n.Units, Roles: n.Roles}))
		alerts := must[Paged[*huifang.Alert]](t)(w.Alerts(ctx, w.as("east_supervisor"), true, Page{}))
		if !slices.ContainsFunc(alerts.Items, func(x *huifang.Alert) bool { return x.Kind == "staff.left" }) {
			t.Errorf("%+v", alerts.Items)
		}
	})
}

func TestReviewShares(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.SQLite(t), "property")
	f := &huifang.Followup{ID: w.newID(), Program: "complaint", Unit: w.units["east"].ID}
	share := func() float64 { return must[*directory](t)(w.directory(t.Context(), w.org.ID)).reviewShare(f) }
	if share() != 100 {
		t.Errorf("the default is %g", share())
	}
	set := func(unit huifang.ID, v float64) {
		t.Helper()
		if _, err := w.SetProgram(t.Context(), w.sys, "complaint", ProgramSetting{Unit: unit, Active: true, Override: Override{Review: &v}}); err != nil {
			t.Fatal(err)
		}
	}
	set("", 40)
	if share() != 40 {
		t.Errorf("the organization's is %g", share())
	}
	set(f.Unit, 0)
	if share() != 0 || must[*directory](t)(w.directory(t.Context(), w.org.ID)).sampled(f) {
		t.Errorf("the unit's is %g", share())
	}
}

// Two people complete a follow-up at the same time: one record, one winner.
func TestCompletedOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		for round := range 5 {
			f := w.plan(complaint(string(rune('a'+round)), "噪音"))
			var wg sync.WaitGroup
			errs := make([]error, 6)
			who := []*huifang.Actor{w.as("east_steward"), w.as("east_engineer"), w.as("east_head")}
			for i := range errs {
				wg.Go(func() {
					_, errs[i] = w.Complete(ctx, who[i%len(who)], f.ID, CompleteInput{Channel: huifang.ChannelPhone, Answers: answered(huifang.VerdictDissatisfied)})
				})
			}
			wg.Wait()
			won := 0
			for _, err := range errs {
				if err == nil {
					won++
					continue
				}
				wants(t, err, huifang.CodeConflict, "followup.already_completed")
			}
			records := must[[]*huifang.Record](t)(w.reads().Records(ctx, w.org.ID, f.ID))
			cases := must[store.Paged[*huifang.Case]](t)(w.reads().Cases(ctx, w.org.ID, store.CaseFilter{Followup: f.ID}, store.Page{}))
			if won != 1 || len(records) != 1 || len(cases.Items) != 1 {
				t.Errorf("%d won, %d records, %d cases", won, len(records), len(cases.Items))
			}
		}
		if broken := must[int64](t)(w.VerifyAudit(ctx, w.sys)); broken != 0 {
			t.Errorf("the audit chain breaks at %d", broken)
		}
	})
}
