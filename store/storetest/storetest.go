// Package storetest gives tests a fresh store on each of the two databases.
package storetest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/huifang/huifang/store"
)

// Each runs fn twice, as subtests: on an empty SQLite database in a file and on
// an empty PostgreSQL database. Both run, always: without PostgreSQL the test
// fails and tells how to start it.
func Each(t *testing.T, fn func(t *testing.T, s *store.Store)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { fn(t, Postgres(t)) })
}

// EachURL is Each for tests that open the database themselves, perhaps more
// than once.
func EachURL(t *testing.T, fn func(t *testing.T, url string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, SQLiteURL(t)) })
	t.Run("postgres", func(t *testing.T) { fn(t, PostgresURL(t)) })
}

// SQLite is an empty store in a temporary file.
func SQLite(t testing.TB) *store.Store {
	t.Helper()
	return Open(t, store.Config{URL: SQLiteURL(t)})
}

// Postgres is an empty store in a database of its own.
func Postgres(t testing.TB) *store.Store {
	t.Helper()
	return Open(t, store.Config{URL: PostgresURL(t)})
}

// Open opens a store that is closed when the test ends.
func Open(t testing.TB, cfg store.Config) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// SQLiteURL is the address of a file that does not exist yet.
func SQLiteURL(t testing.TB) string {
	t.Helper()
	return "sqlite://" + filepath.Join(t.TempDir(), "huifang.db")
}

// PostgresURL is the address of a new database that has the schema and no rows.
// It is dropped when the test ends.
func PostgresURL(t testing.TB) string {
	t.Helper()
	return create(t, template(t))
}

// EmptyPostgresURL is the address of a new database without a schema.
func EmptyPostgresURL(t testing.TB) string {
	t.Helper()
	return create(t, "template1")
}

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

func admin(t testing.TB, statements ...string) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, server(t))
	if err != nil {
		t.Fatalf("PostgreSQL does not answer; run: export HUIFANG_TEST_POSTGRES=$(scripts/postgres.sh)\n%v", err)
	}
	defer conn.Close(ctx) //nolint:errcheck // nothing is lost
	for _, s := range statements {
		if _, err := conn.Exec(ctx, s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
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
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, server(t))
	if err != nil {
		t.Fatalf("PostgreSQL does not answer; run: export HUIFANG_TEST_POSTGRES=$(scripts/postgres.sh)\n%v", err)
	}
	defer conn.Close(ctx) //nolint:errcheck // also gives the lock back
	var ready bool
	// Other packages' tests run at the same time.
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock(7226482)"); err != nil {
		t.Fatal(err)
	}
	if err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1 AND NOT datallowconn)", name).Scan(&ready); err != nil {
		t.Fatal(err)
	}
	if ready {
		return name
	}
	for _, s := range []string{"DROP DATABASE IF EXISTS " + name, "CREATE DATABASE " + name} {
		if _, err := conn.Exec(ctx, s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	if _, _, err := store.Migrate(ctx, store.Config{URL: database(t, name)}); err != nil {
		t.Fatal(err)
	}
	// Nobody may connect to it any more: a copy needs it free.
	if _, err := conn.Exec(ctx, "ALTER DATABASE "+name+" ALLOW_CONNECTIONS false"); err != nil {
		t.Fatal(err)
	}
	return name
}

func create(t testing.TB, from string) string {
	t.Helper()
	var random [6]byte
	if _, err := rand.Read(random[:]); err != nil {
		t.Fatal(err)
	}
	name := "huifang_test_" + hex.EncodeToString(random[:])
	admin(t, "CREATE DATABASE "+name+" TEMPLATE "+from)
	t.Cleanup(func() { admin(t, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)") })
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
