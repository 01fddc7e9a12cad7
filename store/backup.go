package store

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"math"
	"strings"

	"github.com/klauspost/compress/zstd"

	"github.com/huifang/huifang"
)

// A backup is one zstd stream: a line of JSON that says what it is (backupHead);
// for every table a line of JSON (backupTable) and its rows, each a length and
// that many bytes, ended by length 0; last a line of JSON (backupEnd) with the
// SHA-256 of all before it. It fits either database.
const (
	backupFormat  = "huifang-backup"
	backupVersion = 1
	maxBackupRow  = 1 << 30
)

type backupHead struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	Schema  int64  `json:"schema"`
	Tables  int    `json:"tables"`
}

// backupTable is a table's columns with their kinds: b bytes, t text, i integer,
// f floating point.
type backupTable struct {
	Table   string   `json:"table"`
	Columns []string `json:"columns"`
	Kinds   string   `json:"kinds"`
}

type backupEnd struct {
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"`
}

// tables lists every table, each after those it refers to.
func tables() []string {
	return []string{
		"organization", "unit", "staff", "staff_role", "role", "credential", "session", "token", "contact", "contact_phone", "asset", "alias", "distinct_pair", "event",
		"inbox", "inbox_result", "inbox_lease", "enrollment", "followup", "followup_assignee", "rollup", "counter", "attempt", "record", "review", "not_planned", "case_file",
		"case_action", "recurrence", "alert", "program_version", "program_setting", "import_run", "import_reject", "mapping", "idempotency",
		"job", "audit", "audit_head", "frozen_month", "preference", "file", "file_use", "survey_link",
		"sender", "message", "message_template", "webhook", "webhook_delivery",
	}
}

const (
	sqlLiteColumns = "SELECT name, type FROM pragma_table_info($1) ORDER BY cid"
	sqlPgColumns   = `SELECT column_name::text, data_type::text FROM information_schema.columns
WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position`
)

func (s *Store) columns(ctx context.Context, q *Reads, table string) (backupTable, error) {
	sql := sqlLiteColumns
	if s.pg != nil {
		sql = sqlPgColumns
	}
	t := backupTable{Table: table}
	err := q.run.query(ctx, sql, []any{table}, func(r *row) error {
		t.Columns = append(t.Columns, r.text())
		switch strings.ToLower(r.text()) {
		case "bytea":
			t.Kinds += "b"
		case "text":
			t.Kinds += "t"
		case "double precision":
			t.Kinds += "f"
		default:
			t.Kinds += "i"
		}
		return nil
	})
	return t, err
}

// Backup writes a copy of the whole database as it stands now, while others
// keep writing. It restores into either kind of database.
func (s *Store) Backup(ctx context.Context, w io.Writer) error {
	schema, err := current()
	if err != nil {
		return err
	}
	z, err := zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	sum := sha256.New()
	b := &backupWriter{w: bufio.NewWriterSize(io.MultiWriter(z, sum), 1<<16)}
	err = s.Snapshot(ctx, func(v *View) error {
		hashes, err := s.fileHashes(ctx, &v.Reads)
		if err != nil {
			return err
		}
		if err := b.line(backupHead{backupFormat, backupVersion, schema, len(tables()) + min(1, len(hashes))}); err != nil {
			return err
		}
		for _, name := range tables() {
			t, err := s.columns(ctx, &v.Reads, name)
			if err != nil {
				return err
			}
			if err := b.table(ctx, v, t); err != nil {
				return err
			}
		}
		if err := s.backupBlobs(b, hashes); err != nil {
			return err
		}
		return b.end(sum)
	})
	return translate(errors.Join(err, z.Close()))
}

type backupWriter struct {
	w    *bufio.Writer
	buf  []byte
	rows int64
}

func (b *backupWriter) line(v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	_, err = b.w.Write(append(text, '\n'))
	return err
}

func (b *backupWriter) end(sum hash.Hash) error {
	if err := b.w.Flush(); err != nil {
		return err
	}
	if err := b.line(backupEnd{b.rows, hex.EncodeToString(sum.Sum(nil))}); err != nil {
		return err
	}
	return b.w.Flush()
}

func (b *backupWriter) table(ctx context.Context, v *View, t backupTable) error {
	if err := b.line(t); err != nil {
		return err
	}
	// Every organization's rows: the whole database is copied.
	sql := "SELECT " + strings.Join(t.Columns, ", ") + " FROM " + t.Table
	err := v.run.query(ctx, sql, nil, func(r *row) error {
		b.buf = b.buf[:0]
		for i := range len(t.Kinds) {
			b.value(r, t.Kinds[i])
		}
		b.rows++
		if _, err := b.w.Write(binary.AppendUvarint(nil, uint64(len(b.buf)))); err != nil {
			return err
		}
		_, err := b.w.Write(b.buf)
		return err
	})
	if err != nil {
		return err
	}
	return b.w.WriteByte(0)
}

