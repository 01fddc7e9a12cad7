package app

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/report"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// checkLedgers opens every ledger of a trade over its year: each is laid out and
// written, something is in it on some day, and every number is as many
// follow-ups as it leads to.
func checkLedgers(t *testing.T, a *App, trade *pack.Pack, org *huifang.Organization, now time.Time) {
	t.Helper()
	actor, today := system(org.ID), huifang.DateOf(now, time.UTC)
	for i := range trade.Ledgers {
		l := &trade.Ledgers[i]
		rows := 0
		for _, back := range []int{0, 1, 2, 3, 7, 30, 60, 100, 150, 200, 250, 300} {
			q := LedgerQuery{Pack: trade.Code, Code: l.Code, On: today.AddDays(-back), Lang: huifang.ZH}
			layout, err := a.LedgerLayout(t.Context(), actor, q)
			if err != nil {
				t.Fatalf("%s: %v", l.Code, err)
			}
			rows += filled(layout)
			if back <= 30 {
				checkCounts(t, a, actor, l, q, layout)
			}
		}
		if rows == 0 {
			t.Errorf("%s: nothing on any day", l.Code)
		}
		var file bytes.Buffer
		err := a.WriteLedger(t.Context(), actor, LedgerQuery{Pack: trade.Code, Code: l.Code, On: today, Lang: huifang.EN}, "xlsx", &file)
		if err != nil || file.Len() < 4000 {
			t.Errorf("%s: %d bytes, %v", l.Code, file.Len(), err)
		}
	}
}

// filled counts the cells that lead to a record.
func filled(layout *report.Layout) (n int) {
	for _, p := range layout.Pages {
		for _, r := range p.Rows {
			for _, c := range r.Cells {
				if c.Opens != nil {
					n++
				}
			}
		}
	}
	return n
}

func checkCounts(t *testing.T, a *App, actor *huifang.Actor, l *pack.Ledger, q LedgerQuery, layout *report.Layout) {
	t.Helper()
	for _, p := range layout.Pages {
		for _, r := range p.Rows {
			for _, c := range r.Cells {
				if c.Opens == nil || c.Opens.Kind != "followups" {
					continue
				}
				got, err := a.LedgerFollowups(t.Context(), actor, q, c.Opens.Key, c.Opens.Column)
				if err != nil {
					t.Fatal(err)
				}
				column := &l.Columns[c.Opens.Column]
				if column.Of == "" && column.Per == "" && strconv.Itoa(len(got)) != strings.ReplaceAll(c.Text, ",", "") {
					t.Errorf("%s, %s of %s: %s, and leads to %d", l.Code, column.Title.ZH, c.Opens.Key, c.Text, len(got))
				}
			}
		}
	}
}

// texts are the texts of a ledger's rows, joined by bars.
func ledgerTexts(t *testing.T, a *App, actor *huifang.Actor, q LedgerQuery) string {
	t.Helper()
	layout, err := a.LedgerLayout(t.Context(), actor, q)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, p := range layout.Pages {
		for _, r := range p.Rows {
			for _, c := range r.Cells {
				out.WriteString(c.Text + "|")
			}
			out.WriteString("\n")
		}
	}
	return out.String()
}

func TestWorkshopLedgers(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "auto-service", "property")
		w.person("caller", "east", "staff")
		w.person("manager", "east", "customer_manager")
		w.must(EventInput{
			Key: "RO-7", Type: "vehicle.serviced", At: local("2026-03-01 17:00"), Unit: "east", Asset: AssetInput{Code: "粤B12345", Name: "家用车"},
			Contact: ContactInput{Code: "O1", Name: "王芳", Phones: []string{"13812342628"}, Kind: "car_owner"}, Attributes: huifang.Attributes{"matter": "更换机油", "order_number": "RO-7"},
		}, complaint("P1", "电梯"))
		morning := LedgerQuery{Pack: "auto-service", Code: "morning_serviced", On: day("2026-03-02"), Lang: huifang.ZH}
		list := ledgerTexts(t, w.App, w.sys, morning)
		for _, want := range []string{"维修保养客户回访清单（2026年3月2日）", "粤B12345|", "138****2628|", "RO-7|", "更换机油|", "2026-03-01|", "caller|", "待回访|"} {
			if !strings.Contains(list, want) {
				t.Errorf("the morning's list lacks %s:\n%s", want, list)
			}
		}
		if strings.Contains(list, "电梯") {
			t.Error("another trade's follow-up is on the list")
		}
		morning.Reveal = true
		if list := ledgerTexts(t, w.App, w.as("caller"), morning); !strings.Contains(list, "13812342628") {
			t.Error("the number is not shown whole to whoever may see it")
		}
		if last := must[Paged[*huifang.AuditEntry]](t)(w.AuditEntries(t.Context(), w.sys, AuditFilter{}, Page{Limit: 1})).Items[0]; last.Action != "ledger.revealed" {
			t.Errorf("the reveal is not noted: %+v", last)
		}
		w.setClock(local("2026-03-02 15:00"))
		var id huifang.ID
		for _, f := range w.followups() {
			if f.Program == "vehicle_serviced" {
				id = f.ID
			}
		}
		must[*Completed](t)(w.Complete(t.Context(), w.as("caller"), id, CompleteInput{Channel: huifang.ChannelPhone, Answers: huifang.Attributes{
			"items_done_right": "good", "satisfaction": "dissatisfied", "cause": []any{"price", "manner"}, "shortcomings": "账单没讲清",
		}}))
		w.must(EventInput{
			Key: "RO-8", Type: "vehicle.serviced", At: local("2026-02-27 17:00"), Unit: "east", Asset: AssetInput{Code: "粤B2"}, Contact: ContactInput{Code: "O2", Name: "李四", Kind: "car_owner"},
		})
		unhappy := ledgerTexts(t, w.App, w.sys, LedgerQuery{Pack: "auto-service", Code: "unsatisfied", On: day("2026-03-31"), Lang: huifang.ZH})
		for _, want := range []string{"粤B12345|", "价格与结算、服务态度|", "AJ-2026-", "待处理|"} {
			if !strings.Contains(unhappy, want) {
				t.Errorf("the unsatisfied list lacks %s:\n%s", want, unhappy)
			}
		}
		evening := ledgerTexts(t, w.App, w.sys, LedgerQuery{Pack: "auto-service", Code: "evening_serviced", On: day("2026-03-02"), Lang: huifang.ZH})
		if !strings.Contains(evening, "2026-03-02 15:00|") || !strings.Contains(evening, "账单没讲清|") {
			t.Error(evening)
		}
		byPerson := ledgerTexts(t, w.App, w.sys, LedgerQuery{Pack: "auto-service", Code: "by_person", On: day("2026-03-09"), Lang: huifang.ZH})
		if !strings.Contains(byPerson, "caller|1|1|1|–|–|–|–|100.0%|1|") {
			t.Error(byPerson)
		}
	})
}

