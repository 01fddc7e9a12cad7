package api_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/api"
)

// sample is a body that an operation takes, so that a refusal is about who
// asks and not about what.
func sample(w *world, operation string) any {
	reason := map[string]any{"reason": "试"}
	id := func(name string) huifang.ID { return w.ids[name] }
	return map[string]any{
		"log-in":                api.LogIn{Organization: "x", Login: "x", Password: "x"},
		"change-password":       api.PasswordChange{Old: password, Fresh: "Another-horse-8"},
		"update-organization":   api.OrganizationChange{Name: huifang.Text{ZH: "新名", EN: "New"}, Zone: "Asia/Shanghai", Lang: huifang.ZH},
		"set-quiet":             map[string]any{"quiet": "22:00-07:00"},
		"create-unit":           api.UnitChange{Code: "new", Name: "新"},
		"update-unit":           api.UnitChange{Code: "ya", Name: "雅园"},
		"create-staff":          api.StaffChange{Code: "new", Name: "新"},
		"update-staff":          api.StaffChange{Code: "steward", Name: "管晓"},
		"set-password":          map[string]any{"password": password},
		"register-absence":      map[string]any{"from": "2026-03-01", "to": "2026-03-02"},
		"end-absence":           map[string]any{"from": "2026-03-01", "last": "2026-03-01"},
		"save-role":             map[string]any{"name": huifang.Text{ZH: "新", EN: "new"}, "permissions": []string{}},
		"create-contact":        api.ContactChange{Name: "李"},
		"update-contact":        api.ContactChange{Name: "李"},
		"reveal-contact":        reason,
		"do-not-contact":        map[string]any{"on": true, "reason": "试"},
		"create-asset":          api.AssetChange{Code: "9-9"},
		"update-asset":          api.AssetChange{Code: "9-9"},
		"merge-contacts":        map[string]any{"other": id("case")},
		"tell-contacts-apart":   map[string]any{"other": id("case")},
		"merge-assets":          map[string]any{"other": id("case")},
		"tell-assets-apart":     map[string]any{"other": id("case")},
		"ingest-event":          api.EventIn{Type: "help.completed", At: time.Now(), Unit: "ya", Contact: api.ContactIn{Code: "H1", Name: "王芳"}},
		"ingest-events":         []api.EventIn{{Type: "help.completed", At: time.Now(), Unit: "ya", Contact: api.ContactIn{Code: "H1", Name: "王芳"}}},
		"create-sender":         map[string]any{"kind": "wecom", "name": "群", "active": true, "settings": map[string]string{"url": "https://qyapi.weixin.qq.com/x"}},
		"update-sender":         map[string]any{"name": "群", "active": true, "settings": map[string]string{}},
		"test-sender":           map[string]any{"to": "13800000000"},
		"save-message-template": map[string]any{"name": huifang.Text{ZH: "新", EN: "new"}, "body": huifang.Text{ZH: "新", EN: "new"}},
		"send-message":          map[string]any{"channel": "sms", "template": "survey"},
		"report-message":        map[string]any{"message": "x", "delivered": true},
		"create-webhook":        map[string]any{"name": "x", "url": "https://example.com", "events": []string{"case.opened"}, "active": true},
		"update-webhook":        map[string]any{"name": "x", "url": "https://example.com", "events": []string{"case.opened"}, "active": true},
		"set-program":           map[string]any{"active": true, "override": map[string]any{"target": 90}},
		"simulate-program":      map[string]any{"from": "2026-03-01", "to": "2026-03-31", "drafts": []any{map[string]any{"active": false, "override": map[string]any{}}}},
		"take-followup":         map[string]any{},
		"return-followup":       map[string]any{},
		"attempt-followup":      map[string]any{"channel": "phone", "disposition": "busy"},
		"complete-followup":     map[string]any{"channel": "phone", "answers": map[string]any{}},
		"correct-followup":      map[string]any{"channel": "phone", "answers": map[string]any{}, "reason": "试"},
		"postpone-followup":     map[string]any{"next_try": time.Now().Add(time.Hour), "reason": "试"},
		"close-unreachable":     reason,
		"waive-followup":        reason,
		"reassign-followup":     map[string]any{"assignees": []huifang.ID{id("steward")}, "reason": "试"},
		"reassign-followups":    map[string]any{"ids": []huifang.ID{id("followup")}, "assignees": []huifang.ID{id("steward")}, "reason": "试"},
		"postpone-followups":    map[string]any{"ids": []huifang.ID{id("followup")}, "days": 2, "reason": "试"},
		"review-followup":       map[string]any{"decision": "qualified"},
		"detect-recurrences":    map[string]any{"month": "2026-03"},
		"decide-recurrence":     map[string]any{"decision": "normal", "opinion": "试"},
		"open-case":             map[string]any{"matter": "试", "unit": id("estate")},
		"update-case":           map[string]any{"matter": "试"},
		"add-action":            map[string]any{"measure": "试"},
		"finish-action":         map[string]any{"result": "试"},
		"explain-case":          map[string]any{"explanation": "试", "next": "2027-01-01"},
		"resolve-case":          map[string]any{"resolution": "试"},
		"close-case":            reason,
		"reopen-case":           reason,
		"comment-case":          map[string]any{"text": "试"},
		"draw-spot-check":       map[string]any{"from": "2026-03-01", "to": "2026-03-31", "percent": 10},
		"opine-spot-check":      map[string]any{"followup": "x", "result": "sound"},
		"save-mapping":          map[string]any{"body": "columns: []\n"},
		"read-alerts":           map[string]any{},
		"create-token":          map[string]any{"name": "x", "permissions": []string{"event.ingest"}},
		"save-preference":       map[string]any{"page": "today", "name": "x", "value": map[string]any{"q": 1}},
		"add-file":              "multipart",
		"run-import":            "multipart",
		"reconcile":             "multipart",
		"reconcile-xlsx":        "multipart",
		"preview-import":        "multipart",
	}[operation]
}

