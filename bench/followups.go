package main

import (
	"fmt"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/bench/ground"
)

// The made-up follow-ups: three years of a company with a hundred projects,
// eight programs and three stewards a project. What closes in the last forty
// days is still planned.
const (
	madeUnits    = 100
	madeLeads    = 3 // a unit
	madeFirstDay = 19723
	madeDays     = 1096
	madeToday    = madeFirstDay + madeDays - 40
)

func madePrograms() []string {
	return []string{"repair", "complaint", "help", "service", "special_service", "emergency", "safety", "environment"}
}

// Kinds of made-up ids.
const (
	madeOrg      = 1
	madeUnit     = 2
	madeStaff    = 3
	madeContact  = 4
	madeEvent    = 5
	madeEnrolled = 6
	madeFollowup = 7
)

// madeID is one of the ids that the statements below make.
func madeID(kind, n int) huifang.ID {
	return huifang.ID(fmt.Sprintf("%08d-0000-7000-8000-%012x", kind, n))
}

// dialect is what the two databases say differently: an id of a kind and a
// number as bytes and as text, the month of a day since 1970, eight digits.
type dialect struct {
	hex, blob, month, digits string // with %s for the expression
}

func dialectOf(kind string) dialect {
	if kind == ground.Postgres {
		return dialect{
			hex: "lpad(to_hex(%s), 12, '0')", blob: "decode(%s, 'hex')",
			month:  "CAST(to_char(DATE '1970-01-01' + CAST(%s AS INTEGER), 'YYYYMM') AS INTEGER)",
			digits: "lpad(CAST(%s AS TEXT), 8, '0')",
		}
	}
	return dialect{
		hex: "printf('%%012x', %s)", blob: "unhex(%s)", month: "CAST(strftime('%%Y%%m', (%s) * 86400, 'unixepoch') AS INTEGER)",
		digits: "printf('%%08d', %s)",
	}
}

func (d dialect) id(kind int, n string) string {
	return fmt.Sprintf(d.blob, fmt.Sprintf("'%08d000070008000' || ", kind)+fmt.Sprintf(d.hex, n))
}

func (d dialect) idText(kind int, n string) string {
	return fmt.Sprintf("'%08d-0000-7000-8000-' || ", kind) + fmt.Sprintf(d.hex, n)
}

// choice is one of the texts by a number.
func choice(n string, of []string) string {
	var b strings.Builder
	b.WriteString("CASE " + n)
	for i, v := range of {
		fmt.Fprintf(&b, " WHEN %d THEN '%s'", i, v)
	}
	return b.String() + " END"
}

