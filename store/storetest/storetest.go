// Package storetest gives tests a fresh store on each of the two databases.
package storetest

import (
	"context"
	"path/filepath"
	"testing"

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

// Postgres is an empty store in a database that no other test uses meanwhile.
func Postgres(t testing.TB) *store.Store {
	t.Helper()
	return Open(t, store.Config{URL: lend(t)})
}

// Open opens a store that is closed when the test ends.
func Open(t testing.TB, cfg store.Config) *store.Store {
	t.Helper()
	if cfg.Files == "" {
		cfg.Files = t.TempDir()
	}
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