// kindOf says which record an address's id names.
func kindOf(path string) string {
	for prefix, kind := range map[string]string{
		"/units/": "estate", "/staff/": "steward", "/contacts/": "contact", "/assets/": "asset", "/events/": "event", "/inbox/refused/": "event", "/followups/": "followup",
		"/spot-checks/": "spot-check",
		"/cases/":       "case", "/actions/": "action", "/recurrences/": "recurrence", "/imports/": "import", "/tokens/": "token",
		"/senders/": "sender", "/messages/": "message", "/webhooks/": "webhook",
	} {
		if strings.HasPrefix(path, "/api/v1"+prefix) {
			return kind
		}
	}
	return ""
}

// fill puts names into an address.
func fill(w *world, path string) string {
	path = strings.ReplaceAll(path, "{id}", string(w.ids[kindOf(path)]))
	path = strings.ReplaceAll(path, "{delivery}", string(w.ids["webhook"]))
	path = strings.ReplaceAll(path, "{year}", "2026")
	path = strings.ReplaceAll(path, "{month}", "2026-03")
	path = strings.ReplaceAll(path, "{name}", "m1")
	path = strings.ReplaceAll(path, "{pack}/{code}", "property/records")
	path = strings.ReplaceAll(path, "{hash}", strings.Repeat("ab", 32))
	for start, code := range map[string]string{"/packs/": "property", "/programs/": "repair", "/forms/": "repair", "/scripts/": "repair", "/roles/": "helper", "/message-templates/": "survey"} {
		if strings.Contains(path, start) {
			path = strings.ReplaceAll(path, "{code}", code)
		}
	}
	if strings.HasSuffix(path, "/compare") {
		path += "?with=" + string(w.ids["case"])
	}
	for start, query := range map[string]string{"/api/v1/statistics/tallies": "from=2026-03", "/api/v1/search": "q=wf", "/api/v1/preferences": "name=x"} {
		if strings.HasPrefix(path, start) {
			path += "?" + query
		}
	}
	return path
}

