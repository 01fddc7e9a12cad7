package page

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// Fields of the page that are no answers; codes of items never begin so.
const (
	fieldShown = "_shown" // items that were on the page, separated by commas
	fieldName  = "_name"  // whoever answers signs with it
)

// show is what the link leads to.
func (p *pages) show(w http.ResponseWriter, r *http.Request) {
	s, err := p.App.Survey(r.Context(), r.PathValue("secret"), p.Address(r))
	if err != nil {
		p.failed(w, r, err)
		return
	}
	p.render(w, r, statusOf(s.State), newView(s, nil))
}

func statusOf(s app.SurveyState) int {
	switch s {
	case app.SurveyExpired, app.SurveyClosed:
		return http.StatusGone
	case app.SurveyOpen, app.SurveyEarly, app.SurveyAnswered:
	}
	return http.StatusOK
}

// answer takes what was filled in. Where an answer brought up questions that
// were not on the page, it comes back with them and everything filled in so
// far; where something is wrong, with the fault beside the item.
func (p *pages) answer(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		p.render(w, r, http.StatusRequestEntityTooLarge, &view{State: stateFailed})
		return
	}
	secret, fields := r.PathValue("secret"), map[string][]string(r.PostForm)
	s, err := p.App.Survey(r.Context(), secret, p.Address(r))
	if err != nil {
		p.failed(w, r, err)
		return
	}
	if s.State != app.SurveyOpen {
		p.render(w, r, statusOf(s.State), newView(s, nil))
		return
	}
	v := newView(s, fields)
	if v.fresh(strings.Split(r.PostForm.Get(fieldShown), ",")) {
		p.render(w, r, http.StatusOK, v)
		return
	}
	err = p.App.AnswerSurvey(r.Context(), secret, p.Address(r), app.SurveyAnswer{Fields: fields, Name: r.PostForm.Get(fieldName)})
	var e *huifang.Error
	switch {
	case err == nil:
		http.Redirect(w, r, r.URL.RequestURI(), http.StatusSeeOther) //nolint:gosec // the address that was asked for
	case errors.As(err, &e) && e.Code == huifang.CodeInvalid:
		v.faults(e)
		p.render(w, r, http.StatusUnprocessableEntity, v)
	case huifang.CodeOf(err) == huifang.CodeConflict: // somebody else was first
		p.show(w, r)
	default:
		p.failed(w, r, err)
	}
}

// askStop asks whether the customer means not to be contacted any more: a link
// alone changes nothing, programs that look into messages follow them too.
func (p *pages) askStop(w http.ResponseWriter, r *http.Request) {
	s, err := p.App.Survey(r.Context(), r.PathValue("secret"), p.Address(r))
	if err != nil {
		p.failed(w, r, err)
		return
	}
	v := newView(s, nil)
	v.State = stateStop
	if s.OptedOut {
		v.State = stateStopped
	}
	p.render(w, r, http.StatusOK, v)
}

// stop notes that the customer wishes to be left alone.
func (p *pages) stop(w http.ResponseWriter, r *http.Request) {
	if err := p.App.OptOut(r.Context(), r.PathValue("secret"), p.Address(r)); err != nil {
		p.failed(w, r, err)
		return
	}
	http.Redirect(w, r, r.URL.RequestURI(), http.StatusSeeOther) //nolint:gosec // the address that was asked for
}

// fresh marks the questions that were not on the page before, and tells whether
// there are any.
func (v *view) fresh(shown []string) bool {
	more := false
	for i := range v.Items {
		it := &v.Items[i]
		if it.Kind != "section" && !slices.Contains(shown, it.Code) {
			it.Fresh, more = true, true
		}
	}
	v.More = more
	return more
}

// address is the page's own, in a language.
func (v *view) address(path string, l huifang.Lang) string {
	return Prefix + url.PathEscape(v.secret) + path + "?lang=" + string(l)
}
