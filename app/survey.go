package app

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
	"github.com/huifang/huifang/store"
)

const (
	surveyPrefix = "hfq_"
	surveyGuess  = 30                 // unknown links from one address within fifteen minutes
	surveySends  = 40                 // answers sent by one link within fifteen minutes
	surveyLeast  = 7 * 24 * time.Hour // a link works at least so long, unless the organization says otherwise
	mostSurvey   = 365                // days an organization may say
)

// SurveyState is what a survey link leads to.
type SurveyState string

// The states of a survey.
const (
	SurveyOpen     SurveyState = "open"
	SurveyEarly    SurveyState = "early"    // the window opens later
	SurveyAnswered SurveyState = "answered" // by this link
	SurveyClosed   SurveyState = "closed"   // the follow-up ended otherwise, or the link was revoked
	SurveyExpired  SurveyState = "expired"
)

// Survey is a follow-up as its contact sees it: it tells nothing of the contact,
// whoever holds the link.
type Survey struct {
	State        SurveyState
	Organization huifang.Text
	Unit         string
	Program      huifang.Text
	Matter       string
	Opens        huifang.Date
	Until        huifang.Date // last day on which the link works
	OptedOut     bool         // the contact asked to be left alone

	link *huifang.SurveyLink
	form *form.Definition
	at   *huifang.Followup
}

// NewSurveyLink is a link as it is made; its secret is never told again.
type NewSurveyLink struct {
	Link   *huifang.SurveyLink
	Secret string
}

// MakeSurveyLink makes a link by which the contact answers an open follow-up
// without logging in. Every call makes another link; all work until one of them
// is answered. It works for the days of the organization's settings, else until
// the window closes, at least a week. Work permission on the follow-up. A form
// that only staff can fill in is survey.form.
func (a *App) MakeSurveyLink(ctx context.Context, actor *huifang.Actor, followup huifang.ID) (out NewSurveyLink, err error) {
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return out, err
	}
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		f, err := loadOpen(ctx, tx, actor, followup, 0, huifang.CanWorkFollowup)
		if err != nil {
			return err
		}
		out, err = a.linkTo(ctx, tx, d, actor, f)
		return err
	})
	return out, err
}

// linkTo makes a link to an open follow-up in the caller's transaction.
func (a *App) linkTo(ctx context.Context, tx *store.Tx, d *directory, actor *huifang.Actor, f *huifang.Followup) (out NewSurveyLink, err error) {
	def, err := a.formOf(ctx, d, f.Form, f.FormVer)
	if err != nil {
		return out, err
	}
	if !answerable(def) {
		return out, huifang.Fail(huifang.CodeConflict, "survey.form", huifang.Text{
			ZH: "该回访的表单须由员工填写，不能发给客户", EN: "this follow-up's form is for staff to fill in; it cannot be sent to the contact",
		})
	}
	secret, hash := newSecret(surveyPrefix)
	link := &huifang.SurveyLink{Org: f.Org, ID: a.newID(), Hash: hash, Followup: f.ID, Created: a.now(), By: actor.Staff, Expires: a.surveyEnds(d, f)}
	if err := tx.InsertSurveyLink(ctx, link); err != nil {
		return out, err
	}
	return NewSurveyLink{Link: link, Secret: secret}, a.audit(ctx, tx, actor, "followup.survey_link", "followup", f.ID, map[string]any{"link": link.ID, "expires": link.Expires})
}

// surveyEnds is when a link made now stops working.
func (a *App) surveyEnds(d *directory, f *huifang.Followup) time.Time {
	now := a.now()
	if days := d.org.Settings.SurveyDays; days > 0 {
		return now.AddDate(0, 0, days)
	}
	if least := now.Add(surveyLeast); f.ClosesAt.Before(least) {
		return least
	}
	return f.ClosesAt
}

// SurveyLinks lists the links that were made to a follow-up, for its readers.
func (a *App) SurveyLinks(ctx context.Context, actor *huifang.Actor, followup huifang.ID) ([]*huifang.SurveyLink, error) {
	f, err := a.reads().Followup(ctx, actor.Org, followup)
	if err != nil {
		return nil, err
	}
	if err := huifang.CanReadFollowup(actor, f); err != nil {
		return nil, err
	}
	return a.reads().SurveyLinks(ctx, actor.Org, followup)
}

// RevokeSurveyLinks ends every link to a follow-up that was not answered. Work
// permission on the follow-up.
func (a *App) RevokeSurveyLinks(ctx context.Context, actor *huifang.Actor, followup huifang.ID) error {
	return a.store.Write(ctx, func(tx *store.Tx) error {
		f, err := tx.Followup(ctx, actor.Org, followup)
		if err != nil {
			return err
		}
		if err := huifang.CanWorkFollowup(actor, f); err != nil {
			return err
		}
		if err := tx.RevokeSurveyLinks(ctx, f.Org, f.ID, a.now()); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, "followup.survey_revoked", "followup", f.ID, nil)
	})
}

