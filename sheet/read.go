package sheet

import (
	"hash/maphash"
	"iter"
	"slices"
	"time"

	"github.com/huifang/huifang"
)

// Options are what reading needs besides the mapping.
type Options struct {
	Now time.Time      // last resort for the year of a date that has none; what lies behind it by more than a day is in the future
	Loc *time.Location // zone of times without offset, unless the mapping names one; nil: Asia/Shanghai
	// Unit is what tells a unit from others under any of its names, for the keys of
	// rows; nil, or "" for one that is not known: the name as written.
	Unit func(name string) string
}

// Read streams the rows of all sheets that hold data, each sheet from its header
// on. Rows that are skipped or rejected are given out, too: nothing is passed
// over in silence. An error ends the stream: the mapping is wrong (mapping.…),
// no sheet fits it (sheet.header.missing), or the file cannot be read on.
func Read(b *Book, m Mapping, o Options) iter.Seq2[*Row, error] {
	return func(yield func(*Row, error) bool) {
		rules, fault := newRules(&m, o)
		if fault != nil {
			yield(nil, fault)
			return
		}
		src := b.source(&m)
		sheets, err := bindAll(b, src, &m)
		if err != nil {
			yield(nil, err)
			return
		}
		r := &reader{file: b.File, rules: rules, seed: maphash.MakeSeed()}
		for _, bd := range sheets {
			if bd.layout.Data && !r.sheet(src, bd, yield) {
				return
			}
		}
	}
}

// Inspect gives the layout of every sheet under a mapping, without reading more
// than its beginning.
func Inspect(b *Book, m Mapping) ([]Layout, error) {
	if err := m.Check(); err != nil {
		return nil, err
	}
	sheets, err := bindAll(b, b.source(&m), &m)
	if err != nil {
		return nil, err
	}
	out := make([]Layout, len(sheets))
	for i, bd := range sheets {
		out[i] = *bd.layout
	}
	return out, nil
}

// reader turns the records of a book into rows.
type reader struct {
	file  string
	rules *rules
	seen  seen // see key.go
	seed  maphash.Seed

	// Of the sheet under way.
	*binding
	fill   filler
	near   huifang.Date // what year-less dates of the sheet are near to
	inputs [fieldCount]input
	phones []input
	extra  []input // attributes
}

// sheet reads one sheet; false when the receiver has had enough.
func (r *reader) sheet(src source, bd *binding, yield func(*Row, error) bool) bool {
	r.binding = bd
	r.words()
	r.fill = filler{merges: bd.tab.merges, from: bd.layout.Header + bd.layout.Lines}
	for i := range bd.bound {
		if slices.Contains(r.rules.mapping.FillDown, bd.bound[i].field) {
			r.fill.down = append(r.fill.down, bd.bound[i].columns...)
		}
	}
	r.near = r.rules.anchor(bd.layout)
	for rec, err := range src.records(bd.index) {
		if err != nil {
			return yield(nil, locate(err, r.file, bd.tab.name))
		}
		if rec.row < r.fill.from {
			continue
		}
		r.grow()
		if !yield(r.row(rec), nil) {
			return false
		}
	}
	return true
}

// grow takes in columns that a JSON lines file shows only now. Rows given out
// before keep the layout they were read with.
func (r *reader) grow() {
	if r.tab.keys == nil || len(r.tab.keys()) == r.width {
		return
	}
	layout := *r.layout
	r.layout = &layout
	r.bind(r.rules.mapping, r.tab.keys())
	r.words()
}

// words gives the columns the words of their values.
func (r *reader) words() {
	for i := range r.bound {
		r.bound[i].words = r.rules.values[r.bound[i].field]
	}
}

// anchor is the day that year-less dates of a sheet are nearest to: the middle
// of its month, or of its year.
func (r *rules) anchor(l *Layout) huifang.Date {
	year, month := l.Year, l.Month
	if r.mapping.Year != 0 {
		year = r.mapping.Year
	}
	switch {
	case year == 0:
		return huifang.NoDate
	case month == 0:
		return huifang.MakeDate(year, time.July, 2)
	}
	return huifang.MakeDate(year, month, 15)
}

// row understands one record.
func (r *reader) row(rec *record) *Row {
	row := &Row{Layout: r.layout, Sheet: r.tab.name, Line: rec.line}
	if rec.fault != nil {
		row.Cells, row.Err = rec.cells, rec.fault.Located(r.at(rec, nil))
		return row
	}
	if row.Skip = r.classify(rec); row.Skip != SkipNone && row.Skip != SkipBlank {
		r.fill.pass(rec)
	}
	if row.Skip == SkipNone {
		if m, filled := r.fill.apply(rec); filled {
			row.Warnings = append(row.Warnings, r.orphan(rec, m))
		}
		r.gather(rec, row)
		r.interpret(rec, row)
	}
	row.Cells = rec.cells
	if !row.Accepted() {
		row.Warnings, row.Values = nil, Values{}
	}
	return row
}

// at is the place of a cell, or of the row when column is nil.
func (r *reader) at(rec *record, column *bound) huifang.Location {
	at := huifang.Location{File: r.file, Sheet: r.tab.name, Line: rec.line}
	if column != nil {
		at.Field = string(column.field)
		at.Column = column.columns[0] + 1
	}
	return at
}

// fault rejects the row, for one more reason.
func (r *reader) fault(rec *record, row *Row, column *bound, err *huifang.Error) {
	err = err.Located(r.at(rec, column))
	if row.Err == nil {
		row.Err = err
		return
	}
	row.Err.Details = append(row.Err.Details, err)
}

func (r *reader) warn(rec *record, row *Row, column *bound, err *huifang.Error) {
	row.Warnings = append(row.Warnings, err.Located(r.at(rec, column)))
}
