package store_test

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// A full pass over a table that grows without end, in the words of SQLite and
// of PostgreSQL (which is told to avoid it where it can).
var fullPass = regexp.MustCompile(`(?m)(^SCAN|Seq Scan on) (f|a|followup|followup_assignee|event|enrollment|job|contact|contact_phone|asset|attempt|` +
	`record|review|not_planned|case_file|case_action|audit|alert|rollup|import_reject|idempotency|session|token|recurrence)\b`)

// crowd keeps a few thousand follow-ups, most of them done, in many units.
func crowd(t *testing.T, s *store.Store, org huifang.ID, w *world) {
	t.Helper()
	ctx := context.Background()
	for range 3 {
		var fs []*huifang.Followup
		for i := range 1000 {
			f := &huifang.Followup{
				Org: org, ID: newID(), Enrollment: newID(), Program: "p", Step: "s", Unit: w.units[i%20], Contact: newID(), Asset: newID(), Event: newID(),
				State: huifang.StateCompleted, OpensAt: noon, ClosesAt: noon.Add(time.Duration(i-500) * time.Hour), DoneAt: noon,
				DueMonth: 202601 + huifang.Month(i%12), Assignees: []huifang.Assignee{{Staff: newID()}}, Satisfied: huifang.VerdictSatisfied,
			}
			if i%20 == 0 {
				f.State, f.Satisfied, f.DoneAt = huifang.StatePlanned, "", time.Time{}
			}
			if i%50 == 1 {
				f.Satisfied, f.Review = huifang.VerdictUnqualified, huifang.ReviewPending
			}
			f.Lead = f.Assignees[0].Staff
			fs = append(fs, f)
		}
		write(t, s, func(tx *store.Tx) error { return tx.InsertFollowups(ctx, 2026, fs...) })
	}
	var jobs []*huifang.Job
	for range 500 {
		jobs = append(jobs, newJob(org, noon.Add(time.Hour), string(newID())))
	}
	write(t, s, func(tx *store.Tx) error { return tx.Enqueue(ctx, jobs...) })
}

