package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/klauspost/compress/zstd"

	"github.com/huifang/huifang"
)

// Restore fills a database from a backup of either kind, all or nothing. The
// database must be new or hold no rows. A backup of an older schema needs a new
// one; it is migrated once it is in.
func Restore(ctx context.Context, cfg Config, r io.Reader) (err error) {
	z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return damaged(err)
	}
	defer z.Close()
	b, err := readBackup(z)
	if err != nil {
		return err
	}
	s := &Store{blobs: newBlobs(cfg)}
	defer func() { err = errors.Join(err, s.disconnect()) }()
	if err := s.connect(ctx, cfg); err != nil {
		return err
	}
	if err := s.prepareRestore(ctx, cfg, b.head.Schema); err != nil {
		return err
	}
	if err := s.load(ctx, b); err != nil {
		return err
	}
	return s.upgrade(ctx, Config{URL: cfg.URL})
}

// prepareRestore gives an empty database the backup's schema.
func (s *Store) prepareRestore(ctx context.Context, cfg Config, schema int64) error {
	newest, err := current()
	if err != nil {
		return err
	}
	if schema > newest || schema < 1 {
		return huifang.Fail(huifang.CodeConflict, "store.newer", huifang.Textf(
			"备份由更新的版本写成（结构 %d，本程序只认识到 %d），请升级程序", "a newer version wrote the backup (schema %d, this program knows %d); upgrade the program", schema, newest))
	}
	have, err := s.version(ctx)
	if err != nil {
		return err
	}
	switch have {
	case 0:
		return s.migrateTo(ctx, cfg, schema)
	case schema:
	default:
		return huifang.Fail(huifang.CodeConflict, "restore.schema", huifang.Textf(
			"备份的结构为 %d，数据库的结构为 %d；请恢复到一个新的空数据库", "the backup has schema %d and the database %d; restore into a new, empty database", schema, have))
	}
	q := &Reads{run: s.direct()}
	for _, table := range tables() {
		n, err := number(ctx, q, "SELECT COUNT(*) FROM (SELECT 1 FROM "+table+" LIMIT 1) AS found")
		if err != nil {
			return err
		}
		if n > 0 {
			return huifang.Fail(huifang.CodeConflict, "restore.not_empty", huifang.Text{
				ZH: "数据库中已有数据，不能覆盖；请恢复到一个新的空数据库", EN: "the database holds data already; restore into a new, empty database",
			})
		}
	}
	return nil
}

// load writes every table in one transaction.
func (s *Store) load(ctx context.Context, b *backupReader) error {
	if s.pg != nil {
		return s.loadPostgres(ctx, b)
	}
	return s.loadSQLite(ctx, b)
}

func (s *Store) loadSQLite(ctx context.Context, b *backupReader) error {
	c := s.liteWrite
	tx, err := c.begin(ctx, s.checkpoints)
	if err != nil {
		return translate(err)
	}
	err = s.eachTable(b, func(t backupTable) error {
		sql := "INSERT INTO " + t.Table + " (" + strings.Join(t.Columns, ", ") + ") VALUES " + places(1, len(t.Columns))
		for {
			values, err := b.row(t.Kinds)
			if err != nil || values == nil {
				return err
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := c.exec(context.WithoutCancel(ctx), sql, values); err != nil {
				return err
			}
		}
	})
	if err != nil {
		tx.rollback(ctx)
		return translate(err)
	}
	return translate(tx.commit(ctx))
}

func (s *Store) loadPostgres(ctx context.Context, b *backupReader) error {
	tx, err := s.pg.pool.Begin(ctx)
	if err != nil {
		return translate(err)
	}
	err = s.eachTable(b, func(t backupTable) error {
		var read error // which the server would otherwise report as its own
		_, err := tx.CopyFrom(ctx, pgx.Identifier{t.Table}, t.Columns, pgx.CopyFromFunc(func() (values []any, err error) {
			values, read = b.row(t.Kinds)
			return values, read
		}))
		return cmp.Or(read, err)
	})
	if err != nil {
		return translate(errors.Join(err, tx.Rollback(context.WithoutCancel(ctx))))
	}
	if err := tx.Commit(ctx); err != nil {
		return translate(err)
	}
	_, err = s.pg.pool.Exec(ctx, "ANALYZE")
	return translate(err)
}

// eachTable hands over the tables; each must read all rows of its table.
func (s *Store) eachTable(b *backupReader, each func(backupTable) error) error {
	for {
		t, more, err := b.table()
		if err != nil || !more {
			return err
		}
		if t.Table == blobTable && t.Kinds == blobKinds {
			if err := s.restoreBlobs(b); err != nil {
				return err
			}
			continue
		}
		if err := known(t); err != nil {
			return err
		}
		if err := each(t); err != nil {
			return err
		}
	}
}

// known refuses names that are not ours: they become part of statements.
func known(t backupTable) error {
	ok := slices.Contains(tables(), t.Table)
	for _, c := range t.Columns {
		ok = ok && c != "" && strings.Trim(c, "abcdefghijklmnopqrstuvwxyz_") == ""
	}
	if !ok {
		return damaged(fmt.Errorf("unknown table %q", t.Table))
	}
	return nil
}
