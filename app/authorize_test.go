package app

import (
	"context"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// gate is what the authorisation matrix is tried on: an organization, and
// another one whose administrator holds every permission there.
type gate struct {
	*world
	n       int
	contact huifang.ID
	asset   huifang.ID
}

// gateActors are the columns of the matrix.
var gateActors = []string{"token", "steward", "other steward", "supervisor", "other supervisor", "head", "admin", "foreign admin"}

func newGate(t *testing.T, s *store.Store) (*gate, []*huifang.Actor) {
	t.Helper()
	w := newWorld(t, s, "property")
	w.person("admin", "company", "admin")
	x := &gate{world: w}
	f := x.open()
	x.contact, x.asset = f.Contact, f.Asset
	foreign, err := w.CreateOrganization(t.Context(), NewOrganization{Code: "other", Name: huifang.Text{ZH: "别家"}, Packs: []string{"property"}})
	if err != nil {
		t.Fatal(err)
	}
	all := map[huifang.Permission]bool{}
	for _, p := range huifang.Permissions() {
		all[p] = true
	}
	spy := &huifang.Staff{Org: foreign.ID, ID: w.newID(), Code: "spy", Name: "spy", Login: "spy", Roles: []string{"admin"}, Active: true}
	w.write(func(tx *store.Tx) error { return tx.SaveStaff(context.Background(), spy) })
	w.forget(foreign.ID)
	return x, []*huifang.Actor{
		{Org: w.org.ID, Token: w.newID(), Permissions: map[huifang.Permission]bool{huifang.PermEventIngest: true}},
		w.as("east_steward"), w.as("west_steward"), w.as("east_supervisor"), w.as("west_supervisor"), w.as("east_head"), w.as("admin"),
		{Org: foreign.ID, Staff: spy.ID, Permissions: all},
	}
}

// open is a new follow-up of east that is assigned to its engineer and steward.
func (x *gate) open() *huifang.Followup {
	x.n++
	ev := complaint("T"+strconv.Itoa(x.n), "噪音"+strconv.Itoa(x.n))
	ev.Contact.Code, ev.Asset.Code = "C-T", "A-T"
	return x.plan(ev)
}

func (x *gate) done() *huifang.Followup {
	return x.complete(x.open().ID, "east_steward", huifang.VerdictSatisfied).Followup
}

func (x *gate) newCase() *huifang.Case {
	x.n++
	return must[*huifang.Case](x.t)(x.OpenCase(context.Background(), x.sys, NewCase{Contact: x.contact, Unit: x.units["east"].ID, Matter: "事" + strconv.Itoa(x.n)}))
}

func (x *gate) recurrence() *huifang.Recurrence {
	x.n++
	ev := x.must(complaint("R"+strconv.Itoa(x.n), "反复"))[0].Event
	r := &huifang.Recurrence{
		Org: x.org.ID, ID: x.newID(), Rule: "complaint_again", Kind: "contact", Subject: x.contact, Unit: x.units["east"].ID,
		Matter: "反复" + strconv.Itoa(x.n), Count: 2, Month: 202603, Events: []huifang.ID{ev},
	}
	x.write(func(tx *store.Tx) error { _, err := tx.FlagRecurrence(context.Background(), r); return err })
	return r
}

func (x *gate) member() *huifang.Staff {
	x.n++
	code := "m" + strconv.Itoa(x.n)
	x.person(code, "east", "steward")
	return x.staff[code]
}

// The matrix: what each kind of actor gets, in the order of gateActors: o is
// allowed, f forbidden, n not found, i invalid (an id of ours that another
// organization's administrator names in an input).
func matrix() []matrixRow {
	ctx := context.Background()
	east := func(x *gate) huifang.ID { return x.units["east"].ID }
	return append(figuresMatrix(), []matrixRow{
		{"Me", "oooooooo", func(x *gate, a *huifang.Actor) error { _, err := x.Me(ctx, a); return err }},
		{"Followup", "fofofoon", func(x *gate, a *huifang.Actor) error { _, err := x.Followup(ctx, a, x.open().ID); return err }},
		{"FollowupByNumber", "fofofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.FollowupByNumber(ctx, a, x.open().Number)
			return err
		}},
		{"Followups", "fooooooo", func(x *gate, a *huifang.Actor) error { _, err := x.Followups(ctx, a, FollowupQuery{}); return err }},
		{"CountFollowups", "fooooooo", func(x *gate, a *huifang.Actor) error {
			_, err := x.CountFollowups(ctx, a, FollowupFilter{}, 10)
			return err
		}},
		{"WorkCounts", "fooooooo", func(x *gate, a *huifang.Actor) error { _, err := x.WorkCounts(ctx, a, FollowupFilter{}); return err }},
		{"ExportFollowups", "fooooooo", func(x *gate, a *huifang.Actor) error {
			return x.ExportFollowups(ctx, a, FollowupFilter{}, "csv", huifang.ZH, io.Discard)
		}},
		{"Search", "fooooooo", func(x *gate, a *huifang.Actor) error { _, err := x.Search(ctx, a, "王"); return err }},
		{"GroupCounts", "fooooooo", func(x *gate, a *huifang.Actor) error { _, err := x.GroupCounts(ctx, a, FollowupFilter{}); return err }},
		{"InGroup", "oooooooo", func(x *gate, a *huifang.Actor) error {
			_, err := x.InGroup(ctx, a, FollowupFilter{}, GroupToday)
			return err
		}},
		{"NextFollowup", "fofofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.NextFollowup(ctx, a, x.open().ID, FollowupQuery{})
			return err
		}},
		{"Loads", "fffooooo", func(x *gate, a *huifang.Actor) error { _, _, err := x.Loads(ctx, a, ""); return err }},
		{"ReassignAll", "fffofoon", func(x *gate, a *huifang.Actor) error {
			got, err := x.ReassignAll(ctx, a, []huifang.ID{x.open().ID}, ReassignInput{Assignees: []huifang.ID{x.staff["east_head"].ID}, Reason: "调整"})
			if err == nil {
				err = got[0].Err
			}
			return err
		}},
		{"PostponeAll", "fffofoon", func(x *gate, a *huifang.Actor) error {
			got, err := x.PostponeAll(ctx, a, []huifang.ID{x.open().ID}, PostponeAllInput{Days: 2, Reason: "放假"})
			if err == nil {
				err = got[0].Err
			}
			return err
		}},
		{"Calendar", "oooooooo", func(x *gate, a *huifang.Actor) error { _, err := x.Calendar(ctx, a, 2026); return err }},
		{"SenderForms", "ffffffoo", func(x *gate, a *huifang.Actor) error { _, err := x.SenderForms(a); return err }},
		{"Senders", "ffffffoo", func(x *gate, a *huifang.Actor) error { _, err := x.Senders(ctx, a); return err }},
		{"CreateSender", "ffffffoo", func(x *gate, a *huifang.Actor) error { _, err := x.CreateSender(ctx, a, robotEdit()); return err }},
		{"UpdateSender", "ffffffon", func(x *gate, a *huifang.Actor) error {
			_, err := x.UpdateSender(ctx, a, x.sender(), 0, robotEdit())
			return err
		}},
		{"DeleteSender", "ffffffon", func(x *gate, a *huifang.Actor) error { return x.DeleteSender(ctx, a, x.sender()) }},
		{"TestSender", "ffffffin", func(x *gate, a *huifang.Actor) error {
			err := x.TestSender(ctx, a, x.sender(), "")
			if huifang.ReasonOf(err) == "sender.failed" { // the address leads nowhere
				return huifang.Invalid("sender.failed", huifang.Text{})
			}
			return err
		}},
		{"MessageTexts", "fooooooo", func(x *gate, a *huifang.Actor) error { _, err := x.MessageTexts(ctx, a); return err }},
		{"SaveMessageTemplate", "ffffffoo", func(x *gate, a *huifang.Actor) error {
			x.n++
			_, err := x.SaveMessageTemplate(ctx, a, huifang.MessageTemplate{Code: "t" + strconv.Itoa(x.n), Name: huifang.Text{ZH: "新"}, Body: huifang.Text{ZH: "新"}})
			return err
		}},
		{"DeleteMessageTemplate", "ffffffon", func(x *gate, a *huifang.Actor) error {
			x.n++
			t := huifang.MessageTemplate{Code: "t" + strconv.Itoa(x.n), Name: huifang.Text{ZH: "新"}, Body: huifang.Text{ZH: "新"}}
			must[*huifang.MessageTemplate](x.t)(x.SaveMessageTemplate(ctx, x.sys, t))
			return x.DeleteMessageTemplate(ctx, a, t.Code)
		}},
		{"Messages", "fofofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.Messages(ctx, a, MessageFilter{Followup: x.open().ID}, Page{})
			return err
		}},
		{"SendMessage", "fofofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.SendMessage(ctx, a, x.open().ID, MessageInput{Channel: huifang.ChannelSMS, Template: "visit"})
			return err
		}},
		{"MarkMessageSent", "fofofoon", func(x *gate, a *huifang.Actor) error { _, err := x.MarkMessageSent(ctx, a, x.byHand()); return err }},
		{"RetryMessage", "fofofoon", func(x *gate, a *huifang.Actor) error { _, err := x.RetryMessage(ctx, a, x.byHand()); return err }},
		{"CancelMessage", "fofofoon", func(x *gate, a *huifang.Actor) error { _, err := x.CancelMessage(ctx, a, x.byHand()); return err }},
		{"ReportMessage", "offfffon", func(x *gate, a *huifang.Actor) error { return x.ReportMessage(ctx, a, string(x.byHand()), true, "") }},
		{"Webhooks", "ffffffoo", func(x *gate, a *huifang.Actor) error { _, err := x.Webhooks(ctx, a); return err }},
		{"CreateWebhook", "ffffffoo", func(x *gate, a *huifang.Actor) error {
			_, _, err := x.CreateWebhook(ctx, a, hookEdit("https://example.com"))
			return err
		}},
		{"UpdateWebhook", "ffffffon", func(x *gate, a *huifang.Actor) error {
			_, err := x.UpdateWebhook(ctx, a, x.webhook(), 0, hookEdit("https://example.com"))
			return err
		}},
		{"RenewWebhookSecret", "ffffffon", func(x *gate, a *huifang.Actor) error { _, err := x.RenewWebhookSecret(ctx, a, x.webhook()); return err }},
		{"DeleteWebhook", "ffffffon", func(x *gate, a *huifang.Actor) error { return x.DeleteWebhook(ctx, a, x.webhook()) }},
		{"Deliveries", "ffffffon", func(x *gate, a *huifang.Actor) error { _, err := x.Deliveries(ctx, a, x.webhook(), Page{}); return err }},
		{"ResendDelivery", "ffffffon", func(x *gate, a *huifang.Actor) error {
			id := x.webhook()
			x.open()
			found := must[Paged[*huifang.WebhookDelivery]](x.t)(x.Deliveries(ctx, x.sys, id, Page{}))
			_, err := x.ResendDelivery(ctx, a, id, found.Items[0].ID)
			return err
		}},
		{"MakeSurveyLink", "fofofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.MakeSurveyLink(ctx, a, x.open().ID)
			return err
		}},
		{"SurveyLinks", "fofofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.SurveyLinks(ctx, a, x.open().ID)
			return err
		}},
		{"RevokeSurveyLinks", "fofofoon", func(x *gate, a *huifang.Actor) error {
			return x.RevokeSurveyLinks(ctx, a, x.open().ID)
		}},
		{"FilledScript", "fofofoon", func(x *gate, a *huifang.Actor) error { _, err := x.FilledScript(ctx, a, x.open().ID); return err }},
		{"AddFile", "fofofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.AddFile(ctx, a, NewFile{Purpose: FileDocument, Name: "a.txt", Content: []byte("文"), Followup: x.open().ID})
			return err
		}},
		{"File", "nononoon", func(x *gate, a *huifang.Actor) error {
			x.n++
			f := must[*huifang.File](x.t)(x.AddFile(ctx, x.sys, NewFile{Purpose: FileDocument, Name: "a.txt", Content: []byte("文" + strconv.Itoa(x.n)), Followup: x.open().ID}))
			_, content, err := x.File(ctx, a, f.Hash)
			if err == nil {
				err = content.Close()
			}
			return err
		}},
		{"RecordFiles", "fofofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.RecordFiles(ctx, a, "followup", x.open().ID)
			return err
		}},
		{"Preferences", "fooooooo", func(x *gate, a *huifang.Actor) error { _, err := x.Preferences(ctx, a); return err }},
		{"SavePreference", "fooooooo", func(x *gate, a *huifang.Actor) error {
			return x.SavePreference(ctx, a, huifang.Preference{Name: "theme", Body: "1"})
		}},
		{"DeletePreference", "fooooooo", func(x *gate, a *huifang.Actor) error { return x.DeletePreference(ctx, a, "", "theme") }},
		{"Take", "fofofoon", func(x *gate, a *huifang.Actor) error { _, err := x.Take(ctx, a, x.open().ID, 0); return err }},
		{"Return", "fofofoon", func(x *gate, a *huifang.Actor) error {
			f := x.open()
			must[*huifang.Followup](x.t)(x.Take(ctx, x.as("east_steward"), f.ID, 0))
			_, err := x.Return(ctx, a, f.ID, 0)
			return err
		}},
		{"Attempt", "fofofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.Attempt(ctx, a, x.open().ID, AttemptInput{Channel: huifang.ChannelPhone, Disposition: huifang.Busy})
			return err
		}},
		{"Postpone", "fffofoon", func(x *gate, a *huifang.Actor) error {
			w := huifang.Window{Opens: huifang.Moment{Date: day("2026-03-02"), Clock: huifang.NoClock}, Closes: huifang.Moment{Date: day("2026-03-20"), Clock: huifang.NoClock}}
			_, err := x.Postpone(ctx, a, x.open().ID, PostponeInput{Window: &w, Reason: "客户要求"})
			return err
		}},
		{"Postpone next try", "fofofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.Postpone(ctx, a, x.open().ID, PostponeInput{NextTry: local("2026-03-03 10:00"), Reason: "客户要求"})
			return err
		}},
		{"Reassign", "fffofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.Reassign(ctx, a, x.open().ID, ReassignInput{Assignees: []huifang.ID{x.staff["east_engineer"].ID}, Reason: "支援"})
			if huifang.ReasonOf(err) == "assignee.unknown" {
				return huifang.Fail(huifang.CodeNotFound, "", huifang.Text{})
			}
			return err
		}},
		{"Complete", "fofofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.Complete(ctx, a, x.open().ID, CompleteInput{Channel: huifang.ChannelPhone, Answers: answered(huifang.VerdictSatisfied)})
			return err
		}},
		{"SetQuiet", "ffffffoo", func(x *gate, a *huifang.Actor) error { _, err := x.SetQuiet(ctx, a, "", "22:00-08:00"); return err }},
		{"CloseUnreachable", "fofofoon", func(x *gate, a *huifang.Actor) error {
			f := x.open()
			must[*AttemptResult](x.t)(x.Attempt(ctx, x.as("east_steward"), f.ID, AttemptInput{Channel: huifang.ChannelPhone, Disposition: huifang.Refused}))
			_, err := x.CloseUnreachable(ctx, a, f.ID, 0, "拒访")
			return err
		}},
		{"Waive", "fffofoon", func(x *gate, a *huifang.Actor) error { _, err := x.Waive(ctx, a, x.open().ID, 0, "重复"); return err }},
		{"CorrectRecord", "fofofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.CorrectRecord(ctx, a, x.done().ID, CorrectInput{Answers: answered(huifang.VerdictSatisfied), Reason: "填错"})
			return err
		}},
		{"Review", "fffofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.Review(ctx, a, x.done().ID, ReviewInput{Decision: huifang.ReviewQualified})
			return err
		}},
		{"ReviewQueue", "fffooooo", func(x *gate, a *huifang.Actor) error {
			_, err := x.ReviewQueue(ctx, a, FollowupFilter{}, Page{})
			return err
		}},
		{"Case", "fofofoon", func(x *gate, a *huifang.Actor) error { _, err := x.Case(ctx, a, x.newCase().ID); return err }},
		{"Cases", "fooooooo", func(x *gate, a *huifang.Actor) error { _, err := x.Cases(ctx, a, CaseFilter{}, Page{}); return err }},
		{"OpenCase", "fffofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.OpenCase(ctx, a, NewCase{Contact: x.contact, Unit: east(x), Matter: "噪音"})
			return err
		}},
		{"UpdateCase", "fffofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.UpdateCase(ctx, a, x.newCase().ID, CaseEdit{Severity: huifang.SeverityMajor, Matter: "噪音"})
			return err
		}},
		{"AddAction", "fffofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.AddAction(ctx, a, x.newCase().ID, ActionInput{Measure: "整改"})
			return err
		}},
		{"FinishAction", "fffofoon", func(x *gate, a *huifang.Actor) error {
			act := must[*huifang.Action](x.t)(x.AddAction(ctx, x.sys, x.newCase().ID, ActionInput{Measure: "整改"}))
			_, err := x.FinishAction(ctx, a, act.ID, 0, "完成")
			return err
		}},
		{"CommentCase", "fofofoon", func(x *gate, a *huifang.Actor) error { return x.CommentCase(ctx, a, x.newCase().ID, "备注") }},
		{"ExplainCase", "fffofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.ExplainCase(ctx, a, x.newCase().ID, ExplainInput{Explanation: "待料", Next: day("2026-03-10")})
			return err
		}},
		{"ResolveCase", "fffofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.ResolveCase(ctx, a, x.newCase().ID, 0, "完成")
			return err
		}},
		{"CloseCase", "fffofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.CloseCase(ctx, a, x.newCase().ID, 0, "撤诉")
			return err
		}},
		{"ReopenCase", "fffofoon", func(x *gate, a *huifang.Actor) error {
			c := x.newCase()
			must[*huifang.Case](x.t)(x.CloseCase(ctx, x.sys, c.ID, 0, "撤诉"))
			_, err := x.ReopenCase(ctx, a, c.ID, 0, "又来")
			return err
		}},
		{"Contact", "fofofoon", func(x *gate, a *huifang.Actor) error { _, err := x.Contact(ctx, a, x.contact); return err }},
		{"Contacts", "fooooooo", func(x *gate, a *huifang.Actor) error {
			_, err := x.Contacts(ctx, a, ContactFilter{}, Page{})
			return err
		}},
		{"RevealContact", "fofofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.RevealContact(ctx, a, x.contact, "回访")
			return err
		}},
		{"CreateContact", "fffofooi", func(x *gate, a *huifang.Actor) error {
			x.n++
			_, err := x.CreateContact(ctx, a, ContactEdit{Code: "N" + strconv.Itoa(x.n), Name: "新", Unit: east(x)})
			return err
		}},
		{"TryProgram", "ffffffoo", func(x *gate, a *huifang.Actor) error {
			_, err := x.TryProgram(ctx, a, Trial{Program: "complaint", Drafts: []ProgramSetting{{Active: false}}, From: day("2026-03-01"), To: day("2026-03-31")})
			return err
		}},
		{"ContactDuplicates", "fffooooo", func(x *gate, a *huifang.Actor) error {
			_, err := x.ContactDuplicates(ctx, a, DuplicateQuery{})
			return err
		}},
		{"AssetDuplicates", "fffooooo", func(x *gate, a *huifang.Actor) error {
			_, err := x.AssetDuplicates(ctx, a, DuplicateQuery{})
			return err
		}},
		{"CompareContacts", "fffofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.CompareContacts(ctx, a, x.contact, x.twin())
			return err
		}},
		{"MergeContacts", "fffofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.MergeContacts(ctx, a, Merge{Keep: x.contact, Gone: x.twin()})
			return err
		}},
		{"CompareAssets", "fffofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.CompareAssets(ctx, a, x.asset, x.twinAsset())
			return err
		}},
		{"MergeAssets", "fffofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.MergeAssets(ctx, a, Merge{Keep: x.asset, Gone: x.twinAsset()})
			return err
		}},
		{"TellApart", "fffofoon", func(x *gate, a *huifang.Actor) error {
			return x.TellApart(ctx, a, huifang.KindContact, x.contact, x.twin())
		}},
		{"UpdateContact", "fffofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.UpdateContact(ctx, a, x.contact, 0, ContactEdit{Code: "C-T", Name: "王芳", Unit: east(x)})
			return err
		}},
		{"SetDoNotContact", "fffofoon", func(x *gate, a *huifang.Actor) error {
			_, _, err := x.SetDoNotContact(ctx, a, x.contact, 0, false, "")
			return err
		}},
		{"Asset", "fofofoon", func(x *gate, a *huifang.Actor) error { _, err := x.Asset(ctx, a, x.asset); return err }},
		{"Assets", "fooooooo", func(x *gate, a *huifang.Actor) error { _, err := x.Assets(ctx, a, AssetFilter{}, Page{}); return err }},
		{"CreateAsset", "fffofooi", func(x *gate, a *huifang.Actor) error {
			x.n++
			_, err := x.CreateAsset(ctx, a, AssetEdit{Code: "N" + strconv.Itoa(x.n), Unit: east(x)})
			return err
		}},
		{"UpdateAsset", "fffofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.UpdateAsset(ctx, a, x.asset, 0, AssetEdit{Code: "A-T", Unit: east(x)})
			return err
		}},
		{"StaffList", "fooooooo", func(x *gate, a *huifang.Actor) error {
			_, err := x.StaffList(ctx, a, StaffFilter{}, Page{})
			return err
		}},
		{"StaffMember", "foooooon", func(x *gate, a *huifang.Actor) error {
			_, err := x.StaffMember(ctx, a, x.staff["east_head"].ID)
			return err
		}},
		{"CreateStaff", "ffffffoi", func(x *gate, a *huifang.Actor) error {
			x.n++
			_, err := x.CreateStaff(ctx, a, StaffEdit{Name: "s" + strconv.Itoa(x.n), Units: []huifang.ID{east(x)}, Active: true})
			return err
		}},
		{"UpdateStaff", "ffffffon", func(x *gate, a *huifang.Actor) error {
			s := x.member()
			_, err := x.UpdateStaff(ctx, a, s.ID, 0, StaffEdit{Code: s.Code, Name: s.Name, Units: s.Units, Active: true})
			return err
		}},
		{"SetPassword", "ffffffon", func(x *gate, a *huifang.Actor) error { return x.SetPassword(ctx, a, x.member().ID, "") }},
		{"ChangePassword", "fiiiiiii", func(x *gate, a *huifang.Actor) error { return x.ChangePassword(ctx, a, "not the password", "x") }},
		{"RegisterAbsence", "ffffffon", func(x *gate, a *huifang.Actor) error {
			_, err := x.RegisterAbsence(ctx, a, x.member().ID, 0, huifang.Absence{From: day("2026-03-02"), To: day("2026-03-03")})
			return err
		}},
		{"EndAbsence", "ffffffon", func(x *gate, a *huifang.Actor) error {
			s := x.member()
			must[*AbsenceResult](x.t)(x.RegisterAbsence(ctx, x.sys, s.ID, 0, huifang.Absence{From: day("2026-03-02"), To: day("2026-03-03")}))
			_, err := x.EndAbsence(ctx, a, s.ID, 0, day("2026-03-02"), day("2026-03-02"))
			return err
		}},
		{"Units", "fooooooo", func(x *gate, a *huifang.Actor) error { _, err := x.Units(ctx, a); return err }},
		{"Unit", "fofofoon", func(x *gate, a *huifang.Actor) error { _, err := x.Unit(ctx, a, east(x)); return err }},
		{"CreateUnit", "ffffffoi", func(x *gate, a *huifang.Actor) error {
			x.n++
			_, err := x.CreateUnit(ctx, a, UnitEdit{Parent: east(x), Name: "u" + strconv.Itoa(x.n)})
			return err
		}},
		{"UpdateUnit", "ffffffon", func(x *gate, a *huifang.Actor) error {
			u := must[*huifang.Unit](x.t)(x.Unit(ctx, x.sys, x.units["west"].ID))
			_, err := x.UpdateUnit(ctx, a, u.ID, 0, UnitEdit{Parent: u.Parent, Code: u.Code, Name: u.Name, Head: u.Head, Departments: u.Departments})
			return err
		}},
		{"Roles", "fooooooo", func(x *gate, a *huifang.Actor) error { _, err := x.Roles(ctx, a); return err }},
		{"SaveRole", "ffffffoo", func(x *gate, a *huifang.Actor) error {
			_, err := x.SaveRole(ctx, a, 0, huifang.Role{Code: "extra", Name: huifang.Text{ZH: "其他"}})
			return err
		}},
		{"CreateToken", "ffffffoo", func(x *gate, a *huifang.Actor) error {
			_, _, err := x.CreateToken(ctx, a, NewToken{Name: "t", Permissions: []huifang.Permission{huifang.PermEventIngest}})
			return err
		}},
		{"Tokens", "ffffffoo", func(x *gate, a *huifang.Actor) error { _, err := x.Tokens(ctx, a); return err }},
		{"RevokeToken", "ffffffon", func(x *gate, a *huifang.Actor) error {
			tok, _, err := x.CreateToken(ctx, x.sys, NewToken{Name: "t", Permissions: []huifang.Permission{huifang.PermEventIngest}})
			if err != nil {
				return err
			}
			return x.RevokeToken(ctx, a, tok.ID)
		}},
	}...)
}

