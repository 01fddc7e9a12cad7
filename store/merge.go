package store

import (
	"encoding/binary"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// insertion is an INSERT of one row that can be repeated: several rows in one
// statement cost PostgreSQL much less than as many statements.
type insertion struct {
	table      int      // its place in tables()
	head, tail string   // before and after the row
	row        []string // the row, cut at its parameters
	conflict   int      // how many of the first columns tell rows apart for ON CONFLICT; 0: there is none
	texts      sync.Map // number of rows → statement
}

// insertions knows the shape of every statement it has seen; nil: not an
// insertion.
type insertions struct{ known sync.Map }

func (m *insertions) shape(sql string) *insertion {
	if v, ok := m.known.Load(sql); ok {
		return v.(*insertion) //nolint:forcetypeassert // only these are stored
	}
	v, _ := m.known.LoadOrStore(sql, parseInsertion(sql))
	return v.(*insertion) //nolint:forcetypeassert // only these are stored
}

// parseInsertion takes a statement of ours apart. Where rows could meet in
// ON CONFLICT, its columns must be the first of the row.
func parseInsertion(sql string) *insertion {
	parts := regexp.MustCompile(`(?s)^(INSERT INTO (\w+) \(([^)]*)\)\s+VALUES )\(([^)]*)\)(.*)$`).FindStringSubmatch(sql)
	if parts == nil {
		return nil
	}
	i := &insertion{table: slices.Index(tables(), parts[2]), head: parts[1], tail: parts[5]}
	i.row = regexp.MustCompile(`\$\d+`).Split(parts[4], -1)
	if i.table < 0 || strings.TrimSpace(i.tail) == "" {
		return onlyIf(i.table >= 0, i)
	}
	if strings.Contains(i.tail, "$") { // parameters behind the rows would change places
		return nil
	}
	target := regexp.MustCompile(`^\s*ON CONFLICT \(([^)]*)\)\s+DO UPDATE`).FindStringSubmatch(i.tail)
	if target == nil || !strings.HasPrefix(strings.Join(strings.Fields(parts[3]), " ")+",", target[1]+",") {
		return nil
	}
	i.conflict = strings.Count(target[1], ",") + 1
	return i
}

func onlyIf(ok bool, i *insertion) *insertion {
	if ok {
		return i
	}
	return nil
}

// parameters is how many a row has.
func (i *insertion) parameters() int { return len(i.row) - 1 }

// text is the statement that inserts so many rows.
func (i *insertion) text(rows int) string {
	if v, ok := i.texts.Load(rows); ok {
		return v.(string) //nolint:forcetypeassert // only these are stored
	}
	var b strings.Builder
	b.WriteString(i.head)
	n := 0
	for r := range rows {
		if r > 0 {
			b.WriteString(", ")
		}
		b.WriteString("(" + i.row[0])
		for _, between := range i.row[1:] {
			n++
			b.WriteString("$" + strconv.Itoa(n) + between)
		}
		b.WriteString(")")
	}
	b.WriteString(i.tail)
	i.texts.Store(rows, b.String())
	return b.String()
}

// Bounds of a statement of several rows.
const (
	maxRows       = 64
	maxParameters = 2000
)

// sizes are the numbers of rows a statement may have, so that few texts are
// prepared.
func (i *insertion) size(left int) int {
	for _, n := range []int{maxRows, 16, 4} {
		if left >= n && n*i.parameters() <= maxParameters {
			return n
		}
	}
	return 1
}

// merged puts insertions that nothing separates together. Their order does not
// matter but that a row comes after those it refers to, as in tables().
func (m *insertions) merged(calls []call) []call {
	out := make([]call, 0, len(calls))
	var pending []*pile
	for _, c := range calls {
		var shape *insertion
		if c.each == nil && c.check == nil {
			shape = m.shape(c.sql)
		}
		if shape == nil {
			out = append(emit(out, pending), c)
			pending = nil
			continue
		}
		at := slices.IndexFunc(pending, func(p *pile) bool { return p.shape == shape })
		if at < 0 {
			at = len(pending)
			pending = append(pending, &pile{shape: shape})
		}
		pending[at].calls = append(pending[at].calls, c)
	}
	return emit(out, pending)
}

// pile is insertions of one shape.
type pile struct {
	shape *insertion
	calls []call
}

func emit(out []call, piles []*pile) []call {
	slices.SortStableFunc(piles, func(a, b *pile) int { return a.shape.table - b.shape.table })
	for _, p := range piles {
		for left := p.calls; len(left) > 0; {
			n := p.shape.size(p.shape.distinct(left))
			out = append(out, p.shape.join(left[:n]))
			left = left[n:]
		}
	}
	return out
}

// distinct is how many of the calls, from the first, differ in what ON CONFLICT
// looks at: one statement may not meet a row twice.
func (i *insertion) distinct(calls []call) int {
	if i.conflict == 0 {
		return len(calls)
	}
	calls = calls[:min(len(calls), maxRows)]
	seen := make(map[string]bool, len(calls))
	for n, c := range calls {
		var key []byte
		for _, v := range c.args[:i.conflict] {
			key = appendKey(key, v)
		}
		if seen[string(key)] {
			return n
		}
		seen[string(key)] = true
	}
	return len(calls)
}

// appendKey appends a plain value so that different lists of values give
// different keys.
func appendKey(key []byte, v any) []byte {
	switch v := v.(type) {
	case int64:
		return binary.AppendVarint(append(key, 'i'), v)
	case string:
		return append(binary.AppendUvarint(append(key, 't'), uint64(len(v))), v...)
	case []byte:
		return append(binary.AppendUvarint(append(key, 'b'), uint64(len(v))), v...)
	}
	return append(key, '0')
}

func (i *insertion) join(calls []call) call {
	if len(calls) == 1 {
		return calls[0]
	}
	args := make([]any, 0, len(calls)*i.parameters())
	for _, c := range calls {
		args = append(args, c.args...)
	}
	return call{sql: i.text(len(calls)), args: args}
}
