package sheet

import (
	"bytes"
	"errors"
	"io"

	"github.com/huifang/huifang"
)

// Format is what a file is.
type Format string

// The formats.
const (
	FormatCSV   Format = "csv"
	FormatXLSX  Format = "xlsx"
	FormatLines Format = "jsonl"
)

// Book is an opened file. It may be read any number of times, by one goroutine
// at a time; it holds no resource besides the reader it was given, which must
// outlive it.
type Book struct {
	File   string // name for messages
	Format Format

	limits Limits
	input  *io.SectionReader
	xlsx   *xlsxFile // nil for text formats

	encoding string // of a text, once detected
	read     meter
}

// Open detects the format of a file by its content and checks it against the
// limits. file is its name, for messages. An XLSX is checked whole, so that
// damage shows here rather than half-way through its rows; text is looked at
// only as far as its encoding demands.
//
// Errors: CodeTooLarge for what is over a limit (sheet.file.too_large,
// sheet.xlsx.bomb), CodeInvalid for what is no spreadsheet
// (sheet.file.empty, sheet.file.format, sheet.xlsx.damaged).
func Open(r io.ReaderAt, size int64, file string, limits Limits) (*Book, error) {
	b := &Book{File: file, limits: limits.filled(), input: io.NewSectionReader(r, 0, size)}
	if size > b.limits.Bytes {
		return nil, b.located(tooLarge("sheet.file.too_large",
			"文件有 %d MB，超过上限 %d MB；请分成几个文件", "the file has %d MB, over the limit of %d MB; split it into several", size/1_000_000, b.limits.Bytes/1_000_000))
	}
	head := make([]byte, min(size, 64*kib))
	if n, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) || n < len(head) {
		return nil, b.located(invalid("sheet.file.unreadable", "文件读不完整", "the file cannot be read to its end"))
	}
	if err := b.detect(head); err != nil {
		return nil, b.located(err)
	}
	if b.Format == FormatXLSX {
		x, err := openXLSX(r, size, b.limits)
		if err != nil {
			return nil, b.located(err)
		}
		b.xlsx = x
	}
	return b, nil
}

// Progress is how much of the file the reading under way has gone through, 0 to
// 1. It is meant for progress bars, between two rows of Read.
func (b *Book) Progress() float64 {
	m := &b.read
	if b.xlsx != nil {
		m = &b.xlsx.read
	}
	if m.total <= 0 {
		return 0
	}
	return min(float64(m.done)/float64(m.total), 1)
}

// meter counts the bytes of one reading of a file.
type meter struct{ done, total int64 }

// metered counts what is read through it.
type metered struct {
	io.Reader
	meter *meter
}

func (m metered) Read(p []byte) (int, error) {
	n, err := m.Reader.Read(p)
	m.meter.done += int64(n)
	return n, err
}

func (b *Book) located(err *huifang.Error) *huifang.Error {
	at := err.At
	at.File = b.File
	return err.Located(at)
}

// detect tells the format by the first bytes.
func (b *Book) detect(head []byte) *huifang.Error {
	trimmed := bytes.TrimLeft(head, "\xef\xbb\xbf \t\r\n")
	switch {
	case len(trimmed) == 0:
		return invalid("sheet.file.empty", "文件是空的", "the file is empty")
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		b.Format = FormatXLSX
		return nil
	case bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return invalid("sheet.file.empty", "文件是空的", "the file is empty")
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")):
		return notSheet("这是旧版 .xls 或加了密码的文件，请用表格软件另存为不加密的 .xlsx", "this is an old .xls or a password-protected file; save it as .xlsx without password")
	case bytes.HasPrefix(head, []byte("%PDF")):
		return notSheet("这是 PDF 文件，请提供 .xlsx 或 .csv", "this is a PDF; give an .xlsx or .csv")
	case isMarkup(trimmed):
		return notSheet("这是网页或 XML 文件，请用表格软件打开后另存为 .xlsx", "this is a web page or XML; open it in a spreadsheet and save it as .xlsx")
	case trimmed[0] == '{':
		b.Format = FormatLines
		return nil
	case trimmed[0] == '[' && bytes.HasPrefix(bytes.TrimLeft(trimmed[1:], " \t\r\n"), []byte("{")):
		return notSheet("这是 JSON 数组，请每行写一个对象（JSON lines）", "this is a JSON array; write one object a line (JSON lines)")
	case noText(head):
		return notSheet("不是表格文件，请提供 .xlsx、.csv 或 JSON lines", "this is no spreadsheet; give an .xlsx, .csv or JSON lines")
	}
	b.Format = FormatCSV
	return nil
}

func notSheet(zh, en string) *huifang.Error {
	return huifang.Invalid("sheet.file.format", huifang.Text{ZH: zh, EN: en})
}

func isMarkup(head []byte) bool {
	head = bytes.ToLower(head[:min(len(head), 512)])
	for _, mark := range []string{"<!doctype", "<html", "<?xml", "<table", "<meta", "<head"} {
		if bytes.HasPrefix(head, []byte(mark)) {
			return true
		}
	}
	return false
}

// noText tells whether bytes are no text in any encoding we read: control
// characters that are not the halves of UTF-16.
func noText(head []byte) bool {
	if _, ok := utf16Order(head); ok {
		return false
	}
	control := 0
	for _, c := range head {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != 0x1a && c != 0x0c {
			control++
		}
	}
	return control > 2 && control*200 > len(head)
}

// source is the book's rows under a mapping's encoding and delimiter.
func (b *Book) source(m *Mapping) source {
	switch b.Format {
	case FormatXLSX:
		return b.xlsx
	case FormatLines:
		return &linesFile{book: b, encoding: m.Encoding}
	case FormatCSV:
	}
	return &csvFile{book: b, encoding: m.Encoding, delimiter: m.Delimiter}
}
