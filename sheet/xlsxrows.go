package sheet

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/huifang/huifang"
)

// records streams the rows of a worksheet. Rows without cells are left out;
// their numbers are not given to others.
func (x *xlsxFile) records(i int) iter.Seq2[*record, error] {
	return func(yield func(*record, error) bool) {
		s := &x.sheets[i]
		rc, err := x.part(s.part, x.limits.Uncompressed)
		if err != nil {
			yield(nil, x.fault(err))
			return
		}
		defer rc.Close() //nolint:errcheck // read only
		x.read = x.measure(i)
		r := &rowReader{file: x, tab: &s.tab, xml: newXMLScanner(metered{rc, &x.read})}
		for {
			rec, err := r.next()
			if err != nil {
				e := x.fault(err)
				yield(nil, e.Located(huifang.Location{Sheet: s.name, Line: r.row}))
				return
			}
			if rec == nil || !yield(rec, nil) {
				return
			}
		}
	}
}

// measure is how far a reading of all worksheets is at the start of one.
func (x *xlsxFile) measure(sheet int) meter {
	var m meter
	for i := range x.sheets {
		size := int64(min(x.sheets[i].part.UncompressedSize64, 1<<40))
		m.total += size
		if i < sheet {
			m.done += size
		}
	}
	return m
}

// rowReader reads the rows of one worksheet from its XML.
type rowReader struct {
	file *xlsxFile
	tab  *tab
	xml  *xmlScanner
	row  int // of the row under way
	col  int // of the cell under way, 0-based
	cell rawCell
	wide int // cells of the row before: the next has as many
}

// next is the next row with cells, nil at the end of the data.
func (r *rowReader) next() (*record, error) {
	for {
		kind, err := r.xml.next()
		if errors.Is(err, io.EOF) {
			return nil, nil //nolint:nilnil // the end is no error
		}
		if err != nil {
			return nil, err
		}
		switch {
		case kind == xmlStart && string(r.xml.name) == "row":
			if err := r.startRow(); err != nil {
				return nil, err
			}
			rec, err := r.cells()
			if err != nil || len(rec.cells) > 0 {
				return rec, err
			}
		case kind == xmlEnd && string(r.xml.name) == "sheetData":
			return nil, nil //nolint:nilnil // the end is no error
		}
	}
}

func (r *rowReader) startRow() error {
	row := r.row + 1
	if v, ok := r.xml.attr("r"); ok {
		n, ok := digits(string(v))
		if !ok || n < row {
			return errToken("row", v)
		}
		row = n
	}
	if row > maxRows {
		return fmt.Errorf("row %d", row)
	}
	r.row, r.col = row, -1
	return nil
}

// cells reads up to the end of the row.
func (r *rowReader) cells() (*record, error) {
	rec := &record{line: r.row, row: r.row, cells: make([]string, 0, r.wide)}
	for {
		kind, err := r.xml.next()
		if err != nil {
			return nil, unexpected(err)
		}
		switch {
		case kind == xmlStart && string(r.xml.name) == "c":
			if err := r.readCell(rec); err != nil {
				return nil, err
			}
		case kind == xmlEnd && string(r.xml.name) == "row":
			r.wide = len(rec.cells)
			return rec, nil
		}
	}
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// rawCell is a cell as its XML says it.
type rawCell struct {
	kind    string // attribute t
	style   int
	value   []byte // of <v>
	inline  []byte // of <is>
	formula bool
	result  bool // there is a <v>, be it blank
}

// readCell reads one cell and puts it into the record.
func (r *rowReader) readCell(rec *record) error {
	raw := &r.cell
	*raw = rawCell{style: -1, value: raw.value[:0], inline: raw.inline[:0]}
	r.col++
	if v, ok := r.xml.attr("r"); ok {
		if r.col, _, ok = parseRef(string(v)); !ok {
			return errToken("cell", v)
		}
	}
	if v, ok := r.xml.attr("t"); ok {
		raw.kind = cellType(v)
	}
	if v, ok := r.xml.attr("s"); ok {
		if n, ok := digits(string(v)); ok {
			raw.style = n
		}
	}
	if err := r.content(raw); err != nil {
		return err
	}
	if r.col >= maxColumns {
		return nil
	}
	text, kind, err := r.resolve(raw)
	if err == nil && text != "" {
		rec.set(r.col, text, kind)
	}
	return err
}

// cellType is the attribute t without an allocation for the known ones.
func cellType(v []byte) string {
	for _, t := range [...]string{"s", "str", "inlineStr", "n", "b", "e", "d"} {
		if string(v) == t {
			return t
		}
	}
	return ""
}

// content reads what stands within <c>.
func (r *rowReader) content(raw *rawCell) error {
	const nowhere, value, inline = 0, 1, 2
	into, phonetic := nowhere, false
	for {
		kind, err := r.xml.next()
		if err != nil {
			return unexpected(err)
		}
		if kind == xmlText {
			switch {
			case into == value:
				raw.value = append(raw.value, r.xml.text...)
			case into == inline && !phonetic:
				raw.inline = append(raw.inline, r.xml.text...)
			}
			continue
		}
		begins := kind == xmlStart
		switch string(r.xml.name) {
		case "c":
			return nil
		case "v":
			into, raw.result = nowhere, true
			if begins {
				into = value
			}
		case "t":
			into = nowhere
			if begins {
				into = inline
			}
		case "f":
			raw.formula = true
		case "rPh":
			phonetic = begins
		}
	}
}

// resolve turns a cell into what a person sees.
func (r *rowReader) resolve(raw *rawCell) (string, cellKind, error) {
	v := string(raw.value)
	if raw.formula && !raw.result {
		return "=", kindUncalculated, nil
	}
	switch raw.kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(v))
		if err != nil || n < 0 || n >= len(r.file.strings) {
			return "", kindText, fmt.Errorf("shared string %q of %d", v, len(r.file.strings))
		}
		return r.file.strings[n], kindText, nil
	case "inlineStr":
		return unescaped(string(raw.inline)), kindText, nil
	case "str", "d":
		return unescaped(v), kindText, nil
	case "e":
		return v, kindError, nil
	case "b":
		if v == "1" || v == "true" {
			return "TRUE", kindBool, nil
		}
		return "FALSE", kindBool, nil
	}
	if v == "" {
		return "", kindText, nil
	}
	return r.number(strings.TrimSpace(v), raw.style)
}

func (r *rowReader) number(v string, style int) (string, cellKind, error) {
	n, err := strconv.ParseFloat(v, 64)
	if err != nil {
		return "", kindText, fmt.Errorf("number %q", v)
	}
	if style >= 0 && style < len(r.file.dates) && r.file.dates[style] {
		if text, ok := serialText(n, r.tab.date1904); ok {
			return text, kindDate, nil
		}
	}
	return numberText(v), kindNumber, nil
}
