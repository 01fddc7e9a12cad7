package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/api"
)

// The loop: event, follow-up, attempt, dissatisfied record, case, action,
// resolution, next follow-up, review.
func TestTheLoop(t *testing.T) {
	w := estate(t)
	planned := w.event("qinghe", api.EventIn{Key: "C1", Type: "complaint.resolved", Department: "工程部", Attributes: huifang.Attributes{"matter": "电梯异响"}})
	path := "/api/v1/followups/" + string(planned.Followups[0])

	var mine api.List[api.Followup]
	w.call("steward", http.MethodGet, "/api/v1/followups?assignee=me&state=planned,overdue", nil).is(http.StatusOK).into(&mine)
	if len(mine.Items) != 1 || mine.Items[0].ContactName != "王芳" || mine.Items[0].Phone != "138****2628" || mine.Items[0].Number == "" {
		t.Fatalf("worklist %+v", mine)
	}
	var d api.FollowupDetail
	r := w.call("steward", http.MethodGet, "/api/v1/followups/"+mine.Items[0].Number, nil).is(http.StatusOK).into(&d)
	if d.FormItems == nil || len(d.Phrases) == 0 || !d.May.Work || d.May.Review || d.Customer == nil || d.ServiceEvent == nil {
		t.Fatalf("detail %s", r.body)
	}
	stale := r.Header.Get("ETag")

	var taken api.Followup
	w.call("steward", http.MethodPost, path+"/take", nil, "If-Match", stale).is(http.StatusOK).into(&taken)
	if taken.TakenBy != w.ids["steward"] || taken.Version == d.Version {
		t.Fatalf("taken %+v", taken)
	}

	t.Run("a stale version is a conflict that tells how it is now", func(t *testing.T) {
		p := w.call("steward", http.MethodPost, path+"/attempts", map[string]any{"channel": "phone", "disposition": "no_answer"}, "If-Match", stale).problem(http.StatusConflict, "store.stale")
		now, err := json.Marshal(p.Current)
		if err != nil {
			t.Fatal(err)
		}
		var current api.Followup
		if err := json.Unmarshal(now, &current); err != nil || current.Version != taken.Version || current.TakenBy != taken.TakenBy {
			t.Errorf("current %s, %v", now, err)
		}
	})

	var tried api.AttemptResult
	w.call("steward", http.MethodPost, path+"/attempts", map[string]any{"channel": "phone", "disposition": "no_answer", "version": taken.Version}).is(http.StatusCreated).into(&tried)
	if tried.Followup.Attempts != 1 || tried.Next.Left == 0 {
		t.Errorf("attempt %+v", tried)
	}

	t.Run("answers that the form does not take", func(t *testing.T) {
		p := w.call("steward", http.MethodPost, path+"/complete", map[string]any{"channel": "visit", "answers": map[string]any{"satisfaction": "over the moon"}}).problem(http.StatusUnprocessableEntity, "form.invalid")
		if len(p.Errors) == 0 || p.Errors[0].Location == nil || !strings.Contains(p.Errors[0].Location.Field, "satisfaction") {
			t.Errorf("errors %+v", p.Errors)
		}
	})
	t.Run("not yours", func(t *testing.T) {
		w.staff("other_steward", "管二", "estate", "steward")
		w.call("other_steward", http.MethodPost, path+"/complete", map[string]any{"channel": "visit", "answers": map[string]any{}}).problem(http.StatusForbidden, "followup.not_yours")
	})

	answers := map[string]any{"satisfaction": "dissatisfied", "qualified": false}
	var done api.Completed
	w.call("steward", http.MethodPost, path+"/complete", map[string]any{"channel": "visit", "answers": answers, "signatures": []api.Signature{{By: "customer", Name: "王芳"}, {By: "staff", Name: "管晓"}}}).is(http.StatusOK).into(&done)
	if done.Followup.State != huifang.StateCompleted || len(done.Cases) != 1 || done.Record == nil || len(done.Record.Signatures) != 2 {
		t.Fatalf("completed %+v", done)
	}
	p := w.call("steward", http.MethodPost, path+"/complete", map[string]any{"channel": "visit", "answers": answers}).problem(http.StatusConflict, "followup.already_completed")
	if p.Current == nil {
		t.Error("the conflict does not tell how it is now")
	}

	casePath := "/api/v1/cases/" + string(done.Cases[0].ID)
	var action api.Action
	w.call("qinghe", http.MethodPost, casePath+"/actions", map[string]any{"measure": "更换轴承"}).is(http.StatusCreated).into(&action)
	w.call("qinghe", http.MethodPost, casePath+"/resolve", map[string]any{"resolution": "已修好"}).problem(http.StatusConflict, "case.actions_open")
	w.call("qinghe", http.MethodPost, "/api/v1/actions/"+string(action.ID)+"/finish", map[string]any{"result": "已更换"}).is(http.StatusOK)
	var resolved api.CaseResult
	w.call("qinghe", http.MethodPost, casePath+"/resolve", map[string]any{"resolution": "已修好"}).is(http.StatusOK).into(&resolved)
	if len(resolved.Planned) != 1 || resolved.Case.State != huifang.CaseResolved {
		t.Fatalf("resolved %+v", resolved)
	}
	var detail api.CaseDetail
	w.call("qinghe", http.MethodGet, casePath, nil).is(http.StatusOK).into(&detail)
	if len(detail.Followups) != 2 || len(detail.Actions) != 1 || len(detail.History) == 0 {
		t.Errorf("case %+v", detail)
	}

	t.Run("review, and the month", func(t *testing.T) {
		w.call("steward", http.MethodPost, path+"/review", map[string]any{"decision": "qualified"}).problem(http.StatusForbidden, "forbidden")
		month := done.Followup.Month.String()
		var sheet struct {
			Month string `json:"month"`
			Units []struct {
				Name  string
				Cells map[string]huifang.Tally
			}
		}
		got := w.call("head", http.MethodGet, "/api/v1/statistics/"+month, nil).is(http.StatusOK)
		if err := json.Unmarshal(got.body, &sheet); err != nil || sheet.Month != month {
			t.Fatalf("%v %s", err, got.body)
		}
		var dissatisfied int64
		for _, u := range sheet.Units {
			dissatisfied += u.Cells["complaint"].Dissatisfied + u.Cells["complaint"].Unqualified
		}
		if dissatisfied != 1 {
			t.Errorf("sheet %s", got.body)
		}
		var behind api.List[api.Followup]
		w.call("head", http.MethodGet, "/api/v1/statistics/"+month+"/followups?program=complaint&figure=done", nil).is(http.StatusOK).into(&behind)
		if len(behind.Items) != 1 || behind.Items[0].ID != done.Followup.ID {
			t.Errorf("behind the figure: %+v", behind)
		}
		file := w.call("head", http.MethodGet, "/api/v1/statistics/"+month+"/sheet.xlsx", nil).is(http.StatusOK)
		if !strings.HasPrefix(string(file.body), "PK") || !strings.Contains(file.Header.Get("Content-Disposition"), "filename*=UTF-8''%E5%9B%9E%E8%AE%BF") {
			t.Errorf("file %v", file.Header)
		}
		csv := w.call("head", http.MethodGet, "/api/v1/exports/followups.csv", nil).is(http.StatusOK)
		if !strings.Contains(string(csv.body), done.Followup.Number) || strings.Contains(string(csv.body), "13812342628") {
			t.Errorf("export %s", csv.body)
		}
	})

	t.Run("the audited reveal", func(t *testing.T) {
		var c api.Contact
		w.call("steward", http.MethodGet, "/api/v1/contacts/"+string(d.Contact), nil).is(http.StatusOK).into(&c)
		if c.Phones[0] != "138****2628" {
			t.Errorf("shown %v", c.Phones)
		}
		w.call("steward", http.MethodPost, "/api/v1/contacts/"+string(d.Contact)+"/reveal", map[string]any{"reason": "回访"}).is(http.StatusOK).into(&c)
		if c.Phones[0] != "13812342628" {
			t.Errorf("revealed %v", c.Phones)
		}
		var entries api.List[api.AuditEntry]
		w.call("qinghe", http.MethodGet, "/api/v1/audit?record="+string(d.Contact), nil).is(http.StatusOK).into(&entries)
		if len(entries.Items) == 0 || entries.Items[0].Action != "contact.revealed" {
			t.Errorf("audit %+v", entries)
		}
		var sound api.AuditCheck
		w.call("qinghe", http.MethodGet, "/api/v1/audit/verify", nil).is(http.StatusOK).into(&sound)
		if !sound.Sound {
			t.Errorf("audit %+v", sound)
		}
	})
}

func TestOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.organization("qinghe", "property")
	post := func(who, key string, u api.UnitChange) *reply {
		return w.call(who, http.MethodPost, "/api/v1/units", u, "Idempotency-Key", key)
	}
	one := post("qinghe", "k1", api.UnitChange{Code: "a", Name: "甲"}).is(http.StatusCreated)
	again := post("qinghe", "k1", api.UnitChange{Code: "a", Name: "甲"}).is(http.StatusCreated)
	if one.id() != again.id() || string(one.body) != string(again.body) || again.Header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("first %s, again %s", one.body, again.body)
	}
	post("qinghe", "k1", api.UnitChange{Code: "b", Name: "乙"}).problem(http.StatusConflict, "idempotency.reused")
	post("qinghe", "k2", api.UnitChange{Code: "a", Name: "甲"}).problem(http.StatusConflict, "unit.taken")
	post("qinghe", "k2", api.UnitChange{Code: "a", Name: "甲"}).problem(http.StatusConflict, "unit.taken")
	w.ids["u"] = one.id()
	w.staff("clerk", "文员", "u", "supervisor")
	post("clerk", "k1", api.UnitChange{Code: "a", Name: "甲"}).problem(http.StatusForbidden, "forbidden")
	post("qinghe", strings.Repeat("k", 300), api.UnitChange{Code: "c", Name: "丙"}).problem(http.StatusUnprocessableEntity, "idempotency.key")
}

