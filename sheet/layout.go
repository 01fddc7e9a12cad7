package sheet

import (
	"path"
	"strings"

	"github.com/huifang/huifang"
)

// binding is a sheet of a book under a mapping.
type binding struct {
	index  int // of the tab
	tab    tab
	layout *Layout
	bound  []bound
	width  int  // of the header
	strict bool // all rows looked at have the header's width: one that has not is broken
}

// bindAll understands each sheet of the book. Sheets named by the mapping must
// hold data; of all others only those count in which the header is found. An
// error says why no sheet can be read.
func bindAll(b *Book, src source, m *Mapping) ([]*binding, error) {
	tabs := src.tabs()
	out := make([]*binding, 0, len(tabs))
	any := false
	for i := range tabs {
		h, err := readHead(src, i)
		if err != nil {
			return nil, locate(err, b.File, tabs[i].name)
		}
		bd := bindSheet(h, m, b.File)
		bd.index = i
		if named, wanted := m.selects(tabs[i].name); named && wanted && !bd.layout.Data {
			return nil, b.located(huifang.Invalid("sheet.header.missing", bd.layout.Reason).Located(huifang.Location{Sheet: tabs[i].name}))
		}
		any = any || bd.layout.Data
		out = append(out, bd)
	}
	if !any {
		return nil, b.located(noData(out))
	}
	return out, nil
}

// noData says of every sheet why it cannot be read.
func noData(bindings []*binding) *huifang.Error {
	err := invalid("sheet.header.missing", "没有找到映射所述的表头，没有可读入的数据", "the header that the mapping describes was not found: nothing to read")
	for _, b := range bindings {
		err.Details = append(err.Details, huifang.Invalid("sheet.no_data", b.layout.Reason).Located(huifang.Location{Sheet: b.layout.Sheet}))
	}
	return err
}

func bindSheet(h *head, m *Mapping, file string) *binding {
	bd := &binding{tab: h.tab, layout: &Layout{Sheet: h.tab.name}}
	l := bd.layout
	if named, wanted := m.selects(h.tab.name); !wanted {
		l.Reason = huifang.Text{ZH: "映射没有选这张表", EN: "the mapping does not select this sheet"}
		return bd
	} else if h.tab.hidden && !named {
		l.Reason = huifang.Text{ZH: "隐藏的工作表；要读入请在映射的 sheets 中写上表名", EN: "a hidden sheet; to read it, name it under sheets in the mapping"}
		return bd
	}
	var names []string
	score := func(names []string) int {
		found, _ := m.bind(names)
		return len(found)
	}
	l.Header, l.Lines, names = h.find(m.Header, max(1, (len(m.Columns)+1)/2), score)
	if h.tab.keys != nil {
		l.Header, l.Lines, names = 0, 0, h.tab.keys()
	}
	bd.bind(m, names)
	if l.Reason = bd.lacks(h, m); l.Reason != (huifang.Text{}) {
		return bd
	}
	l.Data = true
	l.Title, l.Year, l.Month = h.titleOf(l.Header, file)
	bd.strict = h.even(l.Header+l.Lines, bd.width)
	l.sample(h)
	return bd
}

// bind puts names to columns and columns to fields.
func (bd *binding) bind(m *Mapping, names []string) {
	l := bd.layout
	bd.bound, l.Missing = m.bind(names)
	bd.width = len(names)
	l.Columns = make([]Heading, len(names))
	for i, n := range numbered(names) {
		l.Columns[i] = Heading{Index: i, Name: n}
	}
	for _, b := range bd.bound {
		for _, c := range b.columns {
			l.Columns[c].Field = b.field
		}
	}
}

// lacks says what a sheet lacks to be read, nothing when it lacks nothing.
func (bd *binding) lacks(h *head, m *Mapping) huifang.Text {
	if len(h.rows) == 0 {
		return huifang.Text{ZH: "空白的工作表", EN: "a blank sheet"}
	}
	if bd.layout.Header == 0 && h.tab.keys == nil {
		return huifang.Text{ZH: "没有找到表头：前几十行里没有一行含有映射所列的多数列名", EN: "no header: no row near the top has most of the mapping's column names"}
	}
	for _, f := range []Field{FieldAt, FieldType, FieldKey} { // without its id, a job would become another one
		if c := m.column(f); c != nil && m.Fixed[f] == "" && !bd.has(f) {
			return huifang.Textf("缺少“%s”列", "the column %q is missing", c.label())
		}
	}
	return huifang.Text{}
}

func (bd *binding) has(f Field) bool {
	for i := range bd.bound {
		if bd.bound[i].field == f {
			return true
		}
	}
	return false
}

// even tells whether all rows below the header have its width. Spreadsheets
// write CSV so, and then a row of another width has lost or gained a separator.
func (h *head) even(from, width int) bool {
	if h.tab.keys != nil || h.tab.name != "" {
		return false
	}
	rows := 0
	for _, r := range h.rows {
		if r.row < from || r.fault != nil || r.filled() < 3 {
			continue
		}
		rows++
		if len(r.cells) != width {
			return false
		}
	}
	return rows > 0
}

// sample takes a few values of each column.
func (l *Layout) sample(h *head) {
	const most = 5
	for _, r := range h.rows {
		if r.row < l.Header+l.Lines {
			continue
		}
		for i := range l.Columns {
			c := &l.Columns[i]
			if text := clean(r.cell(i)); text != "" && len(c.Samples) < most {
				c.Samples = append(c.Samples, quoted(text))
			}
		}
	}
}

// selects tells whether the mapping names a sheet, and whether it is wanted.
func (m *Mapping) selects(sheet string) (named, wanted bool) {
	if len(m.Sheets) == 0 {
		return false, true
	}
	for _, pattern := range m.Sheets {
		if pattern == sheet {
			return true, true
		}
		if ok, err := path.Match(pattern, sheet); err == nil && ok && strings.Contains(pattern, "*") {
			wanted = true
		}
	}
	return false, wanted
}

func (m *Mapping) column(f Field) *Column {
	for i := range m.Columns {
		if m.Columns[i].Field == f {
			return &m.Columns[i]
		}
	}
	return nil
}

// locate adds file and sheet to an error of ours.
func locate(err error, file, sheet string) error {
	e, ok := err.(*huifang.Error) //nolint:errorlint // sources give it unwrapped
	if !ok {
		return err
	}
	at := e.At
	at.File = file
	if at.Sheet == "" {
		at.Sheet = sheet
	}
	return e.Located(at)
}