func TestAuthorisationMatrix(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x, actors := newGate(t, s)
		for _, m := range matrix() {
			var got strings.Builder
			for _, a := range actors {
				err := m.call(x, a)
				switch huifang.CodeOf(err) {
				case "":
					got.WriteByte('o')
				case huifang.CodeForbidden:
					got.WriteByte('f')
				case huifang.CodeNotFound:
					got.WriteByte('n')
				case huifang.CodeInvalid:
					got.WriteByte('i')
				default:
					got.WriteByte('!')
					t.Errorf("%s: %v", m.method, err)
				}
			}
			if got.String() != m.want {
				t.Errorf("%s: %s, want %s for %v", m.method, got.String(), m.want, gateActors)
			}
		}
	})
}

// Every use case that takes an actor is in the matrix, or tried elsewhere.
func TestAuthorisationMatrixIsWhole(t *testing.T) {
	t.Parallel()
	elsewhere := []string{ // ingestion, imports, packs and programs: their own tests
		"Event", "Events", "ExplainFollowup", "ExplainEvent", "Once", "Import", "Reconcile", "Mappings", "SaveMapping", "DeleteMapping", "PreviewImport", "Imports",
		"ImportByID", "ImportRejects", "WriteRejects", "Ingest", "Accept", "Inbox", "Refused", "RetryRefused", "DismissRefused", "EventStanding", "Organization", "UpdateOrganization", "Packs", "ActivatePack", "DeactivatePack",
		"Programs", "Program", "SetProgram", "Forms", "Form", "FormVersions", "Script", "Words", "EventTypes", "SubjectKinds",
	}
	tried := map[string]bool{}
	for _, m := range matrix() {
		name, _, _ := strings.Cut(m.method, " ")
		tried[name] = true
	}
	for m := range reflect.TypeFor[*App]().Methods() {
		if m.Type.NumIn() < 3 || m.Type.In(2) != reflect.TypeFor[*huifang.Actor]() {
			continue
		}
		if !tried[m.Name] && !slices.Contains(elsewhere, m.Name) {
			t.Errorf("%s is not in the matrix", m.Name)
		}
	}
}
