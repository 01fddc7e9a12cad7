package crash

import (
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/huifang/huifang/bench/ground"
)

// What must be the same however often the product was killed: without ids,
// numbers and times of its own making.
const (
	sqlEvents    = "SELECT e.source, e.key, e.type, e.at, c.name FROM event e LEFT JOIN contact c ON c.org_id = e.org_id AND c.id = e.contact_id"
	sqlFollowups = `SELECT e.key, c.name, a.code, f.program, f.step, f.occurrence, f.unit_id, f.opens_at, f.closes_at, f.due_month, f.assignees, f.state, f.late
FROM followup f LEFT JOIN event e ON e.org_id = f.org_id AND e.id = f.event_id
LEFT JOIN contact c ON c.org_id = f.org_id AND c.id = f.contact_id LEFT JOIN asset a ON a.org_id = f.org_id AND a.id = f.asset_id`
	// Those without a program are only held on to by writers that meet.
	sqlEnrollments = `SELECT n.program, e.key, n.wake_at, n.active FROM enrollment n LEFT JOIN event e ON e.org_id = n.org_id AND e.id = n.key_id
WHERE n.program <> ''`
	sqlNotPlanned = "SELECT e.key, n.program, n.step, n.reason FROM not_planned n LEFT JOIN event e ON e.org_id = n.org_id AND e.id = n.event_id"
	sqlAssigned   = `SELECT e.key, f.program, a.staff_id, a.open, a.closes_at FROM followup_assignee a
LEFT JOIN followup f ON f.org_id = a.org_id AND f.id = a.followup_id LEFT JOIN event e ON e.org_id = f.org_id AND e.id = f.event_id`
	sqlAlerts = `SELECT e.key, f.program, a.staff_id, a.kind FROM alert a
LEFT JOIN followup f ON f.org_id = a.org_id AND f.id = a.followup_id LEFT JOIN event e ON e.org_id = f.org_id AND e.id = f.event_id`
	sqlContacts = "SELECT c.code, c.name, c.phones, c.unit_id FROM contact c"
	sqlAssets   = "SELECT a.code, a.unit_id, c.name FROM asset a LEFT JOIN contact c ON c.org_id = a.org_id AND c.id = a.contact_id"
)

// same fails unless two databases hold the same, each row as often.
func (v *victim) same(got, want *ground.Database) {
	v.t.Helper()
	for _, text := range []string{sqlEvents, sqlFollowups, sqlEnrollments, sqlNotPlanned, sqlAssigned, sqlAlerts, sqlContacts, sqlAssets} {
		g, w := v.lines(got, text), v.lines(want, text)
		if slices.Equal(g, w) {
			continue
		}
		v.t.Errorf("seed %d: %d rows, without a kill %d, of %.60s …", v.seed, len(g), len(w), text)
		tell(v.t, "too many", g, w)
		tell(v.t, "missing", w, g)
	}
}

// tell names some lines of a that are not in b.
func tell(t *testing.T, what string, a, b []string) {
	t.Helper()
	left := map[string]int{}
	for _, line := range b {
		left[line]++
	}
	told := 0
	for _, line := range a {
		if left[line]--; left[line] < 0 && told < 5 {
			t.Errorf("  %s: %s", what, line)
			told++
		}
	}
}

// lines are the rows of a query as sorted texts.
func (v *victim) lines(d *ground.Database, query string) []string {
	v.t.Helper()
	db, err := d.Raw(v.t.Context())
	v.check(err)
	defer db.Close() //nolint:errcheck // only read
	rows, err := db.QueryContext(v.t.Context(), query)
	v.check(err)
	defer rows.Close() //nolint:errcheck // Err is looked at
	columns, err := rows.Columns()
	v.check(err)
	var out []string
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		v.check(rows.Scan(into...))
		var b strings.Builder
		for i, value := range values {
			if raw, ok := value.([]byte); ok {
				value = hex.EncodeToString(raw)
			}
			fmt.Fprintf(&b, "%s=%v ", columns[i], value)
		}
		out = append(out, b.String())
	}
	v.check(rows.Err())
	slices.Sort(out)
	return out
}

// count is the one number of a query.
func (v *victim) count(d *ground.Database, query string, args ...any) int {
	v.t.Helper()
	db, err := d.Raw(v.t.Context())
	v.check(err)
	defer db.Close() //nolint:errcheck // only read
	var n sql.NullInt64
	v.check(db.QueryRowContext(v.t.Context(), query, args...).Scan(&n))
	return int(n.Int64)
}

// sound fails unless a database agrees with itself: the statistics with the
// follow-ups, the chain of the audit, numbers without a gap, and the file.
func (v *victim) sound(d *ground.Database) {
	v.t.Helper()
	v.open(d, time.Now, func(c *ground.Company) error {
		ctx := context.Background()
		diffs, err := c.Store.VerifyTallies(ctx, c.Org.ID)
		if err != nil {
			return err
		}
		for _, diff := range diffs {
			v.t.Errorf("seed %d: the statistics have %+v, counting gives %+v", v.seed, diff.Kept, diff.Counted)
		}
		broken, err := c.App.VerifyAudit(ctx, c.Actor)
		if broken != 0 {
			v.t.Errorf("seed %d: entry %d of the audit does not fit", v.seed, broken)
		}
		return err
	})
	all := v.count(d, "SELECT COUNT(*) FROM followup")
	last := v.count(d, "SELECT SUM(last) FROM counter WHERE kind = 'HF'")
	if distinct := v.count(d, "SELECT COUNT(DISTINCT number) FROM followup"); distinct != all || last != all {
		v.t.Errorf("seed %d: %d follow-ups have %d numbers, the last is %d", v.seed, all, distinct, last)
	}
	if d.Kind == ground.SQLite {
		if lines := v.lines(d, "PRAGMA integrity_check"); len(lines) != 1 || !strings.Contains(lines[0], "=ok") {
			v.t.Errorf("seed %d: the file is damaged: %q", v.seed, lines)
		}
	}
}
