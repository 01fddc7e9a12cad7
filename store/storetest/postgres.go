package storetest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/huifang/huifang/store"
)

// server is the address of the PostgreSQL server to test on.
func server(t testing.TB) string {
	t.Helper()
	for _, name := range []string{"HUIFANG_TEST_POSTGRES", "DATABASE_URL"} {
		if v := os.Getenv(name); v != "" {
			return v
		}
	}
	t.Fatal("no PostgreSQL to test on; run: export HUIFANG_TEST_POSTGRES=$(scripts/postgres.sh)  (make test does it for you)")
	return ""
}

// connect opens a connection that closes with the test.
func connect(t testing.TB, url string) *pgx.Conn {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatalf("PostgreSQL does not answer; run: export HUIFANG_TEST_POSTGRES=$(scripts/postgres.sh)\n%v", err)
	}
	t.Cleanup(func() { _ = conn.Close(ctx) }) // nothing is lost
	return conn
}

func run(t testing.TB, conn *pgx.Conn, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if _, err := conn.Exec(context.Background(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// ask is the one value a statement yields.
func ask[T any](t testing.TB, conn *pgx.Conn, sql string, args ...any) T {
	t.Helper()
	var v T
	if err := conn.QueryRow(context.Background(), sql, args...).Scan(&v); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return v
}

// Advisory locks: one process at a time makes the template; who holds lock
// (lockLent, n) uses the n-th lent database. A lock goes with its connection,
// so a test that dies lends nothing for ever.
const (
	lockTemplate = 7226482
	lockLent     = 7226483
)

// lend gives a test one of a few databases that are emptied and used again,
// which is several times quicker than a new one.
func lend(t testing.TB) string {
	t.Helper()
	from := template(t)
	conn := connect(t, server(t))
	for n := 1; ; n++ {
		if !ask[bool](t, conn, "SELECT pg_try_advisory_lock($1, $2)", lockLent, n) {
			continue
		}
		name := fmt.Sprintf("%s_%d", strings.Replace(from, "template", "lent", 1), n)
		if !ask[bool](t, conn, "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)", name) {
			run(t, conn, "CREATE DATABASE "+name+" TEMPLATE "+from)
		}
		url := database(t, name)
		empty(t, connect(t, url))
		return url
	}
}

// empty deletes every row.
func empty(t testing.TB, conn *pgx.Conn) {
	t.Helper()
	ctx := context.Background()
	rows, err := conn.Query(ctx, "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = current_schema() AND tablename NOT LIKE 'goose%'")
	if err != nil {
		t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	parts := make([]string, len(tables))
	for i, table := range tables {
		parts[i] = "SELECT '" + table + "'::text WHERE EXISTS (SELECT 1 FROM " + table + ")"
	}
	if rows, err = conn.Query(ctx, strings.Join(parts, " UNION ALL ")); err != nil {
		t.Fatal(err)
	}
	if tables, err = pgx.CollectRows(rows, pgx.RowTo[string]); err != nil {
		t.Fatal(err)
	}
	if len(tables) > 0 {
		slices.Sort(tables)
		run(t, conn, "TRUNCATE "+strings.Join(tables, ", ")+" CASCADE")
	}
}

// template is the name of a database with the schema, from which the others are
// copied. It is made once for every schema.
func template(t testing.TB) string {
	t.Helper()
	hash, err := store.SchemaHash()
	if err != nil {
		t.Fatal(err)
	}
	name := "huifang_template_" + hash
	conn := connect(t, server(t))
	run(t, conn, fmt.Sprintf("SELECT pg_advisory_lock(%d)", lockTemplate)) // until the connection closes
	if !ask[bool](t, conn, "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1 AND NOT datallowconn)", name) {
		run(t, conn, "DROP DATABASE IF EXISTS "+name, "CREATE DATABASE "+name)
		if _, _, err := store.Migrate(context.Background(), store.Config{URL: database(t, name)}); err != nil {
			t.Fatal(err)
		}
		// Nobody may connect to it any more: a copy needs it free.
		run(t, conn, "ALTER DATABASE "+name+" ALLOW_CONNECTIONS false")
	}
	run(t, conn, fmt.Sprintf("SELECT pg_advisory_unlock(%d)", lockTemplate))
	return name
}

func create(t testing.TB, from string) string {
	t.Helper()
	var random [6]byte
	if _, err := rand.Read(random[:]); err != nil {
		t.Fatal(err)
	}
	name := "huifang_test_" + hex.EncodeToString(random[:])
	conn := connect(t, server(t))
	run(t, conn, "CREATE DATABASE "+name+" TEMPLATE "+from)
	t.Cleanup(func() { run(t, conn, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)") })
	return database(t, name)
}

// database is the server's address with another database.
func database(t testing.TB, name string) string {
	t.Helper()
	u, err := url.Parse(server(t))
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}