func TestLedgerRefusals(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		w.must(complaint("P1", "电梯"))
		q := LedgerQuery{Pack: "property", Code: "by_department", On: day("2026-03-02"), Lang: huifang.ZH}
		for name, c := range map[string]struct {
			q    LedgerQuery
			who  *huifang.Actor
			want string
		}{
			"no such ledger":   {LedgerQuery{Pack: "property", Code: "none"}, w.sys, "ledger.not_found"},
			"an inactive pack": {LedgerQuery{Pack: "hospital", Code: "today"}, w.sys, "ledger.not_found"},
			"no such unit":     {LedgerQuery{Pack: "property", Code: "today", Unit: "x"}, w.sys, "unit.not_found"},
			"another's unit":   {LedgerQuery{Pack: "property", Code: "today", Unit: w.units["west"].ID}, w.as("east_steward"), "forbidden"},
			"no permission":    {q, &huifang.Actor{Org: w.org.ID}, "forbidden"},
		} {
			if _, err := w.LedgerLayout(t.Context(), c.who, c.q); huifang.ReasonOf(err) != c.want {
				t.Errorf("%s: %v", name, err)
			}
		}
		bare := w.as("east_steward")
		bare.Permissions[huifang.PermContactReveal] = false
		whole := q
		whole.Reveal = true
		if _, err := w.LedgerLayout(t.Context(), bare, whole); huifang.CodeOf(err) != huifang.CodeForbidden {
			t.Errorf("numbers are shown whole without permission: %v", err)
		}
		if _, err := w.LedgerFollowups(t.Context(), w.sys, q, "工程部", 0); huifang.ReasonOf(err) != "ledger.column" {
			t.Error(err)
		}
		if got := must[[]FollowupLine](t)(w.LedgerFollowups(t.Context(), w.sys, q, "工程部", 1)); len(got) != 1 {
			t.Errorf("%d follow-ups of the department", len(got))
		}
		if got := must[[]FollowupLine](t)(w.LedgerFollowups(t.Context(), w.as("west_supervisor"), q, "工程部", 1)); len(got) != 0 {
			t.Errorf("%d follow-ups of another's unit", len(got))
		}
		if err := w.WriteLedger(t.Context(), w.sys, q, "docx", &bytes.Buffer{}); huifang.ReasonOf(err) != "format.unknown" {
			t.Error(err)
		}
	})
}

func TestPeriods(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ period, on, from, to, name string }{
		{"day", "2026-02-28", "2026-02-28", "2026-02-28", "2026年2月28日"},
		{"week", "2026-03-01", "2026-02-23", "2026-03-01", "2026-02-23 至 2026-03-01"},
		{"week", "2026-03-02", "2026-03-02", "2026-03-08", "2026-03-02 至 2026-03-08"},
		{"month", "2024-02-10", "2024-02-01", "2024-02-29", "2024年2月"},
		{"quarter", "2026-03-31", "2026-01-01", "2026-03-31", "2026年第1季度"},
		{"quarter", "2026-12-01", "2026-10-01", "2026-12-31", "2026年第4季度"},
		{"year", "2026-06-15", "2026-01-01", "2026-12-31", "2026年"},
		{"", "2026-06-15", "", "", ""},
	} {
		from, to := periodOf(c.period, day(c.on))
		if from.String() != c.from || to.String() != c.to {
			t.Errorf("%s of %s: %s to %s", c.period, c.on, from, to)
		}
		if got := periodName(c.period, from, to, huifang.ZH); got != c.name {
			t.Errorf("%s of %s is called %s", c.period, c.on, got)
		}
	}
}
