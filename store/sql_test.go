package store

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/huifang/huifang"
)

// acrossOrganizations are the statements that may do without org_id, and why.
func acrossOrganizations() map[string]string {
	return map[string]string{
		"sqlOrganization":       "the organization itself",
		"sqlOrganizationByCode": "log-in: nobody knows yet who asks",
		"sqlOrganizations":      "the list of organizations",
		"sqlOrganizationInsert": "the organization itself",
		"sqlOrganizationUpdate": "the organization itself",
		"sqlSavepoint":          "no table",
		"sqlRelease":            "no table",
		"sqlUndo":               "no table",
		"sqlVersion":            "the schema",
		"sqlLiteTables":         "the schema",
		"sqlPgTables":           "the schema",
		"sqlPgUnknown":          "the schema",
		"sqlMigrateLock":        "no table",
		"sqlMigrateOpen":        "no table",
		"sqlLiteColumns":        "the schema",
		"sqlPgColumns":          "the schema",
		"sqlSessionByHash":      "log-in: the hash is unguessable; the answer names the organization",
		"sqlTokenByHash":        "log-in: the hash is unguessable; the answer names the organization",
		"sqlSurveyLinkByHash":   "a public page: the hash is unguessable; the answer names the organization",
	}
}

var (
	verb  = regexp.MustCompile(`^\s*(SELECT|INSERT|UPDATE|DELETE|WITH|MERGE|TRUNCATE)\b`)
	whole = regexp.MustCompile(`^\s*(SELECT|INSERT|UPDATE|DELETE|WITH|MERGE|TRUNCATE)\s+\S+\s+\S+`)
)

// constants evaluates the package's string constants, and lists every literal
// outside of them that begins like a statement.
func constants(t *testing.T) (consts map[string]string, loose []string) {
	t.Helper()
	consts = map[string]string{}
	exprs := map[string]ast.Expr{}
	fset := token.NewFileSet()
	names, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if !strings.HasSuffix(name.Name(), ".go") || strings.HasSuffix(name.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(fset, name.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GenDecl:
				if n.Tok != token.CONST {
					return true
				}
				for _, s := range n.Specs {
					for i, v := range s.(*ast.ValueSpec).Values {
						exprs[s.(*ast.ValueSpec).Names[i].Name] = v
					}
				}
				return false
			case *ast.BasicLit:
				if v, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING && whole.MatchString(v) {
					loose = append(loose, name.Name()+": "+v)
				}
			}
			return true
		})
	}
	for name, e := range exprs {
		if v, ok := fold(e, exprs); ok {
			consts[name] = v
		}
	}
	return consts, loose
}

func fold(e ast.Expr, all map[string]ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		v, err := strconv.Unquote(e.Value)
		return v, err == nil && e.Kind == token.STRING
	case *ast.Ident:
		if next, ok := all[e.Name]; ok {
			return fold(next, all)
		}
	case *ast.BinaryExpr:
		a, okA := fold(e.X, all)
		b, okB := fold(e.Y, all)
		return a + b, okA && okB
	}
	return "", false
}

// checkParameters demands $1, $2… once each, in order: other orders mean
// different things to different drivers.
func checkParameters(t *testing.T, name, sql string) {
	t.Helper()
	for i, m := range regexp.MustCompile(`\$(\d+)`).FindAllStringSubmatch(sql, -1) {
		if m[1] != strconv.Itoa(i+1) {
			t.Errorf("%s: parameter $%s stands at place %d in %q", name, m[1], i+1, sql)
		}
	}
}

var volatile = regexp.MustCompile(`(?i)\b(now|random|gen_random_uuid|uuid_generate_v4|clock_timestamp|strftime|nextval)\s*\(|\bCURRENT_(TIMESTAMP|DATE|TIME)\b`)

