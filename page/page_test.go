package page_test

import (
	"crypto/rand"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
	"github.com/huifang/huifang/page"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func newID() huifang.ID {
	var entropy [10]byte
	_, _ = rand.Read(entropy[:])
	return huifang.NewID(time.Now(), entropy)
}

// desk is an estate with one complaint to follow up, the public pages over it,
// and a link to them.
type desk struct {
	*app.App
	t        *testing.T
	org      huifang.ID
	followup huifang.ID
	path     string
	pages    http.Handler
}

func newDesk(t *testing.T, s *store.Store) *desk {
	t.Helper()
	d := &desk{App: app.New(app.Config{Store: s, Now: time.Now, NewID: newID}), t: t}
	o, err := d.CreateOrganization(t.Context(), app.NewOrganization{Code: "qinghe", Name: huifang.Text{ZH: "青禾<物业>", EN: "Qinghe"}, Packs: []string{"property"}})
	if err != nil {
		t.Fatal(err)
	}
	sys := app.SystemActor(o.ID)
	if _, err := d.CreateUnit(t.Context(), sys, app.UnitEdit{Code: "ya", Name: "雅园"}); err != nil {
		t.Fatal(err)
	}
	got, err := d.Ingest(t.Context(), sys, []app.EventInput{{
		Key: "1", Type: "complaint.resolved", At: time.Now().Add(-time.Hour), Unit: "ya", Contact: app.ContactInput{Code: "H1", Name: "王芳", Phones: []string{"13812342628"}},
		Attributes: huifang.Attributes{"matter": "电梯异响"},
	}}, app.IngestOptions{})
	if err != nil || len(got[0].Followups) != 1 {
		t.Fatal(got, err)
	}
	d.org, d.followup = o.ID, got[0].Followups[0]
	link, err := d.MakeSurveyLink(t.Context(), sys, d.followup)
	if err != nil {
		t.Fatal(err)
	}
	d.path = page.Prefix + link.Secret
	d.pages = page.New(page.Config{App: d.App, Address: func(r *http.Request) string { return r.RemoteAddr }})
	return d
}

// get asks for a page in the language of the browser.
func (d *desk) get(path, language string, status int) string {
	d.t.Helper()
	r := httptest.NewRequestWithContext(d.t.Context(), http.MethodGet, path, nil)
	r.Header.Set("Accept-Language", language)
	return d.serve(r, status)
}

// post sends a form.
func (d *desk) post(path string, fields url.Values, status int) string {
	d.t.Helper()
	r := httptest.NewRequestWithContext(d.t.Context(), http.MethodPost, path, strings.NewReader(fields.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return d.serve(r, status)
}

func (d *desk) serve(r *http.Request, status int) string {
	d.t.Helper()
	w := httptest.NewRecorder()
	d.pages.ServeHTTP(w, r)
	if w.Code != status {
		d.t.Fatalf("%s %s: %d, want %d\n%s", r.Method, r.URL, w.Code, status, w.Body)
	}
	if status == http.StatusSeeOther {
		return w.Header().Get("Location")
	}
	for name, part := range map[string]string{"Content-Security-Policy": "default-src 'none'", "Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Content-Type": "text/html"} {
		if !strings.Contains(w.Header().Get(name), part) {
			d.t.Errorf("%s: %q", name, w.Header().Get(name))
		}
	}
	if strings.Contains(w.Body.String(), "王芳") || strings.Contains(w.Body.String(), "13812342628") || strings.Contains(w.Body.String(), "<script") {
		d.t.Errorf("the page tells too much:\n%s", w.Body)
	}
	return w.Body.String()
}

var (
	input  = regexp.MustCompile(`<input[^>]*>`)
	attr   = regexp.MustCompile(` (name|value)="([^"]*)"`)
	area   = regexp.MustCompile(`<textarea[^>]* name="([^"]*)"[^>]*>([^<]*)</textarea>`)
	hidden = regexp.MustCompile(`name="_shown" value="([^"]*)"`)
)

// kept are the fields a page shows filled in, and what it says it showed.
func kept(body string) url.Values {
	out := url.Values{}
	for _, tag := range input.FindAllString(body, -1) {
		named := map[string]string{}
		for _, m := range attr.FindAllStringSubmatch(tag, -1) {
			named[m[1]] = html.UnescapeString(m[2])
		}
		if strings.Contains(tag, `type="radio"`) || strings.Contains(tag, `type="checkbox"`) {
			if !strings.Contains(tag, " checked") {
				continue
			}
		}
		if named["value"] != "" {
			out.Add(named["name"], named["value"])
		}
	}
	for _, m := range area.FindAllStringSubmatch(body, -1) {
		out.Set(m[1], html.UnescapeString(m[2]))
	}
	return out
}

func has(t *testing.T, body string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(body, part) {
			t.Errorf("no %q in\n%s", part, body)
		}
	}
}

// TestSurveyPage: a customer answers on a phone, in rounds, without a script.
func TestSurveyPage(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		body := d.get(d.path, "zh-CN,zh;q=0.9", http.StatusOK)
		has(t, body, `lang="zh-CN"`, "青禾&lt;物业&gt;", "电梯异响", "雅园", "总体满意程度", "必填", `value="very_satisfied"`)
		if strings.Contains(body, `name="cause"`) {
			t.Error("asked what only the dissatisfied are asked")
		}
		english := d.get(d.path, "en-GB", http.StatusOK)
		has(t, english, `<html lang="en">`, "Qinghe", "Overall satisfaction", "?lang=zh")
		has(t, d.get(d.path+"?lang=zh", "en", http.StatusOK), "总体满意程度")

		// The first round brings up a question, and keeps what was filled in.
		fields := kept(body)
		fields.Set("satisfaction", "dissatisfied")
		fields.Set("response.speed", "poor")
		fields.Set("suggestions", `快<一>点"`)
		body = d.post(d.path, fields, http.StatusOK)
		has(t, body, `name="cause"`, "item fresh", "快&lt;一&gt;点", "谢谢")
		again := kept(body)
		if again.Get("satisfaction") != "dissatisfied" || again.Get("response.speed") != "poor" || !slices.Contains(strings.Split(again.Get("_shown"), ","), "cause") {
			t.Errorf("kept %v", again)
		}

		// Faults stand beside what they are about.
		wrong := kept(body)
		wrong.Set("solved", "nonsense")
		wrong.Del("satisfaction")
		wrong.Set("_shown", hidden.FindStringSubmatch(body)[1])
		body = d.post(d.path, wrong, http.StatusUnprocessableEntity)
		has(t, body, `role="alert"`, `href="#i-satisfaction"`, `id="i-satisfaction"`, `id="f-satisfaction"`, "必须填写", `id="f-solved"`)

		good := again
		good.Set("cause", "slow")
		good.Set("_name", "王女士")
		if to := d.post(d.path+"?lang=en", good, http.StatusSeeOther); to != d.path+"?lang=en" {
			t.Errorf("sent to %s", to)
		}
		has(t, d.get(d.path, "zh", http.StatusOK), "谢谢您的回答")
		has(t, d.get(d.path, "en", http.StatusOK), "Thank you for your answers")
		has(t, d.post(d.path, good, http.StatusOK), "谢谢您的回答")
		f, err := d.Followup(t.Context(), app.SystemActor(d.org), d.followup)
		if err != nil || len(f.Records) != 1 || f.Records[0].Satisfied != huifang.VerdictDissatisfied || f.Records[0].Answers["suggestions"] != `快<一>点"` ||
			f.Followup.Case == "" || f.Records[0].Signatures[0].Name != "王女士" {
			t.Errorf("%+v %v", f, err)
		}
	})
}