// No hot query walks a whole table, and each uses the index made for it.
func TestPlans(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		ctx := context.Background()
		if strings.HasPrefix(url, "postgres") {
			url += "&enable_seqscan=off"
		}
		s := storetest.Open(t, store.Config{URL: url})
		org, w, now := newOrg(t, s), newWorld(), noon
		crowd(t, s, org, w)
		if strings.HasPrefix(url, "postgres") {
			write(t, s, func(tx *store.Tx) error { return store.Exec(ctx, tx, "ANALYZE") })
		}
		some := newID()
		open := []huifang.State{huifang.StatePlanned, huifang.StateOverdue}
		list := func(f store.FollowupFilter, sort store.FollowupSort) func(v *store.View) error {
			f.Now = now
			return func(v *store.View) error {
				p, err := v.Followups(ctx, org, f, sort, store.Page{Limit: 2})
				if err == nil && p.Next != "" {
					_, err = v.Followups(ctx, org, f, sort, store.Page{Limit: 2, After: p.Next, Desc: true})
				}
				return err
			}
		}
		for name, c := range map[string]struct {
			run   func(v *store.View) error
			index string // must be used, "" any
		}{
			"open in a unit":       {list(store.FollowupFilter{States: open, Units: w.units[:1]}, store.ByCloses), "followup_open_unit"},
			"open in a few units":  {list(store.FollowupFilter{States: open, Units: w.units[:9]}, store.ByCloses), "followup_open_unit"},
			"open in many units":   {list(store.FollowupFilter{States: open, Units: w.units[:20]}, store.ByCloses), "followup_open"},
			"open":                 {list(store.FollowupFilter{States: open}, store.ByCloses), "followup_open"},
			"overdue":              {list(store.FollowupFilter{States: open[1:]}, store.ByCloses), "followup_open"},
			"open by opening":      {list(store.FollowupFilter{States: open, Units: w.units[:1]}, store.ByOpens), "followup_open_unit"},
			"of a person":          {list(store.FollowupFilter{States: open, Assignee: some}, store.ByCloses), "followup_assignee|SEARCH a USING PRIMARY KEY"},
			"of a person, all":     {list(store.FollowupFilter{Assignee: some}, store.ByCloses), "followup_assignee|SEARCH a USING PRIMARY KEY"},
			"of a contact":         {list(store.FollowupFilter{Contact: some}, store.ByCloses), "followup_contact"},
			"of an asset":          {list(store.FollowupFilter{Asset: some}, store.ByCloses), "followup_asset"},
			"of an enrollment":     {list(store.FollowupFilter{Enrollment: some}, store.ByCloses), "followup_occurrence"},
			"of a case":            {list(store.FollowupFilter{Case: some}, store.ByCloses), "followup_case"},
			"of an event":          {list(store.FollowupFilter{Event: some}, store.ByCloses), ""},
			"drill-down":           {list(store.FollowupFilter{Month: 202603, Units: w.units[:1], Program: "p"}, store.ByCloses), "followup_month"},
			"month":                {list(store.FollowupFilter{Month: 202603}, store.ByCloses), "followup_month"},
			"unqualified in month": {list(store.FollowupFilter{Month: 202603, Satisfied: []huifang.Verdict{huifang.VerdictUnqualified}}, store.ByCloses), "followup_unhappy"},
			"to review":            {list(store.FollowupFilter{Review: []huifang.ReviewState{huifang.ReviewPending}}, store.ByCloses), "followup_review"},
			"everything":           {list(store.FollowupFilter{}, store.ByCloses), "followup_month"},
			"newest":               {list(store.FollowupFilter{}, store.ByCreated), ""},
			"by text":              {list(store.FollowupFilter{Text: "HF-2026-000001"}, store.ByCloses), ""},
			"late due":             {func(v *store.View) error { _, err := v.LateDue(ctx, org, now, 10); return err }, "followup_open"},
			"load":                 {func(v *store.View) error { _, err := v.OpenLoad(ctx, org, []huifang.ID{some}); return err }, "followup_assignee"},
			"statistics":           {func(v *store.View) error { _, err := v.Tallies(ctx, org, 202603, 202603, w.units); return err }, "rollup"},
			"wake":                 {func(v *store.View) error { _, err := v.DueEnrollments(ctx, org, now, 10); return err }, "enrollment_wake"},
			"whom to wake":         {func(v *store.View) error { _, err := v.DueOrganizations(ctx, now); return err }, "enrollment_wake"},
			"enrollments":          {func(v *store.View) error { _, err := v.ActiveEnrollments(ctx, org, some, some, nil); return err }, "enrollment_"},
			"enrollments by key": {func(v *store.View) error {
				_, err := v.EnrollmentsByKeys(ctx, org, "p", []huifang.ID{some, org})
				return err
			}, "enrollment_key"},
			"whose jobs": {func(v *store.View) error { _, err := v.JobOrganizations(ctx, now); return err }, "job_ready"},
			"next job":   {func(v *store.View) error { _, err := v.NextJob(ctx); return err }, "job_ready"},
			"jobs":       {func(v *store.View) error { _, err := v.Jobs(ctx, org, false, 10); return err }, "job_ready"},
			"contact's events": {func(v *store.View) error {
				_, err := v.Events(ctx, org, store.EventFilter{Contact: some}, store.Page{})
				return err
			}, "event_contact"},
			"asset's events": {func(v *store.View) error {
				_, err := v.Events(ctx, org, store.EventFilter{Asset: some}, store.Page{})
				return err
			}, "event_asset"},
			"events":           {func(v *store.View) error { _, err := v.Events(ctx, org, store.EventFilter{}, store.Page{}); return err }, ""},
			"contact by phone": {func(v *store.View) error { _, err := v.ContactsByPhone(ctx, org, "1"); return err }, `org_id=\? AND id=\?|Index Scan using contact_pkey`},
			"contact by name":  {func(v *store.View) error { _, err := v.ContactsByName(ctx, org, some, "x"); return err }, "contact_name"},
			"contacts sought": {func(v *store.View) error {
				_, err := v.SearchContacts(ctx, org, w.units, "wf", 10)
				return err
			}, "(?s)contact_name.*contact_initials.*contact_pinyin"},
			"last digits": {func(v *store.View) error {
				_, err := v.ContactsByLastDigits(ctx, org, w.units, "2628", 10)
				return err
			}, "contact_phone_tail"},
			"assets sought": {func(v *store.View) error {
				_, err := v.SearchAssets(ctx, org, w.units, "b1", 10)
				return err
			}, "(?s)asset_label.*asset_tail"},
			"session": {ignoreMissing(func(v *store.View) error { _, err := v.SessionByHash(ctx, "x"); return err }), "session_hash"},
			"survey":  {ignoreMissing(func(v *store.View) error { _, err := v.SurveyLinkByHash(ctx, "x"); return err }), "survey_link_hash"},
			"messages of a follow-up": {func(v *store.View) error {
				_, err := v.Messages(ctx, org, store.MessageFilter{Followup: some}, store.Page{})
				return err
			}, "message_followup"},
			"messages of a contact": {func(v *store.View) error {
				_, err := v.Messages(ctx, org, store.MessageFilter{Contact: some}, store.Page{})
				return err
			}, "message_contact"},
			"token": {ignoreMissing(func(v *store.View) error { _, err := v.TokenByHash(ctx, "x"); return err }), "token_hash"},
			"audit of a record": {func(v *store.View) error {
				_, err := v.AuditEntries(ctx, org, store.AuditFilter{Record: some}, store.Page{Desc: true})
				return err
			}, "audit_record"},
			"cases": {func(v *store.View) error {
				_, err := v.Cases(ctx, org, store.CaseFilter{}, store.Page{Desc: true})
				return err
			}, "case_opened"},
			"unread alerts": {func(v *store.View) error { _, err := v.UnreadAlerts(ctx, org, some); return err }, "alert_"},
		} {
			plans := strings.Join(store.Plans(t, s, c.run), "--\n")
			if fullPass.MatchString(plans) {
				t.Errorf("%s walks a table:\n%s", name, plans)
			}
			if !regexp.MustCompile(c.index).MatchString(plans) {
				t.Errorf("%s does not use %s:\n%s", name, c.index, plans)
			}
		}
	})
}

func ignoreMissing(fn func(v *store.View) error) func(v *store.View) error {
	return func(v *store.View) error {
		if err := fn(v); huifang.CodeOf(err) != huifang.CodeNotFound {
			return err
		}
		return nil
	}
}