func TestIngest(t *testing.T) {
	w := estate(t)
	now := time.Now().UTC().Format(time.RFC3339)
	good := `{"key":"A1","type":"repair.completed","at":"` + now + `","unit":"ya","contact":{"code":"H1","name":"王芳","steward":"steward"},"attributes":{"matter":"漏水"}}`

	t.Run("one", func(t *testing.T) {
		var first, second api.Ingested
		w.call("qinghe", http.MethodPost, "/api/v1/events", good).is(http.StatusCreated).into(&first)
		w.call("qinghe", http.MethodPost, "/api/v1/events", good).is(http.StatusOK).into(&second)
		if first.Status != "accepted" || len(first.Followups) != 1 || second.Status != "known" || second.Event != first.Event {
			t.Errorf("%+v then %+v", first, second)
		}
		var why api.List[api.EventWhy]
		w.call("qinghe", http.MethodGet, "/api/v1/events/"+string(first.Event)+"/explanation", nil).is(http.StatusOK).into(&why)
		if len(why.Items) == 0 {
			t.Error("no explanation")
		}
		var reason api.FollowupWhy
		w.call("qinghe", http.MethodGet, "/api/v1/followups/"+string(first.Followups[0])+"/explanation", nil).is(http.StatusOK).into(&reason)
		if len(reason.Lines) == 0 || len(reason.Explanation) == 0 {
			t.Errorf("why %+v", reason)
		}
	})

	for name, c := range map[string]struct {
		body   string
		status int
		reason string
		field  string
	}{
		"not JSON":           {`{"type":}`, http.StatusBadRequest, "request.malformed", ""},
		"cut off":            {`{"type":"a"`, http.StatusBadRequest, "request.malformed", ""},
		"nothing":            {``, http.StatusBadRequest, "request.malformed", ""},
		"two":                {good + good, http.StatusUnprocessableEntity, "request.invalid", ""},
		"unknown field":      {`{"type":"repair.completed","colour":1}`, http.StatusUnprocessableEntity, "request.invalid", "colour"},
		"wrong kind":         {`{"type":7}`, http.StatusUnprocessableEntity, "request.invalid", "type"},
		"no time":            {`{"type":"repair.completed","at":"yesterday"}`, http.StatusUnprocessableEntity, "request.invalid", "at"},
		"unknown type":       {strings.Replace(good, "repair.completed", "repair.complete", 1), http.StatusUnprocessableEntity, "event.unknown_type", "type"},
		"time out of range":  {strings.Replace(good, now, "1876-01-01T00:00:00Z", 1), http.StatusUnprocessableEntity, "event.at", "at"},
		"wrong attribute":    {strings.Replace(good, `"matter":"漏水"`, `"cost":"much"`, 1), http.StatusUnprocessableEntity, "attribute.type", "attributes.cost"},
		"unit of nobody":     {strings.Replace(good, `"unit":"ya"`, `"unit":"zz"`, 1), http.StatusUnprocessableEntity, "unit.unknown", "unit"},
		"unit of the others": {strings.Replace(good, `"unit":"ya"`, `"unit":"0190a000-0000-7000-8000-000000000000"`, 1), http.StatusUnprocessableEntity, "unit.unknown", "unit"},
	} {
		t.Run(name, func(t *testing.T) {
			r := w.call("qinghe", http.MethodPost, "/api/v1/events", strings.ReplaceAll(c.body, `"A1"`, `"B1"`))
			p := r.problem(c.status, c.reason)
			if c.field != "" && (p.Location == nil || p.Location.Field != c.field) {
				t.Errorf("location %+v, want %s", p.Location, c.field)
			}
		})
	}

	t.Run("many, in both forms", func(t *testing.T) {
		bad := `{"type":7}`
		unknown := strings.Replace(strings.Replace(good, "repair.completed", "nothing.known", 1), "A1", "A9", 1)
		fresh := strings.ReplaceAll(good, `"A1"`, `"A2"`)
		for form, body := range map[string]string{
			"array": "[" + strings.Join([]string{good, bad, unknown, fresh}, ",") + "]",
			"lines": strings.Join([]string{good, bad, "", unknown, strings.ReplaceAll(good, `"A1"`, `"A3"`)}, "\n"),
		} {
			var got api.Batch
			w.call("qinghe", http.MethodPost, "/api/v1/events:batch", body).is(http.StatusOK).into(&got)
			if got.Accepted != 1 || got.Known != 1 || got.Rejected != 2 || len(got.Results) != 4 {
				t.Errorf("%s: %+v", form, got)
				continue
			}
			if f := got.Results[1].Error; f == nil || f.Location == nil || f.Location.Field != "events[1].type" {
				t.Errorf("%s: %+v", form, f)
			}
			if f := got.Results[2].Error; f == nil || f.Location == nil || !strings.HasPrefix(f.Location.Field, "events[2]") {
				t.Errorf("%s: %+v", form, f)
			}
		}
		w.call("qinghe", http.MethodPost, "/api/v1/events:batch", "["+good+",").problem(http.StatusBadRequest, "request.malformed")
		w.call("qinghe", http.MethodPost, "/api/v1/events:batch", "["+strings.Repeat("{},", 10_000)+"{}]").problem(http.StatusRequestEntityTooLarge, "events.too_many")
	})
}

