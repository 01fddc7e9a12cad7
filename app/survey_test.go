package app

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func (w *world) survey(id huifang.ID) NewSurveyLink {
	w.t.Helper()
	return must[NewSurveyLink](w.t)(w.MakeSurveyLink(w.t.(*testing.T).Context(), w.as("east_steward"), id))
}

// happy is what a satisfied customer's browser sends.
func happy() SurveyAnswer {
	return SurveyAnswer{Fields: map[string][]string{"solved": {"solved"}, "response.speed": {"good"}, "satisfaction": {"very_satisfied"}}, Name: " 王芳 "}
}

func TestSurvey(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		f := w.plan(complaint("1", "电梯异响"))
		first, second := w.survey(f.ID), w.survey(f.ID)
		if first.Secret == second.Secret || !strings.HasPrefix(first.Secret, "hfq_") || len(first.Secret) < 40 {
			t.Errorf("secrets %s %s", first.Secret, second.Secret)
		}
		for _, l := range must[[]*huifang.SurveyLink](t)(w.SurveyLinks(ctx, w.as("east_steward"), f.ID)) {
			if strings.Contains(l.Hash, first.Secret[4:]) || l.By != w.as("east_steward").Staff || !l.Expires.Equal(w.now().Add(7*24*time.Hour)) {
				t.Errorf("%+v", l)
			}
		}
		got := must[*Survey](t)(w.Survey(ctx, first.Secret, "1.2.3.4"))
		if got.State != SurveyOpen || got.Organization.ZH != "青禾物业" || got.Matter != "电梯异响" || got.Unit != "east" || got.Until != day("2026-03-09") {
			t.Errorf("%+v", got)
		}
		codes := func(fields map[string][]string) (out []string) {
			for _, it := range got.Items(fields) {
				out = append(out, it.Code)
			}
			return out
		}
		if all := codes(nil); slices.Contains(all, "cause") || slices.Contains(all, "photos") || slices.Contains(all, "staff_signature") || slices.Contains(all, "signing") || slices.Contains(all, "qualified") {
			t.Errorf("asked %v", all)
		}
		if all := codes(map[string][]string{"satisfaction": {"dissatisfied"}}); !slices.Contains(all, "cause") {
			t.Errorf("asked %v", all)
		}

		// Wrong answers are located and change nothing.
		err := w.AnswerSurvey(ctx, first.Secret, "1.2.3.4", SurveyAnswer{Fields: map[string][]string{"solved": {"maybe"}}})
		wantReason(t, err, "form.invalid")
		var fields []string
		for _, one := range asError(err).Details {
			fields = append(fields, one.At.Field)
		}
		if !slices.Equal(fields, []string{"solved", "satisfaction"}) || w.followup(f.ID).State != huifang.StatePlanned {
			t.Errorf("faults %v", fields)
		}

		// Two answers at once: one counts.
		var group sync.WaitGroup
		errs := make([]error, 2)
		for i, secret := range []string{first.Secret, second.Secret} {
			group.Go(func() { errs[i] = w.AnswerSurvey(ctx, secret, "1.2.3.4", happy()) })
		}
		group.Wait()
		if (errs[0] == nil) == (errs[1] == nil) || huifang.CodeOf(errs[0])+huifang.CodeOf(errs[1]) != huifang.CodeConflict {
			t.Fatalf("%v, %v", errs[0], errs[1])
		}
		used, other := first.Secret, second.Secret
		if errs[0] != nil {
			used, other = other, used
		}
		for secret, want := range map[string]SurveyState{used: SurveyAnswered, other: SurveyClosed} {
			if got := must[*Survey](t)(w.Survey(ctx, secret, "1.2.3.4")); got.State != want {
				t.Errorf("%s, want %s", got.State, want)
			}
		}
		wantReason(t, w.AnswerSurvey(ctx, used, "1.2.3.4", happy()), "survey.answered")
		detail := must[*FollowupDetail](t)(w.Followup(ctx, w.as("east_steward"), f.ID))
		if r := detail.Records; len(r) != 1 || r[0].Channel != huifang.ChannelSurvey || r[0].Satisfied != huifang.VerdictSatisfied || r[0].Staff != "" ||
			len(r[0].Signatures) != 1 || r[0].Signatures[0].Name != "王芳" || r[0].Signatures[0].By != "customer" || detail.Followup.State != huifang.StateCompleted {
			t.Errorf("%+v", detail.Records)
		}
		var actions []string
		for _, e := range must[Paged[*huifang.AuditEntry]](t)(w.AuditEntries(ctx, w.sys, AuditFilter{Record: f.ID}, Page{})).Items {
			actions = append(actions, e.Action)
		}
		if !slices.Equal(actions, []string{"followup.completed", "followup.survey_link", "followup.survey_link"}) {
			t.Errorf("audited %v", actions)
		}
		_, err = w.MakeSurveyLink(ctx, w.as("east_steward"), f.ID)
		wantReason(t, err, "followup.already_completed")
	})
}

