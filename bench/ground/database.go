package ground

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"
	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"
	_ "modernc.org/sqlite"             // driver "sqlite"

	"github.com/huifang/huifang/store"
)

// The two kinds of databases.
const (
	SQLite   = "SQLite"
	Postgres = "PostgreSQL"
)

// Ground is where fresh databases come from.
type Ground struct {
	Dir    string // SQLite files, removed by whoever made it
	Server string // address of a PostgreSQL server; "": there is only SQLite
}

// Kinds are the databases there are.
func (g *Ground) Kinds() []string {
	if g.Server == "" {
		return []string{SQLite}
	}
	return []string{SQLite, Postgres}
}

// Database is one place where data are, with or without a schema.
type Database struct {
	Kind string
	URL  string // as store.Open takes it
	name string
	on   *Ground
}

// Fresh is a new, empty database that goes away by Drop.
func (g *Ground) Fresh(ctx context.Context, kind string) (*Database, error) {
	var random [6]byte
	_, _ = rand.Read(random[:]) // never fails
	d := &Database{Kind: kind, name: "huifang_bench_" + hex.EncodeToString(random[:]), on: g}
	if kind == SQLite {
		dir := filepath.Join(g.Dir, d.name)
		d.URL = "sqlite://" + filepath.Join(dir, "huifang.db")
		return d, os.Mkdir(dir, 0o700)
	}
	if err := g.Admin(ctx, "CREATE DATABASE "+d.name); err != nil {
		return nil, err
	}
	var err error
	d.URL, err = g.Named(d.name)
	return d, err
}

// Drop removes the database.
func (d *Database) Drop(ctx context.Context) error {
	if d.Kind == SQLite {
		return os.RemoveAll(filepath.Dir(d.File()))
	}
	return d.on.Admin(ctx, "DROP DATABASE IF EXISTS "+d.name+" WITH (FORCE)")
}

// File is the path of a SQLite database.
func (d *Database) File() string { return strings.TrimPrefix(d.URL, "sqlite://") }

// Copy is another database with the same content. Nobody may be connected to
// this one.
func (d *Database) Copy(ctx context.Context) (*Database, error) {
	to, err := d.on.Fresh(ctx, d.Kind)
	if err != nil {
		return nil, err
	}
	if d.Kind == SQLite {
		return to, copyFile(d.File(), to.File())
	}
	return to, errors.Join(d.on.Admin(ctx, "DROP DATABASE "+to.name), d.on.Admin(ctx, "CREATE DATABASE "+to.name+" TEMPLATE "+d.name))
}

func copyFile(from, to string) error {
	in, err := os.Open(from) //nolint:gosec // our own file
	if err != nil {
		return err
	}
	defer in.Close()          //nolint:errcheck // only read
	out, err := os.Create(to) //nolint:gosec // our own file
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// Named is the address of a database of the PostgreSQL server.
func (g *Ground) Named(name string) (string, error) {
	u, err := url.Parse(g.Server)
	if err != nil {
		return "", err
	}
	u.Path = "/" + name
	return u.String(), nil
}

// Admin runs a statement on the PostgreSQL server itself.
func (g *Ground) Admin(ctx context.Context, statement string) error {
	conn, err := pgx.Connect(ctx, g.Server)
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, statement)
	return errors.Join(err, conn.Close(ctx))
}

// Raw opens the database with the driver alone, the way our store opens it:
// durable, WAL. A limit is measured on it. SQLite takes more pragmas.
func (d *Database) Raw(ctx context.Context, pragmas ...string) (*sql.DB, error) {
	if d.Kind == Postgres {
		db, err := sql.Open("pgx", d.URL)
		if err != nil {
			return nil, err
		}
		return db, db.PingContext(ctx)
	}
	pragmas = append([]string{"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "cache_size(-16000)", "wal_autocheckpoint(4000)"}, pragmas...)
	db, err := sql.Open("sqlite", "file:"+d.File()+"?"+url.Values{"_pragma": pragmas}.Encode())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return db, db.PingContext(ctx)
}

// Schema brings an empty database up to date.
func (d *Database) Schema(ctx context.Context) error {
	_, _, err := store.Migrate(ctx, store.Config{URL: d.URL})
	return err
}