// Survey is what a link leads to. It asks nobody to log in: the secret is the
// permission. An unknown one is survey.unknown; too many of them from one
// address are CodeTooMany.
func (a *App) Survey(ctx context.Context, secret, address string) (*Survey, error) {
	now, key := a.now(), "survey\x00"+address
	if wait := a.logins.failures.wait(key, surveyGuess, now); wait > 0 {
		return nil, tooManySurveys(wait)
	}
	link, err := a.reads().SurveyLinkByHash(ctx, hashSecret(secret))
	if huifang.CodeOf(err) == huifang.CodeNotFound || !strings.HasPrefix(secret, surveyPrefix) {
		a.logins.failures.failed(now, key)
		return nil, huifang.Fail(huifang.CodeNotFound, "survey.unknown", huifang.Text{ZH: "链接无效，请核对是否完整", EN: "this link is not valid; check that it is complete"})
	}
	if err != nil {
		return nil, err
	}
	return a.surveyOf(ctx, link)
}

// surveyOf gathers what the page of a link shows.
func (a *App) surveyOf(ctx context.Context, link *huifang.SurveyLink) (*Survey, error) {
	d, err := a.directory(ctx, link.Org)
	if err != nil {
		return nil, err
	}
	f, err := a.reads().Followup(ctx, link.Org, link.Followup)
	if err != nil {
		return nil, err
	}
	out := &Survey{
		Organization: d.org.Name, Unit: d.unitName(f.Unit), Matter: f.Matter, Opens: f.Window.Opens.Date, link: link, at: f,
		Until: huifang.DateOf(link.Expires.Add(-time.Millisecond), d.zoneOf(f.Unit)), State: surveyState(link, f, a.now()),
	}
	out.Program, _ = d.programNames(f)
	if f.Contact != "" {
		c, err := a.reads().Contact(ctx, f.Org, f.Contact)
		if err != nil {
			return nil, err
		}
		out.OptedOut = c.DoNotContact
	}
	out.form, err = a.formOf(ctx, d, f.Form, f.FormVer)
	return out, err
}

func surveyState(link *huifang.SurveyLink, f *huifang.Followup, now time.Time) SurveyState {
	switch {
	case !link.Used.IsZero():
		return SurveyAnswered
	case !link.Revoked.IsZero(), f.State.Done():
		return SurveyClosed
	case !link.Expires.After(now):
		return SurveyExpired
	case f.OpensAt.After(now):
		return SurveyEarly
	}
	return SurveyOpen
}

// SurveyAnswer is what a contact sends: the fields of the page as they came, and
// the name they sign with, which may be empty.
type SurveyAnswer struct {
	Fields map[string][]string
	Name   string
}

// AnswerSurvey completes a follow-up with its contact's own answers, by the same
// rules as Complete, and uses the link up. Faults of answers are form.invalid,
// each located by its item; a survey that is not open is survey.STATE.
func (a *App) AnswerSurvey(ctx context.Context, secret, address string, in SurveyAnswer) error {
	s, err := a.Survey(ctx, secret, address)
	if err != nil {
		return err
	}
	if s.State != SurveyOpen {
		return huifang.Fail(huifang.CodeConflict, "survey."+string(s.State), huifang.Text{ZH: "该问卷现在不能填写", EN: "the survey cannot be answered now"})
	}
	now, key := a.now(), "answer\x00"+string(s.link.ID)
	if wait := a.logins.failures.wait(key, surveySends, now); wait > 0 {
		return tooManySurveys(wait)
	}
	a.logins.failures.failed(now, key)
	done := CompleteInput{Channel: huifang.ChannelSurvey, Answers: s.answers(in.Fields), also: func(ctx context.Context, tx *store.Tx) error {
		return tx.UseSurveyLink(ctx, s.link.Org, s.link.ID, a.now())
	}}
	if name := strings.TrimSpace(in.Name); name != "" {
		done.Signatures = []huifang.Signature{{By: "customer", Name: cut(name, longestSigned)}}
	}
	_, err = a.Complete(ctx, system(s.link.Org), s.link.Followup, done)
	return err
}

// longestSigned is how many characters of a typed name are kept.
const longestSigned = 100

// cut is at most n characters of a text.
func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// OptOut notes that the contact of a link wishes to be left alone, see
// SetDoNotContact. It works with any link of theirs, also one that was answered
// or has expired; with a revoked one it is survey.closed.
func (a *App) OptOut(ctx context.Context, secret, address string) error {
	s, err := a.Survey(ctx, secret, address)
	if err != nil || s.OptedOut {
		return err
	}
	if !s.link.Revoked.IsZero() || s.at.Contact == "" {
		return huifang.Fail(huifang.CodeConflict, "survey.closed", huifang.Text{ZH: "该链接已停用，请直接联系我们", EN: "this link was withdrawn; please contact us directly"})
	}
	_, _, err = a.SetDoNotContact(ctx, system(s.link.Org), s.at.Contact, 0, true, "客户通过问卷链接要求不再联系")
	return err
}

// tooManySurveys slows down whoever tries links or answers one after the other.
func tooManySurveys(wait time.Duration) error {
	minutes := cmp.Or(int((wait+time.Minute-1)/time.Minute), 1)
	return huifang.Fail(huifang.CodeTooMany, "survey.too_many", huifang.Textf(
		"操作过于频繁，请 %d 分钟后再试", "too many requests; try again in %d minutes", minutes))
}