// value appends one value: 0 for NULL, else 1 and the value.
func (b *backupWriter) value(r *row, kind byte) {
	if r.null() {
		r.at++
		b.buf = append(b.buf, 0)
		return
	}
	b.buf = append(b.buf, 1)
	switch kind {
	case 'i':
		b.buf = binary.AppendVarint(b.buf, r.int())
	case 'f':
		b.buf = binary.LittleEndian.AppendUint64(b.buf, math.Float64bits(r.float()))
	case 't':
		text := r.text()
		b.buf = append(binary.AppendUvarint(b.buf, uint64(len(text))), text...)
	default:
		raw := r.view()
		b.buf = append(binary.AppendUvarint(b.buf, uint64(len(raw))), raw...)
	}
}

// blob writes the content of a file.
func (b *backupWriter) blob(hash string, content []byte) error {
	raw, err := hex.DecodeString(hash)
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	b.buf = append(binary.AppendUvarint(append(b.buf[:0], 1), uint64(len(raw))), raw...)
	b.buf = append(binary.AppendUvarint(append(b.buf, 1), uint64(len(content))), content...)
	b.rows++
	if _, err := b.w.Write(binary.AppendUvarint(nil, uint64(len(b.buf)))); err != nil {
		return err
	}
	_, err = b.w.Write(b.buf)
	return err
}

func damaged(err error) error {
	return failure(huifang.CodeInvalid, "backup.damaged", "备份文件不完整或已损坏，未恢复任何数据", "the backup is truncated or damaged; nothing was restored", err)
}

// backupReader reads a backup and checks it on the way.
type backupReader struct {
	r    *bufio.Reader
	sum  hash.Hash
	head backupHead
	left int // tables
	rows int64
	buf  []byte
}

func readBackup(r io.Reader) (*backupReader, error) {
	b := &backupReader{r: bufio.NewReaderSize(r, 1<<16), sum: sha256.New()}
	if err := b.line(&b.head, true); err != nil || b.head.Format != backupFormat {
		return nil, huifang.Invalid("backup.format", huifang.Text{ZH: "这不是本系统的备份文件", EN: "this is not a backup of this product"})
	}
	if b.head.Version != backupVersion {
		return nil, huifang.Invalid("backup.version", huifang.Textf(
			"备份格式版本为 %d，本程序只认识 %d", "the backup has format %d, this program knows %d", b.head.Version, backupVersion))
	}
	b.left = b.head.Tables
	return b, nil
}

func (b *backupReader) line(v any, sum bool) error {
	text, err := b.r.ReadBytes('\n')
	if err != nil {
		return damaged(err)
	}
	if sum {
		b.sum.Write(text)
	}
	if err := json.Unmarshal(text, v); err != nil {
		return damaged(err)
	}
	return nil
}

// table is the next table; false after the last, whose checksum then fits.
func (b *backupReader) table() (t backupTable, more bool, err error) {
	if b.left > 0 {
		b.left--
		err := b.line(&t, true)
		if err == nil && (len(t.Kinds) != len(t.Columns) || t.Table == "") {
			err = damaged(nil)
		}
		return t, err == nil, err
	}
	want := hex.EncodeToString(b.sum.Sum(nil))
	var end backupEnd
	if err := b.line(&end, false); err != nil {
		return t, false, err
	}
	if end.SHA256 != want || end.Rows != b.rows {
		return t, false, damaged(errors.New("the checksum does not fit"))
	}
	if _, err := b.r.ReadByte(); !errors.Is(err, io.EOF) {
		return t, false, damaged(errors.Join(errors.New("something follows the end"), err))
	}
	return t, false, nil
}

// row reads the next row of a table; nil after the last.
func (b *backupReader) row(kinds string) ([]any, error) {
	n, err := binary.ReadUvarint(b.r)
	if err != nil || n > maxBackupRow {
		return nil, damaged(err)
	}
	b.sum.Write(binary.AppendUvarint(nil, n))
	if n == 0 {
		return nil, nil
	}
	if uint64(cap(b.buf)) < n {
		b.buf = make([]byte, n)
	}
	raw := b.buf[:n]
	if _, err := io.ReadFull(b.r, raw); err != nil {
		return nil, damaged(err)
	}
	b.sum.Write(raw)
	b.rows++
	out := make([]any, len(kinds))
	for i := range out {
		if out[i], raw, err = backupValue(raw, kinds[i]); err != nil {
			return nil, err
		}
	}
	if len(raw) > 0 {
		return nil, damaged(nil)
	}
	return out, nil
}

func backupValue(raw []byte, kind byte) (v any, rest []byte, err error) {
	if len(raw) == 0 {
		return nil, nil, damaged(io.ErrUnexpectedEOF)
	}
	given := raw[0] == 1
	if raw = raw[1:]; !given {
		return nil, raw, nil
	}
	switch kind {
	case 'i':
		n, used := binary.Varint(raw)
		if used <= 0 {
			return nil, nil, damaged(nil)
		}
		return n, raw[used:], nil
	case 'f':
		if len(raw) < 8 {
			return nil, nil, damaged(nil)
		}
		return math.Float64frombits(binary.LittleEndian.Uint64(raw)), raw[8:], nil
	}
	n, used := binary.Uvarint(raw)
	if used <= 0 || n > uint64(len(raw)-used) { //nolint:gosec // not negative
		return nil, nil, damaged(nil)
	}
	part, rest := raw[used:used+int(n)], raw[used+int(n):] //nolint:gosec // fits the row
	if kind == 't' {
		return string(part), rest, nil
	}
	return append([]byte{}, part...), rest, nil
}
