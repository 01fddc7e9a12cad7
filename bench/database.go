package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"
	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"
	_ "modernc.org/sqlite"             // driver "sqlite"

	"github.com/huifang/huifang/store"
)

// The two databases, as the table names them.
const (
	sqlite   = "SQLite"
	postgres = "PostgreSQL"
)

// kinds of databases this run can measure on.
func (b *bench) kinds() []string {
	if b.server == "" {
		return []string{sqlite}
	}
	return []string{sqlite, postgres}
}

// database is one place where data are, with or without a schema.
type database struct {
	kind string
	url  string // as store.Open takes it
	drop func(ctx context.Context) error
}

// fresh is a new, empty database that goes away by drop.
func (b *bench) fresh(ctx context.Context, kind string) (*database, error) {
	var random [6]byte
	_, _ = rand.Read(random[:]) // never fails
	name := "huifang_bench_" + hex.EncodeToString(random[:])
	if kind == sqlite {
		dir := filepath.Join(b.dir, name)
		d := &database{sqlite, "sqlite://" + filepath.Join(dir, "huifang.db"), func(context.Context) error { return os.RemoveAll(dir) }}
		return d, os.Mkdir(dir, 0o700)
	}
	if err := b.admin(ctx, "CREATE DATABASE "+name); err != nil {
		return nil, err
	}
	drop := func(ctx context.Context) error { return b.admin(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)") }
	address, err := b.named(name)
	return &database{postgres, address, drop}, err
}

// named is the address of another database of the server.
func (b *bench) named(name string) (string, error) {
	u, err := url.Parse(b.server)
	if err != nil {
		return "", err
	}
	u.Path = "/" + name
	return u.String(), nil
}

func (b *bench) admin(ctx context.Context, statement string) error {
	conn, err := pgx.Connect(ctx, b.server)
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, statement)
	return errors.Join(err, conn.Close(ctx))
}

// raw opens the database with the driver alone, the way our store opens it:
// durable, WAL. A limit is measured on it.
func (d *database) raw(ctx context.Context, more ...string) (*sql.DB, error) {
	if d.kind == postgres {
		db, err := sql.Open("pgx", d.url)
		if err != nil {
			return nil, err
		}
		return db, db.PingContext(ctx)
	}
	pragmas := append([]string{"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "cache_size(-16000)", "wal_autocheckpoint(4000)"}, more...)
	db, err := sql.Open("sqlite", "file:"+strings.TrimPrefix(d.url, "sqlite://")+"?"+url.Values{"_pragma": pragmas}.Encode())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return db, db.PingContext(ctx)
}

// schema brings an empty database up to date.
func (d *database) schema(ctx context.Context) error {
	_, _, err := store.Migrate(ctx, store.Config{URL: d.url})
	return err
}

// each runs fn for every database of the run and gathers the rows.
func (b *bench) each(fn func(kind string) ([]Row, error)) ([]Row, error) {
	var rows []Row
	for _, kind := range b.kinds() {
		found, err := fn(kind)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", kind, err)
		}
		for i := range found {
			found[i].Figure = kind + ": " + found[i].Figure
		}
		rows = append(rows, found...)
	}
	return rows, nil
}
