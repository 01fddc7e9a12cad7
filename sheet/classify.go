package sheet

import "strings"

// classify tells rows that are no entries from those that are, by their own
// cells, before merged ones are filled.
func (r *reader) classify(rec *record) Skip {
	filled, first := r.own(rec)
	switch {
	case filled == 0:
		return SkipBlank
	case r.tab.keys != nil:
		return SkipNone
	case r.headerAgain(rec, first):
		return SkipHeader
	case total(rec.cells[first]):
		return SkipSubtotal
	case r.hasEntry(rec):
		return SkipNone
	case r.rules.subtotal(rec.cells[first]):
		return SkipSubtotal
	case footnote(rec.cells[first]) || filled == 1 && !r.names(first):
		return SkipFootnote
	}
	return SkipNone
}

// own counts the cells that are not blank, up to two, and gives the first of
// them. The running number of a prepared form is nothing by itself.
func (r *reader) own(rec *record) (filled, first int) {
	first = -1
	numbers := 0
	for i, c := range rec.cells {
		if clean(c) == "" {
			continue
		}
		if filled++; first < 0 {
			first = i
		}
		if i < len(r.layout.Columns) && r.layout.Columns[i].Field == FieldSerial && onlyDigits(c) != "" {
			numbers++
		} else if filled > 1 {
			return filled, first
		}
	}
	if numbers == filled {
		return 0, first
	}
	return filled, first
}

// headerAgain tells whether the row repeats the header, as sheets printed on
// several pages do: every cell is a line of its column's name.
func (r *reader) headerAgain(rec *record, first int) bool {
	for i := first; i < len(rec.cells); i++ {
		text := clean(rec.cells[i])
		if text == "" {
			continue
		}
		if i >= len(r.layout.Columns) || !nameLine(r.layout.Columns[i].Name, strings.Join(strings.Fields(text), " ")) {
			return false
		}
	}
	return true
}

func nameLine(name, text string) bool {
	if name == text {
		return true
	}
	if !strings.Contains(name, text) {
		return false
	}
	base, _, _ := strings.Cut(name, "#")
	for part := range strings.SplitSeq(base, "/") {
		if part == text {
			return true
		}
	}
	return false
}

// hasEntry tells whether the row has a category or a date: then it is an entry
// whatever else it may look like.
func (r *reader) hasEntry(rec *record) bool {
	for i := range r.bound {
		b := &r.bound[i]
		if b.field != FieldType && b.field != FieldAt && b.field != FieldOpenedAt && b.field != FieldKey {
			continue
		}
		if b.field == FieldKey && b.columns[0] == 0 {
			continue // the first column is where 合计 stands
		}
		for _, c := range b.columns {
			if clean(rec.cell(c)) != "" {
				return true
			}
		}
	}
	return false
}

// names tells whether a column says whom or what an entry is about.
func (r *reader) names(column int) bool {
	if column >= len(r.layout.Columns) {
		return false
	}
	f := r.layout.Columns[column].Field
	return f == FieldContactCode || f == FieldContactName || f == FieldContactPhone || f == FieldAssetCode
}