func TestEveryStatementNamesTheOrganization(t *testing.T) {
	consts, loose := constants(t)
	seen := 0
	for name, sql := range consts {
		if !strings.HasPrefix(name, "sql") {
			if verb.MatchString(sql) {
				t.Errorf("%s holds a statement and is not called sql…", name)
			}
			continue
		}
		seen++
		if strings.HasPrefix(sql, ")") { // the end of sqlJobClaim, say, is sqlJobClaimed
			sql = consts[strings.TrimSuffix(name, "ed")] + sql
		}
		checkParameters(t, name, sql)
		if volatile.MatchString(sql) {
			t.Errorf("%s takes a value from the database that should be a parameter: %s", name, sql)
		}
		if _, ok := acrossOrganizations()[name]; ok {
			continue
		}
		if verb.MatchString(sql) && !strings.Contains(sql, "org_id") {
			t.Errorf("%s does not name the organization: %s", name, sql)
		}
	}
	for name := range acrossOrganizations() {
		if _, ok := consts[name]; !ok {
			t.Errorf("%s is excused and does not exist", name)
		}
	}
	if seen < 100 {
		t.Errorf("only %d statements found: the test looks at the wrong place", seen)
	}
	for _, l := range loose {
		// Whether anything is there at all is asked before a restore; a list is
		// put together from its branches, see TestListStatements.
		if !strings.HasPrefix(l, "restore.go: SELECT COUNT(*) FROM (SELECT 1 FROM ") && l != "worklist_plan.go: SELECT * FROM (" {
			t.Errorf("a statement outside the constants: %s", l)
		}
	}
}

// Every SELECT inside a list is bound to the organization, whatever the filter.
func TestListStatements(t *testing.T) {
	const org, other = huifang.ID("019cd5e6-d200-7615-b11e-bd3a336cc0fa"), huifang.ID("019cd5e6-d200-7615-b11e-bd3a336cc0fb")
	yes := true
	now := time.Unix(1, 0)
	filters := []FollowupFilter{
		{},
		{States: []huifang.State{huifang.StatePlanned}, Now: now},
		{Assignee: other},
		{Assignee: other, Contact: other},
		{Units: []huifang.ID{other, ""}, States: []huifang.State{huifang.StateOverdue}, Now: now},
		{
			States: []huifang.State{huifang.StateOverdue, huifang.StateCompleted}, Now: now, Lead: other, Unassigned: true, Program: "p", Step: "s", Channel: huifang.ChannelPhone,
			Contact: other, Asset: other, Event: other, Enrollment: other, Case: other, Month: 202603, Satisfied: []huifang.Verdict{huifang.VerdictUnqualified},
			Review: []huifang.ReviewState{huifang.ReviewPending}, OpensFrom: now, OpensTo: now, ClosesFrom: now, ClosesTo: now, DoneFrom: now, DoneTo: now, OnTime: &yes,
			Units: []huifang.ID{other},
		},
	}
	for _, f := range filters {
		for _, sort := range []FollowupSort{ByCloses, ByOpens, ByCreated} {
			w, err := (&Reads{run: noRows{}}).plan(t.Context(), org, f, sort)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range []Page{{}, {Desc: true}} {
				text, err := w.page(p)
				if err != nil {
					t.Fatal(err)
				}
				sql := text.b.String()
				checkParameters(t, "list", sql)
				if n := strings.Count(sql, "$"); n != len(text.args) {
					t.Errorf("%d parameters and %d arguments in %s", n, len(text.args), sql)
				}
				from, bound := strings.Count(sql, " FROM followup"), strings.Count(sql, ".org_id = $")
				if from == 0 || bound < from+1 { // and the join of the page
					t.Errorf("%d tables and %d bindings to the organization in %s", from, bound, sql)
				}
				if n := slices.IndexFunc(text.args, func(a any) bool { return a == org }); n != 0 {
					t.Errorf("the first argument is not the organization in %s", sql)
				}
			}
		}
	}
}

// Every table that refers to a numbered record by a foreign key is written only
// after that record, see sees.
func TestNumberedRecordsComeFirst(t *testing.T) {
	all, err := readMigrations(migrations)
	if err != nil {
		t.Fatal(err)
	}
	refers := regexp.MustCompile(`ALTER TABLE (\w+) ADD CONSTRAINT \w+ FOREIGN KEY \([^)]*\) REFERENCES (followup|case_file) `)
	n := 0
	for _, m := range all {
		for _, match := range refers.FindAllStringSubmatch(m.text, -1) {
			n++
			if !sees("INSERT INTO " + match[1] + " (org_id) VALUES ($1)") {
				t.Errorf("%s refers to %s and may be written before it", match[1], match[2])
			}
		}
	}
	if n != 5 {
		t.Errorf("%d references found, want 5", n)
	}
	if sees(sqlEventInsert) || sees(sqlAlertInsert) || sees(sqlNotPlannedInsert) {
		t.Error("what only names a follow-up would have its number settled at once")
	}
}
