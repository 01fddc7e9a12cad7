package sheet

import (
	"encoding/xml"
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
		r := &rowReader{file: x, tab: &s.tab, part: rc, xml: xml.NewDecoder(rc)}
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

// rowReader reads the rows of one worksheet from its XML.
type rowReader struct {
	file *xlsxFile
	tab  *tab
	part *budgeted
	xml  *xml.Decoder
	row  int // of the row under way
	col  int // of the cell under way, 0-based
}

func (r *rowReader) token() (xml.Token, error) {
	r.part.next()
	return r.xml.RawToken()
}

// next is the next row with cells, nil at the end of the data.
func (r *rowReader) next() (*record, error) {
	for {
		t, err := r.token()
		if errors.Is(err, io.EOF) {
			return nil, nil //nolint:nilnil // the end is no error
		}
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local != "row" {
				continue
			}
			if err := r.startRow(t.Attr); err != nil {
				return nil, err
			}
			rec, err := r.cells()
			if err != nil || len(rec.cells) > 0 {
				return rec, err
			}
		case xml.EndElement:
			if t.Name.Local == "sheetData" {
				return nil, nil //nolint:nilnil // the end is no error
			}
		}
	}
}

func (r *rowReader) startRow(attrs []xml.Attr) error {
	row := r.row + 1
	for _, a := range attrs {
		if a.Name.Local == "r" {
			n, ok := digits(a.Value)
			if !ok || n < row {
				return fmt.Errorf("row %q after row %d", a.Value, r.row)
			}
			row = n
		}
	}
	if row > maxRows {
		return fmt.Errorf("row %d", row)
	}
	r.row, r.col = row, -1
	return nil
}

// cells reads up to the end of the row.
func (r *rowReader) cells() (*record, error) {
	rec := &record{line: r.row, row: r.row}
	for {
		t, err := r.token()
		if err != nil {
			return nil, unexpected(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == "c" {
				if err := r.cell(rec, t.Attr); err != nil {
					return nil, err
				}
			}
		case xml.EndElement:
			if t.Name.Local == "row" {
				return rec, nil
			}
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
	value   strings.Builder // of <v>
	inline  strings.Builder // of <is>
	formula bool
	result  bool // there is a <v>, be it blank
}

// cell reads one cell and puts it into the record.
func (r *rowReader) cell(rec *record, attrs []xml.Attr) error {
	raw := rawCell{style: -1}
	column := r.col + 1
	for _, a := range attrs {
		switch a.Name.Local {
		case "r":
			c, _, ok := parseRef(a.Value)
			if !ok {
				return fmt.Errorf("cell %q", a.Value)
			}
			column = c
		case "t":
			raw.kind = a.Value
		case "s":
			if n, ok := digits(a.Value); ok {
				raw.style = n
			}
		}
	}
	r.col = column
	if err := r.content(&raw); err != nil {
		return err
	}
	if column >= maxColumns {
		return nil
	}
	text, kind, err := r.resolve(&raw)
	if err == nil && text != "" {
		rec.set(column, text, kind)
	}
	return err
}

// content reads what stands within <c>.
func (r *rowReader) content(raw *rawCell) error {
	var into *strings.Builder
	phonetic := false
	for {
		t, err := r.token()
		if err != nil {
			return unexpected(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "v":
				into, raw.result = &raw.value, true
			case "t":
				into = &raw.inline
			case "f":
				raw.formula = true
			case "rPh":
				phonetic = true
			}
		case xml.CharData:
			if into != nil && !phonetic {
				into.Write(t)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "c":
				return nil
			case "v", "t":
				into = nil
			case "rPh":
				phonetic = false
			}
		}
	}
}

// resolve turns a cell into what a person sees.
func (r *rowReader) resolve(raw *rawCell) (string, cellKind, error) {
	v := raw.value.String()
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
		return unescaped(raw.inline.String()), kindText, nil
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
