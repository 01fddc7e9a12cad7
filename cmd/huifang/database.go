package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
	"github.com/huifang/huifang/calendar"
	"github.com/huifang/huifang/channel"
	"github.com/huifang/huifang/store"
)

// defaultDatabase is the file of --database where none is named.
const defaultDatabase = "huifang.db"

// database says which database a command works on.
type database struct {
	Database string `help:"SQLite file or postgres:// address." zh:"SQLite 文件或 postgres:// 地址。" env:"DATABASE_URL" default:"huifang.db" placeholder:"FILE|URL"`
	Files    string `help:"Folder for photos, signatures and documents, shared by all nodes; default: beside the SQLite file." zh:"存放照片、签字和文件的文件夹，多节点共用；默认在 SQLite 文件旁。" env:"HUIFANG_FILES" placeholder:"DIR"`

	relaxed bool   // sample data need not survive a power cut
	private bool   // messages and webhooks may go to private addresses
	key     []byte // seals secrets; nil: kept as they are
}

func (d *database) config() store.Config {
	return store.Config{URL: address(d.Database), Files: d.Files, Relaxed: d.relaxed}
}

// address turns a plain file name into a database address.
func address(name string) string {
	for i := range len(name) {
		if name[i] == ':' && i > 1 { // a scheme, not a drive letter
			return name
		}
	}
	if abs, err := filepath.Abs(name); err == nil {
		name = abs
	}
	return "sqlite://" + name
}

// newID makes ids of the present moment.
func newID() huifang.ID {
	var entropy [10]byte
	_, _ = rand.Read(entropy[:]) // never fails
	return huifang.NewID(time.Now(), entropy)
}

// placed refuses a file in a folder that is not there: no waiting mends that.
func (d *database) placed() error {
	file, ok := sqliteFile(d.Database)
	if !ok {
		return nil
	}
	dir := filepath.Dir(file)
	if info, err := os.Stat(dir); err == nil && info.IsDir() {
		return nil
	}
	return huifang.Invalid("database.folder", huifang.Textf(
		"没有文件夹“%s”，无法建立数据库；请先创建它，或用 --database 指明别处", "there is no folder %q for the database; make it first, or name another place with --database", dir))
}

// open opens the database and the use cases over it.
func (d *database) open(ctx context.Context, log *slog.Logger) (*app.App, *store.Store, error) {
	if err := d.placed(); err != nil {
		return nil, nil, err
	}
	st, err := store.Open(ctx, d.config())
	if err != nil {
		return nil, nil, err
	}
	return app.New(app.Config{
		Store: st, Now: time.Now, NewID: newID, Log: log, Calendar: calendar.China(), Network: channel.NewNetwork(d.private), Key: d.key,
	}), st, nil
}

// within is with, over a database that exists: a mistyped file name is told,
// not made into an empty database.
func (d *database) within(ctx context.Context, s *streams, fn func(a *app.App, st *store.Store) error) error {
	if file, ok := sqliteFile(d.Database); ok {
		if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) {
			return huifang.Fail(huifang.CodeNotFound, "database.missing", huifang.Textf(
				"没有数据库文件“%s”；请用 --database 或 DATABASE_URL 指明", "there is no database file %q; name it with --database or DATABASE_URL", d.Database))
		}
	}
	return d.with(ctx, s, fn)
}

// with runs fn over the open database and closes it.
func (d *database) with(ctx context.Context, s *streams, fn func(a *app.App, st *store.Store) error) error {
	a, st, err := d.open(ctx, logger(s.err, "warn", false))
	if err != nil {
		return err
	}
	return errors.Join(fn(a, st), st.Close())
}

// logger writes to w from a level on, as text or JSON.
func logger(w io.Writer, level string, asJSON bool) *slog.Logger {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		l = slog.LevelInfo
	}
	opts := &slog.HandlerOptions{Level: l}
	if asJSON {
		return slog.New(slog.NewJSONHandler(w, opts))
	}
	return slog.New(slog.NewTextHandler(w, opts))
}

type migrateCmd struct{ database }

// Run brings the schema up to date.
func (c *migrateCmd) Run(ctx context.Context, s *streams) error {
	if err := c.placed(); err != nil {
		return err
	}
	from, to, err := store.Migrate(ctx, c.config())
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(s.out, huifang.Textf("数据库结构：第 %d 版 → 第 %d 版", "database schema: version %d → %d", from, to).In(s.lang))
	return err
}

type backupCmd struct {
	database
	File string `arg:"" help:"Where to write; - for standard output." zh:"写到哪里；- 为标准输出。"`
}

// Run writes a consistent copy. A file appears under its name only when it is
// whole.
func (c *backupCmd) Run(ctx context.Context, s *streams) error {
	return c.within(ctx, s, func(_ *app.App, st *store.Store) error {
		if c.File == "-" {
			return st.Backup(ctx, s.out)
		}
		if err := whole(c.File, func(w io.Writer) error { return st.Backup(ctx, w) }); err != nil {
			return err
		}
		say(s, s.out, "已备份到 %s", "backed up to %s", c.File)
		return nil
	})
}

// whole writes a file beside its place and moves it there when it is complete.
func whole(name string, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*")
	if err != nil {
		return unwritable(name, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	err = cmp.Or(write(f), f.Sync())
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Chmod(f.Name(), 0o600); err != nil {
		return unwritable(name, err)
	}
	return os.Rename(f.Name(), name)
}

func unwritable(file string, err error) error {
	w := why(err)
	return &huifang.Error{
		Code: huifang.CodeInvalid, Reason: "file.unwritable", At: huifang.Location{File: file},
		Message: huifang.Textf("无法写入文件：%[1]s", "the file cannot be written: %[2]s", w.ZH, w.EN),
	}
}

type restoreCmd struct {
	database
	File string `arg:"" help:"The backup; - for standard input." zh:"备份文件；- 为标准输入。"`
}

// Run fills a new, empty database from a backup.
func (c *restoreCmd) Run(ctx context.Context, s *streams) error {
	in := s.in
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return unreadable(c.File, err)
		}
		defer f.Close() //nolint:errcheck // only read
		in = f
	}
	if err := c.placed(); err != nil {
		return err
	}
	if err := store.Restore(ctx, c.config(), in); err != nil {
		return err
	}
	_, err := fmt.Fprintln(s.out, huifang.Text{ZH: "已恢复", EN: "restored"}.In(s.lang))
	return err
}