// everything makes an estate with a record of every kind.
func everything(t *testing.T) *world {
	w := estate(t)
	first := w.event("qinghe", api.EventIn{Key: "C1", Type: "complaint.resolved", Department: "工程部", Attributes: huifang.Attributes{"matter": "电梯异响"}, Asset: api.AssetIn{Code: "3-1-502"}})
	w.ids["event"] = first.Event
	if len(first.Followups) != 1 {
		t.Fatalf("planned %v", first)
	}
	w.event("qinghe", api.EventIn{Key: "C2", Type: "complaint.resolved", Department: "工程部", Attributes: huifang.Attributes{"matter": "电梯异响"}})
	w.ids["followup"] = first.Followups[0]
	var d api.FollowupDetail
	w.call("qinghe", http.MethodGet, "/api/v1/followups/"+string(first.Followups[0]), nil).is(http.StatusOK).into(&d)
	w.ids["contact"], w.ids["asset"] = d.Contact, d.Asset
	w.ids["case"] = w.call("qinghe", http.MethodPost, "/api/v1/cases", map[string]any{"contact": d.Contact, "unit": w.ids["estate"], "matter": "漏水", "owner": w.ids["supervisor"]}).is(http.StatusCreated).id()
	w.ids["action"] = w.call("qinghe", http.MethodPost, "/api/v1/cases/"+string(w.ids["case"])+"/actions", map[string]any{"measure": "更换阀门"}).is(http.StatusCreated).id()
	w.ids["token"] = w.call("qinghe", http.MethodPost, "/api/v1/tokens", sample(w, "create-token")).is(http.StatusCreated).id()
	w.ids["sender"] = w.call("qinghe", http.MethodPost, "/api/v1/senders", sample(w, "create-sender")).is(http.StatusCreated).id()
	w.ids["message"] = w.call("qinghe", http.MethodPost, "/api/v1/followups/"+string(w.ids["followup"])+"/messages", sample(w, "send-message")).is(http.StatusCreated).id()
	w.ids["webhook"] = w.call("qinghe", http.MethodPost, "/api/v1/webhooks", sample(w, "create-webhook")).is(http.StatusCreated).id()
	var imported api.Import
	w.upload("qinghe", "/api/v1/imports", "a.csv", register, nil).is(http.StatusCreated).into(&imported)
	w.ids["import"] = imported.ID
	month := huifang.DateOf(time.Now().Add(-time.Hour), time.FixedZone("CST", 8*3600)).Month().String()
	w.call("qinghe", http.MethodPost, "/api/v1/recurrences/detect", map[string]any{"month": month}).is(http.StatusOK)
	var recurrences api.List[api.Recurrence]
	w.call("qinghe", http.MethodGet, "/api/v1/recurrences", nil).is(http.StatusOK).into(&recurrences)
	if len(recurrences.Items) != 1 {
		t.Fatalf("recurrences %+v", recurrences)
	}
	w.ids["recurrence"] = recurrences.Items[0].ID
	w.ids["spot-check"] = w.call("qinghe", http.MethodPost, "/api/v1/spot-checks", sample(w, "draw-spot-check")).is(http.StatusCreated).id()
	w.call("qinghe", http.MethodPut, "/api/v1/roles/nothing", map[string]any{"name": huifang.Text{ZH: "无", EN: "none"}, "permissions": []string{}}).is(http.StatusOK)
	w.staff("nobody", "无名", "estate", "nothing")
	return w
}

const register = "编号,类别,事项,完成时间,项目,房号,业主姓名,联系电话\nR-1,报修,水管漏水,2026-03-02 10:00,雅园,1-101,张三,13800000001\nR-2,报修,门锁坏,昨天,雅园,1-102,李四,13800000002\n"

// upload sends a file as a form.
func (w *world) upload(who, path, name, content string, fields map[string]string, headers ...string) *reply {
	w.t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := io.WriteString(part, content); err != nil {
		w.t.Fatal(err)
	}
	for k, v := range fields {
		if err := form.WriteField(k, v); err != nil {
			w.t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		w.t.Fatal(err)
	}
	return w.call(who, http.MethodPost, path, &b, append(headers, "Content-Type", form.FormDataContentType())...)
}

// ask calls an operation with a body it takes.
func ask(w *world, who, method, path string, o operation) *reply {
	w.t.Helper()
	body := sample(w, o.ID)
	if o.RequestBody != nil && body == nil {
		w.t.Fatalf("%s takes a body and the test has no sample", o.ID)
	}
	if body == "multipart" {
		return w.upload(who, fill(w, path), "a.csv", register, nil)
	}
	return w.call(who, strings.ToUpper(method), fill(w, path), body)
}

// Every operation of the document, asked by those who may not.
func TestEveryOperationRefuses(t *testing.T) {
	w := everything(t)
	w.organization("other", "property")
	d := readDocument(t)
	for path, methods := range d.Paths {
		for method, o := range methods {
			if len(o.Security) == 0 {
				continue
			}
			t.Run(o.ID, func(t *testing.T) {
				if r := ask(w, "", method, path, o); r.StatusCode != http.StatusUnauthorized {
					t.Errorf("without credentials: %d %s", r.StatusCode, r.body)
				}
				if strings.Contains(path, "{id}") {
					r := ask(w, "other", method, path, o)
					if r.StatusCode != http.StatusNotFound {
						t.Errorf("from another organization: %d %s", r.StatusCode, r.body)
					}
					for _, secret := range []string{"王芳", "13812342628", "漏水", "雅园"} {
						if bytes.Contains(r.body, []byte(secret)) {
							t.Errorf("tells another organization %s: %s", secret, r.body)
						}
					}
				}
				if len(o.Permissions) == 0 {
					return
				}
				if r := ask(w, "nobody", method, path, o); r.StatusCode != http.StatusForbidden {
					t.Errorf("without %v: %d %s", o.Permissions, r.StatusCode, r.body)
				}
			})
		}
	}
}