// A customer's dissatisfaction has the same consequences as one told by phone.
func TestSurveyOpensACase(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.SQLite(t), "property")
	f := w.plan(complaint("1", "电梯异响"))
	answer := SurveyAnswer{Fields: map[string][]string{"satisfaction": {"dissatisfied"}, "cause": {"slow", "again"}}}
	if err := w.AnswerSurvey(t.Context(), w.survey(f.ID).Secret, "::1", answer); err != nil {
		t.Fatal(err)
	}
	if c := w.followup(f.ID).Case; c == "" || w.kase(c).Owner != w.as("east_head").Staff {
		t.Errorf("case %q", c)
	}
}

func TestSurveyEnds(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		f := w.plan(complaint("1", "电梯异响"))
		open := func(secret string, want SurveyState) {
			t.Helper()
			if got := must[*Survey](t)(w.Survey(ctx, secret, "a")); got.State != want {
				t.Errorf("%s, want %s", got.State, want)
			}
		}
		revoked := w.survey(f.ID).Secret
		if err := w.RevokeSurveyLinks(ctx, w.as("east_steward"), f.ID); err != nil {
			t.Fatal(err)
		}
		open(revoked, SurveyClosed)
		wantReason(t, w.AnswerSurvey(ctx, revoked, "a", happy()), "survey.closed")
		wantReason(t, w.OptOut(ctx, revoked, "a"), "survey.closed")

		o := must[*huifang.Organization](t)(w.Organization(ctx, w.sys))
		o.Settings.SurveyDays, o.Settings.Address = 2, "https://hf.example.com/"
		if err := w.UpdateOrganization(ctx, w.sys, o); err != nil || o.Settings.Address != "https://hf.example.com" {
			t.Fatal(o.Settings.Address, err)
		}
		link := w.survey(f.ID)
		open(link.Secret, SurveyOpen)
		w.setClock(w.clock().Add(48 * time.Hour))
		open(link.Secret, SurveyExpired)
		wantReason(t, w.AnswerSurvey(ctx, link.Secret, "a", happy()), "survey.expired")

		// Whoever is late may still ask to be left alone.
		for range 2 {
			if err := w.OptOut(ctx, link.Secret, "a"); err != nil {
				t.Fatal(err)
			}
		}
		if c := must[*huifang.Contact](t)(w.reads().Contact(ctx, w.org.ID, f.Contact)); !c.DoNotContact || w.followup(f.ID).State != huifang.StateWaived {
			t.Errorf("%+v", c)
		}
		if got := must[*Survey](t)(w.Survey(ctx, link.Secret, "a")); !got.OptedOut || got.State != SurveyClosed {
			t.Errorf("%+v", got)
		}
	})
}

func TestSurveyGuesses(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.SQLite(t), "property")
	ctx := t.Context()
	f := w.plan(complaint("1", "电梯异响"))
	good := w.survey(f.ID).Secret
	for n := range surveyGuess {
		_, err := w.Survey(ctx, good[:len(good)-2]+string(rune('a'+n%26)), "1.1.1.1")
		wantReason(t, err, "survey.unknown")
	}
	_, err := w.Survey(ctx, good, "1.1.1.1")
	wantReason(t, err, "survey.too_many")
	if _, err := w.Survey(ctx, good, "2.2.2.2"); err != nil {
		t.Error(err)
	}
	for range surveySends {
		wantReason(t, w.AnswerSurvey(ctx, good, "2.2.2.2", SurveyAnswer{}), "form.invalid")
	}
	wantReason(t, w.AnswerSurvey(ctx, good, "3.3.3.3", happy()), "survey.too_many")
	w.setClock(w.clock().Add(failureWindow))
	if err := w.AnswerSurvey(ctx, good, "1.1.1.1", happy()); err != nil {
		t.Error(err)
	}
}

func TestSurveySettings(t *testing.T) {
	t.Parallel()
	for address, good := range map[string]bool{
		"": true, "https://hf.example.com": true, "http://10.0.0.5:8080": true, "https://example.com/hf/": true,
		"hf.example.com": false, "ftp://example.com": false, "https://a:b@example.com": false, "https://example.com?x=1": false, "javascript:alert(1)": false,
	} {
		if err := checkSettings(&huifang.Settings{Address: address}); (err == nil) != good {
			t.Errorf("%q: %v", address, err)
		}
	}
	wantReason(t, checkSettings(&huifang.Settings{SurveyDays: 366}), "settings.survey_days")
}

func wantReason(t testing.TB, err error, reason string) {
	t.Helper()
	if huifang.ReasonOf(err) != reason {
		t.Errorf("got %v (%s), want %s", err, huifang.ReasonOf(err), reason)
	}
}
