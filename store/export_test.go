package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Narrow is whether a list of the filter is sorted by what was asked for rather
// than by month first.
func Narrow(f FollowupFilter) bool { return newWorklist("", f).narrow() }

// Exec runs a statement behind the store's back.
func Exec(ctx context.Context, tx *Tx, sql string) error { return tx.put(ctx, sql) }

// Romanized is a name as it is typed without Chinese input.
func Romanized(name string) (whole, initials string) { return romanized(name) }

// Tables lists every table a backup holds.
func Tables() []string { return tables() }

// Unknown lists the tables that PostgreSQL knows nothing about.
func Unknown(t testing.TB, s *Store) []string {
	t.Helper()
	out, err := s.unknown(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Counts tells how many rows each table has.
func Counts(t testing.TB, s *Store) map[string]int64 {
	t.Helper()
	out := map[string]int64{}
	for _, table := range tables() {
		n, err := number(context.Background(), &s.View().Reads, "SELECT COUNT(*) FROM "+table)
		if err != nil {
			t.Fatal(err)
		}
		out[table] = n
	}
	return out
}

// Dump is every value of every row, by table, in a fixed order.
func Dump(t testing.TB, s *Store) map[string][]string {
	t.Helper()
	ctx, q := context.Background(), &s.View().Reads
	out := map[string][]string{}
	for _, name := range tables() {
		table, err := s.columns(ctx, q, name)
		if err != nil {
			t.Fatal(err)
		}
		err = q.run.query(ctx, "SELECT "+strings.Join(table.Columns, ", ")+" FROM "+name, nil, func(r *row) error {
			var b strings.Builder
			for i, kind := range table.Kinds {
				fmt.Fprintf(&b, "%s=", table.Columns[i])
				switch {
				case r.null():
					r.at++
					b.WriteString("NULL")
				case kind == 'i':
					fmt.Fprint(&b, r.int())
				case kind == 'f':
					fmt.Fprint(&b, r.float())
				case kind == 't':
					fmt.Fprintf(&b, "%q", r.text())
				default:
					fmt.Fprintf(&b, "%x", r.view())
				}
				b.WriteByte(' ')
			}
			out[name] = append(out[name], b.String())
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(out[name])
	}
	return out
}

// Columns is every table's columns with their kinds.
func Columns(t testing.TB, s *Store) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, name := range tables() {
		table, err := s.columns(context.Background(), &s.View().Reads, name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = strings.Join(table.Columns, " ") + " " + table.Kinds
	}
	return out
}

// noRows answers every query with nothing.
type noRows struct{}

func (noRows) query(context.Context, string, []any, func(*row) error) error { return nil }

// recorder notes the statements that pass through it.
type recorder struct {
	runner
	calls *[]call
}

func (r recorder) query(ctx context.Context, sql string, args []any, each func(*row) error) error {
	*r.calls = append(*r.calls, call{sql: sql, args: slices.Clone(args)})
	return r.runner.query(ctx, sql, args, each)
}

// Plans runs fn and tells how the database would run each of its statements.
func Plans(t testing.TB, s *Store, fn func(v *View) error) (plans []string) {
	t.Helper()
	var calls []call
	if err := fn(&View{Reads{run: recorder{s.reads.run, &calls}, arrays: s.pg != nil}}); err != nil {
		t.Fatal(err)
	}
	explain := "EXPLAIN QUERY PLAN "
	if s.pg != nil {
		explain = "EXPLAIN "
	}
	for _, c := range calls {
		var b strings.Builder
		if err := s.reads.run.query(context.Background(), explain+c.sql, c.args, func(r *row) error {
			if s.pg == nil {
				r.at = 3
			}
			b.WriteString(r.text() + "\n")
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		plans = append(plans, b.String())
	}
	return plans
}

// MigrateFurther runs further migrations after those there are; "" stands for
// one that ran before.
func MigrateFurther(ctx context.Context, s *Store, cfg Config, further ...string) error {
	all, err := readMigrations(migrations)
	if err != nil {
		return err
	}
	for _, text := range further {
		all = append(all, migration{all[len(all)-1].version + 1, text})
	}
	return s.migrate(ctx, cfg, all, all[len(all)-1].version)
}
