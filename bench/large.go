package main

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/huifang/huifang/bench/ground"
)

// large is a database with so many made-up follow-ups, kept in the cache from
// one run to the next because making it takes minutes.
func (b *bench) large(ctx context.Context, kind string, rows int) (*ground.Database, error) {
	hash, err := b.shape(ctx)
	if err != nil {
		return nil, err
	}
	name := "huifang_bench_" + strconv.Itoa(rows) + "_" + hash
	d := &ground.Database{Kind: kind}
	if kind == ground.Postgres {
		if d.URL, err = b.ground.Named(name); err != nil {
			return nil, err
		}
		if db, err := d.Raw(ctx); err == nil {
			var made int
			err = db.QueryRowContext(ctx, "SELECT last FROM counter WHERE kind = 'bench'").Scan(&made)
			if err = errors.Join(err, db.Close()); err == nil && made == rows {
				return d, nil
			}
		}
		if err := b.ground.Admin(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
			return nil, err
		}
		if err := b.ground.Admin(ctx, "CREATE DATABASE "+name); err != nil {
			return nil, err
		}
		return d, b.fill(ctx, d, rows)
	}
	dir := b.dir
	if b.cache != "" {
		if dir, err = filepath.Abs(b.cache); err != nil {
			return nil, err
		}
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, err
	}
	done := filepath.Join(dir, name+".db")
	d.URL = "sqlite://" + done
	if _, err := os.Stat(done); err == nil {
		return d, nil
	}
	partial := done + ".partial"
	if err := os.RemoveAll(partial); err != nil {
		return nil, err
	}
	if err := b.fill(ctx, &ground.Database{Kind: ground.SQLite, URL: "sqlite://" + partial}, rows); err != nil {
		return nil, err
	}
	return d, os.Rename(partial, done)
}

// shape is a hash of the tables and indexes that hold the rows: while they stay,
// what was made is good, whatever becomes of other tables.
func (b *bench) shape(ctx context.Context) (hash string, err error) {
	d, err := b.ground.Fresh(ctx, ground.SQLite)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, d.Drop(ctx)) }()
	if err := d.Schema(ctx); err != nil {
		return "", err
	}
	db, err := d.Raw(ctx)
	if err != nil {
		return "", err
	}
	defer db.Close() //nolint:errcheck // only read
	_, texts, err := pairs(ctx, db, `SELECT name, sql FROM sqlite_master WHERE tbl_name IN ('followup', 'followup_assignee', 'rollup') AND sql IS NOT NULL ORDER BY name`)
	sum := sha256.Sum256([]byte(strings.Join(texts, ";") + madeFollowups(dialectOf(ground.SQLite), 0, 1, 1) + sqlAssignees + sqlRollup + sqlAdHocIndex))
	return hex.EncodeToString(sum[:8]), err
}

// fill makes the schema and the rows. Indexes are made last, because sorting is
// faster than inserting in their order.
func (b *bench) fill(ctx context.Context, d *ground.Database, rows int) error {
	began := time.Now()
	if err := d.Schema(ctx); err != nil {
		return err
	}
	db, err := d.Raw(ctx, "journal_mode(DELETE)", "synchronous(OFF)", "cache_size(-400000)", "foreign_keys(0)", "threads(2)")
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // the end is checked below
	if d.Kind == ground.Postgres {
		db.SetMaxOpenConns(1)
		if _, err := db.ExecContext(ctx, "SET maintenance_work_mem = '512MB'; SET synchronous_commit = off"); err != nil {
			return err
		}
	}
	again, err := dropIndexes(ctx, d.Kind, db, "followup")
	if err != nil {
		return err
	}
	const step = 500_000
	for from := 0; from < rows; from += step {
		if _, err := db.ExecContext(ctx, madeFollowups(dialectOf(d.Kind), from, min(from+step, rows), rows)); err != nil {
			return err
		}
		b.say("  %s: %s of %s follow-ups made, %s", d.Kind, thousands(int64(min(from+step, rows))), thousands(int64(rows)), time.Since(began).Round(time.Second))
	}
	statements := append([]string{sqlAssignees, sqlAdHocIndex, sqlRollup}, again...)
	statements = append(statements, fmt.Sprintf("INSERT INTO counter (org_id, kind, year, last) VALUES (%s, 'bench', 0, %d)", dialectOf(d.Kind).id(madeOrg, "1"), rows))
	if d.Kind == ground.Postgres {
		statements = append(statements, "VACUUM ANALYZE")
	}
	for _, s := range statements {
		if _, err := db.ExecContext(ctx, s); err != nil {
			return fmt.Errorf("%w in %q", err, s)
		}
		b.say("  %s: %.60s, %s", d.Kind, strings.ReplaceAll(s, "\n", " "), time.Since(began).Round(time.Second))
	}
	return db.Close()
}

// dropIndexes takes away the secondary indexes of tables and returns the
// statements that make them again.
func dropIndexes(ctx context.Context, kind string, db *sql.DB, tables ...string) (again []string, err error) {
	query := "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = $1 AND sql IS NOT NULL"
	if kind == ground.Postgres {
		query = "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = $1 AND indexname NOT LIKE '%_pkey'"
	}
	for _, table := range tables {
		names, texts, err := pairs(ctx, db, query, table)
		if err != nil {
			return nil, err
		}
		again = append(again, texts...)
		for _, name := range names {
			if _, err := db.ExecContext(ctx, "DROP INDEX "+name); err != nil {
				return nil, err
			}
		}
	}
	return again, nil
}

// pairs reads a query's two columns of text.
func pairs(ctx context.Context, db *sql.DB, query string, args ...any) (first, second []string, err error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close() //nolint:errcheck // Err is looked at
	for rows.Next() {
		var a, b string
		if err := rows.Scan(&a, &b); err != nil {
			return nil, nil, err
		}
		first, second = append(first, a), append(second, b)
	}
	return first, second, rows.Err()
}
