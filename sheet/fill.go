package sheet

import "github.com/huifang/huifang"

// filler carries the value of a merged cell down to the rows it spans.
type filler struct {
	merges []span // sorted by top
	down   []int  // columns filled from the entry above where all of them are empty
	from   int    // first row below the header
	next   int    // merge not yet met
	active []carried
	last   *record // the entry before, filled
}

type carried struct {
	span
	text   string
	kind   cellKind
	orphan bool // its first row does not exist
}

// apply fills the blank cells of an entry that lie within merged ranges.
//
// A range whose first row is blank throughout has no value of its own: rows were
// inserted or deleted after it was made. It then says what merged cells say in
// such sheets, "the same as above", and takes the values of the entry above;
// orphan is that range, for a warning.
func (f *filler) apply(rec *record) (orphan span, filled bool) {
	f.meet(rec, true)
	kept := f.active[:0]
	for _, c := range f.active {
		if c.bottom < rec.row {
			continue
		}
		kept = append(kept, c)
		if c.top < rec.row && c.text != "" && clean(rec.cell(c.left)) == "" {
			rec.set(c.left, c.text, c.kind)
			if c.orphan && !filled {
				orphan, filled = c.span, true
			}
		}
	}
	f.active = kept
	f.carryDown(rec)
	f.last = rec
	return orphan, filled
}

// carryDown repeats the entry above where the mapping says so. A cell with a
// blank in it is not empty: somebody meant it to stay blank.
func (f *filler) carryDown(rec *record) {
	if f.last == nil {
		return
	}
	for _, c := range f.down {
		if rec.cell(c) != "" {
			return
		}
	}
	for _, c := range f.down {
		rec.set(c, f.last.cell(c), f.last.kind(c))
	}
}

// pass goes by a row that is no entry, such as a subtotal. Ranges that begin in
// it are its own.
func (f *filler) pass(rec *record) { f.meet(rec, false) }

// meet takes up the ranges that begin at or above the row.
func (f *filler) meet(rec *record, entry bool) {
	for ; f.next < len(f.merges) && f.merges[f.next].top <= rec.row; f.next++ {
		m := f.merges[f.next]
		if m.top == m.bottom || m.top < f.from || m.bottom < rec.row || m.left >= maxColumns {
			continue
		}
		c := carried{span: m}
		switch {
		case m.top == rec.row && !entry:
			continue
		case m.top == rec.row:
			c.text, c.kind = rec.cell(m.left), rec.kind(m.left)
		case f.last != nil:
			c.text, c.kind, c.orphan = f.last.cell(m.left), f.last.kind(m.left), true
		}
		f.put(c)
	}
}

// put keeps one range a column: ranges never overlap in a sound file.
func (f *filler) put(c carried) {
	for i := range f.active {
		if f.active[i].left == c.left {
			f.active[i] = c
			return
		}
	}
	f.active = append(f.active, c)
}

// orphan is the warning for values taken from the entry above.
func (r *reader) orphan(rec *record, m span) *huifang.Error {
	cells := columnLetters(m.left) + itoa(m.top) + ":" + columnLetters(m.left) + itoa(m.bottom)
	return invalid("sheet.merge.orphan", "合并单元格 %s 从空行开始，没有内容；已按上一条填写，请核对", "the merged cells %s begin in a blank row and hold nothing; filled from the entry above, please check", cells).Located(r.at(rec, nil))
}
