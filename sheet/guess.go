package sheet

import (
	"slices"
	"strings"

	"github.com/huifang/huifang"
)

// Report is what Guess found: every sheet with its columns, or with the reason
// why it is no data, and what a person should look at before importing.
type Report struct {
	Sheets []Layout
	Notes  []huifang.Text
}

func (r *Report) note(zh, en string, args ...any) {
	r.Notes = append(r.Notes, huifang.Textf(zh, en, args...))
}

// Guess proposes a mapping for a book: it looks for a header in each sheet, by
// the names of the catalogue, and maps the columns it knows. Sheets without one
// are reported with the reason. The mapping is complete when a category and a
// completion time were found; otherwise it says in the report what is missing,
// and Check says so too. An error means that the file cannot be read.
func Guess(b *Book, c Catalogue) (Mapping, Report, error) {
	g := &guess{index: newFieldIndex(c), catalogue: c, mapping: Mapping{Version: 1}}
	src := b.source(&g.mapping)
	for i := range src.tabs() {
		h, err := readHead(src, i)
		if err != nil {
			return Mapping{}, Report{}, locate(err, b.File, src.tabs()[i].name)
		}
		g.sheet(h, b.File)
	}
	g.finish()
	return g.mapping, g.report, nil
}

type guess struct {
	index     *fieldIndex
	catalogue Catalogue
	mapping   Mapping
	report    Report
	heads     []*head   // of the sheets with data
	layouts   []*Layout // beside heads
	title     string
}

// Least that makes lines a header: two fields found by name.
const leastHeader = 2 * scoreLeaf

// sheet understands one sheet and adds its columns to the mapping.
func (g *guess) sheet(h *head, file string) {
	l := Layout{Sheet: h.tab.name}
	var names []string
	if h.tab.keys != nil {
		names = h.tab.keys()
	} else {
		l.Header, l.Lines, names = h.find(Header{}, leastHeader, g.score)
	}
	kinds := g.columns(&l, names)
	if l.Reason = g.noData(h, &l); l.Reason != (huifang.Text{}) {
		g.report.Sheets = append(g.report.Sheets, l)
		return
	}
	l.Data = true
	l.Title, l.Year, l.Month = h.titleOf(l.Header, file)
	l.sample(h)
	g.keyColumn(h, &l)
	if !g.catalogue.Kind.List() {
		g.dates(&l)
	}
	g.add(&l, kinds)
	g.report.Sheets = append(g.report.Sheets, l)
	kept := l
	g.heads, g.layouts = append(g.heads, h), append(g.layouts, &kept)
	if g.title == "" {
		g.title = l.Title
	}
}

// score is the worth of a header: of each field its surest column.
func (g *guess) score(names []string) int {
	best := map[Field]int{}
	for _, n := range names {
		if w, s := g.index.match(n); s > best[w.Field] {
			best[w.Field] = s
		} else if s == 0 && plainDates()[foldName(n)] {
			best["date"] = scoreFull
		}
	}
	sum := 0
	for _, s := range best {
		sum += s
	}
	return sum
}

// columns gives each field its surest column; phones may have several.
func (g *guess) columns(l *Layout, names []string) map[Field]Kind {
	kinds := map[Field]Kind{}
	owner, sure := map[Field]int{}, map[Field]int{}
	l.Columns = make([]Heading, len(names))
	for i, n := range numbered(names) {
		l.Columns[i] = Heading{Index: i, Name: n}
		w, s := g.index.match(names[i])
		if name, ok := strings.CutPrefix(names[i], EventAttributes); ok && l.Header == 0 && w.Field.Attribute() != name && w.Field != FieldSeverity {
			w, s = FieldWords{Field: Field(PrefixAttribute + name), Kind: KindText}, scoreFull // an attribute the trade does not know
		}
		if s == 0 {
			continue
		}
		if at, taken := owner[w.Field]; taken && w.Field != FieldContactPhone {
			if s <= sure[w.Field] {
				continue
			}
			l.Columns[at].Field = ""
		}
		owner[w.Field], sure[w.Field] = i, s
		l.Columns[i].Field = w.Field
		kinds[w.Field] = w.Kind
	}
	return kinds
}

func (l *Layout) field(f Field) *Heading {
	for i := range l.Columns {
		if l.Columns[i].Field == f {
			return &l.Columns[i]
		}
	}
	return nil
}

