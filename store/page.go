package store

import (
	"context"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"github.com/huifang/huifang"
)

// Page asks for one page of a list. After is Next of the page before, empty for
// the first; it is valid only for the same list in the same order. Limit
// defaults to 50 and is at most 1000.
type Page struct {
	After string
	Limit int
	Desc  bool
}

// Paged is one page of a list; Next is empty on the last.
type Paged[T any] struct {
	Items []T
	Next  string
}

const (
	defaultLimit = 50
	maxLimit     = 1000
)

func (p Page) limit() int {
	if p.Limit <= 0 {
		return defaultLimit
	}
	return min(p.Limit, maxLimit)
}

// direction is how the list is sorted and what comes after the cursor.
func (p Page) direction() (order, after string) {
	if p.Desc {
		return " DESC", "<"
	}
	return "", ">"
}

// cursor names the last row of a page by what the list is sorted by.
func cursor(key string, id huifang.ID) string {
	return base64.RawURLEncoding.EncodeToString([]byte(key + "\x00" + string(id)))
}

func (p Page) key() (key string, id huifang.ID, err error) {
	raw, err := base64.RawURLEncoding.DecodeString(p.After)
	key, rest, ok := strings.Cut(string(raw), "\x00")
	if _, isID := huifang.ID(rest).Bytes(); err != nil || !ok || !isID {
		return "", "", badCursor()
	}
	return key, huifang.ID(rest), nil
}

func (p Page) keyNumber() (n int64, id huifang.ID, err error) {
	key, id, err := p.key()
	if err != nil {
		return 0, "", err
	}
	if n, err = strconv.ParseInt(key, 10, 64); err != nil {
		return 0, "", badCursor()
	}
	return n, id, nil
}

func badCursor() error {
	return huifang.Invalid("page.cursor", huifang.Text{ZH: "翻页标记无效，请从第一页重新开始", EN: "the page marker is not valid; start again from the first page"})
}

// paged cuts one row more than asked for into a page.
func paged[T any](rows []T, p Page, mark func(T) string) Paged[T] {
	n := p.limit()
	if len(rows) <= n {
		return Paged[T]{Items: rows}
	}
	return Paged[T]{Items: rows[:n], Next: mark(rows[n-1])}
}

// text is a statement under construction.
type text struct {
	b    strings.Builder
	args []any
}

func newText(sql string, args ...any) *text {
	t := new(text)
	return t.add(sql, args...)
}

// add appends SQL; each ? becomes the next parameter.
func (t *text) add(sql string, args ...any) *text {
	n := len(t.args)
	t.args = append(t.args, args...)
	for {
		before, after, found := strings.Cut(sql, "?")
		t.b.WriteString(before)
		if !found {
			return t
		}
		n++
		t.b.WriteByte('$')
		t.b.WriteString(strconv.Itoa(n))
		sql = after
	}
}

// in appends "column IN (…)"; no values: nothing is in it.
func in[T any](t *text, column string, values []T) {
	if len(values) == 0 {
		t.add(" AND 1 = 0")
		return
	}
	for i, v := range values {
		if i == 0 {
			t.add(" AND "+column+" IN (?", v)
		} else {
			t.add(",?", v)
		}
	}
	t.add(")")
}

// inUnits appends the unit filter; "" among them is zero.
func (t *text) inUnits(column string, units []huifang.ID) {
	if units == nil {
		return
	}
	in(t, column, zeroIDs(units))
}

func zeroIDs(ids []huifang.ID) []orZero {
	out := make([]orZero, len(ids))
	for i, id := range ids {
		out[i] = orZero(id)
	}
	return out
}

// ifID appends a condition where the id is given.
func (t *text) ifID(column string, id huifang.ID) {
	if id != "" {
		t.add(" AND "+column+" = ?", id)
	}
}

// ifText appends a condition where the text is given.
func (t *text) ifText(column, v string) {
	if v != "" {
		t.add(" AND "+column+" = ?", v)
	}
}

// span appends from <= column < to, either of which may be zero.
func (t *text) span(column string, from, to time.Time) {
	if !from.IsZero() {
		t.add(" AND "+column+" >= ?", from)
	}
	if !to.IsZero() {
		t.add(" AND "+column+" < ?", to)
	}
}

// contains appends a search for part of a text, case ignored; the column holds
// lower case.
func (t *text) contains(column, part string) {
	if part = strings.ToLower(strings.TrimSpace(part)); part != "" {
		t.add(" AND "+column+` LIKE ? ESCAPE '\'`, "%"+likeEscape(part)+"%")
	}
}

func likeEscape(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}

// searchText is what contains looks in.
func searchText(parts ...string) string {
	return strings.ToLower(strings.Join(parts, "\n"))
}

func rows[T any](ctx context.Context, q *Reads, t *text, scan func(*row) T) ([]T, error) {
	return list(ctx, q, scan, t.b.String(), t.args...)
}

// pageByText lists one page sorted by a text column and the id.
func pageByText[T any](
	ctx context.Context, q *Reads, t *text, column string, p Page, scan func(*row) T, key func(T) (string, huifang.ID),
) (Paged[T], error) {
	order, after := p.direction()
	if p.After != "" {
		k, id, err := p.key()
		if err != nil {
			return Paged[T]{}, err
		}
		t.add(" AND ("+column+", id) "+after+" (?, ?)", k, id)
	}
	t.add(" ORDER BY "+column+order+", id"+order+" LIMIT ?", p.limit()+1)
	found, err := rows(ctx, q, t, scan)
	return paged(found, p, func(v T) string { return cursor(key(v)) }), err
}

// pageByTime lists one page sorted by an instant or number column and the id.
func pageByTime[T any](
	ctx context.Context, q *Reads, t *text, column string, p Page, scan func(*row) T, key func(T) (int64, huifang.ID),
) (Paged[T], error) {
	order, after := p.direction()
	if p.After != "" {
		k, id, err := p.keyNumber()
		if err != nil {
			return Paged[T]{}, err
		}
		t.add(" AND ("+column+", id) "+after+" (?, ?)", k, id)
	}
	t.add(" ORDER BY "+column+order+", id"+order+" LIMIT ?", p.limit()+1)
	found, err := rows(ctx, q, t, scan)
	return paged(found, p, func(v T) string {
		k, id := key(v)
		return cursor(strconv.FormatInt(k, 10), id)
	}), err
}

// pageByID lists one page in the order records were made.
func pageByID[T any](ctx context.Context, q *Reads, t *text, p Page, scan func(*row) T, id func(T) huifang.ID) (Paged[T], error) {
	order, after := p.direction()
	if p.After != "" {
		_, last, err := p.key()
		if err != nil {
			return Paged[T]{}, err
		}
		t.add(" AND id "+after+" ?", last)
	}
	t.add(" ORDER BY id"+order+" LIMIT ?", p.limit()+1)
	found, err := rows(ctx, q, t, scan)
	return paged(found, p, func(v T) string { return cursor("", id(v)) }), err
}
