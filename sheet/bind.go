package sheet

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/huifang/huifang"
)

// rules are a mapping made ready for reading.
type rules struct {
	mapping    *Mapping
	loc        *time.Location
	now        time.Time
	categories *lookup
	values     map[Field]*lookup
	finished   map[string]bool
	unfinished map[string]bool
	subtotals  []string
	fixed      []constant
	unit       func(string) string // see Options
}

func newRules(m *Mapping, o Options) (*rules, *huifang.Error) {
	if err := m.check(nil); err != nil {
		return nil, err
	}
	r := &rules{
		mapping: m, now: o.Now, loc: o.Loc, unit: o.Unit,
		categories: newLookup(m.Categories),
		values:     make(map[Field]*lookup, len(m.Values)),
		finished:   wordSet(m.Finished),
		unfinished: wordSet(append(unfinishedWords(), m.Unfinished...)),
		subtotals:  foldAll(m.Subtotals),
		fixed:      m.constants(),
	}
	if m.Zone != "" {
		loc, err := time.LoadLocation(m.Zone)
		if err != nil {
			return nil, invalid("mapping.zone", "没有时区“%s”", "no time zone %q", m.Zone)
		}
		r.loc = loc
	}
	if r.loc == nil {
		r.loc = shanghai()
	}
	for f, words := range m.Values {
		r.values[f] = newLookup(words)
	}
	return r, nil
}

func wordSet(words []string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[fold(w)] = true
	}
	return set
}

func foldAll(words []string) []string {
	out := make([]string, 0, len(words))
	for _, w := range words {
		if w = fold(w); w != "" {
			out = append(out, w)
		}
	}
	return out
}

// bound is a mapped column found in a sheet.
type bound struct {
	field   Field
	number  int   // of the field, -1 for attributes
	columns []int // several: joined
	join    string
	kind    Kind
	words   *lookup // of its canonical values, nil: none listed
	name    string  // of the column, for messages
}

// bind finds the columns of the mapping among the names of a header.
func (m *Mapping) bind(names []string) (found []bound, missing []string) {
	find := newNameFinder(names)
	for i := range m.Columns {
		c := &m.Columns[i]
		b := bound{field: c.Field, number: c.Field.number(), kind: c.Kind}
		switch {
		case c.Letter != "":
			if at := parseLetters(c.Letter); at >= 0 && at < len(names) {
				b.columns = []int{at}
			}
		case c.Join != nil:
			b.join = *c.Join
			for _, name := range c.From {
				if at := find.find(name); at >= 0 {
					b.columns = append(b.columns, at)
				}
			}
		default:
			for _, name := range c.From {
				if at := find.find(name); at >= 0 {
					b.columns = []int{at}
					break
				}
			}
		}
		if len(b.columns) == 0 {
			missing = append(missing, c.label())
			continue
		}
		b.name = leaf(names[b.columns[0]])
		if b.name == "" {
			b.name = columnLetters(b.columns[0])
		}
		found = append(found, b)
	}
	return found, missing
}

func (c *Column) label() string {
	if len(c.From) > 0 {
		return c.From[0]
	}
	return c.Letter
}

// leaf is the lowest line of a deep header's name.
func leaf(name string) string {
	if i := strings.LastIndexByte(name, '/'); i >= 0 && i+1 < len(name) {
		return name[i+1:]
	}
	return name
}

// nameFinder finds a column by its name as a mapping writes it: exactly, then
// without regard to spelling, then by the lowest line of a deep header.
type nameFinder struct {
	exact  []string
	folded []string
	leaves []string
}

func newNameFinder(names []string) *nameFinder {
	f := &nameFinder{exact: numbered(names), folded: make([]string, len(names)), leaves: make([]string, len(names))}
	for i, n := range names {
		f.folded[i], f.leaves[i] = foldName(n), foldName(leaf(n))
	}
	return f
}

func (f *nameFinder) find(name string) int {
	if i := slices.Index(f.exact, name); i >= 0 {
		return i
	}
	which := 1
	if base, n, ok := strings.Cut(name, "#"); ok {
		if k, err := strconv.Atoi(n); err == nil && k > 0 {
			name, which = base, k
		}
	}
	key := foldName(name)
	if key == "" {
		return -1
	}
	for _, list := range [][]string{f.folded, f.leaves} {
		if i := nth(list, key, which); i >= 0 {
			return i
		}
	}
	return -1
}

// nth is the index of the n-th occurrence of key.
func nth(list []string, key string, n int) int {
	for i, s := range list {
		if s == key {
			if n--; n == 0 {
				return i
			}
		}
	}
	return -1
}
