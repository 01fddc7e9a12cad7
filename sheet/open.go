package sheet

import (
	"io"
	"iter"
	"time"

	"github.com/huifang/huifang"
)

// Limits bound what Open takes in. Zero fields are the defaults.
type Limits struct {
	Bytes        int64 // of the file; default 200 MiB
	Uncompressed int64 // of everything within an XLSX; default 2 GiB
	Ratio        int64 // uncompressed to compressed, of a part over 16 MiB; default 200
	Record       int   // of one CSV or JSON record; default 1 MiB
}

// Format is what a file is.
type Format string

// The formats.
const (
	FormatCSV   Format = "csv"
	FormatXLSX  Format = "xlsx"
	FormatLines Format = "jsonl"
)

// Book is an opened file.
type Book struct {
	File   string // name for messages
	Format Format
}

// Options are what Read needs besides the mapping.
type Options struct {
	Now time.Time      // the last resort for the year of a date without one, and what "in the future" is measured by
	Loc *time.Location // zone of times without offset; nil: Asia/Shanghai
}

// Report is what Guess found.
type Report struct {
	Sheets []Layout
	Notes  []huifang.Text // decisions and doubts a person should see
}

// Reject is one rejected row.
type Reject struct {
	Line  int
	Cells []string
	Err   *huifang.Error
}

// RejectSheet is the rejected rows of one sheet with its title and header.
type RejectSheet struct {
	Sheet  string
	Title  string
	Header []string
	Rows   []Reject
}

func unfinished() *huifang.Error {
	return huifang.Fail(huifang.CodeInternal, "sheet.unbuilt", huifang.Text{ZH: "尚未实现", EN: "not built yet"})
}

// Open detects the format by content.
func Open(r io.ReaderAt, size int64, file string, limits Limits) (*Book, error) {
	return nil, unfinished()
}

// Guess proposes a mapping.
func Guess(b *Book, c Catalogue) (Mapping, Report, error) { return Mapping{}, Report{}, unfinished() }

// Read streams rows; an error ends it.
func Read(b *Book, m Mapping, o Options) iter.Seq2[*Row, error] {
	return func(yield func(*Row, error) bool) { yield(nil, unfinished()) }
}

// Inspect gives the layout of each sheet under a mapping.
func Inspect(b *Book, m Mapping) ([]Layout, error) { return nil, unfinished() }

// LoadMapping reads a mapping, strictly.
func LoadMapping(data []byte, file string) (Mapping, error) { return Mapping{}, unfinished() }

// YAML is the mapping as a file to edit.
func (m Mapping) YAML() ([]byte, error) { return nil, unfinished() }

// DefaultCatalogue is the generic header synonyms.
func DefaultCatalogue() Catalogue { return Catalogue{} }

// Merge is c with the words of others added.
func (c Catalogue) Merge(others ...Catalogue) Catalogue { return c }

// WriteRejectsXLSX writes the rejected rows as a workbook that can be mended and imported again.
func WriteRejectsXLSX(w io.Writer, sheets []RejectSheet, lang huifang.Lang) error { return unfinished() }

// WriteRejectsCSV is the same as CSV with BOM.
func WriteRejectsCSV(w io.Writer, sheets []RejectSheet, lang huifang.Lang) error { return unfinished() }
