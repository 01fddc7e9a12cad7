package sheet

import (
	"iter"

	"github.com/huifang/huifang"
)

// cellKind is what a file knows of a cell besides its text.
type cellKind uint8

const (
	kindText         cellKind = iota
	kindNumber                // a double: at most fifteen digits are true
	kindDate                  // a number shown as a date; the text is already the date
	kindBool                  //
	kindError                 // #N/A and its like
	kindUncalculated          // a formula saved without its result
)

// record is one row as a format hands it over, before anything is understood.
type record struct {
	line  int            // for people: sheet row, or line of the text it starts on
	row   int            // for the header's place: sheet row, or how many records in
	cells []string       // as a person sees them
	kinds []cellKind     // nil: all text
	fault *huifang.Error // the row cannot be trusted: broken bytes, an unclosed quote
}

func (r *record) cell(i int) string {
	if i < 0 || i >= len(r.cells) {
		return ""
	}
	return r.cells[i]
}

func (r *record) kind(i int) cellKind {
	if i < 0 || i >= len(r.kinds) {
		return kindText
	}
	return r.kinds[i]
}

// set puts text and kind into cell i, growing the row.
func (r *record) set(i int, text string, kind cellKind) {
	for len(r.cells) <= i {
		r.cells = append(r.cells, "")
	}
	r.cells[i] = text
	if kind == kindText && len(r.kinds) <= i {
		return
	}
	for len(r.kinds) <= i {
		r.kinds = append(r.kinds, kindText)
	}
	r.kinds[i] = kind
}

// filled counts the cells that are not blank.
func (r *record) filled() int {
	n := 0
	for _, c := range r.cells {
		if clean(c) != "" {
			n++
		}
	}
	return n
}

// span is a merged range, 0-based columns and 1-based rows, both ends included.
type span struct{ top, left, bottom, right int }

// tab is one sheet of a book.
type tab struct {
	name     string
	hidden   bool
	merges   []span // sorted by top
	date1904 bool
	keys     func() []string // JSON lines: the header so far; nil elsewhere
}

// source is a file of one format. Its records may be asked for any number of
// times and each time start at the first; a record is its receiver's to keep.
type source interface {
	tabs() []tab
	records(tab int) iter.Seq2[*record, error]
}