// noData says why a sheet holds nothing to import, if so.
func (g *guess) noData(h *head, l *Layout) huifang.Text {
	switch {
	case len(h.rows) == 0:
		return huifang.Text{ZH: "空白的工作表", EN: "a blank sheet"}
	case h.tab.hidden:
		return huifang.Text{ZH: "隐藏的工作表；要读入请在映射的 sheets 中写上表名", EN: "a hidden sheet; to read it, name it under sheets in the mapping"}
	case l.Header == 0 && h.tab.keys == nil:
		return huifang.Textf("没有表头：前 %d 行里没有一行含有两个认得的列名，不是登记数据", "no header: none of the first %d rows has two known column names; this is no register", min(len(h.rows), headTop))
	case g.catalogue.Kind.List():
	case l.field(FieldType) == nil && l.field(FieldAt) == nil && l.field(FieldOpenedAt) == nil && l.plainDate() == nil:
		return huifang.Text{ZH: "没有类别列，也没有受理或完成时间列，不是服务登记", EN: "neither a category nor an opening or completion time: this is no register of services"}
	case h.whole && h.rows[len(h.rows)-1].row < l.Header+l.Lines:
		return huifang.Text{ZH: "只有表头，没有数据", EN: "a header without rows"}
	}
	return huifang.Text{}
}

func (l *Layout) plainDate() *Heading {
	for i := range l.Columns {
		if l.Columns[i].Field == "" && plainDates()[foldName(leaf(l.Columns[i].Name))] {
			return &l.Columns[i]
		}
	}
	return nil
}

// keyColumn keeps an id column only where its values are ids: there in nearly
// every entry, and rarely twice.
func (g *guess) keyColumn(h *head, l *Layout) {
	c := l.field(FieldKey)
	if c == nil {
		return
	}
	seen, rows, entries := map[string]bool{}, 0, 0
	for _, r := range h.rows {
		if r.row < l.Header+l.Lines || r.fault != nil || r.filled() < 3 {
			continue
		}
		entries++
		if key := clean(r.cell(c.Index)); key != "" {
			rows++
			seen[key] = true
		}
	}
	if len(seen)*10 >= rows*8 && rows*10 >= entries*9 {
		return
	}
	c.Field = ""
	g.report.note("“%s”列多有空白或重复，不作为编号；改由房号、客户、时间、类别和事项识别同一件事", "column %q has many blanks or repeats and is not taken for an id; jobs are told apart by asset, customer, time, category and matter", c.Name)
}

// dates settles which column says when the job was completed.
func (g *guess) dates(l *Layout) {
	at, opened, plain := l.field(FieldAt), l.field(FieldOpenedAt), l.plainDate()
	switch {
	case at == nil && plain != nil:
		plain.Field = FieldAt
		g.report.note("没有完成时间列，把“%s”列当作完成时间", "no completion column: column %q is taken for the completion", plain.Name)
	case at == nil && opened != nil:
		opened.Field = FieldAt
		g.report.note("没有完成时间列，把“%s”列当作完成时间", "no completion column: column %q is taken for the completion", opened.Name)
	case opened == nil && plain != nil:
		plain.Field = FieldOpenedAt
	}
}

// add brings the columns of a sheet into the mapping.
func (g *guess) add(l *Layout, kinds map[Field]Kind) {
	for i := range l.Columns {
		c := &l.Columns[i]
		if c.Field == "" {
			continue
		}
		known := g.mapping.column(c.Field)
		if known == nil || c.Field == FieldContactPhone && !g.mapping.hasName(c.Name) {
			g.mapping.Columns = append(g.mapping.Columns, Column{Field: c.Field, From: []string{c.Name}, Kind: kinds[c.Field]})
			continue
		}
		if !g.mapping.hasName(c.Name) {
			known.From = append(known.From, c.Name)
		}
	}
}

// fix gives every row a value.
func (m *Mapping) fix(f Field, text string) {
	if m.Fixed == nil {
		m.Fixed = map[Field]string{}
	}
	m.Fixed[f] = text
}

func (m *Mapping) hasName(name string) bool {
	for i := range m.Columns {
		if slices.Contains(m.Columns[i].From, name) {
			return true
		}
	}
	return false
}

// finish adds the words of the catalogue that the columns need, and the doubts.
func (g *guess) finish() {
	m := &g.mapping
	m.Categories = g.catalogue.Categories
	m.Unfinished = g.catalogue.Unfinished
	m.Kind, m.Required = g.catalogue.Kind, slices.DeleteFunc(slices.Clone(g.catalogue.Required), func(f Field) bool { return m.column(f) == nil })
	for f, text := range g.catalogue.Fixed {
		if m.column(f) == nil {
			m.fix(f, text)
		}
	}
	if m.Kind.List() {
		m.Categories = nil
	}
	for f, words := range g.catalogue.Values {
		if m.column(f) != nil {
			if m.Values == nil {
				m.Values = map[Field]map[string][]string{}
			}
			m.Values[f] = words
		}
	}
	if m.column(FieldStatus) != nil {
		m.Finished = g.catalogue.Finished
	}
	for _, unit := range g.catalogue.Units {
		if unit != "" && m.column(FieldUnit) == nil && strings.Contains(g.title, unit) {
			m.fix(FieldUnit, unit)
			g.report.note("标题里有“%s”，全部记在这个单位名下", "the title names %q: all rows are put under this unit", unit)
			break
		}
	}
	g.order()
	g.missing()
	g.strangers()
}
