package api_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/api"
)

func picture(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const strokes = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0L9 9" stroke="#000" fill="none"/></svg>`

// A signature is uploaded to the follow-up, named when it is completed, and
// read by those who may read the follow-up.
func TestFiles(t *testing.T) {
	w := estate(t)
	id := w.event("qinghe", api.EventIn{Key: "C1", Type: "complaint.resolved", Department: "工程部"}).Followups[0]
	w.ids["west"] = w.call("qinghe", http.MethodPost, "/api/v1/units", api.UnitChange{Parent: w.ids["qinghe.hq"], Code: "west", Name: "西园"}).is(http.StatusCreated).id()
	w.staff("stranger", "外人", "west", "supervisor")
	to := map[string]string{"followup": string(id), "purpose": "signature"}
	var signed, again, photo api.File
	w.upload("steward", "/api/v1/files", "sign.svg", strokes, to).is(http.StatusCreated).into(&signed)
	w.upload("steward", "/api/v1/files", "sign2.svg", strokes, to).is(http.StatusCreated).into(&again)
	if signed.Media != "image/svg+xml" || signed.Hash != again.Hash || signed.Staff != w.ids["steward"] {
		t.Fatalf("%+v %+v", signed, again)
	}
	w.upload("steward", "/api/v1/files", "../../a.png", picture(t), map[string]string{"followup": string(id), "purpose": "photo"}).is(http.StatusCreated).into(&photo)
	if photo.Media != "image/png" || photo.Name != "a.png" {
		t.Errorf("photo %+v", photo)
	}
	for name, c := range map[string]struct{ content, purpose, reason string }{
		"a page":       {"<html><script>alert(1)</script></html>", "photo", "file.type"},
		"a script":     {strings.Replace(strokes, "<path", "<script>alert(1)</script><path", 1), "signature", "file.type"},
		"a handler":    {strings.Replace(strokes, "<path", `<path onclick="alert(1)"`, 1), "signature", "file.type"},
		"a link":       {strings.Replace(strokes, `fill="none"`, `fill="url(https://x)"`, 1), "signature", "file.type"},
		"an entity":    {`<!DOCTYPE svg [<!ENTITY a "b">]>` + strokes, "signature", "file.type"},
		"a program":    {"MZ\x90\x00\x03", "document", "file.type"},
		"nothing":      {"", "document", "file.empty"},
		"an unknown":   {"text", "music", "file.type"},
		"text a photo": {"text", "photo", "file.type"},
	} {
		if r := w.upload("steward", "/api/v1/files", "x", c.content, map[string]string{"followup": string(id), "purpose": c.purpose}); r.StatusCode != http.StatusUnprocessableEntity || !bytes.Contains(r.body, []byte(c.reason)) {
			t.Errorf("%s: %d %s", name, r.StatusCode, r.body)
		}
	}
	w.upload("steward", "/api/v1/files", "x.png", picture(t), nil).problem(http.StatusUnprocessableEntity, "file.attach")
	w.upload("stranger", "/api/v1/files", "x.png", picture(t), to).problem(http.StatusForbidden, "followup.not_yours")
	w.upload("steward", "/api/v1/files", "x.svg", strings.Repeat("x", 600<<10), to).problem(http.StatusRequestEntityTooLarge, "file.too_large")

	done := map[string]any{"channel": "visit", "answers": map[string]any{"satisfaction": "satisfied"}, "signatures": []api.Signature{{By: "customer", Name: "王芳", Image: strings.Repeat("ab", 32)}}}
	w.call("steward", http.MethodPost, "/api/v1/followups/"+string(id)+"/complete", done).problem(http.StatusUnprocessableEntity, "file.unknown")
	done["signatures"] = []api.Signature{{By: "customer", Name: "王芳", Image: signed.Hash}}
	w.call("steward", http.MethodPost, "/api/v1/followups/"+string(id)+"/complete", done).is(http.StatusOK)

	r := w.call("supervisor", http.MethodGet, "/api/v1/files/"+signed.Hash, nil).is(http.StatusOK)
	if string(r.body) != strokes || r.Header.Get("Content-Type") != "image/svg+xml" || !strings.Contains(r.Header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("%s %s", r.Header, r.body)
	}
	w.call("stranger", http.MethodGet, "/api/v1/files/"+signed.Hash, nil).problem(http.StatusNotFound, "not_found")
	var files api.List[api.File]
	w.call("supervisor", http.MethodGet, "/api/v1/followups/"+string(id)+"/files", nil).is(http.StatusOK).into(&files)
	if len(files.Items) != 2 {
		t.Errorf("%d files", len(files.Items))
	}
}

// Saved views and preferences belong to one member of staff, within limits.
func TestPreferences(t *testing.T) {
	w := estate(t)
	put := func(who, page, name string, value any) *reply {
		return w.call(who, http.MethodPut, "/api/v1/preferences", map[string]any{"page": page, "name": name, "value": value})
	}
	put("steward", "today", "我的逾期", map[string]any{"group": "overdue"}).is(http.StatusOK)
	put("steward", "today", "我的逾期", map[string]any{"group": "today"}).is(http.StatusOK)
	put("steward", "", "theme", "dark").is(http.StatusOK)
	list := func(who, query string) []api.Preference {
		var l api.List[api.Preference]
		w.call(who, http.MethodGet, "/api/v1/preferences"+query, nil).is(http.StatusOK).into(&l)
		return l.Items
	}
	if all := list("steward", ""); len(all) != 2 || all[0].Name != "theme" || string(all[1].Value) != `{"group":"today"}` {
		t.Errorf("%+v", all)
	}
	if views := list("steward", "?page=today"); len(views) != 1 || views[0].Name != "我的逾期" {
		t.Errorf("%+v", views)
	}
	if others := list("supervisor", ""); len(others) != 0 {
		t.Errorf("somebody else's: %+v", others)
	}
	put("steward", "", "big", strings.Repeat("x", 9<<10)).problem(http.StatusRequestEntityTooLarge, "preference.too_large")
	w.call("steward", http.MethodDelete, "/api/v1/preferences?page=today&name=%E6%88%91%E7%9A%84%E9%80%BE%E6%9C%9F", nil).is(http.StatusNoContent)
	if all := list("steward", ""); len(all) != 1 {
		t.Errorf("after deleting: %+v", all)
	}
	for i := range 199 {
		put("steward", "", strings.Repeat("n", i/20+1)+string(rune('a'+i%20)), huifang.ZH).is(http.StatusOK)
	}
	put("steward", "", "one too many", true).problem(http.StatusRequestEntityTooLarge, "preference.too_many")
}