func TestImport(t *testing.T) {
	t.Parallel()
	w := estate(t)
	var preview api.ImportPreview
	w.upload("qinghe", "/api/v1/imports/preview", "登记.csv", register, nil).is(http.StatusOK).into(&preview)
	if preview.Accepted != 1 || preview.Rejected["time.invalid"]+preview.Rejected["date.invalid"] == 0 && len(preview.Rejected) != 1 || preview.Mapping == "" || len(preview.First) != 1 {
		t.Fatalf("preview %+v", preview)
	}
	r := w.upload("qinghe", "/api/v1/imports", "登记.csv", register, nil, "Accept", "application/x-ndjson").is(http.StatusCreated)
	var last api.ImportLine
	for line := range strings.Lines(string(r.body)) {
		last = api.ImportLine{}
		if err := json.Unmarshal([]byte(line), &last); err != nil {
			t.Fatal(err)
		}
	}
	if last.Import == nil || last.Import.Accepted != 1 || last.Import.Rejected != 1 || last.Import.File != "登记.csv" {
		t.Fatalf("import %s", r.body)
	}
	var again api.Import
	w.upload("qinghe", "/api/v1/imports", "登记.csv", register, nil).is(http.StatusCreated).into(&again)
	if again.Known != 1 || again.Accepted != 0 {
		t.Errorf("again %+v", again)
	}
	var rejects api.List[api.Reject]
	w.call("qinghe", http.MethodGet, "/api/v1/imports/"+string(last.Import.ID)+"/rejects", nil).is(http.StatusOK).into(&rejects)
	if len(rejects.Items) != 1 || rejects.Items[0].Text.ZH == "" {
		t.Errorf("rejects %+v", rejects)
	}
	if file := w.call("qinghe", http.MethodGet, "/api/v1/imports/"+string(last.Import.ID)+"/rejects.xlsx", nil).is(http.StatusOK); !strings.HasPrefix(string(file.body), "PK") {
		t.Error("no file of rejects")
	}
	var m api.Mapping
	w.call("qinghe", http.MethodPut, "/api/v1/mappings/登记", map[string]any{"body": preview.Mapping}).is(http.StatusOK).into(&m)
	w.call("qinghe", http.MethodPut, "/api/v1/mappings/登记", map[string]any{"body": preview.Mapping, "version": m.Version + 7}).problem(http.StatusConflict, "store.stale")
	w.upload("qinghe", "/api/v1/imports", "登记.csv", register, map[string]string{"mapping": "登记", "unit": "ya"}).is(http.StatusCreated)
	w.call("qinghe", http.MethodDelete, "/api/v1/mappings/登记", nil).is(http.StatusNoContent)

	w.call("qinghe", http.MethodPost, "/api/v1/imports", "x", "Content-Type", "text/csv").problem(http.StatusUnsupportedMediaType, "request.media_type")
	w.call("qinghe", http.MethodPost, "/api/v1/imports", "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\na,b", "Content-Type", "multipart/form-data; boundary=b").problem(http.StatusBadRequest, "request.malformed")
	w.upload("qinghe", "/api/v1/imports", "登记.xlsx", register[:40], nil).is(http.StatusUnprocessableEntity)
	w.upload("qinghe", "/api/v1/imports", "登记.csv", register, map[string]string{"mapping": "没有"}).problem(http.StatusUnprocessableEntity, "mapping.not_found")
}

// What a column means can be told beside the mapping.
func TestImportColumns(t *testing.T) {
	t.Parallel()
	w := estate(t)
	var preview api.ImportPreview
	w.upload("qinghe", "/api/v1/imports/preview", "登记.csv", register, map[string]string{"columns": `{"业主姓名": "steward", "事项": ""}`}).is(http.StatusOK).into(&preview)
	fields := map[string]string{}
	for _, c := range preview.Sheets[0].Columns {
		fields[c.Name] = c.Field
	}
	if fields["业主姓名"] != "steward" || fields["事项"] != "" || fields["联系电话"] != "contact.phone" || preview.First[0].Matter != "" {
		t.Fatalf("columns %v, first %+v", fields, preview.First)
	}
	w.upload("qinghe", "/api/v1/imports/preview", "登记.csv", register, map[string]string{"columns": `{"完成时间": ""}`}).problem(http.StatusUnprocessableEntity, "mapping.no_at")
	w.upload("qinghe", "/api/v1/imports", "登记.csv", register, map[string]string{"columns": `[]`}).problem(http.StatusUnprocessableEntity, "import.columns")
}