// madeFollowups is a statement that inserts follow-ups from…to-1 of so many in
// all. Later ones open later, as they are made.
func madeFollowups(d dialect, from, to, all int) string {
	why := strings.Repeat("x", 200)
	columns := [][2]string{
		{"org_id", d.id(madeOrg, "1")},
		{"id", d.id(madeFollowup, "i")},
		{"number", "'HF-2024-' || " + fmt.Sprintf(d.digits, "i")},
		{"program", choice("p", madePrograms())},
		{"version", "1"},
		{"enrollment_id", d.id(madeEnrolled, "i")},
		{"step", "'followup'"},
		{"occurrence", "1"},
		{"event_id", d.id(madeEvent, "i")},
		{"contact_id", d.id(madeContact, "h % 200000")},
		{"unit_id", d.id(madeUnit, "u")},
		{"department", "'工程部'"},
		{"matter", "'厨房水管漏水'"},
		{"opens_on", "opens"},
		{"opens_clock", "-1"},
		{"closes_on", "closes"},
		{"closes_clock", "-1"},
		{"opens_at", "opens * 86400000 - 28800000"},
		{"closes_at", "(closes + 1) * 86400000 - 28800000"},
		{"due_month", fmt.Sprintf(d.month, "closes")},
		{"assignees", `'[{"staff":"' || ` + d.idText(madeStaff, "u * 3 + l") + ` || '"}]'`},
		{"lead_id", d.id(madeStaff, "u * 3 + l")},
		{"channels", "'visit,phone'"},
		{"form", "'repair'"},
		{"form_version", "1"},
		{"script", "'repair'"},
		{"state", "state"},
		{"late", "CASE WHEN state = 'planned' AND closes < today THEN 1 ELSE 0 END"},
		{"reason", "''"},
		{"attempts", "1"},
		{"done_at", "CASE WHEN state = 'completed' THEN (closes - 2 + c % 40 / 13) * 86400000 END"},
		{"done_by", "CASE WHEN state = 'completed' THEN " + d.id(madeStaff, "u * 3 + l") + " END"},
		{"score", "0"},
		{"scored", "0"},
		{"satisfied", "CASE WHEN state <> 'completed' THEN '' WHEN c % 50 = 0 THEN 'dissatisfied' WHEN c % 99 = 0 THEN 'unqualified' ELSE 'satisfied' END"},
		{"review", "CASE WHEN state = 'completed' AND c % 20 = 3 THEN 'qualified' ELSE '' END"},
		{"created", "opens * 86400000"},
		{"rev", "1"},
		{"why", "'" + why + "'"},
	}
	names, values := make([]string, len(columns)), make([]string, len(columns))
	for i, c := range columns {
		names[i], values[i] = c[0], c[1]
	}
	return fmt.Sprintf(`INSERT INTO followup (%s)
WITH RECURSIVE numbers(i) AS (SELECT %d UNION ALL SELECT i + 1 FROM numbers WHERE i < %d),
a AS (SELECT i, (i * 2654435761 + 12345) %% 4294967296 AS h, %d + i * %d / %d AS opens FROM (SELECT CAST(i AS BIGINT) AS i FROM numbers) AS n),
b AS (SELECT i, h, opens, opens + 7 AS closes, %d AS today, h %% %d AS u, h / 100 %% 8 AS p, h / 800 %% 3 AS l, h / 2400 %% 1000 AS c FROM a),
made AS (SELECT *, CASE WHEN closes >= today OR c < 20 THEN 'planned' WHEN c < 40 THEN 'unreachable' WHEN c < 60 THEN 'waived' ELSE 'completed' END AS state FROM b)
SELECT %s FROM made ORDER BY i`, strings.Join(names, ", "), from, to-1, madeFirstDay, madeDays, all, madeToday, madeUnits, strings.Join(values, ",\n"))
}

// sqlAssignees fills the assignee lists from the follow-ups, sqlRollup the
// statistics, which are checked against a recount afterwards.
const (
	sqlAssignees = `INSERT INTO followup_assignee (org_id, staff_id, open, closes_at, followup_id)
SELECT org_id, lead_id, CASE WHEN state = 'planned' THEN 1 ELSE 0 END, closes_at, id FROM followup ORDER BY 1, 2, 3, 4, 5`
	sqlRollup = `INSERT INTO rollup (org_id, due_month, unit_id, program, lead_id, due, done, on_time, late, open, open_late, unreachable, waived,
satisfied, dissatisfied, unqualified) ` + sqlAdHoc + ` GROUP BY org_id, due_month, unit_id, program, lead_id ORDER BY 1, 2, 3, 4, 5`
	// sqlAdHoc counts from the follow-ups what the rollup keeps.
	sqlAdHoc = `SELECT org_id, due_month, unit_id, program, lead_id, COUNT(*),
SUM(CASE WHEN state = 'completed' THEN 1 ELSE 0 END),
SUM(CASE WHEN state = 'completed' AND done_at < closes_at THEN 1 ELSE 0 END),
SUM(CASE WHEN state = 'completed' AND done_at >= closes_at THEN 1 ELSE 0 END),
SUM(CASE WHEN state = 'planned' THEN 1 ELSE 0 END),
SUM(CASE WHEN state = 'planned' AND late = 1 THEN 1 ELSE 0 END),
SUM(CASE WHEN state = 'unreachable' THEN 1 ELSE 0 END),
SUM(CASE WHEN state = 'waived' THEN 1 ELSE 0 END),
SUM(CASE WHEN satisfied = 'satisfied' THEN 1 ELSE 0 END),
SUM(CASE WHEN satisfied = 'dissatisfied' THEN 1 ELSE 0 END),
SUM(CASE WHEN satisfied = 'unqualified' THEN 1 ELSE 0 END) FROM followup`
	// sqlAdHocIndex is the best that can be done for it.
	sqlAdHocIndex = `CREATE INDEX bench_month ON followup (org_id, due_month, unit_id, program, lead_id, state, late, satisfied, done_at, closes_at)`
)