func TestOptOutPage(t *testing.T) {
	t.Parallel()
	d := newDesk(t, storetest.SQLite(t))
	stop := d.path + "/stop"
	has(t, d.get(d.path, "zh", http.StatusOK), `href="`+html.EscapeString(stop+"?lang=zh"))
	has(t, d.get(stop, "zh", http.StatusOK), "不再联系我", `method="post"`)
	has(t, d.get(stop, "en", http.StatusOK), "Leave me alone")
	if f, err := d.Followup(t.Context(), app.SystemActor(d.org), d.followup); err != nil || f.Followup.State != huifang.StatePlanned {
		t.Fatalf("looking changed something: %v", err)
	}
	d.post(stop, nil, http.StatusSeeOther)
	has(t, d.get(stop, "zh", http.StatusOK), "已为您登记")
	has(t, d.get(d.path, "en", http.StatusGone), "This follow-up is over")
	if f, err := d.Followup(t.Context(), app.SystemActor(d.org), d.followup); err != nil || f.Followup.State != huifang.StateWaived {
		t.Errorf("%v", err)
	}
}

func TestOtherPages(t *testing.T) {
	t.Parallel()
	d := newDesk(t, storetest.SQLite(t))
	has(t, d.get(page.Prefix+"hfq_unknown", "zh", http.StatusNotFound), "链接无效")
	has(t, d.get(page.Prefix, "en", http.StatusNotFound), "not valid")
	has(t, d.get(page.Prefix+"hfq_unknown/stop", "en", http.StatusNotFound), "not valid")
	has(t, d.post(page.Prefix+"hfq_unknown", url.Values{"x": {"y"}}, http.StatusNotFound), "链接无效")
	has(t, d.post(d.path, url.Values{"suggestions": {strings.Repeat("长", 200<<10)}}, http.StatusRequestEntityTooLarge), "暂时无法打开")
	for range 40 {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, page.Prefix+"hfq_unknown", nil)
		d.pages.ServeHTTP(httptest.NewRecorder(), r)
	}
	has(t, d.get(d.path, "zh", http.StatusTooManyRequests), "请稍后再试", "分钟")
}
