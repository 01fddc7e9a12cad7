package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"regexp"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"github.com/huifang/huifang"
)

//go:embed migrations/*.sql
var migrations embed.FS

// The two databases, as the marks in migrations name them.
const (
	dialectSQLite   = "sqlite"
	dialectPostgres = "postgres"
)

func (s *Store) dialect() string {
	if s.pg != nil {
		return dialectPostgres
	}
	return dialectSQLite
}

// migration is one file of migrations/, NNNNN_name.sql.
type migration struct {
	version int64
	text    string
}

func readMigrations(dir fs.FS) ([]migration, error) {
	names, err := fs.Glob(dir, "migrations/*.sql")
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	out := make([]migration, len(names))
	for i, name := range names { // fs.Glob sorts
		text, err := fs.ReadFile(dir, name)
		if err != nil {
			return nil, fmt.Errorf("store: %w", err)
		}
		digits, _, _ := strings.Cut(strings.TrimPrefix(name, "migrations/"), "_")
		v, err := strconv.ParseInt(digits, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("store: %s: the name does not begin with a number: %w", name, err)
		}
		out[i] = migration{v, string(text)}
	}
	return out, nil
}

// statements is the migration's statements for one database.
func (m migration) statements(dialect string) []string {
	text := strings.ReplaceAll(m.text, "--"+dialect+" ", "")
	text = regexp.MustCompile(`--[^\n]*`).ReplaceAllString(text, "")
	if dialect == dialectPostgres {
		text = regexp.MustCompile(`\bTEXT\b`).ReplaceAllString(text, `TEXT COLLATE "C"`)
	}
	var out []string
	for part := range strings.SplitSeq(text, ";\n") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

func (m migration) up(dialect string) *goose.Migration {
	return goose.NewGoMigration(m.version, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
		for _, text := range m.statements(dialect) {
			if _, err := tx.ExecContext(ctx, text); err != nil {
				return fmt.Errorf("%w in %q", err, text)
			}
		}
		return nil
	}}, nil)
}

// current is the newest schema this program knows.
func current() (int64, error) {
	all, err := readMigrations(migrations)
	if err != nil {
		return 0, err
	}
	return all[len(all)-1].version, nil
}

const (
	sqlVersion      = "SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version WHERE is_applied"
	sqlLiteTables   = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'goose_db_version'"
	sqlPgTables     = "SELECT CASE WHEN to_regclass('goose_db_version') IS NULL THEN 0 ELSE 1 END"
	sqlMigrateLock  = "SELECT pg_advisory_lock(7226481)"
	sqlMigrateOpen  = "SELECT pg_advisory_unlock(7226481)"
	migrateAttempts = 5
)

// version is the schema's version, 0 for a new database.
func (s *Store) version(ctx context.Context) (int64, error) {
	q := &Reads{run: s.direct()}
	exists := sqlLiteTables
	if s.pg != nil {
		exists = sqlPgTables
	}
	n, err := number(ctx, q, exists)
	if err != nil || n == 0 {
		return 0, err
	}
	return number(ctx, q, sqlVersion)
}

// direct runs statements before the store is started.
func (s *Store) direct() runner {
	if s.pg != nil {
		return s.pg
	}
	return liteSnapshot{s.liteWrite}
}

// upgrade brings the schema up to date, or refuses.
func (s *Store) upgrade(ctx context.Context, cfg Config) error {
	have, err := s.version(ctx)
	if err != nil {
		return err
	}
	want, err := current()
	if err != nil {
		return err
	}
	switch {
	case have == want:
		return nil
	case have > want:
		return huifang.Fail(huifang.CodeConflict, "store.newer", huifang.Textf(
			"数据库由更新的版本写成（结构 %d，本程序只认识到 %d），请升级程序；不支持降级",
			"the database was written by a newer version (schema %d, this program knows %d); upgrade the program, downgrading is not possible", have, want))
	case cfg.Frozen:
		return huifang.Fail(huifang.CodeConflict, "store.older", huifang.Textf(
			"数据库结构为 %d，需要 %d；请先运行 huifang migrate", "the schema is %d and must be %d; run huifang migrate first", have, want))
	}
	return s.migrateTo(ctx, cfg, want)
}

// migrateTo runs the migrations up to a version. Another process may be doing
// the same: on SQLite the slower one fails and finds the work done.
func (s *Store) migrateTo(ctx context.Context, cfg Config, version int64) error {
	all, err := readMigrations(migrations)
	if err != nil {
		return err
	}
	for try := 1; ; try++ {
		err := s.migrate(ctx, cfg, all, version)
		if err == nil || s.pg != nil || try == migrateAttempts || !sleep(ctx, firstWait<<try) {
			return err
		}
		if have, readErr := s.version(ctx); readErr == nil && have == version {
			return nil
		}
	}
}

func (s *Store) migrate(ctx context.Context, cfg Config, all []migration, version int64) (err error) {
	db, kind, err := s.sqlDB(cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	steps := make([]*goose.Migration, len(all))
	for i := range all {
		steps[i] = all[i].up(s.dialect())
	}
	p, err := goose.NewProvider(kind, db, nil, goose.WithGoMigrations(steps...), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	unlock, err := s.lockMigrations(ctx, db)
	if err != nil {
		return translate(err)
	}
	defer unlock()
	if _, err = p.UpTo(ctx, version); err != nil {
		return translate(err)
	}
	return nil
}

// sqlDB opens the database once more, the way goose wants it.
func (s *Store) sqlDB(cfg Config) (*sql.DB, goose.Dialect, error) {
	if s.pg != nil {
		return stdlib.OpenDBFromPool(s.pg.pool), goose.DialectPostgres, nil
	}
	path, _ := litePath(cfg.URL)
	dsn, err := liteDSN(path, writerPragmas(false))
	if err != nil {
		return nil, "", err
	}
	db, err := sql.Open("sqlite", dsn+"&_txlock=immediate")
	if err != nil {
		return nil, "", translate(err)
	}
	db.SetMaxOpenConns(1)
	return db, goose.DialectSQLite3, nil
}

// lockMigrations lets one node migrate at a time: a hint on PostgreSQL, the
// immediate transaction on SQLite.
func (s *Store) lockMigrations(ctx context.Context, db *sql.DB) (unlock func(), err error) {
	if s.pg == nil {
		return func() {}, nil
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := conn.ExecContext(ctx, sqlMigrateLock); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return func() {
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), sqlMigrateOpen)
		_ = conn.Close()
	}, nil
}

// Migrate brings the schema up to date and tells the versions before and after.
func Migrate(ctx context.Context, cfg Config) (from, to int64, err error) {
	s := &Store{}
	if err := s.connect(ctx, cfg); err != nil {
		return 0, 0, errors.Join(err, s.disconnect())
	}
	defer func() { err = errors.Join(err, s.disconnect()) }()
	if from, err = s.version(ctx); err != nil {
		return 0, 0, err
	}
	if err = s.upgrade(ctx, cfg); err != nil {
		return from, from, err
	}
	to, err = s.version(ctx)
	return from, to, err
}

// SchemaHash names the schema that this program writes.
func SchemaHash() (string, error) {
	all, err := readMigrations(migrations)
	if err != nil {
		return "", err
	}
	h := fnv.New64a()
	for _, m := range all {
		_, _ = h.Write([]byte(m.text)) // never fails
	}
	return strconv.FormatUint(h.Sum64(), 16), nil
}
