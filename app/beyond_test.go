package app

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// TestIngestBeyondOnesUnits: nobody reaches another unit's customers through
// events, neither to see nor to change them; who knows a customer's number may
// serve them too.
func TestIngestBeyondOnesUnits(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		w := newWorld(t, s, "property")
		ctx := context.Background()
		f := w.plan(complaint("1", "漏水"))
		kept := must[*huifang.Contact](t)(w.reads().Contact(ctx, w.org.ID, f.Contact))
		west := w.as("west_supervisor")
		base := EventInput{Type: "complaint.resolved", At: local("2026-03-02 09:30"), Unit: "west", Department: "工程部"}
		send := func(change func(*EventInput)) (IngestResult, error) {
			ev := base
			change(&ev)
			got, err := w.Ingest(ctx, west, []EventInput{ev}, IngestOptions{})
			return got[0], err
		}
		for field, change := range map[string]func(*EventInput){
			"contact": func(ev *EventInput) { ev.Contact.Code = "C-1" },
			"asset":   func(ev *EventInput) { ev.Asset.Code = "A-1" },
			"changed": func(ev *EventInput) {
				ev.Type, ev.Contact.Code, ev.Attributes = huifang.EventContactChanged, "C-1", huifang.Attributes{"vip": true}
				ev.Contact.Phones = []string{"13812342628"}
			},
			"corrects": func(ev *EventInput) { ev.Contact.Code, ev.Corrects = "C-2", "1" },
		} {
			got, err := send(change)
			if err != nil || got.Err == nil || got.Err.Code != huifang.CodeInvalid && got.Err.Code != huifang.CodeForbidden {
				t.Errorf("%s: %+v %v", field, got, err)
			}
		}
		got, err := send(func(ev *EventInput) {
			ev.Contact = ContactInput{Name: "王芳", Phones: []string{"13812342628"}, Email: "other@example.com"}
		})
		if err != nil || got.Err != nil || len(got.Followups) != 1 || w.followup(got.Followups[0]).Contact != f.Contact {
			t.Errorf("who knows the number: %+v %v", got, err)
		}
		after := must[*huifang.Contact](t)(w.reads().Contact(ctx, w.org.ID, f.Contact))
		if after.Version != kept.Version || after.Email != "" || w.followup(f.ID).State != huifang.StatePlanned {
			t.Errorf("another unit's customer was changed: %+v", after)
		}
	})
}

// TestNumbersAreNotFoundByAsking: a list finds by a number's last digits and by
// no other part of it, and a number that serves as a name is masked.
func TestNumbersAreNotFoundByAsking(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		w := newWorld(t, s, "property")
		ctx := context.Background()
		ev := complaint("1", "漏水")
		ev.Contact = ContactInput{Phones: []string{"13812342628"}}
		f := w.plan(ev)
		for text, want := range map[string]int{"2628": 1, "13812342628": 0, "1381": 0, "42628": 0} {
			got := must[Paged[*huifang.Contact]](t)(w.Contacts(ctx, w.sys, ContactFilter{Text: text}, Page{}))
			lines := must[Paged[FollowupLine]](t)(w.Followups(ctx, w.sys, FollowupQuery{Filter: FollowupFilter{Text: text}}))
			if len(got.Items) != want || len(lines.Items) != want {
				t.Errorf("%s finds %d contacts and %d follow-ups, want %d", text, len(got.Items), len(lines.Items), want)
			}
			for _, line := range lines.Items {
				if line.ContactName != "138****2628" || line.Followup.ID != f.ID {
					t.Errorf("%q", line.ContactName)
				}
			}
		}
	})
}

// TestRejectedRowsAreTheirSenders: rejected rows say whatever the file said;
// who did not bring it sees them with the right to, or masked, or not at all.
func TestRejectedRowsAreTheirSenders(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		w := newWorld(t, s, "property")
		ctx := context.Background()
		file := fileOf("r.csv", "房号,业主姓名,联系电话,类别,事项,完成时间\n1-1,王芳,13800000001,报修,漏水,不知道\n")
		run, err := w.Import(ctx, w.as("east_supervisor"), file, ImportOptions{Unit: w.units["east"].ID})
		if err != nil || run.Rejected != 1 {
			t.Fatalf("%+v %v", run, err)
		}
		cells := func(actor *huifang.Actor) (string, error) {
			got, err := w.ImportRejects(ctx, actor, run.ID, Page{})
			if err != nil {
				return "", err
			}
			return strings.Join(got.Items[0].Cells, " "), nil
		}
		var out bytes.Buffer
		if own, err := cells(w.as("east_supervisor")); err != nil || !strings.Contains(own, "13800000001") {
			t.Errorf("who brought it: %q %v", own, err)
		}
		if err := w.WriteRejects(ctx, w.as("east_supervisor"), run.ID, huifang.ZH, &out); err != nil || w.audits(run.ID, "import.rejects_written") != 1 {
			t.Errorf("%v, noted %d times", err, w.audits(run.ID, "import.rejects_written"))
		}
		_, err = cells(w.as("west_supervisor"))
		wants(t, err, huifang.CodeForbidden, "forbidden.unit_scope")
		token := &huifang.Actor{Org: w.org.ID, Permissions: map[huifang.Permission]bool{huifang.PermEventIngest: true}}
		if masked, err := cells(token); err != nil || strings.Contains(masked, "13800000001") || !strings.Contains(masked, "138****0001") {
			t.Errorf("without the right to see numbers: %q %v", masked, err)
		}
		if err := w.WriteRejects(ctx, token, run.ID, huifang.ZH, &out); huifang.CodeOf(err) != huifang.CodeForbidden {
			t.Errorf("%v", err)
		}
	})
}

