package store

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store/lite"
)

// row reads the columns of one result row from left to right. It is valid only
// within the callback it is given to. The first value that cannot be read stops
// it; the query then returns that error.
type row struct {
	lite   *lite.Stmt                // SQLite: the statement that stands on the row
	pg     [][]byte                  // PostgreSQL: values on the wire
	fields []pgconn.FieldDescription // and their formats
	at     int
	err    error
}

func (r *row) fail(what string, v any) {
	if r.err == nil {
		r.err = fmt.Errorf("column %d: %s expected, got %T %v", r.at, what, v, v)
	}
}

// wire is the next value as PostgreSQL sent it, nil for NULL, and whether it is
// in text form (behind a pooler, see Config.URL).
func (r *row) wire() (b []byte, text bool) {
	b, text = r.pg[r.at], r.fields[r.at].Format == pgx.TextFormatCode
	r.at++
	return b, text
}

// value moves to the next value of SQLite and tells where and what it is.
func (r *row) value() (i int, kind lite.Kind) {
	i = r.at
	r.at++
	return i, r.lite.Kind(i)
}

// int is the next value as an integer, 0 for NULL.
func (r *row) int() int64 {
	if r.lite != nil {
		switch i, kind := r.value(); kind {
		case lite.Integer:
			return r.lite.Int(i)
		case lite.Null:
			return 0
		default:
			r.fail("an integer", string(r.lite.Bytes(i)))
			return 0
		}
	}
	b, text := r.wire()
	if text && b != nil {
		n, err := strconv.ParseInt(string(b), 10, 64)
		if err != nil {
			r.fail("an integer", string(b))
		}
		return n
	}
	switch len(b) {
	case 0:
		return 0
	case 2:
		return int64(int16(binary.BigEndian.Uint16(b))) //nolint:gosec // two's complement on the wire
	case 4:
		return int64(int32(binary.BigEndian.Uint32(b))) //nolint:gosec // two's complement on the wire
	case 8:
		return int64(binary.BigEndian.Uint64(b)) //nolint:gosec // two's complement on the wire
	}
	r.fail("an integer", b)
	return 0
}

// num is the next value as an int.
func (r *row) num() int { return int(r.int()) }

// bool is the next value as a truth value, kept as 0 or 1.
func (r *row) bool() bool { return r.int() != 0 }

// text is the next value as a string, "" for NULL.
func (r *row) text() string {
	if r.lite != nil {
		switch i, kind := r.value(); kind {
		case lite.Text:
			return string(r.lite.Bytes(i))
		case lite.Null:
			return ""
		default:
			r.fail("text", r.lite.Bytes(i))
			return ""
		}
	}
	b, _ := r.wire()
	return string(b)
}

// view is the next value's bytes, valid within the callback.
func (r *row) view() []byte {
	if r.lite != nil {
		switch i, kind := r.value(); kind {
		case lite.Blob:
			return r.lite.Bytes(i)
		case lite.Null:
			return nil
		default:
			r.fail("bytes", string(r.lite.Bytes(i)))
			return nil
		}
	}
	b, text := r.wire()
	if !text || b == nil {
		return b
	}
	out := make([]byte, hex.DecodedLen(max(len(b)-2, 0)))
	if len(b) < 2 || string(b[:2]) != `\x` {
		r.fail("bytes", string(b))
		return nil
	}
	if _, err := hex.Decode(out, b[2:]); err != nil {
		r.fail("bytes", string(b))
	}
	return out
}

// bytes is a copy of the next value's bytes, nil for NULL.
func (r *row) bytes() []byte {
	b := r.view()
	if b == nil {
		return nil
	}
	return append(make([]byte, 0, len(b)), b...)
}

// id is the next value as an ID; NULL and sixteen zero bytes are none.
func (r *row) id() huifang.ID {
	b := r.view()
	if len(b) == 0 {
		return ""
	}
	if len(b) != 16 {
		r.fail("an id", b)
		return ""
	}
	raw := [16]byte(b)
	if raw == ([16]byte{}) {
		return ""
	}
	return huifang.IDFromBytes(raw)
}

// hash is the next value's bytes in hexadecimal.
func (r *row) hash() string { return hex.EncodeToString(r.view()) }

// instant is the next value as a time, kept as epoch milliseconds; NULL is zero.
func (r *row) instant() time.Time {
	ms := r.int()
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// date is the next value as a date; NULL is NoDate.
func (r *row) date() huifang.Date {
	if r.null() {
		r.at++
		return huifang.NoDate
	}
	return huifang.Date(r.int()) //nolint:gosec // written as int32
}

func (r *row) null() bool {
	if r.lite != nil {
		return r.lite.Kind(r.at) == lite.Null
	}
	return r.pg[r.at] == nil
}

// clock is the next value as a time of day.
func (r *row) clock() huifang.Clock { return huifang.Clock(r.int()) } //nolint:gosec // written as int16

// month is the next value as a month.
func (r *row) month() huifang.Month { return huifang.Month(r.int()) } //nolint:gosec // written as int32

// float is the next value as a number, 0 for NULL.
func (r *row) float() float64 {
	if r.lite != nil {
		switch i, kind := r.value(); kind {
		case lite.Float, lite.Integer:
			return r.lite.Float(i)
		case lite.Null:
			return 0
		default:
			r.fail("a number", string(r.lite.Bytes(i)))
			return 0
		}
	}
	b, text := r.wire()
	switch {
	case b == nil:
		return 0
	case text:
		f, err := strconv.ParseFloat(string(b), 64)
		if err != nil {
			r.fail("a number", string(b))
		}
		return f
	case len(b) == 8:
		return math.Float64frombits(binary.BigEndian.Uint64(b))
	}
	r.fail("a number", b)
	return 0
}

// json decodes the next value into dst; NULL and empty text leave it alone.
func (r *row) json(dst any) {
	s := r.text()
	if s == "" || r.err != nil {
		return
	}
	if err := json.Unmarshal([]byte(s), dst); err != nil {
		r.err = fmt.Errorf("column %d: %w", r.at, err)
	}
}
