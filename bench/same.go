package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/huifang/huifang/bench/ground"
)

// written is what some work of ours wrote: the rows of every table that was
// empty before, in the order of the tables.
type written []tableRows

type tableRows struct {
	table   string
	columns []string
	rows    [][]any
}

// bulkTables lists the tables that bulk work writes, those first that others
// refer to.
func bulkTables() []string {
	return []string{
		"import_run", "import_reject", "contact", "contact_phone", "asset", "event", "enrollment", "followup", "followup_assignee", "not_planned",
		"rollup", "counter", "alert", "job",
	}
}

// readWritten reads every table of bulk work that is not among those to leave out.
func readWritten(ctx context.Context, d *ground.Database, leave []string) (written, error) {
	db, err := d.Raw(ctx)
	if err != nil {
		return nil, err
	}
	defer db.Close() //nolint:errcheck // only read
	var out written
	for _, table := range bulkTables() {
		if slices.Contains(leave, table) {
			continue
		}
		t, err := readTable(ctx, db, table)
		if err != nil {
			return nil, err
		}
		if len(t.rows) > 0 {
			out = append(out, t)
		}
	}
	return out, nil
}

func readTable(ctx context.Context, db *sql.DB, table string) (tableRows, error) {
	t := tableRows{table: table}
	rows, err := db.QueryContext(ctx, "SELECT * FROM "+table) //nolint:gosec // a name of ours
	if err != nil {
		return t, err
	}
	defer rows.Close() //nolint:errcheck // Err is looked at
	if t.columns, err = rows.Columns(); err != nil {
		return t, err
	}
	for rows.Next() {
		line := make([]any, len(t.columns))
		into := make([]any, len(line))
		for i := range line {
			into[i] = &line[i]
		}
		if err := rows.Scan(into...); err != nil {
			return t, err
		}
		t.rows = append(t.rows, line)
	}
	return t, rows.Err()
}

// count is how many rows there are in all.
func (w written) count() int {
	n := 0
	for _, t := range w {
		n += len(t.rows)
	}
	return n
}

// parametersAStatement bounds a multi-row statement: of 45, 250, 900 and 4000 the
// one with which both drivers were fastest.
const parametersAStatement = 250

// statement inserts so many rows at once.
func (t *tableRows) statement(rows int) string {
	var b strings.Builder
	b.WriteString("INSERT INTO " + t.table + " (" + strings.Join(t.columns, ", ") + ") VALUES ")
	n := 0
	for r := range rows {
		if r > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('(')
		for c := range t.columns {
			if c > 0 {
				b.WriteByte(',')
			}
			n++
			b.WriteString("$" + strconv.Itoa(n))
		}
		b.WriteByte(')')
	}
	return b.String()
}

// part is the k-th of n equal parts of the rows.
func (t *tableRows) part(k, n int) [][]any {
	return t.rows[len(t.rows)*k/n : len(t.rows)*(k+1)/n]
}

// each calls put with statements that insert the rows, as many at a time as fit.
func (t *tableRows) each(rows [][]any, put func(sql string, args []any) error) error {
	most := max(1, parametersAStatement/len(t.columns))
	for len(rows) > 0 {
		n := min(most, len(rows))
		if n < most { // few texts, so that few are prepared
			n = 1
		}
		args := make([]any, 0, n*len(t.columns))
		for _, r := range rows[:n] {
			args = append(args, r...)
		}
		if err := put(t.statement(n), args); err != nil {
			return fmt.Errorf("%s: %w", t.table, err)
		}
		rows = rows[n:]
	}
	return nil
}

// write inserts the rows with the driver alone, in so many transactions, and
// gives the seconds that took.
func (w written) write(ctx context.Context, d *ground.Database, transactions int) (float64, error) {
	if d.Kind == ground.Postgres {
		return w.writePostgres(ctx, d, transactions)
	}
	return w.writeSQLite(ctx, d, transactions)
}

// writeSQLite uses the driver itself: database/sql would cost a tenth.
func (w written) writeSQLite(ctx context.Context, d *ground.Database, transactions int) (took float64, err error) {
	db, err := d.Raw(ctx)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	conn, err := db.Conn(ctx)
	if err != nil {
		return 0, err
	}
	defer conn.Close() //nolint:errcheck // the database is closed
	err = conn.Raw(func(c any) error {
		r := &rawSQLite{conn: c.(driver.Conn), statements: map[string]driver.Stmt{}} //nolint:forcetypeassert // it is one
		defer r.close()
		began := time.Now()
		err := w.inParts(transactions, func() error { return r.exec(ctx, "BEGIN IMMEDIATE", nil) },
			func(sql string, args []any) error { return r.exec(ctx, sql, args) },
			func() error { return r.exec(ctx, "COMMIT", nil) })
		took = time.Since(began).Seconds()
		return err
	})
	return took, err
}

// rawSQLite is a connection of the driver with its prepared statements.
type rawSQLite struct {
	conn       driver.Conn
	statements map[string]driver.Stmt
	named      []driver.NamedValue
}

func (r *rawSQLite) exec(ctx context.Context, text string, args []any) error {
	s := r.statements[text]
	if s == nil {
		var err error
		if s, err = r.conn.(driver.ConnPrepareContext).PrepareContext(ctx, text); err != nil {
			return err
		}
		r.statements[text] = s
	}
	r.named = r.named[:0]
	for i, a := range args {
		r.named = append(r.named, driver.NamedValue{Ordinal: i + 1, Value: a})
	}
	_, err := s.(driver.StmtExecContext).ExecContext(ctx, r.named)
	return err
}

func (r *rawSQLite) close() {
	for _, s := range r.statements {
		_ = s.Close() // the connection is closed next
	}
}

func (w written) writePostgres(ctx context.Context, d *ground.Database, transactions int) (took float64, err error) {
	conn, err := pgx.Connect(ctx, d.URL)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, conn.Close(ctx)) }()
	// References between the rows are not checked: the limit is to be generous.
	if _, err := conn.Exec(ctx, "SET session_replication_role = replica"); err != nil {
		return 0, err
	}
	exec := func(sql string, args []any) error {
		_, err := conn.Exec(ctx, sql, args...)
		return err
	}
	began := time.Now()
	err = w.inParts(transactions, func() error { return exec("BEGIN", nil) }, exec, func() error { return exec("COMMIT", nil) })
	return time.Since(began).Seconds(), err
}

// inParts puts the rows in so many transactions, a part of every table in each.
func (w written) inParts(transactions int, begin func() error, put func(string, []any) error, commit func() error) error {
	for k := range transactions {
		if err := begin(); err != nil {
			return err
		}
		for i := range w {
			if err := w[i].each(w[i].part(k, transactions), put); err != nil {
				return err
			}
		}
		if err := commit(); err != nil {
			return err
		}
	}
	return nil
}