// TestCorrectorDoesNotReview: who corrected a record is its author.
func TestCorrectorDoesNotReview(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.SQLite(t), "property")
	ctx := context.Background()
	f := w.plan(complaint("1", "漏水"))
	w.complete(f.ID, "east_steward", huifang.VerdictSatisfied)
	head := w.as("east_head")
	done := must[*Completed](t)(w.CorrectRecord(ctx, head, f.ID, CorrectInput{Answers: answered(huifang.VerdictSatisfied), Reason: "听错了"}))
	_, err := w.Review(ctx, head, f.ID, ReviewInput{Row: done.Followup.Row, Decision: huifang.ReviewQualified})
	wants(t, err, huifang.CodeForbidden, "review.own")
	must[*Reviewed](t)(w.Review(ctx, w.as("east_supervisor"), f.ID, ReviewInput{Decision: huifang.ReviewQualified}))
}

// TestCaseAboutAnotherUnitsCustomer: naming somebody in a case does not show them.
func TestCaseAboutAnotherUnitsCustomer(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.SQLite(t), "property")
	f := w.plan(complaint("1", "漏水"))
	for _, in := range []NewCase{{Contact: f.Contact}, {Asset: f.Asset}} {
		in.Unit, in.Matter = w.units["west"].ID, "投诉"
		_, err := w.OpenCase(t.Context(), w.as("west_supervisor"), in)
		wants(t, err, huifang.CodeForbidden, "forbidden")
	}
}

// TestPacksAreTheOrganizations: a unit's manager of programs does not decide
// over the packs of all.
func TestPacksAreTheOrganizations(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.SQLite(t), "property")
	east := w.as("east_head")
	east.Permissions[huifang.PermProgramManage] = true
	_, err := w.ActivatePack(t.Context(), east, "dental")
	wants(t, err, huifang.CodeForbidden, "forbidden.unit_scope")
	wants(t, w.DeactivatePack(t.Context(), east, "property"), huifang.CodeForbidden, "forbidden.unit_scope")
}

// TestNoPowerOverTheMorePowerful: who manages a unit's staff neither takes the
// roles of somebody with more permissions nor shuts them out.
func TestNoPowerOverTheMorePowerful(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.SQLite(t), "property")
	ctx := t.Context()
	w.person("boss", "east", "admin")
	manager := w.as("east_head")
	manager.Permissions[huifang.PermStaffManage] = true
	boss := w.staff["boss"]
	edit := StaffEdit{Code: boss.Code, Name: "老板", Login: boss.Login, Units: boss.Units, Roles: boss.Roles, Active: true}
	must[*huifang.Staff](t)(w.UpdateStaff(ctx, manager, boss.ID, 0, edit))
	for name, change := range map[string]func(*StaffEdit){
		"roles":  func(e *StaffEdit) { e.Roles = nil },
		"login":  func(e *StaffEdit) { e.Login = "mine" },
		"active": func(e *StaffEdit) { e.Active = false },
	} {
		e := edit
		change(&e)
		if _, err := w.UpdateStaff(ctx, manager, boss.ID, 0, e); huifang.ReasonOf(err) != "role.beyond" {
			t.Errorf("%s: %v", name, err)
		}
	}
	found := must[Paged[*huifang.Staff]](t)(w.StaffList(ctx, w.as("west_steward"), StaffFilter{Text: "boss"}, Page{}))
	if len(found.Items) != 1 || found.Items[0].Login != "" { // the code is found, the login is not shown
		t.Errorf("%+v", found.Items)
	}
}

// TestLoginsAtOnce: many attempts at a time are no more than one after another.
func TestLoginsAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.SQLite(t))
	var wrong sync.WaitGroup
	var mu sync.Mutex
	tried := 0
	for range 4 * failuresHere {
		wrong.Go(func() {
			_, err := w.Login(context.Background(), Credentials{Organization: "acme", Login: "east_head", Password: "wrong password", Address: "10.0.0.1"})
			if huifang.CodeOf(err) == huifang.CodeUnauthenticated {
				mu.Lock()
				defer mu.Unlock()
				tried++
			}
		})
	}
	wrong.Wait()
	if tried != failuresHere {
		t.Errorf("%d passwords were tried, want %d", tried, failuresHere)
	}
}

func TestMaskTextWithin(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"13812345678、13987654321":       "138****5678、139****4321",
		"紧急联系 13700001111 张女士":          "紧急联系 137****1111 张女士",
		"身份证110101199909091234，电话略":     "身份证1101****1234，电话略",
		"证件 11010119990909123X":         "证件 1101****123X",
		"打 010-87654321 找前台":            "打 010****4321 找前台",
		"HF-2026-000123":                "HF-2026-000123",
		"2026-03-31 10:00":              "2026-03-31 10:00",
		"车架号 LSVAB13812345678":          "车架号 LSVAB13812345678",
		"3-1-502，共 12 项":                "3-1-502，共 12 项",
		"订单 20260331123456789012345678": "订单 20260331123456789012345678",
	} {
		if got := maskText(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}
