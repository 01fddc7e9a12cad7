package store_test

import (
	"context"
	"os"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(ctx) })
	return conn
}

// lint lists what is wrong with the tables of a database.
func lint(t *testing.T, conn *pgx.Conn) []string {
	t.Helper()
	sql, err := os.ReadFile("testdata/schema-lint.sql")
	if err != nil {
		t.Fatal(err)
	}
	// Sessions, tokens and survey links are found by their hash before anybody knows whose
	// they are.
	rows, err := conn.Query(context.Background(), string(sql), []string{"session_hash", "token_hash", "survey_link_hash"})
	if err != nil {
		t.Fatal(err)
	}
	faults, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (string, error) {
		var fault, table, detail string
		err := r.Scan(&fault, &table, &detail)
		return table + ": " + fault + " " + detail, err
	})
	if err != nil {
		t.Fatal(err)
	}
	return faults
}

func TestSchemaLint(t *testing.T) {
	conn := connect(t, storetest.PostgresURL(t))
	if faults := lint(t, conn); len(faults) > 0 {
		t.Fatalf("the schema breaks the rules for tenant tables:\n%q", faults)
	}
	// The lint itself finds what it is for.
	for _, sql := range []string{
		`CREATE TABLE a (org_id BYTEA NOT NULL, x TEXT COLLATE "C")`,
		`CREATE TABLE b (org_id BYTEA NOT NULL, x BYTEA PRIMARY KEY)`,
		`CREATE TABLE c (org_id BYTEA NOT NULL, id BYTEA, x TEXT, PRIMARY KEY (org_id, id))`,
		`CREATE TABLE d (org_id TEXT COLLATE "C" NOT NULL PRIMARY KEY)`,
		`CREATE TABLE e (org_id BYTEA NOT NULL PRIMARY KEY, n SERIAL)`,
		`CREATE TABLE f (org_id BYTEA NOT NULL PRIMARY KEY, at TIMESTAMPTZ DEFAULT now())`,
		`CREATE INDEX unit_name ON unit (name)`,
		`ALTER TABLE review ADD CONSTRAINT cross_fk FOREIGN KEY (org_id) REFERENCES audit_head (org_id) ON DELETE SET NULL`,
		`CREATE TABLE shared (id BYTEA PRIMARY KEY REFERENCES audit_head (org_id))`,
		`CREATE RULE quiet AS ON DELETE TO alert DO INSTEAD NOTHING`,
	} {
		before := len(lint(t, conn))
		if _, err := conn.Exec(context.Background(), sql); err != nil {
			t.Fatal(err)
		}
		if len(lint(t, conn)) <= before {
			t.Errorf("not found: %s", sql)
		}
	}
}

// A table that a backup forgets would be lost with the disk.
func TestBackupKnowsEveryTable(t *testing.T) {
	conn := connect(t, storetest.PostgresURL(t))
	rows, err := conn.Query(context.Background(), `SELECT table_name::text FROM information_schema.tables
WHERE table_schema = current_schema() AND table_name NOT LIKE 'goose%'`)
	if err != nil {
		t.Fatal(err)
	}
	have, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	known := store.Tables()
	slices.Sort(have)
	slices.Sort(known)
	same(t, known, have)
}

// Both databases have the same tables with the same columns and kinds.
func TestSchemasAgree(t *testing.T) {
	same(t, store.Columns(t, storetest.SQLite(t)), store.Columns(t, storetest.Postgres(t)))
}
